package rules

import "strings"

// PhoneKind is the kind of telephone number a text turned out to be.
type PhoneKind string

// The kinds CheckPhone tells apart.
const (
	PhoneInvalid  PhoneKind = ""
	PhoneMobile   PhoneKind = "mobile"
	PhoneLandline PhoneKind = "landline"
)

// CheckPhone reads a mainland telephone number: a mobile is 1, then 3 to 9, then nine digits; a
// landline is seven or eight digits, with or without an area code of 0 and two or three digits
// (the project's import contract, section Roster findings). The country code +86 and the
// usual separators are accepted and removed; a landline keeps one hyphen after its area code. The
// text must be half-width already; for an invalid number normalised is empty.
func CheckPhone(text string) (normalised string, kind PhoneKind) {
	var buffer [24]byte
	digits := buffer[:0]
	// hyphenAt is how many digits stood before the first separator: it tells area code from number.
	hyphenAt := -1
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case isDigit(b):
			if len(digits) == len(buffer) {
				return "", PhoneInvalid
			}
			digits = append(digits, b)
		case b == '+' && len(digits) == 0:
		case b == '-' || b == ' ' || b == '(' || b == ')':
			if hyphenAt < 0 && len(digits) > 0 {
				hyphenAt = len(digits)
			}
		default:
			return "", PhoneInvalid
		}
	}
	number := string(digits)
	plus := strings.HasPrefix(text, "+")
	switch {
	case strings.HasPrefix(number, "0086"):
		number, hyphenAt, plus = number[4:], -1, true
	case strings.HasPrefix(number, "86") && (plus || len(number) == 13):
		number, hyphenAt = number[2:], -1
	case plus:
		return "", PhoneInvalid
	}
	if isMobile(number) {
		return number, PhoneMobile
	}
	// Abroad the 0 of the area code is left out: +86 24 12345678.
	if plus && len(number) >= 9 && number[0] != '0' {
		number = "0" + number
	}
	return landline(number, hyphenAt)
}

func isMobile(number string) bool {
	return len(number) == 11 && number[0] == '1' && number[1] >= '3'
}

func landline(number string, hyphenAt int) (string, PhoneKind) {
	switch length := len(number); {
	case length == 7 || length == 8:
		if number[0] == '0' {
			return "", PhoneInvalid
		}
		return number, PhoneLandline
	case length < 10 || length > 12 || number[0] != '0':
		return "", PhoneInvalid
	default:
		area := areaCodeLength(number, hyphenAt)
		if local := length - area; local != 7 && local != 8 {
			return "", PhoneInvalid
		}
		return number[:area] + "-" + number[area:], PhoneLandline
	}
}

// areaCodeLength follows the numbering plan: 010 and 02x have three digits, all others four.
// Where the writer put a separator, the writer is believed.
func areaCodeLength(number string, hyphenAt int) int {
	if hyphenAt == 3 || hyphenAt == 4 {
		return hyphenAt
	}
	if number[1] == '1' || number[1] == '2' {
		return 3
	}
	return 4
}
