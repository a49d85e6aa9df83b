package procedures_test

import (
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
)

// A paper hangs on stages and fields its procedure has, and no key is given twice.
func TestPapersAreDeclaredSoundly(t *testing.T) {
	for _, procedure := range procedures.All() {
		seen := map[string]bool{}
		has := func(key string) bool {
			return key == "" || slices.ContainsFunc(procedure.Stages, func(stage approval.Stage) bool { return stage.Key == key })
		}
		for _, paper := range procedure.Papers {
			if seen[paper.Key] || paper.Title.ZH == "" || paper.Title.EN == "" {
				t.Errorf("%s has %s twice, or without its titles", procedure.Type, paper.Key)
			}
			seen[paper.Key] = true
			if !has(paper.By) || !has(paper.When.Approved) || !has(paper.When.Reached) {
				t.Errorf("%s of %s hangs on a stage that there is not", paper.Key, procedure.Type)
			}
			if when := paper.When.Field; when != nil && !slices.ContainsFunc(procedure.Stages, func(stage approval.Stage) bool {
				return slices.ContainsFunc(stage.Fields, func(field approval.Field) bool { return field.Key == when.Field })
			}) {
				t.Errorf("%s of %s hangs on the field %s that there is not", paper.Key, procedure.Type, when.Field)
			}
			if _, ok := procedure.Paper(paper.Opens); paper.Opens != "" && !ok {
				t.Errorf("%s opens no paper", paper.Key)
			}
		}
	}
}

func TestWhenPapersExist(t *testing.T) {
	procedure, _ := procedures.Find(procedures.TypeHandover)
	keys := func(fold *approval.Case) (list []string) {
		fold.Stages = procedure.Stages
		for _, paper := range procedure.PapersOf(fold) {
			list = append(list, paper.Key)
		}
		return list
	}
	visit := func(stage string, outcome approval.Outcome) approval.Visit {
		return approval.Visit{Stage: stage, Outcome: outcome}
	}
	for _, test := range []struct {
		fold        approval.Case
		has, hasNot []string
	}{
		{approval.Case{}, []string{"slip", "plan", "roster"}, []string{"notice", "acceptance", "supervision", "agreement"}},
		{approval.Case{Visits: []approval.Visit{visit(procedures.StageAcceptance, approval.OutcomeReturned)}}, []string{"notice"}, []string{"acceptance"}},
		{approval.Case{Visits: []approval.Visit{visit(procedures.StageAcceptance, approval.OutcomeReturned), visit(procedures.StageAcceptance, approval.OutcomeApproved)}}, []string{"notice", "acceptance"}, nil},
		{approval.Case{Visits: []approval.Visit{visit(procedures.StageAcceptance, approval.OutcomeApproved), visit(procedures.StageAcceptance, "")}}, nil, []string{"acceptance"}},
		{approval.Case{State: approval.CaseNotAccepted}, []string{"nonAcceptance"}, []string{"rejection"}},
		{approval.Case{Supervisions: []approval.Supervision{{}}}, []string{"supervision"}, nil},
	} {
		got := keys(&test.fold)
		for _, key := range test.has {
			if !slices.Contains(got, key) {
				t.Errorf("%+v has no %s", test.fold.Visits, key)
			}
		}
		for _, key := range test.hasNot {
			if slices.Contains(got, key) {
				t.Errorf("%+v has %s", test.fold.Visits, key)
			}
		}
	}
}
