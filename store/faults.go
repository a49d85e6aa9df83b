package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// faultOfWorkflow is the mark of a case whose workflow fails outside the steps it parks itself.
const faultOfWorkflow = "workflow"

// Suspects are the cases that should have moved and have not: with a command sent an age ago and not
// answered, with child cases still to be made, or marked as failing already.
func (s *Store) Suspects(ctx context.Context, age time.Duration, limit int) ([]string, error) {
	rows, err := s.pool.Query(ctx, `SELECT case_no FROM requests WHERE state = 'pending' AND case_no IS NOT NULL AND created_at < $1
		UNION SELECT no FROM cases WHERE fault = $2 AND ended_at IS NULL
		UNION SELECT no FROM cases WHERE waiting AND ended_at IS NULL AND children_total IS NULL AND last_entry_at < $1 LIMIT $3`, s.clock.Now().Add(-age), faultOfWorkflow, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// MarkFailing sets or takes away the mark; one that the workflow has set itself stays.
func (s *Store) MarkFailing(ctx context.Context, no string, failing bool) error {
	sql := `UPDATE cases SET fault = NULL WHERE no = $1 AND fault = $2`
	if failing {
		sql = `UPDATE cases SET fault = $2 WHERE no = $1 AND fault IS NULL AND ended_at IS NULL`
	}
	_, err := s.pool.Exec(ctx, sql, no, faultOfWorkflow)
	return err
}

// NoteRetry journals, in the office's access stream, who made a case try again that is stuck for a
// technical reason. The case must lie in the caller's regions and be stuck.
func (s *Store) NoteRetry(ctx context.Context, scope view.Scope, actor approval.Actor, no, key string) error {
	var fault string
	err := s.as(scope).QueryRow(ctx, `SELECT c.fault FROM cases c WHERE c.no = $3 AND c.fault IS NOT NULL AND `+caseScope, scope.Offices, scope.Paths, no).Scan(&fault)
	if err != nil {
		return orNotFound(err)
	}
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		return s.appendStream(ctx, tx, "access:"+actor.Office+":"+s.today(), key, map[string]any{"action": "retry", "actor": actor, "case": no, "fault": fault})
	})
}
