package view

import "testing"

func TestRegionPrefix(t *testing.T) {
	for code, prefix := range map[string]string{"210000": "21", "210100": "2101", "210106": "210106", "000000": "", "210106001": "210106001", "210106001000": "210106001000"} {
		if got := RegionPrefix(code); got != prefix {
			t.Errorf("everything below %s begins with %q", code, got)
		}
		if got := RegionCode(prefix); got != code {
			t.Errorf("%q is the prefix of %s", prefix, got)
		}
	}
}
