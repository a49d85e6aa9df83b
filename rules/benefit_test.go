package rules

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/approval"
)

// theDay is the day the trials of this file are tried on.
var theDay = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

func tryBenefit(t *testing.T, body string, settings map[string]SettingValue) (Benefit, Evaluation) {
	t.Helper()
	trial, _ := FindTrial("benefit")
	evaluation, refusal := trial.Try(trialInput(t, body), Facts{Today: theDay, Settings: settings})
	if refusal != nil {
		t.Fatalf("%s: %+v", body, refusal)
	}
	result, ok := evaluation.Result.(Benefit)
	if !ok {
		t.Fatalf("the result is a %T", evaluation.Result)
	}
	return result, evaluation
}

// The sums of the measures, by clause. The published cases name their source; the others follow from the text.
func TestBenefitSums(t *testing.T) {
	const four, first, second = "第四条", "第五条（一）", "第五条（二）"
	for _, row := range []struct {
		clause, about            string
		status                   BenefitStatus
		contributed, drawn       float64
		yearly                   Fen
		funeral, survivor, total Fen
		months                   float64
		settings                 map[string]string
	}{
		{second, "江苏省人社厅答复（2023年8月）：月均 5015 元，退休人员最低 55165 元", StatusRetired, 15, 20, 60_180_00, 10_030_00, 45_135_00, 55_165_00, 9, nil},
		{four, "the sums are rounded half up to the fen, each for itself", StatusRetired, 10, 30, 47_066_00, 7_844_33, 35_299_50, 43_143_83, 9, nil},
		{second, "30 years paid, 6 drawn: 24 − 6", StatusRetired, 30, 6, 60_180_00, 10_030_00, 90_270_00, 100_300_00, 18, nil},
		{second, "15 years paid, 10 drawn: never less than 9", StatusRetired, 15, 10, 60_180_00, 10_030_00, 45_135_00, 55_165_00, 9, nil},
		{second, "《当代工人》精品C 2023年2期案例1：缴费28年9个月，已领3年6个月，月均 2818.5 元", StatusRetired, 28.75, 3.5, 33_822_00, 5_637_00, 54_256_13, 59_893_13, 19.25, nil},
		{second, "《当代工人》精品C 2023年2期案例2：缴费28年9个月，已领15年6个月", StatusRetired, 28.75, 15.5, 33_822_00, 5_637_00, 25_366_50, 31_003_50, 9, nil},
		{first, "在职缴费15年，2021年10月去世，月均 4425 元（待遇领取计算示例，yzzsnet.com 2022年7月）", StatusWorking, 15, 0, 53_100_00, 8_850_00, 39_825_00, 48_675_00, 9, nil},
		{first, "less than 5 years: 3 months", StatusWorking, 4.92, 0, 12_000_00, 2_000_00, 3_000_00, 5_000_00, 3, nil},
		{first, "4.99 years are 59 full months", StatusWorking, 4.99, 0, 12_000_00, 2_000_00, 3_000_00, 5_000_00, 3, nil},
		{first, "no contribution yet: 3 months", StatusWorking, 0, 0, 12_000_00, 2_000_00, 3_000_00, 5_000_00, 3, nil},
		{first, "5 years: 6 months", StatusWorking, 5, 0, 12_000_00, 2_000_00, 6_000_00, 8_000_00, 6, nil},
		{first, "not yet 10 years: 6 months", StatusWorking, 9.92, 0, 12_000_00, 2_000_00, 6_000_00, 8_000_00, 6, nil},
		{first, "10 years: 9 months", StatusWorking, 10, 0, 12_000_00, 2_000_00, 9_000_00, 11_000_00, 9, nil},
		{first, "15 years inclusive: 9 months", StatusWorking, 15, 0, 12_000_00, 2_000_00, 9_000_00, 11_000_00, 9, nil},
		{first, "15 years and a half, to the month", StatusWorking, 15.5, 0, 12_000_00, 2_000_00, 9_500_00, 11_500_00, 9.5, nil},
		{first, "缴费21年3个月，2021年9月去世，月均 2818.5 元：不足 1 年的按十二分之一（政策解读算例，fangzou.cn 转载）", StatusWorking, 21.25, 0, 33_822_00, 5_637_00, 42_982_13, 48_619_13, 15.25, nil},
		{first, "15 years and a half, full years only", StatusWorking, 15.5, 0, 12_000_00, 2_000_00, 9_000_00, 11_000_00, 9, map[string]string{SettingBenefitYears: "full_year"}},
		{first, "16 years: one month more", StatusWorking, 16, 0, 12_000_00, 2_000_00, 10_000_00, 12_000_00, 10, nil},
		{first, "30 years: 24 months", StatusWorking, 30, 0, 12_000_00, 2_000_00, 24_000_00, 26_000_00, 24, nil},
		{first, "45 years count as 30", StatusWorking, 45, 0, 12_000_00, 2_000_00, 24_000_00, 26_000_00, 24, nil},
		{second, "45 years count as 30 before the pension is taken off", StatusRetired, 45, 10, 12_000_00, 2_000_00, 14_000_00, 16_000_00, 14, nil},
		{second, "6 years and 7 months drawn (6.58), to the month", StatusRetired, 30, 6.58, 14_400_00, 2_400_00, 20_900_00, 23_300_00, 209. / 12, nil},
		{second, "6 years and 7 months drawn, full years only", StatusRetired, 30, 6.58, 14_400_00, 2_400_00, 21_600_00, 24_000_00, 18, map[string]string{SettingBenefitYears: "full_year"}},
		{second, "2 years paid: the minimum of a retiree is 9 all the same", StatusRetired, 2, 0, 12_000_00, 2_000_00, 9_000_00, 11_000_00, 9, nil},
		{four, "江苏省2022年全年数 60,178 元，月均取整到元为 5015 元", StatusRetired, 15, 10, 60_178_00, 10_030_00, 45_135_00, 55_165_00, 9, map[string]string{SettingBenefitBase: "yuan"}},
		{four, "the same without rounding the month", StatusRetired, 15, 10, 60_178_00, 10_029_67, 45_133_50, 55_163_17, 9, nil},
	} {
		settings := map[string]SettingValue{}
		for name, value := range row.settings {
			settings[name] = SettingValue{Value: value}
		}
		body := fmt.Sprintf(`{"province":"210000","deathDate":"2024-05-01","status":%q,"contributionYears":%v,"pensionYears":%v,"baseAnnual":%d}`, row.status, row.contributed, row.drawn, row.yearly)
		got, _ := tryBenefit(t, body, settings)
		if got.FuneralGrant != row.funeral || got.SurvivorPayment != row.survivor || got.Total != row.total || got.SurvivorMonths != row.months || got.Provisional {
			t.Errorf("%s %s: %s + %s = %s, %v months", row.clause, row.about, got.FuneralGrant, got.SurvivorPayment, got.Total, got.SurvivorMonths)
		}
	}
}

