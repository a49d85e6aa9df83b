package histories

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/encoding/protojson"

	"jieli/api"
	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/internal/devstack"
	"jieli/internal/stacktest"
	"jieli/procedures"
	"jieli/workflows/signoff"
)

func TestMain(m *testing.M) { stacktest.Main(m) }

// recordIn names the folder to record into; without it nothing is recorded.
const recordIn = "JIELI_RECORD_HISTORIES"

const (
	clerk  = "enterprise-1-clerk-1"
	bureau = "bureau-clerk-1"
)

// shortRuns starts the cases people submit with a low limit, so that they continue as new on the way.
type shortRuns struct {
	api.Gate
	temporal *client.Client
}

const updatesPerRun = 7

func (g shortRuns) StartCase(ctx context.Context, first approval.Entry) error {
	_, err := (*g.temporal).ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: first.Case, TaskQueue: signoff.TaskQueue},
		first.Events[0].Submitted.Type, signoff.Input{First: &first, UpdatesPerRun: updatesPerRun})
	return err
}

// TestRecord carries a handover of three people to its end and another one part of the way, with a
// return, a recall, a transfer and continue-as-new, then one case in every state, and keeps every run of
// their workflows.
func TestRecord(t *testing.T) {
	folder := os.Getenv(recordIn)
	if folder == "" {
		t.Skip("records only for `make histories`")
	}
	ring, err := crypt.Load(filepath.Join(stacktest.Root(), "workflows", "testdata", "keys.json"))
	if err != nil {
		t.Fatal(err)
	}
	database := stacktest.Demo(t)
	database.Ring = ring
	var temporal client.Client
	s := stacktest.NewSystem(t, stacktest.Options{Database: database, TemporalAddress: stacktest.Start(t).TemporalAddress, TemporalNamespace: devstack.Namespace,
		Gate: func(gate api.Gate) api.Gate { return shortRuns{Gate: gate, temporal: &temporal} }})
	temporal = s.Temporal
	r := &recorder{t: t, System: s, folder: folder}

	handover := r.handover(1)
	r.returned(handover)
	r.recalled(handover)
	r.transferred(handover)
	s.SignUntil(handover, clerk, "intakes")
	intake := r.child(handover)
	s.SignUntil(intake, clerk, "receptions")
	receptions := r.children(intake)
	for _, reception := range receptions {
		s.Sign(reception, "street-001-clerk-1")
		s.Sign(reception, "street-001-clerk-1")
	}
	r.reaches(intake, "closing-sheet")
	s.Sign(intake, clerk)
	archives := handover + "-DA"
	r.Carry(archives, clerk)
	r.reaches(handover, "closing")
	s.Sign(handover, clerk)
	r.ends(handover, intake, archives)

	// One that is under way: its batch waits for the intake, the intake for the street's clerk.
	open := r.handover(11)
	s.SignUntil(open, clerk, "intakes")
	openIntake := r.child(open)
	s.Sign(openIntake, clerk)

	r.keep("handover-closed", handover)
	r.keep("intake-closed", intake)
	r.keep("reception-closed", receptions[0])
	r.keep("archive-closed", archives)
	r.keep("handover-open", open)
	r.keep("intake-open", openIntake)
	r.states()
}

type recorder struct {
	*stacktest.System
	t      *testing.T
	folder string
}

func (r *recorder) handover(first int) string {
	r.t.Helper()
	people := []stacktest.Person{stacktest.NewPerson(first, nil), stacktest.NewPerson(first+1, nil), stacktest.NewPerson(first+2, nil)}
	roster := r.Roster(clerk, fmt.Sprintf("roster-%d.csv", first), stacktest.RosterCSV(people...))
	return r.SubmitRoster(clerk, roster).No
}

func (r *recorder) act(username, no string, body map[string]any) {
	r.t.Helper()
	seen := r.Read(username, no)
	body["seen"] = seen.Version
	if body["action"] != "recall" {
		body["taskId"] = seen.Tasks[0].ID
	}
	r.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", body).Expect(http.StatusOK)
}

func (r *recorder) returned(no string) {
	r.t.Helper()
	r.SignUntil(no, clerk, "acceptance")
	r.act(bureau, no, map[string]any{"action": "claim"})
	r.act(bureau, no, map[string]any{"action": "return", "toStage": "prepare", "afterReturn": "here", "opinion": "材料需补正",
		"defects": []map[string]string{{"item": "承诺书", "detail": "未盖章"}}})
	r.Sign(no, clerk)
}

