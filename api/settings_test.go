package api_test

import (
	"net/http"
	"slices"
	"testing"

	"jieli/internal/stacktest"
)

const (
	administrator = "administration-system_administrator-1"
	second        = "administration-system_administrator-2"
)

// A calendar edit and a setting go from one administrator to the other, and the pages show them.
func TestCalendarsAndSettingsChangeByTwoPersons(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	proposer, confirmer := system.As(administrator), system.As(second)
	propose := func(body map[string]any) string {
		t.Helper()
		body["source"] = "铁西发1号"
		var answer struct{ ID, State string }
		proposer.Send(http.MethodPost, "/settings/changes", body).Expect(http.StatusOK).Read(&answer)
		return answer.ID
	}
	calendar := propose(map[string]any{"scope": "210106", "calendar": map[string]any{"days": []map[string]any{{"day": "2026-12-01", "working": false, "name": "停电"}}, "hours": "08:30-11:30,13:00-17:00"}})
	setting := propose(map[string]any{"scope": "210106", "setting": map[string]any{"name": "idle_days", "validFrom": "2026-11-24", "value": 5}})
	var list struct {
		Items []struct {
			ID, State, ScopeName   string
			MayDecide, MayWithdraw bool
		}
	}
	confirmer.Get("/settings/changes?state=proposed").Expect(http.StatusOK).Read(&list)
	if len(list.Items) != 2 || !list.Items[0].MayDecide || list.Items[0].MayWithdraw || list.Items[0].ScopeName != "铁西区" {
		t.Errorf("what the second person sees: %+v", list.Items)
	}
	proposer.Get("/settings/changes?state=proposed").Expect(http.StatusOK).Read(&list)
	if len(list.Items) != 2 || list.Items[0].MayDecide || !list.Items[0].MayWithdraw {
		t.Errorf("what the first person sees: %+v", list.Items)
	}
	proposer.Send(http.MethodPost, "/settings/changes/"+calendar+"/decision", map[string]any{"decision": "confirm"}).Expect(http.StatusForbidden)
	for _, id := range []string{calendar, setting} {
		confirmer.Send(http.MethodPost, "/settings/changes/"+id+"/decision", map[string]any{"decision": "confirm"}).Expect(http.StatusOK)
	}
	var year struct {
		Hours   string
		Version int
		Days    []struct {
			Day string
			Own bool
		}
	}
	confirmer.Get("/calendars/office:bureau?year=2026").Expect(http.StatusOK).Read(&year)
	if year.Hours != "08:30-11:30,13:00-17:00" || year.Version != 2 || !slices.ContainsFunc(year.Days, func(d struct {
		Day string
		Own bool
	}) bool {
		return d.Day == "2026-12-01" && !d.Own
	}) {
		t.Errorf("the bureau's calendar: %+v", year)
	}
	var settings struct {
		Items []struct {
			Name    string
			InForce *struct{ Value any }
		}
	}
	confirmer.Get("/settings").Expect(http.StatusOK).Read(&settings)
	for _, each := range settings.Items {
		if each.Name == "idle_days" && (each.InForce == nil || each.InForce.Value != 5.0) {
			t.Errorf("the setting: %+v", each)
		}
	}
	var jobs struct{ Items []struct{ State string } }
	confirmer.Get("/settings/recomputations").Expect(http.StatusOK).Read(&jobs)
	if len(jobs.Items) != 1 {
		t.Errorf("jobs %+v", jobs.Items)
	}
}

