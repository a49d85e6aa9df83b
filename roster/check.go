package roster

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
)

// checker carries one Check.
type checker struct {
	ctx     context.Context
	options *Options
	source  *source
	layout  *layout
	emit    func(Row) error
	result  Result
	// seen maps a person to the row that named the number first.
	seen map[string]int
	// origins are the original rows this file brings anew; only known for a corrected workbook.
	origins map[int]bool
	batch   []pending
	done    int
	scratch []byte
}

// pending is a row waiting for its batch to be asked about.
type pending struct {
	row Row
	key string
}

// Check reads an upload and hands every reported row to emit, in the order of the sheet. The
// returned error is a *Refusal when the file itself cannot be taken; the Result then still tells
// what was found of the header. Errors of emit, Managed, Earlier and the context are returned as
// they are. Nothing in the file is ever executed.
func Check(ctx context.Context, file io.ReaderAt, size int64, name string, options Options, emit func(Row) error) (Result, error) {
	c := &checker{ctx: ctx, options: &options, emit: emit, seen: map[string]int{}, batch: make([]pending, 0, batchRows)}
	for header, column := range options.Mapping {
		if _, ok := columnByKey[column]; column != "" && !ok {
			return c.result, refuseMapping(header)
		}
	}
	source, err := openSource(file, size, name)
	if err != nil {
		return c.result, err
	}
	c.source = source
	c.result.Format = source.format
	chosen, err := c.chooseSheet()
	if err != nil {
		return c.result, err
	}
	if err := c.collectOrigins(chosen); err != nil {
		return c.result, err
	}
	return c.result, c.readRows(chosen)
}

// chooseSheet takes the visible sheet with the best header. The sheet is returned as well when its
// header is refused for what it lacks.
func (c *checker) chooseSheet() (*sheet, error) {
	var chosen *sheet
	var best *candidate
	for i := range c.source.sheets {
		sheet := &c.source.sheets[i]
		if sheet.hidden {
			continue
		}
		found, err := readBeginning(sheet, c.options.Mapping)
		if err != nil {
			return nil, err
		}
		if found == nil {
			continue
		}
		switch {
		case best == nil:
			best, chosen = found, sheet
		case found.score > best.score:
			c.result.OtherSheets = append(c.result.OtherSheets, chosen.name)
			best, chosen = found, sheet
		default:
			c.result.OtherSheets = append(c.result.OtherSheets, sheet.name)
		}
	}
	if best == nil {
		var required []Column
		for _, column := range columns {
			if column.Required {
				required = append(required, column.Key)
			}
		}
		return nil, refuseHeader(required, nil, false)
	}
	c.layout = best.layout
	c.result.Sheet, c.result.HeaderRow, c.result.Unknown = chosen.name, best.layout.headerRow, best.unknown
	for position, header := range best.layout.header {
		if !best.layout.added(position) {
			c.result.Header = append(c.result.Header, header)
			c.result.Columns = append(c.result.Columns, best.layout.columns[position])
		}
	}
	if missing := best.layout.missingRequired(); len(missing) > 0 {
		return chosen, refuseHeader(missing, best.unknown, true)
	}
	return chosen, nil
}

func readBeginning(sheet *sheet, mapping map[string]Column) (*candidate, error) {
	reader, err := sheet.open()
	if err != nil {
		return nil, err
	}
	defer reader.close()
	return findHeader(reader, mapping)
}

// collectOrigins reads 原行号 ahead: a number held by a row that this file replaces is free again.
func (c *checker) collectOrigins(sheet *sheet) error {
	if c.options.Earlier == nil || !c.layout.corrected {
		return nil
	}
	c.origins = map[int]bool{}
	position := c.layout.at(ColumnOrigin)
	return c.eachRecord(sheet, func(record *record, _ int, _ float64) error {
		if origin, ok := parseDigits([]byte(normaliseCode(record.cell(position)))); ok {
			c.origins[origin] = true
		}
		return nil
	})
}

