package store

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/crypt"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Store is the database. It is safe for concurrent use.
type Store struct {
	pool  *pgxpool.Pool // as jieli_worker
	app   *pgxpool.Pool // as jieli_app, within a caller's scope
	ring  *crypt.Keyring
	clock clock.Source
	// announcer tells every process whose lists a commit has changed.
	announcer *announcer
	// channels are those by which messages go out.
	channels []string
}

// Open connects; the schema must have been migrated.
func Open(ctx context.Context, url string, ring *crypt.Keyring, source clock.Source) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, errors.New("JIELI_DATABASE_URL is not a PostgreSQL address such as postgres://user:password@host:5432/jieli")
	}
	config.MaxConns = max(config.MaxConns, 16)
	store := &Store{ring: ring, clock: source}
	if store.pool, err = openAs(ctx, config, workerRole); err != nil {
		return nil, err
	}
	if store.app, err = openAs(ctx, config, appRole); err != nil {
		store.pool.Close()
		return nil, err
	}
	store.announcer = newAnnouncer(store.pool)
	return store, nil
}

// The roles of migration 00002.
const (
	workerRole = "jieli_worker"
	appRole    = "jieli_app"
)

// openAs makes a pool whose connections take on a role. Before the first migration there is none
// yet, and a connection keeps its login until it is made anew.
func openAs(ctx context.Context, config *pgxpool.Config, role string) (*pgxpool.Pool, error) {
	config = config.Copy()
	config.AfterConnect = func(ctx context.Context, connection *pgx.Conn) error {
		_, err := connection.Exec(ctx, `SELECT set_config('role', rolname, false) FROM pg_roles WHERE rolname = $1`, role)
		return err
	}
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("connect to PostgreSQL: %w", err)
	}
	return pool, nil
}

// Close ends the connections.
func (s *Store) Close() {
	s.announcer.close()
	s.pool.Close()
	s.app.Close()
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.pool.Ping(ctx) }

// Migrate brings the schema up to this program's.
func (s *Store) Migrate(ctx context.Context) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	// The owner migrates, with the login's own role.
	db := stdlib.OpenDB(*s.pool.Config().ConnConfig)
	defer func() { _ = db.Close() }()
	provider, err := goose.NewProvider(goose.DialectPostgres, db, files)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	// Connections made before the roles were take them on now.
	s.pool.Reset()
	s.app.Reset()
	return s.loadCalendar(ctx)
}

// querier is what both the pool and a transaction offer.
type querier interface {
	Query(ctx context.Context, sql string, arguments ...any) (pgx.Rows, error)
	QueryRow(ctx context.Context, sql string, arguments ...any) pgx.Row
}

func (s *Store) inTransaction(ctx context.Context, work func(tx pgx.Tx) error) error {
	var noting *notingTx
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		noting = &notingTx{Tx: tx}
		return work(noting)
	})
	if err != nil {
		return err
	}
	for _, fold := range noting.changed {
		s.announcer.touchCase(fold)
	}
	if len(noting.persons) > 0 {
		s.announcer.touch(nil, noting.persons)
	}
	return nil
}

// orNotFound turns "no rows" into the product's not-found.
func orNotFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return approval.NotFound()
	}
	return err
}
