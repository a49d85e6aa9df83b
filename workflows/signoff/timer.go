package signoff

import (
	"fmt"
	"time"

	"go.temporal.io/sdk/workflow"

	"jieli/approval"
)

// untilTimer is how long it is until the case changes by itself. The timer follows from the case, so
// that a return, a new deadline or a suspension needs no cancelling: whatever wakes the shell, it
// looks again. A timer the case would not hear of is looked at again after recheck.
func (s *Shell) untilTimer(ctx workflow.Context) (time.Duration, bool) {
	timer := s.Case.Timer()
	if timer == nil {
		return 0, false
	}
	left := timer.At.Sub(workflow.Now(ctx))
	if left <= 0 && s.deaf == keyOf(timer) {
		return recheck, true
	}
	return max(left, time.Millisecond), true
}

// expire sends the command of a timer that has run out, unless somebody was quicker: their command
// is in the queue, and is taken first.
func (s *Shell) expire(ctx workflow.Context) {
	timer := s.Case.Timer()
	if timer == nil || len(s.queue) > 0 || workflow.Now(ctx).Before(timer.At) {
		return
	}
	result, err := s.execute(ctx, approval.Command{Key: keyOf(timer), Action: approval.ActionExpire, Visit: timer.Visit, Moment: timer.At,
		Actor: approval.Actor{Person: approval.SystemPerson}})
	now := s.Case.Timer()
	if err == nil && result.Refusal != nil && now != nil && keyOf(now) == keyOf(timer) {
		// What the timer is to do cannot be done, for want of an office for the next stage, say.
		s.deaf = keyOf(timer)
		s.park(ctx, "timer", result.Refusal)
		return
	}
	s.deaf = ""
	s.heal(ctx, "timer")
}

// keyOf names a timer; the same one never has two effects.
func keyOf(timer *approval.Timer) string {
	return fmt.Sprintf("timer:%d:%s:%d", timer.Visit, timer.Kind, timer.At.Unix())
}
