package rules

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func someBenefit(t *rapid.T) (BenefitFacts, BenefitChoices) {
	return BenefitFacts{
			Status:            rapid.SampledFrom([]BenefitStatus{StatusRetired, StatusWorking}).Draw(t, "status"),
			DeathDate:         time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC),
			ContributionYears: rapid.Int64Range(0, 100_00).Draw(t, "contributions"),
			PensionYears:      rapid.Int64Range(0, mostPensionYears*100).Draw(t, "pension"),
			Income:            UrbanIncome{Province: "210000", Year: 2023, Yearly: Fen(rapid.Int64Range(1, mostFen).Draw(t, "yearly"))},
			Former:            Fen(rapid.Int64Range(0, mostFen).Draw(t, "former")),
		}, BenefitChoices{
			Years:      rapid.SampledFrom([]YearCounting{"", CountMonths, CountFullYears}).Draw(t, "years"),
			Base:       rapid.SampledFrom([]BaseRounding{"", BaseExact, BaseWholeYuan}).Draw(t, "base"),
			Transition: rapid.SampledFrom([]Transition{"", TransitionNone, TransitionHigher}).Draw(t, "transition"),
		}
}

// More income or more contributions never give less, a longer pension never gives more; nobody gets less
// than the least or more than the most; the parts make up the total.
func TestBenefitHoldsItsBounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, choices := someBenefit(t)
		got := CalculateBenefit(facts, choices)
		least := int64(3)
		if facts.Status == StatusRetired {
			least = leastMonths
		}
		if got.SurvivorTwelfths < least*12 || got.SurvivorTwelfths > 24*12 || got.SurvivorMonths < float64(least) || got.SurvivorMonths > 24 {
			t.Fatalf("%d twelfths of a month", got.SurvivorTwelfths)
		}
		if got.SurvivorPayment > monthsOf(facts.Income.Yearly, 24*12, choices.Base) || got.SurvivorPayment < monthsOf(facts.Income.Yearly, least*12, choices.Base) {
			t.Fatalf("the payment is %s", got.SurvivorPayment)
		}
		if got.FuneralGrant+got.SurvivorPayment+got.TransitionalSupplement != got.Total || got.TransitionalSupplement < 0 {
			t.Fatalf("%+v does not add up", got)
		}
		richer, longer, older := facts, facts, facts
		richer.Income.Yearly += Fen(rapid.Int64Range(0, mostFen).Draw(t, "more income"))
		longer.ContributionYears += rapid.Int64Range(0, 40_00).Draw(t, "more contributions")
		older.PensionYears += rapid.Int64Range(0, 20_00).Draw(t, "more pension")
		if more := CalculateBenefit(richer, choices); more.FuneralGrant < got.FuneralGrant || more.SurvivorPayment < got.SurvivorPayment || more.Total < got.Total {
			t.Fatalf("more income gives less: %+v, then %+v", got, more)
		}
		if more := CalculateBenefit(longer, choices); more.SurvivorPayment < got.SurvivorPayment || more.Total < got.Total {
			t.Fatalf("more contributions give less: %+v, then %+v", got, more)
		}
		if less := CalculateBenefit(older, choices); less.SurvivorPayment > got.SurvivorPayment || facts.Status == StatusWorking && less != got {
			t.Fatalf("a longer pension gives more: %+v, then %+v", got, less)
		}
	})
}

// The stored derivation is enough to reckon the sums again: the yearly figure, the months and the sums stand
// in it, and they agree with the result. Inputs that went through storage give the same.
func TestBenefitFollowsFromItsDerivation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facts, choices := someBenefit(t)
		got := CalculateBenefit(facts, choices)
		stored, err := json.Marshal(DeriveBenefit(facts, choices, got, provinces[5].Title))
		if err != nil {
			t.Fatal(err)
		}
		var steps []Step
		if err := json.Unmarshal(stored, &steps); err != nil {
			t.Fatal(err)
		}
		sum := func(start string) Fen {
			at := slices.IndexFunc(steps, func(s Step) bool { return s.Unit == UnitFen && strings.HasPrefix(s.Step.EN, start) })
			if at < 0 {
				t.Fatalf("no line starts with %q", start)
			}
			fen, _ := strconv.ParseInt(steps[at].Value, 10, 64)
			return Fen(fen)
		}
		months := ""
		for _, step := range steps {
			if step.Unit == UnitMonths && strings.Contains(step.Step.EN, "months of survivor payment") || strings.Contains(step.Step.EN, "one more for each") || strings.Contains(step.Step.EN, "the most is 24") {
				months = step.Value
			}
		}
		yearly := sum("urban disposable income")
		if again := monthsOf(yearly, twelfthsIn(t, months), choices.Base); again != got.SurvivorPayment || sum("survivor payment = ") != again {
			t.Fatalf("the derivation gives %s, the result says %s", again, got.SurvivorPayment)
		}
		if again := monthsOf(yearly, 24, choices.Base); again != got.FuneralGrant || sum("funeral grant = ") != again || sum("total = ") != got.Total {
			t.Fatalf("the derivation gives %s, the result says %s", again, got.FuneralGrant)
		}
	})
}

// twelfthsIn reads what twelfthsWords wrote.
func twelfthsIn(t *rapid.T, words string) int64 {
	whole, part, mixed := strings.Cut(words, " ")
	if !mixed {
		number, err := strconv.ParseFloat(whole, 64)
		if err != nil {
			t.Fatalf("%q is no number of months", words)
		}
		return int64(number * 12)
	}
	months, _ := strconv.ParseInt(whole, 10, 64)
	over, _ := strconv.ParseInt(strings.TrimSuffix(part, "/12"), 10, 64)
	return months*12 + over
}

// Two decimals of a year tell every month apart, however they were rounded.
func TestEveryMonthHasItsTwoDecimals(t *testing.T) {
	for months := range int64(1200) {
		if got := monthsIn((months*200+12)/24, CountMonths); got != months {
			t.Errorf("%d months became %d", months, got)
		}
	}
}
