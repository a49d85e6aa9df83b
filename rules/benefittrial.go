package rules

import (
	"fmt"
	"math"
	"time"

	"jieli/approval"
)

// mostPensionYears is longer than anyone has drawn a pension.
const mostPensionYears = 70

// mostNamed is more dependants than anybody has.
const mostNamed = 50

// mostFen bounds an amount that is filled in: a hundred million yuan.
const mostFen = 100_000_000 * fenPerYuan

const (
	fieldProvince          = "province"
	fieldDeathDate         = "deathDate"
	fieldStatus            = "status"
	fieldContributionYears = "contributionYears"
	fieldPensionYears      = "pensionYears"
	fieldFormerTotal       = "formerTotal"
	fieldOwnContributions  = "ownContributions"
	fieldAccountBalance    = "accountBalance"
	fieldMonthlyWage       = "monthlyWage"
	fieldDependants        = "dependants"
)

// benefitInput is the input of the trial; the sums are in fen.
type benefitInput struct {
	Province          string        `json:"province"`
	DeathDate         string        `json:"deathDate"`
	Status            BenefitStatus `json:"status"`
	ContributionYears float64       `json:"contributionYears"`
	PensionYears      float64       `json:"pensionYears"`
	BaseAnnual        Fen           `json:"baseAnnual"`
	FormerTotal       Fen           `json:"formerTotal"`
	OwnContributions  *Fen          `json:"ownContributions"`
	AccountBalance    Fen           `json:"accountBalance"`
	MonthlyWage       Fen           `json:"monthlyWage"`
	Dependants        *int          `json:"dependants"`
}

// benefitTrial answers a family's "how much", before it claims.
func benefitTrial() Trial {
	return Trial{Name: "benefit", Title: approval.Text{ZH: "遗属待遇测算", EN: "survivor benefits"}, Version: 2,
		Sources: []Link{{Title: approval.Text{ZH: "《企业职工基本养老保险遗属待遇暂行办法》（人社部发〔2021〕18号，中国政府网政策文件库检索）", EN: "interim measures on survivor benefits, 人社部发〔2021〕18号 (search of the gov.cn policy library)"},
			Address: "https://sousuo.www.gov.cn/zcwjk/policyDocumentLibrary?q=%E4%BC%81%E4%B8%9A%E8%81%8C%E5%B7%A5%E5%9F%BA%E6%9C%AC%E5%85%BB%E8%80%81%E4%BF%9D%E9%99%A9%E9%81%97%E5%B1%9E%E5%BE%85%E9%81%87%E6%9A%82%E8%A1%8C%E5%8A%9E%E6%B3%95&t=zhengcelibrary"}, policy},
		Settings:    []SettingNeed{ofProvince(SettingBenefitYears), ofProvince(SettingBenefitBase), ofProvince(SettingBenefitTransition)},
		SettingsFor: settingsByDeath,
		Fields: []approval.Field{
			{Key: fieldProvince, Title: approval.Text{ZH: "参保省份", EN: "province of the scheme"}, Kind: approval.FieldText, Options: provinceOptions(), Required: true, Clause: clauseFuneral},
			{Key: fieldDeathDate, Title: approval.Text{ZH: "去世日期", EN: "date of death"}, Kind: approval.FieldDate, Required: true},
			{Key: fieldStatus, Title: approval.Text{ZH: "逝者生前", EN: "the person was"}, Kind: approval.FieldChoice, Required: true, Clause: clauseSurvivor, Options: []approval.Option{
				option(string(StatusRetired), "退休人员（含退职人员）", "retired"), option(string(StatusWorking), "在职人员（含灵活就业等以个人身份参保人员）", "insured and not yet retired")}},
			{Key: fieldContributionYears, Title: approval.Text{ZH: "缴费年限（含视同缴费年限）", EN: "contribution years (incl. deemed)"}, Kind: approval.FieldYears, Required: true, Clause: clauseSurvivor},
			{Key: fieldPensionYears, Title: approval.Text{ZH: "已领取基本养老金的时间", EN: "years of pension received"}, Kind: approval.FieldYears, Clause: clauseSurvivor, RequiredWhen: &approval.When{Field: fieldStatus, In: []string{string(StatusRetired)}}},
			{Key: FieldBaseAnnual, Title: approval.Text{ZH: "去世上一年城镇居民人均可支配收入（全年；系统已收录的可不填）", EN: "urban disposable income per head of the year before death (the whole year; leave it out where the table has it)"}, Kind: approval.FieldMoney, Clause: clauseFuneral},
			{Key: fieldFormerTotal, Title: approval.Text{ZH: "按原地方标准计算的合计（只在当地设有过渡保护时填写）", EN: "the total by the former local standard (only where it still protects)"}, Kind: approval.FieldMoney},
			{Key: fieldOwnContributions, Title: approval.Text{ZH: "本人个人缴费之和（缴费不满 5 年的填写；以个人身份参保的，填记入个人账户的部分）", EN: "what the person paid in all (for less than 5 years of contributions; of those insured by themselves, what entered the individual account)"}, Kind: approval.FieldMoney, Clause: clauseLimit},
			{Key: fieldAccountBalance, Title: approval.Text{ZH: "个人账户余额（另行继承，不在合计之内；知道的填写）", EN: "balance of the individual account (inherited besides, not in the total; where it is known)"}, Kind: approval.FieldMoney, Clause: clauseAccount},
			{Key: fieldMonthlyWage, Title: approval.Text{ZH: "去世上一年当地职工月平均工资（2021年9月1日前去世的填写）", EN: "local average monthly wage of the year before death (for deaths before 1 September 2021)"}, Kind: approval.FieldMoney},
			{Key: fieldDependants, Title: approval.Text{ZH: "供养直系亲属人数（2021年9月1日前去世的填写）", EN: "dependants (for deaths before 1 September 2021)"}, Kind: approval.FieldNumber},
		}, Evaluate: evaluateBenefit}
}

