package archiverecall_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/archiverecall"
	"jieli/workflows/internal/casetest"
)

var (
	officer   = casetest.Person("organisation", approval.RoleClerk, 1)
	director  = casetest.Person("organisation", approval.RoleHead, 1)
	keeper    = casetest.Person("archive", approval.RoleHead, 1)
	archivist = casetest.Person("archive", approval.RoleClerk, 1)
	clerk     = casetest.Person("enterprise-1", approval.RoleClerk, 1)
)

func with(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

func recall() approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeArchiveRecall)
	return approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindOrganisation), Office: "organisation", Actor: approval.Actor{Person: officer}, Subject: "P1"}
}

var (
	carried = with(map[string]any{"way": procedures.WayConfidentialMail, "mailNumber": "机要-1"})
	back    = with(map[string]any{"keeper": procedures.KeptByEnterprise, "becomes": procedures.RecalledForAnew, "cadreClass": procedures.CadreOrdinary})
)

// TestAnArchiveIsReturnedOnceAndReceived, with a new run after every command.
func TestAnArchiveIsReturnedOnceAndReceived(t *testing.T) {
	c := casetest.New(t, archiverecall.Name, archiverecall.Workflow)
	c.UpdatesPerRun = 1
	c.Run(recall(), casetest.Sign(officer), casetest.Sign(director, back), casetest.Sign(keeper), casetest.Sign(archivist, carried), casetest.At(procedures.StageRecallReceipt),
		casetest.Act(clerk, approval.ActionReturn, func(command *approval.Command) {
			command.ToStage, command.AfterReturn, command.Opinion = procedures.StageRecallDispatch, approval.AfterReturnWalk, "封条破损"
			command.Defects = []approval.Defect{{Item: "封条", Detail: "破损"}}
		}), casetest.At(procedures.StageRecallDispatch), casetest.Sign(archivist, carried), casetest.Sign(clerk))
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Errorf("the case is %s", state)
	}
}

// TestAnotherOrganConfirmsByLetter, and its name is asked for.
func TestAnotherOrganConfirmsByLetter(t *testing.T) {
	c := casetest.New(t, archiverecall.Name, archiverecall.Workflow)
	organ := map[string]any{"keeper": procedures.KeptByOrgan, "becomes": procedures.RecalledHeld, "cadreClass": procedures.CadreCounty, "reviewOn": "2027-11-24"}
	c.Run(recall(), casetest.Sign(officer),
		casetest.Refused(approval.CodeInvalidInput, director, approval.ActionApprove, func(command *approval.Command) {
			command.Form = casetest.Proposal(c.Fold())
			with(organ)(command)
			command.Form["organ"] = casetest.Value("")
		}),
		casetest.Sign(director, with(organ), with(map[string]any{"organ": "沈阳市委组织部"})), casetest.Sign(keeper), casetest.Sign(archivist, carried),
		casetest.At(procedures.StageRecallReply), casetest.Sign(officer))
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Errorf("the case is %s", state)
	}
}
