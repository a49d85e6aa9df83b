package signoff

import (
	"errors"
	"time"

	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"jieli/activities"
	"jieli/approval"
)

// Names on the wire; other programs and old histories rely on them.
const (
	ActUpdate  = "act"
	WakeSignal = "wake"
	StateQuery = "state"
	TaskQueue  = "cases"
	BulkQueue  = "bulk"
)

// maximumUpdates is when a run continues as new by itself; the server allows 2,000 a run.
const maximumUpdates = 1500

// Input starts a case, or carries it over continue-as-new.
type Input struct {
	// First is the committed first entry of a new case.
	First *approval.Entry `json:"first,omitempty"`
	// State is the folded case of the run before; its Format says who wrote it.
	State *approval.Case `json:"state,omitempty"`
	// ChildrenVisit is the visit whose child cases have been started.
	ChildrenVisit int `json:"childrenVisit,omitempty"`
	// Settled is the version up to which the procedure's own steps have run.
	Settled int64 `json:"settled,omitempty"`
	// UpdatesPerRun lowers the limit of a run, so that tests can force continue-as-new.
	UpdatesPerRun int `json:"updatesPerRun,omitempty"`
}

// Result answers one command.
type Result struct {
	Version int64           `json:"version"`
	Refusal *approval.Error `json:"refusal,omitempty"`
}

// Between is what a procedure does between its stages, once per change of the case. It must be
// deterministic and safe to run again after continue-as-new.
type Between func(ctx workflow.Context, shell *Shell) error

// Shell is one running case.
type Shell struct {
	Case *approval.Case

	input   Input
	between Between
	log     log.Logger
	queue   []*pending
	updates int
	woken   bool
}

type pending struct {
	command approval.Command
	result  Result
	err     error
	done    bool
}

// Run carries a case to its end.
func Run(ctx workflow.Context, input Input, between Between) error {
	shell := &Shell{input: input, between: between, log: workflow.GetLogger(ctx)}
	if err := shell.setup(ctx); err != nil {
		return err
	}
	return shell.run(ctx)
}

func (s *Shell) setup(ctx workflow.Context) error {
	s.Case = s.input.State
	if s.Case == nil {
		s.Case = &approval.Case{}
		if s.input.First == nil {
			return temporal.NewNonRetryableApplicationError("a case starts from its first entry", "malformed", nil)
		}
		if err := approval.Evolve(s.Case, *s.input.First); err != nil {
			return err
		}
	}
	if s.input.UpdatesPerRun == 0 {
		s.input.UpdatesPerRun = maximumUpdates
	}
	if err := workflow.SetQueryHandler(ctx, StateQuery, func() (*approval.Case, error) { return s.Case, nil }); err != nil {
		return err
	}
	return workflow.SetUpdateHandlerWithOptions(ctx, ActUpdate, s.act, workflow.UpdateHandlerOptions{Validator: s.validate})
}

// validate refuses early what Decide would refuse, and writes no history. It is a courtesy, not the
// guard: the journal may be one batch ahead, so a `seen` newer than this state passes.
func (s *Shell) validate(_ workflow.Context, command approval.Command) error {
	if command.Seen > s.Case.Version {
		return nil
	}
	if _, refusal := approval.Decide(s.Case, command); refusal != nil {
		return temporal.NewApplicationErrorWithOptions(refusal.Message.EN, string(refusal.Code), temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{refusal}})
	}
	return nil
}

// act queues a command and waits for its result.
func (s *Shell) act(ctx workflow.Context, command approval.Command) (Result, error) {
	item := &pending{command: command}
	s.queue = append(s.queue, item)
	s.updates++
	if err := workflow.Await(ctx, func() bool { return item.done }); err != nil {
		return Result{}, err
	}
	return item.result, item.err
}

// run takes commands in order, and between them does what the procedure wants done.
func (s *Shell) run(ctx workflow.Context) error {
	workflow.Go(ctx, s.listen)
	for {
		for len(s.queue) > 0 {
			item := s.queue[0]
			s.queue = s.queue[1:]
			item.result, item.err = s.execute(ctx, item.command)
			item.done = true
		}
		if s.Case.Ended() {
			return s.finish(ctx)
		}
		waited, err := s.step(ctx)
		if err != nil {
			return err
		}
		if len(s.queue) > 0 || s.Case.Ended() {
			continue
		}
		if s.updates >= s.input.UpdatesPerRun || workflow.GetInfo(ctx).GetContinueAsNewSuggested() {
			return s.continueAsNew(ctx)
		}
		if waited {
			continue
		}
		if err := workflow.Await(ctx, func() bool { return len(s.queue) > 0 || s.woken }); err != nil {
			return err
		}
	}
}

