package rules

import "strings"

// divisionLengths are those of a district, a street and a community (GB/T 2260, GB/T 10114).
var divisionLengths = map[int]bool{6: true, 9: true, 12: true}

// DistrictOf returns the six digits of the county or district in which a division lies; false when the
// text is no code of a district, street or community.
func DistrictOf(code string) (string, bool) {
	if !divisionLengths[len(code)] || strings.Trim(code, "0123456789") != "" || code[0] == '0' {
		return "", false
	}
	return code[:6], true
}

// InCounty reports whether a division lies in a county or a county-level city rather than in the
// districts of a larger city. GB/T 2260: of the prefectures of cities (01–20 and 51–70) the numbers up
// to 20 are districts; a city without districts ends in 00.
func InCounty(code string) bool {
	district, ok := DistrictOf(code)
	if !ok {
		return false
	}
	prefecture, last := district[2:4], district[4:]
	ofCity := prefecture >= "01" && prefecture <= "20" || prefecture >= "51" && prefecture <= "70"
	return last != "00" && (!ofCity || last > "20")
}

// samePlace reports whether two places are one, as far as both are known: a district holds its communities.
func samePlace(a, b string) bool {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	_, aCode := DistrictOf(a)
	_, bCode := DistrictOf(b)
	if aCode && bCode {
		return strings.HasPrefix(a, b) || strings.HasPrefix(b, a)
	}
	return a == b
}
