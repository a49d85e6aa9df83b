package roster

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/rules"
)

func TestRowFindings(t *testing.T) {
	wrongCheck := number("19500315", 1)[:17] + "0"
	if number("19500315", 1) == wrongCheck {
		wrongCheck = wrongCheck[:17] + "1"
	}
	for _, c := range []struct {
		name    string
		changes map[string]any
		level   Level
		codes   []string
	}{
		{"sound", nil, LevelOK, nil},
		{"no name", map[string]any{"姓名": ""}, LevelBlocker, []string{CodeMissingRequired}},
		{"a dash for a name", map[string]any{"姓名": "—"}, LevelBlocker, []string{CodeMissingRequired}},
		{"no ID", map[string]any{"身份证号": nil}, LevelBlocker, []string{CodeMissingRequired}},
		{"no retirement date", map[string]any{"退休日期": " "}, LevelBlocker, []string{CodeMissingRequired}},
		{"17 digits", map[string]any{"身份证号": number("19500315", 1)[:17]}, LevelBlocker, []string{CodeIDFormat}},
		{"15 digits", map[string]any{"身份证号": "210106500315001"}, LevelBlocker, []string{CodeIDFormat}},
		{"check character", map[string]any{"身份证号": wrongCheck}, LevelBlocker, []string{CodeIDChecksum}},
		{"numeric ID", map[string]any{"身份证号": 210106195003160000}, LevelBlocker, []string{CodeIDTruncated}},
		{"scientific notation as text", map[string]any{"身份证号": "2.10106E+17"}, LevelBlocker, []string{CodeIDTruncated}},
		{"ends in 000", map[string]any{"身份证号": "210106195003160000"}, LevelBlocker, []string{CodeIDTruncated}},
		{"no such day", map[string]any{"身份证号": "210106195002300010", "出生日期": ""}, LevelBlocker, []string{CodeIDDate}},
		{"unreadable date", map[string]any{"退休日期": "不详"}, LevelBlocker, []string{CodeDateFormat}},
		{"30 February", map[string]any{"退休日期": "2010-02-30"}, LevelBlocker, []string{CodeDateFormat}},
		{"two names", map[string]any{"姓名": "王芳、李明"}, LevelBlocker, []string{CodeTwoPersons}},
		{"two names on two lines", map[string]any{"姓名": "王芳芳\n李明"}, LevelBlocker, []string{CodeTwoPersons}},
		{"two numbers", map[string]any{"身份证号": number("19500315", 1) + "、" + number("19510315", 1)}, LevelBlocker, []string{CodeTwoPersons}},
		{"a name broken over two lines", map[string]any{"姓名": "王\n芳"}, LevelOK, []string{CodeNormalized}},
		{"离休", map[string]any{"退休类别": "离休"}, LevelBlocker, []string{CodeOutOfScope}},
		{"survivor", map[string]any{"特殊人员类别": "遗属"}, LevelBlocker, []string{CodeOutOfScope}},
		{"dead", map[string]any{"备注": "2020年去世"}, LevelBlocker, []string{CodeOutOfScope}},
		{"a dead spouse", map[string]any{"备注": "配偶2020年去世，独居"}, LevelOK, nil},
		{"not 离休", map[string]any{"备注": "非离休"}, LevelOK, nil},
		{"离退休 office", map[string]any{"备注": "由离退休办联系"}, LevelOK, nil},
		{"other birth", map[string]any{"出生日期": "1951-03-15"}, LevelWarning, []string{CodeBirthMismatch}},
		{"birth by month", map[string]any{"出生日期": "1950.3"}, LevelOK, []string{CodeNormalized}},
		{"birth by another month", map[string]any{"出生日期": "1950.4"}, LevelWarning, []string{CodeBirthMismatch}},
		{"birth as a serial", map[string]any{"出生日期": 18337}, LevelOK, []string{CodeNormalized}},
		{"birth with a short year", map[string]any{"出生日期": "50年3月"}, LevelOK, []string{CodeNormalized}},
		{"other sex", map[string]any{"性别": "女"}, LevelWarning, []string{CodeSexMismatch}},
		{"short phone", map[string]any{"联系电话": "2345"}, LevelWarning, []string{CodePhoneFormat}},
		{"no phone", map[string]any{"联系电话": ""}, LevelOK, nil},
		{"full-width phone", map[string]any{"联系电话": "１３８１２３４５６７８"}, LevelOK, []string{CodeNormalized}},
		{"a plus before a phone", map[string]any{"联系电话": "+8613812345678"}, LevelOK, []string{CodeNormalized}},
		{"unknown residence", map[string]any{"居住社区代码": "999999999999", "居住地址": "老厂宿舍3栋"}, LevelWarning, []string{CodeResidenceUnresolved}},
		{"residence by address", map[string]any{"居住社区代码": "", "居住地址": "沈阳市铁西区昆明湖街道张士村12号"}, LevelOK, nil},
		{"a name two communities bear", map[string]any{"居住社区代码": "", "居住地址": "康宁社区3号楼"}, LevelWarning, []string{CodeResidenceUnresolved}},
		{"told apart by the street", map[string]any{"居住社区代码": "", "居住地址": "兴顺街道康宁社区3号楼"}, LevelOK, nil},
		{"a member without dues", map[string]any{"政治面貌": "中共党员"}, LevelWarning, []string{CodePartyDuesMissing}},
		{"a tick for a member", map[string]any{"政治面貌": "√"}, LevelWarning, []string{CodePartyDuesMissing, CodeNormalized}},
		{"a member with dues", map[string]any{"政治面貌": "中共党员", "党费交至": "2026年10月"}, LevelOK, nil},
		{"retired young", map[string]any{"退休日期": "1999-04-15"}, LevelWarning, []string{CodeRetirementAgeUnusual}},
		{"retired at 50", map[string]any{"退休日期": "2000-03-15"}, LevelOK, nil},
		{"retired on the 70th birthday", map[string]any{"退休日期": "2020-03-15"}, LevelOK, nil},
		{"retired over 70", map[string]any{"退休日期": "2020-04-15"}, LevelWarning, []string{CodeRetirementAgeUnusual}},
		{"formula-like text", map[string]any{"备注": "=1+1"}, LevelWarning, []string{CodeFormulaText}},
		{"full-width formula", map[string]any{"备注": "＝1+1"}, LevelWarning, []string{CodeFormulaText}},
		{"at sign", map[string]any{"备注": "@SUM(A1)"}, LevelWarning, []string{CodeFormulaText}},
		{"a lone dash", map[string]any{"备注": "-", "联系电话": "—"}, LevelOK, nil},
		{"full-width ID", map[string]any{"身份证号": "２１０１０６" + number("19500315", 1)[6:] + " "}, LevelOK, []string{CodeNormalized}},
		{"text forced by a formula", map[string]any{"身份证号": `="` + number("19500315", 1) + `"`}, LevelWarning, []string{CodeFormulaText, CodeNormalized}},
		{"a protecting apostrophe", map[string]any{"身份证号": "'" + number("19500315", 1)}, LevelOK, []string{CodeNormalized}},
		{"passport", map[string]any{"证件类型": "护照", "身份证号": "E12345678"}, LevelOK, nil},
		{"passport number", map[string]any{"证件类型": "护照", "身份证号": "E1"}, LevelBlocker, []string{CodeIDFormat}},
	} {
		for format, content := range map[string][]byte{
			"roster.xlsx": workbookOf(t, [][]any{plainHeader, soundRow(c.changes)}, nil),
			"roster.csv":  textOf([][]any{plainHeader, soundRow(c.changes)}),
		} {
			t.Run(c.name+" "+format, func(t *testing.T) {
				rows, _, err := checkAll(t, format, content, Options{Resolve: NewResolver(testPlaces)})
				must(t, err)
				if len(rows) != 1 || rows[0].Level != c.level || !hasAll(rows[0], c.codes...) {
					t.Fatalf("got %v, want %s %v", rows, c.level, c.codes)
				}
				for _, finding := range rows[0].Findings {
					if strings.ContainsAny(finding.Message+finding.MessageEN, "{}") || finding.Message == "" || finding.MessageEN == "" {
						t.Errorf("%s: unfinished message %q", finding.Code, finding.Message)
					}
					for column, value := range rows[0].Values {
						if len(value) > 6 && column != ColumnIDType && strings.Contains(finding.Message, value) {
							t.Errorf("%s repeats the value of %s", finding.Code, column)
						}
					}
				}
			})
		}
	}
}

