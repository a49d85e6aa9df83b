package claimdispute_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/claimdispute"
	"jieli/workflows/internal/casetest"
)

func says(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		if command.Form == nil {
			command.Form = approval.Form{}
		}
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

// The first side is heard before anything is proposed, three people of the agency agree, and the letter is brought
// by whoever took the second claim in; with a new run after every command.
func TestTheAgencyDecidesBetweenTwoClaims(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeClaimDispute)
	counter, clerk := casetest.Person("community", approval.RoleClerk, 1), casetest.Person("agency", approval.RoleClerk, 1)
	c := casetest.New(t, claimdispute.Name, claimdispute.Workflow)
	c.UpdatesPerRun = 1
	c.Run(approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Office: "community", Actor: approval.Actor{Person: counter}, Subject: "P1"},
		casetest.Refused(approval.CodeInvalidInput, counter, approval.ActionApprove), casetest.Sign(counter, says(map[string]any{"statement": "逝者之子，未被告知申领"})),
		casetest.At(procedures.StageClaimProposal), casetest.Refused(approval.CodeInvalidInput, clerk, approval.ActionApprove, says(map[string]any{"decision": "first", "decisionReason": "协议有效"})),
		casetest.Sign(clerk, says(map[string]any{"heard": "11月24日电话听取", "decision": "first", "decisionReason": "协议有效"})),
		casetest.Sign(casetest.Person("agency", approval.RoleReviewer, 1)), casetest.Sign(casetest.Person("agency", approval.RoleHead, 1)),
		casetest.At(procedures.StageClaimLetter), casetest.Sign(counter, says(map[string]any{"deliveredOn": "2026-11-24", "deliveredBy": "hand"})))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}
