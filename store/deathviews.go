package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

func hasDied(ctx context.Context, q querier, person string) (bool, error) {
	var died bool
	err := q.QueryRow(ctx, `SELECT EXISTS (SELECT FROM deaths WHERE person = $1 AND state = 'verified')`, person).Scan(&died)
	return died, err
}

// readDeath reads one death in the caller's scope; nil where there is none.
func (s *Store) readDeath(ctx context.Context, scope view.Scope, condition, value string) (*view.Death, error) {
	d := &view.Death{Closed: []view.DeathClose{}}
	var due, rescission *string
	err := s.as(scope).QueryRow(ctx, `SELECT d.case_no, d.state, coalesce(d.died_on::text, ''), d.reported_at, d.notice_due::text, coalesce(d.pension_stops::text, ''), is_silenced(d.person),
			coalesce(d.rescission, (SELECT no FROM cases c WHERE c.type = 'rescission' AND c.subject = d.person AND c.ended_at IS NULL LIMIT 1)), coalesce(d.withheld_months, 0), coalesce(d.withheld_fen, 0),
			coalesce((SELECT no FROM cases c WHERE c.type = 'recovery' AND c.subject = d.person AND c.fold->'facts'->>'death' = d.case_no ORDER BY c.ended_at IS NULL DESC, c.no DESC LIMIT 1), '')
		FROM deaths d WHERE `+condition, value).Scan(&d.Case, &d.State, &d.DiedOn, &d.ReportedAt, &due, &d.PensionStops, &d.Silenced, &rescission, &d.WithheldMonths, &d.WithheldFen, &d.Recovery)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if due != nil {
		d.NoticeDue, d.NoticeLate = *due, d.ReportedAt.In(rules.Zone).Format(time.DateOnly) > *due
	}
	if rescission != nil {
		d.Rescission = *rescission
	}
	rows, err := s.as(scope).Query(ctx, `SELECT target, closed_at, restored_at FROM death_closings WHERE case_no = $1`, d.Case)
	if err != nil {
		return nil, err
	}
	closed := map[string]view.DeathClose{}
	var target string
	var one view.DeathClose
	if _, err := pgx.ForEachRow(rows, []any{&target, &one.ClosedAt, &one.RestoredAt}, func() error {
		closed[target] = one
		return nil
	}); err != nil {
		return nil, err
	}
	for _, each := range deathTargets {
		if one, ok := closed[each.name]; ok {
			one.Title = each.title
			d.Closed = append(d.Closed, one)
		}
	}
	return d, nil
}

// LiveDeath reads the reported or verified death of a person in the caller's scope; nil where there is none.
func (s *Store) LiveDeath(ctx context.Context, scope view.Scope, person string) (*view.Death, error) {
	return s.readDeath(ctx, scope, `d.person = $1 AND d.state IN ('reported','verified')`, person)
}

// DeathCase reads the death that a case reports or rescinds.
func (s *Store) DeathCase(ctx context.Context, scope view.Scope, fold *approval.Case) (*view.Death, error) {
	no := fold.No
	if fold.Type == procedures.TypeRescission {
		no = fold.Facts[procedures.FactDeath]
	}
	return s.readDeath(ctx, scope, `d.case_no = $1`, no)
}

// CaseDeaths lists who of the people of an open case has died, as verified: its subject, and those of its lines
// and archives that are still open.
func (s *Store) CaseDeaths(ctx context.Context, scope view.Scope, fold *approval.Case) ([]view.DeathNote, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT p.id, p.name, d.died_on::text FROM deaths d JOIN persons p ON p.id = d.person WHERE d.state = 'verified' AND (p.id = $2
			OR EXISTS (SELECT FROM archive_items i WHERE i.case_no = $1 AND i.person = p.id AND i.outcome = '')
			OR EXISTS (SELECT FROM lines l WHERE l.id_index = p.id_index AND l.outcome = '' AND $1 IN (l.case_no, l.intake, l.reception))) ORDER BY p.name, p.id`, fold.No, fold.Subject)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.DeathNote])
}

// PersonPlace reads whose care a registered person is in: the community (an office id, empty while nobody has
// received them) and the enterprise.
func (s *Store) PersonPlace(ctx context.Context, id string) (community, enterprise string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT coalesce(community, ''), coalesce(enterprise, '') FROM persons WHERE id = $1`, id).Scan(&community, &enterprise)
	return community, enterprise, orNotFound(err)
}

// PersonByNumber finds a registered person of a district by their whole ID number, for whoever takes a report
// about somebody not in their care.
func (s *Store) PersonByNumber(ctx context.Context, district, number string) (id, name string, err error) {
	err = s.pool.QueryRow(ctx, `SELECT p.id, p.name FROM persons p WHERE p.id = person_of($1)
		AND EXISTS (SELECT FROM offices o WHERE o.id IN (p.community, p.enterprise) AND left(o.region, 6) = $2)`, s.ring.Index("person", number), district).Scan(&id, &name)
	return id, name, orNotFound(err)
}
