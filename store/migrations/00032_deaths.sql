-- Deaths: reported, verified, or found to be wrong. A death that is not verified closes nothing.

-- +goose Up
CREATE TABLE deaths (
  case_no text PRIMARY KEY REFERENCES cases(no), person text NOT NULL REFERENCES persons(id),
  state text NOT NULL CHECK (state IN ('reported','verified','rescinded','dropped')),
  -- The day that counts: of death, or of the court's declaration.
  died_on date, evidence text NOT NULL DEFAULT '', source text NOT NULL DEFAULT '',
  -- The pension is paid for the month of death and stops from the next one (first day of a month).
  pension_stops date, reported_at timestamptz NOT NULL, verified_at timestamptz, rescinded_at timestamptz,
  CHECK (state <> 'verified' OR died_on IS NOT NULL AND verified_at IS NOT NULL));
-- One person dies once: a second report joins the first.
CREATE UNIQUE INDEX deaths_live ON deaths(person) WHERE state IN ('reported','verified');
GRANT SELECT ON deaths TO jieli_app;
GRANT SELECT, INSERT, UPDATE ON deaths TO jieli_worker;
ALTER TABLE deaths ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON deaths TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON deaths FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM persons p WHERE p.id = person));

-- +goose Down
SELECT 1;
