package view

import (
	"encoding/json"
	"time"

	"jieli/approval"
)

// PlanStep is one step of the way: past visits, the present one, and the predicted ones.
type PlanStep struct {
	Stage       string              `json:"stage"`
	Group       string              `json:"group"`
	Title       approval.Text       `json:"title"`
	OfficeKind  approval.OfficeKind `json:"officeKind,omitempty"`
	Role        approval.Role       `json:"role,omitempty"`
	RoleTitle   approval.Text       `json:"roleTitle"`
	Mode        approval.Mode       `json:"mode"`
	State       string              `json:"state" enum:"done,current,planned,skipped"`
	Visit       int                 `json:"visit,omitempty"`
	Outcome     approval.Outcome    `json:"outcome,omitempty"`
	OpenedAt    *time.Time          `json:"openedAt,omitempty"`
	ClosedAt    *time.Time          `json:"closedAt,omitempty"`
	WorkingDays *int                `json:"workingDays,omitempty" doc:"working days used"`
	Why         string              `json:"why,omitempty"`
	Condition   string              `json:"condition,omitempty"`
	Defects     []approval.Defect   `json:"defects"`
	Signers     []PlanSigner        `json:"signers"`
	Wait        *approval.Wait      `json:"wait,omitempty"`
	Clauses     []string            `json:"clauses"`
	Escalated   int                 `json:"escalated"`
	Passed      bool                `json:"passed" doc:"it passed by itself: the same person would have signed it"`
	Pauses      []approval.Pause    `json:"pauses" doc:"suspensions within the visit"`
}

// PlanSigner is one office (and, once signed, person) of a step.
type PlanSigner struct {
	Office     string             `json:"office,omitempty"`
	OfficeName string             `json:"officeName,omitempty"`
	Person     string             `json:"person,omitempty"`
	PersonName string             `json:"personName,omitempty"`
	State      approval.TaskState `json:"state,omitempty"`
	Opinion    string             `json:"opinion,omitempty"`
	At         *time.Time         `json:"at,omitempty"`

	Kind        string           `json:"kind" enum:",before,after,advisory,delegated"`
	Answer      approval.Outcome `json:"answer,omitempty" doc:"how it was signed, where that is not an approval"`
	ForName     string           `json:"forName,omitempty" doc:"the absent officer in whose place it was signed"`
	AddedByName string           `json:"addedByName,omitempty"`
}

// ClockSegment is a stretch of the case's age that belongs to one holder.
type ClockSegment struct {
	Kind       approval.HolderKind `json:"kind" enum:"office,applicant,outside,freeze"`
	Holder     string              `json:"holder"`
	HolderName string              `json:"holderName"`
	From       time.Time           `json:"from"`
	To         *time.Time          `json:"to,omitempty"`
	Seconds    int64               `json:"seconds"`
}

// Clock tells how long the case has taken and who held it.
type Clock struct {
	StartedAt time.Time      `json:"startedAt"`
	EndedAt   *time.Time     `json:"endedAt,omitempty"`
	Seconds   int64          `json:"seconds"`
	Segments  []ClockSegment `json:"segments"`
}

// AttachmentView is one file of the case.
type AttachmentView struct {
	File     string    `json:"file"`
	Name     string    `json:"name"`
	Size     int64     `json:"size"`
	Material string    `json:"material,omitempty"`
	Stage    string    `json:"stage,omitempty"`
	ByName   string    `json:"byName"`
	At       time.Time `json:"at"`
}

