package signoff_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"go.temporal.io/sdk/workflow"

	"jieli/activities"
	"jieli/approval"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/signoff"
)

var (
	clerk    = casetest.Person("enterprise-1", approval.RoleClerk, 1)
	clerk2   = casetest.Person("enterprise-1", approval.RoleClerk, 2)
	reviewer = casetest.Person("bureau", approval.RoleReviewer, 1)
	head     = casetest.Person("bureau", approval.RoleHead, 1)
)

func plain(ctx workflow.Context, input signoff.Input) error {
	return signoff.Run(ctx, input, nil)
}

// relay is three stages, the second of them a wait for child cases when waits is set.
func relay(waits bool) approval.Submission {
	stage := func(key string, kind approval.OfficeKind, role approval.Role) approval.Stage {
		return approval.Stage{Key: key, Group: key, Title: approval.Text{ZH: "环节", EN: key}, Mode: approval.ModeSingle, Signers: []approval.Signer{{OfficeKind: kind, Role: role}}}
	}
	first, last := stage("first", approval.KindEnterprise, approval.RoleClerk), stage("last", approval.KindBureau, approval.RoleHead)
	middle := stage("middle", approval.KindBureau, approval.RoleReviewer)
	if waits {
		middle = approval.Stage{Key: "middle", Group: "middle", Title: approval.Text{ZH: "等待", EN: "wait"}, Mode: approval.ModeChildren, Child: "child"}
	}
	return approval.Submission{Stages: []approval.Stage{first, middle, last}}
}

func newCase(t *testing.T) *casetest.Case { return casetest.New(t, "relay", plain) }

func walk() []casetest.Step {
	return []casetest.Step{casetest.Sign(clerk), casetest.Sign(reviewer), casetest.Sign(head)}
}

func TestAValidatorsRefusalWritesNothing(t *testing.T) {
	c := newCase(t)
	commits := 0
	c.Before = func(int, activities.CommitInput) error { commits++; return nil }
	c.Run(relay(false), append([]casetest.Step{func(c *casetest.Case, done func()) {
		command := c.Command(reviewer, approval.ActionApprove)
		command.TaskID = c.Fold().Current().Tasks[0].ID
		c.Send(command, func(answer casetest.Answer) {
			if !answer.Rejected || answer.Refusal == nil || answer.Refusal.Code != approval.CodeNoRole || answer.Refusal.Message.ZH == "" {
				t.Errorf("answered %+v", answer)
			}
			done()
		})
	}}, walk()...)...)
	if commits != 3 {
		t.Fatalf("%d commits for three signatures", commits)
	}
}

// TestTwoActsOnOneTask: both pass the validator, one signs, the other is told.
func TestTwoActsOnOneTask(t *testing.T) {
	c := newCase(t)
	c.Run(relay(false), func(c *casetest.Case, done func()) {
		one, other := c.Command(clerk, approval.ActionApprove), c.Command(clerk2, approval.ActionApprove)
		c.Send(one, func(answer casetest.Answer) {
			if answer.Err != nil || answer.Refusal != nil || answer.Result.Version != 2 {
				t.Errorf("the first was answered %+v", answer)
			}
		})
		c.Send(other, func(answer casetest.Answer) {
			if answer.Rejected || answer.Refusal == nil || answer.Refusal.Code != approval.CodeWrongState {
				t.Errorf("the second was answered %+v", answer)
			}
			done()
		})
	}, casetest.Sign(reviewer), casetest.Sign(head))
	if signed := len(c.Fold().Signatures); signed != 3 {
		t.Fatalf("%d signatures", signed)
	}
}

var errAnswerLost = errors.New("the answer was lost")

// TestACommitWhoseAnswerIsLost is found again by its key.
func TestACommitWhoseAnswerIsLost(t *testing.T) {
	c := newCase(t)
	lost := 0
	c.After = func(n int, _ activities.CommitInput) error {
		if n%2 == 1 {
			lost++
			return errAnswerLost
		}
		return nil
	}
	c.Run(relay(false), walk()...)
	if entries := len(c.Journals.Entries(casetest.No)); entries != 4 || lost < 2 {
		t.Fatalf("%d entries after %d lost answers", entries, lost)
	}
}

