package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
)

// stream is the journal stream of a case.
func stream(no string) string { return "case:" + no }

// Commit is the one gate to a case. In one transaction it locks the case and compares the journal's
// head with the caller's: when they agree it resolves, appends and folds the proposal; in every
// case it returns the entries after head. A journal shorter than head is the fault "behind":
// nothing is written. Refused commands call it too, with a nil proposal, so that what a workflow
// does never hangs on Decide's result.
func (s *Store) Commit(ctx context.Context, no string, head int64, key string, proposal *approval.Entry) (approval.Committed, error) {
	var committed approval.Committed
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		committed = approval.Committed{}
		state, err := s.lockCase(ctx, tx, no, head, key, proposal)
		if err != nil {
			return err
		}
		committed.Entries, committed.Known = state.after, state.known
		if state.fold.Version < head {
			return &approval.Error{Code: approval.CodeBehind, Message: approval.Text{ZH: "办件记录不完整，已转技术人员处理", EN: "the journal is behind the workflow; technicians have been told"}}
		}
		if state.known || state.fold.Version > head || proposal == nil {
			return nil
		}
		refusal, err := s.mayStillAct(ctx, tx, state, proposal)
		if err == nil && refusal == nil {
			refusal = approval.CheckMoment(state.fold, *proposal, s.clock.Now())
		}
		if err != nil || refusal != nil {
			committed.Refusal = refusal
			return err
		}
		entry := *proposal
		if err := s.append(ctx, tx, state.fold, state.hash, &entry); err != nil {
			var own *approval.Error
			if errors.As(err, &own) && own.Code != approval.CodeInternal {
				committed.Refusal = own
			}
			return err
		}
		committed.Entries = append(committed.Entries, entry)
		return nil
	})
	// A refusal found while writing rolls everything back; it is an answer, not a failure.
	if err != nil && committed.Refusal != nil {
		return committed, nil
	}
	return committed, err
}

type lockedCase struct {
	fold  *approval.Case
	hash  string
	after []approval.Entry
	known bool
	// holdsPost reports whether the actor of a proposal on a task holds the post it names.
	holdsPost bool
}

// lockCase is the read half of a commit, in one round trip: the case is locked first, so that what
// the other statements read is not older than the lock.
func (s *Store) lockCase(ctx context.Context, tx pgx.Tx, no string, head int64, key string, proposal *approval.Entry) (lockedCase, error) {
	var locked lockedCase
	var fold []byte
	batch := &pgx.Batch{}
	batch.Queue(`SELECT fold, head_hash FROM cases WHERE no = $1 FOR UPDATE`, no).QueryRow(func(row pgx.Row) error {
		return row.Scan(&fold, &locked.hash)
	})
	batch.Queue(`SELECT body FROM journal WHERE stream = $1 AND seq > $2 ORDER BY seq`, stream(no), head).Query(func(rows pgx.Rows) error {
		entries, err := collectEntries(rows)
		locked.after = entries
		return err
	})
	batch.Queue(`SELECT EXISTS (SELECT FROM journal WHERE stream = $1 AND key = $2)`, stream(no), key).QueryRow(func(row pgx.Row) error {
		return row.Scan(&locked.known)
	})
	if proposal != nil && proposal.Task != "" {
		actor := proposal.Actor
		if actor.For == "" {
			batch.Queue(holdsQuery, actor.Person, actor.Office, actor.Role, s.today()).QueryRow(func(row pgx.Row) error {
				return row.Scan(&locked.holdsPost)
			})
		} else {
			batch.Queue(`SELECT EXISTS (SELECT FROM stand_ins($5::date) i WHERE i.substitute = $1 AND i.person = $2 AND i.office = $3 AND i.role = $4)`,
				actor.Person, actor.For, actor.Office, actor.Role, s.today()).QueryRow(func(row pgx.Row) error {
				return row.Scan(&locked.holdsPost)
			})
		}
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return locked, orNotFound(err)
	}
	locked.fold = &approval.Case{}
	if err := json.Unmarshal(fold, locked.fold); err != nil {
		return locked, fmt.Errorf("read the fold of case %s: %w", no, err)
	}
	return locked, nil
}

