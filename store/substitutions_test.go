package store_test

import (
	"sync"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
)

const colleague = "enterprise-1-clerk-2"

// substitution of the clerk by a colleague from Tuesday the 24th to Friday the 27th.
func substitution() view.NewSubstitution {
	return view.NewSubstitution{ID: stacktest.NextKey(), Person: clerk, Substitute: colleague, Office: "enterprise-1", From: "2026-11-24", To: "2026-11-27", By: clerk}
}

func (s *scene) standIns(person, day string) []view.StandIn {
	s.t.Helper()
	found, err := s.SubstitutionsOf(s.t.Context(), person, day)
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

func TestASubstituteStandsInOnTheDaysSet(t *testing.T) {
	s := newScene(t)
	s.Run(`INSERT INTO posts(person, office, role) VALUES ($1, 'enterprise-1', 'reviewer'), ($1, 'enterprise-2', 'clerk')`, clerk)
	set := substitution()
	if err := s.AddSubstitution(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	if err := s.AddSubstitution(t.Context(), set); err != nil {
		t.Errorf("the same request again: %v", err)
	}
	for day, want := range map[string]int{"2026-11-23": 0, "2026-11-24": 2, "": 2, "2026-11-27": 2, "2026-11-28": 0} {
		if found := s.standIns(colleague, day); len(found) != want {
			t.Errorf("on %q %v, expected %d posts", day, found, want)
		}
	}
	found := s.standIns(colleague, "")
	if found[0].Person != clerk || found[0].Name == "" || found[0].Office != "enterprise-1" || found[0].Role != approval.RoleClerk || found[1].Role != approval.RoleReviewer {
		t.Errorf("stands in for %v", found)
	}
	if err := s.RevokeSubstitution(t.Context(), set.ID, clerk); err != nil {
		t.Fatal(err)
	}
	if found := s.standIns(colleague, ""); len(found) != 0 {
		t.Errorf("a revoked substitution still holds: %v", found)
	}
	if err := s.RevokeSubstitution(t.Context(), set.ID, clerk); codeOf(err) != approval.CodeWrongState {
		t.Errorf("revoked twice: %v", err)
	}
}

// What ends meanwhile ends the substitution with it, without anybody revoking it.
func TestASubstitutionHoldsAsLongAsThePosts(t *testing.T) {
	for name, change := range map[string]string{
		"the absent officer's post ended": `UPDATE posts SET valid_to = '2026-11-23' WHERE person = '` + clerk + `'`,
		"the substitute left the office":  `DELETE FROM posts WHERE person = '` + colleague + `'`,
		"the substitute's account closed": `UPDATE users SET disabled = true WHERE id = '` + colleague + `'`,
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			if err := s.AddSubstitution(t.Context(), substitution()); err != nil {
				t.Fatal(err)
			}
			s.Run(change)
			if found := s.standIns(colleague, ""); len(found) != 0 {
				t.Errorf("still stands in: %v", found)
			}
		})
	}
}

