package approval

import (
	"fmt"
	"maps"
	"slices"
)

// Evolve folds one committed entry into a case. It is the frozen half of the machine: an entry
// once written must fold to the same case for ever. The case it is given is changed in place.
func Evolve(c *Case, entry Entry) error {
	if entry.Seq != c.Version+1 {
		return fmt.Errorf("case %s: entry %d does not follow version %d", entry.Case, entry.Seq, c.Version)
	}
	c.Version = entry.Seq
	for _, event := range entry.Events {
		if err := c.apply(entry, event); err != nil {
			return fmt.Errorf("case %s, entry %d: %w", entry.Case, entry.Seq, err)
		}
	}
	return nil
}

// Fold rebuilds a case from its journal.
func Fold(entries []Entry) (*Case, error) {
	c := &Case{}
	for _, entry := range entries {
		if err := Evolve(c, entry); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *Case) apply(entry Entry, event Event) error {
	switch event.Kind {
	case EventSubmitted:
		s := event.Submitted
		*c = Case{Format: Format, No: s.No, Type: s.Type, State: CaseOpen, Version: entry.Seq, Initiator: s.Initiator,
			Office: s.Office, Subject: s.Subject, Parent: s.Parent, Facts: s.Facts, Stages: s.Stages, Form: maps.Clone(s.Form),
			LineSet: s.LineSet, SubmittedAt: entry.At}
		return nil
	case EventVisitOpened:
		c.Visits = append(c.Visits, Visit{ID: event.Visit, Stage: event.Stage, Opened: entry.Seq, OpenedAt: entry.At,
			Why: event.Why, Defects: event.Defects, Tasks: slices.Clone(event.Tasks), Wait: event.Wait})
		if event.Resume != nil {
			c.Resume = *event.Resume
		}
		if event.LineSet != nil {
			c.LineSet = event.LineSet
		}
		return nil
	case EventVisitClosed:
		return c.closeVisit(entry, event)
	case EventStageSkipped:
		c.Skipped = append(c.Skipped, event.Stage)
		return nil
	case EventCaseEnded:
		c.State, c.EndedAt, c.Suspension = event.State, entry.At, nil
		return nil
	case EventFormChanged:
		if c.Form == nil {
			c.Form = Form{}
		}
		for key, change := range event.Changes {
			c.Form[key] = change.New
		}
		c.touch(entry)
		return nil
	case EventLinesChanged:
		c.LineSet = event.LineSet
		c.touch(entry)
		return nil
	case EventCopied:
		known := func(o Observer) bool { return o.Office == event.Office && o.Person == event.Person }
		if !slices.ContainsFunc(c.Observers, known) {
			c.Observers = append(c.Observers, Observer{Office: event.Office, Person: event.Person})
		}
		return nil
	case EventRead:
		for i := range c.Observers {
			o := &c.Observers[i]
			if o.Office == event.Office && (o.Person == "" || o.Person == event.Person) && !slices.Contains(o.Read, event.Person) {
				o.Read = append(o.Read, event.Person)
			}
		}
		return nil
	case EventCommented:
		return nil
	case EventAttached:
		attachment := *event.Attachment
		attachment.Seq = entry.Seq
		c.Attachments = append(c.Attachments, attachment)
		if attachment.Material != "" {
			c.touch(entry)
		}
		return nil
	}
	if handled, err := c.applyToClock(entry, event); handled {
		return err
	}
	return c.applyToTask(entry, event)
}

func (c *Case) applyToTask(entry Entry, event Event) error {
	visit, task := c.Task(event.Task)
	if task == nil {
		return fmt.Errorf("event %s names an unknown task", event.Kind)
	}
	switch event.Kind {
	case EventTaskClaimed:
		task.Owner = event.Person
	case EventTaskReleased:
		task.Owner = ""
	case EventTaskMoved:
		task.Office, task.Owner, task.Inherited, task.Basis = event.Office, event.Person, event.Inherited, entry.Seq
		task.NoCompetentOfficer = false
		visit.Acted = true
	case EventTaskSigned:
		task.State, task.SignedBy, task.Owner, task.SignedFor = TaskSigned, event.Person, event.Person, event.For
		task.Wish = event.Wish
		if event.Wish != nil || event.Outcome == OutcomeAdvised {
			task.Answer = event.Outcome
		}
		visit.Acted = true
		c.Signatures = append(c.Signatures, Signature{Stage: visit.Stage, Visit: visit.ID, Person: event.Person, For: event.For})
	case EventTaskAdvised:
		// An opinion that was asked for and not waited for is no signature.
		task.State, task.SignedBy, task.Owner, task.SignedFor, task.Answer = TaskSigned, event.Person, event.Person, event.For, OutcomeAdvised
		visit.Acted = true
	case EventTaskAdded:
		for _, added := range event.Tasks {
			added.Basis, added.AddedAt = entry.Seq, entry.At
			visit.Tasks = append(visit.Tasks, added)
			if added.Kind == TaskBefore || added.Kind == TaskDelegated {
				visit.task(event.Task).State = TaskWaiting
			}
		}
		visit.Acted = true
	case EventTaskRemoved:
		task.State = TaskSuperseded
		visit.Acted = true
	case EventTaskOpened:
		task.State, task.Basis = TaskOpen, entry.Seq
	case EventTaskResumed:
		task.State = TaskOpen
	case EventUrged:
		task.Urged++
		task.NextUrge = event.Until
	default:
		return fmt.Errorf("unknown event kind %q", event.Kind)
	}
	return nil
}

// touch moves the basis of the open tasks: their form, materials or lines have changed.
func (c *Case) touch(entry Entry) {
	current := c.Current()
	if current == nil {
		return
	}
	current.Acted = true
	for i := range current.Tasks {
		if current.Tasks[i].Unsigned() {
			current.Tasks[i].Basis = entry.Seq
		}
	}
}

// closeVisit ends a visit; no task outlives it, and opinions already given stay in the journal.
func (c *Case) closeVisit(entry Entry, event Event) error {
	visit := c.visitByID(event.Visit)
	if visit == nil {
		return fmt.Errorf("unknown visit %d", event.Visit)
	}
	if visit.Outcome != "" {
		return fmt.Errorf("visit %d has ended already", event.Visit)
	}
	visit.Outcome, visit.ClosedAt, visit.Signature = event.Outcome, entry.At, entry.Seq
	for i := range visit.Tasks {
		task := &visit.Tasks[i]
		if task.Unsigned() || (event.Outcome == OutcomeReturned && task.ID != event.Task) {
			task.State = TaskSuperseded
		}
		// What the system proposed matters only while the visit is open; the journal keeps it.
		task.Proposal, task.Reasons = nil, nil
	}
	visit.Passed = event.Passed
	if event.Final != nil {
		c.Decided = *event.Final
	}
	if event.Task != "" {
		_, task := c.Task(event.Task)
		c.Last = &Decision{Seq: entry.Seq, Visit: visit.ID, Task: event.Task, Office: task.Office, Person: task.SignedBy,
			Final: event.Final != nil && *event.Final, Resume: c.Resume}
	} else {
		c.Last = nil
	}
	return nil
}

// applyToClock folds what concerns time and supervision; handled is false for other events.
func (c *Case) applyToClock(entry Entry, event Event) (handled bool, err error) {
	visit := c.visitByID(event.Visit)
	switch event.Kind {
	case EventSuspended, EventResumed, EventDeadlinesMoved, EventEscalated:
		if visit == nil || !visit.Open() {
			return true, fmt.Errorf("event %s names a visit that is not open", event.Kind)
		}
	}
	switch event.Kind {
	case EventSuspended:
		suspension := *event.Suspension
		suspension.Since = entry.At
		c.State, c.Suspension = CaseSuspended, &suspension
		visit.Acted = true
	case EventResumed:
		if c.Suspension == nil {
			return true, fmt.Errorf("the case is not suspended")
		}
		visit.Pauses = append(visit.Pauses, Pause{From: c.Suspension.Since, To: entry.At, Party: c.Suspension.Party, Body: c.Suspension.Body})
		c.State, c.Suspension = CaseOpen, nil
	case EventDeadlinesMoved:
		for _, deadline := range event.Deadlines {
			task := visit.task(deadline.Task)
			if task == nil {
				return true, fmt.Errorf("a deadline names an unknown task")
			}
			task.Due, task.DueRule, task.Reminders = deadline.Due, deadline.DueRule, deadline.Reminders
			if event.Extended {
				task.Extended++
			}
		}
	case EventEscalated:
		visit.Escalated = event.Level
	case EventSupervised:
		supervision := *event.Supervision
		supervision.At, supervision.Basis = entry.At, entry.Seq
		c.Supervisions = append(c.Supervisions, supervision)
	case EventSupervisionReplied, EventSupervisionEnded:
		supervision := c.Supervision(event.Task)
		if supervision == nil || supervision.State != TaskOpen {
			return true, fmt.Errorf("event %s names a supervision that is not open", event.Kind)
		}
		supervision.State = TaskSuperseded
		if event.Kind == EventSupervisionReplied {
			at := entry.At
			supervision.State, supervision.Reply, supervision.RepliedBy, supervision.RepliedAt = TaskSigned, entry.Opinion, event.Person, &at
		}
	default:
		return false, nil
	}
	return true, nil
}