func ofProvince(setting string) SettingNeed {
	return SettingNeed{Name: setting, Place: fieldProvince, Province: true}
}

// settingsByDeath are the figures of the two years a death may go by; for a death before the national measures, the
// place's standard of that day.
func settingsByDeath(input approval.Form) []SettingNeed {
	death, err := time.Parse(time.DateOnly, text(input, fieldDeathDate))
	if err != nil {
		return nil
	}
	if beforeTheMeasures(death) {
		return formerWanted(death.Format(time.DateOnly))
	}
	var needs []SettingNeed
	for _, year := range []int{death.Year() - 1, death.Year() - 2} {
		if year >= FirstIncomeYear && year <= LastIncomeYear {
			needs = append(needs, ofProvince(IncomeSetting(year)))
		}
	}
	return needs
}

func evaluateBenefit(form approval.Form, given Facts) (Evaluation, *approval.Error) {
	var input benefitInput
	if refusal := read(form, &input); refusal != nil {
		return Evaluation{}, refusal
	}
	province, name, death, refusal := input.check(form, given.Today)
	if refusal != nil {
		return Evaluation{}, refusal
	}
	if beforeTheMeasures(death) {
		return evaluateFormer(input, province, name, given)
	}
	facts := BenefitFacts{Status: input.Status, DeathDate: death, ContributionYears: hundredths(input.ContributionYears), PensionYears: hundredths(input.PensionYears), Former: input.FormerTotal, OwnContributions: input.OwnContributions, AccountBalance: input.AccountBalance}
	if input.BaseAnnual > 0 {
		facts.Income, facts.Given = UrbanIncome{Province: province, Year: death.Year() - 1, Yearly: input.BaseAnnual}, true
	} else if facts.Income, facts.Provisional, refusal = baseFor(province, name, death.Year(), given.Settings); refusal != nil {
		return Evaluation{}, refusal
	}
	choices := BenefitChoices{Years: YearCounting(given.Settings[SettingBenefitYears].Value), Base: BaseRounding(given.Settings[SettingBenefitBase].Value), Transition: Transition(given.Settings[SettingBenefitTransition].Value)}
	result := CalculateBenefit(facts, choices)
	return Evaluation{Result: result, Summary: benefitWords(result), Derivation: DeriveBenefit(facts, choices, result, name)}, nil
}

