package store

import (
	"context"
	"encoding/csv"
	"io"
	"strings"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
)

// LoadPensionRecords fills the agency's records from a CSV of id_number,name,status,paying_agency.
func (s *Store) LoadPensionRecords(ctx context.Context, file io.Reader, source string) (int, error) {
	records, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return 0, approval.Invalid("file", "应为 CSV：id_number,name,status,paying_agency", "should be CSV: id_number,name,status,paying_agency")
	}
	batch := &pgx.Batch{}
	for i, record := range records {
		if i == 0 && record[0] == "id_number" || len(record) < 4 {
			continue
		}
		batch.Queue(`INSERT INTO pension_records(id_index, name, status, paying_agency, source, loaded_at) VALUES ($1,$2,$3,$4,$5,$6)
			ON CONFLICT (id_index) DO UPDATE SET name=EXCLUDED.name, status=EXCLUDED.status, paying_agency=EXCLUDED.paying_agency, source=EXCLUDED.source, loaded_at=EXCLUDED.loaded_at`,
			s.ring.Index("person", strings.ToUpper(record[0])), record[1], record[2], record[3], source, s.clock.Now())
	}
	return batch.Len(), s.pool.SendBatch(ctx, batch).Close()
}
