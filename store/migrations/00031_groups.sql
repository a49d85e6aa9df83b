-- The interim forms of management (S3.3): one registered group of people for each, the body that manages
-- them, and the day on which the form is looked at again.

-- +goose Up
CREATE TABLE managed_groups (
  id text PRIMARY KEY, number text NOT NULL UNIQUE, form text NOT NULL CHECK (form IN ('F2','F3','F4','F5')),
  enterprise text NOT NULL REFERENCES offices(id), bureau text NOT NULL REFERENCES offices(id), region text NOT NULL, region_path text NOT NULL,
  -- The body that manages, and the office that answers for it where it is one of ours.
  body_name text NOT NULL CHECK (body_name <> ''), body_office text REFERENCES offices(id),
  state text NOT NULL DEFAULT 'registered' CHECK (state IN ('registered','closed')),
  registered_on date NOT NULL, review_on date, conclusion text NOT NULL DEFAULT '' CHECK (conclusion IN ('','continue','transition')),
  -- The staff of an entrusted body as they were assessed last.
  staff jsonb NOT NULL DEFAULT '[]', case_no text REFERENCES cases(no), closed_on date, closed_by_case text,
  CHECK ((state = 'registered') = (review_on IS NOT NULL)), CHECK ((state = 'closed') = (closed_on IS NOT NULL)));
CREATE INDEX managed_groups_review ON managed_groups(review_on) WHERE state = 'registered';
CREATE INDEX managed_groups_bureau ON managed_groups(bureau, state);

ALTER TABLE persons ADD COLUMN managed_group text REFERENCES managed_groups(id);
CREATE INDEX persons_managed_group ON persons(managed_group) WHERE managed_group IS NOT NULL;
-- Whoever a community manages is under the basic form, whatever their handover had proposed.
UPDATE persons SET form = 'F1' WHERE community IS NOT NULL AND form <> 'F1';
-- One manager at every moment: a community under the basic form, or the body of a group under another.
ALTER TABLE persons ADD CONSTRAINT persons_one_manager CHECK ((managed_group IS NOT NULL) = (form IN ('F2','F3','F4','F5')) AND (managed_group IS NULL OR community IS NULL));

-- The review date of a line deferred stands with the line, so that the board finds it.
ALTER TABLE lines ADD COLUMN review_on date;
UPDATE lines l SET review_on = (c.fold->'form'->>'reviewDate')::date FROM cases c WHERE c.no = l.reception AND l.outcome = 'deferred' AND c.fold->'form'->>'reviewDate' <> '';
CREATE INDEX lines_review ON lines(review_on) WHERE review_on IS NOT NULL;
CREATE INDEX lines_person ON lines(person) WHERE person IS NOT NULL;

GRANT SELECT ON managed_groups TO jieli_app;
GRANT SELECT, INSERT, UPDATE ON managed_groups TO jieli_worker;
ALTER TABLE managed_groups ENABLE ROW LEVEL SECURITY;
CREATE POLICY worker ON managed_groups TO jieli_worker USING (true) WITH CHECK (true);
CREATE POLICY scope ON managed_groups FOR SELECT TO jieli_app USING (
  bureau = ANY (scope_offices()) OR enterprise = ANY (scope_offices()) OR body_office = ANY (scope_offices())
  OR EXISTS (SELECT FROM unnest(scope_paths()) AS x(path) WHERE region_path LIKE x.path || '%'));

-- Who manages or registered a group sees its people.
CREATE POLICY groups ON persons FOR SELECT TO jieli_app USING (managed_group IS NOT NULL AND EXISTS (SELECT FROM managed_groups g WHERE g.id = managed_group));

-- Whom a transition moves was handed over before, and counts once.
CREATE OR REPLACE VIEW handover_people AS
  SELECT c.no AS case_no, c.office AS enterprise, l.street, l.outcome FROM cases c JOIN lines l ON l.case_no = c.no
  WHERE c.type = 'handover' AND c.parent IS NULL AND c.state NOT IN ('withdrawn', 'rejected', 'not_accepted') AND c.region_path LIKE ANY ((SELECT scope_patterns())::text[]);

-- +goose Down
SELECT 1;
