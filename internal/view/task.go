package view

import (
	"time"

	"jieli/approval"
)

// TaskItem is one line of the inbox.
type TaskItem struct {
	ID            string             `json:"id"`
	Case          string             `json:"case"`
	Type          string             `json:"type"`
	TypeTitle     approval.Text      `json:"typeTitle"`
	Title         string             `json:"title" doc:"what the case is about: enterprise and people, or the person"`
	Stage         string             `json:"stage"`
	StageTitle    approval.Text      `json:"stageTitle"`
	Office        string             `json:"office"`
	OfficeName    string             `json:"officeName"`
	Role          approval.Role      `json:"role"`
	Owner         string             `json:"owner,omitempty"`
	OwnerName     string             `json:"ownerName,omitempty"`
	Due           *time.Time         `json:"due,omitempty"`
	DueDays       *int               `json:"dueDays,omitempty" doc:"working days left; negative when overdue"`
	State         approval.TaskState `json:"state"`
	Version       int64              `json:"version"`
	OpenedAt      time.Time          `json:"openedAt"`
	Why           string             `json:"why,omitempty" doc:"returned or recalled, when the visit was not the normal next one"`
	InitiatorName string             `json:"initiatorName,omitempty"`
	Kind          string             `json:"kind" enum:",before,after,advisory,delegated,supervision" doc:"empty for the stage's own signers"`
	Escalated     int                `json:"escalated" doc:"1: widened to the head; 2: shown to the supervising office"`
	Suspended     bool               `json:"suspended" doc:"the clock stands still"`
}

// TaskForm is what a task asks for and what the system proposes, with the reason for each field.
type TaskForm struct {
	Schema   map[string]any           `json:"schema"`
	Proposal map[string]any           `json:"proposal"`
	Reasons  map[string]approval.Text `json:"reasons"`
	// LineFields are the fields of the lines that may be corrected in this stage.
	LineFields []LineFieldView `json:"lineFields"`
}

// LineFieldView is one correctable field of a line.
type LineFieldView struct {
	Key      string             `json:"key"`
	Title    approval.Text      `json:"title"`
	Kind     approval.FieldKind `json:"kind" enum:"choice,text,number,date"`
	Options  []approval.Option  `json:"options"`
	Optional bool               `json:"optional" doc:"it may be emptied again"`
	Clause   string             `json:"clause,omitempty"`
}

// TaskView is one task of a case.
type TaskView struct {
	ID                 string             `json:"id"`
	Stage              string             `json:"stage"`
	StageTitle         approval.Text      `json:"stageTitle"`
	Visit              int                `json:"visit"`
	Office             string             `json:"office"`
	OfficeName         string             `json:"officeName"`
	Role               approval.Role      `json:"role"`
	RoleTitle          approval.Text      `json:"roleTitle"`
	Owner              string             `json:"owner,omitempty"`
	OwnerName          string             `json:"ownerName,omitempty"`
	Due                *time.Time         `json:"due,omitempty"`
	DueDays            *int               `json:"dueDays,omitempty"`
	DueRule            *approval.DueRule  `json:"dueRule,omitempty"`
	Basis              int64              `json:"basis"`
	Form               TaskForm           `json:"form"`
	State              approval.TaskState `json:"state"`
	NoCompetentOfficer bool               `json:"noCompetentOfficer"`

	Kind        string     `json:"kind" enum:",before,after,advisory,delegated,supervision" doc:"empty for the stage's own signers"`
	Serves      string     `json:"serves,omitempty" doc:"the task an added signer was added to"`
	AddedByName string     `json:"addedByName,omitempty"`
	WaitsFor    []string   `json:"waitsFor" doc:"names of the added signers or delegates a waiting task waits for"`
	Extended    int        `json:"extended"`
	Urged       int        `json:"urged"`
	NextUrge    *time.Time `json:"nextUrge,omitempty" doc:"before this it cannot be urged again"`
	Escalated   int        `json:"escalated" doc:"1: widened to the head; 2: shown to the supervising office"`
}

// SupervisionView is one 督办, 商请函 or 提醒函 of the case and its answer.
type SupervisionView struct {
	ID          string                   `json:"id"`
	Kind        approval.SupervisionKind `json:"kind" enum:"order,request,reminder"`
	Office      string                   `json:"office"`
	OfficeName  string                   `json:"officeName"`
	ByName      string                   `json:"byName"`
	ByOffice    string                   `json:"byOfficeName"`
	Opinion     string                   `json:"opinion"`
	StageTitle  approval.Text            `json:"stageTitle"`
	At          time.Time                `json:"at"`
	Due         *time.Time               `json:"due,omitempty"`
	DueDays     *int                     `json:"dueDays,omitempty"`
	State       approval.TaskState       `json:"state"`
	Basis       int64                    `json:"basis"`
	Reply       string                   `json:"reply,omitempty"`
	RepliedName string                   `json:"repliedByName,omitempty"`
	RepliedAt   *time.Time               `json:"repliedAt,omitempty"`
}

// SuspensionView says why the clock stands still, and whose time it is.
type SuspensionView struct {
	Reason string         `json:"reason"`
	Title  approval.Text  `json:"title"`
	Party  approval.Party `json:"party" enum:"applicant,outside,freeze"`
	Since  time.Time      `json:"since"`
	Until  *time.Time     `json:"until,omitempty"`
	ByName string         `json:"byName"`
}

// ActionView is one act: allowed, or why not.
type ActionView struct {
	Action  string         `json:"action"`
	TaskID  string         `json:"taskId,omitempty"`
	Allowed bool           `json:"allowed"`
	Reason  *approval.Text `json:"reason,omitempty"`
}
