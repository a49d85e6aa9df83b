package store

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/internal/view"
)

// CreateRoster keeps an upload, sealed. The same file of the same enterprise twice is the same roster.
func (s *Store) CreateRoster(ctx context.Context, id, enterprise, person, fileName string, file []byte, digest string) (string, error) {
	var existing string
	err := s.pool.QueryRow(ctx, `SELECT coalesce((SELECT id FROM rosters WHERE enterprise = $1 AND file_digest = $2 AND state <> 'failed' ORDER BY uploaded_at DESC LIMIT 1), '')`, enterprise, digest).Scan(&existing)
	if err != nil || existing != "" {
		return existing, err
	}
	_, err = s.pool.Exec(ctx, `INSERT INTO rosters(id, enterprise, uploaded_by, file_name, file_sealed, file_digest, uploaded_at, state) VALUES ($1,$2,$3,$4,$5,$6,$7,'checking')`,
		id, enterprise, person, fileName, s.ring.Seal(file, "rosters|file_sealed|"+id), digest, s.clock.Now())
	return id, err
}

// RosterFile opens the stored upload.
func (s *Store) RosterFile(ctx context.Context, id string) (name string, file []byte, err error) {
	var sealed []byte
	if err := s.pool.QueryRow(ctx, `SELECT file_name, file_sealed FROM rosters WHERE id = $1`, id).Scan(&name, &sealed); err != nil {
		return "", nil, orNotFound(err)
	}
	file, err = s.ring.Open(sealed, "rosters|file_sealed|"+id)
	return name, file, err
}

// ReplaceRosterFile stores a redacted upload in place of the first one.
func (s *Store) ReplaceRosterFile(ctx context.Context, id string, file []byte) error {
	_, err := s.pool.Exec(ctx, `UPDATE rosters SET file_sealed = $2 WHERE id = $1`, id, s.ring.Seal(file, "rosters|file_sealed|"+id))
	return err
}

// RedactedRows lists the rows of a case's roster whose line was excluded: their cells must go from the upload.
func (s *Store) RedactedRows(ctx context.Context, no string) (roster string, rows []int, err error) {
	if err := s.pool.QueryRow(ctx, `SELECT coalesce(roster,'') FROM cases WHERE no = $1`, no).Scan(&roster); err != nil {
		return "", nil, orNotFound(err)
	}
	found, err := s.pool.Query(ctx, `SELECT row FROM exclusions WHERE case_no = $1 ORDER BY row`, no)
	if err != nil {
		return "", nil, err
	}
	rows, err = pgx.CollectRows(found, pgx.RowTo[int])
	return roster, rows, err
}

// SaveRosterRows upserts checked rows; a corrected row takes the place of the row it came from.
func (s *Store) SaveRosterRows(ctx context.Context, id string, rows []view.CheckedRow) error {
	batch := &pgx.Batch{}
	for _, row := range rows {
		body, err := json.Marshal(row.Content)
		if err != nil {
			return err
		}
		findings, err := json.Marshal(row.Findings)
		if err != nil {
			return err
		}
		codes, groups := []string{}, []string{}
		for _, finding := range row.Findings {
			codes = append(codes, finding.Code)
			if finding.Group != "" {
				groups = append(groups, finding.Group)
			}
		}
		key := crypt.NewDataKey()
		place := fmt.Sprintf("%s|%d", id, row.Row)
		var index []byte
		if row.Content.Values["id_number"] != "" {
			index = s.ring.Index("person", row.Content.Values["id_number"])
		}
		batch.Queue(`INSERT INTO roster_rows(roster, row, level, codes, findings, groups, data_key, sealed, id_index) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
			ON CONFLICT (roster, row) DO UPDATE SET level=EXCLUDED.level, codes=EXCLUDED.codes, findings=EXCLUDED.findings, groups=EXCLUDED.groups,
				data_key=EXCLUDED.data_key, sealed=EXCLUDED.sealed, id_index=EXCLUDED.id_index, discarded=false`,
			id, row.Row, row.Level, codes, findings, groups, s.ring.Seal(key, "roster_rows|data_key|"+place), crypt.SealWith(key, body, "roster_rows|sealed|"+place), index)
	}
	return s.pool.SendBatch(ctx, batch).Close()
}

