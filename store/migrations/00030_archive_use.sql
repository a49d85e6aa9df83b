-- What happens to an archive after it was transferred: loans, recalls, and archives held on a letter.

-- +goose Up
ALTER TABLE archives DROP CONSTRAINT archives_state_check;
ALTER TABLE archives ADD CONSTRAINT archives_state_check CHECK (state IN ('with_enterprise','in_transit','coming_back','with_holder','shelved','held','on_loan'));

-- One loan of an archive at a time; the office it was lent by has it back in the state it was in.
CREATE TABLE archive_loans (
  case_no text PRIMARY KEY REFERENCES cases(no), person text NOT NULL REFERENCES persons(id), lender text NOT NULL REFERENCES offices(id), borrower text NOT NULL REFERENCES offices(id),
  state_before text NOT NULL CHECK (state_before IN ('with_holder','shelved')), volumes int NOT NULL, lent_on date NOT NULL, due_on date NOT NULL,
  returned_on date, condition text NOT NULL DEFAULT '', defects text NOT NULL DEFAULT '', make_good_by date);
CREATE UNIQUE INDEX archive_loans_open ON archive_loans(person) WHERE returned_on IS NULL;
CREATE INDEX archive_loans_person ON archive_loans(person);

-- Why an archive is held, on which letter. For Party roles alone: everybody else reads that it is held, and nothing more.
CREATE TABLE archive_holds (
  person text PRIMARY KEY REFERENCES persons(id), letter_number text NOT NULL, letter_issuer text NOT NULL DEFAULT '', reason text NOT NULL DEFAULT '', particulars text NOT NULL DEFAULT '',
  case_no text NOT NULL, at timestamptz NOT NULL);

GRANT SELECT ON archive_loans, archive_holds TO jieli_app;
GRANT SELECT, INSERT, UPDATE ON archive_loans TO jieli_worker;
GRANT SELECT, INSERT, UPDATE, DELETE ON archive_holds TO jieli_worker;
ALTER TABLE archive_loans ENABLE ROW LEVEL SECURITY;
ALTER TABLE archive_holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON archive_loans TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON archive_holds TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON archive_loans FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM persons p WHERE p.id = person));
CREATE POLICY scope ON archive_holds FOR SELECT TO jieli_app USING (scope_party() AND EXISTS (SELECT FROM persons p WHERE p.id = person));

-- The types of cases that exist for Party roles alone, as the procedures with that scope declare.
CREATE FUNCTION is_party_type(asked text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT asked IN ('party', 'archive-hold') $$;
CREATE OR REPLACE FUNCTION is_party_case(asked text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path FROM CURRENT AS
  $$ SELECT EXISTS (SELECT FROM cases WHERE no = asked AND is_party_type(type)) $$;
DROP POLICY party ON cases;
DROP POLICY party ON tasks;
CREATE POLICY party ON cases AS RESTRICTIVE FOR SELECT TO jieli_app USING (NOT is_party_type(type) OR scope_party());
CREATE POLICY party ON tasks AS RESTRICTIVE FOR SELECT TO jieli_app USING (NOT is_party_type(case_type) OR scope_party());

-- The organisation department confirms the class of every retiree of its district's enterprises, and so
-- sees whose archive is held or recalled.
DROP POLICY scope ON persons;
CREATE POLICY scope ON persons FOR SELECT TO jieli_app USING (
  enterprise = ANY (scope_offices()) OR community = ANY (scope_offices())
  OR EXISTS (SELECT FROM offices o WHERE o.id = community AND EXISTS (SELECT FROM unnest(scope_paths()) AS x(path) WHERE o.path LIKE x.path || '%'))
  OR EXISTS (SELECT FROM cases c WHERE c.subject = persons.id)
  OR EXISTS (SELECT FROM archive_items i JOIN cases c ON c.no = i.case_no WHERE i.person = persons.id)
  OR scope_party() AND is_party_member(party_member) AND EXISTS (SELECT FROM offices o WHERE o.id = ANY (scope_offices()) AND o.serves IN (enterprise, community))
  OR scope_party() AND EXISTS (SELECT FROM offices o JOIN offices e ON e.id = enterprise AND e.region LIKE o.region || '%' WHERE o.id = ANY (scope_offices()) AND o.kind = 'organisation'));

-- +goose Down
SELECT 1;
