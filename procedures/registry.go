package procedures

import (
	"slices"

	"jieli/approval"
)

// The type keys of api.md that are built so far.
const (
	TypeHandover    = "handover"
	TypeIntake      = "intake"
	TypeReception   = "reception"
	TypeArchive     = "archive"
	TypeParty       = "party"
	TypePartyBranch = "party-branch"
	TypeDispute     = "dispute"
	TypeIdentity    = "identity"
	TypeBenefit     = "benefit"
	TypePayee       = "payee"
	// TypeClaimDispute decides between two claims of one benefit.
	TypeClaimDispute = "claim-dispute"
	// TypeTrueUp reckons a benefit again once the figure it goes by is published.
	TypeTrueUp = "true-up"

	TypeArchiveAccess = "archive-access"
	TypeArchiveRecall = "archive-recall"
	TypeArchiveHold   = "archive-hold"
	TypeArchiveReview = "archive-review"

	// The interim forms of management, F2 to F5, then what becomes of them.
	TypeEntrustment      = "entrustment"
	TypeWholeTransfer    = "whole-transfer"
	TypeAgencyManagement = "agency-management"
	TypeExistingBody     = "existing-body"
	TypeFormReview       = "form-review"
	TypeTransition       = "transition"

	TypeDeath = "death"
	// TypeRescission corrects a verified death.
	TypeRescission = "rescission"
	// TypeRecovery claims back what was overpaid.
	TypeRecovery = "recovery"
)

// Procedure is one declared procedure.
type Procedure struct {
	Type  string
	Title approval.Text
	// Prefix starts the case number of a case that people submit; child cases extend their parent's.
	Prefix string
	Stages []approval.Stage
	// Starters are the offices and roles that may submit; empty for child cases.
	Starters []approval.Signer
	Clauses  []string
	// Scope "party" makes its cases exist for Party roles alone.
	Scope  string
	Papers []Paper
}

// All returns every procedure, in the order screens list them.
func All() []Procedure {
	all := []Procedure{handover(), intake(), reception(), archive(), party(), partyBranch(), dispute(), identity(), benefit(), payee(),
		archiveAccess(), archiveRecall(), archiveHold(), archiveReview(),
		entrustment(), wholeTransfer(), agencyManagement(), existingBody(), formReview(), transition(), death(), rescission(), recovery(), claimDispute(), trueUp()}
	for i := range all {
		all[i].Stages = timed(all[i].Stages)
		if _, asks := FamilyOf(all[i].Type); asks {
			all[i].Papers = append(all[i].Papers, familyPaper())
		}
		if all[i].Scope != ScopeParty {
			all[i].Papers = append(all[i].Papers, supervisionPaper())
		}
	}
	return all
}

// Find returns the procedure of a type key.
func Find(key string) (Procedure, bool) {
	for _, procedure := range All() {
		if procedure.Type == key {
			return procedure, true
		}
	}
	return Procedure{}, false
}

// MayStart reports whether a post of that kind and role may submit a case of the procedure.
func (p Procedure) MayStart(kind approval.OfficeKind, role approval.Role) bool {
	return slices.ContainsFunc(p.Starters, func(s approval.Signer) bool { return s.OfficeKind == kind && s.Role == role })
}

// OfApplicant is the office of whoever submitted the case (Signer.Of).
const OfApplicant = approval.OfApplicant

// ofApplicant is a stage that the applicant's own office signs once, of whatever kind it is.
func ofApplicant(key, group, zh, en string, role approval.Role, days int) approval.Stage {
	stage := single(key, group, zh, en, "", role, days)
	stage.Signers[0].Of = OfApplicant
	return stage
}

func single(key, group, zh, en string, kind approval.OfficeKind, role approval.Role, days int) approval.Stage {
	return approval.Stage{Key: key, Group: group, Title: approval.Text{ZH: zh, EN: en}, Mode: approval.ModeSingle,
		Signers: []approval.Signer{{OfficeKind: kind, Role: role}}, Due: approval.Due{Kind: approval.WorkingDays, Count: days}}
}

