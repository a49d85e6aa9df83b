package procedures

import (
	"slices"

	"jieli/approval"
)

// FamilyState is where a case stands for the family.
type FamilyState string

// The states of a case as the family is told them.
const (
	FamilyUnderWay FamilyState = "under-way"
	// FamilyWaiting waits for the family: something is missing.
	FamilyWaiting FamilyState = "waiting"
	FamilyDecided FamilyState = "decided"
	FamilyPaid    FamilyState = "paid"
	FamilyEnded   FamilyState = "ended"
)

// FamilyDigits says whose ID number the family gives the last four characters of.
type FamilyDigits string

// The person the case is about, or any of those who claim: the family holds their cards.
const (
	DigitsOfPerson   FamilyDigits = "person"
	DigitsOfClaimant FamilyDigits = "claimant"
)

// PaperFamily is the slip with the family's code.
const PaperFamily = "family"

// Family declares what the family of a case is told without an account, in plain words. It holds nothing
// but texts of this package: what officers write never gets that far.
type Family struct {
	Matter approval.Text
	Digits FamilyDigits
	Steps  []FamilyStep
	Ended  map[approval.CaseState]approval.Text
}

// FamilyStep is what the family sees as one step.
type FamilyStep struct {
	Title  approval.Text
	Stages []FamilyStage
}

// FamilyStage words one stage. An exceptional one bears the words of its neighbour where it is nobody's concern.
type FamilyStage struct {
	Key   string
	Words approval.Text
	State FamilyState
	// Asks: a case that was returned to this stage waits for the family.
	Asks bool
}

// families is THE table of the procedures whose cases a family may ask about: one line each.
var families = map[string]Family{
	TypeDeath:      deathFamily(),
	TypeRescission: rescissionFamily(),
	TypeBenefit:    benefitFamily(),
	TypeRecovery:   recoveryFamily(),
}

// FamilyOf is what the family of a case of this type is told, if it may ask.
func FamilyOf(caseType string) (Family, bool) {
	family, ok := families[caseType]
	return family, ok
}

// Stage finds the step of a stage, and its words.
func (f Family) Stage(key string) (step int, stage FamilyStage, ok bool) {
	for i, each := range f.Steps {
		for _, stage := range each.Stages {
			if stage.Key == key {
				return i, stage, true
			}
		}
	}
	return 0, FamilyStage{}, false
}

// What the family is told whatever the procedure.
var (
	FamilyMissing = approval.Text{ZH: "还需要您家补充材料。请带上下面列出的材料，到受理单位办理。", EN: "Something is still missing. Please bring what is listed below to the office that took the case in."}
	FamilyPaused  = approval.Text{ZH: "正在等待有关情况，暂停办理；情况清楚后继续，时间相应顺延。", EN: "It rests until something is clear, and then goes on; the time is extended by as much."}
	FamilyAccount = approval.Text{ZH: "收款账户需要核对。请申领人带存折或银行卡，与受理单位联系。", EN: "The bank account has to be checked. The claimant should contact the office with the passbook or card."}
	// FamilyNotice stands for what is missing and was written down in an officer's own words.
	FamilyNotice = approval.Text{ZH: "《一次性告知书》所列的其他内容（可向受理单位领取或电话询问）", EN: "the other items of the one-time notice (the office hands it out, or tells you by phone)"}
)

// familyGeneral are the items of a notice that the screen offers beside the materials.
var familyGeneral = []struct{ item, words approval.Text }{
	{approval.Text{ZH: "用印", EN: "Seal"}, approval.Text{ZH: "印章（请补盖）", EN: "a seal"}},
	{approval.Text{ZH: "签字", EN: "Signature"}, approval.Text{ZH: "签名（请补签）", EN: "a signature"}},
	{approval.Text{ZH: "扫描件", EN: "Scan"}, approval.Text{ZH: "扫描不清的材料（请再带原件）", EN: "the paper whose scan cannot be read (bring the original)"}},
}

