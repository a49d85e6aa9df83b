-- What belongs to one officer at work: notices, saved views, drafts and phrases.

-- +goose Up
-- xact is the transaction that wrote the notice: a reader who names the snapshot of the last delivery
-- gets exactly what was not visible in it, whatever order transactions committed in.
CREATE TABLE notices (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
  person text NOT NULL REFERENCES users(id), kind text NOT NULL, case_no text NOT NULL DEFAULT '', seq bigint NOT NULL DEFAULT 0,
  task text NOT NULL DEFAULT '', stage text NOT NULL DEFAULT '', actor text NOT NULL DEFAULT '', detail text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL, read_at timestamptz);
CREATE INDEX notices_person ON notices(person, (read_at IS NOT NULL), id DESC);
CREATE INDEX notices_unread ON notices(person) WHERE read_at IS NULL;
CREATE INDEX notices_xact ON notices(person, xact);
CREATE INDEX notices_old ON notices(read_at) WHERE read_at IS NOT NULL;

-- A list as somebody likes to see it: a page and its filters as the address writes them. With an
-- office the view is shared with everybody there.
CREATE TABLE views (
  id text PRIMARY KEY, person text NOT NULL REFERENCES users(id), office text REFERENCES offices(id), page text NOT NULL,
  name text NOT NULL, query text NOT NULL, changed_at timestamptz NOT NULL);
CREATE INDEX views_person ON views(person, page);
CREATE INDEX views_office ON views(office, page) WHERE office IS NOT NULL;

-- What somebody is filling in for a task, sealed, until the task is done.
CREATE TABLE drafts (
  person text NOT NULL REFERENCES users(id), task text NOT NULL REFERENCES tasks(id), basis bigint NOT NULL, sealed bytea NOT NULL,
  saved_at timestamptz NOT NULL, PRIMARY KEY (task, person));

CREATE TABLE phrases (
  id text PRIMARY KEY, person text NOT NULL REFERENCES users(id), words text NOT NULL, uses int NOT NULL DEFAULT 0, used_at timestamptz, created_at timestamptz NOT NULL);
CREATE INDEX phrases_person ON phrases(person, uses DESC);

GRANT SELECT ON notices, views, drafts, phrases TO jieli_app;
GRANT SELECT, INSERT, DELETE, UPDATE (read_at) ON notices TO jieli_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON views, drafts, phrases TO jieli_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO jieli_worker;

-- +goose StatementBegin
DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['notices','views','drafts','phrases'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY worker ON %I TO jieli_worker USING (true) WITH CHECK (true)', target);
  END LOOP;
END $$;
-- +goose StatementEnd
CREATE POLICY scope ON notices FOR SELECT TO jieli_app USING (person = scope_person());
CREATE POLICY scope ON drafts FOR SELECT TO jieli_app USING (person = scope_person());
CREATE POLICY scope ON phrases FOR SELECT TO jieli_app USING (person = scope_person());
CREATE POLICY scope ON views FOR SELECT TO jieli_app USING (person = scope_person() OR office = ANY (scope_offices()));

-- +goose Down
SELECT 1;
