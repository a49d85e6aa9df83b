package signoff

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"jieli/activities"
	"jieli/approval"
)

// recheck is how long a wait goes without a wake before it counts its children itself.
const recheck = time.Hour

// awaitChildren starts the child cases of a wait once, then counts them at every wake and once an
// hour; commands on the case go on meanwhile. The end of the last child is a command like any other.
func (s *Shell) awaitChildren(ctx workflow.Context, visit int) error {
	var children *activities.Children
	if s.input.ChildrenVisit != visit {
		if err := workflow.ExecuteActivity(activityOptions(ctx, BulkQueue, 2*time.Hour), children.Start, s.Case.No).Get(ctx, nil); err != nil {
			return s.park(ctx, err)
		}
		s.input.ChildrenVisit = visit
	}
	var open int
	if err := workflow.ExecuteActivity(activityOptions(ctx, TaskQueue, 10*time.Second), children.Open, s.Case.No).Get(ctx, &open); err != nil {
		return s.park(ctx, err)
	}
	if open == 0 {
		_, err := s.execute(ctx, approval.Command{Key: fmt.Sprintf("children:%d", visit), Action: approval.ActionChildrenFinished, Visit: visit, Actor: approval.Actor{Person: approval.SystemPerson}})
		s.woken = true
		return err
	}
	_, err := workflow.AwaitWithTimeout(ctx, recheck, func() bool {
		return len(s.queue) > 0 || s.woken || s.updates >= s.input.UpdatesPerRun
	})
	return err
}
