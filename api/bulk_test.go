package api_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"jieli/api"
	"jieli/approval"
	"jieli/internal/stacktest"
)

// failing lets some acts fail on their way to the workflow engine, as the wire does.
type failing struct {
	api.Gate
	acts atomic.Int64
	fail func(n int64, ctx context.Context) error
}

func (f *failing) Act(ctx context.Context, no, id string, command approval.Command) (int64, error) {
	if err := f.fail(f.acts.Add(1), ctx); err != nil {
		return 0, err
	}
	return f.Gate.Act(ctx, no, id, command)
}

type bulkAnswer struct {
	Items []struct {
		TaskID  string
		OK      bool
		Problem *struct{ Code, Message string }
	}
}

// Five hundred tasks get five hundred results in their order: the workflow engine fails for some and
// does not answer for one, the database throws everybody out once, and most tasks are not the
// caller's. What failed can be sent again.
func TestABulkActReportsOnEveryTaskWhateverFails(t *testing.T) {
	var s *stacktest.System
	gate := &failing{}
	gate.fail = func(n int64, ctx context.Context) error {
		switch {
		case n%7 == 0:
			return errors.New("connection reset by peer")
		case n == 10:
			<-ctx.Done()
			return ctx.Err()
		case n == 20:
			s.Run(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`)
		}
		return nil
	}
	s = stacktest.NewSystem(t, stacktest.Options{ActDeadline: 2 * time.Second, Gate: func(real api.Gate) api.Gate { gate.Gate = real; return gate }})
	const real, all = 40, 500
	items := make([]map[string]any, all)
	for i := range items {
		items[i] = map[string]any{"taskId": fmt.Sprint("YJ-210106-20261124-9999.1.", i), "seen": 1}
	}
	mine := map[string]bool{}
	for n := range real {
		found := s.Submit(clerk, stacktest.OnePerson(n+1))
		place := n * all / real
		items[place] = map[string]any{"taskId": found.Tasks[0].ID, "seen": found.Version}
		mine[found.Tasks[0].ID] = true
	}
	bulk := func() bulkAnswer {
		t.Helper()
		var answer bulkAnswer
		s.As(clerk).Send(http.MethodPost, "/tasks/actions", map[string]any{"action": "release", "items": items}).Expect(http.StatusOK).Read(&answer)
		if len(answer.Items) != all {
			t.Fatalf("%d results for %d tasks", len(answer.Items), all)
		}
		for i, result := range answer.Items {
			if result.TaskID != items[i]["taskId"] {
				t.Fatalf("result %d is about %s instead of %s", i, result.TaskID, items[i]["taskId"])
			}
			if result.OK != (result.Problem == nil) || result.Problem != nil && (result.Problem.Code == "internal" || result.Problem.Message == "") {
				t.Errorf("task %s: %+v %+v", result.TaskID, result.OK, result.Problem)
			}
		}
		return answer
	}
	done, failed, foreign := 0, 0, 0
	for _, result := range bulk().Items {
		switch {
		case result.OK:
			done++
		case mine[result.TaskID]:
			failed++
			if result.Problem.Code != "unavailable" {
				t.Errorf("a failure on the way is told as %+v", result.Problem)
			}
		case result.Problem.Code == "not_found":
			foreign++
		}
	}
	if done+failed != real || done == 0 || failed == 0 || foreign < (all-real)*9/10 {
		t.Errorf("%d done, %d failed, %d foreign", done, failed, foreign)
	}
	gate.fail = func(int64, context.Context) error { return nil }
	for _, result := range bulk().Items {
		if mine[result.TaskID] && !result.OK && result.Problem.Code != "wrong_state" {
			t.Errorf("sent again, %s is told %+v", result.TaskID, result.Problem)
		}
	}
	if held := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM tasks WHERE owner IS NOT NULL`); held != 0 {
		t.Errorf("%d tasks are still held", held)
	}
	if problems := s.Doctor(); len(problems) > 0 {
		t.Error(problems)
	}
}

// An officer leaves: the head of the office gives all their tasks to a colleague at once.
func TestALeaversTasksAreReassigned(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	const head, colleague = "enterprise-1-head-1", "enterprise-1-clerk-2"
	for n := range 3 {
		s.Submit(clerk, stacktest.OnePerson(n+1))
	}
	held := func(username string) (list struct {
		Items []struct {
			ID      string
			Version int64
		}
		NextCursor string
	}) {
		t.Helper()
		s.As(username).Get("/officers/" + clerk + "/tasks?limit=200").Expect(http.StatusOK).Read(&list)
		return list
	}
	for username, want := range map[string]int{head: 3, supervisor: 3, "enterprise-2-head-1": 0} {
		if list := held(username); len(list.Items) != want {
			t.Errorf("%s sees %d tasks of the clerk, expected %d", username, len(list.Items), want)
		}
	}
	s.As(reviewer).Get("/officers/" + clerk + "/tasks").Expect(http.StatusForbidden)
	var first struct {
		Items      []struct{ ID string }
		NextCursor string
	}
	s.As(head).Get("/officers/" + clerk + "/tasks?limit=2").Expect(http.StatusOK).Read(&first)
	cursor := first.NextCursor
	first.NextCursor = ""
	s.As(head).Get("/officers/" + clerk + "/tasks?limit=2&cursor=" + url.QueryEscape(cursor)).Expect(http.StatusOK).Read(&first)
	if cursor == "" || len(first.Items) != 1 || first.NextCursor != "" {
		t.Errorf("the second page is %+v", first)
	}
	items := []map[string]any{{"taskId": "unknown.1.1", "seen": 1}}
	for _, task := range held(head).Items {
		items = append(items, map[string]any{"taskId": task.ID, "seen": task.Version})
	}
	var answer bulkAnswer
	s.As(head).Send(http.MethodPost, "/tasks/actions", map[string]any{"action": "reassign", "opinion": "原经办人离岗", "items": items,
		"target": map[string]string{"office": "enterprise-1", "user": colleague}}).Expect(http.StatusOK).Read(&answer)
	for i, result := range answer.Items {
		if result.OK != (i > 0) {
			t.Errorf("result %d: %+v", i, result.Problem)
		}
	}
	if list := held(head); len(list.Items) != 0 {
		t.Errorf("%d tasks stay with the leaver", len(list.Items))
	}
	if now := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM tasks WHERE owner = $1`, colleague); now != 3 {
		t.Errorf("the colleague holds %d", now)
	}
}
