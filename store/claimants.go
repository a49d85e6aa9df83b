package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

const (
	claimantPlace = "benefit_claimants|id_sealed|"
	accountPlace  = "benefit_claimants|account_sealed|"
)

// writeClaimants puts the claimants of a case in place of those there were.
func (s *Store) writeClaimants(ctx context.Context, tx pgx.Tx, no string, claimants []view.NewClaimant) error {
	if err := s.keepConsents(ctx, tx, no, claimants); err != nil {
		return err
	}
	ids := make([]string, len(claimants))
	for i := range claimants {
		ids[i] = claimantID(no, i+1)
	}
	batch := &pgx.Batch{}
	batch.Queue(`DELETE FROM benefit_claimants WHERE case_no = $1 AND NOT (id = ANY($2) AND EXISTS (SELECT FROM recovery_set_offs o WHERE o.claimant = id AND o.amount > o.applied))`, no, ids)
	for i, one := range claimants {
		sealed, masked, digest := s.sealAccount(ids[i], one.Account)
		batch.Queue(`INSERT INTO benefit_claimants(id, case_no, row, name, relation, id_index, id_sealed, id_masked, bank, account_sealed, account_masked, account_digest, share) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)
			ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, relation = EXCLUDED.relation, bank = EXCLUDED.bank, account_sealed = EXCLUDED.account_sealed, account_masked = EXCLUDED.account_masked, account_digest = EXCLUDED.account_digest, share = EXCLUDED.share`,
			ids[i], no, i+1, one.Name, one.Relation, s.ring.Index("person", one.IDNumber), s.ring.Seal([]byte(one.IDNumber), claimantPlace+ids[i]), view.MaskID(one.IDNumber), one.Bank, sealed, masked, digest, one.Share)
		s.sealContacts(batch, ids[i], one)
	}
	return tx.SendBatch(ctx, batch).Close()
}

// claimantID names the claimant of a row of a case.
func claimantID(no string, row int) string { return fmt.Sprintf("%s.%d", no, row) }

// keepConsents refuses a list in which somebody whose consent to a set-off holds is left out or stands elsewhere: the
// consent would be another's.
func (s *Store) keepConsents(ctx context.Context, tx pgx.Tx, no string, claimants []view.NewClaimant) error {
	rows, err := tx.Query(ctx, `SELECT c.row, c.name, c.id_index, o.case_no FROM recovery_set_offs o JOIN benefit_claimants c ON c.id = o.claimant WHERE c.case_no = $1 AND o.amount > o.applied ORDER BY c.row`, no)
	if err != nil {
		return err
	}
	var row int
	var name, recovery string
	var index []byte
	_, err = pgx.ForEachRow(rows, []any{&row, &name, &index, &recovery}, func() error {
		if row <= len(claimants) && bytes.Equal(index, s.ring.Index("person", claimants[row-1].IDNumber)) {
			return nil
		}
		return approval.Refuse(approval.CodeWrongState, fmt.Sprintf("%s已签署抵扣同意书（%s），应仍为第 %d 位申领人；需要变动的，先在该件中重新登记答复", name, recovery, row),
			fmt.Sprintf("%s has consented to a set-off (%s) and stays claimant number %d: to change that, the answer is entered anew in that case first", name, recovery, row))
	})
	return err
}

// sealAccount seals a bank account; the digest tells two accounts apart without naming them.
func (s *Store) sealAccount(claimant, account string) (sealed []byte, masked, digest string) {
	if account == "" {
		return nil, "", ""
	}
	return s.ring.Seal([]byte(account), accountPlace+claimant), view.MaskAccount(account), hex.EncodeToString(s.ring.Index("account", account))
}

