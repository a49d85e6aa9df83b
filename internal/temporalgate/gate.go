// Package temporalgate sends commands to running cases: the one way to a workflow from outside it, for the
// API and for the jobs of the worker alike.
package temporalgate

import (
	"context"
	"errors"
	"time"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"jieli/approval"
)

// Gate is the gate through Temporal: one Update per command, answered when it is durable.
type Gate struct {
	Client client.Client
	// Namespace is the client's; only Wake needs to name it.
	Namespace string
	// Start starts the workflow of a submitted case.
	Start func(ctx context.Context, first approval.Entry) error
}

// sendAgainAfter is the pause before a dropped Update is sent again; Temporal takes its workflow task up again at once.
const sendAgainAfter = 50 * time.Millisecond

// Act sends a command and waits for its result. A refusal comes back as an *approval.Error; a
// deadline as context.DeadlineExceeded, and the same update id may be sent again. An Update that Temporal dropped with
// the workflow task that carried it is sent again here, as it was: it was not taken in, and the command has its key.
func (g Gate) Act(ctx context.Context, no, updateID string, command approval.Command) (int64, error) {
	for {
		version, err := g.act(ctx, no, updateID, command)
		var dropped *serviceerror.WorkflowNotReady
		if !errors.As(err, &dropped) {
			return version, err
		}
		select {
		case <-ctx.Done():
			return 0, context.DeadlineExceeded
		case <-time.After(sendAgainAfter):
		}
	}
}

func (g Gate) act(ctx context.Context, no, updateID string, command approval.Command) (int64, error) {
	handle, err := g.Client.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{WorkflowID: no, UpdateName: "act", UpdateID: updateID,
		Args: []any{command}, WaitForStage: client.WorkflowUpdateStageCompleted})
	if err != nil {
		return 0, refusalOf(err)
	}
	var result struct {
		Version int64           `json:"version"`
		Refusal *approval.Error `json:"refusal,omitempty"`
	}
	if err := handle.Get(ctx, &result); err != nil {
		return 0, refusalOf(err)
	}
	if result.Refusal != nil {
		return 0, result.Refusal
	}
	return result.Version, nil
}

// ErrEnded says that no workflow takes commands for the case any more.
var ErrEnded = errors.New("the workflow has ended")

func refusalOf(err error) error {
	var application *temporal.ApplicationError
	if errors.As(err, &application) {
		var refusal approval.Error
		if application.HasDetails() && application.Details(&refusal) == nil && refusal.Code != "" {
			return &refusal
		}
	}
	var notFound *serviceerror.NotFound
	if errors.As(err, &notFound) {
		return ErrEnded
	}
	var exhausted *serviceerror.ResourceExhausted
	if errors.As(err, &exhausted) {
		return approval.Refuse(approval.CodeTooManyRequests, "办理请求过于集中，请稍后再试", "too many acts at once; try again shortly")
	}
	var timeout *client.WorkflowUpdateServiceTimeoutOrCanceledError
	if errors.As(err, &timeout) {
		return context.DeadlineExceeded
	}
	return err
}

// StartCase starts the workflow of a submitted case.
func (g Gate) StartCase(ctx context.Context, first approval.Entry) error {
	return g.Start(ctx, first)
}

// Wake sends the signal a resting case listens to, and has steps that failed tried again at once
// instead of when their turn comes, which may be minutes away.
func (g Gate) Wake(ctx context.Context, no string) error {
	err := g.Client.SignalWorkflow(ctx, no, "", "wake", nil)
	var notFound *serviceerror.NotFound
	if errors.As(err, &notFound) {
		return approval.Refuse(approval.CodeWrongState, "本件没有正在运行的流程，请联系技术人员", "no workflow runs for this case; call a technician")
	}
	if err != nil {
		return err
	}
	return g.hurry(ctx, no)
}

// hurry starts the steps of a case anew that wait for their next attempt.
func (g Gate) hurry(ctx context.Context, no string) error {
	description, err := g.Client.DescribeWorkflowExecution(ctx, no, "")
	if err != nil {
		return err
	}
	for _, activity := range description.GetPendingActivities() {
		if activity.GetAttempt() < 2 || activity.GetState() != enums.PENDING_ACTIVITY_STATE_SCHEDULED {
			continue
		}
		_, err := g.Client.WorkflowService().ResetActivity(ctx, &workflowservice.ResetActivityRequest{Namespace: g.Namespace,
			Execution: description.GetWorkflowExecutionInfo().GetExecution(), Activity: &workflowservice.ResetActivityRequest_Id{Id: activity.GetActivityId()}})
		var ended *serviceerror.NotFound
		var unknown *serviceerror.Unimplemented
		// It may have got through meanwhile; and a Temporal too old for this tries by its own pace.
		if err != nil && !errors.As(err, &ended) && !errors.As(err, &unknown) {
			return err
		}
	}
	return nil
}

// Ready reports whether Temporal answers.
func (g Gate) Ready(ctx context.Context) error {
	_, err := g.Client.CheckHealth(ctx, &client.CheckHealthRequest{})
	return err
}
