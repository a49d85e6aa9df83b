package approval_test

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
)

// TestTheMachineReachesEveryAct: properties over acts that never happen would hold for nothing.
func TestTheMachineReachesEveryAct(t *testing.T) {
	taken, happened := map[approval.Action]int{}, map[approval.EventKind]int{}
	outcomes, states := map[approval.Outcome]int{}, map[approval.CaseState]int{}
	passed := 0
	reached := func() bool {
		return passed > 0 && len(happened) >= 14 && taken[approval.ActionRead] > 0 && taken[approval.ActionRemoveSigner] > 0 && len(outcomes) >= 6 && len(states) >= 7
	}
	// The rarest acts take some thousand commands to come about.
	for round := 0; round < 30 && (round < 3 || !reached()); round++ {
		rapid.Check(t, func(t *rapid.T) {
			m := play(t, func(_ *machine, s step) {
				if s.entry == nil {
					return
				}
				taken[s.command.Action]++
				for _, event := range s.entry.Events {
					happened[event.Kind]++
					if event.Kind == approval.EventVisitClosed {
						outcomes[event.Outcome]++
					}
					if event.Passed {
						passed++
					}
				}
			})
			states[m.gate.Fold(caseNo).State]++
		})
	}
	for _, action := range actions {
		if action != approval.ActionSubmit && action != "nonsense" && taken[action] == 0 {
			t.Errorf("no random case took %s", action)
		}
	}
	for _, action := range []approval.Action{approval.ActionChildrenFinished, approval.ActionExpire, approval.ActionRecomputeDeadlines} {
		if taken[action] == 0 {
			t.Errorf("no random case took %s", action)
		}
	}
	for _, kind := range []approval.EventKind{approval.EventTaskAdded, approval.EventTaskRemoved, approval.EventTaskAdvised, approval.EventTaskOpened,
		approval.EventTaskResumed, approval.EventSuspended, approval.EventResumed, approval.EventDeadlinesMoved, approval.EventUrged, approval.EventEscalated,
		approval.EventSupervised, approval.EventSupervisionReplied, approval.EventSupervisionEnded, approval.EventStageSkipped} {
		if happened[kind] == 0 {
			t.Errorf("no random case had the event %s", kind)
		}
	}
	for _, outcome := range []approval.Outcome{approval.OutcomeApproved, approval.OutcomeReturned, approval.OutcomeRejected, approval.OutcomeWithdrawn, approval.OutcomeRecalled, approval.OutcomeExpired} {
		if outcomes[outcome] == 0 {
			t.Errorf("no visit ended as %s", outcome)
		}
	}
	for _, state := range []approval.CaseState{approval.CaseOpen, approval.CaseSuspended, approval.CaseClosed, approval.CaseRejected, approval.CaseNotAccepted, approval.CaseWithdrawn, approval.CaseExpired} {
		if states[state] == 0 {
			t.Errorf("no case ended up %s", state)
		}
	}
	if passed == 0 {
		t.Error("no stage passed by itself")
	}
}
