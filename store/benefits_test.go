package store_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/bank"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// heirs are two of the family who share; account is that of the second.
func heirs(account string) []view.NewClaimant {
	return []view.NewClaimant{{Name: "李某某", Relation: "配偶", IDNumber: stacktest.IDNumber("19550302", 22), Bank: "工商银行", Account: "6222020000001111", Share: 6000},
		{Name: "张小某", Relation: "子女", IDNumber: stacktest.IDNumber("19800302", 31), Bank: "建设银行", Account: account, Share: 4000}}
}

// claims takes a claim in at the community's counter, as the API does.
func (s *scene) claims(person string, claimants ...view.NewClaimant) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(procedures.TypeBenefit)
	actor := s.actor(counter)
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "遗属待遇", RequestActor: counter, RequestKey: stacktest.NextKey(), Claimants: claimants,
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Subject: person, Form: approval.Form{}, Key: "submit", OwnsFirst: true,
			Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Facts: map[string]string{procedures.FactRegion: "210106"}}})
	return entry.Case, err
}

// step signs the open stage of a case as somebody, with what they fill in.
func (s *scene) step(no, username string, form map[string]any) *approval.Error {
	s.t.Helper()
	return s.does(no, username, approval.ActionApprove, func(command *approval.Command) {
		for key, value := range form {
			command.Form[key], _ = json.Marshal(value)
		}
	})
}

var (
	claimed    = map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "shares", "agreement": "2026-11-20，一式三份", "undertaking": true}
	calculated = map[string]any{"contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "no"}
)

// released carries a claim up to the payment.
func (s *scene) released(no string) {
	s.t.Helper()
	s.must(s.step(no, counter, claimed))
	s.must(s.step(no, "agency-clerk-1", calculated))
	s.must(s.step(no, "agency-reviewer-1", nil))
	s.must(s.step(no, "agency-head-1", nil))
	s.must(s.step(no, "agency-fund_cashier-1", nil))
}

// bankDay does what the worker does, until the bank has nothing more to say.
func (s *scene) bankDay(simulator *bank.Simulator) {
	s.t.Helper()
	ctx := s.t.Context()
	for {
		no, err := s.MakeBatch(ctx)
		if err != nil {
			s.t.Fatal(err)
		}
		if err := s.HandBatches(ctx, simulator.Hand); err != nil {
			s.t.Fatal(err)
		}
		files, _ := simulator.Collect(ctx)
		for _, file := range files {
			if _, err := s.ReadResults(ctx, "bank", file); err != nil {
				s.t.Fatal(err)
			}
			_ = simulator.Taken(ctx, bank.Digest(file))
		}
		if no == "" && simulator.Idle() {
			return
		}
	}
}

func (s *scene) payments(no string) string {
	return stacktest.Value[string](s.Database, `SELECT coalesce(string_agg(row(claimant, kind, amount, state)::text, ' ' ORDER BY id), '') FROM payments WHERE case_no = $1`, no)
}

