package party_test

import (
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/party"
)

// The offices of the test are one of each kind: whose Party organisation signs is the store's to find.
var (
	organiser = casetest.Person("party", approval.RoleClerk, 1)
	receiver  = casetest.Person("party", approval.RoleClerk, 2)
	secretary = casetest.Person("party", approval.RoleHead, 1)
	officer   = casetest.Person("organisation", approval.RoleClerk, 1)
	director  = casetest.Person("organisation", approval.RoleHead, 1)
)

func member() approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeParty)
	return approval.Submission{Stages: procedure.Stages, Office: "party", Actor: approval.Actor{Person: organiser}, Subject: "P1",
		Facts: map[string]string{procedures.FactSender: "party"}}
}

// routed has the secretary's stage find a rule and where it leads.
func routed(t *testing.T, rule, destination string) *casetest.Case {
	c := casetest.New(t, party.Name, party.Workflow)
	c.Proposed = func(_ *approval.Case, stage *approval.Stage) approval.Form {
		if stage.Key != procedures.StagePartyApproval {
			return nil
		}
		return approval.Form{"rule": casetest.Value(rule), "destination": casetest.Value(destination)}
	}
	return c
}

func with(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

var circumstances = with(map[string]any{"rehired": false, "employedElsewhere": false, "awayMonths": 0, "duesPaidTo": "2026-10"})

func ends(t *testing.T, c *casetest.Case, skipped ...string) {
	t.Helper()
	if fold := c.Fold(); fold.State != approval.CaseClosed || !slices.Equal(fold.Skipped, skipped) {
		t.Errorf("the case is %s and skipped %v", fold.State, fold.Skipped)
	}
}

// TestAMemberIsReceived, with a new run after every command; a lost letter is made out anew on the way.
func TestAMemberIsReceived(t *testing.T) {
	c := routed(t, "P4", procedures.DestinationCommunity)
	c.UpdatesPerRun = 1
	branch := with(map[string]any{"branch": "第一党支部"})
	c.Run(member(), casetest.Sign(organiser, circumstances), casetest.Sign(secretary), casetest.At(procedures.StagePartyLetter),
		casetest.Sign(organiser), casetest.At(procedures.StagePartyAcceptance),
		casetest.Act(receiver, approval.ActionReturn, func(command *approval.Command) {
			command.ToStage, command.AfterReturn, command.Opinion = procedures.StagePartyLetter, approval.AfterReturnWalk, "介绍信遗失"
			command.Defects = []approval.Defect{{Item: "介绍信", Detail: "遗失"}}
		}), casetest.At(procedures.StagePartyLetter), casetest.Sign(organiser),
		casetest.Sign(receiver), casetest.Sign(receiver, branch), casetest.Sign(secretary), casetest.At(procedures.StagePartyReceipt),
		casetest.Refused(approval.CodeAlreadyDecided, organiser, approval.ActionWithdraw), casetest.Sign(organiser))
	ends(t, c, procedures.StagePartyDecision, procedures.StagePartyDecisionConfirm)
}

// TestTheRuleLeadsTheWay, whatever a client sends in its place.
func TestTheRuleLeadsTheWay(t *testing.T) {
	stays := routed(t, "P1", procedures.DestinationStays)
	stays.Run(member(), casetest.Sign(organiser, circumstances), casetest.Sign(secretary, with(map[string]any{"rule": "P4", "destination": procedures.DestinationCommunity})))
	ends(t, stays, procedures.StagePartyDecision, procedures.StagePartyDecisionConfirm, procedures.StagePartyLetter, procedures.StagePartyAcceptance,
		procedures.StagePartyReception, procedures.StagePartyReceptionConfirm, procedures.StagePartyReceipt)

	outside := routed(t, "P2", procedures.DestinationOutside)
	outside.Run(member(), casetest.Sign(organiser, circumstances), casetest.Sign(secretary), casetest.Sign(organiser), casetest.At(procedures.StagePartyReceipt), casetest.Sign(organiser))
	ends(t, outside, procedures.StagePartyDecision, procedures.StagePartyDecisionConfirm, procedures.StagePartyAcceptance, procedures.StagePartyReception, procedures.StagePartyReceptionConfirm)
}

// TestPeopleDecideWhereNoRuleDoes: two of them, and a destination has to name who takes the member.
func TestPeopleDecideWhereNoRuleDoes(t *testing.T) {
	c := routed(t, "manual", procedures.DestinationUndecided)
	c.Run(member(), casetest.Sign(organiser, circumstances), casetest.Sign(secretary), casetest.At(procedures.StagePartyDecision),
		casetest.Refused(approval.CodeInvalidInput, officer, approval.ActionApprove, func(command *approval.Command) {
			command.Form = casetest.Proposal(c.Fold())
			with(map[string]any{"destination": procedures.DestinationOutside})(command)
		}),
		casetest.Sign(officer, with(map[string]any{"destination": procedures.DestinationOutside, "organisation": "中共某市某公司委员会"})),
		casetest.At(procedures.StagePartyDecisionConfirm), casetest.Sign(director), casetest.At(procedures.StagePartyLetter), casetest.Sign(organiser), casetest.Sign(organiser))
	ends(t, c, procedures.StagePartyAcceptance, procedures.StagePartyReception, procedures.StagePartyReceptionConfirm)
}
