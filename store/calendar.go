package store

import (
	"context"
	"fmt"
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/rules"
)

// nationalRegion is the region code of settings and holidays that hold everywhere.
const nationalRegion = "000000"

// loadCalendar fills the national holidays and make-up working days from the published table.
func (s *Store) loadCalendar(ctx context.Context) error {
	batch := &pgx.Batch{}
	for year := 2024; year <= s.clock.Now().Year()+1; year++ {
		holidays := HolidayUtil.GetHolidaysByYear(year)
		for element := holidays.Front(); element != nil; element = element.Next() {
			holiday, ok := element.Value.(*HolidayUtil.Holiday)
			if !ok {
				return fmt.Errorf("holiday table: unexpected element %T", element.Value)
			}
			batch.Queue(`INSERT INTO calendar_days(region, day, working, name) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING`,
				nationalRegion, holiday.GetDay(), holiday.IsWork(), holiday.GetName())
		}
	}
	return s.pool.SendBatch(ctx, batch).Close()
}

// Calendar reads the national calendar.
func (s *Store) Calendar(ctx context.Context) (rules.Calendar, error) {
	rows, err := s.pool.Query(ctx, calendarQuery, nationalRegion)
	if err != nil {
		return rules.Calendar{}, err
	}
	return collectCalendar(rows)
}

const calendarQuery = `SELECT day, working FROM calendar_days WHERE region = $1`

func collectCalendar(rows pgx.Rows) (rules.Calendar, error) {
	calendar := rules.Calendar{Days: map[string]bool{}}
	var day time.Time
	var working bool
	_, err := pgx.ForEachRow(rows, []any{&day, &working}, func() error {
		calendar.Days[day.Format(time.DateOnly)] = working
		calendar.LastYear = max(calendar.LastYear, day.Year())
		return nil
	})
	return calendar, err
}

// deadline applies a stage's due rule from a moment: the end of the last counted working day.
func deadline(calendar rules.Calendar, due approval.Due, from time.Time) (*time.Time, *approval.DueRule) {
	if due.Count == 0 || due.Kind != approval.WorkingDays {
		return nil, nil
	}
	start := from.In(clock.Zone)
	start = time.Date(start.Year(), start.Month(), start.Day(), 0, 0, 0, 0, clock.Zone)
	last, counted, provisional := calendar.AddWorkingDays(start, due.Count)
	end := last.AddDate(0, 0, 1).Add(-time.Second)
	return &end, &approval.DueRule{Due: due, From: start.Format(time.DateOnly), Counted: counted, Provisional: provisional}
}
