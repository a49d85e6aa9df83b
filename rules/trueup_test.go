package rules_test

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/rules"
)

// splits gives each claimant their part of both sums, as a release does.
func splits(funeral, survivor rules.Fen, shares []int64) []rules.KindSums {
	first, second := rules.SplitShares(funeral, shares), rules.SplitShares(survivor, shares)
	parts := make([]rules.KindSums, len(shares))
	for i := range shares {
		parts[i] = rules.KindSums{Funeral: first[i], Survivor: second[i]}
	}
	return parts
}

// What was paid and what is paid up are together what is due, to the fen; nobody pays back, and whoever's part has
// grown gets what it has grown by, but for what rounding gave somebody too early.
func TestATrueUpPaysExactlyTheDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shares, left := []int64{}, int64(rules.WholeShare)
		for n := rapid.IntRange(1, 5).Draw(t, "claimants"); n > 1; n-- {
			share := rapid.Int64Range(0, left).Draw(t, "share")
			shares, left = append(shares, share), left-share
		}
		shares = append(shares, left)
		amount := rapid.Int64Range(0, 30_000_000)
		paid := splits(rules.Fen(amount.Draw(t, "funeral paid")), rules.Fen(amount.Draw(t, "survivor paid")), shares)
		due := splits(rules.Fen(amount.Draw(t, "funeral due")), rules.Fen(amount.Draw(t, "survivor due")), shares)
		more := rules.TrueUp(due, paid)
		var whole, sum rules.Fen
		for i := range due {
			whole += due[i].Total() - paid[i].Total()
			sum += more[i].Total()
			if more[i].Funeral < 0 || more[i].Survivor < 0 {
				t.Fatalf("somebody pays back: %+v", more[i])
			}
		}
		if sum != max(whole, 0) {
			t.Fatalf("%s is paid, %s is the difference", sum, whole)
		}
		for i := range due {
			grown := due[i].Total() - paid[i].Total()
			if whole > 0 && (more[i].Total() > max(grown, 0) || more[i].Total() < grown-rules.Fen(2*len(due))) {
				t.Fatalf("claimant %d gets %s of %s", i, more[i].Total(), grown)
			}
		}
	})
}
