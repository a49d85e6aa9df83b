package api

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/roster"
	"jieli/rules"
)

type submitInput struct {
	Body struct {
		Type     string        `json:"type"`
		Office   string        `json:"office,omitempty" doc:"one of the caller's offices; default that of the first post that may submit"`
		Subject  string        `json:"subject,omitempty" doc:"a person's id, for one-person cases"`
		Form     approval.Form `json:"form,omitempty"`
		RosterID string        `json:"rosterId,omitempty"`
	}
}

type caseOutput struct {
	Status int `json:"-"`
	Body   *view.CaseView
}

// submitCase checks with the same pure functions that guard the case later, writes it in one
// transaction and starts its workflow; nothing can be refused after the start.
func (s *Server) submitCase(ctx context.Context, input *submitInput) (*caseOutput, error) {
	who := callerOf(ctx)
	procedure, ok := procedures.Find(input.Body.Type)
	if !ok || len(procedure.Starters) == 0 {
		return nil, approval.Invalid("type", "没有可以申报的这一事项", "there is no such procedure to submit")
	}
	index := slices.IndexFunc(who.posts, func(p view.PostView) bool {
		return procedure.MayStart(p.OfficeKind, p.Role) && (input.Body.Office == "" || input.Body.Office == p.Office)
	})
	if index < 0 {
		return nil, approval.Refuse(approval.CodeForbidden, "您的岗位不能申报本事项，请由"+startersOf(procedure).ZH+"申报", "your post may not submit this; "+startersOf(procedure).EN+" may")
	}
	post := who.posts[index]
	submission := approval.Submission{Type: procedure.Type, Actor: approval.Actor{Person: who.actor.Person, Name: who.actor.Name, Office: post.Office, Role: post.Role},
		Office: post.Office, Stages: approval.ForApplicant(procedure.Stages, post.OfficeKind), Form: approval.Form{}, Key: "submit", Facts: map[string]string{}}
	new := view.NewCase{Prefix: procedure.Prefix, Roster: input.Body.RosterID, RequestActor: who.actor.Person, RequestKey: who.key}
	fill, ok := map[string]func(context.Context, *caller, view.PostView, *submitInput, *approval.Submission, *view.NewCase) error{
		procedures.TypeHandover: s.fillHandover, procedures.TypeArchive: s.fillArchive, procedures.TypeParty: s.fillParty, procedures.TypePartyBranch: s.fillPartyBranch, procedures.TypeIdentity: s.fillIdentity, procedures.TypeBenefit: s.fillBenefit,
		procedures.TypeArchiveAccess: s.fillArchiveCase, procedures.TypeArchiveRecall: s.fillArchiveCase, procedures.TypeArchiveHold: s.fillArchiveCase, procedures.TypeArchiveReview: s.fillArchiveCase,
		procedures.TypeFormReview: s.fillReview, procedures.TypeTransition: s.fillTransition,
		procedures.TypeDeath: s.fillDeath, procedures.TypeRescission: s.fillRescission, procedures.TypeRecovery: s.fillRecovery}[procedure.Type]
	if !ok {
		return nil, approval.Invalid("type", "没有可以申报的这一事项", "there is no such procedure to submit")
	}
	if err := fill(ctx, who, post, input, &submission, &new); err != nil {
		return nil, err
	}
	new.Submission = submission
	entry, err := s.Store.Submit(ctx, new)
	if err != nil {
		return nil, err
	}
	if err := s.Gate.StartCase(ctx, entry); err != nil {
		// The case is written; the worker starts what has no workflow yet.
		s.Logger.Warn("the workflow could not be started at once", "case", entry.Case, "error", err)
	} else if err := s.Store.MarkStarted(ctx, entry.Case); err != nil {
		s.Logger.Warn("mark a case as started", "case", entry.Case, "error", err)
	}
	shown, err := s.caseView(ctx, who, entry.Case)
	return &caseOutput{Status: 201, Body: shown}, err
}

