package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// learnPlaces remembers where officers put the people of an estate, for the next proposal. A
// community is kept before a street, the newer finding before the older.
func learnPlaces(batch *pgx.Batch, fold *approval.Case, entry *approval.Entry) {
	district := fold.Facts[procedures.FactRegion]
	for _, edit := range entry.Lines {
		if edit.Value == "" || edit.Field != "street" && edit.Field != "community" {
			continue
		}
		batch.Queue(`INSERT INTO known_estates(district, estate, place, learned_by, learned_at) SELECT $1, estate, $3, $4, $5 FROM lines WHERE id = $2 AND estate <> ''
			ON CONFLICT (district, estate) DO UPDATE SET place = EXCLUDED.place, learned_by = EXCLUDED.learned_by, learned_at = EXCLUDED.learned_at
			WHERE length(EXCLUDED.place) >= length(known_estates.place) OR known_estates.place NOT LIKE EXCLUDED.place || '%'`,
			district, edit.Line, edit.Value, entry.Actor.Person, entry.At)
	}
}

// UnresolvedEstates groups the open lines of a case that have no street (in an intake: no community)
// yet by the estate of their address, the largest first, for assignment in one go.
func (s *Store) UnresolvedEstates(ctx context.Context, scope view.Scope, fold *approval.Case, limit int) ([]view.EstateGroup, error) {
	missing := "street"
	if fold.Type == procedures.TypeIntake {
		missing = "community"
	}
	hidden := ` AND (NOT marked OR screened)`
	if scope.Party {
		hidden = ``
	}
	rows, err := s.as(scope).Query(ctx, `SELECT estate, count(*)::int, (array_agg(residence ORDER BY row))[1], array_agg(id ORDER BY row) FROM lines
		WHERE `+scopeColumn(fold.Type)+` = $1 AND outcome = '' AND `+missing+` = ''`+hidden+` GROUP BY estate ORDER BY count(*) DESC, estate LIMIT $2`, fold.No, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.EstateGroup, error) {
		group := view.EstateGroup{Field: missing}
		err := row.Scan(&group.Estate, &group.People, &group.Example, &group.Lines)
		return group, err
	})
}
