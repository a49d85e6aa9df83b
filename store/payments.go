package store

import (
	"context"
	"fmt"
	"strconv"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/bank"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// batchLines is how many payments a file holds at most.
const batchLines = 1000

// settleRelease owes each claimant their part, once for this death: the sums and payees are those that were
// signed, and the death still stands. What a claimant has consented to is kept for the claim on pension.
func (s *Store) settleRelease(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	death := fold.Facts[procedures.FactDeath]
	var verified bool
	if err := tx.QueryRow(ctx, `SELECT state = 'verified' FROM deaths WHERE case_no = $1 FOR SHARE`, death).Scan(&verified); err != nil {
		return orNotFound(err)
	}
	if !verified {
		return approval.Refuse(approval.CodeWrongState, "死亡报告已撤销，不能放款", "the report of the death was rescinded: nothing is paid")
	}
	if err := refuseWhileDisputed(ctx, tx, fold.No); err != nil {
		return err
	}
	list, err := claimantsOf(ctx, tx, fold.No)
	if err != nil {
		return err
	}
	if payeesVersion(list) != formText(fold.Form, "payees") {
		return approval.Refuse(approval.CodeWrongState, "收款信息与初审核定时不一致，不能放款，请退回初审", "the payees are not those that were signed: the case goes back to the calculation")
	}
	if err := s.refuseIfPublished(ctx, tx, fold); err != nil {
		return err
	}
	office, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: approval.KindAgency})
	if err != nil {
		return err
	}
	shares := make([]int64, len(list))
	for i, one := range list {
		shares[i] = one.share
	}
	batch := &pgx.Batch{}
	var owed []sum
	for _, kind := range []struct{ key, field string }{{"funeral", "funeralGrant"}, {"survivor", "survivorPayment"}} {
		for i, part := range rules.SplitShares(formFen(fold.Form, kind.field), shares) {
			if part > 0 {
				owed = append(owed, sum{kind: kind.key, payee: list[i].id, amount: part})
			}
		}
	}
	if len(owed) == 0 {
		return approval.Refuse(approval.CodeWrongState, "核定金额为 0，没有可放款的款项", "nothing is due, so nothing is released")
	}
	fresh, err := s.book(ctx, tx, booking{key: "accrued:" + death, what: bookAccrued, death: death, person: fold.Subject, caseNo: fold.No}, owed...)
	if err != nil {
		return err
	}
	if !fresh {
		return approval.Refuse(approval.CodeDuplicate, "该逝者的待遇已经放款，不能再次放款", "the benefit for this death is released already")
	}
	kept, err := s.setOff(ctx, tx, fold, owed)
	if err != nil {
		return err
	}
	for i, one := range owed {
		if left := one.amount - kept[i]; left > 0 {
			batch.Queue(`INSERT INTO payments(id, case_no, claimant, office, kind, amount, state) VALUES ($1,$2,$3,$4,$5,$6,'released')`, one.payee+"."+one.kind, fold.No, one.payee, office[0], one.kind, left)
		}
	}
	baseYear, _ := strconv.Atoi(formText(fold.Form, "baseYear"))
	batch.Queue(`UPDATE benefit_claims SET state = 'released', base_year = nullif($2, 0), base_annual = nullif($3::bigint, 0), provisional = $4 WHERE case_no = $1`, fold.No, baseYear, formFen(fold.Form, "baseFigure"), formText(fold.Form, "provisional") == "yes")
	return tx.SendBatch(ctx, batch).Close()
}

// settlePayment refuses to close the payment before the bank has paid every sum.
func settlePayment(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var waiting, refused int
	if err := tx.QueryRow(ctx, `SELECT count(*) FILTER (WHERE state IN ('released','batched')), count(*) FILTER (WHERE state = 'refused') FROM payments WHERE case_no = $1 AND true_up IS NULL OR true_up = $1`, fold.No).Scan(&waiting, &refused); err != nil {
		return err
	}
	if waiting+refused > 0 {
		return approval.Refuse(approval.CodeWrongState, fmt.Sprintf("还有 %d 笔未收到银行回盘、%d 笔被银行退回，全部到账后方可对账", waiting, refused), fmt.Sprintf("%d payments have no result yet and %d were refused: it is reconciled once all have arrived", waiting, refused))
	}
	if fold.Type == procedures.TypeTrueUp {
		_, err := tx.Exec(ctx, `UPDATE true_ups SET state = 'paid' WHERE case_no = $1`, fold.No)
		return err
	}
	_, err := tx.Exec(ctx, `UPDATE benefit_claims SET state = 'paid' WHERE case_no = $1 AND state = 'released'`, fold.No)
	return err
}

