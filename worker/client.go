package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	temporallog "go.temporal.io/sdk/log"

	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/workflows/signoff"
)

// Dial connects to Temporal; every payload and failure text is sealed before it leaves.
func Dial(ctx context.Context, address, namespace string, ring *crypt.Keyring, logger *slog.Logger) (client.Client, error) {
	temporal, err := client.DialContext(ctx, client.Options{HostPort: address, Namespace: namespace, Logger: temporallog.NewStructuredLogger(logger),
		DataConverter: crypt.DataConverter(ring, namespace), FailureConverter: crypt.FailureConverter(ring, namespace)})
	if err != nil {
		return nil, fmt.Errorf("connect to Temporal at %s: %w", address, err)
	}
	return temporal, nil
}

// Starter starts case workflows: the workflow id is the case number, never anything about a person.
type Starter struct{ Client client.Client }

// StartCase starts the workflow of a submitted case; one that runs or ran already is success.
func (s Starter) StartCase(ctx context.Context, first approval.Entry) error {
	_, err := s.Client.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: first.Case, TaskQueue: signoff.TaskQueue,
		WorkflowIDReusePolicy: enums.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE, WorkflowExecutionErrorWhenAlreadyStarted: true},
		first.Events[0].Submitted.Type, signoff.Input{First: &first})
	var started *serviceerror.WorkflowExecutionAlreadyStarted
	if errors.As(err, &started) {
		return nil
	}
	return err
}
