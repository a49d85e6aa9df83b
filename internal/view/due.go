package view

import (
	"time"

	"jieli/rules"
)

// DaysLeft counts the working days from today to a deadline; negative when it has passed.
func DaysLeft(calendar rules.Calendar, due *time.Time, now time.Time) *int {
	if due == nil {
		return nil
	}
	days := calendar.WorkingDaysBetween(rules.DayOf(now), rules.DayOf(*due))
	return &days
}