// listen turns wake signals into a flag: a wake is a hint, whoever reads it looks for itself.
func (s *Shell) listen(ctx workflow.Context) {
	channel := workflow.GetSignalChannel(ctx, WakeSignal)
	for {
		channel.Receive(ctx, nil)
		s.woken = true
	}
}

// step runs what lies between the stages: the procedure's own steps after a change, and the wait
// for child cases. It reports whether it has waited itself.
func (s *Shell) step(ctx workflow.Context) (waited bool, err error) {
	s.woken = false
	if s.between != nil && s.input.Settled < s.Case.Version {
		version := s.Case.Version
		if err := s.between(ctx, s); err != nil {
			return false, s.park(ctx, err)
		}
		s.input.Settled = version
	}
	current := s.Case.Current()
	if current == nil || current.Wait == nil {
		return false, nil
	}
	return true, s.awaitChildren(ctx, current.ID)
}

// execute decides a command, commits it and folds what Commit returned, never what was proposed.
// When somebody else's commit got there first it decides again at the new head.
func (s *Shell) execute(ctx workflow.Context, command approval.Command) (Result, error) {
	for {
		entry, refusal := approval.Decide(s.Case, command)
		input := activities.CommitInput{Case: s.Case.No, Head: s.Case.Version, Key: command.Key}
		if refusal == nil {
			input.Proposal = &entry
		}
		var committed approval.Committed
		var gate *activities.Gate
		if err := workflow.ExecuteLocalActivity(localOptions(ctx), gate.Commit, input).Get(ctx, &committed); err != nil {
			_ = s.park(ctx, err)
			return Result{}, err
		}
		mine := committed.Known
		for _, committedEntry := range committed.Entries {
			if err := approval.Evolve(s.Case, committedEntry); err != nil {
				return Result{}, err
			}
			mine = mine || committedEntry.Key == command.Key
		}
		switch {
		case mine:
			return Result{Version: s.Case.Version}, nil
		case committed.Refusal != nil:
			return Result{Version: s.Case.Version, Refusal: committed.Refusal}, nil
		case len(committed.Entries) == 0:
			// Nothing new and nothing written: the refusal stands.
			return Result{Version: s.Case.Version, Refusal: refusal}, nil
		}
	}
}

// localOptions: Commit never fails a case, so it is tried for a year.
func localOptions(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: 5 * time.Second, ScheduleToCloseTimeout: 365 * 24 * time.Hour,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: 200 * time.Millisecond, BackoffCoefficient: 4, MaximumInterval: 5 * time.Minute}})
}

// park shows the case to supervisors as a technical fault; the workflow goes on taking commands.
func (s *Shell) park(ctx workflow.Context, cause error) error {
	var canceled *temporal.CanceledError
	if errors.As(cause, &canceled) {
		return cause
	}
	s.log.Error("case parked as a technical fault", "case", s.Case.No, "error", cause)
	var gate *activities.Gate
	return workflow.ExecuteActivity(activityOptions(ctx, TaskQueue, time.Minute), gate.Park, activities.FaultInput{Case: s.Case.No, Fault: "technical"}).Get(ctx, nil)
}

func activityOptions(ctx workflow.Context, queue string, timeout time.Duration) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{TaskQueue: queue, StartToCloseTimeout: timeout, HeartbeatTimeout: time.Minute,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 5 * time.Minute}})
}

// finish ends the run once every handler has answered; commands that come late are told the outcome.
func (s *Shell) finish(ctx workflow.Context) error {
	for {
		for len(s.queue) > 0 {
			item := s.queue[0]
			s.queue = s.queue[1:]
			item.result, item.err = s.execute(ctx, item.command)
			item.done = true
		}
		if workflow.AllHandlersFinished(ctx) {
			return nil
		}
		if err := workflow.Await(ctx, func() bool { return len(s.queue) > 0 || workflow.AllHandlersFinished(ctx) }); err != nil {
			return err
		}
	}
}

func (s *Shell) continueAsNew(ctx workflow.Context) error {
	if err := workflow.Await(ctx, func() bool { return workflow.AllHandlersFinished(ctx) }); err != nil {
		return err
	}
	next := s.input
	next.First, next.State = nil, s.Case
	return workflow.NewContinueAsNewError(ctx, workflow.GetInfo(ctx).WorkflowType.Name, next)
}
