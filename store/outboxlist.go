package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/notify"
	"jieli/internal/view"
	"jieli/procedures"
)

// FailedMessages lists what could not be sent in the caller's regions, the latest first.
func (s *Store) FailedMessages(ctx context.Context, scope view.Scope, limit int) ([]view.FailedMessage, error) {
	rows, err := s.pool.Query(ctx, `SELECT m.id, m.case_no, c.type, m.channel, m.template, m.recipient_masked, m.attempts, m.reason, m.settled_at FROM outbox_messages m JOIN cases c ON c.no = m.case_no
		WHERE m.state = 'failed' AND EXISTS (SELECT FROM unnest($1::text[]) AS x(path) WHERE c.region_path LIKE x.path || '%') ORDER BY m.settled_at DESC, m.id LIMIT $2`, scope.Paths, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.FailedMessage, error) {
		var m view.FailedMessage
		var caseType, reason string
		err := row.Scan(&m.ID, &m.Case, &caseType, &m.Channel, &m.Template, &m.To, &m.Attempts, &reason, &m.FailedAt)
		procedure, _ := procedures.Find(caseType)
		m.TypeTitle, m.Reason = procedure.Title, notify.ReasonText(reason)
		return m, err
	})
}

// RetryMessage has a failed message of the caller's regions tried again from the beginning; who asked is journaled
// first. One that waits, or was sent since, is left alone.
func (s *Store) RetryMessage(ctx context.Context, scope view.Scope, actor approval.Actor, id, key string) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		var no, state string
		err := tx.QueryRow(ctx, `SELECT m.case_no, m.state FROM outbox_messages m JOIN cases c ON c.no = m.case_no
			WHERE m.id = $1 AND EXISTS (SELECT FROM unnest($2::text[]) AS x(path) WHERE c.region_path LIKE x.path || '%') FOR UPDATE OF m`, id, scope.Paths).Scan(&no, &state)
		if err != nil {
			return orNotFound(err)
		}
		if state != "failed" {
			return approval.Refuse(approval.CodeWrongState, "该通知已在发送或已有结果", "the message is being sent, or was settled")
		}
		if err := s.appendStream(ctx, tx, "access:"+actor.Office+":"+s.today(), key, map[string]any{"action": "retry-message", "actor": actor, "case": no, "message": id}); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE outbox_messages SET state = 'waiting', attempts = 0, next_attempt_at = $2, settled_at = NULL WHERE id = $1`, id, s.clock.Now())
		return err
	})
}

// CountFailedMessages is how many could not be sent, for the doctor.
func (s *Store) CountFailedMessages(ctx context.Context) (count int, err error) {
	err = s.pool.QueryRow(ctx, `SELECT count(*) FROM outbox_messages WHERE state = 'failed'`).Scan(&count)
	return count, err
}

// KeepMessage keeps what a demonstration would have sent, once for each id.
func (s *Store) KeepMessage(ctx context.Context, id, channel, to, text string) error {
	masked := view.MaskPhone(to)
	if channel == notify.Mail {
		masked = view.MaskMail(to)
	}
	_, err := s.pool.Exec(ctx, `INSERT INTO captured_messages(id, channel, recipient_masked, words, captured_at) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (id) DO NOTHING`, id, channel, masked, text, s.clock.Now())
	return err
}

// CapturedMessages lists what a demonstration would have sent, the latest first.
func (s *Store) CapturedMessages(ctx context.Context, limit int) ([]view.CapturedMessage, error) {
	rows, err := s.pool.Query(ctx, `SELECT id, channel, recipient_masked, words, captured_at FROM captured_messages ORDER BY captured_at DESC, id LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.CapturedMessage])
}
