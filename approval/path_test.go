package approval_test

import (
	"testing"

	"jieli/approval"
)

func TestTheWholePath(t *testing.T) {
	s := newScene(t).reach(closing)
	s.approve("director")
	s.approve("head-2")
	c := s.fold()
	if c.State != approval.CaseClosed || len(c.Skipped) != 1 || c.Skipped[0] != optional {
		t.Fatalf("state %s, skipped %v", c.State, c.Skipped)
	}
	s.examined()
}

// TestRecallOfAReturnLeavesNoDetour: the way back that the return had set is undone with it.
func TestRecallOfAReturnLeavesNoDetour(t *testing.T) {
	s := newScene(t).reach(review)
	s.act("reviewer", approval.ActionReturn, toStage(prepare, approval.AfterReturnHere))
	s.act("reviewer", approval.ActionRecall)
	s.approve("reviewer")
	s.approve("head")
	if s.stage() != agreement {
		t.Fatalf("the decision led to %q", s.stage())
	}
	s.examined()
}

// TestRecallKeepsTheStraightWayBack: who corrected, recalled and signs again still leads straight
// back to the stage that had returned the case.
func TestRecallKeepsTheStraightWayBack(t *testing.T) {
	s := newScene(t).reach(review)
	s.act("reviewer", approval.ActionReturn, toStage(prepare, approval.AfterReturnHere))
	s.approve("clerk")
	s.act("clerk", approval.ActionRecall)
	s.approve("clerk")
	if s.stage() != review {
		t.Fatalf("the correction led to %q", s.stage())
	}
	s.examined()
}
