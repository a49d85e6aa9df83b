// Package approvaltest keeps journals in memory, for tests of whatever needs a gate to commit
// through. It answers as store.Commit does; the registry behind it is a few functions.
package approvaltest

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"jieli/approval"
)

// Registry is what a commit has to look up: who answers for a stage, and who holds which post.
type Registry interface {
	// Offices are those a signer of a case stands for.
	Offices(c *approval.Case, signer approval.Signer) []string
	// Holds reports whether a person holds a post now.
	Holds(person string, post approval.Post) bool
	// StandsInFor reports whether a person stands in for an absent one in a post now.
	StandsInFor(person, absent string, post approval.Post) bool
}

// Proposer is a registry that also knows what is proposed for a stage as it opens.
type Proposer interface {
	Propose(c *approval.Case, stage *approval.Stage) approval.Form
}

// Journals is a gate in memory. The zero value is not usable; see New.
type Journals struct {
	registry Registry
	now      func() time.Time

	mutex sync.Mutex
	cases map[string]*record
}

type record struct {
	fold   []byte
	hash   string
	bodies [][]byte
	hashes []string
	keys   map[string]bool
	fault  string
}

// New makes an empty gate over a registry and a clock.
func New(registry Registry, now func() time.Time) *Journals {
	return &Journals{registry: registry, now: now, cases: map[string]*record{}}
}

// Submit writes the first entry of a case.
func (j *Journals) Submit(submission approval.Submission) (approval.Entry, error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if j.cases[submission.No] != nil {
		return approval.Entry{}, fmt.Errorf("case %s exists", submission.No)
	}
	entry := approval.Submit(submission)
	draft := &approval.Case{No: submission.No, Type: submission.Type, Office: submission.Office, Facts: submission.Facts, Stages: submission.Stages, LineSet: submission.LineSet}
	stored := &record{keys: map[string]bool{}}
	if err := j.append(stored, draft, &entry); err != nil {
		return approval.Entry{}, err
	}
	j.cases[submission.No] = stored
	return entry, nil
}

// Commit appends a proposal when the journal stands at head; in every case it answers the entries
// after head, decoded from the stored bytes.
func (j *Journals) Commit(no string, head int64, key string, proposal *approval.Entry) (approval.Committed, error) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	var committed approval.Committed
	stored := j.cases[no]
	if stored == nil {
		return committed, approval.NotFound()
	}
	fold := &approval.Case{}
	if err := json.Unmarshal(stored.fold, fold); err != nil {
		return committed, err
	}
	if fold.Version < head {
		return committed, approval.Refuse(approval.CodeBehind, "办件记录不完整，已转技术人员处理", "the journal is behind the workflow; technicians have been told")
	}
	for _, body := range stored.bodies[head:] {
		entry, err := approval.DecodeEntry(body)
		if err != nil {
			return committed, err
		}
		committed.Entries = append(committed.Entries, entry)
	}
	committed.Known = stored.keys[key]
	if committed.Known || fold.Version > head || proposal == nil {
		return committed, nil
	}
	actor := proposal.Actor
	if proposal.Task != "" && actor.Person != approval.SystemPerson && !j.mayAct(actor) {
		committed.Refusal = approval.Refuse(approval.CodeNoRole, "您已不在该岗位，请由现任办理", "you no longer hold this post; its present holder must act")
		return committed, nil
	}
	entry := *proposal
	if committed.Refusal = approval.CheckMoment(fold, entry, j.now().UTC()); committed.Refusal != nil {
		return committed, nil
	}
	if err := j.append(stored, fold, &entry); err != nil {
		var own *approval.Error
		if errors.As(err, &own) {
			committed.Refusal = own
			return committed, nil
		}
		return committed, err
	}
	committed.Entries = append(committed.Entries, entry)
	return committed, nil
}

// mayAct reports whether an actor holds the post they act in, or stands in for who holds it.
func (j *Journals) mayAct(actor approval.Actor) bool {
	post := approval.Post{Office: actor.Office, Role: actor.Role}
	if actor.For == "" {
		return j.registry.Holds(actor.Person, post)
	}
	return j.registry.Holds(actor.For, post) && j.registry.StandsInFor(actor.Person, actor.For, post)
}

