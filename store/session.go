package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// Credential finds an account by its user name.
func (s *Store) Credential(ctx context.Context, username string) (view.Credential, error) {
	var c view.Credential
	err := s.pool.QueryRow(ctx, `SELECT id, username, name, language, password_hash, disabled FROM users WHERE username = $1`, username).
		Scan(&c.User.ID, &c.User.Username, &c.User.Name, &c.User.Language, &c.PasswordHash, &c.Disabled)
	return c, orNotFound(err)
}

// CreateSession keeps the hash of a session token, never the token.
func (s *Store) CreateSession(ctx context.Context, token, person, csrf string, life time.Duration) error {
	hash := sha256.Sum256([]byte(token))
	now := s.clock.Now()
	// Those that ran out go with each new one.
	if _, err := s.pool.Exec(ctx, `DELETE FROM sessions WHERE expires_at < $1`, now); err != nil {
		return err
	}
	_, err := s.pool.Exec(ctx, `INSERT INTO sessions(token_hash, person, csrf, created_at, expires_at) VALUES ($1,$2,$3,$4,$5)`, hash[:], person, csrf, now, now.Add(life))
	return err
}

// Session finds the live session of a token.
func (s *Store) Session(ctx context.Context, token string) (view.Session, error) {
	hash := sha256.Sum256([]byte(token))
	var session view.Session
	err := s.pool.QueryRow(ctx, `SELECT u.id, u.username, u.name, u.language, s.csrf, s.expires_at FROM sessions s JOIN users u ON u.id = s.person
		WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT u.disabled`, hash[:], s.clock.Now()).
		Scan(&session.User.ID, &session.User.Username, &session.User.Name, &session.User.Language, &session.CSRF, &session.Expires)
	return session, orNotFound(err)
}

// DeleteSession ends a session, and with it the streams that are open under it.
func (s *Store) DeleteSession(ctx context.Context, token string) error {
	hash := sha256.Sum256([]byte(token))
	var person string
	err := s.pool.QueryRow(ctx, `DELETE FROM sessions WHERE token_hash = $1 RETURNING person`, hash[:]).Scan(&person)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil {
		s.announcer.touch(nil, []string{person})
	}
	return err
}

// SignInFailures answers how many failures in a row a subject (user name or address) has, and when the last was.
func (s *Store) SignInFailures(ctx context.Context, subject string) (int, time.Time, error) {
	var failures int
	var last time.Time
	err := s.pool.QueryRow(ctx, `SELECT coalesce(max(failures), 0), coalesce(max(last_at), 'epoch') FROM sign_in_failures WHERE subject = $1`, subject).Scan(&failures, &last)
	return failures, last, err
}

// RecordSignIn counts a failed sign-in or unknown code of a subject, or clears the count after a good one.
func (s *Store) RecordSignIn(ctx context.Context, subject string, ok bool) error {
	if ok {
		_, err := s.pool.Exec(ctx, `DELETE FROM sign_in_failures WHERE subject = $1`, subject)
		return err
	}
	_, err := s.pool.Exec(ctx, `INSERT INTO sign_in_failures(subject, failures, last_at) VALUES ($1,1,$2)
		ON CONFLICT (subject) DO UPDATE SET failures = sign_in_failures.failures + 1, last_at = EXCLUDED.last_at`, subject, s.clock.Now())
	return err
}

// Posts lists the posts a person holds today with their offices.
func (s *Store) Posts(ctx context.Context, person string) ([]view.PostView, error) {
	rows, err := s.pool.Query(ctx, `SELECT o.id, o.name, o.kind, p.role, o.path FROM posts p JOIN offices o ON o.id = p.office WHERE p.person = $1
		AND p.valid_from <= $2::date AND (p.valid_to IS NULL OR p.valid_to >= $2::date) ORDER BY p.id`, person, s.today())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.PostView, error) {
		var post view.PostView
		err := row.Scan(&post.Office, &post.OfficeName, &post.OfficeKind, &post.Role, &post.Region)
		post.RoleTitle = approval.RoleText(post.Role)
		return post, err
	})
}

// AllPosts lists every post held today as person, role, office: the groupings of the enforcer.
func (s *Store) AllPosts(ctx context.Context) ([][3]string, error) {
	rows, err := s.pool.Query(ctx, `SELECT person, role, office FROM posts WHERE valid_from <= $1::date AND (valid_to IS NULL OR valid_to >= $1::date)`, s.today())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) ([3]string, error) {
		var post [3]string
		err := row.Scan(&post[0], &post[1], &post[2])
		return post, err
	})
}
