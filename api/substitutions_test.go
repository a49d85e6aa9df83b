package api_test

import (
	"net/http"
	"testing"

	"jieli/internal/stacktest"
)

type substitution struct {
	ID, Person, Substitute, State, Reason string
	MayRevoke                             bool
}

// Officers set their own substitutes; the head of the office and the system administrator set those of others.
func TestWhoSetsSubstitutes(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	set := func(username string, body map[string]string) *stacktest.Answer {
		whole := map[string]string{"substitute": "enterprise-1-clerk-2", "from": "2026-11-24", "to": "2026-11-27", "reason": "住院"}
		for name, value := range body {
			whole[name] = value
		}
		return s.As(username).Send(http.MethodPost, "/substitutions", whole)
	}
	var own substitution
	set(clerk, nil).Expect(http.StatusOK).Read(&own)
	if own.Person != clerk || own.State != "active" || own.Reason != "住院" || !own.MayRevoke {
		t.Errorf("the clerk's own is %+v", own)
	}
	read := func(username string) []substitution {
		var page struct{ Items []substitution }
		s.As(username).Get("/substitutions").Expect(http.StatusOK).Read(&page)
		return page.Items
	}
	if seen := read(reviewer); len(seen) != 1 || seen[0].Reason != "" || seen[0].MayRevoke {
		t.Errorf("a colleague sees %+v", seen)
	}
	if seen := read("enterprise-1-head-1"); len(seen) != 1 || seen[0].Reason == "" || !seen[0].MayRevoke {
		t.Errorf("the head sees %+v", seen)
	}
	if seen := read(bureau); len(seen) != 0 {
		t.Errorf("another office sees %+v", seen)
	}
	for name, each := range map[string]struct {
		username string
		body     map[string]string
		status   int
	}{
		"a colleague's":                       {reviewer, map[string]string{"person": "enterprise-1-head-1"}, 403},
		"the head for a colleague":            {"enterprise-1-head-1", map[string]string{"person": reviewer, "from": "2026-12-01", "to": "2026-12-01"}, 200},
		"the administrator of the district":   {"administration-system_administrator-1", map[string]string{"person": "enterprise-1-head-2", "office": "enterprise-1"}, 200},
		"an administrator, no such office":    {"administration-system_administrator-1", map[string]string{"person": "enterprise-1-head-2", "office": "nowhere"}, 422},
		"an administrator, another district":  {"administration-system_administrator-1", map[string]string{"person": "enterprise-9-clerk-1", "substitute": "enterprise-9-clerk-2", "office": "enterprise-9"}, 403},
		"the head of another office":          {"enterprise-2-head-1", map[string]string{"person": reviewer, "office": "enterprise-1"}, 403},
		"the security administrator for self": {"administration-security_administrator-1", map[string]string{"substitute": "administration-system_administrator-1"}, 403},
	} {
		if answer := set(each.username, each.body); answer.Status != each.status {
			t.Errorf("%s: %d %s", name, answer.Status, answer.Body)
		}
	}
	revoke := func(username string) int {
		return s.As(username).Send(http.MethodPost, "/substitutions/"+own.ID+"/revoke", map[string]any{}).Status
	}
	if status := revoke(reviewer); status != 403 {
		t.Errorf("a colleague revokes: %d", status)
	}
	if status := revoke("enterprise-2-head-1"); status != 404 {
		t.Errorf("another office's head revokes: %d", status)
	}
	if status := revoke("enterprise-1-head-1"); status != 200 {
		t.Errorf("the head revokes: %d", status)
	}
	if status := revoke(clerk); status != 409 {
		t.Errorf("revoked twice: %d", status)
	}
}

// Somebody with posts in several offices says which.
func TestASubstitutionNamesItsOffice(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	s.Run(`INSERT INTO posts(person, office, role) VALUES ($1, 'enterprise-2', 'clerk')`, clerk)
	s.ReloadPosts()
	body := map[string]string{"substitute": "enterprise-1-clerk-2", "from": "2026-11-24", "to": "2026-11-27"}
	answer := s.As(clerk).Send(http.MethodPost, "/substitutions", body)
	if answer.Status != http.StatusUnprocessableEntity || answer.Problem().Errors[0].Location != "office" {
		t.Errorf("without an office: %d %s", answer.Status, answer.Body)
	}
	body["office"] = "enterprise-1"
	s.As(clerk).Send(http.MethodPost, "/substitutions", body).Expect(http.StatusOK)
}

// What the absent officer has in hand stands in the substitute's inbox and counts, and nowhere else.
func TestASubstituteHasTheAbsentOfficersTasks(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	found := s.Submit(clerk, stacktest.OnePerson(1))
	todo := func(username string) (int, int) {
		t.Helper()
		var page struct{ Items []struct{ Case string } }
		var counts struct{ Todo int }
		s.As(username).Get("/tasks?box=todo").Expect(http.StatusOK).Read(&page)
		s.As(username).Get("/tasks/counts").Expect(http.StatusOK).Read(&counts)
		return len(page.Items), counts.Todo
	}
	if listed, counted := todo("enterprise-1-head-1"); listed != 0 || counted != 0 {
		t.Errorf("before, %d listed, %d counted", listed, counted)
	}
	s.As(clerk).Send(http.MethodPost, "/substitutions", map[string]string{"substitute": "enterprise-1-head-1", "from": "2026-11-24", "to": "2026-11-27"}).Expect(http.StatusOK)
	if listed, counted := todo("enterprise-1-head-1"); listed != 1 || counted != 1 {
		t.Errorf("the substitute has %d listed, %d counted", listed, counted)
	}
	if listed, counted := todo(reviewer); listed != 0 || counted != 0 {
		t.Errorf("a colleague has %d listed, %d counted", listed, counted)
	}
	s.As("enterprise-1-head-1").Send(http.MethodPost, "/cases/"+found.No+"/actions", stacktest.Approval(found, found.Tasks[0])).Expect(http.StatusOK)
}
