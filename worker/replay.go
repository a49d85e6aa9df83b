package worker

import (
	"context"
	"fmt"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/history/v1"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/workflows/signoff"
)

// Replay carries a recorded run through the workflows of this program and answers the state it comes
// to. An error means that this program would do something else than the one that wrote the history:
// a running case would come to a standstill with it.
type Replay struct {
	Ring      *crypt.Keyring
	Namespace string
	// Register names the workflows; RegisterWorkflows unless a test says otherwise.
	Register func(worker.WorkflowRegistry)
}

// Run replays one run of a case's workflow.
func (r Replay) Run(recorded *history.History) (*approval.Case, error) {
	asked := &questions{}
	replayer, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{DataConverter: crypt.DataConverter(r.Ring, r.Namespace),
		FailureConverter: crypt.FailureConverter(r.Ring, r.Namespace), Interceptors: []interceptor.WorkerInterceptor{asked}})
	if err != nil {
		return nil, err
	}
	register := r.Register
	if register == nil {
		register = RegisterWorkflows
	}
	register(replayer)
	if err := replayer.ReplayWorkflowHistory(nil, recorded); err != nil {
		return nil, err
	}
	ask, ok := asked.state.(func() (*approval.Case, error))
	if !ok {
		return nil, fmt.Errorf("the workflow answers no question about its state (%T)", asked.state)
	}
	return ask()
}

// Live replays the present run of a running case, and compares what it comes to with the fold of
// the case's journal as far as the run has come. The journal is read after the history, since it
// may only be ahead.
func (r Replay) Live(ctx context.Context, temporal client.Client, no string, read func(context.Context, string) ([]approval.Entry, error)) error {
	recorded := &history.History{}
	events := temporal.GetWorkflowHistory(ctx, no, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
	for events.HasNext() {
		event, err := events.Next()
		if err != nil {
			return err
		}
		recorded.Events = append(recorded.Events, event)
	}
	journal, err := read(ctx, no)
	if err != nil {
		return err
	}
	state, err := r.Run(recorded)
	if err != nil {
		return err
	}
	if state.Version > int64(len(journal)) {
		return fmt.Errorf("the workflow (version %d) is ahead of its journal (version %d)", state.Version, len(journal))
	}
	fold, err := approval.Fold(journal[:state.Version])
	if err != nil {
		return err
	}
	if !approval.SameFold(state, fold) {
		return fmt.Errorf("the replayed state (version %d) is not the fold of the journal", state.Version)
	}
	return nil
}

// questions keeps the handler a replayed workflow sets for its state, so that it can be asked.
type questions struct {
	interceptor.WorkerInterceptorBase
	state any
}

func (q *questions) InterceptWorkflow(_ workflow.Context, next interceptor.WorkflowInboundInterceptor) interceptor.WorkflowInboundInterceptor {
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
	if name == signoff.StateQuery {
		o.questions.state = handler
	}
	return o.Next.SetQueryHandler(ctx, name, handler)
}
