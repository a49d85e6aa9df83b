package store_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/bank"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// overpaid is a retiree who died in August and whose death was verified in November: the pension of September and
// October was paid, so that the program begins a recovery.
func (s *scene) overpaid() (person, death, recovery string) {
	s.t.Helper()
	person = s.retired(stacktest.NewPerson(1, nil))[0]
	s.Run(`INSERT INTO pension_records(id_index, name, status, paying_agency, source, loaded_at) SELECT id_index, name, 'receiving', '区社保', 'test', now() FROM persons WHERE id = $1 ON CONFLICT DO NOTHING`, person)
	death = s.died(person, "2026-08-20")
	return person, death, stacktest.Value[string](s.Database, `SELECT coalesce(max(case_no), '') FROM recoveries WHERE death = $1`, death)
}

// recovers begins a recovery at the agency, as the API does.
func (s *scene) recovers(person, death string) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(procedures.TypeRecovery)
	actor := s.actor("agency-clerk-1")
	title, facts, form := procedures.RecoveryCase("逝者", "210106", "enterprise-1", death, "", "")
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: title, RequestActor: actor.Person, RequestKey: stacktest.NextKey(),
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Subject: person, Form: form, Key: "submit", OwnsFirst: true, Stages: procedure.Stages, Facts: facts}})
	return entry.Case, err
}

var twoMonths = map[string]any{"debtor": "李某某（配偶）", "how": "late", "months": []map[string]any{{"month": "2026-08", "paid": 300000}, {"month": "2026-10", "paid": 320001}, {"month": "2026-09", "paid": 312344}}}

// demanded carries a recovery to the answer of the family; those who approve are the second of each.
func (s *scene) demanded(no string) {
	s.t.Helper()
	s.must(s.step(no, "agency-clerk-2", twoMonths))
	s.must(s.step(no, "agency-reviewer-2", nil))
	s.must(s.step(no, "agency-head-2", nil))
	s.must(s.step(no, "agency-clerk-1", map[string]any{"deliveredOn": "2026-11-23", "deliveredBy": "hand"}))
}

func (s *scene) receives(no, username, number string, amount int64) error {
	s.t.Helper()
	return s.RecordReceipt(s.t.Context(), s.scope(username), no, view.NewReceipt{Number: number, Amount: amount, ReceivedOn: s.Clock.Now().Format("2006-01-02"), Method: "transfer"})
}

