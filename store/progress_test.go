package store_test

import (
	"testing"

	"jieli/internal/stacktest"
	"jieli/internal/view"
)

// The progress sheet reconciles: people are the sum of the other columns, by enterprise and by street;
// it ends at the region, and leaves out what was withdrawn.
func TestProgressReconciles(t *testing.T) {
	s := newScene(t)
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil), stacktest.NewPerson(3, nil)))
	s.Run(`UPDATE lines SET outcome = 'received', street = '210106001' WHERE case_no = $1 AND row = (SELECT min(row) FROM lines WHERE case_no = $1)`, no)
	s.Run(`UPDATE lines SET outcome = 'excluded' WHERE case_no = $1 AND row = (SELECT max(row) FROM lines WHERE case_no = $1)`, no)
	withdrawn := s.submit(9)
	s.Run(`UPDATE cases SET state = 'withdrawn' WHERE no = $1`, withdrawn)
	for _, by := range []string{"enterprise", "street"} {
		sum := view.Progress{}
		rows, err := s.Progress(t.Context(), s.scope("supervision-supervisor-1"), by)
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			if each := row.Received + row.Deferred + row.Returned + row.OutOfScope + row.Died + row.Elsewhere + row.Moved + row.Open; each != row.People {
				t.Errorf("%s: %+v adds up to %d", by, row, each)
			}
			sum.Add(row)
		}
		if sum.People != 3 || sum.Received != 1 || sum.OutOfScope != 1 || sum.Open != 1 {
			t.Errorf("%s: %+v", by, rows)
		}
		for _, scope := range []view.Scope{{Person: "x", Paths: []string{"210102"}}, {Person: "x", Offices: []string{"enterprise-1"}}} {
			if foreign, err := s.Progress(t.Context(), scope, by); err != nil || len(foreign) != 0 {
				t.Errorf("%s for %+v: %+v %v", by, scope, foreign, err)
			}
		}
	}
}
