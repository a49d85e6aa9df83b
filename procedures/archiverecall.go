package procedures

import "jieli/approval"

// The stages of the recall of an archive that went where it should not have gone.
const (
	StageRecallReport   = "recall-report"
	StageRecallConfirm  = "recall-confirm"
	StageRecallConsent  = "recall-consent"
	StageRecallDispatch = "recall-dispatch"
	StageRecallReceipt  = "recall-receipt"
	StageRecallReply    = "recall-reply"
)

// Where a recalled or a held archive is kept: with the enterprise, or with an organ that does not work in
// this system and confirms by letter.
const (
	KeptByEnterprise = "enterprise"
	KeptByOrgan      = "organ"
)

// What becomes of a recalled archive: it is held, or may be transferred anew.
const (
	RecalledHeld    = "held"
	RecalledForAnew = "anew"
)

// archiveRecall brings an archive back that was transferred although it should have stayed where it was, or
// that is another's: never silently, both holders sign, and what it was taken for is set right.
func archiveRecall() Procedure {
	report := ofApplicant(StageRecallReport, "1", "提出追回", "recall proposed", approval.RoleClerk, 0)
	report.Fields = []approval.Field{
		{Key: "ground", Title: approval.Text{ZH: "追回事由", EN: "ground"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("not-transferable", "按规定应暂不移交", "it should have stayed where it was"), choice("wrong-archive", "错转他人或他单位的档案", "another's archive was sent"),
			choice("wrong-holder", "错送保管单位", "sent to the wrong holder")}},
		{Key: "letterNumber", Title: approval.Text{ZH: "来函（通知）文号", EN: "number of the letter"}, Kind: approval.FieldText, Required: true},
		{Key: "particulars", Title: approval.Text{ZH: "发现经过", EN: "how it was found"}, Kind: approval.FieldText, Required: true},
	}
	confirm := single(StageRecallConfirm, "1", "组织部门确认", "confirmed by the organisation department", approval.KindOrganisation, approval.RoleHead, 3)
	confirm.Decides, confirm.Fields = true, recallConfirmFields()

	consent := single(StageRecallConsent, "2", "现保管单位同意移出", "present holder agrees", approval.KindArchive, approval.RoleHead, 3)
	dispatch := single(StageRecallDispatch, "2", "密封转出", "sealing and dispatch", approval.KindArchive, approval.RoleClerk, 3)
	dispatch.FinalApproval, dispatch.Fields = true, dispatchFields()

	receipt := single(StageRecallReceipt, "3", "接回单位核收", "received by the enterprise", approval.KindEnterprise, approval.RoleClerk, 0)
	receipt.When, receipt.Fields = &approval.When{Field: "keeper", In: []string{KeptByEnterprise}}, receiptFields()
	reply := single(StageRecallReply, "3", "接回单位函复核收", "receipt confirmed by letter", approval.KindOrganisation, approval.RoleClerk, 0)
	reply.When, reply.Fields = &approval.When{Field: "keeper", In: []string{KeptByOrgan}}, []approval.Field{
		{Key: "replyNumber", Title: approval.Text{ZH: "核收函文号", EN: "number of the letter of receipt"}, Kind: approval.FieldText, Required: true},
		{Key: "receivedOn", Title: approval.Text{ZH: "收到日期", EN: "received on"}, Kind: approval.FieldDate, Required: true},
		{Key: "receivedBy", Title: approval.Text{ZH: "接回单位签收人", EN: "signed for by"}, Kind: approval.FieldText, Required: true},
		volumesField()}
	// What comes back from the way is counted and sealed anew.
	receipt.WalkAgain, reply.WalkAgain = true, true
	stages := []approval.Stage{report, confirm, consent, dispatch, receipt, reply}
	for i := range stages {
		stages[i].Clauses = []string{"S2.4"}
	}
	return Procedure{Type: TypeArchiveRecall, Title: approval.Text{ZH: "人事档案追回", EN: "recall of a personnel archive"}, Prefix: "ZH",
		Stages:   approval.IncompatibleWithin(stages),
		Starters: []approval.Signer{{OfficeKind: approval.KindOrganisation, Role: approval.RoleClerk}, {OfficeKind: approval.KindArchive, Role: approval.RoleClerk}}, Clauses: []string{"S2.3", "S2.4"}}
}

func recallConfirmFields() []approval.Field {
	return []approval.Field{
		{Key: "cadreClass", Title: approval.Text{ZH: "干部类别（更正后）", EN: "cadre class, as set right"}, Kind: approval.FieldChoice, Required: true, Scope: ScopeParty, Clause: "S2.3", Options: cadreClasses()},
		holdReasonField(),
		{Key: "becomes", Title: approval.Text{ZH: "追回后", EN: "after the recall"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(RecalledHeld, "按规定暂不移交", "held where it is, as the rules say"), choice(RecalledForAnew, "退回企业，可另行转递", "with the enterprise, which may transfer it anew")}},
		keeperField(), organField(),
		reviewOnField(&approval.When{Field: "becomes", In: []string{RecalledHeld}}),
	}
}

func cadreClasses() []approval.Option {
	return []approval.Option{
		choice(CadreOrdinary, "一般人员", "ordinary"), choice(CadreCounty, "县级以上党委管理干部", "managed by a Party committee at county level or above"),
		choice(CadreCentral, "中央管理的领导干部", "centrally managed leader")}
}

func keeperField() approval.Field {
	return approval.Field{Key: "keeper", Title: approval.Text{ZH: "保管单位", EN: "kept by"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
		choice(KeptByEnterprise, "原企业", "the enterprise"), choice(KeptByOrgan, "其他单位（凭函）", "another organ, by its letter")}}
}

func organField() approval.Field {
	return approval.Field{Key: "organ", Title: approval.Text{ZH: "其他单位全称", EN: "full name of that organ"}, Kind: approval.FieldText, RequiredWhen: &approval.When{Field: "keeper", In: []string{KeptByOrgan}}}
}

func reviewOnField(when *approval.When) approval.Field {
	return approval.Field{Key: "reviewOn", Title: approval.Text{ZH: "复查日期", EN: "review date"}, Kind: approval.FieldDate, Required: when == nil, RequiredWhen: when, Clause: "S2.4"}
}

// holdReasonField is why an archive is held; for Party roles alone, as everybody else reads the same words.
func holdReasonField() approval.Field {
	return approval.Field{Key: "holdReason", Title: approval.Text{ZH: "暂不移交的原因", EN: "why it is held"}, Kind: approval.FieldText, Scope: ScopeParty}
}
