package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// Offices lists the directory by kind, region prefix and part of the name.
func (s *Store) Offices(ctx context.Context, kind, region, query string, limit int) ([]view.Office, error) {
	rows, err := s.pool.Query(ctx, `SELECT id, name, kind, region FROM offices WHERE ($1 = '' OR kind = $1) AND path LIKE $2 || '%' AND ($3 = '' OR name ILIKE '%' || $3 || '%') ORDER BY id LIMIT $4`, kind, region, query, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Office])
}

// Officers lists who holds posts in an office today, with their roles.
func (s *Store) Officers(ctx context.Context, office string) ([]view.Officer, error) {
	rows, err := s.pool.Query(ctx, `SELECT u.id, u.name, array_agg(p.role ORDER BY p.role) FROM posts p JOIN users u ON u.id = p.person WHERE p.office = $1 AND NOT u.disabled
		AND p.valid_from <= $2::date AND (p.valid_to IS NULL OR p.valid_to >= $2::date) GROUP BY u.id, u.name ORDER BY u.name`, office, s.today())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Officer])
}

// Office finds one office.
func (s *Store) Office(ctx context.Context, id string) (view.Office, error) {
	var office view.Office
	err := s.pool.QueryRow(ctx, `SELECT id, name, kind, region FROM offices WHERE id = $1`, id).Scan(&office.ID, &office.Name, &office.Kind, &office.Region)
	return office, orNotFound(err)
}

// Regions lists the divisions below a parent, or those whose name holds a text.
func (s *Store) Regions(ctx context.Context, parent, query string, limit int) ([]view.Region, error) {
	rows, err := s.pool.Query(ctx, `SELECT r.code, r.name, coalesce(r.parent,''), r.level FROM regions r WHERE ($1 = '' OR r.parent = $1) AND ($2 = '' OR r.name LIKE '%' || $2 || '%')
		AND r.valid_to IS NULL AND EXISTS (SELECT FROM offices o WHERE o.region = r.code OR o.path LIKE r.code || '%') ORDER BY r.code LIMIT $3`, parent, query, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Region])
}

// Names finds the names of offices and persons by id.
func (s *Store) Names(ctx context.Context, ids []string) (map[string]string, error) {
	rows, err := s.pool.Query(ctx, `SELECT id, name FROM offices WHERE id = ANY($1) UNION ALL SELECT id, name FROM users WHERE id = ANY($1)`, ids)
	if err != nil {
		return nil, err
	}
	names := map[string]string{approval.SystemPerson: "系统"}
	var id, name string
	_, err = pgx.ForEachRow(rows, []any{&id, &name}, func() error { names[id] = name; return nil })
	return names, err
}

// ServedBy is the office whose Party organisation an office is.
func (s *Store) ServedBy(ctx context.Context, office string) (view.Office, error) {
	var served view.Office
	err := s.pool.QueryRow(ctx, `SELECT o.id, o.name, o.kind, o.region FROM offices p JOIN offices o ON o.id = p.serves WHERE p.id = $1`, office).Scan(&served.ID, &served.Name, &served.Kind, &served.Region)
	return served, orNotFound(err)
}

// EnterpriseState reads whether an enterprise is normal, restructured, closed or bankrupt.
func (s *Store) EnterpriseState(ctx context.Context, office string) (string, error) {
	var state string
	err := s.pool.QueryRow(ctx, `SELECT coalesce((SELECT state FROM enterprises WHERE office = $1), 'normal')`, office).Scan(&state)
	return state, err
}
