-- Party relations: which organisation is responsible for each member, every change of it, and the
-- letters. To whoever has no Party role none of it exists: not as a row, nor in a number.

-- +goose Up
-- A Party organisation is that of an enterprise, a street or a community.
ALTER TABLE offices ADD COLUMN serves text REFERENCES offices(id);
CREATE UNIQUE INDEX offices_serves ON offices(kind, serves) WHERE serves IS NOT NULL;

CREATE TABLE party_relations (
  person text PRIMARY KEY REFERENCES persons(id), member_status text NOT NULL CHECK (member_status IN ('full','probationary')),
  -- At every moment one organisation is responsible; an office where it is one of ours.
  holder_office text REFERENCES offices(id), holder_name text NOT NULL CHECK (holder_name <> ''),
  branch text NOT NULL DEFAULT '', since timestamptz NOT NULL, case_no text);
CREATE INDEX party_relations_holder ON party_relations(holder_office, since DESC);

CREATE TABLE party_responsibilities (
  person text NOT NULL REFERENCES persons(id), seq int NOT NULL, case_no text, from_name text NOT NULL, to_office text, to_name text NOT NULL, branch text NOT NULL DEFAULT '',
  handed_by text NOT NULL, received_by text NOT NULL, reason text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (person, seq));

CREATE TABLE party_letters (
  number text PRIMARY KEY, case_no text NOT NULL REFERENCES cases(no), way text NOT NULL CHECK (way IN ('paper','online')), addressee text NOT NULL,
  issued_by text NOT NULL, issued_on date NOT NULL, valid_days int NOT NULL CHECK (valid_days BETWEEN 1 AND 90), expires_on date NOT NULL,
  state text NOT NULL CHECK (state IN ('valid','received','void')), reason text NOT NULL DEFAULT '',
  receipt_number text NOT NULL DEFAULT '', receipt_on date);
-- An old letter is void before another is made out.
CREATE UNIQUE INDEX party_letters_valid ON party_letters(case_no) WHERE state <> 'void';

GRANT SELECT ON party_relations, party_responsibilities, party_letters TO jieli_app;
GRANT SELECT, INSERT, UPDATE ON party_relations, party_letters TO jieli_worker;
GRANT SELECT, INSERT ON party_responsibilities TO jieli_worker;

-- An unset scope is no Party scope.
CREATE FUNCTION scope_party() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT coalesce(current_setting('jieli.party', true) = 'true', false) $$;
-- The same reading of the registry as procedures.MemberStatus.
CREATE FUNCTION is_party_member(political text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT political LIKE '中共党员%' OR political LIKE '中共预备党员%' OR political LIKE '党员%' $$;
-- Asked by policies whose rows do not say it themselves; as the owner, so that no policy asks another in turn.
CREATE FUNCTION is_party_case(asked text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path FROM CURRENT AS
  $$ SELECT EXISTS (SELECT FROM cases WHERE no = asked AND type = 'party') $$;

-- Restrictive policies narrow whatever other policies let through: everything that is read by way of a
-- case (journal, files, people of the case, ...) follows from the first.
CREATE POLICY party ON cases AS RESTRICTIVE FOR SELECT TO jieli_app USING (type <> 'party' OR scope_party());
CREATE POLICY party ON tasks AS RESTRICTIVE FOR SELECT TO jieli_app USING (case_type <> 'party' OR scope_party());
CREATE POLICY party ON copies AS RESTRICTIVE FOR SELECT TO jieli_app USING (scope_party() OR NOT is_party_case(case_no));
CREATE POLICY party ON notices AS RESTRICTIVE FOR SELECT TO jieli_app USING (scope_party() OR NOT is_party_case(case_no));
CREATE POLICY party ON drafts AS RESTRICTIVE FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM tasks t WHERE t.id = task));

ALTER TABLE party_relations ENABLE ROW LEVEL SECURITY;
ALTER TABLE party_responsibilities ENABLE ROW LEVEL SECURITY;
ALTER TABLE party_letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON party_relations TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON party_responsibilities TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON party_letters TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON party_relations FOR SELECT TO jieli_app USING (scope_party() AND EXISTS (SELECT FROM persons p WHERE p.id = person));
CREATE POLICY scope ON party_responsibilities FOR SELECT TO jieli_app USING (scope_party() AND EXISTS (SELECT FROM persons p WHERE p.id = person));
CREATE POLICY scope ON party_letters FOR SELECT TO jieli_app USING (scope_party() AND EXISTS (SELECT FROM cases c WHERE c.no = case_no));

-- A Party organisation sees the members, and nobody else, of the enterprise or community it is that of.
DROP POLICY scope ON persons;
CREATE POLICY scope ON persons FOR SELECT TO jieli_app USING (
  enterprise = ANY (scope_offices()) OR community = ANY (scope_offices())
  OR EXISTS (SELECT FROM offices o WHERE o.id = community AND EXISTS (SELECT FROM unnest(scope_paths()) AS x(path) WHERE o.path LIKE x.path || '%'))
  OR EXISTS (SELECT FROM cases c WHERE c.subject = persons.id)
  OR EXISTS (SELECT FROM archive_items i JOIN cases c ON c.no = i.case_no WHERE i.person = persons.id)
  OR scope_party() AND is_party_member(party_member) AND EXISTS (SELECT FROM offices o WHERE o.id = ANY (scope_offices()) AND o.serves IN (enterprise, community)));

-- +goose Down
SELECT 1;
