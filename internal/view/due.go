package view

import (
	"time"

	"jieli/internal/clock"
	"jieli/rules"
)

// DaysLeft counts the working days from today to a deadline; negative when it has passed.
func DaysLeft(calendar rules.Calendar, due *time.Time, now time.Time) *int {
	if due == nil {
		return nil
	}
	days := calendar.WorkingDaysBetween(day(now), day(*due))
	return &days
}

func day(t time.Time) time.Time {
	t = t.In(clock.Zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, clock.Zone)
}
