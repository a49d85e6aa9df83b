package approval

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// EventVersion is the version written on every event. A changed meaning gets a new version and an upcaster.
const EventVersion = 1

// EventKind names what an event records.
type EventKind string

// The kinds of events.
const (
	EventSubmitted    EventKind = "submitted"
	EventVisitOpened  EventKind = "visit_opened"
	EventVisitClosed  EventKind = "visit_closed"
	EventStageSkipped EventKind = "stage_skipped"
	EventTaskClaimed  EventKind = "task_claimed"
	EventTaskReleased EventKind = "task_released"
	EventTaskSigned   EventKind = "task_signed"
	EventTaskMoved    EventKind = "task_moved"
	EventFormChanged  EventKind = "form_changed"
	EventLinesChanged EventKind = "lines_changed"
	EventCopied       EventKind = "copied"
	EventRead         EventKind = "read"
	EventCommented    EventKind = "commented"
	EventAttached     EventKind = "attached"
	EventCaseEnded    EventKind = "case_ended"

	EventTaskAdded          EventKind = "task_added"
	EventTaskRemoved        EventKind = "task_removed"
	EventTaskAdvised        EventKind = "task_advised"
	EventTaskOpened         EventKind = "task_opened"
	EventTaskResumed        EventKind = "task_resumed"
	EventSuspended          EventKind = "suspended"
	EventResumed            EventKind = "resumed"
	EventDeadlinesMoved     EventKind = "deadlines_moved"
	EventUrged              EventKind = "urged"
	EventEscalated          EventKind = "escalated"
	EventSupervised         EventKind = "supervised"
	EventSupervisionReplied EventKind = "supervision_replied"
	EventSupervisionEnded   EventKind = "supervision_ended"
)

// Change is one changed form field; Old is absent for a first value.
type Change struct {
	Old json.RawMessage `json:"old,omitempty"`
	New json.RawMessage `json:"new"`
}

// Event is one fact of an entry. Which fields are set depends on Kind.
type Event struct {
	Version int       `json:"v"`
	Kind    EventKind `json:"kind"`

	Submitted *Submitted `json:"submitted,omitempty"`
	Visit     int        `json:"visit,omitempty"`
	Stage     string     `json:"stage,omitempty"`
	Outcome   Outcome    `json:"outcome,omitempty"`
	Why       string     `json:"why,omitempty"`
	Condition string     `json:"condition,omitempty"`
	Resume    *string    `json:"resume,omitempty"`
	Final     *bool      `json:"final,omitempty"`
	Defects   []Defect   `json:"defects,omitempty"`
	Tasks     []Task     `json:"tasks,omitempty"`
	Wait      *Wait      `json:"wait,omitempty"`
	Task      string     `json:"task,omitempty"`
	// Owner of a visit_opened holds the first task of Office, or the first of all when Office is empty.
	Owner     string            `json:"owner,omitempty"`
	Office    string            `json:"office,omitempty"`
	Person    string            `json:"person,omitempty"`
	Inherited []string          `json:"inherited,omitempty"`
	Changes   map[string]Change `json:"changes,omitempty"`
	LineSet   *LineSet          `json:"lineSet,omitempty"`
	// Edits is how many line fields an entry changed; the lines themselves are kept in their own table.
	Edits      int         `json:"edits,omitempty"`
	Attachment *Attachment `json:"attachment,omitempty"`
	State      CaseState   `json:"state,omitempty"`

	// For is the absent officer in whose place a task was signed.
	For string `json:"for,omitempty"`
	// Wish is what a refusal asks for that does not end the visit by itself.
	Wish *Wish `json:"wish,omitempty"`
	// Passed is set when a stage passed by itself because the same person would have signed it.
	Passed     bool        `json:"passed,omitempty"`
	Suspension *Suspension `json:"suspension,omitempty"`
	// Deadlines are the deadlines Commit set; the command names the tasks, Commit the moments.
	Deadlines []Deadline `json:"deadlines,omitempty"`
	Extended  bool       `json:"extended,omitempty"`
	// Until is when a task may be urged again.
	Until       *time.Time   `json:"until,omitempty"`
	Level       int          `json:"level,omitempty"`
	Supervision *Supervision `json:"supervision,omitempty"`
}

// Deadline is the time one task has: until when, how that came about, and the moments at which
// its holder is reminded (70, 100 and 150 % of the allowed time).
type Deadline struct {
	Task      string      `json:"task"`
	Due       *time.Time  `json:"due,omitempty"`
	DueRule   *DueRule    `json:"dueRule,omitempty"`
	Reminders []time.Time `json:"reminders,omitempty"`
}

// Submitted is the first event: the frozen declaration and what was asked for.
type Submitted struct {
	No        string            `json:"no"`
	Type      string            `json:"type"`
	Initiator string            `json:"initiator"`
	Office    string            `json:"office"`
	Subject   string            `json:"subject,omitempty"`
	Parent    string            `json:"parent,omitempty"`
	Facts     map[string]string `json:"facts,omitempty"`
	Stages    []Stage           `json:"stages"`
	Form      Form              `json:"form,omitempty"`
	LineSet   *LineSet          `json:"lineSet,omitempty"`
}

// Entry is one line of a case's journal: one command and the events it made. Hash covers the
// stored bytes of the entry and the hash before it.
type Entry struct {
	Seq     int64     `json:"seq"`
	Case    string    `json:"case"`
	Key     string    `json:"key"`
	At      time.Time `json:"at"`
	Actor   Actor     `json:"actor"`
	Action  Action    `json:"action"`
	Task    string    `json:"task,omitempty"`
	Stage   string    `json:"stage,omitempty"`
	Visit   int       `json:"visit,omitempty"`
	Opinion string    `json:"opinion,omitempty"`
	// Reason is that of a suspension.
	Reason      string      `json:"reason,omitempty"`
	Clause      string      `json:"clause,omitempty"`
	AfterReturn AfterReturn `json:"afterReturn,omitempty"`
	Events      []Event     `json:"events"`
	// Lines travel with a proposal to Commit, which stores them apart and empties them before the
	// entry is written, so that no personal value enters the journal's bytes.
	Lines []LineEdit `json:"lines,omitempty"`
}

// Encode returns the bytes that are stored and hashed.
func (e Entry) Encode() ([]byte, error) { return json.Marshal(e) }

// DecodeEntry reads stored bytes, upcasting older event versions; an unknown version is an error.
func DecodeEntry(body []byte) (Entry, error) {
	var entry Entry
	if err := json.Unmarshal(body, &entry); err != nil {
		return Entry{}, fmt.Errorf("decode journal entry: %w", err)
	}
	for _, event := range entry.Events {
		if event.Version < 1 || event.Version > EventVersion {
			return Entry{}, fmt.Errorf("journal entry %s/%d: event version %d is newer than this program", entry.Case, entry.Seq, event.Version)
		}
	}
	return entry, nil
}

// Hash chains stored bytes to the hash before them, in hexadecimal SHA-256. The first entry's prev is "".
func Hash(prev string, body []byte) string {
	digest := sha256.New()
	digest.Write([]byte(prev))
	digest.Write([]byte{0})
	digest.Write(body)
	return hex.EncodeToString(digest.Sum(nil))
}

// Committed is what Commit answers: the entries after the caller's head, whoever wrote them, and
// why the proposal was refused when only the database could tell. Known is set when the command's
// key had been committed before.
type Committed struct {
	Entries []Entry `json:"entries,omitempty"`
	Known   bool    `json:"known,omitempty"`
	Refusal *Error  `json:"refusal,omitempty"`
}
