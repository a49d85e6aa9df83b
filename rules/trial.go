package rules

import (
	"encoding/json"
	"time"

	"jieli/approval"
)

// Step is one step of a derivation: what was looked at, what came of it, and where the rule stands.
type Step struct {
	Step   approval.Text `json:"step"`
	Value  string        `json:"value"`
	Clause string        `json:"clause"`
	Source approval.Text `json:"source"`
}

// Evaluation is the result of a rule with the way it came about.
type Evaluation struct {
	Result     any    `json:"result"`
	Derivation []Step `json:"derivation"`
}

// Link leads to an official document.
type Link struct {
	Title   approval.Text `json:"title"`
	Address string        `json:"address"`
}

// Facts are what a rule may look at besides its input.
type Facts struct {
	Calendar Calendar
	Today    time.Time
}

// Trial is a rule that can be tried on given inputs, at the counter or by another program.
type Trial struct {
	Name    string
	Title   approval.Text
	Version int
	// Sources are the official documents behind the rule, for whoever wants to read them.
	Sources []Link
	// Fields declare the input; what does not fit is refused before Evaluate runs.
	Fields   []approval.Field
	Evaluate func(input approval.Form, facts Facts) (Evaluation, *approval.Error)
}

// Trials lists the rules that can be tried, in the order screens list them.
func Trials() []Trial { return []Trial{workingDaysTrial()} }

// FindTrial returns the rule of a name.
func FindTrial(name string) (Trial, bool) {
	for _, trial := range Trials() {
		if trial.Name == name {
			return trial, true
		}
	}
	return Trial{}, false
}

// Try checks an input against the declared fields and evaluates the rule.
func (t Trial) Try(input approval.Form, facts Facts) (Evaluation, *approval.Error) {
	if problems := approval.ValidateForm(t.Fields, nil, input); len(problems) > 0 {
		for i := range problems {
			problems[i].Location = problems[i].Location[len("form."):]
		}
		return Evaluation{}, &approval.Error{Code: approval.CodeInvalidInput, Problems: problems,
			Message: approval.Text{ZH: "输入的内容不符合要求，请按提示更正", EN: "the input does not fit; see the errors"}}
	}
	return t.Evaluate(input, facts)
}

func text(input approval.Form, key string) string {
	var value string
	_ = json.Unmarshal(input[key], &value)
	return value
}
