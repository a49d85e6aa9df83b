package view

import (
	"encoding/json"
	"time"

	"jieli/approval"
)

// User is the signed-in person with the posts held today.
type User struct {
	ID       string `json:"id"`
	Username string `json:"username"`
	Name     string `json:"name"`
	Language string `json:"language" enum:"zh-CN,en"`
}

// PostView is one post: role and office.
type PostView struct {
	Office     string              `json:"office"`
	OfficeName string              `json:"officeName"`
	OfficeKind approval.OfficeKind `json:"officeKind"`
	Role       approval.Role       `json:"role"`
	RoleTitle  approval.Text       `json:"roleTitle"`
	Region     string              `json:"region"`
}

// Me is the caller: posts, permissions, language.
type Me struct {
	User        User       `json:"user"`
	Posts       []PostView `json:"posts"`
	Permissions []string   `json:"permissions"`
	Demo        bool       `json:"demo" doc:"the running system holds demonstration data"`
	CSRFToken   string     `json:"csrfToken"`
}

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

// ActionView is one act: allowed, or why not.
type ActionView struct {
	Action  string         `json:"action"`
	TaskID  string         `json:"taskId,omitempty"`
	Allowed bool           `json:"allowed"`
	Reason  *approval.Text `json:"reason,omitempty"`
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

// Line is one person of a batch, masked, with the columns the caller may see.
type Line struct {
	ID            string        `json:"id"`
	Row           int           `json:"row"`
	Hidden        bool          `json:"hidden" doc:"true while the organisation department screens the line; then only the row number is shown"`
	Name          string        `json:"name"`
	IDNumber      string        `json:"idNumber" doc:"masked"`
	Person        string        `json:"person,omitempty"`
	Residence     string        `json:"residence"`
	Street        string        `json:"street"`
	StreetName    string        `json:"streetName"`
	Community     string        `json:"community"`
	CommunityName string        `json:"communityName"`
	MatchResult   string        `json:"matchResult"`
	MatchReason   approval.Text `json:"matchReason"`
	CadreClass    string        `json:"cadreClass,omitempty" doc:"Party scope only"`
	ManagingOrgan string        `json:"managingOrgan,omitempty" doc:"the organ that manages the cadre (干部管理权限单位); Party scope only"`
	Outcome       string        `json:"outcome"`
	OutcomeReason approval.Text `json:"outcomeReason"`
	Intake        string        `json:"intake,omitempty"`
	Reception     string        `json:"reception,omitempty"`
	// Archive is the person's archive in a transfer of archives.
	Archive *ArchiveLine `json:"archive,omitempty"`
	// Transfer is the case in which the archive travels, to those who take part in it.
	Transfer string `json:"transfer,omitempty"`
	// Dispute is the case that decides who hands the person over.
	Dispute string `json:"dispute,omitempty"`
	// Relation is the case in which a Party member's relation is transferred; Party scope only.
	Relation string `json:"relation,omitempty"`
	// Cells is the matrix row: state per column (submission, screening, match, allocation, reception, archive, party).
	Cells map[string]string `json:"cells"`
}

// ArchiveLine is one person's archive in a transfer.
type ArchiveLine struct {
	Number       string        `json:"number"`
	Volumes      int           `json:"volumes"`
	Pages        int           `json:"pages"`
	Missing      string        `json:"missing"`
	Finding      string        `json:"finding"`
	FindingTitle approval.Text `json:"findingTitle"`
	Result       string        `json:"result" enum:",accepted,accepted_with_defects,returned,absent"`
	SupplementBy string        `json:"supplementBy"`
	Shelf        string        `json:"shelf"`
	Holder       string        `json:"holder" doc:"who holds it now"`
	State        string        `json:"state" enum:"with_enterprise,in_transit,coming_back,with_holder,shelved,held"`
	StateTitle   approval.Text `json:"stateTitle"`
}

// ArchiveView is a person's archive: who holds it, since when, and every change of hands.
type ArchiveView struct {
	Number     string        `json:"number"`
	Volumes    int           `json:"volumes"`
	State      string        `json:"state" enum:"with_enterprise,in_transit,coming_back,with_holder,shelved,held,on_loan"`
	StateTitle approval.Text `json:"stateTitle"`
	Holder     string        `json:"holder"`
	Shelf      string        `json:"shelf"`
	ReviewOn   string        `json:"reviewOn,omitempty"`
	Since      time.Time     `json:"since"`
	Case       string        `json:"case,omitempty"`
	Custody    []CustodyView `json:"custody"`
	// RecordedOn is when the street entered a held archive's person into its information base (S2.4).
	RecordedOn string    `json:"recordedOn,omitempty"`
	RecordedBy string    `json:"recordedBy,omitempty" doc:"the street"`
	Loan       *LoanView `json:"loan,omitempty" doc:"the loan that is out, else the last one"`
	Hold       *HoldView `json:"hold,omitempty" doc:"why it is held; Party scope only"`
}

// LoanView is one loan of an archive: who has it until when, and how it came back.
type LoanView struct {
	Case       string         `json:"case"`
	Borrower   string         `json:"borrower"`
	LentOn     string         `json:"lentOn"`
	DueOn      string         `json:"dueOn"`
	ReturnedOn string         `json:"returnedOn,omitempty"`
	Condition  *approval.Text `json:"condition,omitempty"`
	Defects    string         `json:"defects,omitempty"`
	MakeGoodBy string         `json:"makeGoodBy,omitempty" doc:"by when the borrower makes it good"`
}

// HoldView is the letter an archive is held on.
type HoldView struct {
	LetterNumber string         `json:"letterNumber"`
	LetterIssuer string         `json:"letterIssuer,omitempty"`
	Reason       *approval.Text `json:"reason,omitempty"`
	Particulars  string         `json:"particulars,omitempty"`
	Case         string         `json:"case"`
}

// CustodyView is one change of hands; both sides sign it.
type CustodyView struct {
	At         time.Time     `json:"at"`
	From       string        `json:"from"`
	To         string        `json:"to"`
	HandedBy   string        `json:"handedBy"`
	ReceivedBy string        `json:"receivedBy"`
	Reason     approval.Text `json:"reason"`
	Case       string        `json:"case,omitempty"`
}

// EstateGroup is the people of one estate whose address resolves to no place yet. A correction of
// the named field for all its lines settles them, and is remembered for the next batch.
type EstateGroup struct {
	Estate  string   `json:"estate" doc:"the part of the address that neighbours share; empty for no address"`
	People  int      `json:"people"`
	Example string   `json:"example" doc:"one whole address"`
	Field   string   `json:"field" doc:"the line field that is missing: street or community"`
	Lines   []string `json:"lines"`
}

// LineTotals is the reconciliation of a batch: people = the sum of outcomes + open.
type LineTotals struct {
	People   int            `json:"people"`
	Open     int            `json:"open"`
	Outcomes map[string]int `json:"outcomes"`
	Streets  map[string]int `json:"streets"`
}

// RosterTotals counts the rows of a roster; people = ok + warning + blocker.
type RosterTotals struct {
	People  int `json:"people"`
	OK      int `json:"ok"`
	Warning int `json:"warning"`
	Blocker int `json:"blocker"`
	Skipped int `json:"skipped"`
}

// RosterView is an uploaded roster.
type RosterView struct {
	ID           string         `json:"id"`
	FileName     string         `json:"fileName"`
	Enterprise   string         `json:"enterprise"`
	UploadedAt   time.Time      `json:"uploadedAt"`
	State        string         `json:"state" enum:"checking,checked,failed"`
	Progress     int            `json:"progress" doc:"rows checked"`
	ProgressOf   int            `json:"progressOf" doc:"rows in the file, 0 while unknown"`
	Refusal      *approval.Text `json:"refusal,omitempty" doc:"why a failed file was refused"`
	Totals       RosterTotals   `json:"totals"`
	Codes        map[string]int `json:"codes" doc:"rows per finding code"`
	NotPart      int            `json:"notPart" doc:"rows whose only blockers are 'not part of this handover'"`
	UnknownTitle []string       `json:"unknownHeaders" doc:"columns not recognised, offered for mapping"`
	Case         string         `json:"case,omitempty" doc:"the handover it went into"`
}

// RosterFinding is one finding of a row.
type RosterFinding struct {
	Code    string        `json:"code"`
	Column  string        `json:"column"`
	Title   approval.Text `json:"title"`
	Level   string        `json:"level"`
	Group   string        `json:"group" doc:"correct or not_part, for blockers"`
	Message approval.Text `json:"message"`
}

// RosterRow is one row of a roster, masked.
type RosterRow struct {
	Row      int               `json:"row"`
	Level    string            `json:"level" enum:"ok,warning,blocker,skipped"`
	Findings []RosterFinding   `json:"findings"`
	Values   map[string]string `json:"values"`
}

// PersonItem is one person of the registry in a list, masked.
type PersonItem struct {
	ID             string     `json:"id"`
	Name           string     `json:"name"`
	IDNumber       string     `json:"idNumber"`
	Enterprise     string     `json:"enterprise"`
	CommunityName  string     `json:"communityName"`
	Form           string     `json:"form"`
	BodyName       string     `json:"bodyName,omitempty" doc:"who manages under a form other than the basic one"`
	HandedOverOn   string     `json:"handedOverOn"`
	OpenCase       string     `json:"openCase,omitempty"`
	Archive        string     `json:"archive,omitempty" enum:",with_enterprise,in_transit,coming_back,with_holder,shelved,held" doc:"where the archive is; empty before it is known"`
	PartyHolder    string     `json:"partyHolder,omitempty" doc:"the Party organisation responsible for a member; Party scope only"`
	PartyOffice    string     `json:"partyOffice,omitempty" doc:"its office; Party scope only"`
	PartyCase      string     `json:"partyCase,omitempty" doc:"the transfer of the relation under way, in lists; Party scope only"`
	OpenCaseHolder string     `json:"openCaseHolder,omitempty"`
	OpenCaseDue    *time.Time `json:"openCaseDue,omitempty"`
}

// PersonView is a person's page.
type PersonView struct {
	PersonItem
	Sex          string        `json:"sex"`
	Birth        string        `json:"birth"`
	Phone        string        `json:"phone" doc:"masked"`
	Residence    string        `json:"residence"`
	Hukou        string        `json:"hukou"`
	RetiredOn    string        `json:"retiredOn"`
	PayingAgency string        `json:"payingAgency"`
	ContactCard  string        `json:"contactCard"`
	FormTitle    approval.Text `json:"formTitle"`
	Group        string        `json:"group,omitempty" doc:"the registered group the person is in"`
	Special      []string      `json:"special,omitempty" doc:"special categories, receiving community only"`
	PartyMember  string        `json:"partyMember,omitempty" doc:"Party scope only"`
	Archive      *ArchiveView  `json:"archive,omitempty"`
	Party        *PartyView    `json:"party,omitempty" doc:"who is responsible for the member; Party scope only"`
	// Death is reported, or verified.
	Death            *Death          `json:"death,omitempty"`
	History          []PersonHistory `json:"history"`
	Cases            []CaseItem      `json:"cases"`
	BenefitDue       bool            `json:"benefitDue" doc:"the death is verified and nobody has claimed the benefit yet"`
	BenefitClaimed   bool            `json:"benefitClaimed" doc:"the benefit is claimed or paid: another claim becomes a dispute"`
	RevealableFields []string        `json:"revealableFields"`
}

// PersonHistory is one change of a person's registry record.
type PersonHistory struct {
	On      string        `json:"on"`
	What    approval.Text `json:"what"`
	Manager string        `json:"manager"`
	Form    string        `json:"form"`
	Case    string        `json:"case,omitempty"`
}
