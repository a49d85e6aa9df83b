package roster

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// isBlankRune covers the blanks of office documents: ideographic and no-break spaces, zero-width
// characters and stray byte-order marks besides white space proper.
func isBlankRune(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200d', '\ufeff', '\u2060', '\u00ad':
		return true
	}
	return unicode.IsSpace(r)
}

func trimBlank(text string) string {
	if text == "" {
		return text
	}
	// Nearly every cell begins and ends with a plain visible character.
	if first, last := text[0], text[len(text)-1]; first > ' ' && first < utf8.RuneSelf && last > ' ' && last < utf8.RuneSelf {
		return text
	}
	return strings.TrimFunc(text, isBlankRune)
}

// removeBlank removes every blank, inside as well.
func removeBlank(text string) string {
	if strings.IndexFunc(text, isBlankRune) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isBlankRune(r) {
			return -1
		}
		return r
	}, text)
}

// halfWidth turns full-width letters, digits and signs into their ASCII forms.
func halfWidth(text string) string {
	ascii := true
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if ascii {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, text)
}

// isDashes reports a text of nothing but dashes or slashes, which people write for "nothing".
func isDashes(text string) bool {
	for _, r := range text {
		switch r {
		case '-', '—', '–', '－', '―', '─', '/', '／', '\\':
		default:
			return false
		}
	}
	return text != ""
}

// unquoted removes the apostrophe a spreadsheet, or our own export, puts before text that must
// not be evaluated. Only one apostrophe is removed.
func unquoted(text string) string {
	if len(text) > 1 && text[0] == '\'' {
		return text[1:]
	}
	return strings.TrimPrefix(text, "＇")
}

// looksLikeFormula reports text a spreadsheet might evaluate: it begins with = + - @, or with a
// control character before them.
func looksLikeFormula(text string) bool {
	for _, r := range text {
		switch r {
		case '=', '+', '-', '@', '＝', '＋', '－', '＠':
			return !isDashes(text)
		case '\t', '\r', '\n', ' ', '　', '\u00a0', '\ufeff', '\u200b':
			continue
		default:
			return false
		}
	}
	return false
}

// isHan reports whether the text holds a Chinese character.
func isHan(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0
}