// FamilyDefects says in declared words what a notice lists: the case's materials and what the screen offers. An
// item in an officer's own words, which may name anything, is told as one of the notice.
func FamilyDefects(stages []approval.Stage, defects []approval.Defect) []approval.Text {
	known := map[string]approval.Text{}
	for _, each := range familyGeneral {
		known[each.item.ZH], known[each.item.EN] = each.words, each.words
	}
	for _, stage := range stages {
		for _, material := range stage.Materials {
			known[material.Title.ZH], known[material.Title.EN] = material.Title, material.Title
		}
	}
	missing, others := []approval.Text{}, false
	for _, defect := range defects {
		words, ok := known[defect.Item]
		others = others || !ok
		if ok && !slices.Contains(missing, words) {
			missing = append(missing, words)
		}
	}
	if others || len(missing) == 0 {
		missing = append(missing, FamilyNotice)
	}
	return missing
}

func familyStep(zh, en string, stages ...FamilyStage) FamilyStep {
	return FamilyStep{Title: approval.Text{ZH: zh, EN: en}, Stages: stages}
}

func familyStage(key, zh, en string, state FamilyState) FamilyStage {
	return FamilyStage{Key: key, Words: approval.Text{ZH: zh, EN: en}, State: state}
}

// familyEndings are the words for a case that ended otherwise than foreseen.
func familyEndings(closed approval.Text) map[approval.CaseState]approval.Text {
	return map[approval.CaseState]approval.Text{
		approval.CaseClosed:      closed,
		approval.CaseRejected:    {ZH: "已作出不予办理的决定，理由和救济途径见书面决定。如未收到，请与受理单位联系。", EN: "It was decided against; the letter says why, and what can be done about it. If you have none, ask the office."},
		approval.CaseNotAccepted: {ZH: "未予受理，理由见书面通知。如未收到，请与受理单位联系。", EN: "It was not accepted; the letter says why. If you have none, ask the office."},
		approval.CaseWithdrawn:   {ZH: "本件已撤回，没有继续办理。如需重新办理，请与受理单位联系。", EN: "It was withdrawn and is not carried on. To begin again, ask the office."},
		approval.CaseExpired:     {ZH: "本件已终止。如需重新办理，请与受理单位联系。", EN: "It has lapsed. To begin again, ask the office."},
	}
}

func deathFamily() Family {
	return Family{Matter: approval.Text{ZH: "去世情况登记", EN: "report of a death"}, Digits: DigitsOfPerson,
		Steps: []FamilyStep{
			familyStep("登记", "entered", familyStage(StageDeathReport, "正在登记您家报告的情况。", "What you reported is being entered.", FamilyUnderWay),
				familyStage(StageDeathRegistration, "社区（村）正在确认登记。", "The community is confirming the entry.", FamilyUnderWay)),
			familyStep("核实", "verified", familyStage(StageDeathVerification, "社保经办机构正在核实。", "The insurance agency is verifying it.", FamilyUnderWay),
				familyStage(StageDeathReview, "社保经办机构正在核实。", "The insurance agency is verifying it.", FamilyUnderWay)),
			familyStep("办结", "settled", familyStage(StageDeathDecision, "已经核实，正在办理最后的手续。", "It is verified; the last step is under way.", FamilyUnderWay))},
		Ended: familyEndings(approval.Text{ZH: "已核实登记。家属可以到社区（村）、街道或社保经办机构申领遗属待遇。", EN: "It is verified and on record. The family may claim survivor benefits at the community, the street office or the insurance agency."})}
}

func rescissionFamily() Family {
	return Family{Matter: approval.Text{ZH: "登记更正", EN: "correction of a record"}, Digits: DigitsOfPerson,
		Steps: []FamilyStep{
			familyStep("登记", "entered", familyStage(StageRescissionReport, "正在登记您家说明的情况。", "What you told us is being entered.", FamilyUnderWay)),
			familyStep("核对", "checked", familyStage(StageRescissionCheck, "社保经办机构正在核对。", "The insurance agency is checking it.", FamilyUnderWay),
				familyStage(StageRescissionReview, "社保经办机构正在核对。", "The insurance agency is checking it.", FamilyUnderWay)),
			familyStep("更正", "corrected", familyStage(StageRescissionDecision, "核对完毕，正在审批更正。", "It is checked; the correction is being approved.", FamilyUnderWay))},
		Ended: familyEndings(approval.Text{ZH: "登记已更正，养老金从停发的月份起恢复。", EN: "The record is corrected, and the pension goes on from the month it had stopped."})}
}

