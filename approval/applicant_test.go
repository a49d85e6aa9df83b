package approval_test

import (
	"testing"

	"jieli/approval"
)

// TestTheApplicantsOwnOfficeSigns: of whatever kind it is, and no other of that kind in its place.
func TestTheApplicantsOwnOfficeSigns(t *testing.T) {
	s := newScene(t)
	s.posts["colleague"] = s.posts["street-1"]
	own := approval.Stage{Key: "own", Group: "own", Mode: approval.ModeSingle, Title: approval.Text{ZH: "本单位签批", EN: "own office"}, Signers: []approval.Signer{{Role: approval.RoleHead, Of: approval.OfApplicant}}}
	s.submit("CY-210106-20261124-0001", approval.ForApplicant([]approval.Stage{own}, approval.KindStreet))
	if kind := s.fold().Stages[0].OfficeKind(); kind != approval.KindStreet {
		t.Fatalf("the stage is frozen for a %q", kind)
	}
	s.refused(approval.CodeTargetLacksRole, "street-1", approval.ActionTransfer, target("street-2", "street-2", approval.KindStreet, approval.RoleHead))
	s.act("street-1", approval.ActionTransfer, target("street-1", "colleague", approval.KindStreet, approval.RoleHead))
	s.approve("colleague")
	if s.fold().State != approval.CaseClosed {
		t.Errorf("the case is %s", s.fold().State)
	}
}
