-- Archives that stay where they are (S2.4): who manages the cadre, and what the street keeps instead.

-- +goose Up
ALTER TABLE lines ADD COLUMN managing_organ text NOT NULL DEFAULT '';
CREATE TABLE information_records (
  person text PRIMARY KEY REFERENCES persons(id), street text NOT NULL REFERENCES offices(id), at timestamptz NOT NULL, case_no text NOT NULL);
GRANT SELECT ON information_records TO jieli_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON information_records TO jieli_worker;
ALTER TABLE information_records ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON information_records TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON information_records FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM persons p WHERE p.id = person));

-- +goose Down
SELECT 1;
