package rules

import (
	"strconv"
	"strings"

	"jieli/approval"
)

// PartyRule names the rule a Party member's relation goes by.
type PartyRule string

// The rules in the order they are asked, and that which leaves it to people.
const (
	PartyRehired   PartyRule = "P1"
	PartyWorkplace PartyRule = "P2"
	PartySeparated PartyRule = "P3"
	PartyResidence PartyRule = "P4"
	PartyManual    PartyRule = "manual"
)

// PartyDestination is whose Party organisation takes a member's relation.
type PartyDestination string

// The destinations.
const (
	ToOriginalUnit PartyDestination = "originalUnit"
	ToWorkplace    PartyDestination = "workplace"
	ToResidence    PartyDestination = "residence"
	ToNobodyYet    PartyDestination = "manual"
)

// halfYear in months; 以上 includes the number itself.
const halfYear = 6

// PartyFacts are what a Party member's relation follows from. What is nil or empty is not known.
type PartyFacts struct {
	RehiredByOriginalUnit *bool `json:"rehiredByOriginalUnit"`
	EmployedElsewhere     *bool `json:"employedElsewhere"`
	// AwayMonths is how long the member has worked for another unit, or been away for work or business.
	AwayMonths *float64 `json:"awayMonths"`
	// Residence and Hukou are division codes, or the names of places.
	Residence string `json:"residence"`
	Hukou     string `json:"hukou"`
	Abroad    bool   `json:"abroad"`
	// Disputed: the facts are contested, or nobody can say.
	Disputed bool `json:"disputed"`
}

// PartyRoute says which rule applies and where the relation goes. DecidedBy is the kind of office whose
// people decide where no rule does.
type PartyRoute struct {
	Rule        PartyRule           `json:"rule"`
	Destination PartyDestination    `json:"destination"`
	DecidedBy   approval.OfficeKind `json:"decidedBy,omitempty"`
}

// silent is where the policy says nothing.
var silent = approval.Text{ZH: "2003年意见第四部分未作规定", EN: "part four of the 2003 opinion says nothing of it"}

// RouteParty asks P1 to P4 in their order of precedence. Members abroad, contested and unknown facts go to
// people, never to a rule. halfYearLimitsEmployment settles what the grammar of S4.4 leaves open:
// whether "half a year" also limits being employed elsewhere, or only being away.
func RouteParty(facts PartyFacts, halfYearLimitsEmployment bool) (PartyRoute, []Step) {
	var steps []Step
	byPeople := func(zh, en string) (PartyRoute, []Step) {
		return PartyRoute{Rule: PartyManual, Destination: ToNobodyYet, DecidedBy: approval.KindOrganisation},
			append(steps, Step{Step: approval.Text{ZH: zh + "，由组织部门研究决定，不套用规则", EN: en + "; the organisation department decides, not a rule"}, Value: string(PartyManual), Source: silent})
	}
	if facts.Disputed {
		return byPeople("情况有争议或不清楚", "the facts are contested or unclear")
	}
	if facts.Abroad {
		return byPeople("本人在国（境）外", "the member is abroad")
	}

	if facts.RehiredByOriginalUnit == nil {
		return byPeople("是否被原单位返聘不清楚", "it is not known whether the original unit has rehired the member")
	}
	steps = append(steps, found("被原单位返聘", "rehired by the original unit", *facts.RehiredByOriginalUnit, "S4.3"))
	if *facts.RehiredByOriginalUnit {
		return PartyRoute{Rule: PartyRehired, Destination: ToOriginalUnit}, append(steps,
			Step{Step: approval.Text{ZH: "组织关系继续留在原单位党组织", EN: "the relation stays with the original unit's Party organisation"}, Value: string(PartyRehired), Clause: "S4.3"})
	}

	if facts.EmployedElsewhere == nil {
		return byPeople("是否受聘于其他单位不清楚", "it is not known whether another unit employs the member")
	}
	if facts.AwayMonths == nil {
		return byPeople("受聘或外出时间不清楚", "it is not known how long the member has been employed elsewhere or away")
	}
	long := *facts.AwayMonths >= halfYear
	months := strconv.FormatFloat(*facts.AwayMonths, 'f', -1, 64)
	steps = append(steps, found("受聘于其他单位", "employed by another unit", *facts.EmployedElsewhere, "S4.4"),
		Step{Step: approval.Text{ZH: "受聘或外出务工经商的月数（半年以上指满 6 个月）", EN: "months employed elsewhere or away for work or business (half a year is 6 full months)"}, Value: months, Clause: "S4.4"})
	if *facts.EmployedElsewhere && !long {
		steps = append(steps, halfYearStep(halfYearLimitsEmployment))
	}
	if long || *facts.EmployedElsewhere && !halfYearLimitsEmployment {
		return PartyRoute{Rule: PartyWorkplace, Destination: ToWorkplace}, append(steps,
			Step{Step: approval.Text{ZH: "组织关系转入所去单位或地区的党组织", EN: "the relation goes to the Party organisation of that unit or place"}, Value: string(PartyWorkplace), Clause: "S4.4"})
	}

	if strings.TrimSpace(facts.Residence) == "" {
		return byPeople("常住地不清楚", "the residence is not known")
	}
	steps = append(steps, Step{Step: approval.Text{ZH: "常住地", EN: "residence"}, Value: facts.Residence, Clause: "S4.1"})
	if hukou := strings.TrimSpace(facts.Hukou); hukou != "" {
		steps = append(steps, Step{Step: approval.Text{ZH: "户籍地", EN: "hukou"}, Value: facts.Hukou, Clause: "S4.2"})
		if !samePlace(facts.Residence, hukou) {
			return PartyRoute{Rule: PartySeparated, Destination: ToResidence}, append(steps,
				Step{Step: approval.Text{ZH: "常住地与户籍地分离，转入常住地党组织", EN: "residence and hukou differ; the relation goes to the residence's Party organisation"}, Value: string(PartySeparated), Clause: "S4.2"})
		}
	}
	return PartyRoute{Rule: PartyResidence, Destination: ToResidence}, append(steps,
		Step{Step: approval.Text{ZH: "转入常住地党组织", EN: "the relation goes to the residence's Party organisation"}, Value: string(PartyResidence), Clause: "S4.1"})
}

