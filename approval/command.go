package approval

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
)

// ActionChildrenFinished is the system's word that every child case of a wait has ended.
const ActionChildrenFinished Action = "children-finished"

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