func TestLowerCaseX(t *testing.T) {
	for sequence := 1; sequence < 40; sequence++ {
		id := number("19500315", sequence)
		if !strings.HasSuffix(id, "X") {
			continue
		}
		sex := rules.CheckIDNumber(id, today).Sex
		for _, last := range []string{"x", "Ｘ", "ｘ", "Х"} {
			rows, _, err := checkAll(t, "a.csv", textOf([][]any{plainHeader, soundRow(map[string]any{"身份证号": id[:17] + last, "性别": string(sex)})}), Options{})
			must(t, err)
			if rows[0].Level != LevelOK || !rows[0].Has(CodeNormalized) || rows[0].Values[ColumnIDNumber] != id {
				t.Fatalf("%q: %v", last, rows[0])
			}
		}
		return
	}
	t.Fatal("no number ends in X")
}

func TestSheetFindings(t *testing.T) {
	content := workbookOf(t, [][]any{plainHeader, soundRow(nil), soundRow(map[string]any{"身份证号": number("19500316", 2), "性别": "女", "出生日期": "1950-03-16"}), soundRow(map[string]any{"身份证号": number("19500317", 3), "出生日期": "1950-03-17"})}, func(file *excelize.File) {
		must(t, file.SetRowVisible("Sheet1", 3, false))
		must(t, file.SetCellFormula("Sheet1", "B4", `"王"&"芳"`))
		must(t, file.SetCellFormula("Sheet1", "O4", "1+1"))
	})
	rows, _, err := checkAll(t, "a.xlsx", content, Options{})
	must(t, err)
	if rows[0].Level != LevelOK || !rows[1].Has(CodeHiddenRow) || rows[1].Level != LevelWarning || !rows[2].Has(CodeFormulaText) {
		t.Fatalf("%v", rows)
	}
}

