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
	"jieli/procedures"
	"jieli/rules"
)

// beginDeath records the report of a death. A second one joins the first: it is refused, naming that case.
func (s *Store) beginDeath(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	var known string
	var verified bool
	err := tx.QueryRow(ctx, `SELECT coalesce(d.case_no, ''), coalesce(d.state = 'verified', false) FROM persons p LEFT JOIN deaths d ON d.person = p.id AND d.state IN ('reported','verified') WHERE p.id = $1 FOR UPDATE OF p`,
		submission.Subject).Scan(&known, &verified)
	switch {
	case err != nil:
		return orNotFound(err)
	case verified:
		return approval.Refuse(approval.CodeDuplicate, "该人员的死亡已核实（"+known+"）", "this person's death is verified already ("+known+")")
	case known != "":
		return approval.Refuse(approval.CodeDuplicate, "已有该人员的死亡报告在办（"+known+"），请把新的情况补充到该件", "a report of this death is open already ("+known+"); add what you know to that case")
	}
	died, err := s.diedOn(ctx, tx, submission.Subject, submission.Form)
	if err != nil {
		return err
	}
	now := s.clock.Now().UTC()
	if _, err := tx.Exec(ctx, `INSERT INTO deaths(case_no, person, state, died_on, source, reported_at) VALUES ($1,$2,'reported',$3,$4,$5)`,
		submission.No, submission.Subject, died, formText(submission.Form, "source"), now); err != nil {
		return err
	}
	return s.noticeDue(ctx, tx, submission.No, submission.Office)
}

// diedOn reads the day that counts out of a form: that of a court's declaration, else that of the death; nil
// where none is given yet. It lies neither before the person's birth nor in the future.
func (s *Store) diedOn(ctx context.Context, q querier, person string, form approval.Form) (*time.Time, error) {
	key := "diedOn"
	if formText(form, "evidence") == procedures.EvidenceCourt {
		key = "declaredOn"
	}
	text := formText(form, key)
	if text == "" {
		return nil, nil
	}
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return nil, approval.Invalid("form."+key, "日期应写成 2026-11-24 的样子", "a date is written like 2026-11-24")
	}
	var sealed []byte
	if err := q.QueryRow(ctx, `SELECT id_sealed FROM persons WHERE id = $1`, person).Scan(&sealed); err != nil {
		return nil, orNotFound(err)
	}
	number, err := s.ring.Open(sealed, "persons|id_sealed|"+person)
	if err != nil {
		return nil, err
	}
	if text > s.today() {
		return nil, approval.Invalid("form."+key, "日期不能晚于今天", "the date cannot be after today")
	}
	if born := rules.CheckIDNumber(string(number), s.clock.Now()).Birth; day.Before(time.Date(born.Year(), born.Month(), born.Day(), 0, 0, 0, 0, time.UTC)) {
		return nil, approval.Invalid("form."+key, "日期不能早于出生日期", "the date cannot be before the person's birth")
	}
	return &day, nil
}

// noticeDue keeps the last day of the duty to tell the agency, counted by an office's calendar.
func (s *Store) noticeDue(ctx context.Context, tx pgx.Tx, no, office string) error {
	var died *time.Time
	if err := tx.QueryRow(ctx, `SELECT died_on FROM deaths WHERE case_no = $1`, no).Scan(&died); err != nil || died == nil {
		return err
	}
	calendar, err := s.calendarFor(ctx, tx, office)
	if err != nil {
		return err
	}
	due := calendar.Deadline(rules.DeathNotice, time.Date(died.Year(), died.Month(), died.Day(), 12, 0, 0, 0, rules.Zone), nil)
	_, err = tx.Exec(ctx, `UPDATE deaths SET notice_due = $2::date WHERE case_no = $1`, no, due.At.In(rules.Zone).Format(time.DateOnly))
	return err
}

