package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/stacktest"
	"jieli/procedures"
)

const (
	cashier  = "agency-fund_cashier-1"
	recorder = "agency-clerk-2"
)

// recovering is a retiree whose death in August was verified in November, and the recovery that the agency's clerk
// begins from the person's page.
func recovering(t *testing.T, s *stacktest.System) (person, no string) {
	t.Helper()
	s.Carry(s.Submit(clerk, stacktest.OnePerson(1)).No, clerk)
	person = stacktest.Value[string](s.Database, `SELECT id FROM persons ORDER BY id LIMIT 1`)
	if answer := s.As("agency-clerk-1").Send(http.MethodPost, "/cases", map[string]any{"type": "recovery", "subject": person}); answer.Status != http.StatusNotFound {
		t.Errorf("recovered from the living: %d %s", answer.Status, answer.Body)
	}
	var report, begun stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": person, "form": map[string]any{"diedOn": "2026-08-20", "source": "community"}}).Expect(http.StatusCreated).Read(&report)
	carryDeath(s, report.No)
	if no = stacktest.Value[string](s.Database, `SELECT coalesce(max(case_no), '') FROM recoveries`); no == "" {
		s.As(recorder).Send(http.MethodPost, "/cases", map[string]any{"type": "recovery", "subject": person}).Expect(http.StatusCreated).Read(&begun)
		no = begun.No
	}
	return person, no
}

// demanded carries a recovery up to the answer of the family.
func demanded(t *testing.T, s *stacktest.System, no string) {
	t.Helper()
	signed(t, s, no, recorder, map[string]any{"debtor": "李某某（配偶）", "how": "late", "months": []any{map[string]any{"month": "2026-09", "paid": 312344}, map[string]any{"month": "2026-10", "paid": 320001}}}).Expect(http.StatusOK)
	signed(t, s, no, "agency-reviewer-2", nil).Expect(http.StatusOK)
	signed(t, s, no, "agency-head-2", nil).Expect(http.StatusOK)
	signed(t, s, no, recorder, map[string]any{"deliveredOn": "2026-11-24", "deliveredBy": "hand"}).Expect(http.StatusOK)
}

type recovery struct {
	Claimed, Recovered, Open int64
	MayRecord                bool
	Instalments              []struct{ State string }
	Receipts                 []struct{ Number string }
}

func recoveryOf(s *stacktest.System, username, no string) *recovery {
	var found struct{ Recovery *recovery }
	s.As(username).Get("/cases/" + no).Expect(http.StatusOK).Read(&found)
	return found.Recovery
}

