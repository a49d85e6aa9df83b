package rules

import (
	"fmt"
	"strconv"
	"time"

	"jieli/approval"
)

// asFilledIn is the source of what the input says.
var asFilledIn = approval.Text{ZH: "填写的内容", EN: "as filled in"}

// The settings the calculation asks for.
const (
	SettingBenefitYears      = "benefit_years_counted"
	SettingBenefitBase       = "benefit_base_rounding"
	SettingBenefitTransition = "benefit_transition"
)

// DeriveBenefit tells line by line how the sums came about: each input with its source, each choice of the
// place with its document, each step of the arithmetic with its clause.
func DeriveBenefit(facts BenefitFacts, choices BenefitChoices, result Benefit, province approval.Text) []Step {
	steps := []Step{
		inputStep("去世日期（2021年9月1日起去世的，适用全国统一办法）；社区协助家属申领", "date of death (the national measures apply from 1 September 2021); the community helps the family to apply", facts.DeathDate.Format(time.DateOnly), "", clauseHelp),
		inputStep("参保地："+province.ZH+"（按参保的省份计算，不按居住地）", "province of the scheme: "+province.EN+" (not the residence)", facts.Income.Province, "", clauseFuneral),
	}
	if facts.Status == StatusRetired {
		steps = append(steps, inputStep("逝者为退休人员，按第（二）项计算", "the person was retired: item (2) applies", string(facts.Status), "", clauseSurvivor))
	} else {
		steps = append(steps, inputStep("逝者为在职人员，按第（一）项计算", "the person was insured and working: item (1) applies", string(facts.Status), "", clauseSurvivor))
	}
	steps = append(steps, baseSteps(facts, choices)...)
	steps = append(steps, sumStep("丧葬补助金", "funeral grant", facts.Income.Yearly, funeralMonths*monthsPerYear, choices.Base, result.FuneralGrant, clauseFuneral))
	steps = append(steps, survivorSteps(facts, choices, result)...)
	steps = append(steps, sumStep("抚恤金", "survivor payment", facts.Income.Yearly, result.SurvivorTwelfths, choices.Base, result.SurvivorPayment, clauseSurvivor))
	steps = append(steps, limitSteps(facts, result)...)
	steps = append(steps, transitionStep(facts, choices, result))
	return append(steps,
		moneyStep("合计 = 丧葬补助金 + 抚恤金"+where(result.LimitReduction, " − 超出个人缴费之和的部分")+where(result.TransitionalSupplement, " + 过渡差额"),
			"total = funeral grant + survivor payment"+where(result.LimitReduction, " − what exceeds the contributions")+where(result.TransitionalSupplement, " + transitional supplement"), result.Total, ""),
		accountStep(result.AccountBalance))
}

// accountStep is the third line: what is left on the individual account goes to the heirs, whatever the sums are.
func accountStep(balance Fen) Step {
	if balance == 0 {
		return Step{Step: approval.Text{ZH: "个人账户余额（如有）由遗属另行继承，不在合计之内", EN: "the individual account balance, if any, is inherited besides; it is not in the total"}, Clause: clauseAccount}
	}
	step := moneyStep("个人账户余额，由遗属另行继承，不在合计之内", "the individual account balance, inherited besides; it is not in the total", balance, clauseAccount)
	step.Source = asFilledIn
	return step
}

// clauseAccount lets heirs inherit the individual account.
const clauseAccount = "《社会保险法》第十四条"

// where gives the words for a sum that is not nothing.
func where(sum Fen, words string) string {
	if sum == 0 {
		return ""
	}
	return words
}

