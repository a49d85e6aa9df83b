package roster

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"jieli/rules"
)

// normaliseText trims a free text, takes off its protecting apostrophe and joins its lines.
// Dashes alone mean nothing.
func normaliseText(raw string) string {
	text := trimBlank(raw)
	if text == "" {
		return ""
	}
	if text[0] == '\'' || strings.HasPrefix(text, "＇") {
		text = trimBlank(unquoted(text))
	}
	// ="210106…" is how people force text in a CSV.
	if inside, ok := strings.CutPrefix(text, `="`); ok && strings.HasSuffix(inside, `"`) && strings.Count(inside, `"`) == 1 {
		text = strings.TrimSuffix(inside, `"`)
	}
	if isDashes(text) {
		return ""
	}
	if strings.ContainsAny(text, "\r\n\t") {
		text = strings.Join(strings.Fields(text), " ")
	}
	return text
}

// normaliseCode is for numbers and codes: half-width, upper-case, no blanks.
func normaliseCode(raw string) string {
	return strings.ToUpper(removeBlank(halfWidth(normaliseText(raw))))
}

// normaliseIDNumber also turns the letters that pass for an X into one.
func normaliseIDNumber(raw string) string {
	text := normaliseCode(raw)
	if last, size := utf8.DecodeLastRuneInString(text); size > 1 {
		switch last {
		case 'Х', 'Χ', '×', '✕', '╳':
			return text[:len(text)-size] + "X"
		}
	}
	return text
}

// normaliseName takes the blanks out of Chinese names (王 芳) and writes one middle dot.
func normaliseName(raw string) string {
	text := normaliseText(raw)
	if !isHan(text) {
		return text
	}
	plain := true
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			plain = false
			break
		}
	}
	if plain {
		return text
	}
	text = removeBlank(text)
	return strings.Map(func(r rune) rune {
		switch r {
		case '•', '‧', '∙', '・', '．', '●', '⋅', '.':
			return '·'
		}
		return r
	}, text)
}

// normaliseSex reads the ways the sex is written; what it cannot read it leaves.
func normaliseSex(raw string) string {
	text := normaliseCode(raw)
	switch text {
	case "男", "男性", "M", "MALE", "1":
		return string(rules.SexMale)
	case "女", "女性", "F", "FEMALE", "2":
		return string(rules.SexFemale)
	}
	return text
}

// normalisePoliticalStatus turns the ticks of a column 是否党员 into words.
func normalisePoliticalStatus(raw string) string {
	text := removeBlank(normaliseText(raw))
	switch text {
	case "是", "√", "✓", "✔", "Y", "y", "党员", "共产党员", "正式党员", "中共正式党员", "中国共产党党员", "TRUE":
		return "中共党员"
	case "预备党员", "中共预备", "中国共产党预备党员":
		return "中共预备党员"
	case "否", "×", "N", "n", "FALSE", "非党员":
		return "群众"
	}
	return text
}

func isPartyMember(status string) bool {
	return strings.HasPrefix(status, "中共党员") || strings.HasPrefix(status, "中共预备党员") || strings.HasPrefix(status, "党员")
}

// isScientific reports a number in scientific notation, what a spreadsheet makes of a long number.
func isScientific(text string) bool {
	if len(text) < 4 || text[0] < '0' || text[0] > '9' || !strings.ContainsAny(text, "eE") {
		return false
	}
	_, err := strconv.ParseFloat(text, 64)
	return err == nil
}

// isOtherPaper reports an identity paper whose number GB 11643 does not govern.
func isOtherPaper(idType string) bool {
	if idType == "" || strings.Contains(idType, "身份证") {
		return false
	}
	for _, word := range []string{"护照", "通行证", "台胞", "回乡", "军官", "士兵", "士官", "永久居留", "外国", "警官"} {
		if strings.Contains(idType, word) {
			return true
		}
	}
	return false
}

// otherPaperNumber accepts the numbers of such papers: five to twenty letters and digits.
func otherPaperNumber(text string) bool {
	count := 0
	for i := 0; i < len(text); i++ {
		switch b := text[i]; {
		case b >= '0' && b <= '9' || b >= 'A' && b <= 'Z':
			count++
		case b == '(' || b == ')' || b == '-':
		default:
			// Officers' papers begin with a Chinese character.
			if b < utf8.RuneSelf {
				return false
			}
		}
	}
	return count >= 5 && count <= 20
}

const nameSeparators = "、，,;；/／&＆+＋\n"

// isTwoNames reports two names in one cell: both sides of a separator hold at least two Chinese
// characters. A single one is a name broken over two lines.
func isTwoNames(raw string) bool {
	if !strings.ContainsAny(raw, nameSeparators) {
		return false
	}
	names := 0
	for _, part := range strings.FieldsFunc(raw, func(r rune) bool { return strings.ContainsRune(nameSeparators, r) }) {
		characters := 0
		for _, r := range part {
			if unicode.Is(unicode.Han, r) {
				characters++
			}
		}
		if characters >= 2 {
			names++
		}
	}
	return names >= 2
}

// isTwoNumbers reports two identity numbers in one cell.
func isTwoNumbers(raw string) bool {
	if len(raw) < 30 {
		return false
	}
	numbers := 0
	for _, part := range strings.FieldsFunc(halfWidth(raw), func(r rune) bool {
		return r == '、' || r == ',' || r == ';' || r == '/' || isBlankRune(r)
	}) {
		if len(part) >= 15 && len(part) <= 18 {
			numbers++
		}
	}
	return numbers >= 2
}
