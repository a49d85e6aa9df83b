package rules

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"jieli/approval"
)

// clockScene is a random allowed time: a calendar with random extra days, a start, pauses.
type clockScene struct {
	calendar Calendar
	due      approval.Due
	from     time.Time
	pauses   []Pause
}

func drawMoment(t *rapid.T, name string) time.Time {
	return time.Date(2026, 1, 1, 0, 0, 0, 0, Zone).Add(time.Duration(rapid.IntRange(0, 500*24*12).Draw(t, name)) * 5 * time.Minute)
}

func drawPause(t *rapid.T, name string) Pause {
	pause := Pause{From: drawMoment(t, name)}
	pause.To = pause.From.Add(time.Duration(rapid.IntRange(0, 20*24*12).Draw(t, name+" length")) * 5 * time.Minute)
	return pause
}

func drawScene(t *rapid.T) clockScene {
	s := clockScene{calendar: published2026(), from: drawMoment(t, "from")}
	s.due = approval.Due{Kind: rapid.SampledFrom([]approval.DurationKind{approval.WorkingDays, approval.CalendarDays, approval.WorkingHours}).Draw(t, "kind"), Count: rapid.IntRange(1, 60).Draw(t, "count")}
	for range rapid.IntRange(0, 6).Draw(t, "special days") {
		day := drawMoment(t, "special day").Format(time.DateOnly)
		s.calendar.Days[day] = rapid.Bool().Draw(t, "worked")
	}
	if rapid.Bool().Draw(t, "other hours") {
		s.calendar.Hours = []Period{{8 * 60, 11*60 + 30}, {14 * 60, 18 * 60}}
	}
	for range rapid.IntRange(0, 4).Draw(t, "pauses") {
		s.pauses = append(s.pauses, drawPause(t, "pause"))
	}
	return s
}

func (s clockScene) deadline() time.Time { return s.calendar.Deadline(s.due, s.from, s.pauses).At }

// A later start, a longer time and a greater share never end earlier; and what ends, ends after it began.
func TestDeadlinesAreMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		end := s.deadline()
		if !end.After(s.from) {
			t.Fatalf("from %s to %s", s.from, end)
		}
		later := s
		later.from = s.from.Add(time.Duration(rapid.IntRange(0, 3000).Draw(t, "minutes later")) * time.Minute)
		if later.deadline().Before(end) {
			t.Fatalf("a start at %s ends at %s, one at %s at %s", s.from, end, later.from, later.deadline())
		}
		longer := s
		longer.due.Count += rapid.IntRange(0, 5).Draw(t, "longer by")
		if longer.deadline().Before(end) {
			t.Fatalf("%d ends at %s, %d at %s", s.due.Count, end, longer.due.Count, longer.deadline())
		}
		percent := rapid.IntRange(1, 200).Draw(t, "percent")
		share, whole, more := s.calendar.Share(s.due, s.from, s.pauses, percent), s.calendar.Share(s.due, s.from, s.pauses, 100), s.calendar.Share(s.due, s.from, s.pauses, percent+rapid.IntRange(0, 50).Draw(t, "more"))
		if !whole.Equal(end) || more.Before(share) || percent <= 100 && share.After(end) || percent >= 100 && share.Before(end) {
			t.Fatalf("%d %%: %s, the whole: %s, more: %s, the deadline: %s", percent, share, whole, more, end)
		}
	})
}

// A pause never brings a deadline forward, in whatever order pauses are given; one that covers
// nothing, or lies before the start or behind the end, changes nothing.
func TestPausesOnlyPostpone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		end := s.deadline()
		paused := s
		paused.pauses = append(slices.Clone(s.pauses), drawPause(t, "one more"))
		if paused.deadline().Before(end) {
			t.Fatalf("with %v more it ends at %s, not %s", paused.pauses[len(s.pauses)], paused.deadline(), end)
		}
		slices.Reverse(paused.pauses)
		reversed := paused.deadline()
		slices.Reverse(paused.pauses)
		if !reversed.Equal(paused.deadline()) {
			t.Fatal("the order of the pauses matters")
		}
		moment := drawMoment(t, "moment")
		for _, idle := range []Pause{{moment, moment}, {s.from.AddDate(0, 0, -20), s.from}, {end.Add(time.Second), end.AddDate(0, 0, 9)}, {end.Add(time.Second), time.Time{}}} {
			same := s
			same.pauses = append(slices.Clone(s.pauses), idle)
			if !same.deadline().Equal(end) {
				t.Fatalf("the pause %v moves the deadline from %s to %s", idle, end, same.deadline())
			}
		}
	})
}

// One more holiday never brings a deadline forward, and does nothing to calendar days.
func TestHolidaysOnlyPostpone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		end := s.deadline()
		s.calendar.Days[drawMoment(t, "holiday").Format(time.DateOnly)] = false
		if moved := s.deadline(); moved.Before(end) || s.due.Kind == approval.CalendarDays && !moved.Equal(end) {
			t.Fatalf("the deadline went from %s to %s", end, moved)
		}
	})
}

// At the deadline exactly the allowed time has been used.
func TestTheDeadlineUsesTheTimeAllowed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawScene(t)
		days, hours := s.calendar.WorkingTime(s.from, s.deadline(), s.pauses)
		switch {
		case s.due.Kind == approval.WorkingDays && days != s.due.Count:
			t.Fatalf("%d working days are used of %d", days, s.due.Count)
		case s.due.Kind == approval.WorkingHours && (hours < float64(s.due.Count)-1e-6 || hours > float64(s.due.Count)+1e-6):
			t.Fatalf("%v working hours are used of %d", hours, s.due.Count)
		}
	})
}