// RosterProgress reports how far a check has come.
func (s *Store) RosterProgress(ctx context.Context, id string, done, of int) error {
	_, err := s.pool.Exec(ctx, `UPDATE rosters SET progress = $2, progress_of = $3 WHERE id = $1`, id, done, of)
	return err
}

// FinishRoster ends a check: checked with its header, or failed with the refusal's wording.
func (s *Store) FinishRoster(ctx context.Context, id string, refusal *approval.Text, header, unknown []string) error {
	state := "checked"
	var body []byte
	if refusal != nil {
		state = "failed"
		body, _ = json.Marshal(refusal)
	}
	_, err := s.pool.Exec(ctx, `UPDATE rosters SET state = $2, refusal = $3, header = CASE WHEN cardinality($4::text[]) > 0 THEN $4 ELSE header END,
		unknown_headers = $5, progress = greatest(progress, progress_of), correction_name = NULL, correction_sealed = NULL WHERE id = $1`, id, state, body, orEmpty(header), orEmpty(unknown))
	return err
}

// RestartRoster puts a roster back into checking, for a mapping or a corrected file; it answers
// false when the roster was submitted, or this file was merged before.
func (s *Store) RestartRoster(ctx context.Context, id, digest string, mapping map[string]string, correctionName string, correction []byte) (bool, error) {
	if mapping == nil {
		mapping = map[string]string{}
	}
	body, err := json.Marshal(mapping)
	if err != nil {
		return false, err
	}
	var sealed []byte
	if correction != nil {
		sealed = s.ring.Seal(correction, "rosters|correction_sealed|"+id)
	}
	tag, err := s.pool.Exec(ctx, `UPDATE rosters SET state = 'checking', progress = 0, refusal = NULL, mapping = mapping || $3::jsonb,
		merge_digests = CASE WHEN $2 = '' THEN merge_digests ELSE array_append(merge_digests, $2) END, correction_name = nullif($4,''), correction_sealed = $5
		WHERE id = $1 AND case_no IS NULL AND ($2 = '' OR NOT ($2 = ANY(merge_digests) OR file_digest = $2))`, id, digest, body, correctionName, sealed)
	return tag.RowsAffected() == 1, err
}

// RosterCorrection opens the corrected file that waits to be merged; nil when there is none.
func (s *Store) RosterCorrection(ctx context.Context, id string) (name string, file []byte, err error) {
	var sealed []byte
	if err := s.pool.QueryRow(ctx, `SELECT coalesce(correction_name,''), correction_sealed FROM rosters WHERE id = $1`, id).Scan(&name, &sealed); err != nil {
		return "", nil, orNotFound(err)
	}
	if sealed == nil {
		return "", nil, nil
	}
	file, err = s.ring.Open(sealed, "rosters|correction_sealed|"+id)
	return name, file, err
}

// RosterLastRow is the highest row number of a roster.
func (s *Store) RosterLastRow(ctx context.Context, id string) (int, error) {
	var last int
	err := s.pool.QueryRow(ctx, `SELECT coalesce(max(row), 0) FROM roster_rows WHERE roster = $1`, id).Scan(&last)
	return last, err
}

// Communities lists every community that has an office, for resolving addresses.
func (s *Store) Communities(ctx context.Context) ([]view.Community, error) {
	rows, err := s.pool.Query(ctx, `SELECT r.code, r.name, p.code, p.name FROM regions r JOIN regions p ON p.code = r.parent JOIN offices o ON o.kind = 'community' AND o.region = r.code WHERE r.level = 'community'`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Community])
}

