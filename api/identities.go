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

// fillIdentity makes the facts of a correction of a person's ID number (subject). The number (form.newNumber)
// is taken out of the form: it is kept sealed, beside the case.
func (s *Server) fillIdentity(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	if input.Body.RosterID != "" {
		return approval.Invalid("rosterId", "身份号码逐人更正，不按名册申报", "ID numbers are corrected one by one, not by roster")
	}
	var number string
	for key, raw := range input.Body.Form {
		if key != "newNumber" {
			return approval.Invalid("form."+key, "没有这个填写项", "there is no such field")
		}
		if json.Unmarshal(raw, &number) != nil {
			return approval.Invalid("form.newNumber", "应为文字", "should be a text")
		}
	}
	number = strings.ToUpper(strings.TrimSpace(number))
	if !rules.CheckIDNumber(number, s.Clock.Now()).Valid() {
		return approval.Invalid("form.newNumber", "请填写18位有效身份号码", "give a valid 18-character ID number")
	}
	if input.Body.Subject == "" {
		return approval.Invalid("subject", "请选择人员", "choose the person")
	}
	name, enterprise, err := s.Store.PersonOf(ctx, who.scope, input.Body.Subject)
	if err != nil {
		return err
	}
	office, err := s.Store.Office(ctx, post.Office)
	if err != nil {
		return err
	}
	district := office.District()
	submission.Facts = map[string]string{procedures.FactEnterprise: enterprise, procedures.FactRegion: district}
	submission.OwnsFirst, submission.Subject = true, input.Body.Subject
	new.Region, new.Title, new.Search, new.Identity = district, name+" · 身份号码更正", []string{name}, number
	new.BusinessKeys = map[string]string{"identity": input.Body.Subject}
	return nil
}
