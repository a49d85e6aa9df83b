package approval

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// FieldKind is the type of one input of a stage's form.
type FieldKind string

// The kinds of fields.
const (
	FieldText    FieldKind = "text"
	FieldBoolean FieldKind = "boolean"
	FieldChoice  FieldKind = "choice"
	FieldChoices FieldKind = "choices"
	FieldDate    FieldKind = "date"
	FieldNumber  FieldKind = "number"
	FieldRecords FieldKind = "records"
	// A question is answered yes or no, and where Unknown allows it with null: not known. A required one
	// must be answered, not affirmed.
	FieldQuestion FieldKind = "question"
	// A group is an object of fields that belong together.
	FieldGroup FieldKind = "group"
	// Money is a sum in whole fen.
	FieldMoney FieldKind = "money"
	// Years are a length of time in years with at most two decimals, which tell every month apart.
	FieldYears FieldKind = "years"
)

// maximumYears is the longest length of time a field takes.
const maximumYears = 100

// Option is one value of a choice.
type Option struct {
	Value string `json:"value"`
	Title Text   `json:"title"`
}

// Field is one input of a stage: its type, its wording and where the rule behind it comes from.
type Field struct {
	Key   string    `json:"key"`
	Title Text      `json:"title"`
	Kind  FieldKind `json:"kind"`
	// Required fields must be filled in; a required yes-or-no is a confirmation and must be yes.
	Required bool `json:"required,omitempty"`
	// Options are the values of a choice; those of a text are offered, and others are taken too.
	Options []Option `json:"options,omitempty"`
	// Fields are the columns of a record, or the members of a group.
	Fields []Field `json:"fields,omitempty"`
	Clause string  `json:"clause,omitempty"`
	// RequiredWhen makes the field required when another field of the form has one of the values.
	RequiredWhen *When `json:"requiredWhen,omitempty"`
	// Computed fields are shown; a client may send them back unchanged.
	Computed bool `json:"computed,omitempty"`
	// Kept fields are computed ones that enter the form as the stage is approved, as they were proposed:
	// what a rule has found, on which the further way hangs.
	Kept  bool   `json:"kept,omitempty"`
	Scope string `json:"scope,omitempty"`
	// Unknown lets null answer a question.
	Unknown bool `json:"unknown,omitempty"`
	// Least is the smallest number of records of a list, when RequiredWhen holds.
	Least int `json:"least,omitempty"`
}

// The keys of fields that mean the same in every procedure.
const (
	// FieldMaterials holds the ticked papers of a stage's material list.
	FieldMaterials = "materials"
	// FieldLineSet holds LineSet.Name: which version of the lines the signer has seen.
	FieldLineSet = "lineSet"
)

// When is a condition on another field.
type When struct {
	Field string   `json:"field"`
	In    []string `json:"in"`
}

// Form is the input of a case by field key, as raw JSON so that old values stay readable.
type Form map[string]json.RawMessage

// MaximumText is the longest text of a field, in characters.
const MaximumText = 4000

// validDate takes the days of the calendar, written in full, from the year 1 on.
func validDate(text string) bool {
	day, err := time.Parse(time.DateOnly, text)
	return err == nil && day.Year() > 0
}

