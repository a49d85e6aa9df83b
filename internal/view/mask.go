package view

import "strings"

// MaskID keeps the first six (the issuing district) and the last two characters of an ID number.
func MaskID(number string) string {
	if len(number) < 10 {
		return strings.Repeat("*", len(number))
	}
	return number[:6] + strings.Repeat("*", len(number)-8) + number[len(number)-2:]
}

// MaskPhone keeps the first three and the last two digits.
func MaskPhone(number string) string {
	if len(number) < 7 {
		return strings.Repeat("*", len(number))
	}
	return number[:3] + strings.Repeat("*", len(number)-5) + number[len(number)-2:]
}