// check finds every input that cannot be right, each with its place.
func (i benefitInput) check(form approval.Form, today time.Time) (province string, name approval.Text, death time.Time, refusal *approval.Error) {
	var problems []approval.Problem
	wrong := func(field, zh, en string) { problems = append(problems, approval.Invalid(field, zh, en).Problems...) }
	province, name, known := ProvinceOf(i.Province)
	if !known {
		wrong(fieldProvince, "请填写省级区划代码，如 210000 或 21", "give the code of a province, such as 210000 or 21")
	}
	death, err := time.Parse(time.DateOnly, i.DeathDate)
	switch {
	case err != nil:
		wrong(fieldDeathDate, "没有这一天", "there is no such day")
	case i.DeathDate > today.Format(time.DateOnly):
		wrong(fieldDeathDate, "去世日期不能晚于今天", "the date of death cannot lie after today")
	}
	if i.Status == StatusWorking && i.PensionYears > 0 {
		wrong(fieldPensionYears, "在职人员没有领取基本养老金的时间，请不填或填 0", "someone not yet retired has drawn no pension; leave it out or give 0")
	} else if i.PensionYears > mostPensionYears {
		wrong(fieldPensionYears, fmt.Sprintf("应为 0 到 %d 年", mostPensionYears), fmt.Sprintf("should be from 0 to %d years", mostPensionYears))
	}
	if held := form[FieldBaseAnnual]; len(held) > 0 && string(held) != "null" && (i.BaseAnnual < 1 || i.BaseAnnual > mostFen) {
		wrong(FieldBaseAnnual, "应为大于 0 的全年数（接口中以分计，如 6018000 即 60,180.00 元）", "should be the yearly figure, above 0 (in the API in fen, such as 6018000 for ¥60,180.00)")
	}
	tooLarge := func(field string) {
		wrong(field, "金额过大（接口中以分计）", "the sum is too large (in the API it is in fen)")
	}
	if i.FormerTotal > mostFen {
		tooLarge(fieldFormerTotal)
	}
	if i.AccountBalance > mostFen {
		tooLarge(fieldAccountBalance)
	}
	if i.MonthlyWage > mostFen {
		tooLarge(fieldMonthlyWage)
	}
	if i.Dependants != nil && (*i.Dependants < 0 || *i.Dependants > mostNamed) {
		wrong(fieldDependants, fmt.Sprintf("应为 0 到 %d 人", mostNamed), fmt.Sprintf("should be from 0 to %d", mostNamed))
	}
	if i.OwnContributions != nil && *i.OwnContributions > mostFen {
		tooLarge(fieldOwnContributions)
	}
	if len(problems) > 0 {
		return "", name, death, &approval.Error{Code: approval.CodeInvalidInput, Problems: problems, Message: problems[0].Message}
	}
	return province, name, death, nil
}

// hundredths reads a number of years that has at most two decimals.
func hundredths(years float64) int64 { return int64(math.Round(years * hundredthsPerOne)) }

// benefitWords say the result in a sentence.
func benefitWords(result Benefit) approval.Text {
	months := twelfthsWords(result.SurvivorTwelfths)
	words := approval.Text{ZH: fmt.Sprintf("合计 %s 元：丧葬补助金 %s 元，抚恤金 %s 元（%s 个月）", result.Total, result.FuneralGrant, result.SurvivorPayment, months),
		EN: fmt.Sprintf("¥%s in all: funeral grant ¥%s, survivor payment ¥%s (%s months)", result.Total, result.FuneralGrant, result.SurvivorPayment, months)}
	if result.LimitReduction > 0 {
		words.ZH, words.EN = words.ZH+fmt.Sprintf("，超出个人缴费之和的 %s 元不发", result.LimitReduction), words.EN+fmt.Sprintf(", less ¥%s beyond what the person paid", result.LimitReduction)
	}
	if result.TransitionalSupplement > 0 {
		words.ZH, words.EN = words.ZH+fmt.Sprintf("，过渡差额 %s 元", result.TransitionalSupplement), words.EN+fmt.Sprintf(", transitional supplement ¥%s", result.TransitionalSupplement)
	}
	if result.Provisional {
		words.ZH, words.EN = words.ZH+"（暂定）", words.EN+" (provisional)"
	}
	return words
}
