package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"testing"

	"jieli/activities"
	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

const (
	clerk    = "enterprise-1-clerk-1"
	reviewer = "enterprise-1-reviewer-1"
	bureau   = "bureau-clerk-1"
	screener = "organisation-clerk-1"
)

// scene drives cases through the store alone: what a workflow does between Decide and Evolve is
// done here by hand.
type scene struct {
	*stacktest.Database
	t *testing.T
}

func newScene(t *testing.T) *scene { return &scene{Database: stacktest.Demo(t), t: t} }

// scope is what a person may see.
func (s *scene) scope(username string) view.Scope {
	s.t.Helper()
	posts, err := s.Posts(s.t.Context(), username)
	if err != nil || len(posts) == 0 {
		s.t.Fatalf("%s holds no post (%v)", username, err)
	}
	scope := view.Scope{Person: username, Offices: []string{}, Paths: []string{}}
	for _, post := range posts {
		scope.Offices, scope.Posts = append(scope.Offices, post.Office), append(scope.Posts, approval.Post{Office: post.Office, Role: post.Role})
		if post.Role == approval.RoleSupervisor {
			scope.Paths = append(scope.Paths, post.Region)
		}
		scope.Party = scope.Party || post.OfficeKind == approval.KindOrganisation || post.OfficeKind == approval.KindParty
	}
	return scope
}

func (s *scene) actor(username string) approval.Actor {
	scope := s.scope(username)
	return approval.Actor{Person: username, Office: scope.Posts[0].Office, Role: scope.Posts[0].Role}
}

// newCase is a submission by the clerk of an enterprise, as the API makes it.
func (s *scene) newCase(username, roster string) view.NewCase {
	s.t.Helper()
	procedure, _ := procedures.Find(procedures.TypeHandover)
	actor := s.actor(username)
	batch := "false"
	if roster != "" {
		batch = "true"
	}
	return view.NewCase{Prefix: procedure.Prefix, Region: "210106", Roster: roster, Title: "移交 · {n} 人", RequestActor: username, RequestKey: stacktest.NextKey(),
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Stages: procedure.Stages, Form: approval.Form{}, Key: "submit", OwnsFirst: true,
			Facts: map[string]string{procedures.FactEnterprise: actor.Office, procedures.FactRegion: "210106", procedures.FactBatch: batch, procedures.FactRestructured: "false"}}}
}

// submit hands the n-th person over and returns the case's number.
func (s *scene) submit(n int) string {
	s.t.Helper()
	entry, err := s.Submit(s.t.Context(), s.one(n))
	if err != nil {
		s.t.Fatal(err)
	}
	return entry.Case
}

func (s *scene) one(n int) view.NewCase {
	new := s.newCase(clerk, "")
	new.Lines = []view.NewLine{{Row: 1, Values: stacktest.OnePerson(n)}}
	return new
}

