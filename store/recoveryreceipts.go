package store

import (
	"context"
	"encoding/json"
	"slices"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// RecordReceipt writes down money that came in, once by its number, and books it: never more than is still open.
// Whoever calculated, reviewed or decided the claim does not receive for it.
func (s *Store) RecordReceipt(ctx context.Context, scope view.Scope, no string, receipt view.NewReceipt) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		var body []byte
		if err := tx.QueryRow(ctx, `SELECT fold FROM cases WHERE no = $1 FOR UPDATE`, no).Scan(&body); err != nil {
			return orNotFound(err)
		}
		fold := &approval.Case{}
		if err := json.Unmarshal(body, fold); err != nil {
			return err
		}
		if fold.Type != procedures.TypeRecovery {
			return approval.NotFound()
		}
		if !view.AtRepayment(fold) {
			return approval.Refuse(approval.CodeWrongState, "收款在“收款和结清”环节登记", "receipts are written down while the stage of repayment is open")
		}
		task := fold.Current().Tasks[0]
		if !slices.Contains(scope.Posts, approval.Post{Office: task.Office, Role: task.Role}) {
			return approval.Refuse(approval.CodeNoRole, "收款由经办机构的基金财务岗登记", "receipts are written down by the agency's fund cashier")
		}
		if other := fold.Conflict(fold.Stage(procedures.StageRecoveryRepayment), scope.Person, nil); other != "" {
			title := fold.Stage(other).Title
			return approval.Refuse(approval.CodeConflictOfDuties, "您已办理"+title.ZH+"，收款须由他人登记", "you signed "+title.EN+"; another person writes down the receipts")
		}
		if receipt.ReceivedOn > s.today() {
			return approval.Invalid("receivedOn", "收款日期不能晚于今天", "it cannot have been received after today")
		}
		var death, known string
		if err := tx.QueryRow(ctx, `SELECT r.death, coalesce((SELECT x.case_no FROM recovery_receipts x WHERE x.office = $2 AND x.number = $3), '') FROM recoveries r WHERE r.case_no = $1 FOR UPDATE OF r`,
			no, task.Office, receipt.Number).Scan(&death, &known); err != nil {
			return orNotFound(err)
		}
		if known != "" {
			return approval.Refuse(approval.CodeDuplicate, "该收据号已登记（"+known+"）", "this receipt is written down already ("+known+")")
		}
		open, err := openSums(ctx, tx, no)
		if err != nil {
			return err
		}
		amount, left := rules.Fen(receipt.Amount), totalOf(open)
		if amount <= 0 || amount > left {
			return approval.Invalid("amount", "金额应大于 0，且不超过未结清的 "+left.String()+" 元", "the amount is more than nothing and at most the ¥"+left.String()+" that is still open")
		}
		if _, err := tx.Exec(ctx, `INSERT INTO recovery_receipts(office, number, case_no, amount, received_on, method, recorded_by, recorded_at) VALUES ($1,$2,$3,$4,$5::date,$6,$7,$8)`,
			task.Office, receipt.Number, no, receipt.Amount, receipt.ReceivedOn, receipt.Method, scope.Person, s.clock.Now().UTC()); err != nil {
			return err
		}
		var booked []sum
		for _, one := range open {
			if one.amount = min(one.amount, amount); one.amount > 0 {
				booked, amount = append(booked, one), amount-one.amount
			}
		}
		if _, err := s.book(ctx, tx, booking{key: "recovered:" + task.Office + ":" + receipt.Number, what: bookRecovered, death: death, person: fold.Subject, caseNo: no, reason: receipt.Number}, booked...); err != nil {
			return err
		}
		note(tx, fold)
		return nil
	})
}

// RecoveryCase reads how a recovery stands. The caller may read the case and see its amounts.
func (s *Store) RecoveryCase(ctx context.Context, fold *approval.Case) (*view.RecoveryCase, error) {
	found := &view.RecoveryCase{Months: []view.RecoveryMonth{}, Instalments: []view.RecoveryInstalment{}, Receipts: []view.RecoveryReceipt{}, SetOffs: []view.RecoverySetOff{}}
	err := pgx.BeginTxFunc(ctx, s.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		if err := tx.QueryRow(ctx, `SELECT claimed, state, ending, rescinded_at IS NOT NULL, coalesce((SELECT sum(amount) FROM recovery_receipts x WHERE x.case_no = r.case_no), 0)::bigint, coalesce((SELECT sum(applied) FROM recovery_set_offs x WHERE x.case_no = r.case_no), 0)::bigint
			FROM recoveries r WHERE case_no = $1`, fold.No).Scan(&found.Claimed, &found.State, &found.Ending, &found.Rescinded, &found.Received, &found.SetOff); err != nil {
			return orNotFound(err)
		}
		open, err := openSums(ctx, tx, fold.No)
		if err != nil {
			return err
		}
		found.Open, found.Recovered = int64(totalOf(open)), found.Received+found.SetOff
		rows, err := tx.Query(ctx, `SELECT month, paid, due FROM recovery_months WHERE case_no = $1 ORDER BY month`, fold.No)
		if err != nil {
			return err
		}
		if found.Months, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.RecoveryMonth]); err != nil {
			return err
		}
		parts, received, err := instalmentsOf(ctx, tx, fold.No)
		if err != nil {
			return err
		}
		for i, state := range rules.InstalmentStates(parts, received, s.today()) {
			found.Instalments = append(found.Instalments, view.RecoveryInstalment{Number: parts[i].Number, DueOn: parts[i].DueOn, Amount: int64(parts[i].Amount), State: string(state)})
		}
		if rows, err = tx.Query(ctx, `SELECT x.number, x.amount, x.received_on::text, x.method, u.name, x.recorded_at FROM recovery_receipts x JOIN users u ON u.id = x.recorded_by WHERE x.case_no = $1 ORDER BY x.recorded_at, x.number`, fold.No); err != nil {
			return err
		}
		if found.Receipts, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.RecoveryReceipt]); err != nil {
			return err
		}
		if rows, err = tx.Query(ctx, `SELECT c.name, b.case_no, o.amount, o.applied, o.agreed FROM recovery_set_offs o JOIN benefit_claimants c ON c.id = o.claimant JOIN benefit_claims b ON b.case_no = c.case_no WHERE o.case_no = $1 AND o.amount > 0 ORDER BY o.claimant`, fold.No); err != nil {
			return err
		}
		found.SetOffs, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.RecoverySetOff])
		return err
	})
	return found, err
}
