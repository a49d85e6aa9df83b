package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/procedures"
	"jieli/rules"
)

// archiveCases are the procedures about one archive: its use, recall, holding and review.
var archiveCases = []string{procedures.TypeArchiveAccess, procedures.TypeArchiveRecall, procedures.TypeArchiveHold, procedures.TypeArchiveReview}

// heldArchive is one person's archive as a case about it finds it; state is empty before it is known.
type heldArchive struct {
	state, holder, holderName, shelf, holderRegion string
	holderKind                                     approval.OfficeKind
	volumes                                        int
	// of the person
	name, class, enterprise, enterpriseRegion string
}

// here reports whether the archive office has the archive.
func (a heldArchive) here() bool { return a.state == archiveWithHolder || a.state == archiveShelved }

// readArchive reads a person's archive; with lock nobody else changes it before the transaction ends.
func readArchive(ctx context.Context, q querier, person string, lock bool) (heldArchive, error) {
	var found heldArchive
	if lock {
		var locked string
		if err := q.QueryRow(ctx, `SELECT id FROM persons WHERE id = $1 FOR UPDATE`, person).Scan(&locked); err != nil {
			return found, orNotFound(err)
		}
	}
	err := q.QueryRow(ctx, `SELECT p.name, p.cadre_class, coalesce(p.enterprise, ''), coalesce(e.region, ''), coalesce(a.state, ''), coalesce(a.holder_office, ''), coalesce(a.holder_name, ''), coalesce(a.shelf, ''), coalesce(a.volumes, 0),
			coalesce(o.region, ''), coalesce(o.kind, '')
		FROM persons p LEFT JOIN offices e ON e.id = p.enterprise LEFT JOIN archives a ON a.person = p.id LEFT JOIN offices o ON o.id = a.holder_office WHERE p.id = $1`, person).
		Scan(&found.name, &found.class, &found.enterprise, &found.enterpriseRegion, &found.state, &found.holder, &found.holderName, &found.shelf, &found.volumes, &found.holderRegion, &found.holderKind)
	return found, orNotFound(err)
}

// ArchiveFacts names the person a case about an archive is to be of, with the facts it begins with: who
// holds the archive, the enterprise, and the district whose offices sign.
func (s *Store) ArchiveFacts(ctx context.Context, caseType, office, person string) (name string, facts map[string]string, err error) {
	found, err := s.archiveCandidate(ctx, s.pool, caseType, office, person, false)
	if err != nil {
		return "", nil, err
	}
	facts = map[string]string{procedures.FactEnterprise: found.enterprise, procedures.FactRegion: districtOf(found.enterpriseRegion)}
	if found.holderKind == approval.KindArchive {
		facts[procedures.FactHolder], facts[procedures.FactRegion] = found.holder, districtOf(found.holderRegion)
	}
	return found.name, facts, nil
}

func districtOf(region string) string { return region[:min(6, len(region))] }

// beginArchiveCase checks behind the person's lock that a case about an archive may begin.
func (s *Store) beginArchiveCase(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	found, err := s.archiveCandidate(ctx, tx, submission.Type, submission.Office, submission.Subject, true)
	if err == nil && found.holderKind == approval.KindArchive && found.holder != submission.Facts[procedures.FactHolder] {
		err = approval.Refuse(approval.CodeWrongState, "档案的保管单位刚有变动，请刷新后重试", "the archive has just changed hands; reload and try again")
	}
	return err
}

// archiveCandidate checks with what a case about an archive begins; whatever else has the archive in hand
// is named.
func (s *Store) archiveCandidate(ctx context.Context, q querier, caseType, office, person string, lock bool) (heldArchive, error) {
	found, err := readArchive(ctx, q, person, lock)
	if err != nil {
		return found, err
	}
	refuse := func(zh, en string) (heldArchive, error) {
		return found, approval.Refuse(approval.CodeWrongState, zh, en)
	}
	open, err := sameMatter(ctx, q, caseType, office, person)
	if err != nil {
		return found, err
	}
	if open != "" {
		return found, approval.Refuse(approval.CodeDuplicate, "同一事项正在办理（"+open+"），不能重复申报", "the same matter is under way already ("+open+")")
	}
	switch caseType {
	case procedures.TypeArchiveAccess:
		if !found.here() && found.state != archiveOnLoan {
			return refuse("该档案不在档案保管单位，不能查（借）阅", "the archive is not with an archive office, so it cannot be read there")
		}
		if found.class != procedures.CadreOrdinary {
			return refuse("该档案按规定暂不提供查（借）阅", "by the rules this archive is not open to use for now")
		}
		return found, refuseEngaged(ctx, q, person, "", []string{procedures.TypeArchiveRecall, procedures.TypeArchiveAccess})
	case procedures.TypeArchiveRecall:
		if err := refuseEngaged(ctx, q, person, "", []string{procedures.TypeArchiveRecall, procedures.TypeArchiveAccess, procedures.TypeArchive}); err != nil {
			return found, err
		}
		if !found.here() || found.holderKind != approval.KindArchive {
			return refuse("该档案不在档案保管单位，无需追回", "the archive is not with an archive office; there is nothing to recall")
		}
		if found.enterprise == "" {
			return refuse("没有登记该人员的原企业，请先补登", "the person's enterprise is not recorded; have it entered first")
		}
	case procedures.TypeArchiveHold:
		return found, mayHold(found)
	case procedures.TypeArchiveReview:
		if found.state != archiveHeld {
			return refuse("该档案不是暂不移交的档案，无需复查", "the archive is not held; there is nothing to review")
		}
	}
	return found, nil
}

