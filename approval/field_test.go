package approval_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jieli/approval"
)

// A required question must be answered, and no is an answer; not known is one where the field says so.
// What is wrong inside a group is found at its own place.
func TestQuestionsAndGroups(t *testing.T) {
	question := func(key string, unknown bool) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: key, EN: key}, Kind: approval.FieldQuestion, Required: true, Unknown: unknown}
	}
	fields := []approval.Field{question("rehired", true), {Key: "community", Title: approval.Text{ZH: "社区", EN: "community"}, Kind: approval.FieldGroup,
		Fields: []approval.Field{question("established", false), {Key: "name", Kind: approval.FieldText}}}}
	for input, want := range map[string]string{
		`{"rehired":false,"community":{"established":true}}`:            "",
		`{"rehired":null,"community":{"established":false,"name":"甲"}}`: "",
		`{"community":{"established":true}}`:                            "form.rehired",
		`{"rehired":"no","community":{"established":true}}`:             "form.rehired",
		`{"rehired":true}`:                                               "form.community.established",
		`{"rehired":true,"community":null}`:                              "form.community.established",
		`{"rehired":true,"community":{"established":null}}`:              "form.community.established",
		`{"rehired":true,"community":[]}`:                                "form.community",
		`{"rehired":true,"community":"甲"}`:                               "form.community",
		`{"rehired":true,"community":{"established":true,"name":5}}`:     "form.community.name",
		`{"rehired":true,"community":{"established":true,"street":"乙"}}`: "form.community.street",
	} {
		var form approval.Form
		if err := json.Unmarshal([]byte(input), &form); err != nil {
			t.Fatal(err)
		}
		var places []string
		for _, problem := range approval.ValidateForm(fields, nil, form) {
			places = append(places, problem.Location)
		}
		if got := strings.Join(places, " "); got != want {
			t.Errorf("%s: %q, not %q", input, got, want)
		}
	}
	schema, _ := json.Marshal(approval.Schema(fields))
	for _, part := range []string{`"rehired":{"title":"rehired","type":["boolean","null"]`, `"required":["established"]`} {
		if !strings.Contains(string(schema), part) {
			t.Errorf("the schema has no %s: %s", part, schema)
		}
	}
}

// Sums are whole fen, lengths of time have two decimals at most, and the options of a text bind nobody.
func TestSumsAndLengthsOfTime(t *testing.T) {
	fields := []approval.Field{{Key: "sum", Kind: approval.FieldMoney}, {Key: "paid", Kind: approval.FieldYears},
		{Key: "place", Kind: approval.FieldText, Options: []approval.Option{{Value: "210000"}}}}
	for body, wrong := range map[string]string{
		`{"sum":5516500,"paid":28.75,"place":"21"}`: "",
		`{"sum":0,"paid":0}`:                        "",
		`{"sum":0.5}`:                               "form.sum",
		`{"sum":-1}`:                                "form.sum",
		`{"sum":"55165.00"}`:                        "form.sum",
		`{"sum":1e300}`:                             "form.sum",
		`{"paid":-0.01}`:                            "form.paid",
		`{"paid":100.01}`:                           "form.paid",
		`{"paid":28.751}`:                           "form.paid",
		`{"paid":"28年"}`:                            "form.paid",
	} {
		var input approval.Form
		if err := json.Unmarshal([]byte(body), &input); err != nil {
			t.Fatal(err)
		}
		problems := approval.ValidateForm(fields, nil, input)
		if (wrong == "") != (len(problems) == 0) || wrong != "" && problems[0].Location != wrong {
			t.Errorf("%s: %+v", body, problems)
		}
	}
	properties, _ := approval.Schema(fields)["properties"].(map[string]any)
	for key, want := range map[string]string{"sum": `"x-unit":"fen"`, "paid": `"x-unit":"years"`, "place": `"x-options":[`} {
		if written, _ := json.Marshal(properties[key]); !strings.Contains(string(written), want) {
			t.Errorf("%s is described as %s", key, written)
		}
	}
}