func TestDuplicatesAndRegistry(t *testing.T) {
	blocked := soundRow(map[string]any{"姓名": ""})
	old := soundRow(map[string]any{"身份证号": "210106500315001"})
	managed := soundRow(map[string]any{"身份证号": number("19510101", 1), "出生日期": ""})
	rows, result, err := checkAll(t, "a.csv", textOf([][]any{plainHeader, blocked, soundRow(nil), old, managed}), Options{
		Managed: func(_ context.Context, numbers []string) (map[string]bool, error) {
			return map[string]bool{number("19510101", 1): true}, nil
		},
	})
	must(t, err)
	if rows[0].Has(CodeDuplicateInFile) || !rows[1].Has(CodeDuplicateInFile) || !rows[2].Has(CodeDuplicateInFile) || !rows[3].Has(CodeAlreadyManaged) {
		t.Fatalf("%v", rows)
	}
	if result.Totals != (Totals{People: 4, Blocker: 4}) {
		t.Fatalf("%+v", result.Totals)
	}
	for _, row := range rows[1:2] {
		if row.Findings[0].Group != GroupNotPart {
			t.Fatalf("%+v", row.Findings)
		}
	}
	failure := errors.New("registry away")
	_, _, err = checkAll(t, "a.csv", textOf([][]any{plainHeader, soundRow(nil)}), Options{
		Managed: func(context.Context, []string) (map[string]bool, error) { return nil, failure },
	})
	if !errors.Is(err, failure) {
		t.Fatalf("got %v", err)
	}
}
