package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
)

// WorkflowVersion asks the running workflow of a case for its version; running is false when
// there is none that takes commands.
type WorkflowVersion func(ctx context.Context, no string) (version int64, running bool, err error)

// doctorPage is how many cases are examined at a time.
const doctorPage = 200

// Examine checks every invariant of signoff.md on live data: each case against its journal, its
// read model and its workflow, every chain of hashes, and every signature against the posts of its
// moment. report is called once per violation, with the case number (or stream) it concerns.
func (s *Store) Examine(ctx context.Context, workflow WorkflowVersion, report func(subject, violation string)) (checked, violations int, err error) {
	d := &doctor{store: s, workflow: workflow, report: func(subject, format string, arguments ...any) {
		violations++
		report(subject, fmt.Sprintf(format, arguments...))
	}}
	for after := ""; ; {
		nos, err := s.examinedCases(ctx, after)
		if err != nil {
			return checked, violations, err
		}
		for _, no := range nos {
			if err := d.examine(ctx, no); err != nil {
				return checked, violations, fmt.Errorf("examine case %s: %w", no, err)
			}
			checked++
		}
		if len(nos) < doctorPage {
			break
		}
		after = nos[len(nos)-1]
	}
	streams, err := d.otherStreams(ctx)
	checked += streams
	if err == nil {
		err = d.signatures(ctx)
	}
	if err == nil {
		err = d.orphans(ctx)
	}
	if err == nil {
		err = d.broken(ctx, custodyBroken, "the archive's chain of hands is broken")
	}
	if err == nil {
		err = d.broken(ctx, loansBroken, "the archive's loan and its holder disagree")
	}
	if err == nil {
		err = d.broken(ctx, heldBroken, "what holds the archive and its review date disagree")
	}
	if err == nil {
		err = d.broken(ctx, recallsBroken, "the archive's recall was not signed by both holders")
	}
	if err == nil {
		err = d.broken(ctx, partyBroken, "the chain of Party organisations responsible is broken")
	}
	if err == nil {
		err = d.broken(ctx, groupsBroken, "the form of management and who manages do not agree")
	}
	if err == nil {
		err = d.broken(ctx, deathBroken(), "what a death closed and its state do not agree")
	}
	if err == nil {
		err = d.broken(ctx, ledgerBroken, "the ledger does not balance, or more is paid than was decided")
	}
	if err == nil {
		err = d.broken(ctx, paymentsBroken, "the payment differs from the ledger or the batches, or was paid twice")
	}
	if err == nil {
		err = d.broken(ctx, recoveriesBroken, "the recovery differs from the ledger or its case, or its instalments from the claim")
	}
	if err == nil {
		err = d.broken(ctx, trueUpsBroken, "the benefit or its true-up differs from the ledger, or was booked twice")
	}
	if err == nil {
		err = d.broken(ctx, claimDisputesBroken, "the second claim and what was decided about it do not agree")
	}
	return checked, violations, err
}