func collectEntries(rows pgx.Rows) ([]approval.Entry, error) {
	var entries []approval.Entry
	var body []byte
	_, err := pgx.ForEachRow(rows, []any{&body}, func() error {
		entry, err := approval.DecodeEntry(body)
		entries = append(entries, entry)
		return err
	})
	return entries, err
}

// neededPost is a post somebody must hold for an act; any role of the office when role is empty.
type neededPost struct {
	person, office string
	role           approval.Role
}

// mayStillAct checks at the moment of writing what may have ended since the command was sent: the
// actor's post (signoff.md, invariant 5) and that of whoever takes a task over.
func (s *Store) mayStillAct(ctx context.Context, tx pgx.Tx, state lockedCase, entry *approval.Entry) (*approval.Error, error) {
	actor, fold := entry.Actor, state.fold
	if actor.Person == approval.SystemPerson {
		return nil, nil
	}
	needed := neededPost{person: actor.Person}
	holds, err := state.holdsPost, error(nil)
	switch {
	case entry.Action == approval.ActionUrge && actor.Person == fold.Initiator:
		// It rests on what the person did before, not on a post.
		holds = true
	case entry.Action == approval.ActionSupervise || entry.Action == approval.ActionUrge:
		needed.office, needed.role = actor.Office, approval.RoleSupervisor
		holds, err = s.holds(ctx, tx, needed)
	case entry.Task != "":
		// Asked as the case was locked.
	case entry.Action == approval.ActionWithdraw:
		needed.office = fold.Office
		holds, err = s.holds(ctx, tx, needed)
	case entry.Action == approval.ActionRecall && fold.Last != nil:
		needed.office = fold.Last.Office
		holds, err = s.holds(ctx, tx, needed)
	default:
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !holds {
		return approval.Refuse(approval.CodeNoRole, "您已不在该岗位，请由现任"+approval.RoleText(actor.Role).ZH+"办理", "you no longer hold this post; the present "+approval.RoleText(actor.Role).EN+" must act"), nil
	}
	for _, event := range entry.Events {
		if event.Kind != approval.EventTaskMoved {
			continue
		}
		role := actor.Role
		if _, task := fold.Task(event.Task); task != nil {
			role = task.Role
		}
		holds, err := s.holds(ctx, tx, neededPost{person: event.Person, office: event.Office, role: role})
		if err != nil {
			return nil, err
		}
		if !holds {
			return approval.Refuse(approval.CodeTargetLacksRole, "接办方已没有"+approval.RoleText(role).ZH+"岗位，请另选接办人", "the target no longer holds the "+approval.RoleText(role).EN+" role; choose someone else"), nil
		}
	}
	return nil, nil
}

const holdsQuery = `SELECT EXISTS (SELECT FROM posts p JOIN users u ON u.id = p.person WHERE ($1 = '' OR p.person = $1) AND p.office = $2 AND ($3 = '' OR p.role = $3)
	AND p.valid_from <= $4::date AND (p.valid_to IS NULL OR p.valid_to >= $4::date) AND NOT u.disabled)`

// holds reports whether the person (anybody when empty) holds the post today.
func (s *Store) holds(ctx context.Context, tx pgx.Tx, needed neededPost) (bool, error) {
	var holds bool
	err := tx.QueryRow(ctx, holdsQuery, needed.person, needed.office, needed.role, s.today()).Scan(&holds)
	return holds, err
}

// append resolves, numbers, folds, chains and stores one entry. The fold is changed in place.
func (s *Store) append(ctx context.Context, tx pgx.Tx, fold *approval.Case, prev string, entry *approval.Entry) error {
	before := fold.Visits
	entry.Seq, entry.At = fold.Version+1, s.clock.Now().UTC()
	if err := s.resolve(ctx, tx, fold, entry); err != nil {
		return err
	}
	entry.Lines = nil
	body, err := entry.Encode()
	if err != nil {
		return err
	}
	if err := approval.Evolve(fold, *entry); err != nil {
		return err
	}
	hash := approval.Hash(prev, body)
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO journal(stream, seq, key, at, body, prev, hash) VALUES ($1,$2,$3,$4,$5,$6,$7)`,
		stream(fold.No), entry.Seq, entry.Key, entry.At, body, prev, hash)
	if err := s.project(batch, fold, *entry, hash, len(before)); err != nil {
		return err
	}
	queueApart(batch, fold)
	note(tx, fold)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	return s.writeMessages(ctx, tx, fold, entry)
}
