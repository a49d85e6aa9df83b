package store

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
)

// Submit writes a new case, its first entry and its business keys in one transaction, and answers
// its first journal entry for the workflow's start input. The case number is taken here.
func (s *Store) Submit(ctx context.Context, new view.NewCase) (approval.Entry, error) {
	var entry approval.Entry
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		known, err := submittedBy(ctx, tx, new.RequestActor, new.RequestKey)
		if err != nil {
			return err
		}
		if known != "" {
			entry, err = firstEntry(ctx, tx, known)
			return err
		}
		if err := s.divertClaim(ctx, tx, &new); err != nil {
			return err
		}
		if new.Submission.No == "" {
			no, err := s.takeNumber(ctx, tx, new.Prefix, new.Region)
			if err != nil {
				return err
			}
			new.Submission.No = no
		}
		lines, err := s.linesOf(ctx, tx, &new)
		if err == nil && new.Submission.Type == procedures.TypeTransition {
			lines, err = s.transitionLines(ctx, tx, new)
		}
		if err != nil {
			return err
		}
		new.Title = strings.ReplaceAll(new.Title, "{n}", strconv.Itoa(len(lines)+len(new.Archives)))
		if new.Submission.Type == procedures.TypeHandover && new.Roster == "" && len(lines) == 1 {
			// One person cannot be handed over twice at once.
			new.BusinessKeys = map[string]string{"handover": hex.EncodeToString(lines[0].index)}
		}
		if entry, err = s.submit(ctx, tx, new, lines); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE requests SET case_no = $3 WHERE actor = $1 AND key = $2`, new.RequestActor, new.RequestKey, entry.Case)
		return err
	})
	return entry, err
}

// begin submits a case that follows from another, in the name of the program: of the submission it takes what is
// the case's own (type, office, facts, subject) and adds number, actor and declared stages. It answers the number.
func (s *Store) begin(ctx context.Context, tx pgx.Tx, new view.NewCase) (string, error) {
	submission := &new.Submission
	procedure, _ := procedures.Find(submission.Type)
	no, err := s.takeNumber(ctx, tx, procedure.Prefix, submission.Facts[procedures.FactRegion])
	if err != nil {
		return "", err
	}
	submission.No, submission.Key, submission.Actor = no, "submit", approval.Actor{Person: approval.SystemPerson}
	if submission.Stages == nil {
		submission.Stages = procedure.Stages
	}
	lines, err := s.linesOf(ctx, tx, &new)
	if err != nil {
		return "", err
	}
	_, err = s.submit(ctx, tx, new, lines)
	return no, err
}

// submittedBy names the case a request has made already: its answer was lost, or it was sent
// several times at once. The others wait here until the first is through.
func submittedBy(ctx context.Context, tx pgx.Tx, actor, key string) (string, error) {
	var no string
	err := tx.QueryRow(ctx, `SELECT coalesce(case_no, '') FROM requests WHERE actor = $1 AND key = $2 FOR UPDATE`, actor, key).Scan(&no)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return no, err
}

// takeNumber counts per prefix, district and day: YJ-210106-20261124-0001.
func (s *Store) takeNumber(ctx context.Context, tx pgx.Tx, prefix, region string) (string, error) {
	day := s.clock.Now().In(clock.Zone)
	var n int
	err := tx.QueryRow(ctx, `INSERT INTO numbers(prefix, region, day, last) VALUES ($1,$2,$3,1)
		ON CONFLICT (prefix, region, day) DO UPDATE SET last = numbers.last + 1 RETURNING last`, prefix, region, day.Format(time.DateOnly)).Scan(&n)
	return fmt.Sprintf("%s-%s-%s-%04d", prefix, region, day.Format("20060102"), n), err
}

func (s *Store) submit(ctx context.Context, tx pgx.Tx, new view.NewCase, lines []preparedLine) (approval.Entry, error) {
	submission := new.Submission
	if submission.Type == procedures.TypeHandover {
		if err := nameParty(ctx, tx, &submission); err != nil {
			return approval.Entry{}, err
		}
		if party := submission.Facts[procedures.FactSender]; party != "" {
			new.Access = append(slices.Clone(new.Access), party)
		}
	}
	entry := approval.Submit(submission)
	fold := &approval.Case{No: submission.No, Type: submission.Type, Facts: submission.Facts, Stages: submission.Stages}
	path, err := regionPath(ctx, tx, submission.Office)
	if err != nil {
		return entry, err
	}
	if new.Path != "" {
		path = new.Path
	}
	if procedure, _ := procedures.Find(submission.Type); procedure.Scope == procedures.ScopeParty {
		path = view.PartyPath(path)
	}
	if submission.Type == procedures.TypeParty {
		if err := s.beginParty(ctx, tx, submission); err != nil {
			return entry, err
		}
	}
	if slices.Contains(archiveCases, submission.Type) {
		if err := s.beginArchiveCase(ctx, tx, submission); err != nil {
			return entry, err
		}
	}
	if err := s.beginGroupCase(ctx, tx, submission); err != nil {
		return entry, err
	}
	if submission.Type == procedures.TypeBenefit {
		death, err := checkDeath(ctx, tx, submission.Subject)
		if err != nil {
			return entry, err
		}
		submission.Facts[procedures.FactDeath], new.BusinessKeys = death, map[string]string{"benefit": death}
	}
	now := s.clock.Now().UTC()
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO cases(no, type, title, state, stage, version, head_hash, fold, office, region_path, parent, subject, roster, initiator, search, submitted_at)
		VALUES ($1,$2,$3,'open','',0,'','{}',$4,$5,nullif($6,''),nullif($7,''),nullif($8,''),$9,$10,$11)`,
		submission.No, submission.Type, new.Title, submission.Office, path, submission.Parent, submission.Subject,
		new.Roster, submission.Actor.Person, append(new.Search, submission.No), now)
	for kind, key := range new.BusinessKeys {
		batch.Queue(`INSERT INTO business_keys(kind, key, case_no) VALUES ($1,$2,$3)`, kind, key, submission.No)
	}
	for _, office := range append(new.Access, submission.Office) {
		batch.Queue(`INSERT INTO case_access(office, case_no) VALUES ($1,$2) ON CONFLICT DO NOTHING`, office, submission.No)
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		var failure *pgconn.PgError
		if errors.As(err, &failure) && failure.Code == "23505" {
			return entry, approval.Refuse(approval.CodeDuplicate, "已有同一事项在办，不能重复申报", "the same matter is already under way")
		}
		return entry, err
	}
	if submission.Type == procedures.TypeIdentity {
		if err := s.beginIdentity(ctx, tx, submission, new.Identity); err != nil {
			return entry, err
		}
	}
	if submission.Type == procedures.TypeDeath {
		if err := s.beginDeath(ctx, tx, submission); err != nil {
			return entry, err
		}
	}
	if submission.Type == procedures.TypeRescission {
		if err := beginRescission(ctx, tx, submission); err != nil {
			return entry, err
		}
	}
	if submission.Type == procedures.TypeBenefit {
		if err := s.beginBenefit(ctx, tx, submission, new.Claimants); err != nil {
			return entry, err
		}
	}
	if submission.Type == procedures.TypeRecovery {
		if err := s.beginRecovery(ctx, tx, submission); err != nil {
			return entry, err
		}
	}
	if submission.Type == procedures.TypeClaimDispute {
		if err := s.beginClaimDispute(ctx, tx, submission, new.Claimants); err != nil {
			return entry, err
		}
	}
	if submission.Type == procedures.TypeTrueUp {
		if err := beginTrueUp(ctx, tx, submission); err != nil {
			return entry, err
		}
	}
	if new.Correction != nil {
		if _, err := tx.Exec(ctx, `INSERT INTO payee_corrections(case_no, claimant, refusal) VALUES ($1,$2,$3)`, submission.No, new.Correction.Claimant, new.Correction.Refusal); err != nil {
			return entry, err
		}
	}
	if err := insertLines(ctx, tx, submission.No, new.Roster, lines); err != nil {
		return entry, err
	}
	if err := placeTransition(ctx, tx, submission); err != nil {
		return entry, err
	}
	if err := s.archiveItems(ctx, tx, submission, new.Archives); err != nil {
		return entry, err
	}
	// Evolve expects version 0 before the first entry.
	fold.Version = 0
	if err := s.append(ctx, tx, fold, "", &entry); err != nil {
		return entry, err
	}
	return entry, nil
}

