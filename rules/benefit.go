package rules

import "time"

// BenefitStatus is what the dead person was to the scheme.
type BenefitStatus string

// The two cases of article 5.
const (
	StatusRetired BenefitStatus = "retired"
	StatusWorking BenefitStatus = "working"
)

// BenefitFacts are what the sums due to the family of a dead person follow from.
type BenefitFacts struct {
	Status    BenefitStatus
	DeathDate time.Time
	// ContributionYears and PensionYears are hundredths of a year.
	ContributionYears, PensionYears int64
	// Income is the yearly figure that counts; Given says that the input brought it, Provisional that it is
	// the figure of a year too early.
	Income             UrbanIncome
	Given, Provisional bool
	// Former is what the local rules before 2021-09 would give, where that is known; else nothing.
	Former Fen
	// OwnContributions are what the person paid in all; nil where that is not known.
	OwnContributions *Fen
	// AccountBalance is what is left on the person's individual account, where that is known.
	AccountBalance Fen
}

// YearCounting says what becomes of a part of a year.
type YearCounting string

// The countings. Article 5 counts to the month; a place whose written rules count full years sets it.
const (
	CountMonths    YearCounting = "month"
	CountFullYears YearCounting = "full_year"
)

// BaseRounding says whether the monthly base is rounded before it is multiplied.
type BaseRounding string

// The roundings. Only the sum is rounded unless a place publishes its base in whole yuan.
const (
	BaseExact     BaseRounding = "exact"
	BaseWholeYuan BaseRounding = "yuan"
)

// Transition says whether the former local rules still protect those they would give more.
type Transition string

// The transitions. The measures of 2021 know none; a place that protects sets it by document.
const (
	TransitionNone   Transition = "none"
	TransitionHigher Transition = "higher"
)

// BenefitChoices are what the measures leave to each place.
type BenefitChoices struct {
	Years      YearCounting
	Base       BaseRounding
	Transition Transition
}

// Benefit is what the family gets, with the quantities it was reckoned from. Sums are in fen.
type Benefit struct {
	FuneralGrant Fen `json:"funeralGrant"`
	// SurvivorMonths is SurvivorTwelfths in months: a month of contributions is a twelfth of one.
	SurvivorMonths   float64 `json:"survivorMonths"`
	SurvivorTwelfths int64   `json:"survivorTwelfths"`
	SurvivorPayment  Fen     `json:"survivorPayment"`
	// TransitionalSupplement is what the former local rules would give more, where they still protect.
	TransitionalSupplement Fen `json:"transitionalSupplement"`
	// LimitReduction is what exceeds the person's own contributions, where these bound the sums.
	LimitReduction Fen `json:"limitReduction"`
	Total          Fen `json:"total"`
	// AccountBalance is inherited besides (Social Insurance Law, article 14): a line of its own, in no total.
	AccountBalance Fen  `json:"accountBalance"`
	BaseAnnual     Fen  `json:"baseAnnual"`
	BaseYear       int  `json:"baseYear"`
	Provisional    bool `json:"provisional"`

	contributionMonths, pensionMonths int64
	// entitled are the months before pension received is taken off, in twelfths.
	entitled int64
}

// The quantities of articles 4 and 5, in months.
const (
	funeralMonths    = 2
	leastMonths      = 9
	fullMonths       = 15
	mostYears        = 30
	monthsPerYear    = 12
	hundredthsPerOne = 100
)

// benefitFrom is the first day of death the measures of 2021 apply to.
var benefitFrom = time.Date(2021, time.September, 1, 0, 0, 0, 0, time.UTC)

// CalculateBenefit applies articles 4 and 5 of the measures of 2021. Every sum is the yearly income times
// months over 12, rounded once, half up to the fen; nothing else is rounded unless a place rounds its base.
func CalculateBenefit(facts BenefitFacts, choices BenefitChoices) Benefit {
	result := Benefit{AccountBalance: facts.AccountBalance, BaseAnnual: facts.Income.Yearly, BaseYear: facts.Income.Year, Provisional: facts.Provisional,
		contributionMonths: monthsIn(facts.ContributionYears, choices.Years)}
	result.entitled = entitledTwelfths(result.contributionMonths)
	result.SurvivorTwelfths = result.entitled
	if facts.Status == StatusRetired {
		result.pensionMonths = monthsIn(facts.PensionYears, choices.Years)
		result.SurvivorTwelfths = max(leastMonths*monthsPerYear, result.entitled-result.pensionMonths)
	}
	result.SurvivorMonths = float64(result.SurvivorTwelfths) / monthsPerYear
	result.FuneralGrant = monthsOf(facts.Income.Yearly, funeralMonths*monthsPerYear, choices.Base)
	result.SurvivorPayment = monthsOf(facts.Income.Yearly, result.SurvivorTwelfths, choices.Base)
	due := result.FuneralGrant + result.SurvivorPayment
	result.LimitReduction = limit(facts, result.contributionMonths, due)
	due -= result.LimitReduction
	if choices.Transition == TransitionHigher {
		result.TransitionalSupplement = max(0, facts.Former-due)
	}
	result.Total = due + result.TransitionalSupplement
	return result
}

// monthsIn counts the full months in hundredths of a year. Two decimals of a year are at most 0.04 of a
// month off the month they stand for (0.58 is 7 months), which is what the 4 makes up for.
func monthsIn(hundredths int64, counting YearCounting) int64 {
	months := (hundredths*monthsPerYear + 4) / hundredthsPerOne
	if counting == CountFullYears {
		months -= months % monthsPerYear
	}
	return months
}

// entitledTwelfths is article 5(1): the months of survivor payment by months of contributions, in twelfths.
func entitledTwelfths(contributed int64) int64 {
	switch years := contributed / monthsPerYear; {
	case years < 5:
		return 3 * monthsPerYear
	case years < 10:
		return 6 * monthsPerYear
	}
	beyond := min(contributed, mostYears*monthsPerYear) - fullMonths*monthsPerYear
	return leastMonths*monthsPerYear + max(0, beyond)
}

// monthlyBase is the month of a yearly figure in whole yuan, for places that publish it so.
func monthlyBase(yearly Fen) Fen {
	return yearly.share(1, monthsPerYear*fenPerYuan) * fenPerYuan
}

// monthsOf is so many twelfths of a month of the base.
func monthsOf(yearly Fen, twelfths int64, rounding BaseRounding) Fen {
	if rounding == BaseWholeYuan {
		return monthlyBase(yearly).share(twelfths, monthsPerYear)
	}
	return yearly.share(twelfths, monthsPerYear*monthsPerYear)
}

// The clauses of the measures, and that by which the community helps the family to apply.
const (
	clauseFuneral  = "人社部发〔2021〕18号第四条"
	clauseSurvivor = "人社部发〔2021〕18号第五条"
	clauseHelp     = "S2.2(4)"
)
