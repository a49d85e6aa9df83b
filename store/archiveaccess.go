package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/procedures"
)

// settleAccess does what the approval of a stage of one use of an archive decides.
func (s *Store) settleAccess(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, found heldArchive) error {
	loan := formText(fold.Form, "use") == procedures.AccessLoan
	switch entry.Stage {
	case procedures.StageAccessApplication:
		return s.checkApplication(ctx, tx, fold, found, loan)
	case procedures.StageAccessReading:
		if !found.here() {
			return notHere(found)
		}
		return s.notFuture(fold, "readOn", "查阅日期", "read on")
	case procedures.StageAccessLending:
		if err := s.mayLend(ctx, tx, fold, found); err != nil {
			return err
		}
		if lent := formNumber(fold.Form, "volumesLent"); lent != found.volumes {
			return approval.Invalid("form.volumesLent", fmt.Sprintf("该档案登记为 %d 卷，须整卷借出，不得拆借", found.volumes), fmt.Sprintf("the archive has %d volumes and is lent whole", found.volumes))
		}
		if err := s.notFuture(fold, "lentOn", "借出日期", "lent on"); err != nil {
			return err
		}
		return s.checkReturnDate(ctx, tx, fold)
	case procedures.StageAccessReceipt:
		if err := s.mayLend(ctx, tx, fold, found); err != nil {
			return err
		}
		if formNumber(fold.Form, "volumesCounted") != formNumber(fold.Form, "volumesLent") {
			return approval.Invalid("form.volumesCounted", "清点卷数与借出登记不一致，请当面点清；不一致的，请退回借出登记", "the volumes differ from those handed out: count them together, or return it")
		}
		if err := s.notPast(fold, "returnOn", "归还日期", "to be returned on"); err != nil {
			return err
		}
		return s.lend(ctx, tx, fold, entry, found)
	case procedures.StageAccessReturn:
		return s.takeBackLoan(ctx, tx, fold, entry)
	}
	return nil
}

// checkApplication refuses a visitor who is the person, and a loan without two who come for it or without
// a date within what the place allows.
func (s *Store) checkApplication(ctx context.Context, tx pgx.Tx, fold *approval.Case, found heldArchive, loan bool) error {
	var visitors []struct{ Name string }
	_ = json.Unmarshal(fold.Form["visitors"], &visitors)
	names := map[string]bool{}
	for _, visitor := range visitors {
		names[visitor.Name] = true
	}
	if names[found.name] {
		return approval.Invalid("form.visitors", "本人不得查（借）阅本人档案；来人与档案本人同名的，请另派他人", "nobody reads their own archive; where the visitor is a namesake, send somebody else")
	}
	if !loan {
		return nil
	}
	if len(names) < 2 {
		return approval.Invalid("form.visitors", "借阅档案须有两人前来办理", "two people come for a loan")
	}
	if err := refuseEngaged(ctx, tx, fold.Subject, fold.No, []string{procedures.TypeArchive, procedures.TypeArchiveRecall, procedures.TypeArchiveAccess}); err != nil {
		return err
	}
	return s.checkReturnDate(ctx, tx, fold)
}

func (s *Store) checkReturnDate(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	days, err := s.number(ctx, tx, procedures.SettingArchiveLoanDays, fold.Facts[procedures.FactRegion])
	if err != nil {
		return err
	}
	last := s.clock.Now().In(clock.Zone).AddDate(0, 0, days).Format(time.DateOnly)
	if on := formText(fold.Form, "returnOn"); on <= s.today() || on > last {
		return approval.Invalid("form.returnOn", fmt.Sprintf("归还日期应晚于今天，并不晚于 %s（借阅最长 %d 日）", last, days), fmt.Sprintf("the archive is returned after today and by %s (lent for %d days at most)", last, days))
	}
	return nil
}

func notHere(found heldArchive) error {
	return approval.Refuse(approval.CodeWrongState, "该档案现由"+found.holderName+"保管，不能办理；请待归还，或者撤回申请", "the archive is with "+found.holderName+" now: wait for its return, or withdraw the application")
}

// mayLend refuses while the archive is elsewhere or another case has it in hand.
func (s *Store) mayLend(ctx context.Context, tx pgx.Tx, fold *approval.Case, found heldArchive) error {
	if err := refuseEngaged(ctx, tx, fold.Subject, fold.No, []string{procedures.TypeArchive, procedures.TypeArchiveRecall, procedures.TypeArchiveAccess}); err != nil {
		return err
	}
	if !found.here() || found.holder != fold.Facts[procedures.FactHolder] {
		return notHere(found)
	}
	return nil
}

