package procedures

import (
	"slices"

	"jieli/approval"
)

// The stages of a claim of survivor benefits.
const (
	StageBenefitClaim       = "benefit-claim"
	StageBenefitCalculation = "benefit-calculation"
	StageBenefitReview      = "benefit-review"
	StageBenefitDecision    = "benefit-decision"
	StageBenefitMeeting     = "benefit-meeting"
	StageBenefitAudit       = "benefit-audit"
	StageBenefitRelease     = "benefit-release"
	StageBenefitPayment     = "benefit-payment"
	StageBenefitLetter      = "benefit-letter"
)

// The stages of the correction of an account that a bank has refused.
const (
	StagePayeeCorrection = "payee-correction"
	StagePayeeReview     = "payee-review"
)

// FactBenefit and FactPayment are the case and the payment whose account is corrected.
const (
	FactBenefit = "benefit"
	FactPayment = "payment"
)

// ScopeMoney is the scope of a field that names amounts: it exists for those alone who handle them, and once they
// are decided for the office that took the claim in.
const ScopeMoney = "money"

// How several claimants share.
const (
	ArrangementSole       = "sole"
	ArrangementShares     = "shares"
	ArrangementOneAccount = "one-account"
	ArrangementCourt      = "court"
	ArrangementDisputed   = "disputed"
)

// The causes of death as far as they decide which rules apply.
const (
	CauseIllness      = "illness"
	CauseNonWork      = "non-work"
	CauseWork         = "work"
	CauseUndetermined = "undetermined"
)

// The settings of the procedure.
const (
	// SettingBenefitThreshold is the sum in yuan above which a meeting decides; 0 is none.
	SettingBenefitThreshold = "benefit_meeting_above"
	// SettingBenefitLate is after how many months since the death a claim goes to the meeting; 0 is never.
	SettingBenefitLate = "benefit_meeting_after_months"
	// SettingBenefitAudit says whether the internal audit looks at every benefit before it is paid.
	SettingBenefitAudit = "benefit_audit"
)

const (
	clauseBenefit   = "人社部发〔2021〕18号第五条"
	clauseHelpToGet = "S2.2(4)"
)

func yesNo() []approval.Option {
	return []approval.Option{choice("no", "否", "no"), choice("yes", "是", "yes")}
}