// SetClaimants changes who claims, or in a correction of an account the account, while that stage is open.
func (s *Store) SetClaimants(ctx context.Context, scope view.Scope, no string, claimants []view.NewClaimant) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		var body []byte
		if err := tx.QueryRow(ctx, `SELECT fold FROM cases WHERE no = $1 FOR UPDATE`, no).Scan(&body); err != nil {
			return orNotFound(err)
		}
		fold := &approval.Case{}
		if err := json.Unmarshal(body, fold); err != nil {
			return err
		}
		if !view.MayEditClaimants(scope, fold) {
			return approval.Refuse(approval.CodeWrongState, "申领人信息只能在受理环节由经办人修改，账户只能在更正环节修改", "the claimants are changed by whoever takes the claim in, the account by whoever corrects it, while that stage is open")
		}
		if fold.Type == procedures.TypeBenefit || fold.Type == procedures.TypeClaimDispute {
			return s.writeClaimants(ctx, tx, no, claimants)
		}
		if len(claimants) != 1 || claimants[0].Account == "" {
			return approval.Invalid("claimants", "请填写一个收款账户", "give one account")
		}
		var claimant string
		if err := tx.QueryRow(ctx, `SELECT claimant FROM payee_corrections WHERE case_no = $1`, no).Scan(&claimant); err != nil {
			return orNotFound(err)
		}
		sealed, masked, digest := s.sealAccount(claimant, claimants[0].Account)
		_, err := tx.Exec(ctx, `UPDATE payee_corrections SET bank = $2, account_sealed = $3, account_masked = $4, account_digest = $5 WHERE case_no = $1`, no, claimants[0].Bank, sealed, masked, digest)
		return err
	})
}

// claimed is one claimant as the checks read them.
type claimed struct {
	id, name, relation, digest string
	share                      int64
}

func claimantsOf(ctx context.Context, q querier, no string) ([]claimed, error) {
	rows, err := q.Query(ctx, `SELECT id, name, relation, account_digest, share FROM benefit_claimants WHERE case_no = $1 ORDER BY row`, no)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (claimed, error) {
		var c claimed
		err := row.Scan(&c.id, &c.name, &c.relation, &c.digest, &c.share)
		return c, err
	})
}

// payeesVersion says which claimants, shares and accounts somebody has seen.
func payeesVersion(list []claimed) string {
	var all strings.Builder
	for _, one := range list {
		fmt.Fprintf(&all, "%s|%s|%d\n", one.id, one.digest, one.share)
	}
	sum := sha256.Sum256([]byte(all.String()))
	return hex.EncodeToString(sum[:])[:16]
}

// wholeClaimants opens who claims in a case, to be written to another.
func (s *Store) wholeClaimants(ctx context.Context, tx pgx.Tx, no string) ([]view.NewClaimant, error) {
	rows, err := tx.Query(ctx, `SELECT id, name, relation, id_sealed, bank, account_sealed, phone_sealed, mail_sealed, share FROM benefit_claimants WHERE case_no = $1 ORDER BY row`, no)
	if err != nil {
		return nil, err
	}
	list := []view.NewClaimant{}
	var one view.NewClaimant
	var id string
	var number, account, phone, mail []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &one.Name, &one.Relation, &number, &one.Bank, &account, &phone, &mail, &one.Share}, func() error {
		for _, each := range []struct {
			sealed []byte
			place  string
			opened *string
		}{{number, claimantPlace, &one.IDNumber}, {account, accountPlace, &one.Account}, {phone, claimantPhonePlace, &one.Phone}, {mail, claimantMailPlace, &one.Mail}} {
			*each.opened = ""
			if each.sealed == nil {
				continue
			}
			opened, err := s.ring.Open(each.sealed, each.place+id)
			if err != nil {
				return err
			}
			*each.opened = string(opened)
		}
		list = append(list, one)
		return nil
	})
	return list, err
}

// sealContacts seals how a claimant is reached, beside the account.
func (s *Store) sealContacts(batch *pgx.Batch, id string, one view.NewClaimant) {
	seal := func(text, place string) []byte {
		if text == "" {
			return nil
		}
		return s.ring.Seal([]byte(text), place+id)
	}
	mail := ""
	if one.Mail != "" {
		mail = view.MaskMail(one.Mail)
	}
	batch.Queue(`UPDATE benefit_claimants SET phone_sealed = $2, phone_masked = $3, mail_sealed = $4, mail_masked = $5 WHERE id = $1`,
		id, seal(one.Phone, claimantPhonePlace), view.MaskPhone(one.Phone), seal(one.Mail, claimantMailPlace), mail)
}
