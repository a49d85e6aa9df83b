package approval

import (
	"fmt"
	"slices"
	"time"
)

// Format is the version of the folded case that Evolve writes; carried over continue-as-new.
const Format = 1

// CaseState is the state of a case; progress through stages is never a state.
type CaseState string

// The states of a case.
const (
	CaseOpen        CaseState = "open"
	CaseSuspended   CaseState = "suspended"
	CaseClosed      CaseState = "closed"
	CaseRejected    CaseState = "rejected"
	CaseNotAccepted CaseState = "not_accepted"
	CaseWithdrawn   CaseState = "withdrawn"
	CaseExpired     CaseState = "expired"
)

// TaskState is the state of a task.
type TaskState string

// The states of a task.
const (
	TaskOpen       TaskState = "open"
	TaskWaiting    TaskState = "waiting"
	TaskSigned     TaskState = "signed"
	TaskSuperseded TaskState = "superseded"
)

// Outcome is how a visit ended; empty while it is open.
type Outcome string

// The outcomes of a visit.
const (
	OutcomeApproved  Outcome = "approved"
	OutcomeReturned  Outcome = "returned"
	OutcomeRejected  Outcome = "rejected"
	OutcomeWithdrawn Outcome = "withdrawn"
	OutcomeRecalled  Outcome = "recalled"
	OutcomeExpired   Outcome = "expired"
	// OutcomeAdvised is how a delegate's task ends: an opinion, no decision.
	OutcomeAdvised Outcome = "advised"
)

// AfterReturn says how a returned case comes back.
type AfterReturn string

// The two ways back.
const (
	AfterReturnHere AfterReturn = "here"
	AfterReturnWalk AfterReturn = "walk"
)

// Actor is who acted, as the journal names them. System acts carry the person "system".
type Actor struct {
	Person string `json:"person"`
	Name   string `json:"name,omitempty"`
	Office string `json:"office,omitempty"`
	Role   Role   `json:"role,omitempty"`
	// For and ForName name the absent officer in whose place the actor acts.
	For     string `json:"for,omitempty"`
	ForName string `json:"forName,omitempty"`
}

// SystemPerson is the person of commands no human gave: timers and results of child cases.
const SystemPerson = "system"

// Post binds a person to a role in an office.
type Post struct {
	Office string `json:"office"`
	Role   Role   `json:"role"`
}

// Defect is one thing to be put right, listed when a case is returned (all at once).
type Defect struct {
	Item   string `json:"item"`
	Detail string `json:"detail"`
	Clause string `json:"clause,omitempty"`
}

// LineSet is the version and digest of the lines a batch works on; an approval names the one it has seen.
type LineSet struct {
	Version int    `json:"version"`
	Digest  string `json:"digest"`
	Count   int    `json:"count"`
}

// Name is the version and digest in one word, as approvals send it back.
func (l LineSet) Name() string { return fmt.Sprintf("%d:%s", l.Version, l.Digest) }

// Task is one office's duty within a visit.
type Task struct {
	ID     string     `json:"id"`
	Office string     `json:"office"`
	Role   Role       `json:"role"`
	Owner  string     `json:"owner,omitempty"`
	State  TaskState  `json:"state"`
	Basis  int64      `json:"basis"`
	Due    *time.Time `json:"due,omitempty"`
	// DueRule says how the deadline came about, in words and with the counted days.
	DueRule *DueRule `json:"dueRule,omitempty"`
	// NoCompetentOfficer is set when nobody held the role as the visit opened.
	NoCompetentOfficer bool `json:"noCompetentOfficer,omitempty"`
	// Inherited are the persons whose conflicts the holder took over by transfer.
	Inherited []string `json:"inherited,omitempty"`
	// Proposal is what the system proposes for the stage's form, and Reasons why, by field.
	Proposal Form            `json:"proposal,omitempty"`
	Reasons  map[string]Text `json:"reasons,omitempty"`
	SignedBy string          `json:"signedBy,omitempty"`

	Kind TaskKind `json:"kind,omitempty"`
	// Serves is the task this one was added to; AddedBy who asked for it.
	Serves  string    `json:"serves,omitempty"`
	AddedBy string    `json:"addedBy,omitempty"`
	AddedAt time.Time `json:"addedAt,omitzero"`
	// Mandatory signers of a quorum must be among those who agree.
	Mandatory bool `json:"mandatory,omitempty"`
	// Answer is how the task was signed, where that is not an approval that speaks for itself.
	Answer Outcome `json:"answer,omitempty"`
	// Wish is what a refusal asked for while the others were still to speak.
	Wish *Wish `json:"wish,omitempty"`
	// SignedFor is the absent officer in whose place it was signed.
	SignedFor string      `json:"signedFor,omitempty"`
	Reminders []time.Time `json:"reminders,omitempty"`
	Extended  int         `json:"extended,omitempty"`
	Urged     int         `json:"urged,omitempty"`
	NextUrge  *time.Time  `json:"nextUrge,omitempty"`
}