// A claim goes from the counter to the bank: sums by the rule, shares to the fen, an account the bank refuses is
// corrected by two who do not handle the fund, and nothing is paid twice. Numbers and accounts stand nowhere in the clear.
func TestABenefitIsPaidOnce(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	if _, err := s.claims(person, heirs("6227000000000000")...); codeOf(err) != approval.CodeInvalidInput {
		t.Fatalf("without a verified death: %v", err)
	}
	death := s.died(person, "2026-10-05")
	no, err := s.claims(person, heirs("6227000000000000")...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.claims(person, heirs("6227000000005555")...); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, no) {
		t.Errorf("a second claim: %v", err)
	}
	s.released(no)
	// 5015 yuan a month: 2 months for the funeral, 24 less 6 for the family.
	want := fmt.Sprintf("(%[1]s.1,funeral,601800,released) (%[1]s.1,survivor,5416200,released) (%[1]s.2,funeral,401200,released) (%[1]s.2,survivor,3610800,released)", no)
	if got := s.payments(no); got != want {
		t.Errorf("owed:\n%s\n%s", got, want)
	}
	s.refused(approval.CodeConflictOfDuties, s.step(no, "agency-fund_cashier-1", map[string]any{"reconciled": true}))
	s.refused(approval.CodeWrongState, s.step(no, "agency-fund_cashier-2", map[string]any{"reconciled": true}))
	s.refused(approval.CodeWrongState, s.does(no, "agency-fund_cashier-2", approval.ActionReturn, func(c *approval.Command) {
		c.Form, c.ToStage, c.AfterReturn, c.Defects = approval.Form{}, procedures.StageBenefitCalculation, approval.AfterReturnWalk, []approval.Defect{{Item: "账户", Detail: "有误"}}
	}))
	simulator := bank.NewSimulator()
	s.bankDay(simulator)
	if paid := simulator.Paid(); paid["6222020000001111"] != 6018000 || len(paid) != 1 {
		t.Errorf("the bank has paid %v", paid)
	}
	correction := stacktest.Value[string](s.Database, `SELECT DISTINCT correction FROM payments WHERE case_no = $1 AND state = 'refused'`, no)
	s.refused(approval.CodeInvalidInput, s.step(correction, "agency-clerk-1", map[string]any{"confirmedWith": "seen"}))
	if err := s.SetClaimants(t.Context(), s.scope("agency-fund_cashier-1"), correction, []view.NewClaimant{{Bank: "建设银行", Account: "6227000000005555"}}); codeOf(err) != approval.CodeWrongState {
		t.Errorf("whoever handles the fund names an account: %v", err)
	}
	if err := s.SetClaimants(t.Context(), s.scope("agency-clerk-1"), correction, []view.NewClaimant{{Bank: "建设银行", Account: "6227000000005555"}}); err != nil {
		t.Fatal(err)
	}
	s.must(s.step(correction, "agency-clerk-1", map[string]any{"confirmedWith": "seen"}))
	s.must(s.step(correction, "agency-reviewer-1", nil))
	s.bankDay(simulator)
	if paid := simulator.Paid(); paid["6227000000005555"] != 4012000 || len(paid) != 2 {
		t.Errorf("the bank has paid %v", paid)
	}
	s.must(s.step(no, "agency-fund_cashier-2", map[string]any{"reconciled": true}))
	s.must(s.step(no, counter, map[string]any{"deliveredBy": "hand"}))
	if !s.fold(no).Ended() || s.balance(death, "paid") != -10030000 || s.balance(death, "transit") != 0 || s.balance(death, "payable") != 0 {
		t.Errorf("paid %s, in transit %s, payable %s", s.balance(death, "paid"), s.balance(death, "transit"), s.balance(death, "payable"))
	}
	if _, err := s.claims(person, heirs("6227000000005555")...); codeOf(err) != approval.CodeDuplicate {
		t.Errorf("claimed again once it is paid: %v", err)
	}
	if found := s.traces("6222020000001111", "6227000000005555", "6227000000000000", stacktest.IDNumber("19550302", 22)); len(found) > 0 {
		t.Errorf("in the clear: %v", found)
	}
	s.clean()
}

// Everything that is missing is told at once, and what another scheme pays is refused with its reason.
func TestWhatAClaimLacksIsToldAtOnce(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	s.died(person, "2026-10-05")
	list := heirs("")
	list[0].Share = 5000
	no, err := s.claims(person, list...)
	if err != nil {
		t.Fatal(err)
	}
	refusal := s.step(no, counter, map[string]any{"cause": "work", "otherScheme": "yes", "arrangement": "sole", "undertaking": true})
	var places []string
	if refusal != nil {
		for _, problem := range refusal.Problems {
			places = append(places, problem.Location)
		}
	}
	if got := strings.Join(places, " "); got != "form.cause form.otherScheme claimants.1.account claimants" {
		t.Errorf("told: %s", got)
	}
	if err := s.SetClaimants(t.Context(), s.scope(counter), no, heirs("6227000000005555")); err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, counter, claimed))
	if err := s.SetClaimants(t.Context(), s.scope(counter), no, heirs("6227000000006666")); codeOf(err) != approval.CodeWrongState {
		t.Errorf("the account is changed after the claim was signed: %v", err)
	}
}

