package signoff

import (
	"fmt"
	"slices"
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

// rememberedKeys is how many committed keys a run remembers, so that its validator lets a command
// that is sent again reach the journal's answer.
const rememberedKeys = 200

// recheck is how long a wait, or a step that failed, goes without a wake before it is looked at again.
const recheck = time.Hour

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
	// Keys are the keys committed last.
	Keys []string `json:"keys,omitempty"`
	// Fault is where the case is stuck, while it is shown to supervisors as a technical fault.
	Fault string `json:"fault,omitempty"`
}

// Result answers one command.
type Result struct {
	Version int64           `json:"version"`
	Refusal *approval.Error `json:"refusal,omitempty"`
}

// Between is what a procedure does between its stages: whatever the entries after since call for.
// It must be deterministic and safe to run again.
type Between func(ctx workflow.Context, shell *Shell, since int64) error

// Shell is one running case.
type Shell struct {
	Case *approval.Case

	input   Input
	between Between
	log     log.Logger
	queue   []*pending
	updates int
	woken   bool
	// deaf is the timer the case refused to hear of.
	deaf string
}

type pending struct {
	command approval.Command
	result  Result
	err     error
	done    bool
}

// Run carries a case to its end. Only an act of sign-off ends a case, so a request to cancel the
// workflow leaves it running.
func Run(ctx workflow.Context, input Input, between Between) error {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
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
		s.fold(*s.input.First)
	}
	if s.Case.Format > approval.Format {
		panic(fmt.Sprintf("case %s was folded by a newer program (format %d)", s.Case.No, s.Case.Format))
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
// guard: the journal may be one batch ahead, so a `seen` newer than this state passes, and so does
// a key that was committed, which has its answer already.
func (s *Shell) validate(_ workflow.Context, command approval.Command) error {
	if command.Seen > s.Case.Version || slices.Contains(s.input.Keys, command.Key) {
		return nil
	}
	if _, refusal := approval.Decide(s.Case, command); refusal != nil {
		return temporal.NewApplicationErrorWithOptions(refusal.Message.EN, string(refusal.Code), temporal.ApplicationErrorOptions{NonRetryable: true, Details: []any{refusal}})
	}
	return nil
}

// act queues a command and waits for its result.
func (s *Shell) act(ctx workflow.Context, command approval.Command) (Result, error) {
	ctx, _ = workflow.NewDisconnectedContext(ctx)
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
		s.serve(ctx)
		version := s.Case.Version
		watch := s.step(ctx)
		switch {
		case len(s.queue) > 0 || s.Case.Version != version:
			// Something came or changed meanwhile; it is looked at before resting.
		case s.Case.Ended() && !watch:
			return s.drain(ctx)
		case s.updates >= s.input.UpdatesPerRun || workflow.GetInfo(ctx).GetContinueAsNewSuggested():
			return s.continueAsNew(ctx)
		default:
			if err := s.rest(ctx, watch); err != nil {
				return err
			}
			s.expire(ctx)
		}
	}
}

// rest waits for a command, a wake or the case's timer, and no longer than recheck while something
// is watched.
func (s *Shell) rest(ctx workflow.Context, watch bool) error {
	roused := func() bool { return len(s.queue) > 0 || s.woken }
	longest, limited := s.untilTimer(ctx)
	if watch && (!limited || longest > recheck) {
		longest, limited = recheck, true
	}
	if !limited {
		return workflow.Await(ctx, roused)
	}
	_, err := workflow.AwaitWithTimeout(ctx, longest, roused)
	return err
}

// listen turns wake signals into a flag: a wake is a hint, whoever reads it looks for itself.
func (s *Shell) listen(ctx workflow.Context) {
	channel := workflow.GetSignalChannel(ctx, WakeSignal)
	for {
		channel.Receive(ctx, nil)
		s.woken = true
	}
}

// serve takes the queued commands in order.
func (s *Shell) serve(ctx workflow.Context) {
	for len(s.queue) > 0 {
		item := s.queue[0]
		s.queue = s.queue[1:]
		item.result, item.err = s.execute(ctx, item.command)
		item.done = true
	}
}

// Do waits for an activity, and goes on taking commands meanwhile.
func (s *Shell) Do(ctx workflow.Context, future workflow.Future, result any) error {
	for !future.IsReady() {
		if err := workflow.Await(ctx, func() bool { return future.IsReady() || len(s.queue) > 0 }); err != nil {
			return err
		}
		s.serve(ctx)
	}
	return future.Get(ctx, result)
}

// step runs what lies between the stages: the procedure's own steps after a change, and the wait
// for child cases. It reports whether to look again after a while though nobody acts.
func (s *Shell) step(ctx workflow.Context) (watch bool) {
	s.woken = false
	err := s.settle(ctx)
	if current := s.Case.Current(); err == nil && current != nil && current.Wait != nil {
		watch = true
		err = s.watchChildren(ctx, current.ID)
	}
	if err != nil {
		s.park(ctx, "step", err)
		return true
	}
	s.heal(ctx, "step")
	return watch
}

func (s *Shell) settle(ctx workflow.Context) error {
	version := s.Case.Version
	if s.between == nil || s.input.Settled >= version {
		return nil
	}
	if err := s.between(ctx, s, s.input.Settled); err != nil {
		return err
	}
	s.input.Settled = version
	return nil
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
			s.park(ctx, "commit", err)
			return Result{}, err
		}
		s.heal(ctx, "commit")
		mine := committed.Known
		for _, committedEntry := range committed.Entries {
			s.fold(committedEntry)
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

// fold takes in a committed entry. One that does not fold is a fault of the program: the workflow
// task fails and is tried again until a program that can fold it runs; the case itself never fails.
func (s *Shell) fold(entry approval.Entry) {
	if err := approval.Evolve(s.Case, entry); err != nil {
		panic(err)
	}
	s.input.Keys = append(s.input.Keys, entry.Key)
	if surplus := len(s.input.Keys) - rememberedKeys; surplus > 0 {
		s.input.Keys = slices.Delete(s.input.Keys, 0, surplus)
	}
}

// drain answers every command that has come.
func (s *Shell) drain(ctx workflow.Context) error {
	for len(s.queue) > 0 || !workflow.AllHandlersFinished(ctx) {
		s.serve(ctx)
		if err := workflow.Await(ctx, func() bool { return len(s.queue) > 0 || workflow.AllHandlersFinished(ctx) }); err != nil {
			return err
		}
	}
	return nil
}

func (s *Shell) continueAsNew(ctx workflow.Context) error {
	if err := s.drain(ctx); err != nil {
		return err
	}
	next := s.input
	next.First, next.State = nil, s.Case
	return workflow.NewContinueAsNewError(ctx, workflow.GetInfo(ctx).WorkflowType.Name, next)
}
