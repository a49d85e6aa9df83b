package stacktest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	temporallog "go.temporal.io/sdk/log"
	"google.golang.org/protobuf/types/known/durationpb"

	"jieli/approval"
	"jieli/workflows/signoff"
)

// Bare connects to Temporal without the product's codec: it sees what the server stores.
func Bare(t testing.TB, namespace string) client.Client {
	t.Helper()
	bare, err := client.NewLazyClient(client.Options{HostPort: Start(t).TemporalAddress, Namespace: namespace,
		Logger: temporallog.NewStructuredLogger(slog.New(slog.DiscardHandler))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(bare.Close)
	return bare
}

// Namespace registers a Temporal namespace for one test and waits until it can be used.
func Namespace(t testing.TB) string {
	t.Helper()
	name := fmt.Sprintf("jieli-test-%s-%d", Start(t).run, databases.Add(1))
	bare := Bare(t, name)
	_, err := bare.WorkflowService().RegisterNamespace(t.Context(), &workflowservice.RegisterNamespaceRequest{Namespace: name,
		WorkflowExecutionRetentionPeriod: durationpb.New(24 * time.Hour)})
	if err != nil {
		t.Fatal(err)
	}
	// Each of the server's services learns of a namespace by itself; what asks them all is a task
	// queue's poll and a workflow that is not there.
	Until(t, "the namespace can be used", func() bool {
		_, err := bare.DescribeWorkflowExecution(t.Context(), "none", "")
		var missing *serviceerror.NotFound
		if !errors.As(err, &missing) {
			return false
		}
		_, err = bare.DescribeTaskQueue(t.Context(), signoff.TaskQueue, enums.TASK_QUEUE_TYPE_WORKFLOW)
		return err == nil
	})
	return name
}

// WorkflowVersion asks a case's workflow how far it has come, as `jieli doctor` does.
func WorkflowVersion(temporal client.Client) func(ctx context.Context, no string) (int64, bool, error) {
	return func(ctx context.Context, no string) (int64, bool, error) {
		response, err := temporal.QueryWorkflowWithOptions(ctx, &client.QueryWorkflowWithOptionsRequest{WorkflowID: no, QueryType: signoff.StateQuery,
			QueryRejectCondition: enums.QUERY_REJECT_CONDITION_NOT_OPEN})
		var missing *serviceerror.NotFound
		if errors.As(err, &missing) {
			return 0, false, nil
		}
		if err != nil {
			return 0, false, err
		}
		if response.QueryRejected != nil {
			return 0, false, nil
		}
		var state approval.Case
		err = response.QueryResult.Get(&state)
		return state.Version, err == nil, err
	}
}
