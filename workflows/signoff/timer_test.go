package signoff_test

import (
	"testing"
	"time"

	"jieli/activities"
	"jieli/approval"
	"jieli/approval/approvaltest"
	"jieli/workflows/internal/casetest"
)

const day = approvaltest.Day

// timed is the relay with a middle stage of two days that expires as told, and may be suspended.
func timed(action approval.ExpiryAction) approval.Submission {
	submission := relay(false)
	middle := &submission.Stages[1]
	middle.Due = approval.Due{Kind: approval.WorkingDays, Count: 2}
	middle.Expiry = &approval.Expiry{Action: action, Clause: "S2.1"}
	middle.SuspendReasons = []approval.SuspendReason{{Key: "reply", Title: approval.Text{ZH: "等待函复", EN: "waiting for a reply"}, Party: approval.PartyOutside}}
	return submission
}

func escalated(level int) casetest.Step {
	return casetest.Look(func(c *casetest.Case) {
		if got := c.Fold().Current().Escalated; got != level {
			c.T.Errorf("escalated %d times, want %d", got, level)
		}
	})
}

// ofCurrent names the first task of the open visit, whoever sends.
func ofCurrent(c **casetest.Case) func(*approval.Command) {
	return func(command *approval.Command) { command.TaskID = (*c).Fold().Current().Tasks[0].ID }
}

func TestAnOverdueTaskEscalatesAndTheHeadSigns(t *testing.T) {
	c := newCase(t)
	c.Run(timed(approval.ExpiryEscalate), casetest.Sign(clerk), casetest.Refused(approval.CodeNoRole, head, approval.ActionApprove, ofCurrent(&c)),
		casetest.Pass(day), escalated(0), casetest.Pass(day+time.Hour), escalated(1), casetest.Pass(day), escalated(2), casetest.Pass(10*day), escalated(2),
		casetest.Act(head, approval.ActionApprove, ofCurrent(&c)), casetest.At("last"), casetest.Sign(head))
}

// TestTimersComeBackAfterAReturn: the timer of the first visit ended with it, and the second has its own.
func TestTimersComeBackAfterAReturn(t *testing.T) {
	c := newCase(t)
	c.Run(timed(approval.ExpiryEscalate), casetest.Sign(clerk), casetest.Pass(day),
		casetest.Act(reviewer, approval.ActionReturn, func(command *approval.Command) {
			command.ToStage, command.AfterReturn = "first", approval.AfterReturnWalk
		}),
		casetest.Pass(20*day), casetest.At("first"), casetest.Sign(clerk), escalated(0), casetest.Pass(day), escalated(0),
		casetest.Pass(day+time.Hour), escalated(1), casetest.Sign(reviewer), casetest.Sign(head))
}

// TestALateTimerOverwritesNothing: the worker was away while the timer ran out, and a person was quicker.
func TestALateTimerOverwritesNothing(t *testing.T) {
	c := newCase(t)
	c.Run(timed(approval.ExpiryEnd), casetest.Sign(clerk), casetest.Look(func(c *casetest.Case) {
		// Another program's commit: the workflow has not heard of it when its timer runs out.
		command := c.Command(reviewer, approval.ActionApprove)
		entry, refusal := approval.Decide(c.Fold(), command)
		if refusal != nil {
			t.Fatal(refusal)
		}
		if _, err := c.Journals.Commit(casetest.No, c.Fold().Version, command.Key, &entry); err != nil {
			t.Fatal(err)
		}
	}), casetest.Pass(3*day), casetest.At("last"), casetest.Sign(head))
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Fatalf("the case is %s", state)
	}
}

func TestExpiryEndsTheCase(t *testing.T) {
	c := newCase(t)
	c.Run(timed(approval.ExpiryEnd), casetest.Sign(clerk))
	if state := c.Fold().State; state != approval.CaseExpired {
		t.Fatalf("the case is %s", state)
	}
}

func TestDeemedApprovalNamesItsClause(t *testing.T) {
	c := newCase(t)
	c.Run(timed(approval.ExpiryApprove), casetest.Sign(clerk), casetest.Pass(2*day+time.Hour), casetest.At("last"), casetest.Sign(head))
	for _, entry := range c.Journals.Entries(casetest.No) {
		if entry.Action == approval.ActionExpire && entry.Clause == "S2.1" {
			return
		}
	}
	t.Fatal("no entry names the clause")
}

// TestASuspensionStopsTheTimer and ends by itself; the deadline moves by what it took.
func TestASuspensionStopsTheTimer(t *testing.T) {
	c := newCase(t)
	c.Run(timed(approval.ExpiryEscalate), casetest.Sign(clerk), casetest.Act(reviewer, approval.ActionSuspend, func(command *approval.Command) {
		until := c.Env.Now().Add(5 * day)
		command.Reason, command.Until = "reply", &until
	}), casetest.Pass(4*day), escalated(0), casetest.Look(func(c *casetest.Case) {
		if c.Fold().State != approval.CaseSuspended {
			t.Error("the case is not suspended")
		}
	}), casetest.Pass(day+time.Hour), casetest.Look(func(c *casetest.Case) {
		if c.Fold().State != approval.CaseOpen {
			t.Error("the case was not resumed by itself")
		}
	}), casetest.Pass(day), escalated(0), casetest.Pass(day), escalated(1), casetest.Sign(reviewer), casetest.Sign(head))
}

// TestATimerOutlivesContinueAsNew.
func TestATimerOutlivesContinueAsNew(t *testing.T) {
	c := newCase(t)
	c.UpdatesPerRun = 1
	c.Run(timed(approval.ExpiryEscalate), casetest.Sign(clerk), casetest.Act(reviewer, approval.ActionClaim), casetest.Pass(3*day), casetest.Look(func(c *casetest.Case) {
		if c.Fold().Current().Escalated == 0 {
			t.Error("nothing escalated after continue-as-new")
		}
	}), casetest.Sign(reviewer), casetest.Sign(head))
	if c.Runs < 2 {
		t.Fatalf("%d runs", c.Runs)
	}
}

// TestATimerThatCannotDoItsWork is shown as a fault, and tried once an hour rather than in a hot loop.
func TestATimerThatCannotDoItsWork(t *testing.T) {
	c := newCase(t)
	missing := true
	c.Missing = func(signer approval.Signer) bool { return missing && signer.Role == approval.RoleHead }
	commits := 0
	c.Before = func(int, activities.CommitInput) error { commits++; return nil }
	c.Run(timed(approval.ExpiryApprove), casetest.Sign(clerk), casetest.Pass(2*day+150*time.Minute), casetest.Look(func(c *casetest.Case) {
		if c.Journals.Fault(casetest.No) == "" {
			t.Error("the case is not shown as a technical fault")
		}
		if commits > 6 {
			t.Errorf("%d commits", commits)
		}
		missing = false
	}), casetest.Pass(2*time.Hour), casetest.At("last"), casetest.Look(func(c *casetest.Case) {
		if fault := c.Journals.Fault(casetest.No); fault != "" {
			t.Errorf("the mark %q stays", fault)
		}
	}), casetest.Sign(head))
}
