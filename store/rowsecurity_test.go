package store_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/procedures"
)

// scopedTables hold what belongs to offices: the second lock stands before each.
var scopedTables = []string{"cases", "case_access", "tasks", "copies", "journal", "files", "lines", "line_edits", "exclusions", "persons", "person_history", "rosters", "roster_rows", "substitutions", "notices", "views", "drafts", "phrases",
	"archives", "archive_custody", "archive_items", "archive_loans", "archive_holds", "information_records", "party_relations", "party_responsibilities", "party_letters"}

func seenAs(t *testing.T, connection *pgx.Conn, role, offices, table string) int {
	t.Helper()
	var count int
	err := pgx.BeginFunc(t.Context(), connection, func(tx pgx.Tx) error {
		if _, err := tx.Exec(t.Context(), `SELECT set_config('role', $1, true), set_config('jieli.offices', $2, true)`, role, offices); err != nil {
			return err
		}
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM `+table).Scan(&count)
	})
	if err != nil {
		t.Fatalf("%s as %s: %v", table, role, err)
	}
	return count
}

// Even a query without any predicate shows the API only its caller's rows, and without a scope none.
func TestRowSecurityIsASecondLock(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	system.Submit("enterprise-1-clerk-1", stacktest.OnePerson(1))
	connection, err := pgx.Connect(t.Context(), system.Database.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close(t.Context()) }()
	for _, table := range scopedTables {
		for _, offices := range []string{"", "{}", "{enterprise-2}"} {
			if seen := seenAs(t, connection, "jieli_app", offices, table); seen != 0 {
				t.Errorf("offices %q see %d rows of %s", offices, seen, table)
			}
		}
	}
	for _, table := range []string{"cases", "tasks", "journal", "lines"} {
		if seenAs(t, connection, "jieli_app", "{enterprise-1}", table) == 0 {
			t.Errorf("the enterprise does not see its own rows of %s", table)
		}
		if seenAs(t, connection, "jieli_worker", "", table) == 0 {
			t.Errorf("the worker does not see %s", table)
		}
	}
}

// What exists for Party roles alone needs more than the right offices, districts and person: without the
// Party scope there is no row of it in any table, however a query asks.
func TestPartyRowsNeedThePartyScope(t *testing.T) {
	s := newScene(t)
	no := s.mustRelate(organiser, s.members(1)[0])
	s.partyTo(no, procedures.StagePartyReceptionConfirm)
	back := s.command(no, "party-community-001017-head-1", approval.ActionReturn)
	back.ToStage, back.AfterReturn, back.Opinion, back.Defects = procedures.StagePartyLetter, approval.AfterReturnWalk, "遗失", []approval.Defect{{Item: "介绍信", Detail: "遗失"}}
	s.act(no, back)
	s.Run(`INSERT INTO copies(case_no, office, person, at) VALUES ($1, 'party-enterprise-1', '', now())`, no)
	s.Run(`INSERT INTO drafts(person, task, basis, sealed, saved_at) VALUES ($1, $2, 1, '', now())`, organiser, s.fold(no).Current().Tasks[0].ID)
	connection, err := pgx.Connect(t.Context(), s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close(t.Context()) }()
	for table, condition := range map[string]string{"cases": `type = 'party'`, "tasks": `case_type = 'party'`, "journal": `stream LIKE 'case:DZ-%'`, "copies": `case_no LIKE 'DZ-%'`, "notices": `case_no LIKE 'DZ-%'`,
		"drafts": `true`, "party_relations": `true`, "party_responsibilities": `true`, "party_letters": `true`} {
		for scope, want := range map[string]bool{"": false, "false": false, "true": true} {
			var seen int
			err := pgx.BeginFunc(t.Context(), connection, func(tx pgx.Tx) error {
				if _, err := tx.Exec(t.Context(), `SELECT set_config('role', 'jieli_app', true), set_config('jieli.offices', '{party-enterprise-1,enterprise-1,community-001017}', true),
					set_config('jieli.paths', '{21,party/21}', true), set_config('jieli.person', $1, true), set_config('jieli.party', $2, true)`, organiser, scope); err != nil {
					return err
				}
				return tx.QueryRow(t.Context(), `SELECT count(*) FROM `+table+` WHERE `+condition).Scan(&seen)
			})
			if err != nil || (seen > 0) != want {
				t.Errorf("with the Party scope %q: %d rows of %s (%v)", scope, seen, table, err)
			}
		}
	}
}

// What has happened stays: the program's own role can neither change nor delete it.
func TestTheJournalIsAppendOnly(t *testing.T) {
	database := stacktest.Demo(t)
	connection, err := pgx.Connect(t.Context(), database.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = connection.Close(t.Context()) }()
	for _, statement := range []string{`DELETE FROM journal`, `UPDATE journal SET hash = ''`, `TRUNCATE journal`, `ALTER TABLE journal DISABLE ROW LEVEL SECURITY`} {
		err := pgx.BeginFunc(t.Context(), connection, func(tx pgx.Tx) error {
			if _, err := tx.Exec(t.Context(), `SET LOCAL ROLE jieli_worker`); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), statement)
			return err
		})
		var refused *pgconn.PgError
		if !errors.As(err, &refused) || refused.Code != "42501" {
			t.Errorf("%s: %s", statement, fmt.Sprint(err))
		}
	}
}
