package rules

import (
	"encoding/json"
	"slices"
	"time"

	"jieli/approval"
)

// Step is one step of a derivation: what was looked at, what came of it, and where the rule stands.
type Step struct {
	Step   approval.Text `json:"step"`
	Value  string        `json:"value"`
	Clause string        `json:"clause"`
	Source approval.Text `json:"source"`
	// Unit says what a number in Value counts; text and answers have none.
	Unit Unit `json:"unit,omitempty" enum:"fen,months,years"`
	// setting is the jurisdiction setting the step went by; its document becomes the source.
	setting string
}

// Unit is what the number of a step counts.
type Unit string

// The units. Months may be a mixed fraction, such as 9 1/12.
const (
	UnitFen    Unit = "fen"
	UnitMonths Unit = "months"
	UnitYears  Unit = "years"
)

// Evaluation is the result of a rule, in values and in words, with the way it came about.
type Evaluation struct {
	Result     any           `json:"result"`
	Summary    approval.Text `json:"summary" doc:"the result in a sentence"`
	Derivation []Step        `json:"derivation"`
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
	// Settings are the values of those the trial asks for, by name.
	Settings map[string]SettingValue
	// ArchiveHolders are the names of the archive holders designated, by district.
	ArchiveHolders map[string]string
}

// SettingNeed is a jurisdiction setting a trial asks for; the input Place says where it is to hold, a
// province where Province is set.
type SettingNeed struct {
	Name, Place string
	Province    bool
	// On is the day (YYYY-MM-DD) whose value is asked for; empty is today.
	On string
}

// SettingValue is a choice or a number as it holds somewhere today, with the document it rests on.
type SettingValue struct {
	Value  string
	Source approval.Text
	// Region is the place whose value it is; empty for the declared default.
	Region string
}

// Trial is a rule that can be tried on given inputs, at the counter or by another program.
type Trial struct {
	Name    string
	Title   approval.Text
	Version int
	// Sources are the official documents behind the rule, for whoever wants to read them.
	Sources []Link
	// Settings and HoldersWanted say which facts besides the input it looks at; the latter are inputs that
	// name a place whose archive holder is to be known.
	Settings      []SettingNeed
	HoldersWanted []string
	// SettingsFor are further settings that depend on what was asked.
	SettingsFor func(input approval.Form) []SettingNeed
	// Fields declare the input; what does not fit is refused before Evaluate runs.
	Fields   []approval.Field
	Evaluate func(input approval.Form, facts Facts) (Evaluation, *approval.Error)
}

// Trials lists the rules that can be tried, in the order screens list them.
func Trials() []Trial {
	return []Trial{workingDaysTrial(), formOfManagementTrial(), partyRoutingTrial(), archiveDestinationTrial(), benefitTrial()}
}

// FindTrial returns the rule of a name.
func FindTrial(name string) (Trial, bool) {
	for _, trial := range Trials() {
		if trial.Name == name {
			return trial, true
		}
	}
	return Trial{}, false
}

// SettingsOf are the settings the rule asks for, given what was asked.
func (t Trial) SettingsOf(input approval.Form) []SettingNeed {
	if t.SettingsFor == nil {
		return t.Settings
	}
	return append(slices.Clone(t.Settings), t.SettingsFor(input)...)
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
	evaluation, refusal := t.Evaluate(input, facts)
	for i := range evaluation.Derivation {
		if step := &evaluation.Derivation[i]; step.setting != "" {
			step.Source = facts.Settings[step.setting].Source
		}
	}
	return evaluation, refusal
}

func text(input approval.Form, key string) string {
	var value string
	_ = json.Unmarshal(input[key], &value)
	return value
}

// policy is the document whose clauses (S2.1 to S4.4) the rules cite.
var policy = Link{Title: approval.Text{ZH: "《关于积极推进企业退休人员社会化管理服务工作的意见》（2003年6月，中国政府网政策文件库检索）", EN: "the opinion of June 2003 on the socialised management of enterprise retirees (search of the gov.cn policy library)"},
	Address: "https://sousuo.www.gov.cn/zcwjk/policyDocumentLibrary?q=%E4%BC%81%E4%B8%9A%E9%80%80%E4%BC%91%E4%BA%BA%E5%91%98%E7%A4%BE%E4%BC%9A%E5%8C%96%E7%AE%A1%E7%90%86%E6%9C%8D%E5%8A%A1&t=zhengcelibrary"}

// read takes an input that has passed the declared fields.
func read(input approval.Form, facts any) *approval.Error {
	body, err := json.Marshal(input)
	if err == nil {
		err = json.Unmarshal(body, facts)
	}
	if err != nil {
		return &approval.Error{Code: approval.CodeInvalidInput, Message: approval.Text{ZH: "输入的内容不符合要求", EN: "the input does not fit"}}
	}
	return nil
}

// The answers in a derivation.
func answer(yes bool) string {
	if yes {
		return "yes"
	}
	return "no"
}

// found is a step that looked at a fact.
func found(zh, en string, holds bool, clause string) Step {
	return Step{Step: approval.Text{ZH: zh, EN: en}, Value: answer(holds), Clause: clause}
}

func notADivision(field string) *approval.Error {
	return approval.Invalid(field, "请填写 6、9 或 12 位区划代码，如 210106", "give a division code of 6, 9 or 12 digits, such as 210106")
}

func option(value, zh, en string) approval.Option {
	return approval.Option{Value: value, Title: approval.Text{ZH: zh, EN: en}}
}
