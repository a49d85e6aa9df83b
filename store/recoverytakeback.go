package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/bank"
	"jieli/procedures"
	"jieli/rules"
)

// takeBack undoes the money of a death that was rescinded: what is not with the bank yet is cancelled, what was set
// off is not, the claim on pension ends, and what was paid of a benefit is claimed back from whoever was paid.
func (s *Store) takeBack(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	death := fold.Facts[procedures.FactDeath]
	returned, err := receivedOf(ctx, tx, death)
	if err != nil {
		return err
	}
	// A rescission that was under way before there were recoveries names none.
	if _, named := fold.Form["returnedTotal"]; named && totalOf(returned) != formFen(fold.Form, "returnedTotal") {
		return approval.Refuse(approval.CodeWrongState, "已追回的金额有变动，请退回复核后重新审批", "more was recovered since the review: the case goes back to it")
	}
	rows, err := tx.Query(ctx, `SELECT p.id, p.case_no, p.claimant, p.kind, p.amount FROM payments p JOIN benefit_claims b ON b.case_no = p.case_no WHERE b.death = $1 AND p.state IN ('released','refused') ORDER BY p.id FOR UPDATE OF p`, death)
	if err != nil {
		return err
	}
	type waiting struct {
		ID, CaseNo, Claimant, Kind string
		Amount                     rules.Fen
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[waiting])
	if err != nil {
		return err
	}
	for _, one := range list {
		if err := s.cancel(ctx, tx, one.ID, booking{death: death, person: fold.Subject, caseNo: one.CaseNo}, sum{kind: one.Kind, payee: one.Claimant, amount: one.Amount}); err != nil {
			return err
		}
	}
	if err := s.undoSetOffs(ctx, tx, death, fold.Subject); err != nil {
		return err
	}
	rows, err = tx.Query(ctx, `SELECT case_no FROM recoveries WHERE death = $1 AND debtor = '' ORDER BY case_no FOR UPDATE`, death)
	if err != nil {
		return err
	}
	claims, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, no := range claims {
		if err := s.waive(ctx, tx, no, death, fold.Subject); err != nil {
			return err
		}
	}
	for _, one := range returned {
		if _, err := s.book(ctx, tx, booking{key: "returned:" + one.payee, what: bookReturned, death: death, person: fold.Subject, caseNo: one.payee}, one); err != nil {
			return err
		}
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE recoveries SET rescinded_at = $2 WHERE death = $1 AND debtor = ''`, death, entry.At)
	// Nothing of a claim that was never released is paid any more.
	batch.Queue(`UPDATE benefit_claims b SET state = 'ended' WHERE death = $1 AND state = 'released' AND NOT EXISTS (SELECT FROM payments p WHERE p.case_no = b.case_no AND p.state <> 'cancelled')`, death)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	return s.recoverBenefit(ctx, tx, fold)
}

// receivedOf is what came in for the claims on pension of a death, by claim.
func receivedOf(ctx context.Context, q querier, death string) ([]sum, error) {
	return sums(q.Query(ctx, `SELECT 'pension', r.case_no, sum(x.amount)::bigint FROM recoveries r JOIN recovery_receipts x USING (case_no) WHERE r.death = $1 AND r.debtor = '' GROUP BY r.case_no ORDER BY r.case_no`, death))
}

// cancel takes back a payment that is not with the bank.
func (s *Store) cancel(ctx context.Context, tx pgx.Tx, payment string, entry booking, one sum) error {
	entry.key, entry.what, entry.payment, entry.reason = "corrected:"+payment, bookCorrected, payment, "rescinded"
	if _, err := s.book(ctx, tx, entry, one); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE payments SET state = 'cancelled' WHERE id = $1`, payment)
	return err
}

// undoSetOffs takes back what was kept of a benefit, and the benefit with it: neither was owed.
func (s *Store) undoSetOffs(ctx context.Context, tx pgx.Tx, death, person string) error {
	rows, err := tx.Query(ctx, `SELECT t.key, t.case_no, r.payee, e.kind, e.payee, e.amount FROM ledger_transactions t JOIN ledger_entries e ON e.transaction = t.key AND e.account = 'payable' JOIN ledger_entries r ON r.transaction = t.key AND r.account = 'recovery' WHERE t.death = $1 AND t.what = 'set_off' ORDER BY t.key`, death)
	if err != nil {
		return err
	}
	type kept struct {
		Key, CaseNo, Recovery, Kind, Payee string
		Amount                             rules.Fen
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[kept])
	if err != nil {
		return err
	}
	for _, one := range list {
		entry := booking{key: "undone:" + one.Key, what: bookSetOffUndone, death: death, person: person, caseNo: one.CaseNo, reason: one.Recovery}
		if _, err := s.book(ctx, tx, entry, sum{kind: kindPension, payee: one.Recovery, amount: one.Amount, to: &sum{kind: one.Kind, payee: one.Payee}}); err != nil {
			return err
		}
		entry.key, entry.what, entry.reason = "corrected:"+one.Key, bookCorrected, "rescinded"
		if _, err := s.book(ctx, tx, entry, sum{kind: one.Kind, payee: one.Payee, amount: one.Amount}); err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE recovery_set_offs o SET applied = 0, amount = 0, agreed = false FROM recoveries r WHERE r.case_no = o.case_no AND r.death = $1`, death)
	return err
}

// recoverBenefit begins a recovery from every claimant who was paid for a death that was rescinded and from whom
// nothing is being recovered yet.
func (s *Store) recoverBenefit(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	death := fold.Facts[procedures.FactDeath]
	rows, err := tx.Query(ctx, `SELECT c.id, c.case_no, p.name FROM benefit_claims b JOIN benefit_claimants c ON c.case_no = b.case_no JOIN persons p ON p.id = b.person
		WHERE b.death = $1 AND NOT EXISTS (SELECT FROM recoveries r WHERE r.death = b.death AND r.debtor = c.id AND r.state <> 'ended') ORDER BY c.id`, death)
	if err != nil {
		return err
	}
	type payee struct{ ID, Benefit, Name string }
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[payee])
	if err != nil {
		return err
	}
	for _, one := range list {
		paid, err := unclaimed(ctx, tx, death, one.ID)
		if err != nil {
			return err
		}
		if len(paid) > 0 {
			if err := s.recover(ctx, tx, fold, one.Name, one.ID, one.Benefit); err != nil {
				return err
			}
		}
	}
	return nil
}

// settleLate takes in the bank's result of a payment whose death was rescinded while it was on its way: what was
// refused is cancelled, what was paid is claimed back.
func (s *Store) settleLate(ctx context.Context, tx pgx.Tx, caseNo, death, person string, one sum, payment string, result bank.Result) error {
	if result.Outcome == bank.Refused {
		return s.cancel(ctx, tx, payment, booking{death: death, person: person, caseNo: caseNo}, one)
	}
	if _, err := tx.Exec(ctx, `UPDATE payments SET state = $2, reason = $3 WHERE id = $1`, payment, result.Outcome, result.Reason); err != nil {
		return err
	}
	fold, err := foldOf(ctx, tx, caseNo)
	if err != nil {
		return fmt.Errorf("read the benefit of a payment: %w", err)
	}
	return s.recoverBenefit(ctx, tx, fold)
}
