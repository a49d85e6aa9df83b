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

// TestAJointTaskStaysInItsOffice: a street's signature cannot be passed to another party.
func TestAJointTaskStaysInItsOffice(t *testing.T) {
	s := newScene(t).reach(agreement)
	s.refused(approval.CodeTargetLacksRole, "street-1", approval.ActionTransfer, target("enterprise-1", "", approval.KindEnterprise, approval.RoleHead))
	s.refused(approval.CodeTargetLacksRole, "street-1", approval.ActionTransfer, target("street-2", "", approval.KindStreet, approval.RoleHead))
	s.act("street-1", approval.ActionTransfer, target("street-1", "twice", approval.KindStreet, approval.RoleHead))
	s.examined()
}

// TestAnEnterpriseTaskStaysInItsEnterprise: one enterprise's people are no other enterprise's business.
func TestAnEnterpriseTaskStaysInItsEnterprise(t *testing.T) {
	s := newScene(t)
	s.refused(approval.CodeTargetLacksRole, "clerk", approval.ActionTransfer, target("enterprise-2", "other", approval.KindEnterprise, approval.RoleClerk))
	s.act("clerk", approval.ActionTransfer, target("enterprise-1", "clerk-2", approval.KindEnterprise, approval.RoleClerk))
	s.refused(approval.CodeNotOwner, "clerk", approval.ActionApprove, s.confirm)
	s.approve("clerk-2")
}

// TestATransferPassesConflictsOn: whoever takes over may not sign what the giver may not.
func TestATransferPassesConflictsOn(t *testing.T) {
	s := newScene(t).reach(review)
	s.approve("both")
	s.refused(approval.CodeConflictOfDuties, "both", approval.ActionApprove)
	s.refused(approval.CodeConflictOfDuties, "both", approval.ActionTransfer, target("bureau", "head", approval.KindBureau, approval.RoleHead))
	s.refused(approval.CodeConflictOfDuties, "head", approval.ActionTransfer, target("bureau", "both", approval.KindBureau, approval.RoleHead))
}

// TestOnlyAHandlerCopiesIn: a copy opens the case to another office.
func TestOnlyAHandlerCopiesIn(t *testing.T) {
	s := newScene(t).reach(acceptance)
	s.refused(approval.CodeNotOwner, "clerk", approval.ActionCC, target("street-3", "", approval.KindStreet))
	s.act("acceptor", approval.ActionClaim)
	s.refused(approval.CodeNotOwner, "acceptor-2", approval.ActionCC, target("street-3", "", approval.KindStreet))
	s.act("acceptor", approval.ActionCC, target("street-3", "", approval.KindStreet))
	s.act("supervisor", approval.ActionCC, target("street-1", "", approval.KindStreet))
	s.act("acceptor", approval.ActionCC, target("street-1", "", approval.KindStreet))
	if observers := s.fold().Observers; len(observers) != 2 {
		t.Fatalf("copied in: %+v", observers)
	}
}

func TestOnlyWhoWasCopiedInReads(t *testing.T) {
	s := newScene(t).reach(acceptance)
	s.act("acceptor", approval.ActionCC, target("street-3", "", approval.KindStreet))
	s.act("acceptor", approval.ActionCC, target("street-1", "twice", approval.KindStreet))
	s.refused(approval.CodeForbidden, "street-1", approval.ActionRead)
	s.act("street-3", approval.ActionRead)
	s.refused(approval.CodeWrongState, "street-3", approval.ActionRead)
	for _, observer := range s.fold().Observers {
		if want := map[bool]int{true: 1, false: 0}[observer.Office == "street-3"]; len(observer.Read) != want {
			t.Errorf("%s: read by %v", observer.Office, observer.Read)
		}
	}
}
