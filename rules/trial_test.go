package rules

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"jieli/approval"
)

func trialInput(t *testing.T, body string) approval.Form {
	t.Helper()
	var input approval.Form
	if err := json.Unmarshal([]byte(body), &input); err != nil {
		t.Fatal(err)
	}
	return input
}

// Over the National Day week of a published year: the days off are left out, the make-up day is in,
// and the derivation names each of them.
func TestWorkingDaysExplainThemselves(t *testing.T) {
	calendar := Calendar{LastYear: 2026, Days: map[string]bool{"2026-09-27": true, "2026-10-01": false, "2026-10-02": false, "2026-10-05": false, "2026-10-06": false, "2026-10-07": false}}
	trial, ok := FindTrial("working-days")
	if !ok {
		t.Fatal("the rule is not listed")
	}
	evaluation, refusal := trial.Try(trialInput(t, `{"from":"2026-09-25","days":6}`), Facts{Calendar: calendar})
	if refusal != nil {
		t.Fatal(refusal)
	}
	result, ok := evaluation.Result.(workingDaysResult)
	if !ok || result.Due != "2026-10-09" || strings.Join(result.Counted, " ") != "2026-09-27 2026-09-28 2026-09-29 2026-09-30 2026-10-08 2026-10-09" || result.Provisional {
		t.Errorf("result %+v", evaluation.Result)
	}
	named := map[string]bool{}
	for _, step := range evaluation.Derivation {
		named[step.Value] = true
	}
	for _, day := range []string{"2026-09-25", "2026-09-27", "2026-10-01", "2026-10-07", "2026-10-09"} {
		if !named[day] {
			t.Errorf("the derivation does not name %s", day)
		}
	}
}

// Bad input is refused with its place; nothing counts for centuries.
func TestATrialRefusesBadInput(t *testing.T) {
	for name, refused := range map[string]map[string]string{
		"working-days": {
			`{"days":3}`:                                        "from",
			`{"from":"2026-02-30","days":3}`:                    "from",
			`{"from":"2026-09-25","days":0}`:                    "days",
			`{"from":"2026-09-25","days":1.5}`:                  "days",
			`{"from":"2026-09-25","days":5000}`:                 "days",
			`{"from":"2026-09-25","days":"3"}`:                  "days",
			`{"from":"2026-09-25","days":3,"to":"x"}`:           "to",
			`{"from":"2026-09-25","days":3,"calendar":"lunar"}`: "calendar",
		},
		"form-of-management": {
			`{"community":{"established":true,"developed":true}}`:                 "region",
			`{"region":"铁西区","community":{"established":true,"developed":true}}`:  "region",
			`{"region":"2101","community":{"established":true,"developed":true}}`: "region",
			`{"region":"210106"}`: "community.established",
			`{"region":"210106","community":{"established":true,"developed":null}}`:                                 "community.developed",
			`{"region":"210106","community":7}`:                                                                     "community",
			`{"region":"210106","community":{"established":true,"developed":"very"}}`:                               "community.developed",
			`{"region":"210106","enterprise":{"kind":"x"},"community":{"established":true,"developed":true}}`:       "enterprise.kind",
			`{"region":"210106","enterprise":{"size":1},"community":{"established":true,"developed":true}}`:         "enterprise.size",
			`{"region":"210106","enterprise":{},"community":{"established":true,"developed":true},"decision":true}`: "decision",
		},
		"party-routing": {
			`{"employedElsewhere":false,"awayMonths":0,"residence":"210106","hukou":"210106"}`:                                     "rehiredByOriginalUnit",
			`{"rehiredByOriginalUnit":"no","employedElsewhere":false,"awayMonths":0,"residence":"210106","hukou":"210106"}`:        "rehiredByOriginalUnit",
			`{"rehiredByOriginalUnit":false,"employedElsewhere":false,"residence":"210106","hukou":"210106"}`:                      "awayMonths",
			`{"rehiredByOriginalUnit":false,"employedElsewhere":false,"awayMonths":null,"residence":"210106","hukou":"210106"}`:    "awayMonths",
			`{"rehiredByOriginalUnit":false,"employedElsewhere":false,"awayMonths":-1,"residence":"210106","hukou":"210106"}`:      "awayMonths",
			`{"rehiredByOriginalUnit":false,"employedElsewhere":false,"awayMonths":5000,"residence":"210106","hukou":"210106"}`:    "awayMonths",
			`{"rehiredByOriginalUnit":false,"employedElsewhere":false,"awayMonths":0,"residence":"","hukou":"210106"}`:             "residence",
			`{"rehiredByOriginalUnit":false,"employedElsewhere":false,"awayMonths":0,"residence":"210106","hukou":5}`:              "hukou",
			`{"rehiredByOriginalUnit":false,"employedElsewhere":false,"awayMonths":0,"residence":"x","hukou":"x","abroad":"soon"}`: "abroad",
		},
		"archive-destination": {
			`{"formerSecretPost":false,"enterpriseRegion":"210106","residence":"210106"}`:                       "cadre",
			`{"cadre":"provincial","formerSecretPost":false,"enterpriseRegion":"210106","residence":"210106"}`:  "cadre",
			`{"cadre":"ordinary","formerSecretPost":false,"enterpriseRegion":"21","residence":"210106"}`:        "enterpriseRegion",
			`{"cadre":"ordinary","formerSecretPost":false,"enterpriseRegion":"210106"}`:                         "residence",
			`{"cadre":"ordinary","formerSecretPost":false,"enterpriseRegion":"210106","residence":"home"}`:      "residence",
			`{"cadre":"ordinary","formerSecretPost":"yes","enterpriseRegion":"210106","residence":"210106001"}`: "formerSecretPost",
		},
	} {
		trial, ok := FindTrial(name)
		if !ok {
			t.Fatalf("%s is not listed", name)
		}
		for body, location := range refused {
			_, refusal := trial.Try(trialInput(t, body), Facts{})
			if refusal == nil || len(refusal.Problems) == 0 || refusal.Problems[0].Location != location {
				t.Errorf("%s %s: %+v", name, body, refusal)
			}
		}
	}
}

