package roster

import (
	"bytes"
	"io"
	"unsafe"
)

// sheetReader streams the rows of a worksheet part.
type sheetReader struct {
	part    io.Closer
	markup  *markup
	size    int64
	strings *sharedStrings
	record  record
	last    int // the highest row number so far
	started bool
	// The cells of the row under way: bounds into text, turned into one string per row.
	bounds []int
	text   []byte
}

func openSheet(part io.ReadCloser, size int64, strings *sharedStrings) (recordReader, error) {
	return &sheetReader{part: part, markup: newMarkup(part), size: size, strings: strings}, nil
}

func (s *sheetReader) close() { s.part.Close() }

func (s *sheetReader) share() float64 {
	if s.size <= 0 {
		return 1
	}
	return min(1, float64(s.markup.consumed+int64(s.markup.start))/float64(s.size))
}

func (s *sheetReader) next() (*record, error) {
	for {
		kind, err := s.markup.next()
		if err == io.EOF {
			if s.started {
				// sheetData was opened and never closed.
				return nil, refuseDamaged()
			}
			return nil, io.EOF
		}
		if err != nil {
			return nil, err
		}
		switch {
		case kind == markupStart && string(s.markup.name) == "sheetData":
			s.started = true
		case kind == markupEnd && string(s.markup.name) == "sheetData":
			s.started = false
			return nil, io.EOF
		case (kind == markupStart || kind == markupEmpty) && s.started && string(s.markup.name) == "row":
			if err := s.beginRow(); err != nil {
				return nil, err
			}
			if kind == markupEmpty {
				continue
			}
			if err := s.readRow(); err != nil {
				return nil, err
			}
			return &s.record, nil
		}
	}
}

func (s *sheetReader) beginRow() error {
	number := s.last + 1
	if raw := s.markup.attribute("r"); raw != nil {
		parsed, ok := parseDigits(raw)
		// Rows come in order; a file in which they do not was not written by a spreadsheet.
		if !ok || parsed < number {
			return refuseDamaged()
		}
		number = parsed
	}
	s.last = number
	hidden := s.markup.attribute("hidden")
	height := s.markup.attribute("ht")
	s.record.number, s.record.following = number, number+1
	s.record.hidden = string(hidden) == "1" || string(hidden) == "true" || string(height) == "0"
	s.record.cells, s.record.kinds = s.record.cells[:0], s.record.kinds[:0]
	s.bounds, s.text = append(s.bounds[:0], 0), s.text[:0]
	return nil
}

func (s *sheetReader) readRow() error {
	for {
		kind, err := s.markup.next()
		if err != nil {
			return damagedAtEnd(err)
		}
		switch {
		case kind == markupEnd && string(s.markup.name) == "row":
			s.finishRow()
			return nil
		case (kind == markupStart || kind == markupEmpty) && string(s.markup.name) == "c":
			if err := s.readCell(kind == markupEmpty); err != nil {
				return err
			}
		}
	}
}

// readCell appends the cell's text and kind, with blanks for the columns left out before it.
func (s *sheetReader) readCell(empty bool) error {
	column := len(s.bounds) - 1
	if reference := s.markup.attribute("r"); reference != nil {
		named, ok := columnOf(reference)
		if !ok || named < column {
			return refuseDamaged()
		}
		column = named
	}
	if empty {
		return nil
	}
	cellType := cellTypeOf(s.markup.attribute("t"))
	from := len(s.text)
	kind, err := s.readContent(cellType)
	if err != nil {
		return err
	}
	if len(s.text) == from && kind&kindFormula == 0 {
		return nil
	}
	if column >= MaxColumns {
		if trimBlank(string(s.text[from:])) == "" {
			s.text = s.text[:from]
			return nil
		}
		return refuseTooManyColumns()
	}
	if len(s.text)-from > MaxCellBytes {
		return refuseDamaged()
	}
	for len(s.bounds)-1 < column {
		s.bounds = append(s.bounds, from)
		s.record.kinds = append(s.record.kinds, kindText)
	}
	s.bounds = append(s.bounds, len(s.text))
	s.record.kinds = append(s.record.kinds, kind)
	return nil
}

