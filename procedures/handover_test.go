package procedures_test

import (
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// TestTheHandoverIsSignedByTheRightOffices in the order and groups of the procedure.
func TestTheHandoverIsSignedByTheRightOffices(t *testing.T) {
	type row struct {
		key, group string
		kind       approval.OfficeKind
		role       approval.Role
	}
	want := map[string][]row{
		procedures.TypeHandover: {
			{procedures.StagePrepare, "1", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageEnterpriseReview, "1", approval.KindEnterprise, approval.RoleReviewer},
			{procedures.StageEnterpriseHead, "1", approval.KindEnterprise, approval.RoleHead},
			{procedures.StageAcceptance, "2", approval.KindBureau, approval.RoleClerk},
			{procedures.StageScreening, "3", approval.KindOrganisation, approval.RoleClerk},
			{procedures.StageScreeningConfirm, "3", approval.KindOrganisation, approval.RoleHead},
			{procedures.StagePensionMatch, "4", approval.KindAgency, approval.RoleClerk},
			{procedures.StagePensionMatchReview, "4", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageFormProposal, "5", approval.KindBureau, approval.RoleClerk},
			{procedures.StageFormExamination, "5", approval.KindBureau, approval.RoleReviewer},
			{procedures.StageFormDecision, "5", approval.KindBureau, approval.RoleHead},
			{procedures.StageAgreement, "6", approval.KindEnterprise, approval.RoleHead},
			{procedures.StageIntakes, "7", "", ""},
			{procedures.StagePartyCheck, "8", approval.KindParty, approval.RoleClerk},
			{procedures.StageClosing, "8", approval.KindEnterprise, approval.RoleHead}},
		procedures.TypeIntake: {
			{procedures.StageAssignment, "7", approval.KindStreet, approval.RoleClerk},
			{procedures.StageAssignmentConfirm, "7", approval.KindStreet, approval.RoleHead},
			{procedures.StageReceptions, "7", "", ""},
			{procedures.StageClosingSheet, "7", approval.KindEnterprise, approval.RoleHead}},
		procedures.TypeReception: {
			{procedures.StageVerification, "7", approval.KindCommunity, approval.RoleClerk},
			{procedures.StageConfirmation, "7", approval.KindCommunity, approval.RoleHead}},
		procedures.TypeArchive: {
			{procedures.StageArchiveSorting, "1", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageArchiveCheck, "1", approval.KindEnterprise, approval.RoleReviewer},
			{procedures.StageArchiveDispatch, "1", approval.KindEnterprise, approval.RoleHead},
			{procedures.StageArchiveReceipt, "2", approval.KindArchive, approval.RoleClerk},
			{procedures.StageArchiveReceiptCheck, "2", approval.KindArchive, approval.RoleReviewer},
			{procedures.StageArchiveStub, "3", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageArchiveShelving, "4", approval.KindArchive, approval.RoleClerk}},
		procedures.TypeParty: {
			{procedures.StagePartyPreparation, "1", approval.KindParty, approval.RoleClerk},
			{procedures.StagePartyApproval, "1", approval.KindParty, approval.RoleHead},
			{procedures.StagePartyDecision, "2", approval.KindOrganisation, approval.RoleClerk},
			{procedures.StagePartyDecisionConfirm, "2", approval.KindOrganisation, approval.RoleHead},
			{procedures.StagePartyLetter, "3", approval.KindParty, approval.RoleClerk},
			{procedures.StagePartyAcceptance, "4", approval.KindParty, approval.RoleClerk},
			{procedures.StagePartyReception, "5", approval.KindParty, approval.RoleClerk},
			{procedures.StagePartyReceptionConfirm, "5", approval.KindParty, approval.RoleHead},
			{procedures.StagePartyReceipt, "6", approval.KindParty, approval.RoleClerk}},
		procedures.TypePartyBranch: {
			{procedures.StageBranchProposal, "1", "", approval.RoleClerk},
			{procedures.StageBranchEndorsement, "1", "", approval.RoleHead},
			{procedures.StageBranchExamination, "2", approval.KindOrganisation, approval.RoleClerk},
			{procedures.StageBranchApproval, "2", approval.KindOrganisation, approval.RoleHead}},
		procedures.TypeDispute: {
			{procedures.StageDisputeClaim, "1", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageDisputeReply, "1", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageDisputeProposal, "2", approval.KindBureau, approval.RoleClerk},
			{procedures.StageDisputeDecision, "2", approval.KindBureau, approval.RoleHead}},
		procedures.TypeIdentity: {
			{procedures.StageIdentityApplication, "1", "", approval.RoleClerk},
			{procedures.StageIdentityCheck, "2", approval.KindAgency, approval.RoleClerk},
			{procedures.StageIdentityReview, "2", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageIdentityDecision, "2", approval.KindAgency, approval.RoleHead}},
		// Where no kind is named, the applicant's own office signs.
		procedures.TypeArchiveAccess: {
			{procedures.StageAccessApplication, "1", "", approval.RoleClerk},
			{procedures.StageAccessEndorsement, "1", "", approval.RoleHead},
			{procedures.StageAccessReview, "2", approval.KindArchive, approval.RoleClerk},
			{procedures.StageAccessApproval, "2", approval.KindArchive, approval.RoleHead},
			{procedures.StageAccessReading, "3", approval.KindArchive, approval.RoleClerk},
			{procedures.StageAccessLending, "3", approval.KindArchive, approval.RoleClerk},
			{procedures.StageAccessReceipt, "3", "", approval.RoleClerk},
			{procedures.StageAccessReturn, "4", approval.KindArchive, approval.RoleClerk}},
		procedures.TypeArchiveRecall: {
			{procedures.StageRecallReport, "1", "", approval.RoleClerk},
			{procedures.StageRecallConfirm, "1", approval.KindOrganisation, approval.RoleHead},
			{procedures.StageRecallConsent, "2", approval.KindArchive, approval.RoleHead},
			{procedures.StageRecallDispatch, "2", approval.KindArchive, approval.RoleClerk},
			{procedures.StageRecallReceipt, "3", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageRecallReply, "3", approval.KindOrganisation, approval.RoleClerk}},
		procedures.TypeArchiveHold: {
			{procedures.StageHoldRegister, "1", "", approval.RoleClerk},
			{procedures.StageHoldConfirm, "1", approval.KindOrganisation, approval.RoleHead}},
		procedures.TypeArchiveReview: {
			{procedures.StageReviewRegister, "1", approval.KindOrganisation, approval.RoleClerk},
			{procedures.StageReviewConfirm, "1", approval.KindOrganisation, approval.RoleHead},
			{procedures.StageReviewReceipt, "2", approval.KindEnterprise, approval.RoleClerk}},
		procedures.TypeEntrustment: {
			{procedures.StageCommission, "1", approval.KindBureau, approval.RoleClerk},
			{procedures.StageCommissionApproval, "1", approval.KindBureau, approval.RoleHead},
			{procedures.StageBodyStaff, "2", approval.KindEnterprise, approval.RoleHead},
			{procedures.StageTraining, "3", approval.KindBureau, approval.RoleClerk},
			{procedures.StageTrainingReview, "3", approval.KindBureau, approval.RoleReviewer},
			{procedures.StageRegistration, "4", approval.KindBureau, approval.RoleHead}},
		procedures.TypeWholeTransfer: {
			{procedures.StageAnnexes, "1", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageAnnexesConfirm, "1", approval.KindEnterprise, approval.RoleHead},
			{procedures.StageGroupApproval, "2", approval.KindBureau, approval.RoleClerk},
			{procedures.StageAssetRegistration, "2", approval.KindFinance, approval.RoleClerk},
			{procedures.StageAssetCount, "3", approval.KindEnterprise, approval.RoleClerk},
			{procedures.StageAssetCountCheck, "3", approval.KindBureau, approval.RoleClerk},
			{procedures.StageStaffPlacement, "4", approval.KindEnterprise, approval.RoleReviewer},
			{procedures.StageTakeover, "5", approval.KindEnterprise, approval.RoleHead},
			{procedures.StageRegistration, "6", approval.KindBureau, approval.RoleHead}},
		procedures.TypeAgencyManagement: {
			{procedures.StageCountyApproval, "1", approval.KindAgency, approval.RoleClerk},
			{procedures.StageCountyConfirm, "1", approval.KindAgency, approval.RoleHead},
			{procedures.StageRegistration, "2", approval.KindBureau, approval.RoleHead}},
		procedures.TypeExistingBody: {
			{procedures.StageGovernmentDecision, "1", approval.KindBureau, approval.RoleClerk},
			{procedures.StageDecisionReview, "1", approval.KindBureau, approval.RoleReviewer},
			{procedures.StageRegistration, "2", approval.KindBureau, approval.RoleHead}},
		procedures.TypeFormReview: {
			{procedures.StageReviewAssessment, "1", approval.KindBureau, approval.RoleClerk},
			{procedures.StageReviewProposal, "2", approval.KindBureau, approval.RoleClerk},
			{procedures.StageReviewExamination, "2", approval.KindBureau, approval.RoleReviewer},
			{procedures.StageReviewDecision, "2", approval.KindBureau, approval.RoleHead}},
		procedures.TypeTransition: {
			{procedures.StageTransitionPlan, "1", approval.KindBureau, approval.RoleClerk},
			{procedures.StageTransitionAllocation, "2", approval.KindStreet, approval.RoleClerk},
			{procedures.StageReadiness, "3", approval.KindStreet, approval.RoleClerk},
			{procedures.StageStreetConsent, "3", approval.KindStreet, approval.RoleHead},
			{procedures.StageTransitionExamination, "4", approval.KindBureau, approval.RoleReviewer},
			{procedures.StageTransitionDecision, "4", approval.KindBureau, approval.RoleHead},
			{procedures.StageNoticeEnterprise, "5", approval.KindEnterprise, approval.RoleHead},
			{procedures.StageNoticeAgency, "5", approval.KindAgency, approval.RoleHead},
			{procedures.StageNoticeOther, "5", approval.KindBureau, approval.RoleClerk},
			{procedures.StageTransitionReceptions, "6", "", ""},
			{procedures.StageTransitionClosing, "7", approval.KindBureau, approval.RoleHead}},
		procedures.TypeDeath: {
			{procedures.StageDeathReport, "1", "", approval.RoleClerk},
			{procedures.StageDeathRegistration, "1", approval.KindCommunity, approval.RoleHead},
			{procedures.StageDeathVerification, "2", approval.KindAgency, approval.RoleClerk},
			{procedures.StageDeathReview, "2", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageDeathDecision, "2", approval.KindAgency, approval.RoleHead}},
		procedures.TypeRescission: {
			{procedures.StageRescissionReport, "1", "", approval.RoleClerk},
			{procedures.StageRescissionCheck, "2", approval.KindAgency, approval.RoleClerk},
			{procedures.StageRescissionReview, "2", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageRescissionDecision, "2", approval.KindAgency, approval.RoleHead}},
		procedures.TypeBenefit: {
			{procedures.StageBenefitClaim, "1", "", approval.RoleClerk},
			{procedures.StageBenefitCalculation, "2", approval.KindAgency, approval.RoleClerk},
			{procedures.StageBenefitReview, "2", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageBenefitDecision, "3", approval.KindAgency, approval.RoleHead},
			{procedures.StageBenefitMeeting, "3", approval.KindBureau, approval.RoleReviewer},
			{procedures.StageBenefitAudit, "4", approval.KindAgency, approval.RoleInternalAuditor},
			{procedures.StageBenefitRelease, "5", approval.KindAgency, approval.RoleFundCashier},
			{procedures.StageBenefitPayment, "5", approval.KindAgency, approval.RoleFundCashier},
			{procedures.StageBenefitLetter, "6", "", approval.RoleClerk}},
		procedures.TypePayee: {
			{procedures.StagePayeeCorrection, "1", approval.KindAgency, approval.RoleClerk},
			{procedures.StagePayeeReview, "1", approval.KindAgency, approval.RoleReviewer}},
		procedures.TypeRecovery: {
			{procedures.StageRecoveryCalculation, "1", approval.KindAgency, approval.RoleClerk},
			{procedures.StageRecoveryReview, "1", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageRecoveryDecision, "2", approval.KindAgency, approval.RoleHead},
			{procedures.StageRecoveryDelivery, "3", approval.KindAgency, approval.RoleClerk},
			{procedures.StageRecoveryAnswer, "4", approval.KindAgency, approval.RoleClerk},
			{procedures.StageRecoveryAgreement, "5", approval.KindAgency, approval.RoleHead},
			{procedures.StageRecoveryObjection, "5", approval.KindAgency, approval.RoleHead},
			{procedures.StageRecoveryReferral, "6", approval.KindBureau, approval.RoleClerk},
			{procedures.StageRecoveryReferralDecision, "6", approval.KindBureau, approval.RoleHead},
			{procedures.StageRecoveryRepayment, "7", approval.KindAgency, approval.RoleFundCashier},
			{procedures.StageRecoveryEndingProposal, "8", approval.KindBureau, approval.RoleClerk},
			{procedures.StageRecoveryEnding, "8", approval.KindBureau, approval.RoleHead}},
		procedures.TypeClaimDispute: {
			{procedures.StageClaimStatement, "1", "", approval.RoleClerk},
			{procedures.StageClaimProposal, "2", approval.KindAgency, approval.RoleClerk},
			{procedures.StageClaimReview, "2", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageClaimDecision, "2", approval.KindAgency, approval.RoleHead},
			{procedures.StageClaimLetter, "3", "", approval.RoleClerk}},
		procedures.TypeTrueUp: {
			{procedures.StageTrueUpCalculation, "1", approval.KindAgency, approval.RoleClerk},
			{procedures.StageTrueUpReview, "1", approval.KindAgency, approval.RoleReviewer},
			{procedures.StageTrueUpDecision, "2", approval.KindAgency, approval.RoleHead},
			{procedures.StageTrueUpRelease, "3", approval.KindAgency, approval.RoleFundCashier},
			{procedures.StageTrueUpPayment, "3", approval.KindAgency, approval.RoleFundCashier}},
	}
	each(t, func(t *testing.T, p procedures.Procedure) {
		var got []row
		for _, s := range p.Stages {
			got = append(got, row{s.Key, s.Group, s.OfficeKind(), s.Role()})
		}
		if !slices.Equal(got, want[p.Type]) {
			t.Errorf("declared\n%v", got)
		}
	})
}

func TestIncompatibleStages(t *testing.T) {
	each(t, func(t *testing.T, p procedures.Procedure) {
		for _, one := range p.Stages {
			for _, other := range p.Stages {
				if one.Key != other.Key && one.Group == other.Group && !slices.Contains(one.Incompatible, other.Key) {
					t.Errorf("one person may sign %s and %s", one.Key, other.Key)
				}
			}
		}
	})
	handover, _ := procedures.Find(procedures.TypeHandover)
	if !slices.Contains(stage(t, handover, procedures.StageAcceptance).Incompatible, procedures.StagePrepare) {
		t.Error("whoever prepares may accept")
	}
}

// From the claim to the bank nobody signs two stages of a benefit; the letter only brings what was decided.
func TestNobodySignsTwoStagesOfABenefit(t *testing.T) {
	benefit, _ := procedures.Find(procedures.TypeBenefit)
	days := 0
	for _, one := range benefit.Stages {
		days += one.Due.Count
		for _, other := range benefit.Stages {
			apart := one.Key != other.Key && one.Key != procedures.StageBenefitLetter && other.Key != procedures.StageBenefitLetter
			if slices.Contains(one.Incompatible, other.Key) != apart {
				t.Errorf("%s and %s by one person: %v", one.Key, other.Key, !apart)
			}
		}
	}
	if days != 15 {
		t.Errorf("it takes %d working days", days)
	}
}

// Whoever calculates, reviews or decides a recovery signs none of the others and handles none of its money; an
// objection is examined by another head than the one who decided.
func TestARecoveryIsSignedApart(t *testing.T) {
	recovery, _ := procedures.Find(procedures.TypeRecovery)
	apart := []string{procedures.StageRecoveryCalculation, procedures.StageRecoveryReview, procedures.StageRecoveryDecision, procedures.StageRecoveryRepayment}
	for _, one := range apart {
		for _, other := range apart {
			if slices.Contains(stage(t, recovery, one).Incompatible, other) != (one != other) {
				t.Errorf("%s and %s may be one person's", one, other)
			}
		}
	}
	if !slices.Contains(stage(t, recovery, procedures.StageRecoveryObjection).Incompatible, procedures.StageRecoveryDecision) {
		t.Error("whoever decided examines the objection")
	}
}

func TestJointStages(t *testing.T) {
	handover, _ := procedures.Find(procedures.TypeHandover)
	intake, _ := procedures.Find(procedures.TypeIntake)
	wholeTransfer, _ := procedures.Find(procedures.TypeWholeTransfer)
	transition, _ := procedures.Find(procedures.TypeTransition)
	benefit, _ := procedures.Find(procedures.TypeBenefit)
	head := func(kind approval.OfficeKind, each bool) approval.Signer {
		return approval.Signer{OfficeKind: kind, Role: approval.RoleHead, EachOfLines: each}
	}
	for _, test := range []struct {
		stage   approval.Stage
		signers []approval.Signer
	}{
		{stage(t, handover, procedures.StageAgreement), []approval.Signer{head(approval.KindEnterprise, false), head(approval.KindStreet, true)}},
		{stage(t, handover, procedures.StageClosing), []approval.Signer{head(approval.KindEnterprise, false), head(approval.KindBureau, false)}},
		{stage(t, wholeTransfer, procedures.StageTakeover), []approval.Signer{head(approval.KindEnterprise, false), head(approval.KindBureau, false)}},
		{stage(t, transition, procedures.StageTransitionClosing), []approval.Signer{head(approval.KindBureau, false), head(approval.KindStreet, false)}},
		{stage(t, benefit, procedures.StageBenefitMeeting), []approval.Signer{{OfficeKind: approval.KindBureau, Role: approval.RoleReviewer}, head(approval.KindBureau, false)}},
		{stage(t, intake, procedures.StageClosingSheet), []approval.Signer{head(approval.KindEnterprise, false), head(approval.KindStreet, false)}},
	} {
		if test.stage.Mode != approval.ModeAll || !slices.Equal(test.stage.Signers, test.signers) {
			t.Errorf("%s: %s by %v", test.stage.Key, test.stage.Mode, test.stage.Signers)
		}
	}
}

// TestOnePersonSkips what a framework agreement, the district's default form and a receipt stand for.
func TestOnePersonSkips(t *testing.T) {
	want := map[string][]string{procedures.TypeHandover: {procedures.StageFormProposal, procedures.StageFormExamination, procedures.StageFormDecision, procedures.StageAgreement},
		procedures.TypeIntake: {procedures.StageClosingSheet}}
	each(t, func(t *testing.T, p procedures.Procedure) {
		var skipped []string
		for _, s := range p.Stages {
			if s.Condition == procedures.FactBatch {
				skipped = append(skipped, s.Key)
			}
		}
		if !slices.Equal(skipped, want[p.Type]) {
			t.Errorf("skipped for one person: %v", skipped)
		}
	})
}

func TestWhoAcceptsAndDecides(t *testing.T) {
	each(t, func(t *testing.T, p procedures.Procedure) {
		for _, s := range p.Stages {
			if s.Acceptance != (s.Key == procedures.StageAcceptance || s.Key == procedures.StageBenefitCalculation) {
				t.Errorf("%s accepts: %v", s.Key, s.Acceptance)
			}
			decides := slices.Contains([]string{procedures.StageFormDecision, procedures.StageIdentityDecision, procedures.StageAccessApproval, procedures.StageRecallConfirm, procedures.StageTransitionDecision,
				procedures.StageDeathDecision, procedures.StageRescissionDecision, procedures.StageBenefitDecision, procedures.StageBenefitMeeting, procedures.StageBranchApproval, procedures.StageRecoveryDecision, procedures.StageRecoveryObjection}, s.Key)
			// Once the receiver has counted and checked, archives are no longer the enterprise's to call back.
			// Nor is a member who has been received the sender's. A form is registered, and a review date moved, with one signature.
			// Nor can be undone what was read, lent, or sent back.
			final := slices.Contains([]string{procedures.StageFormDecision, procedures.StageArchiveReceiptCheck, procedures.StagePartyReceptionConfirm, procedures.StageDisputeDecision, procedures.StageIdentityDecision,
				procedures.StageAccessReading, procedures.StageAccessReceipt, procedures.StageRecallDispatch, procedures.StageReviewConfirm, procedures.StageTransitionDecision, procedures.StageRegistration, procedures.StageReviewDecision,
				procedures.StageDeathDecision, procedures.StageRescissionDecision, procedures.StageBenefitDecision, procedures.StagePayeeReview, procedures.StageBranchApproval, procedures.StageRecoveryDecision, procedures.StageClaimDecision, procedures.StageTrueUpDecision}, s.Key)
			if s.Decides != decides || s.FinalApproval != final {
				t.Errorf("%s decides: %v, finally: %v", s.Key, s.Decides, s.FinalApproval)
			}
		}
	})
}

func TestPapersOfTheApplication(t *testing.T) {
	handover, _ := procedures.Find(procedures.TypeHandover)
	prepare := stage(t, handover, procedures.StagePrepare)
	conditions := map[string]string{}
	for _, material := range prepare.Materials {
		conditions[material.Key] = material.Condition
		if !material.Required {
			t.Errorf("%s is not required", material.Key)
		}
	}
	want := map[string]string{"application": "", "plan": "", "roster": "", "undertaking": "", "licence": "", "party-minutes": "", "superior-approval": procedures.FactRestructured}
	for key, condition := range want {
		if got, ok := conditions[key]; !ok || got != condition {
			t.Errorf("%s is listed: %v, on condition %q", key, ok, got)
		}
	}
	if len(conditions) != len(want) {
		t.Errorf("listed: %v", conditions)
	}
}

// TestOutcomesOfALine are the seven a community may find; leaving as a centrally managed cadre is
// the organisation department's word, not the community's.
func TestOutcomesOfALine(t *testing.T) {
	want := []procedures.LineOutcome{procedures.OutcomeReceived, procedures.OutcomeDeferred, procedures.OutcomeReturned, procedures.OutcomeMoved,
		procedures.OutcomeElsewhere, procedures.OutcomeOutOfScope, procedures.OutcomeDied}
	var got []procedures.LineOutcome
	for _, option := range procedures.LineOutcomes() {
		got = append(got, procedures.LineOutcome(option.Value))
	}
	if !slices.Equal(got, want) {
		t.Errorf("outcomes: %v", got)
	}
}

// TestPartyDataIsScoped: what the organisation department and the Party's organisations write is nobody else's to read.
func TestPartyDataIsScoped(t *testing.T) {
	handover, _ := procedures.Find(procedures.TypeHandover)
	for _, s := range handover.Stages {
		party := s.OfficeKind() == approval.KindOrganisation || s.OfficeKind() == approval.KindParty
		if (s.Scope == "party") != party {
			t.Errorf("%s has scope %q", s.Key, s.Scope)
		}
	}
	for _, field := range procedures.LineFields() {
		if (field.Scope == "party") != slices.Contains([]string{"cadre_class", "managing_organ"}, field.Key) {
			t.Errorf("%s has scope %q", field.Key, field.Scope)
		}
	}
}

func TestEveryStageOnLinesNamesTheirVersion(t *testing.T) {
	each(t, func(t *testing.T, p procedures.Procedure) {
		for _, s := range p.Stages {
			if len(s.LineFields) > 0 && !slices.ContainsFunc(s.Fields, func(f approval.Field) bool { return f.Key == approval.FieldLineSet && f.Required && f.Computed }) {
				t.Errorf("%s works on lines without naming their version", s.Key)
			}
		}
	})
}

func TestWhoMayStart(t *testing.T) {
	handover, _ := procedures.Find(procedures.TypeHandover)
	for _, test := range []struct {
		kind approval.OfficeKind
		role approval.Role
		want bool
	}{{approval.KindEnterprise, approval.RoleClerk, true}, {approval.KindCommunity, approval.RoleClerk, true}, {approval.KindEnterprise, approval.RoleHead, false},
		{approval.KindBureau, approval.RoleClerk, false}} {
		if got := handover.MayStart(test.kind, test.role); got != test.want {
			t.Errorf("a %s of a %s may start a handover: %v", test.role, test.kind, got)
		}
	}
	for _, child := range []string{procedures.TypeIntake, procedures.TypeReception, procedures.TypeEntrustment, procedures.TypeWholeTransfer, procedures.TypeAgencyManagement, procedures.TypeExistingBody} {
		p, _ := procedures.Find(child)
		if len(p.Starters) > 0 || p.Prefix != "" {
			t.Errorf("people may submit a %s", child)
		}
	}
}

// TestTheClosingSheetListsWhoRemains: both sides sign the list of those not yet received (遗留人员清单).
func TestTheClosingSheetListsWhoRemains(t *testing.T) {
	intake, _ := procedures.Find(procedures.TypeIntake)
	for _, key := range []string{approval.FieldLineSet, "totals", "remaining"} {
		if !slices.ContainsFunc(stage(t, intake, procedures.StageClosingSheet).Fields, func(f approval.Field) bool { return f.Key == key && f.Computed }) {
			t.Errorf("the closing sheet has no computed %s", key)
		}
	}
}

// TestTheFormsOfManagementNeedDocumentsTheCaseAsksFor: what the rule says a form needs can be ticked.
func TestTheFormsOfManagementNeedDocumentsTheCaseAsksFor(t *testing.T) {
	handover, _ := procedures.Find(procedures.TypeHandover)
	options := map[string][]string{}
	for _, stage := range handover.Stages {
		for _, field := range stage.Fields {
			for _, option := range field.Options {
				options[field.Key] = append(options[field.Key], option.Value)
			}
		}
	}
	for _, form := range options["formOfManagement"] {
		for _, need := range rules.FormNeeds(rules.FormOfManagement(form)) {
			if !slices.Contains(options["formDocuments"], need) {
				t.Errorf("%s needs %s, which the case does not ask for", form, need)
			}
		}
	}
	if len(options["formOfManagement"]) != 5 {
		t.Errorf("the forms %v", options["formOfManagement"])
	}
}
