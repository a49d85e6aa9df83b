package roster

import (
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// TemplateVersion is written into the template's notes and properties. It changes whenever a
// column does; older templates are still read, since columns are found by their headers.
const TemplateVersion = "2026-1"

const (
	templateSheet = "移交人员名册"
	notesSheet    = "填写说明"
	// templateRows is how far down formats and lists reach in the template.
	templateRows = 5000
)

// templateLists are the values offered in the template; others are accepted on import.
var templateLists = map[Column][]string{
	ColumnSex:             {"男", "女"},
	ColumnIDType:          {"居民身份证", "港澳居民来往内地通行证", "台湾居民来往大陆通行证", "外国人永久居留身份证", "护照"},
	ColumnRetirementType:  {"正常退休", "特殊工种提前退休", "因病提前退休", "退职"},
	ColumnPoliticalStatus: {"中共党员", "中共预备党员", "民主党派", "群众"},
	ColumnCadreClass:      {"一般人员", "县级以上党委管理干部", "中央管理干部"},
	ColumnSpecialCategory: {"军转干部", "失能", "重残", "孤寡", "精神障碍"},
	ColumnLivingAlone:     {"是", "否"},
	ColumnReceptionChoice: {"已确认", "未确认", "代办"},
	ColumnOutOfPool:       {"有", "无"},
}

var templateHints = map[Column]bilingual{
	ColumnName:             {"一格一人，与身份证一致；少数民族姓名用“·”分隔。", "One person per cell, as on the identity card."},
	ColumnIDNumber:         {"18 位，按文本填写，末位 X 大写。", "18 characters, entered as text, a final X in upper case."},
	ColumnIDType:           {"不填视为居民身份证。", "Empty means the resident identity card."},
	ColumnBirth:            {"如 1958-03-01；可不填，以身份证号为准。", "Such as 1958-03-01; may be empty, the ID number decides."},
	ColumnRetirementDate:   {"如 2018-04-01；只知道年月时写 2018-04。", "Such as 2018-04-01, or 2018-04 when only the month is known."},
	ColumnHukouCode:        {"12 位统计用区划代码。", "12-digit division code of the community."},
	ColumnResidenceCode:    {"12 位统计用区划代码；不清楚可只写地址。", "12-digit division code; if not known, the address will do."},
	ColumnResidenceAddress: {"写明街道和社区（村）名称。", "Name the street and the community (village)."},
	ColumnPhone:            {"11 位手机号，或区号加座机号。", "An 11-digit mobile, or a landline with area code."},
	ColumnKinPhone:         {"11 位手机号，或区号加座机号。", "An 11-digit mobile, or a landline with area code."},
	ColumnPartyDuesMonth:   {"党员必填，如 2026-10。", "For Party members, such as 2026-10."},
	ColumnRemarks:          {"离休、遗属、已去世的人员不属于本次移交，请不要列入。", "离休 veterans, survivors and the deceased are not part of this handover; leave them out."},
}

// WriteTemplate writes the roster's template as .xlsx: a sheet with the header, lists to choose
// from and text format where spreadsheets spoil numbers, and a sheet of notes.
func WriteTemplate(w io.Writer) error {
	file := excelize.NewFile()
	defer file.Close()
	if err := file.SetSheetName("Sheet1", templateSheet); err != nil {
		return err
	}
	text, err := file.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	if err := fillTemplate(file, text); err != nil {
		return err
	}
	if err := fillNotes(file); err != nil {
		return err
	}
	if err := file.SetDocProps(&excelize.DocProperties{Title: templateSheet, Version: TemplateVersion, Creator: "接力", LastModifiedBy: "接力"}); err != nil {
		return err
	}
	return file.Write(w)
}

func fillTemplate(file *excelize.File, text int) error {
	required, err := headStyle(file, "FFF2CC")
	if err != nil {
		return err
	}
	optional, err := headStyle(file, "E7EEF7")
	if err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(columns))
	if err != nil {
		return err
	}
	// The whole column is text: an ID typed into a number cell has lost its last digits for good.
	if err := file.SetColStyle(templateSheet, "B:"+last, text); err != nil {
		return err
	}
	for i, column := range columns {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		if err := file.SetCellStr(templateSheet, name+"1", column.TitleZH); err != nil {
			return err
		}
		style := optional
		if column.Required {
			style = required
		}
		if err := file.SetCellStyle(templateSheet, name+"1", name+"1", style); err != nil {
			return err
		}
		if err := file.SetColWidth(templateSheet, name, name, columnWidth(column.Key)); err != nil {
			return err
		}
		if list := templateLists[column.Key]; list != nil {
			if err := offer(file, name, list); err != nil {
				return err
			}
		}
	}
	return file.SetPanes(templateSheet, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 1, TopLeftCell: "C2", ActivePane: "bottomRight"})
}

// offer puts a list on a column. It advises and does not forbid: an enterprise's own word is better
// than a wrong one from the list.
func offer(file *excelize.File, name string, list []string) error {
	validation := excelize.NewDataValidation(true)
	validation.SetSqref(fmt.Sprintf("%s2:%s%d", name, name, templateRows))
	if err := validation.SetDropList(list); err != nil {
		return err
	}
	validation.ShowErrorMessage = false
	return file.AddDataValidation(templateSheet, validation)
}

func headStyle(file *excelize.File, colour string) (int, error) {
	return file.NewStyle(&excelize.Style{
		NumFmt:    49,
		Font:      &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		Border:    []excelize.Border{{Type: "bottom", Color: "999999", Style: 1}},
	})
}

func columnWidth(column Column) float64 {
	switch column {
	case ColumnSequence, ColumnSex, ColumnLivingAlone:
		return 7
	case ColumnIDNumber, ColumnHukouCode, ColumnResidenceCode:
		return 22
	case ColumnHukouAddress, ColumnResidenceAddress, ColumnPayingAgency, ColumnRemarks:
		return 30
	default:
		return 14
	}
}

func fillNotes(file *excelize.File) error {
	if _, err := file.NewSheet(notesSheet); err != nil {
		return err
	}
	rows := [][]any{
		{"模板版本 Template version", TemplateVersion},
		{"每人一行，表头不要改动；带底色的黄色列必填。 One row per person; leave the header as it is; yellow columns are required."},
		{"不属于本次移交：离休人员、遗属、已去世人员、已由社区管理服务的人员。 Not part of this handover: 离休 veterans, survivors, the deceased, persons already in a community's care."},
		{},
		// The heads of this table are no headers of a roster, lest this sheet be taken for one.
		{"列 Column", "英文 English", "必填 Required", "怎样填写", "How to fill it in"},
	}
	for _, column := range columns {
		required := ""
		if column.Required {
			required = "必填"
		}
		hint := templateHints[column.Key]
		rows = append(rows, []any{column.TitleZH, column.TitleEN, required, hint.zh, hint.en})
	}
	for i, row := range rows {
		if err := file.SetSheetRow(notesSheet, fmt.Sprintf("A%d", i+1), &row); err != nil {
			return err
		}
	}
	if err := file.SetColWidth(notesSheet, "A", "C", 22); err != nil {
		return err
	}
	return file.SetColWidth(notesSheet, "D", "E", 60)
}