func (r *recorder) recalled(no string) {
	r.t.Helper()
	r.SignUntil(no, clerk, "screening")
	r.act("organisation-clerk-1", no, approvalOf(r.Read("organisation-clerk-1", no)))
	r.act("organisation-clerk-1", no, map[string]any{"action": "recall", "opinion": "需再核对"})
}

func approvalOf(seen stacktest.Case) map[string]any { return stacktest.Approval(seen, seen.Tasks[0]) }

func (r *recorder) transferred(no string) {
	r.t.Helper()
	r.SignUntil(no, clerk, "screening-confirm")
	r.act("organisation-head-1", no, map[string]any{"action": "transfer", "opinion": "出差", "target": map[string]string{"office": "organisation", "user": "organisation-head-2"}})
}

func (r *recorder) children(parent string) []string {
	r.t.Helper()
	var nos []string
	stacktest.Until(r.t, "the child cases of "+parent+" run", func() bool {
		nos = stacktest.Value[[]string](r.Database, `SELECT coalesce(array_agg(no ORDER BY no) FILTER (WHERE started), '{}') FROM cases WHERE parent = $1`, parent)
		total := stacktest.Value[int](r.Database, `SELECT count(*) FROM cases WHERE parent = $1`, parent)
		return len(nos) > 0 && len(nos) == total
	})
	return nos
}

func (r *recorder) child(parent string) string {
	r.t.Helper()
	nos := slices.DeleteFunc(r.children(parent), func(no string) bool { return r.Read(clerk, no).Type != procedures.TypeIntake })
	if len(nos) != 1 {
		r.t.Fatalf("%d intakes instead of one", len(nos))
	}
	return nos[0]
}

func (r *recorder) reaches(no, stage string) {
	r.t.Helper()
	stacktest.Until(r.t, no+" reaches "+stage, func() bool { return r.Read(clerk, no).Stage == stage })
}

// ends waits until the workflows have ended too: they do so after the last answer.
func (r *recorder) ends(nos ...string) {
	r.t.Helper()
	for _, no := range nos {
		stacktest.Until(r.t, no+" ends", func() bool {
			described, err := r.Temporal.DescribeWorkflowExecution(r.t.Context(), no, "")
			return err == nil && described.GetWorkflowExecutionInfo().GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_COMPLETED
		})
	}
}

// keep writes every run of a case's workflow, oldest first, and beside each the fold of the journal
// as far as the run came.
func (r *recorder) keep(name, no string) {
	r.t.Helper()
	var runs [][]byte
	var folds []*approval.Case
	for run := ""; ; {
		recorded := r.history(no, run)
		body, err := protojson.Marshal(recorded)
		if err != nil {
			r.t.Fatal(err)
		}
		runs, folds = append(runs, body), append(folds, r.fold(no, recorded))
		run = recorded.Events[0].GetWorkflowExecutionStartedEventAttributes().GetContinuedExecutionRunId()
		if run == "" {
			break
		}
	}
	for i := range runs {
		file := filepath.Join(r.folder, fmt.Sprintf("%s-%d", name, len(runs)-i))
		fold, err := json.Marshal(folds[i])
		if err == nil {
			err = os.WriteFile(file+".fold", append(fold, '\n'), 0o644) //nolint:gosec // test data
		}
		if err == nil {
			err = os.WriteFile(file+".json", append(runs[i], '\n'), 0o644) //nolint:gosec // test data
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

func (r *recorder) history(no, run string) *history.History {
	r.t.Helper()
	recorded := &history.History{}
	events := r.Temporal.GetWorkflowHistory(r.t.Context(), no, run, false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			r.t.Fatal(err)
		}
		recorded.Events = append(recorded.Events, event)
	}
	return recorded
}

// fold folds the journal, to its end or to where the run handed over to the next one.
func (r *recorder) fold(no string, recorded *history.History) *approval.Case {
	r.t.Helper()
	var entries []approval.Entry
	for _, body := range stacktest.Value[[]string](r.Database, `SELECT array_agg(convert_from(body, 'UTF8') ORDER BY seq) FROM journal WHERE stream = 'case:' || $1`, no) {
		entry, err := approval.DecodeEntry([]byte(body))
		if err != nil {
			r.t.Fatal(err)
		}
		entries = append(entries, entry)
	}
	if next := recorded.Events[len(recorded.Events)-1].GetWorkflowExecutionContinuedAsNewEventAttributes(); next != nil {
		var input signoff.Input
		if err := crypt.DataConverter(r.Ring, devstack.Namespace).FromPayloads(next.GetInput(), &input); err != nil {
			r.t.Fatal(err)
		}
		entries = entries[:input.State.Version]
	}
	folded, err := approval.Fold(entries)
	if err != nil {
		r.t.Fatal(err)
	}
	return folded
}
