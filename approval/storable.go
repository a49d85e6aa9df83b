package approval

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// canonical is a value in the one notation in which it is stored and compared: no spaces, keys in
// order, and no half surrogate pair, which PostgreSQL would refuse.
func canonical(raw json.RawMessage) json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil {
		return raw
	}
	body, err := json.Marshal(value)
	if err != nil {
		return raw
	}
	return body
}

// checkStorable refuses the zero character, which PostgreSQL stores nowhere: a commit that can
// never succeed would hold up everything else on the case.
func checkStorable(command Command) *Error {
	texts := map[string][]string{"opinion": {command.Opinion}, "clause": {command.Clause}, "body": {command.Body}}
	for _, defect := range command.Defects {
		texts["defects"] = append(texts["defects"], defect.Item, defect.Detail, defect.Clause)
	}
	for _, edit := range command.Lines {
		texts["lines"] = append(texts["lines"], edit.Line, edit.Field, edit.Value)
	}
	if command.Attachment != nil {
		texts["file"] = []string{command.Attachment.Name, command.Attachment.Material}
	}
	for key, value := range command.Form {
		texts["form"] = append(texts["form"], key)
		if bytes.Contains(value, []byte(`\u0000`)) {
			var decoded any
			if json.Unmarshal(value, &decoded) != nil || holdsZero(decoded) {
				texts["form"] = append(texts["form"], "\x00")
			}
		}
	}
	for _, location := range []string{"opinion", "clause", "body", "defects", "lines", "file", "form"} {
		if slices.ContainsFunc(texts[location], func(text string) bool { return strings.ContainsRune(text, 0) }) {
			return Invalid(location, "含有无法保存的字符，请删除后重试", "it holds a character that cannot be stored; remove it and try again")
		}
	}
	return nil
}

func holdsZero(value any) bool {
	switch value := value.(type) {
	case string:
		return strings.ContainsRune(value, 0)
	case []any:
		return slices.ContainsFunc(value, holdsZero)
	case map[string]any:
		for key, item := range value {
			if strings.ContainsRune(key, 0) || holdsZero(item) {
				return true
			}
		}
	}
	return false
}
