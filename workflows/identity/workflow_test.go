package identity_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/identity"
	"jieli/workflows/internal/casetest"
)

// TestThreeOfTheAgencyCheckWhatAnotherOfficeAsks, and whoever applied is none of them.
func TestThreeOfTheAgencyCheckWhatAnotherOfficeAsks(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeIdentity)
	applicant := casetest.Person("community", approval.RoleClerk, 1)
	clerk, reviewer, head := casetest.Person("agency", approval.RoleClerk, 1), casetest.Person("agency", approval.RoleReviewer, 1), casetest.Person("agency", approval.RoleHead, 1)
	c := casetest.New(t, identity.Name, identity.Workflow)
	c.UpdatesPerRun = 1
	says := func(values map[string]any) func(*approval.Command) {
		return func(command *approval.Command) {
			for key, value := range values {
				command.Form[key] = casetest.Value(value)
			}
		}
	}
	c.Run(approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Office: "community", Actor: approval.Actor{Person: applicant}, Subject: "P1"},
		casetest.Refused(approval.CodeInvalidInput, applicant, approval.ActionApprove),
		casetest.Sign(applicant, says(map[string]any{"cause": "entry", "evidence": []string{"card"}})), casetest.At(procedures.StageIdentityCheck),
		casetest.Sign(clerk, says(map[string]any{"checkedWith": "data"})), casetest.Sign(reviewer), casetest.Sign(head))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}
