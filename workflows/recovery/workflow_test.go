package recovery_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/recovery"
)

func agency(role approval.Role, n int) string { return casetest.Person("agency", role, n) }
func bureau(role approval.Role) string        { return casetest.Person("bureau", role, 1) }

func says(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		if command.Form == nil {
			command.Form = approval.Form{}
		}
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

// demanded are the steps up to the answer of the family.
func demanded() []casetest.Step {
	return []casetest.Step{
		casetest.Refused(approval.CodeInvalidInput, agency(approval.RoleClerk, 1), approval.ActionApprove),
		casetest.Sign(agency(approval.RoleClerk, 1), says(map[string]any{"debtor": "李某（子女）", "how": "late", "months": []map[string]any{{"month": "2026-09", "paid": 312345}}})),
		casetest.Sign(agency(approval.RoleReviewer, 1)), casetest.Sign(agency(approval.RoleHead, 1)),
		casetest.Refused(approval.CodeAlreadyDecided, agency(approval.RoleClerk, 1), approval.ActionWithdraw),
		casetest.At(procedures.StageRecoveryDelivery), casetest.Sign(agency(approval.RoleClerk, 1), says(map[string]any{"deliveredOn": "2026-11-24", "deliveredBy": "hand"})),
		casetest.At(procedures.StageRecoveryAnswer)}
}

func run(t *testing.T, script ...casetest.Step) *approval.Case {
	t.Helper()
	procedure, _ := procedures.Find(procedures.TypeRecovery)
	_, facts, form := procedures.RecoveryCase("逝者", "210106", "enterprise-1", "SW-1", "", "")
	c := casetest.New(t, recovery.Name, recovery.Workflow)
	c.UpdatesPerRun = 1
	c.Run(approval.Submission{Stages: approval.ForApplicant(procedure.Stages, approval.KindAgency), Office: "agency", Facts: facts, Form: form, Actor: approval.Actor{Person: agency(approval.RoleClerk, 1)}, Subject: "P1"},
		append(demanded(), script...)...)
	return c.Fold()
}

// TestARecoveryIsPaidInInstalments: the head agrees, the fund receives, and the case closes.
func TestARecoveryIsPaidInInstalments(t *testing.T) {
	fold := run(t, casetest.Sign(agency(approval.RoleClerk, 1), says(map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-12-15"})),
		casetest.At(procedures.StageRecoveryAgreement), casetest.Sign(agency(approval.RoleHead, 1)),
		casetest.At(procedures.StageRecoveryRepayment), casetest.Sign(agency(approval.RoleFundCashier, 1), says(map[string]any{"repayment": "repaid"})))
	if fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}

// TestWhoDoesNotPayIsTheBureausMatter, which decides the next step and, where nothing comes of it, the end; an
// agreement that is not kept goes back to the clerk first.
func TestWhoDoesNotPayIsTheBureausMatter(t *testing.T) {
	back := func(command *approval.Command) {
		command.ToStage, command.AfterReturn, command.Defects = procedures.StageRecoveryAnswer, approval.AfterReturnWalk, []approval.Defect{{Item: "还款", Detail: "逾期"}}
	}
	fold := run(t, casetest.Sign(agency(approval.RoleClerk, 1), says(map[string]any{"answer": "pays"})),
		casetest.At(procedures.StageRecoveryRepayment), casetest.Act(agency(approval.RoleFundCashier, 1), approval.ActionReturn, back),
		casetest.At(procedures.StageRecoveryAnswer), casetest.Sign(agency(approval.RoleClerk, 2), says(map[string]any{"answer": "defaulted"})),
		casetest.At(procedures.StageRecoveryReferral), casetest.Sign(bureau(approval.RoleClerk), says(map[string]any{"referral": "court", "referralReason": "拒不退还"})),
		casetest.Sign(bureau(approval.RoleHead), says(map[string]any{"referralDocument": "铁西人社决〔2026〕1号"})),
		casetest.At(procedures.StageRecoveryRepayment), casetest.Sign(agency(approval.RoleFundCashier, 1), says(map[string]any{"repayment": "unpaid"})),
		casetest.At(procedures.StageRecoveryEndingProposal), casetest.Sign(bureau(approval.RoleClerk), says(map[string]any{"ending": "court", "endingReason": "法院已立案"})),
		casetest.Sign(bureau(approval.RoleHead), says(map[string]any{"endingDocument": "（2026）辽0106执1号"})))
	if fold.State != approval.CaseClosed {
		t.Fatalf("the case is %s", fold.State)
	}
}

// TestAnObjectionIsExaminedByAnotherHead, who may find that nothing is owed.
func TestAnObjectionIsExaminedByAnotherHead(t *testing.T) {
	fold := run(t, casetest.Sign(agency(approval.RoleClerk, 1), says(map[string]any{"answer": "objection", "objection": "金额有误"})), casetest.At(procedures.StageRecoveryObjection),
		casetest.Refused(approval.CodeConflictOfDuties, agency(approval.RoleHead, 1), approval.ActionReject), casetest.Act(agency(approval.RoleHead, 2), approval.ActionReject))
	if fold.State != approval.CaseRejected {
		t.Fatalf("the case is %s", fold.State)
	}
}
