package procedures

import "jieli/approval"

// The stages of founding the Party organisation of a community.
const (
	StageBranchProposal    = "branch-proposal"
	StageBranchEndorsement = "branch-endorsement"
	StageBranchExamination = "branch-examination"
	StageBranchApproval    = "branch-approval"
)

// partyBranch founds the Party organisation of a community that has none, so that there is one for every
// community and no member stays with the street's committee for want of one. The committee of the street
// proposes, the organisation department approves. Party offices are not hurried: no stage has a deadline.
func partyBranch() Procedure {
	proposal := ofApplicant(StageBranchProposal, "1", "提出组建方案", "proposal", approval.RoleClerk, 0)
	proposal.Fields = []approval.Field{
		{Key: "community", Title: approval.Text{ZH: "社区（村）", EN: "community"}, Kind: approval.FieldText, Required: true, Clause: "S4.1"},
		{Key: "branchKind", Title: approval.Text{ZH: "组织设置", EN: "kind of organisation"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("branch", "支部委员会", "branch committee"), choice("general", "总支部委员会", "general branch committee"), choice("committee", "基层委员会", "base-level committee")}},
		{Key: "organisationName", Title: approval.Text{ZH: "党组织全称", EN: "full name"}, Kind: approval.FieldText, Required: true},
		{Key: "members", Title: approval.Text{ZH: "正式党员人数（不少于 3 人）", EN: "full members (at least 3)"}, Kind: approval.FieldNumber, Required: true},
		{Key: "secretary", Title: approval.Text{ZH: "书记人选", EN: "proposed secretary"}, Kind: approval.FieldText, Required: true},
		{Key: "grounds", Title: approval.Text{ZH: "组建理由", EN: "grounds"}, Kind: approval.FieldText, Required: true}}
	endorsement := ofApplicant(StageBranchEndorsement, "1", "党工委书记签批", "signed by the committee's secretary", approval.RoleHead, 0)
	examination := single(StageBranchExamination, "2", "组织部门审核", "examined by the organisation department", approval.KindOrganisation, approval.RoleClerk, 0)
	decision := single(StageBranchApproval, "2", "组织部门批准", "approved by the organisation department", approval.KindOrganisation, approval.RoleHead, 0)
	decision.Decides, decision.FinalApproval = true, true
	stages := []approval.Stage{proposal, endorsement, examination, decision}
	for i := range stages {
		stages[i].Scope, stages[i].Clauses = ScopeParty, []string{"S4.1"}
	}
	return Procedure{Type: TypePartyBranch, Title: approval.Text{ZH: "组建社区（村）党组织", EN: "founding a community's Party organisation"}, Prefix: "ZJ", Scope: ScopeParty,
		Stages: approval.IncompatibleWithin(stages), Starters: []approval.Signer{{OfficeKind: approval.KindParty, Role: approval.RoleClerk}}, Clauses: []string{"S4.1"}}
}

// MinimumBranchMembers is how many full members a branch needs (Party constitution, article 30).
const MinimumBranchMembers = 3
