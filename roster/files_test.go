package roster

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

func archiveOf(t testing.TB, parts map[string]io.Reader) []byte {
	t.Helper()
	var output bytes.Buffer
	archive := zip.NewWriter(&output)
	for name, content := range parts {
		part, err := archive.Create(name)
		must(t, err)
		_, err = io.Copy(part, content)
		must(t, err)
	}
	must(t, archive.Close())
	return output.Bytes()
}

// spaces reads as endless spaces.
type spaces struct{}

func (spaces) Read(target []byte) (int, error) {
	for i := range target {
		target[i] = ' '
	}
	return len(target), nil
}

func TestRefusals(t *testing.T) {
	sound := workbookOf(t, [][]any{plainHeader, soundRow(nil)}, nil)
	ole := append(append([]byte(nil), magicOLE...), make([]byte, 1024)...)
	encrypted := append(append([]byte(nil), ole...), wide("EncryptedPackage")...)
	legacy := append(append([]byte(nil), ole...), wide("Workbook")...)
	bomb := archiveOf(t, map[string]io.Reader{"[Content_Types].xml": strings.NewReader("<Types/>"), "xl/workbook.xml": io.LimitReader(spaces{}, 64<<20)})
	wideRow := make([]any, MaxColumns+5)
	for i := range wideRow {
		wideRow[i] = "x"
	}
	for _, c := range []struct {
		name, file string
		content    []byte
		code       string
	}{
		{"empty", "a.xlsx", nil, RefusalEmpty},
		{"blank text", "a.xlsx", []byte(" \n\n "), RefusalEmpty},
		{"too large", "a.csv", make([]byte, MaxFileBytes+1), RefusalTooLarge},
		{"bomb", "a.xlsx", bomb, RefusalBomb},
		{"password", "a.xlsx", encrypted, RefusalPassword},
		{"password, header only", "a.xlsx", ole, RefusalPassword},
		{"xls", "a.xls", legacy, RefusalLegacy},
		{"xls under another name", "a.xlsx", legacy, RefusalLegacy},
		{"et", "名册.et", ole, RefusalLegacy},
		{"picture as xlsx", "a.xlsx", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), RefusalNotSpreadsheet},
		{"picture as csv", "a.csv", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), RefusalNotSpreadsheet},
		{"another zip", "a.xlsx", archiveOf(t, map[string]io.Reader{"word/document.xml": strings.NewReader("<a/>")}), RefusalNotSpreadsheet},
		{"binary workbook", "a.xlsx", archiveOf(t, map[string]io.Reader{"xl/workbook.bin": strings.NewReader("x")}), RefusalLegacy},
		{"cut short", "a.xlsx", sound[:len(sound)-200], RefusalDamaged},
		{"no header", "a.csv", []byte("甲,乙\n1,2\n"), RefusalHeaderNotFound},
		{"no ID column", "a.csv", []byte("序号,姓名,性别,退休日期\n1,王芳,女,2005-01-01\n"), RefusalHeaderIncomplete},
		{"open quote", "a.csv", append(textOf([][]any{plainHeader}), `1,"王芳`...), RefusalDamaged},
		{"too many columns", "a.csv", textOf([][]any{plainHeader, wideRow}), RefusalTooManyColumns},
		{"too many columns in a sheet", "a.xlsx", workbookOf(t, [][]any{plainHeader, wideRow}, nil), RefusalTooManyColumns},
		{"too many rows", "a.xlsx", workbookOf(t, [][]any{plainHeader}, func(file *excelize.File) {
			must(t, file.SetCellStr("Sheet1", fmt.Sprintf("B%d", MaxRows+1000), "王芳"))
		}), RefusalTooManyRows},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows, _, err := checkAll(t, c.file, c.content, Options{})
			var refusal *Refusal
			if !errors.As(err, &refusal) || refusal.Code != c.code || refusal.Message == "" || refusal.MessageEN == "" {
				t.Fatalf("got %v after %d rows, want %s", err, len(rows), c.code)
			}
		})
	}
	_, result, err := checkAll(t, "a.csv", []byte("序号,姓名,性别,公民证,退休日期\n1,王芳,女,x,2005-01-01\n"), Options{})
	var refusal *Refusal
	if !errors.As(err, &refusal) || len(refusal.Missing) != 1 || refusal.Missing[0] != ColumnIDNumber || len(result.Unknown) != 1 {
		t.Fatalf("what is missing is not named: %v", err)
	}
}

