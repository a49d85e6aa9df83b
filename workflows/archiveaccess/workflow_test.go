package archiveaccess_test

import (
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/archiveaccess"
	"jieli/workflows/internal/casetest"
)

var (
	clerk     = casetest.Person("community", approval.RoleClerk, 1)
	colleague = casetest.Person("community", approval.RoleClerk, 2)
	head      = casetest.Person("community", approval.RoleHead, 1)
	archivist = casetest.Person("archive", approval.RoleClerk, 1)
	keeper    = casetest.Person("archive", approval.RoleHead, 1)
)

func use(kind string) (approval.Submission, func(*approval.Command)) {
	procedure, _ := procedures.Find(procedures.TypeArchiveAccess)
	submission := approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Office: "community", Actor: approval.Actor{Person: clerk}, Subject: "P1"}
	return submission, with(map[string]any{"use": kind, "returnOn": "2026-12-04"})
}

func with(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

// TestAnArchiveIsLentAndComesBack, with a new run after every command.
func TestAnArchiveIsLentAndComesBack(t *testing.T) {
	c := casetest.New(t, archiveaccess.Name, archiveaccess.Workflow)
	c.UpdatesPerRun = 1
	submission, filled := use(procedures.AccessLoan)
	c.Run(submission, casetest.Sign(clerk, filled), casetest.Sign(head), casetest.Sign(archivist), casetest.Sign(keeper), casetest.At(procedures.StageAccessLending),
		casetest.Sign(archivist), casetest.Sign(colleague), casetest.At(procedures.StageAccessReturn),
		casetest.Refused(approval.CodeAlreadyDecided, clerk, approval.ActionWithdraw), casetest.Sign(archivist, with(map[string]any{"condition": procedures.ReturnedWhole})))
	if fold := c.Fold(); fold.State != approval.CaseClosed || !slices.Equal(fold.Skipped, []string{procedures.StageAccessReading}) {
		t.Errorf("the case is %s and skipped %v", fold.State, fold.Skipped)
	}
}

// TestTheHeadOfTheArchiveOfficeMayRefuse, and what is read on the spot ends with the register.
func TestTheHeadOfTheArchiveOfficeMayRefuse(t *testing.T) {
	read := casetest.New(t, archiveaccess.Name, archiveaccess.Workflow)
	submission, filled := use(procedures.AccessReading)
	read.Run(submission, casetest.Sign(clerk, filled), casetest.Sign(head), casetest.Sign(archivist), casetest.Sign(keeper), casetest.At(procedures.StageAccessReading), casetest.Sign(archivist))
	if state := read.Fold().State; state != approval.CaseClosed {
		t.Errorf("the case is %s", state)
	}
	refused := casetest.New(t, archiveaccess.Name, archiveaccess.Workflow)
	submission, filled = use(procedures.AccessReading)
	refused.Run(submission, casetest.Sign(clerk, filled), casetest.Sign(head), casetest.Sign(archivist),
		casetest.Act(keeper, approval.ActionReject, func(command *approval.Command) { command.Opinion, command.Clause = "事由与材料不符", "S2.2(5)" }))
	if state := refused.Fold().State; state != approval.CaseRejected {
		t.Errorf("the case is %s", state)
	}
}
