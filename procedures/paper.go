package procedures

import (
	"encoding/json"
	"slices"

	"jieli/approval"
)

// Paper is a form a case can be printed as (domain.md, 2k). Its template has its key as name.
type Paper struct {
	Key   string
	Title approval.Text
	// Issuer is the kind of office that issues the paper: the last of the kind to have signed a stage
	// alone (in a child case, to have had one). While none has, and where Issuer is empty, it is the office
	// that submitted the case. An enterprise's paper is that of the people's enterprise, whoever submitted it.
	Issuer approval.OfficeKind
	// By is the stage whose signer issues the paper, where the last one of its kind would be somebody else.
	By   string
	When PaperWhen
	// Opens is the paper that the printed image opens, for those who may; empty for the page that verifies this one.
	Opens string
	// Inquiry: the code is the family's, and its image opens the page that answers it.
	Inquiry bool
	// Scope "money" keeps a paper that names amounts to those who see them on the case.
	Scope string
}

// PaperWhen says when a paper exists; the zero value is always. What is set must all hold.
type PaperWhen struct {
	// Returned: the case was returned from acceptance.
	Returned bool
	// Approved is a stage whose last visit was approved; Reached one that was visited.
	Approved, Reached string
	// State is how the case ended.
	State approval.CaseState
	// Field of the form has one of the values.
	Field *approval.When
	// Supervised: somebody supervised the case (督办).
	Supervised bool
}

// Exists reports whether the paper can be printed of a case as it is.
func (p Paper) Exists(fold *approval.Case) bool {
	when := p.When
	last := func(stage string) *approval.Visit {
		for i := range slices.Backward(fold.Visits) {
			if fold.Visits[i].Stage == stage {
				return &fold.Visits[i]
			}
		}
		return nil
	}
	if when.Approved != "" {
		if visit := last(when.Approved); visit == nil || visit.Outcome != approval.OutcomeApproved {
			return false
		}
	}
	if when.Field != nil {
		var value string
		if json.Unmarshal(fold.Form[when.Field.Field], &value) != nil || !slices.Contains(when.Field.In, value) {
			return false
		}
	}
	return (when.Reached == "" || last(when.Reached) != nil) && (when.State == "" || when.State == fold.State) &&
		(!when.Supervised || len(fold.Supervisions) > 0) && (!when.Returned || returnedAtAcceptance(fold))
}

func returnedAtAcceptance(fold *approval.Case) bool {
	return slices.ContainsFunc(fold.Visits, func(visit approval.Visit) bool {
		return visit.Outcome == approval.OutcomeReturned && fold.Stage(visit.Stage).Acceptance
	})
}

// Paper returns the paper of a key, if the procedure has it.
func (p Procedure) Paper(key string) (Paper, bool) {
	for _, paper := range p.Papers {
		if paper.Key == key {
			return paper, true
		}
	}
	return Paper{}, false
}

// PapersOf are the papers a case has as it is, in the order they are offered.
func (p Procedure) PapersOf(fold *approval.Case) []Paper {
	return slices.DeleteFunc(slices.Clone(p.Papers), func(paper Paper) bool { return !paper.Exists(fold) })
}

func paper(key, zh, en string, issuer approval.OfficeKind, when PaperWhen) Paper {
	return Paper{Key: key, Title: approval.Text{ZH: zh, EN: en}, Issuer: issuer, When: when}
}

func slipPaper(issuer approval.OfficeKind) Paper {
	return paper("slip", "接收审批表", "approval slip", issuer, PaperWhen{})
}

// handoverPapers are those of a whole handover: what the enterprise hands in, what the bureau answers, what
// both sides sign.
func handoverPapers() []Paper {
	bureau, enterprise := approval.KindBureau, approval.KindEnterprise
	return append([]Paper{
		slipPaper(bureau),
		paper("plan", "移交方案", "handover plan", enterprise, PaperWhen{}),
		paper("roster", "移交人员名册", "roster", enterprise, PaperWhen{}),
		paper("notice", "一次性告知书", "one-time notice", bureau, PaperWhen{Returned: true}),
		paper("acceptance", "受理通知书", "notice of acceptance", bureau, PaperWhen{Approved: StageAcceptance}),
		paper("nonAcceptance", "不予受理决定书", "decision of non-acceptance", bureau, PaperWhen{State: approval.CaseNotAccepted}),
		paper("rejection", "不予批准决定书", "decision of rejection", bureau, PaperWhen{State: approval.CaseRejected}),
		paper("form", "管理形式认定书", "determination of the form of management", bureau, PaperWhen{Approved: StageFormDecision}),
		paper("agreement", "移交协议书", "handover agreement", enterprise, PaperWhen{Reached: StageAgreement}),
	}, append(closingPapers(bureau),
		paper("service", "送达回证", "proof of service", bureau, PaperWhen{Approved: StageEnterpriseHead}))...)
}

