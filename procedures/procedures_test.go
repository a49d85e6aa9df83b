package procedures_test

import (
	"slices"
	"testing"
	"unicode"

	"jieli/approval"
	"jieli/procedures"
)

func each(t *testing.T, check func(t *testing.T, p procedures.Procedure)) {
	t.Helper()
	for _, procedure := range procedures.All() {
		t.Run(procedure.Type, func(t *testing.T) { check(t, procedure) })
	}
}

func stage(t *testing.T, p procedures.Procedure, key string) approval.Stage {
	t.Helper()
	for _, declared := range p.Stages {
		if declared.Key == key {
			return declared
		}
	}
	t.Fatalf("%s declares no stage %s", p.Type, key)
	return approval.Stage{}
}

func TestTheRegistryListsEveryProcedureOnce(t *testing.T) {
	var types []string
	for _, procedure := range procedures.All() {
		types = append(types, procedure.Type)
		if found, ok := procedures.Find(procedure.Type); !ok || found.Type != procedure.Type {
			t.Errorf("%s is not found", procedure.Type)
		}
	}
	if want := []string{procedures.TypeHandover, procedures.TypeIntake, procedures.TypeReception, procedures.TypeArchive, procedures.TypeParty, procedures.TypePartyBranch, procedures.TypeDispute, procedures.TypeIdentity, procedures.TypeBenefit, procedures.TypePayee,
		procedures.TypeArchiveAccess, procedures.TypeArchiveRecall, procedures.TypeArchiveHold, procedures.TypeArchiveReview,
		procedures.TypeEntrustment, procedures.TypeWholeTransfer, procedures.TypeAgencyManagement, procedures.TypeExistingBody, procedures.TypeFormReview, procedures.TypeTransition, procedures.TypeDeath, procedures.TypeRescission,
		procedures.TypeRecovery, procedures.TypeClaimDispute, procedures.TypeTrueUp}; !slices.Equal(types, want) {
		t.Errorf("listed: %v", types)
	}
	prefixes := map[string]string{}
	for _, procedure := range procedures.All() {
		if other := prefixes[procedure.Prefix]; procedure.Prefix != "" && other != "" {
			t.Errorf("the numbers of %s and %s are one sequence", procedure.Type, other)
		}
		prefixes[procedure.Prefix] = procedure.Type
	}
	if _, ok := procedures.Find("surprise"); ok {
		t.Error("what is not declared is found")
	}
}

func TestStagesAreWellFormed(t *testing.T) {
	each(t, func(t *testing.T, p procedures.Procedure) {
		var keys []string
		for _, s := range p.Stages {
			keys = append(keys, s.Key)
		}
		if unique := slices.Compact(slices.Sorted(slices.Values(keys))); len(unique) != len(keys) {
			t.Errorf("stage keys repeat: %v", keys)
		}
		group := ""
		for _, s := range p.Stages {
			if s.Group < group {
				t.Errorf("%s: group %s comes after group %s", s.Key, s.Group, group)
			}
			group = s.Group
			for _, other := range s.Incompatible {
				if other == s.Key || !slices.Contains(keys, other) {
					t.Errorf("%s is incompatible with %q", s.Key, other)
				}
			}
			switch s.Mode {
			case approval.ModeChildren:
				if _, ok := procedures.Find(s.Child); !ok || len(s.Signers) > 0 || len(s.Fields) > 0 {
					t.Errorf("%s waits for %q with signers %v", s.Key, s.Child, s.Signers)
				}
			case approval.ModeSingle:
				if len(s.Signers) != 1 {
					t.Errorf("%s is signed by one and declares %d", s.Key, len(s.Signers))
				}
			case approval.ModeAll:
				if len(s.Signers) < 2 {
					t.Errorf("%s is signed jointly by %d", s.Key, len(s.Signers))
				}
			default:
				t.Errorf("%s has mode %q", s.Key, s.Mode)
			}
			if !slices.Contains([]string{"", procedures.FactBatch, procedures.FactRestructured, procedures.FactPartyOrganisation, procedures.FactEntrusted, procedures.FactBodyEnterprise, procedures.FactBodyAgency, procedures.FactBodyOther, procedures.FactManaged}, s.Condition) {
				t.Errorf("%s hangs on the unknown fact %q", s.Key, s.Condition)
			}
			// A receipt is chased after a month, which is no number of working days.
			if kind := map[bool]approval.DurationKind{true: approval.CalendarDays, false: approval.WorkingDays}[s.Key == procedures.StageArchiveReceipt]; s.Due.Count > 0 && s.Due.Kind != kind {
				t.Errorf("%s is due in %+v", s.Key, s.Due)
			}
		}
	})
}

