package roster

import "strings"

var summaryWords = []string{"小计", "合计", "总计", "累计", "共计"}

// signaturePrefixes begin the lines below a roster that name who signs, or explain it.
var signaturePrefixes = []string{
	"单位负责人", "负责人", "审核人", "审核", "审批人", "填表人", "填表", "制表人", "制表", "填报人", "填报", "经办人", "经办", "复核人", "复核",
	"联系人", "联系电话", "单位盖章", "单位(盖章)", "(盖章)", "(公章)", "盖章", "公章", "单位公章", "移交单位", "接收单位", "日期:", "备注:", "注:", "说明:", "注1", "第1页",
}

// isPerson tells a person's row from a subtotal, a total, a blank or a signature line. A row with
// something like an identity number always is a person: better a question too many.
func isPerson(record *record, layout *layout) bool {
	first, filled, only := -1, 0, -1
	for position := range record.cells {
		if layout.added(position) || trimBlank(record.cells[position]) == "" {
			continue
		}
		if first < 0 {
			first = position
		}
		filled++
		only = position
	}
	if filled == 0 {
		return false
	}
	idPosition := layout.at(ColumnIDNumber)
	idText := trimBlank(record.cell(idPosition))
	if looksLikeNumber(idText) {
		return true
	}
	namePosition := layout.at(ColumnName)
	for _, position := range [2]int{first, namePosition} {
		text := headerKeyless(record.cell(position))
		if isSummary(text) || isSignature(text) {
			return false
		}
	}
	if filled == 1 {
		// A running number in front of nothing, or a heading between two parts of the roster.
		return only == namePosition || only == idPosition
	}
	// The header again, at the top of a printed page.
	if recognise(idText) == ColumnIDNumber || recognise(record.cell(namePosition)) == ColumnName {
		return false
	}
	return true
}

// looksLikeNumber reports at least fifteen letters and digits in a row, or a number in scientific
// notation: an identity number, however spoilt.
func looksLikeNumber(text string) bool {
	text = halfWidth(text)
	count := 0
	for i := 0; i < len(text); i++ {
		if b := text[i]; b >= '0' && b <= '9' || b == 'x' || b == 'X' {
			if count++; count >= 15 {
				return true
			}
		}
	}
	return isScientific(text)
}

// headerKeyless is the text of a cell made comparable: half-width and without blanks.
func headerKeyless(text string) string { return removeBlank(halfWidth(text)) }

func isSummary(text string) bool {
	if len(text) > 60 {
		return false
	}
	for _, word := range summaryWords {
		if strings.Contains(text, word) {
			return true
		}
	}
	rest, ok := strings.CutPrefix(text, "共")
	return ok && strings.HasSuffix(rest, "人") && strings.Trim(strings.TrimSuffix(rest, "人"), "0123456789") == ""
}

func isSignature(text string) bool {
	for _, prefix := range signaturePrefixes {
		if strings.HasPrefix(text, prefix) {
			return true
		}
	}
	return strings.HasPrefix(text, "第") && strings.HasSuffix(text, "页")
}
