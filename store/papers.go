package store

import (
	"context"
	"encoding/base32"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// codeLetters are digits and capitals without those that read like another one.
var codeLetters = base32.NewEncoding("0123456789ABCDEFGHJKMNPQRSTVWXYZ").WithPadding(base32.NoPadding)

// paperCode is a keyed hash of what a paper was printed from, 80 bits of it. It is kept in a row of its own, so
// that the code on the paper stays short enough to be typed at a desk without a camera. It is no random number,
// so that printing again gives the same code, and that whoever can write to the database but lacks the key file
// can neither make a paper genuine nor give one another entry of the journal.
func (s *Store) paperCode(no, paper string, seq int64, hash string) string {
	return codeLetters.EncodeToString(s.ring.Index("papers", fmt.Sprintf("%s|%s|%d|%s", no, paper, seq, hash))[:10])
}

// IssuePaper answers the code of a paper printed from an entry of a case within the caller's scope.
func (s *Store) IssuePaper(ctx context.Context, scope view.Scope, no, paper string, seq int64) (string, error) {
	var hash string
	err := s.as(scope).QueryRow(ctx, `SELECT j.hash FROM cases c JOIN journal j ON j.stream = 'case:' || c.no AND j.seq = $4 WHERE c.no = $3 AND `+caseScope,
		scope.Offices, scope.Paths, no, seq).Scan(&hash)
	if err != nil {
		return "", orNotFound(err)
	}
	code := s.paperCode(no, paper, seq, hash)
	_, err = s.pool.Exec(ctx, `INSERT INTO papers(code, case_no, paper, seq, hash, issued_at) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT DO NOTHING`,
		code, no, paper, seq, hash, s.clock.Now())
	return code, err
}

// PrintedPaper finds a paper by its code, with the whole journal of its case.
func (s *Store) PrintedPaper(ctx context.Context, code string) (*view.PrintedPaper, error) {
	code = view.TypedCode(code)
	paper := &view.PrintedPaper{}
	err := s.pool.QueryRow(ctx, `SELECT case_no, paper, seq, hash FROM papers WHERE code = $1`, code).Scan(&paper.Case, &paper.Paper, &paper.Version, &paper.Hash)
	if err != nil {
		return nil, orNotFound(err)
	}
	if s.paperCode(paper.Case, paper.Paper, paper.Version, paper.Hash) != code {
		return nil, approval.NotFound()
	}
	rows, err := s.pool.Query(ctx, `SELECT seq, body, prev, hash FROM journal WHERE stream = $1 ORDER BY seq`, stream(paper.Case))
	if err != nil {
		return nil, err
	}
	var seq int64
	var body []byte
	var prev, hash, last string
	found, intact := false, true
	_, err = pgx.ForEachRow(rows, []any{&seq, &body, &prev, &hash}, func() error {
		entry, err := approval.DecodeEntry(body)
		intact = intact && err == nil && seq == int64(len(paper.Entries))+1 && prev == last && approval.Hash(prev, body) == hash
		if seq == paper.Version {
			found = hash == paper.Hash
		}
		paper.Entries, last = append(paper.Entries, entry), hash
		return nil
	})
	paper.Intact = intact && found
	return paper, err
}
