package store_test

import (
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// relations are the Party transfers that began with a handover, in order.
func (s *scene) relations(handover string) []string {
	s.t.Helper()
	return stacktest.Value[[]string](s.Database, `SELECT coalesce(array_agg(no ORDER BY no), '{}') FROM cases WHERE type = 'party' AND fold->'facts'->>'handover' = $1`, handover)
}

// With the intakes a transfer begins for every member of the batch, once however often the children are
// made; the handover counts none of them, and its Party check waits until all have ended.
func TestPartyRelationsSetOutWithTheHandover(t *testing.T) {
	s := newScene(t)
	member := stacktest.Person{"政治面貌": "中共党员", "党费交至": "2026-10"}
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, member), stacktest.NewPerson(2, nil), stacktest.NewPerson(3, member)))
	s.signUntil(no, procedures.StageIntakes)
	started := s.children(no)
	begun := s.relations(no)
	if len(begun) != 2 {
		t.Fatalf("%d transfers began", len(begun))
	}
	children := started[:len(started)-len(begun)]
	s.children(no)
	if again := s.relations(no); len(again) != 2 {
		t.Errorf("made again, there are %d", len(again))
	}
	if total := stacktest.Value[int](s.Database, `SELECT children_total FROM cases WHERE no = $1`, no); total != len(children) {
		t.Errorf("the handover counts %d child cases of %d", total, len(children))
	}
	if entered := stacktest.Value[int](s.Database, `SELECT count(*) FROM lines WHERE case_no = $1 AND person IS NOT NULL`, no); entered != 3 {
		t.Errorf("%d of 3 people are in the registry: whoever is not tells of the others", entered)
	}

	lines := func(username string) []view.Line {
		found, _, _, err := s.Lines(t.Context(), s.scope(username), s.fold(no), view.LineFilter{Limit: 10})
		if err != nil || len(found) != 3 {
			t.Fatalf("%s reads %d lines: %v", username, len(found), err)
		}
		return found
	}
	for _, line := range lines(clerk) {
		if _, told := line.Cells["party"]; told || line.Relation != "" {
			t.Errorf("the enterprise's clerk is told of row %d: %v", line.Row, line.Cells)
		}
	}
	if line := lines(organiser)[0]; line.Cells["party"] != "open" || line.Relation != begun[0] {
		t.Errorf("the organiser sees %q (%v)", line.Relation, line.Cells)
	}

	for _, child := range children {
		if s.fold(child).Type == procedures.TypeIntake {
			s.signUntil(child, procedures.StageReceptions)
			for _, reception := range s.children(child) {
				s.ended(reception)
			}
			s.finish(child)
		}
		s.ended(child)
	}
	s.finish(no)
	s.signUntil(no, procedures.StagePartyCheck)
	refusal := s.partySign(no, nil)
	if refusal == nil || refusal.Code != approval.CodeWrongState || !strings.Contains(refusal.Message.ZH, begun[0]) {
		t.Fatalf("checked with transfers under way: %v", refusal)
	}
	if proposed := s.fold(begun[0]).Current().Tasks[0].Proposal["community"]; string(proposed) != `"210106001017"` {
		t.Errorf("the community proposed is %s", proposed)
	}
	for _, relation := range begun {
		s.partyTo(relation, "")
	}
	if line := lines(organiser)[2]; line.Cells["party"] != "done" {
		t.Errorf("ended, the relation is %v", line.Cells)
	}
	s.mustPartySign(no, nil)
	s.ended(no)
	s.clean()
}

// An enterprise without a Party organisation here has nobody who could check; a member whose relation is
// with another organisation already is that organisation's to transfer.
func TestWhoseRelationsSetOutWithTheHandover(t *testing.T) {
	s := newScene(t)
	member := stacktest.Person{"政治面貌": "中共党员", "党费交至": "2026-10"}
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, member)))
	s.signUntil(no, procedures.StageIntakes)
	s.Run(`INSERT INTO persons(id, name, id_index, tail_index, id_sealed, id_masked) SELECT 'P' || left(encode(id_index, 'hex'), 20), name, id_index, id_index, '', id_masked FROM lines WHERE case_no = $1`, no)
	s.Run(`INSERT INTO party_relations(person, member_status, holder_office, holder_name, since) SELECT id, 'full', 'party-street-001', '别处', now() FROM persons WHERE name = '张测试001'`)
	s.children(no)
	if begun := s.relations(no); len(begun) != 0 {
		t.Errorf("a relation held elsewhere set out: %v", begun)
	}
	s.Run(`UPDATE offices SET serves = NULL WHERE id = 'party-enterprise-1'`)
	apart := s.submit(2)
	if facts := s.fold(apart).Facts; facts[procedures.FactPartyOrganisation] != "" {
		t.Errorf("facts: %v", facts)
	}
}

// A roster that gives divisions instead of addresses says all the same whether residence and hukou differ.
func TestDivisionsSayWhetherTheHukouDiffers(t *testing.T) {
	s := newScene(t)
	member := func(hukou string) stacktest.Person {
		return stacktest.Person{"政治面貌": "中共党员", "党费交至": "2026-10", "户籍社区代码": hukou}
	}
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, member("210106001018")), stacktest.NewPerson(2, member("210106001017"))))
	s.signUntil(no, procedures.StageIntakes)
	s.children(no)
	for n, rule := range []string{"P3", "P4"} {
		relation := s.relations(no)[n]
		s.partyTo(relation, procedures.StagePartyLetter)
		if found := s.form(relation, "rule"); found != rule {
			t.Errorf("row %d goes by %s, not %s", n+2, found, rule)
		}
	}
}
