package procedures

import (
	"encoding/json"
	"fmt"

	"jieli/approval"
	"jieli/rules"
)

// mostIncome bounds a yearly income per head, in yuan.
const mostIncome = 1_000_000

// benefitSettings are what the measures on survivor benefits leave to each place, and the yearly incomes its
// sums go by. Each Help says why the default is what it is.
func benefitSettings() []Setting {
	list := []Setting{
		{Name: rules.SettingBenefitYears, Title: approval.Text{ZH: "遗属待遇：年限的计算", EN: "survivor benefits: how years are counted"}, Kind: SettingChoice, Clause: "人社部发〔2021〕18号第五条", Default: quoted(string(rules.CountMonths)), Options: []approval.Option{
			choice(string(rules.CountMonths), "计算到月：不满一年的部分按月折算", "to the month: parts of a year count by the month"), choice(string(rules.CountFullYears), "只计满年：不满一年的部分不计", "full years only: parts of a year do not count")},
			Help: approval.Text{ZH: "缴费年限和领取基本养老金时间不满一年的部分如何计算。第五条写明计算到月，故以此为默认；当地另有书面规定的，按规定设置。", EN: "what becomes of parts of a year of contributions and of pension received. Article 5 says both count to the month, hence the default; set it otherwise only by a local document"}},
		{Name: rules.SettingBenefitBase, Title: approval.Text{ZH: "遗属待遇：月均收入的取整", EN: "survivor benefits: rounding of the monthly income"}, Kind: SettingChoice, Clause: "人社部发〔2021〕18号第四条", Default: quoted(string(rules.BaseExact)), Options: []approval.Option{
			choice(string(rules.BaseExact), "不先取整：全年数 × 月数 ÷ 12，金额四舍五入到分", "not rounded: yearly figure × months ÷ 12, the sum rounded to the fen"), choice(string(rules.BaseWholeYuan), "先四舍五入到元，再乘以月数", "rounded to whole yuan first, then multiplied")},
			Help: approval.Text{ZH: "办法没有规定月均数取整，先取整会使金额偏离全年数，故默认不取整；有的省公布取整到元的月均数，可按公布文件设置。", EN: "the measures do not round the monthly figure, and doing so moves the sum away from the yearly one, hence the default; some provinces publish it in whole yuan and may set it by that document"}},
		{Name: rules.SettingBenefitTransition, Title: approval.Text{ZH: "遗属待遇：原地方标准的过渡保护", EN: "survivor benefits: protection by the former local standard"}, Kind: SettingChoice, Default: quoted(string(rules.TransitionNone)), Options: []approval.Option{
			choice(string(rules.TransitionNone), "不比较：只按全国统一办法", "none: the national measures alone"), choice(string(rules.TransitionHigher), "就高：原地方标准更高的，补足差额", "the higher: where the former standard gives more, the difference is added")},
			Help: approval.Text{ZH: "2021年9月1日起全国统一办法施行，没有规定与原标准比较，故默认不比较；当地文件设有过渡期的，在过渡期内设为就高。", EN: "the national measures apply from 1 September 2021 and name no comparison, hence the default; a place whose document sets a transition period sets it for that time"}},
	}
	list = append(list, formerStandardSettings()...)
	for year := rules.FirstIncomeYear; year <= rules.LastIncomeYear; year++ {
		list = append(list, Setting{Name: rules.IncomeSetting(year), Kind: SettingNumber, Most: mostIncome, Default: json.RawMessage("0"), Clause: "人社部发〔2021〕18号第四条",
			Title: approval.Text{ZH: fmt.Sprintf("%d年城镇居民人均可支配收入（元）", year), EN: fmt.Sprintf("urban disposable income per head in %d (yuan)", year)},
			Help: approval.Text{ZH: fmt.Sprintf("本省统计部门公布的全年数，用于计算%d年去世人员的遗属待遇；0 表示未录入，此时用系统自带的数据。", year+1),
				EN: fmt.Sprintf("the yearly figure the province published, for deaths in %d; 0 means not entered, and the figure that comes with the program counts", year+1)}})
	}
	return list
}

// mostFormerMonths bounds the months of wage a former standard gave.
const mostFormerMonths = 60

// formerStandardSettings are what a place paid for deaths before the national measures. Places differed and changed
// their standards, so that each is entered with its document and the first day it applied to.
func formerStandardSettings() []Setting {
	help := approval.Text{ZH: "2021年9月1日前去世的，按去世之日当地执行的规定计算；请按文件录入，并把文件施行之日作为生效日期。0 表示没有此项。", EN: "for deaths before 1 September 2021 the standard in force on the day of death counts; enter it by its document, with the day it took effect as the first day. 0 is none"}
	number := func(name, zh, en string, most int) Setting {
		return Setting{Name: name, Title: approval.Text{ZH: "原地方标准：" + zh, EN: "former local standard: " + en}, Help: help, Kind: SettingNumber, Most: most, Default: json.RawMessage("0")}
	}
	list := []Setting{
		number(rules.SettingFormerFuneralMonths, "丧葬补助（当地职工月平均工资的月数）", "funeral grant, months of the local average wage", mostFormerMonths),
		number(rules.SettingFormerFuneralYuan, "丧葬补助定额（元）", "funeral grant, fixed sum in yuan", mostIncome)}
	for dependants := range rules.MostDependants + 1 {
		zh, en := fmt.Sprintf("抚恤金（供养直系亲属 %d 人时的月数）", dependants), fmt.Sprintf("survivor payment, months with %d dependants", dependants)
		if dependants == rules.MostDependants {
			zh, en = fmt.Sprintf("抚恤金（供养直系亲属 %d 人以上时的月数）", dependants), fmt.Sprintf("survivor payment, months with %d dependants or more", dependants)
		}
		list = append(list, number(rules.FormerSurvivorSetting(dependants), zh, en, mostFormerMonths))
	}
	return append(list, number(rules.SettingFormerSurvivorYuan, "抚恤金定额（元）", "survivor payment, fixed sum in yuan", mostIncome))
}