// Unsigned reports whether somebody still has to sign the task, now or when it is their turn.
func (t *Task) Unsigned() bool { return t.State == TaskOpen || t.State == TaskWaiting }

// TaskKind tells the tasks of the declared signers from those added to them.
type TaskKind string

// The kinds of tasks.
const (
	// TaskSigner is the task of a declared signer.
	TaskSigner TaskKind = ""
	// TaskBefore holds its owner up until it is signed; TaskAfter is signed next; TaskAdvisory is
	// asked and not waited for; TaskDelegated gives an opinion, then the task goes back.
	TaskBefore    TaskKind = "before"
	TaskAfter     TaskKind = "after"
	TaskAdvisory  TaskKind = "advisory"
	TaskDelegated TaskKind = "delegated"
)

// Wish is what a refusal asks for: to return to a stage, or (Reject) to end the case.
type Wish struct {
	Reject      bool        `json:"reject,omitempty"`
	ToStage     string      `json:"toStage,omitempty"`
	AfterReturn AfterReturn `json:"afterReturn,omitempty"`
	Defects     []Defect    `json:"defects,omitempty"`
}

// DueRule is the derivation of a deadline, kept so that a person can be shown how it came about.
type DueRule struct {
	Due Due `json:"due"`
	// Setting is the jurisdiction setting that gave the time allowed, with its version; empty when the procedure's own holds.
	Setting string `json:"setting,omitempty"`
	Version int    `json:"version,omitempty"`
	// Calendar names whose calendar counted, with the number of its last edit.
	Calendar        string `json:"calendar,omitempty"`
	CalendarVersion int    `json:"calendarVersion,omitempty"`
	// From is the day the time began, for working hours the moment (RFC 3339).
	From    string   `json:"from"`
	Counted []string `json:"counted,omitempty"`
	// Provisional is set when a year's holidays were not published yet.
	Provisional bool `json:"provisional,omitempty"`
	// Pauses are the suspensions that do not count.
	Pauses []Pause `json:"pauses,omitempty"`
	// ExtendedTo replaces the count once the deadline was extended, at ExtendedAt.
	ExtendedTo *time.Time `json:"extendedTo,omitempty"`
	ExtendedAt *time.Time `json:"extendedAt,omitempty"`
}

// Wait is a named wait of an open case that has no task: for child cases, with the office that answers for it.
type Wait struct {
	Kind  string `json:"kind"`
	Child string `json:"child,omitempty"`
	Owner string `json:"owner"`
}

// Visit is one entry into a stage; a return makes a second visit.
type Visit struct {
	ID       int       `json:"id"`
	Stage    string    `json:"stage"`
	Opened   int64     `json:"opened"`
	OpenedAt time.Time `json:"openedAt"`
	ClosedAt time.Time `json:"closedAt,omitzero"`
	Outcome  Outcome   `json:"outcome,omitempty"`
	// Why the visit was opened: "", "returned" or "recalled".
	Why     string   `json:"why,omitempty"`
	Defects []Defect `json:"defects,omitempty"`
	Tasks   []Task   `json:"tasks,omitempty"`
	Wait    *Wait    `json:"wait,omitempty"`
	// Acted is set by any act but claim, release, comment and cc; it ends the chance to recall.
	Acted bool `json:"acted,omitempty"`
	// Signature is the seq of the entry that ended the visit.
	Signature int64 `json:"signature,omitempty"`
	// Escalated counts how often the visit was widened: 1 to the head, 2 to the supervising office.
	Escalated int     `json:"escalated,omitempty"`
	Pauses    []Pause `json:"pauses,omitempty"`
	// Passed is set when the visit passed by itself, for the same person would have signed it.
	Passed bool `json:"passed,omitempty"`
}

// Open reports whether the visit is open.
func (v *Visit) Open() bool { return v.Outcome == "" }

// Signature is one signing of a stage, kept for the separation of duties.
type Signature struct {
	Stage  string `json:"stage"`
	Visit  int    `json:"visit"`
	Person string `json:"person"`
	// For is the absent officer in whose place the person signed; both carry the conflict.
	For string `json:"for,omitempty"`
}

// Decision is the last act that ended a visit.
type Decision struct {
	Seq    int64  `json:"seq"`
	Visit  int    `json:"visit"`
	Task   string `json:"task"`
	Office string `json:"office"`
	Person string `json:"person"`
	// Final is set when the decision was the final approval; a recall takes it back.
	Final bool `json:"final,omitempty"`
	// Resume is the way straight back that was in force; a recall puts it in force again.
	Resume string `json:"resume,omitempty"`
}

// Observer is who was copied in; the whole office when Person is empty.
type Observer struct {
	Office string   `json:"office"`
	Person string   `json:"person,omitempty"`
	Read   []string `json:"read,omitempty"`
}

