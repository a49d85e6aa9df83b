-- Survivor benefits: who claims, what is to be paid to whom, the batches a bank is given, and what it answers.
-- ID numbers and accounts are sealed; no reader of the API comes near these tables.

-- +goose Up
CREATE TABLE benefit_claims (
  case_no text PRIMARY KEY REFERENCES cases(no), person text NOT NULL REFERENCES persons(id), death text NOT NULL REFERENCES deaths(case_no),
  state text NOT NULL CHECK (state IN ('claimed','released','paid','ended')));
-- One claim for one death, across all cases and schemes.
CREATE UNIQUE INDEX benefit_claims_once ON benefit_claims(person, death) WHERE state <> 'ended';

CREATE TABLE benefit_claimants (
  id text PRIMARY KEY, case_no text NOT NULL REFERENCES benefit_claims(case_no), row int NOT NULL, name text NOT NULL, relation text NOT NULL,
  id_index bytea NOT NULL, id_sealed bytea NOT NULL, id_masked text NOT NULL,
  bank text NOT NULL DEFAULT '', account_sealed bytea, account_masked text NOT NULL DEFAULT '', account_digest text NOT NULL DEFAULT '',
  share int NOT NULL CHECK (share BETWEEN 0 AND 10000), UNIQUE (case_no, row), UNIQUE (case_no, id_index));

CREATE TABLE payments (
  id text PRIMARY KEY, case_no text NOT NULL REFERENCES benefit_claims(case_no), claimant text NOT NULL REFERENCES benefit_claimants(id),
  office text NOT NULL REFERENCES offices(id), kind text NOT NULL CHECK (kind IN ('funeral','survivor')), amount bigint NOT NULL CHECK (amount > 0),
  state text NOT NULL CHECK (state IN ('released','batched','paid','refused')), reason text NOT NULL DEFAULT '', correction text REFERENCES cases(no), UNIQUE (claimant, kind));
CREATE INDEX payments_released ON payments(office) WHERE state = 'released';

-- The account a correction asks for, until it is reviewed.
CREATE TABLE payee_corrections (
  case_no text PRIMARY KEY REFERENCES cases(no), claimant text NOT NULL REFERENCES benefit_claimants(id), refusal text NOT NULL,
  bank text NOT NULL DEFAULT '', account_sealed bytea, account_masked text NOT NULL DEFAULT '', account_digest text NOT NULL DEFAULT '');

CREATE TABLE payment_batches (
  no text PRIMARY KEY, office text NOT NULL REFERENCES offices(id), file bytea NOT NULL, digest text NOT NULL, lines int NOT NULL CHECK (lines > 0), total bigint NOT NULL CHECK (total > 0),
  made_at timestamptz NOT NULL, handed_at timestamptz);
CREATE INDEX payment_batches_waiting ON payment_batches(made_at) WHERE handed_at IS NULL;
CREATE TABLE payment_batch_lines (
  batch text NOT NULL REFERENCES payment_batches(no), line int NOT NULL, payment text NOT NULL REFERENCES payments(id), amount bigint NOT NULL, account_masked text NOT NULL, account_digest text NOT NULL,
  outcome text NOT NULL DEFAULT '' CHECK (outcome IN ('','paid','refused')), reason text NOT NULL DEFAULT '', read_at timestamptz, PRIMARY KEY (batch, line));
-- A payment is in one batch at a time, and in none once it is paid.
CREATE UNIQUE INDEX payment_batch_lines_once ON payment_batch_lines(payment) WHERE outcome <> 'refused';

-- Every result file, and what in it did not fit.
CREATE TABLE bank_results (digest text PRIMARY KEY, source text NOT NULL, read_at timestamptz NOT NULL, lines int NOT NULL, changed int NOT NULL);
CREATE TABLE bank_discrepancies (
  result text NOT NULL REFERENCES bank_results(digest), row int NOT NULL, batch text NOT NULL, line int NOT NULL, amount bigint NOT NULL, outcome text NOT NULL,
  problem text NOT NULL CHECK (problem IN ('unknown','amount','contradicts')), PRIMARY KEY (result, row));

GRANT SELECT, INSERT, UPDATE ON benefit_claims, payments, payee_corrections, payment_batches, payment_batch_lines TO jieli_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON benefit_claimants TO jieli_worker;
GRANT SELECT, INSERT ON bank_results, bank_discrepancies TO jieli_worker;

-- +goose Down
SELECT 1;
