package procedures

import "jieli/approval"

// The stages of a handover. The numbers in their groups are the groups of the procedure.
const (
	StagePrepare            = "prepare"
	StageEnterpriseReview   = "enterprise-review"
	StageEnterpriseHead     = "enterprise-head"
	StageAcceptance         = "acceptance"
	StageScreening          = "screening"
	StageScreeningConfirm   = "screening-confirm"
	StagePensionMatch       = "pension-match"
	StagePensionMatchReview = "pension-match-review"
	StageFormProposal       = "form-proposal"
	StageFormExamination    = "form-examination"
	StageFormDecision       = "form-decision"
	StageAgreement          = "agreement"
	StageIntakes            = "intakes"
	StagePartyCheck         = "party-check"
	StageClosing            = "closing"
)

// Case facts that stages depend on.
const (
	FactBatch        = "batch"        // "true" for a handover of a roster, "false" for one person
	FactRestructured = "restructured" // the enterprise is restructured, closed or bankrupt
	FactEnterprise   = "enterprise"   // office id
	FactRegion       = "region"       // division code of the district
	FactStreet       = "street"       // office id, intakes and receptions
	FactCommunity    = "community"    // office id, receptions
	FactLine         = "line"         // line id, receptions
	FactRoster       = "roster"
	// FactPartyOrganisation is "true" where the enterprise has a Party organisation here, which FactSender then names.
	FactPartyOrganisation = "partyOrganisation"
	FactHandover          = "handover" // case number of the handover that a transfer of a Party relation began with
)

func handover() Procedure {
	prepare := single(StagePrepare, "1", "企业申报", "preparation by the enterprise", approval.KindEnterprise, approval.RoleClerk, 0)
	prepare.Clauses = []string{"S2.1"}
	prepare.Materials = handoverMaterials()
	prepare.Fields = []approval.Field{
		materialsField(prepare.Materials),
		{Key: "contact", Title: approval.Text{ZH: "企业联系人及电话", EN: "contact at the enterprise"}, Kind: approval.FieldText},
		{Key: "remarks", Title: approval.Text{ZH: "说明", EN: "remarks"}, Kind: approval.FieldText},
	}
	enterpriseReview := single(StageEnterpriseReview, "1", "企业复核", "enterprise review", approval.KindEnterprise, approval.RoleReviewer, 0)
	enterpriseHead := single(StageEnterpriseHead, "1", "企业负责人登记用印", "enterprise head, seal registered", approval.KindEnterprise, approval.RoleHead, 0)
	enterpriseHead.Fields = []approval.Field{
		{Key: "sealNumber", Title: approval.Text{ZH: "用印登记号", EN: "seal register number"}, Kind: approval.FieldText, Required: true},
		{Key: "sealedCopy", Title: approval.Text{ZH: "盖章件", EN: "sealed copy"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("paper", "纸质原件随文报送", "the paper original is sent along"),
			choice("uploaded", "已上传扫描件（见附件）", "a scan is among the attachments")}},
	}

	acceptance := single(StageAcceptance, "2", "受理", "acceptance", approval.KindBureau, approval.RoleClerk, 5)
	acceptance.Acceptance = true
	acceptance.Incompatible = []string{StagePrepare}
	acceptance.Fields = []approval.Field{{Key: "materialsVerified", Title: approval.Text{ZH: "材料已逐项核对", EN: "papers checked one by one"}, Kind: approval.FieldBoolean, Required: true}}

	screening := single(StageScreening, "3", "干部身份甄别", "cadre screening", approval.KindOrganisation, approval.RoleClerk, 5)
	screening.Clauses, screening.LineFields, screening.Scope = []string{"S2.3", "S2.4"}, []string{"cadre_class", "managing_organ"}, "party"
	screeningConfirm := single(StageScreeningConfirm, "3", "干部身份甄别审定", "cadre screening confirmed", approval.KindOrganisation, approval.RoleHead, 3)
	screeningConfirm.Clauses, screeningConfirm.Scope = []string{"S2.3", "S2.4"}, "party"

	match := single(StagePensionMatch, "4", "社保信息比对", "pension data match", approval.KindAgency, approval.RoleClerk, 5)
	match.LineFields, match.Clauses = []string{"match_result"}, []string{"S2.2(1)"}
	matchReview := single(StagePensionMatchReview, "4", "社保信息比对复核", "pension data match reviewed", approval.KindAgency, approval.RoleReviewer, 3)

	proposal := single(StageFormProposal, "5", "拟定管理形式和接收街道", "form of management and streets proposed", approval.KindBureau, approval.RoleClerk, 5)
	proposal.LineFields, proposal.Clauses, proposal.Condition = []string{"street"}, []string{"S3.1", "S3.3"}, FactBatch
	proposal.Fields = formOfManagementFields()
	examination := single(StageFormExamination, "5", "科室审核", "examined by the section head", approval.KindBureau, approval.RoleReviewer, 3)
	examination.Condition = FactBatch
	decision := single(StageFormDecision, "5", "接收审批", "acceptance approval", approval.KindBureau, approval.RoleHead, 3)
	decision.Condition, decision.Decides, decision.FinalApproval, decision.Clauses = FactBatch, true, true, []string{"S3.1", "S3.3"}

	agreement := single(StageAgreement, "6", "签订移交协议", "signing of the handover agreement", approval.KindEnterprise, approval.RoleHead, 10)
	agreement.Mode, agreement.Condition = approval.ModeAll, FactBatch
	agreement.Signers = append(agreement.Signers, approval.Signer{OfficeKind: approval.KindStreet, Role: approval.RoleHead, EachOfLines: true})

	intakes := approval.Stage{Key: StageIntakes, Group: "7", Title: approval.Text{ZH: "分送街道和社区接收", EN: "allocation to streets and reception"},
		Mode: approval.ModeChildren, Child: TypeIntake, ChildBy: &approval.ChildBy{Field: FieldFormOfManagement, Types: formTypes()}, Beside: []string{TypeArchive}, Clauses: []string{"S2.1", "S2.4", "S3.1", "S3.3"}}

	// In every handover alike, whether or not a Party member is in it: that the Party's side is done is said
	// by its own organisation, and nobody else learns how much of it there was.
	partyCheck := single(StagePartyCheck, "8", "党组织核对", "checked by the Party organisation", approval.KindParty, approval.RoleClerk, 0)
	partyCheck.Signers[0].Of, partyCheck.Condition, partyCheck.Scope = OfSender, FactPartyOrganisation, ScopeParty
	partyCheck.Clauses = []string{"S4.1", "S4.2", "S4.3", "S4.4"}

	closing := single(StageClosing, "8", "汇总办结", "closing", approval.KindEnterprise, approval.RoleHead, 5)
	closing.Mode = approval.ModeAll
	closing.Signers = append(closing.Signers, approval.Signer{OfficeKind: approval.KindBureau, Role: approval.RoleHead})
	closing.Fields = []approval.Field{lineSetField(), totalsField(), archivesField()}

	for _, stage := range []*approval.Stage{&screening, &screeningConfirm, &match, &matchReview, &proposal, &examination, &decision, &agreement} {
		stage.Fields = append(stage.Fields, lineSetField())
	}
	return Procedure{Type: TypeHandover, Title: approval.Text{ZH: "退休人员社会化管理移交", EN: "handover of retirees"}, Prefix: "YJ",
		Stages: approval.IncompatibleWithin([]approval.Stage{prepare, enterpriseReview, enterpriseHead, acceptance, screening,
			screeningConfirm, match, matchReview, proposal, examination, decision, agreement, intakes, partyCheck, closing}),
		Starters: []approval.Signer{{OfficeKind: approval.KindEnterprise, Role: approval.RoleClerk},
			{OfficeKind: approval.KindCommunity, Role: approval.RoleClerk}},
		Papers:  handoverPapers(),
		Clauses: []string{"S2.1", "S2.2", "S3.1"}}
}

