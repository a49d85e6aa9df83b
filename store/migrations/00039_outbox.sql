-- What is written to people's own numbers and addresses, with the entry that causes it, and what became of it. The
-- number is sealed and goes once the message is sent; the parameters name an office and nothing else.

-- +goose Up
CREATE TABLE outbox_messages (
  id text PRIMARY KEY, key text NOT NULL UNIQUE, channel text NOT NULL CHECK (channel IN ('sms','mail')), template text NOT NULL, parameters jsonb NOT NULL,
  case_no text NOT NULL REFERENCES cases(no), person text REFERENCES persons(id), region text NOT NULL,
  -- to the person's own number, which falls silent with the first report of a death
  own boolean NOT NULL, recipient_sealed bytea, recipient_masked text NOT NULL,
  state text NOT NULL CHECK (state IN ('waiting','sent','failed','suppressed')), attempts int NOT NULL DEFAULT 0, next_attempt_at timestamptz NOT NULL,
  written_at timestamptz NOT NULL, settled_at timestamptz, reason text NOT NULL DEFAULT '',
  CHECK (state NOT IN ('waiting','failed') OR recipient_sealed IS NOT NULL));
CREATE INDEX outbox_messages_due ON outbox_messages(next_attempt_at) WHERE state = 'waiting';
CREATE INDEX outbox_messages_failed ON outbox_messages(settled_at DESC, id) WHERE state = 'failed';
GRANT SELECT, INSERT ON outbox_messages TO jieli_worker;
GRANT UPDATE (state, attempts, next_attempt_at, settled_at, reason, recipient_sealed) ON outbox_messages TO jieli_worker;

-- What a demonstration would have sent.
CREATE TABLE captured_messages (id text PRIMARY KEY, channel text NOT NULL, recipient_masked text NOT NULL, words text NOT NULL, captured_at timestamptz NOT NULL);
GRANT SELECT, INSERT ON captured_messages TO jieli_worker;

-- How a claimant is reached.
ALTER TABLE benefit_claimants ADD COLUMN phone_sealed bytea, ADD COLUMN phone_masked text NOT NULL DEFAULT '', ADD COLUMN mail_sealed bytea, ADD COLUMN mail_masked text NOT NULL DEFAULT '';

-- +goose Down
SELECT 1;