// benefit pays the funeral grant and the survivor payment to the family of somebody whose death is verified. The
// due times of the stages add up to the 15 working days of the national guide. No two of the signatures between
// claim and payment are one person's; delivering the letter decides nothing.
func benefit() Procedure {
	claim := ofApplicant(StageBenefitClaim, "1", "受理遗属申领", "claim taken in", approval.RoleClerk, 0)
	claim.Clauses, claim.Materials = []string{clauseHelpToGet}, benefitMaterials()
	claim.Fields = benefitClaimFields(claim.Materials)
	calculation := single(StageBenefitCalculation, "2", "初审核定", "calculated", approval.KindAgency, approval.RoleClerk, 4)
	calculation.Acceptance, calculation.Clauses, calculation.Fields = true, []string{clauseBenefit}, benefitCalculationFields()
	review := single(StageBenefitReview, "2", "复核", "reviewed", approval.KindAgency, approval.RoleReviewer, 2)
	review.Fields = benefitResultFields()
	decision := single(StageBenefitDecision, "3", "审批", "decided", approval.KindAgency, approval.RoleHead, 2)
	decision.Decides, decision.FinalApproval = true, true
	meeting := single(StageBenefitMeeting, "3", "集体审议", "decided in a meeting", approval.KindBureau, approval.RoleReviewer, 2)
	meeting.Mode, meeting.Signers = approval.ModeAll, append(meeting.Signers, approval.Signer{OfficeKind: approval.KindBureau, Role: approval.RoleHead})
	meeting.Decides, meeting.Exceptional, meeting.When = true, true, &approval.When{Field: "meeting", In: []string{"yes"}}
	meeting.Fields = []approval.Field{
		{Key: "minutesNumber", Title: approval.Text{ZH: "会议纪要编号", EN: "number of the minutes"}, Kind: approval.FieldText, Required: true},
		{Key: "resolution", Title: approval.Text{ZH: "审议意见", EN: "what the meeting found"}, Kind: approval.FieldText, Required: true}}
	audit := single(StageBenefitAudit, "4", "稽核", "audited", approval.KindAgency, approval.RoleInternalAuditor, 1)
	audit.Exceptional, audit.When = true, &approval.When{Field: "audit", In: []string{"yes"}}
	audit.Fields = []approval.Field{{Key: "auditFinding", Title: approval.Text{ZH: "稽核意见", EN: "finding of the audit"}, Kind: approval.FieldText, Required: true}}
	release := single(StageBenefitRelease, "5", "基金财务放款", "released by the fund", approval.KindAgency, approval.RoleFundCashier, 2)
	release.WalkAgain = true
	payment := single(StageBenefitPayment, "5", "银行支付对账", "bank result reconciled", approval.KindAgency, approval.RoleFundCashier, 2)
	payment.Fields = []approval.Field{{Key: "reconciled", Title: approval.Text{ZH: "已核对银行回盘，人数、金额一致", EN: "the bank's results agree in number and sum"}, Kind: approval.FieldBoolean, Required: true}}
	apart := []approval.Stage{claim, calculation, review, decision, meeting, audit, release, payment}
	for i := range apart {
		for j := range apart {
			if i != j {
				apart[i].Incompatible = append(apart[i].Incompatible, apart[j].Key)
			}
		}
	}
	letter := ofApplicant(StageBenefitLetter, "6", "送达决定书", "decision letter delivered", approval.RoleClerk, 0)
	letter.Fields = deliveryFields()
	letter.Fields = slices.Insert(letter.Fields, 1, approval.Field{Key: "setOff", Title: approval.Text{ZH: "经同意抵扣多发的养老金", EN: "set off against overpaid pension, by consent"}, Kind: approval.FieldMoney, Computed: true, Kept: true, Scope: ScopeMoney})
	return Procedure{Type: TypeBenefit, Title: approval.Text{ZH: "遗属待遇申领", EN: "survivor benefits"}, Prefix: "DY", Stages: append(apart, letter),
		Starters: []approval.Signer{{OfficeKind: approval.KindCommunity, Role: approval.RoleClerk}, {OfficeKind: approval.KindStreet, Role: approval.RoleClerk}, {OfficeKind: approval.KindAgency, Role: approval.RoleClerk}},
		Clauses:  []string{clauseHelpToGet, clauseBenefit}, Papers: benefitPapers()}
}

// benefitMaterials are what the state does not have itself: no proof of the death, of the household or of the
// relation is asked for, which the undertaking stands for.
func benefitMaterials() []approval.Material {
	return []approval.Material{
		{Key: "claimant-identity", Title: approval.Text{ZH: "申领人居民身份证（核对原件）", EN: "identity cards of the claimants (originals seen)"}, Required: true},
		{Key: "account", Title: approval.Text{ZH: "收款银行账户（存折或银行卡）", EN: "the bank account paid to (passbook or card)"}, Required: true}}
}

