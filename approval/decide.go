package approval

import (
	"encoding/json"
	"maps"
	"slices"
)

// Submit proposes the first entry of a case. The visit it opens has no tasks yet: Commit fills
// them, because only Commit knows offices, settings and calendars.
func Submit(s Submission) Entry {
	entry := Entry{Seq: 1, Case: s.No, Key: s.Key, Actor: s.Actor, Action: ActionSubmit, Visit: 1}
	entry.Events = append(entry.Events, Event{Version: EventVersion, Kind: EventSubmitted, Submitted: &Submitted{
		No: s.No, Type: s.Type, Initiator: s.Actor.Person, Office: s.Office, Subject: s.Subject, Parent: s.Parent,
		Facts: s.Facts, Stages: s.Stages, Form: s.Form, LineSet: s.LineSet}})
	draft := Case{No: s.No, Type: s.Type, Facts: s.Facts, Stages: s.Stages, Form: s.Form}
	entry.Events = append(entry.Events, draft.openFrom(0, "", s.Form)...)
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
	if command.Action.System() {
		return decideSystem(c, command)
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
	if supervision := c.Supervision(command.TaskID); supervision != nil {
		entry.Actor.Office, entry.Actor.Role, entry.Task = supervision.Office, RoleHead, supervision.ID
		entry.add(Event{Kind: EventSupervisionReplied, Task: supervision.ID, Person: command.Actor.Person})
		return entry, nil
	}
	if task != nil {
		entry.Task = task.ID
	}
	switch {
	case task != nil && slices.Contains(taskActions, command.Action):
		c.act(command, visit, task, &entry)
	case slices.Contains(oversightActions, command.Action):
		c.actAsOverseer(command, task, &entry)
	}
	switch command.Action {
	case ActionClaim:
		entry.add(Event{Kind: EventTaskClaimed, Task: task.ID, Person: command.Actor.Person})
	case ActionRelease:
		entry.add(Event{Kind: EventTaskReleased, Task: task.ID})
	case ActionApprove:
		refusal = approve(c, command, visit, task, &entry)
	case ActionReturn:
		c.sign(&entry, visit, task, OutcomeReturned, &Wish{ToStage: command.ToStage, AfterReturn: command.AfterReturn, Defects: command.Defects})
	case ActionReject:
		c.sign(&entry, visit, task, OutcomeRejected, &Wish{Reject: true})
	case ActionNotAccept:
		entry.add(Event{Kind: EventTaskSigned, Task: task.ID, Person: command.Actor.Person, For: entry.Actor.For, Outcome: OutcomeRejected})
		entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeRejected, Task: task.ID})
		c.end(&entry, CaseNotAccepted)
	case ActionResolve:
		if task.Kind == TaskAdvisory {
			entry.add(Event{Kind: EventTaskAdvised, Task: task.ID, Person: command.Actor.Person, For: entry.Actor.For})
		} else {
			c.sign(&entry, visit, task, OutcomeAdvised, nil)
		}
	case ActionDelegate:
		c.addTasks(command, visit, task, TaskDelegated, []Target{*command.Target}, &entry)
	case ActionAddSigner:
		c.addTasks(command, visit, task, command.Kind, command.Signers, &entry)
	case ActionRemoveSigner:
		c.remove(visit, task, &entry)
	case ActionSuspend:
		c.suspend(command, visit, task, &entry)
	case ActionResume:
		c.resume(&entry, visit)
	case ActionExtend:
		entry.add(Event{Kind: EventDeadlinesMoved, Visit: visit.ID, Extended: true, Deadlines: []Deadline{{Task: task.ID, Due: command.Due}}})
	case ActionUrge:
		for _, urged := range c.urged(command.TaskID) {
			if urged.mayBeUrged(command.Moment) {
				entry.add(Event{Kind: EventUrged, Task: urged.ID})
			}
		}
	case ActionSupervise:
		c.supervise(command, &entry)
	case ActionReassign:
		c.handOver(&entry, task, command.Target, task.Owner)
	case ActionWithdraw:
		entry.add(Event{Kind: EventVisitClosed, Visit: c.Current().ID, Outcome: OutcomeWithdrawn})
		c.end(&entry, CaseWithdrawn)
	case ActionRecall:
		entry.add(Event{Kind: EventVisitClosed, Visit: c.Current().ID, Outcome: OutcomeRecalled})
		if c.Last.Final {
			entry.Events[len(entry.Events)-1].Final = new(false)
		}
		reopened := c.open(c.visitByID(c.Last.Visit).Stage, "recalled", &c.Last.Resume, nil)
		reopened.Owner, reopened.Office = command.Actor.Person, c.Last.Office
		entry.add(reopened)
	case ActionTransfer:
		c.handOver(&entry, task, command.Target, command.Actor.Person, entry.Actor.For)
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
		entry.change(c, command.Form, nil)
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
// in the journal with the visit that proposed them; those to be kept enter the form as proposed,
// whatever a client sends back.
func (e *Entry) change(c *Case, form, proposed Form) {
	given := maps.Clone(form)
	if given == nil {
		given = Form{}
	}
	for _, field := range c.Stage(e.Stage).Fields {
		if !field.Computed {
			continue
		}
		delete(given, field.Key)
		if value, ok := proposed[field.Key]; ok && field.Kept {
			given[field.Key] = value
		}
	}
	changes := map[string]Change{}
	for key, value := range given {
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

// approve signs a task; an added signer signs without the form, which is the owner's.
func approve(c *Case, command Command, visit *Visit, task *Task, entry *Entry) *Error {
	stage := c.Stage(visit.Stage)
	if task.Kind != TaskSigner {
		c.sign(entry, visit, task, OutcomeApproved, nil)
		return nil
	}
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
	entry.change(c, command.Form, task.Proposal)
	c.sign(entry, visit, task, OutcomeApproved, nil)
	return nil
}

// advance opens what comes after an approved visit: straight back to the stage that returned the
// case, or the next stage whose condition holds, or the end.
func (c *Case) advance(visit *Visit, entry *Entry) {
	if c.Resume != "" && c.Resume != visit.Stage {
		empty := ""
		entry.add(c.open(c.Resume, "", &empty, nil))
		return
	}
	for _, event := range c.openFrom(c.stageIndex(visit.Stage)+1, "", c.formAfter(entry)) {
		if event.Kind == EventCaseEnded {
			c.end(entry, event.State)
			continue
		}
		entry.add(event)
	}
}

// formAfter is the form as it will be with an entry that is still being decided.
func (c *Case) formAfter(entry *Entry) Form {
	form := maps.Clone(c.Form)
	if form == nil {
		form = Form{}
	}
	for _, event := range entry.Events {
		for key, change := range event.Changes {
			form[key] = change.New
		}
	}
	return form
}

// openFrom skips the stages that a case with this form passes over and opens the first other one, or
// ends the case.
func (c *Case) openFrom(index int, why string, form Form) []Event {
	var events []Event
	for ; index < len(c.Stages); index++ {
		stage := c.Stages[index]
		if by, skipped := stage.Skipped(c.Facts, form); skipped {
			events = append(events, Event{Version: EventVersion, Kind: EventStageSkipped, Stage: stage.Key, Condition: by})
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

// act names the post an act on a task is taken in, and the absent officer.
func (c *Case) act(command Command, visit *Visit, task *Task, entry *Entry) {
	if command.Action == ActionRemoveSigner {
		// Who takes an added signer out acts in their own post, that of the task it was added to.
		task = visit.task(task.Serves)
	}
	entry.Actor.Office, entry.Actor.Role = task.Office, task.Role
	if standing, found := c.standing(command, visit, task); found {
		entry.Actor.Role, entry.Actor.For, entry.Actor.ForName = standing.role, standing.absent.Person, standing.absent.Name
	}
}

// actAsOverseer names the post of a supervisor, or of the head of the task's office; an initiator
// who urges keeps the post they came with.
func (c *Case) actAsOverseer(command Command, task *Task, entry *Entry) {
	for _, post := range command.Posts {
		if post.Role == RoleSupervisor || post.Role == RoleHead && task != nil && post.Office == task.Office {
			entry.Actor.Office, entry.Actor.Role = post.Office, post.Role
			return
		}
	}
}

// decideSystem takes what the system says by itself.
func decideSystem(c *Case, command Command) (Entry, *Error) {
	if command.Actor.Person != SystemPerson {
		return Entry{}, Refuse(CodeForbidden, "该步骤由系统自动进行", "the system takes this step by itself")
	}
	entry := Entry{Seq: c.Version + 1, Case: c.No, Key: command.Key, Actor: Actor{Person: SystemPerson}, Action: command.Action}
	visit := c.Current()
	if visit == nil {
		return Entry{}, Refuse(CodeWrongState, "没有进行中的环节", "no visit is open")
	}
	entry.Stage, entry.Visit = visit.Stage, visit.ID
	switch command.Action {
	case ActionChildrenFinished:
		if visit.Wait == nil || visit.ID != command.Visit {
			return Entry{}, Refuse(CodeWrongState, "该等待事项已结束", "that wait is over")
		}
		entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeApproved})
		c.advance(visit, &entry)
	case ActionExpire:
		if refusal := decideExpire(c, command, &entry); refusal != nil {
			return Entry{}, refusal
		}
	case ActionRecomputeDeadlines:
		named := visit.deadlines()
		if len(named) == 0 || c.Suspension != nil {
			return Entry{}, Refuse(CodeWrongState, "没有需要重新计算的时限", "there is no deadline to count again")
		}
		entry.Opinion = command.Opinion
		entry.add(Event{Kind: EventDeadlinesMoved, Visit: visit.ID, Deadlines: named})
	case ActionReopen, ActionSupersede:
		if c.Suspension != nil {
			return Entry{}, Refuse(CodeSuspended, "办件已中止，恢复办理后再处理", "the case is suspended; it waits until that ends")
		}
		if visit.Wait != nil {
			return Entry{}, Refuse(CodeWrongState, "正在等待子办件办结，不能退回或终止", "it waits for child cases, which go on")
		}
		entry.Opinion = command.Opinion
		if command.Action == ActionSupersede {
			entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeWithdrawn})
			c.end(&entry, CaseWithdrawn)
			break
		}
		if !slices.Contains(c.EarlierStages(), command.ToStage) {
			return Entry{}, Refuse(CodeWrongState, "办件尚未经过该环节，无需退回", "the case has not passed that stage, so nothing goes back")
		}
		resume := ""
		entry.add(Event{Kind: EventVisitClosed, Visit: visit.ID, Outcome: OutcomeReturned})
		entry.add(c.open(command.ToStage, "returned", &resume, command.Defects))
	default:
		return Entry{}, Invalid("action", "没有这种操作", "there is no such action")
	}
	return entry, nil
}
