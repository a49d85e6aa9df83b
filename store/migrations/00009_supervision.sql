-- What the supervision board counts and lists by: every number of it is answered from an index, with
-- a million open tasks too. The columns repeat what the case's fold says, written with each entry.

-- +goose Up
ALTER TABLE tasks
  ADD COLUMN region_path text NOT NULL DEFAULT '', ADD COLUMN case_type text NOT NULL DEFAULT '',
  -- when 70 % and 150 % of the allowed time have passed; due is when all of it has
  ADD COLUMN warn_at timestamptz, ADD COLUMN late_at timestamptz,
  -- suspensions within the visit; a visit with one does not count in the statistics of a stage
  ADD COLUMN pauses int NOT NULL DEFAULT 0;
ALTER TABLE cases
  ADD COLUMN last_entry_at timestamptz, ADD COLUMN returns int NOT NULL DEFAULT 0,
  -- how often it was returned between the same two offices, at most
  ADD COLUMN shuttles int NOT NULL DEFAULT 0, ADD COLUMN waiting boolean NOT NULL DEFAULT false,
  ADD COLUMN suspended_at timestamptz, ADD COLUMN suspended_party text NOT NULL DEFAULT '';
UPDATE tasks t SET region_path = c.region_path, case_type = c.type, warn_at = t.reminders[1], late_at = t.reminders[3] FROM cases c WHERE c.no = t.case_no;
UPDATE cases c SET last_entry_at = coalesce((SELECT max(at) FROM journal j WHERE j.stream = 'case:' || c.no), c.submitted_at),
  waiting = c.ended_at IS NULL AND NOT EXISTS (SELECT FROM tasks t WHERE t.case_no = c.no AND t.state = 'open');

CREATE INDEX tasks_board ON tasks(region_path text_pattern_ops, office, case_type, stage, owner, due, paused) WHERE state = 'open' AND kind <> 'supervision';
CREATE INDEX tasks_board_due ON tasks(due, region_path text_pattern_ops, id) WHERE state = 'open' AND kind <> 'supervision' AND NOT paused;
CREATE INDEX tasks_board_warn ON tasks(warn_at, due, region_path text_pattern_ops, id) WHERE state = 'open' AND kind <> 'supervision' AND NOT paused;
CREATE INDEX tasks_board_late ON tasks(late_at, region_path text_pattern_ops, id) WHERE state = 'open' AND kind <> 'supervision' AND NOT paused;
CREATE INDEX tasks_supervisions ON tasks(due, region_path text_pattern_ops, id) WHERE state = 'open' AND kind = 'supervision';
CREATE INDEX tasks_closed ON tasks(region_path text_pattern_ops, closed_at, case_type, stage, opened_at) WHERE state = 'signed' AND kind = '' AND pauses = 0;
CREATE INDEX cases_open ON cases(region_path text_pattern_ops, submitted_at, no) WHERE ended_at IS NULL;
CREATE INDEX cases_ended ON cases(ended_at, region_path text_pattern_ops, submitted_at, no) WHERE ended_at IS NOT NULL;
CREATE INDEX cases_idle ON cases(last_entry_at, region_path text_pattern_ops, no) WHERE ended_at IS NULL AND suspended_at IS NULL AND NOT waiting;
CREATE INDEX cases_returned ON cases(returns, region_path text_pattern_ops, no) WHERE ended_at IS NULL AND returns > 1;
CREATE INDEX cases_suspended ON cases(suspended_at, region_path text_pattern_ops, no) WHERE ended_at IS NULL AND suspended_at IS NOT NULL;
CREATE INDEX cases_waiting ON cases(region_path text_pattern_ops, no) WHERE waiting AND ended_at IS NULL;
CREATE INDEX cases_fault ON cases(region_path text_pattern_ops, no) WHERE fault IS NOT NULL AND ended_at IS NULL;

-- An inbox reads its first page off the index: what has no deadline comes last.
DROP INDEX tasks_claimable, tasks_todo, tasks_escalated;
CREATE INDEX tasks_claimable ON tasks(office, role, coalesce(due, 'infinity'), id) WHERE state = 'open' AND owner IS NULL;
CREATE INDEX tasks_todo ON tasks(owner, coalesce(due, 'infinity'), id) WHERE state IN ('open','waiting') AND owner IS NOT NULL;
CREATE INDEX tasks_escalated ON tasks(office, coalesce(due, 'infinity'), id) WHERE state = 'open' AND owner IS NULL AND escalated > 0;
CREATE INDEX cases_initiator ON cases(initiator, submitted_at DESC, no DESC);

-- +goose Down
SELECT 1;
