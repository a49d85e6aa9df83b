package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/internal/stacktest"
)

// Doctor finds nothing on clean data, and each kind of damage where it was made.
func TestDoctorFindsDamage(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	other := s.submit(2)
	s.sign(no)
	s.sign(no)
	s.clean()
	version := s.fold(no).Version
	standing := func(missing string, behind int64) func(string) (int64, bool) {
		return func(asked string) (int64, bool) {
			at := s.fold(asked).Version
			if asked == missing {
				return at - behind, true
			}
			return at, true
		}
	}
	task := s.fold(no).Current().Tasks[0].ID
	for _, damage := range []struct {
		name, break_, mend string
		workflow           func(string) (int64, bool)
		finds              string
	}{
		{name: "a task's row was changed", break_: `UPDATE tasks SET owner = 'somebody' WHERE id = '` + task + `'`, mend: `UPDATE tasks SET owner = NULL WHERE id = '` + task + `'`, finds: "invariant 8"},
		{name: "a signature was taken off a row", break_: `UPDATE tasks SET signed_by = 'enterprise-1-clerk-2' WHERE case_no = '` + no + `' AND visit = 1`,
			mend: `UPDATE tasks SET signed_by = '` + clerk + `' WHERE case_no = '` + no + `' AND visit = 1`, finds: "invariant 8"},
		{name: "a case's row was changed", break_: `UPDATE cases SET state = 'closed' WHERE no = '` + no + `'`, mend: `UPDATE cases SET state = 'open' WHERE no = '` + no + `'`, finds: "invariant 8"},
		{name: "a case's fold was changed", break_: `UPDATE cases SET fold = jsonb_set(fold, '{initiator}', '"somebody"') WHERE no = '` + no + `'`,
			mend: `UPDATE cases SET fold = jsonb_set(fold, '{initiator}', '"` + clerk + `"') WHERE no = '` + no + `'`, finds: "invariant 8"},
		{name: "a hash was broken", break_: `UPDATE journal SET hash = reverse(hash) WHERE stream = 'case:` + no + `' AND seq = 2`, mend: `UPDATE journal SET hash = reverse(hash) WHERE stream = 'case:` + no + `' AND seq = 2`, finds: "invariant 9"},
		{name: "an entry was rewritten", break_: `UPDATE journal SET body = convert_to(replace(convert_from(body,'UTF8'), '"approve"', '"recall" '), 'UTF8') WHERE stream = 'case:` + no + `' AND seq = 2`,
			mend: `UPDATE journal SET body = convert_to(replace(convert_from(body,'UTF8'), '"recall" ', '"approve"'), 'UTF8') WHERE stream = 'case:` + no + `' AND seq = 2`, finds: "invariant 9"},
		{name: "a task without a visit", break_: `INSERT INTO tasks(id, case_no, visit, stage, office, role, state, basis, opened_at) VALUES ('stray', '` + no + `', 99, 'prepare', 'bureau', 'clerk', 'open', 1, now())`,
			mend: `DELETE FROM tasks WHERE id = 'stray'`, finds: "invariant 3"},
		{name: "a task's row is missing", break_: `UPDATE tasks SET id = 'elsewhere' WHERE id = '` + task + `'`, mend: `UPDATE tasks SET id = '` + task + `' WHERE id = 'elsewhere'`, finds: "invariant 8"},
		{name: "a case without a workflow", break_: `UPDATE cases SET started = true WHERE no = '` + no + `'`, mend: `UPDATE cases SET started = false WHERE no = '` + no + `'`,
			workflow: func(asked string) (int64, bool) { return s.fold(asked).Version, asked != no }, finds: "invariant 1"},
		{name: "the journal is ahead by two", break_: `SELECT 1`, mend: `SELECT 1`, workflow: standing(no, 2), finds: "ahead of the workflow"},
		{name: "the workflow is ahead of the journal", break_: `SELECT 1`, mend: `SELECT 1`, workflow: standing(no, -1), finds: "ahead of the journal"},
		{name: "a journal without its case", break_: `INSERT INTO journal(stream, seq, key, at, body, prev, hash) VALUES ('case:YJ-0', 1, 'k', now(), '{}', '', 'x')`,
			mend: `DELETE FROM journal WHERE stream = 'case:YJ-0'`, finds: "no case"},
		{name: "somebody signed without the post", break_: `UPDATE posts SET valid_from = '2027-01-01' WHERE person = '` + clerk + `'`, mend: `UPDATE posts SET valid_from = '2000-01-01' WHERE person = '` + clerk + `'`, finds: "invariant 5"},
	} {
		t.Run(damage.name, func(t *testing.T) {
			s.Run(damage.break_)
			found := s.examine(damage.workflow)
			s.Run(damage.mend)
			if !slices.ContainsFunc(found, func(line string) bool { return strings.Contains(line, damage.finds) }) {
				t.Errorf("doctor found %v", found)
			}
			for _, line := range found {
				if strings.HasPrefix(line, other) {
					t.Errorf("doctor blames another case: %s", line)
				}
			}
			if found := s.examine(nil); len(found) > 0 {
				t.Fatalf("after mending doctor finds %v", found)
			}
		})
	}
	// One batch ahead is what a crash leaves; it heals at the next command.
	if found := s.examine(standing(no, 1)); len(found) > 0 || version < 2 {
		t.Errorf("one batch ahead is legal; doctor found %v", found)
	}
	// A case written a moment ago may be without its workflow yet; one that waits longer may not.
	s.Run(`UPDATE cases SET started = false`)
	none := func(string) (int64, bool) { return 0, false }
	if found := s.examine(none); len(found) > 0 {
		t.Errorf("a case written a moment ago: %v", found)
	}
	s.Clock.Advance(2 * time.Minute)
	if found := s.examine(none); len(found) != 2 {
		t.Errorf("cases without a workflow for two minutes: %v", found)
	}
}

// The product itself cannot make the damage: its role may not rewrite the journal.
func TestTheJournalOnlyGrows(t *testing.T) {
	s := newScene(t)
	s.submit(1)
	for _, statement := range []string{`UPDATE journal SET hash = ''`, `DELETE FROM journal`, `TRUNCATE journal`} {
		if err := s.TryAs("jieli_worker", statement); err == nil {
			t.Errorf("the worker's role may: %s", statement)
		}
	}
	if count := stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal`); count != 1 {
		t.Errorf("the journal has %d entries", count)
	}
}
