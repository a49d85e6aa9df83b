package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// BenefitCase reads what stands beside a claim, or beside the correction of an account, as far as the caller may
// see it. The caller may read the case.
func (s *Store) BenefitCase(ctx context.Context, fold *approval.Case, sight view.MoneySight) (*view.BenefitCase, error) {
	found := &view.BenefitCase{Claimants: []view.Claimant{}, Payments: []view.BenefitPayment{}, SetOffs: []view.BenefitSetOff{}, Editable: sight.Editable}
	no, only := fold.No, ""
	if fold.Type == procedures.TypePayee {
		no = fold.Facts[procedures.FactBenefit]
		if err := s.pool.QueryRow(ctx, `SELECT claimant FROM payee_corrections WHERE case_no = $1`, fold.No).Scan(&only); err != nil {
			return nil, orNotFound(err)
		}
	}
	if fold.Type == procedures.TypeTrueUp {
		no, found.Benefit = fold.Facts[procedures.FactBenefit], fold.Facts[procedures.FactBenefit]
	}
	var died time.Time
	if err := s.pool.QueryRow(ctx, `SELECT d.died_on FROM deaths d WHERE d.case_no = coalesce((SELECT death FROM benefit_claims WHERE case_no = $1), (SELECT death FROM claim_disputes WHERE case_no = $1))`, no).Scan(&died); err != nil {
		return nil, orNotFound(err)
	}
	found.DiedOn = died.Format(time.DateOnly)
	var err error
	if found.Disputes, err = s.claimDisputesOf(ctx, no); err != nil {
		return nil, err
	}
	rows, err := s.pool.Query(ctx, `SELECT b.id, b.name, b.relation, b.id_masked, coalesce(nullif(c.bank, ''), b.bank), coalesce(nullif(c.account_masked, ''), b.account_masked), b.phone_masked, b.mail_masked, b.share
		FROM benefit_claimants b LEFT JOIN payee_corrections c ON c.claimant = b.id AND c.case_no = $3 WHERE b.case_no = $1 AND ($2 = '' OR b.id = $2) ORDER BY b.row`, no, only, fold.No)
	if err != nil {
		return nil, err
	}
	var one view.Claimant
	if _, err := pgx.ForEachRow(rows, []any{&one.ID, &one.Name, &one.Relation, &one.IDNumber, &one.Bank, &one.Account, &one.Phone, &one.Mail, &one.Share}, func() error {
		shown := one
		if !sight.Accounts {
			shown.Bank, shown.Account, shown.Phone, shown.Mail = "", "", "", ""
		}
		found.Claimants = append(found.Claimants, shown)
		return nil
	}); err != nil {
		return nil, err
	}
	rows, err = s.pool.Query(ctx, `SELECT p.claimant, p.kind, p.amount, p.state, coalesce((SELECT max(l.batch) FROM payment_batch_lines l WHERE l.payment = p.id), ''), p.reason, coalesce(p.correction, ''), coalesce(p.true_up, '')
		FROM payments p WHERE p.case_no = $1 AND ($2 = '' OR p.claimant = $2) AND ($4 <> 'true-up' OR p.true_up = $3) ORDER BY p.true_up NULLS FIRST, p.id`, no, only, fold.No, fold.Type)
	if err != nil {
		return nil, err
	}
	var payment view.BenefitPayment
	var amount int64
	_, err = pgx.ForEachRow(rows, []any{&payment.Claimant, &payment.Kind, &amount, &payment.State, &payment.Batch, &payment.Reason, &payment.Correction, &payment.TrueUp}, func() error {
		shown := payment
		if sight.Amounts {
			sum := amount
			shown.Amount = &sum
		}
		found.Payments = append(found.Payments, shown)
		return nil
	})
	if err != nil || !sight.Amounts {
		return found, err
	}
	if rows, err = s.pool.Query(ctx, `SELECT o.claimant, o.case_no, o.amount, o.applied FROM recovery_set_offs o JOIN benefit_claimants c ON c.id = o.claimant WHERE c.case_no = $1 AND ($2 = '' OR o.claimant = $2) AND o.agreed ORDER BY o.claimant, o.case_no`, no, only); err != nil {
		return nil, err
	}
	found.SetOffs, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.BenefitSetOff])
	return found, err
}

