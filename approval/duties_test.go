package approval_test

import (
	"testing"

	"jieli/approval"
)

// refused fails unless a command is refused with the code, in well-chosen words, and changes nothing.
func (s *scene) refused(code approval.Code, person string, action approval.Action, changes ...func(*approval.Command)) {
	s.t.Helper()
	before := s.fold()
	_, refusal := s.try(s.command(person, action, changes...))
	if refusal == nil {
		s.t.Fatalf("%s by %s was taken, want %s", action, person, code)
	}
	if refusal.Code != code {
		s.t.Fatalf("%s by %s is refused as %s (%s), want %s", action, person, refusal.Code, refusal.Message.EN, code)
	}
	wellWorded(s.t, action, refusal)
	if !approval.SameFold(before, s.fold()) {
		s.t.Fatalf("a refused %s changed the case", action)
	}
}

// TestIncompatibilityHoldsBothWays: it is enough that one of two stages names the other.
func TestIncompatibilityHoldsBothWays(t *testing.T) {
	s := newScene(t).reach(acceptance)
	s.act("both", approval.ActionReturn, toStage(prepare, approval.AfterReturnWalk))
	s.refused(approval.CodeConflictOfDuties, "both", approval.ActionApprove, s.confirm)
	s.approve("clerk")
	s.examined()
}

// TestOnePersonSpeaksForOneOfficeInAJointVisit: two posts do not make two parties to an agreement.
func TestOnePersonSpeaksForOneOfficeInAJointVisit(t *testing.T) {
	s := newScene(t).reach(agreement)
	s.act("twice", approval.ActionApprove, onTask(1))
	s.refused(approval.CodeConflictOfDuties, "twice", approval.ActionApprove, onTask(2))
	s.act("street-1", approval.ActionApprove, onTask(2))
	s.examined()
}

// onTask names the n-th task of the open visit.
func onTask(n int) func(*approval.Command) {
	return func(command *approval.Command) {
		command.TaskID = command.TaskID[:len(command.TaskID)-1] + string(rune('0'+n))
	}
}
