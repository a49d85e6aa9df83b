package signoff_test

import (
	"testing"
	"time"

	"jieli/activities"
	"jieli/approval"
	"jieli/workflows/internal/casetest"
)

// countdown answers the numbers in turn, then the last one for ever.
func countdown(numbers ...int) func() (int, error) {
	return func() (int, error) {
		number := numbers[0]
		if len(numbers) > 1 {
			numbers = numbers[1:]
		}
		return number, nil
	}
}

func TestAWaitEndsWithItsLastChild(t *testing.T) {
	c := newCase(t)
	c.Open = countdown(2, 1, 0)
	c.Run(relay(true), casetest.Sign(clerk), casetest.At("middle"), casetest.Wake, casetest.At("middle"), casetest.Wake, casetest.At("last"), casetest.Sign(head))
	if c.Started != 1 || c.Counted != 3 {
		t.Fatalf("children started %d times, counted %d times", c.Started, c.Counted)
	}
}

// TestAWaitLooksAgainByItself when every wake is lost.
func TestAWaitLooksAgainByItself(t *testing.T) {
	c := newCase(t)
	c.Open = countdown(2, 1, 1, 0)
	c.Run(relay(true), casetest.Sign(clerk), casetest.Pass(50*time.Minute), casetest.At("middle"), casetest.Pass(4*time.Hour), casetest.At("last"), casetest.Sign(head))
	if c.Counted != 4 {
		t.Fatalf("children counted %d times", c.Counted)
	}
}

func TestAWaitWithoutChildrenIsOverAtOnce(t *testing.T) {
	c := newCase(t)
	c.Run(relay(true), casetest.Sign(clerk), casetest.At("last"), casetest.Sign(head))
}

func TestACaseInWaitingTakesCommands(t *testing.T) {
	c := newCase(t)
	open := 1
	c.Open = func() (int, error) { return open, nil }
	c.UpdatesPerRun = 2
	c.Run(relay(true), casetest.Sign(clerk), casetest.Act(clerk, approval.ActionComment),
		casetest.Refused(approval.CodeAlreadyDecided, clerk, approval.ActionWithdraw), casetest.At("middle"),
		casetest.Look(func(*casetest.Case) { open = 0 }), casetest.Wake, casetest.At("last"), casetest.Sign(head))
	if c.Started != 1 {
		t.Fatalf("children started %d times over %d runs", c.Started, c.Runs)
	}
}

// TestCommandsGoOnWhileChildrenAreStarted: creating thousands of children takes a while.
func TestCommandsGoOnWhileChildrenAreStarted(t *testing.T) {
	c := newCase(t)
	c.Open = countdown(0)
	commented := false
	c.Starting = func() {
		// The comment is sent from inside the activity, and must be written before it ends.
		answered := make(chan bool)
		c.Env.RegisterDelayedCallback(func() {
			c.Send(c.Command(clerk, approval.ActionComment), func(answer casetest.Answer) {
				commented = answer.Err == nil && answer.Refusal == nil
				close(answered)
			})
		}, 0)
		<-answered
	}
	c.Run(relay(true), casetest.Sign(clerk), casetest.At("last"), casetest.Sign(head))
	if !commented {
		t.Fatal("the comment waited for the children")
	}
}

// TestAWaitThatCannotEnd is shown as a fault, and looked at once an hour rather than in a hot loop.
func TestAWaitThatCannotEnd(t *testing.T) {
	c := newCase(t)
	submission := relay(true)
	missing := true
	c.Missing = func(signer approval.Signer) bool { return missing && signer.Role == approval.RoleHead }
	commits := 0
	c.Before = func(int, activities.CommitInput) error { commits++; return nil }
	c.Run(submission, casetest.Sign(clerk), casetest.Pass(150*time.Minute), casetest.At("middle"), casetest.Look(func(c *casetest.Case) {
		if c.Journals.Fault(casetest.No) == "" {
			t.Error("the case is not shown as a technical fault")
		}
		if commits > 4 {
			t.Errorf("%d commits in two and a half hours", commits)
		}
		missing = false
	}), casetest.Wake, casetest.At("last"), casetest.Look(func(c *casetest.Case) {
		if fault := c.Journals.Fault(casetest.No); fault != "" {
			t.Errorf("the mark %q stays", fault)
		}
	}), casetest.Sign(head))
}