// timed gives the stages that have a deadline what happens when it runs out, and why their clock may
// stand still. Enterprises' stages have no deadline of ours: the time is theirs.
func timed(stages []approval.Stage) []approval.Stage {
	for i := range stages {
		if (stages[i].Due.Count > 0 || stages[i].DueField != "") && stages[i].Expiry == nil {
			stages[i].Expiry = &approval.Expiry{Action: approval.ExpiryEscalate}
			stages[i].SuspendReasons = suspendReasons()
		}
	}
	return stages
}

// suspendReasons are those for which any office may stop the clock, each with whose time it then is.
func suspendReasons() []approval.SuspendReason {
	return []approval.SuspendReason{
		{Key: "applicant", Title: approval.Text{ZH: "等待申请单位补充说明", EN: "Waiting for the applicant's explanation"}, Party: approval.PartyApplicant},
		{Key: "reply", Title: approval.Text{ZH: "等待外单位函复", EN: "Waiting for another body's reply"}, Party: approval.PartyOutside, NamesBody: true},
		{Key: "verification", Title: approval.Text{ZH: "等待核实、鉴定结果", EN: "Waiting for a verification or expert finding"}, Party: approval.PartyOutside},
		{Key: "freeze", Title: approval.Text{ZH: "不可抗力或政策性停办", EN: "Force majeure, or a stop ordered by policy"}, Party: approval.PartyFreeze},
	}
}

// lineSetField is the digest of the lines a signer has seen (architecture.md, section 5).
func lineSetField() approval.Field {
	return approval.Field{Key: approval.FieldLineSet, Title: approval.Text{ZH: "人员明细版本", EN: "version of the lines"},
		Kind: approval.FieldText, Required: true, Computed: true}
}

func totalsField() approval.Field {
	return approval.Field{Key: "totals", Title: approval.Text{ZH: "人数汇总", EN: "totals"}, Kind: approval.FieldRecords, Computed: true,
		Fields: []approval.Field{
			{Key: "outcome", Title: approval.Text{ZH: "结果", EN: "outcome"}, Kind: approval.FieldText},
			{Key: "count", Title: approval.Text{ZH: "人数", EN: "people"}, Kind: approval.FieldNumber},
		}}
}

// archivesField sums up what became of the archives that set out with the batch, by result.
func archivesField() approval.Field {
	return approval.Field{Key: "archives", Title: approval.Text{ZH: "人事档案转递汇总", EN: "archives by result"}, Kind: approval.FieldRecords, Computed: true, Kept: true,
		Fields: []approval.Field{
			{Key: "outcome", Title: approval.Text{ZH: "结果", EN: "outcome"}, Kind: approval.FieldText},
			{Key: "count", Title: approval.Text{ZH: "份数", EN: "archives"}, Kind: approval.FieldNumber},
		}}
}

// remainingField is the list of those not received yet (遗留人员清单), which both sides sign: the
// enterprise stays responsible for them until the review date. Rows stand for the persons.
func remainingField() approval.Field {
	return approval.Field{Key: "remaining", Title: approval.Text{ZH: "遗留人员清单", EN: "people not received yet"}, Kind: approval.FieldRecords, Computed: true,
		Fields: []approval.Field{
			{Key: "row", Title: approval.Text{ZH: "名册行号", EN: "row of the roster"}, Kind: approval.FieldNumber},
			{Key: "reason", Title: approval.Text{ZH: "暂缓原因", EN: "reason for deferring"}, Kind: approval.FieldText},
			{Key: "reviewDate", Title: approval.Text{ZH: "复查日期", EN: "review date"}, Kind: approval.FieldDate},
		}}
}

func choice(value, zh, en string) approval.Option {
	return approval.Option{Value: value, Title: approval.Text{ZH: zh, EN: en}}
}