// What does not fit is refused with its place, all at once; what belongs to another division not at all.
func TestAChangeIsCheckedBeforeItIsProposed(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	proposer := system.As(administrator)
	for name, test := range map[string]struct {
		body   map[string]any
		status int
		places []string
	}{
		"nothing":          {map[string]any{"scope": "210106", "source": "x"}, 422, []string{"body"}},
		"both":             {map[string]any{"scope": "210106", "source": "x", "calendar": map[string]any{}, "setting": map[string]any{"name": "a", "validFrom": "b", "value": 1}}, 422, []string{"body"}},
		"an empty edit":    {map[string]any{"scope": "210106", "source": "x", "calendar": map[string]any{}}, 422, []string{"calendar"}},
		"bad days":         {map[string]any{"scope": "210106", "source": "x", "calendar": map[string]any{"days": []map[string]any{{"day": "2026-02-30", "working": true, "name": "x"}, {"day": "1999-01-01", "working": true, "name": "x"}}, "hours": "9-5"}}, 422, []string{"calendar.days[0].day", "calendar.days[1].day", "calendar.hours"}},
		"a day twice":      {map[string]any{"scope": "210106", "source": "x", "calendar": map[string]any{"days": []map[string]any{{"day": "2026-12-01", "working": true, "name": "x"}}, "removed": []string{"2026-12-01"}}}, 422, []string{"calendar.removed[0]"}},
		"an unknown place": {map[string]any{"scope": "999999", "source": "x", "calendar": map[string]any{"hours": "09:00-12:00"}}, 422, []string{"scope"}},
		"the country":      {map[string]any{"scope": "national", "source": "x", "calendar": map[string]any{"hours": "09:00-12:00"}}, 403, nil},
		"another district": {map[string]any{"scope": "office:bureau-210102", "source": "x", "calendar": map[string]any{"hours": "09:00-12:00"}}, 403, nil},
		"no such setting":  {map[string]any{"scope": "210106", "source": "x", "setting": map[string]any{"name": "a", "validFrom": "2026-12-01", "value": 1}}, 422, []string{"setting.name"}},
		"yesterday":        {map[string]any{"scope": "210106", "source": "x", "setting": map[string]any{"name": "idle_days", "validFrom": "2026-11-23", "value": 1000}}, 422, []string{"setting.validFrom", "setting.value"}},
		"not an option":    {map[string]any{"scope": "office:bureau", "source": " ", "setting": map[string]any{"name": "default_form", "validFrom": "2026-12-01", "value": "F9"}}, 422, []string{"scope", "setting.value", "source"}},
	} {
		answer := proposer.Send(http.MethodPost, "/settings/changes", test.body)
		if answer.Status != test.status {
			t.Errorf("%s: %d %s", name, answer.Status, answer.Body)
			continue
		}
		places := []string{}
		for _, problem := range answer.Problem().Errors {
			places = append(places, problem.Location)
		}
		if !slices.Equal(places, test.places) && len(places)+len(test.places) > 0 {
			t.Errorf("%s: %v", name, places)
		}
	}
}

// A confirmed calendar edit moves the deadlines it touches, through the gate and with an entry of its own.
func TestACalendarEditMovesDeadlines(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	system.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('due:handover:prepare', '210106', '2026-01-01', 1, '{"kind": "working_days", "count": 3}', 'x')`)
	handover := system.Submit(clerk, stacktest.OnePerson(1))
	due := func() string {
		return stacktest.Value[string](system.Database, `SELECT to_char(due AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') FROM tasks WHERE case_no = $1`, handover.No)
	}
	if due() != "2026-11-27" {
		t.Fatalf("due on %s", due())
	}
	var answer struct{ ID string }
	system.As(administrator).Send(http.MethodPost, "/settings/changes", map[string]any{"scope": "210106", "source": "铁西发1号",
		"calendar": map[string]any{"days": []map[string]any{{"day": "2026-11-26", "working": false, "name": "停电"}}}}).Expect(http.StatusOK).Read(&answer)
	system.As(second).Send(http.MethodPost, "/settings/changes/"+answer.ID+"/decision", map[string]any{"decision": "confirm"}).Expect(http.StatusOK)
	stacktest.Until(t, "the job is done", func() bool {
		return stacktest.Value[string](system.Database, `SELECT state FROM recomputations WHERE version = 2`) == "done"
	})
	if due() != "2026-11-30" {
		t.Errorf("due on %s after the edit", due())
	}
	if entries := stacktest.Value[int](system.Database, `SELECT count(*)::int FROM journal WHERE stream = 'case:' || $1 AND key = 'recompute-2'`, handover.No); entries != 1 {
		t.Errorf("%d entries about it", entries)
	}
}
