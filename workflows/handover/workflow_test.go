package handover_test

import (
	"slices"
	"testing"

	"jieli/activities"
	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/handover"
	"jieli/workflows/internal/casetest"
)

var (
	enterpriseClerk    = casetest.Person("enterprise-1", approval.RoleClerk, 1)
	enterpriseReviewer = casetest.Person("enterprise-1", approval.RoleReviewer, 1)
	enterpriseHead     = casetest.Person("enterprise-1", approval.RoleHead, 1)
	bureauClerk        = casetest.Person("bureau", approval.RoleClerk, 1)
	sectionHead        = casetest.Person("bureau", approval.RoleReviewer, 1)
	deputyDirector     = casetest.Person("bureau", approval.RoleHead, 1)
	organisationClerk  = casetest.Person("organisation", approval.RoleClerk, 1)
	organisationHead   = casetest.Person("organisation", approval.RoleHead, 1)
	agencyClerk        = casetest.Person("agency", approval.RoleClerk, 1)
	agencyReviewer     = casetest.Person("agency", approval.RoleReviewer, 1)
	organiser          = casetest.Person("party", approval.RoleClerk, 1)
)

func batch(value string) approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeHandover)
	return approval.Submission{Stages: procedure.Stages, LineSet: &approval.LineSet{Version: 1, Digest: "d", Count: 12},
		Facts: map[string]string{procedures.FactBatch: value, procedures.FactRestructured: "false", procedures.FactPartyOrganisation: "true"}}
}

// district is the path of a roster through every office that signs.
func district() []casetest.Step {
	return []casetest.Step{
		casetest.Sign(enterpriseClerk), casetest.Sign(enterpriseReviewer), casetest.Sign(enterpriseHead),
		casetest.At(procedures.StageAcceptance), casetest.Sign(bureauClerk),
		casetest.Sign(organisationClerk), casetest.Sign(organisationHead),
		casetest.Sign(agencyClerk), casetest.Sign(agencyReviewer),
		// Group 5 is signed by three people; the clerk who accepted may propose.
		casetest.Sign(bureauClerk), casetest.Sign(sectionHead), casetest.Sign(deputyDirector),
		casetest.At(procedures.StageAgreement), casetest.Sign(casetest.Person("street-2", approval.RoleHead, 1)),
		casetest.Sign(enterpriseHead), casetest.At(procedures.StageAgreement),
		casetest.Sign(casetest.Person("street-1", approval.RoleHead, 1)),
		casetest.At(procedures.StagePartyCheck), casetest.Sign(organiser),
		casetest.At(procedures.StageClosing), casetest.Sign(deputyDirector), casetest.Sign(enterpriseHead),
	}
}

func closed(t *testing.T, c *casetest.Case, skipped ...string) {
	t.Helper()
	fold := c.Fold()
	if fold.State != approval.CaseClosed || !slices.Equal(fold.Skipped, skipped) {
		t.Fatalf("state %s, skipped %v", fold.State, fold.Skipped)
	}
}

func TestADistrictHandover(t *testing.T) {
	c := casetest.New(t, handover.Name, handover.Workflow)
	c.Run(batch("true"), district()...)
	closed(t, c)
	if c.Started != 1 || c.Redacted != 1 {
		t.Fatalf("children started %d times, upload redacted %d times", c.Started, c.Redacted)
	}
}

func TestADistrictHandoverContinuedAsNewAfterEveryCommand(t *testing.T) {
	c := casetest.New(t, handover.Name, handover.Workflow)
	c.UpdatesPerRun = 1
	c.Run(batch("true"), district()...)
	closed(t, c)
	if c.Started != 1 || c.Redacted != 1 || c.Runs < 15 {
		t.Fatalf("children started %d times, upload redacted %d times in %d runs", c.Started, c.Redacted, c.Runs)
	}
}

// TestAHandoverOfOnePerson skips form, agreement and decision, each with its condition journaled.
func TestAHandoverOfOnePerson(t *testing.T) {
	c := casetest.New(t, handover.Name, handover.Workflow)
	path := district()
	c.Run(batch("false"), append(path[:9:9], path[len(path)-5:]...)...)
	closed(t, c, procedures.StageFormProposal, procedures.StageFormExamination, procedures.StageFormDecision, procedures.StageAgreement)
	for _, entry := range c.Journals.Entries(casetest.No) {
		for _, event := range entry.Events {
			if event.Kind == approval.EventStageSkipped && event.Condition != procedures.FactBatch {
				t.Errorf("%s is skipped without its condition", event.Stage)
			}
		}
	}
}

