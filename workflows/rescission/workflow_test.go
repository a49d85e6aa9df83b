package rescission_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/rescission"
)

// TestThreeOfTheAgencyTakeADeathBack, on the report of whoever has seen the person.
func TestThreeOfTheAgencyTakeADeathBack(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeRescission)
	community := casetest.Person("community-1", approval.RoleClerk, 1)
	clerk, reviewer, head := casetest.Person("agency", approval.RoleClerk, 1), casetest.Person("agency", approval.RoleReviewer, 1), casetest.Person("agency", approval.RoleHead, 1)
	says := func(values map[string]any) func(*approval.Command) {
		return func(command *approval.Command) {
			if command.Form == nil {
				command.Form = approval.Form{}
			}
			for key, value := range values {
				command.Form[key] = casetest.Value(value)
			}
		}
	}
	c := casetest.New(t, rescission.Name, rescission.Workflow)
	c.UpdatesPerRun = 1
	c.Run(approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Office: "community-1", Actor: approval.Actor{Person: community}, Subject: "P1"},
		casetest.Refused(approval.CodeInvalidInput, community, approval.ActionApprove),
		casetest.Sign(community, says(map[string]any{"seenBy": "王社工", "seenOn": "2026-11-20", "seenHow": "home", "wrongBecause": "namesake", "account": "入户见到本人"})), casetest.At(procedures.StageRescissionCheck),
		casetest.Refused(approval.CodeInvalidInput, clerk, approval.ActionApprove, says(map[string]any{"checkedWith": "data"})),
		casetest.Sign(clerk, says(map[string]any{"checkedWith": "data", "monthlyAmount": 312345})), casetest.Sign(reviewer), casetest.Sign(head))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}
