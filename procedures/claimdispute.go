package procedures

import "jieli/approval"

// The stages of a dispute about who is paid the benefit of one death.
const (
	StageClaimStatement = "claim-dispute-statement"
	StageClaimProposal  = "claim-dispute-proposal"
	StageClaimReview    = "claim-dispute-review"
	StageClaimDecision  = "claim-dispute-decision"
	StageClaimLetter    = "claim-dispute-letter"
)

// FactSource is where a second claim was made.
const FactSource = "source"

// Where a second claim was made: here by the family, or, as the agency has learned, elsewhere.
const (
	SourceFamily        = "family"
	SourceOtherScheme   = "other-scheme"
	SourceOtherProvince = "other-province"
)

// How a dispute about a claim is decided. Which of them are open depends on whether the first claim is released.
const (
	ClaimJoined      = "join"
	ClaimFirst       = "first"
	ClaimSecond      = "second"
	ClaimSettle      = "settle"
	ClaimWronglyPaid = "wrongly-paid"
)

// claimDispute decides between two claims for one death. It begins as somebody claims what is claimed or paid
// already; until it is decided the first claim is neither decided nor released.
func claimDispute() Procedure {
	statement := ofApplicant(StageClaimStatement, "1", "登记后申领一方", "second claim taken in", approval.RoleClerk, 0)
	statement.Clauses = []string{clauseHelpToGet}
	statement.Fields = []approval.Field{
		{Key: "source", Title: approval.Text{ZH: "后一申领的来源", EN: "where the second claim was made"}, Kind: approval.FieldChoice, Computed: true, Kept: true, Options: []approval.Option{
			choice(SourceFamily, "家属在本地申领", "here, by the family"), choice(SourceOtherScheme, "其他制度（工伤保险、城乡居民养老保险、机关事业单位）", "in another scheme (work injury, residents, public institutions)"), choice(SourceOtherProvince, "其他省份", "in another province")}},
		{Key: "statement", Title: approval.Text{ZH: "后申领一方的说明（与逝者关系、为何另行申领）", EN: "what the second side says (relation, why it claims apart)"}, Kind: approval.FieldText, Required: true},
		{Key: "evidence", Title: approval.Text{ZH: "提供的材料", EN: "papers brought"}, Kind: approval.FieldText}}
	proposal := single(StageClaimProposal, "2", "核实双方情况并拟定意见", "both sides heard, decision proposed", approval.KindAgency, approval.RoleClerk, 5)
	proposal.Fields = []approval.Field{
		{Key: "heard", Title: approval.Text{ZH: "听取先申领一方意见的情况（时间、方式、意见）", EN: "how the first side was heard (when, how, what it says)"}, Kind: approval.FieldText, Required: true},
		{Key: "decision", Title: approval.Text{ZH: "处理意见", EN: "decision"}, Kind: approval.FieldChoice, Required: true, Clause: clauseBenefit, Options: []approval.Option{
			choice(ClaimJoined, "并入先申领的办件，共同约定份额（尚未放款）", "both join the first claim and agree on shares (not yet released)"),
			choice(ClaimFirst, "由先申领一方领取，后一申领不予支持", "the first claim stands, the second is turned down"),
			choice(ClaimSecond, "由后申领一方领取，先一申领终止（尚未放款）", "the second claim stands, the first ends (not yet released)"),
			choice(ClaimSettle, "已支付，告知双方协商或者向人民法院起诉", "paid already: the family settles it, or a court does"),
			choice(ClaimWronglyPaid, "已支付给不应领取的人，另行追回", "paid to the wrong person: it is recovered by a case of its own")}},
		{Key: "decisionReason", Title: approval.Text{ZH: "理由和依据", EN: "grounds"}, Kind: approval.FieldText, Required: true}}
	review := single(StageClaimReview, "2", "复核", "reviewed", approval.KindAgency, approval.RoleReviewer, 2)
	decision := single(StageClaimDecision, "2", "审定处理意见", "decided", approval.KindAgency, approval.RoleHead, 3)
	decision.FinalApproval = true
	stages := approval.IncompatibleWithin([]approval.Stage{statement, proposal, review, decision})
	apart(stages, StageClaimStatement)
	letter := ofApplicant(StageClaimLetter, "3", "送达处理决定", "decision delivered", approval.RoleClerk, 0)
	letter.Fields = deliveryFields()
	return Procedure{Type: TypeClaimDispute, Title: approval.Text{ZH: "遗属待遇重复申领处理", EN: "second claim of one benefit"}, Prefix: "CS",
		Stages: append(stages, letter), Clauses: []string{clauseHelpToGet, clauseBenefit},
		Papers: []Paper{paper("claimDecision", "重复申领处理决定书", "decision on a second claim", approval.KindAgency, PaperWhen{Approved: StageClaimDecision})}}
}

// deliveryFields say how a letter of decision reached the family.
func deliveryFields() []approval.Field {
	return []approval.Field{
		{Key: "letterNumber", Title: approval.Text{ZH: "决定书编号", EN: "number of the letter"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "deliveredOn", Title: approval.Text{ZH: "送达日期", EN: "delivered on"}, Kind: approval.FieldDate, Required: true},
		{Key: "deliveredBy", Title: approval.Text{ZH: "送达方式", EN: "how"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("hand", "当面送达", "handed over"), choice("post", "邮寄送达", "by post"), choice("home", "上门送达", "brought to the home")}}}
}