// readContent reads up to </c> and leaves the cell's text at the end of s.text.
func (s *sheetReader) readContent(cellType cellType) (cellKind, error) {
	from := len(s.text)
	formula, phonetic := false, 0
	inside := byte(0) // 'v' value, 't' inline text, 'f' formula; 0 none
	formulaFrom, formulaText := 0, ""
	for {
		kind, err := s.markup.next()
		if err != nil {
			return 0, damagedAtEnd(err)
		}
		name := s.markup.name
		switch kind {
		case markupText:
			if inside != 0 && phonetic == 0 {
				s.text = appendDecoded(s.text, s.markup.text)
				if len(s.text)-from > 2*MaxCellBytes {
					return 0, refuseDamaged()
				}
			}
		case markupStart:
			switch string(name) {
			case "v", "t":
				inside = name[0]
			case "f":
				inside, formula, formulaFrom = 'f', true, len(s.text)
			case "rPh":
				phonetic++
			}
		case markupEmpty:
			if string(name) == "f" {
				formula = true
			}
		case markupEnd:
			switch string(name) {
			case "v", "t":
				inside = 0
			case "f":
				// In a damaged part the end may come without the beginning.
				if inside != 'f' {
					break
				}
				inside = 0
				formulaText = string(s.text[formulaFrom:])
				s.text = s.text[:formulaFrom]
			case "rPh":
				phonetic--
			case "c":
				return s.finishCell(cellType, from, formula, formulaText)
			}
		}
	}
}

func (s *sheetReader) finishCell(cellType cellType, from int, formula bool, formulaText string) (cellKind, error) {
	kind := kindText
	switch cellType {
	case cellShared:
		if len(s.text) > from {
			index, ok := parseDigits(s.text[from:])
			if !ok {
				return 0, refuseDamaged()
			}
			text, ok := s.strings.at(index)
			if !ok {
				return 0, refuseDamaged()
			}
			s.text = append(s.text[:from], text...)
		}
	case cellText:
		s.text = unescaped(s.text, from)
	case cellNumber:
		kind = kindNumber
		if stored := s.text[from:]; len(stored) > 15 || bytes.ContainsAny(stored, "eE") {
			s.text = append(s.text[:from], tidyNumber(string(stored))...)
		}
	case cellBoolean:
		kind = kindBoolean
		if len(s.text) == from {
			break
		}
		truth := "FALSE"
		if string(s.text[from:]) == "1" {
			truth = "TRUE"
		}
		s.text = append(s.text[:from], truth...)
	case cellError:
		kind = kindError
	}
	if formula {
		kind |= kindFormula
		// Written by a program that computes nothing: the formula itself is all there is.
		if len(s.text) == from {
			s.text = append(append(s.text, '='), formulaText...)
			kind = kindText | kindFormula
		}
	}
	return kind, nil
}

// finishRow turns the bytes of the row into strings that share one allocation.
func (s *sheetReader) finishRow() {
	whole := string(s.text)
	for i := 1; i < len(s.bounds); i++ {
		s.record.cells = append(s.record.cells, whole[s.bounds[i-1]:s.bounds[i]])
	}
}

// cellType is the attribute t of a cell.
type cellType uint8

const (
	cellNumber cellType = iota
	cellShared
	cellText
	cellBoolean
	cellError
)

func cellTypeOf(raw []byte) cellType {
	switch string(raw) {
	case "s":
		return cellShared
	case "inlineStr", "str", "d":
		return cellText
	case "b":
		return cellBoolean
	case "e":
		return cellError
	default:
		return cellNumber
	}
}

// columnOf reads the column of a reference such as AB12, counted from 0.
func columnOf(reference []byte) (int, bool) {
	column := 0
	for i, b := range reference {
		switch {
		case b >= 'A' && b <= 'Z':
			column = column*26 + int(b-'A') + 1
		case b >= 'a' && b <= 'z':
			column = column*26 + int(b-'a') + 1
		case i > 0 && b >= '0' && b <= '9':
			return column - 1, true
		default:
			return 0, false
		}
		if column > 16384 {
			return 0, false
		}
	}
	return 0, false
}

// parseDigits reads a small non-negative number without allocating.
func parseDigits(raw []byte) (int, bool) {
	value := 0
	if len(raw) == 0 || len(raw) > 9 {
		return 0, false
	}
	for _, b := range raw {
		if b < '0' || b > '9' {
			return 0, false
		}
		value = value*10 + int(b-'0')
	}
	return value, true
}

// view reads bytes that will not change any more as a string without copying them.
func view(bytes []byte) string {
	if len(bytes) == 0 {
		return ""
	}
	return unsafe.String(&bytes[0], len(bytes))
}
