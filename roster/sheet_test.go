package roster

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Our reader of sheets sees what excelize sees.
func TestSheetAgreesWithExcelize(t *testing.T) {
	for _, name := range []string{"roster-small-12.xlsx", "roster-clean-200.xlsx", "roster-messy-1000.xlsx"} {
		t.Run(name, func(t *testing.T) { compareWithExcelize(t, sample(t, name)) })
	}
	t.Run("own", func(t *testing.T) {
		compareWithExcelize(t, workbookOf(t, [][]any{{"a & b", "<c>", " d ", "\"e\"", 1.5, 12345678901234567, true, nil, "行\n二"}, nil, {nil, "x", 43648, -3, 1e-7, "_x0041_"}}, func(file *excelize.File) {
			must(t, file.SetCellRichText("Sheet1", "D3", []excelize.RichTextRun{{Text: "粗"}, {Text: "细"}}))
		}))
	})
}

func compareWithExcelize(t *testing.T, content []byte) {
	t.Helper()
	file, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	must(t, err)
	defer file.Close()
	want, err := file.GetRows(file.GetSheetName(0))
	must(t, err)
	source, err := openSource(bytes.NewReader(content), int64(len(content)), "a.xlsx")
	must(t, err)
	reader, err := source.sheets[0].open()
	must(t, err)
	defer reader.close()
	for {
		record, err := reader.next()
		if err == io.EOF {
			break
		}
		must(t, err)
		for position, cell := range record.cells {
			expected := ""
			if row := want[record.number-1]; position < len(row) {
				expected = row[position]
			}
			// Numbers come out tidied, truth in words; both on purpose.
			if kind := record.kinds[position] & kindMask; kind == kindBoolean || (kind == kindNumber && (len(expected) > 15 || strings.ContainsAny(expected, "eE"))) {
				continue
			}
			if cell != expected {
				t.Errorf("row %d column %d: %q, excelize has %q", record.number, position+1, cell, expected)
			}
		}
	}
}

// readMarkup reads one sheet given as XML.
func readMarkup(t *testing.T, text string, shared *sharedStrings) ([]record, error) {
	t.Helper()
	reader, err := openSheet(io.NopCloser(strings.NewReader(text)), int64(len(text)), shared)
	must(t, err)
	var rows []record
	for {
		row, err := reader.next()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return rows, err
		}
		rows = append(rows, record{row.number, row.following, row.hidden, append([]string(nil), row.cells...), append([]cellKind(nil), row.kinds...)})
	}
}

// Sheets as other programs write them: prefixes, comments, no references, shared formulas.
func TestSheetMarkup(t *testing.T) {
	shared, err := readSharedStrings(strings.NewReader(`<sst><si><t>甲</t></si><si/><si><r><t xml:space="preserve">乙 </t></r><r><t>丙</t></r><rPh><t>注音</t></rPh></si><si><t>a_x000D_b</t></si></sst>`))
	must(t, err)
	rows, err := readMarkup(t, `<?xml version="1.0"?><!-- > --><x:worksheet xmlns:x="u"><x:cols a='>'/><x:sheetData>
<x:row r="2" hidden="1"><x:c r="B2" t="s"><x:v>2</x:v></x:c><x:c r="D2"><x:f t="shared" si="0"/><x:v>7</x:v></x:c><x:c r="E2" t="str"><x:f>A1&amp;"x"</x:f><x:v></x:v></x:c></x:row>
<x:row><x:c><x:v>1.10E+17</x:v></x:c><x:c t="inlineStr"><x:is><x:t><![CDATA[a<b&c]]></x:t></x:is></x:c><x:c t="s"><x:v>3</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c><x:c t="e"><x:v>#N/A</x:v></x:c><x:c><x:v>1958.2999999999999</x:v></x:c></x:row>
<x:row r="9"/></x:sheetData><x:mergeCells/></x:worksheet>`, shared)
	must(t, err)
	if len(rows) != 2 || rows[0].number != 2 || !rows[0].hidden || rows[1].number != 3 || rows[1].hidden {
		t.Fatalf("%+v", rows)
	}
	if got := strings.Join(rows[0].cells, "|"); got != `|乙 丙||7|=A1&"x"` {
		t.Fatal(got)
	}
	if rows[0].kinds[3] != kindNumber|kindFormula || rows[0].kinds[4] != kindText|kindFormula {
		t.Fatal(rows[0].kinds)
	}
	if got := strings.Join(rows[1].cells, "|"); got != "110000000000000000|a<b&c|a\rb|TRUE|#N/A|1958.3" {
		t.Fatalf("%q", got)
	}
}

// A workbook with macros is read like any other; the macros are a part nobody opens.
func TestMacroWorkbook(t *testing.T) {
	original := workbookOf(t, [][]any{plainHeader, soundRow(nil)}, nil)
	archive, err := zip.NewReader(bytes.NewReader(original), int64(len(original)))
	must(t, err)
	parts := map[string]io.Reader{"xl/vbaProject.bin": strings.NewReader("not opened")}
	for _, part := range archive.File {
		reader, err := part.Open()
		must(t, err)
		content, err := io.ReadAll(reader)
		must(t, err)
		parts[part.Name] = bytes.NewReader(content)
	}
	rows, result, err := checkAll(t, "a.xlsm", archiveOf(t, parts), Options{})
	must(t, err)
	if result.Format != FormatXLSM || len(rows) != 1 || rows[0].Level != LevelOK {
		t.Fatalf("%+v %v", result, rows)
	}
}

func TestSheetDamage(t *testing.T) {
	for _, text := range []string{
		`<worksheet><sheetData><row r="1"><c r="A1"><v>1`,
		`<worksheet><sheetData><row r="1"/>`,
		`<worksheet><sheetData><row r="5"/><row r="4"/></sheetData></worksheet>`,
		`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>`,
		`<worksheet><sheetData><row r="1"><c r="1A"><v>1</v></c></row></sheetData></worksheet>`,
		`<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>`,
		`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>` + strings.Repeat("x", 3*MaxCellBytes) + `</t></is></c></row></sheetData></worksheet>`,
	} {
		if _, err := readMarkup(t, text, nil); err == nil {
			t.Errorf("accepted: %.80s", text)
		}
	}
}
