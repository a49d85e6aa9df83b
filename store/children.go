package store

import (
	"context"
	"fmt"
	"maps"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// childPlan is one child case to be created: an intake per street, a reception per person, a transfer
// of the archives of a batch, the registration of a group under an interim form.
type childPlan struct {
	child    string
	key      string
	office   string
	name     string
	count    int
	line     string
	row      int
	wrapped  []byte
	sealed   []byte
	lineName string
	idMasked string
	archives []setsOut
	people   []setsOut
}

// CreateChildren writes the child cases of an open wait that do not exist yet, calling progress
// after each, and returns the first entries of all that have not ended, so that their workflows
// can be started. Numbers extend the parent's, so that trying again is harmless.
func (s *Store) CreateChildren(ctx context.Context, parent string, progress func(done, of int)) ([]approval.Entry, error) {
	fold, err := s.Case(ctx, parent)
	if err != nil {
		return nil, err
	}
	plans, err := s.planChildren(ctx, fold)
	if err != nil {
		return nil, err
	}
	for i, plan := range plans {
		if err := s.createChild(ctx, fold, plan, func() { progress(i, len(plans)) }); err != nil {
			return nil, fmt.Errorf("create child %s of %s: %w", plan.key, parent, err)
		}
		progress(i+1, len(plans))
	}
	if _, err := s.pool.Exec(ctx, `UPDATE cases SET children_total = (SELECT count(*) FROM cases c WHERE c.parent = $1) WHERE no = $1`, parent); err != nil {
		return nil, err
	}
	if err := s.beginParties(ctx, fold, func() { progress(len(plans), len(plans)) }); err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, `SELECT j.body FROM cases c JOIN journal j ON j.stream = 'case:' || c.no AND j.seq = 1
		WHERE NOT c.started AND (c.parent = $1 OR c.type = 'party' AND c.fold->'facts'->>'handover' = $1) ORDER BY c.type = 'party', c.no`, parent)
	if err != nil {
		return nil, err
	}
	return collectEntries(rows)
}

func (s *Store) planChildren(ctx context.Context, fold *approval.Case) ([]childPlan, error) {
	var rows pgx.Rows
	var err error
	child := procedures.TypeReception
	if form := interimForm(fold); form != "" {
		return s.planForm(ctx, fold, form)
	} else if fold.Type == procedures.TypeHandover {
		child = procedures.TypeIntake
		rows, err = s.pool.Query(ctx, `SELECT right(o.region, 3), o.id, o.name, count(*)::int, '', 0, NULL::bytea, NULL::bytea, '', ''
			FROM lines l JOIN offices o ON o.kind = 'street' AND o.region = l.street WHERE l.case_no = $1 AND l.outcome = '' AND l.intake IS NULL GROUP BY o.region, o.id, o.name ORDER BY o.region`, fold.No)
	} else {
		rows, err = s.pool.Query(ctx, `SELECT lpad(l.row::text, greatest(4, length(l.row::text)), '0'), o.id, o.name, 1, l.id, l.row, l.data_key, l.sealed, l.name, l.id_masked
			FROM lines l JOIN offices o ON o.kind = 'community' AND o.region = l.community WHERE l.`+scopeColumn(fold.Type)+` = $1 AND l.outcome = '' AND l.reception IS NULL ORDER BY l.row`, fold.No)
	}
	if err != nil {
		return nil, err
	}
	plans, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (childPlan, error) {
		p := childPlan{child: child}
		err := row.Scan(&p.key, &p.office, &p.name, &p.count, &p.line, &p.row, &p.wrapped, &p.sealed, &p.lineName, &p.idMasked)
		return p, err
	})
	if err != nil {
		return nil, err
	}
	beside, err := s.planArchives(ctx, fold)
	return append(plans, beside...), err
}

// createChild writes one child case unless it exists; beat is called now and then by what takes long.
func (s *Store) createChild(ctx context.Context, parent *approval.Case, plan childPlan, beat func()) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error { return s.writeChild(ctx, tx, parent, plan, beat) })
}

