package procedures

import "jieli/approval"

// The stages of a dispute about who hands a person over.
const (
	StageDisputeClaim    = "dispute-claim"
	StageDisputeReply    = "dispute-reply"
	StageDisputeProposal = "dispute-proposal"
	StageDisputeDecision = "dispute-decision"
)

// FactOtherEnterprise is the enterprise (an office) that listed the person first, FactOtherLine its line;
// FactEnterprise and FactLine are those of the later one.
const (
	FactOtherEnterprise = "otherEnterprise"
	FactOtherLine       = "otherLine"
)

// OfOther is the signer of the enterprise that listed the person first (Signer.Of).
const OfOther = "other"

// Who hands the person over, as the bureau decides.
const (
	DecidedForEarlier = "earlier"
	DecidedForLater   = "later"
)

// dispute decides which of two enterprises hands over a person whom both have listed. It begins by
// itself, as the later list is screened; the later line waits for nobody's batch.
func dispute() Procedure {
	claim := single(StageDisputeClaim, "1", "后申报企业说明", "statement of the later enterprise", approval.KindEnterprise, approval.RoleClerk, 0)
	claim.Fields = []approval.Field{{Key: "claim", Title: approval.Text{ZH: "由本企业移交的依据（劳动关系、退休审批等）", EN: "why this enterprise hands the person over (employment, retirement approval)"}, Kind: approval.FieldText, Required: true, Clause: "S2.1"}}
	reply := single(StageDisputeReply, "1", "先申报企业说明", "statement of the earlier enterprise", approval.KindEnterprise, approval.RoleClerk, 0)
	reply.Signers[0].Of = OfOther
	reply.Fields = []approval.Field{{Key: "reply", Title: approval.Text{ZH: "对方说明的意见和本企业的依据", EN: "answer to the other's statement, and this enterprise's grounds"}, Kind: approval.FieldText, Required: true, Clause: "S2.1"}}
	proposal := single(StageDisputeProposal, "2", "核实并拟定移交企业", "verified, enterprise proposed", approval.KindBureau, approval.RoleClerk, 5)
	proposal.Clauses = []string{"S2.1"}
	proposal.Fields = []approval.Field{
		{Key: "decision", Title: approval.Text{ZH: "由哪家企业移交", EN: "who hands the person over"}, Kind: approval.FieldChoice, Required: true, Clause: "S2.1", Options: []approval.Option{
			choice(DecidedForEarlier, "先申报的企业", "the enterprise that listed the person first"), choice(DecidedForLater, "后申报的企业", "the enterprise that listed the person later")}},
		{Key: "decisionReason", Title: approval.Text{ZH: "认定理由", EN: "grounds"}, Kind: approval.FieldText, Required: true}}
	decision := single(StageDisputeDecision, "2", "审定移交企业", "enterprise decided", approval.KindBureau, approval.RoleHead, 3)
	decision.FinalApproval = true
	return Procedure{Type: TypeDispute, Title: approval.Text{ZH: "重复申报认定", EN: "decision on a person listed twice"}, Prefix: "CF",
		Stages: approval.IncompatibleWithin([]approval.Stage{claim, reply, proposal, decision}), Clauses: []string{"S2.1"}}
}
