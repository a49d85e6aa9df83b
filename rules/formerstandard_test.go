package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jieli/approval"
)

// shenzhen is the standard of a published guide (深圳市社会保险基金管理局办事指南, domain.md D27): three months for the
// funeral; six, nine or twelve for one, two or more dependants.
var shenzhen = map[string]int{SettingFormerFuneralMonths: 3, FormerSurvivorSetting(1): 6, FormerSurvivorSetting(2): 9, FormerSurvivorSetting(3): 12}

func formerSettings(standard map[string]int) map[string]SettingValue {
	settings := map[string]SettingValue{}
	for name, value := range standard {
		settings[name] = SettingValue{Value: strconv.Itoa(value), Region: "440300", Source: approval.Text{ZH: "深圳办事指南", EN: "guide of Shenzhen"}}
	}
	return settings
}

// A death before the national measures goes by the standard its place has entered for that day.
func TestDeathsBeforeTheMeasuresGoByTheFormerStandard(t *testing.T) {
	for _, row := range []struct {
		about                    string
		standard                 map[string]int
		input                    string
		funeral, survivor, total Fen
	}{
		{"no dependant: the funeral alone", shenzhen, `"monthlyWage":1000000,"dependants":0`, 30_000_00, 0, 30_000_00},
		{"one", shenzhen, `"monthlyWage":1000000,"dependants":1`, 30_000_00, 60_000_00, 90_000_00},
		{"two", shenzhen, `"monthlyWage":1000001,"dependants":2`, 30_000_03, 90_000_09, 120_000_12},
		{"three and more", shenzhen, `"monthlyWage":1000000,"dependants":5`, 30_000_00, 120_000_00, 150_000_00},
		{"fixed sums ask for no wage", map[string]int{SettingFormerFuneralYuan: 5000, SettingFormerSurvivorYuan: 20000}, `"dependants":0`, 5_000_00, 20_000_00, 25_000_00},
		{"months and a fixed sum", map[string]int{SettingFormerFuneralMonths: 2, SettingFormerFuneralYuan: 500}, `"monthlyWage":600000,"dependants":1`, 12_500_00, 0, 12_500_00},
	} {
		got, evaluation := tryBenefit(t, `{"province":"440000","deathDate":"2021-08-31","status":"retired","contributionYears":20,"pensionYears":10,`+row.input+`}`, formerSettings(row.standard))
		if got.FuneralGrant != row.funeral || got.SurvivorPayment != row.survivor || got.Total != row.total || got.Provisional {
			t.Errorf("%s: %+v", row.about, got)
		}
		if !slices.ContainsFunc(evaluation.Derivation, func(s Step) bool { return s.Source.ZH == "深圳办事指南" }) {
			t.Errorf("%s: the document is not named: %+v", row.about, evaluation.Derivation)
		}
		for _, step := range evaluation.Derivation {
			if step.Step.ZH == "" || step.Step.EN == "" {
				t.Errorf("%s: half a language: %+v", row.about, step)
			}
		}
	}
}

// What is missing is named; the day after, the national measures apply whatever was entered.
func TestTheFormerStandardEndsWithTheMeasures(t *testing.T) {
	trial, _ := FindTrial("benefit")
	const body = `{"province":"440000","deathDate":"%s","status":"retired","contributionYears":20,"pensionYears":10%s}`
	for _, row := range []struct {
		about, input string
		standard     map[string]int
		fields       []string
	}{
		{"no standard", `,"monthlyWage":1000000,"dependants":1`, nil, []string{"deathDate"}},
		{"neither wage nor dependants", ``, shenzhen, []string{"monthlyWage", "dependants"}},
		{"no such number", `,"monthlyWage":1000000,"dependants":-1`, shenzhen, []string{"dependants"}},
	} {
		_, refusal := trial.Try(trialInput(t, fmt.Sprintf(body, "2019-05-01", row.input)), Facts{Today: theDay, Settings: formerSettings(row.standard)})
		var fields []string
		if refusal != nil {
			for _, problem := range refusal.Problems {
				fields = append(fields, problem.Location)
			}
		}
		if !slices.Equal(fields, row.fields) {
			t.Errorf("%s: %v", row.about, fields)
		}
	}
	got, _ := tryBenefit(t, fmt.Sprintf(body, "2021-09-01", ""), formerSettings(shenzhen))
	if got.BaseAnnual != 50_257_00 {
		t.Errorf("from 1 September 2021: %+v", got)
	}
	// The standard is asked for as it was on the day of death, the incomes as they are known today.
	for on, days := range map[string]string{"2019-05-01": "2019-05-01", "2022-05-01": ""} {
		asked := map[string]string{}
		for _, need := range trial.SettingsOf(trialInput(t, fmt.Sprintf(body, on, ""))) {
			if strings.HasPrefix(need.Name, "former_") || strings.HasPrefix(need.Name, "urban_income") {
				asked[need.On] = need.Name
			}
		}
		if _, ok := asked[days]; !ok || len(asked) != 1 {
			t.Errorf("a death on %s asks for %v", on, asked)
		}
	}
}