// ProvisionalBenefits lists what the caller's offices have released by a provisional figure, with the true-up
// that has begun since.
func (s *Store) ProvisionalBenefits(ctx context.Context, scope view.Scope, limit int, after string) ([]view.ProvisionalBenefit, string, error) {
	rows, err := s.pool.Query(ctx, `SELECT b.case_no, c.title, b.base_year, b.base_annual, b.state, coalesce(u.case_no, ''), coalesce(u.state, '') FROM benefit_claims b JOIN cases c ON c.no = b.case_no
		LEFT JOIN true_ups u ON u.benefit = b.case_no AND u.state <> 'ended' WHERE b.provisional AND b.base_year IS NOT NULL AND ($2 = '' OR b.case_no > $2) AND EXISTS (SELECT FROM payments p WHERE p.case_no = b.case_no AND p.office = ANY($1)) ORDER BY b.case_no LIMIT $3`, scope.Offices, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[view.ProvisionalBenefit])
	next := ""
	if len(list) > limit {
		list, next = list[:limit], list[limit-1].No
	}
	return list, next, err
}

// PaymentBatches lists the batches of the caller's offices, the newest first.
func (s *Store) PaymentBatches(ctx context.Context, scope view.Scope, limit int, after string) ([]view.PaymentBatch, string, error) {
	rows, err := s.pool.Query(ctx, `SELECT b.no, b.made_at, b.handed_at, b.digest, b.lines, b.total, count(*) FILTER (WHERE l.outcome = 'paid')::int, count(*) FILTER (WHERE l.outcome = 'refused')::int, count(*) FILTER (WHERE l.outcome = '')::int
		FROM payment_batches b JOIN payment_batch_lines l ON l.batch = b.no WHERE b.office = ANY($1) AND ($2 = '' OR b.no < $2) GROUP BY b.no ORDER BY b.no DESC LIMIT $3`, scope.Offices, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[view.PaymentBatch])
	next := ""
	if len(list) > limit {
		list, next = list[:limit], list[limit-1].No
	}
	return list, next, err
}

// PaymentLines lists the lines of a batch of one of the caller's offices.
func (s *Store) PaymentLines(ctx context.Context, scope view.Scope, batch string) ([]view.PaymentLine, error) {
	rows, err := s.pool.Query(ctx, `SELECT l.line, p.case_no, c.name, l.account_masked, l.amount, l.outcome, l.reason, l.read_at FROM payment_batches b JOIN payment_batch_lines l ON l.batch = b.no
		JOIN payments p ON p.id = l.payment JOIN benefit_claimants c ON c.id = p.claimant WHERE b.no = $2 AND b.office = ANY($1) ORDER BY l.line`, scope.Offices, batch)
	if err != nil {
		return nil, err
	}
	lines, err := pgx.CollectRows(rows, pgx.RowToStructByPos[view.PaymentLine])
	if err == nil && len(lines) == 0 {
		return nil, approval.NotFound()
	}
	return lines, err
}

// Reconciliation compares the ledger with the payments of the caller's offices, and lists what of the bank's
// results did not fit.
func (s *Store) Reconciliation(ctx context.Context, scope view.Scope) (view.Reconciliation, error) {
	report := view.Reconciliation{}
	balances, states := map[string]int64{}, map[string]int64{}
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		// The payments are compared with the bookings of the benefits alone: what a recovery receives is none of them.
		rows, err := tx.Query(ctx, `SELECT e.account, sum(e.amount)::bigint, coalesce(sum(e.amount) FILTER (WHERE t.case_no NOT IN (SELECT case_no FROM recoveries)), 0)::bigint FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction
			WHERE t.case_no IN (SELECT case_no FROM payments WHERE office = ANY($1) UNION SELECT case_no FROM recoveries WHERE office = ANY($1)) GROUP BY e.account ORDER BY e.account`, scope.Offices)
		if err != nil {
			return err
		}
		if report.Accounts, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.LedgerBalance, error) {
			var one view.LedgerBalance
			var benefits int64
			err := row.Scan(&one.Account, &one.Balance, &benefits)
			balances[one.Account] = -benefits
			return one, err
		}); err != nil {
			return err
		}
		if rows, err = tx.Query(ctx, `SELECT state, count(*)::int, sum(amount)::bigint FROM payments WHERE office = ANY($1) GROUP BY state ORDER BY state`, scope.Offices); err != nil {
			return err
		}
		if report.States, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.PaymentTotal]); err != nil {
			return err
		}
		// What fits no batch of anybody's belongs to whoever looks.
		if rows, err = tx.Query(ctx, `SELECT r.read_at, d.batch, d.line, d.amount, d.outcome, d.problem FROM bank_discrepancies d JOIN bank_results r ON r.digest = d.result
			LEFT JOIN payment_batches b ON b.no = d.batch WHERE b.no IS NULL OR b.office = ANY($1) ORDER BY r.read_at DESC, d.row LIMIT 200`, scope.Offices); err != nil {
			return err
		}
		report.Discrepancies, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.BankDiscrepancy])
		return err
	})
	for _, one := range report.States {
		states[one.State] = one.Total
	}
	report.Agrees = balances[accountPaid] == states["paid"] && balances[accountTransit] == states["batched"] && balances[accountPayable] == states["released"]+states["refused"]
	return report, err
}
