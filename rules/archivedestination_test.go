package rules

import (
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
)

func TestArchiveDestination(t *testing.T) {
	holders := map[string]string{"210106": "铁西区档案保管中心", "210102": "和平区人才中心"}
	for _, row := range []struct {
		name   string
		facts  ArchiveFacts
		basis  ArchiveHolderBasis
		want   ArchiveDestination
		clause string // or the words of the source where the policy has none
	}{
		{"ordinary, by the enterprise's place", ArchiveFacts{CadreOrdinary, false, "210106", elsewhere}, HolderByEnterprise, ArchiveDestination{State: "transfer", Holder: "铁西区档案保管中心", District: "210106"}, "S2.2(5)"},
		{"ordinary, by residence", ArchiveFacts{CadreOrdinary, false, "210106", elsewhere}, HolderByResidence, ArchiveDestination{State: "transfer", Holder: "和平区人才中心", District: "210102"}, "S2.2(5)"},
		{"a district that has named no holder here", ArchiveFacts{CadreOrdinary, false, "210123", home}, HolderByEnterprise, ArchiveDestination{State: "transfer", Holder: "210123", District: "210123"}, "S2.2(5)"},
		{"a district not known", ArchiveFacts{CadreOrdinary, false, "", home}, HolderByEnterprise, ArchiveDestination{State: "manual", DecidedBy: approval.KindBureau}, "S2.2(5)"},
		{"managed by the county", ArchiveFacts{CadreCounty, false, "210106", home}, HolderByEnterprise, ArchiveDestination{State: "held"}, "S2.4"},
		{"managed by the county, after a secret post", ArchiveFacts{CadreCounty, true, "210106", home}, HolderByEnterprise, ArchiveDestination{State: "held"}, "S2.4"},
		{"managed by the centre", ArchiveFacts{CadreCentral, false, "210106", home}, HolderByEnterprise, ArchiveDestination{State: "excluded"}, "S2.3"},
		{"managed by the centre, after a secret post", ArchiveFacts{CadreCentral, true, "210106", home}, HolderByResidence, ArchiveDestination{State: "excluded"}, "S2.3"},
		{"a former secret post", ArchiveFacts{CadreOrdinary, true, "210106", home}, HolderByEnterprise, ArchiveDestination{State: "held"}, secretPosts.EN},
		{"a class nobody has confirmed", ArchiveFacts{"", false, "210106", home}, HolderByEnterprise, ArchiveDestination{State: "manual", DecidedBy: approval.KindOrganisation}, "S2.4"},
	} {
		destination, steps := RouteArchive(row.facts, row.basis, holders)
		if destination != row.want {
			t.Errorf("%s: %+v", row.name, destination)
		}
		if last := steps[len(steps)-1]; last.Clause != row.clause && (last.Clause != "" || last.Source.EN != row.clause) {
			t.Errorf("%s rests on %+v, not %s", row.name, last, row.clause)
		}
	}
}

// Whatever is known of a person, the archive goes to one holder, stays where it is, is none of this system's,
// or one named office decides.
func TestEveryArchiveGetsOneDestination(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		place := func(name string) string {
			return rapid.SampledFrom([]string{"", home, elsewhere, "210123", "沈阳市"}).Draw(t, name)
		}
		facts := ArchiveFacts{Cadre: rapid.SampledFrom([]CadreClass{"", CadreOrdinary, CadreCounty, CadreCentral, "provincial"}).Draw(t, "cadre"),
			FormerSecretPost: rapid.Bool().Draw(t, "secret"), EnterpriseRegion: place("enterprise"), Residence: place("residence")}
		basis := rapid.SampledFrom([]ArchiveHolderBasis{HolderByEnterprise, HolderByResidence}).Draw(t, "basis")
		destination, steps := RouteArchive(facts, basis, map[string]string{"210106": "铁西区档案保管中心"})
		switch destination.State {
		case ArchiveTransfer:
			if destination.Holder == "" || destination.DecidedBy != "" || facts.Cadre != CadreOrdinary || facts.FormerSecretPost {
				t.Fatalf("%+v of %+v", destination, facts)
			}
		case ArchiveHeld, ArchiveExcluded:
			if destination.Holder != "" || destination.DecidedBy != "" {
				t.Fatalf("%+v", destination)
			}
		case ArchiveUndecided:
			if destination.Holder != "" || destination.DecidedBy == "" {
				t.Fatalf("%+v names nobody", destination)
			}
		default:
			t.Fatalf("%+v", destination)
		}
		if last := steps[len(steps)-1]; last.Value == "" || last.Clause == "" && last.Source.ZH == "" {
			t.Fatalf("the derivation ends with %+v", last)
		}
	})
}