func regionPath(ctx context.Context, q querier, office string) (string, error) {
	var path string
	err := q.QueryRow(ctx, `SELECT path FROM offices WHERE id = $1`, office).Scan(&path)
	return path, orNotFound(err)
}

// MarkStarted records that a case's workflow runs.
func (s *Store) MarkStarted(ctx context.Context, nos ...string) error {
	_, err := s.pool.Exec(ctx, `UPDATE cases SET started = true WHERE no = ANY($1)`, nos)
	return err
}

// Unstarted returns the first entries of cases written more than an age ago whose workflow was
// never seen to start: a crash came between the two.
func (s *Store) Unstarted(ctx context.Context, age time.Duration, limit int) ([]approval.Entry, error) {
	rows, err := s.pool.Query(ctx, `SELECT j.body FROM cases c JOIN journal j ON j.stream = 'case:' || c.no AND j.seq = 1
		WHERE NOT c.started AND c.submitted_at < $1 ORDER BY c.submitted_at LIMIT $2`, s.clock.Now().Add(-age), limit)
	if err != nil {
		return nil, err
	}
	return collectEntries(rows)
}

// FirstEntry reads the entry a case's workflow starts from.
func (s *Store) FirstEntry(ctx context.Context, no string) (approval.Entry, error) {
	return firstEntry(ctx, s.pool, no)
}

func firstEntry(ctx context.Context, q querier, no string) (approval.Entry, error) {
	var body []byte
	if err := q.QueryRow(ctx, `SELECT body FROM journal WHERE stream = $1 AND seq = 1`, stream(no)).Scan(&body); err != nil {
		return approval.Entry{}, orNotFound(err)
	}
	return approval.DecodeEntry(body)
}

// SetFault marks a case as a technical fault that supervisors see; an empty text clears it.
func (s *Store) SetFault(ctx context.Context, no, fault string) error {
	_, err := s.pool.Exec(ctx, `UPDATE cases SET fault = nullif($2,'') WHERE no = $1`, no, fault)
	return err
}

// Case reads the fold of a case without scope; workflows and doctor use it.
func (s *Store) Case(ctx context.Context, no string) (*approval.Case, error) {
	return foldOf(ctx, s.pool, no)
}

func foldOf(ctx context.Context, q querier, no string) (*approval.Case, error) {
	var body []byte
	if err := q.QueryRow(ctx, `SELECT fold FROM cases WHERE no = $1`, no).Scan(&body); err != nil {
		return nil, orNotFound(err)
	}
	fold := &approval.Case{}
	return fold, json.Unmarshal(body, fold)
}

func (s *Store) today() string { return s.clock.Now().In(clock.Zone).Format(time.DateOnly) }

func nullTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
