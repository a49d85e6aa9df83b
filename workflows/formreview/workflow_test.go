package formreview_test

import (
	"slices"
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/formreview"
	"jieli/workflows/internal/casetest"
)

var (
	clerk       = casetest.Person("bureau", approval.RoleClerk, 1)
	sectionHead = casetest.Person("bureau", approval.RoleReviewer, 1)
	director    = casetest.Person("bureau", approval.RoleHead, 1)
)

func review(entrusted string) approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeFormReview)
	return approval.Submission{Stages: procedure.Stages, Office: "bureau", Actor: approval.Actor{Person: clerk}, Facts: map[string]string{procedures.FactGroup: "G1", procedures.FactEntrusted: entrusted}}
}

func with(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

// TestAReview assesses an entrusted body, and leaves that out for every other form.
func TestAReview(t *testing.T) {
	conclusion := with(map[string]any{"conclusion": procedures.ReviewContinue, "circumstances": "社区尚未建立", "reviewOn": "2027-10-08"})
	rest := []casetest.Step{casetest.Sign(clerk, conclusion), casetest.Refused(approval.CodeConflictOfDuties, clerk, approval.ActionApprove), casetest.Sign(sectionHead), casetest.Sign(director)}
	assessment := casetest.Sign(clerk, with(map[string]any{"bodyAssessment": "qualified", "bodyFindings": "到位", "assessments": []map[string]any{{"name": "王敏", "trainedOn": "2026-11-20", "result": "qualified"}}}))
	for entrusted, skipped := range map[string][]string{"true": nil, "false": {procedures.StageReviewAssessment}} {
		c := casetest.New(t, formreview.Name, formreview.Workflow)
		c.UpdatesPerRun = 1
		script := rest[:1:1]
		if entrusted == "true" {
			script = []casetest.Step{assessment, rest[0]}
		}
		c.Run(review(entrusted), append(script, rest[2:]...)...)
		if fold := c.Fold(); fold.State != approval.CaseClosed || !slices.Equal(fold.Skipped, skipped) {
			t.Errorf("the case is %s and skipped %v", fold.State, fold.Skipped)
		}
	}
}
