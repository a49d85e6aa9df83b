package store

import (
	"context"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// DisputeCase reads both sides of a dispute for whoever may read the case. It is read as the program itself:
// each enterprise sees what the other has listed of this one person, and nothing else of the other's batch.
func (s *Store) DisputeCase(ctx context.Context, fold *approval.Case) (*view.DisputeCase, error) {
	found := &view.DisputeCase{Sides: []view.DisputeSide{}}
	for _, line := range []string{fold.Facts[procedures.FactOtherLine], fold.Facts[procedures.FactLine]} {
		var side view.DisputeSide
		var reason string
		err := s.pool.QueryRow(ctx, `SELECT l.name, l.id_masked, o.name, l.case_no, l.row, c.submitted_at, l.residence, l.outcome, l.outcome_reason
			FROM lines l JOIN cases c ON c.no = l.case_no JOIN offices o ON o.id = c.fold->'facts'->>'enterprise' WHERE l.id = $1`, line).
			Scan(&found.Name, &found.IDNumber, &side.Enterprise, &side.Handover, &side.Row, &side.SubmittedAt, &side.Residence, &side.Outcome, &reason)
		if err != nil {
			return nil, orNotFound(err)
		}
		side.OutcomeReason = reasonWords[reason]
		found.Sides = append(found.Sides, side)
	}
	return found, nil
}