// intakePapers are a street's: its sheet of the handover, and its communities' ledger.
func intakePapers() []Paper {
	street := approval.KindStreet
	return append([]Paper{slipPaper(street), paper("ledger", "社区接收工作台账", "ledger of the communities", street, PaperWhen{Approved: StageAssignmentConfirm})}, closingPapers(street)...)
}

// receptionPapers are one person's, from the letter they bring to the card they take home.
func receptionPapers() []Paper {
	community := approval.KindCommunity
	return []Paper{slipPaper(community),
		paper("introduction", "移交介绍信", "letter of introduction", approval.KindEnterprise, PaperWhen{}),
		paper("confirmation", "基本信息确认表", "confirmation sheet", community, PaperWhen{}),
		paper("contact", "联系卡", "contact card", community, PaperWhen{Approved: StageConfirmation, Field: &approval.When{Field: "outcome", In: []string{string(OutcomeReceived)}}}),
	}
}

// closingPapers are what both sides sign at the end: who was received, and who was not.
func closingPapers(issuer approval.OfficeKind) []Paper {
	return []Paper{paper("closing", "交接确认单", "closing sheet", issuer, PaperWhen{}), paper("outstanding", "遗留人员清单", "outstanding list", issuer, PaperWhen{})}
}

// partyPapers belong to the letter; the Party organisation that submits the case issues it, the last
// receiver its receipt.
func partyPapers() []Paper {
	onPaper := &approval.When{Field: "letterWay", In: []string{LetterOnPaper}}
	received := PaperWhen{Approved: StagePartyReceptionConfirm}
	papers := []Paper{
		paper("partyLetter", "组织关系介绍信", "Party letter", "", PaperWhen{Approved: StagePartyLetter, Field: onPaper}),
		paper("partyReceipt", "组织关系介绍信回执联", "receipt of the Party letter", approval.KindParty, received),
		paper("branch", "编入党支部通知", "notice of the branch joined", approval.KindParty, received),
	}
	papers[1].By, papers[2].By = StagePartyReceptionConfirm, StagePartyReceptionConfirm
	return papers
}

// archivePapers travel with the packet or answer it. Whoever sends it issues the first, whoever opens it the notice.
func archivePapers() []Paper {
	papers := []Paper{
		paper("manifest", "人事档案移交名册", "manifest of archives", "", PaperWhen{}),
		paper("transmission", "人事档案转递通知单", "transmission slip", "", PaperWhen{}),
		paper("missing", "人事档案缺件说明", "statement of missing papers", "", PaperWhen{Approved: StageArchiveSorting}),
		paper("archiveReturn", "人事档案退回通知", "return notice of archives", approval.KindArchive, PaperWhen{Reached: StageArchiveReceipt}),
		paper("box", "档案盒标签", "box label", "", PaperWhen{}),
	}
	papers[len(papers)-1].Opens = "manifest"
	return papers
}

// benefitPapers are what the family signs as it claims, how the agency has reckoned, and what it answers. The office
// that took the claim in prints its letters as soon as they are decided.
func benefitPapers() []Paper {
	agency := approval.KindAgency
	papers := []Paper{
		paper("undertaking", "告知承诺书", "undertaking", "", PaperWhen{}),
		paper("benefitClaim", "遗属待遇申领表", "claim of survivor benefits", "", PaperWhen{}),
		paper("benefitCalculation", "遗属待遇核定表", "calculation of survivor benefits", agency, PaperWhen{Approved: StageBenefitReview}),
		paper("benefitDecision", "遗属待遇支付决定书", "decision on survivor benefits", agency, PaperWhen{Reached: StageBenefitLetter}),
		paper("benefitRefusal", "不予支付遗属待遇决定书", "decision of refusal", agency, PaperWhen{State: approval.CaseRejected}),
		paper("benefitNonAcceptance", "不予受理决定书", "decision of non-acceptance", agency, PaperWhen{State: approval.CaseNotAccepted}),
	}
	papers[2].Scope, papers[3].Scope = ScopeMoney, ScopeMoney
	return papers
}

// supervisionPaper is what every procedure has whose cases can be supervised.
func supervisionPaper() Paper {
	return paper("supervision", "督办单", "supervision sheet", approval.KindSupervision, PaperWhen{Supervised: true})
}
