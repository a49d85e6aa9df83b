package procedures

import "jieli/approval"

// The stages of a review of a registered form, and of the transition to the basic form.
const (
	StageReviewAssessment  = "review-assessment"
	StageReviewProposal    = "review-proposal"
	StageReviewExamination = "review-examination"
	StageReviewDecision    = "review-decision"

	StageTransitionPlan        = "transition-plan"
	StageTransitionAllocation  = "transition-allocation"
	StageReadiness             = "readiness"
	StageStreetConsent         = "street-consent"
	StageTransitionExamination = "transition-examination"
	StageTransitionDecision    = "transition-decision"
	StageNoticeEnterprise      = "notice-enterprise"
	StageNoticeAgency          = "notice-agency"
	StageNoticeOther           = "notice-other"
	StageTransitionReceptions  = "transition-receptions"
	StageTransitionClosing     = "transition-closing"
)

// The facts of cases about a managed group: which one, whether its staff is assessed each year (F2), and
// who manages it now.
const (
	FactGroup          = "group"
	FactEntrusted      = "entrusted"
	FactBodyEnterprise = "bodyEnterprise"
	FactBodyAgency     = "bodyAgency"
	FactBodyOther      = "bodyOther"
)

// What a review comes to.
const (
	ReviewContinue   = "continue"
	ReviewTransition = "transition"
)

// formReview looks at a registered form again: the labour department's yearly assessment of an entrusted
// body, and whether the form goes on or the group moves to the basic one. It alone moves a review date.
func formReview() Procedure {
	assessment := single(StageReviewAssessment, "1", "年度考核", "yearly assessment", approval.KindBureau, approval.RoleClerk, 10)
	assessment.Condition, assessment.Clauses = FactEntrusted, []string{"S3.3"}
	assessment.Fields = []approval.Field{
		{Key: "bodyAssessment", Title: approval.Text{ZH: "机构考核结果", EN: "assessment of the body"}, Kind: approval.FieldChoice, Required: true, Clause: "S3.3", Options: []approval.Option{
			choice(AssessmentQualified, "合格", "passed"), choice(AssessmentFailed, "不合格", "not passed")}},
		textField("bodyFindings", "执行统一规章制度和工作职责情况", "how the uniform rules and duties are kept", true),
		{Key: "assessments", Title: approval.Text{ZH: "工作人员考核结果", EN: "results of the staff"}, Kind: approval.FieldRecords, Required: true, Clause: "S3.3", Fields: assessmentColumns()},
	}
	proposal := single(StageReviewProposal, "2", "拟定复查结论", "conclusion proposed", approval.KindBureau, approval.RoleClerk, 5)
	proposal.Clauses = []string{"S3.3"}
	proposal.Fields = []approval.Field{
		{Key: "conclusion", Title: approval.Text{ZH: "复查结论", EN: "conclusion"}, Kind: approval.FieldChoice, Required: true, Clause: "S3.3", Options: []approval.Option{
			choice(ReviewContinue, "继续采用现管理形式", "the form goes on"), choice(ReviewTransition, "具备条件，转入向基本形式过渡", "to move to the basic form")}},
		textField("circumstances", "社区建设和管理服务情况", "what the communities and the service have come to", true),
		{Key: "reviewOn", Title: approval.Text{ZH: "下次复查日期（转入过渡的，为过渡完成期限）", EN: "next review (for a transition: to be finished by)"}, Kind: approval.FieldDate, Required: true, Clause: "S3.3"},
	}
	examination := single(StageReviewExamination, "2", "复核", "review", approval.KindBureau, approval.RoleReviewer, 3)
	decision := single(StageReviewDecision, "2", "审定复查结论", "conclusion decided", approval.KindBureau, approval.RoleHead, 3)
	decision.FinalApproval = true
	return Procedure{Type: TypeFormReview, Title: approval.Text{ZH: "管理形式复查", EN: "review of a form of management"}, Prefix: "XF",
		Stages:   approval.IncompatibleWithin([]approval.Stage{assessment, proposal, examination, decision}),
		Starters: []approval.Signer{{OfficeKind: approval.KindBureau, Role: approval.RoleClerk}}, Clauses: []string{"S3.3"}, Papers: []Paper{slipPaper(approval.KindBureau)}}
}