func (s *Store) examinedCases(ctx context.Context, after string) ([]string, error) {
	rows, err := s.pool.Query(ctx, `SELECT no FROM cases WHERE no > $1 ORDER BY no LIMIT $2`, after, doctorPage)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

type doctor struct {
	store    *Store
	workflow WorkflowVersion
	report   func(subject, format string, arguments ...any)
}

// examined is one case as the database holds it, read in one snapshot.
type examined struct {
	fold    *approval.Case
	state   approval.CaseState
	stage   string
	version int64
	head    string
	started bool
	since   time.Time
	entries []approval.Entry
	tasks   map[string]approval.Task
}

func (d *doctor) examine(ctx context.Context, no string) error {
	found, err := d.read(ctx, no)
	if err != nil {
		return err
	}
	for _, violation := range approval.Examine(found.fold, found.entries) {
		d.report(no, "invariant %d: %s", violation.Invariant, violation.Text)
	}
	d.readModel(no, found)
	if found.fold.Ended() {
		return nil
	}
	version, running, err := d.workflow(ctx, no)
	switch {
	case err != nil:
		return err
	case !running && (found.started || d.store.clock.Now().Sub(found.since) > time.Minute):
		d.report(no, "invariant 1: the case is open and no workflow runs for it")
	case running && version > found.version:
		d.report(no, "invariant 8: the workflow (version %d) is ahead of the journal (version %d)", version, found.version)
	case running && version < found.version-1:
		// One batch ahead is what a crash between Commit and the reply leaves, and heals at the next command.
		d.report(no, "invariant 8: the journal (version %d) is ahead of the workflow (version %d) by more than one batch", found.version, version)
	}
	return nil
}

// read takes the case, its journal and its tasks in one snapshot, so that a live system shows no
// difference that is only a moment's.
func (d *doctor) read(ctx context.Context, no string) (*examined, error) {
	found := &examined{fold: &approval.Case{}, tasks: map[string]approval.Task{}}
	err := pgx.BeginTxFunc(ctx, d.store.pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		var fold []byte
		if err := tx.QueryRow(ctx, `SELECT fold, state, stage, version, head_hash, started, submitted_at FROM cases WHERE no = $1`, no).
			Scan(&fold, &found.state, &found.stage, &found.version, &found.head, &found.started, &found.since); err != nil {
			return err
		}
		if err := json.Unmarshal(fold, found.fold); err != nil {
			return err
		}
		head, err := d.chain(ctx, tx, stream(no), no, func(body []byte) error {
			entry, err := approval.DecodeEntry(body)
			found.entries = append(found.entries, entry)
			return err
		})
		if err != nil {
			return err
		}
		if head != found.head {
			d.report(no, "invariant 9: the case names another head of its chain than the journal has")
		}
		rows, err := tx.Query(ctx, `SELECT id, office, role, coalesce(owner,''), state, basis, coalesce(signed_by,'') FROM tasks WHERE case_no = $1`, no)
		if err != nil {
			return err
		}
		var task approval.Task
		_, err = pgx.ForEachRow(rows, []any{&task.ID, &task.Office, &task.Role, &task.Owner, &task.State, &task.Basis, &task.SignedBy}, func() error {
			found.tasks[task.ID] = task
			return nil
		})
		return err
	})
	return found, err
}

// chain walks one stream, recomputing each hash from the stored bytes, and returns the last.
func (d *doctor) chain(ctx context.Context, q querier, name, subject string, each func(body []byte) error) (string, error) {
	rows, err := q.Query(ctx, `SELECT seq, body, prev, hash FROM journal WHERE stream = $1 ORDER BY seq`, name)
	if err != nil {
		return "", err
	}
	var seq, expected int64 = 0, 1
	var body []byte
	var prev, hash, last string
	_, err = pgx.ForEachRow(rows, []any{&seq, &body, &prev, &hash}, func() error {
		if seq != expected {
			d.report(subject, "invariant 9: entry %d is missing", expected)
		}
		if prev != last || approval.Hash(prev, body) != hash {
			d.report(subject, "invariant 9: the chain of hashes breaks at entry %d", seq)
		}
		expected, last = seq+1, hash
		return each(body)
	})
	return last, err
}