func (s *scene) recovery(no string) *view.RecoveryCase {
	s.t.Helper()
	found, err := s.RecoveryCase(s.t.Context(), s.fold(no))
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// withConsent is an answer that lets so much be kept of a claimant's benefit.
func withConsent(claimant string, amount int64) map[string]any {
	return map[string]any{"answer": "set-off", "setOffs": []map[string]any{{"claimant": claimant, "amount": amount}}, "materials": []string{procedures.MaterialConsent}}
}

// Two months are claimed back in instalments: the month of the death is not among them, each receipt counts once,
// none takes more than is open, and the case closes when nothing is.
func TestOverpaidMonthsComeBackInInstalments(t *testing.T) {
	s := newScene(t)
	person, death, no := s.overpaid()
	if no == "" {
		t.Fatal("the program begins no recovery")
	}
	if months := proposed[struct{ Month string }](s, no, "months"); len(months) != 2 || months[0].Month != "2026-09" || months[1].Month != "2026-10" {
		t.Errorf("the months proposed are %v", months)
	}
	if _, err := s.recovers(person, death); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, no) {
		t.Errorf("a second recovery: %v", err)
	}
	s.demanded(no)
	if s.form(no, "answerTime") != "30 个工作日" || s.due(no) != "2027-01-04" || s.balance(death, "recovery") != 632345 || s.balance(death, "fund") != -632345 {
		t.Errorf("%s, until %s, %s claimed", s.form(no, "answerTime"), s.due(no), s.balance(death, "recovery"))
	}
	s.clean()
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"answer": "silent"}))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"answer": "defaulted"}))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"answer": "not-owed"}))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-11-01"}))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-12-15",
		"instalments": []map[string]any{{"dueOn": "2026-12-15", "amount": 1}, {"dueOn": "2027-01-15", "amount": 2}}}))
	s.must(s.step(no, "agency-clerk-1", map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-12-15"}))
	if err := s.receives(no, "agency-fund_cashier-1", "S-1", 1); codeOf(err) != approval.CodeWrongState {
		t.Errorf("received before it is agreed: %v", err)
	}
	s.must(s.step(no, "agency-head-2", nil))
	if s.due(no) != "2027-01-15" {
		t.Errorf("to be repaid by %s", s.due(no))
	}
	for _, test := range []struct {
		username, number string
		amount           int64
		want             approval.Code
	}{
		{"agency-clerk-1", "S-1", 316173, approval.CodeNoRole}, {"agency-fund_cashier-1", "S-1", 632346, approval.CodeInvalidInput}, {"agency-fund_cashier-1", "S-1", 0, approval.CodeInvalidInput},
		{"agency-fund_cashier-1", "S-1", 316173, ""}, {"agency-fund_cashier-2", "S-1", 1, approval.CodeDuplicate}, {"agency-fund_cashier-2", "S-2", 316173, approval.CodeInvalidInput},
	} {
		if err := s.receives(no, test.username, test.number, test.amount); codeOf(err) != test.want {
			t.Errorf("%s receives %d as %s: %v", test.username, test.amount, test.number, err)
		}
	}
	s.clean()
	if found := s.recovery(no); found.Instalments[0].State != "paid" || found.Instalments[1].State != "open" || found.Open != 316172 || found.Recovered != 316173 || len(found.Months) != 3 {
		t.Errorf("it stands as %+v", found)
	}
	s.refused(approval.CodeWrongState, s.step(no, "agency-fund_cashier-1", map[string]any{"repayment": "repaid"}))
	s.refused(approval.CodeWrongState, s.step(no, "agency-fund_cashier-1", map[string]any{"repayment": "unpaid"}))
	s.on("2027-01-16 09:00")
	if found := s.recovery(no); found.Instalments[1].State != "overdue" {
		t.Errorf("the second stands as %+v", found.Instalments[1])
	}
	if err := s.receives(no, "agency-fund_cashier-2", "S-2", 316172); err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, "agency-fund_cashier-1", map[string]any{"repayment": "repaid"}))
	if !s.fold(no).Ended() || s.balance(death, "recovery") != 0 || s.recovery(no).Ending != "repaid" {
		t.Errorf("%s is left", s.balance(death, "recovery"))
	}
	again, err := s.recovers(person, death)
	if err != nil {
		t.Fatal(err)
	}
	s.refused(approval.CodeInvalidInput, s.step(again, "agency-clerk-1", twoMonths))
	s.clean()
}

// Whoever calculated, reviewed or decided the benefit of a death does not sign the same of the recovery, nor the
// other way round.
func TestARecoveryIsApprovedApartFromTheBenefit(t *testing.T) {
	s := newScene(t)
	person, _, no := s.overpaid()
	benefit, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.step(benefit, counter, claimed))
	s.must(s.step(benefit, "agency-clerk-1", calculated))
	s.refused(approval.CodeConflictOfDuties, s.step(no, "agency-clerk-1", twoMonths))
	offered := func(username, want string) {
		t.Helper()
		tasks, _, err := s.Tasks(t.Context(), s.scope(username), filterOf("claimable"))
		if got := strings.Join(caseNumbers(tasks), " "); err != nil || got != want {
			t.Errorf("%s is offered %q, not %q (%v)", username, got, want, err)
		}
	}
	offered("agency-clerk-1", "")
	offered("agency-clerk-2", no)
	s.must(s.step(no, "agency-clerk-2", twoMonths))
	s.must(s.step(no, "agency-reviewer-2", nil))
	offered("agency-reviewer-1", benefit)
	offered("agency-reviewer-2", "")
	s.refused(approval.CodeConflictOfDuties, s.step(benefit, "agency-reviewer-2", nil))
	s.must(s.step(benefit, "agency-reviewer-1", nil))
	s.clean()
}

