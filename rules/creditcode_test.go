package rules

import "testing"

func TestCheckCreditCode(t *testing.T) {
	for _, c := range []struct {
		name, code string
		want       CreditCodeProblem
	}{
		{"published example", "91350100M000100Y43", CreditCodeProblemNone},
		{"computed", "91210106000000001" + string(CreditCodeCheckCharacter("91210106000000001")), CreditCodeProblemNone},
		{"wrong check character", "91350100M000100Y44", CreditCodeProblemChecksum},
		{"letter O", "91350100MO00100Y43", CreditCodeProblemFormat},
		{"letter O at the end", "91350100M000100Y4O", CreditCodeProblemFormat},
		{"lower case", "91350100m000100y43", CreditCodeProblemFormat},
		{"17 characters", "91350100M000100Y4", CreditCodeProblemFormat},
		{"empty", "", CreditCodeProblemFormat},
	} {
		if got := CheckCreditCode(c.code); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
