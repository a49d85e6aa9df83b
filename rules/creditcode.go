package rules

import "strings"

// CreditCodeProblem says what is wrong with a unified social credit code; empty means nothing is.
type CreditCodeProblem string

// What CheckCreditCode can find.
const (
	CreditCodeProblemNone     CreditCodeProblem = ""
	CreditCodeProblemFormat   CreditCodeProblem = "format"   // not 18 characters of the alphabet
	CreditCodeProblemChecksum CreditCodeProblem = "checksum" // position 18 does not follow from the first 17
)

// The alphabet leaves out I, O, S, V and Z, which are easily mistaken for digits.
const creditCodeAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

var creditCodeWeights = [17]int{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28}

// CheckCreditCode checks a unified social credit code (统一社会信用代码) after GB 32100-2015. Firms
// that closed before 2015 never had one; whether a code is required is for the caller to say.
func CheckCreditCode(text string) CreditCodeProblem {
	if len(text) != 18 || strings.IndexByte(creditCodeAlphabet, text[17]) < 0 {
		return CreditCodeProblemFormat
	}
	character := CreditCodeCheckCharacter(text[:17])
	switch {
	case character == 0:
		return CreditCodeProblemFormat
	case character != text[17]:
		return CreditCodeProblemChecksum
	}
	return CreditCodeProblemNone
}

// CreditCodeCheckCharacter computes the 18th character from the first 17 (GB 32100-2015, annex on
// the check character, MOD 31). It returns 0 when they are not 17 characters of the alphabet.
func CreditCodeCheckCharacter(first17 string) byte {
	if len(first17) != 17 {
		return 0
	}
	sum := 0
	for i, weight := range creditCodeWeights {
		value := strings.IndexByte(creditCodeAlphabet, first17[i])
		if value < 0 {
			return 0
		}
		sum += weight * value
	}
	return creditCodeAlphabet[(31-sum%31)%31]
}
