package procedures_test

import (
	"encoding/json"
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// TestAHandoverWaitsForWhatItsFormCallsFor: intakes under the basic form, else one case of the form's own.
func TestAHandoverWaitsForWhatItsFormCallsFor(t *testing.T) {
	handover, _ := procedures.Find(procedures.TypeHandover)
	wait := stage(t, handover, procedures.StageIntakes)
	for form, want := range map[string]string{"": procedures.TypeIntake, "F1": procedures.TypeIntake, "F2": procedures.TypeEntrustment, "F3": procedures.TypeWholeTransfer,
		"F4": procedures.TypeAgencyManagement, "F5": procedures.TypeExistingBody} {
		raw, _ := json.Marshal(form)
		if got := wait.Awaits(approval.Form{procedures.FieldFormOfManagement: raw}); got != want {
			t.Errorf("under %q it waits for %s", form, got)
		}
		if leads := string(procedures.LeadsToForm(want)); want != procedures.TypeIntake && leads != form {
			t.Errorf("%s leads to %q", want, leads)
		}
	}
}

// TestEveryFormIsRegisteredWithAReviewDate, and nobody's pension moves with it.
func TestEveryFormIsRegisteredWithAReviewDate(t *testing.T) {
	for _, form := range []rules.FormOfManagement{rules.FormEntrusted, rules.FormWholeTransfer, rules.FormAgency, rules.FormExistingBody} {
		found := false
		each(t, func(t *testing.T, p procedures.Procedure) {
			if procedures.LeadsToForm(p.Type) != form {
				return
			}
			found = true
			last := p.Stages[len(p.Stages)-1]
			has := func(key string, required bool) bool {
				return slices.ContainsFunc(last.Fields, func(f approval.Field) bool { return f.Key == key && f.Required == required })
			}
			if last.Key != procedures.StageRegistration || !has("reviewOn", true) || !has("registrationNumber", false) || !has("pensionRelation", false) || !has(approval.FieldLineSet, true) {
				t.Errorf("it ends with %s, which asks for %v", last.Key, last.Fields)
			}
		})
		if !found {
			t.Errorf("nothing leads to %s", form)
		}
	}
}