// roster uploads and checks a roster.
func (s *scene) roster(people ...stacktest.Person) string {
	s.t.Helper()
	file := stacktest.RosterCSV(people...)
	id, err := s.CreateRoster(s.t.Context(), "roster-"+stacktest.NextKey(), "enterprise-1", clerk, "名册.csv", file, fmt.Sprint(len(file), stacktest.NextKey()))
	if err != nil {
		s.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(s.t.Context())
	jobs := &activities.RosterJobs{Store: s.Store, Clock: s.Clock.Source(), Logger: slog.New(slog.DiscardHandler)}
	done := make(chan struct{})
	go func() { jobs.Run(ctx); close(done) }()
	stacktest.Until(s.t, "the roster is checked", func() bool {
		return stacktest.Value[string](s.Database, `SELECT state FROM rosters WHERE id = $1`, id) == "checked"
	})
	cancel()
	<-done
	return id
}

// submitRoster hands a roster over and returns the case's number.
func (s *scene) submitRoster(roster string) string {
	s.t.Helper()
	entry, err := s.Submit(s.t.Context(), s.newCase(clerk, roster))
	if err != nil {
		s.t.Fatal(err)
	}
	return entry.Case
}

func (s *scene) fold(no string) *approval.Case {
	s.t.Helper()
	fold, err := s.Case(s.t.Context(), no)
	if err != nil {
		s.t.Fatal(err)
	}
	return fold
}

// command prepares an act of a person on the case's first open task.
func (s *scene) command(no, username string, action approval.Action) approval.Command {
	s.t.Helper()
	fold := s.fold(no)
	task := fold.Current().Tasks[0]
	command := approval.Command{Key: stacktest.NextKey(), Action: action, TaskID: task.ID, Seen: fold.Version, Actor: s.actor(username), Posts: s.scope(username).Posts, Form: approval.Form{}}
	if action == approval.ActionApprove {
		maps.Copy(command.Form, task.Proposal)
		s.nameLineSet(no, command.Form)
	}
	return command
}

// nameLineSet names the lines of this moment where the stage asks for them.
func (s *scene) nameLineSet(no string, form approval.Form) {
	if lineSet := s.fold(no).LineSet; lineSet != nil && form[approval.FieldLineSet] != nil {
		form[approval.FieldLineSet], _ = json.Marshal(lineSet.Name())
	}
}

// decide is the pure core's answer to a command at the case's present state.
func (s *scene) decide(no string, command approval.Command) (int64, approval.Entry) {
	s.t.Helper()
	fold := s.fold(no)
	entry, refusal := approval.Decide(fold, command)
	if refusal != nil {
		s.t.Fatalf("%s on %s: %v", command.Action, no, refusal)
	}
	return fold.Version, entry
}

// act decides and commits.
func (s *scene) act(no string, command approval.Command) approval.Committed {
	s.t.Helper()
	head, entry := s.decide(no, command)
	committed, err := s.Commit(s.t.Context(), no, head, command.Key, &entry)
	if err != nil {
		s.t.Fatal(err)
	}
	return committed
}

// sign confirms every open task of the present stage.
func (s *scene) sign(no string) {
	s.t.Helper()
	current := s.fold(no).Current()
	for i := range current.Tasks {
		task := current.Tasks[i]
		command := approval.Command{Key: stacktest.NextKey(), Action: approval.ActionApprove, TaskID: task.ID, Form: approval.Form{}}
		maps.Copy(command.Form, task.Proposal)
		for n := 1; n <= 2; n++ {
			username := fmt.Sprintf("%s-%s-%d", task.Office, task.Role, n)
			command.Actor, command.Posts, command.Seen = s.actor(username), s.scope(username).Posts, s.fold(no).Version
			s.nameLineSet(no, command.Form)
			if _, refusal := approval.Decide(s.fold(no), command); refusal == nil || n == 2 {
				break
			}
		}
		if committed := s.act(no, command); committed.Refusal != nil {
			s.t.Fatalf("sign %s of %s: %v", task.ID, no, committed.Refusal)
		}
	}
}

// signUntil confirms stage after stage until the case stands at one.
func (s *scene) signUntil(no, stage string) {
	s.t.Helper()
	for s.fold(no).Current().Stage != stage {
		s.sign(no)
	}
}

// examine is what doctor finds; every case is said to have a workflow that stands where the case stands.
func (s *scene) examine(workflow func(no string) (int64, bool)) []string {
	s.t.Helper()
	var found []string
	_, _, err := s.Examine(s.t.Context(), func(_ context.Context, no string) (int64, bool, error) {
		if workflow != nil {
			version, running := workflow(no)
			return version, running, nil
		}
		return stacktest.Value[int64](s.Database, `SELECT version FROM cases WHERE no = $1`, no), true, nil
	}, func(subject, violation string) { found = append(found, subject+": "+violation) })
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// clean fails when doctor finds anything.
func (s *scene) clean() {
	s.t.Helper()
	if found := s.examine(nil); len(found) > 0 {
		s.t.Errorf("doctor found: %v", found)
	}
}

func (s *scene) entries(no string) int64 {
	return stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal WHERE stream = 'case:' || $1`, no)
}

func codeOf(err error) approval.Code {
	if err == nil {
		return ""
	}
	return approval.AsError(err).Code
}

func caseNumbers(items []view.TaskItem) []string {
	numbers := make([]string, len(items))
	for i, item := range items {
		numbers[i] = item.Case
	}
	slices.Sort(numbers)
	return numbers
}

func filterOf(box string) view.TaskFilter { return view.TaskFilter{Box: box, Limit: 50} }

func caseFilter(query string) view.CaseFilter { return view.CaseFilter{Query: query, Limit: 50} }

// proposed reads a list that the present stage proposes.
func proposed[T any](s *scene, no, key string) []T {
	s.t.Helper()
	var list []T
	_ = json.Unmarshal(s.fold(no).Current().Tasks[0].Proposal[key], &list)
	return list
}