// What a claimant consents to is kept of the benefit as it is released, and of no other's; without consent, or for
// somebody who claims nothing, nothing is.
func TestASetOffNeedsConsentAndIsNotPaidOut(t *testing.T) {
	s := newScene(t)
	person, death, no := s.overpaid()
	s.demanded(no)
	s.refused(approval.CodeWrongState, s.step(no, "agency-clerk-1", withConsent("李某某", 632345)))
	benefit, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		t.Fatal(err)
	}
	bare := withConsent("李某某", 632345)
	delete(bare, "materials")
	s.refused(approval.CodeMissingMaterials, s.step(no, "agency-clerk-1", bare))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", withConsent("王某某", 632345)))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", withConsent("李某某", 632346)))
	s.must(s.step(no, "agency-clerk-1", withConsent("李某某", 632345)))
	s.must(s.step(no, "agency-head-2", nil))
	s.clean()
	s.released(benefit)
	// 6018.00 of the funeral grant are kept whole, the rest comes off the survivor payment.
	if got := s.payments(benefit); strings.Contains(got, ".1,funeral") || !strings.Contains(got, ".1,survivor,5385655,released") || !strings.Contains(got, ".2,funeral,401200,released") {
		t.Errorf("owed: %s", got)
	}
	s.bankDay(bank.NewSimulator())
	s.must(s.step(benefit, "agency-fund_cashier-2", map[string]any{"reconciled": true}))
	if s.balance(death, "payable") != 0 || s.balance(death, "recovery") != 0 || s.balance(death, "paid") != -(10030000-632345) {
		t.Errorf("payable %s, recovery %s, paid %s", s.balance(death, "payable"), s.balance(death, "recovery"), s.balance(death, "paid"))
	}
	report, err := s.Reconciliation(t.Context(), s.scope("agency-fund_cashier-1"))
	if err != nil || !report.Agrees {
		t.Errorf("the ledger says %+v (%v)", report, err)
	}
	if found := s.recovery(no); found.SetOff != 632345 || found.Open != 0 || found.SetOffs[0].Applied != 632345 {
		t.Errorf("it stands as %+v", found)
	}
	s.must(s.step(no, "agency-fund_cashier-1", map[string]any{"repayment": "repaid"}))
	s.clean()
}

// Who does not answer is the bureau's matter: it decides the next step, what comes in still counts, and it ends what
// does not.
func TestWhatIsNotRepaidTheBureauEnds(t *testing.T) {
	for ending, left := range map[string]int64{"written_off": 0, "court": 232345} {
		s := newScene(t)
		_, death, no := s.overpaid()
		s.demanded(no)
		s.on("2027-01-06 09:00")
		s.must(s.step(no, "agency-clerk-1", map[string]any{"answer": "silent"}))
		s.must(s.step(no, "bureau-clerk-1", map[string]any{"referral": "court", "referralReason": "期满未答复"}))
		s.must(s.step(no, "bureau-head-1", map[string]any{"referralDocument": "铁西人社决〔2027〕1号"}))
		if err := s.receives(no, "agency-fund_cashier-1", "S-1", 400000); err != nil {
			t.Fatal(err)
		}
		s.must(s.step(no, "agency-fund_cashier-1", map[string]any{"repayment": "unpaid"}))
		s.must(s.step(no, "bureau-clerk-1", map[string]any{"ending": ending, "endingReason": "依规定"}))
		s.must(s.step(no, "bureau-head-1", map[string]any{"endingDocument": "铁西人社终〔2027〕1号"}))
		if found := s.recovery(no); !s.fold(no).Ended() || found.Ending != ending || found.Open != left || int64(s.balance(death, "recovery")) != left {
			t.Errorf("%s leaves %+v", ending, found)
		}
		s.clean()
	}
}

