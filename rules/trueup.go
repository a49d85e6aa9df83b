package rules

// KindSums are the sums of one claimant: the funeral grant and the survivor payment.
type KindSums struct{ Funeral, Survivor Fen }

// Total is both.
func (k KindSums) Total() Fen { return k.Funeral + k.Survivor }

// PublishedIncome is the figure of a year, as the settings hold it or the program brings it; false while it is not
// published.
func PublishedIncome(province string, year int, settings map[string]SettingValue) (UrbanIncome, bool) {
	return incomeOf(province, year, settings)
}

// TrueUp is what is still to be paid to each claimant where more is due than was paid: together exactly the
// difference, and to each what their part has grown by. Nothing is taken back: where one kind of a claimant's sums
// has shrunk it is set off against the other, and a fen that rounding gave too early against the next claimant.
func TrueUp(due, paid []KindSums) []KindSums {
	more := make([]KindSums, len(due))
	var whole, early Fen
	for i := range due {
		whole += due[i].Total() - paid[i].Total()
	}
	if whole <= 0 {
		return more
	}
	for i := range due {
		funeral, survivor := due[i].Funeral-paid[i].Funeral, due[i].Survivor-paid[i].Survivor
		net := funeral + survivor
		if net <= 0 {
			early -= net
			continue
		}
		more[i] = KindSums{Funeral: min(max(funeral, 0), net), Survivor: min(max(survivor, 0), net)}
	}
	for i := range more {
		taken := min(early, more[i].Total())
		early -= taken
		fromSurvivor := min(taken, more[i].Survivor)
		more[i].Survivor -= fromSurvivor
		more[i].Funeral -= taken - fromSurvivor
	}
	return more
}
