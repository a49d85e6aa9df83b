package store

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// BeginRequest records a write under the caller's key. When the key is known it answers the row
// as it stands and false; nothing is changed.
func (s *Store) BeginRequest(ctx context.Context, actor, key, route string, bodyHash []byte) (view.Request, bool, error) {
	// Keyed, because a short body (a password, a form) could be guessed from a plain hash.
	keyed := s.ring.Index("request", string(bodyHash))
	tag, err := s.pool.Exec(ctx, `INSERT INTO requests(actor, key, route, body_hash, state, created_at) VALUES ($1,$2,$3,$4,'pending',$5) ON CONFLICT DO NOTHING`,
		actor, key, route, keyed, s.clock.Now())
	if err != nil || tag.RowsAffected() == 1 {
		return view.Request{}, err == nil, err
	}
	var request view.Request
	var state string
	var status *int
	var answer, knownHash []byte
	err = s.pool.QueryRow(ctx, `SELECT route, body_hash, state, status, answer FROM requests WHERE actor = $1 AND key = $2`, actor, key).
		Scan(&request.Route, &knownHash, &state, &status, &answer)
	if err != nil {
		return request, false, err
	}
	request.SameBody = subtle.ConstantTimeCompare(knownHash, keyed) == 1
	request.Answered = state == "answered"
	if request.Answered {
		request.Status = *status
		request.Answer, err = s.ring.Open(answer, "requests|answer|"+actor+"|"+key)
	}
	return request, false, err
}

// AttachCommand stores the sealed command of a request, so that the sweeper can send it again.
func (s *Store) AttachCommand(ctx context.Context, actor, key, no string, command approval.Command) error {
	body, err := json.Marshal(command)
	if err != nil {
		return err
	}
	_, err = s.pool.Exec(ctx, `UPDATE requests SET case_no = $3, command = $4 WHERE actor = $1 AND key = $2`, actor, key, no, s.ring.Seal(body, "requests|command|"+actor+"|"+key))
	return err
}

// AnswerRequest stores the answer of a write for every repetition of its key.
func (s *Store) AnswerRequest(ctx context.Context, actor, key string, status int, answer []byte) error {
	_, err := s.pool.Exec(ctx, `UPDATE requests SET state = 'answered', status = $3, answer = $4, answered_at = $5, command = NULL WHERE actor = $1 AND key = $2 AND state = 'pending'`,
		actor, key, status, s.ring.Seal(answer, "requests|answer|"+actor+"|"+key), s.clock.Now())
	return err
}

// SettleRequest takes the command off a request whose act has taken effect without its asker: it is
// not sent again, and the next question under its key is answered from the case.
func (s *Store) SettleRequest(ctx context.Context, actor, key string) error {
	_, err := s.pool.Exec(ctx, `UPDATE requests SET command = NULL WHERE actor = $1 AND key = $2 AND state = 'pending'`, actor, key)
	return err
}

// ForgetRequest removes a pending request that has written nothing and never reached the gate, so
// that the same key can be tried again.
func (s *Store) ForgetRequest(ctx context.Context, actor, key string) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM requests WHERE actor = $1 AND key = $2 AND state = 'pending' AND command IS NULL AND case_no IS NULL`, actor, key)
	return err
}

// PendingRequests are commands older than an age that have no answer yet.
func (s *Store) PendingRequests(ctx context.Context, age time.Duration, limit int) ([]view.PendingRequest, error) {
	rows, err := s.pool.Query(ctx, `SELECT actor, key, case_no, command FROM requests WHERE state = 'pending' AND command IS NOT NULL AND created_at < $1 ORDER BY created_at LIMIT $2`,
		s.clock.Now().Add(-age), limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.PendingRequest, error) {
		var request view.PendingRequest
		var sealed []byte
		if err := row.Scan(&request.Actor, &request.Key, &request.Case, &sealed); err != nil {
			return request, err
		}
		body, err := s.ring.Open(sealed, "requests|command|"+request.Actor+"|"+request.Key)
		if err != nil {
			return request, err
		}
		return request, json.Unmarshal(body, &request.Command)
	})
}

// Committed reports whether the journal of a case holds a command's key: then the act has taken
// effect, whatever became of its answer.
func (s *Store) Committed(ctx context.Context, no, key string) (bool, error) {
	var known bool
	err := s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM journal WHERE stream = $1 AND key = $2)`, stream(no), key).Scan(&known)
	return known, err
}
