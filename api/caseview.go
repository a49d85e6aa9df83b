package api

import (
	"context"
	"encoding/json"
	"maps"
	"slices"
	"time"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// caseView builds the case page for one caller.
func (s *Server) caseView(ctx context.Context, who *caller, no string) (*view.CaseView, error) {
	return s.caseViewAt(ctx, who, no, "")
}

// caseViewAt builds the page as the case was at a moment, folded from its journal; an empty moment
// is now.
func (s *Server) caseViewAt(ctx context.Context, who *caller, no, asOf string) (*view.CaseView, error) {
	if err := s.standIns(ctx, who); err != nil {
		return nil, err
	}
	record, err := s.Store.CaseRecord(ctx, who.scope, no)
	if err != nil {
		return nil, err
	}
	chained, err := s.Store.Journal(ctx, who.scope, no)
	if err != nil {
		return nil, err
	}
	fold, now := record.Fold, s.Clock.Now()
	if asOf != "" {
		if fold, now, chained, err = foldAt(chained, asOf); err != nil {
			return nil, err
		}
	}
	calendar, err := s.Store.Calendar(ctx, rules.OfficeScope(holderOf(fold)))
	if err != nil {
		return nil, err
	}
	names, err := s.Store.Names(ctx, idsOf(fold))
	if err != nil {
		return nil, err
	}
	page := &pageBuilder{fold: fold, names: names, calendar: calendar, now: now, who: who, opinions: opinionsOf(chained), chained: chained}
	procedure, _ := procedures.Find(fold.Type)
	v := &view.CaseView{No: fold.No, Type: fold.Type, TypeTitle: procedure.Title, Title: record.Title, State: fold.State, Version: fold.Version, Office: fold.Office, OfficeName: names[fold.Office],
		InitiatorName: names[fold.Initiator], SubmittedAt: fold.SubmittedAt, EndedAt: timePointer(fold.EndedAt), Subject: fold.Subject, Parent: fold.Parent, Roster: record.Roster, LineSet: fold.LineSet,
		Form: fold.Form, FormFields: []approval.Field{}, Materials: []approval.Material{}, EarlierStages: []view.StageName{}, Attachments: []view.AttachmentView{}, Observers: orEmpty(fold.Observers)}
	if v.Form == nil {
		v.Form = map[string]json.RawMessage{}
	}
	if current := fold.Current(); current != nil {
		v.Stage, v.StageTitle = current.Stage, fold.Stage(current.Stage).Title
	}
	hidden := page.hidden()
	v.Form = maps.Clone(v.Form)
	maps.DeleteFunc(v.Form, func(key string, _ json.RawMessage) bool { return hidden[key] })
	for _, stage := range fold.Stages {
		v.FormFields = append(v.FormFields, page.shown(stage.Fields)...)
		v.Materials = append(v.Materials, stage.Materials...)
	}
	if current := fold.Current(); current != nil {
		v.WalkAgain = fold.Stage(current.Stage).WalkAgain
	}
	for _, key := range fold.EarlierStages() {
		v.EarlierStages = append(v.EarlierStages, view.StageName{Key: key, Title: fold.Stage(key).Title})
	}
	for _, attachment := range fold.Attachments {
		shown := view.AttachmentView{File: attachment.File, Name: attachment.Name, Size: attachment.Size, Material: attachment.Material, Stage: attachment.Stage, ByName: names[attachment.By]}
		for _, each := range chained {
			if each.Entry.Seq == attachment.Seq {
				shown.At = each.Entry.At
			}
		}
		v.Attachments = append(v.Attachments, shown)
	}
	v.Tasks, v.Plan, v.Clock, v.Sentence = page.tasks(), page.plan(), page.clock(), page.sentence()
	v.Suspension, v.Supervisions, v.SuspendReasons = page.suspension(), page.supervisions(), page.suspendReasons()
	v.Actions, v.Papers = []view.ActionView{}, []view.PaperTitle{}
	if asOf == "" && fold.Type == procedures.TypeDispute {
		if v.Dispute, err = s.Store.DisputeCase(ctx, fold); err != nil {
			return nil, err
		}
	}
	if asOf == "" && fold.Type == procedures.TypeParty {
		if v.Party, err = s.Store.PartyCase(ctx, who.scope, fold); err != nil {
			return nil, err
		}
	}
	if group := fold.Facts[procedures.FactGroup]; group != "" {
		// A street that receives people sees the case, not the whole group.
		if _, err := s.Store.Group(ctx, who.scope, group); err == nil {
			v.Group = group
		}
	}
	if asOf == "" {
		if err := s.showDeaths(ctx, who, fold, v); err != nil {
			return nil, err
		}
	}
	if asOf == "" && slices.Contains([]string{procedures.TypeBenefit, procedures.TypePayee, procedures.TypeClaimDispute, procedures.TypeTrueUp}, fold.Type) {
		if v.Benefit, err = s.Store.BenefitCase(ctx, fold, sightOf(who, fold)); err != nil {
			return nil, err
		}
	}
	if asOf == "" {
		if v.Recovery, err = s.recoveryOf(ctx, who, fold); err != nil {
			return nil, err
		}
	}
	if asOf == "" && fold.Type == procedures.TypeClaimDispute {
		if v.ClaimDispute, err = s.Store.ClaimDisputeCase(ctx, who.scope, fold); err != nil {
			return nil, err
		}
	}
	if asOf != "" {
		v.AsOf = &now
		return v, nil
	}
	for _, paper := range procedure.PapersOf(fold) {
		if paper.Scope == procedures.ScopeMoney && !sightOf(who, fold).Amounts {
			continue
		}
		v.Papers = append(v.Papers, view.PaperTitle{Key: paper.Key, Title: paper.Title})
	}
	for _, permitted := range approval.Actions(fold, approval.Command{Actor: who.actor, Posts: who.scope.Posts, StandsInFor: who.scope.Substitutions(), Moment: now}) {
		action := view.ActionView{Action: string(permitted.Action), TaskID: permitted.TaskID, Allowed: permitted.Refusal == nil}
		if permitted.Refusal != nil {
			action.Reason = &permitted.Refusal.Message
		}
		v.Actions = append(v.Actions, action)
	}
	return v, nil
}

type pageBuilder struct {
	fold     *approval.Case
	names    map[string]string
	calendar rules.Calendar
	now      time.Time
	who      *caller
	opinions map[string]view.ChainedEntry
	chained  []view.ChainedEntry
}

func idsOf(fold *approval.Case) []string {
	ids := []string{fold.Office, fold.Initiator}
	for _, visit := range fold.Visits {
		for _, task := range visit.Tasks {
			ids = append(ids, task.Office, task.Owner, task.SignedBy, task.SignedFor, task.AddedBy)
		}
		if visit.Wait != nil {
			ids = append(ids, visit.Wait.Owner)
		}
	}
	for _, attachment := range fold.Attachments {
		ids = append(ids, attachment.By)
	}
	for _, supervision := range fold.Supervisions {
		ids = append(ids, supervision.Office, supervision.By, supervision.ByOffice, supervision.RepliedBy)
	}
	if fold.Suspension != nil {
		ids = append(ids, fold.Suspension.By)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// opinionsOf finds the entry that signed each task.
func opinionsOf(chained []view.ChainedEntry) map[string]view.ChainedEntry {
	signed := map[string]view.ChainedEntry{}
	for _, each := range chained {
		for _, event := range each.Entry.Events {
			if event.Kind == approval.EventTaskSigned || event.Kind == approval.EventTaskAdvised {
				signed[event.Task] = each
			}
		}
	}
	return signed
}

// tasks lists the open tasks and, with them, what each asks for.
func (p *pageBuilder) tasks() []view.TaskView {
	list := []view.TaskView{}
	current := p.fold.Current()
	if current == nil {
		return list
	}
	stage := p.fold.Stage(current.Stage)
	lineFields := []view.LineFieldView{}
	for _, field := range procedures.LineFields() {
		if slices.Contains(stage.LineFields, field.Key) && (field.Scope != "party" || p.who.scope.Party) {
			lineFields = append(lineFields, view.LineFieldView{Key: field.Key, Title: field.Title, Kind: field.Kind, Optional: field.Optional, Options: orEmpty(field.Options), Clause: field.Clause})
		}
	}
	for _, task := range current.Tasks {
		shown := view.TaskView{ID: task.ID, Stage: current.Stage, StageTitle: stage.Title, Visit: current.ID, Office: task.Office, OfficeName: p.names[task.Office], Role: task.Role, RoleTitle: approval.RoleText(task.Role),
			Owner: task.Owner, OwnerName: p.names[task.Owner], Due: task.Due, DueDays: view.DaysLeft(p.calendar, task.Due, p.now), DueRule: task.DueRule, Basis: task.Basis, State: task.State, NoCompetentOfficer: task.NoCompetentOfficer,
			Form: view.TaskForm{Schema: approval.Schema(p.shown(stage.Fields)), Proposal: map[string]any{}, Reasons: task.Reasons, LineFields: lineFields}}
		shown.Kind, shown.Serves, shown.AddedByName, shown.WaitsFor = string(task.Kind), task.Serves, p.names[task.AddedBy], p.waitsFor(current, task)
		shown.Extended, shown.Urged, shown.NextUrge, shown.Escalated = task.Extended, task.Urged, task.NextUrge, current.Escalated
		for key, value := range p.proposal(task) {
			shown.Form.Proposal[key] = value
		}
		hidden := p.hidden()
		shown.Form.Reasons = maps.Clone(shown.Form.Reasons)
		if shown.Form.Reasons == nil {
			shown.Form.Reasons = map[string]approval.Text{}
		}
		for key := range hidden {
			delete(shown.Form.Proposal, key)
			delete(shown.Form.Reasons, key)
		}
		list = append(list, shown)
	}
	return list
}

// hidden are the fields the caller may not read: those of a Party scope, to whoever has no Party role.
func (p *pageBuilder) hidden() map[string]bool { return hiddenFields(p.fold, p.who) }

func hiddenFields(fold *approval.Case, who *caller) map[string]bool {
	keys, amounts := map[string]bool{}, sightOf(who, fold).Amounts
	for _, stage := range fold.Stages {
		for _, field := range stage.Fields {
			if field.Scope == procedures.ScopeParty && !who.scope.Party || field.Scope == procedures.ScopeMoney && !amounts {
				keys[field.Key] = true
			}
		}
	}
	return keys
}

// shown leaves out the fields the caller may not read.
func (p *pageBuilder) shown(fields []approval.Field) []approval.Field {
	hidden := p.hidden()
	return slices.DeleteFunc(slices.Clone(fields), func(field approval.Field) bool { return hidden[field.Key] })
}

// proposal is what the system proposes now: a correction since the visit opened goes before, and
// the lines are always those of this moment.
func (p *pageBuilder) proposal(task approval.Task) approval.Form {
	return currentProposal(p.fold, task)
}

func currentProposal(fold *approval.Case, task approval.Task) approval.Form {
	proposal, computed := approval.Form{}, map[string]bool{}
	if visit, _ := fold.Task(task.ID); visit != nil {
		joined := slices.ContainsFunc(visit.Tasks, func(each approval.Task) bool { return each.State == approval.TaskSigned })
		for _, field := range fold.Stage(visit.Stage).Fields {
			computed[field.Key] = field.Computed
			// What another signer of the visit has written is not typed again; a confirmation is everybody's own.
			if held, ok := fold.Form[field.Key]; ok && joined && !field.Computed && field.Kind != approval.FieldBoolean {
				proposal[field.Key] = held
			}
		}
	}
	for key, value := range task.Proposal {
		proposal[key] = value
		if held, ok := fold.Form[key]; ok && !computed[key] {
			proposal[key] = held
		}
	}
	if _, ok := proposal[approval.FieldLineSet]; ok && fold.LineSet != nil {
		proposal[approval.FieldLineSet], _ = json.Marshal(fold.LineSet.Name())
	}
	return proposal
}

// plan lists the past visits, the present one and the stages still to come.
func (p *pageBuilder) plan() []view.PlanStep {
	steps := []view.PlanStep{}
	last := -1
	for i := range p.fold.Visits {
		visit := &p.fold.Visits[i]
		stage := p.fold.Stage(visit.Stage)
		step := p.step(stage)
		step.Visit, step.Outcome, step.OpenedAt, step.ClosedAt, step.Why, step.Wait = visit.ID, visit.Outcome, timePointer(visit.OpenedAt), timePointer(visit.ClosedAt), visit.Why, visit.Wait
		step.Escalated, step.Passed, step.Pauses = visit.Escalated, visit.Passed, orEmpty(visit.Pauses)
		step.Defects, step.State, step.Signers = orEmpty(visit.Defects), "done", []view.PlanSigner{}
		end := p.now
		if visit.Open() {
			step.State = "current"
		} else {
			end = visit.ClosedAt
		}
		days, _ := p.calendar.WorkingTime(visit.OpenedAt, end, p.pauses(visit, end))
		step.WorkingDays = &days
		for _, task := range visit.Tasks {
			if task.State == approval.TaskSuperseded && task.Kind != approval.TaskSigner && task.SignedBy == "" {
				continue
			}
			signer := view.PlanSigner{Office: task.Office, OfficeName: p.names[task.Office], Person: task.Owner, PersonName: p.names[task.Owner], State: task.State,
				Kind: string(task.Kind), Answer: task.Answer, ForName: p.names[task.SignedFor], AddedByName: p.names[task.AddedBy]}
			if task.SignedBy != "" {
				signer.Person, signer.PersonName = task.SignedBy, p.names[task.SignedBy]
				if signed, ok := p.opinions[task.ID]; ok {
					signer.At = &signed.Entry.At
					if stage.Scope != "party" || p.who.scope.Party {
						signer.Opinion = signed.Entry.Opinion
					}
				}
			}
			step.Signers = append(step.Signers, signer)
		}
		steps = append(steps, step)
		last = slices.IndexFunc(p.fold.Stages, func(s approval.Stage) bool { return s.Key == visit.Stage })
	}
	if p.fold.Ended() {
		return steps
	}
	for i := last + 1; i < len(p.fold.Stages); i++ {
		stage := &p.fold.Stages[i]
		step := p.step(stage)
		step.State = "planned"
		if by, skipped := stage.Skipped(p.fold.Facts, p.known()); skipped && !p.open(stage, max(last, 0)) {
			if stage.Exceptional {
				continue
			}
			step.State, step.Condition = "skipped", by
		}
		steps = append(steps, step)
	}
	return steps
}

// known is the form with what was computed for the present stage and enters it with the signature.
func (p *pageBuilder) known() approval.Form {
	form := maps.Clone(p.fold.Form)
	if form == nil {
		form = approval.Form{}
	}
	if current := p.fold.Current(); current != nil && len(current.Tasks) > 0 {
		for _, field := range p.fold.Stage(current.Stage).Fields {
			if value, ok := current.Tasks[0].Proposal[field.Key]; ok && field.Kept {
				form[field.Key] = value
			}
		}
	}
	return form
}

// open reports whether what decides a stage is still to be said: nobody has yet, or one of the stages from
// the present one on asks for it. Exceptional stages are foreseen only once it is certain that they come.
func (p *pageBuilder) open(stage *approval.Stage, present int) bool {
	if stage.When == nil || stage.Exceptional {
		return false
	}
	known := p.known()
	for i := present; p.fold.Stages[i].Key != stage.Key; i++ {
		if _, skipped := p.fold.Stages[i].Skipped(p.fold.Facts, known); skipped {
			continue
		}
		for _, field := range p.fold.Stages[i].Fields {
			if field.Key == stage.When.Field && !field.Computed {
				return true
			}
		}
	}
	_, said := known[stage.When.Field]
	return !said
}

func (p *pageBuilder) step(stage *approval.Stage) view.PlanStep {
	return view.PlanStep{Stage: stage.Key, Group: stage.Group, Title: stage.Title, OfficeKind: stage.OfficeKind(), Role: stage.Role(), RoleTitle: approval.RoleText(stage.Role()),
		Mode: stage.Mode, Defects: []approval.Defect{}, Signers: []view.PlanSigner{}, Clauses: orEmpty(stage.Clauses), Pauses: []approval.Pause{}}
}

func childTitle(childType string) approval.Text {
	procedure, _ := procedures.Find(childType)
	return procedure.Title
}

func timePointer(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
