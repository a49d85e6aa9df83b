package procedures

import "jieli/approval"

// The stages of one reading or loan of a personnel archive.
const (
	StageAccessApplication = "access-application"
	StageAccessEndorsement = "access-endorsement"
	StageAccessReview      = "access-review"
	StageAccessApproval    = "access-approval"
	StageAccessReading     = "access-reading"
	StageAccessLending     = "access-lending"
	StageAccessReceipt     = "access-receipt"
	StageAccessReturn      = "access-return"
)

// FactHolder is the archive office that holds the archive a case is about.
const FactHolder = "holder"

// How an archive is used: read where it is, copied from there, or lent.
const (
	AccessReading = "reading"
	AccessCopying = "copying"
	AccessLoan    = "loan"
)

// What is found as a lent archive comes back.
const (
	ReturnedWhole   = "whole"
	ReturnedMissing = "pages-missing"
	ReturnedDamaged = "damaged"
	ReturnedForeign = "foreign-pages"
	ReturnedAltered = "altered"
)

// archiveAccess is the use of an archive by an office that needs it, never by the person it is about: its
// head signs, the archive office examines and approves, and an archive that leaves the reading room is
// signed for by both sides on the way out and back, by the day it was lent until.
func archiveAccess() Procedure {
	loan := &approval.When{Field: "use", In: []string{AccessLoan}}
	here := &approval.When{Field: "use", In: []string{AccessReading, AccessCopying}}

	application := ofApplicant(StageAccessApplication, "1", "填写查（借）阅申请", "application", approval.RoleClerk, 0)
	application.Fields = accessApplicationFields(loan)
	endorsement := ofApplicant(StageAccessEndorsement, "1", "申请单位负责人签批", "endorsed by the applicant's head", approval.RoleHead, 0)

	review := single(StageAccessReview, "2", "档案机构审核", "examined by the archive office", approval.KindArchive, approval.RoleClerk, 2)
	review.Fields = []approval.Field{
		{Key: "visitorsVerified", Title: approval.Text{ZH: "已核对介绍信和来人证件", EN: "letter and the visitors' papers checked"}, Kind: approval.FieldBoolean, Required: true}}
	decision := single(StageAccessApproval, "2", "档案机构负责人审批", "approved by the head of the archive office", approval.KindArchive, approval.RoleHead, 2)
	decision.Decides = true

	reading := single(StageAccessReading, "3", "查阅登记", "reading entered in the register", approval.KindArchive, approval.RoleClerk, 5)
	reading.When, reading.FinalApproval, reading.Fields = here, true, accessReadingFields()
	lending := single(StageAccessLending, "3", "借出登记", "archive handed out", approval.KindArchive, approval.RoleClerk, 5)
	lending.When, lending.Fields = loan, accessLendingFields()
	receipt := ofApplicant(StageAccessReceipt, "3", "借入签收", "borrower signs for the archive", approval.RoleClerk, 2)
	receipt.When, receipt.FinalApproval = loan, true
	receipt.Fields = []approval.Field{volumesField(),
		{Key: "keeping", Title: approval.Text{ZH: "借阅期间的保管地点和责任人", EN: "where it is kept meanwhile, and by whom"}, Kind: approval.FieldText, Required: true}}
	back := single(StageAccessReturn, "4", "归还核对", "archive returned and counted", approval.KindArchive, approval.RoleClerk, 0)
	back.When, back.DueField, back.Fields = loan, "returnOn", accessReturnFields()

	stages := []approval.Stage{application, endorsement, review, decision, reading, lending, receipt, back}
	for i := range stages {
		stages[i].Clauses = []string{"S2.2(5)"}
	}
	starters := []approval.Signer{}
	for _, kind := range []approval.OfficeKind{approval.KindEnterprise, approval.KindBureau, approval.KindAgency, approval.KindOrganisation, approval.KindStreet, approval.KindCommunity} {
		starters = append(starters, approval.Signer{OfficeKind: kind, Role: approval.RoleClerk})
	}
	return Procedure{Type: TypeArchiveAccess, Title: approval.Text{ZH: "人事档案查（借）阅", EN: "use of a personnel archive"}, Prefix: "CY",
		Stages: approval.IncompatibleWithin(stages), Starters: starters, Clauses: []string{"S2.2(5)"},
		Papers: []Paper{paper("archiveAccess", "人事档案查（借）阅审批单", "approval of a use of an archive", approval.KindArchive, PaperWhen{})}}
}

