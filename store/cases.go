package store

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// caseScope is the second half of every read: a case is seen by the offices that take part in it
// and, with a supervising post, by everything above its region. $1 offices, $2 region paths.
const caseScope = `(EXISTS (SELECT FROM case_access a WHERE a.case_no = c.no AND a.office = ANY($1))
	OR EXISTS (SELECT FROM unnest($2::text[]) AS x(path) WHERE c.region_path LIKE x.path || '%'))`

// CaseRecord reads one case within the caller's scope; foreign and unknown numbers answer the same.
func (s *Store) CaseRecord(ctx context.Context, scope view.Scope, no string) (*view.CaseRecord, error) {
	record := &view.CaseRecord{Fold: &approval.Case{}}
	var body []byte
	err := s.as(scope).QueryRow(ctx, `SELECT fold, title, coalesce(roster,''), coalesce(fault,'') FROM cases c WHERE c.no = $3 AND `+caseScope, scope.Offices, scope.Paths, no).
		Scan(&body, &record.Title, &record.Roster, &record.Fault)
	if err != nil {
		return nil, orNotFound(err)
	}
	return record, json.Unmarshal(body, record.Fold)
}

// Cases lists cases newest first; the cursor is the submission moment and number of the last.
func (s *Store) Cases(ctx context.Context, scope view.Scope, filter view.CaseFilter) ([]view.CaseItem, string, error) {
	after, afterNo, err := afterMoment(filter.After)
	if err != nil {
		return nil, "", err
	}
	query := strings.ToUpper(strings.TrimSpace(filter.Query))
	rows, err := s.as(scope).Query(ctx, `SELECT c.no, c.type, c.title, c.state, c.stage, o.name, c.submitted_at, c.ended_at, c.version,
		coalesce((SELECT string_agg(DISTINCT h.name, '、') FROM tasks t JOIN offices h ON h.id = t.office WHERE t.case_no = c.no AND t.state = 'open'), ''),
		(SELECT min(t.due) FROM tasks t WHERE t.case_no = c.no AND t.state = 'open'), coalesce((SELECT t.office FROM tasks t WHERE t.case_no = c.no AND t.state = 'open' ORDER BY t.due, t.id LIMIT 1), c.office)
		FROM cases c JOIN offices o ON o.id = c.office WHERE `+caseScope+`
		AND ($3 = '' OR c.type = $3) AND ($4 = '' OR c.state = ANY(string_to_array($4, ','))) AND ($5 = '' OR c.stage = $5) AND ($6 = '' OR c.office = $6)
		AND ($7 = '' OR EXISTS (SELECT FROM tasks t WHERE t.case_no = c.no AND t.state = 'open' AND (t.office = $7 OR t.owner = $7)))
		AND ($8 = '' OR EXISTS (SELECT FROM tasks t WHERE t.case_no = c.no AND t.state = 'open' AND CASE $8 WHEN 'overdue' THEN t.due < $9 WHEN 'today' THEN t.due::date = $9::date ELSE t.due IS NOT NULL END))
		AND ($10 = '' OR c.no LIKE $10 || '%' OR c.search @> ARRAY[$11] OR c.search @> ARRAY[$12] OR o.name LIKE '%' || $11 || '%')
		AND (NOT $13 OR c.initiator = $14) AND ($15 = '' OR c.parent = $15) AND ($16 = '' OR c.subject = $16)
		AND ($17 = '' OR (c.submitted_at, c.no) < ($17::timestamptz, $18)) ORDER BY c.submitted_at DESC, c.no DESC LIMIT $19`,
		scope.Offices, scope.Paths, filter.Type, filter.State, filter.Stage, filter.Office, filter.Holder, filter.Due, s.clock.Now(),
		query, filter.Query, s.tailToken(query), filter.Mine, scope.Person, filter.Parent, filter.Subject, after, afterNo, filter.Limit+1)
	if err != nil {
		return nil, "", err
	}
	items, holders := []view.CaseItem{}, []string{}
	for rows.Next() {
		var item view.CaseItem
		var holder string
		if err := rows.Scan(&item.No, &item.Type, &item.Title, &item.State, &item.Stage, &item.OfficeName, &item.SubmittedAt, &item.EndedAt, &item.Version, &item.Holder, &item.Due, &holder); err != nil {
			rows.Close()
			return nil, "", err
		}
		item.TypeTitle, item.StageTitle = Titles(item.Type, item.Stage)
		items, holders = append(items, item), append(holders, holder)
	}
	if err := rows.Err(); err != nil {
		return nil, "", err
	}
	calendars, err := s.calendarsFor(ctx, s.pool, holders)
	if err != nil {
		return nil, "", err
	}
	for i := range items {
		items[i].DueDays = view.DaysLeft(calendars[holders[i]], items[i].Due, s.clock.Now())
	}
	next := ""
	if len(items) > filter.Limit {
		items = items[:filter.Limit]
		last := items[filter.Limit-1]
		next = momentCursor(pgtype.Timestamptz{Time: last.SubmittedAt}, last.No)
	}
	return items, next, nil
}

