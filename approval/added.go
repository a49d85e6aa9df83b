package approval

import (
	"slices"
)

// standing is the post a person acts in on a task, and the absent officer they stand in for.
type standing struct {
	role   Role
	absent Substitution
	// widened is set when the act rests on the escalation to the head of the office.
	widened bool
}

// standing finds by which right the actor may act on a task: their own post, that of somebody they
// stand in for, or as head of an office whose task was escalated.
func (c *Case) standing(command Command, visit *Visit, task *Task) (standing, bool) {
	own := slices.Contains(command.Posts, Post{Office: task.Office, Role: task.Role})
	if own && (task.Owner == "" || task.Owner == command.Actor.Person) {
		return standing{role: task.Role}, true
	}
	for _, absent := range command.StandsInFor {
		if absent.Office == task.Office && (absent.Role == "" || absent.Role == task.Role) && (task.Owner == "" || task.Owner == absent.Person || task.Owner == command.Actor.Person) {
			return standing{role: task.Role, absent: absent}, true
		}
	}
	if own {
		// A colleague holds it, and is not absent.
		return standing{role: task.Role}, true
	}
	if visit.Escalated > 0 && task.Kind == TaskSigner && command.heads(task.Office) {
		return standing{role: RoleHead, widened: true}, true
	}
	return standing{}, false
}

// checkAdded applies the rules of tasks that wait for others, or that others were added to.
func checkAdded(command Command, visit *Visit, task *Task) *Error {
	if task.State == TaskWaiting {
		switch {
		case len(visit.HoldUps(task.ID)) == 0:
			return Refuse(CodeNotYetYourTurn, "尚未轮到本任务，须待前一位签署后办理", "it is not this task's turn; the signer before comes first")
		case !slices.Contains([]Action{ActionReturn, ActionTransfer, ActionReassign, ActionRemoveSigner}, command.Action):
			return Refuse(CodeWaitingForSigners, "加签或协办尚未反馈；可先减签、转办或退回", "added signers or a delegate have not answered; remove them, transfer or return the task")
		}
	}
	switch task.Kind {
	case TaskAdvisory, TaskDelegated:
		if !slices.Contains([]Action{ActionResolve, ActionClaim, ActionRelease, ActionTransfer}, command.Action) {
			return Refuse(CodeWrongState, "协办或征询意见的任务以“反馈”办结", "a task that asks for an opinion is finished by resolving it")
		}
	case TaskBefore, TaskAfter:
		if slices.Contains([]Action{ActionReject, ActionNotAccept, ActionCorrect, ActionDelegate, ActionAddSigner, ActionSuspend, ActionResolve}, command.Action) {
			return Refuse(CodeWrongState, "加签任务只能同意、退回或转办", "an added signer may approve, return or transfer")
		}
	case TaskSigner:
		if command.Action == ActionResolve {
			return Refuse(CodeWrongState, "只有协办、征询或督办事项可以反馈", "only a delegate, an advisor or a supervised office resolves")
		}
	}
	return nil
}