// Which yearly figure counts: that of the year before death of the province; else the one before, provisionally.
func TestBenefitBase(t *testing.T) {
	entered := map[string]SettingValue{IncomeSetting(2024): {Value: "62014", Source: approval.Text{ZH: "粤统〔2025〕1号", EN: "no. 1"}}, IncomeSetting(2022): {Value: "0"}}
	for _, row := range []struct {
		about, province, death string
		settings               map[string]SettingValue
		yearly                 Fen
		year                   int
		provisional            bool
		source                 string
	}{
		{"with the program", "440000", "2024-01-01", nil, 59_307_00, 2023, false, "国家统计局广东调查总队"},
		{"by two digits", "44", "2023-12-31", nil, 56_905_00, 2022, false, "广东统计年鉴2023"},
		{"not entered: the program's", "440000", "2023-12-31", entered, 56_905_00, 2022, false, "广东统计年鉴2023"},
		{"entered here", "440000", "2025-02-03", entered, 62_014_00, 2024, false, "粤统〔2025〕1号"},
		{"entered for the whole country, which is no province", "440000", "2024-01-01", map[string]SettingValue{IncomeSetting(2023): {Value: "51821", Region: NationalScope}}, 59_307_00, 2023, false, "国家统计局广东调查总队"},
		{"not yet published: the year before", "440000", "2025-02-03", nil, 59_307_00, 2023, true, "国家统计局广东调查总队"},
		{"entered for the year before", "440000", "2026-02-03", entered, 62_014_00, 2024, true, "粤统〔2025〕1号"},
		{"the first day of the measures", "510000", "2021-09-01", nil, 38_253_00, 2020, false, "国家统计局四川调查总队"},
	} {
		got, evaluation := tryBenefit(t, fmt.Sprintf(`{"province":%q,"deathDate":%q,"status":"retired","contributionYears":20,"pensionYears":10}`, row.province, row.death), row.settings)
		named := slices.ContainsFunc(evaluation.Derivation, func(s Step) bool {
			return s.Unit == UnitFen && s.Value == row.yearly.value() && strings.Contains(s.Source.ZH, row.source) && s.Source.EN != ""
		})
		told := slices.ContainsFunc(evaluation.Derivation, func(s Step) bool {
			return strings.Contains(s.Step.ZH, "暂按") && strings.Contains(s.Step.EN, "stands in")
		})
		if got.BaseAnnual != row.yearly || got.BaseYear != row.year || got.Provisional != row.provisional || !named || told != row.provisional || strings.Contains(evaluation.Summary.EN, "provisional") != row.provisional {
			t.Errorf("%s: %+v %+v", row.about, got, evaluation)
		}
	}
	// What the input gives counts before any table, and is not provisional.
	got, evaluation := tryBenefit(t, `{"province":"44","deathDate":"2025-02-03","status":"working","contributionYears":20,"baseAnnual":6000000}`, entered)
	if got.BaseAnnual != 60_000_00 || got.BaseYear != 2024 || got.Provisional || !slices.ContainsFunc(evaluation.Derivation, func(s Step) bool { return s.Value == "6000000" && s.Source == asFilledIn }) {
		t.Errorf("given: %+v", got)
	}
}