// CaseView is the case page.
type CaseView struct {
	No             string                     `json:"no"`
	Type           string                     `json:"type"`
	TypeTitle      approval.Text              `json:"typeTitle"`
	Title          string                     `json:"title"`
	State          approval.CaseState         `json:"state"`
	Version        int64                      `json:"version"`
	Stage          string                     `json:"stage"`
	StageTitle     approval.Text              `json:"stageTitle"`
	Sentence       approval.Text              `json:"sentence" doc:"waiting for whom and since when, to read aloud"`
	Group          string                     `json:"group,omitempty" doc:"the registered group the case is about, for whoever may open it"`
	Office         string                     `json:"office"`
	OfficeName     string                     `json:"officeName"`
	InitiatorName  string                     `json:"initiatorName"`
	SubmittedAt    time.Time                  `json:"submittedAt"`
	EndedAt        *time.Time                 `json:"endedAt,omitempty"`
	Subject        string                     `json:"subject,omitempty"`
	Parent         string                     `json:"parent,omitempty"`
	Roster         string                     `json:"roster,omitempty"`
	LineSet        *approval.LineSet          `json:"lineSet,omitempty"`
	Plan           []PlanStep                 `json:"plan"`
	Tasks          []TaskView                 `json:"tasks"`
	Form           map[string]json.RawMessage `json:"form"`
	FormFields     []approval.Field           `json:"formFields" doc:"wording of the form's keys"`
	Materials      []approval.Material        `json:"materials"`
	EarlierStages  []StageName                `json:"earlierStages" doc:"where a return may go"`
	WalkAgain      bool                       `json:"walkAgain" doc:"a return out of the present stage goes through every stage again"`
	Attachments    []AttachmentView           `json:"attachments"`
	Observers      []approval.Observer        `json:"observers"`
	Clock          Clock                      `json:"clock"`
	Suspension     *SuspensionView            `json:"suspension,omitempty"`
	SuspendReasons []approval.SuspendReason   `json:"suspendReasons" doc:"for which the present stage may be suspended"`
	Supervisions   []SupervisionView          `json:"supervisions"`
	Party          *PartyCase                 `json:"party,omitempty" doc:"of a Party relation transfer: who is responsible, and the letters"`
	// Dispute is what a dispute about a person is about.
	Dispute *DisputeCase `json:"dispute,omitempty"`
	Benefit *BenefitCase `json:"benefit,omitempty"`
	// Recovery is how a recovery stands, for those who may see its amounts.
	Recovery *RecoveryCase `json:"recovery,omitempty"`
	// ClaimDispute is the first claim, on the page of a second one.
	ClaimDispute *ClaimDisputeCase `json:"claimDispute,omitempty"`
	// Papers are what the case can be printed as now.
	Papers []PaperTitle `json:"papers" doc:"what the case can be printed as now"`
	// Death is what a death report or its rescission is about; Deaths say who of the people of another open case
	// has died.
	Death   *Death       `json:"death,omitempty"`
	Deaths  []DeathNote  `json:"deaths,omitempty"`
	AsOf    *time.Time   `json:"asOf,omitempty" doc:"the past moment the page shows; no act is offered on it"`
	Actions []ActionView `json:"actions"`
}

// StageName is a stage's key and title.
type StageName struct {
	Key   string        `json:"key"`
	Title approval.Text `json:"title"`
}

// CaseItem is one line of a list of cases.
type CaseItem struct {
	No          string             `json:"no"`
	Type        string             `json:"type"`
	TypeTitle   approval.Text      `json:"typeTitle"`
	Title       string             `json:"title"`
	State       approval.CaseState `json:"state"`
	Stage       string             `json:"stage"`
	StageTitle  approval.Text      `json:"stageTitle"`
	OfficeName  string             `json:"officeName"`
	Holder      string             `json:"holder" doc:"office that holds the case now; several are joined"`
	Due         *time.Time         `json:"due,omitempty"`
	DueDays     *int               `json:"dueDays,omitempty"`
	SubmittedAt time.Time          `json:"submittedAt"`
	EndedAt     *time.Time         `json:"endedAt,omitempty"`
	Version     int64              `json:"version"`
}

// JournalEntry is one line of a case's journal.
type JournalEntry struct {
	Seq        int64            `json:"seq"`
	At         time.Time        `json:"at"`
	Actor      string           `json:"actor"`
	ActorName  string           `json:"actorName"`
	ForName    string           `json:"forName,omitempty" doc:"the absent officer in whose place the actor signed"`
	Office     string           `json:"office"`
	OfficeName string           `json:"officeName"`
	Action     string           `json:"action"`
	Stage      string           `json:"stage"`
	StageTitle approval.Text    `json:"stageTitle"`
	Visit      int              `json:"visit"`
	Opinion    string           `json:"opinion"`
	Clause     string           `json:"clause"`
	Changes    []JournalChange  `json:"changes"`
	Events     []approval.Event `json:"events"`
	Hash       string           `json:"hash"`
	Prev       string           `json:"prev"`
}

// JournalChange is one changed value with its wording.
type JournalChange struct {
	Field string          `json:"field"`
	Title approval.Text   `json:"title"`
	Old   json.RawMessage `json:"old,omitempty"`
	New   json.RawMessage `json:"new"`
}