// baseSteps say which yearly figure counts and whether its month is rounded.
func baseSteps(facts BenefitFacts, choices BenefitChoices) []Step {
	year, wanted := facts.Income.Year, facts.DeathDate.Year()-1
	words := approval.Text{ZH: fmt.Sprintf("去世上一年（%d年）城镇居民人均可支配收入，全年", wanted), EN: fmt.Sprintf("urban disposable income per head of the year before death (%d), the whole year", wanted)}
	if facts.Provisional {
		words = approval.Text{ZH: fmt.Sprintf("%d年数据尚未收录，暂按%d年城镇居民人均可支配收入计算；数据公布后按公布数重新核算", wanted, year),
			EN: fmt.Sprintf("the figure of %d is not in the table yet; that of %d stands in for it, and the sums are reckoned again once it is published", wanted, year)}
	}
	source := facts.Income.Source
	if facts.Given {
		source = asFilledIn
	}
	steps := []Step{{Step: words, Value: facts.Income.Yearly.value(), Unit: UnitFen, Clause: clauseFuneral, Source: source}}
	if choices.Base == BaseWholeYuan {
		return append(steps, Step{setting: SettingBenefitBase, Value: monthlyBase(facts.Income.Yearly).value(), Unit: UnitFen, Clause: clauseFuneral,
			Step: approval.Text{ZH: "按设置，月均数 = 全年数 ÷ 12，先四舍五入到元", EN: "by the setting, the monthly figure is the yearly one ÷ 12, rounded to whole yuan first"}})
	}
	return append(steps, Step{setting: SettingBenefitBase, Clause: clauseFuneral,
		Step: approval.Text{ZH: "按设置，月均数不先取整，只在得出金额时四舍五入到分", EN: "by the setting, the monthly figure is not rounded; only each sum is, half up to the fen"}})
}

// survivorSteps say how many months the survivor payment is for.
func survivorSteps(facts BenefitFacts, choices BenefitChoices, result Benefit) []Step {
	counted := Step{setting: SettingBenefitYears, Clause: clauseSurvivor,
		Step: approval.Text{ZH: "按设置，缴费年限和领取养老金时间计算到月", EN: "by the setting, contributions and pension received count to the month"}}
	if choices.Years == CountFullYears {
		counted.Step = approval.Text{ZH: "按设置，缴费年限和领取养老金时间只计满年", EN: "by the setting, only full years of contributions and of pension received count"}
	}
	steps := []Step{
		inputStep("缴费年限（含视同缴费年限）", "contribution years (incl. deemed)", yearsWords(facts.ContributionYears), UnitYears, clauseSurvivor),
		counted,
		{Step: approval.Text{ZH: "计入的缴费月数", EN: "months of contributions that count"}, Value: strconv.FormatInt(result.contributionMonths, 10), Unit: UnitMonths, Clause: clauseSurvivor},
		{Step: entitledWords(result.contributionMonths), Value: twelfthsWords(result.entitled), Unit: UnitMonths, Clause: clauseSurvivor},
	}
	if facts.Status != StatusRetired {
		return steps
	}
	steps = append(steps, inputStep("已领取基本养老金的时间", "years of pension received", yearsWords(facts.PensionYears), UnitYears, clauseSurvivor),
		Step{Step: approval.Text{ZH: "每领取 1 年减少 1 个月，应减月数", EN: "one month less for each year of pension; months taken off"}, Value: twelfthsWords(result.pensionMonths), Unit: UnitMonths, Clause: clauseSurvivor})
	left := result.entitled - result.pensionMonths
	words := approval.Text{ZH: fmt.Sprintf("发放月数 = %s − %s", twelfthsWords(result.entitled), twelfthsWords(result.pensionMonths)), EN: fmt.Sprintf("months of survivor payment = %s − %s", twelfthsWords(result.entitled), twelfthsWords(result.pensionMonths))}
	if left < leastMonths*monthsPerYear {
		words = approval.Text{ZH: words.ZH + "，不足 9 个月，按最低 9 个月", EN: words.EN + ", less than 9: the minimum of 9 applies"}
	}
	return append(steps, Step{Step: words, Value: twelfthsWords(result.SurvivorTwelfths), Unit: UnitMonths, Clause: clauseSurvivor})
}