// MakeBatch puts released payments of one office into a file for the bank, and returns its number; none when
// nothing waits. What is released for a death that was found to be wrong since is held back. File, lines and ledger are written together or not at all.
func (s *Store) MakeBatch(ctx context.Context) (no string, err error) {
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		no = ""
		var office, region string
		err := tx.QueryRow(ctx, `SELECT o.id, left(o.region, 6) FROM payments p JOIN offices o ON o.id = p.office JOIN benefit_claims b ON b.case_no = p.case_no JOIN deaths d ON d.case_no = b.death
			WHERE p.state = 'released' AND d.state = 'verified' ORDER BY p.id LIMIT 1`).Scan(&office, &region)
		if err != nil {
			if orNotFound(err) != err {
				return nil
			}
			return err
		}
		type due struct {
			id, death, person, caseNo, claimant, kind, name, bank, masked, digest string
			sealed                                                                []byte
			amount                                                                rules.Fen
		}
		rows, err := tx.Query(ctx, `SELECT p.id, b.death, b.person, p.case_no, p.claimant, p.kind, c.name, c.bank, c.account_masked, c.account_digest, c.account_sealed, p.amount FROM payments p JOIN benefit_claims b ON b.case_no = p.case_no JOIN benefit_claimants c ON c.id = p.claimant JOIN deaths d ON d.case_no = b.death
			WHERE p.state = 'released' AND d.state = 'verified' AND p.office = $1 ORDER BY p.id LIMIT $2 FOR UPDATE OF p SKIP LOCKED`, office, batchLines)
		if err != nil {
			return err
		}
		list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (due, error) {
			var d due
			err := row.Scan(&d.id, &d.death, &d.person, &d.caseNo, &d.claimant, &d.kind, &d.name, &d.bank, &d.masked, &d.digest, &d.sealed, &d.amount)
			return d, err
		})
		if err != nil || len(list) == 0 {
			return err
		}
		if no, err = s.takeNumber(ctx, tx, "ZF", region); err != nil {
			return err
		}
		lines := make([]bank.Line, len(list))
		var total rules.Fen
		for i, d := range list {
			account, err := s.ring.Open(d.sealed, accountPlace+d.claimant)
			if err != nil {
				return err
			}
			lines[i] = bank.Line{Batch: no, Line: i + 1, Name: d.name, Bank: d.bank, Account: string(account), Amount: int64(d.amount), Purpose: d.kind}
			total += d.amount
		}
		file := bank.Payments(no, lines)
		batch := &pgx.Batch{}
		batch.Queue(`INSERT INTO payment_batches(no, office, file, digest, lines, total, made_at) VALUES ($1,$2,$3,$4,$5,$6,$7)`, no, office, s.ring.Seal(file, "payment_batches|file|"+no), bank.Digest(file), len(lines), total, s.clock.Now())
		for i, d := range list {
			batch.Queue(`INSERT INTO payment_batch_lines(batch, line, payment, amount, account_masked, account_digest) VALUES ($1,$2,$3,$4,$5,$6)`, no, i+1, d.id, d.amount, d.masked, d.digest)
			batch.Queue(`UPDATE payments SET state = 'batched', reason = '' WHERE id = $1`, d.id)
		}
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		for i, d := range list {
			if _, err := s.book(ctx, tx, booking{key: fmt.Sprintf("batched:%s:%d", no, i+1), what: bookBatched, death: d.death, person: d.person, caseNo: d.caseNo, payment: d.id, batch: no}, sum{kind: d.kind, payee: d.claimant, amount: d.amount}); err != nil {
				return err
			}
		}
		return nil
	})
	return no, err
}

// HandBatches gives the bank every batch it was not given yet, by the batch number: a batch handed over and not
// noted, because the program died between, is handed over again and taken once.
func (s *Store) HandBatches(ctx context.Context, hand func(ctx context.Context, batch string, file []byte) error) error {
	rows, err := s.pool.Query(ctx, `SELECT no, file FROM payment_batches WHERE handed_at IS NULL ORDER BY made_at, no`)
	if err != nil {
		return err
	}
	files := map[string][]byte{}
	var order []string
	var no string
	var sealed []byte
	if _, err := pgx.ForEachRow(rows, []any{&no, &sealed}, func() (err error) {
		order = append(order, no)
		files[no], err = s.ring.Open(sealed, "payment_batches|file|"+no)
		return err
	}); err != nil {
		return err
	}
	for _, no := range order {
		if err := hand(ctx, no, files[no]); err != nil {
			return err
		}
		if _, err := s.pool.Exec(ctx, `UPDATE payment_batches SET handed_at = $2 WHERE no = $1 AND handed_at IS NULL`, no, s.clock.Now()); err != nil {
			return err
		}
	}
	return nil
}

