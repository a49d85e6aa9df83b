package store

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"jieli/internal/view"
)

// reader reads as jieli_app within one caller's scope: the scope travels in the same batch as the
// query, so that no query can be sent without one, and row-level security is a second lock behind
// the query's own predicate.
type reader struct {
	pool  *pgxpool.Pool
	scope view.Scope
}

// as reads with a caller's eyes.
func (s *Store) as(scope view.Scope) reader { return reader{pool: s.app, scope: scope} }

// Query runs one query within the scope. The rows must be closed, as always.
func (r reader) Query(ctx context.Context, sql string, arguments ...any) (pgx.Rows, error) {
	batch := &pgx.Batch{}
	batch.Queue(`SELECT set_config('jieli.offices', $1::text[]::text, true), set_config('jieli.paths', $2::text[]::text, true), set_config('jieli.person', $3, true), set_config('jieli.party', $4::boolean::text, true)`,
		orEmpty(r.scope.Offices), orEmpty(r.scope.Paths), r.scope.Person, r.scope.Party)
	batch.Queue(sql, arguments...)
	results := r.pool.SendBatch(ctx, batch)
	if _, err := results.Exec(); err != nil {
		_ = results.Close()
		return nil, err
	}
	rows, err := results.Query()
	if err != nil {
		_ = results.Close()
		return nil, err
	}
	return &scopedRows{Rows: rows, results: results}, nil
}

// QueryRow runs a query for at most one row.
func (r reader) QueryRow(ctx context.Context, sql string, arguments ...any) pgx.Row {
	rows, err := r.Query(ctx, sql, arguments...)
	return scopedRow{rows: rows, err: err}
}

// scopedRows give the connection back once they are read or closed.
type scopedRows struct {
	pgx.Rows
	results pgx.BatchResults
}

func (r *scopedRows) Next() bool {
	if r.Rows.Next() {
		return true
	}
	r.Close()
	return false
}

func (r *scopedRows) Close() {
	r.Rows.Close()
	_ = r.results.Close()
}

type scopedRow struct {
	rows pgx.Rows
	err  error
}

func (r scopedRow) Scan(into ...any) error {
	if r.err != nil {
		return r.err
	}
	defer r.rows.Close()
	if !r.rows.Next() {
		if err := r.rows.Err(); err != nil {
			return err
		}
		return pgx.ErrNoRows
	}
	return r.rows.Scan(into...)
}
