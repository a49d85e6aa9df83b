package approval_test

import (
	"testing"

	"jieli/approval"
)

// TestASuspensionNamesWhoseReplyItWaitsFor, as long as it lasts and in what is kept of it.
func TestASuspensionNamesWhoseReplyItWaitsFor(t *testing.T) {
	s := newScene(t)
	stage := approval.Stage{Key: "only", Group: "only", Mode: approval.ModeSingle, Title: approval.Text{ZH: "甄别", EN: "screening"}, Signers: []approval.Signer{{OfficeKind: approval.KindBureau, Role: approval.RoleClerk}},
		SuspendReasons: []approval.SuspendReason{{Key: "reply", Title: approval.Text{ZH: "等待外单位函复", EN: "waiting for a reply"}, Party: approval.PartyOutside, NamesBody: true},
			{Key: "freeze", Title: approval.Text{ZH: "停办", EN: "stop"}, Party: approval.PartyFreeze}}}
	s.submit("YJ-210106-20261124-0003", []approval.Stage{stage})
	waits := func(reason, body string) func(*approval.Command) {
		return func(command *approval.Command) { command.Reason, command.Body = reason, body }
	}
	s.refused(approval.CodeInvalidInput, "acceptor", approval.ActionSuspend, waits("reply", " "))
	s.refused(approval.CodeInvalidInput, "acceptor", approval.ActionSuspend, waits("freeze", "沈阳市委组织部"))
	s.act("acceptor", approval.ActionSuspend, waits("reply", " 沈阳市委组织部 "))
	if held := s.fold().Suspension; held.Title.ZH != "待沈阳市委组织部函复" || held.Body != "沈阳市委组织部" {
		t.Errorf("it waits for %+v", held)
	}
	s.act("acceptor", approval.ActionResume)
	if pauses := s.fold().Visits[0].Pauses; len(pauses) != 1 || pauses[0].Body != "沈阳市委组织部" {
		t.Errorf("what is kept: %+v", pauses)
	}
}
