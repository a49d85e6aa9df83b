package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// trueUpsAtOnce is how many true-ups begin in one transaction.
const trueUpsAtOnce = 50

// published finds the figure that deaths of the year after go by, in a scheme's province.
func (s *Store) published(ctx context.Context, q querier, region, province string, year int) (rules.UrbanIncome, bool, error) {
	padded, _, known := rules.ProvinceOf(province)
	if !known || year < rules.FirstIncomeYear || year > rules.LastIncomeYear {
		return rules.UrbanIncome{}, false, nil
	}
	name := rules.IncomeSetting(year)
	value, err := s.settingValue(ctx, q, rules.SettingNeed{Name: name}, schemePlace(region, province))
	if err != nil {
		return rules.UrbanIncome{}, false, err
	}
	income, found := rules.PublishedIncome(padded, year, map[string]rules.SettingValue{name: value})
	return income, found, nil
}

// refuseIfPublished sends a provisional benefit back where the right figure has been published since it was signed.
func (s *Store) refuseIfPublished(ctx context.Context, q querier, fold *approval.Case) error {
	year, err := strconv.Atoi(formText(fold.Form, "baseYear"))
	if err != nil || formText(fold.Form, "provisional") != "yes" {
		return nil
	}
	_, found, err := s.published(ctx, q, fold.Facts[procedures.FactRegion], formText(fold.Form, "province"), year+1)
	if err == nil && found {
		return approval.Refuse(approval.CodeWrongState, fmt.Sprintf("%d年数据已经公布，请退回初审重新核定后再放款", year+1), fmt.Sprintf("the figure of %d has been published: the case goes back to be reckoned by it before it is released", year+1))
	}
	return err
}

// BeginTrueUps begins the true-up of every benefit that was released by a provisional figure and whose right one is
// published by now. Whatever is repeated, there is one for one death and year.
func (s *Store) BeginTrueUps(ctx context.Context) (begun int, err error) {
	rows, err := s.pool.Query(ctx, `SELECT DISTINCT c.fold->'facts'->>'region', coalesce(c.fold->'form'->>'province', ''), b.base_year + 1 FROM benefit_claims b JOIN deaths d ON d.case_no = b.death JOIN cases c ON c.no = b.case_no
		WHERE b.provisional AND b.state IN ('released','paid') AND b.base_year IS NOT NULL AND d.state = 'verified' AND NOT EXISTS (SELECT FROM true_ups t WHERE t.benefit = b.case_no AND t.base_year = b.base_year + 1 AND t.state <> 'ended')`)
	if err != nil {
		return 0, err
	}
	type wanted struct {
		Region, Province string
		Year             int
	}
	places, err := pgx.CollectRows(rows, pgx.RowToStructByPos[wanted])
	if err != nil {
		return 0, err
	}
	for _, place := range places {
		_, found, err := s.published(ctx, s.pool, place.Region, place.Province, place.Year)
		if err != nil {
			return begun, err
		}
		for more := found; more; {
			n := 0
			err := s.inTransaction(ctx, func(tx pgx.Tx) error {
				n, err = s.beginTrueUpsOf(ctx, tx, place.Region, place.Province, place.Year)
				return err
			})
			if err != nil {
				return begun, err
			}
			begun, more = begun+n, n == trueUpsAtOnce
		}
	}
	return begun, nil
}