// lend passes the archive to the borrower: who handed it out and who signs for it have both signed.
func (s *Store) lend(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, found heldArchive) error {
	_, err := tx.Exec(ctx, `INSERT INTO archive_loans(case_no, person, lender, borrower, state_before, volumes, lent_on, due_on) VALUES ($1,$2,$3,$4,$5,$6,$7::date,$8::date)`,
		fold.No, fold.Subject, found.holder, fold.Office, found.state, found.volumes, s.today(), formText(fold.Form, "returnOn"))
	if err != nil {
		return err
	}
	return handOne(ctx, tx, fold.Subject, fold.No, entry.At, custody{office: fold.Office, state: archiveOnLoan, handedBy: signerOf(fold, procedures.StageAccessLending), receivedBy: entry.Actor.Person, reason: "lent"})
}

// moveLoan has a loan due back when the deadline of its return is.
func moveLoan(ctx context.Context, tx pgx.Tx, fold *approval.Case, event *approval.Event) error {
	for _, moved := range event.Deadlines {
		if moved.Due == nil {
			continue
		}
		if _, err := tx.Exec(ctx, `UPDATE archive_loans SET due_on = $2::date WHERE case_no = $1 AND returned_on IS NULL`, fold.No, moved.Due.In(clock.Zone).Format(time.DateOnly)); err != nil {
			return err
		}
	}
	return nil
}

// takeBackLoan ends a loan: every volume is there, and what is wrong with it is named with the day by which
// the borrower makes it good.
func (s *Store) takeBackLoan(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	var volumes int
	var lender, before string
	err := tx.QueryRow(ctx, `SELECT volumes, lender, state_before FROM archive_loans WHERE case_no = $1 AND returned_on IS NULL`, fold.No).Scan(&volumes, &lender, &before)
	if err != nil {
		return orNotFound(err)
	}
	if err := s.notFuture(fold, "returnedOn", "归还日期（实际）", "returned on"); err != nil {
		return err
	}
	if counted := formNumber(fold.Form, "volumesCounted"); counted != volumes {
		return approval.Invalid("form.volumesCounted", fmt.Sprintf("借出 %d 卷，须全部归还后方可销号；未还的，请催还", volumes), fmt.Sprintf("%d volumes were lent: the loan ends when all of them are back; urge the borrower", volumes))
	}
	condition, by := formText(fold.Form, "condition"), formText(fold.Form, "makeGoodBy")
	lent, counted := formNumber(fold.Form, "pagesLent"), formNumber(fold.Form, "pagesCounted")
	switch {
	case condition == procedures.ReturnedWhole && lent > 0 && counted < lent:
		return approval.Invalid("form.condition", fmt.Sprintf("借出 %d 页，清点 %d 页，请登记缺页", lent, counted), fmt.Sprintf("%d pages were lent and %d counted: note what is missing", lent, counted))
	case condition == procedures.ReturnedWhole:
		by = ""
	case by < s.today():
		return approval.Invalid("form.makeGoodBy", "补正期限不能早于今天", "the date by which it is made good cannot be before today")
	}
	_, err = tx.Exec(ctx, `UPDATE archive_loans SET returned_on = $2::date, condition = $3, defects = CASE WHEN $3 = 'whole' THEN '' ELSE $4 END, make_good_by = nullif($5,'')::date WHERE case_no = $1`,
		fold.No, formText(fold.Form, "returnedOn"), condition, formText(fold.Form, "defects"), by)
	if err != nil {
		return err
	}
	return handOne(ctx, tx, fold.Subject, fold.No, entry.At, custody{office: lender, state: before, handedBy: formText(fold.Form, "returnedBy"), receivedBy: entry.Actor.Person, reason: "returned-loan"})
}

// refuseWhileLent keeps a loan from being undone on paper while the archive is out: it is returned.
func refuseWhileLent(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	var out bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM archive_loans WHERE case_no = $1 AND returned_on IS NULL)`, fold.No).Scan(&out); err != nil || !out {
		return err
	}
	return approval.Refuse(approval.CodeWrongState, "档案已借出，不能退回或取回；请归还档案后由档案机构核对销号", "the archive is out on loan: it is brought back, and the archive office counts it")
}

func formNumber(form approval.Form, key string) int {
	var number float64
	_ = json.Unmarshal(form[key], &number)
	return int(number)
}
