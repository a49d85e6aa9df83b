package procedures

import (
	"jieli/approval"
	"jieli/rules"
)

// The stages of the interim forms of management (S3.3). Each form is registered by the bureau's head.
const (
	StageCommission         = "commission"
	StageCommissionApproval = "commission-approval"
	StageBodyStaff          = "body-staff"
	StageTraining           = "training"
	StageTrainingReview     = "training-review"
	StageCountyApproval     = "county-approval"
	StageCountyConfirm      = "county-approval-confirm"
	StageGovernmentDecision = "government-decision"
	StageDecisionReview     = "government-decision-review"
	StageRegistration       = "registration"
)

// FactForm is the form of management (F1 to F5) that a case leads to.
const FactForm = "form"

// FieldFormOfManagement is the field of a handover that says which form its people come under.
const FieldFormOfManagement = "formOfManagement"

// The results of an assessment of a body's staff.
const (
	AssessmentQualified = "qualified"
	AssessmentFailed    = "failed"
)

// formTypes are the procedures that lead to an interim form, by the form.
func formTypes() map[string]string {
	return map[string]string{string(rules.FormEntrusted): TypeEntrustment, string(rules.FormWholeTransfer): TypeWholeTransfer,
		string(rules.FormAgency): TypeAgencyManagement, string(rules.FormExistingBody): TypeExistingBody}
}

// LeadsToForm is the interim form that a procedure leads to; empty for every other procedure.
func LeadsToForm(caseType string) rules.FormOfManagement {
	for form, leads := range formTypes() {
		if leads == caseType {
			return rules.FormOfManagement(form)
		}
	}
	return ""
}

// FormProcedure is the type of procedure that leads to an interim form.
func FormProcedure(form rules.FormOfManagement) string { return formTypes()[string(form)] }

// entrustment is F2: in a remote mining area, or where many live in the enterprise's housing, the superior
// body or the enterprise manages by a body of its own, which the labour department names, rules, trains and assesses.
func entrustment() Procedure {
	commission := single(StageCommission, "1", "出具委托书", "commissioning letter drawn up", approval.KindBureau, approval.RoleClerk, 5)
	commission.Clauses, commission.Fields = []string{"S3.3"}, append(commissionFields(), lineSetField())
	approved := single(StageCommissionApproval, "1", "签发委托书", "commissioning letter signed", approval.KindBureau, approval.RoleHead, 3)
	staff := single(StageBodyStaff, "2", "受托机构确认", "confirmed by the body entrusted", approval.KindEnterprise, approval.RoleHead, 10)
	staff.Fields = []approval.Field{
		{Key: "acceptsCommission", Title: approval.Text{ZH: "接受委托，按统一名称、规章制度和工作职责开展工作", EN: "takes the commission and works under the uniform name, rules and duties"}, Kind: approval.FieldBoolean, Required: true, Clause: "S3.3"},
		{Key: "staff", Title: approval.Text{ZH: "工作人员名单", EN: "staff"}, Kind: approval.FieldRecords, Required: true, Fields: []approval.Field{
			textField("name", "姓名", "name", true), textField("duty", "工作职责", "duty", true)}},
	}
	training := single(StageTraining, "3", "业务培训和考核", "training and assessment", approval.KindBureau, approval.RoleClerk, 20)
	training.Clauses = []string{"S3.3"}
	training.Fields = []approval.Field{{Key: "assessments", Title: approval.Text{ZH: "培训考核结果", EN: "results"}, Kind: approval.FieldRecords, Required: true, Clause: "S3.3", Fields: assessmentColumns()}}
	review := single(StageTrainingReview, "3", "复核", "review", approval.KindBureau, approval.RoleReviewer, 3)
	procedure := formProcedure(TypeEntrustment, "委托管理", "entrusted management", []approval.Stage{commission, approved, staff, training, review, registrationStage("4")})
	procedure.Papers = append(procedure.Papers, paper("commission", "委托书", "commissioning letter", approval.KindBureau, PaperWhen{Reached: StageCommissionApproval}))
	return procedure
}

func commissionFields() []approval.Field {
	confirm := func(key, zh, en string) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldBoolean, Required: true, Clause: "S3.3"}
	}
	return []approval.Field{
		{Key: "ground", Title: approval.Text{ZH: "适用情形", EN: "ground"}, Kind: approval.FieldChoice, Required: true, Clause: "S3.3", Options: []approval.Option{
			choice("mining-area", "远离城市的独立工矿区", "an independent mining area far from a city"),
			choice("housing", "企业退休人员居住比较集中的企业生活区", "housing of the enterprise where many retirees live together")}},
		{Key: "entrusted", Title: approval.Text{ZH: "受托方", EN: "entrusted to"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("enterprise", "企业", "the enterprise"), choice("superior", "企业主管单位", "the enterprise's superior body")}},
		textField("bodyName", "退休人员管理服务机构名称", "name of the body", true),
		textField("letterNumber", "委托书文号", "number of the letter", true),
		{Key: "termFrom", Title: approval.Text{ZH: "委托期限自", EN: "from"}, Kind: approval.FieldDate, Required: true},
		{Key: "termTo", Title: approval.Text{ZH: "委托期限至", EN: "to"}, Kind: approval.FieldDate, Required: true},
		textField("scope", "委托管理服务事项", "services entrusted", true),
		confirm("uniformName", "机构名称已按统一要求核定", "the body bears the uniform name"),
		confirm("uniformRules", "统一的规章制度已印发", "the uniform rules were handed out"),
		confirm("uniformDuties", "统一的工作职责已明确", "the uniform duties were laid down"),
	}
}