// benefitFamily says nothing of an audit: it bears the words of the stage it stands before.
func benefitFamily() Family {
	claim := familyStage(StageBenefitClaim, "正在登记申领材料。", "The claim is being entered.", FamilyUnderWay)
	claim.Asks = true
	const arranging, arrangingEN = "已经批准，正在安排付款。", "It is approved, and the payment is being arranged."
	return Family{Matter: approval.Text{ZH: "遗属待遇申领", EN: "survivor benefits"}, Digits: DigitsOfClaimant,
		Steps: []FamilyStep{
			familyStep("受理申领", "claim taken in", claim),
			familyStep("审核", "checked", familyStage(StageBenefitCalculation, "社保经办机构正在审核。", "The insurance agency is checking it.", FamilyUnderWay),
				familyStage(StageBenefitReview, "社保经办机构正在审核。", "The insurance agency is checking it.", FamilyUnderWay)),
			familyStep("审批", "decided", familyStage(StageBenefitDecision, "正在审批。", "It is being decided.", FamilyUnderWay),
				familyStage(StageBenefitMeeting, "正在审议。", "It is being discussed.", FamilyUnderWay)),
			familyStep("付款", "paid", familyStage(StageBenefitAudit, arranging, arrangingEN, FamilyDecided), familyStage(StageBenefitRelease, arranging, arrangingEN, FamilyDecided),
				familyStage(StageBenefitPayment, "款项已交银行办理，到账时间以银行为准。", "The bank has the payment in hand; it says when it arrives.", FamilyDecided)),
			familyStep("送达决定书", "letter delivered", familyStage(StageBenefitLetter, "款项已经支付。决定书已备好，请到受理单位领取或等候送达。", "It is paid. The letter is ready: fetch it at the office, or wait until it is brought.", FamilyPaid))},
		Ended: familyEndings(approval.Text{ZH: "已经办结，决定书已送达。", EN: "It is finished, and the letter delivered."})}
}

// recoveryFamily says what the family may do, and nothing of what follows where it does not.
func recoveryFamily() Family {
	const checking, checkingEN = "社保经办机构正在核对多发的待遇。", "The insurance agency is checking what was paid too much."
	const next, nextEN = "区人社局正在研究后续办理。如有困难或不同意见，请与受理单位联系。", "The bureau is considering how to go on. If anything is difficult, or you see it otherwise, contact the office."
	return Family{Matter: approval.Text{ZH: "多发待遇退还", EN: "return of what was paid too much"}, Digits: DigitsOfPerson,
		Steps: []FamilyStep{
			familyStep("核对", "checked", familyStage(StageRecoveryCalculation, checking, checkingEN, FamilyUnderWay), familyStage(StageRecoveryReview, checking, checkingEN, FamilyUnderWay)),
			familyStep("审批", "decided", familyStage(StageRecoveryDecision, "正在审批。", "It is being decided.", FamilyUnderWay)),
			familyStep("送达通知书", "letter delivered", familyStage(StageRecoveryDelivery, "通知书正在送达。收到后可以一次退还、分期退还，也可以提出异议。", "The letter is on its way. You may return the sum at once or in instalments, or object.", FamilyDecided)),
			familyStep("答复", "answered", familyStage(StageRecoveryAnswer, "请在通知书写明的时间内答复：可以一次退还、分期退还、从待遇中抵扣，也可以提出异议。", "Please answer in the time the letter names: return it at once, in instalments or out of the benefit, or object.", FamilyWaiting),
				familyStage(StageRecoveryAgreement, "正在审批您家的申请。", "What you asked for is being decided.", FamilyDecided), familyStage(StageRecoveryObjection, "正在复查您家提出的异议。", "Your objection is being examined.", FamilyDecided),
				familyStage(StageRecoveryReferral, next, nextEN, FamilyDecided), familyStage(StageRecoveryReferralDecision, next, nextEN, FamilyDecided)),
			familyStep("退还", "returned", familyStage(StageRecoveryRepayment, "请按约定退还，每笔都有收据。", "Please return it as agreed; each sum has a receipt.", FamilyWaiting),
				familyStage(StageRecoveryEndingProposal, next, nextEN, FamilyDecided), familyStage(StageRecoveryEnding, next, nextEN, FamilyDecided))},
		Ended: familyEndings(approval.Text{ZH: "已经办结。", EN: "It is finished."})}
}

// familyPaper is what the clerk prints and hands over: the code, and how to ask with it.
func familyPaper() Paper {
	slip := paper(PaperFamily, "办件查询单", "inquiry slip", "", PaperWhen{})
	slip.Inquiry = true
	return slip
}
