package api_test

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"

	"jieli/internal/bank"
	"jieli/internal/stacktest"
)

// dead is a retiree of the community whose death is verified.
func dead(s *stacktest.System) (person string) {
	s.Carry(s.Submit(clerk, stacktest.OnePerson(1)).No, clerk)
	person = stacktest.Value[string](s.Database, `SELECT id FROM persons`)
	var report stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": person, "form": map[string]any{"diedOn": "2026-10-05", "source": "community"}}).Expect(http.StatusCreated).Read(&report)
	carryDeath(s, report.No)
	return person
}

func signed(t *testing.T, s *stacktest.System, no, username string, values map[string]any) *stacktest.Answer {
	t.Helper()
	seen := s.Read(username, no)
	if len(seen.Tasks) == 0 {
		t.Fatalf("%s finds no task of %s at %s", username, no, seen.Stage)
	}
	form := map[string]any{}
	maps.Copy(form, seen.Tasks[0].Form.Proposal)
	maps.Copy(form, values)
	body := stacktest.Approval(seen, seen.Tasks[0])
	body["form"] = form
	return s.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", body)
}

// Whoever may not see amounts or accounts gets them in no answer; nobody gets a whole account or number.
func TestMoneyIsShownToThoseAloneWhoHandleIt(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person := dead(s)
	number, account := stacktest.IDNumber("19550302", 22), "6222020000001234"
	claimant := map[string]any{"name": "李某某", "relation": "配偶", "idNumber": number, "bank": "工商银行", "account": account, "share": 10000}
	for field, body := range map[string]map[string]any{
		"subject":                   {"type": "benefit", "form": map[string]any{}},
		"form.cause":                {"type": "benefit", "subject": person, "form": map[string]any{"cause": "illness"}},
		"form.claimants.0.idNumber": {"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{map[string]any{"name": "李某某", "relation": "配偶", "idNumber": "1", "share": 10000}}}},
	} {
		answer := s.As(community).Send(http.MethodPost, "/cases", body)
		if problems := answer.Problem().Errors; answer.Status != http.StatusUnprocessableEntity || len(problems) == 0 || problems[0].Location != field {
			t.Errorf("%s: %d %s", field, answer.Status, answer.Body)
		}
	}
	var submitted stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant}}}).Expect(http.StatusCreated).Read(&submitted)
	no := submitted.No
	again := s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant}}})
	if again.Status != http.StatusConflict || !strings.Contains(string(again.Body), no) {
		t.Errorf("claimed twice: %d %s", again.Status, again.Body)
	}
	shows := func(username, text string) bool {
		t.Helper()
		for _, path := range []string{"/cases/" + no, "/cases/" + no + "/journal"} {
			if strings.Contains(string(s.As(username).Get(path).Expect(http.StatusOK).Body), text) {
				return true
			}
		}
		return false
	}
	sees := func(moment, username string, amounts, accounts bool) {
		t.Helper()
		if got := shows(username, "10030000"); got != amounts {
			t.Errorf("%s %s sees amounts: %v", moment, username, got)
		}
		if got := shows(username, "****1234"); got != accounts {
			t.Errorf("%s %s sees accounts: %v", moment, username, got)
		}
		if shows(username, account) || shows(username, number) {
			t.Errorf("%s %s reads a whole number", moment, username)
		}
	}
	sees("as the claim is entered", community, false, true)
	s.As("agency-clerk-1").Send(http.MethodPut, "/cases/"+no+"/claimants", map[string]any{"claimants": []any{claimant}}).Expect(http.StatusNotFound)
	s.As(community).Send(http.MethodPut, "/cases/"+no+"/claimants", map[string]any{"claimants": []any{claimant}}).Expect(http.StatusOK)
	signed(t, s, no, community, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true}).Expect(http.StatusOK)
	signed(t, s, no, "agency-clerk-1", map[string]any{"contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "no"}).Expect(http.StatusOK)
	sees("as it is reviewed", community, false, false)
	sees("as it is reviewed", "agency-reviewer-1", true, true)
	sees("as it is reviewed", "supervision-supervisor-1", false, false)
	signed(t, s, no, "agency-reviewer-1", nil).Expect(http.StatusOK)
	signed(t, s, no, "agency-head-1", nil).Expect(http.StatusOK)
	sees("once it is decided", community, true, false)
	sees("once it is decided", "agency-fund_cashier-1", true, true)
	sees("once it is decided", "supervision-supervisor-1", false, false)
	signed(t, s, no, "agency-fund_cashier-1", nil).Expect(http.StatusOK)
	batch, err := s.MakeBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/payments/batches", "/payments/batches/" + batch, "/payments/reconciliation"} {
		s.As(community).Get(path).Expect(http.StatusForbidden)
		if answer := s.As("agency-fund_cashier-1").Get(path).Expect(http.StatusOK); strings.Contains(string(answer.Body), account) {
			t.Errorf("%s shows an account", path)
		}
	}
	results := bank.Results([]bank.Result{{Batch: batch, Line: 1, Amount: 1003000, Outcome: bank.Paid}, {Batch: batch, Line: 2, Amount: 9027000, Outcome: bank.Paid}})
	for _, changed := range []int{2, 0} {
		var read struct{ Changed int }
		s.As("agency-fund_cashier-2").Upload(http.MethodPost, "/payments/results", "回盘.csv", results).Expect(http.StatusOK).Read(&read)
		if read.Changed != changed {
			t.Errorf("%d lines changed, not %d", read.Changed, changed)
		}
	}
	s.As("agency-internal_auditor-1").Upload(http.MethodPost, "/payments/results", "回盘.csv", results).Expect(http.StatusForbidden)
	signed(t, s, no, "agency-fund_cashier-2", map[string]any{"reconciled": true}).Expect(http.StatusOK)
	signed(t, s, no, community, map[string]any{"deliveredBy": "hand"}).Expect(http.StatusOK)
	for name, rows := range s.Tables() {
		if all := fmt.Sprint(rows); strings.Contains(all, account) || strings.Contains(all, number) {
			t.Errorf("%s holds a number in the clear", name)
		}
	}
	if found := s.Doctor(); len(found) > 0 {
		t.Errorf("doctor found: %v", found)
	}
}

