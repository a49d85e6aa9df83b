-- The papers that were printed, each by the code on it and with the entry of the journal it was printed from.

-- +goose Up
CREATE TABLE papers (
  code text PRIMARY KEY, case_no text NOT NULL REFERENCES cases(no), paper text NOT NULL, seq bigint NOT NULL, hash text NOT NULL, issued_at timestamptz NOT NULL);
GRANT SELECT, INSERT ON papers TO jieli_worker;

-- +goose Down
SELECT 1;
