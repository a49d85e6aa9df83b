package api_test

import (
	"bytes"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflow/v1"
	"go.temporal.io/sdk/client"

	"jieli/internal/stacktest"
	"jieli/procedures"
	caseworkflow "jieli/workflows/signoff"
)

// A technical fault is listed with its reason for supervisors and system administrators; only the
// latter make it try again, which is journaled.
func TestATechnicalFaultIsRetried(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	handover := system.Submit(clerk, stacktest.OnePerson(1))
	administrator, supervisor := system.As(administrator), system.As("supervision-supervisor-1")
	retry := "/supervision/faults/" + handover.No + "/retry"
	administrator.Send(http.MethodPost, retry, map[string]any{}).Expect(http.StatusNotFound)
	system.Run(`UPDATE cases SET fault = 'technical' WHERE no = $1`, handover.No)
	for _, client := range []*stacktest.Client{administrator, supervisor} {
		var page struct {
			Items []struct {
				No       string
				Sentence struct{ ZH string }
			}
		}
		client.Get("/supervision/faults").Expect(http.StatusOK).Read(&page)
		if len(page.Items) != 1 || page.Items[0].No != handover.No || page.Items[0].Sentence.ZH == "" {
			t.Errorf("faults %+v", page.Items)
		}
	}
	supervisor.Send(http.MethodPost, retry, map[string]any{}).Expect(http.StatusForbidden)
	administrator.Send(http.MethodPost, retry, map[string]any{}).Expect(http.StatusOK)
	if entries := stacktest.Value[int](system.Database, `SELECT count(*)::int FROM journal WHERE stream LIKE 'access:administration:%'`); entries != 1 {
		t.Errorf("%d entries about the retry", entries)
	}
}

// A step that failed several times waits minutes for its next attempt; who has mended the cause and
// presses retry need not.
func TestARetryDoesNotWaitForTheNextAttempt(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	no := system.Submit(clerk, stacktest.OnePerson(1)).No
	system.Run(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no child is written'; END $$`)
	system.Run(`CREATE TRIGGER refuse BEFORE INSERT ON cases FOR EACH ROW WHEN (NEW.parent <> '') EXECUTE FUNCTION refuse()`)
	for system.Read(clerk, no).Stage != procedures.StageIntakes {
		system.Sign(no, clerk)
	}
	pending := func() []*workflow.PendingActivityInfo {
		description, err := system.Temporal.DescribeWorkflowExecution(t.Context(), no, "")
		if err != nil {
			t.Fatal(err)
		}
		return description.GetPendingActivities()
	}
	stacktest.Until(t, "the step fails again and again", func() bool {
		steps := pending()
		return len(steps) == 1 && steps[0].GetAttempt() > 2
	})
	system.Run(`UPDATE cases SET fault = 'workflow' WHERE no = $1`, no)
	system.Run(`DROP TRIGGER refuse ON cases`)
	system.As(administrator).Send(http.MethodPost, "/supervision/faults/"+no+"/retry", map[string]any{}).Expect(http.StatusOK)
	stacktest.Until(t, "the step gets through", func() bool {
		return stacktest.Value[int](system.Database, `SELECT count(*)::int FROM cases WHERE parent = $1`, no) == 2 && len(pending()) == 0
	})
	// Done by an attempt that was counted anew, not by the one whose turn would have come.
	history := system.Temporal.GetWorkflowHistory(t.Context(), no, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	var attempts []int32
	for history.HasNext() {
		event, err := history.Next()
		if err != nil {
			t.Fatal(err)
		}
		if started := event.GetActivityTaskStartedEventAttributes(); started != nil {
			attempts = append(attempts, started.GetAttempt())
		}
	}
	if slices.ContainsFunc(attempts, func(attempt int32) bool { return attempt > 1 }) {
		t.Errorf("the steps were done by their attempts %v", attempts)
	}
}

// The progress sheet is a workbook too.
func TestProgressAsAWorkbook(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	system.Submit(clerk, stacktest.OnePerson(1))
	answer := system.As("supervision-supervisor-1").Get("/supervision/progress.xlsx?by=street").Expect(http.StatusOK)
	file, err := excelize.OpenReader(bytes.NewReader(answer.Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := file.GetRows(file.GetSheetName(0))
	if err != nil || len(rows) != 3 || rows[2][1] != "1" {
		t.Errorf("rows %v %v", rows, err)
	}
}

// A workflow whose own code keeps failing cannot say so; the worker finds it by the command that got
// no answer, shows it, and takes the mark away once an answer could be given.
func TestAFailingWorkflowIsShown(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	no := system.Submit(clerk, stacktest.OnePerson(1)).No
	if err := system.Temporal.TerminateWorkflow(t.Context(), no, "", "the test puts a failing one in its place"); err != nil {
		t.Fatal(err)
	}
	if _, err := system.Temporal.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: no, TaskQueue: caseworkflow.TaskQueue}, "no-such-procedure"); err != nil {
		t.Fatal(err)
	}
	system.Run(`INSERT INTO requests(actor, key, route, body_hash, case_no, state, created_at) VALUES ('x', 'x', 'x', '', $1, 'pending', $2)`, no, system.Clock.Now().Add(-time.Hour))
	fault := func() string {
		return stacktest.Value[string](system.Database, `SELECT coalesce(fault, '') FROM cases WHERE no = $1`, no)
	}
	stacktest.Until(t, "the failing workflow is shown", func() bool { return fault() == "workflow" })
	if err := system.Temporal.TerminateWorkflow(t.Context(), no, "", "mended"); err != nil {
		t.Fatal(err)
	}
	stacktest.Until(t, "the mark is gone", func() bool { return fault() == "" })
}
