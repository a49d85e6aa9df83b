package temporalgate_test

import (
	"context"
	"sync/atomic"
	"testing"

	"go.temporal.io/sdk/client"
	temporalsdk "go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/temporalgate"
)

func TestMain(m *testing.M) { stacktest.Main(m) }

// Temporal may drop an Update with the workflow task that carried it: when it fails to take the task in, because it is
// overloaded or something came between. Whoever acts is answered all the same, and the command is sent again as it was.
func TestAnActOutlivesAWorkflowTaskThatFailed(t *testing.T) {
	namespace := stacktest.Namespace(t)
	temporal, err := client.Dial(client.Options{HostPort: stacktest.Start(t).TemporalAddress, Namespace: namespace})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(temporal.Close)
	var taken atomic.Int64
	caseOf := func(ctx workflow.Context) error {
		if taken.Load() == 0 {
			// Nobody has declared it: Temporal fails the task, and with it the first Update that comes.
			if err := workflow.UpsertTypedSearchAttributes(ctx, temporalsdk.NewSearchAttributeKeyInt64("Undeclared").ValueSet(1)); err != nil {
				return err
			}
		}
		err := workflow.SetUpdateHandler(ctx, "act", func(workflow.Context, approval.Command) (map[string]int64, error) {
			taken.Add(1)
			return map[string]int64{"version": 7}, nil
		})
		if err != nil {
			return err
		}
		return workflow.Await(ctx, func() bool { return false })
	}
	running := worker.New(temporal, "gate", worker.Options{})
	running.RegisterWorkflowWithOptions(caseOf, workflow.RegisterOptions{Name: "case"})
	if err := running.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Stop)
	if _, err := temporal.ExecuteWorkflow(t.Context(), client.StartWorkflowOptions{ID: "YJ-1", TaskQueue: "gate"}, "case"); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), stacktest.Patience)
	defer cancel()
	version, err := temporalgate.Gate{Client: temporal, Namespace: namespace}.Act(ctx, "YJ-1", "once", approval.Command{})
	if err != nil || version != 7 || taken.Load() != 2 {
		t.Errorf("answered %d (%v) after %d attempts", version, err, taken.Load())
	}
}
