package api_test

import (
	"maps"
	"net/http"
	"sync"
	"testing"

	"jieli/internal/stacktest"
)

// Whoever may not act is told so, and nothing changes.
func TestActsOfTheWrongPerson(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	found := s.Submit(clerk, stacktest.OnePerson(1))
	task := found.Tasks[0].ID
	approve := stacktest.Approval(found, found.Tasks[0])
	act := func(action string, change map[string]any) map[string]any {
		body := map[string]any{"action": action, "taskId": task, "seen": found.Version, "opinion": "说明"}
		maps.Copy(body, change)
		return body
	}
	for _, each := range []struct {
		name, username string
		body           map[string]any
		status         int
		code           string
	}{
		{"a colleague signs what another holds", "enterprise-1-clerk-2", approve, 409, "not_owner"},
		{"a colleague claims what another holds", "enterprise-1-clerk-2", act("claim", nil), 409, "already_held"},
		{"another role of the office", reviewer, approve, 403, "no_role"},
		{"another role of the office claims", reviewer, act("claim", nil), 403, "no_role"},
		{"the supervisor signs", supervisor, approve, 403, "no_role"},
		{"an office whose turn has not come", bureau, approve, 404, "not_found"},
		{"another enterprise", "enterprise-2-clerk-1", approve, 404, "not_found"},
		{"another district", stranger, approve, 404, "not_found"},
		{"an administrator", "administration-system_administrator-1", approve, 403, "forbidden"},
		{"reject where the stage does not decide", clerk, act("reject", map[string]any{"clause": "S2.1"}), 409, "stage_does_not_decide"},
		{"not-accept where nothing is accepted", clerk, act("not-accept", map[string]any{"clause": "S2.1"}), 409, "stage_does_not_decide"},
		{"return from the first stage", clerk, act("return", map[string]any{"toStage": "prepare", "defects": []map[string]string{{"item": "x"}}}), 409, "no_earlier_stage"},
		{"transfer to somebody without the role", clerk, act("transfer", map[string]any{"target": map[string]any{"office": "enterprise-1", "user": reviewer}}), 422, "target_lacks_role"},
		{"transfer to another office", clerk, act("transfer", map[string]any{"target": map[string]any{"office": "enterprise-2", "user": "enterprise-2-clerk-1"}}), 422, "target_lacks_role"},
	} {
		t.Run(each.name, func(t *testing.T) {
			before := contents(s)
			answer := s.As(each.username).Send(http.MethodPost, "/cases/"+found.No+"/actions", each.body)
			if answer.Status != each.status || answer.Problem().Code != each.code {
				t.Errorf("answered %d %s", answer.Status, answer.Body)
			}
			if !maps.Equal(before, contents(s)) {
				t.Error("a refused act changed something")
			}
		})
	}
}

// Two officers claim one task at the same moment: one has it, the other is told who could act.
func TestOfTwoClaimsOneWins(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	no := s.SignUntil(s.Submit(clerk, stacktest.OnePerson(1)).No, clerk, "acceptance").No
	usernames := []string{"bureau-clerk-1", "bureau-clerk-2"}
	answers := make([]*stacktest.Answer, len(usernames))
	var officers sync.WaitGroup
	for i, username := range usernames {
		seen := s.Read(username, no)
		c := s.As(username)
		request := c.JSON(http.MethodPost, "/cases/"+no+"/actions", stacktest.NextKey(), map[string]any{"action": "claim", "taskId": seen.Tasks[0].ID, "seen": seen.Version})
		officers.Go(func() {
			answer, err := c.Try(request)
			if err != nil {
				t.Error(err)
			}
			answers[i] = answer
		})
	}
	officers.Wait()
	if t.Failed() {
		return
	}
	won, lost := answers[0], answers[1]
	if won.Status != http.StatusOK {
		won, lost = lost, won
	}
	if won.Status != http.StatusOK || lost.Status != http.StatusConflict {
		t.Errorf("the claims were answered %d and %d: %s", won.Status, lost.Status, lost.Body)
	}
	if owners := stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal WHERE stream = 'case:' || $1 AND convert_from(body, 'UTF8')::jsonb->>'action' = 'claim'`, no); owners != 1 {
		t.Errorf("%d claims are journaled", owners)
	}
}

// A bulk act reports on every task by itself, foreign and unknown ones alike, and repeated under its
// key it does nothing more.
func TestBulkActs(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	var items []map[string]any
	for n := range 3 {
		found := s.Submit(clerk, stacktest.OnePerson(n+1))
		items = append(items, map[string]any{"taskId": found.Tasks[0].ID, "seen": found.Version})
	}
	foreign := s.Submit("enterprise-2-clerk-1", stacktest.OnePerson(9))
	items = append(items, map[string]any{"taskId": foreign.Tasks[0].ID, "seen": 1}, map[string]any{"taskId": "none", "seen": 1}, map[string]any{"taskId": items[0]["taskId"], "seen": 0})
	c := s.As(clerk)
	send := func() *stacktest.Answer {
		return c.Do(c.JSON(http.MethodPost, "/tasks/actions", "bulk", map[string]any{"action": "approve", "opinion": "同意", "items": items})).Expect(http.StatusOK)
	}
	var results struct {
		Items []struct {
			TaskID  string
			OK      bool
			Problem struct{ Code, Message string }
		}
	}
	first := send()
	first.Read(&results)
	if len(results.Items) != len(items) {
		t.Fatalf("%d results for %d tasks", len(results.Items), len(items))
	}
	for i, result := range results.Items[:3] {
		if !result.OK || approvals(s, result.TaskID[:len("YJ-210106-20261124-0001")]) != 1 {
			t.Errorf("task %d: %+v", i, result)
		}
	}
	for i, result := range results.Items[3:5] {
		if result.OK || result.Problem.Code != "not_found" || result.Problem.Message == "" {
			t.Errorf("task %d: %+v", i+3, result)
		}
	}
	if results.Items[5] != results.Items[0] {
		t.Errorf("a task named twice has two results: %+v and %+v", results.Items[0], results.Items[5])
	}
	if again := send(); string(again.Body) != string(first.Body) || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("repeated: %s", again.Body)
	}
	if count := stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal WHERE convert_from(body, 'UTF8')::jsonb->>'action' = 'approve'`); count != 3 {
		t.Errorf("%d approvals are journaled", count)
	}
	if problems := s.Doctor(); len(problems) > 0 {
		t.Error(problems)
	}
}
