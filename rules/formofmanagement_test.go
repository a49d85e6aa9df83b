package rules

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

const (
	aDistrict = "210106"
	aCounty   = "210123"
	aCity     = "210181" // of county level
)

// concludes is the last step that names the result.
func concludes(steps []Step, value string) Step {
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i].Value == value {
			return steps[i]
		}
	}
	return Step{}
}

func rests(steps []Step, clause string) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return s.Clause == clause })
}

func TestFormOfManagement(t *testing.T) {
	for _, row := range []struct {
		name                             string
		region                           string
		decision, remote, housing        bool
		established, developed, devolved bool
		form                             FormOfManagement
		clause                           string
		needs                            []string
	}{
		{name: "a city with developed communities", region: aDistrict, established: true, developed: true, form: "F1", clause: "S3.1"},
		{name: "a developed county", region: aCounty, established: true, developed: true, form: "F1", clause: "S3.1"},
		{name: "weak communities in a city are no reason", region: aDistrict, form: "F1", clause: "S3.1"},
		{name: "housing of the enterprise among developed communities", region: aDistrict, housing: true, established: true, developed: true, form: "F1", clause: "S3.1"},
		{name: "a remote mining area", region: aDistrict, remote: true, form: "F2", clause: "S3.3", needs: []string{"commissioning-letter"}},
		{name: "a remote mining area with communities", region: aCounty, remote: true, established: true, developed: true, form: "F2", clause: "S3.3", needs: []string{"commissioning-letter"}},
		{name: "housing of the enterprise, communities not organised", region: aDistrict, housing: true, form: "F2", clause: "S3.3", needs: []string{"commissioning-letter"}},
		{name: "housing of the enterprise, communities not developed", region: aCounty, housing: true, established: true, form: "F2", clause: "S3.3", needs: []string{"commissioning-letter"}},
		{name: "a county without communities", region: aCounty, form: "F4", clause: "S3.3", needs: []string{"county-approval"}},
		{name: "a county with weak communities", region: aCounty, established: true, form: "F4", clause: "S3.3", needs: []string{"county-approval"}},
		{name: "a city of county level with weak communities", region: aCity, form: "F4", clause: "S3.3", needs: []string{"county-approval"}},
		{name: "an existing body by decision", region: aDistrict, decision: true, established: true, developed: true, form: "F5", clause: "S3.3", needs: []string{"government-decision"}},
		{name: "a decision comes before what the place is like", region: aCounty, decision: true, remote: true, form: "F5", clause: "S3.3", needs: []string{"government-decision"}},
		{name: "devolved from the centre, as a rule the basic form", region: aDistrict, devolved: true, established: true, developed: true, form: "F1", clause: "S3.1"},
		{name: "devolved, in a remote mining area", region: aDistrict, devolved: true, remote: true, form: "F2", clause: "S3.3", needs: []string{"commissioning-letter"}},
	} {
		facts := FormFacts{Region: row.region, GovernmentDecision: row.decision}
		facts.Enterprise.RemoteMiningArea, facts.Enterprise.ConcentratedHousing, facts.Enterprise.DevolvedFromCentre = row.remote, row.housing, row.devolved
		facts.Community.Established, facts.Community.Developed = row.established, row.developed
		determined, steps := DetermineForm(facts)
		if determined.Form != row.form || !slices.Equal(determined.Needs, row.needs) && len(determined.Needs)+len(row.needs) > 0 {
			t.Errorf("%s: %+v", row.name, determined)
		}
		if got := concludes(steps, string(row.form)).Clause; got != row.clause {
			t.Errorf("%s rests on %q, not %s", row.name, got, row.clause)
		}
		if rests(steps, "S3.2") != row.devolved {
			t.Errorf("%s: the pension of devolved enterprises (S3.2) is spoken of: %v", row.name, !row.devolved)
		}
	}
}

// Whatever the facts, one form follows; an interim form only where S3.3 allows it and never the whole
// transfer; and each but the basic one needs a document.
func TestEveryFactLeadsToOneForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var facts FormFacts
		facts.Region = rapid.SampledFrom([]string{aDistrict, aCounty, aCity, "210123002", "441900", ""}).Draw(t, "region")
		flag := func(name string) bool { return rapid.Bool().Draw(t, name) }
		facts.Enterprise.Kind = rapid.SampledFrom([]string{"", "central", "devolved"}).Draw(t, "kind")
		facts.Enterprise.DevolvedFromCentre, facts.Enterprise.RemoteMiningArea, facts.Enterprise.ConcentratedHousing = flag("devolved"), flag("remote"), flag("housing")
		facts.Community.Established, facts.Community.Developed, facts.GovernmentDecision = flag("established"), flag("developed"), flag("decision")
		determined, steps := DetermineForm(facts)
		weak := !facts.Community.Established || !facts.Community.Developed
		allowed := map[FormOfManagement]bool{FormBasic: true, FormEntrusted: facts.Enterprise.RemoteMiningArea || facts.Enterprise.ConcentratedHousing,
			FormAgency: weak && InCounty(facts.Region), FormExistingBody: facts.GovernmentDecision}
		if !allowed[determined.Form] {
			t.Fatalf("%+v: %s", facts, determined.Form)
		}
		if (len(determined.Needs) == 0) != (determined.Form == FormBasic) {
			t.Fatalf("%s needs %v", determined.Form, determined.Needs)
		}
		if step := concludes(steps, string(determined.Form)); step.Clause == "" || step.Step.ZH == "" || step.Step.EN == "" {
			t.Fatalf("the conclusion %+v", step)
		}
	})
}
