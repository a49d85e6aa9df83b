package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/internal/view"
	"jieli/rules"
)

// CalendarYear shows a calendar for one year, day by day with the calendar that says so.
func (s *Store) CalendarYear(ctx context.Context, scope string, year int) (*view.CalendarView, error) {
	calendar, err := s.Calendar(ctx, scope)
	if err != nil {
		return nil, err
	}
	shown := &view.CalendarView{Scope: scope, Year: year, Version: calendar.Version, LastYear: calendar.LastYear, Layers: []view.CalendarLayer{}, Days: []view.CalendarDay{}}
	hours := calendar.Hours
	if len(hours) == 0 {
		hours = rules.DefaultHours()
	}
	shown.Hours = rules.FormatHours(hours)
	err = s.pool.QueryRow(ctx, `SELECT coalesce((SELECT name FROM regions WHERE code = $1), (SELECT name FROM offices WHERE 'office:' || id = $1), '全国'), coalesce((SELECT hours <> '' FROM calendars WHERE scope = $1), false)`, scope).Scan(&shown.Name, &shown.OwnHours)
	if err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, chainQuery+` SELECT k.scope, coalesce(o.name, r.name, '全国'), k.version, k.source, coalesce(u.name, ''), k.changed_at
		FROM layers l JOIN calendars k ON k.scope = l.scope LEFT JOIN regions r ON r.code = k.scope LEFT JOIN offices o ON 'office:' || o.id = k.scope LEFT JOIN users u ON u.id = k.changed_by ORDER BY l.rank`, []string{scope})
	if err != nil {
		return nil, err
	}
	if shown.Layers, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.CalendarLayer]); err != nil {
		return nil, err
	}
	rows, err = s.pool.Query(ctx, chainQuery+` SELECT DISTINCT ON (d.day) d.day::text, d.working, d.name, d.source, d.scope, d.scope = $2 FROM layers l JOIN calendar_days d ON d.scope = l.scope AND NOT d.removed
		WHERE extract(year FROM d.day) = $3 ORDER BY d.day, l.rank`, []string{scope}, scope, year)
	if err != nil {
		return nil, err
	}
	shown.Days, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.CalendarDay])
	return shown, err
}
