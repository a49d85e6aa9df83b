package api

import (
	"context"
	"time"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/papers"
	"jieli/rules"
)

// Store is what the API reads and the little it writes besides cases.
type Store interface {
	Ping(ctx context.Context) error

	Credential(ctx context.Context, username string) (view.Credential, error)
	SetPassword(ctx context.Context, username, hash string) error
	CreateSession(ctx context.Context, token, person, csrf string, life time.Duration) error
	Session(ctx context.Context, token string) (view.Session, error)
	DeleteSession(ctx context.Context, token string) error
	SignInFailures(ctx context.Context, subject string) (int, time.Time, error)
	RecordSignIn(ctx context.Context, subject string, ok bool) error
	Posts(ctx context.Context, person string) ([]view.PostView, error)

	BeginRequest(ctx context.Context, actor, key, route string, bodyHash []byte) (view.Request, bool, error)
	AttachCommand(ctx context.Context, actor, key, no string, command approval.Command) error
	AnswerRequest(ctx context.Context, actor, key string, status int, answer []byte) error
	SettleRequest(ctx context.Context, actor, key string) error
	ForgetRequest(ctx context.Context, actor, key string) error
	Committed(ctx context.Context, no, key string) (bool, error)
	PendingRequests(ctx context.Context, age time.Duration, limit int) ([]view.PendingRequest, error)

	Submit(ctx context.Context, new view.NewCase) (approval.Entry, error)
	MarkStarted(ctx context.Context, nos ...string) error
	Case(ctx context.Context, no string) (*approval.Case, error)
	FirstEntry(ctx context.Context, no string) (approval.Entry, error)
	CaseRecord(ctx context.Context, scope view.Scope, no string) (*view.CaseRecord, error)
	Cases(ctx context.Context, scope view.Scope, filter view.CaseFilter) ([]view.CaseItem, string, error)
	Journal(ctx context.Context, scope view.Scope, no string) ([]view.ChainedEntry, error)
	IssuePaper(ctx context.Context, scope view.Scope, no, paper string, seq int64) (string, error)
	PrintedPaper(ctx context.Context, code string) (*view.PrintedPaper, error)
	FamilyCode(ctx context.Context, scope view.Scope, no string) (string, error)
	OfficePhone(ctx context.Context, office string) (string, error)
	FamilyCase(ctx context.Context, code, lastFour string) (*view.FamilyCase, error)
	CountInquiry(ctx context.Context, limits []view.InquiryLimit) (time.Duration, error)
	FreeInquiry(ctx context.Context, limits []view.InquiryLimit) error
	Lines(ctx context.Context, scope view.Scope, fold *approval.Case, filter view.LineFilter) ([]view.Line, string, int, error)
	UnresolvedEstates(ctx context.Context, scope view.Scope, fold *approval.Case, limit int) ([]view.EstateGroup, error)
	LineTotals(ctx context.Context, scope view.Scope, fold *approval.Case) (view.LineTotals, error)
	Tasks(ctx context.Context, scope view.Scope, filter view.TaskFilter) ([]view.TaskItem, string, error)
	TaskCounts(ctx context.Context, scope view.Scope) (view.TaskCounts, error)
	TaskCase(ctx context.Context, task string) (string, error)
	HeldTasks(ctx context.Context, scope view.Scope, officer string, limit int, cursor string) ([]view.TaskItem, string, error)

	Names(ctx context.Context, ids []string) (map[string]string, error)
	Calendar(ctx context.Context, scope string) (rules.Calendar, error)
	CalendarYear(ctx context.Context, scope string, year int) (*view.CalendarView, error)
	Settings(ctx context.Context, region string) ([]view.SettingView, error)
	SettingValue(ctx context.Context, need rules.SettingNeed, region string) (rules.SettingValue, error)
	PlaceOf(ctx context.Context, scope string) (string, error)
	Places(ctx context.Context, region string) ([]string, error)
	SettingChanges(ctx context.Context, state string, actor approval.Actor, limit int, after string) ([]view.SettingChange, string, error)
	SettingChange(ctx context.Context, id string) (view.SettingChange, error)
	ProposeChange(ctx context.Context, change view.SettingChange, actor approval.Actor) error
	DecideChange(ctx context.Context, id, decision, opinion string, actor approval.Actor) error
	Recomputations(ctx context.Context, limit int) ([]view.Recomputation, error)
	Progress(ctx context.Context, scope view.Scope, by string) ([]view.Progress, error)
	NoteRetry(ctx context.Context, scope view.Scope, actor approval.Actor, no, key string) error
	Office(ctx context.Context, id string) (view.Office, error)
	Offices(ctx context.Context, kind, region, query string, limit int) ([]view.Office, error)
	Officers(ctx context.Context, office string) ([]view.Officer, error)
	Regions(ctx context.Context, parent, query string, limit int) ([]view.Region, error)
	DemoAccounts(ctx context.Context) ([]view.Account, error)
	EnterpriseState(ctx context.Context, office string) (string, error)
	PartyCandidate(ctx context.Context, office, person string) (name string, err error)
	ArchiveFacts(ctx context.Context, caseType, office, person string) (name string, facts map[string]string, err error)
	PartyCase(ctx context.Context, scope view.Scope, fold *approval.Case) (*view.PartyCase, error)
	SetClaimants(ctx context.Context, scope view.Scope, no string, claimants []view.NewClaimant) error
	BenefitCase(ctx context.Context, fold *approval.Case, sight view.MoneySight) (*view.BenefitCase, error)
	RecordReceipt(ctx context.Context, scope view.Scope, no string, receipt view.NewReceipt) error
	RecoveryCase(ctx context.Context, fold *approval.Case) (*view.RecoveryCase, error)
	PaymentBatches(ctx context.Context, scope view.Scope, limit int, after string) ([]view.PaymentBatch, string, error)
	ProvisionalBenefits(ctx context.Context, scope view.Scope, limit int, after string) ([]view.ProvisionalBenefit, string, error)
	BenefitEvents(ctx context.Context, scope view.Scope, filter view.StatisticsFilter) ([]view.BenefitEvent, error)
	PreviewBenefit(ctx context.Context, fold *approval.Case, form approval.Form) (view.BenefitPreview, error)
	PaymentLines(ctx context.Context, scope view.Scope, batch string) ([]view.PaymentLine, error)
	Reconciliation(ctx context.Context, scope view.Scope) (view.Reconciliation, error)
	ReadResults(ctx context.Context, source string, file []byte) (view.ResultsRead, error)
	DisputeCase(ctx context.Context, fold *approval.Case) (*view.DisputeCase, error)
	ClaimDisputeCase(ctx context.Context, scope view.Scope, fold *approval.Case) (*view.ClaimDisputeCase, error)
	DeathCase(ctx context.Context, scope view.Scope, fold *approval.Case) (*view.Death, error)
	CaseDeaths(ctx context.Context, scope view.Scope, fold *approval.Case) ([]view.DeathNote, error)
	LiveDeath(ctx context.Context, scope view.Scope, person string) (*view.Death, error)
	PersonPlace(ctx context.Context, id string) (community, enterprise string, err error)
	PersonByNumber(ctx context.Context, district, number string) (id, name string, err error)
	ServedBy(ctx context.Context, office string) (view.Office, error)
	PersonLine(ctx context.Context, scope view.Scope, person string) (map[string]string, error)

	SaveFile(ctx context.Context, id, no, person, name, digest string, content []byte) error
	File(ctx context.Context, no, id string) (name string, content []byte, err error)
	FileInfo(ctx context.Context, no, id string) (approval.Attachment, error)

	Substitutions(ctx context.Context, scope view.Scope, ended bool, limit int, cursor string) ([]view.Substitution, string, error)
	Substitution(ctx context.Context, scope view.Scope, id string) (view.Substitution, error)
	AddSubstitution(ctx context.Context, new view.NewSubstitution) error
	RevokeSubstitution(ctx context.Context, id, by string) error
	OfficeWithinCase(ctx context.Context, office, no string) (bool, error)
	SubstitutionsOf(ctx context.Context, person, day string) ([]view.StandIn, error)

	Notices(ctx context.Context, scope view.Scope, limit int, cursor string) (view.NoticePage, error)
	ReadNotices(ctx context.Context, scope view.Scope, ids []int64, upTo int64) (unread int, err error)
	Deliver(ctx context.Context, scope view.Scope, since string) (view.Delivery, error)

	Views(ctx context.Context, scope view.Scope, page string) ([]view.SavedView, error)
	SaveView(ctx context.Context, person string, saved view.SavedView, isNew bool) error
	DeleteView(ctx context.Context, scope view.Scope, id string) error
	Draft(ctx context.Context, scope view.Scope, task string) (*view.Draft, error)
	SaveDraft(ctx context.Context, scope view.Scope, task string, draft view.Draft) (time.Time, error)
	DeleteDraft(ctx context.Context, person, task string) error
	Phrases(ctx context.Context, scope view.Scope) ([]view.Phrase, error)
	SavePhrase(ctx context.Context, person, id, words string, isNew bool) (view.Phrase, error)
	UsePhrase(ctx context.Context, person, id string) (view.Phrase, error)
	DeletePhrase(ctx context.Context, person, id string) error

	Summary(ctx context.Context, scope view.Scope) (view.BoardSummary, error)
	Ageing(ctx context.Context, scope view.Scope, filter view.SupervisionFilter) ([]view.AgeingRow, error)
	Bottlenecks(ctx context.Context, scope view.Scope) ([]view.Bottleneck, error)
	Stuck(ctx context.Context, scope view.Scope, filter view.SupervisionFilter) (list []view.SupervisedCase, next string, total int, err error)

	FailedMessages(ctx context.Context, scope view.Scope, limit int) ([]view.FailedMessage, error)
	RetryMessage(ctx context.Context, scope view.Scope, actor approval.Actor, id, key string) error
	CapturedMessages(ctx context.Context, limit int) ([]view.CapturedMessage, error)

	Reviews(ctx context.Context, scope view.Scope, limit int) (list []view.DueReview, total int, err error)

	Groups(ctx context.Context, scope view.Scope, state string, limit int, after string) ([]view.ManagedGroup, error)
	Group(ctx context.Context, scope view.Scope, id string) (view.ManagedGroupView, error)
	GroupPeople(ctx context.Context, scope view.Scope, id string, limit int, after string) ([]view.GroupPerson, error)
	GroupFacts(ctx context.Context, scope view.Scope, id, bureau string) (view.ManagedGroup, map[string]string, error)

	People(ctx context.Context, scope view.Scope, query string, limit int, after string) ([]view.PersonItem, error)
	PersonOf(ctx context.Context, scope view.Scope, id string) (name, enterprise string, err error)
	Person(ctx context.Context, scope view.Scope, id string) (*view.PersonView, error)
	Reveal(ctx context.Context, scope view.Scope, actor approval.Actor, person, field, reason, key string) (string, error)

	CreateRoster(ctx context.Context, id, enterprise, person, fileName string, file []byte, digest string) (string, error)
	RestartRoster(ctx context.Context, id, digest string, mapping map[string]string, correctionName string, correction []byte) (bool, error)
	Rosters(ctx context.Context, scope view.Scope, limit int) ([]view.RosterView, error)
	Roster(ctx context.Context, scope view.Scope, id string) (*view.RosterView, error)
	RosterRows(ctx context.Context, scope view.Scope, id, level, code, group string, limit int, after string) ([]view.RosterRow, string, int, error)
	ReturnedRows(ctx context.Context, scope view.Scope, no string) ([]string, []view.CorrectableRow, error)
	CorrectableRows(ctx context.Context, scope view.Scope, id string) ([]string, []view.CorrectableRow, error)
	DiscardRows(ctx context.Context, id string) error
}

// Papers makes the PDF of a paper, by the template of the first of the places that has one of its own.
type Papers interface {
	Print(ctx context.Context, places []string, data *papers.Data) ([]byte, error)
}

// Gate sends commands to the running case and starts new ones.
type Gate interface {
	Act(ctx context.Context, no, updateID string, command approval.Command) (version int64, err error)
	StartCase(ctx context.Context, first approval.Entry) error
	// Wake makes a case look at once at what it waits for or what failed.
	Wake(ctx context.Context, no string) error
	Ready(ctx context.Context) error
}

// RosterChecker checks a stored upload, or merges its stored correction, in the background.
type RosterChecker interface {
	Check(id string)
}

// Enforcer answers whether a person may do something in an office.
type Enforcer interface {
	Allowed(person, office, permission string) bool
}
