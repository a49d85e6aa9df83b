package api

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// maximumArchives is how many archives one transfer carries when it is started by itself; a batch's
// transfer is started by its handover and has as many as the batch.
const maximumArchives = 500

// fillArchive makes the facts of a transfer of archives: of one person (subject), or of several
// (form.people, person ids), whose enterprise submits it.
func (s *Server) fillArchive(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	if input.Body.RosterID != "" {
		return approval.Invalid("rosterId", "档案转递不按名册申报；成批移交时，档案转递由移交办件发起", "archives are not submitted by roster; the transfer of a batch is started by its handover")
	}
	people := []string{}
	for key, raw := range input.Body.Form {
		if key != "people" {
			return approval.Invalid("form."+key, "没有这个填写项", "there is no such field")
		}
		if json.Unmarshal(raw, &people) != nil {
			return approval.Invalid("form.people", "应为人员编号的列表", "should be a list of person ids")
		}
	}
	if input.Body.Subject != "" {
		people = append(people, input.Body.Subject)
	}
	slices.Sort(people)
	people = slices.Compact(people)
	if len(people) == 0 || len(people) > maximumArchives {
		return approval.Invalid("subject", fmt.Sprintf("请选择 1 到 %d 名人员", maximumArchives), fmt.Sprintf("choose 1 to %d people", maximumArchives))
	}
	office, err := s.Store.Office(ctx, post.Office)
	if err != nil {
		return err
	}
	district := office.District()
	submission.Facts = map[string]string{procedures.FactEnterprise: post.Office, procedures.FactRegion: district}
	submission.OwnsFirst = true
	new.Region, new.Title, new.Search = district, office.Name+" · 档案 {n} 人", []string{office.Name}
	for i, id := range people {
		name, enterprise, err := s.Store.PersonOf(ctx, who.scope, id)
		if err != nil {
			return err
		}
		if enterprise != post.Office {
			return approval.Invalid("subject", name+"不是本企业的退休人员", "the person did not retire from this enterprise")
		}
		new.Archives = append(new.Archives, view.NewArchive{Row: i + 1, Person: id})
		if len(people) == 1 {
			submission.Subject, new.Title = id, name+" · 人事档案"
			new.Search = append(new.Search, name)
		}
	}
	return nil
}
