package rules

import (
	"slices"
	"time"

	"jieli/approval"
)

// Pause is a stretch that does not count, such as a suspension. A zero To means that it still goes on.
type Pause struct{ From, To time.Time }

// Deadline is the moment an allowed time ends, and how it came about.
type Deadline struct {
	// At is zero when no time is allowed, or while a pause that has no end keeps it from being known.
	At time.Time
	// Counted are the days that counted, "2006-01-02"; for working hours those on which time counted.
	Counted []string
	// Provisional is set when a year was entered whose holidays are not published.
	Provisional bool
}

// Deadline says when an allowed time that began at a moment ends. The three kinds of duration are
// counted each in its own way and never converted. Days: the day after the first is day 1, a day
// whose office hours a pause covers wholly does not count, and the deadline is the end of the last
// one counted; calendar days take in weekends and holidays. Working hours run from the moment,
// within the office hours of working days.
func (c Calendar) Deadline(due approval.Due, from time.Time, pauses []Pause) Deadline {
	return c.after(due, 100, from, pauses)
}

// Share is the moment when a percentage of the allowed time has passed, as reminders and
// escalation need it: for days the end of the day that reaches the share. Zero as in Deadline.
func (c Calendar) Share(due approval.Due, from time.Time, pauses []Pause, percent int) time.Time {
	return c.after(due, percent, from, pauses).At
}

func (c Calendar) after(due approval.Due, percent int, from time.Time, pauses []Pause) Deadline {
	if due.Count <= 0 || percent <= 0 {
		return Deadline{}
	}
	pauses = merged(pauses)
	days := (due.Count*percent + 99) / 100
	switch due.Kind {
	case approval.WorkingDays:
		return c.afterDays(from, pauses, days, true)
	case approval.CalendarDays:
		return c.afterDays(from, pauses, days, false)
	case approval.WorkingHours:
		return c.afterHours(from, pauses, time.Duration(due.Count)*time.Hour*time.Duration(percent)/100)
	}
	return Deadline{}
}

func (c Calendar) afterDays(from time.Time, pauses []Pause, days int, working bool) Deadline {
	result := Deadline{}
	day := DayOf(from)
	for len(result.Counted) < days {
		day = day.AddDate(0, 0, 1)
		if endlessFrom(pauses, day) {
			return Deadline{}
		}
		if c.counts(day, pauses, working) {
			result.Counted = append(result.Counted, day.Format(time.DateOnly))
		}
	}
	result.At = day.AddDate(0, 0, 1).Add(-time.Second)
	result.Provisional = working && day.Year() > c.LastYear
	return result
}

// counts reports whether a day counts: worked, where only working days do, and not paused for the
// whole of its office hours.
func (c Calendar) counts(day time.Time, pauses []Pause, working bool) bool {
	if working && !c.Working(day) {
		return false
	}
	for _, stretch := range c.hoursOf(day) {
		if len(without(stretch, pauses)) > 0 {
			return true
		}
	}
	return false
}

func (c Calendar) afterHours(from time.Time, pauses []Pause, left time.Duration) Deadline {
	result := Deadline{}
	for day := DayOf(from); ; day = day.AddDate(0, 0, 1) {
		if endlessFrom(pauses, day) {
			return Deadline{}
		}
		if !c.Working(day) {
			continue
		}
		for _, stretch := range c.hoursOf(day) {
			stretch.From = later(stretch.From, from)
			for _, worked := range without(stretch, pauses) {
				name := day.Format(time.DateOnly)
				if !slices.Contains(result.Counted, name) {
					result.Counted = append(result.Counted, name)
				}
				length := worked.To.Sub(worked.From)
				if length >= left {
					result.At = worked.From.Add(left)
					result.Provisional = day.Year() > c.LastYear
					return result
				}
				left -= length
			}
		}
	}
}

// WorkingTime is the working time used between two moments, in days and in hours, neither made of
// the other: the working days after the first day that a pause does not wholly cover, and the
// office hours of working days outside the pauses.
func (c Calendar) WorkingTime(from, to time.Time, pauses []Pause) (days int, hours float64) {
	pauses = merged(pauses)
	first, last := DayOf(from), DayOf(to)
	var worked time.Duration
	for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
		if !c.Working(day) {
			continue
		}
		if day.After(first) && c.counts(day, pauses, true) {
			days++
		}
		for _, stretch := range c.hoursOf(day) {
			stretch.From, stretch.To = later(stretch.From, from), earlier(stretch.To, to)
			for _, part := range without(stretch, pauses) {
				worked += part.To.Sub(part.From)
			}
		}
	}
	return days, worked.Hours()
}

// hoursOf are the office hours of a day, whether or not it is worked.
func (c Calendar) hoursOf(day time.Time) []Pause {
	hours := c.Hours
	if len(hours) == 0 {
		hours = DefaultHours()
	}
	stretches := make([]Pause, len(hours))
	for i, p := range hours {
		stretches[i] = Pause{day.Add(time.Duration(p.From) * time.Minute), day.Add(time.Duration(p.To) * time.Minute)}
	}
	return stretches
}

// merged orders pauses, joins those that meet and drops the empty ones.
func merged(pauses []Pause) []Pause {
	ordered := slices.Clone(pauses)
	slices.SortFunc(ordered, func(a, b Pause) int { return a.From.Compare(b.From) })
	var joined []Pause
	for _, pause := range ordered {
		if !pause.To.IsZero() && !pause.To.After(pause.From) {
			continue
		}
		if last := len(joined) - 1; last >= 0 && (joined[last].To.IsZero() || !pause.From.After(joined[last].To)) {
			if pause.To.IsZero() || !joined[last].To.IsZero() && pause.To.After(joined[last].To) {
				joined[last].To = pause.To
			}
			continue
		}
		joined = append(joined, pause)
	}
	return joined
}

// without is what is left of a stretch outside the merged pauses.
func without(stretch Pause, pauses []Pause) []Pause {
	if !stretch.To.After(stretch.From) {
		return nil
	}
	var left []Pause
	for _, pause := range pauses {
		if !pause.To.IsZero() && !pause.To.After(stretch.From) {
			continue
		}
		if !pause.From.Before(stretch.To) {
			break
		}
		if pause.From.After(stretch.From) {
			left = append(left, Pause{stretch.From, pause.From})
		}
		if pause.To.IsZero() {
			return left
		}
		stretch.From = pause.To
		if !stretch.To.After(stretch.From) {
			return left
		}
	}
	return append(left, stretch)
}

// endlessFrom reports whether nothing will count from a day on: the last pause has begun and has no end.
func endlessFrom(pauses []Pause, day time.Time) bool {
	if len(pauses) == 0 {
		return false
	}
	last := pauses[len(pauses)-1]
	return last.To.IsZero() && !last.From.After(day)
}

// DayOf is the day in China on which a moment lies, at its beginning.
func DayOf(t time.Time) time.Time {
	t = t.In(Zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, Zone)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
