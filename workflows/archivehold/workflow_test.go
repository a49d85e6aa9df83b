package archivehold_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/archivehold"
	"jieli/workflows/internal/casetest"
)

// TestALetterIsRegisteredAndConfirmed by two people, with a new run after every command.
func TestALetterIsRegisteredAndConfirmed(t *testing.T) {
	officer, director := casetest.Person("organisation", approval.RoleClerk, 1), casetest.Person("organisation", approval.RoleHead, 1)
	procedure, _ := procedures.Find(procedures.TypeArchiveHold)
	c := casetest.New(t, archivehold.Name, archivehold.Workflow)
	c.UpdatesPerRun = 1
	c.Run(approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindOrganisation), Office: "organisation", Actor: approval.Actor{Person: officer}, Subject: "P1"},
		casetest.Sign(officer), casetest.At(procedures.StageHoldConfirm), casetest.Sign(director))
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Errorf("the case is %s", state)
	}
}
