package activities

import (
	"context"
	"fmt"

	"jieli/roster"
)

// UploadStore keeps stored uploads.
type UploadStore interface {
	RedactedRows(ctx context.Context, no string) (roster string, rows []int, err error)
	RosterFile(ctx context.Context, id string) (name string, file []byte, err error)
	ReplaceRosterFile(ctx context.Context, id string, file []byte) error
}

// Rosters works on stored uploads.
type Rosters struct{ Store UploadStore }

// Redact removes every excluded line of a case from its stored upload: what stays is the row
// number and the clause (S2.3). Running again is harmless.
func (r *Rosters) Redact(ctx context.Context, no string) error {
	id, rows, err := r.Store.RedactedRows(ctx, no)
	if err != nil || id == "" || len(rows) == 0 {
		return err
	}
	name, file, err := r.Store.RosterFile(ctx, id)
	if err != nil {
		return err
	}
	notes := map[int]string{}
	for _, row := range rows {
		notes[row] = "不属移交范围（S2.3）"
	}
	redacted, err := roster.Redact(file, name, notes)
	if err != nil {
		return fmt.Errorf("redact the upload of case %s: %w", no, err)
	}
	return r.Store.ReplaceRosterFile(ctx, id, redacted)
}
