package signoff

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"jieli/activities"
)

// park shows the case to supervisors as a technical fault; the workflow goes on taking commands.
func (s *Shell) park(ctx workflow.Context, where string, cause error) {
	s.log.Error("case parked as a technical fault", "case", s.Case.No, "where", where, "error", cause)
	if s.input.Fault == "" {
		s.input.Fault = where
		s.mark(ctx, "technical")
	}
}

// heal takes the mark away once what had failed has succeeded.
func (s *Shell) heal(ctx workflow.Context, where string) {
	if s.input.Fault == where {
		s.input.Fault = ""
		s.mark(ctx, "")
	}
}

func (s *Shell) mark(ctx workflow.Context, fault string) {
	var gate *activities.Gate
	err := workflow.ExecuteActivity(activityOptions(ctx, TaskQueue, time.Minute), gate.Park, activities.FaultInput{Case: s.Case.No, Fault: fault}).Get(ctx, nil)
	if err != nil {
		s.log.Error("the mark of a technical fault could not be written", "case", s.Case.No, "error", err)
	}
}

// localOptions: Commit never fails a case, so it is tried for a year.
func localOptions(ctx workflow.Context) workflow.Context {
	return workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{
		StartToCloseTimeout: 5 * time.Second, ScheduleToCloseTimeout: 365 * 24 * time.Hour,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: 200 * time.Millisecond, BackoffCoefficient: 4, MaximumInterval: 5 * time.Minute}})
}

func activityOptions(ctx workflow.Context, queue string, timeout time.Duration) workflow.Context {
	return workflow.WithActivityOptions(ctx, workflow.ActivityOptions{TaskQueue: queue, StartToCloseTimeout: timeout, HeartbeatTimeout: time.Minute,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 5 * time.Minute}})
}