// ReadResults reads a bank's result file once, whoever brings it and however often. A line that has its result
// already is left alone; one that does not fit changes nothing and is listed for people to look into.
func (s *Store) ReadResults(ctx context.Context, source string, file []byte) (view.ResultsRead, error) {
	read := view.ResultsRead{Digest: bank.Digest(file)}
	results, err := bank.ReadResults(file)
	if err != nil {
		return read, approval.Invalid("file", "不是银行回盘文件，请按格式上传（batch,line,amount_fen,outcome,reason）", err.Error())
	}
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		read = view.ResultsRead{Digest: read.Digest, Lines: len(results)}
		// One file after another, so that two that speak of the same line meet in the database.
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('bank results', 0))`); err != nil {
			return err
		}
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM bank_results WHERE digest = $1)`, read.Digest).Scan(&read.Known); err != nil || read.Known {
			return err
		}
		var misfits []func(*pgx.Batch)
		for _, result := range results {
			problem, changed, err := s.readResult(ctx, tx, result)
			if err != nil {
				return err
			}
			if changed {
				read.Changed++
			}
			if problem != "" {
				read.Discrepancies++
				misfits = append(misfits, func(batch *pgx.Batch) {
					batch.Queue(`INSERT INTO bank_discrepancies(result, row, batch, line, amount, outcome, problem) VALUES ($1,$2,$3,$4,$5,$6,$7)`, read.Digest, result.Row, result.Batch, result.Line, result.Amount, result.Outcome, problem)
				})
			}
		}
		batch := &pgx.Batch{}
		batch.Queue(`INSERT INTO bank_results(digest, source, read_at, lines, changed) VALUES ($1,$2,$3,$4,$5)`, read.Digest, source, s.clock.Now(), read.Lines, read.Changed)
		for _, queue := range misfits {
			queue(batch)
		}
		return tx.SendBatch(ctx, batch).Close()
	})
	return read, err
}

// readResult takes in what the bank says of one line.
func (s *Store) readResult(ctx context.Context, tx pgx.Tx, result bank.Result) (problem string, changed bool, err error) {
	var payment, claimant, caseNo, death, person, kind, outcome string
	var amount rules.Fen
	var corrected, rescinded bool
	// The claimant is locked too: the account may be corrected this moment. So is the death, which may prove to be wrong.
	err = tx.QueryRow(ctx, `SELECT l.payment, p.claimant, p.case_no, b.death, b.person, p.kind, l.amount, l.outcome, l.account_digest <> c.account_digest, d.state = 'rescinded' FROM payment_batch_lines l JOIN payments p ON p.id = l.payment JOIN benefit_claims b ON b.case_no = p.case_no JOIN benefit_claimants c ON c.id = p.claimant JOIN deaths d ON d.case_no = b.death
		WHERE l.batch = $1 AND l.line = $2 FOR UPDATE OF l, p, c FOR SHARE OF d`, result.Batch, result.Line).Scan(&payment, &claimant, &caseNo, &death, &person, &kind, &amount, &outcome, &corrected, &rescinded)
	switch {
	case err != nil && orNotFound(err) != err:
		return "unknown", false, nil
	case err != nil:
		return "", false, err
	case int64(amount) != result.Amount:
		return "amount", false, nil
	case outcome == result.Outcome:
		return "", false, nil
	case outcome != "":
		return "contradicts", false, nil
	}
	if _, err := tx.Exec(ctx, `UPDATE payment_batch_lines SET outcome = $3, reason = $4, read_at = $5 WHERE batch = $1 AND line = $2`, result.Batch, result.Line, result.Outcome, result.Reason, s.clock.Now()); err != nil {
		return "", false, err
	}
	entry := booking{key: "paid:" + payment, what: bookPaid, death: death, person: person, caseNo: caseNo, payment: payment, batch: result.Batch, reason: result.Reason}
	if result.Outcome == bank.Refused {
		entry.key, entry.what = fmt.Sprintf("refused:%s:%d", result.Batch, result.Line), bookRefused
	}
	if _, err := s.book(ctx, tx, entry, sum{kind: kind, payee: claimant, amount: amount}); err != nil {
		return "", false, err
	}
	if rescinded {
		return "", true, s.settleLate(ctx, tx, caseNo, death, person, sum{kind: kind, payee: claimant, amount: amount}, payment, result)
	}
	state := result.Outcome
	if result.Outcome == bank.Refused && corrected {
		// It went to an account that was corrected since: it goes out again as it is.
		state = "released"
	}
	if _, err := tx.Exec(ctx, `UPDATE payments SET state = $2, reason = $3 WHERE id = $1`, payment, state, result.Reason); err != nil {
		return "", false, err
	}
	if err := s.tellPayee(ctx, tx, caseNo, claimant); err != nil {
		return "", false, err
	}
	if state == bank.Refused {
		return "", true, s.openCorrection(ctx, tx, caseNo, payment, claimant, result.Reason)
	}
	return "", true, nil
}

