package store

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// nameParty adds to the facts of a new handover whether its enterprise has a Party organisation here, and which.
func nameParty(ctx context.Context, q querier, submission *approval.Submission) error {
	var party string
	err := q.QueryRow(ctx, `SELECT id FROM offices WHERE kind = 'party' AND serves = $1`, submission.Facts[procedures.FactEnterprise]).Scan(&party)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	submission.Facts = maps.Clone(submission.Facts)
	submission.Facts[procedures.FactPartyOrganisation], submission.Facts[procedures.FactSender] = "true", party
	return err
}

// beginParties begins a transfer for every Party member of a handover whose relation is with the
// enterprise's organisation, beside the intakes. They are no child cases: the handover does not count them,
// so that its numbers tell nobody of them. For the same reason everybody is entered into the registry now,
// members or not. Cases that exist are left alone; progress is called now and then.
func (s *Store) beginParties(ctx context.Context, handover *approval.Case, progress func()) error {
	current := handover.Current()
	if handover.Type != procedures.TypeHandover || handover.Facts[procedures.FactPartyOrganisation] != "true" || current == nil || current.Stage != procedures.StageIntakes {
		return nil
	}
	with, _, err := s.setting(ctx, s.pool, procedures.SettingPartyWithHandover, handover.Facts[procedures.FactRegion])
	if err != nil || with != "yes" {
		return err
	}
	rows, err := s.pool.Query(ctx, `SELECT id, row, data_key, sealed, name FROM lines WHERE case_no = $1 AND outcome = '' ORDER BY row`, handover.No)
	if err != nil {
		return err
	}
	lines, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (setsOut, error) {
		var one setsOut
		err := row.Scan(&one.line, &one.row, &one.wrapped, &one.sealed, &one.name)
		return one, err
	})
	if err != nil {
		return err
	}
	for _, one := range lines {
		if err := s.beginPartyOf(ctx, handover, one); err != nil {
			return fmt.Errorf("begin the Party transfer of row %d: %w", one.row, err)
		}
		progress()
	}
	return nil
}

// beginPartyOf enters one line's person and, for a member, begins the transfer unless it has begun, or is
// not this organisation's to begin.
func (s *Store) beginPartyOf(ctx context.Context, handover *approval.Case, one setsOut) error {
	values, err := s.openLine(one.line, one.wrapped, one.sealed)
	if err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		person, err := s.upsertPerson(ctx, tx, values, handover.Facts[procedures.FactEnterprise])
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE lines SET person = $2 WHERE id = $1`, one.line, person); err != nil {
			return err
		}
		if procedures.MemberStatus(values["political_status"]) == "" {
			return nil
		}
		sender := handover.Facts[procedures.FactSender]
		var begun, elsewhere bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM cases WHERE subject = $1 AND type = 'party' AND (ended_at IS NULL OR fold->'facts'->>'handover' = $2)),
			EXISTS (SELECT FROM party_relations WHERE person = $1 AND coalesce(holder_office, '') <> $3)`, person, handover.No, sender).Scan(&begun, &elsewhere); err != nil || begun || elsewhere {
			return err
		}
		_, err = s.begin(ctx, tx, view.NewCase{Title: one.name + " · 组织关系", Search: []string{one.name}, Submission: approval.Submission{Type: procedures.TypeParty, Office: sender, Subject: person,
			Facts: map[string]string{procedures.FactSender: sender, procedures.FactEnterprise: handover.Facts[procedures.FactEnterprise],
				procedures.FactRegion: handover.Facts[procedures.FactRegion], procedures.FactHandover: handover.No}}})
		return err
	})
}

// checkParties refuses that the Party's side of a handover is done while a transfer that began with it is
// under way.
func checkParties(ctx context.Context, q querier, handover *approval.Case) error {
	var open int
	var first *string
	err := q.QueryRow(ctx, `SELECT count(*), min(no) FROM cases WHERE type = 'party' AND ended_at IS NULL AND fold->'facts'->>'handover' = $1`, handover.No).Scan(&open, &first)
	if err != nil || open == 0 {
		return err
	}
	return approval.Refuse(approval.CodeWrongState, fmt.Sprintf("还有 %d 名党员的组织关系正在转接（%s 等），办结或撤回后再核对", open, *first),
		fmt.Sprintf("the relations of %d members are still on their way (%s among them): check when these are closed or withdrawn", open, *first))
}

// partyCell says how far the transfer is that began with a handover; nil is a member none began for, or nobody the reader may know of.
func partyCell(state *string, destination string) string {
	if state == nil {
		return ""
	}
	switch approval.CaseState(*state) {
	case approval.CaseOpen:
		return "open"
	case approval.CaseClosed:
		if destination == procedures.DestinationStays {
			return "stays"
		}
		return "done"
	}
	return "none"
}
