package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"go.temporal.io/sdk/client"

	"jieli/approval"
	"jieli/internal/temporalgate"
	"jieli/internal/view"
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
		_, err := temporalgate.Gate{Client: temporal}.Act(ctx, work.Case, key, command)
		if settled(err) {
			return nil
		}
		return err
	}
}

// settled reports whether an answer means that nothing is left to do: the case has ended, or its
// deadlines stay as they are.
func settled(err error) bool {
	var refusal *approval.Error
	return errors.Is(err, temporalgate.ErrEnded) || errors.As(err, &refusal) && (refusal.Code == approval.CodeCaseEnded || refusal.Code == approval.CodeWrongState)
}
