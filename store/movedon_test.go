package store_test

import (
	"encoding/json"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/procedures"
)

// moves has the community register that a person has moved, and confirm it.
func (s *scene) moves(reception, to string) {
	s.t.Helper()
	office := s.fold(reception).Current().Tasks[0].Office
	command := s.command(reception, office+"-clerk-1", approval.ActionApprove)
	command.Form["outcome"], _ = json.Marshal(procedures.OutcomeMoved)
	command.Form["newCommunity"], _ = json.Marshal(to)
	if refusal := s.act(reception, command).Refusal; refusal != nil {
		s.t.Fatal(refusal)
	}
	s.sign(reception)
}

// Who moves while being handed over is received where they live now: by another community of the street,
// and, moving again, by another street. The waits above hold until then.
func TestWhoMovesIsReceivedWhereTheyLive(t *testing.T) {
	s := newScene(t)
	s.apart()
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil)))
	s.signUntil(no, procedures.StageIntakes)
	intake := s.children(no)[0]
	s.signUntil(intake, procedures.StageReceptions)
	first := s.children(intake)[0]
	neighbour := stacktest.Value[string](s.Database, `SELECT region FROM offices WHERE kind = 'community' AND region LIKE '210106001%' AND region <> '210106001017' ORDER BY region LIMIT 1`)
	s.moves(first, neighbour)
	open := func(parent string) []string {
		return stacktest.Value[[]string](s.Database, `SELECT coalesce(array_agg(no ORDER BY no), '{}') FROM cases WHERE parent = $1 AND ended_at IS NULL`, parent)
	}
	second := open(intake)
	if len(second) != 1 || s.fold(second[0]).Facts[procedures.FactCommunity] == s.fold(first).Facts[procedures.FactCommunity] || s.fold(second[0]).Subject != s.fold(first).Subject {
		t.Fatalf("after the move %v are open", second)
	}
	if total := stacktest.Value[int](s.Database, `SELECT children_total FROM cases WHERE no = $1`, intake); total != 2 {
		t.Errorf("the street counts %d receptions", total)
	}
	elsewhere := stacktest.Value[string](s.Database, `SELECT c.region FROM offices c JOIN offices s ON s.kind = 'street' AND s.region = left(c.region, 9) WHERE c.kind = 'community' AND c.region NOT LIKE '210106001%' AND c.region LIKE '210106%' ORDER BY c.region LIMIT 1`)
	s.moves(second[0], elsewhere)
	sheets := open(no)
	if len(sheets) != 2 || len(open(intake)) != 0 {
		t.Fatalf("moved to another street, the handover waits for %v, the first street for %v", sheets, open(intake))
	}
	sheet := sheets[1]
	s.signUntil(sheet, procedures.StageReceptions)
	last := s.children(sheet)
	if len(last) != 1 {
		t.Fatalf("the other street has %v", last)
	}
	s.ended(last[0])
	s.finish(sheet)
	s.ended(sheet)
	s.finish(intake)
	s.ended(intake)
	s.finish(no)
	s.ended(no)
	if got := stacktest.Value[string](s.Database, `SELECT o.region || '/' || l.outcome FROM lines l JOIN persons p ON p.id = l.person JOIN offices o ON o.id = p.community WHERE l.case_no = $1`, no); got != elsewhere+"/received" {
		t.Errorf("the person is with %s, not %s", got, elsewhere)
	}
	s.clean()
}
