package rules

import (
	"encoding/json"
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
	trial, _ := FindTrial("working-days")
	for body, location := range map[string]string{
		`{"days":3}`:                                        "from",
		`{"from":"2026-02-30","days":3}`:                    "from",
		`{"from":"2026-09-25","days":0}`:                    "days",
		`{"from":"2026-09-25","days":1.5}`:                  "days",
		`{"from":"2026-09-25","days":5000}`:                 "days",
		`{"from":"2026-09-25","days":"3"}`:                  "days",
		`{"from":"2026-09-25","days":3,"to":"x"}`:           "to",
		`{"from":"2026-09-25","days":3,"calendar":"lunar"}`: "calendar",
	} {
		_, refusal := trial.Try(trialInput(t, body), Facts{})
		if refusal == nil || len(refusal.Problems) == 0 || refusal.Problems[0].Location != location {
			t.Errorf("%s: %+v", body, refusal)
		}
	}
}