// mayHold refuses to hold an archive that has left already, with the way that is open then.
func mayHold(found heldArchive) error {
	switch found.state {
	case "", archiveWithEnterprise:
		return nil
	case archiveHeld:
		return approval.Refuse(approval.CodeWrongState, "该档案已暂不移交；原因或期限有变化的，请办理复查", "the archive is held already; if reason or date have changed, have it reviewed")
	case archiveInTransit, archiveComingBack:
		return approval.Refuse(approval.CodeWrongState, "该档案正在途中，请待核收时整卷退回企业，或者核收后办理追回", "the archive is on the way: have it returned as it is received, or recall it afterwards")
	}
	return approval.Refuse(approval.CodeWrongState, "该档案已由"+found.holderName+"保管，请办理追回", "the archive is with "+found.holderName+" already: recall it")
}

// sameMatter finds an open case of the type about the person's archive; several offices may ask to use
// one, each once at a time.
func sameMatter(ctx context.Context, q querier, caseType, office, person string) (string, error) {
	var no string
	err := q.QueryRow(ctx, `SELECT no FROM cases WHERE subject = $1 AND type = $2 AND ended_at IS NULL AND ($2 <> 'archive-access' OR office = $3) ORDER BY no LIMIT 1`, person, caseType, office).Scan(&no)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return no, err
}

// engaged finds the open case, other than own, that has a person's archive in hand or is to move it: a
// transfer, a recall, or a loan that is out.
func engaged(ctx context.Context, q querier, person, own string) (no, caseType string, err error) {
	err = q.QueryRow(ctx, `SELECT no, type FROM (
			SELECT c.no, c.type FROM archive_items i JOIN cases c ON c.no = i.case_no WHERE i.person = $1 AND i.outcome = '' AND c.ended_at IS NULL
			UNION SELECT no, type FROM cases WHERE subject = $1 AND type = 'archive-recall' AND ended_at IS NULL
			UNION SELECT c.no, c.type FROM archive_loans l JOIN cases c ON c.no = l.case_no WHERE l.person = $1 AND l.returned_on IS NULL) x
		WHERE no <> $2 ORDER BY no LIMIT 1`, person, own).Scan(&no, &caseType)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", "", nil
	}
	return no, caseType, err
}

// refuseEngaged refuses while a case of one of the types has the archive in hand, and names it.
func refuseEngaged(ctx context.Context, q querier, person, own string, types []string) error {
	no, caseType, err := engaged(ctx, q, person, own)
	if err != nil || no == "" || !slices.Contains(types, caseType) {
		return err
	}
	title, _ := Titles(caseType, "")
	return approval.Refuse(approval.CodeDuplicate, fmt.Sprintf("该档案正在办理%s（%s），办结后方可办理", title.ZH, no), fmt.Sprintf("the archive is in hand in another case (%s, %s); when that has ended this may begin", title.EN, no))
}

