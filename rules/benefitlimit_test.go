package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// With less than five years of contributions the sums may not exceed what the person paid; where that is not
// known, it is said that nothing was compared.
func TestBenefitLimit(t *testing.T) {
	for _, row := range []struct {
		about            string
		contributed      float64
		own              string
		reduction, total Fen
		told             string
	}{
		{"less was paid", 4.5, `,"ownContributions":320000`, 1_800_00, 3_200_00, "超出部分不发"},
		{"more was paid", 4.5, `,"ownContributions":900000`, 0, 5_000_00, "不得超过本人个人缴费之和"},
		{"as much was paid", 4.5, `,"ownContributions":500000`, 0, 5_000_00, "不得超过本人个人缴费之和"},
		{"nothing was paid by the person", 1, `,"ownContributions":0`, 5_000_00, 0, "超出部分不发"},
		{"not known", 4.5, "", 0, 5_000_00, "未作比较"},
		{"null", 4.5, `,"ownContributions":null`, 0, 5_000_00, "未作比较"},
		{"five years are enough", 5, `,"ownContributions":320000`, 0, 8_000_00, ""},
	} {
		got, evaluation := tryBenefit(t, fmt.Sprintf(`{"province":"210000","deathDate":"2024-05-01","status":"working","contributionYears":%v,"baseAnnual":1200000%s}`, row.contributed, row.own), nil)
		told := slices.ContainsFunc(evaluation.Derivation, func(s Step) bool { return strings.Contains(s.Step.ZH, row.told) && s.Clause == clauseLimit })
		if got.LimitReduction != row.reduction || got.Total != row.total || told != (row.told != "") || got.FuneralGrant != 2_000_00 {
			t.Errorf("%s: less %s, %s in all; told: %v", row.about, got.LimitReduction, got.Total, told)
		}
	}
}