// An agreement that is not kept goes back to the clerk; before the day has passed it is kept.
func TestAnAgreementThatIsNotKept(t *testing.T) {
	s := newScene(t)
	_, _, no := s.overpaid()
	s.demanded(no)
	s.must(s.step(no, "agency-clerk-1", map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-12-15"}))
	s.must(s.step(no, "agency-head-2", nil))
	back := func(toStage string) *approval.Error {
		return s.does(no, "agency-fund_cashier-1", approval.ActionReturn, func(c *approval.Command) {
			c.Form, c.ToStage, c.AfterReturn, c.Defects = approval.Form{}, toStage, approval.AfterReturnWalk, []approval.Defect{{Item: "还款", Detail: "逾期"}}
		})
	}
	s.refused(approval.CodeWrongState, back(procedures.StageRecoveryCalculation))
	s.must(back(procedures.StageRecoveryAnswer))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"answer": "defaulted"}))
	s.on("2026-12-16 09:00")
	s.must(s.step(no, "agency-clerk-1", map[string]any{"answer": "defaulted"}))
	if stage := s.fold(no).Current().Stage; stage != procedures.StageRecoveryReferral {
		t.Errorf("it stands at %s", stage)
	}
	s.clean()
}

// A death that was wrong takes its money back: the claim on pension ends and what came in for it is given back, what
// the bank has not got is cancelled, and what was paid is claimed from each claimant.
func TestARescindedDeathTakesItsMoneyBack(t *testing.T) {
	s := newScene(t)
	person, death, no := s.overpaid()
	s.demanded(no)
	benefit, err := s.claims(person, heirs("6227000000000000")...)
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, "agency-clerk-1", withConsent("李某某", 100000)))
	s.must(s.step(no, "agency-head-2", nil))
	if err := s.receives(no, "agency-fund_cashier-1", "S-1", 200000); err != nil {
		t.Fatal(err)
	}
	s.released(benefit)
	// The bank pays the first claimant and refuses the account of the second.
	s.bankDay(bank.NewSimulator())
	alive := s.reportAlive(person, death)
	s.stepUntil(alive, "")
	if got := s.payments(benefit); strings.Count(got, "cancelled") != 2 || strings.Count(got, "paid)") != 2 {
		t.Errorf("the payments are %s", got)
	}
	var months []struct{ Month string }
	_ = json.Unmarshal(s.fold(alive).Form["withheldMonths"], &months)
	if string(s.fold(alive).Form["returnedTotal"]) != "200000" || len(months) != 1 || months[0].Month != "2026-11" {
		t.Errorf("given back %s, withheld %v", s.fold(alive).Form["returnedTotal"], months)
	}
	if s.balance(death, "recovery") != 0 || s.balance(death, "payable") != 0 || s.balance(death, "paid") != -(6018000-100000) || s.balance(death, "fund") != 6018000-100000 {
		t.Errorf("recovery %s, payable %s, paid %s, fund %s", s.balance(death, "recovery"), s.balance(death, "payable"), s.balance(death, "paid"), s.balance(death, "fund"))
	}
	s.clean()
	// The open claim on pension is closed by those who have it in hand.
	if err := s.receives(no, "agency-fund_cashier-1", "S-2", 1); codeOf(err) != approval.CodeInvalidInput {
		t.Errorf("received for what is not owed: %v", err)
	}
	s.must(s.step(no, "agency-fund_cashier-1", map[string]any{"repayment": "repaid"}))
	taken := stacktest.Value[string](s.Database, `SELECT string_agg(case_no, ' ') FROM recoveries WHERE debtor <> ''`)
	if s.fold(taken).Facts[procedures.FactDebtor] != benefit+".1" {
		t.Fatalf("claimed back in %s", taken)
	}
	s.must(s.step(taken, "agency-clerk-2", nil))
	s.must(s.step(taken, "agency-reviewer-2", nil))
	s.refused(approval.CodeConflictOfDuties, s.step(taken, "agency-head-1", nil))
	s.must(s.step(taken, "agency-head-2", nil))
	s.must(s.step(taken, "agency-clerk-1", map[string]any{"deliveredBy": "hand"}))
	s.must(s.step(taken, "agency-clerk-1", map[string]any{"answer": "pays"}))
	if err := s.receives(taken, "agency-fund_cashier-1", "S-3", 6018000-100000); err != nil {
		t.Fatal(err)
	}
	s.must(s.step(taken, "agency-fund_cashier-1", map[string]any{"repayment": "repaid"}))
	for _, account := range []string{"fund", "payable", "transit", "paid", "recovery"} {
		if s.balance(death, account) != 0 {
			t.Errorf("%s stands at %s", account, s.balance(death, account))
		}
	}
	// The correction of the refused account is dropped: nothing is owed.
	correction := stacktest.Value[string](s.Database, `SELECT DISTINCT correction FROM payments WHERE correction IS NOT NULL`)
	command := s.command(correction, "agency-clerk-1", approval.ActionWithdraw)
	command.TaskID, command.Opinion = "", "无需支付"
	if refusal := s.act(correction, command).Refusal; refusal != nil {
		t.Error(refusal)
	}
	s.clean()
}