func (s *Store) beginTrueUpsOf(ctx context.Context, tx pgx.Tx, region, province string, year int) (int, error) {
	rows, err := tx.Query(ctx, `SELECT b.case_no, b.death, b.person, p.name FROM benefit_claims b JOIN deaths d ON d.case_no = b.death JOIN cases c ON c.no = b.case_no JOIN persons p ON p.id = b.person
		WHERE b.provisional AND b.state IN ('released','paid') AND b.base_year = $3 - 1 AND d.state = 'verified' AND c.fold->'facts'->>'region' = $1 AND coalesce(c.fold->'form'->>'province', '') = $2
			AND NOT EXISTS (SELECT FROM true_ups t WHERE t.benefit = b.case_no AND t.base_year = $3 AND t.state <> 'ended') ORDER BY b.case_no LIMIT $4 FOR UPDATE OF b SKIP LOCKED`, region, province, year, trueUpsAtOnce)
	if err != nil {
		return 0, err
	}
	type due struct{ Benefit, Death, Person, Name string }
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[due])
	if err != nil {
		return 0, err
	}
	for _, one := range list {
		facts := map[string]string{procedures.FactRegion: region, procedures.FactBenefit: one.Benefit, procedures.FactDeath: one.Death, procedures.FactBaseYear: strconv.Itoa(year)}
		office, err := officesFor(ctx, tx, &approval.Case{Facts: facts}, approval.Signer{OfficeKind: approval.KindAgency})
		if err != nil {
			return 0, err
		}
		if _, err := s.begin(ctx, tx, view.NewCase{Title: one.Name + " · 遗属待遇补差核定", Search: []string{one.Name, one.Benefit},
			Submission: approval.Submission{Type: procedures.TypeTrueUp, Office: office[0], Subject: one.Person, Form: approval.Form{}, Facts: facts}}); err != nil {
			return 0, fmt.Errorf("begin the true-up of %s: %w", one.Benefit, err)
		}
	}
	return len(list), nil
}

// beginTrueUp enters it before its first stage is reckoned.
func beginTrueUp(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	facts := submission.Facts
	_, err := tx.Exec(ctx, `INSERT INTO true_ups(case_no, benefit, person, death, base_year, state) VALUES ($1,$2,$3,$4,$5::text::int,'open')`,
		submission.No, facts[procedures.FactBenefit], submission.Subject, facts[procedures.FactDeath], facts[procedures.FactBaseYear])
	return err
}

// compared is a benefit by the published figure beside what was released of it.
type compared struct {
	reckoned
	released   rules.Fen
	claimants  []claimed
	more       []rules.KindSums
	difference rules.Fen
}

func (c compared) course() string {
	switch {
	case c.difference > 0:
		return procedures.TrueUpPay
	case c.difference < 0:
		return procedures.TrueUpNegative
	}
	return procedures.TrueUpNone
}

// compare reckons a benefit by the figures of today, from what was signed as it was released, and sets against it
// what was released, claimant by claimant.
func (s *Store) compare(ctx context.Context, tx pgx.Tx, fold *approval.Case) (compared, error) {
	benefit, err := foldOf(ctx, tx, fold.Facts[procedures.FactBenefit])
	if err != nil {
		return compared{}, err
	}
	found := compared{}
	if found.reckoned, err = s.reckon(ctx, tx, benefit.Form, benefit.Facts[procedures.FactRegion]); err != nil {
		return found, err
	}
	if found.claimants, err = claimantsOf(ctx, tx, benefit.No); err != nil {
		return found, err
	}
	shares, paid, due := make([]int64, len(found.claimants)), make([]rules.KindSums, len(found.claimants)), make([]rules.KindSums, len(found.claimants))
	for i, one := range found.claimants {
		shares[i] = one.share
	}
	funeral, survivor := rules.SplitShares(found.funeral, shares), rules.SplitShares(found.survivor, shares)
	for i := range due {
		due[i] = rules.KindSums{Funeral: funeral[i], Survivor: survivor[i]}
	}
	// What the family was found to be owed counts, whatever of it was set off; an earlier true-up's too, not this one's.
	rows, err := tx.Query(ctx, `SELECT e.payee, e.kind, -sum(e.amount)::bigint FROM ledger_transactions t JOIN ledger_entries e ON e.transaction = t.key WHERE t.death = $1 AND t.case_no = $2 AND t.what IN ('accrued','trued_up') AND e.account = 'payable' AND t.key <> $3 GROUP BY e.payee, e.kind`,
		fold.Facts[procedures.FactDeath], benefit.No, trueUpKey(fold))
	if err != nil {
		return found, err
	}
	var claimant, kind string
	var amount rules.Fen
	_, err = pgx.ForEachRow(rows, []any{&claimant, &kind, &amount}, func() error {
		i := slices.IndexFunc(found.claimants, func(one claimed) bool { return one.id == claimant })
		found.released += amount
		if i >= 0 && kind == "funeral" {
			paid[i].Funeral += amount
		} else if i >= 0 {
			paid[i].Survivor += amount
		}
		return nil
	})
	found.difference = found.funeral + found.survivor - found.released
	found.more = rules.TrueUp(due, paid)
	return found, err
}