// eachRecord visits the rows below the header that hold anything. blankFrom is the first of the
// blank rows directly above, or the row itself.
func (c *checker) eachRecord(sheet *sheet, visit func(record *record, blankFrom int, share float64) error) error {
	reader, err := sheet.open()
	if err != nil {
		return err
	}
	defer reader.close()
	blankFrom := c.layout.headerRow + 1
	for count := 0; ; count++ {
		if count%batchRows == 0 {
			if err := c.ctx.Err(); err != nil {
				return err
			}
		}
		record, err := reader.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if record.number <= c.layout.headerRow {
			// A header of a CSV may itself span lines.
			blankFrom = record.following
			continue
		}
		if record.blank() {
			continue
		}
		if record.number > MaxRows+headerSearchRows {
			return refuseTooManyRows()
		}
		if err := visit(record, blankFrom, reader.share()); err != nil {
			return err
		}
		blankFrom = record.following
	}
}

// readRows checks and hands over every row; blank rows between used ones are reported as skipped,
// those after the last are not.
func (c *checker) readRows(sheet *sheet) error {
	err := c.eachRecord(sheet, func(record *record, blankFrom int, share float64) error {
		for number := blankFrom; number < record.number; number++ {
			if err := c.add(Row{Number: number, Sheet: sheet.name, Level: LevelSkipped, Findings: []Finding{}, Cells: []string{}}, "", share); err != nil {
				return err
			}
		}
		return c.readRow(sheet, record, share)
	})
	if err != nil {
		return err
	}
	if err := c.flush(); err != nil {
		return err
	}
	c.report(1)
	return nil
}

func (c *checker) readRow(sheet *sheet, record *record, share float64) error {
	row := Row{Number: record.number, Sheet: sheet.name, Cells: c.rawCells(record)}
	if !isPerson(record, c.layout) {
		row.Level, row.Findings = LevelSkipped, []Finding{}
		return c.add(row, "", share)
	}
	p := c.checkPerson(record, &row)
	if p.key != "" {
		if earlier, ok := c.seen[p.key]; ok {
			row.sayDuplicate(earlier)
		} else {
			c.seen[p.key] = row.Number
		}
	}
	row.Hash = c.hash(row.Values)
	return c.add(row, p.key, share)
}

// rawCells copies the row's cells without the columns our own workbook added.
func (c *checker) rawCells(record *record) []string {
	cells := make([]string, 0, max(len(record.cells), len(c.result.Header)))
	for position, cell := range record.cells {
		if !c.layout.added(position) {
			cells = append(cells, cell)
		}
	}
	return cells
}

// hash digests the values in the order of the columns; the running number says nothing about a person.
func (c *checker) hash(values map[Column]string) string {
	c.scratch = c.scratch[:0]
	for _, column := range columns[1:] {
		if value := values[column.Key]; value != "" {
			c.scratch = append(append(append(append(c.scratch, column.Key...), 0), value...), 0)
		}
	}
	digest := sha256.Sum256(c.scratch)
	return hex.EncodeToString(digest[:])
}

func (c *checker) add(row Row, key string, share float64) error {
	c.batch = append(c.batch, pending{row, key})
	if len(c.batch) < batchRows {
		return nil
	}
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if err := c.flush(); err != nil {
		return err
	}
	c.report(share)
	return nil
}

// flush asks about the batch and hands it over.
func (c *checker) flush() error {
	if err := c.ask(); err != nil {
		return err
	}
	for i := range c.batch {
		c.result.Totals.count(c.batch[i].row.Level)
		if err := c.emit(c.batch[i].row); err != nil {
			return err
		}
	}
	c.done += len(c.batch)
	// The rows belong to the receiver now; keeping them here would keep them alive.
	clear(c.batch)
	c.batch = c.batch[:0]
	return nil
}

func (c *checker) report(share float64) {
	if c.options.Progress != nil {
		total := c.done
		if share > 0 && share < 1 {
			total = max(total, int(float64(c.done)/share))
		}
		c.options.Progress(c.done, total)
	}
}