// entitledWords name the band of contributions.
func entitledWords(contributed int64) approval.Text {
	switch years := contributed / monthsPerYear; {
	case years < 5:
		return approval.Text{ZH: "缴费不满 5 年，发放月数", EN: "less than 5 years of contributions; months of survivor payment"}
	case years < 10:
		return approval.Text{ZH: "缴费满 5 年不满 10 年，发放月数", EN: "5 to less than 10 years of contributions; months of survivor payment"}
	case contributed <= fullMonths*monthsPerYear:
		return approval.Text{ZH: "缴费满 10 年不超过 15 年，发放月数", EN: "10 to 15 years of contributions; months of survivor payment"}
	case contributed >= mostYears*monthsPerYear:
		return approval.Text{ZH: "缴费 30 年以上，按 30 年计算，发放月数最高 24 个月", EN: "30 years of contributions or more count as 30; the most is 24 months"}
	}
	return approval.Text{ZH: "缴费超过 15 年，9 个月之外每多 1 年增加 1 个月，发放月数", EN: "more than 15 years of contributions: 9 months and one more for each further year"}
}

func transitionStep(facts BenefitFacts, choices BenefitChoices, result Benefit) Step {
	step := Step{setting: SettingBenefitTransition}
	switch {
	case choices.Transition != TransitionHigher:
		step.Step = approval.Text{ZH: "按设置，不与原地方标准比较", EN: "by the setting, the former local standard is not compared"}
	case facts.Former == 0:
		step.Step = approval.Text{ZH: "按设置，原地方标准更高的补足差额；未填写按原标准计算的金额，未作比较，请向当地核实", EN: "by the setting, a higher former local standard is made up for; no sum by it was given, so none was compared: ask the local office"}
	case result.TransitionalSupplement == 0:
		step.Step = approval.Text{ZH: "按设置与原地方标准 " + facts.Former.String() + " 元比较，不低于原标准，无差额", EN: "by the setting, compared with the former local standard of ¥" + facts.Former.String() + "; it is not higher"}
		step.Value, step.Unit = Fen(0).value(), UnitFen
	default:
		step.Step = approval.Text{ZH: "按设置与原地方标准 " + facts.Former.String() + " 元比较，补足差额", EN: "by the setting, the former local standard of ¥" + facts.Former.String() + " is higher; the difference is added"}
		step.Value, step.Unit = result.TransitionalSupplement.value(), UnitFen
	}
	return step
}

// sumStep shows the product behind a sum.
func sumStep(zh, en string, yearly Fen, twelfths int64, rounding BaseRounding, sum Fen, clause string) Step {
	months := twelfthsWords(twelfths)
	if rounding == BaseWholeYuan {
		return moneyStep(fmt.Sprintf("%s = %s 元 × %s 个月", zh, monthlyBase(yearly), months), fmt.Sprintf("%s = ¥%s × %s months", en, monthlyBase(yearly), months), sum, clause)
	}
	return moneyStep(fmt.Sprintf("%s = %s 元 × %s 个月 ÷ 12", zh, yearly, months), fmt.Sprintf("%s = ¥%s × %s months ÷ 12", en, yearly, months), sum, clause)
}

func moneyStep(zh, en string, sum Fen, clause string) Step {
	return Step{Step: approval.Text{ZH: zh, EN: en}, Value: sum.value(), Unit: UnitFen, Clause: clause}
}

func inputStep(zh, en, value string, unit Unit, clause string) Step {
	return Step{Step: approval.Text{ZH: zh, EN: en}, Value: value, Unit: unit, Clause: clause, Source: asFilledIn}
}

// yearsWords writes hundredths of a year as a decimal without idle zeros.
func yearsWords(hundredths int64) string {
	return strconv.FormatFloat(float64(hundredths)/hundredthsPerOne, 'f', -1, 64)
}

// twelfthsWords writes twelfths of a month: as a decimal where two places are exact, else as a fraction.
func twelfthsWords(twelfths int64) string {
	whole, part := twelfths/monthsPerYear, twelfths%monthsPerYear
	switch {
	case part%3 == 0:
		return strconv.FormatFloat(float64(twelfths)/monthsPerYear, 'f', -1, 64)
	case whole == 0:
		return fmt.Sprintf("%d/%d", part, monthsPerYear)
	}
	return fmt.Sprintf("%d %d/%d", whole, part, monthsPerYear)
}
