package api

import (
	"context"
	"strings"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// fillRecovery makes the facts of a recovery of pension that was paid after the verified death of a person (subject).
// What was paid is entered on the case.
func (s *Server) fillRecovery(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	death, err := s.ofVerifiedDeath(ctx, who, post, input, approval.Text{ZH: "多发待遇追回", EN: "a recovery"},
		approval.Text{ZH: "该人员没有核实的死亡登记，不存在去世后多发的养老金", EN: "no verified death of the person is on record: no pension was paid after it"})
	if err != nil {
		return err
	}
	new.Region = death.Region
	new.Title, submission.Facts, submission.Form = procedures.RecoveryCase(death.Name, death.Region, death.Enterprise, death.Case, "", "")
	submission.OwnsFirst, submission.Subject = true, input.Body.Subject
	new.Search = []string{death.Name, death.Case}
	return nil
}

type receiptInput struct {
	CasePath
	Body view.NewReceipt
}

// recordReceipt writes down money that came in for a recovery.
func (s *Server) recordReceipt(ctx context.Context, input *receiptInput) (*caseOutput, error) {
	who := callerOf(ctx)
	if _, err := s.Store.CaseRecord(ctx, who.scope, input.No); err != nil {
		return nil, err
	}
	receipt := input.Body
	if receipt.Number = strings.TrimSpace(receipt.Number); receipt.Number == "" || !plainText(receipt.Number) {
		return nil, approval.Invalid("number", "请填写收据号", "give the number of the receipt")
	}
	if err := s.Store.RecordReceipt(ctx, who.scope, input.No, receipt); err != nil {
		return nil, err
	}
	shown, err := s.caseView(ctx, who, input.No)
	return &caseOutput{Status: 200, Body: shown}, err
}

// recoveryOf is how a recovery stands, for those who may see its amounts; nil for everybody else.
func (s *Server) recoveryOf(ctx context.Context, who *caller, fold *approval.Case) (*view.RecoveryCase, error) {
	if fold.Type != procedures.TypeRecovery || !sightOf(who, fold).Amounts {
		return nil, nil
	}
	found, err := s.Store.RecoveryCase(ctx, fold)
	if err != nil {
		return nil, err
	}
	found.MayRecord = view.MayRecord(who.scope, fold)
	return found, nil
}
