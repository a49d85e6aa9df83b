package handover

import (
	"time"

	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/workflow"

	"jieli/activities"
	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/signoff"
)

// Name is the workflow type on the wire.
const Name = procedures.TypeHandover

// Workflow carries one handover to its end.
func Workflow(ctx workflow.Context, input signoff.Input) error {
	return signoff.Run(ctx, input, between)
}

// between redacts the stored upload as soon as the organisation department has confirmed its
// screening: of a centrally managed person nothing may be kept (S2.3).
func between(ctx workflow.Context, shell *signoff.Shell, since int64) error {
	if !screeningConfirmed(shell.Case, since) {
		return nil
	}
	var rosters *activities.Rosters
	options := workflow.WithActivityOptions(ctx, workflow.ActivityOptions{TaskQueue: signoff.BulkQueue, StartToCloseTimeout: 10 * time.Minute,
		RetryPolicy: &temporal.RetryPolicy{InitialInterval: time.Second, BackoffCoefficient: 2, MaximumInterval: 5 * time.Minute}})
	return shell.Do(ctx, workflow.ExecuteActivity(options, rosters.Redact, shell.Case.No), nil)
}

// screeningConfirmed reports whether one of the entries after since confirmed the screening.
func screeningConfirmed(c *approval.Case, since int64) bool {
	for i := range c.Visits {
		visit := &c.Visits[i]
		if visit.Stage == procedures.StageScreeningConfirm && visit.Outcome == approval.OutcomeApproved && visit.Signature > since {
			return true
		}
	}
	return false
}
