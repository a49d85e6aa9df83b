package api_test

import (
	"maps"
	"slices"
	"testing"

	"jieli/internal/stacktest"
	"jieli/procedures"
)

// A handover tells whoever has no Party role nothing of its members: what they read of it while the members'
// relations go their way stays as it was, to the letter.
func TestAHandoverTellsNobodyOfItsMembers(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	roster := s.Roster(clerk, "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(1, stacktest.Person{"政治面貌": "中共党员", "党费交至": "2026-10"}), stacktest.NewPerson(2, nil)))
	no := s.SubmitRoster(clerk, roster).No
	s.SignUntil(no, clerk, procedures.StageIntakes)
	var begun []string
	stacktest.Until(t, "the transfers have begun", func() bool {
		begun = stacktest.Value[[]string](s.Database, `SELECT coalesce(array_agg(no), '{}') FROM cases WHERE type = 'party' AND started`)
		return len(begun) == 1 && stacktest.Value[int](s.Database, `SELECT count(*) FROM cases WHERE parent = $1 AND started`, no) == 2
	})
	member := stacktest.Value[string](s.Database, `SELECT person FROM lines WHERE case_no = $1 AND row = 2`, no)
	without := []string{clerk, bureau, supervisor, street, administer}
	reading := func(username string) map[string]string {
		read := everything(s, username, member)
		for _, path := range []string{"", "/lines", "/children", "/journal", "/files"} {
			read["handover"+path] = changing.ReplaceAllString(string(s.As(username).Get("/cases/"+no+path).Body), "")
		}
		return read
	}
	before := map[string]map[string]string{}
	for _, username := range without {
		before[username] = reading(username)
	}
	s.CarryParties(organiser)
	if state := s.Read(organiser, begun[0]).State; state != "closed" {
		t.Fatalf("the relation is %s", state)
	}
	for _, username := range without {
		after := reading(username)
		for _, path := range slices.Sorted(maps.Keys(before[username])) {
			if before[username][path] != after[path] {
				t.Errorf("%s reads %s otherwise:\n%s\n%s", username, path, before[username][path], after[path])
			}
		}
	}
	s.Carry(no, clerk)
}
