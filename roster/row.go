package roster

import (
	"context"
	"time"
)

// Row is one reported row of the sheet.
type Row struct {
	// Number is the sheet's row, or the physical line of a CSV at which the record starts.
	Number int
	// Origin is the row in the first upload, from 原行号 of a corrected workbook; 0 if there is none.
	Origin int
	Sheet  string
	Level  Level
	// Findings is never nil.
	Findings []Finding
	// Values are the normalised values by canonical column; columns without a value are absent.
	Values map[Column]string
	// Cells are the raw cells as text in sheet order, for the correctable workbook. The columns
	// that workbook added (原因, 原行号) are left out, as they are from Result.Header.
	Cells []string
	// Hash is the SHA-256 of the normalised values in hex, the running number left out; empty for
	// a skipped row. Two rows with one hash say the same about a person.
	Hash string
	// Residence and Hukou are the communities the two addresses resolve to; zero if they do not.
	// Hukou is what to propose where Residence is zero.
	Residence, Hukou Place
}

// Place is a community or village with its 12-digit division code (统计用区划代码).
type Place struct{ Code, Name, StreetCode, Street string }

// Totals counts the reported rows. People = OK + Warning + Blocker.
type Totals struct{ People, OK, Warning, Blocker, Skipped int }

func (t *Totals) count(level Level) {
	switch level {
	case LevelSkipped:
		t.Skipped++
		return
	case LevelBlocker:
		t.Blocker++
	case LevelWarning:
		t.Warning++
	default:
		t.OK++
	}
	t.People++
}

// Options are what Check must be told. The zero value checks a file by itself.
type Options struct {
	// Today is the day of the check; with a zero Today nothing is compared with the present.
	Today time.Time
	// Resolve looks a community up by its code or address; nil leaves residences unchecked.
	Resolve func(code, address string) (Place, bool)
	// Managed says which identity numbers are already managed by a community; asked in batches.
	Managed func(ctx context.Context, idNumbers []string) (map[string]bool, error)
	// Earlier says which identity numbers are held by rows of the same roster uploaded before, and
	// by which row; asked in batches. A number held by the row named in 原行号, or by another row
	// that this file brings anew, does not clash. A file without the column 原行号 is matched by
	// identity number instead: the row found becomes the row's Origin.
	Earlier func(idNumbers []string) (map[string]int, error)
	// Mapping is a person's choice for headers nobody recognised: the column meant, or "" to leave
	// it out. It also overrides what would be recognised.
	Mapping map[string]Column
	// Progress is told now and then how many rows are done of an estimated total.
	Progress func(done, total int)
}

// The values of Result.Format.
const (
	FormatXLSX       = "xlsx"
	FormatXLSM       = "xlsm"
	FormatCSVUTF8    = "csv utf-8"
	FormatCSVGB18030 = "csv gb18030"
	FormatCSVUTF16   = "csv utf-16"
)

// Result is what Check found out about the file as a whole.
type Result struct {
	Sheet string
	// HeaderRow is the last row of the header.
	HeaderRow int
	// Header are the headers in sheet order, one per column; a two-row header is joined to a text
	// that is recognised again on its own.
	Header []string
	// Columns are the canonical columns in the same order; "" where nothing was recognised.
	Columns []Column
	// Unknown are the headers nobody recognised, offered for mapping.
	Unknown []string
	// OtherSheets are visible sheets that also have a roster header and were not read.
	OtherSheets []string
	Format      string
	Totals      Totals
}
