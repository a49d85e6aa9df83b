package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/internal/view"
	"jieli/procedures"
)

// Progress sums the people of handovers up, by enterprise or by street. Every person stands in one
// column, so that the columns add up to people.
func (s *Store) Progress(ctx context.Context, scope view.Scope, by string) ([]view.Progress, error) {
	key, name := `l.enterprise`, `(SELECT name FROM offices WHERE id = g.key)`
	if by == "street" {
		key, name = `l.street`, `(SELECT name FROM regions WHERE code = g.key)`
	}
	rows, err := s.as(scope).Query(ctx, `SELECT g.key, coalesce(`+name+`, ''), g.people, g.received, g.deferred, g.returned, g.out_of_scope, g.died, g.elsewhere, g.moved, g.open FROM (
			SELECT `+key+` AS key, count(*) AS people, count(*) FILTER (WHERE l.outcome = $1) AS received, count(*) FILTER (WHERE l.outcome = $2) AS deferred, count(*) FILTER (WHERE l.outcome = $3) AS returned,
				count(*) FILTER (WHERE l.outcome IN ($4, $5)) AS out_of_scope, count(*) FILTER (WHERE l.outcome = $6) AS died, count(*) FILTER (WHERE l.outcome = $7) AS elsewhere,
				count(*) FILTER (WHERE l.outcome = $8) AS moved, count(*) FILTER (WHERE l.outcome = '') AS open FROM handover_people l GROUP BY 1) g ORDER BY g.people DESC, g.key`,
		procedures.OutcomeReceived, procedures.OutcomeDeferred, procedures.OutcomeReturned, procedures.OutcomeOutOfScope, procedures.OutcomeCentrallyHeld, procedures.OutcomeDied, procedures.OutcomeElsewhere, procedures.OutcomeMoved)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Progress])
}
