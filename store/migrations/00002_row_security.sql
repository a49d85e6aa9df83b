-- Two roles besides the owner: the API reads as jieli_app, which sees only rows of its caller's
-- scope (row-level security, set with every query); the rest works as jieli_worker, which may not
-- change or delete what the journal holds, nor alter the schema.

-- +goose Up
-- +goose StatementBegin
DO $$
DECLARE wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['jieli_app', 'jieli_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION WHEN duplicate_object OR unique_violation THEN
        NULL; -- another database of the cluster was migrated at the same moment
      END;
    END IF;
    IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
      EXECUTE format('GRANT %I TO %I', wanted, current_user);
    END IF;
  END LOOP;
END $$;
-- +goose StatementEnd

GRANT USAGE ON SCHEMA public TO jieli_app, jieli_worker;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO jieli_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO jieli_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO jieli_worker;
REVOKE UPDATE, DELETE ON journal, exclusions, person_history FROM jieli_worker;
REVOKE ALL ON users, sessions, requests, sign_in_failures FROM jieli_app;
GRANT SELECT (id, username, name, language, disabled, demo) ON users TO jieli_app;

-- An unset scope is no scope: no rows.
CREATE FUNCTION scope_offices() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('jieli.offices', true), '')::text[] $$;
CREATE FUNCTION scope_paths() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('jieli.paths', true), '')::text[] $$;
CREATE FUNCTION scope_person() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT nullif(current_setting('jieli.person', true), '') $$;

ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
ALTER TABLE case_access ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE copies ENABLE ROW LEVEL SECURITY;
ALTER TABLE journal ENABLE ROW LEVEL SECURITY;
ALTER TABLE files ENABLE ROW LEVEL SECURITY;
ALTER TABLE lines ENABLE ROW LEVEL SECURITY;
ALTER TABLE line_edits ENABLE ROW LEVEL SECURITY;
ALTER TABLE exclusions ENABLE ROW LEVEL SECURITY;
ALTER TABLE persons ENABLE ROW LEVEL SECURITY;
ALTER TABLE person_history ENABLE ROW LEVEL SECURITY;
ALTER TABLE rosters ENABLE ROW LEVEL SECURITY;
ALTER TABLE roster_rows ENABLE ROW LEVEL SECURITY;

-- +goose StatementBegin
DO $$
DECLARE target text;
BEGIN
  FOREACH target IN ARRAY ARRAY['cases','case_access','tasks','copies','journal','files','lines','line_edits','exclusions','persons','person_history','rosters','roster_rows'] LOOP
    EXECUTE format('CREATE POLICY worker ON %I TO jieli_worker USING (true) WITH CHECK (true)', target);
  END LOOP;
END $$;
-- +goose StatementEnd

CREATE POLICY scope ON case_access FOR SELECT TO jieli_app USING (office = ANY (scope_offices()));
CREATE POLICY scope ON cases FOR SELECT TO jieli_app USING (
  EXISTS (SELECT FROM case_access a WHERE a.case_no = no AND a.office = ANY (scope_offices()))
  OR EXISTS (SELECT FROM unnest(scope_paths()) AS x(path) WHERE region_path LIKE x.path || '%'));
CREATE POLICY scope ON tasks FOR SELECT TO jieli_app USING (
  office = ANY (scope_offices()) OR owner = scope_person() OR signed_by = scope_person() OR EXISTS (SELECT FROM cases c WHERE c.no = case_no));
CREATE POLICY scope ON copies FOR SELECT TO jieli_app USING (office = ANY (scope_offices()) OR person = scope_person());
CREATE POLICY scope ON journal FOR SELECT TO jieli_app USING (
  stream LIKE 'case:%' AND EXISTS (SELECT FROM cases c WHERE c.no = substr(stream, 6)));
CREATE POLICY scope ON files FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM cases c WHERE c.no = case_no));
CREATE POLICY scope ON lines FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM cases c WHERE c.no IN (case_no, intake, reception)));
CREATE POLICY scope ON line_edits FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM cases c WHERE c.no = case_no));
CREATE POLICY scope ON exclusions FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM cases c WHERE c.no = case_no));
CREATE POLICY scope ON persons FOR SELECT TO jieli_app USING (
  enterprise = ANY (scope_offices()) OR community = ANY (scope_offices())
  OR EXISTS (SELECT FROM offices o WHERE o.id = community AND EXISTS (SELECT FROM unnest(scope_paths()) AS x(path) WHERE o.path LIKE x.path || '%'))
  OR EXISTS (SELECT FROM cases c WHERE c.subject = persons.id));
CREATE POLICY scope ON person_history FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM persons p WHERE p.id = person));
CREATE POLICY scope ON rosters FOR SELECT TO jieli_app USING (enterprise = ANY (scope_offices()) OR uploaded_by = scope_person());
CREATE POLICY scope ON roster_rows FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM rosters r WHERE r.id = roster));

-- +goose Down
SELECT 1;
