package store

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
)

// SaveFile keeps an attachment, sealed, before the act that attaches it to its case.
func (s *Store) SaveFile(ctx context.Context, id, no, person, name, digest string, content []byte) error {
	_, err := s.pool.Exec(ctx, `INSERT INTO files(id, case_no, name, size, digest, content, uploaded_by, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
		id, no, name, len(content), digest, s.ring.Seal(content, "files|content|"+id), person, s.clock.Now())
	return err
}

// File opens an attachment of a case.
func (s *Store) File(ctx context.Context, no, id string) (name string, content []byte, err error) {
	var sealed []byte
	if err := s.pool.QueryRow(ctx, `SELECT name, content FROM files WHERE id = $1 AND case_no = $2`, id, no).Scan(&name, &sealed); err != nil {
		return "", nil, orNotFound(err)
	}
	content, err = s.ring.Open(sealed, "files|content|"+id)
	return name, content, err
}

// FileInfo reads what an attach command needs to know of an uploaded file.
func (s *Store) FileInfo(ctx context.Context, no, id string) (approval.Attachment, error) {
	attachment := approval.Attachment{File: id}
	err := s.pool.QueryRow(ctx, `SELECT name, size, digest FROM files WHERE id = $1 AND case_no = $2`, id, no).Scan(&attachment.Name, &attachment.Size, &attachment.Digest)
	return attachment, orNotFound(err)
}

// appendStream adds an entry to a journal stream other than a case's: one chain, one writer at a
// time. A key that is there already has been written before and is not written again.
func (s *Store) appendStream(ctx context.Context, tx pgx.Tx, name, key string, content any) error {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, name); err != nil {
		return err
	}
	var seq int64
	var prev string
	var known bool
	if err := tx.QueryRow(ctx, `SELECT coalesce(max(seq), 0), coalesce((SELECT hash FROM journal WHERE stream = $1 ORDER BY seq DESC LIMIT 1), ''), coalesce(bool_or(key = $2), false)
		FROM journal WHERE stream = $1`, name, key).Scan(&seq, &prev, &known); err != nil || known {
		return err
	}
	body, err := json.Marshal(content)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO journal(stream, seq, key, at, body, prev, hash) VALUES ($1,$2,$3,$4,$5,$6,$7)`, name, seq+1, key, s.clock.Now().UTC(), body, prev, approval.Hash(prev, body))
	return err
}
