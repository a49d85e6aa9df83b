package approval

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"time"
)

// Violation is one broken invariant of signoff.md. Its text names stages, visits and seqs, never a person.
type Violation struct {
	Invariant int    `json:"invariant"`
	Text      string `json:"text"`
}

// Examine checks every invariant that one case shows by itself: its stored fold, and the entries
// of its journal in order. Property tests and `jieli doctor` call the same code. Without entries
// only the fold is examined. The chain of hashes (9) covers stored bytes and is the caller's to check.
func Examine(stored *Case, entries []Entry) []Violation {
	examination := &examination{}
	examination.state(stored)
	examination.visits(stored)
	examination.clock(stored)
	examination.refusals(stored)
	if len(entries) > 0 {
		examination.journal(stored, entries)
	}
	return examination.found
}

type examination struct{ found []Violation }

func (e *examination) add(invariant int, format string, arguments ...any) {
	e.found = append(e.found, Violation{Invariant: invariant, Text: fmt.Sprintf(format, arguments...)})
}

// state checks that an open case is in somebody's hands and an ended one in nobody's.
func (e *examination) state(c *Case) {
	current := c.Current()
	switch {
	case c.Ended() && current != nil:
		e.add(2, "the case has ended (%s) while visit %d is open", c.State, current.ID)
	case (c.State == CaseSuspended) != (c.Suspension != nil):
		e.add(1, "the case is %s and its suspension says otherwise", c.State)
	case c.Ended() || c.Format == 0:
		// An ended case needs no holder; what has no first entry is no case yet.
	case current == nil:
		e.add(1, "the case is %s and no visit is open", c.State)
	case current.Wait != nil:
		if current.Wait.Kind == "" || current.Wait.Owner == "" {
			e.add(1, "visit %d waits without a name or an owner", current.ID)
		}
	case !slices.ContainsFunc(current.Tasks, func(t Task) bool { return t.State == TaskOpen && t.Office != "" }):
		e.add(1, "visit %d is open and has neither an open task nor a wait", current.ID)
	}
}

// visits checks that visits follow one another, end once, and take their tasks with them.
func (e *examination) visits(c *Case) {
	tasks := map[string]bool{}
	for i := range c.Visits {
		visit := &c.Visits[i]
		if visit.ID != i+1 {
			e.add(2, "visit %d stands in place %d", visit.ID, i+1)
		}
		if c.Stage(visit.Stage) == nil {
			e.add(2, "visit %d is to an undeclared stage", visit.ID)
		}
		if visit.Open() && i < len(c.Visits)-1 {
			e.add(2, "visit %d is open although a later one was opened", visit.ID)
		}
		if !visit.Open() && (visit.Signature < visit.Opened || visit.Signature == visit.Opened && !visit.Passed || visit.Signature > c.Version) {
			e.add(2, "visit %d ended by entry %d, opened by %d", visit.ID, visit.Signature, visit.Opened)
		}
		if stage := c.Stage(visit.Stage); stage != nil && visit.Outcome == OutcomeApproved && visit.Wait == nil && visit.verdict(stage) != agreed {
			e.add(2, "visit %d is approved without the signatures its mode asks for", visit.ID)
		}
		for _, task := range visit.Tasks {
			e.task(c, visit, task)
			if tasks[task.ID] {
				e.add(3, "two tasks are called %s", task.ID)
			}
			tasks[task.ID] = true
		}
	}
}

func (e *examination) task(c *Case, visit *Visit, task Task) {
	switch {
	case !visit.Open() && task.Unsigned():
		e.add(3, "task %s is %s after visit %d ended", task.ID, task.State, visit.ID)
	case task.State == TaskSigned && task.SignedBy == "":
		e.add(2, "task %s is signed by nobody", task.ID)
	}
	served := visit.task(task.Serves)
	switch {
	case task.Kind == TaskSigner && task.Serves != "" || task.Kind != TaskSigner && served == nil:
		e.add(3, "task %s serves no task of its visit", task.ID)
	case (task.Kind == TaskBefore || task.Kind == TaskDelegated) && task.Unsigned() && served.State != TaskWaiting:
		e.add(3, "task %s outlives the wait of task %s", task.ID, served.ID)
	case task.State != TaskWaiting || !visit.Open():
	case task.Kind == TaskAfter:
		if served.State == TaskSigned && !slices.ContainsFunc(visit.Tasks, func(t Task) bool { return t.Serves == served.ID && t.Kind == TaskAfter && t.State == TaskOpen }) {
			e.add(1, "task %s waits for nobody", task.ID)
		}
	case len(visit.HoldUps(task.ID)) > 0:
	case visit.nextInSequence(c.Stage(visit.Stage)) != nil || c.Stage(visit.Stage).Mode != ModeSequence:
		e.add(1, "task %s waits for nobody", task.ID)
	}
	if task.Basis < visit.Opened || task.Basis > c.Version {
		e.add(6, "task %s of visit %d has basis %d outside %d..%d", task.ID, visit.ID, task.Basis, visit.Opened, c.Version)
	}
}

// clock checks that the visits tile the time from submission to end: every second has one holder.
func (e *examination) clock(c *Case) {
	expected := c.SubmittedAt
	for i := range c.Visits {
		visit := &c.Visits[i]
		if !visit.OpenedAt.Equal(expected) {
			e.add(10, "visit %d does not begin where the time before it ends", visit.ID)
		}
		if visit.Wait == nil && len(visit.Tasks) == 0 {
			e.add(10, "visit %d has no holder", visit.ID)
		}
		if visit.Open() {
			return
		}
		if visit.ClosedAt.Before(visit.OpenedAt) {
			e.add(10, "visit %d ends before it begins", visit.ID)
		}
		expected = visit.ClosedAt
	}
	if c.Ended() && !c.EndedAt.Equal(expected) {
		e.add(10, "the case does not end with its last visit")
	}
}

