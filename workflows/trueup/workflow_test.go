package trueup_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/trueup"
)

func agency(role approval.Role, n int) string { return casetest.Person("agency", role, n) }

func says(key string, value any) func(*approval.Command) {
	return func(command *approval.Command) {
		if command.Form == nil {
			command.Form = approval.Form{}
		}
		command.Form[key] = casetest.Value(value)
	}
}

// Where nothing differs the review ends it; nobody releases what is not due.
func TestATrueUpWithoutADifferenceEndsWithTheReview(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeTrueUp)
	c := casetest.New(t, trueup.Name, trueup.Workflow)
	c.UpdatesPerRun = 1
	c.Run(approval.Submission{Stages: procedure.Stages, Office: "agency", Form: approval.Form{"course": casetest.Value(procedures.TrueUpNone)}},
		casetest.Refused(approval.CodeInvalidInput, agency(approval.RoleClerk, 1), approval.ActionApprove),
		casetest.Sign(agency(approval.RoleClerk, 1), says("checked", true)), casetest.Sign(agency(approval.RoleReviewer, 1)))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}

// A difference goes by five people; the head who finds an excess says what becomes of it, and nothing is released.
func TestATrueUpGoesTheWayOfABenefit(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeTrueUp)
	c := casetest.New(t, trueup.Name, trueup.Workflow)
	c.Run(approval.Submission{Stages: procedure.Stages, Office: "agency", Form: approval.Form{"course": casetest.Value(procedures.TrueUpPay)}},
		casetest.Sign(agency(approval.RoleClerk, 1), says("checked", true)), casetest.Sign(agency(approval.RoleReviewer, 1)), casetest.Sign(agency(approval.RoleHead, 1)),
		casetest.At(procedures.StageTrueUpRelease), casetest.Sign(agency(approval.RoleFundCashier, 1)),
		casetest.Refused(approval.CodeConflictOfDuties, agency(approval.RoleFundCashier, 1), approval.ActionApprove, says("reconciled", true)),
		casetest.Sign(agency(approval.RoleFundCashier, 2), says("reconciled", true)))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
	c = casetest.New(t, trueup.Name, trueup.Workflow)
	c.Run(approval.Submission{Stages: procedure.Stages, Office: "agency", Form: approval.Form{"course": casetest.Value(procedures.TrueUpNegative)}},
		casetest.Sign(agency(approval.RoleClerk, 1), says("checked", true)), casetest.Sign(agency(approval.RoleReviewer, 1)),
		casetest.Refused(approval.CodeInvalidInput, agency(approval.RoleHead, 1), approval.ActionApprove),
		casetest.Sign(agency(approval.RoleHead, 1), says("recourse", "keep"), says("recourseReason", "按当时有效的决定领取")))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}