// Amounts are for the agency, and for the bureau once it decides; receipts count once and never more than is open;
// a second recovery is told of the first.
func TestARecoveryFromThePersonsPageToTheLastReceipt(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person, no := recovering(t, s)
	again := s.As("agency-clerk-1").Send(http.MethodPost, "/cases", map[string]any{"type": "recovery", "subject": person})
	if again.Status != http.StatusConflict || !strings.Contains(string(again.Body), no) {
		t.Errorf("recovered twice: %d %s", again.Status, again.Body)
	}
	if answer := s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "recovery", "subject": person}); answer.Status != http.StatusForbidden {
		t.Errorf("begun by the community: %d", answer.Status)
	}
	demanded(t, s, no)
	var page struct{ Death struct{ Recovery string } }
	for username, want := range map[string]string{"agency-clerk-1": no, community: ""} {
		if s.As(username).Get("/people/" + person).Expect(http.StatusOK).Read(&page); page.Death.Recovery != want {
			t.Errorf("%s reads of the recovery %q", username, page.Death.Recovery)
		}
		page.Death.Recovery = ""
	}
	s.As(community).Get("/cases/" + no).Expect(http.StatusNotFound)
	shows := func(username, text string) bool {
		t.Helper()
		for _, path := range []string{"/cases/" + no, "/cases/" + no + "/journal"} {
			if strings.Contains(string(s.As(username).Get(path).Expect(http.StatusOK).Body), text) {
				return true
			}
		}
		return false
	}
	for username, sees := range map[string]bool{"agency-reviewer-1": true, cashier: true, "agency-internal_auditor-1": true, supervisor: false} {
		for _, amount := range []string{"632345", "312344"} {
			if shows(username, amount) != sees {
				t.Errorf("%s sees %s: %v", username, amount, !sees)
			}
		}
		if answer := s.As(username).Get("/cases/" + no + "/papers/demand.pdf"); (answer.Status == http.StatusOK) != sees {
			t.Errorf("%s prints the letter: %d", username, answer.Status)
		}
	}
	signed(t, s, no, recorder, map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-12-15"}).Expect(http.StatusOK)
	early := map[string]any{"number": "S-1", "amount": 1, "receivedOn": "2026-11-24", "method": "transfer"}
	s.As(cashier).Send(http.MethodPost, "/cases/"+no+"/receipts", early).Expect(http.StatusConflict)
	signed(t, s, no, "agency-head-2", nil).Expect(http.StatusOK)
	for _, test := range []struct {
		username string
		receipt  map[string]any
		status   int
	}{
		{"agency-clerk-1", map[string]any{"number": "S-1", "amount": 1, "receivedOn": "2026-11-24", "method": "transfer"}, http.StatusForbidden},
		{cashier, map[string]any{"number": " ", "amount": 1, "receivedOn": "2026-11-24", "method": "transfer"}, http.StatusUnprocessableEntity},
		{cashier, map[string]any{"number": "S-1", "amount": 0, "receivedOn": "2026-11-24", "method": "transfer"}, http.StatusUnprocessableEntity},
		{cashier, map[string]any{"number": "S-1", "amount": 632346, "receivedOn": "2026-11-24", "method": "transfer"}, http.StatusUnprocessableEntity},
		{cashier, map[string]any{"number": "S-1", "amount": 1, "receivedOn": "2026-12-24", "method": "transfer"}, http.StatusUnprocessableEntity},
		{cashier, map[string]any{"number": "S-1", "amount": 1, "receivedOn": "2026-11-24", "method": "cheque"}, http.StatusUnprocessableEntity},
		{cashier, map[string]any{"number": "S-1", "amount": 316173, "receivedOn": "2026-11-24", "method": "transfer"}, http.StatusOK},
		{"agency-fund_cashier-2", map[string]any{"number": "S-1", "amount": 5, "receivedOn": "2026-11-24", "method": "counter"}, http.StatusConflict},
		{"agency-fund_cashier-2", map[string]any{"number": "S-2", "amount": 316173, "receivedOn": "2026-11-24", "method": "counter"}, http.StatusUnprocessableEntity},
	} {
		answer := s.As(test.username).Send(http.MethodPost, "/cases/"+no+"/receipts", test.receipt)
		if answer.Status != test.status {
			t.Errorf("%s records %v: %d %s", test.username, test.receipt, answer.Status, answer.Body)
		}
		if test.receipt["amount"] == 316173 && test.status == http.StatusUnprocessableEntity && !strings.Contains(string(answer.Body), "3,161.72") {
			t.Errorf("what is open is not said: %s", answer.Body)
		}
	}
	if found := recoveryOf(s, cashier, no); found.Open != 316172 || found.Instalments[0].State != "paid" || !found.MayRecord || len(found.Receipts) != 1 {
		t.Errorf("it stands as %+v", found)
	}
	if found := recoveryOf(s, "agency-head-2", no); found.MayRecord {
		t.Error("whoever decided may receive")
	}
	if found := recoveryOf(s, supervisor, no); found != nil {
		t.Errorf("the supervisor reads %+v", found)
	}
	s.As(cashier).Send(http.MethodPost, "/cases/"+no+"/receipts", map[string]any{"number": "S-2", "amount": 316172, "receivedOn": "2026-11-24", "method": "counter"}).Expect(http.StatusOK)
	signed(t, s, no, cashier, map[string]any{"repayment": "repaid"}).Expect(http.StatusOK)
	if state := s.Read(cashier, no).State; state != "closed" {
		t.Errorf("the case is %s", state)
	}
	s.As(cashier).Send(http.MethodPost, "/cases/"+no+"/receipts", early).Expect(http.StatusConflict)
	if found := s.Doctor(); len(found) > 0 {
		t.Errorf("doctor found: %v", found)
	}
}

// Who does not pay back is the bureau's matter, which sees the sums from then on; a set-off without consent is refused.
func TestARefusedRepaymentGoesToTheBureau(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person, no := recovering(t, s)
	demanded(t, s, no)
	claimant := map[string]any{"name": "李某某", "relation": "配偶", "idNumber": stacktest.IDNumber("19550302", 22), "bank": "工商银行", "account": "6222020000001234", "share": 10000}
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant}}}).Expect(http.StatusCreated)
	setOff := map[string]any{"answer": "set-off", "setOffs": []any{map[string]any{"claimant": "李某某", "amount": 632345}}}
	if answer := signed(t, s, no, recorder, setOff); answer.Status != http.StatusUnprocessableEntity || !strings.Contains(string(answer.Body), "missing_materials") {
		t.Errorf("set off without consent: %d %s", answer.Status, answer.Body)
	}
	s.As("bureau-clerk-1").Get("/cases/" + no).Expect(http.StatusNotFound)
	signed(t, s, no, recorder, map[string]any{"answer": "refused", "answerNotes": "来电表示不退"}).Expect(http.StatusOK)
	if found := recoveryOf(s, "bureau-clerk-1", no); found == nil || found.Open != 632345 {
		t.Errorf("the bureau reads %+v", found)
	}
	signed(t, s, no, "bureau-clerk-1", map[string]any{"referral": "police", "referralReason": "涉嫌冒领"}).Expect(http.StatusOK)
	signed(t, s, no, "bureau-head-1", map[string]any{"referralDocument": "铁西人社移〔2026〕1号"}).Expect(http.StatusOK)
	if stage := s.Read(cashier, no).Stage; stage != procedures.StageRecoveryRepayment {
		t.Errorf("it stands at %s", stage)
	}
	s.As(cashier).Send(http.MethodPost, "/cases/"+no+"/receipts", map[string]any{"number": "S-1", "amount": 632345, "receivedOn": "2026-11-24", "method": "court"}).Expect(http.StatusOK)
	signed(t, s, no, cashier, map[string]any{"repayment": "repaid"}).Expect(http.StatusOK)
	if found := s.Doctor(); len(found) > 0 {
		t.Errorf("doctor found: %v", found)
	}
}
