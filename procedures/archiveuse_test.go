package procedures_test

import (
	"encoding/json"
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
)

// TestWhoMayAskForAnArchive: any office that may need it, and never the office that holds it.
func TestWhoMayAskForAnArchive(t *testing.T) {
	access, _ := procedures.Find(procedures.TypeArchiveAccess)
	for kind, want := range map[approval.OfficeKind]bool{approval.KindEnterprise: true, approval.KindStreet: true, approval.KindCommunity: true, approval.KindAgency: true,
		approval.KindBureau: true, approval.KindOrganisation: true, approval.KindArchive: false, approval.KindParty: false} {
		if access.MayStart(kind, approval.RoleClerk) != want || access.MayStart(kind, approval.RoleHead) {
			t.Errorf("the clerk of a %s may start: %v", kind, access.MayStart(kind, approval.RoleClerk))
		}
	}
}

// TestAnArchiveIsReadOrLent: what is read on the spot changes no hands.
func TestAnArchiveIsReadOrLent(t *testing.T) {
	access, _ := procedures.Find(procedures.TypeArchiveAccess)
	out := []string{procedures.StageAccessLending, procedures.StageAccessReceipt, procedures.StageAccessReturn}
	for use, skipped := range map[string][]string{procedures.AccessReading: out, procedures.AccessCopying: out, procedures.AccessLoan: {procedures.StageAccessReading}} {
		form := approval.Form{}
		form["use"], _ = json.Marshal(use)
		for _, s := range access.Stages {
			if _, passed := s.Skipped(nil, form); passed != slices.Contains(skipped, s.Key) {
				t.Errorf("%s: %s is skipped: %v", use, s.Key, passed)
			}
		}
	}
	if back := stage(t, access, procedures.StageAccessReturn); back.DueField != "returnOn" || back.Expiry == nil {
		t.Errorf("the return is due by %q and %+v then", back.DueField, back.Expiry)
	}
}

// TestWhyAnArchiveIsHeldIsForPartyRolesAlone, wherever it is asked for.
func TestWhyAnArchiveIsHeldIsForPartyRolesAlone(t *testing.T) {
	for _, procedure := range procedures.All() {
		for _, s := range procedure.Stages {
			for _, field := range s.Fields {
				scoped := procedure.Scope == procedures.ScopeParty || field.Scope == procedures.ScopeParty
				if slices.Contains([]string{"cadreClass", "holdReason"}, field.Key) && !scoped {
					t.Errorf("%s.%s is everybody's to read", s.Key, field.Key)
				}
			}
		}
	}
}
