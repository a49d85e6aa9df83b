package signoff

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"jieli/activities"
	"jieli/approval"
)

// watchChildren starts the child cases of a wait once and counts those still open, at every wake
// and once an hour; commands on the case go on meanwhile. The end of the last child is a command
// like any other.
func (s *Shell) watchChildren(ctx workflow.Context, visit int) error {
	var children *activities.Children
	if s.input.ChildrenVisit != visit {
		if err := s.Do(ctx, workflow.ExecuteActivity(activityOptions(ctx, BulkQueue, 2*time.Hour), children.Start, s.Case.No), nil); err != nil {
			return err
		}
		s.input.ChildrenVisit = visit
	}
	var open int
	if err := s.Do(ctx, workflow.ExecuteActivity(activityOptions(ctx, TaskQueue, 10*time.Second), children.Open, s.Case.No), &open); err != nil {
		return err
	}
	if open > 0 {
		return nil
	}
	result, err := s.execute(ctx, approval.Command{Key: fmt.Sprintf("children:%d", visit), Action: approval.ActionChildrenFinished,
		Visit: visit, Actor: approval.Actor{Person: approval.SystemPerson}})
	if current := s.Case.Current(); err == nil && result.Refusal != nil && current != nil && current.ID == visit {
		// The wait cannot end, for want of an office for the next stage, say: somebody has to see to it.
		return result.Refusal
	}
	return err
}
