package api_test

import (
	"maps"
	"net/http"
	"slices"
	"testing"
	"time"

	"jieli/internal/stacktest"
	"jieli/internal/view"
)

const head = "bureau-head-1"

// signoff drives one case by named acts over HTTP.
type signoff struct {
	*stacktest.System
	t  *testing.T
	no string
}

// accepting is a case that stands at the bureau's acceptance, taken by its clerk.
func accepting(t *testing.T, n int) *signoff {
	t.Helper()
	s := &signoff{System: stacktest.NewSystem(t, stacktest.Options{}), t: t}
	s.no = s.Submit(clerk, stacktest.OnePerson(n)).No
	s.SignUntil(s.no, clerk, "acceptance")
	s.act(bureau, "claim", nil)
	return s
}

func (s *signoff) seen(username string) view.CaseView {
	s.t.Helper()
	var shown view.CaseView
	s.As(username).Get("/cases/" + s.no).Expect(http.StatusOK).Read(&shown)
	return shown
}

// body is an act on the acceptance's own task, unless the change names another.
func (s *signoff) body(action string, change map[string]any) map[string]any {
	shown := s.seen(bureau)
	body := map[string]any{"action": action, "seen": shown.Version, "opinion": "情况说明"}
	for _, task := range shown.Tasks {
		if task.Kind == "" {
			body["taskId"] = task.ID
		}
	}
	maps.Copy(body, change)
	return body
}

func (s *signoff) act(username, action string, change map[string]any) {
	s.t.Helper()
	s.As(username).Send(http.MethodPost, "/cases/"+s.no+"/actions", s.body(action, change)).Expect(http.StatusOK)
}

func (s *signoff) refused(username, action string, status int, code string, change map[string]any) {
	s.t.Helper()
	answer := s.As(username).Send(http.MethodPost, "/cases/"+s.no+"/actions", s.body(action, change))
	if answer.Status != status || answer.Problem().Code != code {
		s.t.Errorf("%s by %s: %d %s, want %d %s", action, username, answer.Status, answer.Body, status, code)
	}
}

// taskOf is the open task of a kind.
func (s *signoff) taskOf(kind string) string {
	s.t.Helper()
	for _, task := range s.seen(bureau).Tasks {
		if task.Kind == kind && task.State == "open" {
			return task.ID
		}
	}
	s.t.Fatalf("there is no open task of kind %s", kind)
	return ""
}

func (s *signoff) inbox(username, box, task string) bool {
	s.t.Helper()
	var page struct{ Items []view.TaskItem }
	s.As(username).Get("/tasks?box=" + box).Expect(http.StatusOK).Read(&page)
	return slices.ContainsFunc(page.Items, func(item view.TaskItem) bool { return item.ID == task })
}

func to(office, user string) map[string]any {
	return map[string]any{"target": map[string]string{"office": office, "user": user}}
}

func TestHelpersAnswerAndTheOwnerSigns(t *testing.T) {
	s := accepting(t, 1)
	s.refused(bureau, "delegate", 422, "invalid_input", to("bureau-210102", ""))
	s.act(bureau, "delegate", to("agency", "agency-clerk-1"))
	delegated := s.taskOf("delegated")
	if !s.inbox("agency-clerk-1", "todo", delegated) || s.inbox("agency-clerk-2", "claimable", delegated) {
		t.Error("the delegate alone has it in hand")
	}
	s.refused(bureau, "approve", 409, "waiting_for_signers", map[string]any{"form": map[string]any{"materialsVerified": true}})
	s.act("agency-clerk-1", "resolve", map[string]any{"taskId": delegated, "opinion": "已核对"})
	s.act(bureau, "add-signer", map[string]any{"kind": "before", "signers": []any{map[string]string{"office": "bureau", "user": "bureau-reviewer-1"}}})
	s.act(bureau, "remove-signer", map[string]any{"taskId": s.taskOf("before")})
	s.act(bureau, "add-signer", map[string]any{"kind": "after", "signers": []any{map[string]string{"office": "bureau", "user": "bureau-reviewer-1"}}})
	s.act(bureau, "approve", map[string]any{"form": map[string]any{"materialsVerified": true}})
	if shown := s.seen(bureau); shown.Stage != "acceptance" {
		t.Fatalf("the case went on to %s before the added signer", shown.Stage)
	}
	s.act("bureau-reviewer-1", "approve", map[string]any{"taskId": s.taskOf("after")})
	shown := s.seen(bureau)
	if shown.Stage != "screening" {
		t.Errorf("the case stands at %s", shown.Stage)
	}
	step := shown.Plan[slices.IndexFunc(shown.Plan, func(step view.PlanStep) bool { return step.Stage == "acceptance" })]
	kinds := []string{}
	for _, signer := range step.Signers {
		kinds = append(kinds, signer.Kind)
	}
	if !slices.Equal(kinds, []string{"", "delegated", "after"}) {
		t.Errorf("the plan shows signers of the kinds %q", kinds)
	}
}

