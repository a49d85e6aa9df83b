package procedures

import (
	"strings"

	"jieli/approval"
)

// The stages of a transfer of a Party member's relation.
const (
	StagePartyPreparation      = "party-preparation"
	StagePartyApproval         = "party-approval"
	StagePartyDecision         = "party-decision"
	StagePartyDecisionConfirm  = "party-decision-confirm"
	StagePartyLetter           = "party-letter"
	StagePartyAcceptance       = "party-acceptance"
	StagePartyReception        = "party-reception"
	StagePartyReceptionConfirm = "party-reception-confirm"
	StagePartyReceipt          = "party-receipt"
)

// FactSender is the Party organisation (an office) that is responsible for the member as the transfer
// begins, and stays it until the member is received.
const FactSender = "sender"

// ScopeParty is the scope of a procedure that exists for nobody without a Party role.
const ScopeParty = "party"

// Whose Party organisation signs (Signer.Of): the sender's own, that of the receiving street, or that of
// the receiving community, for which its street's stands in where it has none.
const (
	OfSender    = "sender"
	OfStreet    = "street"
	OfCommunity = "community"
)

// The destinations of a relation as the further way depends on them.
const (
	DestinationStays     = "stays"
	DestinationOutside   = "outside"
	DestinationCommunity = "community"
	DestinationUndecided = "undecided"
)

// How the relation travels.
const (
	LetterOnPaper = "paper"
	LetterOnline  = "online"
)

// Which branch takes the member in; nobody is ever without an organisation.
const (
	BranchOwn        = "branch"
	BranchJoint      = "joint"
	BranchFunctional = "functional"
	BranchInterim    = "interim"
)

// MaximumLetterDays is how long a letter may be valid at most, whatever a place sets.
const MaximumLetterDays = 90

// party moves one member's relation from the organisation responsible to that of the workplace or the
// residence. A rule finds the destination and the secretary approves it; where no rule does, people of the
// organisation department decide. Party offices are not hurried: no stage has a deadline, and none can be set.
func party() Procedure {
	preparation := partyStage(StagePartyPreparation, "1", "核实党员情况", "member's circumstances established", OfSender, approval.RoleClerk)
	preparation.Clauses, preparation.Fields = []string{"S4.1", "S4.2", "S4.3", "S4.4"}, partyPreparationFields()
	approved := partyStage(StagePartyApproval, "1", "党组织书记审批", "approved by the secretary", OfSender, approval.RoleHead)
	approved.Clauses, approved.Fields = preparation.Clauses, partyRouteFields()

	manual := &approval.When{Field: "rule", In: []string{"manual"}}
	decision := single(StagePartyDecision, "2", "组织部门研究去向", "destination proposed by the organisation department", approval.KindOrganisation, approval.RoleClerk, 0)
	decision.When, decision.Exceptional, decision.Fields = manual, true, partyDecisionFields()
	decisionConfirm := single(StagePartyDecisionConfirm, "2", "组织部门审定去向", "destination decided", approval.KindOrganisation, approval.RoleHead, 0)
	decisionConfirm.When, decisionConfirm.Exceptional = manual, true

	leaves := &approval.When{Field: "destination", In: []string{DestinationOutside, DestinationCommunity}}
	toCommunity := &approval.When{Field: "destination", In: []string{DestinationCommunity}}
	letter := partyStage(StagePartyLetter, "3", "开具组织关系介绍信", "letter issued", OfSender, approval.RoleClerk)
	letter.When, letter.Fields = leaves, partyLetterFields()
	acceptance := partyStage(StagePartyAcceptance, "4", "街道党工委接转", "taken in by the street Party working committee", OfStreet, approval.RoleClerk)
	acceptance.When, acceptance.Fields = toCommunity, partyAcceptanceFields()
	reception := partyStage(StagePartyReception, "5", "党员报到、编入支部", "member reports and joins a branch", OfCommunity, approval.RoleClerk)
	reception.When, reception.Fields = toCommunity, partyReceptionFields()
	receptionConfirm := partyStage(StagePartyReceptionConfirm, "5", "接收确认", "reception confirmed", OfCommunity, approval.RoleHead)
	receptionConfirm.When, receptionConfirm.FinalApproval = toCommunity, true
	receptionConfirm.Fields = []approval.Field{{Key: "receiptNumber", Title: approval.Text{ZH: "回执编号", EN: "receipt number"}, Kind: approval.FieldText, Computed: true, Kept: true}}
	receipt := partyStage(StagePartyReceipt, "6", "回执归存根", "receipt kept with the stub", OfSender, approval.RoleClerk)
	receipt.When, receipt.Fields = leaves, partyReceiptFields()

	// Once a letter may be out, what it rests on is gone through again before another one is.
	for _, stage := range []*approval.Stage{&decision, &decisionConfirm, &letter, &acceptance, &reception, &receptionConfirm, &receipt} {
		stage.WalkAgain = true
	}
	stages := []approval.Stage{preparation, approved, decision, decisionConfirm, letter, acceptance, reception, receptionConfirm, receipt}
	for i := range stages {
		stages[i].Scope = ScopeParty
	}
	return Procedure{Type: TypeParty, Title: approval.Text{ZH: "党员组织关系转接", EN: "Party relation transfer"}, Prefix: "DZ", Scope: ScopeParty,
		Stages: approval.IncompatibleWithin(stages), Starters: []approval.Signer{{OfficeKind: approval.KindParty, Role: approval.RoleClerk}},
		Clauses: []string{"S4.1", "S4.2", "S4.3", "S4.4"}, Papers: partyPapers()}
}

