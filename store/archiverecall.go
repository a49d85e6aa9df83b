package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
)

// settleRecall does what the approval of a stage of a recall decides: the archive leaves its holder and is
// signed for by whoever keeps it from then on, and what it was taken for is set right.
func (s *Store) settleRecall(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, found heldArchive) error {
	switch entry.Stage {
	case procedures.StageRecallConfirm:
		return s.checkRecall(fold)
	case procedures.StageRecallConsent:
		return s.takeInRecalled(ctx, tx, fold, entry, found, "returned-recall")
	case procedures.StageRecallDispatch:
		if err := refuseEngaged(ctx, tx, fold.Subject, fold.No, []string{procedures.TypeArchiveAccess}); err != nil {
			return err
		}
		if err := s.takeInRecalled(ctx, tx, fold, entry, found, "returned-recall"); err != nil {
			return err
		}
		carrier := carrierOf(fold.Form)
		return handOne(ctx, tx, fold.Subject, fold.No, entry.At, custody{name: carrier, state: archiveInTransit, handedBy: entry.Actor.Person, receivedBy: carrier, reason: "recalled"})
	case procedures.StageRecallReceipt:
		if formText(fold.Form, "seal") == procedures.SealBroken {
			return approval.Invalid("form.seal", "封条破损的，应当整包退回转出单位重新清点密封，请使用“退回”", "with a broken seal the packet goes back whole: return it")
		}
		return s.endRecall(ctx, tx, fold, entry, found, custody{office: fold.Facts[procedures.FactEnterprise], receivedBy: entry.Actor.Person})
	case procedures.StageRecallReply:
		return s.endRecall(ctx, tx, fold, entry, found, custody{name: formText(fold.Form, "organ"), receivedBy: formText(fold.Form, "receivedBy")})
	}
	return nil
}

// checkRecall refuses a confirmation that does not hold together.
func (s *Store) checkRecall(fold *approval.Case) error {
	if formText(fold.Form, "becomes") == procedures.RecalledHeld {
		return s.notPast(fold, "reviewOn", "复查日期", "review date")
	}
	switch {
	case formText(fold.Form, "keeper") != procedures.KeptByEnterprise:
		return approval.Invalid("form.becomes", "由其他单位保管的档案，按规定暂不移交", "an archive that another organ keeps is held")
	case formText(fold.Form, "cadreClass") != procedures.CadreOrdinary:
		return approval.Invalid("form.becomes", "该干部类别的档案按规定暂不移交，请更正", "the archive of a cadre of this class is held; set one of them right")
	}
	return nil
}

// takeInRecalled has the holder sign for an archive that came back from the way.
func (s *Store) takeInRecalled(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, found heldArchive, reason string) error {
	if found.state != archiveInTransit && found.state != archiveComingBack {
		return nil
	}
	state := archiveWithHolder
	if found.shelf != "" {
		state = archiveShelved
	}
	return handOne(ctx, tx, fold.Subject, fold.No, entry.At, custody{office: fold.Facts[procedures.FactHolder], state: state, receivedBy: entry.Actor.Person, reason: reason})
}

// openRecall notes that an archive is on its way back as the packet is returned.
func openRecall(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage string) error {
	if stage == procedures.StageRecallReceipt || stage == procedures.StageRecallReply {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE archives SET state = 'coming_back' WHERE person = $1 AND case_no = $2 AND state = 'in_transit'`, fold.Subject, fold.No)
	return err
}

// closeRecall ends a recall that did not come to its end: the holder has the archive as before.
func (s *Store) closeRecall(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	found, err := readArchive(ctx, tx, fold.Subject, true)
	if err != nil {
		return err
	}
	return s.takeInRecalled(ctx, tx, fold, entry, found, "withdrawn")
}

func (s *Store) endRecall(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, found heldArchive, to custody) error {
	if counted := formNumber(fold.Form, "volumesCounted"); counted != found.volumes {
		return approval.Invalid("form.volumesCounted", fmt.Sprintf("转出 %d 卷，清点 %d 卷；不一致的，应当整包退回", found.volumes, counted), fmt.Sprintf("%d volumes were sent and %d counted: where they differ, the packet goes back whole", found.volumes, counted))
	}
	if err := s.notFuture(fold, "receivedOn", "收到日期", "received on"); err != nil {
		return err
	}
	held := formText(fold.Form, "becomes") == procedures.RecalledHeld
	to.state, to.handedBy, to.reason = archiveWithEnterprise, found.holderName, "recall-received"
	review := ""
	if held {
		to.state, review = archiveHeld, formText(fold.Form, "reviewOn")
	}
	if err := handOne(ctx, tx, fold.Subject, fold.No, entry.At, to); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE archives SET shelf = '', review_on = nullif($2,'')::date WHERE person = $1`, fold.Subject, review)
	batch.Queue(`UPDATE persons SET cadre_class = $2 WHERE id = $1`, fold.Subject, formText(fold.Form, "cadreClass"))
	if held {
		batch.Queue(`INSERT INTO archive_holds(person, letter_number, reason, particulars, case_no, at) VALUES ($1,$2,'',$3,$4,$5) ON CONFLICT (person) DO UPDATE
			SET letter_number = EXCLUDED.letter_number, letter_issuer = '', reason = '', particulars = EXCLUDED.particulars, case_no = EXCLUDED.case_no, at = EXCLUDED.at`,
			fold.Subject, formText(fold.Form, "letterNumber"), formText(fold.Form, "holdReason"), fold.No, entry.At)
	}
	// Of a centrally managed leader the street keeps nothing (S2.3).
	if err := tx.SendBatch(ctx, batch).Close(); err != nil || !held || formText(fold.Form, "cadreClass") == procedures.CadreCentral {
		return err
	}
	return recordHeld(ctx, tx, fold.Subject, fold.No, entry.At)
}