// ValidateForm checks an input against the declared fields over the values the case already
// holds, and returns every problem at once.
func ValidateForm(fields []Field, held, input Form) []Problem {
	var problems []Problem
	add := func(location, zh, en string) {
		problems = append(problems, Problem{Location: location, Message: Text{ZH: zh, EN: en}, Code: CodeInvalidInput})
	}
	known := map[string]Field{}
	for _, field := range fields {
		known[field.Key] = field
	}
	keys := make([]string, 0, len(input))
	for key := range input {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		field, ok := known[key]
		if !ok {
			add("form."+key, "本环节没有这个填写项", "this stage has no such field")
			continue
		}
		if problem := checkValue(field, input[key]); problem != (Text{}) {
			add("form."+key, field.Title.ZH+"："+problem.ZH, field.Title.EN+": "+problem.EN)
		}
	}
	value := func(key string) json.RawMessage {
		if raw, ok := input[key]; ok {
			return raw
		}
		return held[key]
	}
	for _, field := range fields {
		if field.Kind == FieldGroup {
			problems = append(problems, validateGroup(field, value(field.Key))...)
			continue
		}
		required := field.Required
		if field.RequiredWhen != nil {
			required = required || slices.Contains(field.RequiredWhen.In, textOf(value(field.RequiredWhen.Field)))
		}
		if !required {
			continue
		}
		raw := value(field.Key)
		if field.Kind == FieldQuestion && field.Unknown && len(raw) > 0 {
			continue
		}
		if emptyValue(raw) || field.Kind == FieldBoolean && string(raw) == "false" {
			add("form."+field.Key, "请填写"+field.Title.ZH, "please fill in "+field.Title.EN)
			continue
		}
		if field.Kind == FieldRecords && field.Least > 0 {
			var records []json.RawMessage
			_ = json.Unmarshal(raw, &records)
			if len(records) < field.Least {
				add("form."+field.Key, fmt.Sprintf("%s至少需要 %d 条", field.Title.ZH, field.Least),
					fmt.Sprintf("%s needs at least %d entries", field.Title.EN, field.Least))
			}
		}
	}
	return problems
}

// validateGroup finds the problems of the members of a group, each with its own place.
func validateGroup(field Field, raw json.RawMessage) []Problem {
	members := Form{}
	if len(raw) > 0 && json.Unmarshal(raw, &members) != nil {
		return []Problem{{Location: "form." + field.Key, Code: CodeInvalidInput, Message: Text{ZH: field.Title.ZH + "：应为一组填写项", EN: field.Title.EN + ": should be an object"}}}
	}
	problems := ValidateForm(field.Fields, nil, members)
	for i := range problems {
		problems[i].Location = "form." + field.Key + strings.TrimPrefix(problems[i].Location, "form")
	}
	return problems
}

func textOf(raw json.RawMessage) string {
	var text string
	_ = json.Unmarshal(raw, &text)
	return text
}

func emptyValue(raw json.RawMessage) bool {
	switch string(raw) {
	case "", "null", `""`, "[]":
		return true
	}
	return false
}

// checkValue returns what is wrong with one value; the zero Text when nothing is.
func checkValue(field Field, raw json.RawMessage) Text {
	if string(raw) == "null" || field.Computed {
		return Text{}
	}
	switch field.Kind {
	case FieldText, FieldDate, FieldChoice:
		var text string
		if json.Unmarshal(raw, &text) != nil {
			return Text{ZH: "应为文字", EN: "should be text"}
		}
		return checkText(field, text)
	case FieldBoolean, FieldQuestion:
		var value bool
		if json.Unmarshal(raw, &value) != nil {
			return Text{ZH: "应为是或否", EN: "should be true or false"}
		}
	case FieldNumber:
		var value float64
		if json.Unmarshal(raw, &value) != nil {
			return Text{ZH: "应为数字", EN: "should be a number"}
		}
	case FieldMoney:
		var fen int64
		if json.Unmarshal(raw, &fen) != nil || fen < 0 {
			return Text{ZH: "应为以分计的整数，不能为负", EN: "should be a whole number of fen, not negative"}
		}
	case FieldYears:
		var years float64
		if json.Unmarshal(raw, &years) != nil || years < 0 || years > maximumYears || !twoDecimals(years) {
			return Text{ZH: fmt.Sprintf("应为 0 到 %d 年的数，最多两位小数", maximumYears), EN: fmt.Sprintf("should be a number of years from 0 to %d with at most two decimals", maximumYears)}
		}
	case FieldChoices:
		var values []string
		if json.Unmarshal(raw, &values) != nil {
			return Text{ZH: "应为若干选项", EN: "should be a list of options"}
		}
		for _, value := range values {
			if problem := checkText(Field{Kind: FieldChoice, Options: field.Options}, value); problem != (Text{}) {
				return problem
			}
		}
	case FieldRecords:
		return checkRecords(field, raw)
	}
	return Text{}
}

