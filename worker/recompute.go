package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/workflows/signoff"
)

// recomputeTogether is how many cases are reckoned again at the same time.
const recomputeTogether = 8

// recompute reckons deadlines again after calendar edits: every second as many cases as the store
// hands out, each through the gate like any other command.
func recompute(ctx context.Context, store Store, send func(context.Context, view.RecomputeWork) error, logger *slog.Logger) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		work, err := store.TakeRecomputations(ctx)
		if err != nil && ctx.Err() == nil {
			logger.Warn("take cases whose deadlines are to be reckoned again", "error", err)
		}
		places := make(chan struct{}, recomputeTogether)
		var sent sync.WaitGroup
		for _, each := range work {
			places <- struct{}{}
			sent.Go(func() {
				defer func() { <-places }()
				failure := ""
				if err := send(ctx, each); err != nil {
					failure = err.Error()
					logger.Warn("reckon the deadlines of a case again; it is tried again in a minute", "case", each.Case, "error", err)
				}
				if err := store.FinishRecomputation(ctx, each, failure); err != nil && ctx.Err() == nil {
					logger.Warn("note a case whose deadlines were reckoned again", "case", each.Case, "error", err)
				}
			})
		}
		sent.Wait()
	}
}

// sendRecompute sends the command as the system.
func sendRecompute(temporal client.Client) func(context.Context, view.RecomputeWork) error {
	return func(ctx context.Context, work view.RecomputeWork) error {
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		key := fmt.Sprintf("recompute-%d", work.Version)
		command := approval.Command{Key: key, Action: approval.ActionRecomputeDeadlines, Actor: approval.Actor{Person: approval.SystemPerson}}
		handle, err := temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{WorkflowID: work.Case, UpdateName: signoff.ActUpdate, UpdateID: key, Args: []any{command}, WaitForStage: client.WorkflowUpdateStageCompleted})
		var result signoff.Result
		if err == nil {
			err = handle.Get(ctx, &result)
		}
		if err == nil && result.Refusal != nil {
			err = result.Refusal
		}
		if settled(err) {
			return nil
		}
		return err
	}
}

// settled reports whether an answer means that nothing is left to do: the case has ended, or its
// deadlines stay as they are.
func settled(err error) bool {
	var missing *serviceerror.NotFound
	if errors.As(err, &missing) {
		return true
	}
	refusal := &approval.Error{}
	var application *temporal.ApplicationError
	if errors.As(err, &application) && application.HasDetails() && application.Details(refusal) == nil || errors.As(err, &refusal) {
		return refusal.Code == approval.CodeCaseEnded || refusal.Code == approval.CodeWrongState
	}
	return false
}
