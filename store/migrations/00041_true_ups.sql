-- A benefit that was reckoned by the figure of a year too early is reckoned again once the right one is published.

-- +goose Up
ALTER TABLE benefit_claims ADD COLUMN base_year int, ADD COLUMN base_annual bigint, ADD COLUMN provisional boolean NOT NULL DEFAULT false;
CREATE INDEX benefit_claims_provisional ON benefit_claims(death) WHERE provisional;

-- One for one death and published year; base_year is the year whose figure was published.
CREATE TABLE true_ups (
  case_no text PRIMARY KEY REFERENCES cases(no), benefit text NOT NULL REFERENCES benefit_claims(case_no), person text NOT NULL REFERENCES persons(id), death text NOT NULL REFERENCES deaths(case_no),
  base_year int NOT NULL, state text NOT NULL CHECK (state IN ('open','released','paid','closed','ended')));
CREATE UNIQUE INDEX true_ups_once ON true_ups(person, death, base_year) WHERE state <> 'ended';
CREATE INDEX true_ups_benefit ON true_ups(benefit);
GRANT SELECT, INSERT, UPDATE ON true_ups TO jieli_worker;

-- What a true-up pays stands beside what the benefit has paid.
ALTER TABLE payments ADD COLUMN true_up text REFERENCES true_ups(case_no);
ALTER TABLE payments DROP CONSTRAINT payments_claimant_kind_key;
CREATE UNIQUE INDEX payments_once ON payments(claimant, kind, coalesce(true_up, ''));

ALTER TABLE ledger_transactions DROP CONSTRAINT ledger_transactions_what_check, ADD CONSTRAINT ledger_transactions_what_check CHECK (
  what IN ('accrued','trued_up','batched','paid','refused','corrected','claimed_back','recovered','set_off','set_off_undone','waived','returned'));

-- +goose Down
SELECT 1;
