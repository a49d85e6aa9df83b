package api

import (
	"context"
	"encoding/json"
	"strings"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// fillDeath makes the facts of a death report: of a person in the caller's care (subject), or of whoever of the
// district has the ID number and name given (form.idNumber, form.name), which go no further. What else the
// report says may be given along.
func (s *Server) fillDeath(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	if input.Body.RosterID != "" {
		return approval.Invalid("rosterId", "死亡报告逐人登记，不按名册申报", "deaths are reported one by one, not by roster")
	}
	office, err := s.Store.Office(ctx, post.Office)
	if err != nil {
		return err
	}
	region := office.District()
	form := approval.Form{}
	asked := map[string]string{}
	for key, raw := range input.Body.Form {
		if key != "idNumber" && key != "name" {
			form[key] = raw
			continue
		}
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return approval.Invalid("form."+key, "应为文字", "should be a text")
		}
		asked[key] = strings.TrimSpace(text)
	}
	known := map[string]bool{}
	fields := procedure(submission.Stages, procedures.StageDeathReport).Fields
	for _, field := range fields {
		known[field.Key] = true
	}
	for key := range form {
		if !known[key] {
			return approval.Invalid("form."+key, "没有这个填写项", "there is no such field")
		}
	}
	if problem := wrongField(fields, form); problem != nil {
		return problem
	}
	subject, name, err := s.reported(ctx, who, input.Body.Subject, region, asked)
	if err != nil {
		return err
	}
	community, enterprise, err := s.Store.PersonPlace(ctx, subject)
	if err != nil {
		return err
	}
	death := procedures.NewDeath(name, region, community, enterprise)
	submission.Facts, submission.Form = death.Facts, form
	submission.OwnsFirst, submission.Subject = true, subject
	new.Region, new.Title, new.Search, new.Access = region, death.Title, []string{name}, death.Access
	return nil
}

// reported finds whose death is reported.
func (s *Server) reported(ctx context.Context, who *caller, subject, region string, asked map[string]string) (id, name string, err error) {
	if subject != "" {
		name, _, err = s.Store.PersonOf(ctx, who.scope, subject)
		return subject, name, err
	}
	number := strings.ToUpper(asked["idNumber"])
	if !rules.CheckIDNumber(number, s.Clock.Now()).Valid() {
		return "", "", approval.Invalid("form.idNumber", "请选择人员，或填写18位有效身份号码和姓名", "choose the person, or give a valid 18-character ID number and the name")
	}
	id, name, err = s.Store.PersonByNumber(ctx, region, number)
	if err != nil && approval.AsError(err).Code != approval.CodeNotFound {
		return "", "", err
	}
	if err != nil || name != asked["name"] {
		return "", "", approval.Invalid("form.idNumber", "本区没有登记姓名和身份号码都相符的人员，请核对", "nobody of the district is on record with this number and name: check both")
	}
	return id, name, nil
}

// verifiedDeath is a death on record: its case, and whose it was.
type verifiedDeath struct{ Case, Name, Enterprise, Region string }

// ofVerifiedDeath makes what a case rests on that is submitted with a dead person (subject) alone; title names the
// procedure, and refused is said where the person has no verified death on record.
func (s *Server) ofVerifiedDeath(ctx context.Context, who *caller, post view.PostView, input *submitInput, title, refused approval.Text) (verifiedDeath, error) {
	found := verifiedDeath{}
	if input.Body.RosterID != "" || len(input.Body.Form) > 0 {
		return found, approval.Invalid("form", title.ZH+"只按人员申报，内容在办件中填写", title.EN+" is submitted with the person alone; the rest is filled in on the case")
	}
	if input.Body.Subject == "" {
		return found, approval.Invalid("subject", "请选择人员", "choose the person")
	}
	var err error
	if found.Name, found.Enterprise, err = s.Store.PersonOf(ctx, who.scope, input.Body.Subject); err != nil {
		return found, err
	}
	death, err := s.Store.LiveDeath(ctx, who.scope, input.Body.Subject)
	if err != nil {
		return found, err
	}
	if death == nil || death.State != "verified" {
		return found, approval.Refuse(approval.CodeWrongState, refused.ZH, refused.EN)
	}
	office, err := s.Store.Office(ctx, post.Office)
	if err != nil {
		return found, err
	}
	found.Case, found.Region = death.Case, office.District()
	return found, nil
}

// fillRescission makes the facts of the correction of a verified death (subject).
func (s *Server) fillRescission(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	death, err := s.ofVerifiedDeath(ctx, who, post, input, approval.Text{ZH: "误报更正", EN: "a rescission"},
		approval.Text{ZH: "只有已核实的死亡才办理误报更正；尚未核实的，请撤回报告", EN: "only a verified death is rescinded; a report that is not verified yet is withdrawn"})
	if err != nil {
		return err
	}
	submission.Facts = map[string]string{procedures.FactRegion: death.Region, procedures.FactEnterprise: death.Enterprise, procedures.FactDeath: death.Case}
	submission.OwnsFirst, submission.Subject = true, input.Body.Subject
	new.Region, new.Title, new.Search = death.Region, death.Name+" · 误报更正", []string{death.Name}
	new.BusinessKeys = map[string]string{"rescission": death.Case}
	return nil
}

// showDeaths puts on the page of a death what is known of it, and on that of another open case who of its
// people has died; a reception under way then proposes that outcome.
func (s *Server) showDeaths(ctx context.Context, who *caller, fold *approval.Case, v *view.CaseView) (err error) {
	if fold.Type == procedures.TypeDeath || fold.Type == procedures.TypeRescission {
		v.Death, err = s.Store.DeathCase(ctx, who.scope, fold)
		return err
	}
	if fold.Ended() {
		return nil
	}
	if v.Deaths, err = s.Store.CaseDeaths(ctx, who.scope, fold); err != nil || len(v.Deaths) == 0 || fold.Type != procedures.TypeReception {
		return err
	}
	for _, task := range v.Tasks {
		if _, asks := task.Form.Proposal["outcome"]; asks {
			task.Form.Proposal["outcome"] = procedures.OutcomeDied
			task.Form.Reasons["outcome"] = approval.Text{ZH: "社保经办机构已核实去世", EN: "the agency has verified the death"}
		}
	}
	return nil
}
