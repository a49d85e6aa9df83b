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

// TestNothingIsWithdrawnOnceChildrenRun: the child cases would go on without a parent.
func TestNothingIsWithdrawnOnceChildrenRun(t *testing.T) {
	s := newScene(t).reach(review)
	s.act("clerk", approval.ActionWithdraw)

	s = newScene(t)
	// A procedure without a final approval before its children, such as the handover of one person.
	stages := s.fold().Stages
	for i := range stages {
		stages[i].FinalApproval = false
	}
	s.submit("YJ-210106-20261124-0002", stages)
	s.reach(children)
	s.refused(approval.CodeAlreadyDecided, "clerk", approval.ActionWithdraw)
	s.finishChildren()
	s.refused(approval.CodeAlreadyDecided, "clerk", approval.ActionWithdraw)
}

func TestOnlyTheSystemFinishesAWait(t *testing.T) {
	s := newScene(t).reach(children)
	s.refused(approval.CodeForbidden, "clerk", approval.ActionChildrenFinished, func(command *approval.Command) { command.Visit = s.fold().Current().ID })
	s.finishChildren()
	if s.stage() != closing {
		t.Fatalf("the wait led to %q", s.stage())
	}
}

// TestRecallInAJointStage gives the signer their own task back and leaves the others unheld.
func TestRecallInAJointStage(t *testing.T) {
	s := newScene(t)
	stages := s.fold().Stages[:6]
	stages[4], stages[5] = stages[5], stages[4]
	s.submit("YJ-210106-20261124-0003", stages)
	s.reach(agreement)
	s.approve("street-1")
	s.approve("director")
	s.approve("street-2")
	s.act("street-2", approval.ActionRecall)
	for _, task := range s.fold().Current().Tasks {
		if want := map[bool]string{true: "street-2", false: ""}[task.Office == "street-2"]; task.Owner != want {
			t.Errorf("the task of %s is held by %q", task.Office, task.Owner)
		}
	}
	s.examined()
}

// TestWalkAgain: a stage may say that what goes back out of it passes every stage again.
func TestWalkAgain(t *testing.T) {
	s := newScene(t)
	stages := s.fold().Stages
	for i := range stages {
		stages[i].WalkAgain = stages[i].Key == decision
	}
	s.submit("YJ-210106-20261124-0002", stages)
	s.reach(decision)
	s.refused(approval.CodeInvalidInput, "head", approval.ActionReturn, toStage(prepare, approval.AfterReturnHere))
	s.act("head", approval.ActionReturn, toStage(prepare, approval.AfterReturnWalk))
	s.approve("clerk")
	if s.stage() == decision {
		t.Fatal("what lies between was not signed anew")
	}
	s.examined()
}
