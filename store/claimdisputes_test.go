package store_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/bank"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// other is a child of the dead person who was not asked as the others claimed.
func other() view.NewClaimant {
	return view.NewClaimant{Name: "张大某", Relation: "子女", IDNumber: stacktest.IDNumber("19780302", 33), Bank: "农业银行", Account: "6228480000009999", Share: 10000}
}

// claimedTwice is a claim that stands with the agency's head, and a second one by another of the family.
func (s *scene) claimedTwice() (death, first, dispute string) {
	s.t.Helper()
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	death = s.died(person, "2026-10-05")
	first, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.must(s.step(first, counter, claimed))
	s.must(s.step(first, "agency-clerk-1", calculated))
	s.must(s.step(first, "agency-reviewer-1", nil))
	if dispute, err = s.claims(person, other()); err != nil || !strings.HasPrefix(dispute, "CS-") {
		s.t.Fatalf("the second claim is %s: %v", dispute, err)
	}
	return death, first, dispute
}

// decideClaims carries a dispute to its decision.
func (s *scene) decideClaims(dispute, decision string) *approval.Error {
	s.t.Helper()
	s.must(s.step(dispute, counter, map[string]any{"statement": "未被告知申领"}))
	if refusal := s.step(dispute, "agency-clerk-2", map[string]any{"heard": "11月24日电话听取", "decision": decision, "decisionReason": "经核实"}); refusal != nil {
		return refusal
	}
	s.must(s.step(dispute, "agency-reviewer-2", nil))
	return s.step(dispute, "agency-head-1", nil)
}

// follows does to the first claim what the worker sends it, twice, as after a crash.
func (s *scene) follows(want int) {
	s.t.Helper()
	effects, err := s.TakeClaimEffects(s.t.Context())
	if err != nil || len(effects) != want {
		s.t.Fatalf("to be done: %v (%v)", effects, err)
	}
	for _, effect := range effects {
		command := effect.Command("dispute-" + effect.Dispute)
		for range 2 {
			fold := s.fold(effect.Claim)
			entry, refusal := approval.Decide(fold, command)
			if refusal != nil {
				continue // it is done
			}
			if committed, err := s.Commit(s.t.Context(), effect.Claim, fold.Version, command.Key, &entry); err != nil || committed.Refusal != nil {
				s.t.Fatalf("%s: %v %v", effect.Effect, err, committed.Refusal)
			}
		}
		if err := s.FinishClaimEffect(context.Background(), effect); err != nil {
			s.t.Fatal(err)
		}
	}
}

func (s *scene) namesOf(no string) string {
	return stacktest.Value[string](s.Database, `SELECT coalesce(string_agg(name || ' ' || share || ' ' || account_masked, ', ' ORDER BY row), '') FROM benefit_claimants WHERE case_no = $1`, no)
}

// While a second claim is undecided the first is neither decided nor released, a third joins it, and the same people
// do not claim twice. What both sides give is sealed.
func TestAClaimWaitsForTheDisputeAboutIt(t *testing.T) {
	s := newScene(t)
	_, first, dispute := s.claimedTwice()
	person := s.fold(first).Subject
	refusal := s.step(first, "agency-head-1", nil)
	s.refused(approval.CodeWrongState, refusal)
	if !strings.Contains(refusal.Message.ZH, dispute) {
		t.Errorf("refused without naming the dispute: %s", refusal.Message.ZH)
	}
	if _, err := s.claims(person, other()); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, dispute) {
		t.Errorf("a third claim: %v", err)
	}
	s.refused(approval.CodeInvalidInput, s.decideClaims(dispute, procedures.ClaimWronglyPaid))
	s.must(s.does(dispute, counter, approval.ActionWithdraw))
	if _, err := s.claims(person, heirs("6227000000005555")...); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, first) {
		t.Errorf("the same people claim twice: %v", err)
	}
	s.must(s.step(first, "agency-head-1", nil))
	if found := s.traces("6228480000009999", stacktest.IDNumber("19780302", 33)); len(found) > 0 {
		t.Errorf("in the clear: %v", found)
	}
	s.clean()
}

// Both join: the first claim goes back by itself, with the other's claimants, and nobody signs past the agreement.
func TestBothSidesJoinOneClaim(t *testing.T) {
	s := newScene(t)
	death, first, dispute := s.claimedTwice()
	if refusal := s.decideClaims(dispute, procedures.ClaimJoined); refusal != nil {
		t.Fatal(refusal)
	}
	s.refused(approval.CodeWrongState, s.step(first, "agency-head-1", nil))
	s.refused(approval.CodeWrongState, s.does(dispute, "agency-head-1", approval.ActionRecall, func(c *approval.Command) { c.TaskID, c.Form = "", nil }))
	s.follows(1)
	s.follows(0)
	if fold := s.fold(first); fold.Current().Stage != procedures.StageBenefitClaim || fold.Visits[3].Outcome != approval.OutcomeReturned {
		t.Fatalf("the first claim stands at %s", fold.Current().Stage)
	}
	if got := s.namesOf(first); got != "李某某 6000 ****1111, 张小某 4000 ****5555, 张大某 0 ****9999" {
		t.Errorf("they claim together: %s", got)
	}
	list := append(heirs("6227000000005555"), other())
	list[0].Share, list[1].Share, list[2].Share = 4000, 3000, 3000
	if err := s.SetClaimants(t.Context(), s.scope(counter), first, list); err != nil {
		t.Fatal(err)
	}
	s.released(first)
	simulator := bank.NewSimulator()
	s.bankDay(simulator)
	if paid := simulator.Paid(); paid["6228480000009999"] != 3_009_000 || s.balance(death, "paid") != -10_030_000 {
		t.Errorf("the bank has paid %v", paid)
	}
	s.must(s.step(dispute, counter, map[string]any{"deliveredBy": "hand"}))
	s.clean()
}

