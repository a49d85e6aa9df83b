package store

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// LoadDeaths reads a matched list, a CSV of id_number,died_on,source, and opens a report for each registered,
// living person on it. Each is a case of its own, that the agency's clerk takes up; one row's fault does not
// keep the others out. file names the list.
func (s *Store) LoadDeaths(ctx context.Context, list io.Reader, file string) (view.LoadedDeaths, error) {
	var counts view.LoadedDeaths
	reader := csv.NewReader(list)
	reader.FieldsPerRecord = 3
	records, err := reader.ReadAll()
	if err != nil {
		return counts, approval.Invalid("file", "应为 CSV：id_number,died_on,source", "should be CSV: id_number,died_on,source")
	}
	for i, record := range records {
		if i == 0 && record[0] == "id_number" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, record[1]); err != nil {
			counts.Invalid = append(counts.Invalid, i+1)
			continue
		}
		err := s.inTransaction(ctx, func(tx pgx.Tx) error { return s.reportListed(ctx, tx, record, file) })
		var refused *approval.Error
		switch {
		case err == nil:
			counts.Opened++
		case !errors.As(err, &refused):
			return counts, err
		case refused.Code == approval.CodeNotFound:
			counts.Unregistered++
		case refused.Code == approval.CodeDuplicate:
			counts.Known++
		case refused.Code == approval.CodeInvalidInput:
			counts.Invalid = append(counts.Invalid, i+1)
		default:
			return counts, err
		}
	}
	return counts, nil
}

// reportListed opens the report of one row, in the name of the agency of the person's district.
func (s *Store) reportListed(ctx context.Context, tx pgx.Tx, record []string, file string) error {
	var person, name, community, enterprise, region string
	err := tx.QueryRow(ctx, `SELECT p.id, p.name, coalesce(p.community, ''), coalesce(p.enterprise, ''), left(o.region, 6) FROM persons p JOIN offices o ON o.id = coalesce(p.community, p.enterprise)
		WHERE p.id = person_of($1)`, s.ring.Index("person", strings.ToUpper(strings.TrimSpace(record[0])))).Scan(&person, &name, &community, &enterprise, &region)
	if err != nil {
		return orNotFound(err)
	}
	new := procedures.NewDeath(name, region, community, enterprise)
	agency, err := officesFor(ctx, tx, &approval.Case{Facts: new.Facts}, approval.Signer{OfficeKind: approval.KindAgency})
	if err != nil {
		return err
	}
	procedure, _ := procedures.Find(procedures.TypeDeath)
	form := approval.Form{}
	for key, value := range map[string]string{"source": procedures.SourceList, "diedOn": record[1], "howKnown": record[2] + " · " + file} {
		if form[key], err = json.Marshal(value); err != nil {
			return err
		}
	}
	_, err = s.begin(ctx, tx, view.NewCase{Title: new.Title, Search: []string{name}, Access: new.Access, Submission: approval.Submission{Type: procedure.Type, Subject: person,
		Office: agency[0], Stages: approval.ForApplicant(procedure.Stages, approval.KindAgency), Form: form, Facts: new.Facts}})
	return err
}
