package worker

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
)

const (
	// faultPace is how often cases are looked at that should have moved and have not.
	faultPace = 5 * time.Second
	// suspectAge is how long something may be under way before it is looked at.
	suspectAge = 30 * time.Second
	suspects   = 200
	// A workflow task is tried again within seconds, an activity after minutes at most.
	failedWorkflowTasks = 3
	failedActivities    = 5
)

// watchFaults shows supervisors what a workflow cannot tell them itself: that its own code, or a step
// it waits for, fails again and again. The mark goes once it has got through.
func watchFaults(ctx context.Context, temporal client.Client, store Store, logger *slog.Logger) {
	ticker := time.NewTicker(faultPace)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		nos, err := store.Suspects(ctx, suspectAge, suspects)
		if err != nil && ctx.Err() == nil {
			logger.Warn("find cases that should have moved", "error", err)
		}
		for _, no := range nos {
			description, err := temporal.DescribeWorkflowExecution(ctx, no, "")
			var missing *serviceerror.NotFound
			if err != nil && !errors.As(err, &missing) {
				continue
			}
			if err := store.MarkFailing(ctx, no, err == nil && keepsFailing(description)); err != nil && ctx.Err() == nil {
				logger.Warn("mark a case that keeps failing", "case", no, "error", err)
			}
		}
	}
}

func keepsFailing(description *workflowservice.DescribeWorkflowExecutionResponse) bool {
	if task := description.GetPendingWorkflowTask(); task != nil && task.GetAttempt() >= failedWorkflowTasks {
		return true
	}
	for _, activity := range description.GetPendingActivities() {
		if activity.GetAttempt() >= failedActivities {
			return true
		}
	}
	return false
}
