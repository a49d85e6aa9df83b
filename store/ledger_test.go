package store_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/internal/stacktest"
	"jieli/procedures"
	"jieli/rules"
)

// died has a person's death reported and verified; one on record before turns out to have been wrong.
func (s *scene) died(person, on string) (death string) {
	s.t.Helper()
	if before := stacktest.Value[string](s.Database, `SELECT coalesce((SELECT case_no FROM deaths WHERE person = $1 AND state = 'verified'), '')`, person); before != "" {
		s.stepUntil(s.reportAlive(person, before), "")
	}
	death, err := s.beginDeath(procedures.TypeDeath, person, map[string]string{}, map[string]any{"diedOn": on, "source": "community"})
	if err != nil {
		s.t.Fatal(err)
	}
	s.stepUntil(death, "")
	return death
}

// balance is that of an account over everything of a death.
func (s *scene) balance(death, account string) rules.Fen {
	s.t.Helper()
	return rules.Fen(stacktest.Value[int64](s.Database, `SELECT coalesce(sum(e.amount), 0)::bigint FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction WHERE t.death = $1 AND e.account = $2`, death, account))
}

// moves are the accounts, each with the kind of money it is of, that a booking moves money between.
var moves = map[string][2]string{
	"accrued": {"fund funeral", "payable funeral"}, "batched": {"payable funeral", "transit funeral"}, "paid": {"transit funeral", "paid funeral"}, "refused": {"transit funeral", "payable funeral"}, "corrected": {"payable funeral", "fund funeral"},
	"claimed_back": {"recovery pension", "fund pension"}, "recovered": {"paid pension", "recovery pension"}, "waived": {"fund pension", "recovery pension"}, "returned": {"fund pension", "paid pension"},
	"set_off": {"payable funeral", "recovery pension"}, "set_off_undone": {"recovery pension", "payable funeral"},
}

// Whatever is booked in whatever order, and however often, the ledger agrees with a plain account of who has
// what and balances, nobody is ever paid beyond what was decided, and nothing comes back beyond what was claimed.
func TestTheLedgerNeverPaysMoreThanWasDecided(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	runs := 0
	rapid.Check(t, func(rt *rapid.T) {
		// Each run needs a death of its own in the database: a dozen sequences find what there is to find.
		if runs++; runs > 12 {
			return
		}
		death := s.died(person, "2026-10-05")
		model := map[string]rules.Fen{}
		done := map[string]bool{}
		keys := []string{}
		for step := range rapid.IntRange(4, 18).Draw(rt, "steps") {
			what := rapid.SampledFrom([]string{"accrued", "accrued", "batched", "batched", "paid", "refused", "corrected", "claimed_back", "claimed_back", "recovered", "set_off", "set_off", "set_off_undone", "waived", "returned"}).Draw(rt, "what")
			amount := rules.Fen(rapid.IntRange(1, 3).Draw(rt, "amount") * 1000)
			key := fmt.Sprintf("%s:%s:%d", what, death, step)
			if len(keys) > 0 && rapid.IntRange(0, 3).Draw(rt, "again") == 0 {
				key = rapid.SampledFrom(keys).Draw(rt, "key")
			}
			payment := ""
			if what == "paid" {
				payment = key
			}
			kind, payee := "funeral", "payee"
			if strings.HasSuffix(moves[what][0], "pension") && strings.HasSuffix(moves[what][1], "pension") {
				kind, payee = "pension", "claim"
			}
			fresh, err := s.Book(t.Context(), key, what, death, person, death, payment, kind, payee, amount)
			next := maps.Clone(model)
			next[moves[what][0]] += amount
			next[moves[what][1]] -= amount
			once := what == "accrued" || what == "claimed_back"
			allowed := next["payable funeral"] <= 0 && next["transit funeral"] <= 0 && next["recovery pension"] >= 0 && (!once || !done[what])
			switch {
			case done[key]:
				if fresh || err != nil {
					rt.Fatalf("%s once more: %v, %v", key, fresh, err)
				}
			case allowed && (err != nil || !fresh):
				rt.Fatalf("%s of %s was refused: %v (%v)", what, amount, err, model)
			case !allowed && err == nil:
				rt.Fatalf("%s of %s was booked over %v", what, amount, model)
			case allowed:
				model, done[key], done[what], keys = next, true, true, append(keys, key)
			}
			var all rules.Fen
			for _, account := range []string{"fund", "payable", "transit", "paid", "recovery"} {
				got, want := s.balance(death, account), model[account+" funeral"]+model[account+" pension"]
				if got != want {
					rt.Fatalf("%s stands at %s, not at %s", account, got, want)
				}
				all += got
			}
			if all != 0 {
				rt.Fatalf("the ledger is out by %s", all)
			}
		}
	})
	if found := stacktest.Value[int64](s.Database, `SELECT count(*) FROM ledger_broken`); found > 0 {
		t.Errorf("%d balances are broken", found)
	}
}

// Nobody changes what is booked, not even the owner, and nothing that does not balance is kept.
func TestTheLedgerIsAppendOnly(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	death := s.died(person, "2026-10-05")
	if _, err := s.Book(t.Context(), "a", "accrued", death, person, death, "", "funeral", "payee", 100); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{`UPDATE ledger_entries SET amount = amount * 2`, `DELETE FROM ledger_entries`, `UPDATE ledger_transactions SET reason = 'x'`, `TRUNCATE ledger_transactions CASCADE`,
		`INSERT INTO ledger_entries VALUES ('a', 9, 'paid', 'funeral', 'payee', 5)`} {
		for _, role := range []string{"jieli_worker", "jieli_app", stacktest.Value[string](s.Database, `SELECT current_user::text`)} {
			if err := s.TryAs(role, statement); err == nil {
				t.Errorf("%s may: %s", role, statement)
			}
		}
	}
	if err := s.TryAs("jieli_worker", `INSERT INTO ledger_transactions(key, what, death, person, case_no, at) SELECT 'b', 'corrected', death, person, case_no, at FROM ledger_transactions`); err == nil {
		t.Error("a transaction without entries is kept")
	}
	s.clean()
}