func benefitClaimFields(materials []approval.Material) []approval.Field {
	several := &approval.When{Field: "arrangement", In: []string{ArrangementShares, ArrangementOneAccount}}
	return []approval.Field{
		{Key: "diedOn", Title: approval.Text{ZH: "核实的去世日期", EN: "verified date of death"}, Kind: approval.FieldDate, Computed: true, Kept: true},
		{Key: "cause", Title: approval.Text{ZH: "去世原因", EN: "cause of death"}, Kind: approval.FieldChoice, Required: true, Clause: clauseBenefit, Options: []approval.Option{
			choice(CauseIllness, "因病", "illness"), choice(CauseNonWork, "非因工", "not at work"), choice(CauseWork, "因工", "at work"), choice(CauseUndetermined, "尚未认定", "not determined")}},
		{Key: "otherScheme", Title: approval.Text{ZH: "是否已由其他制度支付（工伤保险、城乡居民养老保险、机关事业单位）", EN: "already paid by another scheme (work injury, residents, public institutions)"}, Kind: approval.FieldChoice, Required: true, Options: yesNo()},
		{Key: "arrangement", Title: approval.Text{ZH: "申领人之间的约定", EN: "how the claimants share"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(ArrangementSole, "只有一位申领人", "one claimant alone"), choice(ArrangementShares, "按约定的份额分别发放", "by agreed shares"), choice(ArrangementOneAccount, "一致同意发放到一个账户", "all agree to one account"),
			choice(ArrangementCourt, "按法院文书发放", "by a paper of a court"), choice(ArrangementDisputed, "家属之间有争议", "the family disagrees")}},
		{Key: "agreement", Title: approval.Text{ZH: "全体申领人签名的协议（日期、份数）", EN: "agreement signed by all claimants (date, copies)"}, Kind: approval.FieldText, RequiredWhen: several},
		{Key: "courtPaper", Title: approval.Text{ZH: "法院文书文号", EN: "number of the court's paper"}, Kind: approval.FieldText, RequiredWhen: &approval.When{Field: "arrangement", In: []string{ArrangementCourt}}},
		{Key: "disagreement", Title: approval.Text{ZH: "争议情况", EN: "what they disagree about"}, Kind: approval.FieldText, RequiredWhen: &approval.When{Field: "arrangement", In: []string{ArrangementDisputed}}},
		{Key: "undertaking", Title: approval.Text{ZH: "申领人均已签署告知承诺书", EN: "every claimant has signed the undertaking"}, Kind: approval.FieldBoolean, Required: true},
		materialsField(materials)}
}

