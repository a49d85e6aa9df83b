package roster

import (
	"bytes"
	"io"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Redact returns the upload with the cells of the given rows emptied and the first cell replaced by
// the note, for persons of whom nothing may be kept (S2.3). Rows keep their numbers.
//
// A workbook is written anew from the values of the roster's sheet: other sheets, comments,
// properties, caches, pictures and the table of shared strings could all repeat what is to go, so
// none of them is carried over. Formulas are replaced by their stored results. A CSV keeps its
// encoding and its line numbers. What other rows say of the person is not searched for.
//
// The sheet is the one Check chooses without a mapping; where a person mapped headers, give
// RedactSheet the sheet of the Result.
func Redact(file []byte, name string, rowNumbers map[int]string) ([]byte, error) {
	return RedactSheet(file, name, "", rowNumbers)
}

// RedactSheet is Redact for the sheet of this name.
func RedactSheet(file []byte, name, sheetName string, rowNumbers map[int]string) ([]byte, error) {
	source, err := openSource(bytes.NewReader(file), int64(len(file)), name)
	if err != nil {
		return nil, err
	}
	var chosen *sheet
	for i := range source.sheets {
		if sheetName != "" && source.sheets[i].name == sheetName {
			chosen = &source.sheets[i]
		}
	}
	if chosen == nil {
		checker := &checker{options: &Options{}, source: source}
		// A header that lacks a required column still tells the sheet.
		if chosen, err = checker.chooseSheet(); chosen == nil {
			return nil, err
		}
	}
	reader, err := chosen.open()
	if err != nil {
		return nil, err
	}
	defer reader.close()
	if source.format == FormatXLSX || source.format == FormatXLSM {
		return redactWorkbook(reader, chosen.name, rowNumbers)
	}
	return redactText(reader, source.format, rowNumbers)
}

func redactWorkbook(reader recordReader, name string, notes map[int]string) ([]byte, error) {
	file := excelize.NewFile()
	defer file.Close()
	if err := file.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	stream, err := file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	var values []any
	for {
		record, err := reader.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		values = values[:0]
		note, redacted := notes[record.number]
		switch {
		case redacted:
			values = append(values, note)
		case record.blank():
			continue
		default:
			for position, cell := range record.cells {
				values = append(values, cellValue(cell, record.kinds[position]))
			}
		}
		reference, err := excelize.CoordinatesToCellName(1, record.number)
		if err != nil {
			return nil, err
		}
		if err := stream.SetRow(reference, values, excelize.RowOpts{Hidden: record.hidden}); err != nil {
			return nil, err
		}
	}
	if err := stream.Flush(); err != nil {
		return nil, err
	}
	if err := file.SetDocProps(&excelize.DocProperties{Title: templateSheet, Creator: "接力", LastModifiedBy: "接力"}); err != nil {
		return nil, err
	}
	var output bytes.Buffer
	if err := file.Write(&output); err != nil {
		return nil, err
	}
	return output.Bytes(), nil
}

// cellValue keeps the digits of a number as the sheet had them; an ID stored as a number must
// still be found to be one.
func cellValue(cell string, kind cellKind) any {
	if cell == "" {
		return nil
	}
	if kind&kindMask == kindNumber {
		if number, ok := exactNumber(cell); ok {
			return number
		}
	}
	return cell
}

// redactText rewrites a CSV in its own encoding. A redacted record that spanned several lines
// leaves empty ones, so that the rows after it keep their numbers.
func redactText(reader recordReader, format string, notes map[int]string) ([]byte, error) {
	csvReader := reader.(*csvReader)
	var output bytes.Buffer
	for {
		record, err := reader.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if note, redacted := notes[record.number]; redacted {
			writeField(&output, note, csvReader.delimiter)
			for line := record.number + 1; line < record.following; line++ {
				output.WriteString("\r\n")
			}
		} else {
			for position, cell := range record.cells {
				if position > 0 {
					output.WriteByte(csvReader.delimiter)
				}
				writeField(&output, cell, csvReader.delimiter)
			}
		}
		output.WriteString("\r\n")
	}
	switch format {
	case FormatCSVGB18030:
		return simplifiedchinese.GB18030.NewEncoder().Bytes(output.Bytes())
	case FormatCSVUTF16:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(output.Bytes())
	default:
		return append(append([]byte(nil), markUTF8...), output.Bytes()...), nil
	}
}

func writeField(output *bytes.Buffer, field string, delimiter byte) {
	if !bytes.ContainsAny([]byte(field), "\"\r\n"+string(delimiter)) {
		output.WriteString(field)
		return
	}
	output.WriteByte('"')
	output.Write(bytes.ReplaceAll([]byte(field), []byte(`"`), []byte(`""`)))
	output.WriteByte('"')
}
