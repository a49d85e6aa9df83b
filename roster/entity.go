package roster

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// appendDecoded appends XML text with its entities resolved and its line ends normalised.
func appendDecoded(target, text []byte) []byte {
	for {
		at := bytes.IndexAny(text, "&\r")
		if at < 0 {
			return append(target, text...)
		}
		target = append(target, text[:at]...)
		if text[at] == '\r' {
			target = append(target, '\n')
			text = text[at+1:]
			if len(text) > 0 && text[0] == '\n' {
				text = text[1:]
			}
			continue
		}
		text = text[at:]
		semicolon := bytes.IndexByte(text[:min(len(text), 12)], ';')
		if semicolon < 0 {
			target = append(target, '&')
			text = text[1:]
			continue
		}
		target = appendEntity(target, text[1:semicolon])
		text = text[semicolon+1:]
	}
}

func appendEntity(target, entity []byte) []byte {
	switch string(entity) {
	case "amp":
		return append(target, '&')
	case "lt":
		return append(target, '<')
	case "gt":
		return append(target, '>')
	case "quot":
		return append(target, '"')
	case "apos":
		return append(target, '\'')
	}
	if len(entity) > 1 && entity[0] == '#' {
		digits, base := string(entity[1:]), 10
		if digits[0] == 'x' || digits[0] == 'X' {
			digits, base = digits[1:], 16
		}
		if code, err := strconv.ParseUint(digits, base, 32); err == nil && utf8.ValidRune(rune(code)) {
			return utf8.AppendRune(target, rune(code))
		}
	}
	return utf8.AppendRune(target, utf8.RuneError)
}

// unescaped resolves _x000D_, the way the format writes characters XML cannot hold. It works in
// place on text[from:] and returns the shortened text.
func unescaped(text []byte, from int) []byte {
	if !bytes.Contains(text[from:], []byte("_x")) {
		return text
	}
	written := from
	for read := from; read < len(text); {
		if code, ok := escapeAt(text[read:]); ok {
			var encoded [utf8.UTFMax]byte
			size := utf8.EncodeRune(encoded[:], code)
			written += copy(text[written:], encoded[:size])
			read += 7
			continue
		}
		text[written] = text[read]
		written++
		read++
	}
	return text[:written]
}

func escapeAt(text []byte) (rune, bool) {
	if len(text) < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	code, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	if err != nil || !utf8.ValidRune(rune(code)) {
		return 0, false
	}
	return rune(code), true
}
