package partybranch_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/partybranch"
)

// TestTheStreetProposesAndTheDepartmentApproves, four people in all.
func TestTheStreetProposesAndTheDepartmentApproves(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypePartyBranch)
	clerk, secretary := casetest.Person("party", approval.RoleClerk, 1), casetest.Person("party", approval.RoleHead, 1)
	c := casetest.New(t, partybranch.Name, partybranch.Workflow)
	c.UpdatesPerRun = 1
	filled := func(command *approval.Command) {
		for key, value := range map[string]any{"community": "210106001029", "branchKind": "branch", "organisationName": "中共隆湖社区支部委员会", "members": 5, "secretary": "王某", "grounds": "便于管理"} {
			command.Form[key] = casetest.Value(value)
		}
	}
	c.Run(approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindParty), Office: "party", Actor: approval.Actor{Person: clerk}},
		casetest.Refused(approval.CodeInvalidInput, clerk, approval.ActionApprove), casetest.Sign(clerk, filled), casetest.Sign(secretary),
		casetest.Sign(casetest.Person("organisation", approval.RoleClerk, 1)), casetest.At(procedures.StageBranchApproval), casetest.Sign(casetest.Person("organisation", approval.RoleHead, 1)))
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Fatalf("the case is %s", state)
	}
}
