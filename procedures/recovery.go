package procedures

import (
	"slices"

	"jieli/approval"
)

// The stages of a recovery of what was overpaid.
const (
	StageRecoveryCalculation      = "recovery-calculation"
	StageRecoveryReview           = "recovery-review"
	StageRecoveryDecision         = "recovery-decision"
	StageRecoveryDelivery         = "recovery-delivery"
	StageRecoveryAnswer           = "recovery-answer"
	StageRecoveryAgreement        = "recovery-agreement"
	StageRecoveryObjection        = "recovery-objection"
	StageRecoveryReferral         = "recovery-referral"
	StageRecoveryReferralDecision = "recovery-referral-decision"
	StageRecoveryRepayment        = "recovery-repayment"
	StageRecoveryEndingProposal   = "recovery-ending-proposal"
	StageRecoveryEnding           = "recovery-ending"
)

// FactDebtor is the claimant who was paid a benefit for a death that was wrong; empty where pension is recovered.
const FactDebtor = "debtor"

// What a recovery claims back.
const (
	GroundPension = "pension"
	GroundBenefit = "benefit"
)

// What the family answers to the letter of demand, or how it did not.
const (
	AnswerPays        = "pays"
	AnswerInstalments = "instalments"
	AnswerSetOff      = "set-off"
	AnswerObjection   = "objection"
	AnswerRefused     = "refused"
	// AnswerSilent is no answer by the day the letter names.
	AnswerSilent = "silent"
	// AnswerDefaulted is not paying as was agreed.
	AnswerDefaulted = "defaulted"
	// AnswerNotOwed is for a death that was found to be wrong since.
	AnswerNotOwed = "not-owed"
)

// CauseWrongDeath is how a benefit came to be paid that was not due.
const CauseWrongDeath = "wrong"

// DeliveryNotNeeded is for a death that was found to be wrong before the letter went out.
const DeliveryNotNeeded = "not-needed"

// How a recovery stands as the fund lays it down, and how one ends that is not repaid.
const (
	RepaymentWhole  = "repaid"
	RepaymentUnpaid = "unpaid"

	EndingCourt      = "court"
	EndingWrittenOff = "written_off"
)

// MaterialConsent is the signed consent without which nothing is kept of a benefit.
const MaterialConsent = "set-off-consent"

// ClauseSurvivorBenefit is what a benefit is paid by, of which nothing is due for somebody who lives.
const ClauseSurvivorBenefit = clauseBenefit

// clauseFraud is where the law says what a fraud of social insurance costs.
const clauseFraud = "《社会保险法》第八十八条"

