package store_test

import (
	"fmt"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/bank"
	"jieli/internal/stacktest"
	"jieli/procedures"
)

// publishes sets the yearly figure of Liaoning, in yuan, as a confirmed setting does.
func (s *scene) publishes(year, yuan int) {
	s.t.Helper()
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ($1, '210000', '2021-09-01', 1, $2::text::jsonb, '辽宁省统计公报') ON CONFLICT (name, region, valid_from) DO UPDATE SET value = EXCLUDED.value, version = settings.version + 1`,
		fmt.Sprintf("urban_income:%d", year), fmt.Sprint(yuan))
}

var byTheTable = map[string]any{"contributionYears": 30, "pensionYears": 6, "override": "no"}

// provisionally carries a claim of two heirs to the release, by the figure of the year before last.
func (s *scene) provisionally() (death, benefit string) {
	s.t.Helper()
	s.publishes(2024, 60180)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	death = s.died(person, "2026-10-05")
	benefit, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.must(s.step(benefit, counter, claimed))
	s.must(s.step(benefit, "agency-clerk-1", byTheTable))
	s.must(s.step(benefit, "agency-reviewer-1", nil))
	s.must(s.step(benefit, "agency-head-1", nil))
	s.must(s.step(benefit, "agency-fund_cashier-1", nil))
	return death, benefit
}

func (s *scene) trueUps(want int) string {
	s.t.Helper()
	begun, err := s.BeginTrueUps(s.t.Context())
	if err != nil || begun != want {
		s.t.Fatalf("%d true-ups begin, not %d (%v)", begun, want, err)
	}
	return stacktest.Value[string](s.Database, `SELECT coalesce(max(case_no), '') FROM true_ups WHERE state <> 'ended'`)
}

// A provisional benefit is paid up once the figure is published: together to the fen what that figure gives, by
// other people at every step, and once whatever is repeated.
func TestAProvisionalBenefitIsTruedUp(t *testing.T) {
	s := newScene(t)
	death, benefit := s.provisionally()
	if s.form(benefit, "provisional") != "yes" || s.form(benefit, "baseYear") != "2024" {
		t.Fatalf("signed as %s of %s", s.form(benefit, "provisional"), s.form(benefit, "baseYear"))
	}
	s.trueUps(0)
	s.publishes(2025, 62345)
	no := s.trueUps(1)
	if again := s.trueUps(0); again != no || !strings.HasPrefix(no, "BC-") {
		t.Errorf("%s, then %s", no, again)
	}
	simulator := bank.NewSimulator()
	s.bankDay(simulator)
	s.refused(approval.CodeWrongState, s.does(no, "agency-clerk-2", approval.ActionWithdraw))
	s.must(s.step(no, "agency-clerk-2", map[string]any{"checked": true}))
	s.must(s.step(no, "agency-reviewer-2", nil))
	s.must(s.step(no, "agency-head-1", nil))
	s.must(s.step(no, "agency-fund_cashier-1", nil))
	s.refused(approval.CodeConflictOfDuties, s.step(no, "agency-fund_cashier-1", map[string]any{"reconciled": true}))
	s.must(s.step(benefit, "agency-fund_cashier-2", map[string]any{"reconciled": true}))
	s.refused(approval.CodeWrongState, s.step(no, "agency-fund_cashier-2", map[string]any{"reconciled": true}))
	s.bankDay(simulator)
	s.must(s.step(no, "agency-fund_cashier-2", map[string]any{"reconciled": true}))
	// 62,345 yuan × 2/12 = 10,390.83; × 18/12 = 93,517.50; shared 60 : 40, each sum rounded once.
	if paid := simulator.Paid(); paid["6222020000001111"] != 623450+5611050 || paid["6227000000005555"] != 415633+3740700 {
		t.Errorf("the bank has paid %v", paid)
	}
	if !s.fold(no).Ended() || s.balance(death, "paid") != -(1039083+9351750) || s.balance(death, "payable") != 0 {
		t.Errorf("paid in all: %s", s.balance(death, "paid"))
	}
	s.trueUps(0)
	s.clean()
}

// Where nothing differs the review ends it with that finding; where less would be due the head says what becomes of
// the excess, which is not taken back by itself.
func TestATrueUpThatPaysNothing(t *testing.T) {
	for yuan, course := range map[int]string{60180: procedures.TrueUpNone, 60000: procedures.TrueUpNegative} {
		t.Run(course, func(t *testing.T) {
			s := newScene(t)
			death, _ := s.provisionally()
			s.bankDay(bank.NewSimulator())
			s.publishes(2025, yuan)
			no := s.trueUps(1)
			s.must(s.step(no, "agency-clerk-2", map[string]any{"checked": true}))
			s.must(s.step(no, "agency-reviewer-2", nil))
			if s.form(no, "course") != course {
				t.Fatalf("found: %s", s.form(no, "course"))
			}
			if course == procedures.TrueUpNegative {
				s.refused(approval.CodeInvalidInput, s.step(no, "agency-head-1", nil))
				if proposal := s.fold(no).Current().Tasks[0].Proposal["recourse"]; string(proposal) != `"keep"` {
					t.Errorf("proposed: %s", proposal)
				}
				s.must(s.step(no, "agency-head-1", map[string]any{"recourse": "keep", "recourseReason": "按当时有效的决定领取"}))
			}
			if !s.fold(no).Ended() || s.balance(death, "paid") != -10_030_000 {
				t.Errorf("paid: %s", s.balance(death, "paid"))
			}
			s.trueUps(0)
			s.clean()
		})
	}
}

// What is not released yet goes back to be reckoned by the figure that was published meanwhile; a figure that is
// corrected once more is found before the difference is released.
func TestAFigurePublishedMeanwhile(t *testing.T) {
	s := newScene(t)
	s.publishes(2024, 60180)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	s.died(person, "2026-10-05")
	no, err := s.claims(person, heirs("6227000000005555")...)
	if err != nil {
		t.Fatal(err)
	}
	s.must(s.step(no, counter, claimed))
	s.must(s.step(no, "agency-clerk-1", byTheTable))
	s.must(s.step(no, "agency-reviewer-1", nil))
	s.must(s.step(no, "agency-head-1", nil))
	s.publishes(2025, 62345)
	s.trueUps(0)
	s.refused(approval.CodeWrongState, s.step(no, "agency-fund_cashier-1", nil))
	s.must(s.does(no, "agency-fund_cashier-1", approval.ActionReturn, func(c *approval.Command) {
		c.Form, c.ToStage, c.AfterReturn, c.Defects = approval.Form{}, procedures.StageBenefitCalculation, approval.AfterReturnWalk, []approval.Defect{{Item: "基数", Detail: "已公布，请重新核定"}}
	}))
	s.must(s.step(no, "agency-clerk-1", byTheTable))
	s.must(s.step(no, "agency-reviewer-1", nil))
	s.must(s.step(no, "agency-head-1", nil))
	s.must(s.step(no, "agency-fund_cashier-1", nil))
	if s.form(no, "provisional") != "no" || s.form(no, "baseYear") != "2025" {
		t.Errorf("reckoned by %s", s.form(no, "baseYear"))
	}
	s.trueUps(0)
	s.clean()
}

func TestAFigureCorrectedAfterTheTrueUpWasSigned(t *testing.T) {
	s := newScene(t)
	s.provisionally()
	s.publishes(2025, 62345)
	no := s.trueUps(1)
	s.must(s.step(no, "agency-clerk-2", map[string]any{"checked": true}))
	s.must(s.step(no, "agency-reviewer-2", nil))
	s.must(s.step(no, "agency-head-1", nil))
	s.publishes(2025, 62340)
	s.refused(approval.CodeWrongState, s.step(no, "agency-fund_cashier-1", nil))
	s.clean()
}
