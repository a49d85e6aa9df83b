package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
)

// Remind tells the holders of tasks that 70, 100 or 150 % of their time has passed, the longest
// overdue first and no more than limit at once, so that a morning's reminders do not come as one
// wave. It answers how many there were. A task that missed several (nothing ran for days) gets the
// last of them.
func (s *Store) Remind(ctx context.Context, limit int) (int, error) {
	reminded := 0
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		now := s.clock.Now()
		rows, err := tx.Query(ctx, `WITH due AS (SELECT id FROM tasks WHERE next_reminder <= $1 ORDER BY next_reminder LIMIT $2 FOR UPDATE SKIP LOCKED)
			UPDATE tasks t SET next_reminder = (SELECT min(r) FROM unnest(t.reminders) r WHERE r > $1) FROM due WHERE t.id = due.id
			RETURNING t.id, t.case_no, t.stage, t.office, t.role, coalesce(t.owner, ''), (SELECT count(*) FROM unnest(t.reminders) r WHERE r <= $1)::int`, now, limit)
		if err != nil {
			return err
		}
		batch := &pgx.Batch{}
		var task approval.Task
		var no, stage string
		var passed int
		_, err = pgx.ForEachRow(rows, []any{&task.ID, &no, &stage, &task.Office, &task.Role, &task.Owner, &passed}, func() error {
			share := reminderShares[min(passed, len(reminderShares))-1]
			queueNotice(batch, holder(task), notice{kind: fmt.Sprintf("reminder_%d", share), no: no, task: task.ID, stage: stage, actor: approval.SystemPerson, at: now})
			s.announcer.touch([]string{task.Office}, []string{task.Owner})
			reminded++
			return nil
		})
		if err != nil || reminded == 0 {
			return err
		}
		return tx.SendBatch(ctx, batch).Close()
	})
	return reminded, err
}
