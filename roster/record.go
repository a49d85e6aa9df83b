package roster

import (
	"math"
	"strconv"
	"strings"
)

// cellKind is what a sheet says about a cell besides its text.
type cellKind uint8

const (
	kindText cellKind = iota
	kindNumber
	kindBoolean
	kindError

	kindMask    cellKind = 0x0f
	kindFormula cellKind = 0x10 // a real formula; combined with the kind of its stored result
)

// record is one row as the source has it. Its slices are reused by the next call.
type record struct {
	number int
	// following is the number of the row after it; a record of a CSV may span several lines.
	following int
	hidden    bool
	cells     []string
	kinds     []cellKind
}

func (r *record) cell(column int) string {
	if column < 0 || column >= len(r.cells) {
		return ""
	}
	return r.cells[column]
}

func (r *record) kind(column int) cellKind {
	if column < 0 || column >= len(r.kinds) {
		return kindText
	}
	return r.kinds[column]
}

// blank reports that no cell holds a visible character.
func (r *record) blank() bool {
	for _, cell := range r.cells {
		if trimBlank(cell) != "" {
			return false
		}
	}
	return true
}

// recordReader streams the rows of one sheet.
type recordReader interface {
	// next returns the next row that the source holds; io.EOF after the last. The record is
	// reused, its strings are not.
	next() (*record, error)
	// share is how much of the sheet has been read, from 0 to 1.
	share() float64
	close()
}

// sheet is one table of a source.
type sheet struct {
	name   string
	hidden bool
	open   func() (recordReader, error)
}

// source is an upload recognised as one of the formats.
type source struct {
	format string
	sheets []sheet
	// date1904 tells that serials count from 1904, as old Macintosh workbooks do.
	date1904 bool
}

// tidyNumber writes a stored number the way people see it: without exponent where it is whole, and
// without the noise of binary fractions (1958.2999999999999).
func tidyNumber(text string) string {
	exponent := strings.ContainsAny(text, "eE")
	if !exponent && (len(text) <= 16 || !strings.Contains(text, ".")) {
		return text
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(value, 0) || math.Abs(value) >= 1e21 {
		return text
	}
	shortened, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 15, 64), 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(shortened, 'f', -1, 64)
}

// exactNumber turns a stored number back into a value for a sheet, if nothing is lost by it.
func exactNumber(text string) (any, bool) {
	if whole, err := strconv.ParseInt(text, 10, 64); err == nil && strconv.FormatInt(whole, 10) == text {
		return whole, true
	}
	if value, err := strconv.ParseFloat(text, 64); err == nil && strconv.FormatFloat(value, 'f', -1, 64) == text {
		return value, true
	}
	return nil, false
}
