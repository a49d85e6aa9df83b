package api

import (
	"context"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// archiveMatters end the titles of the cases about one archive.
var archiveMatters = map[string]string{
	procedures.TypeArchiveAccess: "查（借）阅档案", procedures.TypeArchiveRecall: "档案追回",
	procedures.TypeArchiveHold: "档案暂不移交", procedures.TypeArchiveReview: "档案复查",
}

// fillArchiveCase makes the facts of a case about the archive of one person (subject), whom the caller sees.
func (s *Server) fillArchiveCase(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	if input.Body.RosterID != "" {
		return approval.Invalid("rosterId", "本事项逐人办理，不按名册申报", "this is done person by person, not by roster")
	}
	for key := range input.Body.Form {
		return approval.Invalid("form."+key, "没有这个填写项", "there is no such field")
	}
	if input.Body.Subject == "" {
		return approval.Invalid("subject", "请选择人员", "choose the person")
	}
	if _, _, err := s.Store.PersonOf(ctx, who.scope, input.Body.Subject); err != nil {
		return err
	}
	name, facts, err := s.Store.ArchiveFacts(ctx, submission.Type, post.Office, input.Body.Subject)
	if err != nil {
		return err
	}
	if facts[procedures.FactRegion] == "" {
		office, err := s.Store.Office(ctx, post.Office)
		if err != nil {
			return err
		}
		facts[procedures.FactRegion] = office.District()
	}
	submission.Facts, submission.OwnsFirst, submission.Subject = facts, true, input.Body.Subject
	new.Region, new.Title, new.Search = facts[procedures.FactRegion], name+" · "+archiveMatters[submission.Type], []string{name}
	return nil
}
