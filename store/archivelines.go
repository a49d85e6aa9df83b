package store

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
)

// archiveLines lists the rows of a transfer with who holds each archive now.
func (s *Store) archiveLines(ctx context.Context, scope view.Scope, fold *approval.Case, filter view.LineFilter) ([]view.Line, string, int, error) {
	start, err := afterRow(filter.After)
	if err != nil {
		return nil, "", 0, err
	}
	where := ` WHERE i.case_no = $1 AND ($2 = '' OR CASE $2 WHEN 'open' THEN i.outcome = '' ELSE i.outcome = $2 END) AND ($3 = '' OR p.name = $3)`
	var total int
	if err := s.as(scope).QueryRow(ctx, `SELECT count(*) FROM archive_items i JOIN persons p ON p.id = i.person`+where, fold.No, filter.Outcome, filter.Query).Scan(&total); err != nil {
		return nil, "", 0, err
	}
	rows, err := s.as(scope).Query(ctx, `SELECT i.id, i.row, p.id, p.name, p.id_masked, p.residence, i.outcome, i.number, i.volumes, i.pages, i.missing, i.finding, i.result, i.supplement_by, i.shelf,
		a.holder_name, a.state FROM archive_items i JOIN persons p ON p.id = i.person JOIN archives a ON a.person = i.person`+where+` AND i.row > $4 ORDER BY i.row LIMIT $5`,
		fold.No, filter.Outcome, filter.Query, start, filter.Limit+1)
	if err != nil {
		return nil, "", 0, err
	}
	defer rows.Close()
	items := []view.Line{}
	for rows.Next() {
		line, archive := view.Line{Cells: map[string]string{}}, view.ArchiveLine{}
		if err := rows.Scan(&line.ID, &line.Row, &line.Person, &line.Name, &line.IDNumber, &line.Residence, &line.Outcome, &archive.Number, &archive.Volumes, &archive.Pages, &archive.Missing,
			&archive.Finding, &archive.Result, &archive.SupplementBy, &archive.Shelf, &archive.Holder, &archive.State); err != nil {
			return nil, "", 0, err
		}
		archive.StateTitle = archiveStates[archive.State]
		for _, finding := range procedures.ArchiveFindings() {
			if finding.Key == archive.Finding {
				archive.FindingTitle = finding.Title
			}
		}
		line.Archive = &archive
		items = append(items, line)
	}
	next := ""
	if len(items) > filter.Limit {
		items = items[:filter.Limit]
		next = strconv.Itoa(items[filter.Limit-1].Row)
	}
	return items, next, total, rows.Err()
}

var archiveStates = map[string]approval.Text{
	archiveWithEnterprise: {ZH: "企业保管", EN: "with the enterprise"},
	archiveInTransit:      {ZH: "转递途中", EN: "on the way"},
	archiveComingBack:     {ZH: "退回途中", EN: "on the way back"},
	archiveWithHolder:     {ZH: "档案保管单位核收", EN: "with the holder"},
	archiveShelved:        {ZH: "已上架", EN: "shelved"},
	// The same words whatever it is held for.
	archiveHeld:   {ZH: "按规定暂不移交", EN: "held where it is, as the rules say"},
	archiveOnLoan: {ZH: "借出", EN: "on loan"},
}

var archiveReasons = map[string]approval.Text{
	"held":       {ZH: "暂不移交，仍由原单位保管", EN: "held where it is"},
	"origin":     {ZH: "退休时由企业保管", EN: "with the enterprise at retirement"},
	"dispatched": {ZH: "密封转出", EN: "sealed and dispatched"},
	"received":   {ZH: "开封核收", EN: "opened and received"},
	"returned":   {ZH: "退回企业", EN: "returned to the enterprise"},
	"withdrawn":  {ZH: "撤回转递", EN: "transfer withdrawn"},

	"lent":            {ZH: "借出", EN: "lent"},
	"returned-loan":   {ZH: "借阅归还", EN: "returned from loan"},
	"recalled":        {ZH: "追回转出", EN: "recalled and dispatched"},
	"recall-received": {ZH: "追回核收", EN: "received from a recall"},
	"returned-recall": {ZH: "追回退件收回", EN: "back from the way"},
	"released":        {ZH: "复查后可以移交", EN: "released by a review"},
}

