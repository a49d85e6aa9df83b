package store

import (
	"context"
	"encoding/json"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"

	"github.com/jackc/pgx/v5"
)

// ClaimDisputeCase reads the first claim beside a second one. Who claims first, and how they share, is the first
// case's: it is shown to whoever may read that one, which the agency that decides may.
func (s *Store) ClaimDisputeCase(ctx context.Context, scope view.Scope, fold *approval.Case) (*view.ClaimDisputeCase, error) {
	found := &view.ClaimDisputeCase{First: view.FirstClaim{Claimants: []view.Claimant{}}}
	first := &found.First
	var body []byte
	if err := s.pool.QueryRow(ctx, `SELECT x.source, x.decision, coalesce(x.successor, ''), c.no, c.submitted_at, o.name, b.state, c.fold FROM claim_disputes x JOIN cases c ON c.no = x.claim JOIN offices o ON o.id = c.office JOIN benefit_claims b ON b.case_no = x.claim WHERE x.case_no = $1`, fold.No).
		Scan(&found.Source, &found.Decision, &found.Successor, &first.No, &first.SubmittedAt, &first.OfficeName, &first.State, &body); err != nil {
		return nil, orNotFound(err)
	}
	claim := &approval.Case{}
	if err := json.Unmarshal(body, claim); err != nil {
		return nil, err
	}
	if current := claim.Current(); current != nil {
		title := claim.Stage(current.Stage).Title
		first.StageTitle = &title
	}
	if _, err := s.CaseRecord(ctx, scope, first.No); err != nil {
		if approval.AsError(err).Code == approval.CodeNotFound {
			return found, nil
		}
		return nil, err
	}
	first.Readable, first.ArrangementTitle = true, arrangementOf(claim)
	rows, err := s.pool.Query(ctx, `SELECT id, name, relation, id_masked, share FROM benefit_claimants WHERE case_no = $1 ORDER BY row`, first.No)
	if err != nil {
		return nil, err
	}
	var one view.Claimant
	_, err = pgx.ForEachRow(rows, []any{&one.ID, &one.Name, &one.Relation, &one.IDNumber, &one.Share}, func() error {
		first.Claimants = append(first.Claimants, one)
		return nil
	})
	return found, err
}

// arrangementOf words how the claimants of a case share, once they have said so.
func arrangementOf(claim *approval.Case) *approval.Text {
	stage := claim.Stage(procedures.StageBenefitClaim)
	if stage == nil {
		return nil
	}
	for _, field := range stage.Fields {
		for _, option := range field.Options {
			if field.Key == "arrangement" && option.Value == formText(claim.Form, field.Key) {
				return &option.Title
			}
		}
	}
	return nil
}

// claimDisputesOf lists the second claims of a benefit, the newest first.
func (s *Store) claimDisputesOf(ctx context.Context, claim string) ([]view.ClaimDisputeItem, error) {
	rows, err := s.pool.Query(ctx, `SELECT case_no, state, decision FROM claim_disputes WHERE claim = $1 ORDER BY case_no DESC`, claim)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[view.ClaimDisputeItem])
	return orEmpty(list), err
}