func accessApplicationFields(loan *approval.When) []approval.Field {
	return []approval.Field{
		{Key: "use", Title: approval.Text{ZH: "利用方式", EN: "kind of use"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(AccessReading, "现场查阅", "read on the spot"), choice(AccessCopying, "复制、摘抄", "copy or excerpt"), choice(AccessLoan, "借阅", "loan")}},
		{Key: "purpose", Title: approval.Text{ZH: "查（借）阅事由", EN: "purpose"}, Kind: approval.FieldText, Required: true},
		{Key: "basis", Title: approval.Text{ZH: "依据的规定", EN: "rule it rests on"}, Kind: approval.FieldText, Required: true},
		{Key: "letterNumber", Title: approval.Text{ZH: "单位介绍信（函）编号", EN: "number of the office's letter"}, Kind: approval.FieldText, Required: true},
		{Key: "visitors", Title: approval.Text{ZH: "来人（借阅须两人）", EN: "who comes (two for a loan)"}, Kind: approval.FieldRecords, Required: true, Fields: []approval.Field{
			{Key: "name", Title: approval.Text{ZH: "姓名", EN: "name"}, Kind: approval.FieldText, Required: true},
			{Key: "post", Title: approval.Text{ZH: "单位和职务", EN: "office and post"}, Kind: approval.FieldText, Required: true}}},
		{Key: "unrelated", Title: approval.Text{ZH: "来人不是档案本人及其亲属", EN: "none of them is the person or their kin"}, Kind: approval.FieldBoolean, Required: true},
		{Key: "pages", Title: approval.Text{ZH: "所需材料", EN: "papers wanted"}, Kind: approval.FieldText, Required: true},
		{Key: "returnOn", Title: approval.Text{ZH: "归还日期", EN: "to be returned on"}, Kind: approval.FieldDate, RequiredWhen: loan},
	}
}

func accessReadingFields() []approval.Field {
	return []approval.Field{
		{Key: "readOn", Title: approval.Text{ZH: "查阅日期", EN: "read on"}, Kind: approval.FieldDate, Required: true},
		{Key: "readers", Title: approval.Text{ZH: "实际查阅人", EN: "who read it"}, Kind: approval.FieldText, Required: true},
		{Key: "attendant", Title: approval.Text{ZH: "在场监阅人", EN: "archive officer present"}, Kind: approval.FieldText, Required: true},
		{Key: "papersRead", Title: approval.Text{ZH: "查阅的材料", EN: "papers read"}, Kind: approval.FieldText, Required: true},
		{Key: "papersCopied", Title: approval.Text{ZH: "复制、摘抄的材料和份数", EN: "papers copied, and how many"}, Kind: approval.FieldText, RequiredWhen: &approval.When{Field: "use", In: []string{AccessCopying}}},
	}
}

// volumesField is what is counted as an archive changes hands.
func volumesField() approval.Field {
	return approval.Field{Key: "volumesCounted", Title: approval.Text{ZH: "清点卷数", EN: "volumes counted"}, Kind: approval.FieldNumber, Required: true}
}

func accessLendingFields() []approval.Field {
	return []approval.Field{
		{Key: "lentOn", Title: approval.Text{ZH: "借出日期", EN: "lent on"}, Kind: approval.FieldDate, Required: true},
		{Key: "volumesLent", Title: approval.Text{ZH: "借出卷数", EN: "volumes lent"}, Kind: approval.FieldNumber, Required: true},
		{Key: "pagesLent", Title: approval.Text{ZH: "借出页数", EN: "pages lent"}, Kind: approval.FieldNumber},
		{Key: "sealNumber", Title: approval.Text{ZH: "封条编号", EN: "seal number"}, Kind: approval.FieldText, Required: true},
		{Key: "returnOn", Title: approval.Text{ZH: "归还日期", EN: "to be returned on"}, Kind: approval.FieldDate, Required: true},
	}
}

// LoanCondition words what was found as a lent archive came back; nil while it is out.
func LoanCondition(value string) *approval.Text { return wording(accessConditions(), value) }

func accessConditions() []approval.Option {
	return []approval.Option{
		choice(ReturnedWhole, "完整无损", "whole"), choice(ReturnedMissing, "缺页", "pages are missing"), choice(ReturnedDamaged, "污损", "damaged"),
		choice(ReturnedForeign, "夹入他件", "other papers are in it"), choice(ReturnedAltered, "有涂改", "altered")}
}

// wording finds the words of a choice's value; nil for one that is not offered.
func wording(options []approval.Option, value string) *approval.Text {
	for _, option := range options {
		if option.Value == value {
			return &option.Title
		}
	}
	return nil
}

func accessReturnFields() []approval.Field {
	defective := &approval.When{Field: "condition", In: []string{ReturnedMissing, ReturnedDamaged, ReturnedForeign, ReturnedAltered}}
	return []approval.Field{
		{Key: "returnedOn", Title: approval.Text{ZH: "归还日期（实际）", EN: "returned on"}, Kind: approval.FieldDate, Required: true},
		{Key: "returnedBy", Title: approval.Text{ZH: "送还人", EN: "brought back by"}, Kind: approval.FieldText, Required: true},
		volumesField(),
		{Key: "pagesCounted", Title: approval.Text{ZH: "清点页数", EN: "pages counted"}, Kind: approval.FieldNumber},
		{Key: "condition", Title: approval.Text{ZH: "核对情况", EN: "what was found"}, Kind: approval.FieldChoice, Required: true, Options: accessConditions()},
		{Key: "defects", Title: approval.Text{ZH: "缺损的具体情况", EN: "what is wrong with it"}, Kind: approval.FieldText, RequiredWhen: defective},
		{Key: "makeGoodBy", Title: approval.Text{ZH: "借阅单位补正期限", EN: "made good by the borrower by"}, Kind: approval.FieldDate, RequiredWhen: defective},
	}
}
