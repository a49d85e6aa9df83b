-- Corrections of ID numbers: what is asked for, and the numbers a person had before. Both are sealed, and no
-- reader of the API comes near them.

-- +goose Up
CREATE TABLE identity_corrections (
  case_no text PRIMARY KEY REFERENCES cases(no), person text NOT NULL REFERENCES persons(id),
  new_index bytea NOT NULL, new_sealed bytea NOT NULL, new_masked text NOT NULL, old_masked text NOT NULL);
CREATE TABLE person_numbers (
  id_index bytea PRIMARY KEY, person text NOT NULL REFERENCES persons(id), sealed bytea NOT NULL, masked text NOT NULL,
  until timestamptz NOT NULL, case_no text NOT NULL REFERENCES cases(no));
GRANT SELECT, INSERT ON identity_corrections, person_numbers TO jieli_worker;
-- Taken back, when a number turns out to have been right after all.
GRANT DELETE ON person_numbers TO jieli_worker;

-- Who has, or had, a number.
CREATE FUNCTION person_of(number bytea) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce((SELECT id FROM persons WHERE id_index = number), (SELECT person FROM person_numbers WHERE id_index = number)) $$;

-- +goose Down
SELECT 1;
