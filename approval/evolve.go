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
		c.State, c.EndedAt = event.State, entry.At
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
		task.State, task.SignedBy, task.Owner = TaskSigned, event.Person, event.Person
		visit.Acted = true
		c.Signatures = append(c.Signatures, Signature{Stage: visit.Stage, Visit: visit.ID, Person: event.Person})
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
		if current.Tasks[i].State == TaskOpen || current.Tasks[i].State == TaskWaiting {
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
		if task.State == TaskOpen || task.State == TaskWaiting || (event.Outcome == OutcomeReturned && task.ID != event.Task) {
			task.State = TaskSuperseded
		}
		// What the system proposed matters only while the visit is open; the journal keeps it.
		task.Proposal, task.Reasons = nil, nil
	}
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
