package rules

import "time"

// Zone is China's civil time; every date of the rules is a day in it.
var Zone = time.FixedZone("Asia/Shanghai", 8*3600)

// Calendar says which days and hours are worked. Days holds what differs from Monday to Friday:
// official holidays (false) and make-up working days 调休 (true), by date "2006-01-02".
type Calendar struct {
	// Scope is whose calendar it is: "office:<id>", a division code, or NationalScope.
	Scope string
	// Name is the office or place of Scope.
	Name string
	// Version is the number of the last edit of this calendar or of one it builds on.
	Version int
	Days    map[string]bool
	// Hours are the working hours of a working day; DefaultHours when empty.
	Hours []Period
	// LastYear is the last year whose holidays were published.
	LastYear int
}

// Working reports whether a day is a working day.
func (c Calendar) Working(day time.Time) bool {
	if working, ok := c.Days[day.Format(time.DateOnly)]; ok {
		return working
	}
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

// AddWorkingDays returns the day that is n working days after a day (the day after counts as day
// 1), the days counted, and whether a year without published holidays was entered.
func (c Calendar) AddWorkingDays(from time.Time, n int) (due time.Time, counted []string, provisional bool) {
	day := from
	for len(counted) < n {
		day = day.AddDate(0, 0, 1)
		if c.Working(day) {
			counted = append(counted, day.Format(time.DateOnly))
		}
	}
	return day, counted, day.Year() > c.LastYear
}

// WorkingDaysBetween counts the working days after one day up to and including another; negative
// when the second is earlier.
func (c Calendar) WorkingDaysBetween(from, to time.Time) int {
	sign := 1
	if to.Before(from) {
		from, to, sign = to, from, -1
	}
	count := 0
	for day := from.AddDate(0, 0, 1); !day.After(to); day = day.AddDate(0, 0, 1) {
		if c.Working(day) {
			count++
		}
	}
	return sign * count
}
