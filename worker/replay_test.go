package worker

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/internal/devstack"
	"jieli/workflows/signoff"
)

// Histories are recorded from the real server in the namespace of `jieli dev`, sealed under a key
// file that belongs to nothing else (`make histories`). Beside each run lies the fold of its journal
// as far as the run came. A file stays as long as a case of its age may be open.
const (
	histories   = "../workflows/testdata/histories/*.json"
	historyKeys = "../workflows/testdata/keys.json"
)

// questions keeps the query handlers a replayed workflow sets, so that its state can be asked for.
type questions struct {
	interceptor.WorkerInterceptorBase
	handlers map[string]any
}

func (q *questions) InterceptWorkflow(ctx workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
	return &inbound{WorkflowInboundInterceptorBase: interceptor.WorkflowInboundInterceptorBase{Next: next}, questions: q}
}

type inbound struct {
	interceptor.WorkflowInboundInterceptorBase
	questions *questions
}

func (i *inbound) Init(next interceptor.WorkflowOutboundInterceptor) error {
	return i.Next.Init(&outbound{WorkflowOutboundInterceptorBase: interceptor.WorkflowOutboundInterceptorBase{Next: next}, questions: i.questions})
}

type outbound struct {
	interceptor.WorkflowOutboundInterceptorBase
	questions *questions
}

func (o *outbound) SetQueryHandler(ctx workflow.Context, name string, handler any) error {
	o.questions.handlers[name] = handler
	return o.Next.SetQueryHandler(ctx, name, handler)
}

func replayer(t *testing.T, asked *questions) worker.WorkflowReplayer {
	t.Helper()
	ring, err := crypt.Load(historyKeys)
	if err != nil {
		t.Fatal(err)
	}
	made, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
		DataConverter:    crypt.DataConverter(ring, devstack.Namespace),
		FailureConverter: crypt.FailureConverter(ring, devstack.Namespace), Interceptors: []interceptor.WorkerInterceptor{asked}})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func recorded(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(histories)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no history has been recorded")
	}
	return files
}

// foldBeside is the fold of the journal that was recorded with a history.
func foldBeside(t *testing.T, file string) *approval.Case {
	t.Helper()
	body, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".fold")
	if err != nil {
		t.Fatal(err)
	}
	fold := &approval.Case{}
	if err := json.Unmarshal(body, fold); err != nil {
		t.Fatal(err)
	}
	return fold
}

// TestHistoriesReplay: a case under way must be carried on by this program, and come to the state
// the journal says: not only to some state without an error.
func TestHistoriesReplay(t *testing.T) {
	for _, file := range recorded(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			asked := &questions{handlers: map[string]any{}}
			replay := replayer(t, asked)
			RegisterWorkflows(replay)
			if err := replay.ReplayWorkflowHistoryFromJSONFile(nil, file); err != nil {
				t.Fatal(err)
			}
			ask, ok := asked.handlers[signoff.StateQuery].(func() (*approval.Case, error))
			if !ok {
				t.Fatalf("the workflow answers no question about its state: %T", asked.handlers[signoff.StateQuery])
			}
			state, err := ask()
			if err != nil {
				t.Fatal(err)
			}
			if fold := foldBeside(t, file); state.Version != fold.Version || !approval.SameFold(state, fold) {
				t.Fatalf("the replayed state (version %d) is not the fold of the journal (version %d)", state.Version, fold.Version)
			}
		})
	}
}

// TestAnotherProgramDoesNotReplay shows that replaying can fail: a program that ends every case at
// once must not get through any history.
func TestAnotherProgramDoesNotReplay(t *testing.T) {
	for _, file := range recorded(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			replay := replayer(t, &questions{handlers: map[string]any{}})
			for name := range workflows {
				replay.RegisterWorkflowWithOptions(func(workflow.Context, signoff.Input) error { return nil }, workflow.RegisterOptions{Name: name})
			}
			if err := replay.ReplayWorkflowHistoryFromJSONFile(nil, file); err == nil {
				t.Fatal("a program that does nothing replays the history")
			}
		})
	}
}
