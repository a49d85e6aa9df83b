package approval_test

import (
	"testing"

	"jieli/approval"
)

// TestASubstituteOfTheSamePost signs what the absent colleague holds, in that colleague's name; what
// nobody holds they sign in their own.
func TestASubstituteOfTheSamePost(t *testing.T) {
	for _, claimed := range []bool{true, false} {
		s := newScene(t).reach(acceptance)
		if claimed {
			s.act("acceptor", approval.ActionClaim)
			s.refused(approval.CodeNotOwner, "acceptor-2", approval.ActionApprove)
		}
		s.standIns = map[string][]approval.Substitution{"acceptor-2": {{Person: "acceptor", Office: "bureau", Role: approval.RoleClerk}}}
		entry := s.act("acceptor-2", approval.ActionApprove)
		if got := entry.Actor.For; (got == "acceptor") != claimed {
			t.Errorf("claimed %v, signed for %q", claimed, got)
		}
		s.examined()
	}
}