// proposeTrueUp fills in the comparison as the calculation opens; later stages see what was signed.
func (s *Store) proposeTrueUp(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage *approval.Stage) (approval.Form, map[string]approval.Text, error) {
	p := &stageProposal{fold: fold, form: approval.Form{}, reasons: map[string]approval.Text{}}
	for _, field := range stage.Fields {
		if held, ok := fold.Form[field.Key]; ok && !field.Computed {
			p.form[field.Key], p.reasons[field.Key] = held, approval.Text{ZH: "此前填写的内容", EN: "as filled in before"}
		}
	}
	switch stage.Key {
	case procedures.StageTrueUpDecision:
		recourse, source, err := s.setting(ctx, tx, procedures.SettingTrueUpNegative, fold.Facts[procedures.FactRegion])
		if err == nil && p.form["recourse"] == nil && formText(fold.Form, "course") == procedures.TrueUpNegative {
			p.set("recourse", recourse, source, source)
		}
		return p.form, p.reasons, err
	case procedures.StageTrueUpCalculation:
	default:
		return p.form, p.reasons, nil
	}
	found, err := s.compare(ctx, tx, fold)
	if err != nil {
		return nil, nil, err
	}
	var before rules.Fen
	if err := tx.QueryRow(ctx, `SELECT coalesce(base_annual, 0) FROM benefit_claims WHERE case_no = $1`, fold.Facts[procedures.FactBenefit]).Scan(&before); err != nil {
		return nil, nil, orNotFound(err)
	}
	parts := []map[string]any{}
	for i, one := range found.claimants {
		if found.more[i].Total() > 0 {
			parts = append(parts, map[string]any{"name": one.name, "funeral": found.more[i].Funeral, "survivor": found.more[i].Survivor})
		}
	}
	benefit := fold.Facts[procedures.FactBenefit]
	for key, value := range map[string]any{"baseYear": fold.Facts[procedures.FactBaseYear], "provisionalFigure": before, "publishedFigure": found.BaseAnnual, "funeralGrant": found.funeral, "survivorPayment": found.survivor,
		"total": found.funeral + found.survivor, "releasedTotal": found.released, "difference": max(found.difference, -found.difference), "course": found.course(), "parts": parts, "derivation": found.derivation, "payees": payeesVersion(found.claimants)} {
		p.set(key, value, "按公布数与 "+benefit+" 比较", "by the published figure, against "+benefit)
	}
	return p.form, p.reasons, nil
}

// openTrueUp lets nothing go back once the difference is released.
func openTrueUp(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage string) error {
	var released bool
	err := tx.QueryRow(ctx, `SELECT state IN ('released','paid') FROM true_ups WHERE case_no = $1`, fold.No).Scan(&released)
	if err == nil && released && stage != procedures.StageTrueUpPayment {
		return approval.Refuse(approval.CodeWrongState, "补差款项已放款，不能退回或取回", "the difference is released, so nothing goes back")
	}
	return orNotFound(err)
}

// settleTrueUp does what the approval of a stage decides.
func (s *Store) settleTrueUp(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	switch entry.Stage {
	case procedures.StageTrueUpRelease:
		return s.releaseTrueUp(ctx, tx, fold)
	case procedures.StageTrueUpPayment:
		return settlePayment(ctx, tx, fold)
	}
	return nil
}

// trueUpKey is the booking of a true-up: one for one death and published year.
func trueUpKey(fold *approval.Case) string {
	return "trued_up:" + fold.Facts[procedures.FactDeath] + ":" + fold.Facts[procedures.FactBaseYear]
}