// startersOf words who may submit a procedure.
func startersOf(procedure procedures.Procedure) approval.Text {
	var zh, en []string
	for _, starter := range procedure.Starters {
		kind, role := approval.OfficeKindText(starter.OfficeKind), approval.RoleText(starter.Role)
		zh, en = append(zh, kind.ZH+role.ZH), append(en, "the "+role.EN+" of "+kind.EN)
	}
	return approval.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// wrongField is the first problem of a field that was given; what is missing may still be filled in on the case.
func wrongField(fields []approval.Field, form approval.Form) error {
	for _, problem := range approval.ValidateForm(fields, nil, form) {
		if _, given := form[strings.TrimPrefix(problem.Location, "form.")]; given {
			return &approval.Error{Code: approval.CodeInvalidInput, Message: problem.Message, Problems: []approval.Problem{problem}}
		}
	}
	return nil
}

// fillHandover makes the facts of a handover: whose retirees, of which district, one person or a roster.
func (s *Server) fillHandover(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	enterprise := post.Office
	form := input.Body.Form
	if post.OfficeKind != approval.KindEnterprise {
		_ = json.Unmarshal(form["enterprise"], &enterprise)
		if office, err := s.Store.Office(ctx, enterprise); err != nil || office.Kind != approval.KindEnterprise {
			return approval.Invalid("form.enterprise", "请选择退休人员的原企业", "choose the enterprise the person retired from")
		}
	}
	office, err := s.Store.Office(ctx, enterprise)
	if err != nil {
		return err
	}
	state, err := s.Store.EnterpriseState(ctx, enterprise)
	if err != nil {
		return err
	}
	district := office.District()
	submission.Facts = map[string]string{procedures.FactEnterprise: enterprise, procedures.FactRegion: district,
		procedures.FactRestructured: boolText(state != "normal"), procedures.FactBatch: boolText(input.Body.RosterID != "")}
	new.Region, new.Title = district, office.Name+" · {n} 人"
	new.Search, new.Access = []string{office.Name}, []string{enterprise}
	var person map[string]string
	if raw, ok := form["person"]; ok && json.Unmarshal(raw, &person) != nil {
		return approval.Invalid("form.person", "应为一组文字填写项", "should be an object of texts")
	}
	fields := procedure(submission.Stages, procedures.StagePrepare).Fields
	for key, value := range form {
		if key != "person" && key != "enterprise" {
			submission.Form[key] = value
		}
	}
	if problem := wrongField(fields, submission.Form); problem != nil {
		return problem
	}
	submission.OwnsFirst = post.OfficeKind == approval.KindEnterprise
	if input.Body.RosterID != "" {
		submission.Facts[procedures.FactRoster] = input.Body.RosterID
		roster, err := s.Store.Roster(ctx, who.scope, input.Body.RosterID)
		if err != nil {
			return err
		}
		if roster.Enterprise != enterprise {
			return approval.NotFound()
		}
		return nil
	}
	if input.Body.Subject != "" {
		if person, err = s.Store.PersonLine(ctx, who.scope, input.Body.Subject); err != nil {
			return err
		}
	}
	if problems := s.checkPerson(person); len(problems) > 0 {
		return &approval.Error{Code: approval.CodeInvalidInput, Problems: problems, Message: approval.Text{ZH: "请提供名册（rosterId）、人员（subject）或一人的基本信息（form.person）", EN: "give a roster (rosterId), a person (subject) or one person's data (form.person)"}}
	}
	new.Lines = []view.NewLine{{Row: 1, Values: person}}
	return nil
}

func procedure(stages []approval.Stage, key string) approval.Stage {
	for _, stage := range stages {
		if stage.Key == key {
			return stage
		}
	}
	return approval.Stage{}
}

// checkPerson asks of one person what the roster asks of a row: name, ID number, retirement date.
func (s *Server) checkPerson(values map[string]string) []approval.Problem {
	var problems []approval.Problem
	need := func(bad bool, field, zh, en string) {
		if bad {
			problems = append(problems, approval.Problem{Location: "form.person." + field, Code: approval.CodeInvalidInput, Message: approval.Text{ZH: zh, EN: en}})
		}
	}
	need(values["name"] == "", "name", "请填写姓名", "give the name")
	need(!rules.CheckIDNumber(values["id_number"], s.Clock.Now()).Valid(), "id_number", "请填写18位有效身份号码", "give a valid 18-character ID number")
	for _, column := range slices.Sorted(maps.Keys(values)) {
		_, known := roster.Describe(roster.Column(column))
		need(!known, column, "没有这个填写项", "there is no such field")
	}
	_, ok := rules.ParsePartialDate(values["retirement_date"], s.Clock.Now())
	need(!ok, "retirement_date", "请填写退休时间，如 2026-03", "give the retirement date, such as 2026-03")
	return problems
}

func boolText(value bool) string {
	if value {
		return "true"
	}
	return "false"
}

type casesInput struct {
	Type   string `query:"type"`
	State  string `query:"state"`
	Stage  string `query:"stage"`
	Office string `query:"office"`
	Holder string `query:"holder"`
	Due    string `query:"due" enum:"overdue,today,open"`
	Query  string `query:"q" maxLength:"100"`
	Mine   bool   `query:"mine"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"200"`
}

func (s *Server) listCases(ctx context.Context, input *casesInput) (*pageOutput[view.CaseItem], error) {
	return s.casePage(ctx, view.CaseFilter{Type: input.Type, State: input.State, Stage: input.Stage, Office: input.Office, Holder: input.Holder, Due: input.Due,
		Query: input.Query, Mine: input.Mine, Limit: input.Limit, After: input.Cursor})
}

func (s *Server) casePage(ctx context.Context, filter view.CaseFilter) (*pageOutput[view.CaseItem], error) {
	list, next, err := s.Store.Cases(ctx, callerOf(ctx).scope, filter)
	output := &pageOutput[view.CaseItem]{}
	output.Body.Items, output.Body.NextCursor = orEmpty(list), next
	return output, err
}

// CasePath is the case number in a path. It is exported because huma looks only into exported embedded fields.
type CasePath struct {
	No string `path:"no" pattern:"^[A-Z0-9-]+$" maxLength:"80"`
}

type caseInput struct {
	CasePath
	AsOf string `query:"asOf" doc:"show the case as it was at this moment (RFC 3339)"`
}

func (s *Server) getCase(ctx context.Context, input *caseInput) (*caseOutput, error) {
	shown, err := s.caseViewAt(ctx, callerOf(ctx), input.No, input.AsOf)
	return &caseOutput{Status: 200, Body: shown}, err
}

type childrenInput struct {
	CasePath
	Cell   string `query:"cell" doc:"stage key: only children that stand there"`
	State  string `query:"state"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"200"`
}

func (s *Server) listChildren(ctx context.Context, input *childrenInput) (*pageOutput[view.CaseItem], error) {
	if _, err := s.Store.CaseRecord(ctx, callerOf(ctx).scope, input.No); err != nil {
		return nil, err
	}
	return s.casePage(ctx, view.CaseFilter{Parent: input.No, Stage: input.Cell, State: input.State, Limit: input.Limit, After: input.Cursor})
}

type linesInput struct {
	CasePath
	Street    string `query:"street"`
	Community string `query:"community"`
	Outcome   string `query:"outcome"`
	Query     string `query:"q" maxLength:"100"`
	Limit     int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor    string `query:"cursor" maxLength:"20"`
}

type linesOutput struct {
	Body struct {
		view.Page[view.Line]
		Totals view.LineTotals `json:"totals"`
	}
}

func (s *Server) listLines(ctx context.Context, input *linesInput) (*linesOutput, error) {
	who := callerOf(ctx)
	record, err := s.Store.CaseRecord(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	lines, next, total, err := s.Store.Lines(ctx, who.scope, record.Fold, view.LineFilter{Street: input.Street, Community: input.Community,
		Outcome: input.Outcome, Query: input.Query, Limit: input.Limit, After: input.Cursor})
	if err != nil {
		return nil, err
	}
	output := &linesOutput{}
	output.Body.Items, output.Body.NextCursor, output.Body.Total = orEmpty(lines), next, &total
	output.Body.Totals, err = s.Store.LineTotals(ctx, who.scope, record.Fold)
	return output, err
}

// listEstates answers the addresses nothing resolves, grouped for assignment in one go.
func (s *Server) listEstates(ctx context.Context, input *CasePath) (*itemsOutput[view.EstateGroup], error) {
	who := callerOf(ctx)
	record, err := s.Store.CaseRecord(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	return items(s.Store.UnresolvedEstates(ctx, who.scope, record.Fold, 500))
}

type journalInput struct {
	CasePath
	AsOf string `query:"asOf" doc:"RFC 3339: only what had been written by then"`
}

type journalOutput struct {
	Body struct {
		Items []view.JournalEntry `json:"items"`
	}
}

func (s *Server) getJournal(ctx context.Context, input *journalInput) (*journalOutput, error) {
	who := callerOf(ctx)
	record, err := s.Store.CaseRecord(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	chained, err := s.Store.Journal(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	if input.AsOf != "" {
		if chained, err = until(chained, input.AsOf); err != nil {
			return nil, err
		}
	}
	output := &journalOutput{}
	output.Body.Items, err = s.journalView(ctx, who, record.Fold, chained)
	return output, err
}
