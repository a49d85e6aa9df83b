-- 移交进度表: the people of live handovers by enterprise and street. The view is limited to the caller's
-- region paths itself: asking each line's case for its policy would take as long as there are people.

-- +goose Up
CREATE INDEX lines_progress ON lines(case_no, street, outcome);

-- What "everything below" of each path looks like to LIKE; no path, no rows.
CREATE FUNCTION scope_patterns() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT array_agg(x.path || '%') FROM unnest(scope_paths()) AS x(path) $$;
CREATE VIEW handover_people AS
  SELECT c.no AS case_no, c.office AS enterprise, l.street, l.outcome FROM cases c JOIN lines l ON l.case_no = c.no
  WHERE c.parent IS NULL AND c.state NOT IN ('withdrawn', 'rejected', 'not_accepted') AND c.region_path LIKE ANY ((SELECT scope_patterns())::text[]);
GRANT SELECT ON handover_people TO jieli_app;

-- +goose Down
SELECT 1;
