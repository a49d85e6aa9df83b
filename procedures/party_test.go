package procedures_test

import (
	"encoding/json"
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// TestTheWayOfAPartyRelation follows from what the rule found or people decided.
func TestTheWayOfAPartyRelation(t *testing.T) {
	party, _ := procedures.Find(procedures.TypeParty)
	decided := []string{procedures.StagePartyDecision, procedures.StagePartyDecisionConfirm}
	received := []string{procedures.StagePartyAcceptance, procedures.StagePartyReception, procedures.StagePartyReceptionConfirm}
	letter := []string{procedures.StagePartyLetter, procedures.StagePartyReceipt}
	for _, test := range []struct {
		rule, destination string
		skipped           []string
	}{
		{"P1", procedures.DestinationStays, slices.Concat(decided, letter, received)},
		{"P2", procedures.DestinationOutside, slices.Concat(decided, received)},
		{"P3", procedures.DestinationCommunity, decided},
		{"P4", procedures.DestinationCommunity, decided},
		{"P4", procedures.DestinationOutside, slices.Concat(decided, received)},
		{"manual", procedures.DestinationCommunity, nil},
		{"manual", procedures.DestinationOutside, received},
		{"manual", procedures.DestinationStays, slices.Concat(letter, received)},
	} {
		form := approval.Form{}
		form["rule"], _ = json.Marshal(test.rule)
		form["destination"], _ = json.Marshal(test.destination)
		for _, s := range party.Stages {
			if _, skipped := s.Skipped(nil, form); skipped != slices.Contains(test.skipped, s.Key) {
				t.Errorf("%s to %s: %s is skipped: %v", test.rule, test.destination, s.Key, skipped)
			}
		}
	}
}

// TestPartyStagesAreNeitherSeenNorHurried: all of it is for Party roles, and nothing has a deadline.
func TestPartyStagesAreNeitherSeenNorHurried(t *testing.T) {
	each(t, func(t *testing.T, p procedures.Procedure) {
		if (p.Scope == procedures.ScopeParty) != slices.Contains([]string{procedures.TypeParty, procedures.TypePartyBranch, procedures.TypeArchiveHold}, p.Type) {
			t.Errorf("scope %q", p.Scope)
		}
		for _, s := range p.Stages {
			if p.Scope == "" {
				continue
			}
			if _, known := procedures.FindSetting(procedures.DueSetting(p.Type, s.Key)); known || s.Due.Count > 0 || s.Scope != procedures.ScopeParty {
				t.Errorf("%s: due %+v, can be set: %v, scope %q", s.Key, s.Due, known, s.Scope)
			}
		}
	})
}

// TestEveryRuleOfTheRoutingCanBeTheCases: what the routing answers is what the case offers.
func TestEveryRuleOfTheRoutingCanBeTheCases(t *testing.T) {
	party, _ := procedures.Find(procedures.TypeParty)
	var offered []string
	for _, field := range stage(t, party, procedures.StagePartyApproval).Fields {
		for _, option := range field.Options {
			if field.Key == "rule" {
				offered = append(offered, option.Value)
			}
		}
	}
	if want := []string{string(rules.PartyRehired), string(rules.PartyWorkplace), string(rules.PartySeparated), string(rules.PartyResidence), string(rules.PartyManual)}; !slices.Equal(offered, want) {
		t.Errorf("offered: %v", offered)
	}
}

func TestWhoIsAPartyMember(t *testing.T) {
	for political, want := range map[string]string{"中共党员": procedures.MemberFull, "党员": procedures.MemberFull, "中共预备党员": procedures.MemberProbationary, "群众": "", "": "", "民盟盟员": ""} {
		if got := procedures.MemberStatus(political); got != want {
			t.Errorf("%q is %q", political, got)
		}
	}
}
