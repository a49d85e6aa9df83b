package worker

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"jieli/activities"
	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/workflows/archive"
	"jieli/workflows/archiveaccess"
	"jieli/workflows/archivehold"
	"jieli/workflows/archiverecall"
	"jieli/workflows/archivereview"
	"jieli/workflows/benefit"
	"jieli/workflows/claimdispute"
	"jieli/workflows/death"
	"jieli/workflows/dispute"
	"jieli/workflows/formreview"
	"jieli/workflows/handover"
	"jieli/workflows/identity"
	"jieli/workflows/intake"
	"jieli/workflows/managementform"
	"jieli/workflows/party"
	"jieli/workflows/partybranch"
	"jieli/workflows/payee"
	"jieli/workflows/reception"
	"jieli/workflows/recovery"
	"jieli/workflows/rescission"
	"jieli/workflows/signoff"
	"jieli/workflows/transition"
	"jieli/workflows/trueup"
)

// Store is what the worker process needs of the database.
type Store interface {
	activities.Committer
	activities.ChildStore
	activities.UploadStore
	TakeRollUps(ctx context.Context, limit int) ([]string, error)
	Remind(ctx context.Context, limit int) (int, error)
	Unstarted(ctx context.Context, age time.Duration, limit int) ([]approval.Entry, error)
	ForgetNotices(ctx context.Context) error
	TakeRecomputations(ctx context.Context) ([]view.RecomputeWork, error)
	FinishRecomputation(ctx context.Context, work view.RecomputeWork, failure string) error
	Suspects(ctx context.Context, age time.Duration, limit int) ([]string, error)
	MarkFailing(ctx context.Context, no string, failing bool) error
	BeginTrueUps(ctx context.Context) (int, error)
	TakeClaimEffects(ctx context.Context) ([]view.ClaimEffect, error)
	FinishClaimEffect(ctx context.Context, effect view.ClaimEffect) error
}

// workflows is the registration of every procedure: one line each.
var workflows = map[string]any{
	procedures.TypeHandover:    handover.Workflow,
	procedures.TypeIntake:      intake.Workflow,
	procedures.TypeReception:   reception.Workflow,
	procedures.TypeArchive:     archive.Workflow,
	procedures.TypeParty:       party.Workflow,
	procedures.TypePartyBranch: partybranch.Workflow,
	procedures.TypeDispute:     dispute.Workflow,
	procedures.TypeIdentity:    identity.Workflow,
	procedures.TypeBenefit:     benefit.Workflow,
	procedures.TypePayee:       payee.Workflow,

	procedures.TypeArchiveAccess: archiveaccess.Workflow,
	procedures.TypeArchiveRecall: archiverecall.Workflow,
	procedures.TypeArchiveHold:   archivehold.Workflow,
	procedures.TypeArchiveReview: archivereview.Workflow,

	procedures.TypeEntrustment:      managementform.Workflow,
	procedures.TypeWholeTransfer:    managementform.Workflow,
	procedures.TypeAgencyManagement: managementform.Workflow,
	procedures.TypeExistingBody:     managementform.Workflow,
	procedures.TypeFormReview:       formreview.Workflow,
	procedures.TypeTransition:       transition.Workflow,
	procedures.TypeDeath:            death.Workflow,
	procedures.TypeRescission:       rescission.Workflow,
	procedures.TypeRecovery:         recovery.Workflow,
	procedures.TypeClaimDispute:     claimdispute.Workflow,
	procedures.TypeTrueUp:           trueup.Workflow,
}

// RegisterWorkflows registers every workflow under its type key; replay tests use it too.
func RegisterWorkflows(registry worker.WorkflowRegistry) {
	for name, function := range workflows {
		registry.RegisterWorkflowWithOptions(function, workflow.RegisterOptions{Name: name})
	}
}

// Run works until the context ends, then finishes what it holds.
func Run(ctx context.Context, temporal client.Client, store Store, logger *slog.Logger) error {
	starter := Starter{Client: temporal}
	register := func(registry worker.ActivityRegistry) {
		registry.RegisterActivity(&activities.Gate{Store: store})
		registry.RegisterActivity(&activities.Children{Store: store, Starter: starter})
		registry.RegisterActivity(&activities.Rosters{Store: store})
	}
	cases := worker.New(temporal, signoff.TaskQueue, worker.Options{WorkerStopTimeout: 10 * time.Second,
		MaxConcurrentWorkflowTaskPollers: 8, MaxConcurrentActivityTaskPollers: 4})
	RegisterWorkflows(cases)
	register(cases)
	// Batches have their own queue and rate, so that they never slow a signature.
	bulk := worker.New(temporal, signoff.BulkQueue, worker.Options{WorkerStopTimeout: 10 * time.Second, DisableWorkflowWorker: true, MaxConcurrentActivityExecutionSize: 4})
	register(bulk)
	for _, w := range []worker.Worker{cases, bulk} {
		if err := w.Start(); err != nil {
			return err
		}
	}
	logger.Info("worker started")
	var background sync.WaitGroup
	background.Go(func() { recompute(ctx, store, sendRecompute(temporal), logger) })
	background.Go(func() { follow(ctx, store, sendEffect(temporal), logger) })
	background.Go(func() { watchFaults(ctx, temporal, store, logger) })
	tend(ctx, temporal, store, starter, logger)
	background.Wait()
	cases.Stop()
	bulk.Stop()
	return nil
}

// remindersAtOnce paces reminders: so many every five seconds.
const remindersAtOnce = 200

// tend folds roll-ups, wakes the parents whose last child has ended, starts the workflow of cases
// that were written while Temporal was away, sends reminders, begins true-ups of benefits whose figure was
// published, and removes notices read long ago.
func tend(ctx context.Context, temporal client.Client, store Store, starter Starter, logger *slog.Logger) {
	ticker := time.NewTicker(250 * time.Millisecond)
	defer ticker.Stop()
	for ticks := 0; ; ticks++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		parents, err := store.TakeRollUps(ctx, 1000)
		if err != nil && ctx.Err() == nil {
			logger.Warn("fold roll-ups", "error", err)
		}
		for _, parent := range parents {
			if parent == "" {
				continue
			}
			if err := temporal.SignalWorkflow(ctx, parent, "", signoff.WakeSignal, nil); err != nil {
				logger.Warn("wake a parent; it looks again by itself within the hour", "case", parent, "error", err)
			}
		}
		if ticks%20 == 0 {
			startForgotten(ctx, store, starter, logger)
			if _, err := store.Remind(ctx, remindersAtOnce); err != nil && ctx.Err() == nil {
				logger.Warn("send reminders", "error", err)
			}
		}
		if ticks%40 == 0 {
			if _, err := store.BeginTrueUps(ctx); err != nil && ctx.Err() == nil {
				logger.Warn("begin true-ups; it is tried again", "error", err)
			}
		}
		if ticks%400 == 0 {
			if err := store.ForgetNotices(ctx); err != nil && ctx.Err() == nil {
				logger.Warn("remove notices read long ago", "error", err)
			}
		}
	}
}

func startForgotten(ctx context.Context, store Store, starter Starter, logger *slog.Logger) {
	entries, err := store.Unstarted(ctx, 10*time.Second, 200)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if err := starter.StartCase(ctx, entry); err != nil {
			logger.Warn("start a case that has no workflow yet", "case", entry.Case, "error", err)
			continue
		}
		if err := store.MarkStarted(ctx, entry.Case); err != nil {
			logger.Warn("mark a case as started", "case", entry.Case, "error", err)
		}
	}
}
