package approval

import (
	"cmp"
	"fmt"
	"slices"
	"time"
)

// SupervisionKind is the form a supervision takes, by the office it goes to.
type SupervisionKind string

// The forms of supervision; letters to Party offices and enterprises are neither ranked nor counted.
const (
	SupervisionOrder    SupervisionKind = "order"    // 督办
	SupervisionRequest  SupervisionKind = "request"  // 商请函
	SupervisionReminder SupervisionKind = "reminder" // 提醒函
)

// Supervision is a task of its own, with a deadline and a reply, for the head of the office that is
// to see to the case. It belongs to the case, not to a visit, and never signs in anybody's place.
type Supervision struct {
	ID        string          `json:"id"`
	Kind      SupervisionKind `json:"kind"`
	Office    string          `json:"office"`
	By        string          `json:"by"`
	ByOffice  string          `json:"byOffice"`
	Opinion   string          `json:"opinion"`
	Stage     string          `json:"stage"`
	At        time.Time       `json:"at,omitzero"`
	Due       *time.Time      `json:"due,omitempty"`
	DueRule   *DueRule        `json:"dueRule,omitempty"`
	State     TaskState       `json:"state"`
	Basis     int64           `json:"basis"`
	Reply     string          `json:"reply,omitempty"`
	RepliedBy string          `json:"repliedBy,omitempty"`
	RepliedAt *time.Time      `json:"repliedAt,omitempty"`
}

// SupervisionID names the n-th supervision of a case, n counted from 1.
func SupervisionID(no string, n int) string { return fmt.Sprintf("%s.s%d", no, n) }

// oversees reports whether the actor supervises.
func (command Command) oversees() bool {
	return slices.ContainsFunc(command.Posts, func(p Post) bool { return p.Role == RoleSupervisor })
}

// heads reports whether the actor heads an office.
func (command Command) heads(office string) bool {
	return slices.Contains(command.Posts, Post{Office: office, Role: RoleHead})
}

// urged are the open tasks an urge speaks of: the one it names, or all that somebody is to sign.
func (c *Case) urged(taskID string) []*Task {
	var tasks []*Task
	if current := c.Current(); current != nil {
		for i := range current.Tasks {
			task := &current.Tasks[i]
			if task.State == TaskOpen && (taskID == "" && task.Kind != TaskAdvisory || task.ID == taskID) {
				tasks = append(tasks, task)
			}
		}
	}
	return tasks
}

// checkOversight applies the rules of the acts of initiators, heads and supervisors.
func checkOversight(c *Case, command Command) *Error {
	if c.Suspension != nil && command.Action != ActionSupervise && command.Action != ActionReassign {
		return suspendedError(c)
	}
	switch command.Action {
	case ActionUrge:
		if command.Actor.Person != c.Initiator && !command.oversees() {
			return Refuse(CodeForbidden, "由申请人或督查督办人员催办", "the initiator or a supervisor may urge")
		}
		if len(c.urged(command.TaskID)) == 0 {
			return Refuse(CodeWrongState, "没有可催办的任务", "there is no open task to urge")
		}
		return tooSoon(c, command)
	case ActionSupervise:
		if !command.oversees() {
			return Refuse(CodeForbidden, "由督查督办人员发起督办", "only a supervisor may supervise")
		}
		if c.supervisedOffice(command) == "" {
			return Refuse(CodeWrongState, "没有可督办的承办单位", "no office holds the case")
		}
	case ActionReassign, ActionExtend:
		_, task := c.Task(command.TaskID)
		if task == nil {
			return NotFound()
		}
		if !command.oversees() && !command.heads(task.Office) {
			if command.Action == ActionExtend {
				return Refuse(CodeForbidden, "由承办单位负责人或督查督办人员延长办理时限", "the head of the office or a supervisor may extend the deadline")
			}
			return Refuse(CodeForbidden, "由承办单位负责人或督查督办人员改派", "the head of the office or a supervisor may reassign")
		}
		if task.State != TaskOpen && (task.State != TaskWaiting || command.Action == ActionExtend) {
			return Refuse(CodeWrongState, "该任务已办结，无需再办", "this task is finished")
		}
		if command.Seen < task.Basis {
			return staleError()
		}
		if command.Action == ActionExtend {
			return c.checkExtension(Deadline{Task: task.ID, Due: command.Due}, command.Moment)
		}
	}
	return nil
}

