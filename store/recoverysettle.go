package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// settleRecovery does what the approval of a stage decides.
func (s *Store) settleRecovery(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	if err := apartFrom(ctx, tx, fold, entry); err != nil {
		return err
	}
	// The claim, its receipts and the benefit it is set off against meet at this row.
	var rescinded bool
	if err := tx.QueryRow(ctx, `SELECT rescinded_at IS NOT NULL FROM recoveries WHERE case_no = $1 FOR UPDATE`, fold.No).Scan(&rescinded); err != nil {
		return orNotFound(err)
	}
	switch entry.Stage {
	case procedures.StageRecoveryCalculation, procedures.StageRecoveryReview, procedures.StageRecoveryDecision:
		if rescinded {
			return approval.Refuse(approval.CodeWrongState, "死亡登记已更正，不再追回，请撤回或者不予批准", "the death was rescinded and nothing is owed: the case is withdrawn or rejected")
		}
	case procedures.StageRecoveryDelivery:
		return checkDelivery(fold, rescinded, s.today())
	case procedures.StageRecoveryAnswer:
		return s.settleAnswer(ctx, tx, fold, rescinded)
	case procedures.StageRecoveryAgreement:
		return s.settleAgreement(ctx, tx, fold)
	case procedures.StageRecoveryRepayment:
		return checkRepayment(ctx, tx, fold)
	}
	switch entry.Stage {
	case procedures.StageRecoveryCalculation:
		return s.checkMonths(ctx, tx, fold)
	case procedures.StageRecoveryReview:
		if formFen(fold.Form, "total") == 0 {
			return approval.Refuse(approval.CodeWrongState, "没有多发，请退回核算；确无多发的，由申请单位撤回", "nothing was overpaid: the case goes back to the calculation, or is withdrawn")
		}
	case procedures.StageRecoveryDecision:
		return s.claimBack(ctx, tx, fold)
	}
	return nil
}

// checkMonths asks for months that are right, and not claimed by an earlier recovery of the same death.
func (s *Store) checkMonths(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	months := paidMonths(fold.Form)
	benefit := fold.Facts[procedures.FactDebtor] != ""
	switch {
	case benefit != (formText(fold.Form, "how") == procedures.CauseWrongDeath):
		return approval.Invalid("form.how", "“死亡登记有误”只用于追回误报死亡已发的遗属待遇", "that the death was wrong is why a benefit is recovered, and never why pension is")
	case benefit && len(months) > 0:
		return approval.Invalid("form.months", "追回遗属待遇的，金额按账簿核算，不填写月份", "a benefit is recovered by the ledger, not by months")
	case benefit:
		return nil
	}
	if problem := rules.CheckPaidMonths(months, s.clock.Now()); problem != nil {
		return approval.Invalid("form.months", problem.ZH, problem.EN)
	}
	named := make([]string, len(months))
	for i, one := range months {
		named[i] = one.Month
	}
	var month, other string
	err := tx.QueryRow(ctx, `SELECT m.month, m.case_no FROM recovery_months m JOIN recoveries r USING (case_no) WHERE r.death = $1 AND m.paid > m.due AND r.ending <> 'void' AND m.month = ANY($2) ORDER BY m.month LIMIT 1`,
		fold.Facts[procedures.FactDeath], named).Scan(&month, &other)
	if err == nil {
		return approval.Invalid("form.months", month+"已由"+other+"追回", month+" was claimed back by "+other)
	}
	if orNotFound(err) == err {
		return err
	}
	return nil
}

// claimBack books the claim, once: from here on it is owed.
func (s *Store) claimBack(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	death, debtor := fold.Facts[procedures.FactDeath], fold.Facts[procedures.FactDebtor]
	total := formFen(fold.Form, "total")
	claims := []sum{{kind: kindPension, payee: fold.No, amount: total}}
	batch := &pgx.Batch{}
	if debtor != "" {
		var err error
		if claims, err = unclaimed(ctx, tx, death, debtor); err != nil {
			return err
		}
		if totalOf(claims) != total {
			return approval.Refuse(approval.CodeWrongState, "复核后又有款项到账，金额已变动，请退回复核", "more was paid since the review: the case goes back to it")
		}
	} else {
		var months []rules.OverpaidMonth
		if err := json.Unmarshal(fold.Form["overpaid"], &months); err != nil {
			return err
		}
		for _, one := range months {
			batch.Queue(`INSERT INTO recovery_months(case_no, month, paid, due) VALUES ($1,$2,$3,$4)`, fold.No, one.Month, one.Paid, one.Due)
		}
	}
	fresh, err := s.book(ctx, tx, booking{key: "claimed_back:" + fold.No, what: bookClaimedBack, death: death, person: fold.Subject, caseNo: fold.No}, claims...)
	if err != nil {
		return err
	}
	if !fresh {
		return approval.Refuse(approval.CodeDuplicate, "该件已决定追回", "the claim is decided already")
	}
	batch.Queue(`UPDATE recoveries SET state = 'decided', claimed = $2 WHERE case_no = $1`, fold.No, total)
	return tx.SendBatch(ctx, batch).Close()
}

