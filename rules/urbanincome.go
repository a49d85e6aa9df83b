package rules

import (
	"fmt"
	"strconv"

	"jieli/approval"
)

// UrbanIncome is a province's urban disposable income per head of a year, with the document that
// published it. It is kept as the yearly figure: a monthly one would already be rounded.
type UrbanIncome struct {
	Province string
	Year     int
	Yearly   Fen
	Source   approval.Text
}

// The years a figure can be entered for. The measures of 2021 ask for 2020 at the earliest.
const (
	FirstIncomeYear = 2020
	LastIncomeYear  = 2030
)

// IncomeSetting names the setting that holds the figure of a year, in whole yuan, for a province. Whoever
// looks after the settings enters what has been published, or corrects the table below.
func IncomeSetting(year int) string { return "urban_income:" + strconv.Itoa(year) }

// publishedIncomes are the figures that come with the program. It holds only figures whose publication was
// seen; all others are entered as settings.
var publishedIncomes = []UrbanIncome{
	{"110000", 2023, 88_650_00, approval.Text{ZH: "《北京市2023年国民经济和社会发展统计公报》（2024年3月21日）", EN: "Beijing's statistical communiqué of 2023 (21 March 2024)"}},
	{"310000", 2022, 84_034_00, approval.Text{ZH: "上海市统计局2022年居民收入数据", EN: "Shanghai's bureau of statistics, incomes of 2022"}},
	{"320000", 2022, 60_178_00, approval.Text{ZH: "国家统计局核定的江苏省2022年居民收入数据", EN: "incomes of Jiangsu in 2022, as determined by the National Bureau of Statistics"}},
	{"440000", 2020, 50_257_00, approval.Text{ZH: "国家统计局广东调查总队《2020年广东居民收入和消费支出情况》", EN: "NBS survey office in Guangdong: incomes and expenditure of 2020"}},
	{"440000", 2021, 54_854_00, approval.Text{ZH: "国家统计局广东调查总队《2021年广东居民收入和消费支出情况》（2022年1月）", EN: "NBS survey office in Guangdong: incomes and expenditure of 2021 (January 2022)"}},
	{"440000", 2022, 56_905_00, approval.Text{ZH: "《广东统计年鉴2023》（广东省统计局、国家统计局广东调查总队）", EN: "Guangdong Statistical Yearbook 2023"}},
	{"440000", 2023, 59_307_00, approval.Text{ZH: "国家统计局广东调查总队2024年1月18日发布", EN: "NBS survey office in Guangdong, 18 January 2024"}},
	{"510000", 2020, 38_253_00, approval.Text{ZH: "国家统计局四川调查总队2021年1月18日发布", EN: "NBS survey office in Sichuan, 18 January 2021"}},
}

// incomeOf finds the figure of a province and year: what the settings hold, else what came with the program.
func incomeOf(province string, year int, settings map[string]SettingValue) (UrbanIncome, bool) {
	// One figure for the whole country would be wrong for every province.
	if held := settings[IncomeSetting(year)]; held.Value != "" && held.Region != NationalScope {
		if yuan, err := strconv.ParseInt(held.Value, 10, 64); err == nil && yuan > 0 {
			return UrbanIncome{Province: province, Year: year, Yearly: Fen(yuan * fenPerYuan), Source: held.Source}, true
		}
	}
	for _, income := range publishedIncomes {
		if income.Province == province && income.Year == year {
			return income, true
		}
	}
	return UrbanIncome{}, false
}

// FieldBaseAnnual is the input that overrides the table.
const FieldBaseAnnual = "baseAnnual"

// baseFor finds the figure deaths of a year go by: that of the year before. Where it is not known yet the
// one before stands in for it, and the result is provisional.
func baseFor(province string, name approval.Text, deathYear int, settings map[string]SettingValue) (income UrbanIncome, provisional bool, refusal *approval.Error) {
	if income, known := incomeOf(province, deathYear-1, settings); known {
		return income, false, nil
	}
	if income, known := incomeOf(province, deathYear-2, settings); known {
		return income, true, nil
	}
	return income, false, approval.Invalid(FieldBaseAnnual,
		fmt.Sprintf("系统没有收录%s%d年城镇居民人均可支配收入，请填写统计部门公布的全年数", name.ZH, deathYear-1),
		fmt.Sprintf("the urban disposable income per head of %s in %d is not in the table; give the yearly figure that was published", name.EN, deathYear-1))
}