// A declared size that lies is caught while the part is read.
func TestLyingArchive(t *testing.T) {
	content := archiveOf(t, map[string]io.Reader{"xl/workbook.xml": strings.NewReader("<workbook><sheets/></workbook>" + strings.Repeat(" ", 4096))})
	for at := bytes.Index(content, []byte("PK\x01\x02")); at >= 0; at = -1 {
		// The uncompressed size in the central directory.
		copy(content[at+24:], []byte{8, 0, 0, 0})
	}
	if _, _, err := checkAll(t, "a.xlsx", content, Options{}); err == nil {
		t.Fatal("accepted")
	}
}

func TestEncodings(t *testing.T) {
	plain := textOf([][]any{plainHeader, soundRow(nil)})
	gb18030, err := simplifiedchinese.GB18030.NewEncoder().Bytes(plain)
	must(t, err)
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes(plain)
	must(t, err)
	for name, c := range map[string]struct {
		content []byte
		format  string
	}{
		"utf-8":                   {plain, FormatCSVUTF8},
		"utf-8 with mark":         {append([]byte("\xef\xbb\xbf"), plain...), FormatCSVUTF8},
		"gb18030":                 {gb18030, FormatCSVGB18030},
		"gb18030 with utf-8 mark": {append([]byte("\xef\xbb\xbf"), gb18030...), FormatCSVGB18030},
		"gb18030 with its mark":   {append([]byte("\x84\x31\x95\x33"), gb18030...), FormatCSVGB18030},
		"utf-16":                  {utf16, FormatCSVUTF16},
	} {
		t.Run(name, func(t *testing.T) {
			rows, result, err := checkAll(t, "a.csv", c.content, Options{})
			must(t, err)
			if len(rows) != 1 || rows[0].Level != LevelOK || rows[0].Values[ColumnName] != "王芳" || result.Format != c.format {
				t.Fatalf("%v %+v", rows, result)
			}
		})
	}
}

func TestPhysicalLines(t *testing.T) {
	content := append(textOf([][]any{{"名册"}, plainHeader, soundRow(map[string]any{"备注": "第一行\n第二行"})}), "\r\n,,,\r\n"...)
	content = append(content, textOf([][]any{soundRow(map[string]any{"身份证号": number("19500315", 3)}), {}, {}})...)
	rows, _, err := checkAll(t, "a.csv", content, Options{})
	must(t, err)
	var got []string
	for _, row := range rows {
		got = append(got, fmt.Sprint(row.Number, row.Level))
	}
	if strings.Join(got, " ") != "3ok 5skipped 6skipped 7ok" {
		t.Fatal(got)
	}
}

func TestHeaders(t *testing.T) {
	id := number("19500315", 1)
	group := []any{"序号", "基本信息", "", "户籍", "", "现居住地", "", "家属", "", "退休情况", ""}
	sub := []any{"", "姓名", "身份证号码（18位）", "区划代码", "地址", "区划代码", "地址", "姓名", "电话", "时间", "类别"}
	row := []any{1, "王芳", id, "210106001017", "户籍地址一", "210106001200", "居住地址一", "王明", "13812345678", "2010-04-15", "正常退休"}
	rows, result, err := checkAll(t, "a.xlsx", workbookOf(t, [][]any{{"企业退休人员移交人员名册"}, {"填报单位（盖章）：", "", "填报日期：", "2026-11-24"}, group, sub, row}, func(file *excelize.File) {
		must(t, file.MergeCell("Sheet1", "A1", "K1"))
		must(t, file.MergeCell("Sheet1", "A3", "A4"))
		must(t, file.MergeCell("Sheet1", "D3", "E3"))
	}), Options{})
	must(t, err)
	if result.HeaderRow != 4 || len(rows) != 1 || rows[0].Number != 5 || len(result.Unknown) != 0 {
		t.Fatalf("%+v %v", result, rows)
	}
	for column, want := range map[Column]string{ColumnHukouCode: "210106001017", ColumnHukouAddress: "户籍地址一", ColumnResidenceCode: "210106001200", ColumnResidenceAddress: "居住地址一",
		ColumnKinName: "王明", ColumnKinPhone: "13812345678", ColumnRetirementDate: "2010-04-15", ColumnRetirementType: "正常退休", ColumnName: "王芳", ColumnIDNumber: id, ColumnSequence: "1"} {
		if got := rows[0].Values[column]; got != want {
			t.Errorf("%s is %q, want %q", column, got, want)
		}
	}
	// Each header is recognised again when it stands alone in the correctable workbook.
	for i, header := range result.Header {
		if recognise(header) != result.Columns[i] {
			t.Errorf("%q is not recognised as %s", header, result.Columns[i])
		}
	}
}

