package dispute_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/dispute"
	"jieli/workflows/internal/casetest"
)

var (
	later   = casetest.Person("enterprise-1", approval.RoleClerk, 1)
	earlier = casetest.Person("enterprise-2", approval.RoleClerk, 1)
	clerk   = casetest.Person("bureau", approval.RoleClerk, 1)
	head    = casetest.Person("bureau", approval.RoleHead, 1)
)

func says(key string, value any) func(*approval.Command) {
	return func(command *approval.Command) { command.Form[key] = casetest.Value(value) }
}

// TestBothSidesAreHeardBeforeTheBureauDecides, with a new run after every command.
func TestBothSidesAreHeardBeforeTheBureauDecides(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeDispute)
	c := casetest.New(t, dispute.Name, dispute.Workflow)
	c.UpdatesPerRun = 1
	decided := func(command *approval.Command) {
		says("decision", procedures.DecidedForLater)(command)
		says("decisionReason", "退休审批在该企业")(command)
	}
	c.Run(approval.Submission{Stages: procedure.Stages, Office: "enterprise-1"},
		casetest.Refused(approval.CodeInvalidInput, later, approval.ActionApprove),
		casetest.Sign(later, says("claim", "劳动关系在本企业")), casetest.At(procedures.StageDisputeReply),
		casetest.Sign(earlier, says("reply", "仅为借调")), casetest.At(procedures.StageDisputeProposal),
		casetest.Refused(approval.CodeInvalidInput, clerk, approval.ActionApprove),
		casetest.Sign(clerk, decided), casetest.Sign(head))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}
