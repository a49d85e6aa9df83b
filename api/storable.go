package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gofiber/fiber/v2"

	"jieli/approval"
)

// storable refuses what no text of the database can hold: bytes that are no UTF-8 and the zero
// character, in the address or in a JSON body. Nothing behind it has to think of them.
func storable(c *fiber.Ctx) error {
	path, query, _ := strings.Cut(c.OriginalURL(), "?")
	path, pathErr := url.PathUnescape(path)
	query, queryErr := url.QueryUnescape(query)
	if pathErr != nil || queryErr != nil || !plainText(path) || !plainText(query) {
		return approval.Refuse(approval.CodeMalformed, "请求地址中含有无法识别的字符", "the address holds characters that cannot be read")
	}
	if strings.HasPrefix(c.Get("Content-Type"), "multipart/") {
		return c.Next()
	}
	body := c.Body()
	if !utf8.Valid(body) {
		return approval.Refuse(approval.CodeMalformed, "请求内容不是 UTF-8 编码", "the body is not UTF-8")
	}
	if bytes.Contains(body, []byte(`\u0000`)) {
		var value any
		if json.Unmarshal(body, &value) == nil {
			if place, found := zeroIn(value, ""); found {
				return approval.Invalid(place, "含有无法保存的字符，请删除后重试", "it holds a character that cannot be stored; remove it and try again")
			}
		}
	}
	return c.Next()
}

func plainText(text string) bool { return utf8.ValidString(text) && !strings.ContainsRune(text, 0) }

// zeroIn finds the place of the first text with a zero character.
func zeroIn(value any, place string) (string, bool) {
	below := func(key string) string { return strings.TrimPrefix(place+"."+key, ".") }
	switch value := value.(type) {
	case string:
		return place, strings.ContainsRune(value, 0)
	case []any:
		for i, item := range value {
			if found, ok := zeroIn(item, place+"["+strconv.Itoa(i)+"]"); ok {
				return found, true
			}
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			if strings.ContainsRune(key, 0) {
				return place, true
			}
			if found, ok := zeroIn(value[key], below(key)); ok {
				return found, true
			}
		}
	}
	return "", false
}