// A refusal names the field and says what would be right.
func TestBenefitRefuses(t *testing.T) {
	trial, _ := FindTrial("benefit")
	for change, location := range map[string]string{
		`"province":"210106"`:        "province",
		`"province":"辽宁"`:            "province",
		`"province":"710000"`:        "province",
		`"province":null`:            "province",
		`"deathDate":"2026-11-25"`:   "deathDate",
		`"deathDate":"2024-02-30"`:   "deathDate",
		`"status":"dead"`:            "status",
		`"status":"working"`:         "pensionYears",
		`"contributionYears":-1`:     "contributionYears",
		`"contributionYears":100.01`: "contributionYears",
		`"contributionYears":15.123`: "contributionYears",
		`"contributionYears":"15"`:   "contributionYears",
		`"contributionYears":null`:   "contributionYears",
		`"pensionYears":null`:        "pensionYears",
		`"pensionYears":-0.5`:        "pensionYears",
		`"pensionYears":70.5`:        "pensionYears",
		`"baseAnnual":0`:             "baseAnnual",
		`"baseAnnual":60180.5`:       "baseAnnual",
		`"baseAnnual":-1`:            "baseAnnual",
		`"baseAnnual":10000000001`:   "baseAnnual",
		`"baseAnnual":null`:          "baseAnnual",
		`"formerTotal":10000000001`:  "formerTotal",
		`"formerTotal":"5"`:          "formerTotal",
		`"account":"6222"`:           "account",
	} {
		input := trialInput(t, `{"province":"210000","deathDate":"2024-05-01","status":"retired","contributionYears":20,"pensionYears":10,"baseAnnual":6018000}`)
		for key, value := range trialInput(t, "{"+change+"}") {
			input[key] = value
		}
		_, refusal := trial.Try(input, Facts{Today: theDay})
		if refusal == nil || len(refusal.Problems) != 1 || refusal.Problems[0].Location != location || refusal.Problems[0].Message.ZH == "" || refusal.Problems[0].Message.EN == "" {
			t.Errorf("%s: %+v", change, refusal)
		}
	}
	// Everything that is wrong is told at once.
	_, refusal := trial.Try(trialInput(t, `{"province":"9","deathDate":"2030-01-01","status":"working","contributionYears":1,"pensionYears":2}`), Facts{Today: theDay})
	if refusal == nil || len(refusal.Problems) != 3 {
		t.Errorf("all at once: %+v", refusal)
	}
}

