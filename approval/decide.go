package approval

import (
	"encoding/json"
	"slices"
)

// Submit proposes the first entry of a case. The visit it opens has no tasks yet: Commit fills
// them, because only Commit knows offices, settings and calendars.
func Submit(s Submission) Entry {
	entry := Entry{Seq: 1, Case: s.No, Key: s.Key, Actor: s.Actor, Action: ActionSubmit, Visit: 1}
	entry.Events = append(entry.Events, Event{Version: EventVersion, Kind: EventSubmitted, Submitted: &Submitted{
		No: s.No, Type: s.Type, Initiator: s.Actor.Person, Office: s.Office, Subject: s.Subject, Parent: s.Parent,
		Facts: s.Facts, Stages: s.Stages, Form: s.Form, LineSet: s.LineSet}})
	draft := Case{No: s.No, Type: s.Type, Facts: s.Facts, Stages: s.Stages}
	entry.Events = append(entry.Events, draft.openFrom(0, "")...)
	if s.OwnsFirst {
		entry.Events[len(entry.Events)-1].Owner = s.Actor.Person
	}
	if opened := entry.Events[len(entry.Events)-1]; opened.Kind == EventVisitOpened {
		entry.Stage = opened.Stage
	}
	return entry
}

// Decide returns the entry a command would write, or why it is refused. It changes nothing and may
// change freely between releases: on replay its result is discarded for what Commit returned.
func Decide(c *Case, command Command) (Entry, *Error) {
	if c.Ended() {
		return Entry{}, endedError(c)
	}
	if command.Action == ActionChildrenFinished {
		return decideChildrenFinished(c, command)
	}
	visit, task, refusal := check(c, command)
	if refusal != nil {
		return Entry{}, refusal
	}
	if refusal := checkStorable(command); refusal != nil {
		return Entry{}, refusal
	}
	entry := Entry{Seq: c.Version + 1, Case: c.No, Key: command.Key, Actor: command.Actor, Action: command.Action,
		Opinion: command.Opinion, Clause: command.Clause, AfterReturn: command.AfterReturn}
	if visit != nil {
		entry.Stage, entry.Visit = visit.Stage, visit.ID
	} else if current := c.Current(); current != nil {
		entry.Stage, entry.Visit = current.Stage, current.ID
	}
	if task != nil {
		entry.Task, entry.Actor.Office, entry.Actor.Role = task.ID, task.Office, task.Role
	}
	switch command.Action {
	case ActionClaim:
		entry.add(Event{Kind: EventTaskClaimed, Task: task.ID, Person: command.Actor.Person})
	case ActionRelease:
		entry.add(Event{Kind: EventTaskReleased, Task: task.ID})
	case ActionApprove:
		refusal = approve(c, command, visit, task, &entry)
	case ActionReturn:
		signAndEnd(visit, task, command, OutcomeReturned, &entry)
		resume := ""
		if command.AfterReturn == AfterReturnHere {
			resume = visit.Stage
		}
		entry.add(c.open(command.ToStage, "returned", &resume, command.Defects))
	case ActionReject, ActionNotAccept:
		signAndEnd(visit, task, command, OutcomeRejected, &entry)
		state := CaseRejected
		if command.Action == ActionNotAccept {
			state = CaseNotAccepted
		}
		entry.add(Event{Kind: EventCaseEnded, State: state})
	case ActionWithdraw:
		entry.add(Event{Kind: EventVisitClosed, Visit: c.Current().ID, Outcome: OutcomeWithdrawn})
		entry.add(Event{Kind: EventCaseEnded, State: CaseWithdrawn})
	case ActionRecall:
		entry.add(Event{Kind: EventVisitClosed, Visit: c.Current().ID, Outcome: OutcomeRecalled})
		if c.Last.Final {
			entry.Events[len(entry.Events)-1].Final = new(false)
		}
		reopened := c.open(c.visitByID(c.Last.Visit).Stage, "recalled", &c.Last.Resume, nil)
		reopened.Owner, reopened.Office = command.Actor.Person, c.Last.Office
		entry.add(reopened)
	case ActionTransfer:
		inherited := append(slices.Clone(task.Inherited), command.Actor.Person)
		slices.Sort(inherited)
		entry.add(Event{Kind: EventTaskMoved, Task: task.ID, Office: command.Target.Office,
			Person: command.Target.Person, Inherited: slices.Compact(inherited)})
	case ActionCC:
		entry.add(Event{Kind: EventCopied, Office: command.Target.Office, Person: command.Target.Person})
	case ActionRead:
		for _, observer := range c.Observers {
			if observer.observes(command) && !slices.Contains(observer.Read, command.Actor.Person) {
				entry.add(Event{Kind: EventRead, Office: observer.Office, Person: command.Actor.Person})
			}
		}
	case ActionComment:
		entry.add(Event{Kind: EventCommented})
	case ActionAttach:
		attachment := *command.Attachment
		attachment.By, attachment.Stage = command.Actor.Person, entry.Stage
		entry.add(Event{Kind: EventAttached, Attachment: &attachment})
	case ActionCorrect:
		entry.change(c, command.Form)
		if len(command.Lines) > 0 {
			entry.Lines = command.Lines
			entry.add(Event{Kind: EventLinesChanged, Edits: len(command.Lines)})
		}
	}
	if refusal != nil {
		return Entry{}, refusal
	}
	return entry, nil
}

func (e *Entry) add(event Event) {
	event.Version = EventVersion
	e.Events = append(e.Events, event)
}

