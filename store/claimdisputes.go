package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// divertClaim turns a submitted claim into a dispute where the benefit of that death is claimed or paid already.
// The death is locked first, so that of two who claim at once one finds the other's claim.
func (s *Store) divertClaim(ctx context.Context, tx pgx.Tx, new *view.NewCase) error {
	submission := &new.Submission
	if submission.Type != procedures.TypeBenefit {
		return nil
	}
	new.Source = cmp.Or(new.Source, procedures.SourceFamily)
	var death, claim, dispute string
	err := tx.QueryRow(ctx, `SELECT d.case_no, coalesce((SELECT b.case_no FROM benefit_claims b WHERE b.person = d.person AND b.death = d.case_no AND b.state <> 'ended'), ''),
		coalesce((SELECT x.case_no FROM claim_disputes x WHERE x.death = d.case_no AND x.state = 'open'), '') FROM deaths d WHERE d.person = $1 AND d.state = 'verified' FOR UPDATE OF d`, submission.Subject).Scan(&death, &claim, &dispute)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil // it is refused below, with its reason
	case err != nil:
		return err
	case dispute != "":
		return approval.Refuse(approval.CodeDuplicate, "该逝者的遗属待遇有重复申领正在处理（"+dispute+"），请把新的情况补充到该件", "a second claim of this benefit is being decided ("+dispute+"): add what you know to that case")
	case claim == "" && new.Source != procedures.SourceFamily:
		return approval.Invalid("form.source", "本地还没有该逝者的遗属待遇申领，没有可以比对的办件；其他制度已支付的，在申领时填写", "nobody has claimed the benefit here, so there is nothing to dispute: what another scheme has paid is said as it is claimed")
	case claim == "":
		return nil
	}
	if new.Source == procedures.SourceFamily {
		same, err := s.claimedAlready(ctx, tx, claim, new.Claimants)
		if err != nil {
			return err
		}
		if same {
			return approval.Refuse(approval.CodeDuplicate, "这些申领人已在 "+claim+" 中申领，请并入该件办理；对约定有异议的，在该件中选择“家属之间有争议”", "these people claim already in "+claim+": join that case; whoever disagrees with the shares says so there")
		}
	}
	procedure, _ := procedures.Find(procedures.TypeClaimDispute)
	office, err := s.officeKind(ctx, tx, submission.Office)
	if err != nil {
		return err
	}
	new.Prefix, new.Title = procedure.Prefix, strings.ReplaceAll(new.Title, "遗属待遇申领", "遗属待遇重复申领")
	submission.Type, submission.Stages = procedure.Type, approval.ForApplicant(procedure.Stages, office)
	submission.Facts[procedures.FactDeath], submission.Facts[procedures.FactBenefit], submission.Facts[procedures.FactSource] = death, claim, new.Source
	return nil
}

func (s *Store) officeKind(ctx context.Context, q querier, office string) (approval.OfficeKind, error) {
	var kind approval.OfficeKind
	err := q.QueryRow(ctx, `SELECT kind FROM offices WHERE id = $1`, office).Scan(&kind)
	return kind, orNotFound(err)
}

// claimedAlready reports whether everybody named claims in a case already; of nobody nothing is known.
func (s *Store) claimedAlready(ctx context.Context, tx pgx.Tx, claim string, claimants []view.NewClaimant) (bool, error) {
	rows, err := tx.Query(ctx, `SELECT id_index FROM benefit_claimants WHERE case_no = $1`, claim)
	if err != nil {
		return false, err
	}
	known, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	stranger := slices.ContainsFunc(claimants, func(one view.NewClaimant) bool {
		index := s.ring.Index("person", one.IDNumber)
		return !slices.ContainsFunc(known, func(other []byte) bool { return bytes.Equal(other, index) })
	})
	return len(claimants) > 0 && !stranger, err
}

// beginClaimDispute enters the second claim and who makes it.
func (s *Store) beginClaimDispute(ctx context.Context, tx pgx.Tx, submission approval.Submission, claimants []view.NewClaimant) error {
	facts := submission.Facts
	if _, err := tx.Exec(ctx, `INSERT INTO claim_disputes(case_no, person, death, claim, source, state) VALUES ($1,$2,$3,$4,$5,'open')`,
		submission.No, submission.Subject, facts[procedures.FactDeath], facts[procedures.FactBenefit], facts[procedures.FactSource]); err != nil {
		return err
	}
	return s.writeClaimants(ctx, tx, submission.No, claimants)
}