// personArchive reads who holds a person's archive and every change of hands; nil before it is known.
func (s *Store) personArchive(ctx context.Context, scope view.Scope, person string) (*view.ArchiveView, error) {
	found := &view.ArchiveView{Custody: []view.CustodyView{}}
	var review *string
	var recorded *time.Time
	rows, err := s.as(scope).Query(ctx, `SELECT a.number, a.volumes, a.state, a.holder_name, a.shelf, a.review_on::text, a.since, coalesce(a.case_no, ''), i.at, coalesce(o.name, '')
		FROM archives a LEFT JOIN information_records i ON i.person = a.person LEFT JOIN offices o ON o.id = i.street WHERE a.person = $1`, person)
	if err != nil {
		return nil, err
	}
	known := false
	for rows.Next() {
		known = true
		if err := rows.Scan(&found.Number, &found.Volumes, &found.State, &found.Holder, &found.Shelf, &review, &found.Since, &found.Case, &recorded, &found.RecordedBy); err != nil {
			return nil, err
		}
	}
	if rows.Close(); rows.Err() != nil || !known {
		return nil, rows.Err()
	}
	found.StateTitle = archiveStates[found.State]
	if recorded != nil {
		found.RecordedOn = recorded.In(clock.Zone).Format(time.DateOnly)
	}
	if review != nil {
		found.ReviewOn = *review
	}
	if err := s.archiveUse(ctx, scope, person, found); err != nil {
		return nil, err
	}
	found.Custody, err = s.hands(ctx, scope, "archive_custody", archiveReasons, person)
	return found, err
}

// archiveUse adds the last loan of an archive and, within Party scope, why it is held.
func (s *Store) archiveUse(ctx context.Context, scope view.Scope, person string, found *view.ArchiveView) error {
	rows, err := s.as(scope).Query(ctx, `SELECT l.case_no, o.name, l.lent_on::text, l.due_on::text, coalesce(l.returned_on::text, ''), l.condition, l.defects, coalesce(l.make_good_by::text, '')
		FROM archive_loans l JOIN offices o ON o.id = l.borrower WHERE l.person = $1 ORDER BY l.returned_on IS NULL DESC, l.returned_on DESC, l.case_no DESC LIMIT 1`, person)
	if err != nil {
		return err
	}
	var loan view.LoanView
	var condition string
	_, err = pgx.ForEachRow(rows, []any{&loan.Case, &loan.Borrower, &loan.LentOn, &loan.DueOn, &loan.ReturnedOn, &condition, &loan.Defects, &loan.MakeGoodBy}, func() error {
		loan.Condition = procedures.LoanCondition(condition)
		found.Loan = &loan
		return nil
	})
	if err != nil || !scope.Party {
		return err
	}
	rows, err = s.as(scope).Query(ctx, `SELECT letter_number, letter_issuer, reason, particulars, case_no FROM archive_holds WHERE person = $1`, person)
	if err != nil {
		return err
	}
	var hold view.HoldView
	var reason string
	_, err = pgx.ForEachRow(rows, []any{&hold.LetterNumber, &hold.LetterIssuer, &reason, &hold.Particulars, &hold.Case}, func() error {
		hold.Reason = procedures.HoldReason(reason)
		found.Hold = &hold
		return nil
	})
	return err
}

