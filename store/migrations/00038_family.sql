-- What a family asks about its case with: a code printed on a slip, kept so that whoever reads the database without the
-- key file can neither list the codes nor find one; and how often may be asked, shared by all API processes.

-- +goose Up
CREATE TABLE family_codes (
  case_no text PRIMARY KEY REFERENCES cases(no), code_index bytea NOT NULL UNIQUE, code_sealed bytea NOT NULL,
  issued_at timestamptz NOT NULL, answered int NOT NULL DEFAULT 0);
GRANT SELECT, INSERT, UPDATE ON family_codes TO jieli_worker;

-- A subject (a code, an address, everybody) is a keyed hash: it names nobody.
CREATE TABLE inquiry_limits (subject bytea PRIMARY KEY, count int NOT NULL, until timestamptz NOT NULL);
CREATE INDEX inquiry_limits_until ON inquiry_limits(until);
GRANT SELECT, INSERT, UPDATE, DELETE ON inquiry_limits TO jieli_worker;

-- Whom a family calls.
ALTER TABLE offices ADD COLUMN phone text NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;
