// Package casetest runs a case's workflow in the SDK's test environment, with the real shell and
// activities over journals in memory, and plays a script of acts against it.
package casetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"jieli/activities"
	"jieli/approval"
	"jieli/approval/approvaltest"
	"jieli/workflows/signoff"
)

// No is the number of the case under test.
const No = "YJ-210106-20261124-0001"

// Start is when the case is submitted.
var Start = time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)

// Case is one workflow under test.
type Case struct {
	T        *testing.T
	Journals *approvaltest.Journals
	Workflow func(workflow.Context, signoff.Input) error
	Type     string
	// UpdatesPerRun forces continue-as-new.
	UpdatesPerRun int
	// Before and After are called round every commit with its number; an error is the database's.
	Before, After func(n int, input activities.CommitInput) error
	// Open counts the child cases; Started how often they were started.
	Open    func() (int, error)
	Started int
	// Starting is called while the children are being started.
	Starting func()
	// Proposed are the values computed for a stage as it opens.
	Proposed func(fold *approval.Case, stage *approval.Stage) approval.Form
	// Missing says that no office answers for a signer now.
	Missing func(signer approval.Signer) bool
	// Counted is how often the children were counted.
	Counted int
	// Redacted counts redactions of the stored upload.
	Redacted int
	// Runs counts the runs of the workflow; Marks the marks as a technical fault.
	Runs  int
	Marks []string
	// Env is the environment of the present run.
	Env *testsuite.TestWorkflowEnvironment

	steps   []Step
	next    int
	acts    int
	commits int
}

// Step is one step of a script; it calls done when the next may follow.
type Step func(c *Case, done func())

// New prepares a case that is not submitted yet.
func New(t *testing.T, caseType string, function func(workflow.Context, signoff.Input) error) *Case {
	c := &Case{T: t, Type: caseType, Workflow: function, Open: func() (int, error) { return 0, nil }}
	now := Start
	c.Journals = approvaltest.New(registry{c}, func() time.Time {
		// The time of the environment, which skips ahead to its timers; never twice the same.
		now = now.Add(time.Minute)
		if c.Env != nil && c.Env.Now().After(now) {
			now = c.Env.Now()
		}
		return now
	})
	return c
}

// Run submits the case and plays the script; it fails unless the workflow completes without an
// error and every step was taken.
func (c *Case) Run(submission approval.Submission, script ...Step) {
	c.T.Helper()
	submission.No, submission.Type, submission.Key = No, c.Type, "submit"
	if submission.Actor.Person == "" {
		submission.Actor, submission.Office = approval.Actor{Person: Person("enterprise-1", approval.RoleClerk, 1)}, "enterprise-1"
	}
	first, err := c.Journals.Submit(submission)
	if err != nil {
		c.T.Fatal(err)
	}
	c.steps = script
	input := signoff.Input{First: &first, UpdatesPerRun: c.UpdatesPerRun}
	for {
		again, carried := c.run(input)
		if !again {
			break
		}
		input = carried
	}
	if c.next < len(c.steps) {
		c.T.Fatalf("the workflow ended at step %d of %d", c.next, len(c.steps))
	}
	for _, violation := range approval.Examine(c.Fold(), c.Journals.Entries(No)) {
		c.T.Errorf("invariant %d: %s", violation.Invariant, violation.Text)
	}
}

func (c *Case) run(input signoff.Input) (again bool, carried signoff.Input) {
	c.T.Helper()
	suite := &testsuite.WorkflowTestSuite{}
	c.Env = suite.NewTestWorkflowEnvironment()
	c.Env.SetStartTime(Start.Add(time.Duration(c.Runs) * 24 * time.Hour))
	c.Env.RegisterWorkflowWithOptions(c.Workflow, workflow.RegisterOptions{Name: c.Type})
	c.Env.RegisterActivity(&activities.Gate{Store: committer{c}})
	c.Env.RegisterActivity(&activities.Children{Store: children{c}, Starter: children{c}})
	c.Env.RegisterActivity(&activities.Rosters{Store: uploads{c}})
	c.Runs++
	c.Env.RegisterDelayedCallback(c.play, time.Minute)
	c.Env.ExecuteWorkflow(c.Type, input)
	if !c.Env.IsWorkflowCompleted() {
		c.T.Fatalf("the workflow did not complete; step %d of %d", c.next, len(c.steps))
	}
	err := c.Env.GetWorkflowError()
	var continued *workflow.ContinueAsNewError
	if errors.As(err, &continued) {
		if err := converter.GetDefaultDataConverter().FromPayloads(continued.Input, &carried); err != nil {
			c.T.Fatal(err)
		}
		return true, carried
	}
	if err != nil {
		c.T.Fatalf("the workflow failed: %v", err)
	}
	return false, carried
}