// Sums set by hand and a family that disagrees go to the meeting, which may still turn them down.
func TestAMeetingDecidesWhatTheRuleDoesNot(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	s.died(person, "2026-10-05")
	no, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, counter, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "disputed", "disagreement": "子女不同意份额", "undertaking": true}))
	s.must(s.step(no, "agency-clerk-1", map[string]any{"contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "yes", "overrideFuneral": 100, "overrideSurvivor": 201, "overrideReason": "特殊文件"}))
	s.must(s.step(no, "agency-reviewer-1", nil))
	s.must(s.step(no, "agency-head-1", nil))
	minutes := map[string]any{"minutesNumber": "2026-3", "resolution": "同意"}
	s.must(s.step(no, "bureau-reviewer-1", minutes))
	s.must(s.step(no, "bureau-head-1", minutes))
	s.must(s.step(no, "agency-fund_cashier-1", nil))
	if got := s.payments(no); !strings.Contains(got, ".1,funeral,60,released") || !strings.Contains(got, ".1,survivor,121,released") || !strings.Contains(got, ".2,survivor,80,released") {
		t.Errorf("owed: %s", got)
	}
	if s.form(no, "meetingReason") != "人工核定金额、家属之间有争议" {
		t.Errorf("why: %s", s.form(no, "meetingReason"))
	}
	s.clean()
}

// The bank contradicts itself, names a line there is not, and another sum: nothing of it moves money.
func TestABankThatContradictsItselfMovesNothing(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	death := s.died(person, "2026-10-05")
	no, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		t.Fatal(err)
	}
	s.released(no)
	batch, err := s.MakeBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	read := func(results ...bank.Result) view.ResultsRead {
		t.Helper()
		read, err := s.ReadResults(context.Background(), "upload", bank.Results(results))
		if err != nil {
			t.Fatal(err)
		}
		return read
	}
	paid := bank.Result{Batch: batch, Line: 1, Amount: 601800, Outcome: bank.Paid}
	if first := read(paid); first.Changed != 1 {
		t.Errorf("read: %+v", first)
	}
	if again := read(paid); !again.Known || again.Changed != 0 {
		t.Errorf("the same file: %+v", again)
	}
	odd := read(paid, bank.Result{Batch: batch, Line: 1, Amount: 601800, Outcome: bank.Refused}, bank.Result{Batch: batch, Line: 9, Amount: 1, Outcome: bank.Paid}, bank.Result{Batch: batch, Line: 2, Amount: 1, Outcome: bank.Paid})
	if odd.Changed != 0 || odd.Discrepancies != 3 {
		t.Errorf("what does not fit: %+v", odd)
	}
	if s.balance(death, "paid") != -601800 {
		t.Errorf("paid: %s", s.balance(death, "paid"))
	}
	s.clean()
}

// A refusal that comes after the account was corrected sends the payment out again, and asks nobody for another one.
func TestALateRefusalFindsTheAccountCorrected(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	death := s.died(person, "2026-10-05")
	list := heirs("")[:1]
	list[0].Share = 10000
	no, err := s.claims(person, list...)
	if err != nil {
		t.Fatal(err)
	}
	s.released(no)
	batch, err := s.MakeBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	refuses := func(line int, amount int64) {
		t.Helper()
		if _, err := s.ReadResults(t.Context(), "bank", bank.Results([]bank.Result{{Batch: batch, Line: line, Amount: amount, Outcome: bank.Refused, Reason: "账号不存在"}})); err != nil {
			t.Fatal(err)
		}
	}
	refuses(1, 1003000)
	correction := stacktest.Value[string](s.Database, `SELECT correction FROM payments WHERE state = 'refused'`)
	if err := s.SetClaimants(t.Context(), s.scope("agency-clerk-1"), correction, []view.NewClaimant{{Bank: "建设银行", Account: "6227000000005555"}}); err != nil {
		t.Fatal(err)
	}
	s.must(s.step(correction, "agency-clerk-1", map[string]any{"confirmedWith": "seen"}))
	s.must(s.step(correction, "agency-reviewer-1", nil))
	refuses(2, 9027000)
	simulator := bank.NewSimulator()
	s.bankDay(simulator)
	if paid := simulator.Paid(); paid["6227000000005555"] != 10030000 || s.balance(death, "paid") != -10030000 {
		t.Errorf("the bank has paid %v", paid)
	}
	s.clean()
}

// A death before the national measures goes by the standard that was in force in its place on that day.
func TestAnOldDeathGoesByTheStandardOfItsDay(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	for from, months := range map[string]int{"2005-01-01": 2, "2019-01-01": 4} {
		s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('former_funeral_months', '210106', $1::date, 1, to_jsonb($2::int), '铁西文件')`, from, months)
	}
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('former_survivor_months:1', '210000', '2005-01-01', 1, '6', '辽宁文件')`)
	s.died(person, "2018-05-20")
	no, err := s.claims(person, view.NewClaimant{Name: "赵某", Relation: "配偶", IDNumber: stacktest.IDNumber("19550302", 31), Bank: "工商银行", Account: "6222020000001111", Share: 10000})
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, counter, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true}))
	s.must(s.step(no, "agency-clerk-1", map[string]any{"contributionYears": 30, "pensionYears": 6, "override": "no", "monthlyWage": 500000, "dependants": 1}))
	s.must(s.step(no, "agency-reviewer-1", nil))
	fold := s.fold(no)
	if string(fold.Form["funeralGrant"]) != "1000000" || string(fold.Form["survivorPayment"]) != "3000000" || string(fold.Form["total"]) != "4000000" {
		t.Errorf("two months for the funeral and six for one dependant: %s, %s, %s", fold.Form["funeralGrant"], fold.Form["survivorPayment"], fold.Form["total"])
	}
}
