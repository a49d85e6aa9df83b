package archivereview_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/archivereview"
	"jieli/workflows/internal/casetest"
)

var (
	officer  = casetest.Person("organisation", approval.RoleClerk, 1)
	director = casetest.Person("organisation", approval.RoleHead, 1)
	clerk    = casetest.Person("enterprise-1", approval.RoleClerk, 1)
)

// TestAnArchiveIsTakenBackWhereAnOrganKeepsIt, with a new run after every command.
func TestAnArchiveIsTakenBackWhereAnOrganKeepsIt(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeArchiveReview)
	for _, back := range []string{"yes", "no"} {
		c := casetest.New(t, archivereview.Name, archivereview.Workflow)
		c.UpdatesPerRun = 1
		c.Proposed = func(_ *approval.Case, stage *approval.Stage) approval.Form {
			if stage.Key != procedures.StageReviewConfirm {
				return nil
			}
			return approval.Form{"handedBack": casetest.Value(back)}
		}
		script := []casetest.Step{casetest.Sign(officer, func(command *approval.Command) { command.Form["outcome"] = casetest.Value(procedures.ReviewReleased) }), casetest.Sign(director)}
		if back == "yes" {
			script = append(script, casetest.At(procedures.StageReviewReceipt), casetest.Sign(clerk))
		}
		c.Run(approval.Submission{Stages: procedure.Stages, Office: "organisation", Actor: approval.Actor{Person: officer}, Subject: "P1"}, script...)
		if state := c.Fold().State; state != approval.CaseClosed {
			t.Errorf("handed back: %s; the case is %s", back, state)
		}
	}
}
