package payee_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/payee"
)

// TestAnAccountIsCorrectedByTwo of the agency.
func TestAnAccountIsCorrectedByTwo(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypePayee)
	c := casetest.New(t, payee.Name, payee.Workflow)
	c.UpdatesPerRun = 1
	c.Run(approval.Submission{Stages: procedure.Stages, Office: "agency", Subject: "P1"},
		casetest.Sign(casetest.Person("agency", approval.RoleClerk, 1), func(command *approval.Command) { command.Form["confirmedWith"] = casetest.Value("seen") }),
		casetest.Sign(casetest.Person("agency", approval.RoleReviewer, 1)))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}
