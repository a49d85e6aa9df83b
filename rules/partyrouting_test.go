package rules

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
)

func yes() *bool                     { return new(true) }
func no() *bool                      { return new(false) }
func months(number float64) *float64 { return &number }

const (
	home      = "210106001017"
	elsewhere = "210102001001"
)

func TestPartyRouting(t *testing.T) {
	for _, row := range []struct {
		name     string
		facts    PartyFacts
		onlyAway bool // half a year does not limit employment
		rule     PartyRule
		to       PartyDestination
		clause   string // or the words of the source where the policy has none
	}{
		{"at home", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(0), Residence: home, Hukou: home}, false, "P4", "residence", "S4.1"},
		{"hukou not known", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(0), Residence: home}, false, "P4", "residence", "S4.1"},
		{"hukou known to the district alone", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(0), Residence: home, Hukou: "210106"}, false, "P4", "residence", "S4.1"},
		{"hukou elsewhere", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(0), Residence: home, Hukou: elsewhere}, false, "P3", "residence", "S4.2"},
		{"hukou elsewhere, by name", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(0), Residence: "沈阳市", Hukou: "抚顺市"}, false, "P3", "residence", "S4.2"},
		{"rehired", PartyFacts{RehiredByOriginalUnit: yes(), EmployedElsewhere: no(), AwayMonths: months(0), Residence: home, Hukou: home}, false, "P1", "originalUnit", "S4.3"},
		{"rehired comes before everything", PartyFacts{RehiredByOriginalUnit: yes(), EmployedElsewhere: yes(), AwayMonths: months(24), Residence: home, Hukou: elsewhere}, false, "P1", "originalUnit", "S4.3"},
		{"employed elsewhere for half a year", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: yes(), AwayMonths: months(6), Residence: home, Hukou: home}, false, "P2", "workplace", "S4.4"},
		{"employed elsewhere for less", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: yes(), AwayMonths: months(5.5), Residence: home, Hukou: home}, false, "P4", "residence", "S4.1"},
		{"employed elsewhere for less, where the limit is not on employment", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: yes(), AwayMonths: months(1), Residence: home, Hukou: home}, true, "P2", "workplace", "S4.4"},
		{"away for a year, hukou elsewhere", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(12), Residence: home, Hukou: elsewhere}, false, "P2", "workplace", "S4.4"},
		{"away for five months", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(5), Residence: home, Hukou: elsewhere}, true, "P3", "residence", "S4.2"},
		{"abroad", PartyFacts{RehiredByOriginalUnit: yes(), EmployedElsewhere: no(), AwayMonths: months(12), Residence: home, Hukou: home, Abroad: true}, false, "manual", "manual", silent.EN},
		{"disputed", PartyFacts{RehiredByOriginalUnit: yes(), EmployedElsewhere: no(), AwayMonths: months(0), Residence: home, Hukou: home, Disputed: true}, false, "manual", "manual", silent.EN},
		{"rehiring not known", PartyFacts{EmployedElsewhere: no(), AwayMonths: months(0), Residence: home, Hukou: home}, false, "manual", "manual", silent.EN},
		{"employment not known", PartyFacts{RehiredByOriginalUnit: no(), AwayMonths: months(0), Residence: home, Hukou: home}, false, "manual", "manual", silent.EN},
		{"time away not known", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: yes(), Residence: home, Hukou: home}, false, "manual", "manual", silent.EN},
		{"residence not known", PartyFacts{RehiredByOriginalUnit: no(), EmployedElsewhere: no(), AwayMonths: months(0), Hukou: home}, false, "manual", "manual", silent.EN},
	} {
		route, steps := RouteParty(row.facts, !row.onlyAway)
		if route.Rule != row.rule || route.Destination != row.to || (route.DecidedBy == approval.KindOrganisation) != (row.rule == PartyManual) {
			t.Errorf("%s: %+v", row.name, route)
		}
		if step := concludes(steps, string(row.rule)); step.Clause != row.clause && (step.Clause != "" || step.Source.EN != row.clause) {
			t.Errorf("%s rests on %+v, not %s", row.name, step, row.clause)
		}
	}
}

// Whatever is known of a member, the relation goes to one place by one rule, or one named office decides;
// and it is people who decide exactly when the member is abroad or what decides is contested or not known.
func TestEveryMemberGetsOneDestination(t *testing.T) {
	destinations := map[PartyRule]PartyDestination{PartyRehired: ToOriginalUnit, PartyWorkplace: ToWorkplace, PartySeparated: ToResidence, PartyResidence: ToResidence, PartyManual: ToNobodyYet}
	rapid.Check(t, func(t *rapid.T) {
		flag := func(name string) *bool { return rapid.SampledFrom([]*bool{nil, yes(), no()}).Draw(t, name) }
		place := func(name string) string {
			return rapid.SampledFrom([]string{"", home, elsewhere, "210106", "沈阳市"}).Draw(t, name)
		}
		facts := PartyFacts{RehiredByOriginalUnit: flag("rehired"), EmployedElsewhere: flag("employed"), Residence: place("residence"), Hukou: place("hukou"),
			Abroad: rapid.Bool().Draw(t, "abroad"), Disputed: rapid.Bool().Draw(t, "disputed")}
		if rapid.Bool().Draw(t, "months known") {
			facts.AwayMonths = months(rapid.Float64Range(0, 1200).Draw(t, "months"))
		}
		route, steps := RouteParty(facts, rapid.Bool().Draw(t, "half a year limits employment"))
		if want, known := destinations[route.Rule]; !known || route.Destination != want {
			t.Fatalf("%+v", route)
		}
		if (route.Rule == PartyManual) != (route.DecidedBy != "") {
			t.Fatalf("%+v names nobody, or somebody beside a rule", route)
		}
		rehired := facts.RehiredByOriginalUnit
		unclear := facts.Abroad || facts.Disputed || rehired == nil || !*rehired && (facts.EmployedElsewhere == nil || facts.AwayMonths == nil)
		if unclear && route.Rule != PartyManual || !unclear && route.Rule == PartyManual && facts.Residence != "" {
			t.Fatalf("%+v of %+v", route, facts)
		}
		last := steps[len(steps)-1]
		if last.Value != string(route.Rule) || last.Clause == "" && last.Source.ZH == "" {
			t.Fatalf("the derivation ends with %+v", last)
		}
	})
}
