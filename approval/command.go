package approval

import (
	"slices"
	"time"
)

// Action is the English word of signoff.md for an act on a case.
type Action string

// The actions people take.
const (
	ActionSubmit    Action = "submit"
	ActionClaim     Action = "claim"
	ActionRelease   Action = "release"
	ActionApprove   Action = "approve"
	ActionReturn    Action = "return"
	ActionReject    Action = "reject"
	ActionNotAccept Action = "not-accept"
	ActionWithdraw  Action = "withdraw"
	ActionRecall    Action = "recall"
	ActionTransfer  Action = "transfer"
	ActionCC        Action = "cc"
	ActionRead      Action = "read"
	ActionComment   Action = "comment"
	ActionAttach    Action = "attach"
	ActionCorrect   Action = "correct"

	ActionDelegate     Action = "delegate"
	ActionResolve      Action = "resolve"
	ActionAddSigner    Action = "add-signer"
	ActionRemoveSigner Action = "remove-signer"
	ActionSuspend      Action = "suspend"
	ActionResume       Action = "resume"
	ActionExtend       Action = "extend"
	ActionUrge         Action = "urge"
	ActionSupervise    Action = "supervise"
	ActionReassign     Action = "reassign"
)

// What the system says by itself.
const (
	// ActionChildrenFinished: every child case of a wait has ended.
	ActionChildrenFinished Action = "children-finished"
	// ActionExpire: the timer of the open visit has run out (Case.Timer).
	ActionExpire Action = "expire"
	// ActionRecomputeDeadlines: a calendar has changed; Commit counts the open deadlines again.
	ActionRecomputeDeadlines Action = "recompute-deadlines"
	// ActionReopen: what another case has decided sends this one back to an earlier stage (ToStage).
	ActionReopen Action = "reopen"
	// ActionSupersede: what another case has decided ends this one.
	ActionSupersede Action = "supersede"
)

// systemActions are those no person may send.
var systemActions = []Action{ActionChildrenFinished, ActionExpire, ActionRecomputeDeadlines, ActionReopen, ActionSupersede}

// System reports whether only the system takes the action.
func (a Action) System() bool { return slices.Contains(systemActions, a) }

// Substitution is one absence: who is stood in for, in which office, and in which role (any of the
// person's when empty). The API looks it up, Commit again at the moment of writing.
type Substitution struct {
	Person string `json:"person"`
	Name   string `json:"name,omitempty"`
	Office string `json:"office"`
	Role   Role   `json:"role,omitempty"`
}

// Target is whom a transfer or a copy goes to. The facts after Person are looked up by the API
// before deciding and again by Commit, never sent by the client.
type Target struct {
	Office     string     `json:"office"`
	Person     string     `json:"user,omitempty"`
	OfficeKind OfficeKind `json:"officeKind,omitempty"`
	// Roles are those the person (or, without a person, anybody) holds in the office.
	Roles []Role `json:"roles,omitempty"`
}

// LineEdit changes one field of one line of a batch.
type LineEdit struct {
	Line  string `json:"line"`
	Field string `json:"field"`
	Value string `json:"value"`
}

// Command is everything that can change a case, with a key of its own.
type Command struct {
	Key         string      `json:"key"`
	Action      Action      `json:"action"`
	TaskID      string      `json:"taskId,omitempty"`
	Seen        int64       `json:"seen"`
	Actor       Actor       `json:"actor"`
	Posts       []Post      `json:"posts,omitempty"`
	Opinion     string      `json:"opinion,omitempty"`
	Clause      string      `json:"clause,omitempty"`
	Form        Form        `json:"form,omitempty"`
	ToStage     string      `json:"toStage,omitempty"`
	AfterReturn AfterReturn `json:"afterReturn,omitempty"`
	Defects     []Defect    `json:"defects,omitempty"`
	Target      *Target     `json:"target,omitempty"`
	Lines       []LineEdit  `json:"lines,omitempty"`
	Attachment  *Attachment `json:"attachment,omitempty"`
	// Visit is the visit a system command speaks of.
	Visit int `json:"visit,omitempty"`
	// StandsInFor are the absent officers whose tasks the actor may sign.
	StandsInFor []Substitution `json:"standsInFor,omitempty"`
	// Kind of an added signer: before, after or advisory; Signers are whom to add.
	Kind    TaskKind `json:"kind,omitempty"`
	Signers []Target `json:"signers,omitempty"`
	// Reason of a suspension, from the stage's list; Until is when it ends by itself.
	Reason string `json:"reason,omitempty"`
	// Body is whose reply a suspension waits for, where the reason names one.
	Body  string     `json:"body,omitempty"`
	Until *time.Time `json:"until,omitempty"`
	// Due is the new deadline of an extension, or that of a supervision.
	Due *time.Time `json:"due,omitempty"`
	// Moment is when the command was sent, or the timer that ran out. Acts that depend on the hour
	// are checked against it early, and against the hour of writing by Commit (CheckMoment).
	Moment time.Time `json:"moment,omitzero"`
}

// Submission is what a new case starts from; the API, the counter and the parent case all fill it.
type Submission struct {
	No        string
	Type      string
	Actor     Actor
	Office    string
	Subject   string
	Parent    string
	Facts     map[string]string
	Stages    []Stage
	Form      Form
	LineSet   *LineSet
	Key       string
	OwnsFirst bool // the initiator holds the first task at once
}