// overtake commits an act past the workflow, as a worker does that dies between the commit and the reply.
func overtake(t *testing.T, c *casetest.Case, command approval.Command) {
	t.Helper()
	fold := c.Fold()
	entry, refusal := approval.Decide(fold, command)
	if refusal != nil {
		t.Fatalf("overtaking: %v", refusal)
	}
	if committed, err := c.Journals.Commit(casetest.No, fold.Version, command.Key, &entry); err != nil || committed.Refusal != nil {
		t.Fatalf("overtaking: %v %v", err, committed.Refusal)
	}
}

func note(command *approval.Command) {
	command.Form = approval.Form{"note": casetest.Value("另有说明")}
}

// TestSomebodyElseActsAfterACrash: the first one's signature is in the journal, the workflow does
// not know it; the next command is decided again at the new head.
func TestSomebodyElseActsAfterACrash(t *testing.T) {
	submission := relay(false)
	submission.Stages[0].Fields = []approval.Field{{Key: "note", Title: approval.Text{ZH: "说明", EN: "note"}, Kind: approval.FieldText}}

	t.Run("and is refused as stale when the task has changed", func(t *testing.T) {
		c := newCase(t)
		c.Run(submission, func(c *casetest.Case, done func()) {
			stale := c.Command(clerk2, approval.ActionApprove)
			overtake(t, c, c.Command(clerk, approval.ActionCorrect, note))
			c.Send(stale, func(answer casetest.Answer) {
				if answer.Refusal == nil || answer.Refusal.Code != approval.CodeStale {
					t.Errorf("answered %+v", answer)
				}
				done()
			})
		}, casetest.Sign(clerk), casetest.Sign(reviewer), casetest.Sign(head))
	})
	t.Run("and acts on what they have seen since", func(t *testing.T) {
		c := newCase(t)
		c.Run(submission, func(c *casetest.Case, done func()) {
			overtake(t, c, c.Command(clerk, approval.ActionApprove))
			// The reviewer looks at the journal, which is ahead of the workflow.
			casetest.Sign(reviewer)(c, done)
		}, casetest.Sign(head))
	})
	t.Run("and the first one's own retry succeeds without a second effect", func(t *testing.T) {
		c := newCase(t)
		c.Run(submission, func(c *casetest.Case, done func()) {
			mine := c.Command(clerk, approval.ActionApprove)
			overtake(t, c, mine)
			overtake(t, c, c.Command(reviewer, approval.ActionComment))
			c.Send(mine, func(answer casetest.Answer) {
				if answer.Err != nil || answer.Refusal != nil || answer.Result.Version != 3 {
					t.Errorf("answered %+v", answer)
				}
				done()
			})
		}, casetest.Sign(reviewer), casetest.Sign(head))
		if signed := len(c.Fold().Signatures); signed != 3 {
			t.Fatalf("%d signatures", signed)
		}
	})
}

// TestACommittedKeyIsAnsweredAgain after continue-as-new too, when the server has forgotten the Update's id.
func TestACommittedKeyIsAnsweredAgain(t *testing.T) {
	c := newCase(t)
	c.UpdatesPerRun = 1
	var signed approval.Command
	c.Run(relay(false), func(c *casetest.Case, done func()) {
		signed = c.Command(clerk, approval.ActionApprove)
		c.Send(signed, func(casetest.Answer) { done() })
	}, func(c *casetest.Case, done func()) {
		c.Send(signed, func(answer casetest.Answer) {
			if answer.Err != nil || answer.Refusal != nil {
				t.Errorf("the same command was answered %+v", answer)
			}
			done()
		})
	}, casetest.Sign(reviewer), casetest.Sign(head))
	if entries := len(c.Journals.Entries(casetest.No)); entries != 4 {
		t.Fatalf("%d entries", entries)
	}
}

