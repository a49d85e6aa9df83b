package death_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/death"
	"jieli/workflows/internal/casetest"
)

var (
	community = casetest.Person("community-1", approval.RoleClerk, 1)
	director  = casetest.Person("community-1", approval.RoleHead, 1)
	clerk     = casetest.Person("agency", approval.RoleClerk, 1)
	reviewer  = casetest.Person("agency", approval.RoleReviewer, 1)
	head      = casetest.Person("agency", approval.RoleHead, 1)
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

func report(managed string, kind approval.OfficeKind, office string) approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeDeath)
	return approval.Submission{Stages: approval.ForApplicant(procedure.Stages, kind), Office: office, Actor: approval.Actor{Person: casetest.Person(office, approval.RoleClerk, 1)}, Subject: "P1",
		Facts: map[string]string{procedures.FactManaged: managed}}
}

var known = says(map[string]any{"source": "family", "diedOn": "2026-11-01", "causeClass": "illness", "reporter": "王某", "relation": "女儿"})

// TestFiveSignADeath of somebody a community manages; a declaration by a court names its judgment and date.
func TestFiveSignADeath(t *testing.T) {
	c := casetest.New(t, death.Name, death.Workflow)
	c.UpdatesPerRun = 1
	c.Run(report("true", approval.KindCommunity, "community-1"),
		casetest.Refused(approval.CodeInvalidInput, community, approval.ActionApprove, says(map[string]any{"source": "family", "diedOn": "2026-11-01", "causeClass": "illness"})),
		casetest.Sign(community, known), casetest.At(procedures.StageDeathRegistration), casetest.Sign(director), casetest.At(procedures.StageDeathVerification),
		casetest.Refused(approval.CodeInvalidInput, clerk, approval.ActionApprove, says(map[string]any{"evidence": "court"})),
		casetest.Sign(clerk, says(map[string]any{"evidence": "court", "judgmentNumber": "（2026）辽0106民特1号", "declaredOn": "2026-11-02", "diedOn": "2026-11-01"})), casetest.Sign(reviewer), casetest.Sign(head))
	if fold := c.Fold(); fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}

// TestNobodyConfirmsWhereNoCommunityManages, and a clerk of the agency who takes a report does not verify it.
func TestNobodyConfirmsWhereNoCommunityManages(t *testing.T) {
	c := casetest.New(t, death.Name, death.Workflow)
	c.Run(report("false", approval.KindAgency, "agency"), casetest.Sign(clerk, known), casetest.At(procedures.StageDeathVerification),
		casetest.Refused(approval.CodeConflictOfDuties, clerk, approval.ActionApprove, says(map[string]any{"evidence": "police", "diedOn": "2026-11-01"})),
		casetest.Sign(casetest.Person("agency", approval.RoleClerk, 2), says(map[string]any{"evidence": "police", "diedOn": "2026-11-01"})), casetest.Sign(reviewer),
		casetest.Act(head, approval.ActionReject, func(command *approval.Command) {
			command.Opinion, command.Clause = "本人健在，系误报", "S2.2(3)"
		}))
	if fold := c.Fold(); fold.State != approval.CaseRejected {
		t.Fatalf("the case is %s", fold.State)
	}
}

// TestAReportIsWithdrawn before it is approved.
func TestAReportIsWithdrawn(t *testing.T) {
	c := casetest.New(t, death.Name, death.Workflow)
	c.Run(report("true", approval.KindCommunity, "community-1"), casetest.Sign(community, known), casetest.Sign(director),
		casetest.Act(community, approval.ActionWithdraw, func(command *approval.Command) { command.Opinion = "系误报" }))
	if fold := c.Fold(); fold.State != approval.CaseWithdrawn {
		t.Fatalf("the case is %s", fold.State)
	}
}
