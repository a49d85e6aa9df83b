package store_test

import (
	"encoding/json"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// found begins the founding of an organisation by the committee of a street, as the API does.
func (s *scene) found() string {
	s.t.Helper()
	procedure, _ := procedures.Find(procedures.TypePartyBranch)
	actor := s.actor(townParty)
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "组建党组织", RequestActor: townParty, RequestKey: stacktest.NextKey(),
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Form: approval.Form{}, Key: "submit", OwnsFirst: true,
			Stages: approval.ForApplicant(procedure.Stages, approval.KindParty), Facts: map[string]string{procedures.FactStreet: "street-001", procedures.FactRegion: "210106"}}})
	if err != nil {
		s.t.Fatal(err)
	}
	return entry.Case
}

func (s *scene) proposes(no string, changes map[string]any) *approval.Error {
	s.t.Helper()
	command := s.command(no, townParty, approval.ActionApprove)
	given := map[string]any{"community": "210106001019", "branchKind": "branch", "organisationName": "中共洪湖社区支部委员会", "members": 5, "secretary": "王某", "grounds": "党员较多，便于管理"}
	for key, value := range changes {
		given[key] = value
	}
	for key, value := range given {
		command.Form[key], _ = json.Marshal(value)
	}
	return s.act(no, command).Refusal
}

// A community gets its organisation once, by the committee of its own street and with members enough; from then
// on members are received there, and the case exists for Party roles alone.
func TestACommunityGetsItsPartyOrganisation(t *testing.T) {
	s := newScene(t)
	no := s.found()
	for field, change := range map[string]map[string]any{
		"form.community": {"community": "210106001017"}, // has one
		"form.members":   {"members": 2},
	} {
		if refusal := s.proposes(no, change); refusal == nil || len(refusal.Problems) == 0 || refusal.Problems[0].Location != field {
			t.Errorf("%v: %v", change, refusal)
		}
	}
	elsewhere := stacktest.Value[string](s.Database, `SELECT region FROM offices c WHERE kind = 'community' AND region NOT LIKE '210106001%' AND NOT EXISTS (SELECT FROM offices p WHERE p.serves = c.id) ORDER BY region LIMIT 1`)
	if refusal := s.proposes(no, map[string]any{"community": elsewhere}); refusal == nil || refusal.Problems[0].Location != "form.community" {
		t.Errorf("of another street: %v", refusal)
	}
	if refusal := s.proposes(no, nil); refusal != nil {
		t.Fatal(refusal)
	}
	twin := s.found()
	if refusal := s.proposes(twin, nil); refusal != nil {
		t.Fatal(refusal)
	}
	s.ended(no)
	if served := stacktest.Value[string](s.Database, `SELECT serves || '/' || region FROM offices WHERE name = '中共洪湖社区支部委员会'`); served != "community-001019/210106001019" {
		t.Errorf("founded: %s", served)
	}
	for s.fold(twin).Current().Stage != procedures.StageBranchApproval {
		s.sign(twin)
	}
	if refusal := s.act(twin, s.command(twin, "organisation-head-1", approval.ActionApprove)).Refusal; refusal == nil || refusal.Problems[0].Location != "form.community" {
		t.Errorf("founded twice: %v", refusal)
	}
	if _, err := s.CaseRecord(t.Context(), s.scope("street-001-clerk-1"), no); err == nil {
		t.Error("the street's clerk sees the case")
	}
	s.clean()
}
