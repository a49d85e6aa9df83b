package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// ReturnedRows opens the rows of a batch whose lines went back to the enterprise, as they were
// uploaded, with the reason as a finding: what the enterprise corrects for a new batch.
func (s *Store) ReturnedRows(ctx context.Context, scope view.Scope, no string) (header []string, list []view.CorrectableRow, err error) {
	var id string
	if err := s.as(scope).QueryRow(ctx, `SELECT r.id, r.header FROM cases c JOIN rosters r ON r.id = c.roster WHERE c.no = $1`, no).Scan(&id, &header); err != nil {
		return nil, nil, orNotFound(err)
	}
	rows, err := s.as(scope).Query(ctx, `SELECT r.row, r.data_key, r.sealed, l.outcome_reason FROM lines l JOIN roster_rows r ON r.roster = l.roster AND r.row = l.row
		WHERE l.case_no = $1 AND l.outcome = 'returned' AND r.sealed IS NOT NULL ORDER BY r.row`, no)
	if err != nil {
		return nil, nil, err
	}
	list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.CorrectableRow, error) {
		var item view.CorrectableRow
		var wrapped, sealed []byte
		var reason string
		if err := row.Scan(&item.Row, &wrapped, &sealed, &reason); err != nil {
			return item, err
		}
		content, err := s.openRosterRow(id, item.Row, wrapped, sealed)
		item.Cells = content.Cells
		words, known := reasonWords[reason]
		if !known {
			words = approval.Text{ZH: "退回企业补正", EN: "returned to the enterprise"}
		}
		item.Findings = []view.RosterFinding{{Code: "returned", Level: "blocker", Message: words}}
		return item, err
	})
	return header, list, err
}
