package store_test

import (
	"encoding/json"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

const (
	administrator = "administration-system_administrator-1"
	second        = "administration-system_administrator-2"
	security      = "administration-security_administrator-1"
)

func (s *scene) propose(change view.SettingChange) string {
	s.t.Helper()
	change.ID, change.Source = stacktest.NextKey(), "铁西发1号"
	change.Kind = "calendar"
	if change.Setting != nil {
		change.Kind = "setting"
	}
	if err := s.ProposeChange(s.t.Context(), change, s.actor(administrator)); err != nil {
		s.t.Fatal(err)
	}
	return change.ID
}

func (s *scene) decideChange(id, decision, username string) error {
	s.t.Helper()
	return s.DecideChange(s.t.Context(), id, decision, "", s.actor(username))
}

// A change takes effect only by a second person: another system administrator, or the security
// administrator where there is no other; and everything is journaled.
func TestAChangeNeedsASecondPerson(t *testing.T) {
	s := newScene(t)
	version := func() int {
		calendar, err := s.Calendar(t.Context(), "210106")
		if err != nil {
			t.Fatal(err)
		}
		return calendar.Version
	}
	day := &view.CalendarEdit{Days: []view.SpecialDay{{Day: "2026-12-01", Name: "停电"}}}
	id := s.propose(view.SettingChange{Scope: "210106", Calendar: day})
	if version() != 1 {
		t.Error("a proposal takes effect by itself")
	}
	if code := codeOf(s.decideChange(id, "confirm", administrator)); code != approval.CodeConflictOfDuties {
		t.Errorf("confirmed by the one who proposed it: %s", code)
	}
	if code := codeOf(s.decideChange(id, "confirm", security)); code != approval.CodeForbidden {
		t.Errorf("confirmed by the security administrator beside another system administrator: %s", code)
	}
	if code := codeOf(s.decideChange(id, "withdraw", second)); code != approval.CodeForbidden {
		t.Errorf("withdrawn by somebody else: %s", code)
	}
	if err := s.decideChange(id, "confirm", second); err != nil || version() != 2 {
		t.Errorf("confirmed by another: %v, version %d", err, version())
	}
	for _, decision := range []string{"confirm", "refuse", "withdraw"} {
		if code := codeOf(s.decideChange(id, decision, second)); code != approval.CodeAlreadyDecided {
			t.Errorf("%s once it is decided: %s", decision, code)
		}
	}
	s.Run(`UPDATE users SET disabled = true WHERE id = $1`, second)
	id = s.propose(view.SettingChange{Scope: "office:street-001", Calendar: day})
	if err := s.decideChange(id, "confirm", security); err != nil {
		t.Errorf("confirmed by the security administrator of a single system administrator: %v", err)
	}
	id = s.propose(view.SettingChange{Scope: "210106", Calendar: day})
	if err := s.decideChange(id, "withdraw", administrator); err != nil || version() != 2 {
		t.Errorf("withdrawn: %v, version %d", err, version())
	}
	if entries := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM journal WHERE stream = 'settings'`); entries != 6 {
		t.Errorf("%d entries of 3 proposals and 3 decisions", entries)
	}
	s.clean()
}

// A confirmed setting holds from its day on, in its place and below; null gives way to the place above.
func TestASettingHoldsInItsPlaceFromItsDay(t *testing.T) {
	s := newScene(t)
	set := func(region, name, from string, value string) {
		t.Helper()
		id := s.propose(view.SettingChange{Scope: region, Setting: &view.SettingEdit{Name: name, ValidFrom: from, Value: json.RawMessage(value)}})
		if err := s.decideChange(id, "confirm", second); err != nil {
			t.Fatal(err)
		}
	}
	inForce := func(region, name string) string {
		t.Helper()
		list, err := s.Settings(t.Context(), region)
		if err != nil {
			t.Fatal(err)
		}
		for _, setting := range list {
			if setting.Name == name && setting.InForce != nil {
				return string(setting.InForce.Value)
			}
		}
		return ""
	}
	due := procedures.DueSetting(procedures.TypeHandover, procedures.StagePrepare)
	set("210100", due, "2026-11-24", `{"kind": "working_hours", "count": 4}`)
	set("210106", due, "2026-11-24", `{"kind": "working_days", "count": 3}`)
	set("210106", due, "2027-01-01", `{"kind": "working_days", "count": 9}`)
	if got := inForce("210106", due); got != `{"kind": "working_days", "count": 3}` {
		t.Errorf("in the district: %s", got)
	}
	if got := inForce("210102", due); got != `{"kind": "working_hours", "count": 4}` {
		t.Errorf("in the district beside it: %s", got)
	}
	first := s.fold(s.submit(1)).Current().Tasks[0]
	if first.DueRule == nil || first.DueRule.Due.Count != 3 || first.DueRule.Setting != due || first.DueRule.Version != 1 {
		t.Errorf("the visit is timed by %+v", first.DueRule)
	}
	set("210106", due, "2026-11-24", `null`)
	if got := inForce("210106", due); got != `{"kind": "working_hours", "count": 4}` {
		t.Errorf("once the district gives way: %s", got)
	}
	next := s.fold(s.submit(2)).Current().Tasks[0]
	if next.DueRule == nil || next.DueRule.Due.Kind != approval.WorkingHours {
		t.Errorf("the next visit is timed by %+v", next.DueRule)
	}
	s.clean()
}

// A calendar edit takes up the open cases whose time runs over the changed days in its offices, and
// no others, at the pace the setting allows; what fails is tried again.
func TestACalendarEditTakesUpWhatItTouches(t *testing.T) {
	s := newScene(t)
	for n := 1; n <= 3; n++ {
		s.signUntil(s.submit(n), procedures.StageAcceptance)
	}
	s.signUntil(s.submit(4), procedures.StageScreening)
	s.Run(`UPDATE settings SET value = '2' WHERE name = 'recompute_pace'`)
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('recompute_pace', '210106', '2026-01-01', 1, '2', 'x')`)
	edit := func(scope, day string) {
		t.Helper()
		id := s.propose(view.SettingChange{Scope: scope, Calendar: &view.CalendarEdit{Days: []view.SpecialDay{{Day: day, Name: "停电"}}}})
		if err := s.decideChange(id, "confirm", second); err != nil {
			t.Fatal(err)
		}
	}
	job := func() view.Recomputation {
		t.Helper()
		jobs, err := s.Recomputations(t.Context(), 1)
		if err != nil || len(jobs) != 1 {
			t.Fatalf("%v %v", jobs, err)
		}
		return jobs[0]
	}
	take := func(want int) []view.RecomputeWork {
		t.Helper()
		work, err := s.TakeRecomputations(t.Context())
		if err != nil || len(work) != want {
			t.Fatalf("%v taken (%v), want %d", work, err, want)
		}
		return work
	}
	finish := func(work view.RecomputeWork, failure string) {
		t.Helper()
		if err := s.FinishRecomputation(t.Context(), work, failure); err != nil {
			t.Fatal(err)
		}
	}
	edit(rules.OfficeScope("bureau"), "2026-11-26")
	work := take(2)
	if found := job(); found.State != "running" || found.Total != 3 || found.Done != 0 {
		t.Errorf("%+v", found)
	}
	finish(work[0], "")
	finish(work[0], "")
	finish(work[1], "the gate is closed")
	finish(take(1)[0], "")
	if found := job(); found.Done != 2 || found.Failed != 1 || found.State != "running" {
		t.Errorf("%+v", found)
	}
	take(0)
	s.Clock.Advance(2 * time.Minute)
	finish(take(1)[0], "")
	take(0)
	if found := job(); found.Done != 3 || found.Failed != 0 || found.State != "done" || found.FinishedAt == nil {
		t.Errorf("%+v", found)
	}
	// A day behind every deadline touches nothing, one of the whole district all four.
	edit("210106", "2027-02-01")
	take(0)
	edit("210106", "2026-11-25")
	take(2)
	if found := job(); found.Total != 4 {
		t.Errorf("%+v", found)
	}
	s.clean()
}
