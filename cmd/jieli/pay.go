package main

import (
	"context"
	"sync"
	"time"

	"jieli/activities"
	"jieli/internal/bank"
	"jieli/worker"
)

// payPace is how often released payments are put together and the bank's answers looked for.
const payPace = 5 * time.Second

// work runs the worker, pays by way of the bank's folder where there is one, and sends the messages that wait.
func (s *system) work(ctx context.Context, bankFolder string, outbox *activities.Outbox) error {
	ctx, cancel := context.WithCancel(ctx)
	var paying sync.WaitGroup
	defer paying.Wait()
	defer cancel()
	if bankFolder != "" {
		payments := &activities.Payments{Store: s.store, Bank: bank.Folder{Path: bankFolder}, Logger: s.logger}
		paying.Go(func() { payments.Run(ctx, payPace) })
	}
	paying.Go(func() { outbox.Run(ctx, messagePace) })
	return worker.Run(ctx, s.temporal, s.store, s.logger)
}

// simulateBank is the bank of the demonstration, at the other end of the folder.
func (s *system) simulateBank(ctx context.Context, folder bank.Folder) {
	simulator := bank.NewSimulator()
	ticker := time.NewTicker(payPace)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := simulator.Serve(ctx, folder); err != nil {
			s.logger.Warn("the simulated bank", "error", err)
		}
	}
}
