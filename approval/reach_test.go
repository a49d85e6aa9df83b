package approval_test

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
)

// reach counts what random cases came to.
type reach struct {
	taken    map[approval.Action]int
	happened map[approval.EventKind]int
	outcomes map[approval.Outcome]int
	states   map[approval.CaseState]int
	passed   int
}

// TestTheMachineReachesEveryAct: properties over acts that never happen would hold for nothing.
func TestTheMachineReachesEveryAct(t *testing.T) {
	r := &reach{map[approval.Action]int{}, map[approval.EventKind]int{}, map[approval.Outcome]int{}, map[approval.CaseState]int{}, 0}
	// The rarest acts take some thousand commands to come about.
	for round := 0; round < 40 && len(r.missing()) > 0; round++ {
		rapid.Check(t, r.play)
	}
	for _, missing := range r.missing() {
		t.Errorf("no random case came to %s", missing)
	}
}

func (r *reach) play(t *rapid.T) {
	m := play(t, func(_ *machine, s step) {
		if s.entry == nil {
			return
		}
		r.taken[s.command.Action]++
		for _, event := range s.entry.Events {
			r.happened[event.Kind]++
			if event.Kind == approval.EventVisitClosed {
				r.outcomes[event.Outcome]++
			}
			if event.Passed {
				r.passed++
			}
		}
	})
	r.states[m.gate.Fold(caseNo).State]++
}

// missing lists what has not come about yet.
func (r *reach) missing() []string {
	var missing []string
	need := func(count int, what string) {
		if count == 0 {
			missing = append(missing, what)
		}
	}
	for _, action := range append([]approval.Action{approval.ActionChildrenFinished, approval.ActionExpire, approval.ActionRecomputeDeadlines, approval.ActionReopen, approval.ActionSupersede}, actions...) {
		if action != approval.ActionSubmit && action != "nonsense" {
			need(r.taken[action], "the act "+string(action))
		}
	}
	for _, kind := range []approval.EventKind{approval.EventTaskAdded, approval.EventTaskRemoved, approval.EventTaskAdvised, approval.EventTaskOpened,
		approval.EventTaskResumed, approval.EventSuspended, approval.EventResumed, approval.EventDeadlinesMoved, approval.EventUrged, approval.EventEscalated,
		approval.EventSupervised, approval.EventSupervisionReplied, approval.EventSupervisionEnded, approval.EventStageSkipped} {
		need(r.happened[kind], "the event "+string(kind))
	}
	for _, outcome := range []approval.Outcome{approval.OutcomeApproved, approval.OutcomeReturned, approval.OutcomeRejected, approval.OutcomeWithdrawn, approval.OutcomeRecalled, approval.OutcomeExpired} {
		need(r.outcomes[outcome], "a visit that ended as "+string(outcome))
	}
	for _, state := range []approval.CaseState{approval.CaseOpen, approval.CaseSuspended, approval.CaseClosed, approval.CaseRejected, approval.CaseNotAccepted, approval.CaseWithdrawn, approval.CaseExpired} {
		need(r.states[state], "the state "+string(state))
	}
	need(r.passed, "a stage that passed by itself")
	return missing
}