func halfYearStep(limits bool) Step {
	if limits {
		return Step{setting: SettingHalfYearLimitsEmployment, Clause: "S4.4", Value: answer(true), Step: approval.Text{ZH: "按设置，“半年以上”同样限定受聘于其他单位", EN: "by the setting, half a year limits being employed elsewhere too"}}
	}
	return Step{setting: SettingHalfYearLimitsEmployment, Clause: "S4.4", Value: answer(false), Step: approval.Text{ZH: "按设置，“半年以上”只限定外出务工经商，受聘即转入", EN: "by the setting, half a year limits only being away; being employed elsewhere is enough"}}
}

// SettingHalfYearLimitsEmployment and SettingArchiveHolderBasis name the settings these rules ask for.
const (
	SettingHalfYearLimitsEmployment = "half_year_limits_employment"
	SettingArchiveHolderBasis       = "archive_holder_basis"
)

// partyRoutingTrial tells the counter by which rule a Party member's relation goes.
func partyRoutingTrial() Trial {
	return Trial{Name: "party-routing", Title: approval.Text{ZH: "党员组织关系去向", EN: "Party relation routing"}, Version: 1, Sources: []Link{policy},
		Settings: []SettingNeed{{Name: SettingHalfYearLimitsEmployment, Place: "residence"}},
		Fields: []approval.Field{
			{Key: "rehiredByOriginalUnit", Title: approval.Text{ZH: "被原单位返聘", EN: "rehired by the original unit"}, Kind: approval.FieldQuestion, Required: true, Unknown: true, Clause: "S4.3"},
			{Key: "employedElsewhere", Title: approval.Text{ZH: "受聘于其他单位", EN: "employed by another unit"}, Kind: approval.FieldQuestion, Required: true, Unknown: true, Clause: "S4.4"},
			{Key: "awayMonths", Title: approval.Text{ZH: "受聘或外出务工经商的月数（没有填 0）", EN: "months employed elsewhere or away for work or business (0 for none)"}, Kind: approval.FieldNumber, Required: true, Clause: "S4.4"},
			{Key: "residence", Title: approval.Text{ZH: "常住地（区划代码或地名）", EN: "residence (division code or name)"}, Kind: approval.FieldText, Required: true, Clause: "S4.1"},
			{Key: "hukou", Title: approval.Text{ZH: "户籍地（区划代码或地名）", EN: "hukou (division code or name)"}, Kind: approval.FieldText, Required: true, Clause: "S4.2"},
			{Key: "abroad", Title: approval.Text{ZH: "在国（境）外", EN: "abroad"}, Kind: approval.FieldBoolean},
			{Key: "disputed", Title: approval.Text{ZH: "情况有争议或不清楚", EN: "the facts are contested or unclear"}, Kind: approval.FieldBoolean},
		}, Evaluate: func(input approval.Form, given Facts) (Evaluation, *approval.Error) {
			var facts PartyFacts
			if refusal := read(input, &facts); refusal != nil {
				return Evaluation{}, refusal
			}
			if *facts.AwayMonths < 0 || *facts.AwayMonths > maximumMonths {
				return Evaluation{}, approval.Invalid("awayMonths", "应为 0 到 1200 的数", "should be a number from 0 to 1200")
			}
			route, steps := RouteParty(facts, given.Settings[SettingHalfYearLimitsEmployment].Value != "no")
			return Evaluation{Result: route, Summary: partyWords[route.Rule], Derivation: steps}, nil
		}}
}

// maximumMonths is a hundred years.
const maximumMonths = 1200

var partyWords = map[PartyRule]approval.Text{
	PartyRehired:   {ZH: "P1 继续留在原单位党组织", EN: "P1 stays with the original unit's Party organisation"},
	PartyWorkplace: {ZH: "P2 转入所去单位或地区的党组织", EN: "P2 to the Party organisation of the unit or place gone to"},
	PartySeparated: {ZH: "P3 转入常住地党组织（与户籍地分离）", EN: "P3 to the residence's Party organisation (hukou elsewhere)"},
	PartyResidence: {ZH: "P4 转入常住地党组织", EN: "P4 to the residence's Party organisation"},
	PartyManual:    {ZH: "由组织部门研究决定", EN: "the organisation department decides"},
}
