package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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
	note(tx, fold)
	return tx.SendBatch(ctx, batch).Close()
}

// project writes the read model of a case after an entry.
func (s *Store) project(batch *pgx.Batch, fold *approval.Case, entry approval.Entry, hash string, visitsBefore int) error {
	body, err := json.Marshal(fold)
	if err != nil {
		return err
	}
	stage := ""
	if current := fold.Current(); current != nil {
		stage = current.Stage
	}
	returns, shuttles := returnsOf(fold)
	var suspended any
	party := ""
	if fold.Suspension != nil {
		suspended, party = fold.Suspension.Since, string(fold.Suspension.Party)
	}
	waiting := fold.Current() != nil && fold.Current().Wait != nil
	batch.Queue(`UPDATE cases SET state=$2, stage=$3, version=$4, head_hash=$5, fold=$6, ended_at=$7, last_entry_at=$8, returns=$9, shuttles=$10, waiting=$11, suspended_at=$12, suspended_party=$13 WHERE no=$1`,
		fold.No, fold.State, stage, fold.Version, hash, body, nullTime(fold.EndedAt), entry.At, returns, shuttles, waiting, suspended, party)
	for i := range fold.Visits {
		visit := &fold.Visits[i]
		// Only visits this entry could have touched: the open one and those it closed or opened.
		if !visit.Open() && visit.Signature != entry.Seq && i < visitsBefore {
			continue
		}
		for _, task := range visit.Tasks {
			queueTask(batch, fold, visit, task, entry)
		}
	}
	for _, event := range entry.Events {
		switch event.Kind {
		case approval.EventSupervised, approval.EventSupervisionReplied, approval.EventSupervisionEnded:
			for i := range fold.Supervisions {
				queueSupervision(batch, fold, &fold.Supervisions[i])
			}
		}
	}
	if fold.Ended() {
		if fold.Parent != "" {
			batch.Queue(`INSERT INTO roll_ups(parent, child, outcome) VALUES ($1,$2,$3) ON CONFLICT DO NOTHING`, fold.Parent, fold.No, fold.State)
		}
		if fold.State == approval.CaseWithdrawn || fold.State == approval.CaseRejected || fold.State == approval.CaseNotAccepted {
			batch.Queue(`UPDATE business_keys SET live = false WHERE case_no = $1`, fold.No)
			batch.Queue(`UPDATE rosters SET case_no = NULL WHERE case_no = $1`, fold.No)
		}
	}
	for _, event := range entry.Events {
		switch event.Kind {
		case approval.EventCopied:
			batch.Queue(`INSERT INTO copies(case_no, office, person, at) VALUES ($1,$2,$3,$4) ON CONFLICT DO NOTHING`, fold.No, event.Office, event.Person, entry.At)
			batch.Queue(`INSERT INTO case_access(office, case_no) VALUES ($1,$2) ON CONFLICT DO NOTHING`, event.Office, fold.No)
		case approval.EventRead:
			batch.Queue(`UPDATE copies SET read_by = array_append(read_by, $2) WHERE case_no = $1 AND NOT $2 = ANY(read_by) AND office = $3 AND (person = '' OR person = $2)`,
				fold.No, event.Person, event.Office)
		}
	}
	queueNotices(batch, fold, entry)
	return nil
}

