-- Personnel archives: one of each person, with who holds it now; every change of hands; and the rows
-- of the transfers, one per person and transfer.

-- +goose Up
CREATE TABLE archives (
  person text PRIMARY KEY REFERENCES persons(id), number text NOT NULL DEFAULT '', volumes int NOT NULL DEFAULT 1,
  state text NOT NULL CHECK (state IN ('with_enterprise','in_transit','coming_back','with_holder','shelved','held')),
  -- At every moment one named holder; an office where it is one of ours.
  holder_office text REFERENCES offices(id), holder_name text NOT NULL CHECK (holder_name <> ''),
  shelf text NOT NULL DEFAULT '', review_on date, since timestamptz NOT NULL, case_no text);
CREATE INDEX archives_review ON archives(review_on) WHERE review_on IS NOT NULL;

CREATE TABLE archive_custody (
  person text NOT NULL REFERENCES persons(id), seq int NOT NULL, case_no text, from_name text NOT NULL, to_office text, to_name text NOT NULL,
  -- Both sides sign: an officer's id, or the names written on the slip where a courier signs.
  handed_by text NOT NULL, received_by text NOT NULL, reason text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (person, seq));

CREATE TABLE archive_items (
  id text PRIMARY KEY, case_no text NOT NULL REFERENCES cases(no), row int NOT NULL, person text NOT NULL REFERENCES persons(id),
  number text NOT NULL DEFAULT '', volumes int NOT NULL DEFAULT 1, pages int NOT NULL DEFAULT 0, missing text NOT NULL DEFAULT '',
  finding text NOT NULL DEFAULT '', result text NOT NULL DEFAULT '', supplement_by text NOT NULL DEFAULT '', shelf text NOT NULL DEFAULT '',
  -- Empty until the transfer is over for this person; then the result.
  outcome text NOT NULL DEFAULT '', UNIQUE (case_no, row), UNIQUE (case_no, person));
CREATE INDEX archive_items_person ON archive_items(person);

GRANT SELECT ON archives, archive_custody, archive_items TO jieli_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON archives, archive_items TO jieli_worker;
GRANT SELECT, INSERT ON archive_custody TO jieli_worker;
ALTER TABLE archives ENABLE ROW LEVEL SECURITY;
ALTER TABLE archive_custody ENABLE ROW LEVEL SECURITY;
ALTER TABLE archive_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON archives TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON archive_custody TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY worker ON archive_items TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON archives FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM persons p WHERE p.id = person));
CREATE POLICY scope ON archive_custody FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM persons p WHERE p.id = person));
CREATE POLICY scope ON archive_items FOR SELECT TO jieli_app USING (EXISTS (SELECT FROM cases c WHERE c.no = case_no));
-- Whoever takes part in a transfer sees whose archives it carries.
DROP POLICY scope ON persons;
CREATE POLICY scope ON persons FOR SELECT TO jieli_app USING (
  enterprise = ANY (scope_offices()) OR community = ANY (scope_offices())
  OR EXISTS (SELECT FROM offices o WHERE o.id = community AND EXISTS (SELECT FROM unnest(scope_paths()) AS x(path) WHERE o.path LIKE x.path || '%'))
  OR EXISTS (SELECT FROM cases c WHERE c.subject = persons.id)
  OR EXISTS (SELECT FROM archive_items i JOIN cases c ON c.no = i.case_no WHERE i.person = persons.id));

-- Who manages the cadre decides where the archive stays (S2.4); for Party roles alone.
ALTER TABLE persons ADD COLUMN cadre_class text NOT NULL DEFAULT 'ordinary';

-- +goose Down
SELECT 1;