func (s *Store) writeChild(ctx context.Context, tx pgx.Tx, parent *approval.Case, plan childPlan, beat func()) error {
	no := parent.No + "-" + plan.key
	var exists bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM cases WHERE no = $1)`, no).Scan(&exists); err != nil || exists {
		return err
	}
	procedure, _ := procedures.Find(plan.child)
	applicant := parent.Office
	if plan.child == procedures.TypeArchive {
		// The archives are the enterprise's to send, whoever began the handover.
		applicant = plan.office
	}
	new := view.NewCase{Title: plan.name, Submission: approval.Submission{No: no, Type: plan.child, Parent: parent.No, Key: "submit",
		Actor: approval.Actor{Person: approval.SystemPerson}, Office: applicant, Facts: childFacts(parent, plan), Stages: procedure.Stages}}
	var err error
	if new.Path, err = regionPath(ctx, tx, plan.office); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT office FROM case_access a JOIN offices o ON o.id = a.office WHERE case_no = $1 AND o.kind IN ('enterprise','bureau')`, parent.No)
	if err != nil {
		return err
	}
	if new.Access, err = pgx.CollectRows(rows, pgx.RowTo[string]); err != nil {
		return err
	}
	new.Access = append(new.Access, plan.office)
	switch plan.child {
	case procedures.TypeIntake:
		new.Title = fmt.Sprintf("%s · %d 人", plan.name, plan.count)
		_, err = tx.Exec(ctx, `UPDATE lines SET intake = $3 WHERE case_no = $1 AND outcome = '' AND intake IS NULL AND street = (SELECT region FROM offices WHERE id = $2)`, parent.No, plan.office, no)
	case procedures.TypeReception:
		err = s.preparePerson(ctx, tx, parent, plan, no, &new)
	case procedures.TypeArchive:
		err = s.prepareArchives(ctx, tx, parent, plan, &new, beat)
	default:
		err = s.prepareGroup(ctx, tx, parent, plan, &new, beat)
	}
	if err != nil {
		return err
	}
	_, err = s.submit(ctx, tx, new, nil)
	return err
}

// childFacts are the parent's facts and what is the child's own.
func childFacts(parent *approval.Case, plan childPlan) map[string]string {
	facts := maps.Clone(parent.Facts)
	switch plan.child {
	case procedures.TypeIntake:
		facts[procedures.FactStreet], facts[procedures.FactForm] = plan.office, string(rules.FormBasic)
	case procedures.TypeReception:
		facts[procedures.FactCommunity], facts[procedures.FactLine] = plan.office, plan.line
	case procedures.TypeArchive:
	default:
		facts[procedures.FactForm] = string(procedures.LeadsToForm(plan.child))
	}
	return facts
}

// preparePerson enters the person of a line into the registry and makes them the subject.
func (s *Store) preparePerson(ctx context.Context, tx pgx.Tx, parent *approval.Case, plan childPlan, no string, new *view.NewCase) error {
	values, err := s.openLine(plan.line, plan.wrapped, plan.sealed)
	if err != nil {
		return err
	}
	// Whom a transition moves is in the registry, which knows more of them than the line.
	person, err := linePerson(ctx, tx, plan.line)
	if err == nil && person == "" {
		person, err = s.upsertPerson(ctx, tx, values, parent.Facts[procedures.FactEnterprise])
	}
	if err != nil {
		return err
	}
	new.Title = plan.lineName + " · " + plan.name
	new.Submission.Subject = person
	new.Access = append(new.Access, parent.Facts[procedures.FactStreet])
	new.Search = []string{plan.lineName, s.tailToken(values["id_number"])}
	_, err = tx.Exec(ctx, `WITH line AS (UPDATE lines SET reception = $2, person = $3 WHERE id = $1 RETURNING cadre_class) UPDATE persons SET cadre_class = line.cadre_class FROM line WHERE id = $3`, plan.line, no, person)
	return err
}

// ChildrenOpen counts the child cases that have not ended.
func (s *Store) ChildrenOpen(ctx context.Context, parent string) (int, error) {
	var open int
	err := s.pool.QueryRow(ctx, `SELECT count(*) FROM cases WHERE parent = $1 AND ended_at IS NULL`, parent).Scan(&open)
	return open, err
}

// TakeRollUps folds up to limit roll-up deltas into their parents and returns those whose last child
// has ended (and an empty name for each other), to be woken. Waking is a hint: the parent re-reads, so a lost wake only delays it to its next check.
func (s *Store) TakeRollUps(ctx context.Context, limit int) ([]string, error) {
	rows, err := s.pool.Query(ctx, `WITH taken AS (DELETE FROM roll_ups WHERE id IN (SELECT id FROM roll_ups ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED) RETURNING parent),
		counted AS (SELECT parent, count(*)::int AS n FROM taken GROUP BY parent)
		UPDATE cases c SET children_ended = children_ended + counted.n FROM counted WHERE c.no = counted.parent RETURNING CASE WHEN c.children_ended >= c.children_total THEN c.no ELSE '' END`, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
