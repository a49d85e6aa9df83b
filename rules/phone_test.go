package rules

import "testing"

func TestCheckPhone(t *testing.T) {
	for _, c := range []struct {
		text, want string
		kind       PhoneKind
	}{
		{"13812345678", "13812345678", PhoneMobile},
		{"138-1234-5678", "13812345678", PhoneMobile},
		{"138 1234 5678", "13812345678", PhoneMobile},
		{"+8613812345678", "13812345678", PhoneMobile},
		{"+86 138 1234 5678", "13812345678", PhoneMobile},
		{"8613812345678", "13812345678", PhoneMobile},
		{"008613812345678", "13812345678", PhoneMobile},
		{"024-65381494", "024-65381494", PhoneLandline},
		{"(024)65381494", "024-65381494", PhoneLandline},
		{"02465381494", "024-65381494", PhoneLandline},
		{"0411-8765432", "0411-8765432", PhoneLandline},
		{"041187654321", "0411-87654321", PhoneLandline},
		{"+86 24 65381494", "024-65381494", PhoneLandline},
		{"65381494", "65381494", PhoneLandline},
		{"6538149", "6538149", PhoneLandline},
		{"12", "", PhoneInvalid},
		{"2345", "", PhoneInvalid},
		{"12345678901", "", PhoneInvalid},
		{"1381234567", "", PhoneInvalid},
		{"138123456789", "", PhoneInvalid},
		{"+1 650 253 0000", "", PhoneInvalid},
		{"13812345678,13912345678", "", PhoneInvalid},
		{"无", "", PhoneInvalid},
		{"", "", PhoneInvalid},
		{"1234567890123456789012345678", "", PhoneInvalid},
	} {
		got, kind := CheckPhone(c.text)
		if got != c.want || kind != c.kind {
			t.Errorf("%q: %q %q, want %q %q", c.text, got, kind, c.want, c.kind)
		}
	}
}
