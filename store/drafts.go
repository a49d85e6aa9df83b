package store

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// draftContent is what is sealed of a draft: forms hold personal data.
type draftContent struct {
	Form    map[string]json.RawMessage `json:"form"`
	Opinion string                     `json:"opinion"`
}

func draftPlace(person, task string) string { return "drafts|sealed|" + person + "|" + task }

// Draft opens the caller's draft of a task; nil when there is none.
func (s *Store) Draft(ctx context.Context, scope view.Scope, task string) (*view.Draft, error) {
	var draft view.Draft
	var sealed []byte
	err := s.as(scope).QueryRow(ctx, `SELECT basis, sealed, saved_at FROM drafts WHERE task = $1 AND person = $2`, task, scope.Person).Scan(&draft.Basis, &sealed, &draft.SavedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	plain, err := s.ring.Open(sealed, draftPlace(scope.Person, task))
	if err != nil {
		return nil, err
	}
	var content draftContent
	if err := json.Unmarshal(plain, &content); err != nil {
		return nil, err
	}
	draft.Form, draft.Opinion = content.Form, content.Opinion
	return &draft, nil
}

// SaveDraft keeps what the caller is filling in for an open task of their offices.
func (s *Store) SaveDraft(ctx context.Context, scope view.Scope, task string, draft view.Draft) (time.Time, error) {
	now := s.clock.Now().UTC().Truncate(time.Microsecond)
	var state approval.TaskState
	if err := s.as(scope).QueryRow(ctx, `SELECT state FROM tasks WHERE id = $1`, task).Scan(&state); err != nil {
		return now, orNotFound(err)
	}
	plain, err := json.Marshal(draftContent{Form: draft.Form, Opinion: draft.Opinion})
	if err != nil {
		return now, err
	}
	// Asked again as it is written: a draft that outlived its task would never go.
	tag, err := s.pool.Exec(ctx, `INSERT INTO drafts(person, task, basis, sealed, saved_at) SELECT $1, t.id, $3, $4, $5 FROM tasks t WHERE t.id = $2 AND t.state IN ('open', 'waiting') FOR SHARE
		ON CONFLICT (task, person) DO UPDATE SET basis = EXCLUDED.basis, sealed = EXCLUDED.sealed, saved_at = EXCLUDED.saved_at`,
		scope.Person, task, draft.Basis, s.ring.Seal(plain, draftPlace(scope.Person, task)), now)
	if err == nil && tag.RowsAffected() == 0 {
		return now, approval.Refuse(approval.CodeWrongState, "该任务已办结，无需再保存", "this task is finished; there is nothing left to save")
	}
	return now, err
}

// DeleteDraft forgets the caller's draft of a task.
func (s *Store) DeleteDraft(ctx context.Context, person, task string) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM drafts WHERE task = $1 AND person = $2`, task, person)
	return err
}
