package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
)

// itemHeld is the outcome of an archive that was left out of a transfer under way because it is held.
const itemHeld = "held"

// settleHold holds an archive on a letter. Of the case and its reason nothing is written where others
// read: not its number in the chain of hands, nor who signed it.
func (s *Store) settleHold(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, found heldArchive) error {
	if err := mayHold(found); err != nil {
		return err
	}
	if err := s.notPast(fold, "reviewOn", "复查日期", "review date"); err != nil {
		return err
	}
	if found.enterprise == "" && formText(fold.Form, "keeper") == procedures.KeptByEnterprise {
		return approval.Invalid("form.keeper", "没有登记该人员的原企业，请填写其他保管单位", "the person's enterprise is not recorded: name another keeper")
	}
	if entry.Stage != procedures.StageHoldConfirm {
		return nil
	}
	keeper := custody{office: found.enterprise}
	if formText(fold.Form, "keeper") == procedures.KeptByOrgan {
		keeper = custody{name: formText(fold.Form, "organ")}
	}
	if err := holdAt(ctx, tx, fold.Subject, "", formText(fold.Form, "reviewOn"), entry.At, keeper); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	// A transfer that has not left yet goes on without it.
	batch.Queue(`UPDATE archive_items i SET outcome = 'held' FROM cases c WHERE c.no = i.case_no AND c.ended_at IS NULL AND i.person = $1 AND i.outcome = ''`, fold.Subject)
	batch.Queue(`INSERT INTO archive_holds(person, letter_number, letter_issuer, reason, particulars, case_no, at) VALUES ($1,$2,$3,$4,$5,$6,$7) ON CONFLICT (person) DO UPDATE
		SET letter_number = EXCLUDED.letter_number, letter_issuer = EXCLUDED.letter_issuer, reason = EXCLUDED.reason, particulars = EXCLUDED.particulars, case_no = EXCLUDED.case_no, at = EXCLUDED.at`,
		fold.Subject, formText(fold.Form, "letterNumber"), formText(fold.Form, "letterIssuer"), formText(fold.Form, "reason"), formText(fold.Form, "particulars"), fold.No, entry.At)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	return recordHeld(ctx, tx, fold.Subject, "", entry.At)
}

// settleReview does what a review of a held archive comes to: another date, or it may be transferred; one
// that an organ keeps is taken back by the enterprise first, which signs for it.
func (s *Store) settleReview(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, found heldArchive) error {
	if found.state != archiveHeld {
		return approval.Refuse(approval.CodeWrongState, "该档案已不是暂不移交的档案，请撤回复查", "the archive is not held any more: withdraw the review")
	}
	stays := formText(fold.Form, "outcome") == procedures.ReviewStays
	switch entry.Stage {
	case procedures.StageReviewRegister:
		if stays {
			return s.notPast(fold, "reviewOn", "复查日期", "review date")
		}
		if found.enterprise == "" {
			return approval.Invalid("form.outcome", "没有登记该人员的原企业，不能移交，请先补登", "the person's enterprise is not recorded, so the archive cannot be transferred; have it entered first")
		}
	case procedures.StageReviewConfirm:
		if stays {
			if err := s.notPast(fold, "reviewOn", "复查日期", "review date"); err != nil {
				return err
			}
			batch := &pgx.Batch{}
			batch.Queue(`UPDATE archives SET review_on = $2::date WHERE person = $1`, fold.Subject, formText(fold.Form, "reviewOn"))
			batch.Queue(`INSERT INTO archive_holds(person, letter_number, particulars, case_no, at) VALUES ($1,$2,$3,$4,$5) ON CONFLICT (person) DO UPDATE
				SET letter_number = EXCLUDED.letter_number, particulars = coalesce(nullif(EXCLUDED.particulars, ''), archive_holds.particulars), case_no = EXCLUDED.case_no, at = EXCLUDED.at`,
				fold.Subject, formText(fold.Form, "letterNumber"), formText(fold.Form, "holdReason"), fold.No, entry.At)
			return tx.SendBatch(ctx, batch).Close()
		}
		if found.holder == found.enterprise {
			return release(ctx, tx, fold, entry, custody{office: found.enterprise, handedBy: signerOf(fold, procedures.StageReviewRegister), receivedBy: entry.Actor.Person})
		}
	case procedures.StageReviewReceipt:
		if formText(fold.Form, "seal") == procedures.SealBroken {
			return approval.Invalid("form.seal", "封条破损的，不能核收，请由保管单位重新清点密封后再送", "with a broken seal it is not received: its keeper counts and seals it anew")
		}
		if err := s.notFuture(fold, "receivedOn", "收到日期", "received on"); err != nil {
			return err
		}
		if formNumber(fold.Form, "volumesCounted") < 1 {
			return approval.Invalid("form.volumesCounted", "请填写实际清点的卷数；没有档案的，不能核收", "give the volumes counted; without an archive there is nothing to receive")
		}
		if err := release(ctx, tx, fold, entry, custody{office: found.enterprise, handedBy: formText(fold.Form, "broughtBy"), receivedBy: entry.Actor.Person}); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `UPDATE archives SET volumes = $2 WHERE person = $1`, fold.Subject, formNumber(fold.Form, "volumesCounted"))
		return err
	}
	return nil
}

// release lets a held archive be transferred: it is with the enterprise, and the person is no longer a
// cadre whose archive stays.
func release(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, to custody) error {
	to.state, to.reason = archiveWithEnterprise, "released"
	if err := handOne(ctx, tx, fold.Subject, fold.No, entry.At, to); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE archives SET review_on = NULL WHERE person = $1`, fold.Subject)
	batch.Queue(`UPDATE persons SET cadre_class = 'ordinary' WHERE id = $1`, fold.Subject)
	batch.Queue(`DELETE FROM archive_holds WHERE person = $1`, fold.Subject)
	return tx.SendBatch(ctx, batch).Close()
}
