package papers

import (
	"strings"
	"testing"

	"jieli/rules"
)

// Amounts stand on papers in capitals too, as a bank reads them.
func TestCapitals(t *testing.T) {
	for amount, want := range map[rules.Fen]string{
		0: "人民币零元整", 1: "人民币零元零壹分", 10: "人民币零元壹角", 100: "人民币壹元整", 1005: "人民币壹拾元零伍分", 10_030_000: "人民币壹拾万零叁佰元整",
		6_018_000: "人民币陆万零壹佰捌拾元整", 10_000_000_00: "人民币壹仟万元整", 100_001_23: "人民币壹拾万零壹元贰角叁分", 100_000_000_00: "人民币壹亿元整",
		100_000_001_00: "人民币壹亿零壹元整", 1_010_010_00: "人民币壹佰零壹万零壹拾元整", 5516_50: "人民币伍仟伍佰壹拾陆元伍角",
	} {
		if got := capitals(amount); got != want {
			t.Errorf("%s is written %s, not %s", amount, got, want)
		}
	}
}

func TestQuantitiesOfACalculation(t *testing.T) {
	for value, want := range map[[2]string]string{{"601800", "fen"}: "6,018.00 元", {"18", "months"}: "18 个月", {"30", "years"}: "30 年", {"retired", ""}: "退休人员", {"2026-10-05", ""}: "2026年10月5日", {"210000", ""}: "210000", {"", ""}: ""} {
		if got := quantity(value[0], value[1]); got != want {
			t.Errorf("%v is written %s, not %s", value, got, want)
		}
	}
}

// A death before the national measures is answered by the rules of its place, whichever paper says so.
func TestAnOlderDeathGoesByLocalRules(t *testing.T) {
	for _, key := range []string{"benefitDecision", "undertaking"} {
		data := Sample(key)
		data.Case.Benefit.DiedOn = "2021-08-31"
		html, err := Templates{}.HTML(key, nil, data)
		if err != nil || strings.Contains(string(html), "18号") || !strings.Contains(string(html), "去世时当地的有关规定") {
			t.Errorf("%s: %v %s", key, err, html)
		}
	}
}

// What the letter says of each claimant adds up to what is said of all.
func TestThePartsOfALetterAddUp(t *testing.T) {
	data := Sample("benefitDecision")
	parts := data.Parts()
	if len(parts) != 2 || parts[0].Total != 6_018_000 || parts[1].Total != 0 || data.ClaimantNames() == "" {
		t.Errorf("%+v", parts)
	}
}
