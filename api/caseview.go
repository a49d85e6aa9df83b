package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// caseView builds the case page for one caller.
func (s *Server) caseView(ctx context.Context, who *caller, no string) (*view.CaseView, error) {
	record, err := s.Store.CaseRecord(ctx, who.scope, no)
	if err != nil {
		return nil, err
	}
	chained, err := s.Store.Journal(ctx, who.scope, no)
	if err != nil {
		return nil, err
	}
	fold := record.Fold
	calendar, err := s.Store.Calendar(ctx, rules.OfficeScope(holderOf(fold)))
	if err != nil {
		return nil, err
	}
	names, err := s.Store.Names(ctx, idsOf(fold))
	if err != nil {
		return nil, err
	}
	page := &pageBuilder{fold: fold, names: names, calendar: calendar, now: s.Clock.Now(), who: who, opinions: opinionsOf(chained)}
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
	for _, stage := range fold.Stages {
		v.FormFields = append(v.FormFields, stage.Fields...)
		v.Materials = append(v.Materials, stage.Materials...)
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
	v.Actions = []view.ActionView{}
	for _, permitted := range approval.Actions(fold, who.actor, who.scope.Posts) {
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
}

func idsOf(fold *approval.Case) []string {
	ids := []string{fold.Office, fold.Initiator}
	for _, visit := range fold.Visits {
		for _, task := range visit.Tasks {
			ids = append(ids, task.Office, task.Owner, task.SignedBy)
		}
		if visit.Wait != nil {
			ids = append(ids, visit.Wait.Owner)
		}
	}
	for _, attachment := range fold.Attachments {
		ids = append(ids, attachment.By)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// opinionsOf finds the entry that signed each task.
func opinionsOf(chained []view.ChainedEntry) map[string]view.ChainedEntry {
	signed := map[string]view.ChainedEntry{}
	for _, each := range chained {
		for _, event := range each.Entry.Events {
			if event.Kind == approval.EventTaskSigned {
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
			lineFields = append(lineFields, view.LineFieldView{Key: field.Key, Title: field.Title, Options: orEmpty(field.Options), Clause: field.Clause})
		}
	}
	for _, task := range current.Tasks {
		shown := view.TaskView{ID: task.ID, Stage: current.Stage, StageTitle: stage.Title, Visit: current.ID, Office: task.Office, OfficeName: p.names[task.Office], Role: task.Role, RoleTitle: approval.RoleText(task.Role),
			Owner: task.Owner, OwnerName: p.names[task.Owner], Due: task.Due, DueDays: view.DaysLeft(p.calendar, task.Due, p.now), DueRule: task.DueRule, Basis: task.Basis, State: task.State, NoCompetentOfficer: task.NoCompetentOfficer,
			Form: view.TaskForm{Schema: approval.Schema(stage.Fields), Proposal: map[string]any{}, Reasons: task.Reasons, LineFields: lineFields}}
		for key, value := range p.proposal(task) {
			shown.Form.Proposal[key] = value
		}
		if shown.Form.Reasons == nil {
			shown.Form.Reasons = map[string]approval.Text{}
		}
		list = append(list, shown)
	}
	return list
}

// proposal is what the system proposes now: a correction since the visit opened goes before, and
// the lines are always those of this moment.
func (p *pageBuilder) proposal(task approval.Task) approval.Form {
	return currentProposal(p.fold, task)
}

func currentProposal(fold *approval.Case, task approval.Task) approval.Form {
	proposal := approval.Form{}
	for key, value := range task.Proposal {
		proposal[key] = value
		if held, ok := fold.Form[key]; ok {
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
		step.Defects, step.State, step.Signers = orEmpty(visit.Defects), "done", []view.PlanSigner{}
		end := p.now
		if visit.Open() {
			step.State = "current"
		} else {
			end = visit.ClosedAt
		}
		days := p.calendar.WorkingDaysBetween(dayOf(visit.OpenedAt), dayOf(end))
		step.WorkingDays = &days
		for _, task := range visit.Tasks {
			signer := view.PlanSigner{Office: task.Office, OfficeName: p.names[task.Office], Person: task.Owner, PersonName: p.names[task.Owner], State: task.State}
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
		if stage.Condition != "" && p.fold.Facts[stage.Condition] != "true" {
			step.State, step.Condition = "skipped", stage.Condition
		}
		steps = append(steps, step)
	}
	return steps
}

func (p *pageBuilder) step(stage *approval.Stage) view.PlanStep {
	return view.PlanStep{Stage: stage.Key, Group: stage.Group, Title: stage.Title, OfficeKind: stage.OfficeKind(), Role: stage.Role(), RoleTitle: approval.RoleText(stage.Role()),
		Mode: stage.Mode, Defects: []approval.Defect{}, Signers: []view.PlanSigner{}, Clauses: orEmpty(stage.Clauses)}
}

// clock attributes every second between submission and end to the office that held the case.
func (p *pageBuilder) clock() view.Clock {
	end := p.now
	if p.fold.Ended() {
		end = p.fold.EndedAt
	}
	result := view.Clock{StartedAt: p.fold.SubmittedAt, EndedAt: timePointer(p.fold.EndedAt), Seconds: int64(end.Sub(p.fold.SubmittedAt).Seconds()), Segments: []view.ClockSegment{}}
	for _, visit := range p.fold.Visits {
		closed := end
		if !visit.Open() {
			closed = visit.ClosedAt
		}
		holder := ""
		if len(visit.Tasks) > 0 {
			holder = visit.Tasks[0].Office
		} else if visit.Wait != nil {
			holder = visit.Wait.Owner
		}
		result.Segments = append(result.Segments, view.ClockSegment{Holder: holder, HolderName: p.names[holder], From: visit.OpenedAt, To: timePointer(visit.ClosedAt), Seconds: int64(closed.Sub(visit.OpenedAt).Seconds())})
	}
	return result
}

// sentence says in one breath who has the case, since when and until when.
func (p *pageBuilder) sentence() approval.Text {
	current := p.fold.Current()
	if current == nil {
		words := map[approval.CaseState]approval.Text{approval.CaseClosed: {ZH: "办结", EN: "closed"}, approval.CaseRejected: {ZH: "决定不予接收", EN: "rejected"},
			approval.CaseNotAccepted: {ZH: "决定不予受理", EN: "not accepted"}, approval.CaseWithdrawn: {ZH: "由申请单位撤回", EN: "withdrawn by the applicant"}, approval.CaseExpired: {ZH: "因逾期终止", EN: "expired"}}[p.fold.State]
		on := p.fold.EndedAt.In(clock.Zone)
		return approval.Text{ZH: fmt.Sprintf("本件已于 %d 月 %d 日%s。", on.Month(), on.Day(), words.ZH), EN: fmt.Sprintf("The case was %s on %s.", words.EN, on.Format(time.DateOnly))}
	}
	stage := p.fold.Stage(current.Stage)
	since := current.OpenedAt.In(clock.Zone)
	if current.Wait != nil {
		return approval.Text{ZH: fmt.Sprintf("自 %d 月 %d 日起，等待各%s办结。", since.Month(), since.Day(), childTitle(current.Wait.Child).ZH), EN: fmt.Sprintf("Since %s it waits for every %s to end.", since.Format(time.DateOnly), childTitle(current.Wait.Child).EN)}
	}
	holders := []string{}
	var due *time.Time
	for _, task := range current.Tasks {
		if task.State == approval.TaskOpen {
			name := p.names[task.Office]
			if task.Owner != "" {
				name += p.names[task.Owner]
			}
			holders = append(holders, name)
			due = task.Due
		}
	}
	zh := fmt.Sprintf("自 %d 月 %d 日起，由%s办理“%s”", since.Month(), since.Day(), strings.Join(holders, "、"), stage.Title.ZH)
	en := fmt.Sprintf("Since %s it is with %s for \"%s\"", since.Format(time.DateOnly), strings.Join(holders, ", "), stage.Title.EN)
	if due != nil {
		on := due.In(clock.Zone)
		zh += fmt.Sprintf("，应于 %d 月 %d 日前办结", on.Month(), on.Day())
		en += ", due on " + on.Format(time.DateOnly)
	}
	return approval.Text{ZH: zh + "。", EN: en + "."}
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

func dayOf(t time.Time) time.Time {
	t = t.In(clock.Zone)
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, clock.Zone)
}