// What the first of a meeting has written of it, the second is shown and confirms.
func TestTheMinutesOfAMeetingAreWrittenOnce(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person := dead(s)
	claimant := func(row, share int) map[string]any {
		return map[string]any{"name": fmt.Sprintf("李某%d", row), "relation": "子女", "idNumber": stacktest.IDNumber("19780302", 20+row), "bank": "工商银行", "account": fmt.Sprintf("622202000000%04d", row), "share": share}
	}
	var submitted stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant(1, 5000), claimant(2, 5000)}}}).Expect(http.StatusCreated).Read(&submitted)
	no := submitted.No
	signed(t, s, no, community, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "disputed", "disagreement": "份额不一致", "undertaking": true}).Expect(http.StatusOK)
	signed(t, s, no, "agency-clerk-1", map[string]any{"contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "no"}).Expect(http.StatusOK)
	signed(t, s, no, "agency-reviewer-1", nil).Expect(http.StatusOK)
	signed(t, s, no, "agency-head-1", nil).Expect(http.StatusOK)
	open := func(username string) stacktest.Task {
		t.Helper()
		for _, task := range s.Read(username, no).Tasks {
			if task.State == "open" && strings.HasSuffix(username, task.Role+"-1") {
				return task
			}
		}
		t.Fatalf("%s has no task of the meeting", username)
		return stacktest.Task{}
	}
	minutes := map[string]any{"minutesNumber": "会纪〔2026〕1号", "resolution": "各得一半"}
	sign := func(username string, form map[string]any) {
		t.Helper()
		task := open(username)
		body := stacktest.Approval(s.Read(username, no), task)
		body["form"] = form
		s.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", body).Expect(http.StatusOK)
	}
	if proposal := open("bureau-head-1").Form.Proposal; len(proposal) > 0 {
		t.Errorf("before anybody has written, %v is proposed", proposal)
	}
	sign("bureau-reviewer-1", minutes)
	if proposal := open("bureau-head-1").Form.Proposal; !maps.Equal(proposal, minutes) {
		t.Errorf("the second is proposed %v", proposal)
	}
	sign("bureau-head-1", open("bureau-head-1").Form.Proposal)
	if stage := s.Read("agency-fund_cashier-1", no).Stage; stage != "benefit-release" {
		t.Errorf("after the meeting the case stands at %s", stage)
	}
}
