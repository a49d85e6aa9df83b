package rules

import "jieli/approval"

// limitedBelow is the time of contributions, in months, below which the sums may not exceed what the person paid.
const limitedBelow = 5 * monthsPerYear

// clauseLimit names the measures without an article: the rule was seen in a published explanation with worked
// cases (fangzou.cn/z/2148217.html), which quotes it after article 5 and names no number.
const clauseLimit = "人社部发〔2021〕18号"

// limit is what is taken off the sums because fewer than five years were paid: they may not exceed the person's
// own contributions (of those insured by themselves, what entered the individual account). Nothing where these
// are not known.
func limit(facts BenefitFacts, contributed int64, due Fen) Fen {
	if contributed >= limitedBelow || facts.OwnContributions == nil {
		return 0
	}
	return max(0, due-*facts.OwnContributions)
}

// limitSteps tell whether the sums were compared with the person's own contributions.
func limitSteps(facts BenefitFacts, result Benefit) []Step {
	if result.contributionMonths >= limitedBelow {
		return nil
	}
	step := Step{Clause: clauseLimit, Source: asFilledIn, Unit: UnitFen}
	if facts.OwnContributions == nil {
		return []Step{{Clause: clauseLimit, Step: approval.Text{ZH: "缴费不满 5 年的，合计不得超过本人个人缴费之和；未填写，未作比较，请核实", EN: "with less than 5 years of contributions the sums may not exceed what the person paid; that was not given, so nothing was compared: ask the agency"}}}
	}
	step.Value = facts.OwnContributions.value()
	step.Step = approval.Text{ZH: "缴费不满 5 年的，合计不得超过本人个人缴费之和", EN: "with less than 5 years of contributions the sums may not exceed what the person paid"}
	if result.LimitReduction == 0 {
		return []Step{step}
	}
	return []Step{step, moneyStep("超出部分不发", "what exceeds it is not paid", result.LimitReduction, clauseLimit)}
}
