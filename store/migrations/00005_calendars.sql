-- A calendar belongs to a scope: '000000' (the whole country), a division code, or 'office:<id>'. What
-- an office's own calendar does not say, its place's says, then the place above, at last the country's.

-- +goose Up
CREATE TABLE calendars (
  scope text PRIMARY KEY,
  -- as rules.ParseHours reads it; '' leaves the hours to the next calendar
  hours text NOT NULL DEFAULT '',
  -- the last year whose holidays are published; 0 leaves it to the next calendar
  last_year int NOT NULL DEFAULT 0,
  -- the number of its last edit, counted over all calendars: the greatest of a chain names its state
  version int NOT NULL UNIQUE,
  source text NOT NULL, changed_by text NOT NULL, changed_at timestamptz NOT NULL);

ALTER TABLE calendar_days RENAME COLUMN region TO scope;
-- A removed day stays, so that the published table does not bring it back.
ALTER TABLE calendar_days ADD COLUMN removed boolean NOT NULL DEFAULT false;
ALTER TABLE calendar_days ADD COLUMN source text NOT NULL DEFAULT '';
INSERT INTO calendars(scope, last_year, version, source, changed_by, changed_at)
  SELECT '000000', max(extract(year FROM day))::int, 1, '国务院办公厅节假日安排', 'system', now() FROM calendar_days HAVING count(*) > 0;

GRANT SELECT ON calendars TO jieli_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON calendars TO jieli_worker;

-- +goose Down
SELECT 1;