// CheckingRosters lists the rosters whose check was cut off, by a restart for example.
func (s *Store) CheckingRosters(ctx context.Context) ([]string, error) {
	rows, err := s.pool.Query(ctx, `SELECT id FROM rosters WHERE state = 'checking'`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

// RosterMapping reads the columns a person chose for unknown headings.
func (s *Store) RosterMapping(ctx context.Context, id string) (map[string]string, error) {
	mapping := map[string]string{}
	var body []byte
	if err := s.pool.QueryRow(ctx, `SELECT mapping FROM rosters WHERE id = $1`, id).Scan(&body); err != nil {
		return nil, orNotFound(err)
	}
	return mapping, json.Unmarshal(body, &mapping)
}

// RosterHolders finds which rows of a roster hold the ID numbers, for the duplicate check of a merge.
func (s *Store) RosterHolders(ctx context.Context, id string, numbers []string) (map[string]int, error) {
	holders := map[string]int{}
	for _, number := range numbers {
		var row int
		err := s.pool.QueryRow(ctx, `SELECT coalesce(min(row), 0) FROM roster_rows WHERE roster = $1 AND id_index = $2 AND NOT discarded`, id, s.ring.Index("person", number)).Scan(&row)
		if err != nil {
			return nil, err
		}
		if row > 0 {
			holders[number] = row
		}
	}
	return holders, nil
}

// Managed finds which ID numbers belong to people whom a community or the body of a group already manages.
func (s *Store) Managed(ctx context.Context, numbers []string) (map[string]bool, error) {
	indexes := make([][]byte, len(numbers))
	byIndex := map[string]string{}
	for i, number := range numbers {
		indexes[i] = s.ring.Index("person", number)
		byIndex[string(indexes[i])] = number
	}
	rows, err := s.pool.Query(ctx, `SELECT number FROM unnest($1::bytea[]) AS asked(number) JOIN persons p ON p.id = person_of(number) WHERE p.community IS NOT NULL OR p.managed_group IS NOT NULL`, indexes)
	if err != nil {
		return nil, err
	}
	managed := map[string]bool{}
	var index []byte
	_, err = pgx.ForEachRow(rows, []any{&index}, func() error { managed[byIndex[string(index)]] = true; return nil })
	return managed, err
}

// rosterLines takes the rows of level ok and warning of a roster for a case; blockers stay in the roster.
func (s *Store) rosterLines(ctx context.Context, tx pgx.Tx, id, no string) ([]view.NewLine, error) {
	tag, err := tx.Exec(ctx, `UPDATE rosters SET case_no = $2 WHERE id = $1 AND case_no IS NULL AND state = 'checked'`, id, no)
	if err != nil {
		return nil, err
	}
	if tag.RowsAffected() == 0 {
		return nil, approval.Refuse(approval.CodeWrongState, "名册尚未核验完毕，或已经提交过", "the roster is not checked yet, or has been submitted before")
	}
	rows, err := tx.Query(ctx, `SELECT row, data_key, sealed FROM roster_rows WHERE roster = $1 AND level IN ('ok','warning') AND NOT discarded ORDER BY row`, id)
	if err != nil {
		return nil, err
	}
	lines, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.NewLine, error) {
		var line view.NewLine
		var wrapped, sealed []byte
		if err := row.Scan(&line.Row, &wrapped, &sealed); err != nil {
			return line, err
		}
		content, err := s.openRosterRow(id, line.Row, wrapped, sealed)
		line.Values = content.Values
		return line, err
	})
	if err == nil && len(lines) == 0 {
		err = approval.Refuse(approval.CodeInvalidInput, "名册中没有可以移交的人员，请先补正", "no row of the roster can go on; correct it first")
	}
	return lines, err
}

func (s *Store) openRosterRow(id string, row int, wrapped, sealed []byte) (view.RowContent, error) {
	var content view.RowContent
	if wrapped == nil {
		return content, nil
	}
	place := fmt.Sprintf("%s|%d", id, row)
	key, err := s.ring.Open(wrapped, "roster_rows|data_key|"+place)
	if err != nil {
		return content, err
	}
	body, err := crypt.OpenWith(key, sealed, "roster_rows|sealed|"+place)
	if err != nil {
		return content, err
	}
	return content, json.Unmarshal(body, &content)
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
