package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// kindPension is the kind of money of a claim on pension; those on a benefit are of the benefit's kinds.
const kindPension = "pension"

// beginRecovery enters what is recovered: pension after a verified death, or what was paid for one that was
// rescinded. A second one of the same death and debtor is told which case stands.
func (s *Store) beginRecovery(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	death, debtor := submission.Facts[procedures.FactDeath], submission.Facts[procedures.FactDebtor]
	var state, open string
	err := tx.QueryRow(ctx, `SELECT d.state, coalesce((SELECT r.case_no FROM recoveries r WHERE r.death = d.case_no AND r.debtor = $3 AND r.state <> 'ended'), '')
		FROM deaths d WHERE d.case_no = $1 AND d.person = $2 FOR UPDATE OF d`, death, submission.Subject, debtor).Scan(&state, &open)
	switch {
	case err != nil && !errors.Is(err, pgx.ErrNoRows):
		return err
	case err != nil || debtor == "" && state != "verified" || debtor != "" && state != "rescinded":
		return approval.Refuse(approval.CodeWrongState, "该人员没有核实的死亡登记，不存在去世后多发的养老金", "no verified death of the person is on record: no pension was paid after it")
	case open != "":
		return approval.Refuse(approval.CodeDuplicate, "该逝者的多发待遇已在追回（"+open+"），请并入该件办理", "what was overpaid is being recovered already ("+open+"): join that case")
	}
	office, err := officesFor(ctx, tx, &approval.Case{Facts: submission.Facts}, approval.Signer{OfficeKind: approval.KindAgency})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO recoveries(case_no, person, death, office, debtor, state) VALUES ($1,$2,$3,$4,$5,'calculating')`, submission.No, submission.Subject, death, office[0], debtor)
	return err
}

// recoverPension begins a recovery when the death that was just verified lies so far back that the pension of at
// least one whole month was paid since: the agency's records have the person, and nothing had stopped it.
func (s *Store) recoverPension(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var paid bool
	var name string
	err := tx.QueryRow(ctx, `SELECT p.name, EXISTS (SELECT FROM death_closings k WHERE k.case_no = d.case_no AND k.target = 'pension') AND d.pension_stops < date_trunc('month', `+verifiedOn+`)
		AND NOT EXISTS (SELECT FROM recoveries r WHERE r.death = d.case_no) FROM deaths d JOIN persons p ON p.id = d.person WHERE d.case_no = $1`, fold.No).Scan(&name, &paid)
	if err != nil || !paid {
		return err
	}
	return s.recover(ctx, tx, fold, name, "", "")
}

// recover begins a recovery that follows from a death or its rescission, in the name of the program.
func (s *Store) recover(ctx context.Context, tx pgx.Tx, fold *approval.Case, name, debtor, benefit string) error {
	death := fold.No
	if fold.Type != procedures.TypeDeath {
		death = fold.Facts[procedures.FactDeath]
	}
	title, facts, form := procedures.RecoveryCase(name, fold.Facts[procedures.FactRegion], fold.Facts[procedures.FactEnterprise], death, debtor, benefit)
	office, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: approval.KindAgency})
	if err != nil {
		return err
	}
	_, err = s.begin(ctx, tx, view.NewCase{Title: title, Search: []string{name, death}, Submission: approval.Submission{Type: procedures.TypeRecovery, Office: office[0], Subject: fold.Subject, Form: form, Facts: facts}})
	return err
}

// approvals are the stages of a benefit and of a recovery of which nobody signs one of each for the same death.
var approvals = map[string][]string{
	procedures.TypeBenefit:  {procedures.StageBenefitCalculation, procedures.StageBenefitReview, procedures.StageBenefitDecision, procedures.StageBenefitMeeting},
	procedures.TypeRecovery: {procedures.StageRecoveryCalculation, procedures.StageRecoveryReview, procedures.StageRecoveryDecision},
}

// queueApart notes beside the open tasks of a death's benefit and recovery who has signed the other, so that an inbox
// offers nobody what apartFrom would refuse.
func queueApart(batch *pgx.Batch, fold *approval.Case) {
	if approvals[fold.Type] == nil {
		return
	}
	batch.Queue(`UPDATE tasks t SET conflicted = ARRAY(SELECT DISTINCT p FROM unnest(t.conflicted || ARRAY(SELECT unnest(ARRAY[x.signed_by, x.signed_for]) FROM tasks x JOIN cases o ON o.no = x.case_no
			WHERE o.type <> c.type AND o.type IN ('benefit','recovery') AND o.subject = $1 AND o.fold->'facts'->>'death' = $2 AND x.state = 'signed' AND x.stage = ANY($3))) p WHERE p IS NOT NULL)
		FROM cases c WHERE c.no = t.case_no AND c.type IN ('benefit','recovery') AND c.subject = $1 AND c.fold->'facts'->>'death' = $2 AND t.state IN ('open','waiting') AND t.stage = ANY($3)`,
		fold.Subject, fold.Facts[procedures.FactDeath], slices.Concat(approvals[procedures.TypeBenefit], approvals[procedures.TypeRecovery]))
}

// apartFrom refuses whoever has calculated, reviewed or decided the benefit of a death the same stages of its
// recovery, and the other way round: the approval of one is apart from that of the other.
func apartFrom(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	other, title := procedures.TypeRecovery, approval.Text{ZH: "追回", EN: "recovery"}
	if fold.Type == procedures.TypeRecovery {
		other, title = procedures.TypeBenefit, approval.Text{ZH: "遗属待遇", EN: "benefit"}
	}
	if !slices.Contains(approvals[fold.Type], entry.Stage) {
		return nil
	}
	// Both cases meet here, so that neither signs on what the other is about to.
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('approvals:' || $1::text, 0))`, fold.Facts[procedures.FactDeath]); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT fold FROM cases WHERE type = $1 AND subject = $2 AND fold->'facts'->>'death' = $3`, other, fold.Subject, fold.Facts[procedures.FactDeath])
	if err != nil {
		return err
	}
	folds, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		return err
	}
	persons := []string{entry.Actor.Person, entry.Actor.For}
	if _, task := fold.Task(entry.Task); task != nil {
		persons = append(persons, task.Inherited...)
	}
	for _, body := range folds {
		signed := approval.Case{}
		if err := json.Unmarshal(body, &signed); err != nil {
			return err
		}
		for _, signature := range signed.Signatures {
			if slices.Contains(approvals[other], signature.Stage) && slices.ContainsFunc(persons, func(p string) bool { return p != "" && (p == signature.Person || p == signature.For) }) {
				return approval.Refuse(approval.CodeConflictOfDuties, "您（或移交给您的人）已办理同一死亡的"+title.ZH+"（"+signed.No+"）的核算、复核或审批，须由他人办理",
					"you (or whoever passed it to you) calculated, reviewed or decided the "+title.EN+" of the same death ("+signed.No+"); another person has to sign")
			}
		}
	}
	return nil
}

// answerDue is until when the family may answer: counted from the delivery of the letter by what the place allows.
func (s *Store) answerDue(ctx context.Context, tx pgx.Tx, fold *approval.Case) (approval.Due, time.Time, error) {
	allowed := allowedTime{due: fold.Stage(procedures.StageRecoveryAnswer).Due}
	batch := &pgx.Batch{}
	allowed.queue(batch, fold, fold.Stage(procedures.StageRecoveryAnswer), s.today())
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return allowed.due, time.Time{}, err
	}
	calendar, err := s.calendarFor(ctx, tx, fold.Office)
	if err != nil {
		return allowed.due, time.Time{}, err
	}
	due := calendar.Deadline(allowed.due, countedFrom(fold, procedures.StageRecoveryAnswer, s.clock.Now()), nil)
	return allowed.due, due.At, nil
}

// countedFrom is the moment from which the time of a visit counts: as it opens, but for the first answer of a
// family as the letter was delivered, which is written down later.
func countedFrom(fold *approval.Case, stage string, opens time.Time) time.Time {
	if stage != procedures.StageRecoveryAnswer || slices.ContainsFunc(fold.Visits, func(v approval.Visit) bool { return v.Stage == stage && !v.Open() }) {
		return opens
	}
	delivered, err := time.ParseInLocation(time.DateOnly, formText(fold.Form, "deliveredOn"), rules.Zone)
	if err != nil {
		return opens
	}
	return delivered.Add(12 * time.Hour)
}

// dueWords is a time allowed in words.
func dueWords(due approval.Due) string {
	unit := map[approval.DurationKind]string{approval.WorkingDays: "个工作日", approval.CalendarDays: "日", approval.WorkingHours: "个工时"}[due.Kind]
	if due.Count == 0 {
		return ""
	}
	return fmt.Sprintf("%d %s", due.Count, unit)
}

// proposeRecovery fills in what is known: the death on record, what the rule or the ledger finds, and the plan.
func (s *Store) proposeRecovery(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage *approval.Stage) (approval.Form, map[string]approval.Text, error) {
	proposal, reasons := approval.Form{}, map[string]approval.Text{}
	set := func(key string, value any, zh, en string) {
		proposal[key], _ = json.Marshal(value)
		reasons[key] = approval.Text{ZH: zh, EN: en}
	}
	var died, stops, verified time.Time
	if err := tx.QueryRow(ctx, `SELECT died_on, pension_stops, `+verifiedOn+` FROM deaths d WHERE case_no = $1`, fold.Facts[procedures.FactDeath]).Scan(&died, &stops, &verified); err != nil {
		return nil, nil, orNotFound(err)
	}
	debtor := fold.Facts[procedures.FactDebtor]
	for _, field := range stage.Fields {
		held, ok := fold.Form[field.Key]
		if ok && (!field.Computed || field.Key == "ground") {
			proposal[field.Key], reasons[field.Key] = held, approval.Text{ZH: "此前填写的内容", EN: "as filled in before"}
			continue
		}
		switch field.Key {
		case "diedOn":
			set(field.Key, died.Format(time.DateOnly), "死亡登记 "+fold.Facts[procedures.FactDeath], "the report "+fold.Facts[procedures.FactDeath])
		case "pensionStops":
			set(field.Key, stops.Format(time.DateOnly), "死亡当月照发，次月起停发", "the month of death is paid, the pension stops from the next one")
		case "months":
			if months := rules.WithheldMonths(stops, time.Date(verified.Year(), verified.Month(), 0, 0, 0, 0, 0, time.UTC)); debtor == "" && len(months) > 0 {
				records := make([]map[string]string, len(months))
				for i, month := range months {
					records[i] = map[string]string{"month": month}
				}
				set(field.Key, records, "停发起始月至核实的上一个月，金额按支付记录填写", "from the month it stops to the one before it was verified; the sums are in the payment records")
			}
		case "debtor", "how":
			if debtor == "" {
				continue
			}
			var name, relation string
			if err := tx.QueryRow(ctx, `SELECT name, relation FROM benefit_claimants WHERE id = $1`, debtor).Scan(&name, &relation); err != nil {
				return nil, nil, orNotFound(err)
			}
			set("debtor", name+"（"+relation+"）", "领取遗属待遇的申领人", "the claimant who was paid the benefit")
			set("how", procedures.CauseWrongDeath, "死亡登记已更正", "the death on record was rescinded")
		case "overpaid":
			return proposal, reasons, s.reckonRecovery(ctx, tx, fold, died, stops, set)
		case "answerTime":
			due, _, err := s.answerDue(ctx, tx, fold)
			if err != nil {
				return nil, nil, err
			}
			set(field.Key, dueWords(due), "按本地设置，自送达次日起算", "by the local setting, from the day after the letter is delivered")
		case "letterNumber":
			set(field.Key, "TH-"+fold.No, "按办件编号生成", "made from the case number")
		case "deliveredOn":
			set(field.Key, s.today(), "当日", "today")
		case "repayBy":
			if err := s.proposeRepayBy(ctx, tx, fold, stage, set); err != nil {
				return nil, nil, err
			}
		case "schedule":
			if plan, err := planOf(ctx, tx, fold); err != nil {
				return nil, nil, err
			} else if plan != nil {
				set(field.Key, plan, "按登记的期数和日期", "by the number and dates entered")
			}
		case "repayment":
			open, err := openSums(ctx, tx, fold.No)
			if err != nil {
				return nil, nil, err
			}
			if len(open) == 0 {
				set(field.Key, procedures.RepaymentWhole, "没有未结清的金额", "nothing is open")
			}
		case approval.FieldMaterials:
			set(field.Key, []string{}, "抵扣时须有签名的同意书", "a set-off needs the signed consent")
		}
	}
	return proposal, reasons, nil
}

// proposeRepayBy keeps the day by which all is to be repaid: that of the letter, or of the last instalment agreed.
func (s *Store) proposeRepayBy(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage *approval.Stage, set func(key string, value any, zh, en string)) error {
	held := formText(fold.Form, "repayBy")
	plan, err := planOf(ctx, tx, fold)
	switch {
	case err != nil:
		return err
	case stage.Key == procedures.StageRecoveryAgreement && len(plan) > 0:
		set("repayBy", plan[len(plan)-1].DueOn, "最后一期的还款日期", "the day of the last instalment")
	case held != "":
		set("repayBy", held, "此前确定的期限", "as it was before")
	default:
		_, due, err := s.answerDue(ctx, tx, fold)
		if err != nil {
			return err
		}
		set("repayBy", due.In(rules.Zone).Format(time.DateOnly), "送达之日起按本地设置计算", "counted from the delivery by the local setting")
	}
	return nil
}

// reckonRecovery applies the rule to the months the clerk has found in the payment records, or takes what was paid
// to the claimant out of the ledger.
func (s *Store) reckonRecovery(ctx context.Context, tx pgx.Tx, fold *approval.Case, died, stops time.Time, set func(key string, value any, zh, en string)) error {
	steps := []rules.Step{}
	claims, total := []map[string]any{}, rules.Fen(0)
	result := rules.Overpayment{Months: []rules.OverpaidMonth{}}
	if debtor := fold.Facts[procedures.FactDebtor]; debtor != "" {
		paid, err := unclaimed(ctx, tx, fold.Facts[procedures.FactDeath], debtor)
		if err != nil {
			return err
		}
		ledger := approval.Text{ZH: "账簿", EN: "the ledger"}
		steps = append(steps, rules.Step{Step: approval.Text{ZH: "死亡登记已更正，不应支付遗属待遇", EN: "the death was rescinded: no benefit was due"}, Value: died.Format(time.DateOnly), Clause: procedures.ClauseSurvivorBenefit, Source: approval.Text{ZH: "误报更正", EN: "the rescission"}})
		for _, one := range paid {
			title := benefitKinds[one.kind]
			claims = append(claims, map[string]any{"kind": title.ZH, "amount": one.amount})
			steps = append(steps, rules.Step{Step: approval.Text{ZH: "已发" + title.ZH, EN: title.EN + " paid"}, Value: fmt.Sprint(int64(one.amount)), Unit: rules.UnitFen, Clause: procedures.ClauseSurvivorBenefit, Source: ledger})
			total += one.amount
		}
		steps = append(steps, rules.Step{Step: approval.Text{ZH: "应退还合计", EN: "to be repaid"}, Value: fmt.Sprint(int64(total)), Unit: rules.UnitFen})
	} else {
		result = rules.CalculateOverpayment(stops, paidMonths(fold.Form))
		steps, total = rules.DeriveOverpayment(died, stops, result), result.Total
	}
	set("overpaid", result.Months, "按规则核算", "by the rule")
	set("claims", claims, "按账簿", "by the ledger")
	set("total", total, "合计", "the sum")
	set("derivation", stepRecords(steps), "逐项依据", "line by line")
	return nil
}

var benefitKinds = map[string]approval.Text{"funeral": {ZH: "丧葬补助金", EN: "funeral grant"}, "survivor": {ZH: "抚恤金", EN: "survivor payment"}}

// stepRecords makes the records of a derivation.
func stepRecords(steps []rules.Step) []map[string]any {
	records := make([]map[string]any, 0, len(steps))
	for _, step := range steps {
		records = append(records, map[string]any{"step": step.Step.ZH, "stepEN": step.Step.EN, "value": step.Value, "unit": step.Unit, "clause": step.Clause, "source": step.Source.ZH, "sourceEN": step.Source.EN})
	}
	return records
}

func paidMonths(form approval.Form) []rules.PaidMonth {
	var months []rules.PaidMonth
	_ = json.Unmarshal(form["months"], &months)
	return months
}

// unclaimed is what was paid to a claimant for a death and not claimed back yet, by kind.
func unclaimed(ctx context.Context, q querier, death, claimant string) ([]sum, error) {
	return sums(q.Query(ctx, `SELECT e.kind, e.payee, sum(CASE WHEN t.what = 'paid' AND e.account = 'paid' THEN -e.amount WHEN t.what = 'claimed_back' AND e.account = 'recovery' THEN -e.amount ELSE 0 END)::bigint AS amount
		FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction WHERE t.death = $1 AND e.payee = $2 GROUP BY e.kind, e.payee
		HAVING sum(CASE WHEN t.what = 'paid' AND e.account = 'paid' THEN -e.amount WHEN t.what = 'claimed_back' AND e.account = 'recovery' THEN -e.amount ELSE 0 END) > 0 ORDER BY e.kind`, death, claimant))
}

// openSums is what of a recovery's claim is open, by kind: claimed, and neither received nor set off nor waived.
func openSums(ctx context.Context, q querier, no string) ([]sum, error) {
	return sums(q.Query(ctx, `SELECT e.kind, e.payee, sum(e.amount)::bigint FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction
		WHERE e.account = 'recovery' AND (t.case_no = $1 OR e.payee = $1) GROUP BY e.kind, e.payee HAVING sum(e.amount) > 0 ORDER BY e.kind`, no))
}

func sums(rows pgx.Rows, err error) ([]sum, error) {
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (sum, error) {
		var one sum
		err := row.Scan(&one.kind, &one.payee, &one.amount)
		return one, err
	})
}

func totalOf(list []sum) (total rules.Fen) {
	for _, one := range list {
		total += one.amount
	}
	return total
}

// openRecovery lets nothing go back behind the decision once the claim is booked: a wrong one ends, and another is made.
func openRecovery(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage string) error {
	if !slices.Contains([]string{procedures.StageRecoveryCalculation, procedures.StageRecoveryReview, procedures.StageRecoveryDecision}, stage) {
		return nil
	}
	var decided bool
	err := tx.QueryRow(ctx, `SELECT state <> 'calculating' FROM recoveries WHERE case_no = $1`, fold.No).Scan(&decided)
	if err == nil && decided {
		return approval.Refuse(approval.CodeWrongState, "已决定追回并入账，不能退回核算；金额有误的，由复查异议环节不予追回，另行办理", "the claim is decided and booked, and does not go back: a wrong one is dropped as an objection is examined, and made anew")
	}
	return err
}

// closeRecovery ends a claim with its case: what is open is waived, but for what a court is to enforce. Of a death
// that was rescinded, what was paid meanwhile is claimed by another case.
func (s *Store) closeRecovery(ctx context.Context, tx pgx.Tx, fold *approval.Case, state approval.CaseState) error {
	ending := "void"
	if state == approval.CaseClosed {
		ending = procedures.RepaymentWhole
		if formText(fold.Form, "repayment") == procedures.RepaymentUnpaid {
			ending = formText(fold.Form, "ending")
		}
	}
	var rescinded bool
	if err := tx.QueryRow(ctx, `SELECT rescinded_at IS NOT NULL FROM recoveries WHERE case_no = $1 FOR UPDATE`, fold.No).Scan(&rescinded); err != nil {
		return orNotFound(err)
	}
	if rescinded {
		ending = "void"
	}
	if ending != procedures.EndingCourt {
		if err := s.waive(ctx, tx, fold.No, fold.Facts[procedures.FactDeath], fold.Subject); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(ctx, `UPDATE recoveries SET state = 'ended', ending = $2 WHERE case_no = $1`, fold.No, ending); err != nil {
		return err
	}
	if state == approval.CaseClosed && fold.Facts[procedures.FactDebtor] != "" {
		return s.recoverBenefit(ctx, tx, fold)
	}
	return nil
}

// waive ends what is open of a claim.
func (s *Store) waive(ctx context.Context, tx pgx.Tx, no, death, person string) error {
	open, err := openSums(ctx, tx, no)
	if err != nil || len(open) == 0 {
		return err
	}
	_, err = s.book(ctx, tx, booking{key: "waived:" + no, what: bookWaived, death: death, person: person, caseNo: no}, open...)
	return err
}

// recoveriesBroken lists recoveries whose claim, receipts, set-offs, months, instalments or state differ from what
// the ledger and their case say.
const recoveriesBroken = `SELECT r.case_no FROM recoveries r JOIN cases c ON c.no = r.case_no WHERE
	(r.state = 'ended') <> (c.ended_at IS NOT NULL)
	OR (r.state = 'calculating') <> (r.claimed = 0) AND r.state <> 'ended'
	OR r.claimed <> (SELECT coalesce(sum(e.amount), 0) FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction WHERE t.case_no = r.case_no AND t.what = 'claimed_back' AND e.account = 'recovery')
	OR (SELECT coalesce(sum(amount), 0) FROM recovery_receipts x WHERE x.case_no = r.case_no) <> (SELECT coalesce(-sum(e.amount), 0) FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction WHERE t.case_no = r.case_no AND t.what = 'recovered' AND e.account = 'recovery')
	OR (SELECT coalesce(sum(applied), 0) FROM recovery_set_offs x WHERE x.case_no = r.case_no) <> (SELECT coalesce(-sum(e.amount), 0) FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction WHERE e.payee = r.case_no AND t.what IN ('set_off','set_off_undone') AND e.account = 'recovery')
	OR r.scheduled IS DISTINCT FROM (SELECT sum(amount) FROM recovery_instalments x WHERE x.case_no = r.case_no)
	OR EXISTS (SELECT FROM recovery_months m WHERE m.case_no = r.case_no) AND r.claimed <> (SELECT sum(paid - due) FROM recovery_months m WHERE m.case_no = r.case_no)
	OR (SELECT coalesce(sum(e.amount), 0) FROM ledger_entries e JOIN ledger_transactions t ON t.key = e.transaction WHERE e.account = 'recovery' AND (t.case_no = r.case_no OR e.payee = r.case_no))
		NOT BETWEEN 0 AND CASE WHEN r.state = 'ended' AND r.ending <> 'court' OR r.rescinded_at IS NOT NULL AND r.debtor = '' THEN 0 ELSE r.claimed END`
