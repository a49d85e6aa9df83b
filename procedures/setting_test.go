package procedures

import (
	"encoding/json"
	"testing"

	"jieli/approval"
)

// Every setting is declared once, worded in both languages, and its default is a value it takes.
func TestSettingsAreDeclaredSoundly(t *testing.T) {
	seen := map[string]bool{}
	for _, setting := range Settings() {
		if seen[setting.Name] {
			t.Errorf("%s is declared twice", setting.Name)
		}
		seen[setting.Name] = true
		if setting.Title.ZH == "" || setting.Title.EN == "" || setting.Help.ZH == "" || setting.Help.EN == "" {
			t.Errorf("%s is not worded in both languages", setting.Name)
		}
		if problem := setting.Check(setting.Default); problem != nil {
			t.Errorf("%s does not take its own default %s: %s", setting.Name, setting.Default, problem.EN)
		}
		if setting.Kind == SettingChoice && len(setting.Options) < 2 {
			t.Errorf("%s offers no choice", setting.Name)
		}
	}
	for _, procedure := range All() {
		for _, stage := range procedure.Stages {
			if stage.Mode != approval.ModeChildren && procedure.Scope == "" && stage.DueField == "" && !seen[DueSetting(procedure.Type, stage.Key)] {
				t.Errorf("the time allowed for %s of %s cannot be set", stage.Key, procedure.Type)
			}
		}
	}
	if _, ok := FindSetting("anything"); ok {
		t.Error("an undeclared setting was found")
	}
}

func TestSettingsRefuseWhatDoesNotFit(t *testing.T) {
	for name, values := range map[string][]string{
		SettingDefaultForm:                        {`"F6"`, `""`, `1`, `null`, `["F1"]`},
		SettingIdleDays:                           {`0`, `201`, `1.5`, `"10"`, `null`},
		DueSetting(TypeHandover, StageAcceptance): {`5`, `{"kind":"weeks","count":1}`, `{"kind":"working_days","count":-1}`, `{"kind":"working_days","count":401}`, `{"count":3}`, `null`},
	} {
		setting, ok := FindSetting(name)
		if !ok {
			t.Fatalf("%s is not declared", name)
		}
		for _, value := range values {
			if setting.Check(json.RawMessage(value)) == nil {
				t.Errorf("%s takes %s", name, value)
			}
		}
	}
}
