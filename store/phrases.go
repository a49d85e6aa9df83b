package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// mostPhrases is how many an officer may keep.
const mostPhrases = 100

// Phrases lists an officer's phrases, the most used first.
func (s *Store) Phrases(ctx context.Context, scope view.Scope) ([]view.Phrase, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT id, words, uses FROM phrases WHERE person = $1 ORDER BY uses DESC, used_at DESC NULLS LAST, created_at, id`, scope.Person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Phrase])
}

// SavePhrase writes a new phrase, or the new words of one.
func (s *Store) SavePhrase(ctx context.Context, person, id, words string, isNew bool) (view.Phrase, error) {
	phrase := view.Phrase{ID: id, Words: words}
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT FROM users WHERE id = $1 FOR UPDATE`, person); err != nil {
			return err
		}
		if !isNew {
			return orNotFound(tx.QueryRow(ctx, `UPDATE phrases SET words = $3 WHERE id = $1 AND person = $2 RETURNING uses`, id, person, words).Scan(&phrase.Uses))
		}
		var kept int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM phrases WHERE person = $1 AND id <> $2`, person, id).Scan(&kept); err != nil {
			return err
		}
		if kept >= mostPhrases {
			return approval.Invalid("words", "最多保存 100 条常用意见，请先删除不用的", "100 phrases at most; delete one first")
		}
		_, err := tx.Exec(ctx, `INSERT INTO phrases(id, person, words, created_at) VALUES ($1,$2,$3,$4) ON CONFLICT (id) DO NOTHING`, id, person, words, s.clock.Now())
		return err
	})
	return phrase, err
}

// UsePhrase counts that a phrase was used.
func (s *Store) UsePhrase(ctx context.Context, person, id string) (view.Phrase, error) {
	phrase := view.Phrase{ID: id}
	err := s.pool.QueryRow(ctx, `UPDATE phrases SET uses = uses + 1, used_at = $3 WHERE id = $1 AND person = $2 RETURNING words, uses`, id, person, s.clock.Now()).Scan(&phrase.Words, &phrase.Uses)
	return phrase, orNotFound(err)
}

// DeletePhrase removes a phrase.
func (s *Store) DeletePhrase(ctx context.Context, person, id string) error {
	tag, err := s.pool.Exec(ctx, `DELETE FROM phrases WHERE id = $1 AND person = $2`, id, person)
	if err == nil && tag.RowsAffected() == 0 {
		return approval.NotFound()
	}
	return err
}