// assessmentColumns are one member of staff with what training and assessment came to.
func assessmentColumns() []approval.Field {
	return []approval.Field{textField("name", "姓名", "name", true), {Key: "trainedOn", Title: approval.Text{ZH: "培训日期", EN: "trained on"}, Kind: approval.FieldDate, Required: true},
		{Key: "result", Title: approval.Text{ZH: "考核结果", EN: "result"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(AssessmentQualified, "合格", "passed"), choice(AssessmentFailed, "不合格", "not passed")}}}
}

// agencyManagement is F4: in a county whose communities are weak and whose retirees live scattered the
// agency manages directly.
func agencyManagement() Procedure {
	county := single(StageCountyApproval, "1", "登记县级批准文件", "county approval recorded", approval.KindAgency, approval.RoleClerk, 5)
	county.Clauses = []string{"S3.3"}
	county.Fields = append(documentFields("批准", "approval"),
		approval.Field{Key: "weakCommunities", Title: approval.Text{ZH: "社区组织不够健全", EN: "the communities are weak"}, Kind: approval.FieldBoolean, Required: true, Clause: "S3.3"},
		approval.Field{Key: "scattered", Title: approval.Text{ZH: "企业退休人员居住比较分散", EN: "the retirees live scattered"}, Kind: approval.FieldBoolean, Required: true, Clause: "S3.3"},
		textField("serviceContact", "承担管理服务的科室和联系电话", "section that serves them, and its phone", true), lineSetField())
	confirm := single(StageCountyConfirm, "1", "经办机构负责人审定", "decided by the head of the agency", approval.KindAgency, approval.RoleHead, 3)
	return formProcedure(TypeAgencyManagement, "社保经办机构直接管理", "direct management by the agency", []approval.Stage{county, confirm, registrationStage("2")})
}

// existingBody is F5: where the local government has so decided, a body that a department or unit has goes on.
func existingBody() Procedure {
	decision := single(StageGovernmentDecision, "1", "登记当地政府决定", "decision of the local government recorded", approval.KindBureau, approval.RoleClerk, 5)
	decision.Clauses = []string{"S3.3"}
	decision.Fields = append(documentFields("决定", "decision"), textField("bodyUnit", "所属部门、单位", "department or unit it belongs to", true),
		textField("bodyName", "退休人员管理服务机构名称", "name of the body", true), textField("bodyResources", "现有组织、人员和活动场所", "its organisation, staff and venues", true), lineSetField())
	review := single(StageDecisionReview, "1", "复核", "review", approval.KindBureau, approval.RoleReviewer, 3)
	return formProcedure(TypeExistingBody, "依托已有机构管理", "management by an existing body", []approval.Stage{decision, review, registrationStage("2")})
}

// documentFields name the document of a government that a form rests on.
func documentFields(zh, en string) []approval.Field {
	return []approval.Field{textField("documentNumber", zh+"文件文号", "number of the "+en, true), textField("documentIssuer", zh+"机关", "issued by", true),
		{Key: "documentOn", Title: approval.Text{ZH: zh + "日期", EN: "date of the " + en}, Kind: approval.FieldDate, Required: true}}
}

// registrationStage ends every form: the number, and the day on which it is looked at again.
func registrationStage(group string) approval.Stage {
	stage := single(StageRegistration, group, "管理形式登记", "registration", approval.KindBureau, approval.RoleHead, 5)
	stage.Clauses, stage.FinalApproval = []string{"S3.2", "S3.3"}, true
	stage.Fields = []approval.Field{
		{Key: "registrationNumber", Title: approval.Text{ZH: "登记编号", EN: "registration number"}, Kind: approval.FieldText, Computed: true, Kept: true},
		// Whatever the form, nobody's pension moves: no stage could, and the head who registers reads it.
		{Key: "pensionRelation", Title: approval.Text{ZH: "养老保险关系", EN: "pension relation"}, Kind: approval.FieldText, Computed: true, Kept: true, Clause: "S3.2"},
		{Key: "reviewOn", Title: approval.Text{ZH: "复查日期", EN: "review date"}, Kind: approval.FieldDate, Required: true, Clause: "S3.3"},
		lineSetField(), totalsField(),
	}
	return stage
}

func formProcedure(key, zh, en string, stages []approval.Stage) Procedure {
	return Procedure{Type: key, Title: approval.Text{ZH: zh, EN: en}, Stages: approval.IncompatibleWithin(stages), Clauses: []string{"S3.3"}, Papers: []Paper{slipPaper(approval.KindBureau)}}
}

func textField(key, zh, en string, required bool) approval.Field {
	return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldText, Required: required}
}
