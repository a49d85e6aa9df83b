package rules

import "testing"

func TestADivisionHasItsDistrict(t *testing.T) {
	for code, want := range map[string]string{"210106": "210106", "210106001": "210106", "210106001017": "210106", "21": "", "2101": "", "": "", "21010a": "", "铁西区": "", "010106": "", "2101060010170": ""} {
		district, ok := DistrictOf(code)
		if district != want || ok != (want != "") {
			t.Errorf("%s lies in %q, %v", code, district, ok)
		}
	}
}

// GB/T 2260: of a city's divisions those up to 20 are districts; the rest, and all of a prefecture that is
// no city, are counties or cities of county level.
func TestCountiesAreToldFromDistricts(t *testing.T) {
	for code, want := range map[string]bool{
		"210106":       false, // 沈阳市铁西区
		"210106001017": false,
		"210123":       true,  // 康平县
		"210181":       true,  // 新民市
		"500229":       true,  // 重庆市城口县
		"110101":       false, // 北京市东城区
		"441900":       false, // 东莞市, which has no districts
		"652301":       true,  // 昌吉市
		"469001":       true,  // 五指山市
		"不是代码":         false,
	} {
		if InCounty(code) != want {
			t.Errorf("%s in a county: %v", code, !want)
		}
	}
}
