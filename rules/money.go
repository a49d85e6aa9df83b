package rules

import (
	"strconv"
	"strings"
)

// Fen is an amount of money. It is always a whole number of fen, never a fraction.
type Fen int64

// fenPerYuan is how many fen a yuan has.
const fenPerYuan = 100

// String writes an amount in yuan, with two decimals and thousands separators.
func (f Fen) String() string {
	sign, amount := "", int64(f)
	if amount < 0 {
		sign, amount = "-", -amount
	}
	yuan := strconv.FormatInt(amount/fenPerYuan, 10)
	var grouped strings.Builder
	for i, digit := range yuan {
		if i > 0 && (len(yuan)-i)%3 == 0 {
			grouped.WriteByte(',')
		}
		grouped.WriteRune(digit)
	}
	cents := strconv.FormatInt(amount%fenPerYuan, 10)
	return sign + grouped.String() + "." + strings.Repeat("0", 2-len(cents)) + cents
}

// share is numerator/denominator of an amount that is not negative, rounded half up to the fen.
func (f Fen) share(numerator, denominator int64) Fen {
	return Fen((2*int64(f)*numerator + denominator) / (2 * denominator))
}

// value is the amount in a derivation: fen, as everywhere between programs.
func (f Fen) value() string { return strconv.FormatInt(int64(f), 10) }