// settleDeath does what the approval of a stage decides. Until the last one a death closes nothing.
func (s *Store) settleDeath(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	if entry.Stage == procedures.StageDeathDecision {
		return s.verifyDeath(ctx, tx, fold, entry)
	}
	if entry.Stage != procedures.StageDeathReport && entry.Stage != procedures.StageDeathVerification {
		return nil
	}
	died, err := s.diedOn(ctx, tx, fold.Subject, fold.Form)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `UPDATE deaths SET died_on = $2, source = $3, evidence = $4 WHERE case_no = $1`, fold.No, died, formText(fold.Form, "source"), formText(fold.Form, "evidence")); err != nil {
		return err
	}
	return s.noticeDue(ctx, tx, fold.No, fold.Office)
}

// verifyDeath makes a report a verified death: the pension stops from the month after, what can be closed is
// closed, and whoever has an open case of the person in hand is told.
func (s *Store) verifyDeath(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	died, err := s.diedOn(ctx, tx, fold.Subject, fold.Form)
	if err != nil {
		return err
	}
	if died == nil {
		return approval.Invalid("form.diedOn", "请填写死亡日期", "give the date of death")
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE deaths SET state = 'verified', died_on = $2, pension_stops = $3, verified_at = $4 WHERE case_no = $1`, fold.No, died, rules.PensionStops(*died), entry.At)
	batch.Queue(`INSERT INTO person_history(person, at, what, manager, form, case_no) SELECT id, $2, 'death', coalesce(community, enterprise, ''), form, $3 FROM persons WHERE id = $1`, fold.Subject, entry.At, fold.No)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if err := closeRecords(ctx, tx, fold.No, entry.At); err != nil {
		return err
	}
	if err := tellHolders(ctx, tx, fold, entry, "died"); err != nil {
		return err
	}
	return s.recoverPension(ctx, tx, fold)
}

// dropDeath ends a report that was not verified. It has closed nothing, so that nothing is restored.
func dropDeath(ctx context.Context, tx pgx.Tx, no string) error {
	_, err := tx.Exec(ctx, `UPDATE deaths SET state = 'dropped' WHERE case_no = $1 AND state = 'reported'`, no)
	return err
}

// tellHolders gives a notice to whoever holds a task of an open case about the person: as its subject, as one
// of the people of a batch, or by their archive.
func tellHolders(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, kind string) error {
	rows, err := tx.Query(ctx, `SELECT t.case_no, t.id, t.stage, t.office, t.role, coalesce(t.owner, '') FROM tasks t JOIN cases c ON c.no = t.case_no
		WHERE c.ended_at IS NULL AND t.state = 'open' AND c.type NOT IN ('death','rescission') AND c.no IN (SELECT no FROM cases WHERE subject = $1
			UNION SELECT case_no FROM archive_items WHERE person = $1 AND outcome = ''
			UNION SELECT unnest(ARRAY[l.case_no, l.intake, l.reception]) FROM lines l JOIN persons p ON p.id = $1 AND p.id_index = l.id_index WHERE l.outcome = '') ORDER BY t.id`, fold.Subject)
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	var task approval.Task
	var no, stage string
	_, err = pgx.ForEachRow(rows, []any{&no, &task.ID, &stage, &task.Office, &task.Role, &task.Owner}, func() error {
		queueNotice(batch, holder(task), notice{kind: kind, no: no, task: task.ID, stage: stage, actor: approval.SystemPerson, at: entry.At})
		return nil
	})
	if err != nil {
		return err
	}
	return tx.SendBatch(ctx, batch).Close()
}

// beginRescission makes sure that there is a verified death of the person to correct.
func beginRescission(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	var state string
	err := tx.QueryRow(ctx, `SELECT state FROM deaths WHERE case_no = $1 AND person = $2 FOR UPDATE`, submission.Facts[procedures.FactDeath], submission.Subject).Scan(&state)
	if errors.Is(err, pgx.ErrNoRows) || err == nil && state != "verified" {
		return approval.Refuse(approval.CodeWrongState, "只有已核实的死亡才办理误报更正；尚未核实的，请撤回报告", "only a verified death is rescinded; a report that is not verified yet is withdrawn")
	}
	return err
}

// withheld names the months and the sum (in fen) that a rescission pays out today. What was paid before the death
// was verified has not been withheld; what was recovered of it is given back apart.
func (s *Store) withheld(ctx context.Context, q querier, fold *approval.Case) (months []map[string]string, total int64, err error) {
	var stopped time.Time
	var paid []string
	if err := q.QueryRow(ctx, `SELECT greatest(pension_stops, date_trunc('month', `+verifiedOn+`)::date), ARRAY(SELECT m.month FROM recovery_months m JOIN recoveries r USING (case_no) WHERE r.death = d.case_no) FROM deaths d WHERE case_no = $1`, fold.Facts[procedures.FactDeath]).Scan(&stopped, &paid); err != nil {
		return nil, 0, orNotFound(err)
	}
	var monthly int64
	if err := json.Unmarshal(fold.Form["monthlyAmount"], &monthly); err != nil {
		return nil, 0, fmt.Errorf("read the monthly pension: %w", err)
	}
	today, err := time.Parse(time.DateOnly, s.today())
	if err != nil {
		return nil, 0, err
	}
	months = []map[string]string{}
	for _, month := range rules.WithheldMonths(stopped, today) {
		if !slices.Contains(paid, month) {
			months = append(months, map[string]string{"month": month})
		}
	}
	return months, monthly * int64(len(months)), nil
}

// settleRescission takes a verified death back: every closed record is as it was before, and the pension
// resumes from the month it stopped.
func (s *Store) settleRescission(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	switch entry.Stage {
	case procedures.StageRescissionReport:
		return s.checkSeen(ctx, tx, fold)
	case procedures.StageRescissionDecision:
	default:
		return nil
	}
	death := fold.Facts[procedures.FactDeath]
	var state string
	if err := tx.QueryRow(ctx, `SELECT state FROM deaths WHERE case_no = $1 FOR UPDATE`, death).Scan(&state); err != nil {
		return orNotFound(err)
	}
	if state != "verified" {
		return approval.Refuse(approval.CodeWrongState, "该死亡登记已更正", "this death is rescinded already")
	}
	months, total := []map[string]string{}, int64(0)
	if err := json.Unmarshal(fold.Form["withheldMonths"], &months); err != nil {
		return err
	}
	if err := json.Unmarshal(fold.Form["withheldTotal"], &total); err != nil {
		return err
	}
	batch := &pgx.Batch{}
	batch.Queue(`UPDATE deaths SET state = 'rescinded', rescinded_at = $2, rescission = $3, withheld_months = $4, withheld_fen = $5 WHERE case_no = $1`, death, entry.At, fold.No, len(months), total)
	batch.Queue(`INSERT INTO person_history(person, at, what, manager, form, case_no) SELECT id, $2, 'rescission', coalesce(community, enterprise, ''), form, $3 FROM persons WHERE id = $1`, fold.Subject, entry.At, fold.No)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	if err := restoreRecords(ctx, tx, death, entry.At); err != nil {
		return err
	}
	if err := tellHolders(ctx, tx, fold, entry, "rescinded"); err != nil {
		return err
	}
	return s.takeBack(ctx, tx, fold, entry)
}

// checkSeen refuses a day on which the person cannot have been seen alive after the death.
func (s *Store) checkSeen(ctx context.Context, q querier, fold *approval.Case) error {
	var died string
	if err := q.QueryRow(ctx, `SELECT died_on::text FROM deaths WHERE case_no = $1`, fold.Facts[procedures.FactDeath]).Scan(&died); err != nil {
		return orNotFound(err)
	}
	if seen := formText(fold.Form, "seenOn"); seen > s.today() || seen <= died {
		return approval.Invalid("form.seenOn", "核见日期应在登记的死亡日期（"+died+"）之后，且不晚于今天", "the person was seen after the date on record ("+died+") and not after today")
	}
	return nil
}
