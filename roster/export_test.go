package roster

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func each(rows []Row) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

// everything is the text of all parts of a workbook, properties included.
func everything(t testing.TB, content []byte) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	must(t, err)
	var all strings.Builder
	for _, part := range archive.File {
		reader, err := part.Open()
		must(t, err)
		text, err := io.ReadAll(reader)
		must(t, err)
		fmt.Fprintf(&all, "\n== %s ==\n%s", part.Name, text)
	}
	return all.String()
}

func TestTemplateIsRead(t *testing.T) {
	var output bytes.Buffer
	must(t, WriteTemplate(&output))
	rows, result, err := checkAll(t, "template.xlsx", output.Bytes(), Options{})
	must(t, err)
	if len(rows) != 0 || len(result.Header) != len(columns) || len(result.Unknown) != 0 || result.Sheet != templateSheet || len(result.OtherSheets) != 0 {
		t.Fatalf("%v %+v", rows, result)
	}
	if !strings.Contains(everything(t, output.Bytes()), TemplateVersion) {
		t.Fatal("the version is not written")
	}
	file, err := excelize.OpenReader(&output)
	must(t, err)
	defer file.Close()
	lists, err := file.GetDataValidations(templateSheet)
	must(t, err)
	if len(lists) != len(templateLists) {
		t.Fatalf("%d lists, want %d", len(lists), len(templateLists))
	}
	style, err := file.GetCellStyle(templateSheet, "E100")
	must(t, err)
	if format, err := file.GetStyle(style); err != nil || format.NumFmt != 49 {
		t.Fatalf("the ID column is not text: %+v %v", format, err)
	}
}

// Each title and synonym leads to its column and to no other.
func TestSynonymsAreUnambiguous(t *testing.T) {
	owner := map[string]Column{}
	for _, column := range Columns() {
		for _, text := range append([]string{column.TitleZH, column.TitleEN}, column.Synonyms...) {
			if other, taken := owner[headerKey(text)]; taken && other != column.Key {
				t.Errorf("%q stands for %s and %s", text, other, column.Key)
			}
			owner[headerKey(text)] = column.Key
			if recognise(text) != column.Key {
				t.Errorf("%q is taken for %q", text, recognise(text))
			}
		}
	}
}

func TestMerge(t *testing.T) {
	first, second := number("19500315", 1), number("19510315", 1)
	rows, result, err := checkAll(t, "a.xlsx", workbookOf(t, [][]any{
		{"企业退休人员名册"}, plainHeader,
		soundRow(nil),
		soundRow(map[string]any{"身份证号": second[:17], "出生日期": "1951-03-15", "备注": "=HYPERLINK(\"http://x\")"}),
		soundRow(map[string]any{"身份证号": first}),
	}, nil), Options{})
	must(t, err)
	if rows[0].Level != LevelOK || !rows[1].Has(CodeIDFormat) || !rows[2].Has(CodeDuplicateInFile) {
		t.Fatalf("%v", rows)
	}
	var output bytes.Buffer
	must(t, WriteCorrectable(&output, result.Header, each(rows[1:])))
	file, err := excelize.OpenReader(bytes.NewReader(output.Bytes()))
	must(t, err)
	sheet := file.GetSheetName(0)
	written, err := file.GetRows(sheet)
	must(t, err)
	width := len(result.Header)
	if written[0][width] != "原因" || written[0][width+1] != "原行号" || written[1][width+1] != "4" || !strings.Contains(written[1][width], "18 位") {
		t.Fatalf("%q", written)
	}
	// A person corrects the number of row 4 and gives row 5 another one.
	must(t, file.SetCellStr(sheet, "E2", second))
	must(t, file.SetCellStr(sheet, "E3", first))
	var corrected bytes.Buffer
	must(t, file.Write(&corrected))

	// Row 3 was imported; its number is held.
	earlier := func(numbers []string) (map[string]int, error) {
		return map[string]int{first: 3, second: 4}, nil
	}
	rows, result, err = checkAll(t, "b.xlsx", corrected.Bytes(), Options{Earlier: earlier})
	must(t, err)
	if rows[0].Origin != 4 || rows[0].Has(CodeDuplicateInFile) || rows[0].Level != LevelWarning || !rows[0].Has(CodeFormulaText) {
		t.Fatalf("a row clashes with itself: %+v", rows[0])
	}
	if rows[1].Origin != 5 || !rows[1].Has(CodeDuplicateInFile) {
		t.Fatalf("a number held by another row is not noticed: %+v", rows[1])
	}
	if len(result.Header) != width || len(result.Unknown) != 0 || len(rows[0].Cells) > width {
		t.Fatalf("the added columns count as the enterprise's own: %+v", result)
	}
	// Exported once more, the text is not quoted twice.
	var again bytes.Buffer
	must(t, WriteCorrectable(&again, result.Header, each(rows)))
	if all := everything(t, again.Bytes()); strings.Contains(all, "&#39;&#39;=") || strings.Contains(all, "''=") {
		t.Fatal("quoted twice")
	}
	// The number of a row this file brings anew is free.
	rows, _, err = checkAll(t, "b.xlsx", corrected.Bytes(), Options{Earlier: func([]string) (map[string]int, error) { return map[string]int{second: 5, first: 4}, nil }})
	must(t, err)
	if rows[0].Has(CodeDuplicateInFile) || rows[1].Has(CodeDuplicateInFile) {
		t.Fatalf("%v", rows)
	}
	// Without 原行号 the identity number decides which row is meant.
	rows, _, err = checkAll(t, "c.csv", textOf([][]any{plainHeader, soundRow(nil)}), Options{Earlier: earlier})
	must(t, err)
	if rows[0].Origin != 3 || rows[0].Level != LevelOK {
		t.Fatalf("%+v", rows[0])
	}
}