// releaseTrueUp owes each claimant what their part has grown by, once for this death and year: what was signed is
// still what the comparison gives, and the payees are those that were seen.
func (s *Store) releaseTrueUp(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	death, benefit := fold.Facts[procedures.FactDeath], fold.Facts[procedures.FactBenefit]
	var verified bool
	if err := tx.QueryRow(ctx, `SELECT state = 'verified' FROM deaths WHERE case_no = $1 FOR SHARE`, death).Scan(&verified); err != nil {
		return orNotFound(err)
	}
	if !verified {
		return approval.Refuse(approval.CodeWrongState, "死亡报告已撤销，不能放款", "the report of the death was rescinded: nothing is paid")
	}
	found, err := s.compare(ctx, tx, fold)
	if err != nil {
		return err
	}
	if found.difference != formFen(fold.Form, "difference") || found.course() != procedures.TrueUpPay || payeesVersion(found.claimants) != formText(fold.Form, "payees") {
		return approval.Refuse(approval.CodeWrongState, "公布数或者收款信息在核定之后有变动，请退回重新核定", "the figure or the payees have changed since this was signed: the case goes back to the calculation")
	}
	office, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: approval.KindAgency})
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	var owed []sum
	for i, one := range found.claimants {
		for _, part := range []sum{{kind: "funeral", payee: one.id, amount: found.more[i].Funeral}, {kind: "survivor", payee: one.id, amount: found.more[i].Survivor}} {
			if part.amount > 0 {
				owed = append(owed, part)
				batch.Queue(`INSERT INTO payments(id, case_no, claimant, office, kind, amount, state, true_up) VALUES ($1,$2,$3,$4,$5,$6,'released',$7)`, one.id+"."+part.kind+"."+fold.No, benefit, one.id, office[0], part.kind, part.amount, fold.No)
			}
		}
	}
	fresh, err := s.book(ctx, tx, booking{key: trueUpKey(fold), what: bookTruedUp, death: death, person: fold.Subject, caseNo: benefit}, owed...)
	if err != nil {
		return err
	}
	if !fresh {
		return approval.Refuse(approval.CodeDuplicate, "该逝者待遇的补差已经放款，不能再次放款", "the true-up for this death is released already")
	}
	batch.Queue(`UPDATE true_ups SET state = 'released' WHERE case_no = $1`, fold.No)
	return tx.SendBatch(ctx, batch).Close()
}

// closeTrueUp drops a true-up only where the death it rests on was rescinded: else the difference is owed.
func closeTrueUp(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var verified bool
	err := tx.QueryRow(ctx, `SELECT state = 'verified' FROM deaths WHERE case_no = $1`, fold.Facts[procedures.FactDeath]).Scan(&verified)
	if errors.Is(err, pgx.ErrNoRows) || err != nil {
		return orNotFound(err)
	}
	if verified {
		return approval.Refuse(approval.CodeWrongState, "补差按规定应当核定，不能撤回", "a true-up is due and cannot be withdrawn")
	}
	_, err = tx.Exec(ctx, `UPDATE true_ups SET state = 'ended' WHERE case_no = $1 AND state = 'open'`, fold.No)
	return err
}

// trueUpsBroken lists benefits that are paid beyond what the ledger has booked as owed, true-ups whose payments are
// not what was booked for them, and what was trued up without a booking of its own.
const trueUpsBroken = `SELECT b.case_no FROM benefit_claims b WHERE coalesce((SELECT sum(p.amount) FROM payments p WHERE p.case_no = b.case_no AND p.true_up IS NULL), 0)
		> coalesce((SELECT -sum(e.amount) FROM ledger_transactions t JOIN ledger_entries e ON e.transaction = t.key WHERE t.what = 'accrued' AND t.case_no = b.case_no AND e.account = 'payable'), 0)
	UNION SELECT u.case_no FROM true_ups u WHERE coalesce((SELECT sum(p.amount) FROM payments p WHERE p.true_up = u.case_no), 0)
		<> CASE WHEN u.state IN ('released','paid') THEN coalesce((SELECT -sum(e.amount) FROM ledger_transactions t JOIN ledger_entries e ON e.transaction = t.key WHERE t.key = 'trued_up:' || u.death || ':' || u.base_year AND e.account = 'payable'), -1) ELSE 0 END
	UNION SELECT t.key FROM ledger_transactions t WHERE t.what = 'trued_up' AND NOT EXISTS (SELECT FROM true_ups u WHERE t.key = 'trued_up:' || u.death || ':' || u.base_year AND u.state IN ('released','paid'))`