// missingMaterials lists the required papers that the tick list does not carry.
func missingMaterials(c *Case, stage *Stage, form Form) []Problem {
	raw, given := form[FieldMaterials]
	if !given {
		raw = c.Form[FieldMaterials]
	}
	var ticked []string
	_ = json.Unmarshal(raw, &ticked)
	var problems []Problem
	for _, material := range stage.Materials {
		needed := material.Required && (material.Condition == "" || c.Facts[material.Condition] == "true")
		if needed && !slices.Contains(ticked, material.Key) {
			problems = append(problems, Problem{Location: "form." + FieldMaterials, Code: CodeMissingMaterials,
				Message: Text{ZH: "缺少" + material.Title.ZH, EN: "missing: " + material.Title.EN}})
		}
	}
	return problems
}

// change records the fields whose value differs from the one the case holds. Computed fields are
// in the journal with the visit that proposed them.
func (e *Entry) change(c *Case, form Form) {
	computed := map[string]bool{}
	for _, field := range c.Stage(e.Stage).Fields {
		computed[field.Key] = field.Computed
	}
	changes := map[string]Change{}
	for key, value := range form {
		if computed[key] {
			continue
		}
		value = canonical(value)
		if old, ok := c.Form[key]; !ok || string(canonical(old)) != string(value) {
			changes[key] = Change{Old: old, New: value}
		}
	}
	if len(changes) > 0 {
		e.add(Event{Kind: EventFormChanged, Changes: changes})
	}
}

func (c *Case) visitByID(id int) *Visit {
	for i := range c.Visits {
		if c.Visits[i].ID == id {
			return &c.Visits[i]
		}
	}
	return nil
}

// approve signs the task, and when it was the last one of the visit, ends the visit and opens the next.
func approve(c *Case, command Command, visit *Visit, task *Task, entry *Entry) *Error {
	stage := c.Stage(visit.Stage)
	if problems := ValidateForm(stage.Fields, c.Form, command.Form); len(problems) > 0 {
		return &Error{Code: CodeInvalidInput, Problems: problems,
			Message: Text{ZH: "有填写项需要补正", EN: "some fields need correction"}}
	}
	if problems := missingMaterials(c, stage, command.Form); len(problems) > 0 {
		return &Error{Code: CodeMissingMaterials, Problems: problems,
			Message: Text{ZH: "材料不齐，请补齐后再报", EN: "some papers are missing"}}
	}
	raw, given := command.Form[FieldLineSet]
	if given && c.LineSet != nil && textOf(raw) != c.LineSet.Name() {
		return Refuse(CodeStale, "人员明细已更新，请刷新核对后再办", "the lines have changed since you looked; reload and look again")
	}
	entry.change(c, command.Form)
	entry.add(Event{Kind: EventTaskSigned, Task: task.ID, Person: command.Actor.Person, Outcome: OutcomeApproved})
	for i := range visit.Tasks {
		other := &visit.Tasks[i]
		if other.ID != task.ID && (other.State == TaskOpen || other.State == TaskWaiting) {
			return nil
		}
	}
	closed := Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeApproved, Task: task.ID}
	if stage.FinalApproval {
		closed.Final = new(true)
	}
	entry.add(closed)
	c.advance(visit, entry)
	return nil
}

func signAndEnd(visit *Visit, task *Task, command Command, outcome Outcome, entry *Entry) {
	entry.add(Event{Kind: EventTaskSigned, Task: task.ID, Person: command.Actor.Person, Outcome: outcome})
	entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: outcome, Task: task.ID})
}

// advance opens what comes after an approved visit: straight back to the stage that returned the
// case, or the next stage whose condition holds, or the end.
func (c *Case) advance(visit *Visit, entry *Entry) {
	if c.Resume != "" && c.Resume != visit.Stage {
		empty := ""
		entry.add(c.open(c.Resume, "", &empty, nil))
		return
	}
	for _, event := range c.openFrom(c.stageIndex(visit.Stage)+1, "") {
		entry.add(event)
	}
}

// openFrom skips the stages whose condition is false and opens the first other one, or ends the case.
func (c *Case) openFrom(index int, why string) []Event {
	var events []Event
	for ; index < len(c.Stages); index++ {
		stage := c.Stages[index]
		if stage.Condition != "" && c.Facts[stage.Condition] != "true" {
			events = append(events, Event{Version: EventVersion, Kind: EventStageSkipped, Stage: stage.Key, Condition: stage.Condition})
			continue
		}
		return append(events, c.open(stage.Key, why, nil, nil))
	}
	return append(events, Event{Version: EventVersion, Kind: EventCaseEnded, State: CaseClosed})
}

func (c *Case) open(stage, why string, resume *string, defects []Defect) Event {
	return Event{Version: EventVersion, Kind: EventVisitOpened, Visit: len(c.Visits) + 1, Stage: stage, Why: why,
		Resume: resume, Defects: defects}
}

func decideChildrenFinished(c *Case, command Command) (Entry, *Error) {
	if command.Actor.Person != SystemPerson {
		return Entry{}, Refuse(CodeForbidden, "下级办件全部办结后由系统自动继续", "the system goes on by itself once every child case has ended")
	}
	visit := c.Current()
	if visit == nil || visit.Wait == nil || visit.ID != command.Visit {
		return Entry{}, Refuse(CodeWrongState, "该等待事项已结束", "that wait is over")
	}
	entry := Entry{Seq: c.Version + 1, Case: c.No, Key: command.Key, Actor: Actor{Person: SystemPerson},
		Action: ActionChildrenFinished, Stage: visit.Stage, Visit: visit.ID}
	entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeApproved})
	c.advance(visit, &entry)
	return entry, nil
}
