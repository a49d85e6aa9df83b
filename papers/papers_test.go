package papers

import (
	"encoding/json"
	"html/template"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
)

// Every declared paper has its template, and every template belongs to one; all print what they are given.
func TestEveryPaperHasItsTemplate(t *testing.T) {
	files, err := embedded.ReadDir("templates")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		key := strings.TrimSuffix(file.Name(), ".html")
		if file.Name() != partsFile && file.Name() != styleFile && !slices.Contains(Keys(), key) {
			t.Errorf("%s belongs to no paper", file.Name())
		}
	}
	for _, key := range Keys() {
		sample := Sample(key)
		html, err := Templates{}.HTML(key, nil, sample)
		if err != nil {
			t.Errorf("%s: %v", key, err)
		}
		for _, words := range []string{sample.Case.No, Grouped(sample.Code), "<h1>"} {
			if !strings.Contains(string(html), words) {
				t.Errorf("%s does not hold %s", key, words)
			}
		}
	}
}

// What people type is text on paper, wherever it stands.
func TestTypedTextIsNoMarkup(t *testing.T) {
	sample := Sample("slip")
	sample.Case.OfficeName = `<script>alert(1)</script>`
	sample.Case.Title = `"><img src="file:///etc/passwd">`
	sample.QR = template.URL("data:,")
	html, err := Templates{}.HTML("slip", nil, sample)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(html), "<script") || strings.Contains(string(html), `<img src="file`) {
		t.Errorf("typed text became markup: %s", html)
	}
}

// What refuses the data refuses the paper, in its own words.
func TestRefusalOfTheData(t *testing.T) {
	sample := Sample("roster")
	sample.Source = refusing{}
	_, err := Templates{}.HTML("roster", nil, sample)
	if approval.AsError(err).Code != approval.CodeTooLarge {
		t.Errorf("%v", err)
	}
}

type refusing struct{ sampleSource }

func (refusing) People() ([]view.Line, error) {
	return nil, approval.Refuse(approval.CodeTooLarge, "人数过多", "too many people")
}

// Nothing is loaded from outside, and what cannot be is left out.
func TestNothingIsLoaded(t *testing.T) {
	pdf, err := render(t.Context(), []byte(`<p>好</p><img src="file:///etc/hostname"><link rel="stylesheet" href="http://127.0.0.1:1/x.css">`))
	if err != nil || len(pdf) == 0 {
		t.Errorf("%v", err)
	}
}

func TestWords(t *testing.T) {
	day := time.Date(2026, 11, 5, 23, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		value any
		want  string
	}{{day, "2026年11月6日"}, {&day, "2026年11月6日"}, {(*time.Time)(nil), blankDate}, {time.Time{}, blankDate}, {"2026-03-01", "2026年3月1日"}, {"2026-03", "2026年3月"}, {"1958", "1958年"}, {"", blankDate}, {"不详", "不详"}} {
		if got := date(test.value); got != test.want {
			t.Errorf("%v is written %s", test.value, got)
		}
	}
	for value, want := range map[string]string{"": "办理中", "received": "已接收", "excluded": "另有规定"} {
		if got := outcome(value); got != want {
			t.Errorf("%s is worded %s", value, got)
		}
	}
	if got := others(view.LineTotals{People: 10, Open: 1, Outcomes: map[string]int{"received": 5, "deferred": 1, "died": 2, "elsewhere": 1}}); got != 3 {
		t.Errorf("%d went another way", got)
	}
}

// A packet that was sent back and then received is received.
func TestPacketReturned(t *testing.T) {
	now := time.Now().In(clock.Zone)
	step := func(stage string, outcome approval.Outcome) view.PlanStep {
		return view.PlanStep{Stage: stage, Visit: 1, Outcome: outcome, ClosedAt: &now}
	}
	data := Sample("archiveReturn")
	data.Case.Plan = []view.PlanStep{step(procedures.StageArchiveReceipt, approval.OutcomeReturned), {Stage: procedures.StageArchiveShelving}}
	if data.PacketReturned() == nil {
		t.Error("the packet came back")
	}
	data.Case.Plan = append(data.Case.Plan, step(procedures.StageArchiveReceipt, approval.OutcomeApproved))
	if data.PacketReturned() != nil {
		t.Error("the packet was received the second time")
	}
}

func TestValuesOfTheForm(t *testing.T) {
	data := Sample("slip")
	data.Case.Form["formOfManagement"] = json.RawMessage(`"F4"`)
	for key, want := range map[string]string{"formOfManagement": "社会保险经办机构直接管理", "nothing": ""} {
		if got := data.Value(key); got != want {
			t.Errorf("%s is worded %q", key, got)
		}
	}
	if !data.Is("formOfManagement", "F4") || data.Is("formOfManagement", "F1") {
		t.Error("the form of management is F4")
	}
}