func TestEveryWordingHasBothLanguages(t *testing.T) {
	han := func(text string) bool {
		return slices.ContainsFunc([]rune(text), func(r rune) bool { return unicode.Is(unicode.Han, r) })
	}
	worded := func(t *testing.T, where string, text approval.Text) {
		t.Helper()
		if !han(text.ZH) || text.EN == "" || han(text.EN) {
			t.Errorf("%s reads %q / %q", where, text.ZH, text.EN)
		}
	}
	var fields func(t *testing.T, where string, list []approval.Field)
	fields = func(t *testing.T, where string, list []approval.Field) {
		for _, field := range list {
			worded(t, where+"."+field.Key, field.Title)
			for _, option := range field.Options {
				worded(t, where+"."+field.Key+"="+option.Value, option.Title)
			}
			fields(t, where+"."+field.Key, field.Fields)
		}
	}
	each(t, func(t *testing.T, p procedures.Procedure) {
		worded(t, p.Type, p.Title)
		for _, s := range p.Stages {
			worded(t, s.Key, s.Title)
			for _, material := range s.Materials {
				worded(t, s.Key+"."+material.Key, material.Title)
			}
			fields(t, s.Key, s.Fields)
		}
	})
	for _, field := range procedures.LineFields() {
		worded(t, field.Key, field.Title)
		for _, option := range field.Options {
			worded(t, field.Key+"="+option.Value, option.Title)
		}
	}
	for _, outcome := range procedures.LineOutcomes() {
		worded(t, outcome.Value, outcome.Title)
	}
}

func TestFieldsCanBeFilledIn(t *testing.T) {
	each(t, func(t *testing.T, p procedures.Procedure) {
		var before []approval.Field
		for _, s := range p.Stages {
			// What a field hangs on may have been filled in by an earlier stage.
			before = append(before, s.Fields...)
			known := func(when *approval.When) bool {
				return slices.ContainsFunc(before, func(f approval.Field) bool { return f.Key == when.Field })
			}
			offered := func(when *approval.When, value string) bool {
				return slices.ContainsFunc(before, func(f approval.Field) bool {
					return f.Key == when.Field && slices.ContainsFunc(f.Options, func(o approval.Option) bool { return o.Value == value })
				})
			}
			if s.When != nil {
				if !known(s.When) {
					t.Errorf("%s hangs on the unknown field %s", s.Key, s.When.Field)
				}
				for _, value := range s.When.In {
					if !offered(s.When, value) {
						t.Errorf("%s hangs on %s = %q, which cannot be chosen", s.Key, s.When.Field, value)
					}
				}
			}
			for _, field := range s.Fields {
				if field.Kept && !field.Computed {
					t.Errorf("%s.%s is kept and not computed", s.Key, field.Key)
				}
				choice := field.Kind == approval.FieldChoice || field.Kind == approval.FieldChoices
				if choice != (len(field.Options) > 0) {
					t.Errorf("%s.%s is a %s with %d options", s.Key, field.Key, field.Kind, len(field.Options))
				}
				if (field.Kind == approval.FieldRecords) != (len(field.Fields) > 0) {
					t.Errorf("%s.%s is a %s with %d columns", s.Key, field.Key, field.Kind, len(field.Fields))
				}
				when := field.RequiredWhen
				if when == nil {
					continue
				}
				if !known(when) {
					t.Errorf("%s.%s hangs on the unknown field %s", s.Key, field.Key, when.Field)
					continue
				}
				for _, value := range when.In {
					if !offered(when, value) {
						t.Errorf("%s.%s hangs on %s = %q, which cannot be chosen", s.Key, field.Key, when.Field, value)
					}
				}
			}
			for _, key := range s.LineFields {
				if !slices.ContainsFunc(procedures.LineFields(), func(f procedures.LineField) bool { return f.Key == key }) {
					t.Errorf("%s corrects the unknown column %s", s.Key, key)
				}
			}
		}
	})
}

// TestDeclarationsAreNotShared: a case freezes its own copy.
func TestDeclarationsAreNotShared(t *testing.T) {
	one, _ := procedures.Find(procedures.TypeHandover)
	one.Stages[0].Key, one.Stages[0].Incompatible[0] = "changed", "changed"
	other, _ := procedures.Find(procedures.TypeHandover)
	if other.Stages[0].Key == "changed" || other.Stages[0].Incompatible[0] == "changed" {
		t.Error("a change to one case's declaration reaches the next")
	}
}