func TestExportIsSafe(t *testing.T) {
	for _, text := range []string{"=1+1", "+1+cmd", "-1+1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"} {
		if !hasPrefixAny(quoted(text), "'") {
			t.Errorf("%q goes out unprotected", text)
		}
	}
	for _, text := range []string{"-", "——", "王芳", "", "1-2"} {
		if quoted(text) != text {
			t.Errorf("%q is changed", text)
		}
	}
	var output bytes.Buffer
	row := Row{Number: 2, Cells: []string{"=HYPERLINK(\"http://x\")"}, Findings: []Finding{}}
	must(t, WriteCorrectable(&output, []string{"=姓名"}, each([]Row{row})))
	all := everything(t, output.Bytes())
	if strings.Contains(all, "<f") && strings.Contains(all, "<f>") || strings.Contains(all, ">=HYPERLINK") || strings.Contains(all, ">=姓名") {
		t.Fatal("text is written as a formula")
	}
}

func TestRedactWorkbook(t *testing.T) {
	secret := soundRow(map[string]any{"姓名": "某保密人", "身份证号": number("19400101", 7), "备注": "某保密备注"})
	content := workbookOf(t, [][]any{{"名册"}, plainHeader, soundRow(nil), secret, soundRow(map[string]any{"身份证号": number("19500315", 3), "备注": 3.5})}, func(file *excelize.File) {
		must(t, file.AddComment("Sheet1", excelize.Comment{Cell: "B4", Author: "某保密人", Text: "某保密备注"}))
		must(t, file.SetDocProps(&excelize.DocProperties{Title: "某保密人", Creator: "某保密人", Description: "某保密备注"}))
		must(t, file.SetDefinedName(&excelize.DefinedName{Name: "Person", RefersTo: "Sheet1!$B$4", Comment: "某保密人"}))
		_, err := file.NewSheet("隐藏")
		must(t, err)
		must(t, file.SetCellStr("隐藏", "A1", "某保密人"))
		must(t, file.SetSheetVisible("隐藏", false))
		must(t, file.SetRowVisible("Sheet1", 5, false))
	})
	if !strings.Contains(everything(t, content), "某保密人") {
		t.Fatal("the test proves nothing")
	}
	redacted, err := Redact(content, "a.xlsx", map[int]string{4: "按规定不留存"})
	must(t, err)
	all := everything(t, redacted)
	for _, trace := range []string{"某保密人", "某保密备注", number("19400101", 7), "sharedStrings.xml\"", "comments"} {
		if strings.Contains(all, trace) {
			t.Errorf("%q is still in the file", trace)
		}
	}
	before, _, err := checkAll(t, "a.xlsx", content, Options{})
	must(t, err)
	after, result, err := checkAll(t, "a.xlsx", redacted, Options{})
	must(t, err)
	if len(after) != 3 || after[0].Hash != before[0].Hash || after[1].Level != LevelSkipped || after[1].Cells[0] != "按规定不留存" ||
		after[2].Hash != before[2].Hash || !after[2].Has(CodeHiddenRow) || result.HeaderRow != 2 {
		t.Fatalf("%v", after)
	}
}

func TestRedactText(t *testing.T) {
	secret := soundRow(map[string]any{"姓名": "某保密人", "备注": "某保密\n备注"})
	plain := textOf([][]any{{"名册"}, plainHeader, soundRow(nil), secret, soundRow(map[string]any{"身份证号": number("19500315", 3), "备注": "甲,\"乙\""})})
	gb18030, err := simplifiedchinese.GB18030.NewEncoder().Bytes(plain)
	must(t, err)
	for name, content := range map[string][]byte{"utf-8": plain, "gb18030": gb18030} {
		t.Run(name, func(t *testing.T) {
			before, _, err := checkAll(t, "a.csv", content, Options{})
			must(t, err)
			redacted, err := Redact(content, "a.csv", map[int]string{4: "按规定不留存"})
			must(t, err)
			after, result, err := checkAll(t, "a.csv", redacted, Options{})
			must(t, err)
			last := after[len(after)-1]
			if last.Hash != before[2].Hash || last.Number != before[2].Number || after[0].Hash != before[0].Hash || !strings.HasPrefix(result.Format, "csv "+name) {
				t.Fatalf("%v %+v", after, result)
			}
			text := redacted
			if name == "gb18030" {
				text, err = simplifiedchinese.GB18030.NewDecoder().Bytes(redacted)
				must(t, err)
			}
			if strings.Contains(string(text), "保密人") || strings.Contains(string(text), "备注\"") {
				t.Fatal("a trace is left")
			}
		})
	}
}
