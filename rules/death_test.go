package rules_test

import (
	"slices"
	"testing"
	"time"

	"jieli/rules"
)

func TestThePensionOfTheMonthOfDeathIsPaid(t *testing.T) {
	for died, stops := range map[string]string{"2026-11-01": "2026-12-01", "2026-11-30": "2026-12-01", "2026-12-31": "2027-01-01", "2028-01-31": "2028-02-01"} {
		day, _ := time.Parse(time.DateOnly, died)
		if got := rules.PensionStops(day).Format(time.DateOnly); got != stops {
			t.Errorf("died %s: stops %s", died, got)
		}
	}
}

func TestMonthsWithheld(t *testing.T) {
	day := func(text string) time.Time { parsed, _ := time.Parse(time.DateOnly, text); return parsed }
	for _, test := range []struct {
		stopped, until string
		want           []string
	}{
		{"2026-12-01", "2026-11-24", []string{}},
		{"2026-11-01", "2026-11-24", []string{"2026-11"}},
		{"2026-11-01", "2027-01-01", []string{"2026-11", "2026-12", "2027-01"}},
	} {
		if got := rules.WithheldMonths(day(test.stopped), day(test.until)); !slices.Equal(got, test.want) {
			t.Errorf("stopped %s, now %s: %v", test.stopped, test.until, got)
		}
	}
}
