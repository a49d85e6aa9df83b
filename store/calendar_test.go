package store_test

import (
	"testing"
	"time"

	"jieli/approval"
	"jieli/rules"
)

// An office's calendar is laid over its place's, that over the places above and the country's; the
// nearest that says something is heard, and the version names the last edit of any of them.
func TestCalendarsAreLaidOverOneAnother(t *testing.T) {
	s := newScene(t)
	s.Run(`INSERT INTO calendars(scope, hours, version, source, changed_by, changed_at) VALUES
		('210100', '08:30-11:30,13:30-17:00', 2, '沈政发1号', 'x', now()), ('210106', '', 3, '铁西发1号', 'x', now()), ('office:street-001', '09:00-12:00', 4, '街道1号', 'x', now())`)
	s.Run(`INSERT INTO calendar_days(scope, day, working, name, removed) VALUES ('210100', '2026-12-01', false, '停电', false), ('210106', '2026-12-01', true, '照常上班', false),
		('office:street-001', '2026-12-02', false, '搬迁', false), ('210106', '2026-12-03', false, '撤销了的', true)`)
	for scope, want := range map[string]struct {
		name, hours string
		version     int
		first, next bool
	}{
		rules.NationalScope: {"全国", "", 1, true, true}, "210000": {"全国", "", 1, true, true}, "210100": {"沈阳市", "08:30-11:30,13:30-17:00", 2, false, true},
		"210106": {"铁西区", "08:30-11:30,13:30-17:00", 3, true, true}, "office:bureau": {"铁西区", "08:30-11:30,13:30-17:00", 3, true, true}, "210102": {"沈阳市", "08:30-11:30,13:30-17:00", 2, false, true},
	} {
		calendar, err := s.Calendar(t.Context(), scope)
		if err != nil {
			t.Fatal(err)
		}
		first, next := calendar.Working(time.Date(2026, 12, 1, 0, 0, 0, 0, rules.Zone)), calendar.Working(time.Date(2026, 12, 2, 0, 0, 0, 0, rules.Zone))
		if calendar.Name != want.name || rules.FormatHours(calendar.Hours) != want.hours || calendar.Version != want.version || first != want.first || next != want.next || calendar.LastYear != 2026 {
			t.Errorf("%s: %s, hours %v, version %d, last year %d, 1 December %v, 2 December %v", scope, calendar.Name, calendar.Hours, calendar.Version, calendar.LastYear, first, next)
		}
		if !calendar.Working(time.Date(2026, 12, 3, 0, 0, 0, 0, rules.Zone)) || calendar.Working(time.Date(2026, 10, 1, 0, 0, 0, 0, rules.Zone)) {
			t.Errorf("%s: a removed day counts, or National Day is worked", scope)
		}
	}
	street, err := s.Calendar(t.Context(), "office:street-001")
	if err != nil || street.Version != 4 || street.Working(time.Date(2026, 12, 2, 0, 0, 0, 0, rules.Zone)) || rules.FormatHours(street.Hours) != "09:00-12:00" {
		t.Errorf("the street's own: %+v %v", street, err)
	}
	for _, unknown := range []string{"999999", "office:nobody"} {
		if _, err := s.Calendar(t.Context(), unknown); codeOf(err) != approval.CodeNotFound {
			t.Errorf("%s: %v", unknown, err)
		}
	}
}

// A day taken out of the published table does not come back with the next start.
func TestARemovedHolidayStaysRemoved(t *testing.T) {
	s := newScene(t)
	s.Run(`UPDATE calendar_days SET removed = true WHERE day = '2026-10-01'`)
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	calendar, err := s.Calendar(t.Context(), rules.NationalScope)
	if err != nil || !calendar.Working(time.Date(2026, 10, 1, 0, 0, 0, 0, rules.Zone)) || calendar.Version != 1 {
		t.Errorf("version %d, %v", calendar.Version, err)
	}
}

// A visit's deadline is counted by the calendar of the office that signs, in the kind of duration
// its stage declares, and keeps which calendar that was.
func TestAVisitIsTimedByItsOfficesCalendar(t *testing.T) {
	s := newScene(t)
	s.Run(`INSERT INTO calendars(scope, version, source, changed_by, changed_at) VALUES ('office:enterprise-1', 7, '厂发1号', 'x', now())`)
	now := s.Clock.Source().Now()
	national, err := s.Calendar(t.Context(), rules.NationalScope)
	if err != nil {
		t.Fatal(err)
	}
	_, counted, _ := national.AddWorkingDays(now.In(rules.Zone), 1)
	s.Run(`INSERT INTO calendar_days(scope, day, working, name) VALUES ('office:enterprise-1', $1, false, '厂休')`, counted[0])
	own, err := s.Calendar(t.Context(), rules.OfficeScope("enterprise-1"))
	if err != nil {
		t.Fatal(err)
	}
	for n, due := range []approval.Due{{Kind: approval.WorkingDays, Count: 3}, {Kind: approval.CalendarDays, Count: 3}, {Kind: approval.WorkingHours, Count: 12}, {}} {
		new := s.one(n + 1)
		new.Submission.Stages[0].Due = due
		entry, err := s.Submit(t.Context(), new)
		if err != nil {
			t.Fatal(err)
		}
		fold := s.fold(entry.Case)
		task := fold.Current().Tasks[0]
		if due.Count == 0 {
			if task.Due != nil || task.DueRule != nil {
				t.Errorf("a deadline nobody set: %+v", task)
			}
			continue
		}
		want := own.Deadline(due, entry.At, nil)
		if task.Due == nil || !task.Due.Equal(want.At) || task.DueRule.Calendar != "沈阳兴工机械集团（虚构）" || task.DueRule.CalendarVersion != 7 || task.DueRule.Due != due {
			t.Errorf("%+v: due %v by %+v, want %v", due, task.Due, task.DueRule, want)
		}
	}
	s.clean()
}