func (j *Journals) append(stored *record, fold *approval.Case, entry *approval.Entry) error {
	entry.Seq, entry.At = fold.Version+1, j.now().UTC()
	entry.Events = append([]approval.Event(nil), entry.Events...)
	passed := false
	for i := 0; i < len(entry.Events); i++ {
		event := &entry.Events[i]
		switch event.Kind {
		case approval.EventVisitOpened:
			if err := j.open(fold, entry, event); err != nil {
				return err
			}
		case approval.EventDeadlinesMoved:
			if err := j.moveDeadlines(fold, entry, event); err != nil {
				return err
			}
		case approval.EventUrged:
			until := entry.At.Add(Day)
			event.Until = &until
		case approval.EventSupervised:
			supervision := *event.Supervision
			supervision.Kind = approval.SupervisionOrder
			if supervision.Due == nil {
				due := entry.At.Add(3 * Day)
				supervision.Due = &due
			}
			event.Supervision = &supervision
		case approval.EventLinesChanged:
			version := 1
			if fold.LineSet != nil {
				version = fold.LineSet.Version + 1
			}
			event.LineSet = &approval.LineSet{Version: version, Digest: fmt.Sprintf("digest-%d", version), Count: 3}
		}
		if i == len(entry.Events)-1 && !passed && event.Kind == approval.EventVisitOpened {
			draft := &approval.Case{}
			if stored.fold != nil {
				if err := json.Unmarshal(stored.fold, draft); err != nil {
					return err
				}
			}
			if err := approval.Evolve(draft, *entry); err != nil {
				return err
			}
			more := approval.PassOn(draft, entry.Actor, j.registry.Holds)
			entry.Events = append(entry.Events, more...)
			passed = len(more) == 0
		}
	}
	entry.Lines = nil
	body, err := entry.Encode()
	if err != nil {
		return err
	}
	if err := approval.Evolve(fold, *entry); err != nil {
		return err
	}
	if stored.fold, err = json.Marshal(fold); err != nil {
		return err
	}
	stored.hash = approval.Hash(stored.hash, body)
	stored.bodies, stored.hashes = append(stored.bodies, body), append(stored.hashes, stored.hash)
	stored.keys[entry.Key] = true
	return nil
}

func (j *Journals) open(fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	stage := fold.Stage(event.Stage)
	if stage.Mode == approval.ModeChildren {
		event.Wait = &approval.Wait{Kind: "children", Child: stage.Awaits(fold.Form), Owner: fold.Office}
		if event.Wait.Owner == "" {
			event.Wait.Owner = entry.Events[0].Submitted.Office
		}
		return nil
	}
	event.Tasks = nil
	owned := false
	for _, signer := range stage.Signers {
		for _, office := range j.registry.Offices(fold, signer) {
			task := approval.Task{ID: approval.TaskID(fold.No, event.Visit, len(event.Tasks)+1), Office: office, Role: signer.Role,
				State: approval.TaskOpen, Basis: entry.Seq, Mandatory: signer.Mandatory}
			if proposer, ok := j.registry.(Proposer); ok {
				task.Proposal = proposer.Propose(fold, stage)
			}
			if stage.Due.Count > 0 {
				set(&task, entry.At, time.Duration(stage.Due.Count)*Day, 0)
			}
			if event.Owner != "" && !owned && (event.Office == "" || event.Office == office) {
				task.Owner, owned = event.Owner, true
			}
			event.Tasks = append(event.Tasks, task)
		}
	}
	if len(event.Tasks) == 0 {
		return approval.Refuse(approval.CodeWrongState, "本区没有设置办理单位，请联系系统管理员", "no office answers for the stage; ask the system administrator")
	}
	approval.Arrange(stage, event.Tasks)
	return nil
}

// Day is a working day of the gate in memory, whose calendar has no weekends.
const Day = 24 * time.Hour

