package store

import (
	"context"
	"encoding/hex"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// settleDuplicates takes out of a batch, as its screening is confirmed, whom somebody else hands over: before
// that nothing may be said of a line (S2.3). Whom a community or the body of a group manages is not handed over again, whom the same
// enterprise has listed in another batch is left there, and about whom another enterprise has listed a case of
// its own decides. Two batches are screened one after the other here, so that neither misses the other.
func (s *Store) settleDuplicates(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock(hashtextextended('duplicates', 0))`); err != nil {
		return err
	}
	if err := endLines(ctx, tx, fold, procedures.OutcomeOutOfScope, `EXISTS (SELECT FROM persons p WHERE p.id = person_of(lines.id_index) AND (p.community IS NOT NULL OR p.managed_group IS NOT NULL))`, "managed"); err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT l.id, l.row, l.name, l.data_key, l.sealed, other.id, other.enterprise FROM lines l JOIN LATERAL (
			SELECT o.id, c.fold->'facts'->>'enterprise' AS enterprise FROM lines o JOIN cases c ON c.no = o.case_no
			WHERE o.id_index = l.id_index AND o.case_no <> l.case_no AND o.outcome = '' AND o.screened AND c.ended_at IS NULL ORDER BY c.submitted_at LIMIT 1) other ON true
		WHERE l.case_no = $1 AND l.outcome = '' ORDER BY l.row`, fold.No)
	if err != nil {
		return err
	}
	type twice struct {
		setsOut
		other, enterprise string
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (twice, error) {
		var t twice
		err := row.Scan(&t.line, &t.row, &t.name, &t.wrapped, &t.sealed, &t.other, &t.enterprise)
		return t, err
	})
	if err != nil {
		return err
	}
	for _, each := range found {
		if each.enterprise == fold.Facts[procedures.FactEnterprise] {
			if _, err := tx.Exec(ctx, `UPDATE lines SET outcome = $2, outcome_reason = 'duplicate' WHERE id = $1`, each.line, procedures.OutcomeReturned); err != nil {
				return err
			}
			continue
		}
		if err := s.openDispute(ctx, tx, fold, each.setsOut, each.other, each.enterprise); err != nil {
			return fmt.Errorf("open the dispute about row %d: %w", each.row, err)
		}
	}
	return nil
}

// openDispute begins the case that decides who hands a person over, and takes the later line out of its batch.
func (s *Store) openDispute(ctx context.Context, tx pgx.Tx, fold *approval.Case, later setsOut, earlier, enterprise string) error {
	bureau, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: approval.KindBureau})
	if err != nil {
		return err
	}
	no, err := s.begin(ctx, tx, view.NewCase{Title: later.name + " · 重复申报", Search: []string{later.name}, Access: append(bureau, enterprise),
		Submission: approval.Submission{Type: procedures.TypeDispute, Office: fold.Facts[procedures.FactEnterprise],
			Facts: map[string]string{procedures.FactEnterprise: fold.Facts[procedures.FactEnterprise], procedures.FactOtherEnterprise: enterprise,
				procedures.FactRegion: fold.Facts[procedures.FactRegion], procedures.FactLine: later.line, procedures.FactOtherLine: earlier}}})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE lines SET outcome = $2, outcome_reason = 'dispute', dispute = $3 WHERE id = $1`, later.line, procedures.OutcomeReturned, no)
	return err
}

// disputed is one side of a dispute, locked.
type disputed struct {
	outcome, reception string
	received           bool
}

func (s *Store) disputedLine(ctx context.Context, tx pgx.Tx, line string) (disputed, error) {
	var d disputed
	err := tx.QueryRow(ctx, `SELECT l.outcome, coalesce((SELECT no FROM cases c WHERE c.no = l.reception AND c.ended_at IS NULL), ''), l.outcome = 'received' FROM lines l WHERE l.id = $1 FOR UPDATE OF l`, line).
		Scan(&d.outcome, &d.reception, &d.received)
	return d, orNotFound(err)
}

// settleDispute does what the bureau has decided. For the earlier enterprise nothing changes but the words; for
// the later one the person leaves the other's batch and a handover of that person alone begins, unless a
// community has received them meanwhile: then only the enterprise behind them is put right.
func (s *Store) settleDispute(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	later, earlier := fold.Facts[procedures.FactLine], fold.Facts[procedures.FactOtherLine]
	if formText(fold.Form, "decision") == procedures.DecidedForEarlier {
		_, err := tx.Exec(ctx, `UPDATE lines SET outcome_reason = 'decided' WHERE id = $1`, later)
		return err
	}
	side, err := s.disputedLine(ctx, tx, earlier)
	if err != nil {
		return err
	}
	switch {
	case side.reception != "":
		return approval.Refuse(approval.CodeWrongState, "先申报企业的移交已到社区核实（"+side.reception+"），请待社区确认接收或退回后再审定", "the earlier enterprise's handover is with the community ("+side.reception+"): decide once it has received the person or sent them back")
	case side.received:
		_, err := tx.Exec(ctx, `UPDATE persons SET enterprise = $2 WHERE id = (SELECT person FROM lines WHERE id = $1)`, earlier, fold.Facts[procedures.FactEnterprise])
		return err
	}
	if side.outcome == "" {
		if _, err := tx.Exec(ctx, `UPDATE lines SET outcome = $2, outcome_reason = 'decided', dispute = $3 WHERE id = $1`, earlier, procedures.OutcomeReturned, fold.No); err != nil {
			return err
		}
	}
	return s.handOverAlone(ctx, tx, fold, later)
}

// handOverAlone begins the handover of one person who left a batch, in the name of the same enterprise.
func (s *Store) handOverAlone(ctx context.Context, tx pgx.Tx, fold *approval.Case, line string) error {
	var wrapped, sealed, index []byte
	var restructured, name string
	if err := tx.QueryRow(ctx, `SELECT l.data_key, l.sealed, l.id_index, c.fold->'facts'->>'restructured', o.name FROM lines l JOIN cases c ON c.no = l.case_no JOIN offices o ON o.id = $2 WHERE l.id = $1`,
		line, fold.Facts[procedures.FactEnterprise]).Scan(&wrapped, &sealed, &index, &restructured, &name); err != nil {
		return orNotFound(err)
	}
	values, err := s.openLine(line, wrapped, sealed)
	if err != nil {
		return err
	}
	key := hex.EncodeToString(index)
	// The case the line left still holds the key, where it was of this one person.
	if _, err := tx.Exec(ctx, `UPDATE business_keys b SET live = false FROM lines l WHERE l.id = $1 AND b.case_no = l.case_no AND b.kind = 'handover' AND b.key = $2`, line, key); err != nil {
		return err
	}
	enterprise := fold.Facts[procedures.FactEnterprise]
	_, err = s.begin(ctx, tx, view.NewCase{Title: name + " · 1 人", Search: []string{name}, BusinessKeys: map[string]string{"handover": key}, Lines: []view.NewLine{{Row: 1, Values: values}},
		Submission: approval.Submission{Type: procedures.TypeHandover, Office: enterprise, Form: approval.Form{}, Facts: map[string]string{procedures.FactEnterprise: enterprise,
			procedures.FactRegion: fold.Facts[procedures.FactRegion], procedures.FactRestructured: restructured, procedures.FactBatch: "false"}}})
	return err
}
