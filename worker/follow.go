package worker

import (
	"context"
	"log/slog"
	"time"

	"go.temporal.io/sdk/client"

	"jieli/internal/temporalgate"
	"jieli/internal/view"
)

// follow does to a first claim what was decided about a second one: it goes back to be agreed on anew, or ends. The
// command goes through the gate like any other, and the claim stays blocked until it has.
func follow(ctx context.Context, store Store, send func(context.Context, view.ClaimEffect) error, logger *slog.Logger) {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		effects, err := store.TakeClaimEffects(ctx)
		if err != nil && ctx.Err() == nil {
			logger.Warn("take what was decided about claims", "error", err)
		}
		for _, effect := range effects {
			if err := send(ctx, effect); err != nil {
				logger.Warn("do what was decided about a claim; it is tried again in a minute", "case", effect.Claim, "dispute", effect.Dispute, "error", err)
				continue
			}
			if err := store.FinishClaimEffect(ctx, effect); err != nil && ctx.Err() == nil {
				logger.Warn("note what was done to a claim", "case", effect.Claim, "error", err)
			}
		}
	}
}

// sendEffect sends the command as the system. A claim that has ended, or stands where it should, needs nothing.
func sendEffect(temporal client.Client) func(context.Context, view.ClaimEffect) error {
	return func(ctx context.Context, effect view.ClaimEffect) error {
		ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
		defer cancel()
		key := "dispute-" + effect.Dispute
		_, err := temporalgate.Gate{Client: temporal}.Act(ctx, effect.Claim, key, effect.Command(key))
		if settled(err) {
			return nil
		}
		return err
	}
}