// play takes the next step; each is over before the one after it begins.
func (c *Case) play() {
	if c.next >= len(c.steps) {
		return
	}
	step, env := c.steps[c.next], c.Env
	step(c, func() {
		c.next++
		env.RegisterDelayedCallback(func() {
			if env == c.Env {
				c.play()
			}
		}, time.Minute)
	})
}

// Fold is the case as the journal has it.
func (c *Case) Fold() *approval.Case { return c.Journals.Fold(No) }

// Person names an officer after their post, so that the registry knows what they hold.
func Person(office string, role approval.Role, n int) string {
	return fmt.Sprintf("%s/%s/%d", office, role, n)
}

// PostOf is the post of a person named by Person.
func PostOf(person string) approval.Post {
	office, rest, _ := strings.Cut(person, "/")
	role, _, _ := strings.Cut(rest, "/")
	return approval.Post{Office: office, Role: approval.Role(role)}
}

// registry knows one office of each kind, two enterprises where one of them is another's, two streets with lines, and officers by their names.
type registry struct{ c *Case }

func (r registry) Offices(fold *approval.Case, signer approval.Signer) []string {
	switch {
	case r.c.Missing != nil && r.c.Missing(signer):
		return nil
	case signer.Of == approval.OfApplicant:
		return []string{fold.Office}
	case signer.EachOfLines:
		return []string{"street-1", "street-2"}
	case signer.OfficeKind == approval.KindEnterprise && signer.Of != "":
		return []string{"enterprise-2"}
	case signer.OfficeKind == approval.KindEnterprise, signer.OfficeKind == approval.KindStreet, signer.OfficeKind == approval.KindCommunity:
		return []string{string(signer.OfficeKind) + "-1"}
	}
	return []string{string(signer.OfficeKind)}
}

// Propose computes the fields of a stage; nothing unless a test says what.
func (r registry) Propose(fold *approval.Case, stage *approval.Stage) approval.Form {
	if r.c.Proposed == nil {
		return nil
	}
	return r.c.Proposed(fold, stage)
}

func (registry) Holds(person string, post approval.Post) bool { return PostOf(person) == post }

func (registry) StandsInFor(string, string, approval.Post) bool { return false }

type committer struct{ c *Case }

func (g committer) Commit(_ context.Context, no string, head int64, key string, proposal *approval.Entry) (approval.Committed, error) {
	g.c.commits++
	n, input := g.c.commits, activities.CommitInput{Case: no, Head: head, Key: key, Proposal: proposal}
	if g.c.Before != nil {
		if err := g.c.Before(n, input); err != nil {
			return approval.Committed{}, err
		}
	}
	committed, err := g.c.Journals.Commit(no, head, key, proposal)
	if err == nil && g.c.After != nil {
		err = g.c.After(n, input)
	}
	return committed, err
}

func (g committer) SetFault(_ context.Context, no, fault string) error {
	g.c.Journals.SetFault(no, fault)
	g.c.Marks = append(g.c.Marks, fault)
	return nil
}

type children struct{ c *Case }

func (s children) CreateChildren(context.Context, string, func(done, of int)) ([]approval.Entry, error) {
	s.c.Started++
	if s.c.Starting != nil {
		s.c.Starting()
	}
	return nil, nil
}

func (s children) ChildrenOpen(context.Context, string) (int, error) {
	s.c.Counted++
	return s.c.Open()
}
func (s children) MarkStarted(context.Context, ...string) error    { return nil }
func (s children) StartCase(context.Context, approval.Entry) error { return nil }

type uploads struct{ c *Case }

func (u uploads) RedactedRows(context.Context, string) (string, []int, error) {
	u.c.Redacted++
	return "", nil, nil
}
func (u uploads) RosterFile(context.Context, string) (string, []byte, error) { return "", nil, nil }
func (u uploads) ReplaceRosterFile(context.Context, string, []byte) error    { return nil }

// TaskOf finds the open task of a person's post; empty when there is none.
func TaskOf(c *approval.Case, person string) string {
	if current := c.Current(); current != nil {
		for _, task := range current.Tasks {
			if task.State == approval.TaskOpen && PostOf(person) == (approval.Post{Office: task.Office, Role: task.Role}) {
				return task.ID
			}
		}
	}
	return ""
}

// Value is a form value.
func Value(value any) json.RawMessage {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return body
}

// Command is what a person sends who has just looked.
func (c *Case) Command(person string, action approval.Action, changes ...func(*approval.Command)) approval.Command {
	c.acts++
	fold := c.Fold()
	command := approval.Command{Key: fmt.Sprintf("key-%d", c.acts), Action: action, Seen: fold.Version, Actor: approval.Actor{Person: person},
		Posts: []approval.Post{PostOf(person)}, Opinion: "情况属实", Clause: "S2.1"}
	if !slices.Contains([]approval.Action{approval.ActionWithdraw, approval.ActionRecall, approval.ActionComment}, action) {
		command.TaskID = TaskOf(fold, person)
	}
	for _, change := range changes {
		change(&command)
	}
	return command
}