// The bank's answer that comes after the death was rescinded: what it paid is claimed back, what it refused ends.
func TestALateResultOfARescindedDeath(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	death := s.died(person, "2026-10-05")
	benefit, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		t.Fatal(err)
	}
	s.released(benefit)
	batch, err := s.MakeBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.stepUntil(s.reportAlive(person, death), "")
	s.clean()
	if _, err := s.ReadResults(t.Context(), "bank", bank.Results([]bank.Result{{Batch: batch, Line: 1, Amount: 601800, Outcome: bank.Paid}, {Batch: batch, Line: 2, Amount: 5416200, Outcome: bank.Refused, Reason: "账号不存在"},
		{Batch: batch, Line: 3, Amount: 401200, Outcome: bank.Paid}, {Batch: batch, Line: 4, Amount: 3610800, Outcome: bank.Paid}})); err != nil {
		t.Fatal(err)
	}
	if debtors := stacktest.Value[string](s.Database, `SELECT string_agg(debtor, ' ' ORDER BY debtor) FROM recoveries`); debtors != benefit+".1 "+benefit+".2" {
		t.Errorf("recovered from %s", debtors)
	}
	if corrections := stacktest.Value[int64](s.Database, `SELECT count(*) FROM payee_corrections`); corrections != 0 || s.balance(death, "transit") != 0 || s.balance(death, "payable") != 0 {
		t.Errorf("%d corrections, %s payable", corrections, s.balance(death, "payable"))
	}
	s.clean()
}

// An objection that holds ends the claim; so does taking the case back before it is decided.
func TestADroppedClaimOwesNothing(t *testing.T) {
	s := newScene(t)
	person, death, no := s.overpaid()
	s.demanded(no)
	s.must(s.step(no, "agency-clerk-1", map[string]any{"answer": "objection", "objection": "十月没有领取"}))
	s.must(s.does(no, "agency-head-1", approval.ActionReject, func(c *approval.Command) { c.Clause, c.Form = "S2.2(1)", approval.Form{} }))
	if s.balance(death, "recovery") != 0 || s.balance(death, "fund") != 0 || s.recovery(no).Ending != "void" {
		t.Errorf("%s is left", s.balance(death, "recovery"))
	}
	again, err := s.recovers(person, death)
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.step(again, "agency-clerk-1", twoMonths))
	command := s.command(again, "agency-clerk-1", approval.ActionWithdraw)
	command.TaskID, command.Opinion = "", "另行核实"
	if refusal := s.act(again, command).Refusal; refusal != nil {
		t.Error(refusal)
	}
	s.clean()
}

