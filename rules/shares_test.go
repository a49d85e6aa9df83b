package rules_test

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/rules"
)

// The parts are the whole, nobody without a share gets anything, and nobody is a fen per head off.
func TestSharesAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rules.Fen(rapid.Int64Range(0, 1_000_000_000).Draw(t, "amount"))
		var shares []int64
		for left := int64(rules.WholeShare); left > 0; {
			share := rapid.Int64Range(0, left).Draw(t, "share")
			if len(shares) == 6 {
				share = left
			}
			shares, left = append(shares, share), left-share
		}
		var sum rules.Fen
		for i, part := range rules.SplitShares(amount, shares) {
			exact := int64(amount) * shares[i] / rules.WholeShare
			if shares[i] == 0 && part != 0 || int64(part) < exact || int64(part) > exact+int64(len(shares)) {
				t.Fatalf("%d of %s is %s", shares[i], amount, part)
			}
			sum += part
		}
		if sum != amount {
			t.Fatalf("the parts of %s are %s", amount, sum)
		}
	})
}