// Where a place still protects the former standard, the difference is paid; elsewhere it is not.
func TestBenefitTransition(t *testing.T) {
	const body = `{"province":"210000","deathDate":"2024-05-01","status":"retired","contributionYears":15,"pensionYears":10,"baseAnnual":6018000%s}`
	protecting := map[string]SettingValue{SettingBenefitTransition: {Value: "higher", Source: approval.Text{ZH: "辽人社发1号", EN: "no. 1"}}}
	for _, row := range []struct {
		about, former     string
		settings          map[string]SettingValue
		supplement, total Fen
	}{
		{"no protection", `,"formerTotal":6000000`, nil, 0, 55_165_00},
		{"the former gives more", `,"formerTotal":6000001`, protecting, 4_835_01, 60_000_01},
		{"the former gives less", `,"formerTotal":5000000`, protecting, 0, 55_165_00},
		{"nothing to compare", ``, protecting, 0, 55_165_00},
	} {
		got, evaluation := tryBenefit(t, fmt.Sprintf(body, row.former), row.settings)
		if got.TransitionalSupplement != row.supplement || got.Total != row.total {
			t.Errorf("%s: %+v", row.about, got)
		}
		if row.settings != nil && !slices.ContainsFunc(evaluation.Derivation, func(s Step) bool { return s.Source.ZH == "辽人社发1号" }) {
			t.Errorf("%s: the document is not named", row.about)
		}
	}
}

// Every line is worded in both languages, every sum and quantity has its clause, and the result as programs
// read it is in fen.
func TestBenefitExplainsItself(t *testing.T) {
	for _, body := range []string{
		`{"province":"440000","deathDate":"2025-05-01","status":"retired","contributionYears":28.75,"pensionYears":3.5}`,
		`{"province":"320000","deathDate":"2023-05-01","status":"working","contributionYears":7.08}`,
	} {
		got, evaluation := tryBenefit(t, body, nil)
		clauses := map[string]bool{}
		for _, step := range evaluation.Derivation {
			if step.Step.ZH == "" || step.Step.EN == "" || (step.Source.ZH == "") != (step.Source.EN == "") {
				t.Errorf("half a language: %+v", step)
			}
			clauses[step.Clause] = true
		}
		for _, clause := range []string{"人社部发〔2021〕18号第四条", "人社部发〔2021〕18号第五条", "S2.2(4)", "《社会保险法》第十四条"} {
			if !clauses[clause] {
				t.Errorf("%s is not cited", clause)
			}
		}
		raw, err := json.Marshal(evaluation.Result)
		if err != nil {
			t.Fatal(err)
		}
		var read struct{ FuneralGrant, SurvivorPayment, Total int64 }
		if err := json.Unmarshal(raw, &read); err != nil || read.FuneralGrant+read.SurvivorPayment != read.Total || Fen(read.Total) != got.Total {
			t.Errorf("%s", raw)
		}
	}
}

func TestMoneyIsWrittenInYuan(t *testing.T) {
	for fen, want := range map[Fen]string{0: "0.00", 5: "0.05", 100: "1.00", 55_165_00: "55,165.00", 1_234_567_89: "1,234,567.89", -120_000_01: "-120,000.01"} {
		if got := fen.String(); got != want {
			t.Errorf("%d: %s", int64(fen), got)
		}
	}
}

// The balance of the individual account is a line of its own and in no total.
func TestTheIndividualAccountIsALineOfItsOwn(t *testing.T) {
	const body = `{"province":"210000","deathDate":"2024-05-01","status":"retired","contributionYears":15,"pensionYears":10,"baseAnnual":6018000%s}`
	line := func(more string) (Benefit, Step) {
		got, evaluation := tryBenefit(t, fmt.Sprintf(body, more), nil)
		return got, evaluation.Derivation[len(evaluation.Derivation)-1]
	}
	if got, last := line(`,"accountBalance":1234567`); got.Total != 55_165_00 || got.AccountBalance != 12_345_67 || last.Value != "1234567" || last.Clause != "《社会保险法》第十四条" {
		t.Errorf("%+v ends with %+v", got, last)
	}
	if got, last := line(""); got.Total != 55_165_00 || got.AccountBalance != 0 || last.Value != "" || last.Clause != "《社会保险法》第十四条" {
		t.Errorf("%+v ends with %+v", got, last)
	}
}
