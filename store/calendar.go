package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/rules"
)

// publishedHolidays is the source document of the holidays that come with the program.
const publishedHolidays = "国务院办公厅节假日安排"

// fullYear is how many special days a year has at least once its holidays are published; fewer are
// the last days of the year before.
const fullYear = 10

// loadCalendar fills the national holidays and make-up working days from the published table. Days
// somebody has changed or removed since stay as they are.
func (s *Store) loadCalendar(ctx context.Context) error {
	var days, names []string
	var working []bool
	lastYear := 0
	for year := 2024; year <= s.clock.Now().Year()+1; year++ {
		holidays := HolidayUtil.GetHolidaysByYear(year)
		if holidays.Len() >= fullYear {
			lastYear = year
		}
		for element := holidays.Front(); element != nil; element = element.Next() {
			holiday, ok := element.Value.(*HolidayUtil.Holiday)
			if !ok {
				return fmt.Errorf("holiday table: unexpected element %T", element.Value)
			}
			days, names, working = append(days, holiday.GetDay()), append(names, holiday.GetName()), append(working, holiday.IsWork())
		}
	}
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		tag, err := tx.Exec(ctx, `INSERT INTO calendar_days(scope, day, working, name, source) SELECT $1, day, working, name, $5
			FROM unnest($2::date[], $3::boolean[], $4::text[]) AS x(day, working, name) ON CONFLICT DO NOTHING`, rules.NationalScope, days, working, names, publishedHolidays)
		if err != nil || tag.RowsAffected() == 0 {
			return err
		}
		version, err := s.nextCalendarVersion(ctx, tx, calendarEdit{scope: rules.NationalScope, lastYear: lastYear, source: publishedHolidays, person: approval.SystemPerson})
		if err != nil || version == 1 {
			return err
		}
		// A program that knows another year makes certain what was provisional.
		return s.recompute(ctx, tx, version, rules.NationalScope, "2000-01-01", "2999-12-31", publishedHolidays)
	})
}

// calendarEdit is a change to one calendar besides its days; zero values leave what is there.
type calendarEdit struct {
	scope, hours   string
	lastYear       int
	source, person string
}

// nextCalendarVersion writes an edit under the next number of all calendars.
func (s *Store) nextCalendarVersion(ctx context.Context, tx pgx.Tx, edit calendarEdit) (int, error) {
	if _, err := tx.Exec(ctx, `LOCK TABLE calendars IN SHARE ROW EXCLUSIVE MODE`); err != nil {
		return 0, err
	}
	var version int
	err := tx.QueryRow(ctx, `INSERT INTO calendars(scope, hours, last_year, version, source, changed_by, changed_at)
		VALUES ($1, $2, $3, (SELECT coalesce(max(version), 0) + 1 FROM calendars), $4, $5, $6)
		ON CONFLICT (scope) DO UPDATE SET hours = coalesce(nullif(EXCLUDED.hours, ''), calendars.hours), last_year = greatest(EXCLUDED.last_year, calendars.last_year),
			version = EXCLUDED.version, source = EXCLUDED.source, changed_by = EXCLUDED.changed_by, changed_at = EXCLUDED.changed_at RETURNING version`,
		edit.scope, edit.hours, edit.lastYear, edit.source, edit.person, s.clock.Now()).Scan(&version)
	return version, err
}

// Calendar reads the calendar of a scope ("office:<id>", a division code, or rules.NationalScope)
// laid over those it builds on; an unknown office or place is not found.
func (s *Store) Calendar(ctx context.Context, scope string) (rules.Calendar, error) {
	var known bool
	err := s.pool.QueryRow(ctx, `SELECT $1 = $2 OR EXISTS (SELECT FROM regions WHERE code = $1) OR EXISTS (SELECT FROM offices WHERE 'office:' || id = $1)`, scope, rules.NationalScope).Scan(&known)
	if err != nil {
		return rules.Calendar{}, err
	}
	if !known {
		return rules.Calendar{}, approval.NotFound()
	}
	calendars, err := s.calendars(ctx, s.pool, []string{scope})
	return calendars[scope], err
}

// calendarFor reads the calendar by which an office's time is counted.
func (s *Store) calendarFor(ctx context.Context, q querier, office string) (rules.Calendar, error) {
	scope := rules.OfficeScope(office)
	calendars, err := s.calendars(ctx, q, []string{scope})
	return calendars[scope], err
}

// calendarsFor reads the calendars of several offices at once, by office.
func (s *Store) calendarsFor(ctx context.Context, q querier, offices []string) (map[string]rules.Calendar, error) {
	calendars, err := s.calendars(ctx, q, officeScopes(offices))
	byOffice := make(map[string]rules.Calendar, len(offices))
	for _, office := range offices {
		byOffice[office] = calendars[rules.OfficeScope(office)]
	}
	return byOffice, err
}