// journal folds the entries one by one and checks each against the case it met.
func (e *examination) journal(stored *Case, entries []Entry) {
	keys := map[string]int64{}
	fold := &Case{}
	for _, entry := range entries {
		if first, known := keys[entry.Key]; known {
			e.add(7, "entries %d and %d carry the same key", first, entry.Seq)
		}
		keys[entry.Key] = entry.Seq
		if fold.Format != 0 && fold.Ended() {
			e.add(11, "entry %d follows the end of the case", entry.Seq)
		}
		if entry.Seq != fold.Version+1 {
			e.add(8, "the journal cannot be folded at entry %d", entry.Seq)
			return
		}
		fold.Version = entry.Seq
		for _, event := range entry.Events {
			// Event by event: a stage that passed by itself is signed in the entry that opened it.
			if event.Kind == EventTaskSigned {
				e.signature(fold, entry, event)
			}
			if err := fold.apply(entry, event); err != nil {
				e.add(8, "the journal cannot be folded at entry %d", entry.Seq)
				return
			}
		}
	}
	e.segments(stored, entries)
	if !SameFold(fold, stored) {
		e.add(8, "the stored case (version %d) is not the fold of its journal (version %d)", stored.Version, fold.Version)
	}
}

// refusals asks what the holder of each open task and a stranger may do: whatever is refused must
// say why in both languages.
func (e *examination) refusals(c *Case) {
	if c.Ended() || c.Format == 0 {
		return
	}
	askers := []Command{{Actor: Actor{Person: "stranger"}}}
	if current := c.Current(); current != nil {
		for _, task := range current.Tasks {
			if task.Unsigned() {
				askers = append(askers, Command{Actor: Actor{Person: task.Owner}, Posts: []Post{{Office: task.Office, Role: task.Role}}})
			}
		}
	}
	for _, asker := range askers {
		for _, permitted := range Actions(c, asker) {
			if refusal := permitted.Refusal; refusal != nil && (refusal.Code == "" || refusal.Message.ZH == "" || refusal.Message.EN == "") {
				e.add(12, "%s is refused without saying why", permitted.Action)
			}
		}
	}
}

// signature checks one signing against the case as it was: the post named by the journal, the
// holder, and whatever the signer and those who passed the task on have signed before.
func (e *examination) signature(c *Case, entry Entry, event Event) {
	visit, task := c.Task(event.Task)
	refusal := event.Outcome == OutcomeReturned
	if task == nil || !visit.Open() || task.State != TaskOpen && !(task.State == TaskWaiting && refusal) {
		e.add(2, "entry %d signs task %s, which was not open", entry.Seq, event.Task)
		return
	}
	widened := visit.Escalated > 0 && entry.Actor.Role == RoleHead
	if !event.Passed && (entry.Actor.Office != task.Office || entry.Actor.Role != task.Role && !widened) {
		e.add(5, "entry %d signs task %s in another post than the task's", entry.Seq, event.Task)
	}
	if entry.Actor.Person != event.Person || entry.Actor.For != event.For || task.Owner != "" && task.Owner != event.Person && task.Owner != event.For && !widened {
		e.add(5, "entry %d signs task %s, which somebody else held", entry.Seq, event.Task)
	}
	for _, earlier := range c.Signatures {
		if !earlier.by(event.Person) && !earlier.by(event.For) && !slices.ContainsFunc(task.Inherited, earlier.by) {
			continue
		}
		if c.incompatible(earlier.Stage, visit.Stage) || earlier.Visit == visit.ID {
			e.add(4, "entry %d signs %s although the same person, or one who passed the task on, signed %s in visit %d",
				entry.Seq, visit.Stage, earlier.Stage, earlier.Visit)
		}
	}
}

// segments checks that the attributed clock covers the case's age without gap or overlap.
func (e *examination) segments(stored *Case, entries []Entry) {
	end := entries[len(entries)-1].At
	segments, err := Clock(entries, end)
	if err != nil {
		return
	}
	expected := stored.SubmittedAt
	for _, segment := range segments {
		if !segment.From.Equal(expected) || segment.To.Before(segment.From) || segment.Holder.Kind == "" {
			e.add(10, "the clock's segments leave a gap at %s", segment.From.Format(time.RFC3339))
		}
		expected = segment.To
	}
	if !expected.Equal(end) {
		e.add(10, "the clock's segments do not add up to the case's age")
	}
}

// incompatible reports whether one person may not sign both stages; it is enough that one of them says so.
func (c *Case) incompatible(one, other string) bool {
	declares := func(from, to string) bool {
		stage := c.Stage(from)
		return stage != nil && slices.Contains(stage.Incompatible, to)
	}
	return declares(one, other) || declares(other, one)
}

// SameFold compares two folds by meaning: the database may have rewritten spaces, the order of
// keys and the notation of numbers inside form values.
func SameFold(one, other *Case) bool {
	left, right := meaning(one), meaning(other)
	return left != nil && reflect.DeepEqual(left, right)
}

func meaning(value any) any {
	body, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	var decoded any
	if json.Unmarshal(body, &decoded) != nil {
		return nil
	}
	return decoded
}