func checkDelivery(fold *approval.Case, rescinded bool, today string) error {
	switch notNeeded := formText(fold.Form, "deliveredBy") == procedures.DeliveryNotNeeded; {
	case notNeeded && !rescinded:
		return approval.Invalid("form.deliveredBy", "死亡登记没有更正，通知书须送达", "the death stands: the letter is delivered")
	case rescinded && !notNeeded:
		return approval.Invalid("form.deliveredBy", "死亡登记已更正，请选择“不再送达”", "the death was rescinded: choose that it is not delivered")
	case formText(fold.Form, "deliveredOn") > today:
		return approval.Invalid("form.deliveredOn", "送达日期不能晚于今天", "it cannot have been delivered after today")
	}
	return nil
}

// settleAnswer checks that the answer can be what is said, and keeps whom a set-off is agreed with.
func (s *Store) settleAnswer(ctx context.Context, tx pgx.Tx, fold *approval.Case, rescinded bool) error {
	answer := formText(fold.Form, "answer")
	if rescinded != (answer == procedures.AnswerNotOwed) {
		if rescinded {
			return approval.Invalid("form.answer", "死亡登记已更正，请选择“无需退还”", "the death was rescinded: choose that nothing is owed")
		}
		return approval.Invalid("form.answer", "死亡登记没有更正，不能选择“无需退还”", "the death stands: something is owed")
	}
	batch := &pgx.Batch{}
	// An answer takes the place of the one before, but for what is set off already.
	batch.Queue(`UPDATE recovery_set_offs SET amount = applied, agreed = false WHERE case_no = $1`, fold.No)
	if slices.Contains([]string{procedures.AnswerPays, procedures.AnswerSetOff, procedures.AnswerNotOwed}, answer) {
		batch.Queue(`DELETE FROM recovery_instalments WHERE case_no = $1`, fold.No)
		batch.Queue(`UPDATE recoveries SET scheduled = NULL, came_before = NULL WHERE case_no = $1`, fold.No)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	switch answer {
	case procedures.AnswerInstalments:
		open, err := openSums(ctx, tx, fold.No)
		if err != nil {
			return err
		}
		return s.checkPlan(fold, totalOf(open))
	case procedures.AnswerSetOff:
		return s.proposeSetOff(ctx, tx, fold)
	case procedures.AnswerSilent:
		if due := fold.Current().Tasks[0].Due; due != nil && !s.clock.Now().After(*due) {
			return approval.Invalid("form.answer", "答复期限（"+due.In(rules.Zone).Format(time.DateOnly)+"）尚未届满", "the family may answer until "+due.In(rules.Zone).Format(time.DateOnly))
		}
	case procedures.AnswerDefaulted:
		kept, err := s.keepsAgreement(ctx, tx, fold)
		if err == nil && kept {
			return approval.Invalid("form.answer", "没有逾期的款项，不能选择“未按约定退还”", "nothing is overdue: it is repaid as agreed")
		}
		return err
	}
	return nil
}

// keepsAgreement reports whether nothing is overdue today.
func (s *Store) keepsAgreement(ctx context.Context, q querier, fold *approval.Case) (bool, error) {
	if repayBy := formText(fold.Form, "repayBy"); repayBy != "" && s.today() > repayBy {
		return false, nil
	}
	parts, received, err := instalmentsOf(ctx, q, fold.No)
	return !slices.Contains(rules.InstalmentStates(parts, received, s.today()), rules.InstalmentOverdue), err
}

// instalmentsOf reads the plan of a recovery, and what came in since it was agreed.
func instalmentsOf(ctx context.Context, q querier, no string) (parts []rules.Instalment, received rules.Fen, err error) {
	rows, err := q.Query(ctx, `SELECT number, due_on::text, amount FROM recovery_instalments WHERE case_no = $1 ORDER BY number`, no)
	if err != nil {
		return nil, 0, err
	}
	if parts, err = pgx.CollectRows(rows, pgx.RowToStructByPos[rules.Instalment]); err != nil {
		return nil, 0, err
	}
	err = q.QueryRow(ctx, `SELECT (r.claimed - coalesce(r.came_before, 0) - coalesce((SELECT sum(e.amount) FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction WHERE e.account = 'recovery' AND (t.case_no = r.case_no OR e.payee = r.case_no)), 0))::bigint
		FROM recoveries r WHERE r.case_no = $1`, no).Scan(&received)
	return parts, received, orNotFound(err)
}

// enteredPlan reads what the clerk has entered of instalments: a number and a first day, or each of them.
func enteredPlan(form approval.Form) (count int, first time.Time, own []rules.Instalment) {
	var number float64
	_ = json.Unmarshal(form["instalmentCount"], &number)
	if number == float64(int(number)) {
		count = int(number)
	}
	first, _ = time.Parse(time.DateOnly, formText(form, "firstInstalment"))
	_ = json.Unmarshal(form["instalments"], &own)
	for i := range own {
		own[i].Number = i + 1
	}
	return count, first, own
}

// checkPlan asks for instalments that follow one another from today on and add up to what is open.
func (s *Store) checkPlan(fold *approval.Case, open rules.Fen) error {
	count, first, own := enteredPlan(fold.Form)
	var total rules.Fen
	switch {
	case count < 1 || count > rules.MostInstalments || rules.Fen(count) > open:
		return approval.Invalid("form.instalmentCount", fmt.Sprintf("期数应为 1 到 %d 的整数", rules.MostInstalments), fmt.Sprintf("the number of instalments is from 1 to %d", rules.MostInstalments))
	case first.Format(time.DateOnly) < s.today():
		return approval.Invalid("form.firstInstalment", "第一期不能早于今天", "the first instalment is not before today")
	case len(own) == 0:
		return nil
	case len(own) != count || own[0].DueOn != first.Format(time.DateOnly):
		return approval.Invalid("form.instalments", "各期应与期数和第一期日期一致", "the instalments agree with their number and the first day")
	}
	for i, one := range own {
		if one.Amount <= 0 || i > 0 && one.DueOn <= own[i-1].DueOn {
			return approval.Invalid("form.instalments", "各期金额应大于 0，日期依次在后", "every instalment has a sum and is due later than the one before")
		}
		total += one.Amount
	}
	if total != open {
		return approval.Invalid("form.instalments", "各期合计 "+total.String()+" 元，应为 "+open.String()+" 元", "the instalments add up to ¥"+total.String()+" and should to ¥"+open.String())
	}
	return nil
}

// planOf is the plan to be agreed; nil where none is asked for.
func planOf(ctx context.Context, q querier, fold *approval.Case) ([]rules.Instalment, error) {
	count, first, own := enteredPlan(fold.Form)
	switch {
	case formText(fold.Form, "answer") != procedures.AnswerInstalments || count < 1:
		return nil, nil
	case len(own) > 0:
		return own, nil
	}
	open, err := openSums(ctx, q, fold.No)
	if err != nil || len(open) == 0 {
		return nil, err
	}
	return rules.Instalments(totalOf(open), count, first), nil
}

// settleAgreement makes the plan, or the set-off, hold.
func (s *Store) settleAgreement(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	if formText(fold.Form, "answer") == procedures.AnswerSetOff {
		if err := s.checkSetOff(ctx, tx, fold); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE recovery_set_offs SET agreed = true WHERE case_no = $1 AND amount > applied`, fold.No)
		return err
	}
	var plan []rules.Instalment
	if err := json.Unmarshal(fold.Form["schedule"], &plan); err != nil {
		return err
	}
	open, err := openSums(ctx, tx, fold.No)
	if err != nil {
		return err
	}
	var total rules.Fen
	batch := &pgx.Batch{}
	batch.Queue(`DELETE FROM recovery_instalments WHERE case_no = $1`, fold.No)
	for _, one := range plan {
		total += one.Amount
		batch.Queue(`INSERT INTO recovery_instalments(case_no, number, due_on, amount) VALUES ($1,$2,$3::date,$4)`, fold.No, one.Number, one.DueOn, one.Amount)
	}
	if total != totalOf(open) {
		return approval.Refuse(approval.CodeWrongState, "未结清的金额已变动，请退回重新登记分期", "what is open has changed since: the instalments are entered anew")
	}
	batch.Queue(`UPDATE recoveries SET scheduled = $2, came_before = claimed - $2 WHERE case_no = $1`, fold.No, total)
	return tx.SendBatch(ctx, batch).Close()
}

// checkRepayment closes the money side: nothing is open, or the bureau has the matter already.
func checkRepayment(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	open, err := openSums(ctx, tx, fold.No)
	if err != nil {
		return err
	}
	whole, left := formText(fold.Form, "repayment") == procedures.RepaymentWhole, totalOf(open)
	switch {
	case whole && left > 0:
		return approval.Refuse(approval.CodeWrongState, "还有 "+left.String()+" 元未结清", "¥"+left.String()+" is still open")
	case !whole && left == 0:
		return approval.Invalid("form.repayment", "已全部结清", "everything is settled")
	case !whole && formText(fold.Form, "referral") == "":
		return approval.Refuse(approval.CodeWrongState, "尚未报区人社局处理，请退回“登记家属答复”环节", "the bureau has not decided on a next step yet: the case goes back to the answer of the family")
	}
	return nil
}