// supervisedOffice is the office a supervision goes to: the one named, if it holds the case, or
// whoever holds it now.
func (c *Case) supervisedOffice(command Command) string {
	current := c.Current()
	if current == nil {
		return ""
	}
	if current.Wait != nil {
		if command.TaskID != "" {
			return ""
		}
		return current.Wait.Owner
	}
	for i := range current.Tasks {
		task := &current.Tasks[i]
		if !task.Unsigned() {
			continue
		}
		if command.TaskID == task.ID || command.TaskID == "" && (command.Target == nil || command.Target.Office == task.Office) {
			return task.Office
		}
	}
	return ""
}

// SupervisionKindFor is the form a supervision of an office of a kind takes; Commit knows the kind.
func SupervisionKindFor(kind OfficeKind) SupervisionKind {
	switch kind {
	case KindParty, KindOrganisation:
		return SupervisionRequest
	case KindEnterprise:
		return SupervisionReminder
	}
	return SupervisionOrder
}

// supervise asks the head of the office that holds the case to see to it.
func (c *Case) supervise(command Command, entry *Entry) {
	current := c.Current()
	office := c.supervisedOffice(command)
	supervision := Supervision{ID: SupervisionID(c.No, len(c.Supervisions)+1), Office: office, By: command.Actor.Person,
		ByOffice: entry.Actor.Office, Opinion: command.Opinion, Stage: current.Stage, Due: command.Due, State: TaskOpen}
	entry.add(Event{Kind: EventSupervised, Supervision: &supervision})
}

// Supervision finds a supervision by its id; nil when there is none.
func (c *Case) Supervision(id string) *Supervision {
	for i := range c.Supervisions {
		if c.Supervisions[i].ID == id {
			return &c.Supervisions[i]
		}
	}
	return nil
}

// checkReply applies the rules of answering a supervision: the head of the office does so.
func checkReply(supervision *Supervision, command Command) *Error {
	if supervision.State != TaskOpen {
		return Refuse(CodeWrongState, "该督办事项已回复或已结束", "this supervision has been answered or has ended")
	}
	if !command.heads(supervision.Office) {
		return Refuse(CodeNoRole, "由承办单位负责人回复", "the head of the office answers")
	}
	if command.Action != ActionResolve {
		return Refuse(CodeWrongState, "督办事项以“反馈”回复", "a supervision is answered by resolving it")
	}
	if command.Seen < supervision.Basis {
		return staleError()
	}
	return nil
}

// handOver records a task passing to another officer or office. Whoever held it passes their
// conflicts on.
func (c *Case) handOver(entry *Entry, task *Task, target *Target, from ...string) {
	inherited := slices.Concat(task.Inherited, from)
	inherited = slices.DeleteFunc(inherited, func(person string) bool { return person == "" })
	slices.Sort(inherited)
	entry.add(Event{Kind: EventTaskMoved, Task: task.ID, Office: target.Office, Person: target.Person, Inherited: slices.Compact(inherited)})
}

// addedRole is the role an added signer signs in: the task's own if they hold it, or the first
// they hold in the order of signing.
func addedRole(task *Task, target Target) Role {
	if slices.Contains(target.Roles, task.Role) {
		return task.Role
	}
	order := []Role{RoleClerk, RoleReviewer, RoleHead, RoleFundCashier, RoleInternalAuditor}
	roles := slices.Clone(target.Roles)
	slices.SortFunc(roles, func(a, b Role) int { return cmp.Compare(rank(order, a), rank(order, b)) })
	for _, role := range roles {
		if slices.Contains(order, role) {
			return role
		}
	}
	return ""
}

func rank(order []Role, role Role) int {
	if i := slices.Index(order, role); i >= 0 {
		return i
	}
	return len(order)
}