// Titles finds the wording of a procedure and of one of its stages.
func Titles(caseType, stage string) (approval.Text, approval.Text) {
	procedure, _ := procedures.Find(caseType)
	for _, declared := range procedure.Stages {
		if declared.Key == stage {
			return procedure.Title, declared.Title
		}
	}
	return procedure.Title, approval.Text{}
}

// Journal reads a case's journal within the caller's scope.
func (s *Store) Journal(ctx context.Context, scope view.Scope, no string) ([]view.ChainedEntry, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT j.body, j.hash, j.prev FROM cases c JOIN journal j ON j.stream = 'case:' || c.no WHERE c.no = $3 AND `+caseScope+` ORDER BY j.seq`, scope.Offices, scope.Paths, no)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.ChainedEntry, error) {
		var chained view.ChainedEntry
		var body []byte
		if err := row.Scan(&body, &chained.Hash, &chained.Prev); err != nil {
			return chained, err
		}
		var err error
		chained.Entry, err = approval.DecodeEntry(body)
		return chained, err
	})
}

// OfficeWithinCase reports whether an office is of the case's district, or takes part in the case; in a
// case for Party roles alone, whether it is one of theirs there.
func (s *Store) OfficeWithinCase(ctx context.Context, office, no string) (bool, error) {
	var within bool
	err := s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM offices o JOIN cases c ON c.no = $2 WHERE o.id = $1 AND CASE WHEN is_party_type(c.type)
			THEN o.kind IN ('party','organisation') AND o.path LIKE substr(c.region_path, length($3) + 1, 6) || '%' ELSE o.path LIKE left(c.region_path, 6) || '%' END)
		OR EXISTS (SELECT FROM case_access a WHERE a.office = $1 AND a.case_no = $2)`, office, no, view.PartyPath("")).Scan(&within)
	return within, err
}

// OpenCases calls each with the number of every case that has not ended and whose workflow was started.
func (s *Store) OpenCases(ctx context.Context, each func(no string) error) error {
	for after := ""; ; {
		rows, err := s.pool.Query(ctx, `SELECT no FROM cases WHERE ended_at IS NULL AND started AND no > $1 ORDER BY no LIMIT $2`, after, doctorPage)
		if err != nil {
			return err
		}
		nos, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return err
		}
		for _, no := range nos {
			if err := each(no); err != nil {
				return err
			}
		}
		if len(nos) < doctorPage {
			return nil
		}
		after = nos[len(nos)-1]
	}
}

// Entries are all entries of a case's journal.
func (s *Store) Entries(ctx context.Context, no string) ([]approval.Entry, error) {
	rows, err := s.pool.Query(ctx, `SELECT body FROM journal WHERE stream = $1 ORDER BY seq`, stream(no))
	if err != nil {
		return nil, err
	}
	return collectEntries(rows)
}