// refuseWhileDisputed holds a claim back while a second one is undecided, or what was decided is still to be done.
func refuseWhileDisputed(ctx context.Context, tx pgx.Tx, claim string) error {
	var dispute, state string
	err := tx.QueryRow(ctx, `SELECT case_no, state FROM claim_disputes WHERE claim = $1 AND (state = 'open' OR effect <> '') ORDER BY case_no LIMIT 1`, claim).Scan(&dispute, &state)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return err
	case state == "open":
		return approval.Refuse(approval.CodeWrongState, "另有家属或制度就同一死亡申领（"+dispute+"），处理完毕前本件不能审批和放款", "a second claim for this death is being decided ("+dispute+"): until then this one is neither decided nor released")
	}
	return approval.Refuse(approval.CodeWrongState, "正在按 "+dispute+" 的处理决定退回或者终止本件，请稍后刷新", "this case is about to go back or end, as "+dispute+" has decided; reload in a moment")
}

// openClaimDispute lets nothing go back once it is decided: what was decided has begun to be done.
func openClaimDispute(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage string) error {
	var decided bool
	err := tx.QueryRow(ctx, `SELECT state = 'decided' FROM claim_disputes WHERE case_no = $1`, fold.No).Scan(&decided)
	if err == nil && decided && stage != procedures.StageClaimLetter {
		return approval.Refuse(approval.CodeWrongState, "处理决定已经执行，不能退回或取回", "what was decided has been done, so nothing goes back")
	}
	return orNotFound(err)
}

// settleClaimDispute does what the approval of a stage decides.
func (s *Store) settleClaimDispute(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	switch entry.Stage {
	case procedures.StageClaimStatement:
		list, err := claimantsOf(ctx, tx, fold.No)
		if err == nil && len(list) == 0 && fold.Facts[procedures.FactSource] == procedures.SourceFamily {
			err = approval.Invalid("claimants", "请登记后申领一方的申领人", "name who claims on the second side")
		}
		return err
	case procedures.StageClaimProposal:
		_, err := s.disputedClaim(ctx, tx, fold)
		return err
	case procedures.StageClaimDecision:
		return s.decideClaims(ctx, tx, fold)
	}
	return nil
}

// disputedClaim locks the first claim and checks that what is decided can still be done to it.
func (s *Store) disputedClaim(ctx context.Context, tx pgx.Tx, fold *approval.Case) (state string, err error) {
	claim, decision := fold.Facts[procedures.FactBenefit], formText(fold.Form, "decision")
	// The first case before the death, as a release takes them.
	if _, err := tx.Exec(ctx, `SELECT FROM cases WHERE no = $1 FOR UPDATE`, claim); err != nil {
		return "", err
	}
	var verified bool
	if err := tx.QueryRow(ctx, `SELECT d.state = 'verified', b.state FROM deaths d JOIN benefit_claims b ON b.death = d.case_no WHERE b.case_no = $1 FOR UPDATE`, claim).Scan(&verified, &state); err != nil {
		return "", orNotFound(err)
	}
	wrong := func(zh, en string) error { return approval.Invalid("form.decision", zh, en) }
	paid := state == "released" || state == "paid"
	switch {
	case !verified:
		return state, approval.Refuse(approval.CodeWrongState, "死亡报告已撤销，没有可以申领的待遇", "the report of the death was rescinded: there is nothing to claim")
	case paid && (decision == procedures.ClaimJoined || decision == procedures.ClaimSecond):
		return state, wrong("先一申领已放款，请选择由先申领一方领取、告知协商或者起诉、另行追回", "the first claim is released: choose that it stands, that the family settles it, or that it is recovered")
	case !paid && (decision == procedures.ClaimSettle || decision == procedures.ClaimWronglyPaid):
		return state, wrong("先一申领尚未放款，请选择并入、由先申领一方领取或者由后申领一方领取", "the first claim is not released: choose that both join, or which one stands")
	case state == "ended" && decision != procedures.ClaimSecond:
		return state, wrong("先一申领已终止，只能由后申领一方领取", "the first claim has ended: only the second can stand")
	case decision == procedures.ClaimJoined && fold.Facts[procedures.FactSource] != procedures.SourceFamily:
		return state, wrong("在其他制度或者其他省份的申领不能并入本地办件", "what was claimed elsewhere cannot join a claim here")
	}
	return state, nil
}

// decideClaims writes the decision down and what follows from it. What is to be done to the first case itself is
// left to the worker, which sends it there; that case is blocked until it is done.
func (s *Store) decideClaims(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	state, err := s.disputedClaim(ctx, tx, fold)
	if err != nil {
		return err
	}
	decision, effect := formText(fold.Form, "decision"), ""
	switch {
	case decision == procedures.ClaimJoined:
		effect = "reopen"
		if err := s.joinClaim(ctx, tx, fold); err != nil {
			return err
		}
	case decision == procedures.ClaimSecond && state != "ended":
		effect = "supersede"
	}
	if _, err := tx.Exec(ctx, `UPDATE claim_disputes SET state = 'decided', decision = $2, effect = $3, effect_at = CASE WHEN $3 = '' THEN NULL ELSE $4::timestamptz END WHERE case_no = $1`, fold.No, decision, effect, s.clock.Now()); err != nil {
		return err
	}
	if decision == procedures.ClaimSecond && state == "ended" {
		return s.succeedClaim(ctx, tx, fold.Facts[procedures.FactBenefit])
	}
	return nil
}

