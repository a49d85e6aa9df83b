-- What the whole sign-off engine shows of a task: added signers, who was stood in for, escalation,
-- reminders, supervision. A supervision is a row of tasks with visit 0.

-- +goose Up
ALTER TABLE tasks
  ADD COLUMN kind text NOT NULL DEFAULT '', ADD COLUMN serves text NOT NULL DEFAULT '',
  ADD COLUMN signed_for text, ADD COLUMN escalated int NOT NULL DEFAULT 0,
  ADD COLUMN extended int NOT NULL DEFAULT 0, ADD COLUMN urged int NOT NULL DEFAULT 0,
  -- the clock stands still: the case is suspended
  ADD COLUMN paused boolean NOT NULL DEFAULT false,
  ADD COLUMN reminders timestamptz[] NOT NULL DEFAULT '{}', ADD COLUMN next_reminder timestamptz;
DROP INDEX tasks_todo;
CREATE INDEX tasks_todo ON tasks(owner, due, id) WHERE state IN ('open','waiting') AND owner IS NOT NULL;
CREATE INDEX tasks_escalated ON tasks(office, due, id) WHERE state = 'open' AND owner IS NULL AND escalated > 0;
CREATE INDEX tasks_reminder ON tasks(next_reminder) WHERE next_reminder IS NOT NULL;

-- +goose Down
SELECT 1;