// handOne passes one person's archive on from whoever holds it now. A case number that is empty stays out
// of what everybody reads.
func handOne(ctx context.Context, tx pgx.Tx, person, no string, at time.Time, to custody) error {
	if to.office != "" {
		if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, to.office).Scan(&to.name); err != nil {
			return orNotFound(err)
		}
	}
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO archive_custody(person, seq, case_no, from_name, to_office, to_name, handed_by, received_by, reason, at)
		SELECT a.person, (SELECT max(seq) + 1 FROM archive_custody c WHERE c.person = a.person), nullif($2,''), a.holder_name, nullif($3,''), $4, coalesce(nullif($5,''), a.holder_name), coalesce(nullif($6,''), $4), $7, $8 FROM archives a WHERE a.person = $1`,
		person, no, to.office, to.name, to.handedBy, to.receivedBy, to.reason, at)
	batch.Queue(`UPDATE archives SET holder_office = nullif($2,''), holder_name = $3, state = $4, since = $5, case_no = nullif($6,'') WHERE person = $1`, person, to.office, to.name, to.state, at, no)
	return tx.SendBatch(ctx, batch).Close()
}

// holdAt leaves an archive that has not left the enterprise with whoever is to keep it, until the review
// date; one that is elsewhere or held already is not touched.
func holdAt(ctx context.Context, tx pgx.Tx, person, no, review string, at time.Time, keeper custody) error {
	if keeper.office != "" {
		if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, keeper.office).Scan(&keeper.name); err != nil {
			return orNotFound(err)
		}
	}
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO archive_custody(person, seq, case_no, from_name, to_office, to_name, handed_by, received_by, reason, at)
		SELECT a.person, (SELECT max(seq) + 1 FROM archive_custody c WHERE c.person = a.person), nullif($2,''), a.holder_name, nullif($3,''), $4, a.holder_name, $4, 'held', $5 FROM archives a WHERE a.person = $1 AND a.state = 'with_enterprise'`,
		person, no, keeper.office, keeper.name, at)
	batch.Queue(`UPDATE archives SET state = 'held', holder_office = nullif($3,''), holder_name = $4, review_on = $5::date, since = $6, case_no = nullif($2,'') WHERE person = $1 AND state = 'with_enterprise'`,
		person, no, keeper.office, keeper.name, review, at)
	batch.Queue(`WITH new AS (INSERT INTO archives(person, state, holder_office, holder_name, review_on, since, case_no) VALUES ($1,'held',nullif($3,''),$4,$5::date,$6,nullif($2,'')) ON CONFLICT DO NOTHING RETURNING person)
		INSERT INTO archive_custody(person, seq, case_no, from_name, to_office, to_name, handed_by, received_by, reason, at) SELECT person, 1, nullif($2,''), '', nullif($3,''), $4, '', $4, 'held', $6 FROM new`,
		person, no, keeper.office, keeper.name, review, at)
	return tx.SendBatch(ctx, batch).Close()
}

// recordHeld enters the person of a held archive into the information base of their street, once a
// community has received them (S2.4).
func recordHeld(ctx context.Context, tx pgx.Tx, person, no string, at time.Time) error {
	_, err := tx.Exec(ctx, `INSERT INTO information_records(person, street, at, case_no) SELECT p.id, s.id, $2, $3
		FROM persons p JOIN offices c ON c.id = p.community JOIN offices s ON s.kind = 'street' AND s.region = left(c.region, 9) WHERE p.id = $1 ORDER BY s.id LIMIT 1
		ON CONFLICT (person) DO NOTHING`, person, at, no)
	return err
}

// settleArchiveCase does what the approval of a stage of a case about one archive decides.
func (s *Store) settleArchiveCase(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	found, err := readArchive(ctx, tx, fold.Subject, true)
	if err != nil {
		return err
	}
	switch fold.Type {
	case procedures.TypeArchiveAccess:
		return s.settleAccess(ctx, tx, fold, entry, found)
	case procedures.TypeArchiveRecall:
		return s.settleRecall(ctx, tx, fold, entry, found)
	case procedures.TypeArchiveHold:
		return s.settleHold(ctx, tx, fold, entry, found)
	}
	return s.settleReview(ctx, tx, fold, entry, found)
}

// signerOf is who signed a stage last.
func signerOf(fold *approval.Case, stage string) string {
	person := ""
	for _, signature := range fold.Signatures {
		if signature.Stage == stage {
			person = signature.Person
		}
	}
	return person
}

// notPast refuses a date of the form that is not after today.
func (s *Store) notPast(fold *approval.Case, field, zh, en string) error {
	if formText(fold.Form, field) <= s.today() {
		return approval.Invalid("form."+field, zh+"：应晚于今天", en+": should be after today")
	}
	return nil
}

// notFuture refuses a date of the form that lies ahead.
func (s *Store) notFuture(fold *approval.Case, field, zh, en string) error {
	if formText(fold.Form, field) > s.today() {
		return approval.Invalid("form."+field, zh+"：不能晚于今天", en+": cannot be after today")
	}
	return nil
}

// reviewAfter proposes when a held archive is looked at again.
func (s *Store) reviewAfter(ctx context.Context, q querier, region string) (string, error) {
	months, err := s.number(ctx, q, procedures.SettingHeldReviewMonths, region)
	return s.clock.Now().In(clock.Zone).AddDate(0, months, 0).Format(time.DateOnly), err
}

// daysUntil is how long a visit may take whose deadline is a date: to the end of that day.
func daysUntil(date string, from time.Time) approval.Due {
	last, err := time.ParseInLocation(time.DateOnly, date, rules.Zone)
	if err != nil {
		return approval.Due{}
	}
	days := int(last.Sub(rules.DayOf(from)).Hours() / 24)
	return approval.Due{Kind: approval.CalendarDays, Count: max(1, days)}
}
