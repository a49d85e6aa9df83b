package procedures

import "jieli/approval"

// The stages of a whole transfer.
const (
	StageAnnexes           = "annexes"
	StageAnnexesConfirm    = "annexes-confirm"
	StageGroupApproval     = "group-approval"
	StageAssetRegistration = "asset-registration"
	StageAssetCount        = "asset-count"
	StageAssetCountCheck   = "asset-count-check"
	StageStaffPlacement    = "staff-placement"
	StageTakeover          = "takeover"
)

// wholeTransfer is F3: the body, its staff and its facilities go to the local government together. The
// superior body of an enterprise has no post here, so that its approval is a document, which the bureau verifies.
// The two sides count in stages of their own: in a joint stage the second count would write over the first.
func wholeTransfer() Procedure {
	annexes := single(StageAnnexes, "1", "编制机构、人员、资产清单", "organisation, staff and asset annexes", approval.KindEnterprise, approval.RoleClerk, 0)
	annexes.Clauses, annexes.Fields = []string{"S3.3"}, append(annexFields(), lineSetField())
	confirmed := single(StageAnnexesConfirm, "1", "企业负责人确认清单", "annexes confirmed by the head", approval.KindEnterprise, approval.RoleHead, 0)

	group := single(StageGroupApproval, "2", "核验主管单位（国资委）批准文件", "approval of the superior body verified", approval.KindBureau, approval.RoleClerk, 5)
	group.Fields = append(documentFields("批准", "approval"), approval.Field{Key: "freeOfCharge", Title: approval.Text{ZH: "可分割资产无偿划转已获批准", EN: "what can be divided is approved to go free of charge"}, Kind: approval.FieldBoolean, Required: true})
	registration := single(StageAssetRegistration, "2", "财政（国资）登记", "registered with finance (state assets)", approval.KindFinance, approval.RoleClerk, 10)
	registration.Fields = []approval.Field{textField("assetRegister", "国有资产登记号", "number in the register of state assets", true),
		{Key: "assetRegisteredOn", Title: approval.Text{ZH: "登记日期", EN: "registered on"}, Kind: approval.FieldDate, Required: true}}

	count := single(StageAssetCount, "3", "移交方清点", "counted by the side that hands over", approval.KindEnterprise, approval.RoleClerk, 0)
	count.Fields = []approval.Field{{Key: "countSent", Title: approval.Text{ZH: "清点结果", EN: "count"}, Kind: approval.FieldRecords, Required: true, Fields: []approval.Field{
		computed(textField("asset", "资产名称", "asset", false)), computed(numberField("listed", "清单数量", "listed", false)), numberField("counted", "实点数量", "counted", true)}}}
	check := single(StageAssetCountCheck, "3", "接收方清点", "counted by the side that takes over", approval.KindBureau, approval.RoleClerk, 10)
	check.Fields = []approval.Field{{Key: "countReceived", Title: approval.Text{ZH: "清点结果", EN: "count"}, Kind: approval.FieldRecords, Required: true, Fields: []approval.Field{
		computed(textField("asset", "资产名称", "asset", false)), computed(numberField("listed", "清单数量", "listed", false)), computed(numberField("sent", "移交方实点", "counted by the other side", false)),
		numberField("counted", "实点数量", "counted", true), textField("difference", "差异说明（数量不一致时必填）", "difference (required where numbers differ)", false)}}}

	placement := single(StageStaffPlacement, "4", "职工安置意见", "consent of the staff", approval.KindEnterprise, approval.RoleReviewer, 0)
	placement.Fields = []approval.Field{{Key: "placements", Title: approval.Text{ZH: "随机构移交职工的安置意见", EN: "what each of the staff says"}, Kind: approval.FieldRecords, Required: true, Fields: []approval.Field{
		computed(textField("name", "姓名", "name", false)), computed(textField("post", "岗位", "post", false)),
		{Key: "consents", Title: approval.Text{ZH: "同意随机构移交", EN: "consents to go with the body"}, Kind: approval.FieldQuestion, Required: true},
		textField("arrangement", "安置办法（不同意的必填）", "arrangement (required without consent)", false)}}}
	takeover := single(StageTakeover, "5", "签署接收交接单", "takeover sheet signed", approval.KindEnterprise, approval.RoleHead, 5)
	takeover.Mode = approval.ModeAll
	takeover.Signers = append(takeover.Signers, approval.Signer{OfficeKind: approval.KindBureau, Role: approval.RoleHead})
	takeover.Fields = []approval.Field{lineSetField(),
		{Key: "differences", Title: approval.Text{ZH: "资产差异", EN: "differences in assets"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Fields: []approval.Field{
			textField("asset", "资产名称", "asset", false), numberField("listed", "清单数量", "listed", false), numberField("counted", "接收数量", "taken over", false), textField("difference", "差异说明", "difference", false)}},
		{Key: "withoutConsent", Title: approval.Text{ZH: "未随机构移交的职工", EN: "staff who do not go with the body"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Fields: []approval.Field{
			textField("name", "姓名", "name", false), textField("arrangement", "安置办法", "arrangement", false)}}}
	procedure := formProcedure(TypeWholeTransfer, "机构、人员和设施一并移交", "transfer of body, staff and facilities together",
		[]approval.Stage{annexes, confirmed, group, registration, count, check, placement, takeover, registrationStage("6")})
	procedure.Papers = append(procedure.Papers, paper("takeover", "接收交接单", "takeover sheet", approval.KindBureau, PaperWhen{}))
	return procedure
}

func annexFields() []approval.Field {
	return []approval.Field{
		textField("bodyName", "退休人员管理服务机构名称", "name of the body", true),
		{Key: "organisation", Title: approval.Text{ZH: "机构清单", EN: "organisation annex"}, Kind: approval.FieldRecords, Required: true, Clause: "S3.3", Fields: []approval.Field{
			textField("name", "机构（内设科室）名称", "body or section", true), textField("head", "负责人", "head", true), numberField("posts", "编制人数", "posts", true)}},
		{Key: "staff", Title: approval.Text{ZH: "人员清单", EN: "staff annex"}, Kind: approval.FieldRecords, Required: true, Clause: "S3.3", Fields: []approval.Field{
			textField("name", "姓名", "name", true), textField("post", "岗位", "post", true)}},
		{Key: "assets", Title: approval.Text{ZH: "资产（设施）清单", EN: "asset annex"}, Kind: approval.FieldRecords, Required: true, Clause: "S3.3", Fields: []approval.Field{
			textField("name", "资产名称", "asset", true), numberField("quantity", "数量", "quantity", true), textField("unit", "单位", "unit", true), textField("place", "存放地点", "place", true)}},
	}
}

func numberField(key, zh, en string, required bool) approval.Field {
	return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldNumber, Required: required}
}

// computed makes a column one that is shown and not written.
func computed(field approval.Field) approval.Field {
	field.Computed = true
	return field
}
