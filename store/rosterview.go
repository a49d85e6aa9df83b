package store

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// rosterScope: an enterprise sees its own uploads, and so do the offices of the case it went into.
const rosterScope = `(r.enterprise = ANY($1) OR r.uploaded_by = $2)`

// Rosters lists uploads, newest first.
func (s *Store) Rosters(ctx context.Context, scope view.Scope, limit int) ([]view.RosterView, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT id FROM rosters r WHERE `+rosterScope+` ORDER BY uploaded_at DESC LIMIT $3`, scope.Offices, scope.Person, limit)
	if err != nil {
		return nil, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	list := []view.RosterView{}
	for _, id := range ids {
		roster, err := s.Roster(ctx, scope, id)
		if err != nil {
			return nil, err
		}
		list = append(list, *roster)
	}
	return list, nil
}

// Roster reads one upload with its totals.
func (s *Store) Roster(ctx context.Context, scope view.Scope, id string) (*view.RosterView, error) {
	r := &view.RosterView{Codes: map[string]int{}, UnknownTitle: []string{}}
	var refusal []byte
	err := s.as(scope).QueryRow(ctx, `SELECT r.id, r.file_name, r.enterprise, r.uploaded_at, r.state, r.progress, r.progress_of, r.refusal, r.unknown_headers, coalesce(r.case_no,'')
		FROM rosters r WHERE `+rosterScope+` AND r.id = $3`, scope.Offices, scope.Person, id).
		Scan(&r.ID, &r.FileName, &r.Enterprise, &r.UploadedAt, &r.State, &r.Progress, &r.ProgressOf, &refusal, &r.UnknownTitle, &r.Case)
	if err != nil {
		return nil, orNotFound(err)
	}
	if refusal != nil {
		r.Refusal = &approval.Text{}
		if err := json.Unmarshal(refusal, r.Refusal); err != nil {
			return nil, err
		}
	}
	err = s.as(scope).QueryRow(ctx, `SELECT count(*) FILTER (WHERE level = 'ok'), count(*) FILTER (WHERE level = 'warning'), count(*) FILTER (WHERE level = 'blocker'),
		count(*) FILTER (WHERE level = 'skipped'), count(*) FILTER (WHERE level = 'blocker' AND 'not_part' = ANY(groups)) FROM roster_rows WHERE roster = $1 AND NOT discarded`, id).
		Scan(&r.Totals.OK, &r.Totals.Warning, &r.Totals.Blocker, &r.Totals.Skipped, &r.NotPart)
	if err != nil {
		return nil, err
	}
	r.Totals.People = r.Totals.OK + r.Totals.Warning + r.Totals.Blocker
	rows, err := s.as(scope).Query(ctx, `SELECT code, count(*) FROM roster_rows, unnest(codes) AS code WHERE roster = $1 AND NOT discarded AND ($2 OR code <> 'party_dues_missing') GROUP BY code`, id, scope.Party || scope.Holds(r.Enterprise))
	if err != nil {
		return nil, err
	}
	var code string
	var count int
	_, err = pgx.ForEachRow(rows, []any{&code, &count}, func() error { r.Codes[code] = count; return nil })
	return r, err
}

// RosterRows lists rows by level, code and group, opened and masked.
func (s *Store) RosterRows(ctx context.Context, scope view.Scope, id, level, code, group string, limit int, after string) ([]view.RosterRow, string, int, error) {
	start, err := afterRow(after)
	if err != nil {
		return nil, "", 0, err
	}
	var total int
	if err := s.as(scope).QueryRow(ctx, `SELECT count(*) FROM roster_rows WHERE roster = $1 AND NOT discarded AND ($2 = '' OR level = $2) AND ($3 = '' OR $3 = ANY(codes)) AND ($4 = '' OR $4 = ANY(groups))`,
		id, level, code, group).Scan(&total); err != nil {
		return nil, "", 0, err
	}
	rows, err := s.as(scope).Query(ctx, `SELECT row, level, findings, data_key, sealed FROM roster_rows WHERE roster = $1 AND NOT discarded AND ($2 = '' OR level = $2) AND ($3 = '' OR $3 = ANY(codes))
		AND ($4 = '' OR $4 = ANY(groups)) AND row > $5 ORDER BY row LIMIT $6`, id, level, code, group, start, limit+1)
	if err != nil {
		return nil, "", 0, err
	}
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.RosterRow, error) {
		item, _, err := s.scanRosterRow(id, row)
		item.Values = maskValues(item.Values)
		return item, err
	})
	next := ""
	if len(items) > limit {
		items = items[:limit]
		next = strconv.Itoa(items[limit-1].Row)
	}
	return items, next, total, err
}

func (s *Store) scanRosterRow(id string, row pgx.CollectableRow) (view.RosterRow, []string, error) {
	item := view.RosterRow{Findings: []view.RosterFinding{}, Values: map[string]string{}}
	var findings, wrapped, sealed []byte
	if err := row.Scan(&item.Row, &item.Level, &findings, &wrapped, &sealed); err != nil {
		return item, nil, err
	}
	if err := json.Unmarshal(findings, &item.Findings); err != nil {
		return item, nil, err
	}
	content, err := s.openRosterRow(id, item.Row, wrapped, sealed)
	if content.Values != nil {
		item.Values = content.Values
	}
	return item, content.Cells, err
}

func maskValues(values map[string]string) map[string]string {
	masked := make(map[string]string, len(values))
	for key, value := range values {
		switch key {
		case "id_number", "social_security_number":
			value = view.MaskID(value)
		case "phone", "kin_phone":
			value = view.MaskPhone(value)
		}
		masked[key] = value
	}
	return masked
}

// CorrectableRows opens the rows an enterprise has to correct, with the heading they came under.
func (s *Store) CorrectableRows(ctx context.Context, scope view.Scope, id string) ([]string, []view.CorrectableRow, error) {
	var header []string
	if err := s.as(scope).QueryRow(ctx, `SELECT header FROM rosters WHERE id = $1`, id).Scan(&header); err != nil {
		return nil, nil, orNotFound(err)
	}
	rows, err := s.as(scope).Query(ctx, `SELECT row, level, findings, data_key, sealed FROM roster_rows WHERE roster = $1 AND NOT discarded AND level = 'blocker' AND sealed IS NOT NULL ORDER BY row`, id)
	if err != nil {
		return nil, nil, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.CorrectableRow, error) {
		item, cells, err := s.scanRosterRow(id, row)
		return view.CorrectableRow{Row: item.Row, Cells: cells, Findings: item.Findings}, err
	})
	return header, list, err
}

// DiscardRows takes the rows that are not part of this handover out of a roster in one click.
func (s *Store) DiscardRows(ctx context.Context, id string) error {
	_, err := s.pool.Exec(ctx, `UPDATE roster_rows SET discarded = true FROM rosters r WHERE r.id = roster AND r.case_no IS NULL AND roster = $1 AND level = 'blocker' AND 'not_part' = ANY(groups)`, id)
	return err
}
