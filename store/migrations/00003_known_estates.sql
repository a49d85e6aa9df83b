-- What officers found out about addresses no directory resolves ("老厂宿舍3栋 → ××社区") is remembered
-- per district, and proposed the next time.

-- +goose Up
ALTER TABLE lines ADD COLUMN estate text NOT NULL DEFAULT '';
CREATE INDEX lines_estate ON lines(case_no, estate) WHERE outcome = '';
CREATE TABLE known_estates (
  district text NOT NULL, estate text NOT NULL, place text NOT NULL, learned_by text NOT NULL, learned_at timestamptz NOT NULL,
  PRIMARY KEY (district, estate));
GRANT SELECT ON known_estates TO jieli_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON known_estates TO jieli_worker;

-- +goose Down
SELECT 1;
