package intake_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/intake"
	"jieli/workflows/internal/casetest"
)

var (
	streetClerk    = casetest.Person("street-1", approval.RoleClerk, 1)
	streetHead     = casetest.Person("street-1", approval.RoleHead, 1)
	streetDeputy   = casetest.Person("street-1", approval.RoleHead, 2)
	enterpriseHead = casetest.Person("enterprise-1", approval.RoleHead, 1)
)

func sheet(batch string) approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeIntake)
	return approval.Submission{Stages: procedure.Stages, Parent: "YJ-210106-20261123-0001", Actor: approval.Actor{Person: approval.SystemPerson}, Office: "enterprise-1",
		LineSet: &approval.LineSet{Version: 1, Digest: "d", Count: 5}, Facts: map[string]string{procedures.FactBatch: batch}}
}

func TestAnIntake(t *testing.T) {
	c := casetest.New(t, intake.Name, intake.Workflow)
	open := 2
	c.Open = func() (int, error) { return open, nil }
	c.Run(sheet("true"), casetest.Sign(streetClerk), casetest.Sign(streetHead), casetest.At(procedures.StageReceptions),
		// A person who is late delays the sheet and nothing else.
		casetest.Wake, casetest.At(procedures.StageReceptions), casetest.Look(func(*casetest.Case) { open = 0 }), casetest.Wake,
		casetest.At(procedures.StageClosingSheet), casetest.Sign(enterpriseHead),
		casetest.Refused(approval.CodeConflictOfDuties, streetHead, approval.ActionApprove), casetest.Sign(streetDeputy))
	if state := c.Fold().State; state != approval.CaseClosed || c.Started != 1 {
		t.Fatalf("state %s, children started %d times", state, c.Started)
	}
}

// TestAnIntakeOfOnePerson has its receipt from the handover; the sheet is skipped with its condition.
func TestAnIntakeOfOnePerson(t *testing.T) {
	c := casetest.New(t, intake.Name, intake.Workflow)
	c.UpdatesPerRun = 1
	c.Run(sheet("false"), casetest.Sign(streetClerk), casetest.Sign(streetHead))
	if fold := c.Fold(); fold.State != approval.CaseClosed || len(fold.Skipped) != 1 || fold.Skipped[0] != procedures.StageClosingSheet {
		t.Fatalf("state %s, skipped %v", fold.State, fold.Skipped)
	}
}

func TestAnIntakeIsNobodysToWithdraw(t *testing.T) {
	c := casetest.New(t, intake.Name, intake.Workflow)
	c.Run(sheet("false"), casetest.Refused(approval.CodeForbidden, casetest.Person("enterprise-1", approval.RoleClerk, 1), approval.ActionWithdraw),
		casetest.Sign(streetClerk), casetest.Sign(streetHead))
}
