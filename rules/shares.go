package rules

// WholeShare is the share of somebody who gets all, in hundredths of a percent.
const WholeShare = 10_000

// SplitShares divides an amount by shares in hundredths of a percent that add up to WholeShare. Every part is
// rounded down; the fen that are left go one by one to the first with a share, so that the parts are the whole.
func SplitShares(amount Fen, shares []int64) []Fen {
	parts := make([]Fen, len(shares))
	left := amount
	for i, share := range shares {
		parts[i] = Fen(int64(amount) * share / WholeShare)
		left -= parts[i]
	}
	for i := 0; left > 0 && len(parts) > 0; i = (i + 1) % len(parts) {
		if shares[i] > 0 {
			parts[i]++
			left--
		}
	}
	return parts
}
