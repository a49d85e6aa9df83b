package procedures

import "jieli/approval"

// The stages of holding an archive on a letter, and of the review of one that is held.
const (
	StageHoldRegister   = "hold-register"
	StageHoldConfirm    = "hold-confirm"
	StageReviewRegister = "review-register"
	StageReviewConfirm  = "review-confirm"
	StageReviewReceipt  = "review-receipt"
)

// The reasons for which an archive is held on a letter.
const (
	HoldSecretPost = "secret-post"
	HoldManaged    = "managed"
	HoldOther      = "other"
)

// What a review comes to.
const (
	ReviewStays    = "stays"
	ReviewReleased = "released"
)

// archiveHold keeps an archive where it is on the letter of whoever is competent: that of a former secret
// post, which never stands in a roster, or of a cadre whom another level manages. The case exists for
// Party roles alone, and what everybody reads of the archive are the words for any held one.
func archiveHold() Procedure {
	register := ofApplicant(StageHoldRegister, "1", "登记来函", "letter registered", approval.RoleClerk, 0)
	register.Fields = []approval.Field{
		{Key: "letterNumber", Title: approval.Text{ZH: "来函文号", EN: "number of the letter"}, Kind: approval.FieldText, Required: true},
		{Key: "letterIssuer", Title: approval.Text{ZH: "发函机关", EN: "issued by"}, Kind: approval.FieldText, Required: true},
		{Key: "letterOn", Title: approval.Text{ZH: "来函日期", EN: "date of the letter"}, Kind: approval.FieldDate, Required: true},
		{Key: "reason", Title: approval.Text{ZH: "暂不移交的原因", EN: "why it is held"}, Kind: approval.FieldChoice, Required: true, Options: holdReasons()},
		{Key: "particulars", Title: approval.Text{ZH: "具体情况", EN: "particulars"}, Kind: approval.FieldText, RequiredWhen: &approval.When{Field: "reason", In: []string{HoldOther}}},
		keeperField(), organField(), reviewOnField(nil),
	}
	confirm := single(StageHoldConfirm, "1", "组织部门审定", "confirmed by the organisation department", approval.KindOrganisation, approval.RoleHead, 0)
	stages := []approval.Stage{register, confirm}
	for i := range stages {
		stages[i].Scope, stages[i].Clauses = ScopeParty, []string{"S2.4"}
	}
	return Procedure{Type: TypeArchiveHold, Title: approval.Text{ZH: "人事档案暂不移交登记", EN: "personnel archive held on a letter"}, Prefix: "ZB", Scope: ScopeParty,
		Stages:   approval.IncompatibleWithin(stages),
		Starters: []approval.Signer{{OfficeKind: approval.KindOrganisation, Role: approval.RoleClerk}, {OfficeKind: approval.KindParty, Role: approval.RoleClerk}}, Clauses: []string{"S2.4"}}
}

// HoldReason words why an archive is held; nil where the letter alone says it.
func HoldReason(value string) *approval.Text { return wording(holdReasons(), value) }

func holdReasons() []approval.Option {
	return []approval.Option{
		choice(HoldSecretPost, "曾在涉密岗位工作", "former secret post"), choice(HoldManaged, "由县（市）以上党委管理", "managed by a Party committee of county level or above"), choice(HoldOther, "其他", "other")}
}

// archiveReview looks at a held archive again: it stays until another date, or may be transferred.
func archiveReview() Procedure {
	register := single(StageReviewRegister, "1", "复查登记", "review", approval.KindOrganisation, approval.RoleClerk, 5)
	register.Fields = []approval.Field{
		{Key: "outcome", Title: approval.Text{ZH: "复查结论", EN: "finding"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(ReviewStays, "继续暂不移交", "stays held"), choice(ReviewReleased, "可以移交", "may be transferred")}},
		{Key: "letterNumber", Title: approval.Text{ZH: "函件（通知）文号", EN: "number of the letter"}, Kind: approval.FieldText, Required: true},
		reviewOnField(&approval.When{Field: "outcome", In: []string{ReviewStays}}), holdReasonField(),
	}
	confirm := single(StageReviewConfirm, "1", "组织部门审定", "confirmed by the organisation department", approval.KindOrganisation, approval.RoleHead, 3)
	confirm.FinalApproval = true
	confirm.Fields = []approval.Field{
		{Key: "handedBack", Title: approval.Text{ZH: "须由企业接回档案", EN: "the enterprise takes the archive back"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: []approval.Option{
			choice("yes", "是", "yes"), choice("no", "否", "no")}}}
	receipt := single(StageReviewReceipt, "2", "企业接回核收", "taken back by the enterprise", approval.KindEnterprise, approval.RoleClerk, 0)
	receipt.When, receipt.Fields = &approval.When{Field: "handedBack", In: []string{"yes"}}, append(receiptFields(),
		approval.Field{Key: "broughtBy", Title: approval.Text{ZH: "送档人", EN: "brought by"}, Kind: approval.FieldText, Required: true})
	stages := []approval.Stage{register, confirm, receipt}
	for i := range stages {
		stages[i].Clauses = []string{"S2.4"}
	}
	return Procedure{Type: TypeArchiveReview, Title: approval.Text{ZH: "暂不移交档案复查", EN: "review of a held archive"}, Prefix: "FC",
		Stages: approval.IncompatibleWithin(stages), Starters: []approval.Signer{{OfficeKind: approval.KindOrganisation, Role: approval.RoleClerk}}, Clauses: []string{"S2.4"}}
}