// Attachment is a file of the case; Material is set when it stands for a paper of the tick list.
type Attachment struct {
	File     string `json:"file"`
	Name     string `json:"name"`
	Size     int64  `json:"size"`
	Digest   string `json:"digest"`
	Material string `json:"material,omitempty"`
	Stage    string `json:"stage,omitempty"`
	By       string `json:"by"`
	Seq      int64  `json:"seq"`
}

// Case is the fold of a journal. Version is the seq of the last entry folded in.
type Case struct {
	Format       int               `json:"format"`
	No           string            `json:"no"`
	Type         string            `json:"type"`
	State        CaseState         `json:"state"`
	Version      int64             `json:"version"`
	Initiator    string            `json:"initiator"`
	Office       string            `json:"office"`
	Subject      string            `json:"subject,omitempty"`
	Parent       string            `json:"parent,omitempty"`
	Facts        map[string]string `json:"facts,omitempty"`
	Stages       []Stage           `json:"stages"`
	Form         Form              `json:"form,omitempty"`
	LineSet      *LineSet          `json:"lineSet,omitempty"`
	Visits       []Visit           `json:"visits,omitempty"`
	Skipped      []string          `json:"skipped,omitempty"`
	Signatures   []Signature       `json:"signatures,omitempty"`
	Last         *Decision         `json:"last,omitempty"`
	Decided      bool              `json:"decided,omitempty"`
	Resume       string            `json:"resume,omitempty"`
	Suspension   *Suspension       `json:"suspension,omitempty"`
	Supervisions []Supervision     `json:"supervisions,omitempty"`
	Observers    []Observer        `json:"observers,omitempty"`
	Attachments  []Attachment      `json:"attachments,omitempty"`
	SubmittedAt  time.Time         `json:"submittedAt"`
	EndedAt      time.Time         `json:"endedAt,omitzero"`
}

// Ended reports whether the case accepts no more commands.
func (c *Case) Ended() bool { return c.State != CaseOpen && c.State != CaseSuspended }

// Stage returns the declared stage of a key; nil when there is none.
func (c *Case) Stage(key string) *Stage {
	for i := range c.Stages {
		if c.Stages[i].Key == key {
			return &c.Stages[i]
		}
	}
	return nil
}

func (c *Case) stageIndex(key string) int {
	return slices.IndexFunc(c.Stages, func(s Stage) bool { return s.Key == key })
}

// Current returns the open visit; nil when the case has ended.
func (c *Case) Current() *Visit {
	for i := len(c.Visits) - 1; i >= 0; i-- {
		if c.Visits[i].Open() {
			return &c.Visits[i]
		}
	}
	return nil
}

// Task finds a task and its visit.
func (c *Case) Task(id string) (*Visit, *Task) {
	for i := range c.Visits {
		for j := range c.Visits[i].Tasks {
			if c.Visits[i].Tasks[j].ID == id {
				return &c.Visits[i], &c.Visits[i].Tasks[j]
			}
		}
	}
	return nil, nil
}

// TaskID names the n-th task of a visit, n counted from 1.
func TaskID(no string, visit, n int) string { return fmt.Sprintf("%s.%d.%d", no, visit, n) }

// EarlierStages returns the stages a return from the open visit may name: those of the path
// actually taken, before the current stage and after the last finished wait for child cases.
func (c *Case) EarlierStages() []string {
	current := c.Current()
	if current == nil {
		return nil
	}
	limit := c.stageIndex(current.Stage)
	first := 0
	for i := range limit {
		if c.Stages[i].Mode == ModeChildren && c.visited(c.Stages[i].Key) {
			first = i + 1
		}
	}
	var earlier []string
	for i := first; i < limit; i++ {
		if c.visited(c.Stages[i].Key) {
			earlier = append(earlier, c.Stages[i].Key)
		}
	}
	return earlier
}

// listsMaterial reports whether a paper is on some stage's list; the empty key stands for none.
func (c *Case) listsMaterial(key string) bool {
	return key == "" || slices.ContainsFunc(c.Stages, func(s Stage) bool {
		return slices.ContainsFunc(s.Materials, func(m Material) bool { return m.Key == key })
	})
}

func (c *Case) visited(stage string) bool {
	return slices.ContainsFunc(c.Visits, func(v Visit) bool { return v.Stage == stage && v.Outcome != "" })
}

// Conflict returns the stage that keeps a person from signing another one, or "". The holder of a
// task also carries the conflicts of everybody who passed it on, and a substitute those of whom they
// stand in for. In a joint visit every signature is another person's: two posts do not make two parties.
func (c *Case) Conflict(stage *Stage, person string, inherited []string) string {
	current := c.Current()
	for _, signature := range c.Signatures {
		joint := current != nil && signature.Visit == current.ID && current.Stage == stage.Key
		if !joint && !c.incompatible(signature.Stage, stage.Key) {
			continue
		}
		if signature.by(person) || slices.ContainsFunc(inherited, signature.by) {
			return signature.Stage
		}
	}
	return ""
}

// by reports whether a person signed, or was signed for.
func (s Signature) by(person string) bool {
	return person != "" && (s.Person == person || s.For == person)
}