func handoverMaterials() []approval.Material {
	paper := func(key, zh, en string) approval.Material {
		return approval.Material{Key: key, Title: approval.Text{ZH: zh, EN: en}, Required: true}
	}
	minutes := paper("party-minutes", "党委会议纪要（确认干部类别和党员名单）", "Party-committee minutes confirming cadre class and member list")
	superior := paper("superior-approval", "主管单位批复（改制、关闭、破产企业）", "approval by the superior body (restructured, closed or bankrupt)")
	superior.Condition = FactRestructured
	return []approval.Material{paper("application", "移交申请", "application"), paper("plan", "移交方案", "plan"),
		paper("roster", "移交人员名册", "roster"), paper("undertaking", "承诺书", "undertaking"),
		paper("licence", "营业执照", "business licence"), minutes, superior}
}

func materialsField(materials []approval.Material) approval.Field {
	field := approval.Field{Key: approval.FieldMaterials, Title: approval.Text{ZH: "申报材料", EN: "papers"}, Kind: approval.FieldChoices, Required: true}
	for _, material := range materials {
		field.Options = append(field.Options, approval.Option{Value: material.Key, Title: material.Title})
	}
	return field
}

// formOfManagementFields declares F1 to F5 (S3.1, S3.3) with the documents each needs.
func formOfManagementFields() []approval.Field {
	others := &approval.When{Field: "formOfManagement", In: []string{"F2", "F3", "F4", "F5"}}
	return []approval.Field{
		{Key: "formOfManagement", Title: approval.Text{ZH: "管理形式", EN: "form of management"}, Kind: approval.FieldChoice, Required: true, Clause: "S3.1", Options: []approval.Option{
			choice("F1", "直接纳入街道社区管理（基本形式）", "F1 directly into street and community (basic form)"),
			choice("F2", "委托原主管部门或企业管理", "F2 entrusted"),
			choice("F3", "连同机构、人员一并移交", "F3 transferred together with bodies and staff"),
			choice("F4", "社会保险经办机构直接管理", "F4 directly by the social-insurance agency"),
			choice("F5", "依托有关部门、单位已建立的机构管理", "F5 by an existing body")}},
		{Key: "formReason", Title: approval.Text{ZH: "采用其他形式的理由", EN: "reason for another form"}, Kind: approval.FieldText, RequiredWhen: others, Clause: "S3.3"},
		{Key: "formDocuments", Title: approval.Text{ZH: "所附文件", EN: "documents"}, Kind: approval.FieldChoices, RequiredWhen: others, Clause: "S3.3", Options: []approval.Option{
			choice("commissioning-letter", "委托书（F2）", "commissioning letter (F2)"),
			choice("organisation-annex", "机构清单（F3）", "organisation annex (F3)"),
			choice("staff-annex", "人员清单（F3）", "staff annex (F3)"),
			choice("asset-annex", "资产清单（F3）", "asset annex (F3)"),
			choice("county-approval", "县级批准文件（F4）", "county approval (F4)"),
			choice("government-decision", "当地政府决定（F5）", "decision of the local government (F5)")}},
	}
}