// joinClaim adds the second side's claimants to the first claim, without a share until all have agreed.
func (s *Store) joinClaim(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	claim := fold.Facts[procedures.FactBenefit]
	first, err := s.wholeClaimants(ctx, tx, claim)
	if err != nil {
		return err
	}
	second, err := s.wholeClaimants(ctx, tx, fold.No)
	if err != nil {
		return err
	}
	for _, one := range second {
		if !slices.ContainsFunc(first, func(other view.NewClaimant) bool { return other.IDNumber == one.IDNumber }) {
			one.Share = 0
			first = append(first, one)
		}
	}
	return s.writeClaimants(ctx, tx, claim, first)
}

// succeedClaim begins the claim of the second side once the first has ended, as was decided. A claim that was made
// elsewhere is paid there, and nothing begins here.
func (s *Store) succeedClaim(ctx context.Context, tx pgx.Tx, claim string) error {
	var dispute string
	err := tx.QueryRow(ctx, `SELECT case_no FROM claim_disputes WHERE claim = $1 AND state = 'decided' AND decision = 'second' AND source = 'family' AND successor IS NULL FOR UPDATE`, claim).Scan(&dispute)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	// The first case gives the matter up with its end, which is being written now.
	if _, err := tx.Exec(ctx, `UPDATE business_keys SET live = false WHERE case_no = $1 AND kind = 'benefit'`, claim); err != nil {
		return err
	}
	fold, err := foldOf(ctx, tx, dispute)
	if err != nil {
		return err
	}
	claimants, err := s.wholeClaimants(ctx, tx, dispute)
	if err != nil {
		return err
	}
	kind, err := s.officeKind(ctx, tx, fold.Office)
	if err != nil {
		return err
	}
	var name string
	if err := tx.QueryRow(ctx, `SELECT name FROM persons WHERE id = $1`, fold.Subject).Scan(&name); err != nil {
		return orNotFound(err)
	}
	procedure, _ := procedures.Find(procedures.TypeBenefit)
	no, err := s.begin(ctx, tx, view.NewCase{Title: name + " · 遗属待遇申领", Search: []string{name, dispute}, Claimants: claimants,
		Submission: approval.Submission{Type: procedure.Type, Office: fold.Office, Subject: fold.Subject, Form: approval.Form{}, Stages: approval.ForApplicant(procedure.Stages, kind),
			Facts: map[string]string{procedures.FactEnterprise: fold.Facts[procedures.FactEnterprise], procedures.FactRegion: fold.Facts[procedures.FactRegion]}}})
	if err != nil {
		return fmt.Errorf("begin the claim that %s has decided for: %w", dispute, err)
	}
	_, err = tx.Exec(ctx, `UPDATE claim_disputes SET successor = $2 WHERE case_no = $1`, dispute, no)
	return err
}

// effectLease is after how long an effect is tried again that nobody has reported done.
const effectLease = time.Minute

// TakeClaimEffects hands out what decisions about second claims have still to do to the first.
func (s *Store) TakeClaimEffects(ctx context.Context) ([]view.ClaimEffect, error) {
	now := s.clock.Now()
	rows, err := s.pool.Query(ctx, `UPDATE claim_disputes SET effect_at = $2 WHERE case_no IN (SELECT case_no FROM claim_disputes WHERE effect <> '' AND effect_at <= $1 ORDER BY effect_at LIMIT 50 FOR UPDATE SKIP LOCKED)
		RETURNING case_no, claim, effect`, now, now.Add(effectLease))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.ClaimEffect])
}

// FinishClaimEffect notes that the first claim has gone back or ended.
func (s *Store) FinishClaimEffect(ctx context.Context, effect view.ClaimEffect) error {
	_, err := s.pool.Exec(ctx, `UPDATE claim_disputes SET effect = '', effect_at = NULL WHERE case_no = $1 AND effect = $2`, effect.Dispute, effect.Effect)
	return err
}

// claimDisputesBroken lists disputes whose state differs from their case's, second claims that stand and have no
// claim, and claims that were decided or released while a second one was open.
const claimDisputesBroken = `SELECT x.case_no FROM claim_disputes x JOIN cases c ON c.no = x.case_no WHERE (x.state = 'open') <> (c.ended_at IS NULL AND NOT coalesce((c.fold->>'decided')::boolean, false)) AND NOT (x.state = 'ended' AND c.ended_at IS NOT NULL)
	UNION SELECT x.case_no FROM claim_disputes x JOIN benefit_claims b ON b.case_no = x.claim WHERE x.decision = 'second' AND x.source = 'family' AND x.effect = '' AND (b.state <> 'ended' OR x.successor IS NULL)
	UNION SELECT x.case_no FROM claim_disputes x JOIN ledger_transactions t ON t.case_no = x.claim AND t.what = 'accrued' JOIN cases c ON c.no = x.case_no WHERE x.state = 'open' AND t.at > c.submitted_at`