// openCorrection begins the case that corrects a claimant's account; payments of one claimant share it.
func (s *Store) openCorrection(ctx context.Context, tx pgx.Tx, caseNo, payment, claimant, reason string) error {
	var no string
	err := tx.QueryRow(ctx, `SELECT c.no FROM payee_corrections p JOIN cases c ON c.no = p.case_no WHERE p.claimant = $1 AND c.ended_at IS NULL`, claimant).Scan(&no)
	if err != nil && orNotFound(err) == err {
		return err
	}
	if no == "" {
		fold, err := foldOf(ctx, tx, caseNo)
		if err != nil {
			return err
		}
		office, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: approval.KindAgency})
		if err != nil {
			return err
		}
		var name string
		if err := tx.QueryRow(ctx, `SELECT name FROM benefit_claimants WHERE id = $1`, claimant).Scan(&name); err != nil {
			return err
		}
		no, err = s.begin(ctx, tx, view.NewCase{Title: name + " · 收款账户更正", Search: []string{name, caseNo}, Correction: &view.NewCorrection{Claimant: claimant, Refusal: reason},
			Submission: approval.Submission{Type: procedures.TypePayee, Office: office[0], Subject: fold.Subject, Form: approval.Form{},
				Facts: map[string]string{procedures.FactRegion: fold.Facts[procedures.FactRegion], procedures.FactBenefit: caseNo, procedures.FactPayment: payment}}})
		if err != nil {
			return err
		}
	}
	_, err = tx.Exec(ctx, `UPDATE payments SET correction = $2 WHERE id = $1`, payment, no)
	return err
}

// checkPayee asks for an account other than the one the bank has refused.
func checkPayee(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var given, same bool
	if err := tx.QueryRow(ctx, `SELECT c.account_sealed IS NOT NULL, c.account_digest = b.account_digest AND c.bank = b.bank FROM payee_corrections c JOIN benefit_claimants b ON b.id = c.claimant WHERE c.case_no = $1`, fold.No).Scan(&given, &same); err != nil {
		return orNotFound(err)
	}
	if !given || same {
		return approval.Invalid("claimants", "请填写更正后的收款账户，不能与被退回的相同", "give the corrected account: not the one the bank has refused")
	}
	return nil
}

// settlePayee makes the reviewed account the claimant's, and releases what was refused for a later batch.
func settlePayee(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var claimant, digest string
	if err := tx.QueryRow(ctx, `SELECT claimant, account_digest FROM payee_corrections WHERE case_no = $1`, fold.No).Scan(&claimant, &digest); err != nil {
		return orNotFound(err)
	}
	if payeesVersion([]claimed{{id: fold.Facts[procedures.FactPayment], digest: digest}}) != formText(fold.Form, "payees") {
		return approval.Refuse(approval.CodeWrongState, "账户在复核期间有变动，请退回重新更正", "the account has changed since: the case goes back")
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE benefit_claimants b SET bank = c.bank, account_sealed = c.account_sealed, account_masked = c.account_masked, account_digest = c.account_digest FROM payee_corrections c WHERE c.case_no = $1 AND b.id = c.claimant`, fold.No)
	batch.Queue(`UPDATE payments SET state = 'released' WHERE correction = $1 AND state = 'refused'`, fold.No)
	return tx.SendBatch(ctx, batch).Close()
}

// paymentsBroken lists payments whose state differs from what the ledger and the batches say, or that were paid twice.
const paymentsBroken = `SELECT p.id FROM payments p WHERE
	(SELECT count(*) FROM ledger_transactions t WHERE t.payment = p.id AND t.what = 'paid') <> (p.state = 'paid')::int
	OR (SELECT count(*) FROM payment_batch_lines l WHERE l.payment = p.id AND l.outcome = 'paid') <> (p.state = 'paid')::int
	OR (SELECT count(*) FROM payment_batch_lines l WHERE l.payment = p.id AND l.outcome = '') <> (p.state = 'batched')::int
	OR NOT EXISTS (SELECT FROM benefit_claims b JOIN ledger_transactions t ON t.death = b.death AND t.what = 'accrued' WHERE b.case_no = p.case_no)`