func TestMapping(t *testing.T) {
	content := textOf([][]any{{"序号", "姓名", "身份证号", "离岗日", "血型"}, {1, "王芳", number("19500315", 1), "2010-04-15", "A"}})
	rows, result, err := checkAll(t, "a.csv", content, Options{Mapping: map[string]Column{"离岗日": ColumnRetirementDate, "血型": ""}})
	must(t, err)
	if rows[0].Level != LevelOK || rows[0].Values[ColumnRetirementDate] != "2010-04-15" || len(result.Unknown) != 0 || len(result.Header) != 5 {
		t.Fatalf("%v %+v", rows, result)
	}
	var refusal *Refusal
	if _, _, err := checkAll(t, "a.csv", content, Options{Mapping: map[string]Column{"离岗日": "nothing"}}); !errors.As(err, &refusal) || refusal.Code != RefusalMappingImpossible {
		t.Fatal(err)
	}
}

func TestSheets(t *testing.T) {
	content := workbookOf(t, [][]any{{"封面"}}, func(file *excelize.File) {
		for i, name := range []string{"隐藏", "名册", "另一册"} {
			_, err := file.NewSheet(name)
			must(t, err)
			must(t, file.SetSheetRow(name, "A1", &plainHeader))
			row := soundRow(map[string]any{"身份证号": number("19500315", 2*i+1)})
			must(t, file.SetSheetRow(name, "A2", &row))
		}
		must(t, file.SetSheetVisible("隐藏", false))
	})
	rows, result, err := checkAll(t, "a.xlsx", content, Options{})
	must(t, err)
	if len(rows) != 1 || result.Sheet != "名册" || len(result.OtherSheets) != 1 || result.OtherSheets[0] != "另一册" {
		t.Fatalf("%v %+v", rows, result)
	}
}

func TestSkippedRows(t *testing.T) {
	content := textOf([][]any{plainHeader, soundRow(nil), {"小计", "1人"}, {}, {"一、铁西厂区"}, plainHeader, {"51"}, {"", "合 计", "", "", "50"}, {"共2人"}, {"单位负责人：", "", "审核人："}, {"注：离休人员另册"}, {}})
	rows, result, err := checkAll(t, "a.csv", content, Options{})
	must(t, err)
	if result.Totals != (Totals{People: 1, OK: 1, Skipped: 9}) || len(rows) != 10 {
		t.Fatalf("%+v %v", result.Totals, rows)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	content := textOf([][]any{plainHeader, soundRow(nil)})
	_, err := Check(ctx, bytes.NewReader(content), int64(len(content)), "a.csv", Options{}, func(Row) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

// Whatever the XML, the reader of sheets answers and does not panic.
func FuzzSheet(f *testing.F) {
	f.Add([]byte(`<worksheet><sheetData><row r="1" hidden="1"><c r="A1" t="inlineStr"><is><t>a&amp;b</t></is></c><c t="s"><v>0</v></c><c><f>A1</f><v>1E5</v></c></row></sheetData></worksheet>`))
	f.Fuzz(func(t *testing.T, content []byte) {
		reader, err := openSheet(io.NopCloser(bytes.NewReader(content)), int64(len(content)), &sharedStrings{})
		must(t, err)
		for err == nil {
			_, err = reader.next()
		}
		_, _ = readSharedStrings(bytes.NewReader(content))
	})
}

// Whatever the bytes, Check answers and does not panic.
func FuzzCheck(f *testing.F) {
	f.Add(textOf([][]any{plainHeader, soundRow(nil)}), true)
	f.Add([]byte("PK\x03\x04"), false)
	f.Add(workbookOf(f, [][]any{plainHeader, soundRow(nil)}, nil), false)
	f.Fuzz(func(t *testing.T, content []byte, text bool) {
		name := "a.xlsx"
		if text {
			name = "a.csv"
		}
		_, _ = Check(context.Background(), bytes.NewReader(content), int64(len(content)), name, Options{Today: today}, func(Row) error { return nil })
	})
}