// Doctor finds a receipt that is not booked, instalments that are not the claim, and a state the case has not.
func TestDoctorFindsARecoveryThatIsNotTheLedgers(t *testing.T) {
	s := newScene(t)
	_, _, no := s.overpaid()
	s.demanded(no)
	s.must(s.step(no, "agency-clerk-1", map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-12-15"}))
	s.must(s.step(no, "agency-head-2", nil))
	s.clean()
	for damage, mend := range map[string]string{
		`UPDATE recoveries SET claimed = claimed + 1`:                          `UPDATE recoveries SET claimed = claimed - 1`,
		`UPDATE recoveries SET state = 'ended'`:                                `UPDATE recoveries SET state = 'decided'`,
		`UPDATE recovery_instalments SET amount = amount + 1 WHERE number = 1`: `UPDATE recovery_instalments SET amount = amount - 1 WHERE number = 1`,
		`UPDATE recovery_months SET due = 1 WHERE month = '2026-09'`:           `UPDATE recovery_months SET due = 0 WHERE month = '2026-09'`,
		`INSERT INTO recovery_receipts SELECT office, 'x', case_no, 5, '2026-11-24', 'counter', 'agency-fund_cashier-1', now() FROM recoveries`: `DELETE FROM recovery_receipts`,
	} {
		s.Run(damage)
		if found := s.examine(nil); len(found) == 0 {
			t.Errorf("%s is not found", damage)
		}
		s.Run(mend)
		s.clean()
	}
}

// A claim whose death proves to be wrong before the letter went out is closed without one.
func TestAClaimThatIsNotOwedIsClosedWithoutALetter(t *testing.T) {
	s := newScene(t)
	person, death, no := s.overpaid()
	s.must(s.step(no, "agency-clerk-2", twoMonths))
	s.must(s.step(no, "agency-reviewer-2", nil))
	s.must(s.step(no, "agency-head-2", nil))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"deliveredBy": "not-needed"}))
	s.stepUntil(s.reportAlive(person, death), "")
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"deliveredBy": "hand"}))
	s.must(s.step(no, "agency-clerk-1", map[string]any{"deliveredBy": "not-needed"}))
	s.refused(approval.CodeInvalidInput, s.step(no, "agency-clerk-1", map[string]any{"answer": "pays"}))
	s.must(s.step(no, "agency-clerk-1", map[string]any{"answer": "not-owed"}))
	s.must(s.step(no, "agency-fund_cashier-1", nil))
	if !s.fold(no).Ended() || s.recovery(no).Ending != "void" || s.balance(death, "recovery") != 0 {
		t.Errorf("it stands as %+v", s.recovery(no))
	}
	s.clean()
}

// Who has consented to a set-off stays who they are until it is answered anew; their account may be corrected.
func TestAConsentStaysWithWhoGaveIt(t *testing.T) {
	s := newScene(t)
	person, _, no := s.overpaid()
	s.demanded(no)
	family := heirs("6227000000005555")
	benefit, err := s.claims(person, family...)
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, "agency-clerk-1", withConsent("李某某", 632345)))
	set := func(list ...view.NewClaimant) error {
		return s.SetClaimants(t.Context(), s.scope(counter), benefit, list)
	}
	if err := set(family[1], family[0]); codeOf(err) != approval.CodeWrongState || !strings.Contains(approval.AsError(err).Message.ZH, no) {
		t.Errorf("the one who has consented changes places: %v", err)
	}
	alone := family[1]
	alone.Share = 10000
	if err := set(alone); codeOf(err) != approval.CodeWrongState {
		t.Errorf("the one who has consented is left out: %v", err)
	}
	corrected := slices.Clone(family)
	corrected[0].Account = "6222020000007777"
	if err := set(corrected...); err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, "agency-head-2", nil))
	s.released(benefit)
	if found := s.recovery(no); found.SetOff != 632345 {
		t.Errorf("kept of the benefit: %d", found.SetOff)
	}
	s.clean()
	// Without a consent that holds, whoever claims may change.
	person = s.retired(stacktest.NewPerson(2, nil))[0]
	s.died(person, "2026-10-05")
	if benefit, err = s.claims(person, family...); err != nil {
		t.Fatal(err)
	}
	if err := set(alone); err != nil {
		t.Errorf("nobody has consented to anything: %v", err)
	}
}
