package rules

import "testing"

// Neighbours' addresses share an estate however the flat is written; another building is another one.
func TestEstate(t *testing.T) {
	for address, estate := range map[string]string{
		"沈阳市铁西区老厂宿舍3栋2单元501室": "老厂宿舍3栋",
		"辽宁省沈阳市铁西区老厂宿舍３栋1-2":  "老厂宿舍3栋",
		"老厂宿舍 3栋":       "老厂宿舍3栋",
		"老厂宿舍4栋":        "老厂宿舍4栋",
		"兴华南街18号三单元":    "兴华南街18号",
		"幸福小区12号楼3-502": "幸福小区12号楼",
		"":              "",
	} {
		if got := Estate(address); got != estate {
			t.Errorf("%s: %q instead of %q", address, got, estate)
		}
	}
}