// hands reads every change of hands from a table of such, the first one first.
func (s *Store) hands(ctx context.Context, scope view.Scope, table string, reasons map[string]approval.Text, person string) ([]view.CustodyView, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT c.at, c.from_name, c.to_name, coalesce(h.name, c.handed_by), coalesce(r.name, c.received_by), c.reason, coalesce(c.case_no, '')
		FROM `+table+` c LEFT JOIN users h ON h.id = c.handed_by LEFT JOIN users r ON r.id = c.received_by WHERE c.person = $1 ORDER BY c.seq`, person)
	if err != nil {
		return nil, err
	}
	changes := []view.CustodyView{}
	var change view.CustodyView
	var reason string
	_, err = pgx.ForEachRow(rows, []any{&change.At, &change.From, &change.To, &change.HandedBy, &change.ReceivedBy, &reason, &change.Case}, func() error {
		change.Reason = reasons[reason]
		changes = append(changes, change)
		return nil
	})
	return changes, err
}

// archiveTotals reconciles a transfer: people = the sum of the results + open.
func (s *Store) archiveTotals(ctx context.Context, scope view.Scope, fold *approval.Case) (view.LineTotals, error) {
	totals := view.LineTotals{Outcomes: map[string]int{}, Streets: map[string]int{}}
	rows, err := s.as(scope).Query(ctx, `SELECT outcome, count(*) FROM archive_items WHERE case_no = $1 GROUP BY 1`, fold.No)
	if err != nil {
		return totals, err
	}
	defer rows.Close()
	for rows.Next() {
		var outcome string
		var count int
		if err := rows.Scan(&outcome, &count); err != nil {
			return totals, err
		}
		totals.People += count
		if outcome == "" {
			totals.Open += count
		} else {
			totals.Outcomes[outcome] += count
		}
	}
	return totals, rows.Err()
}

// custodyBroken finds archives whose chain of hands has a gap or ends elsewhere than with their holder,
// and rows of transfers that say otherwise than the registry.
const custodyBroken = `SELECT a.person FROM archives a WHERE NOT EXISTS (SELECT FROM archive_custody c WHERE c.person = a.person AND c.to_name = a.holder_name
		AND c.seq = (SELECT max(seq) FROM archive_custody d WHERE d.person = a.person))
	UNION SELECT c.person FROM archive_custody c LEFT JOIN archive_custody p ON p.person = c.person AND p.seq = c.seq - 1
		WHERE c.seq > 1 AND (p.to_name IS NULL OR p.to_name <> c.from_name) OR c.seq = 1 AND c.from_name <> ''
	UNION SELECT i.person FROM archive_items i WHERE i.outcome IN ('accepted','accepted_with_defects') AND NOT EXISTS (SELECT FROM archives a WHERE a.person = i.person AND a.shelf <> '')
		AND NOT EXISTS (SELECT FROM archive_custody c WHERE c.person = i.person AND c.reason = 'recall-received')
	ORDER BY 1`

// loansBroken finds archives that are out without a loan, or a loan of one that is elsewhere than with its borrower.
const loansBroken = `SELECT a.person FROM archives a WHERE a.state = 'on_loan' AND NOT EXISTS (SELECT FROM archive_loans l WHERE l.person = a.person AND l.returned_on IS NULL AND l.borrower = a.holder_office)
	UNION SELECT l.person FROM archive_loans l JOIN cases c ON c.no = l.case_no LEFT JOIN archives a ON a.person = l.person
		WHERE l.returned_on IS NULL AND (a.state IS DISTINCT FROM 'on_loan' OR a.holder_office <> l.borrower OR c.ended_at IS NOT NULL)
	ORDER BY 1`

// heldBroken finds held archives that nobody looks at again, others with a review date, and letters about
// archives that are not held.
const heldBroken = `SELECT person FROM archives WHERE (state = 'held') <> (review_on IS NOT NULL)
	UNION SELECT h.person FROM archive_holds h LEFT JOIN archives a ON a.person = h.person WHERE a.state IS DISTINCT FROM 'held'
	UNION SELECT i.person FROM archive_items i JOIN cases c ON c.no = i.case_no AND c.ended_at IS NULL WHERE i.outcome = 'held' AND NOT EXISTS (SELECT FROM archive_custody u WHERE u.person = i.person AND u.reason = 'held')
	ORDER BY 1`

// recallsBroken finds recalls that came to their end without both holders in the chain of hands.
const recallsBroken = `SELECT c.subject FROM cases c WHERE c.type = 'archive-recall' AND c.state = 'closed'
	AND (NOT EXISTS (SELECT FROM archive_custody u WHERE u.case_no = c.no AND u.reason = 'recalled') OR NOT EXISTS (SELECT FROM archive_custody u WHERE u.case_no = c.no AND u.reason = 'recall-received'))
	UNION SELECT c.subject FROM cases c JOIN archives a ON a.person = c.subject AND a.case_no = c.no WHERE c.type = 'archive-recall' AND c.ended_at IS NOT NULL AND a.state IN ('in_transit','coming_back')
	ORDER BY 1`