func officeScopes(offices []string) []string {
	scopes := make([]string, len(offices))
	for i, office := range offices {
		scopes[i] = rules.OfficeScope(office)
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}

func (s *Store) calendars(ctx context.Context, q querier, scopes []string) (map[string]rules.Calendar, error) {
	rows, err := q.Query(ctx, calendarQuery, scopes)
	if err != nil {
		return nil, err
	}
	return collectCalendars(rows)
}

// calendarQuery finds for each scope wanted ($1) the calendars it is laid together from: one row a
// calendar, with the scopes that build on it and how far above each it stands.
const calendarQuery = chainQuery + `
	SELECT k.scope, coalesce(o.name, r.name, '全国'), k.version, k.hours, k.last_year,
		ARRAY(SELECT d.day FROM calendar_days d WHERE d.scope = k.scope AND NOT d.removed ORDER BY d.day), ARRAY(SELECT d.working FROM calendar_days d WHERE d.scope = k.scope AND NOT d.removed ORDER BY d.day),
		array_agg(l.wanted), array_agg(l.rank)
	FROM layers l JOIN calendars k ON k.scope = l.scope LEFT JOIN regions r ON r.code = k.scope LEFT JOIN offices o ON 'office:' || o.id = k.scope
	GROUP BY k.scope, o.name, r.name`

// chainQuery names for each scope wanted ($1) the scopes above it, nearest first.
const chainQuery = `WITH RECURSIVE chain(wanted, rank, scope, up) AS (
		SELECT w, 0, w, CASE WHEN w LIKE 'office:%' THEN (SELECT region FROM offices WHERE id = substr(w, 8)) ELSE (SELECT parent FROM regions WHERE code = w) END FROM unnest($1::text[]) AS w
		UNION ALL SELECT c.wanted, c.rank + 1, r.code, r.parent FROM chain c JOIN regions r ON r.code = c.up),
	layers AS (SELECT wanted, rank, scope FROM chain WHERE scope <> '000000' UNION ALL SELECT w, 1000, '000000' FROM unnest($1::text[]) AS w)`

// calendarLayer is one calendar by itself.
type calendarLayer struct {
	scope, name, hours string
	version, lastYear  int
	days               []time.Time
	working            []bool
	rank               int
}

// collectCalendars lays the rows of calendarQuery over one another, for each scope wanted.
func collectCalendars(rows pgx.Rows) (map[string]rules.Calendar, error) {
	layers := map[string][]calendarLayer{}
	var layer calendarLayer
	var wanted []string
	var ranks []int
	_, err := pgx.ForEachRow(rows, []any{&layer.scope, &layer.name, &layer.version, &layer.hours, &layer.lastYear, &layer.days, &layer.working, &wanted, &ranks}, func() error {
		for i, scope := range wanted {
			layer.rank = ranks[i]
			layers[scope] = append(layers[scope], layer)
		}
		layer, wanted, ranks = calendarLayer{}, nil, nil
		return nil
	})
	calendars := make(map[string]rules.Calendar, len(layers))
	for scope, list := range layers {
		calendars[scope] = layTogether(list)
	}
	return calendars, err
}

// layTogether lets nearer calendars speak before those they build on. The name is the nearest one's.
func layTogether(layers []calendarLayer) rules.Calendar {
	slices.SortFunc(layers, func(a, b calendarLayer) int { return b.rank - a.rank })
	calendar := rules.Calendar{Days: map[string]bool{}}
	for _, layer := range layers {
		calendar.Scope, calendar.Name, calendar.Version = layer.scope, layer.name, max(calendar.Version, layer.version)
		calendar.LastYear = max(calendar.LastYear, layer.lastYear)
		for i, day := range layer.days {
			calendar.Days[day.Format(time.DateOnly)] = layer.working[i]
		}
		if hours, ok := rules.ParseHours(layer.hours); ok {
			calendar.Hours = hours
		}
	}
	return calendar
}

// deadline applies a due rule from a moment by a calendar. Both are nil where no time is set, the
// moment alone while a pause goes on.
func deadline(calendar rules.Calendar, due approval.Due, from time.Time, pauses []rules.Pause) (*time.Time, *approval.DueRule) {
	if due.Count == 0 {
		return nil, nil
	}
	end := calendar.Deadline(due, from, pauses)
	start := from.In(rules.Zone).Format(time.DateOnly)
	if due.Kind == approval.WorkingHours {
		start = from.In(rules.Zone).Format(time.RFC3339)
	}
	rule := &approval.DueRule{Due: due, Calendar: calendar.Name, CalendarVersion: calendar.Version, From: start, Counted: end.Counted, Provisional: end.Provisional}
	if end.At.IsZero() {
		return nil, rule
	}
	return &end.At, rule
}