// set gives a task its time: due and the reminders at 70, 100 and 150 %, pauses not counted.
func set(task *approval.Task, from time.Time, allowed, paused time.Duration) {
	at := func(percent time.Duration) time.Time { return from.Add(allowed*percent/100 + paused) }
	due := at(100)
	task.Due, task.Reminders = &due, []time.Time{at(70), due, at(150)}
	task.DueRule = &approval.DueRule{Due: approval.Due{Kind: approval.WorkingDays, Count: int(allowed / Day)}, From: from.Format(time.DateOnly)}
}

// moveDeadlines counts named deadlines again, as store does; an extension is granted once.
func (j *Journals) moveDeadlines(fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	visit := fold.Current()
	paused := time.Duration(0)
	for _, pause := range visit.Pauses {
		paused += pause.To.Sub(pause.From)
	}
	if fold.Suspension != nil {
		paused += entry.At.Sub(fold.Suspension.Since)
	}
	event.Deadlines = append([]approval.Deadline(nil), event.Deadlines...)
	for i := range event.Deadlines {
		_, task := fold.Task(event.Deadlines[i].Task)
		moved := *task
		if event.Extended {
			if task.Extended > 0 {
				return approval.Refuse(approval.CodeAlreadyExtended, "该任务已延长过一次，不能再延长", "it was extended once already and cannot be again")
			}
			due := *event.Deadlines[i].Due
			moved.Due, moved.Reminders = &due, []time.Time{task.Reminders[0], due, due.Add(Day)}
			moved.DueRule = &approval.DueRule{Due: task.DueRule.Due, From: task.DueRule.From, ExtendedTo: &due, ExtendedAt: &entry.At}
		} else if task.DueRule.ExtendedTo != nil {
			due := task.DueRule.ExtendedTo.Add(paused)
			moved.Due, moved.Reminders = &due, []time.Time{task.Reminders[0], due, due.Add(Day)}
		} else {
			set(&moved, visit.OpenedAt, time.Duration(task.DueRule.Due.Count)*Day, paused)
		}
		event.Deadlines[i].Due, event.Deadlines[i].DueRule, event.Deadlines[i].Reminders = moved.Due, moved.DueRule, moved.Reminders
	}
	return nil
}

// SetFault marks a case as a technical fault; an empty text clears it.
func (j *Journals) SetFault(no, fault string) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	if stored := j.cases[no]; stored != nil {
		stored.fault = fault
	}
}

// Fault is the mark of a case.
func (j *Journals) Fault(no string) string {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.cases[no].fault
}

// Fold is the stored fold of a case; nil when there is none.
func (j *Journals) Fold(no string) *approval.Case {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	stored := j.cases[no]
	if stored == nil {
		return nil
	}
	fold := &approval.Case{}
	if err := json.Unmarshal(stored.fold, fold); err != nil {
		panic(err)
	}
	return fold
}

// Entries are the stored entries of a case, decoded.
func (j *Journals) Entries(no string) []approval.Entry {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	entries := make([]approval.Entry, len(j.cases[no].bodies))
	for i, body := range j.cases[no].bodies {
		entry, err := approval.DecodeEntry(body)
		if err != nil {
			panic(err)
		}
		entries[i] = entry
	}
	return entries
}

// Chain is the stored bytes of a case's entries and the hash stored with each.
func (j *Journals) Chain(no string) (bodies [][]byte, hashes []string) {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	return j.cases[no].bodies, j.cases[no].hashes
}

// Cut drops the newest entries of a journal, as a restored backup would, and leaves its head behind.
func (j *Journals) Cut(no string, to int) error {
	j.mutex.Lock()
	defer j.mutex.Unlock()
	stored := j.cases[no]
	fold := &approval.Case{}
	stored.keys, stored.bodies, stored.hashes = map[string]bool{}, stored.bodies[:to], stored.hashes[:to]
	for _, body := range stored.bodies {
		entry, err := approval.DecodeEntry(body)
		if err != nil {
			return err
		}
		if err := approval.Evolve(fold, entry); err != nil {
			return err
		}
		stored.keys[entry.Key] = true
	}
	stored.hash = stored.hashes[to-1]
	var err error
	stored.fold, err = json.Marshal(fold)
	return err
}
