package procedures

import (
	"slices"

	"jieli/approval"
)

// The stages of a death report and its verification.
const (
	StageDeathReport       = "death-report"
	StageDeathRegistration = "death-registration"
	StageDeathVerification = "death-verification"
	StageDeathReview       = "death-review"
	StageDeathDecision     = "death-decision"
)

// The stages of a rescission: a verified death turns out to be wrong.
const (
	StageRescissionReport   = "rescission-report"
	StageRescissionCheck    = "rescission-check"
	StageRescissionReview   = "rescission-review"
	StageRescissionDecision = "rescission-decision"
)

// FactManaged is "true" where a community manages the person; FactDeath is the death a rescission corrects, or a benefit is claimed for (a case).
const (
	FactManaged = "managed"
	FactDeath   = "death"
)

// EvidenceCourt is the evidence of a declaration by a court, whose date counts.
const EvidenceCourt = "court"

// SourceList is the source of a report that a matched list made.
const SourceList = "list"

// death records that a person has died. While it is a report it closes nothing, and silences what goes to the
// person's own number; the agency verifies it, and stops the pension from the month after (domain.md, 2g).
func death() Procedure {
	text := func(key, zh, en string) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldText}
	}
	died := approval.Field{Key: "diedOn", Title: approval.Text{ZH: "死亡日期", EN: "date of death"}, Kind: approval.FieldDate, Required: true}
	report := ofApplicant(StageDeathReport, "1", "登记死亡报告", "death reported", approval.RoleClerk, 0)
	report.Clauses = []string{"S2.2(3)", "S2.2(4)"}
	known := text("howKnown", "如何获知", "how it became known")
	reporter := text("reporter", "报告人", "reported by")
	reporter.RequiredWhen = &approval.When{Field: "source", In: []string{"family"}}
	relation := text("relation", "与逝者关系", "relation")
	relation.RequiredWhen = &approval.When{Field: "source", In: []string{"family"}}
	report.Fields = []approval.Field{
		{Key: "source", Title: approval.Text{ZH: "报告来源", EN: "source"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("family", "家属报告", "the family"), choice("community", "社区发现", "the community"), choice("hotline", "热线来电", "a hotline call"), choice(SourceList, "数据比对", "a matched list")}},
		died, text("place", "死亡地点", "place of death"),
		{Key: "causeClass", Title: approval.Text{ZH: "死亡原因类别", EN: "class of cause"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("illness", "疾病", "illness"), choice("non_work", "非因工", "not at work"), choice("work", "因工", "at work"), choice("undetermined", "待定", "undetermined")}},
		reporter, relation, text("reporterPhone", "报告人电话", "phone"), known}
	registration := single(StageDeathRegistration, "1", "社区确认登记", "registration confirmed", approval.KindCommunity, approval.RoleHead, 3)
	registration.Condition = FactManaged
	verification := single(StageDeathVerification, "2", "社保经办核实", "verified by the agency", approval.KindAgency, approval.RoleClerk, 5)
	verification.Clauses = []string{"S2.2(3)"}
	court := &approval.When{Field: "evidence", In: []string{EvidenceCourt}}
	judgment, declared, explained := text("judgmentNumber", "判决书文号", "number of the judgment"), died, text("proof", "证明材料说明", "what the proof is")
	judgment.RequiredWhen = court
	declared.Key, declared.Title, declared.Required, declared.RequiredWhen = "declaredOn", approval.Text{ZH: "宣告死亡日期（以此为准）", EN: "date of the declaration, which counts"}, false, court
	explained.RequiredWhen = &approval.When{Field: "evidence", In: []string{"not_cremated", "abroad", "no_body"}}
	verification.Fields = []approval.Field{
		{Key: "evidence", Title: approval.Text{ZH: "核实依据", EN: "evidence"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("civil_affairs", "民政数据（火化等）", "civil affairs' data"), choice("police", "公安数据（户籍）", "the police's data"), choice("health", "卫健数据（死亡登记）", "health data"),
			choice("medical", "医学死亡证明", "medical certificate of death"), choice("cremation", "火化证明", "proof of cremation"), choice("household", "户口注销证明", "household cancellation"),
			choice(EvidenceCourt, "人民法院宣告死亡判决", "declaration of death by a court"), choice("not_cremated", "非火化地区其他证明", "other proof where there is no cremation"),
			choice("abroad", "境外死亡证明", "proof of death abroad"), choice("no_body", "无遗体的其他证明", "other proof where there is no body")}},
		died, judgment, declared, explained}
	review := single(StageDeathReview, "2", "复核", "reviewed", approval.KindAgency, approval.RoleReviewer, 3)
	decision := single(StageDeathDecision, "2", "审批停发养老金", "approved, pension stops", approval.KindAgency, approval.RoleHead, 3)
	decision.Decides, decision.FinalApproval = true, true
	decision.Fields = []approval.Field{{Key: "pensionStops", Title: approval.Text{ZH: "养老金停发起始月", EN: "pension stops from"}, Kind: approval.FieldDate, Computed: true, Kept: true, Clause: "S2.2(1)"}}
	stages := approval.IncompatibleWithin([]approval.Stage{report, registration, verification, review, decision})
	apart(stages, StageDeathReport)
	return Procedure{Type: TypeDeath, Title: approval.Text{ZH: "死亡登记与核实", EN: "death report and verification"}, Prefix: "SW",
		Stages: stages,
		Starters: []approval.Signer{{OfficeKind: approval.KindCommunity, Role: approval.RoleClerk}, {OfficeKind: approval.KindStreet, Role: approval.RoleClerk},
			{OfficeKind: approval.KindAgency, Role: approval.RoleClerk}}, Clauses: []string{"S2.2(3)", "S2.2(4)"},
		Papers: []Paper{paper("deathReport", "死亡报告单", "report of a death", "", PaperWhen{})}}
}

