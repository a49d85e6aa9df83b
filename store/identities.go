package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/rules"
)

const identityPlace = "identity_corrections|new_sealed|"

// beginIdentity keeps the number that a new correction asks for, sealed, unless it is the person's own or
// another's.
func (s *Store) beginIdentity(ctx context.Context, tx pgx.Tx, submission approval.Submission, number string) error {
	index := s.ring.Index("person", number)
	var masked string
	var own, others bool
	err := tx.QueryRow(ctx, `SELECT id_masked, id_index = $2, person_of($2) IS NOT NULL AND person_of($2) <> id FROM persons WHERE id = $1 FOR UPDATE`, submission.Subject, index).Scan(&masked, &own, &others)
	switch {
	case err != nil:
		return orNotFound(err)
	case own:
		return approval.Invalid("form.newNumber", "与现登记号码相同，无需更正", "this is the number on record")
	case others:
		return takenByAnother()
	}
	_, err = tx.Exec(ctx, `INSERT INTO identity_corrections(case_no, person, new_index, new_sealed, new_masked, old_masked) VALUES ($1,$2,$3,$4,$5,$6)`,
		submission.No, submission.Subject, index, s.ring.Seal([]byte(number), identityPlace+submission.No), view.MaskID(number), masked)
	return err
}

func takenByAnother() error {
	return approval.Invalid("form.newNumber", "该号码已登记在另一名人员名下，不能更正；请先核实是否同一人重复登记", "another person is on record with this number: find out first whether it is the same person entered twice")
}

// proposeIdentity names both numbers, masked.
func proposeIdentity(ctx context.Context, q querier, fold *approval.Case) (old, new string, err error) {
	err = q.QueryRow(ctx, `SELECT old_masked, new_masked FROM identity_corrections WHERE case_no = $1`, fold.No).Scan(&old, &new)
	return old, new, orNotFound(err)
}

// settleIdentity makes the new number the person's: in the registry, and on every line on its way. The old one
// stays known as theirs, so that a list that still has it finds the same person.
func (s *Store) settleIdentity(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	var index, sealed, oldIndex, oldSealed []byte
	var oldMasked string
	var taken bool
	err := tx.QueryRow(ctx, `SELECT c.new_index, c.new_sealed, p.id_index, p.id_sealed, p.id_masked, person_of(c.new_index) IS NOT NULL AND person_of(c.new_index) <> p.id
		FROM identity_corrections c JOIN persons p ON p.id = c.person WHERE c.case_no = $1 FOR UPDATE OF p`, fold.No).Scan(&index, &sealed, &oldIndex, &oldSealed, &oldMasked, &taken)
	if err != nil {
		return orNotFound(err)
	}
	if taken {
		return takenByAnother()
	}
	plain, err := s.ring.Open(sealed, identityPlace+fold.No)
	if err != nil {
		return err
	}
	old, err := s.ring.Open(oldSealed, "persons|id_sealed|"+fold.Subject)
	if err != nil {
		return err
	}
	number := string(plain)
	says := rules.CheckIDNumber(number, s.clock.Now())
	batch := &pgx.Batch{}
	batch.Queue(`DELETE FROM person_numbers WHERE id_index = $1`, index)
	batch.Queue(`INSERT INTO person_numbers(id_index, person, sealed, masked, until, case_no) VALUES ($1,$2,$3,$4,$5,$6)`,
		oldIndex, fold.Subject, s.ring.Seal(old, "person_numbers|sealed|"+fold.No), oldMasked, entry.At, fold.No)
	batch.Queue(`UPDATE persons SET id_index = $2, tail_index = $3, id_sealed = $4, id_masked = $5, birth = $6, sex = $7 WHERE id = $1`, fold.Subject, index,
		s.ring.Index("tail", number[len(number)-4:]), s.ring.Seal(plain, "persons|id_sealed|"+fold.Subject), view.MaskID(number), says.Birth.Format(time.DateOnly), string(says.Sex))
	batch.Queue(`UPDATE cases SET search = array_replace(search, $2, $3) WHERE subject = $1`, fold.Subject, s.tailToken(string(old)), s.tailToken(number))
	batch.Queue(`UPDATE business_keys SET key = encode($2::bytea, 'hex') WHERE kind = 'handover' AND live AND key = encode($1::bytea, 'hex')`, oldIndex, index)
	batch.Queue(`INSERT INTO person_history(person, at, what, manager, form, case_no) SELECT id, $2, 'identity', coalesce(community, enterprise, ''), form, $3 FROM persons WHERE id = $1`, fold.Subject, entry.At, fold.No)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	return s.renumberLines(ctx, tx, oldIndex, number)
}

// renumberLines seals the lines on their way anew, with the corrected number.
func (s *Store) renumberLines(ctx context.Context, tx pgx.Tx, oldIndex []byte, number string) error {
	rows, err := tx.Query(ctx, `SELECT id, row, data_key, sealed, name FROM lines WHERE id_index = $1 AND outcome = '' FOR UPDATE`, oldIndex)
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
	for _, line := range lines {
		values, err := s.openLine(line.line, line.wrapped, line.sealed)
		if err != nil {
			return err
		}
		values["id_number"] = number
		anew := s.prepareLine(line.line, view.NewLine{Row: line.row, Values: values})
		if _, err := tx.Exec(ctx, `UPDATE lines SET data_key = $2, sealed = $3, id_index = $4, id_masked = $5, digest = $6 WHERE id = $1`, line.line, anew.wrapped, anew.sealed, anew.index, anew.masked, anew.digest); err != nil {
			return err
		}
	}
	return nil
}

// newNumber opens the number a correction in the caller's scope asks for, while it is not decided.
func (s *Store) newNumber(ctx context.Context, scope view.Scope, person string) (string, error) {
	var no string
	var sealed []byte
	if err := s.as(scope).QueryRow(ctx, `SELECT c.no FROM cases c WHERE c.type = 'identity' AND c.subject = $3 AND c.ended_at IS NULL AND `+caseScope, scope.Offices, scope.Paths, person).Scan(&no); err != nil {
		return "", orNotFound(err)
	}
	if err := s.pool.QueryRow(ctx, `SELECT new_sealed FROM identity_corrections WHERE case_no = $1`, no).Scan(&sealed); err != nil {
		return "", orNotFound(err)
	}
	plain, err := s.ring.Open(sealed, identityPlace+no)
	return string(plain), err
}