// checkHelpers asks whom a delegation or an added signer names.
func checkHelpers(c *Case, command Command) *Error {
	visit, task := c.Task(command.TaskID)
	stage := c.Stage(visit.Stage)
	targets, location := command.Signers, "signers"
	if command.Action == ActionDelegate {
		location = "target"
		if command.Target != nil {
			targets = []Target{*command.Target}
		}
	} else if command.Kind != TaskBefore && command.Kind != TaskAfter && command.Kind != TaskAdvisory {
		return Invalid("kind", "请选择前加签、后加签或征询意见", "choose before, after or advisory")
	}
	if len(targets) == 0 || len(targets) > MaximumSigners {
		return Invalid(location, "请选择 1 至 20 位人员或单位", "choose 1 to 20 officers or offices")
	}
	for i, target := range targets {
		if target.Office == "" {
			return Invalid(location, "请选择单位", "choose the office")
		}
		if addedRole(task, target) == "" {
			return Refuse(CodeTargetLacksRole, "所选单位没有可办理的岗位", "nobody there holds a post that signs")
		}
		if target.Person == command.Actor.Person {
			return Invalid(location, "不能选择自己", "it cannot be yourself")
		}
		twice := func(other Target) bool { return other.Office == target.Office && other.Person == target.Person }
		if slices.ContainsFunc(targets[:i], twice) {
			return Invalid(location, "人员重复", "the same one is named twice")
		}
		for _, other := range visit.Tasks {
			same := other.Serves == task.ID && other.Unsigned() && other.Office == target.Office
			if same && other.Owner == target.Person {
				return Invalid(location, "已向其加签或协办，尚未反馈", "they have been asked already and have not answered")
			}
		}
		if target.Person != "" && command.Kind != TaskAdvisory {
			if other := c.Conflict(stage, target.Person, nil); other != "" {
				return Refuse(CodeConflictOfDuties, "所选人员已办理"+c.Stage(other).Title.ZH+"，与本环节不相容，请选择他人",
					"the person signed "+c.Stage(other).Title.EN+", which is incompatible; choose someone else")
			}
		}
	}
	return nil
}

// MaximumSigners is how many signers one command may add.
const MaximumSigners = 20

// addTasks records the tasks that serve another one, and what the owner does meanwhile.
func (c *Case) addTasks(command Command, visit *Visit, task *Task, kind TaskKind, targets []Target, entry *Entry) {
	number := len(visit.Tasks)
	var added []Task
	for _, target := range targets {
		number++
		one := Task{ID: TaskID(c.No, visit.ID, number), Office: target.Office, Role: addedRole(task, target), Owner: target.Person, State: TaskOpen,
			Kind: kind, Serves: task.ID, AddedBy: command.Actor.Person, Due: task.Due, DueRule: task.DueRule, Reminders: task.Reminders}
		if kind == TaskAfter {
			one.State = TaskWaiting
		}
		added = append(added, one)
	}
	entry.add(Event{Kind: EventTaskAdded, Task: task.ID, Tasks: added})
}

// checkRemoval applies the rules of taking an added signer out again.
func checkRemoval(c *Case, command Command, visit *Visit, task *Task) *Error {
	if task.Kind == TaskSigner {
		return Refuse(CodeWrongState, "减签只能撤下加签或协办的任务", "only an added task can be removed")
	}
	served := visit.task(task.Serves)
	mine := task.AddedBy == command.Actor.Person
	if served != nil {
		_, holds := c.standing(command, visit, served)
		mine = mine || holds && served.Owner == command.Actor.Person
	}
	if !mine {
		return Refuse(CodeForbidden, "由加签人或现承办人减签", "who added the signer, or who holds the task now, may remove them")
	}
	if !task.Unsigned() {
		return Refuse(CodeWrongState, "该加签已签署，不能减签", "the added signer has signed already")
	}
	if c.Suspension != nil {
		return suspendedError(c)
	}
	if command.Seen < task.Basis {
		return staleError()
	}
	return nil
}

// remove records a removal; the owner goes on once nobody holds them up.
func (c *Case) remove(visit *Visit, task *Task, entry *Entry) {
	entry.add(Event{Kind: EventTaskRemoved, Task: task.ID})
	draft := visit.clone()
	draft.task(task.ID).State = TaskSuperseded
	served := draft.task(task.Serves)
	if served == nil {
		return
	}
	switch {
	case served.State == TaskWaiting && len(draft.HoldUps(served.ID)) == 0 && (task.Kind == TaskBefore || task.Kind == TaskDelegated):
		entry.add(Event{Kind: EventTaskResumed, Task: served.ID})
	case served.State == TaskSigned && task.Kind == TaskAfter && task.State == TaskOpen:
		// Whoever was asked next has been taken out: the next one's turn, or the signature counts now.
		c.settle(entry, visit, draft, served, served)
	}
}