func TestSubstitutionsThatCannotBe(t *testing.T) {
	s := newScene(t)
	if err := s.AddSubstitution(t.Context(), substitution()); err != nil {
		t.Fatal(err)
	}
	for _, each := range []struct {
		name     string
		change   func(*view.NewSubstitution)
		code     approval.Code
		location string
	}{
		{"oneself", func(n *view.NewSubstitution) { n.Substitute = clerk }, approval.CodeInvalidInput, "substitute"},
		{"an unknown officer", func(n *view.NewSubstitution) { n.Person = "nobody" }, approval.CodeInvalidInput, "person"},
		{"an unknown substitute", func(n *view.NewSubstitution) { n.Substitute = "nobody" }, approval.CodeInvalidInput, "substitute"},
		{"a substitute of another office", func(n *view.NewSubstitution) { n.Substitute = bureau }, approval.CodeInvalidInput, "substitute"},
		{"a post not held", func(n *view.NewSubstitution) { n.Role = approval.RoleHead }, approval.CodeInvalidInput, "role"},
		{"an office not one's own", func(n *view.NewSubstitution) { n.Office = "enterprise-2" }, approval.CodeInvalidInput, "person"},
		{"yesterday", func(n *view.NewSubstitution) { n.From = "2026-11-23" }, approval.CodeInvalidInput, "from"},
		{"no day", func(n *view.NewSubstitution) { n.From = "soon" }, approval.CodeInvalidInput, "from"},
		{"an end before the beginning", func(n *view.NewSubstitution) { n.From, n.To = "2026-12-02", "2026-12-01" }, approval.CodeInvalidInput, "to"},
		{"more than a year", func(n *view.NewSubstitution) { n.From, n.To = "2026-12-02", "2028-12-01" }, approval.CodeInvalidInput, "to"},
		{"a second substitute meanwhile", func(n *view.NewSubstitution) { n.Substitute, n.From, n.To = reviewer, "2026-11-27", "2026-12-01" }, approval.CodeDuplicate, "from"},
		{"a second one for one of the posts", func(n *view.NewSubstitution) { n.Substitute, n.Role = reviewer, approval.RoleClerk }, approval.CodeDuplicate, "from"},
		{"somebody who is away", func(n *view.NewSubstitution) { n.Person, n.Substitute = reviewer, clerk }, approval.CodeDuplicate, "substitute"},
		{"an administrator", func(n *view.NewSubstitution) {
			n.Person, n.Substitute, n.Office = "administration-audit_administrator-1", "administration-system_administrator-1", "administration"
		}, approval.CodeInvalidInput, "role"},
	} {
		t.Run(each.name, func(t *testing.T) {
			new := substitution()
			each.change(&new)
			err := s.AddSubstitution(t.Context(), new)
			if codeOf(err) != each.code {
				t.Fatalf("answered %v", err)
			}
			if problems := approval.AsError(err).Problems; len(problems) != 1 || problems[0].Location != each.location {
				t.Errorf("the place is %v", problems)
			}
		})
	}
	later := substitution()
	later.Substitute, later.From, later.To = reviewer, "2026-11-28", "2026-12-01"
	if err := s.AddSubstitution(t.Context(), later); err != nil {
		t.Errorf("the days after: %v", err)
	}
}

// Two who set substitutes at the same moment: one stands.
func TestSubstitutionsOfOneOfficerAreSetOneAtATime(t *testing.T) {
	s := newScene(t)
	var group sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		group.Go(func() { results[i] = s.AddSubstitution(t.Context(), substitution()) })
	}
	group.Wait()
	set := 0
	for _, err := range results {
		if err == nil {
			set++
		} else if codeOf(err) != approval.CodeDuplicate {
			t.Error(err)
		}
	}
	if set != 1 {
		t.Errorf("%d substitutions were set", set)
	}
}

func TestSubstitutionsAreListedForTheirOffice(t *testing.T) {
	s := newScene(t)
	first, second := substitution(), substitution()
	second.Person, second.Substitute, second.From, second.To = "enterprise-1-head-1", "enterprise-1-head-2", "2026-12-01", "2026-12-02"
	for _, each := range []view.NewSubstitution{first, second} {
		if err := s.AddSubstitution(t.Context(), each); err != nil {
			t.Fatal(err)
		}
	}
	list := func(username string, ended bool, limit int, cursor string) ([]view.Substitution, string) {
		t.Helper()
		found, next, err := s.Substitutions(t.Context(), s.scope(username), ended, limit, cursor)
		if err != nil {
			t.Fatal(err)
		}
		return found, next
	}
	page, next := list(reviewer, false, 1, "")
	if len(page) != 1 || page[0].ID != second.ID || page[0].State != "planned" || next == "" {
		t.Fatalf("the first page is %v, next %q", page, next)
	}
	page, next = list(reviewer, false, 1, next)
	if len(page) != 1 || page[0].ID != first.ID || page[0].State != "active" || page[0].SubstituteName == "" || next != "" {
		t.Fatalf("the second page is %v, next %q", page, next)
	}
	if page, _ := list(bureau, true, 10, ""); len(page) != 0 {
		t.Errorf("another office reads %v", page)
	}
	s.Clock.Advance(7 * 24 * time.Hour)
	if page, _ := list(reviewer, false, 10, ""); len(page) != 1 || page[0].State != "active" {
		t.Errorf("a week later %v", page)
	}
	if page, _ := list(reviewer, true, 10, ""); len(page) != 2 || page[1].State != "ended" {
		t.Errorf("a week later, with those of the past, %v", page)
	}
	if _, _, err := s.Substitutions(t.Context(), s.scope(reviewer), false, 10, "x"); codeOf(err) != approval.CodeInvalidInput {
		t.Errorf("a broken cursor: %v", err)
	}
}
