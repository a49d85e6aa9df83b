-- Who stands in for an absent officer, from when until when. Rows are facts: they are revoked, never
-- changed or deleted, so that a signature of any day can be checked against them.

-- +goose Up
CREATE TABLE substitutions (
  id text PRIMARY KEY, person text NOT NULL REFERENCES users(id), substitute text NOT NULL REFERENCES users(id),
  office text NOT NULL REFERENCES offices(id),
  role text NOT NULL DEFAULT '', -- empty: all the posts the person holds in the office
  valid_from date NOT NULL, valid_to date NOT NULL, reason text NOT NULL DEFAULT '',
  created_by text NOT NULL REFERENCES users(id), created_at timestamptz NOT NULL, revoked_by text REFERENCES users(id), revoked_at timestamptz,
  CHECK (person <> substitute), CHECK (valid_from <= valid_to));
CREATE INDEX substitutions_substitute ON substitutions(substitute, valid_to) WHERE revoked_at IS NULL;
CREATE INDEX substitutions_person ON substitutions(person, valid_to) WHERE revoked_at IS NULL;
CREATE INDEX substitutions_office ON substitutions(office, valid_to DESC, id);

-- Every post somebody stands in for on a day: the absent officer holds it, the substitute still
-- belongs to the office, and neither account is closed. The posts of administrators are not passed
-- on, since the three must stay three people.
CREATE FUNCTION stand_ins(on_day date) RETURNS TABLE (id text, substitute text, person text, office text, role text) LANGUAGE sql STABLE AS
  $$ SELECT DISTINCT s.id, s.substitute, s.person, s.office, p.role
     FROM substitutions s JOIN posts p ON p.person = s.person AND p.office = s.office AND (s.role = '' OR s.role = p.role)
     JOIN posts q ON q.person = s.substitute AND q.office = s.office
     JOIN users absent ON absent.id = s.person JOIN users present ON present.id = s.substitute
     WHERE s.revoked_at IS NULL AND on_day BETWEEN s.valid_from AND s.valid_to
       AND p.role NOT IN ('system_administrator', 'security_administrator', 'audit_administrator')
       AND p.valid_from <= on_day AND (p.valid_to IS NULL OR p.valid_to >= on_day)
       AND q.valid_from <= on_day AND (q.valid_to IS NULL OR q.valid_to >= on_day)
       AND NOT absent.disabled AND NOT present.disabled $$;

GRANT SELECT ON substitutions TO jieli_app;
GRANT SELECT, INSERT, UPDATE (revoked_by, revoked_at) ON substitutions TO jieli_worker;

ALTER TABLE substitutions ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON substitutions TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON substitutions FOR SELECT TO jieli_app USING (
  office = ANY (scope_offices()) OR person = scope_person() OR substitute = scope_person()
  OR EXISTS (SELECT FROM offices o, unnest(scope_paths()) AS x(path) WHERE o.id = office AND o.path LIKE x.path || '%'));

-- +goose Down
SELECT 1;