// twoDecimals reports whether a small number has no more than two decimals.
func twoDecimals(number float64) bool {
	hundredths := number * 100
	return math.Abs(hundredths-math.Round(hundredths)) < 1e-9
}

func checkText(field Field, text string) Text {
	if utf8.RuneCountInString(text) > MaximumText {
		return Text{ZH: fmt.Sprintf("最多 %d 字", MaximumText), EN: fmt.Sprintf("at most %d characters", MaximumText)}
	}
	if text == "" {
		return Text{}
	}
	if field.Kind == FieldDate && !validDate(text) {
		return Text{ZH: "日期应写成 2026-11-24 的样子", EN: "a date is written like 2026-11-24"}
	}
	if field.Kind == FieldChoice && !slices.ContainsFunc(field.Options, func(o Option) bool { return o.Value == text }) {
		return Text{ZH: "请从所列选项中选择", EN: "choose one of the listed options"}
	}
	return Text{}
}

func checkRecords(field Field, raw json.RawMessage) Text {
	var records []Form
	if json.Unmarshal(raw, &records) != nil {
		return Text{ZH: "应为若干条记录", EN: "should be a list of records"}
	}
	if len(records) > 200 {
		return Text{ZH: "最多 200 条", EN: "at most 200 entries"}
	}
	for i, record := range records {
		if problems := ValidateForm(field.Fields, nil, record); len(problems) > 0 {
			first := problems[0].Message
			return Text{ZH: fmt.Sprintf("第 %d 条：%s", i+1, first.ZH), EN: fmt.Sprintf("entry %d: %s", i+1, first.EN)}
		}
	}
	return Text{}
}

// Schema returns the JSON Schema (2020-12) of a list of fields, for clients that draw or check forms.
func Schema(fields []Field) map[string]any {
	properties := map[string]any{}
	required := []string{}
	order := []string{}
	for _, field := range fields {
		properties[field.Key] = fieldSchema(field)
		order = append(order, field.Key)
		if field.Required {
			required = append(required, field.Key)
		}
	}
	return map[string]any{"type": "object", "properties": properties, "required": required,
		"additionalProperties": false, "x-order": order}
}

func fieldSchema(field Field) map[string]any {
	schema := map[string]any{"title": field.Title.ZH, "x-title": field.Title}
	if field.Clause != "" {
		schema["x-clause"] = field.Clause
	}
	if field.Computed {
		schema["readOnly"] = true
	}
	if field.RequiredWhen != nil {
		schema["x-required-when"] = field.RequiredWhen
	}
	values := make([]string, 0, len(field.Options))
	for _, option := range field.Options {
		values = append(values, option.Value)
	}
	switch field.Kind {
	case FieldText:
		schema["type"], schema["maxLength"] = "string", MaximumText
		if len(field.Options) > 0 {
			schema["x-options"] = field.Options
		}
	case FieldDate:
		schema["type"], schema["format"] = "string", "date"
	case FieldBoolean:
		schema["type"] = "boolean"
	case FieldQuestion:
		schema["type"] = "boolean"
		schema["x-question"] = true
		if field.Unknown {
			schema["type"] = []string{"boolean", "null"}
		}
	case FieldGroup:
		maps.Copy(schema, Schema(field.Fields))
	case FieldNumber:
		schema["type"] = "number"
	case FieldMoney:
		schema["type"], schema["minimum"], schema["x-unit"] = "integer", 0, "fen"
	case FieldYears:
		schema["type"], schema["minimum"], schema["maximum"], schema["x-unit"] = "number", 0, maximumYears, "years"
	case FieldChoice:
		schema["type"], schema["enum"], schema["x-options"] = "string", values, field.Options
	case FieldChoices:
		schema["type"], schema["items"], schema["x-options"] = "array", map[string]any{"type": "string", "enum": values}, field.Options
	case FieldRecords:
		schema["type"], schema["items"] = "array", Schema(field.Fields)
	}
	return schema
}
