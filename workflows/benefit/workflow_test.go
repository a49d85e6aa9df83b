package benefit_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/benefit"
	"jieli/workflows/internal/casetest"
)

// TestABenefitGoesFromTheCounterToTheLetter, and whoever released the money may not reconcile it.
func TestABenefitGoesFromTheCounterToTheLetter(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeBenefit)
	counter := casetest.Person("community", approval.RoleClerk, 1)
	agency := func(role approval.Role, n int) string { return casetest.Person("agency", role, n) }
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
	claim := map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true, "materials": []string{"claimant-identity", "account"}}
	c := casetest.New(t, benefit.Name, benefit.Workflow)
	c.UpdatesPerRun = 1
	c.Run(approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Office: "community", Actor: approval.Actor{Person: counter}, Subject: "P1"},
		casetest.Refused(approval.CodeInvalidInput, counter, approval.ActionApprove), casetest.Sign(counter, says(claim)),
		casetest.Sign(agency(approval.RoleClerk, 1), says(map[string]any{"province": "210000", "status": "retired", "contributionYears": 30, "pensionYears": 6, "override": "no"})),
		casetest.Sign(agency(approval.RoleReviewer, 1)), casetest.Sign(agency(approval.RoleHead, 1)),
		casetest.At(procedures.StageBenefitRelease), casetest.Sign(agency(approval.RoleFundCashier, 1)),
		casetest.Refused(approval.CodeConflictOfDuties, agency(approval.RoleFundCashier, 1), approval.ActionApprove, says(map[string]any{"reconciled": true})),
		casetest.Sign(agency(approval.RoleFundCashier, 2), says(map[string]any{"reconciled": true})),
		casetest.At(procedures.StageBenefitLetter), casetest.Sign(counter, says(map[string]any{"deliveredOn": "2026-11-24", "deliveredBy": "hand"})))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}
