package procedures

import "jieli/approval"

// The stages of a true-up: a benefit reckoned by a provisional figure is reckoned again by the published one.
const (
	StageTrueUpCalculation = "true-up-calculation"
	StageTrueUpReview      = "true-up-review"
	StageTrueUpDecision    = "true-up-decision"
	StageTrueUpRelease     = "true-up-release"
	StageTrueUpPayment     = "true-up-payment"
)

// FactBaseYear is the year whose published figure a true-up goes by.
const FactBaseYear = "baseYear"

// What comes of the comparison with what was released.
const (
	TrueUpPay      = "pay"
	TrueUpNone     = "none"
	TrueUpNegative = "negative"
)

// SettingTrueUpNegative is what is proposed where the published figure would have given less.
const SettingTrueUpNegative = "benefit_true_up_negative"

func recourses() []approval.Option {
	return []approval.Option{choice("keep", "不追回", "it is kept"), choice("recover", "另行追回", "it is recovered by a case of its own")}
}

// trueUp begins by itself for every benefit that was released by the figure of a year too early, once that of the
// right year is published. Where there is a difference it goes the way of a benefit, by people who sign once each.
func trueUp() Procedure {
	money := func(key, zh, en string) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldMoney, Computed: true, Kept: true, Scope: ScopeMoney, Clause: clauseBenefit}
	}
	known := func(field approval.Field) approval.Field {
		field.Computed, field.Kept = true, true
		return field
	}
	positive, differs := &approval.When{Field: "course", In: []string{TrueUpPay}}, &approval.When{Field: "course", In: []string{TrueUpPay, TrueUpNegative}}
	negative := &approval.When{Field: "course", In: []string{TrueUpNegative}}
	calculation := single(StageTrueUpCalculation, "1", "补差核定", "true-up calculated", approval.KindAgency, approval.RoleClerk, 5)
	calculation.Clauses = []string{"人社部发〔2021〕18号第四条"}
	calculation.Fields = []approval.Field{
		known(approval.Field{Key: "baseYear", Title: approval.Text{ZH: "公布的年度", EN: "year published"}, Kind: approval.FieldText}),
		known(approval.Field{Key: "provisionalFigure", Title: approval.Text{ZH: "原暂按的全年数", EN: "figure that stood in for it"}, Kind: approval.FieldMoney}),
		known(approval.Field{Key: "publishedFigure", Title: approval.Text{ZH: "公布的全年数", EN: "figure published"}, Kind: approval.FieldMoney}),
		money("funeralGrant", "按公布数核定的丧葬补助金", "funeral grant by it"), money("survivorPayment", "按公布数核定的抚恤金", "survivor payment by it"), money("total", "按公布数核定的合计", "total by it"),
		money("releasedTotal", "已放款合计", "released before"), money("difference", "差额", "difference"),
		known(approval.Field{Key: "course", Title: approval.Text{ZH: "比较结果", EN: "what comes of it"}, Kind: approval.FieldChoice, Options: []approval.Option{
			choice(TrueUpPay, "应予补发", "the difference is paid"), choice(TrueUpNone, "与已放款金额一致，无须补发", "nothing differs, nothing is paid"), choice(TrueUpNegative, "已放款金额多于按公布数核定的金额", "more was released than the figure gives")}}),
		known(approval.Field{Key: "parts", Title: approval.Text{ZH: "各申领人补发金额", EN: "paid up to each"}, Kind: approval.FieldRecords, Scope: ScopeMoney, Fields: []approval.Field{
			textField("name", "姓名", "name", false), {Key: "funeral", Title: approval.Text{ZH: "丧葬补助金", EN: "funeral grant"}, Kind: approval.FieldMoney}, {Key: "survivor", Title: approval.Text{ZH: "抚恤金", EN: "survivor payment"}, Kind: approval.FieldMoney}}}),
		derivationField(), known(approval.Field{Key: "payees", Title: approval.Text{ZH: "收款信息版本", EN: "version of the payees"}, Kind: approval.FieldText}),
		{Key: "checked", Title: approval.Text{ZH: "已与统计部门公布的文件核对", EN: "compared with the published document"}, Kind: approval.FieldBoolean, Required: true}}
	review := single(StageTrueUpReview, "1", "复核", "reviewed", approval.KindAgency, approval.RoleReviewer, 2)
	decision := single(StageTrueUpDecision, "2", "审批", "decided", approval.KindAgency, approval.RoleHead, 2)
	decision.FinalApproval, decision.When = true, differs
	decision.Fields = []approval.Field{
		{Key: "recourse", Title: approval.Text{ZH: "多发部分的处理", EN: "what becomes of the excess"}, Kind: approval.FieldChoice, RequiredWhen: negative, Options: recourses()},
		{Key: "recourseReason", Title: approval.Text{ZH: "理由", EN: "grounds"}, Kind: approval.FieldText, RequiredWhen: negative}}
	release := single(StageTrueUpRelease, "3", "基金财务放款", "released by the fund", approval.KindAgency, approval.RoleFundCashier, 2)
	release.When, release.WalkAgain = positive, true
	payment := single(StageTrueUpPayment, "3", "银行支付对账", "bank result reconciled", approval.KindAgency, approval.RoleFundCashier, 2)
	payment.When = positive
	payment.Fields = []approval.Field{{Key: "reconciled", Title: approval.Text{ZH: "已核对银行回盘，人数、金额一致", EN: "the bank's results agree in number and sum"}, Kind: approval.FieldBoolean, Required: true}}
	stages := []approval.Stage{calculation, review, decision, release, payment}
	for i := range stages {
		for j := range stages {
			if i != j {
				stages[i].Incompatible = append(stages[i].Incompatible, stages[j].Key)
			}
		}
	}
	return Procedure{Type: TypeTrueUp, Title: approval.Text{ZH: "遗属待遇补差核定", EN: "true-up of survivor benefits"}, Prefix: "BC", Stages: stages, Clauses: []string{clauseBenefit}}
}

// trueUpSettings are what a place decides about true-ups.
func trueUpSettings() []Setting {
	return []Setting{{Name: SettingTrueUpNegative, Title: approval.Text{ZH: "遗属待遇补差：公布数低于暂按数时", EN: "true-up of survivor benefits: where the published figure is lower"}, Kind: SettingChoice, Default: quoted("keep"), Options: recourses(),
		Help: approval.Text{ZH: "多发的部分是否追回由审批人逐件决定并写明理由，此处只设建议值。家属按当时有效的决定领取，并无过错，没有全国规定要求追回，故默认不追回。", EN: "the head decides each one, with grounds; this is only what is proposed. The family was paid by a decision that held and is not at fault, and no national rule asks for it back: hence it is kept by default"}}}
}
