-- Calendars and jurisdiction settings change by two persons: one proposes, another confirms. A confirmed
-- calendar edit reckons the deadlines it touches again, case by case.

-- +goose Up
CREATE TABLE setting_changes (
  id text PRIMARY KEY, kind text NOT NULL CHECK (kind IN ('calendar', 'setting')),
  -- of a calendar its scope, of a setting its division
  scope text NOT NULL, content jsonb NOT NULL, source text NOT NULL,
  state text NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
  proposed_by text NOT NULL REFERENCES users(id), proposed_at timestamptz NOT NULL,
  decided_by text REFERENCES users(id), decided_at timestamptz, opinion text NOT NULL DEFAULT '',
  CHECK (state <> 'confirmed' OR decided_by <> proposed_by));
CREATE INDEX setting_changes_proposed ON setting_changes(proposed_at DESC, id DESC);
CREATE INDEX setting_changes_open ON setting_changes(proposed_at) WHERE state = 'proposed';

CREATE TABLE recomputations (
  -- the number of the calendar edit that made it necessary
  version int PRIMARY KEY, scope text NOT NULL, first_day date NOT NULL, last_day date NOT NULL, source text NOT NULL,
  state text NOT NULL CHECK (state IN ('selecting', 'running', 'done')), total int NOT NULL DEFAULT 0, done int NOT NULL DEFAULT 0, failed int NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL, finished_at timestamptz);
CREATE INDEX recomputations_open ON recomputations(version) WHERE state <> 'done';
CREATE TABLE recomputation_cases (
  version int NOT NULL REFERENCES recomputations(version), case_no text NOT NULL REFERENCES cases(no),
  -- when it may be taken (again); null once it is done
  next_at timestamptz, attempts int NOT NULL DEFAULT 0, failure text NOT NULL DEFAULT '', PRIMARY KEY (version, case_no));
CREATE INDEX recomputation_cases_next ON recomputation_cases(version, next_at) WHERE next_at IS NOT NULL;

-- Which open tasks of an office run towards a deadline.
CREATE INDEX tasks_open_due ON tasks(office, due) WHERE state IN ('open', 'waiting') AND due IS NOT NULL;

GRANT SELECT ON setting_changes, recomputations TO jieli_app;
GRANT SELECT, INSERT, UPDATE ON setting_changes, recomputations, recomputation_cases TO jieli_worker;

-- +goose Down
SELECT 1;