func benefitCalculationFields() []approval.Field {
	overridden := &approval.When{Field: "override", In: []string{"yes"}}
	return []approval.Field{
		{Key: "claimants", Title: approval.Text{ZH: "申领人", EN: "claimants"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Fields: []approval.Field{
			{Key: "name", Title: approval.Text{ZH: "姓名", EN: "name"}, Kind: approval.FieldText}, {Key: "relation", Title: approval.Text{ZH: "与逝者关系", EN: "relation"}, Kind: approval.FieldText},
			{Key: "share", Title: approval.Text{ZH: "份额（%）", EN: "share (%)"}, Kind: approval.FieldNumber}}},
		// Names of accounts never enter the form: this says which of them the signers have seen.
		{Key: "payees", Title: approval.Text{ZH: "收款信息版本", EN: "version of the payees"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "province", Title: approval.Text{ZH: "参保省份（区划代码）", EN: "province of the scheme (code)"}, Kind: approval.FieldText, Required: true, Clause: "人社部发〔2021〕18号第四条"},
		{Key: "status", Title: approval.Text{ZH: "逝者生前", EN: "the person was"}, Kind: approval.FieldChoice, Required: true, Clause: clauseBenefit, Options: []approval.Option{
			choice("retired", "退休人员", "retired"), choice("working", "在职人员", "insured and not yet retired")}},
		{Key: "contributionYears", Title: approval.Text{ZH: "缴费年限（含视同缴费年限）", EN: "contribution years (incl. deemed)"}, Kind: approval.FieldYears, Required: true, Clause: clauseBenefit},
		{Key: "pensionYears", Title: approval.Text{ZH: "已领取基本养老金的时间（年）", EN: "years of pension received"}, Kind: approval.FieldYears, Clause: clauseBenefit, RequiredWhen: &approval.When{Field: "status", In: []string{"retired"}}},
		{Key: "baseAnnual", Title: approval.Text{ZH: "去世上一年城镇居民人均可支配收入（全年；系统已收录的不填）", EN: "urban disposable income of the year before death (leave it out where the table has it)"}, Kind: approval.FieldMoney, Clause: "人社部发〔2021〕18号第四条"},
		{Key: "accountBalance", Title: approval.Text{ZH: "个人账户余额（另行继承，不在合计之内）", EN: "balance of the individual account (inherited besides, not in the total)"}, Kind: approval.FieldMoney, Scope: ScopeMoney, Clause: "《社会保险法》第十四条"},
		{Key: "monthlyWage", Title: approval.Text{ZH: "去世上一年当地职工月平均工资（2021年9月1日前去世的填写）", EN: "local average monthly wage of the year before death (for deaths before 1 September 2021)"}, Kind: approval.FieldMoney},
		{Key: "dependants", Title: approval.Text{ZH: "供养直系亲属人数（2021年9月1日前去世的填写）", EN: "dependants (for deaths before 1 September 2021)"}, Kind: approval.FieldNumber},
		{Key: "formerTotal", Title: approval.Text{ZH: "按原地方标准的合计（有过渡保护的填写）", EN: "total by the former local standard (where it still protects)"}, Kind: approval.FieldMoney, Scope: ScopeMoney},
		{Key: "ownContributions", Title: approval.Text{ZH: "本人个人缴费之和（缴费不满 5 年的填写）", EN: "what the person paid in all (for less than 5 years)"}, Kind: approval.FieldMoney, Scope: ScopeMoney},
		{Key: "override", Title: approval.Text{ZH: "人工核定金额（须集体审议）", EN: "sums set by hand (a meeting decides)"}, Kind: approval.FieldChoice, Required: true, Options: yesNo()},
		{Key: "overrideFuneral", Title: approval.Text{ZH: "人工核定的丧葬补助金", EN: "funeral grant set by hand"}, Kind: approval.FieldMoney, RequiredWhen: overridden, Scope: ScopeMoney},
		{Key: "overrideSurvivor", Title: approval.Text{ZH: "人工核定的抚恤金", EN: "survivor payment set by hand"}, Kind: approval.FieldMoney, RequiredWhen: overridden, Scope: ScopeMoney},
		{Key: "overrideReason", Title: approval.Text{ZH: "人工核定的理由和依据", EN: "why, and by what document"}, Kind: approval.FieldText, RequiredWhen: overridden},
	}
}

// benefitResultFields are what the rule finds from what the clerk has entered; the reviewer's signature keeps it.
func benefitResultFields() []approval.Field {
	money := func(key, zh, en string) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldMoney, Computed: true, Kept: true, Scope: ScopeMoney, Clause: clauseBenefit}
	}
	return []approval.Field{
		money("funeralGrant", "丧葬补助金", "funeral grant"), money("survivorPayment", "抚恤金（含过渡差额，减超限部分）", "survivor payment (with supplement, less the limit)"), money("total", "合计", "total"),
		derivationField(),
		{Key: "baseYear", Title: approval.Text{ZH: "计算所用收入数据的年度", EN: "year of the income that counts"}, Kind: approval.FieldText, Computed: true, Kept: true, Clause: "人社部发〔2021〕18号第四条"},
		{Key: "baseFigure", Title: approval.Text{ZH: "计算所用的全年数", EN: "yearly figure that counts"}, Kind: approval.FieldMoney, Computed: true, Kept: true, Clause: "人社部发〔2021〕18号第四条"},
		{Key: "provisional", Title: approval.Text{ZH: "暂按上一年度数据计算，公布后补差", EN: "provisional, trued up once the figure is published"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: yesNo()},
		{Key: "meeting", Title: approval.Text{ZH: "须集体审议", EN: "a meeting decides"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: yesNo()},
		{Key: "meetingReason", Title: approval.Text{ZH: "集体审议的原因", EN: "why a meeting decides"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "audit", Title: approval.Text{ZH: "须稽核", EN: "audited before it is paid"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: yesNo()},
	}
}

// derivationField is the calculation line by line.
func derivationField() approval.Field {
	return approval.Field{Key: "derivation", Title: approval.Text{ZH: "核定过程", EN: "how the sums came about"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Scope: ScopeMoney, Fields: []approval.Field{
		{Key: "step", Title: approval.Text{ZH: "事项", EN: "step"}, Kind: approval.FieldText}, {Key: "stepEN", Title: approval.Text{ZH: "事项（英文）", EN: "step (English)"}, Kind: approval.FieldText},
		{Key: "value", Title: approval.Text{ZH: "数值", EN: "value"}, Kind: approval.FieldText}, {Key: "unit", Title: approval.Text{ZH: "单位", EN: "unit"}, Kind: approval.FieldText},
		{Key: "clause", Title: approval.Text{ZH: "依据条款", EN: "clause"}, Kind: approval.FieldText}, {Key: "source", Title: approval.Text{ZH: "来源", EN: "source"}, Kind: approval.FieldText},
		{Key: "sourceEN", Title: approval.Text{ZH: "来源（英文）", EN: "source (English)"}, Kind: approval.FieldText}}}
}

// payee corrects the account of a payment that the bank has refused: the agency's clerk enters it, the reviewer
// checks it, and the payment goes into a later batch. Whoever handles the fund has no part in it.
func payee() Procedure {
	correction := single(StagePayeeCorrection, "1", "更正收款账户", "account corrected", approval.KindAgency, approval.RoleClerk, 3)
	correction.Fields = []approval.Field{
		{Key: "claimant", Title: approval.Text{ZH: "申领人", EN: "claimant"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "refusal", Title: approval.Text{ZH: "银行退回原因", EN: "why the bank refused"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "confirmedWith", Title: approval.Text{ZH: "与申领人核实的方式", EN: "how the account was confirmed with the claimant"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("seen", "当面核对存折或银行卡", "passbook or card seen"), choice("letter", "申领人书面更正", "the claimant's letter")}}}
	review := single(StagePayeeReview, "1", "复核收款账户", "account reviewed", approval.KindAgency, approval.RoleReviewer, 2)
	review.Fields = []approval.Field{{Key: "payees", Title: approval.Text{ZH: "收款信息版本", EN: "version of the payees"}, Kind: approval.FieldText, Computed: true, Kept: true}}
	review.FinalApproval = true
	return Procedure{Type: TypePayee, Title: approval.Text{ZH: "收款账户更正", EN: "correction of an account paid to"}, Prefix: "ZG",
		Stages: approval.IncompatibleWithin([]approval.Stage{correction, review}), Clauses: []string{clauseHelpToGet}}
}

// benefitProcedureSettings are what a place decides about the way of a benefit; each Help says why the default is
// what it is.
func benefitProcedureSettings() []Setting {
	return []Setting{
		{Name: SettingBenefitThreshold, Title: approval.Text{ZH: "遗属待遇：超过多少元须集体审议", EN: "survivor benefits: a meeting decides above (yuan)"}, Kind: SettingNumber, Most: mostIncome, Default: []byte("0"),
			Help: approval.Text{ZH: "0 表示不按金额；全国没有统一数额，故默认不启用，当地有规定的按规定设置。", EN: "0 is no threshold; there is no national one, hence the default: set it by a local document"}},
		{Name: SettingBenefitLate, Title: approval.Text{ZH: "遗属待遇：去世多少个月后申领须集体审议", EN: "survivor benefits: a meeting decides when claimed after (months)"}, Kind: SettingNumber, Most: 240, Default: []byte("24"),
			Help: approval.Text{ZH: "补发时间长的申领须集体审议；0 表示不按时间。没有全国规定，两年是本系统的建议值。", EN: "claims long after the death go to a meeting; 0 is never. No national rule says when: two years is this system's suggestion"}},
		{Name: SettingBenefitAudit, Title: approval.Text{ZH: "遗属待遇：支付前稽核", EN: "survivor benefits: audited before payment"}, Kind: SettingChoice, Default: quoted("no"), Options: yesNo(),
			Help: approval.Text{ZH: "是否由稽核岗在放款前逐件稽核；各地做法不一，默认不设。", EN: "whether the internal audit looks at each one before it is paid; practice differs, hence off by default"}},
	}
}
