package api

import (
	"context"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// fillParty makes the facts of a transfer of one member's Party relation (subject), which the organisation
// responsible for the member begins: at first that of the enterprise.
func (s *Server) fillParty(ctx context.Context, _ *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	if input.Body.RosterID != "" {
		return approval.Invalid("rosterId", "组织关系转接逐人办理，不按名册申报", "Party relations are transferred one by one, not by roster")
	}
	for key := range input.Body.Form {
		return approval.Invalid("form."+key, "没有这个填写项", "there is no such field")
	}
	if input.Body.Subject == "" {
		return approval.Invalid("subject", "请选择党员", "choose the member")
	}
	office, err := s.Store.Office(ctx, post.Office)
	if err != nil {
		return err
	}
	served, err := s.Store.ServedBy(ctx, post.Office)
	if err != nil {
		return approval.Refuse(approval.CodeWrongState, "尚未登记本党组织属于哪个企业、街道或社区（村），请联系系统管理员", "it is not recorded of which enterprise, street or community this is the Party organisation; ask the system administrator")
	}
	name, err := s.Store.PartyCandidate(ctx, post.Office, input.Body.Subject)
	if err != nil {
		return err
	}
	district := office.District()
	submission.Facts = map[string]string{procedures.FactSender: post.Office, procedures.FactRegion: district}
	if served.Kind == approval.KindEnterprise {
		submission.Facts[procedures.FactEnterprise] = served.ID
	}
	submission.OwnsFirst, submission.Subject = true, input.Body.Subject
	new.Region, new.Title, new.Search = district, name+" · 组织关系", []string{name}
	return nil
}

// fillPartyBranch makes the facts of founding a community's Party organisation, which the committee of its street
// begins; what is founded is filled in on the case.
func (s *Server) fillPartyBranch(ctx context.Context, _ *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	if input.Body.RosterID != "" || input.Body.Subject != "" || len(input.Body.Form) > 0 {
		return approval.Invalid("form", "组建党组织不需要名册、人员或填写项，请在办件中填写", "founding an organisation takes no roster, person or form: it is filled in on the case")
	}
	served, err := s.Store.ServedBy(ctx, post.Office)
	if err != nil || served.Kind != approval.KindStreet {
		return approval.Refuse(approval.CodeForbidden, "社区（村）党组织由所在街道党工委提出组建", "the Party working committee of the street proposes the organisation of a community")
	}
	district := served.District()
	submission.Facts = map[string]string{procedures.FactStreet: served.ID, procedures.FactRegion: district}
	submission.OwnsFirst = true
	new.Region, new.Title, new.Search = district, served.Name+" · 组建社区（村）党组织", []string{served.Name}
	return nil
}

// partyOnly refuses whoever has no Party role as a party to a case that exists for Party roles alone.
func partyOnly(caseType string, target *approval.Target) error {
	procedure, _ := procedures.Find(caseType)
	if procedure.Scope != procedures.ScopeParty || target.OfficeKind == approval.KindParty || target.OfficeKind == approval.KindOrganisation {
		return nil
	}
	return approval.Invalid("target.office", "本事项只在党组织和组织部门之间办理，请选择党组织或组织部门", "this is between Party organisations and the organisation department: choose one of them")
}
