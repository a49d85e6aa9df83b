package transition_test

import (
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/transition"
)

var (
	clerk       = casetest.Person("bureau", approval.RoleClerk, 1)
	sectionHead = casetest.Person("bureau", approval.RoleReviewer, 1)
	director    = casetest.Person("bureau", approval.RoleHead, 1)
	streetClerk = casetest.Person("street-1", approval.RoleClerk, 1)
	streetHead  = casetest.Person("street-1", approval.RoleHead, 1)
	enterprise  = casetest.Person("enterprise-1", approval.RoleHead, 1)
)

func batch() approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeTransition)
	return approval.Submission{Stages: procedure.Stages, Office: "bureau", Actor: approval.Actor{Person: clerk}, LineSet: &approval.LineSet{Version: 1, Digest: "d", Count: 3},
		Facts: map[string]string{procedures.FactGroup: "G1", procedures.FactBodyEnterprise: "true", procedures.FactBodyAgency: "false", procedures.FactBodyOther: "false"}}
}

func with(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

func way() []casetest.Step {
	return []casetest.Step{casetest.Sign(clerk, with(map[string]any{"planReason": "社区已具备条件", "plannedBy": "2027-02-01"})), casetest.Sign(streetClerk),
		casetest.Sign(streetClerk, with(map[string]any{"readiness": []map[string]any{{"code": "210106001017", "staff": true, "venue": true, "branch": true}}})), casetest.Sign(streetHead),
		casetest.Sign(sectionHead), casetest.At(procedures.StageTransitionDecision)}
}

// TestATransition moves people in a batch, with a new run after every command; the receptions are waited for.
func TestATransition(t *testing.T) {
	c := casetest.New(t, transition.Name, transition.Workflow)
	c.UpdatesPerRun = 1
	open := 2
	c.Open = func() (int, error) { return open, nil }
	c.Run(batch(), append(way(), casetest.Sign(director), casetest.Refused(approval.CodeAlreadyDecided, clerk, approval.ActionWithdraw),
		casetest.Sign(enterprise, with(map[string]any{"noticeReceived": true})), casetest.At(procedures.StageTransitionReceptions),
		casetest.Look(func(*casetest.Case) { open = 0 }), casetest.Wake, casetest.At(procedures.StageTransitionClosing),
		casetest.Sign(streetHead), casetest.Sign(director))...)
	if fold := c.Fold(); fold.State != approval.CaseClosed || c.Started != 1 || !slices.Equal(fold.Skipped, []string{procedures.StageNoticeAgency, procedures.StageNoticeOther}) {
		t.Fatalf("the case is %s, children started %d times, skipped %v", fold.State, c.Started, fold.Skipped)
	}
}

// TestATransitionIsRefused by who decides, and withdrawn before that by the bureau.
func TestATransitionIsRefused(t *testing.T) {
	c := casetest.New(t, transition.Name, transition.Workflow)
	c.Run(batch(), append(way(), casetest.Act(director, approval.ActionReject, func(command *approval.Command) { command.Opinion, command.Clause = "条件尚不成熟", "S3.3" }))...)
	if state := c.Fold().State; state != approval.CaseRejected {
		t.Errorf("refused, the case is %s", state)
	}
	c = casetest.New(t, transition.Name, transition.Workflow)
	c.Run(batch(), append(way()[:4], casetest.Act(clerk, approval.ActionWithdraw, func(command *approval.Command) { command.Opinion = "暂缓" }))...)
	if state := c.Fold().State; state != approval.CaseWithdrawn {
		t.Errorf("withdrawn, the case is %s", state)
	}
}