// TestTheUploadIsRedactedWhateverComesNext: an act that was queued behind the confirmation must
// not hide it, and neither must the end of the case.
func TestTheUploadIsRedactedWhateverComesNext(t *testing.T) {
	for name, next := range map[string]approval.Action{"a comment": approval.ActionComment, "a withdrawal": approval.ActionWithdraw} {
		t.Run(name, func(t *testing.T) {
			c := casetest.New(t, handover.Name, handover.Workflow)
			path := slices.Clone(district()[:6])
			path = append(path, func(c *casetest.Case, done func()) {
				confirmation := c.Command(organisationHead, approval.ActionApprove)
				confirmation.Form = casetest.Proposal(c.Fold())
				behind := c.Command(enterpriseClerk, next)
				c.Send(confirmation, func(casetest.Answer) {})
				behind.Seen++
				c.Send(behind, func(answer casetest.Answer) {
					if answer.Err != nil || answer.Refusal != nil {
						t.Errorf("%s: %v %v", next, answer.Err, answer.Refusal)
					}
					done()
				})
			}, func(c *casetest.Case, done func()) {
				if c.Fold().Ended() {
					done()
					return
				}
				casetest.Act(enterpriseClerk, approval.ActionWithdraw)(c, done)
			})
			if next == approval.ActionWithdraw {
				path = path[:len(path)-1]
			}
			c.Run(batch("true"), path...)
			if c.Redacted != 1 {
				t.Fatalf("the upload was redacted %d times", c.Redacted)
			}
		})
	}
}

// TestReturnsAndRefusalsOnTheWay: the defects go back to the enterprise, which comes straight back.
func TestReturnsAndRefusalsOnTheWay(t *testing.T) {
	c := casetest.New(t, handover.Name, handover.Workflow)
	path := district()
	script := append(path[:3:3],
		casetest.Refused(approval.CodeInvalidInput, bureauClerk, approval.ActionReturn),
		casetest.Act(bureauClerk, approval.ActionReturn, func(command *approval.Command) {
			command.ToStage, command.AfterReturn = procedures.StagePrepare, approval.AfterReturnHere
			command.Defects = []approval.Defect{{Item: "plan", Detail: "缺页"}, {Item: "roster", Detail: "未盖章"}}
		}),
		casetest.Act(enterpriseClerk, approval.ActionCorrect, func(command *approval.Command) {
			command.Form = approval.Form{"remarks": casetest.Value("已补齐")}
		}),
		casetest.Sign(enterpriseClerk), casetest.At(procedures.StageAcceptance),
		casetest.Refused(approval.CodeNotFirstVisit, bureauClerk, approval.ActionNotAccept))
	c.Run(batch("true"), append(script, path[4:]...)...)
	closed(t, c)
}

func TestRejectedAndNotAccepted(t *testing.T) {
	path := district()
	c := casetest.New(t, handover.Name, handover.Workflow)
	c.Run(batch("true"), append(path[:3:3], casetest.Act(bureauClerk, approval.ActionNotAccept))...)
	if state := c.Fold().State; state != approval.CaseNotAccepted {
		t.Errorf("not accepted: %s", state)
	}
	c = casetest.New(t, handover.Name, handover.Workflow)
	c.Run(batch("true"), append(path[:11:11], casetest.Refused(approval.CodeNoRole, sectionHead, approval.ActionReject, func(command *approval.Command) {
		command.TaskID = c.Fold().Current().Tasks[0].ID
	}), casetest.Act(deputyDirector, approval.ActionReject))...)
	if state := c.Fold().State; state != approval.CaseRejected {
		t.Errorf("rejected: %s", state)
	}
}

// TestASlowCommitKeepsTheOrder: while one commit is slow, the next command waits behind it.
func TestASlowCommitKeepsTheOrder(t *testing.T) {
	c := casetest.New(t, handover.Name, handover.Workflow)
	failures := 0
	c.Before = func(n int, _ activities.CommitInput) error {
		if n >= 2 && failures < 3 {
			failures++
			return errDatabaseAway
		}
		return nil
	}
	c.Run(batch("true"), district()...)
	closed(t, c)
	if failures != 3 {
		t.Fatalf("the database was away %d times", failures)
	}
}

type failure string

func (f failure) Error() string { return string(f) }

const errDatabaseAway = failure("the database is away")
