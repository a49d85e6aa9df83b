package rules

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// S2.2(1): the month of the death is paid, what was paid from the month after on is claimed back.
func TestOverpaymentByClauseS221(t *testing.T) {
	for name, test := range map[string]struct {
		died  string
		paid  []PaidMonth
		want  []OverpaidMonth
		total Fen
	}{
		"nothing was paid":                  {"2026-08-20", nil, []OverpaidMonth{}, 0},
		"the month of the death is due":     {"2026-08-20", []PaidMonth{{"2026-08", 312345}}, []OverpaidMonth{{"2026-08", 312345, 312345, 0}}, 0},
		"two months after it":               {"2026-08-20", []PaidMonth{{"2026-09", 312345}, {"2026-10", 320000}}, []OverpaidMonth{{"2026-09", 312345, 0, 312345}, {"2026-10", 320000, 0, 320000}}, 632345},
		"in whatever order":                 {"2026-08-31", []PaidMonth{{"2026-10", 2}, {"2026-08", 1}, {"2026-09", 3}}, []OverpaidMonth{{"2026-08", 1, 1, 0}, {"2026-09", 3, 0, 3}, {"2026-10", 2, 0, 2}}, 5},
		"over the end of the year":          {"2026-12-31", []PaidMonth{{"2026-12", 7}, {"2027-01", 7}}, []OverpaidMonth{{"2026-12", 7, 7, 0}, {"2027-01", 7, 0, 7}}, 7},
		"on the first of a month":           {"2026-09-01", []PaidMonth{{"2026-09", 9}, {"2026-10", 9}}, []OverpaidMonth{{"2026-09", 9, 9, 0}, {"2026-10", 9, 0, 9}}, 9},
		"what was paid long before is due":  {"2026-08-20", []PaidMonth{{"2020-01", 5}}, []OverpaidMonth{{"2020-01", 5, 5, 0}}, 0},
		"a gap between the months is a gap": {"2026-05-20", []PaidMonth{{"2026-06", 5}, {"2026-09", 5}}, []OverpaidMonth{{"2026-06", 5, 0, 5}, {"2026-09", 5, 0, 5}}, 10},
	} {
		got := CalculateOverpayment(PensionStops(day(t, test.died)), test.paid)
		if !slices.Equal(got.Months, test.want) || got.Total != test.total {
			t.Errorf("%s: %+v", name, got)
		}
		steps := DeriveOverpayment(day(t, test.died), PensionStops(day(t, test.died)), got)
		if len(steps) != len(test.paid)+3 || steps[len(steps)-1].Value != test.total.value() {
			t.Errorf("%s is derived as %+v", name, steps)
		}
		for _, step := range steps[:len(steps)-1] {
			if step.Clause != clausePension {
				t.Errorf("%s: %q cites %q", name, step.Step.EN, step.Clause)
			}
		}
	}
}

func TestWhatIsWrongWithAMonthIsTold(t *testing.T) {
	today := day(t, "2026-11-24")
	for name, paid := range map[string][]PaidMonth{"written otherwise": {{"2026-9", 1}}, "no month": {{"2026-13", 1}}, "told twice": {{"2026-09", 1}, {"2026-09", 2}}, "to come": {{"2026-12", 1}}, "no sum": {{"2026-09", 0}}, "less than nothing": {{"2026-09", -1}}} {
		if CheckPaidMonths(paid, today) == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if problem := CheckPaidMonths([]PaidMonth{{"2026-11", 1}, {"2026-09", 1}}, today); problem != nil {
		t.Errorf("refused: %v", problem)
	}
}

// The sum is that of its months and never negative; more paid, or an earlier death, never makes it less.
func TestOverpaymentAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		died := time.Date(2026, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 0, 0, 0, 0, time.UTC)
		paid := []PaidMonth{}
		for _, month := range rapid.SliceOfDistinct(rapid.IntRange(0, 30), func(month int) int { return month }).Draw(t, "months") {
			paid = append(paid, PaidMonth{time.Date(2025, time.Month(month+1), 1, 0, 0, 0, 0, time.UTC).Format(monthFormat), Fen(rapid.Int64Range(1, 2_000_000).Draw(t, "paid"))})
		}
		got := CalculateOverpayment(PensionStops(died), paid)
		var sum, all Fen
		for i, one := range got.Months {
			if one.Paid-one.Due != one.Overpaid || one.Overpaid < 0 || one.Due < 0 || i > 0 && got.Months[i-1].Month >= one.Month {
				t.Fatalf("%+v", got)
			}
			sum, all = sum+one.Overpaid, all+one.Paid
		}
		if got.Total != sum || got.Total > all || len(got.Months) != len(paid) {
			t.Fatalf("%+v of %v", got, paid)
		}
		if earlier := CalculateOverpayment(PensionStops(died.AddDate(0, -rapid.IntRange(0, 12).Draw(t, "earlier"), 0)), paid); earlier.Total < got.Total {
			t.Fatalf("an earlier death makes it %s instead of %s", earlier.Total, got.Total)
		}
		if len(paid) > 0 {
			more := slices.Clone(paid)
			more[0].Paid += Fen(rapid.Int64Range(0, 100).Draw(t, "more"))
			if CalculateOverpayment(PensionStops(died), more).Total < got.Total {
				t.Fatal("more paid makes it less")
			}
		}
	})
}

func TestInstalmentsFallOnTheDayOrTheLastOfTheMonth(t *testing.T) {
	got := Instalments(100, 3, day(t, "2027-01-31"))
	if want := []Instalment{{1, "2027-01-31", 34}, {2, "2027-02-28", 33}, {3, "2027-03-31", 33}}; !slices.Equal(got, want) {
		t.Errorf("divided as %v", got)
	}
	states := InstalmentStates(got, 35, "2027-03-01")
	if want := []InstalmentState{InstalmentPaid, InstalmentOverdue, InstalmentOpen}; !slices.Equal(states, want) {
		t.Errorf("they stand as %v", states)
	}
	if states := InstalmentStates(got, 34, "2027-02-28"); states[1] != InstalmentOpen {
		t.Errorf("on its day an instalment is %s", states[1])
	}
}

// The parts are the whole, no two differ by more than a fen, and each is due later than the one before.
func TestInstalmentsAreTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(1, MostInstalments).Draw(t, "count")
		total := Fen(rapid.Int64Range(int64(count), 1_000_000_00).Draw(t, "total"))
		first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "first"))
		parts := Instalments(total, count, first)
		var sum Fen
		for i, part := range parts {
			sum += part.Amount
			if part.Amount <= 0 || parts[0].Amount-part.Amount > 1 || part.Amount > parts[0].Amount || i > 0 && part.DueOn <= parts[i-1].DueOn {
				t.Fatalf("%v", parts)
			}
		}
		if sum != total || parts[0].DueOn != first.Format(time.DateOnly) {
			t.Fatalf("%v of %s from %s", parts, total, first)
		}
		received := Fen(rapid.Int64Range(0, int64(total)).Draw(t, "received"))
		for i, state := range InstalmentStates(parts, received, parts[count-1].DueOn) {
			if i > 0 && state == InstalmentPaid && received < total && i == count-1 {
				t.Fatal("the last is paid before the whole is")
			}
		}
	})
}