// rescission corrects a verified death of somebody who lives: every closed record is restored, and the pension
// resumes from the month it stopped, with what was withheld.
func rescission() Procedure {
	report := ofApplicant(StageRescissionReport, "1", "报告本人健在", "reported alive", approval.RoleClerk, 0)
	report.Fields = []approval.Field{
		{Key: "seenBy", Title: approval.Text{ZH: "核见人", EN: "seen by"}, Kind: approval.FieldText, Required: true},
		{Key: "seenOn", Title: approval.Text{ZH: "核见日期", EN: "seen on"}, Kind: approval.FieldDate, Required: true},
		{Key: "seenHow", Title: approval.Text{ZH: "核见方式", EN: "seen how"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("home", "入户见到本人", "at home"), choice("office", "本人到场", "the person came"), choice("video", "视频见到本人", "by video"), choice("police", "公安机关核实", "by the police")}},
		{Key: "wrongBecause", Title: approval.Text{ZH: "误报原因", EN: "why the report was wrong"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("namesake", "同名同姓", "a namesake"), choice("number", "身份号码有误", "a wrong ID number"), choice("data", "来源数据有误", "wrong data"), choice("reappeared", "宣告死亡后本人重新出现", "came back after a declaration of death"),
			choice("other", "其他", "another reason")}},
		{Key: "account", Title: approval.Text{ZH: "情况说明", EN: "explanation"}, Kind: approval.FieldText, Required: true}}
	check := single(StageRescissionCheck, "2", "社保经办核对", "checked by the agency", approval.KindAgency, approval.RoleClerk, 3)
	check.Fields = []approval.Field{
		{Key: "checkedWith", Title: approval.Text{ZH: "核对方式", EN: "checked against"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("data", "与来源部门数据核对", "the source's data"), choice("person", "与本人当面核对", "the person"), choice("paper", "凭撤销判决或证明核对", "a judgment or certificate")}},
		{Key: "monthlyAmount", Title: approval.Text{ZH: "每月养老金", EN: "monthly pension"}, Kind: approval.FieldMoney, Required: true}}
	review := single(StageRescissionReview, "2", "复核", "reviewed", approval.KindAgency, approval.RoleReviewer, 2)
	decision := single(StageRescissionDecision, "2", "审批更正并补发", "approved, restored and paid", approval.KindAgency, approval.RoleHead, 2)
	decision.Decides, decision.FinalApproval = true, true
	decision.Fields = []approval.Field{
		{Key: "withheldMonths", Title: approval.Text{ZH: "补发月份", EN: "months to pay"}, Kind: approval.FieldRecords, Computed: true, Kept: true,
			Fields: []approval.Field{{Key: "month", Title: approval.Text{ZH: "月份", EN: "month"}, Kind: approval.FieldText}}},
		{Key: "withheldTotal", Title: approval.Text{ZH: "补发合计", EN: "sum to pay"}, Kind: approval.FieldMoney, Computed: true, Kept: true},
		{Key: "returnedTotal", Title: approval.Text{ZH: "退回已追回的养老金", EN: "recovered pension to give back"}, Kind: approval.FieldMoney, Computed: true, Kept: true, Scope: ScopeMoney}}
	stages := approval.IncompatibleWithin([]approval.Stage{report, check, review, decision})
	apart(stages, StageRescissionReport)
	return Procedure{Type: TypeRescission, Title: approval.Text{ZH: "误报更正", EN: "rescission of a death"}, Prefix: "WB",
		Stages:   stages,
		Starters: []approval.Signer{{OfficeKind: approval.KindCommunity, Role: approval.RoleClerk}, {OfficeKind: approval.KindAgency, Role: approval.RoleClerk}}, Clauses: []string{"S2.2(1)", "S2.2(3)"},
		Papers: []Paper{paper("rescissionLetter", "误报更正告知书", "letter on a wrong report", approval.KindAgency, PaperWhen{Approved: StageRescissionDecision})}}
}

// DeathCase is what a case about a person's death rests on, whoever begins it.
type DeathCase struct {
	Title  string
	Facts  map[string]string
	Access []string
}

// NewDeath makes the facts of a report. community (empty while nobody has received the person) and enterprise are offices.
func NewDeath(name, region, community, enterprise string) DeathCase {
	new := DeathCase{Title: name + " · 死亡登记", Facts: map[string]string{FactRegion: region, FactEnterprise: enterprise, FactCommunity: community, FactManaged: "false"}}
	if community != "" {
		new.Facts[FactManaged], new.Access = "true", []string{community}
	}
	return new
}

// apart keeps whoever made a report from checking it, where both are of the agency.
func apart(stages []approval.Stage, report string) {
	for i := range stages {
		if stages[i].Key != report && !slices.Contains(stages[i].Incompatible, report) {
			stages[i].Incompatible = append(stages[i].Incompatible, report)
		}
	}
}