// transition moves people of a group into the basic form: those of one street in one case, as its
// communities are ready, each received by the community of residence.
func transition() Procedure {
	plan := single(StageTransitionPlan, "1", "提出过渡方案", "plan of the transition", approval.KindBureau, approval.RoleClerk, 0)
	plan.Clauses = []string{"S3.3"}
	plan.Fields = []approval.Field{textField("planReason", "过渡理由", "reason", true),
		{Key: "plannedBy", Title: approval.Text{ZH: "计划完成日期", EN: "planned to be finished by"}, Kind: approval.FieldDate, Required: true}, lineSetField()}

	allocation := single(StageTransitionAllocation, "2", "分派社区（村）", "allocation to communities", approval.KindStreet, approval.RoleClerk, 5)
	allocation.LineFields, allocation.Clauses, allocation.Fields = []string{"community"}, []string{"S3.1"}, []approval.Field{lineSetField()}
	readiness := single(StageReadiness, "3", "社区条件核查", "readiness of the communities", approval.KindStreet, approval.RoleClerk, 5)
	readiness.Clauses = []string{"S3.1", "S3.3"}
	question := func(key, zh, en string) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldQuestion, Required: true}
	}
	readiness.Fields = []approval.Field{{Key: "readiness", Title: approval.Text{ZH: "社区（村）条件", EN: "communities"}, Kind: approval.FieldRecords, Required: true, Clause: "S3.3", Fields: []approval.Field{
		computed(textField("code", "社区（村）代码", "code", false)), computed(textField("community", "社区（村）", "community", false)), computed(numberField("people", "人数", "people", false)),
		question("staff", "有工作人员", "has staff"), question("venue", "有活动场所", "has a venue"), question("branch", "已建立党组织", "has a Party organisation")}}, lineSetField()}
	consent := single(StageStreetConsent, "3", "街道同意接收", "agreed by the street", approval.KindStreet, approval.RoleHead, 3)
	consent.Fields = []approval.Field{lineSetField(), totalsField()}

	examination := single(StageTransitionExamination, "4", "科室审核", "examined by the section head", approval.KindBureau, approval.RoleReviewer, 3)
	examination.Fields = []approval.Field{lineSetField(), totalsField()}
	decision := single(StageTransitionDecision, "4", "过渡审批", "transition approved", approval.KindBureau, approval.RoleHead, 3)
	decision.Decides, decision.FinalApproval, decision.Clauses, decision.Fields = true, true, []string{"S3.3"}, []approval.Field{lineSetField(), totalsField()}

	acknowledged := []approval.Field{{Key: "noticeReceived", Title: approval.Text{ZH: "已收到过渡通知，按批次做好交接", EN: "the notice has come; the people are handed over as planned"}, Kind: approval.FieldBoolean, Required: true}}
	enterprise := single(StageNoticeEnterprise, "5", "受托机构签收过渡通知", "notice received by the body entrusted", approval.KindEnterprise, approval.RoleHead, 5)
	enterprise.Condition, enterprise.Fields = FactBodyEnterprise, acknowledged
	agency := single(StageNoticeAgency, "5", "经办机构签收过渡通知", "notice received by the agency", approval.KindAgency, approval.RoleHead, 5)
	agency.Condition, agency.Fields = FactBodyAgency, acknowledged
	// A body without a post here is told on paper.
	other := single(StageNoticeOther, "5", "通知现管理机构", "the body told", approval.KindBureau, approval.RoleClerk, 5)
	other.Condition = FactBodyOther
	other.Fields = []approval.Field{textField("noticeNumber", "通知文号", "number of the notice", true), textField("noticeReceivedBy", "签收人", "received by", true),
		{Key: "noticeOn", Title: approval.Text{ZH: "送达日期", EN: "received on"}, Kind: approval.FieldDate, Required: true}}

	receptions := approval.Stage{Key: StageTransitionReceptions, Group: "6", Title: approval.Text{ZH: "社区核实接收", EN: "reception by the communities"},
		Mode: approval.ModeChildren, Child: TypeReception, Clauses: []string{"S3.3"}}
	closing := single(StageTransitionClosing, "7", "汇总办结", "closing", approval.KindBureau, approval.RoleHead, 5)
	closing.Mode = approval.ModeAll
	closing.Signers = append(closing.Signers, approval.Signer{OfficeKind: approval.KindStreet, Role: approval.RoleHead})
	closing.Fields = []approval.Field{lineSetField(), totalsField(),
		{Key: "staying", Title: approval.Text{ZH: "仍由现机构管理的人员", EN: "people who stay"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Fields: []approval.Field{
			numberField("row", "行号", "row", false), textField("reason", "原因", "reason", false)}},
		{Key: "groupLeft", Title: approval.Text{ZH: "该登记尚有人数（为 0 时本次办结即注销登记）", EN: "people left in the group (none: the registration is closed with this signature)"}, Kind: approval.FieldNumber, Computed: true, Kept: true, Clause: "S3.3"}}
	return Procedure{Type: TypeTransition, Title: approval.Text{ZH: "管理形式过渡", EN: "transition to the basic form"}, Prefix: "GD",
		Stages:   approval.IncompatibleWithin([]approval.Stage{plan, allocation, readiness, consent, examination, decision, enterprise, agency, other, receptions, closing}),
		Starters: []approval.Signer{{OfficeKind: approval.KindBureau, Role: approval.RoleClerk}}, Clauses: []string{"S3.1", "S3.3"}, Papers: []Paper{slipPaper(approval.KindBureau)}}
}
