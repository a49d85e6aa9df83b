package api_test

import (
	"net/http"
	"testing"

	"jieli/internal/stacktest"
)

const officer = "bureau-clerk-1"

// group is what tests read of a group.
type group struct {
	ID, Form, State, Review, Transition string
	People                              int
	Cases                               []struct{ No, Type string }
}

// A group is found, looked at and moved by the bureau that registered it; to others it does not exist.
func TestGroups(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	if err := s.Database.SeedDemoGroup(t.Context()); err != nil {
		t.Fatal(err)
	}
	var list struct{ Items []group }
	s.As(officer).Get("/groups?state=registered").Expect(http.StatusOK).Read(&list)
	if len(list.Items) != 1 || list.Items[0].Form != "F2" || list.Items[0].People != 8 {
		t.Fatalf("listed: %+v", list.Items)
	}
	id := list.Items[0].ID
	for username, status := range map[string]int{officer: 200, "enterprise-2-clerk-1": 200, "supervision-supervisor-1": 200, "enterprise-1-clerk-1": 404, "bureau-210102-clerk-1": 404, "street-001-clerk-1": 404, "administration-system_administrator-1": 403} {
		s.As(username).Get("/groups/" + id).Expect(status)
		s.As(username).Get("/groups/" + id + "/people").Expect(status)
	}
	var people struct{ Items []struct{ ID, Street string } }
	s.As(officer).Get("/groups/" + id + "/people").Read(&people)
	var person struct{ Form, BodyName, Group string }
	s.As(officer).Get("/people/" + people.Items[0].ID).Expect(http.StatusOK).Read(&person)
	if person.Form != "F2" || person.BodyName == "" || person.Group != id {
		t.Errorf("the page of one of them: %+v", person)
	}

	begin := func(username, caseType string, form map[string]any) *stacktest.Answer {
		return s.As(username).Send(http.MethodPost, "/cases", map[string]any{"type": caseType, "form": form})
	}
	moved := map[string]any{"group": id, "street": "street-001", "people": []string{people.Items[0].ID}}
	begin("enterprise-2-clerk-1", "transition", moved).Expect(http.StatusForbidden)
	begin("bureau-210102-clerk-1", "transition", moved).Expect(http.StatusNotFound)
	for field, form := range map[string]map[string]any{
		"form.group":   {"street": "street-001"},
		"form.street":  {"group": id, "street": "community-001017"},
		"form.people":  {"group": id, "street": "street-001", "people": []string{"P0"}},
		"form.surplus": {"group": id, "street": "street-001", "surplus": true},
	} {
		problem := begin(officer, "transition", form).Expect(http.StatusUnprocessableEntity).Problem()
		if len(problem.Errors) == 0 || problem.Errors[0].Location != field {
			t.Errorf("%v is refused with %+v", form, problem.Errors)
		}
	}
	var transition, review stacktest.Case
	begin(officer, "transition", moved).Expect(http.StatusCreated).Read(&transition)
	begin(officer, "transition", moved).Expect(http.StatusConflict)
	begin(officer, "form-review", map[string]any{"group": id}).Expect(http.StatusCreated).Read(&review)
	begin("bureau-clerk-2", "form-review", map[string]any{"group": id}).Expect(http.StatusConflict)
	var found group
	s.As(officer).Get("/groups/" + id).Read(&found)
	if found.Review != review.No || found.Transition != transition.No || len(found.Cases) != 2 {
		t.Errorf("what is under way: %+v", found)
	}
	// The street that receives sees the case, not the group.
	var seen struct{ Group string }
	s.As("street-001-clerk-1").Get("/cases/" + transition.No).Expect(http.StatusOK).Read(&seen)
	if seen.Group != "" {
		t.Errorf("the street is led to %q", seen.Group)
	}

	var due struct {
		Items []struct{ Kind, Group, Case string }
		Total int
	}
	s.As("supervision-supervisor-1").Get("/supervision/reviews").Expect(http.StatusOK).Read(&due)
	if due.Total != 1 || due.Items[0].Kind != "group" || due.Items[0].Group != id || due.Items[0].Case != review.No {
		t.Errorf("due: %+v", due)
	}
	s.As(officer).Get("/supervision/reviews").Expect(http.StatusForbidden)
}
