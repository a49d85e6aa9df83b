package store

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
)

// lineTable is where the lines of a type of case stand, with the column of each field and what its
// text is cast to.
type lineTable struct {
	name           string
	columns, casts map[string]string
}

func tableOf(caseType string) lineTable {
	if caseType == procedures.TypeArchive {
		return lineTable{name: "archive_items", casts: map[string]string{"archive_volumes": "::text::int", "archive_pages": "::text::int"},
			columns: map[string]string{"archive_number": "number", "archive_volumes": "volumes", "archive_pages": "pages", "archive_missing": "missing",
				"archive_finding": "finding", "archive_result": "result", "archive_supplement_by": "supplement_by", "archive_shelf": "shelf"}}
	}
	return lineTable{name: "lines", columns: map[string]string{"cadre_class": "cadre_class", "managing_organ": "managing_organ", "match_result": "match_result", "street": "street", "community": "community"}}
}

// maximumLineText and maximumLineNumber bound what a line's field takes.
const (
	maximumLineText   = 500
	maximumLineNumber = 100_000
)

// checkLineText checks a field that is written, not chosen.
func checkLineText(field procedures.LineField, value string) error {
	switch field.Kind {
	case approval.FieldNumber:
		if number, err := strconv.Atoi(value); err != nil || number < 0 || number > maximumLineNumber {
			return approval.Invalid("lines", fmt.Sprintf("%s：应为 0 到 %d 的整数", field.Title.ZH, maximumLineNumber), fmt.Sprintf("%s: a whole number from 0 to %d", field.Title.EN, maximumLineNumber))
		}
	case approval.FieldDate:
		if _, err := time.Parse(time.DateOnly, value); value != "" && err != nil {
			return approval.Invalid("lines", field.Title.ZH+"：日期应写成 2026-11-24 的样子", field.Title.EN+": a date is written like 2026-11-24")
		}
	default:
		if utf8.RuneCountInString(value) > maximumLineText {
			return approval.Invalid("lines", fmt.Sprintf("%s：最多 %d 字", field.Title.ZH, maximumLineText), fmt.Sprintf("%s: at most %d characters", field.Title.EN, maximumLineText))
		}
	}
	return nil
}

// scopeColumn is the column of lines that names a case of the type.
func scopeColumn(caseType string) string {
	switch caseType {
	case procedures.TypeIntake:
		return "intake"
	case procedures.TypeReception:
		return "reception"
	}
	if procedures.LeadsToForm(caseType) != "" {
		// One case instead of a street's carries the lines.
		return "intake"
	}
	return "case_no"
}

// correctLines writes the edits of a correction and gives the event the new line set.
func (s *Store) correctLines(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	table := tableOf(fold.Type)
	batch := &pgx.Batch{}
	for _, edit := range entry.Lines {
		column, ok := table.columns[edit.Field]
		if !ok {
			return approval.Invalid("lines", "没有这个可更正的项目", "there is no such field")
		}
		if err := s.checkLineValue(ctx, tx, fold, edit); err != nil {
			return err
		}
		batch.Queue(`WITH old AS (SELECT id, `+column+`::text AS value FROM `+table.name+` WHERE id = $1 AND `+scopeColumn(fold.Type)+` = $2 AND outcome = '' FOR UPDATE),
			changed AS (UPDATE `+table.name+` l SET `+column+` = $3`+table.casts[edit.Field]+` FROM old WHERE l.id = old.id RETURNING l.id)
			INSERT INTO line_edits(case_no, seq, line, field, old, new, by_person, at) SELECT $2, $4, old.id, $5, old.value, $3, $6, $7 FROM old`,
			edit.Line, fold.No, edit.Value, entry.Seq, edit.Field, entry.Actor.Person, entry.At).Exec(func(tag commandTag) error {
			if tag.RowsAffected() == 0 {
				return approval.Invalid("lines", "有的人员不在本办件中或已有结果", "a line is not part of this case, or has its outcome already")
			}
			return nil
		})
	}
	learnPlaces(batch, fold, entry)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	version := 1
	if fold.LineSet != nil {
		version = fold.LineSet.Version + 1
	}
	lineSet, err := currentLineSet(ctx, tx, fold.No, fold.Type, version)
	event.LineSet = lineSet
	return err
}

func (s *Store) checkLineValue(ctx context.Context, tx pgx.Tx, fold *approval.Case, edit approval.LineEdit) error {
	for _, field := range procedures.LineFields() {
		if field.Key != edit.Field {
			continue
		}
		if field.Kind != approval.FieldChoice {
			return checkLineText(field, edit.Value)
		}
		if len(field.Options) > 0 {
			if edit.Value == "" && field.Optional {
				return nil
			}
			if !slices.ContainsFunc(field.Options, func(o approval.Option) bool { return o.Value == edit.Value }) {
				return approval.Invalid("lines", field.Title.ZH+"：请从所列选项中选择", field.Title.EN+": choose one of the listed options")
			}
			return nil
		}
		if edit.Value == "" {
			return nil
		}
		var known bool
		parent := fold.Facts[procedures.FactRegion]
		if fold.Type == procedures.TypeIntake || fold.Type == procedures.TypeTransition {
			if err := tx.QueryRow(ctx, `SELECT region FROM offices WHERE id = $1`, fold.Facts[procedures.FactStreet]).Scan(&parent); err != nil {
				return err
			}
		}
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM offices WHERE kind = $1 AND region = $2 AND region LIKE $3 || '%')`, edit.Field, edit.Value, parent).Scan(&known); err != nil {
			return err
		}
		if !known {
			return approval.Invalid("lines", field.Title.ZH+"：没有这个接收单位", field.Title.EN+": there is no such office here")
		}
	}
	return nil
}