// readModel compares the rows that screens read with the fold they come from.
func (d *doctor) readModel(no string, found *examined) {
	stage := ""
	if current := found.fold.Current(); current != nil {
		stage = current.Stage
	}
	if found.state != found.fold.State || found.version != found.fold.Version || found.stage != stage {
		d.report(no, "invariant 8: the row of the case (state, stage or version) differs from its fold")
	}
	for i := range found.fold.Visits {
		for _, task := range found.fold.Visits[i].Tasks {
			row, exists := found.tasks[task.ID]
			delete(found.tasks, task.ID)
			switch {
			case !exists:
				d.report(no, "invariant 8: task %s has no row", task.ID)
			case row.Office != task.Office || row.Role != task.Role || row.Owner != task.Owner || row.State != task.State || row.Basis != task.Basis || row.SignedBy != task.SignedBy:
				d.report(no, "invariant 8: the row of task %s differs from the fold", task.ID)
			}
		}
	}
	for _, supervision := range found.fold.Supervisions {
		row, exists := found.tasks[supervision.ID]
		delete(found.tasks, supervision.ID)
		switch {
		case !exists:
			d.report(no, "invariant 8: supervision %s has no row", supervision.ID)
		case row.State != supervision.State || row.Office != supervision.Office || row.SignedBy != supervision.RepliedBy:
			d.report(no, "invariant 8: the row of supervision %s differs from the fold", supervision.ID)
		}
	}
	for id := range found.tasks {
		d.report(no, "invariant 3: task %s belongs to no visit", id)
	}
}

// otherStreams checks the chains that are no case's: access, settings, notes.
func (d *doctor) otherStreams(ctx context.Context) (int, error) {
	rows, err := d.store.pool.Query(ctx, `SELECT DISTINCT stream FROM journal WHERE stream NOT LIKE 'case:%' ORDER BY stream`)
	if err != nil {
		return 0, err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		if _, err := d.chain(ctx, d.store.pool, name, name, func([]byte) error { return nil }); err != nil {
			return 0, err
		}
	}
	return len(names), nil
}

// signatures finds tasks signed by somebody who did not hold the post on the day, nor stood in for
// who held it, nor headed the office of an escalated task (invariant 5). A substitution revoked
// since held on the day; so its end is the day it was revoked.
func (d *doctor) signatures(ctx context.Context) error {
	rows, err := d.store.pool.Query(ctx, `WITH signed AS (SELECT case_no, id, office, role, escalated, signed_by, signed_for, coalesce(signed_for, signed_by) AS holder,
			(closed_at AT TIME ZONE 'Asia/Shanghai')::date AS day FROM tasks WHERE signed_by IS NOT NULL)
		SELECT t.case_no, t.id FROM signed t WHERE NOT EXISTS (SELECT FROM posts p
				WHERE p.person = t.holder AND p.office = t.office AND (p.role = t.role OR t.escalated > 0 AND p.role = 'head') AND p.valid_from <= t.day AND (p.valid_to IS NULL OR p.valid_to >= t.day))
			OR t.signed_for IS NOT NULL AND NOT EXISTS (SELECT FROM substitutions s WHERE s.person = t.signed_for AND s.substitute = t.signed_by AND s.office = t.office AND s.role IN ('', t.role)
				AND t.day BETWEEN s.valid_from AND least(s.valid_to, coalesce((s.revoked_at AT TIME ZONE 'Asia/Shanghai')::date, s.valid_to)))
		ORDER BY t.id`)
	if err != nil {
		return err
	}
	var no, task string
	_, err = pgx.ForEachRow(rows, []any{&no, &task}, func() error {
		d.report(no, "invariant 5: task %s was signed without the post", task)
		return nil
	})
	return err
}

// broken reports each person a query finds: one nobody holds or answers for, or whose chain has a gap.
func (d *doctor) broken(ctx context.Context, query, violation string) error {
	rows, err := d.store.pool.Query(ctx, query)
	if err != nil {
		return err
	}
	var person string
	_, err = pgx.ForEachRow(rows, []any{&person}, func() error {
		d.report(person, "%s", violation)
		return nil
	})
	return err
}

// orphans finds journals whose case row is gone.
func (d *doctor) orphans(ctx context.Context) error {
	rows, err := d.store.pool.Query(ctx, `SELECT DISTINCT substr(stream, 6) FROM journal j WHERE stream LIKE 'case:%' AND NOT EXISTS (SELECT FROM cases c WHERE 'case:' || c.no = j.stream)`)
	if err != nil {
		return err
	}
	var no string
	_, err = pgx.ForEachRow(rows, []any{&no}, func() error {
		d.report(no, "invariant 8: the journal has no case")
		return nil
	})
	return err
}
