-- Recovery of what was overpaid: what is claimed of whom, by which months, in which instalments, and what came in.
-- Set-offs and claims that end are bookings of the ledger.

-- +goose Up
CREATE TABLE recoveries (
  case_no text PRIMARY KEY REFERENCES cases(no), person text NOT NULL REFERENCES persons(id), death text NOT NULL REFERENCES deaths(case_no), office text NOT NULL REFERENCES offices(id),
  -- The claimant who was paid a benefit; empty for pension, which nobody of the family was paid by name.
  debtor text NOT NULL DEFAULT '',
  state text NOT NULL CHECK (state IN ('calculating','decided','ended')), ending text NOT NULL DEFAULT '' CHECK (ending IN ('','repaid','void','court','written_off')),
  claimed bigint NOT NULL DEFAULT 0 CHECK (claimed >= 0),
  -- What an agreement on instalments is about: the sum that was open, and what had come in before.
  scheduled bigint, came_before bigint, rescinded_at timestamptz);
-- One open recovery of a death from the same debtor.
CREATE UNIQUE INDEX recoveries_once ON recoveries(death, debtor) WHERE state <> 'ended';
CREATE INDEX recoveries_death ON recoveries(death);

CREATE TABLE recovery_months (
  case_no text NOT NULL REFERENCES recoveries(case_no), month text NOT NULL CHECK (month ~ '^\d{4}-\d{2}$'), paid bigint NOT NULL CHECK (paid > 0), due bigint NOT NULL CHECK (due BETWEEN 0 AND paid), PRIMARY KEY (case_no, month));
CREATE TABLE recovery_instalments (
  case_no text NOT NULL REFERENCES recoveries(case_no), number int NOT NULL CHECK (number > 0), due_on date NOT NULL, amount bigint NOT NULL CHECK (amount > 0), PRIMARY KEY (case_no, number));
-- A receipt is one of its office, whatever case it is written down in.
CREATE TABLE recovery_receipts (
  office text NOT NULL REFERENCES offices(id), number text NOT NULL CHECK (number <> ''), case_no text NOT NULL REFERENCES recoveries(case_no), amount bigint NOT NULL CHECK (amount > 0),
  received_on date NOT NULL, method text NOT NULL CHECK (method IN ('transfer','counter','court')), recorded_by text NOT NULL, recorded_at timestamptz NOT NULL, PRIMARY KEY (office, number));
CREATE INDEX recovery_receipts_case ON recovery_receipts(case_no);
-- What a claimant has consented to be kept of their benefit; it holds once the head has agreed.
CREATE TABLE recovery_set_offs (
  case_no text NOT NULL REFERENCES recoveries(case_no), claimant text NOT NULL REFERENCES benefit_claimants(id), amount bigint NOT NULL CHECK (amount >= applied), applied bigint NOT NULL DEFAULT 0 CHECK (applied >= 0),
  agreed boolean NOT NULL DEFAULT false, PRIMARY KEY (case_no, claimant));

GRANT SELECT, INSERT, UPDATE ON recoveries, recovery_set_offs TO jieli_worker;
GRANT SELECT, INSERT ON recovery_months, recovery_receipts TO jieli_worker;
GRANT SELECT, INSERT, DELETE ON recovery_instalments TO jieli_worker;

-- A death that was wrong: what was not paid yet is cancelled.
ALTER TABLE payments DROP CONSTRAINT payments_state_check, ADD CONSTRAINT payments_state_check CHECK (state IN ('released','batched','paid','refused','cancelled'));

-- set_off keeps part of a benefit for a claim (payable to recovery), set_off_undone takes that back; waived ends
-- what is left of a claim (fund to recovery); returned gives back what had come in for a claim that was wrong (fund to paid).
ALTER TABLE ledger_transactions DROP CONSTRAINT ledger_transactions_what_check, ADD CONSTRAINT ledger_transactions_what_check
  CHECK (what IN ('accrued','batched','paid','refused','corrected','claimed_back','recovered','set_off','set_off_undone','waived','returned'));
CREATE UNIQUE INDEX ledger_claimed_once ON ledger_transactions(case_no) WHERE what = 'claimed_back';

-- +goose Down
SELECT 1;
