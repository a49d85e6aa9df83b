package approval

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Pause is a suspension that has ended: time that belongs to no office.
type Pause struct {
	From  time.Time `json:"from"`
	To    time.Time `json:"to"`
	Party Party     `json:"party"`
	// Body is whose reply was waited for, where the reason names one.
	Body string `json:"body,omitempty"`
}

// Suspension is what a suspended case waits for, and whose time that is.
type Suspension struct {
	Reason string     `json:"reason"`
	Title  Text       `json:"title"`
	Party  Party      `json:"party"`
	Since  time.Time  `json:"since,omitzero"`
	Until  *time.Time `json:"until,omitempty"`
	Task   string     `json:"task"`
	By     string     `json:"by,omitempty"`
	// Body is whose reply is waited for, where the reason names one; Title says so then.
	Body string `json:"body,omitempty"`
}

// maximumBody is the longest name of a body waited for, in characters.
const maximumBody = 100

// checkSuspension applies the rules of stopping and starting the clock.
func checkSuspension(c *Case, command Command, stage *Stage) *Error {
	if command.Action == ActionResume {
		if c.Suspension == nil {
			return Refuse(CodeWrongState, "办件未中止，无需恢复", "the case is not suspended")
		}
		return nil
	}
	if len(stage.SuspendReasons) == 0 {
		return Refuse(CodeWrongState, "本环节不能中止办理", "this stage cannot be suspended")
	}
	return nil
}

func checkSuspendWords(c *Case, command Command, need func(missing bool, location, zh, en string)) {
	visit, _ := c.Task(command.TaskID)
	reason, known := c.Stage(visit.Stage).SuspendReason(command.Reason)
	body := strings.TrimSpace(command.Body)
	need(reason.NamesBody && body == "", "body", "请填写待哪个单位函复", "name the body whose reply is waited for")
	need(known && !reason.NamesBody && body != "", "body", "所选中止原因不需要填写待函复单位", "this reason waits for no body's reply")
	need(utf8.RuneCountInString(body) > maximumBody, "body", "单位名称最多 100 字", "the name of a body has at most 100 characters")
	need(!known, "reason", "请从本环节的中止原因中选择", "choose one of the stage's reasons")
	need(strings.TrimSpace(command.Opinion) == "", "opinion", "请写明中止的具体情况", "say why it is suspended")
}

func (c *Case) suspend(command Command, visit *Visit, task *Task, entry *Entry) {
	reason, _ := c.Stage(visit.Stage).SuspendReason(command.Reason)
	entry.Reason = reason.Key
	title, body := reason.Title, strings.TrimSpace(command.Body)
	if reason.NamesBody {
		title = Text{ZH: "待" + body + "函复", EN: "waiting for the reply of " + body}
	}
	entry.add(Event{Kind: EventSuspended, Visit: visit.ID, Suspension: &Suspension{Reason: reason.Key, Title: title, Party: reason.Party, Body: body,
		Until: command.Until, Task: task.ID, By: command.Actor.Person}})
}

// resume starts the clock again; Commit counts the deadlines anew.
func (c *Case) resume(entry *Entry, visit *Visit) {
	entry.add(Event{Kind: EventResumed, Visit: visit.ID})
	entry.add(Event{Kind: EventDeadlinesMoved, Visit: visit.ID, Deadlines: visit.deadlines()})
}

// deadlines names the unsigned tasks that have a deadline; Commit fills in the moments.
func (v *Visit) deadlines() []Deadline {
	var named []Deadline
	for i := range v.Tasks {
		if task := &v.Tasks[i]; task.Unsigned() && task.Due != nil {
			named = append(named, Deadline{Task: task.ID})
		}
	}
	return named
}

func suspendedError(c *Case) *Error {
	return Refuse(CodeSuspended, "办件已中止（"+c.Suspension.Title.ZH+"），须由承办人恢复办理后再办",
		"the case is suspended ("+c.Suspension.Title.EN+"); whoever holds the task must resume it first")
}