func partyStage(key, group, zh, en, of string, role approval.Role) approval.Stage {
	stage := single(key, group, zh, en, approval.KindParty, role, 0)
	stage.Signers[0].Of = of
	return stage
}

func partyPreparationFields() []approval.Field {
	return []approval.Field{
		{Key: "memberStatus", Title: approval.Text{ZH: "党员类别", EN: "kind of member"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(MemberFull, "正式党员", "full member"), choice(MemberProbationary, "预备党员", "probationary member")}},
		{Key: "duesPaidTo", Title: approval.Text{ZH: "党费交至（年月，如 2026-10）", EN: "dues paid to (month, such as 2026-10)"}, Kind: approval.FieldText, Required: true},
		{Key: "rehired", Title: approval.Text{ZH: "被原单位返聘", EN: "rehired by the original unit"}, Kind: approval.FieldQuestion, Required: true, Unknown: true, Clause: "S4.3"},
		{Key: "employedElsewhere", Title: approval.Text{ZH: "受聘于其他单位", EN: "employed by another unit"}, Kind: approval.FieldQuestion, Required: true, Unknown: true, Clause: "S4.4"},
		{Key: "awayMonths", Title: approval.Text{ZH: "受聘或外出务工经商的月数（没有填 0）", EN: "months employed elsewhere or away for work or business (0 for none)"}, Kind: approval.FieldNumber, Required: true, Clause: "S4.4"},
		{Key: "abroad", Title: approval.Text{ZH: "在国（境）外", EN: "abroad"}, Kind: approval.FieldBoolean},
		{Key: "disputed", Title: approval.Text{ZH: "情况有争议或不清楚", EN: "the facts are contested or unclear"}, Kind: approval.FieldBoolean},
		{Key: "residence", Title: approval.Text{ZH: "常住地", EN: "residence"}, Kind: approval.FieldText, Computed: true, Kept: true, Clause: "S4.1"},
		{Key: "hukou", Title: approval.Text{ZH: "户籍地", EN: "hukou"}, Kind: approval.FieldText, Computed: true, Kept: true, Clause: "S4.2"},
		communityField(nil),
		organisationField(nil),
	}
}

// communityField is the community of residence whose Party organisation takes the relation.
func communityField(when *approval.When) approval.Field {
	return approval.Field{Key: "community", Title: approval.Text{ZH: "接收社区（村）", EN: "receiving community"}, Kind: approval.FieldText, RequiredWhen: when, Clause: "S4.1"}
}

// organisationField names an organisation that does not work in this system; the letter goes there and
// the receipt comes back on paper.
func organisationField(when *approval.When) approval.Field {
	return approval.Field{Key: "organisation", Title: approval.Text{ZH: "转往的党组织全称（不在本系统办理的）", EN: "Party organisation gone to (full name, outside this system)"}, Kind: approval.FieldText, RequiredWhen: when, Clause: "S4.4"}
}