func TestTheClockCanBeStoppedAndLookedBackOn(t *testing.T) {
	s := accepting(t, 1)
	before := s.Clock.Now()
	s.Clock.Advance(time.Hour)
	s.refused(bureau, "suspend", 422, "invalid_input", map[string]any{"reason": "holiday"})
	s.refused(bureau, "suspend", 422, "invalid_input", map[string]any{"reason": "reply", "until": "next week"})
	s.refused(bureau, "suspend", 422, "invalid_input", map[string]any{"reason": "reply", "until": "2026-11-01"})
	s.refused(bureau, "suspend", 422, "invalid_input", map[string]any{"reason": "reply"})
	s.act(bureau, "suspend", map[string]any{"reason": "reply", "body": "沈阳市委组织部"})
	shown := s.seen(clerk)
	if shown.State != "suspended" || shown.Suspension == nil || shown.Suspension.Party != "outside" {
		t.Fatalf("the case is %s: %+v", shown.State, shown.Suspension)
	}
	if last := shown.Clock.Segments[len(shown.Clock.Segments)-1]; last.Kind != "outside" {
		t.Errorf("the time belongs to %s", last.Kind)
	}
	var past view.CaseView
	s.As(clerk).Get("/cases/" + s.no + "?asOf=" + before.Add(time.Minute).UTC().Format(time.RFC3339)).Expect(http.StatusOK).Read(&past)
	if past.State != "open" || past.Suspension != nil || past.AsOf == nil || len(past.Actions) != 0 {
		t.Errorf("the past shows %s with %d acts", past.State, len(past.Actions))
	}
	for _, moment := range []string{"2020-01-01T00:00:00Z", "yesterday"} {
		if answer := s.As(clerk).Get("/cases/" + s.no + "?asOf=" + moment); answer.Status != http.StatusUnprocessableEntity {
			t.Errorf("asOf %s answered %d %s", moment, answer.Status, answer.Body)
		}
	}
	s.refused(bureau, "approve", 409, "suspended", map[string]any{"form": map[string]any{"materialsVerified": true}})
	due := *s.seen(clerk).Tasks[0].Due
	s.Clock.Advance(72 * time.Hour)
	s.SignEverybodyOut()
	s.act(bureau, "resume", nil)
	if moved := *s.seen(clerk).Tasks[0].Due; !moved.After(due) {
		t.Errorf("due %s, before the suspension %s", moved, due)
	}
	if doctor := s.Doctor(); len(doctor) > 0 {
		t.Errorf("doctor found: %v", doctor)
	}
}

func TestOversight(t *testing.T) {
	s := accepting(t, 1)
	s.refused(bureau, "extend", 403, "forbidden", map[string]any{"due": "2026-12-31"})
	s.refused(head, "extend", 422, "invalid_input", map[string]any{"due": "31.12.2026"})
	s.act(head, "extend", map[string]any{"due": "2026-12-31"})
	s.refused(head, "extend", 409, "already_extended", map[string]any{"due": "2027-01-31"})
	s.act(clerk, "urge", nil)
	s.refused(clerk, "urge", 409, "cool_down", nil)
	s.refused(clerk, "supervise", 403, "forbidden", nil)
	s.act(supervisor, "supervise", map[string]any{"due": "2026-12-01"})
	supervision := s.seen(clerk).Supervisions[0]
	if !s.inbox(head, "claimable", supervision.ID) {
		t.Error("the head's inbox does not show the supervision")
	}
	s.refused(bureau, "resolve", 403, "no_role", map[string]any{"taskId": supervision.ID})
	s.act(head, "resolve", map[string]any{"taskId": supervision.ID, "opinion": "本周内办结"})
	if answered := s.seen(clerk).Supervisions[0]; answered.State != "signed" || answered.Reply != "本周内办结" || answered.RepliedName == "" {
		t.Errorf("the supervision shows %+v", answered)
	}
	s.act(supervisor, "reassign", to("bureau", "bureau-clerk-2"))
	if owner := s.seen(clerk).Tasks[0].Owner; owner != "bureau-clerk-2" {
		t.Errorf("the task is with %s", owner)
	}
	s.refused(supervisor, "recompute-deadlines", 422, "invalid_input", nil)
	s.refused(supervisor, "expire", 422, "invalid_input", nil)
	if doctor := s.Doctor(); len(doctor) > 0 {
		t.Errorf("doctor found: %v", doctor)
	}
}
