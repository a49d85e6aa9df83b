package roster

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/rules"
)

// plainHeader is the header the row tests share.
var plainHeader = []any{"序号", "姓名", "性别", "证件类型", "身份证号", "出生日期", "居住社区代码", "居住地址", "联系电话", "退休日期", "退休类别", "政治面貌", "党费交至", "特殊人员类别", "备注"}

// number composes a valid identity number.
func number(day string, sequence int) string {
	first17 := fmt.Sprintf("210106%s%03d", day, sequence)
	return first17 + string(rules.IDCheckCharacter(first17))
}

// soundRow is a row without findings; changes are given by header.
func soundRow(changes map[string]any) []any {
	values := map[string]any{"序号": 1, "姓名": "王芳", "性别": "男", "证件类型": "居民身份证", "身份证号": number("19500315", 1), "出生日期": "1950-03-15",
		"居住社区代码": "210106001017", "居住地址": "昆明湖街道建农社区", "联系电话": "13812345678", "退休日期": "2010-04-15", "退休类别": "正常退休", "政治面貌": "群众"}
	for header, value := range changes {
		values[header] = value
	}
	row := make([]any, len(plainHeader))
	for i, header := range plainHeader {
		row[i] = values[header.(string)]
	}
	return row
}

// workbookOf builds an .xlsx with one sheet; prepare may change it further.
func workbookOf(t testing.TB, rows [][]any, prepare func(*excelize.File)) []byte {
	t.Helper()
	file := excelize.NewFile()
	defer file.Close()
	for i, row := range rows {
		if err := file.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	if prepare != nil {
		prepare(file)
	}
	var output bytes.Buffer
	if err := file.Write(&output); err != nil {
		t.Fatal(err)
	}
	return output.Bytes()
}

// textOf builds a CSV.
func textOf(rows [][]any) []byte {
	var output bytes.Buffer
	for _, row := range rows {
		for i, value := range row {
			if i > 0 {
				output.WriteByte(',')
			}
			if value != nil {
				writeField(&output, fmt.Sprint(value), ',')
			}
		}
		output.WriteString("\r\n")
	}
	return output.Bytes()
}

var testPlaces = []Place{
	{"210106001017", "建农社区", "210106001", "昆明湖街道"},
	{"210106001200", "张士村委会", "210106001", "昆明湖街道"},
	{"210106024016", "康宁社区", "210106024", "兴顺街道"},
	{"210106003009", "康宁社区", "210106003", "工人村街道"},
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func hasAll(row Row, codes ...string) bool {
	for _, code := range codes {
		if !row.Has(code) {
			return false
		}
	}
	return true
}

func hasPrefixAny(text string, prefixes ...string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return false
}