// The second claim stands: the first ends and the second begins with its claimants, once, whatever is repeated.
func TestTheSecondClaimTakesTheFirstsPlace(t *testing.T) {
	s := newScene(t)
	_, first, dispute := s.claimedTwice()
	if refusal := s.decideClaims(dispute, procedures.ClaimSecond); refusal != nil {
		t.Fatal(refusal)
	}
	s.follows(1)
	if !s.fold(first).Ended() {
		t.Fatal("the first claim goes on")
	}
	successor := stacktest.Value[string](s.Database, `SELECT successor FROM claim_disputes WHERE case_no = $1`, dispute)
	if got := s.namesOf(successor); got != "张大某 10000 ****9999" {
		t.Errorf("claims now: %s", got)
	}
	s.must(s.step(successor, counter, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true}))
	s.must(s.step(successor, "agency-clerk-1", calculated))
	s.clean()
}

// A first claim that ended by itself leaves only the second to stand, which then begins at once.
func TestTheFirstClaimEndsBeforeTheDecision(t *testing.T) {
	s := newScene(t)
	_, first, dispute := s.claimedTwice()
	s.must(s.does(first, counter, approval.ActionWithdraw))
	if _, err := s.claims(s.fold(first).Subject, other()); codeOf(err) != approval.CodeDuplicate {
		t.Errorf("claimed past the dispute: %v", err)
	}
	s.refused(approval.CodeInvalidInput, s.decideClaims(dispute, procedures.ClaimFirst))
	s.must(s.step(dispute, "agency-clerk-2", map[string]any{"heard": "已撤回", "decision": procedures.ClaimSecond, "decisionReason": "先一申领已撤回"}))
	s.must(s.step(dispute, "agency-reviewer-2", nil))
	s.must(s.step(dispute, "agency-head-1", nil))
	s.follows(0)
	if no := stacktest.Value[string](s.Database, `SELECT successor FROM claim_disputes WHERE case_no = $1`, dispute); s.namesOf(no) != "张大某 10000 ****9999" {
		t.Errorf("%s claims: %s", no, s.namesOf(no))
	}
	s.clean()
}

// Of what is paid already nothing is undone by a dispute: it is turned down, settled elsewhere, or recovered.
func TestADisputeAboutWhatIsPaid(t *testing.T) {
	for _, decision := range []string{procedures.ClaimFirst, procedures.ClaimSettle, procedures.ClaimWronglyPaid} {
		t.Run(decision, func(t *testing.T) {
			s := newScene(t)
			person := s.retired(stacktest.NewPerson(1, nil))[0]
			death := s.died(person, "2026-10-05")
			first, err := s.claims(person, heirs("6227000000005555")...)
			if err != nil {
				t.Fatal(err)
			}
			s.released(first)
			s.bankDay(bank.NewSimulator())
			dispute, err := s.claims(person, other())
			if err != nil {
				t.Fatal(err)
			}
			s.refused(approval.CodeInvalidInput, s.decideClaims(dispute, procedures.ClaimJoined))
			s.must(s.step(dispute, "agency-clerk-2", map[string]any{"heard": "当面", "decision": decision, "decisionReason": "已支付"}))
			s.must(s.step(dispute, "agency-reviewer-2", nil))
			s.must(s.step(dispute, "agency-head-1", nil))
			s.follows(0)
			s.must(s.step(first, "agency-fund_cashier-2", map[string]any{"reconciled": true}))
			if s.balance(death, "paid") != -10_030_000 {
				t.Errorf("paid: %s", s.balance(death, "paid"))
			}
			s.clean()
		})
	}
}

// Whoever joins a claim, or takes its place, is reached as before.
func TestClaimantsTakeTheirContactsWithThem(t *testing.T) {
	for _, decision := range []string{procedures.ClaimJoined, procedures.ClaimSecond} {
		s := newScene(t)
		person := s.retired(stacktest.NewPerson(1, nil))[0]
		s.died(person, "2026-10-05")
		second := other()
		second.Phone, second.Mail = "13800001234", "daughter@example.org"
		first, err := s.claims(person, heirs("6227000000005555")...)
		if err != nil {
			t.Fatal(err)
		}
		s.must(s.step(first, counter, claimed))
		dispute, err := s.claims(person, second)
		if err != nil {
			t.Fatal(err)
		}
		if refusal := s.decideClaims(dispute, decision); refusal != nil {
			t.Fatal(refusal)
		}
		s.follows(1)
		reached := stacktest.Value[string](s.Database, `SELECT coalesce(string_agg(phone_masked || ' ' || mail_masked, ', '), '') FROM benefit_claimants b JOIN benefit_claims c USING (case_no) WHERE b.name = $1`, second.Name)
		if want := view.MaskPhone(second.Phone) + " " + view.MaskMail(second.Mail); reached != want {
			t.Errorf("%s: reached at %q, not %q", decision, reached, want)
		}
		if opened, err := s.Contacts(t.Context(), second.Name); err != nil || !slices.Equal(opened, []string{second.Phone, second.Mail}) {
			t.Errorf("%s: what is sealed opens as %v (%v)", decision, opened, err)
		}
	}
}
