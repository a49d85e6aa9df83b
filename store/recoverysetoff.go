package store

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// consent is what one claimant lets be kept of their benefit, at most.
type consent struct {
	Claimant string    `json:"claimant"`
	Amount   rules.Fen `json:"amount"`
}

// setOffBenefit finds the claim on the benefit of a death while nothing of it is released.
func setOffBenefit(ctx context.Context, tx pgx.Tx, death string) (*approval.Case, error) {
	var no string
	err := tx.QueryRow(ctx, `SELECT case_no FROM benefit_claims WHERE death = $1 AND state = 'claimed' FOR UPDATE`, death).Scan(&no)
	if err != nil && orNotFound(err) == err {
		return nil, err
	}
	if err != nil {
		return nil, approval.Refuse(approval.CodeWrongState, "该逝者没有申领遗属待遇，或者已经放款，不能抵扣", "no benefit is claimed for this death, or it is released already: nothing can be set off")
	}
	return foldOf(ctx, tx, no)
}

// proposeSetOff keeps who has consented to how much. It holds once the head has agreed.
func (s *Store) proposeSetOff(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var ticked []string
	_ = json.Unmarshal(fold.Form[approval.FieldMaterials], &ticked)
	if !slices.Contains(ticked, procedures.MaterialConsent) {
		return &approval.Error{Code: approval.CodeMissingMaterials, Message: approval.Text{ZH: "没有申领人签名的抵扣同意书，不能抵扣", EN: "nothing is set off without the claimant's signed consent"},
			Problems: []approval.Problem{{Location: "form." + approval.FieldMaterials, Code: approval.CodeMissingMaterials, Message: approval.Text{ZH: "缺少申领人签名的抵扣同意书", EN: "missing: the consent signed by the claimant"}}}}
	}
	benefit, err := setOffBenefit(ctx, tx, fold.Facts[procedures.FactDeath])
	if err != nil {
		return err
	}
	claimants, err := claimantsOf(ctx, tx, benefit.No)
	if err != nil {
		return err
	}
	open, err := openSums(ctx, tx, fold.No)
	if err != nil {
		return err
	}
	owed := owedBy(benefit, claimants)
	var given []consent
	_ = json.Unmarshal(fold.Form["setOffs"], &given)
	batch, total, named := &pgx.Batch{}, rules.Fen(0), map[string]bool{}
	for i, one := range given {
		var found []int
		for at, claimant := range claimants {
			if claimant.name == one.Claimant {
				found = append(found, at)
			}
		}
		wrong := func(zh, en string) error {
			return approval.Invalid("form.setOffs", fmt.Sprintf("第 %d 条：%s", i+1, zh), fmt.Sprintf("entry %d: %s", i+1, en))
		}
		switch {
		case len(found) != 1 || named[one.Claimant]:
			return wrong("应为办件 "+benefit.No+" 的一位申领人，每人一条", "should be one claimant of the case "+benefit.No+", each told once")
		case one.Amount <= 0:
			return wrong("请填写最高抵扣金额", "give the most that is set off")
		case owed != nil && one.Amount > owed[found[0]]:
			return wrong("超过该申领人应得的 "+owed[found[0]].String()+" 元", "it is more than the ¥"+owed[found[0]].String()+" due to that claimant")
		}
		named[one.Claimant] = true
		total += one.Amount
		batch.Queue(`INSERT INTO recovery_set_offs(case_no, claimant, amount) VALUES ($1,$2,$3) ON CONFLICT (case_no, claimant) DO UPDATE SET amount = recovery_set_offs.applied + EXCLUDED.amount`, fold.No, claimants[found[0]].id, one.Amount)
	}
	if total > totalOf(open) {
		return approval.Invalid("form.setOffs", "合计超过未结清的 "+totalOf(open).String()+" 元", "together it is more than the ¥"+totalOf(open).String()+" that is open")
	}
	return tx.SendBatch(ctx, batch).Close()
}

// owedBy is what each claimant is to get, once the sums are reviewed; nil before.
func owedBy(benefit *approval.Case, claimants []claimed) []rules.Fen {
	if _, reviewed := benefit.Form["total"]; !reviewed {
		return nil
	}
	shares, owed := make([]int64, len(claimants)), make([]rules.Fen, len(claimants))
	for i, one := range claimants {
		shares[i] = one.share
	}
	for _, key := range []string{"funeralGrant", "survivorPayment"} {
		for i, part := range rules.SplitShares(formFen(benefit.Form, key), shares) {
			owed[i] += part
		}
	}
	return owed
}

// checkSetOff refuses to agree to a set-off against a benefit that was released meanwhile.
func (s *Store) checkSetOff(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	_, err := setOffBenefit(ctx, tx, fold.Facts[procedures.FactDeath])
	return err
}

// setOff books what is kept of a benefit that is released, as its claimants have consented and as far as the claim
// on pension is open, and says how much of each sum that is.
func (s *Store) setOff(ctx context.Context, tx pgx.Tx, benefit *approval.Case, owed []sum) ([]rules.Fen, error) {
	kept := make([]rules.Fen, len(owed))
	rows, err := tx.Query(ctx, `SELECT o.case_no, o.claimant, o.amount - o.applied FROM recovery_set_offs o JOIN recoveries r USING (case_no)
		WHERE r.death = $1 AND r.state = 'decided' AND o.agreed AND o.amount > o.applied ORDER BY o.case_no, o.claimant FOR UPDATE OF r, o`, benefit.Facts[procedures.FactDeath])
	if err != nil {
		return nil, err
	}
	type agreed struct {
		No, Claimant string
		Left         rules.Fen
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[agreed])
	if err != nil {
		return nil, err
	}
	for _, one := range list {
		open, err := openSums(ctx, tx, one.No)
		if err != nil {
			return nil, err
		}
		left := min(one.Left, totalOf(open))
		for i, due := range owed {
			part := min(left, due.amount-kept[i])
			if due.payee != one.Claimant || part <= 0 {
				continue
			}
			if _, err := s.book(ctx, tx, booking{key: "set_off:" + one.No + ":" + due.payee + ":" + due.kind, what: bookSetOff, death: benefit.Facts[procedures.FactDeath], person: benefit.Subject, caseNo: benefit.No, reason: one.No},
				sum{kind: due.kind, payee: due.payee, amount: part, to: &sum{kind: kindPension, payee: one.No}}); err != nil {
				return nil, err
			}
			kept[i], left = kept[i]+part, left-part
			if _, err := tx.Exec(ctx, `UPDATE recovery_set_offs SET applied = applied + $3 WHERE case_no = $1 AND claimant = $2`, one.No, one.Claimant, part); err != nil {
				return nil, err
			}
		}
	}
	return kept, nil
}