// What is not known is a fact of its own: null says so, and people decide.
func TestUnknownGoesToPeople(t *testing.T) {
	trial, _ := FindTrial("party-routing")
	evaluation, refusal := trial.Try(trialInput(t, `{"rehiredByOriginalUnit":null,"employedElsewhere":false,"awayMonths":0,"residence":"210106","hukou":"210106"}`), Facts{})
	if refusal != nil {
		t.Fatal(refusal)
	}
	if route, ok := evaluation.Result.(PartyRoute); !ok || route.Rule != PartyManual {
		t.Errorf("%+v", evaluation.Result)
	}
}

// A trial answers by the setting of the place and shows the document it rests on.
func TestATrialGoesByTheSetting(t *testing.T) {
	trial, _ := FindTrial("party-routing")
	input := trialInput(t, `{"rehiredByOriginalUnit":false,"employedElsewhere":true,"awayMonths":2,"residence":"210106","hukou":"210106"}`)
	for value, want := range map[string]PartyRule{"yes": PartyResidence, "no": PartyWorkplace, "": PartyResidence} {
		evaluation, refusal := trial.Try(input, Facts{Settings: map[string]SettingValue{SettingHalfYearLimitsEmployment: {Value: value, Source: approval.Text{ZH: "铁西组发1号", EN: "no. 1"}}}})
		if refusal != nil {
			t.Fatal(refusal)
		}
		if route, ok := evaluation.Result.(PartyRoute); !ok || route.Rule != want {
			t.Errorf("%q: %+v", value, evaluation.Result)
		}
		if !slices.ContainsFunc(evaluation.Derivation, func(s Step) bool { return s.Source.ZH == "铁西组发1号" && s.Clause == "S4.4" }) {
			t.Errorf("%q: no step names the document: %+v", value, evaluation.Derivation)
		}
	}
}

// Every trial words itself and its answer in both languages.
func TestTrialsSpeakBothLanguages(t *testing.T) {
	for name, body := range map[string]string{
		"working-days":        `{"from":"2026-09-25","days":6}`,
		"form-of-management":  `{"region":"210123","enterprise":{"kind":"devolved","devolvedFromCentre":true},"community":{"established":false,"developed":false}}`,
		"party-routing":       `{"rehiredByOriginalUnit":false,"employedElsewhere":true,"awayMonths":2,"residence":"210106","hukou":"210102"}`,
		"archive-destination": `{"cadre":"ordinary","formerSecretPost":false,"enterpriseRegion":"210106","residence":"210106"}`,
		"benefit":             `{"province":"440000","deathDate":"2025-01-03","status":"retired","contributionYears":28.75,"pensionYears":3.5}`,
	} {
		trial, _ := FindTrial(name)
		evaluation, refusal := trial.Try(trialInput(t, body), Facts{Today: theDay})
		if refusal != nil {
			t.Fatal(refusal)
		}
		texts := []approval.Text{trial.Title, evaluation.Summary}
		for _, step := range evaluation.Derivation {
			texts = append(texts, step.Step)
		}
		for _, text := range texts {
			if text.ZH == "" || text.EN == "" {
				t.Errorf("%s says %+v", name, text)
			}
		}
	}
	if len(Trials()) != 5 {
		t.Errorf("%d trials; this test speaks of 5", len(Trials()))
	}
}
