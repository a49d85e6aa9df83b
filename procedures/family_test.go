package procedures

import (
	"slices"
	"strings"
	"testing"

	"jieli/approval"
)

// Every stage a family may find its case at has plain words, and each stage belongs to one step alone, in the
// order of the procedure.
func TestEveryStageOfAFamilysCaseHasPlainWords(t *testing.T) {
	for caseType, family := range families {
		procedure, known := Find(caseType)
		if !known {
			t.Errorf("there is no procedure %s", caseType)
			continue
		}
		worded, last := map[string]bool{}, 0
		for _, step := range family.Steps {
			for _, stage := range step.Stages {
				if worded[stage.Key] {
					t.Errorf("%s: %s stands in two steps", caseType, stage.Key)
				}
				worded[stage.Key] = true
			}
		}
		for _, stage := range procedure.Stages {
			step, words, ok := family.Stage(stage.Key)
			if !ok || words.Words.ZH == "" || words.Words.EN == "" || words.State == "" {
				t.Errorf("%s: %s has no plain words", caseType, stage.Key)
			}
			if step < last {
				t.Errorf("%s: the steps stand in another order than the stages at %s", caseType, stage.Key)
			}
			last = step
			delete(worded, stage.Key)
		}
		if len(worded) > 0 {
			t.Errorf("%s words stages it does not have: %v", caseType, worded)
		}
		for _, state := range []approval.CaseState{approval.CaseClosed, approval.CaseRejected, approval.CaseNotAccepted, approval.CaseWithdrawn, approval.CaseExpired} {
			if family.Ended[state].ZH == "" || family.Ended[state].EN == "" {
				t.Errorf("%s does not say how it ended as %s", caseType, state)
			}
		}
		if _, ok := procedure.Paper(PaperFamily); !ok {
			t.Errorf("%s has no slip for the family", caseType)
		}
	}
}

// tactless are words no family reads: of joy, of suspicion, of the office's own business.
var tactless = []string{"成功", "恭喜", "祝", "死亡", "死者", "稽核", "审计", "欺诈", "冒领", "嫌疑", "拒绝", "党", "误报", "超期", "逾期", "！", "success", "congrat", "fraud", "audit", "suspect", "refus", "party", "!"}

func TestFamiliesAreToldWithTact(t *testing.T) {
	texts := []approval.Text{FamilyMissing, FamilyPaused, FamilyAccount, FamilyNotice}
	for _, each := range familyGeneral {
		texts = append(texts, each.words)
	}
	for _, family := range families {
		texts = append(texts, family.Matter)
		for _, step := range family.Steps {
			texts = append(texts, step.Title)
			for _, stage := range step.Stages {
				texts = append(texts, stage.Words)
			}
		}
		for _, ending := range family.Ended {
			texts = append(texts, ending)
		}
	}
	for _, text := range texts {
		for _, word := range tactless {
			if strings.Contains(text.ZH, word) || strings.Contains(strings.ToLower(text.EN), word) {
				t.Errorf("%q says %q", text, word)
			}
		}
	}
}

// An audit shows in nothing: a family reads the same while it goes on as while the payment is prepared.
func TestAnAuditDoesNotShow(t *testing.T) {
	_, audit, _ := benefitFamily().Stage(StageBenefitAudit)
	_, release, _ := benefitFamily().Stage(StageBenefitRelease)
	if audit.Words != release.Words || audit.State != release.State {
		t.Errorf("%+v differs from %+v", audit, release)
	}
}

// What an officer has typed is told as an item of the notice, and never repeated.
func TestDefectsAreToldInDeclaredWords(t *testing.T) {
	procedure, _ := Find(TypeBenefit)
	material := benefitMaterials()[1].Title
	got := FamilyDefects(procedure.Stages, []approval.Defect{{Item: material.EN, Detail: "李某某 6222"}, {Item: material.ZH}, {Item: "签字"}, {Item: "李某某的账户 6222 有疑"}, {Item: "其他"}})
	want := []approval.Text{material, familyGeneral[1].words, FamilyNotice}
	if !slices.Equal(got, want) {
		t.Errorf("the family is told %v", got)
	}
	if got := FamilyDefects(procedure.Stages, nil); !slices.Equal(got, []approval.Text{FamilyNotice}) {
		t.Errorf("without a list the family is told %v", got)
	}
}
