-- What a verified death closes, each with its value before, so that a rescission restores exactly that; and
-- what a rescission pays out.

-- +goose Up
ALTER TABLE deaths ADD COLUMN notice_due date, ADD COLUMN rescission text REFERENCES cases(no), ADD COLUMN withheld_months int, ADD COLUMN withheld_fen bigint;
ALTER TABLE persons ADD COLUMN died_on date, ADD COLUMN managed_until date;
-- Nothing is paid for the months from this one on.
ALTER TABLE pension_records ADD COLUMN frozen_from date;
ALTER TABLE information_records ADD COLUMN closed_on date;
ALTER TABLE party_relations ADD COLUMN ended_on date;

CREATE TABLE death_closings (
  case_no text NOT NULL REFERENCES deaths(case_no), target text NOT NULL, key text NOT NULL,
  before date, after date, closed_at timestamptz NOT NULL, restored_at timestamptz, PRIMARY KEY (case_no, target));
GRANT SELECT ON death_closings TO jieli_app;
GRANT SELECT, INSERT, UPDATE ON death_closings TO jieli_worker;
ALTER TABLE death_closings ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON death_closings TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON death_closings FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM deaths d WHERE d.case_no = death_closings.case_no));
-- That there was a Party relation to close is for Party roles alone.
CREATE POLICY party ON death_closings AS RESTRICTIVE FOR SELECT TO jieli_app USING (target <> 'party' OR scope_party());

-- From the first, unverified report on no greeting and no reminder goes to the person's own number:
-- whatever writes to a number asks this first.
CREATE FUNCTION is_silenced(asked text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT EXISTS (SELECT FROM deaths WHERE person = asked AND state IN ('reported','verified')) $$;

-- +goose Down
SELECT 1;