func queueTask(batch *pgx.Batch, fold *approval.Case, visit *approval.Visit, task approval.Task, entry approval.Entry) {
	var signedBy, owner *string
	if task.SignedBy != "" {
		signedBy = &task.SignedBy
	}
	if task.Owner != "" {
		owner = &task.Owner
	}
	conflicted := conflictedPersons(fold, visit.Stage)
	var closed any
	if task.State == approval.TaskSigned || task.State == approval.TaskSuperseded {
		closed = entry.At
	}
	paused := fold.Suspension != nil && visit.Open()
	var next any
	for _, reminder := range task.Reminders {
		if closed == nil && !paused && reminder.After(entry.At) {
			next = reminder
			break
		}
	}
	batch.Queue(`INSERT INTO tasks(id, case_no, visit, stage, office, role, owner, state, basis, due, why, conflicted, signed_by, opened_at, closed_at,
			kind, serves, signed_for, escalated, extended, urged, paused, reminders, next_reminder, region_path, case_type, warn_at, late_at, pauses)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,(SELECT region_path FROM cases WHERE no = $2),$25,$26,$27,$28)
		ON CONFLICT (id) DO UPDATE SET office=EXCLUDED.office, owner=EXCLUDED.owner, state=EXCLUDED.state, basis=EXCLUDED.basis, due=EXCLUDED.due,
			conflicted=EXCLUDED.conflicted, signed_by=EXCLUDED.signed_by, closed_at=coalesce(tasks.closed_at, EXCLUDED.closed_at), signed_for=EXCLUDED.signed_for,
			escalated=EXCLUDED.escalated, extended=EXCLUDED.extended, urged=EXCLUDED.urged, paused=EXCLUDED.paused, reminders=EXCLUDED.reminders,
			warn_at=EXCLUDED.warn_at, late_at=EXCLUDED.late_at, pauses=EXCLUDED.pauses,
			next_reminder=CASE WHEN EXCLUDED.next_reminder IS NOT NULL AND tasks.next_reminder IS NOT NULL AND tasks.reminders = EXCLUDED.reminders THEN tasks.next_reminder ELSE EXCLUDED.next_reminder END`,
		task.ID, fold.No, visit.ID, visit.Stage, task.Office, task.Role, owner, task.State, task.Basis, task.Due, visit.Why, conflicted, signedBy, openedAt(visit, &task), closed,
		string(task.Kind), task.Serves, nullText(task.SignedFor), visit.Escalated, task.Extended, task.Urged, paused, orEmpty(task.Reminders), next,
		fold.Type, share(task.Reminders, 0), share(task.Reminders, 2), len(visit.Pauses))
	batch.Queue(`INSERT INTO case_access(office, case_no) VALUES ($1,$2) ON CONFLICT DO NOTHING`, task.Office, fold.No)
}

// share is the moment of a reminder; null when there is none.
func share(reminders []time.Time, n int) any {
	if n >= len(reminders) {
		return nil
	}
	return reminders[n]
}

// returnsOf counts the returns of a case, and how often it went back between the same two offices.
func returnsOf(fold *approval.Case) (returns, shuttles int) {
	between := map[string]int{}
	for i := range fold.Visits {
		visit := &fold.Visits[i]
		if visit.Outcome != approval.OutcomeReturned || i+1 >= len(fold.Visits) || len(visit.Tasks) == 0 || len(fold.Visits[i+1].Tasks) == 0 {
			continue
		}
		returns++
		from := visit.Tasks[0].Office
		for _, task := range visit.Tasks {
			if task.SignedBy != "" && task.State == approval.TaskSigned {
				from = task.Office
			}
		}
		pair := from + "/" + fold.Visits[i+1].Tasks[0].Office
		between[pair]++
		shuttles = max(shuttles, between[pair])
	}
	return returns, shuttles
}

// openedAt is when a task came into its holder's hands: with its visit, or with the entry that added it.
func openedAt(visit *approval.Visit, task *approval.Task) time.Time {
	if task.AddedAt.IsZero() {
		return visit.OpenedAt
	}
	return task.AddedAt
}

// queueSupervision shows a supervision in the inbox of the head it goes to.
func queueSupervision(batch *pgx.Batch, fold *approval.Case, supervision *approval.Supervision) {
	batch.Queue(`INSERT INTO tasks(id, case_no, visit, stage, office, role, state, basis, due, opened_at, kind, region_path, case_type)
		VALUES ($1,$2,0,$3,$4,$5,$6,$7,$8,$9,'supervision',(SELECT region_path FROM cases WHERE no = $2),$12)
		ON CONFLICT (id) DO UPDATE SET state=EXCLUDED.state, signed_by=$10, closed_at=coalesce(tasks.closed_at, $11)`,
		supervision.ID, fold.No, supervision.Stage, supervision.Office, approval.RoleHead, supervision.State, supervision.Basis, supervision.Due, supervision.At,
		nullText(supervision.RepliedBy), supervisionClosed(fold, supervision), fold.Type)
	batch.Queue(`INSERT INTO case_access(office, case_no) VALUES ($1,$2) ON CONFLICT DO NOTHING`, supervision.Office, fold.No)
}

func supervisionClosed(fold *approval.Case, supervision *approval.Supervision) any {
	switch {
	case supervision.RepliedAt != nil:
		return *supervision.RepliedAt
	case supervision.State == approval.TaskSuperseded:
		return fold.EndedAt
	}
	return nil
}

func nullText(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// conflictedPersons are those who may not sign a stage, kept beside the task so that an inbox
// shows a person only what they could sign.
func conflictedPersons(fold *approval.Case, stage string) []string {
	persons := []string{}
	declared := fold.Stage(stage)
	for _, signature := range fold.Signatures {
		for _, person := range []string{signature.Person, signature.For} {
			if fold.Conflict(declared, person, nil) != "" {
				persons = append(persons, person)
			}
		}
	}
	return persons
}