// TestAJournalThatIsBehind parks the case; once it is whole again the case goes on and the mark goes.
func TestAJournalThatIsBehind(t *testing.T) {
	c := newCase(t)
	signed := approval.Command{}
	c.Run(relay(false), func(c *casetest.Case, done func()) {
		signed = c.Command(clerk, approval.ActionApprove)
		c.Send(signed, func(casetest.Answer) { done() })
	}, func(c *casetest.Case, done func()) {
		command := c.Command(reviewer, approval.ActionApprove)
		if err := c.Journals.Cut(casetest.No, 1); err != nil {
			t.Fatal(err)
		}
		c.Send(command, func(answer casetest.Answer) {
			if answer.Err == nil {
				t.Errorf("answered %+v on a journal that is behind", answer)
			}
			if len(c.Journals.Entries(casetest.No)) != 1 {
				t.Error("something was appended to a journal that is behind")
			}
			if c.Journals.Fault(casetest.No) == "" {
				t.Error("the case is not shown as a technical fault")
			}
			done()
		})
	}, func(c *casetest.Case, done func()) {
		overtake(t, c, signed)
		casetest.Sign(reviewer)(c, done)
	}, casetest.Look(func(c *casetest.Case) {
		if fault := c.Journals.Fault(casetest.No); fault != "" {
			t.Errorf("the mark %q stays on a case that goes on", fault)
		}
	}), casetest.Sign(head))
}

func TestContinuedAsNewAfterEveryCommand(t *testing.T) {
	c := newCase(t)
	c.UpdatesPerRun = 1
	c.Run(relay(false), append([]casetest.Step{casetest.Act(clerk, approval.ActionClaim), casetest.Act(clerk, approval.ActionRelease)}, walk()...)...)
	if c.Runs != 5 {
		t.Fatalf("%d runs for five commands", c.Runs)
	}
}

// TestCommandsTogetherAtTheLimit are all answered before the run ends.
func TestCommandsTogetherAtTheLimit(t *testing.T) {
	c := newCase(t)
	c.UpdatesPerRun = 1
	c.Run(relay(false), func(c *casetest.Case, done func()) {
		answered := 0
		for i := range 5 {
			c.Send(c.Command(clerk, approval.ActionComment, func(command *approval.Command) { command.Key = fmt.Sprint("comment-", i) }), func(answer casetest.Answer) {
				if answered++; answer.Err != nil || answer.Refusal != nil {
					t.Errorf("answered %+v", answer)
				}
				if answered == 5 {
					done()
				}
			})
		}
	}, casetest.Sign(clerk), casetest.Sign(reviewer), casetest.Sign(head))
}

// TestALateCommandLearnsTheOutcome while the run is ending.
func TestALateCommandLearnsTheOutcome(t *testing.T) {
	c := newCase(t)
	answered := false
	c.Run(relay(false), casetest.Sign(clerk), casetest.Sign(reviewer), func(c *casetest.Case, done func()) {
		last, late := c.Command(head, approval.ActionApprove), c.Command(clerk, approval.ActionComment)
		c.Send(last, func(casetest.Answer) {})
		c.Send(late, func(answer casetest.Answer) {
			answered = answer.Refusal != nil && answer.Refusal.Code == approval.CodeCaseEnded
			done()
		})
	})
	if !answered {
		t.Fatal("the late command did not learn that the case had ended")
	}
}

func TestARequestToCancelLeavesTheCaseRunning(t *testing.T) {
	c := newCase(t)
	c.Run(relay(false), append([]casetest.Step{casetest.Look(func(c *casetest.Case) { c.Env.CancelWorkflow() })}, walk()...)...)
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Fatalf("the case is %s", state)
	}
}

func TestTheStateIsTheFoldOfTheJournal(t *testing.T) {
	c := newCase(t)
	same := casetest.Look(func(c *casetest.Case) {
		value, err := c.Env.QueryWorkflow(signoff.StateQuery)
		if err != nil {
			t.Fatal(err)
		}
		var state approval.Case
		if err := value.Get(&state); err != nil || !approval.SameFold(&state, c.Fold()) {
			t.Errorf("the workflow's state differs from the journal's (%v)", err)
		}
	})
	c.Run(relay(false), slices.Concat([]casetest.Step{same}, walk()[:2], []casetest.Step{same}, walk()[2:])...)
}
