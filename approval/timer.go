package approval

import "time"

// TimerKind is what a timer does when it runs out.
type TimerKind string

// The kinds of timers.
const (
	TimerEscalate TimerKind = "escalate"
	TimerApprove  TimerKind = "approve"
	TimerEnd      TimerKind = "end"
	TimerResume   TimerKind = "resume"
)

// Timer is the next moment at which the open visit changes by itself. It follows from the case, so
// there is never more than one, it ends with its visit, and a return or a new deadline brings it back.
type Timer struct {
	Visit int
	Kind  TimerKind
	At    time.Time
}

// Timer is the timer of the open visit; nil when nothing happens by itself.
func (c *Case) Timer() *Timer {
	visit := c.Current()
	if visit == nil || c.Ended() {
		return nil
	}
	if c.Suspension != nil {
		if c.Suspension.Until == nil {
			return nil
		}
		return &Timer{Visit: visit.ID, Kind: TimerResume, At: *c.Suspension.Until}
	}
	expiry := c.Stage(visit.Stage).Expiry
	if expiry == nil {
		return nil
	}
	switch expiry.Action {
	case ExpiryApprove, ExpiryEnd:
		if due := visit.earliestDue(); due != nil {
			kind := TimerApprove
			if expiry.Action == ExpiryEnd {
				kind = TimerEnd
			}
			return &Timer{Visit: visit.ID, Kind: kind, At: *due}
		}
	case ExpiryEscalate:
		switch visit.Escalated {
		case 0:
			if due := visit.earliestDue(); due != nil {
				return &Timer{Visit: visit.ID, Kind: TimerEscalate, At: *due}
			}
		case 1:
			if late := visit.latestReminder(); late != nil {
				return &Timer{Visit: visit.ID, Kind: TimerEscalate, At: *late}
			}
		}
	}
	return nil
}

// earliestDue is the first deadline of the tasks that are still to be signed.
func (v *Visit) earliestDue() *time.Time {
	var earliest *time.Time
	for i := range v.Tasks {
		task := &v.Tasks[i]
		if task.Kind == TaskSigner && task.Unsigned() && task.Due != nil && (earliest == nil || task.Due.Before(*earliest)) {
			earliest = task.Due
		}
	}
	return earliest
}

// latestReminder is the first of the last reminders (150 % of the allowed time) of open tasks.
func (v *Visit) latestReminder() *time.Time {
	var earliest *time.Time
	for i := range v.Tasks {
		task := &v.Tasks[i]
		if task.Kind != TaskSigner || !task.Unsigned() || len(task.Reminders) == 0 {
			continue
		}
		if last := task.Reminders[len(task.Reminders)-1]; earliest == nil || last.Before(*earliest) {
			earliest = &last
		}
	}
	return earliest
}

// decideExpire does what the stage says once its timer has run out. A timer that is no longer the
// case's changes nothing: a decision made meanwhile stands.
func decideExpire(c *Case, command Command, entry *Entry) *Error {
	timer := c.Timer()
	if timer == nil || timer.Visit != command.Visit || !timer.At.Equal(command.Moment) {
		return Refuse(CodeWrongState, "该时限已不适用", "that timer no longer applies")
	}
	visit := c.visitByID(timer.Visit)
	entry.Stage, entry.Visit = visit.Stage, visit.ID
	switch timer.Kind {
	case TimerResume:
		c.resume(entry, visit)
	case TimerEscalate:
		entry.add(Event{Kind: EventEscalated, Visit: visit.ID, Level: visit.Escalated + 1})
	case TimerApprove:
		stage := c.Stage(visit.Stage)
		entry.Clause = stage.Expiry.Clause
		closed := Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeExpired}
		if stage.FinalApproval {
			closed.Final = new(true)
		}
		entry.add(closed)
		c.advance(visit, entry)
	case TimerEnd:
		entry.Clause = c.Stage(visit.Stage).Expiry.Clause
		entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeExpired})
		c.end(entry, CaseExpired)
	}
	return nil
}

// CheckMoment refuses what the hour of writing forbids; Commit asks it. Decide has refused what
// could be known when the command was sent (tooSoon).
func CheckMoment(c *Case, entry Entry, at time.Time) *Error {
	for _, event := range entry.Events {
		_, task := c.Task(event.Task)
		switch {
		case event.Kind == EventUrged && !task.mayBeUrged(at):
			return coolDownError()
		case event.Kind == EventSuspended && event.Suspension.Until != nil && !event.Suspension.Until.After(at):
			return Invalid("until", "恢复日期应晚于今天", "it must end later than today")
		case event.Kind == EventSupervised && event.Supervision.Due != nil && !event.Supervision.Due.After(at):
			return Invalid("due", "回复时限应晚于现在", "the deadline of the reply must be in the future")
		case event.Kind == EventDeadlinesMoved && event.Extended:
			for _, deadline := range event.Deadlines {
				if refusal := c.checkExtension(deadline, at); refusal != nil {
					return refusal
				}
			}
		}
	}
	return nil
}

func (c *Case) checkExtension(deadline Deadline, at time.Time) *Error {
	_, task := c.Task(deadline.Task)
	switch {
	case task == nil || task.Due == nil:
		return Refuse(CodeWrongState, "该任务没有办理时限", "this task has no deadline")
	case !at.IsZero() && !at.Before(*task.Due):
		return Refuse(CodeDeadlinePassed, "办理时限已过，不能再延长", "the deadline has passed; it can no longer be extended")
	case deadline.Due != nil && !deadline.Due.After(*task.Due):
		return Invalid("due", "新的时限应晚于原时限", "the new deadline must be later than the present one")
	}
	return nil
}

// mayBeUrged reports whether the cool-down since the last urge is over.
func (t *Task) mayBeUrged(at time.Time) bool { return t.NextUrge == nil || !at.Before(*t.NextUrge) }

// tooSoon refuses an urge within the cool-down of every task it speaks of.
func tooSoon(c *Case, command Command) *Error {
	for _, task := range c.urged(command.TaskID) {
		if task.mayBeUrged(command.Moment) {
			return nil
		}
	}
	return coolDownError()
}

func coolDownError() *Error {
	return Refuse(CodeCoolDown, "一个工作日内已催办，请稍后再催", "it was urged within the last working day; wait before urging again")
}
