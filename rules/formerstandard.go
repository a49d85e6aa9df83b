package rules

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"jieli/approval"
)

// FormerStandard is what a place paid for a death before the national measures, by its own document: months of the
// local average monthly wage of the year before death, fixed sums, or both. Months of survivor payment go by how
// many dependants there are; one entry stands for three and more.
type FormerStandard struct {
	FuneralMonths  int64
	FuneralYuan    int64
	SurvivorMonths [MostDependants + 1]int64
	SurvivorYuan   int64
}

// MostDependants is from how many dependants on their number makes no difference.
const MostDependants = 3

// The settings that hold a former standard. They are asked for as they were on the day of death, so that a place
// which changed its standard enters each with its own first day.
const (
	SettingFormerFuneralMonths = "former_funeral_months"
	SettingFormerFuneralYuan   = "former_funeral_yuan"
	SettingFormerSurvivorYuan  = "former_survivor_yuan"
)

// FormerSurvivorSetting names the setting that holds the months of survivor payment for so many dependants.
func FormerSurvivorSetting(dependants int) string {
	return "former_survivor_months:" + strconv.Itoa(dependants)
}

// formerWanted are the settings of a former standard as they were on a day.
func formerWanted(on string) []SettingNeed {
	names := []string{SettingFormerFuneralMonths, SettingFormerFuneralYuan, SettingFormerSurvivorYuan}
	for dependants := range MostDependants + 1 {
		names = append(names, FormerSurvivorSetting(dependants))
	}
	needs := make([]SettingNeed, len(names))
	for i, name := range names {
		needs[i] = ofProvince(name)
		needs[i].On = on
	}
	return needs
}

// formerOf reads a standard from its settings; known is false where the place has entered none.
func formerOf(settings map[string]SettingValue) (standard FormerStandard, known bool) {
	number := func(name string) int64 {
		value, _ := strconv.ParseInt(settings[name].Value, 10, 64)
		known = known || value > 0
		return value
	}
	standard = FormerStandard{FuneralMonths: number(SettingFormerFuneralMonths), FuneralYuan: number(SettingFormerFuneralYuan), SurvivorYuan: number(SettingFormerSurvivorYuan)}
	for dependants := range standard.SurvivorMonths {
		standard.SurvivorMonths[dependants] = number(FormerSurvivorSetting(dependants))
	}
	return standard, known
}

// asksForWage reports whether a sum of the standard goes by the wage.
func (s FormerStandard) asksForWage() bool {
	return s.FuneralMonths > 0 || slices.ContainsFunc(s.SurvivorMonths[:], func(months int64) bool { return months > 0 })
}

// CalculateFormer applies a former standard. Months are whole ones, so that nothing is rounded.
func CalculateFormer(standard FormerStandard, monthlyWage Fen, dependants int) Benefit {
	months := standard.SurvivorMonths[min(dependants, MostDependants)]
	result := Benefit{FuneralGrant: monthlyWage*Fen(standard.FuneralMonths) + Fen(standard.FuneralYuan*fenPerYuan),
		SurvivorMonths: float64(months), SurvivorTwelfths: months * monthsPerYear, SurvivorPayment: monthlyWage*Fen(months) + Fen(standard.SurvivorYuan*fenPerYuan)}
	result.Total = result.FuneralGrant + result.SurvivorPayment
	return result
}