// recovery claims back pension that was paid for months after a death, or a benefit that was paid for a death that
// was wrong. Its approval is apart from the benefit's (store/recoveries.go); whoever calculates, reviews or
// decides handles none of the money. The time to answer is counted from the day on which the letter was delivered.
func recovery() Procedure {
	calculation := single(StageRecoveryCalculation, "1", "核算多发待遇", "overpayment calculated", approval.KindAgency, approval.RoleClerk, 5)
	calculation.Clauses, calculation.Fields = []string{"S2.2(1)"}, recoveryCalculationFields()
	review := single(StageRecoveryReview, "1", "复核", "reviewed", approval.KindAgency, approval.RoleReviewer, 3)
	review.Fields = recoveryResultFields()
	decision := single(StageRecoveryDecision, "2", "决定责令退还", "repayment demanded", approval.KindAgency, approval.RoleHead, 3)
	decision.Decides, decision.FinalApproval = true, true
	// What the place allows the family stands in the letter, and is counted from its delivery.
	decision.Fields = []approval.Field{{Key: "answerTime", Title: approval.Text{ZH: "退还和答复的期限", EN: "time to repay or answer"}, Kind: approval.FieldText, Computed: true, Kept: true}}
	delivery := single(StageRecoveryDelivery, "3", "送达责令退还通知书", "letter of demand delivered", approval.KindAgency, approval.RoleClerk, 5)
	delivery.Fields = []approval.Field{
		{Key: "letterNumber", Title: approval.Text{ZH: "通知书编号", EN: "number of the letter"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "deliveredOn", Title: approval.Text{ZH: "送达日期", EN: "delivered on"}, Kind: approval.FieldDate, Required: true},
		{Key: "deliveredBy", Title: approval.Text{ZH: "送达方式", EN: "how"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("hand", "当面送达", "handed over"), choice("post", "邮寄送达", "by post"), choice("home", "上门送达", "brought to the home"), choice("notice", "公告送达", "by public notice"),
			choice(DeliveryNotNeeded, "死亡登记已更正，不再送达", "the death was found to be wrong: not delivered")}}}
	// One province gives 30 working days (D24); there is no national time, hence the setting.
	answer := single(StageRecoveryAnswer, "4", "登记家属答复", "answer of the family", approval.KindAgency, approval.RoleClerk, 30)
	answer.Materials = []approval.Material{{Key: MaterialConsent, Title: approval.Text{ZH: "申领人签名的抵扣同意书", EN: "consent to the set-off, signed by the claimant"}}}
	answer.Fields = recoveryAnswerFields(answer.Materials)
	agreement := single(StageRecoveryAgreement, "5", "批准分期或抵扣", "instalments or set-off approved", approval.KindAgency, approval.RoleHead, 5)
	agreement.Exceptional, agreement.When = true, &approval.When{Field: "answer", In: []string{AnswerInstalments, AnswerSetOff}}
	agreement.Fields = []approval.Field{
		{Key: "schedule", Title: approval.Text{ZH: "分期还款计划", EN: "instalments agreed"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Scope: ScopeMoney, Fields: append([]approval.Field{
			{Key: "number", Title: approval.Text{ZH: "期次", EN: "instalment"}, Kind: approval.FieldNumber}}, instalmentFields()...)},
		repayByField()}
	objection := single(StageRecoveryObjection, "5", "复查异议", "objection examined", approval.KindAgency, approval.RoleHead, 15)
	objection.Exceptional, objection.Decides, objection.When = true, true, &approval.When{Field: "answer", In: []string{AnswerObjection}}
	objection.Fields = []approval.Field{{Key: "finding", Title: approval.Text{ZH: "复查意见（维持的理由）", EN: "why the demand stands"}, Kind: approval.FieldText, Required: true}}
	unanswered := &approval.When{Field: "answer", In: []string{AnswerRefused, AnswerSilent, AnswerDefaulted}}
	referral := single(StageRecoveryReferral, "6", "提出后续处理意见", "next step proposed", approval.KindBureau, approval.RoleClerk, 5)
	referral.Exceptional, referral.When, referral.Clauses, referral.Fields = true, unanswered, []string{clauseFraud}, recoveryReferralFields()
	referred := single(StageRecoveryReferralDecision, "6", "决定后续处理", "next step decided", approval.KindBureau, approval.RoleHead, 5)
	referred.Exceptional, referred.When = true, unanswered
	referred.Fields = []approval.Field{{Key: "referralDocument", Title: approval.Text{ZH: "文书编号", EN: "number of the document"}, Kind: approval.FieldText, Required: true}}
	repayment := single(StageRecoveryRepayment, "7", "收款和结清", "repaid and settled", approval.KindAgency, approval.RoleFundCashier, 0)
	repayment.WalkAgain, repayment.DueField = true, "repayBy"
	repayment.Fields = []approval.Field{{Key: "repayment", Title: approval.Text{ZH: "收款结果", EN: "result"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
		choice(RepaymentWhole, "已全部结清", "settled in full"), choice(RepaymentUnpaid, "未结清，报区人社局决定", "not settled: the bureau decides")}}}
	unpaid := &approval.When{Field: "repayment", In: []string{RepaymentUnpaid}}
	proposal := single(StageRecoveryEndingProposal, "8", "提出终结意见", "ending proposed", approval.KindBureau, approval.RoleClerk, 10)
	proposal.Exceptional, proposal.When = true, unpaid
	proposal.Fields = []approval.Field{
		{Key: "ending", Title: approval.Text{ZH: "未结清部分的处理", EN: "what becomes of the rest"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(EndingCourt, "移交人民法院强制执行", "handed to the court for enforcement"), choice(EndingWrittenOff, "按规定核销", "written off by the rules")}},
		{Key: "endingReason", Title: approval.Text{ZH: "理由和依据", EN: "why, and by what document"}, Kind: approval.FieldText, Required: true}}
	ending := single(StageRecoveryEnding, "8", "决定终结", "ending decided", approval.KindBureau, approval.RoleHead, 5)
	ending.Exceptional, ending.When = true, unpaid
	ending.Fields = []approval.Field{{Key: "endingDocument", Title: approval.Text{ZH: "文书编号", EN: "number of the document"}, Kind: approval.FieldText, Required: true}}

	stages := approval.IncompatibleWithin([]approval.Stage{calculation, review, decision, delivery, answer, agreement, objection, referral, referred, repayment, proposal, ending})
	keepApart(stages, StageRecoveryCalculation, StageRecoveryReview, StageRecoveryDecision, StageRecoveryRepayment)
	keepApart(stages, StageRecoveryDecision, StageRecoveryObjection)
	return Procedure{Type: TypeRecovery, Title: approval.Text{ZH: "多发待遇追回", EN: "recovery of overpayment"}, Prefix: "ZT", Stages: stages,
		Starters: []approval.Signer{{OfficeKind: approval.KindAgency, Role: approval.RoleClerk}}, Clauses: []string{"S2.2(1)", clauseFraud}, Papers: recoveryPapers()}
}

// keepApart makes every two of some stages incompatible.
func keepApart(stages []approval.Stage, keys ...string) {
	for i := range stages {
		if slices.Contains(keys, stages[i].Key) {
			for _, key := range keys {
				apart(stages[i:i+1], key)
			}
		}
	}
}

func instalmentFields() []approval.Field {
	return []approval.Field{
		{Key: "dueOn", Title: approval.Text{ZH: "还款日期", EN: "due on"}, Kind: approval.FieldDate, Required: true},
		{Key: "amount", Title: approval.Text{ZH: "金额", EN: "amount"}, Kind: approval.FieldMoney, Required: true}}
}

// repayByField is the day by which everything is to be repaid: that of the letter, then that of the last instalment.
func repayByField() approval.Field {
	return approval.Field{Key: "repayBy", Title: approval.Text{ZH: "还款期限", EN: "to be repaid by"}, Kind: approval.FieldDate, Computed: true, Kept: true}
}

func recoveryCalculationFields() []approval.Field {
	// A benefit was paid because the death on record was wrong; pension for any of the other reasons.
	pension := &approval.When{Field: "how", In: []string{"late", "data", "concealed"}}
	return []approval.Field{
		{Key: "ground", Title: approval.Text{ZH: "追回的待遇", EN: "what is recovered"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: []approval.Option{
			choice(GroundPension, "去世后多发的基本养老金", "pension paid after the death"), choice(GroundBenefit, "误报死亡已发的遗属待遇", "a benefit paid for a death that was wrong")}},
		{Key: "diedOn", Title: approval.Text{ZH: "登记的去世日期", EN: "date of death on record"}, Kind: approval.FieldDate, Computed: true, Kept: true},
		{Key: "pensionStops", Title: approval.Text{ZH: "养老金停发起始月", EN: "pension stops from"}, Kind: approval.FieldDate, Computed: true, Kept: true, Clause: "S2.2(1)"},
		{Key: "debtor", Title: approval.Text{ZH: "退还人（与逝者关系）", EN: "who pays back (relation)"}, Kind: approval.FieldText, Required: true},
		{Key: "how", Title: approval.Text{ZH: "多发的原因", EN: "how it came about"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("late", "报告去世较晚", "the death was reported late"), choice("data", "数据传递滞后", "data came late"), choice("concealed", "涉嫌隐瞒或者冒领", "concealment or fraud is suspected"), choice(CauseWrongDeath, "死亡登记有误", "the death on record was wrong")}},
		{Key: "months", Title: approval.Text{ZH: "去世后已发的月份（按支付记录）", EN: "months paid, by the payment records"}, Kind: approval.FieldRecords, RequiredWhen: pension, Scope: ScopeMoney, Fields: []approval.Field{
			{Key: "month", Title: approval.Text{ZH: "月份（如 2026-09）", EN: "month (as 2026-09)"}, Kind: approval.FieldText, Required: true},
			{Key: "paid", Title: approval.Text{ZH: "已发金额", EN: "paid"}, Kind: approval.FieldMoney, Required: true}}},
		{Key: "notes", Title: approval.Text{ZH: "情况说明", EN: "explanation"}, Kind: approval.FieldText},
	}
}

// recoveryResultFields are what the rule finds; the reviewer's signature keeps it.
func recoveryResultFields() []approval.Field {
	amount := func(key, zh, en string) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldMoney}
	}
	text := func(key, zh, en string) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldText}
	}
	return []approval.Field{
		{Key: "overpaid", Title: approval.Text{ZH: "逐月核算", EN: "month by month"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Scope: ScopeMoney, Clause: "S2.2(1)", Fields: []approval.Field{
			text("month", "月份", "month"), amount("paid", "已发", "paid"), amount("due", "应发", "due"), amount("overpaid", "多发", "overpaid")}},
		{Key: "claims", Title: approval.Text{ZH: "已发的遗属待遇", EN: "benefit paid"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Scope: ScopeMoney, Fields: []approval.Field{
			text("kind", "项目", "kind"), amount("amount", "金额", "amount")}},
		{Key: "total", Title: approval.Text{ZH: "应退还合计", EN: "to be repaid"}, Kind: approval.FieldMoney, Computed: true, Kept: true, Scope: ScopeMoney},
		{Key: "derivation", Title: approval.Text{ZH: "核算过程", EN: "how the sum came about"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Scope: ScopeMoney, Fields: []approval.Field{
			text("step", "事项", "step"), text("stepEN", "事项（英文）", "step (English)"), text("value", "数值", "value"), text("unit", "单位", "unit"), text("clause", "依据条款", "clause"),
			text("source", "来源", "source"), text("sourceEN", "来源（英文）", "source (English)")}},
	}
}

func recoveryAnswerFields(materials []approval.Material) []approval.Field {
	papers := materialsField(materials)
	// Only a set-off needs one.
	papers.Required = false
	is := func(answer string) *approval.When { return &approval.When{Field: "answer", In: []string{answer}} }
	return []approval.Field{
		repayByField(),
		{Key: "answer", Title: approval.Text{ZH: "家属的答复", EN: "answer of the family"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(AnswerPays, "一次退还", "pays at once"), choice(AnswerInstalments, "分期退还", "pays in instalments"), choice(AnswerSetOff, "同意从遗属待遇中抵扣", "consents to a set-off against the benefit"),
			choice(AnswerObjection, "提出异议", "objects"), choice(AnswerRefused, "不予退还", "does not pay back"), choice(AnswerSilent, "期满未答复", "no answer by the day"),
			choice(AnswerDefaulted, "未按约定退还", "does not pay as agreed"), choice(AnswerNotOwed, "死亡登记已更正，无需退还", "the death was found to be wrong: nothing is owed")}},
		{Key: "instalmentCount", Title: approval.Text{ZH: "期数", EN: "number of instalments"}, Kind: approval.FieldNumber, RequiredWhen: is(AnswerInstalments)},
		{Key: "firstInstalment", Title: approval.Text{ZH: "第一期还款日期", EN: "first instalment on"}, Kind: approval.FieldDate, RequiredWhen: is(AnswerInstalments)},
		{Key: "instalments", Title: approval.Text{ZH: "另行约定的各期（留空则逐月均分）", EN: "other dates or amounts (empty: monthly, in equal parts)"}, Kind: approval.FieldRecords, Scope: ScopeMoney, Fields: instalmentFields()},
		{Key: "setOffs", Title: approval.Text{ZH: "同意抵扣的申领人和最高金额", EN: "claimants who consent, and how much at most"}, Kind: approval.FieldRecords, RequiredWhen: is(AnswerSetOff), Scope: ScopeMoney, Fields: []approval.Field{
			{Key: "claimant", Title: approval.Text{ZH: "申领人姓名", EN: "claimant's name"}, Kind: approval.FieldText, Required: true},
			{Key: "amount", Title: approval.Text{ZH: "最高抵扣金额", EN: "at most"}, Kind: approval.FieldMoney, Required: true}}},
		{Key: "objection", Title: approval.Text{ZH: "异议内容", EN: "the objection"}, Kind: approval.FieldText, RequiredWhen: is(AnswerObjection)},
		{Key: "answerNotes", Title: approval.Text{ZH: "答复的方式和内容", EN: "how and what was answered"}, Kind: approval.FieldText},
		papers}
}

func recoveryReferralFields() []approval.Field {
	return []approval.Field{
		{Key: "referral", Title: approval.Text{ZH: "后续处理", EN: "next step"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("decision", "作出行政处理决定", "an administrative decision"), choice("court", "申请人民法院强制执行", "an application for court enforcement"), choice("police", "涉嫌诈骗，移送公安机关", "passed to the police for fraud")}},
		{Key: "referralReason", Title: approval.Text{ZH: "理由", EN: "why"}, Kind: approval.FieldText, Required: true}}
}

// recoveryPapers name sums: they are for those alone who see them on the case.
func recoveryPapers() []Paper {
	papers := []Paper{
		paper("demand", "责令退还通知书", "letter of demand", approval.KindAgency, PaperWhen{Approved: StageRecoveryDecision}),
		paper("instalments", "分期还款协议", "agreement on instalments", approval.KindAgency, PaperWhen{Approved: StageRecoveryAgreement, Field: &approval.When{Field: "answer", In: []string{AnswerInstalments}}}),
		paper("repaymentReceipt", "退款收据", "receipt of repayment", approval.KindAgency, PaperWhen{Reached: StageRecoveryRepayment})}
	for i := range papers {
		papers[i].Scope = ScopeMoney
	}
	return papers
}

// RecoveryCase makes the title and facts of a recovery, whoever begins it; debtor and benefit are empty for pension.
func RecoveryCase(name, region, enterprise, death, debtor, benefit string) (title string, facts map[string]string, form approval.Form) {
	ground := GroundPension
	facts = map[string]string{FactRegion: region, FactEnterprise: enterprise, FactDeath: death}
	if debtor != "" {
		ground, facts[FactDebtor], facts[FactBenefit] = GroundBenefit, debtor, benefit
	}
	return name + " · 多发待遇追回", facts, approval.Form{"ground": quoted(ground)}
}
