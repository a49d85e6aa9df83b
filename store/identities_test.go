package store_test

import (
	"encoding/json"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

const counter = "community-001017-clerk-1"

// correct asks for another ID number of a person, as the API does.
func (s *scene) correct(person, number string) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(procedures.TypeIdentity)
	actor := s.actor(counter)
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "身份号码更正", RequestActor: counter, RequestKey: stacktest.NextKey(), Identity: number,
		BusinessKeys: map[string]string{"identity": person}, Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Subject: person, Form: approval.Form{}, Key: "submit", OwnsFirst: true,
			Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Facts: map[string]string{procedures.FactEnterprise: "enterprise-1", procedures.FactRegion: "210106"}}})
	return entry.Case, err
}

// corrected signs a correction to its end.
func (s *scene) corrected(no string) *approval.Error {
	s.t.Helper()
	for _, step := range []struct {
		username string
		form     map[string]any
	}{{counter, map[string]any{"cause": "entry", "evidence": []string{"card"}}}, {"agency-clerk-1", map[string]any{"checkedWith": "data"}}, {"agency-reviewer-1", nil}, {"agency-head-1", nil}} {
		command := s.command(no, step.username, approval.ActionApprove)
		for key, value := range step.form {
			command.Form[key], _ = json.Marshal(value)
		}
		if refusal := s.act(no, command).Refusal; refusal != nil {
			return refusal
		}
	}
	return nil
}

// A corrected number is the person's everywhere from then on; the person stays who they were, also by a list
// that still has the old number. The number itself is in no journal and no form.
func TestAnIDNumberIsCorrected(t *testing.T) {
	s := newScene(t)
	s.apart()
	before := stacktest.NewPerson(1, nil)
	no := s.submitRoster(s.roster(before))
	s.signUntil(no, procedures.StageIntakes)
	intake := s.children(no)[0]
	s.signUntil(intake, procedures.StageReceptions)
	reception := s.children(intake)[0]
	person := s.fold(reception).Subject
	number := stacktest.IDNumber("19530816", 77)
	correction, err := s.correct(person, number)
	if err != nil {
		t.Fatal(err)
	}
	if found := s.traces(number); len(found) > 0 {
		t.Errorf("the number stands in the clear in %v", found)
	}
	shown, err := s.Reveal(t.Context(), s.scope("agency-clerk-1"), s.actor("agency-clerk-1"), person, "new_id_number", "核对", stacktest.NextKey())
	if err == nil {
		t.Errorf("the agency reads %q before it takes part", shown)
	}
	if refusal := s.corrected(correction); refusal != nil {
		t.Fatal(refusal)
	}
	page, err := s.Person(t.Context(), s.scope(counter), person)
	if err != nil || page.IDNumber != view.MaskID(number) || page.Birth != "1953-08-16" {
		t.Errorf("the page says %+v (%v)", page, err)
	}
	if whole, err := s.Reveal(t.Context(), s.scope(counter), s.actor(counter), person, "id_number", "核对", stacktest.NextKey()); err != nil || whole != number {
		t.Errorf("revealed: %q (%v)", whole, err)
	}
	if line := s.lines(clerk, no, view.LineFilter{})[0]; line.IDNumber != view.MaskID(number) {
		t.Errorf("the line on its way has %s", line.IDNumber)
	}
	s.ended(reception)
	managed, err := s.Managed(t.Context(), []string{before["身份证号"], number})
	if err != nil || !managed[before["身份证号"]] || !managed[number] {
		t.Errorf("known to be managed: %v (%v)", managed, err)
	}
	if again := s.handOver("enterprise-2-clerk-1", 1); s.outcome(again, 1) != "out_of_scope/managed" {
		t.Errorf("listed with the old number: %q", s.outcome(again, 1))
	}
	if found := s.traces(number); len(found) > 0 {
		t.Errorf("the number stands in the clear in %v", found)
	}
	s.clean()
}

// Nobody gets another's number, not even one taken between application and approval, and nobody two
// corrections at once.
func TestNobodyGetsAnothersNumber(t *testing.T) {
	s := newScene(t)
	people := s.retired(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil), stacktest.NewPerson(3, nil))
	if _, err := s.correct(people[0], stacktest.NewPerson(2, nil)["身份证号"]); codeOf(err) != approval.CodeInvalidInput {
		t.Errorf("another's number: %v", err)
	}
	if _, err := s.correct(people[0], stacktest.NewPerson(1, nil)["身份证号"]); codeOf(err) != approval.CodeInvalidInput {
		t.Errorf("the same number: %v", err)
	}
	number := stacktest.IDNumber("19530816", 77)
	first, err := s.correct(people[0], number)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.correct(people[0], stacktest.IDNumber("19530817", 77)); codeOf(err) != approval.CodeDuplicate {
		t.Errorf("a second correction: %v", err)
	}
	second, err := s.correct(people[1], number)
	if err != nil {
		t.Fatal(err)
	}
	if refusal := s.corrected(first); refusal != nil {
		t.Fatal(refusal)
	}
	if refusal := s.corrected(second); refusal == nil || refusal.Code != approval.CodeInvalidInput {
		t.Errorf("two people have one number: %v", refusal)
	}
	s.clean()
}