// evaluateFormer answers for a death before the national measures.
func evaluateFormer(input benefitInput, province string, name approval.Text, given Facts) (Evaluation, *approval.Error) {
	standard, known := formerOf(given.Settings)
	if !known {
		return Evaluation{}, approval.Invalid(fieldDeathDate, "2021年9月1日前去世的，按当时当地的规定计算；"+name.ZH+"或参保地的原标准尚未录入设置，请由参保地社保经办机构按文件录入后再算",
			"for deaths before 1 September 2021 the rules of the place counted; the former standard of "+name.EN+" or the place of the scheme is not entered in the settings yet: its agency enters it by the document")
	}
	var problems []approval.Problem
	if standard.asksForWage() && input.MonthlyWage == 0 {
		problems = append(problems, approval.Invalid(fieldMonthlyWage, "请填写去世上一年当地职工月平均工资（接口中以分计）", "give the local average monthly wage of the year before death (in the API in fen)").Problems...)
	}
	if input.Dependants == nil {
		problems = append(problems, approval.Invalid(fieldDependants, "请填写供养直系亲属人数，没有的填 0", "say how many dependants there were; 0 for none").Problems...)
	}
	if len(problems) > 0 {
		return Evaluation{}, &approval.Error{Code: approval.CodeInvalidInput, Problems: problems, Message: problems[0].Message}
	}
	result := CalculateFormer(standard, input.MonthlyWage, *input.Dependants)
	result.AccountBalance = input.AccountBalance
	return Evaluation{Result: result, Derivation: deriveFormer(input, standard, result, province, name),
		Summary: approval.Text{ZH: fmt.Sprintf("合计 %s 元：丧葬补助 %s 元，抚恤金 %s 元（按去世时的当地规定）", result.Total, result.FuneralGrant, result.SurvivorPayment),
			EN: fmt.Sprintf("¥%s in all: funeral grant ¥%s, survivor payment ¥%s (by the local rules of the day)", result.Total, result.FuneralGrant, result.SurvivorPayment)}}, nil
}

// deriveFormer tells line by line how the sums came about.
func deriveFormer(input benefitInput, standard FormerStandard, result Benefit, province string, name approval.Text) []Step {
	dependants := min(*input.Dependants, MostDependants)
	steps := []Step{
		inputStep("去世日期（2021年9月1日前去世的，按去世时当地的规定）；社区协助家属申领", "date of death (before 1 September 2021: the local rules of the day); the community helps the family to apply", input.DeathDate, "", clauseHelp),
		inputStep("参保地："+name.ZH, "province of the scheme: "+name.EN, province, "", ""),
	}
	if standard.asksForWage() {
		steps = append(steps, inputStep("去世上一年当地职工月平均工资", "local average monthly wage of the year before death", input.MonthlyWage.value(), UnitFen, ""))
	}
	steps = append(steps, inputStep("供养直系亲属人数", "dependants", strconv.Itoa(*input.Dependants), "", ""))
	funeral := formerStep("丧葬补助", "funeral grant", input.MonthlyWage, standard.FuneralMonths, standard.FuneralYuan, result.FuneralGrant)
	funeral.setting = SettingFormerFuneralMonths
	if standard.FuneralMonths == 0 {
		funeral.setting = SettingFormerFuneralYuan
	}
	survivor := formerStep("抚恤金", "survivor payment", input.MonthlyWage, standard.SurvivorMonths[dependants], standard.SurvivorYuan, result.SurvivorPayment)
	survivor.setting = FormerSurvivorSetting(dependants)
	if standard.SurvivorMonths[dependants] == 0 {
		survivor.setting = SettingFormerSurvivorYuan
	}
	return append(steps, funeral, survivor, moneyStep("合计 = 丧葬补助 + 抚恤金", "total = funeral grant + survivor payment", result.Total, ""), accountStep(result.AccountBalance))
}

func formerStep(zh, en string, wage Fen, months, yuan int64, sum Fen) Step {
	fixed := Fen(yuan * fenPerYuan)
	switch {
	case months > 0 && yuan > 0:
		return moneyStep(fmt.Sprintf("%s = %s 元 × %d 个月 + %s 元", zh, wage, months, fixed), fmt.Sprintf("%s = ¥%s × %d months + ¥%s", en, wage, months, fixed), sum, "")
	case months > 0:
		return moneyStep(fmt.Sprintf("%s = %s 元 × %d 个月", zh, wage, months), fmt.Sprintf("%s = ¥%s × %d months", en, wage, months), sum, "")
	}
	return moneyStep(fmt.Sprintf("%s = %s 元（定额）", zh, fixed), fmt.Sprintf("%s = ¥%s (a fixed sum)", en, fixed), sum, "")
}

// beforeTheMeasures reports whether a death is older than the national measures.
func beforeTheMeasures(death time.Time) bool { return death.Before(benefitFrom) }
