package approval

import "slices"

// taskActions are the acts on one task, in the order screens offer them.
var taskActions = []Action{ActionApprove, ActionResolve, ActionReturn, ActionReject, ActionNotAccept, ActionClaim, ActionRelease,
	ActionTransfer, ActionDelegate, ActionAddSigner, ActionRemoveSigner, ActionSuspend, ActionResume, ActionCorrect}

// caseActions are the acts on the whole case.
var caseActions = []Action{ActionWithdraw, ActionRecall, ActionCC, ActionRead, ActionComment, ActionAttach}

// oversightActions are those of initiators, heads and supervisors, who need not hold the task.
var oversightActions = []Action{ActionUrge, ActionSupervise, ActionReassign, ActionExtend}

// offered are the acts that make sense on a kind of task; remove-signer is offered to whoever may.
var offered = map[TaskKind][]Action{
	TaskBefore:    {ActionApprove, ActionReturn, ActionClaim, ActionRelease, ActionTransfer},
	TaskAfter:     {ActionApprove, ActionReturn, ActionClaim, ActionRelease, ActionTransfer},
	TaskAdvisory:  {ActionResolve, ActionClaim, ActionRelease, ActionTransfer},
	TaskDelegated: {ActionResolve, ActionClaim, ActionRelease, ActionTransfer},
}

// Permitted is one line of what an actor may do now; Refusal says why not, and who could.
type Permitted struct {
	Action  Action
	TaskID  string
	Refusal *Error
}

// Actions lists every act on the case for one actor with the reason for each that is not allowed.
// who carries the actor, their posts, whom they stand in for, and the moment. Only what is asked
// for is checked: opinions, targets and form values come with the command itself.
func Actions(c *Case, who Command) []Permitted {
	who.Seen = c.Version
	var permitted []Permitted
	offer := func(action Action, task string, check func(Command) *Error) {
		command := who
		command.Action, command.TaskID = action, task
		refusal := endedError(c)
		if refusal == nil {
			refusal = check(command)
		}
		permitted = append(permitted, Permitted{Action: action, TaskID: task, Refusal: refusal})
	}
	if current := c.Current(); current != nil && !c.Ended() {
		for i := range current.Tasks {
			task := &current.Tasks[i]
			if !task.Unsigned() {
				continue
			}
			onTask := func(command Command) *Error { return checkTask(c, command, current, task) }
			if who.belongs(task.Office) {
				for _, action := range taskActions {
					if c.offers(current, task, action) {
						offer(action, task.ID, onTask)
					}
				}
			}
			if task.Kind != TaskSigner && checkRemoval(c, who, current, task) == nil {
				offer(ActionRemoveSigner, task.ID, onTask)
			}
			if who.oversees() || who.belongs(task.Office) {
				oversee := func(command Command) *Error { return checkOversight(c, command) }
				offer(ActionReassign, task.ID, oversee)
				offer(ActionExtend, task.ID, oversee)
			}
		}
	}
	for i := range c.Supervisions {
		supervision := &c.Supervisions[i]
		if supervision.State == TaskOpen && who.belongs(supervision.Office) {
			offer(ActionResolve, supervision.ID, func(command Command) *Error { return checkReply(supervision, command) })
		}
	}
	for _, action := range caseActions {
		offer(action, "", func(command Command) *Error { return checkCase(c, command) })
	}
	if who.Actor.Person == c.Initiator || who.oversees() {
		offer(ActionUrge, "", func(command Command) *Error { return checkOversight(c, command) })
	}
	if who.oversees() {
		offer(ActionSupervise, "", func(command Command) *Error { return checkOversight(c, command) })
	}
	return permitted
}

// belongs reports whether the actor has a post in an office, or stands in for somebody who has.
func (command Command) belongs(office string) bool {
	return slices.ContainsFunc(command.Posts, func(p Post) bool { return p.Office == office }) ||
		slices.ContainsFunc(command.StandsInFor, func(s Substitution) bool { return s.Office == office })
}

// offers reports whether an act makes sense on a task at all.
func (c *Case) offers(visit *Visit, task *Task, action Action) bool {
	if action == ActionResume || action == ActionSuspend {
		return task.Kind == TaskSigner && (action == ActionResume) == (c.Suspension != nil) && (action == ActionResume || len(c.Stage(visit.Stage).SuspendReasons) > 0)
	}
	if list, added := offered[task.Kind]; added {
		return slices.Contains(list, action)
	}
	return action != ActionResolve && action != ActionRemoveSigner
}