func partyRouteFields() []approval.Field {
	return []approval.Field{
		{Key: "rule", Title: approval.Text{ZH: "适用规则", EN: "rule that applies"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: []approval.Option{
			choice("P1", "P1 被原单位返聘，留在原单位", "P1 rehired by the original unit; stays"),
			choice("P2", "P2 受聘或外出半年以上，转入所去单位或地区", "P2 employed elsewhere or away half a year or more; goes there"),
			choice("P3", "P3 常住地与户籍地分离，转入常住地", "P3 residence and hukou differ; to the residence"),
			choice("P4", "P4 转入常住地", "P4 to the residence"),
			choice("manual", "没有适用的规则，由组织部门研究决定", "no rule applies; the organisation department decides")}},
		{Key: "destination", Title: approval.Text{ZH: "组织关系去向", EN: "destination"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: append(destinations(),
			choice(DestinationUndecided, "待组织部门研究", "for the organisation department to decide"))},
		{Key: "evidence", Title: approval.Text{ZH: "认定依据", EN: "evidence"}, Kind: approval.FieldRecords, Computed: true, Kept: true, Fields: []approval.Field{
			{Key: "step", Title: approval.Text{ZH: "事项", EN: "matter"}, Kind: approval.FieldText},
			{Key: "stepEN", Title: approval.Text{ZH: "事项（英文）", EN: "matter (English)"}, Kind: approval.FieldText},
			{Key: "value", Title: approval.Text{ZH: "情况", EN: "finding"}, Kind: approval.FieldText},
			{Key: "clause", Title: approval.Text{ZH: "依据条款", EN: "clause"}, Kind: approval.FieldText}}},
	}
}

func destinations() []approval.Option {
	return []approval.Option{
		choice(DestinationCommunity, "转入常住地社区（村）党组织", "to the Party organisation of the community of residence"),
		choice(DestinationOutside, "转往其他党组织（不在本系统办理）", "to another Party organisation, outside this system"),
		choice(DestinationStays, "留在现所在党组织", "stays with the present Party organisation")}
}

func partyDecisionFields() []approval.Field {
	return []approval.Field{
		{Key: "destination", Title: approval.Text{ZH: "组织关系去向", EN: "destination"}, Kind: approval.FieldChoice, Required: true, Options: destinations()},
		communityField(&approval.When{Field: "destination", In: []string{DestinationCommunity}}),
		organisationField(&approval.When{Field: "destination", In: []string{DestinationOutside}}),
		{Key: "decisionReason", Title: approval.Text{ZH: "研究决定的理由", EN: "reason for the decision"}, Kind: approval.FieldText, Required: true},
	}
}

func partyLetterFields() []approval.Field {
	return []approval.Field{
		{Key: "letterWay", Title: approval.Text{ZH: "转接方式", EN: "how the relation travels"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(LetterOnPaper, "纸质介绍信（三联）", "letter on paper, in three parts"), choice(LetterOnline, "网上转接，不开纸质介绍信", "online, without paper")}},
		{Key: "letterNumber", Title: approval.Text{ZH: "介绍信编号", EN: "letter number"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "letterTo", Title: approval.Text{ZH: "抬头（接收党组织）", EN: "addressed to"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "letterDays", Title: approval.Text{ZH: "有效期（天，最长 90 天）", EN: "valid for (days, at most 90)"}, Kind: approval.FieldNumber, Required: true},
	}
}

// letterExpiryField is the last day of the letter that is out, shown to whoever has it before them.
func letterExpiryField() approval.Field {
	return approval.Field{Key: "letterExpiresOn", Title: approval.Text{ZH: "介绍信有效期至", EN: "letter valid until"}, Kind: approval.FieldDate, Computed: true, Kept: true}
}

func partyAcceptanceFields() []approval.Field {
	return []approval.Field{
		letterExpiryField(),
		{Key: "arrangement", Title: approval.Text{ZH: "编入方式", EN: "which branch takes the member in"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(BranchOwn, "社区（村）党组织", "the community's own Party organisation"),
			choice(BranchJoint, "联合党支部（与相邻社区合建）", "joint branch with a neighbouring community"),
			choice(BranchFunctional, "功能型党支部（街道党工委领导）", "functional branch under the street Party working committee"),
			choice(BranchInterim, "暂由街道党工委直接管理", "the street Party working committee holds the relation for now")}},
		{Key: "branch", Title: approval.Text{ZH: "党支部名称", EN: "name of the branch"}, Kind: approval.FieldText,
			RequiredWhen: &approval.When{Field: "arrangement", In: []string{BranchJoint, BranchFunctional}}},
	}
}

func partyReceptionFields() []approval.Field {
	return []approval.Field{
		{Key: "reportedOn", Title: approval.Text{ZH: "党员报到日期", EN: "member reported on"}, Kind: approval.FieldDate, Required: true},
		// Asked for unless the street's committee holds the member for now, which the stage before has settled.
		{Key: "branch", Title: approval.Text{ZH: "编入的党支部", EN: "branch joined"}, Kind: approval.FieldText},
		{Key: "partyGroup", Title: approval.Text{ZH: "党小组", EN: "Party group"}, Kind: approval.FieldText},
	}
}

func partyReceiptFields() []approval.Field {
	return []approval.Field{
		letterExpiryField(),
		{Key: "receiptNumber", Title: approval.Text{ZH: "回执编号", EN: "receipt number"}, Kind: approval.FieldText, Required: true},
		{Key: "receiptOn", Title: approval.Text{ZH: "收到回执日期", EN: "receipt came on"}, Kind: approval.FieldDate, Required: true},
	}
}

// The kinds of Party members.
const (
	MemberFull         = "full"
	MemberProbationary = "probationary"
)

// MemberStatus reads the registry's political status; empty for whoever is no Party member.
func MemberStatus(political string) string {
	switch {
	case strings.HasPrefix(political, "中共预备党员"):
		return MemberProbationary
	case strings.HasPrefix(political, "中共党员"), strings.HasPrefix(political, "党员"):
		return MemberFull
	}
	return ""
}
