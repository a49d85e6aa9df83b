package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// handOver submits one person in the name of an enterprise and brings the case past its screening.
func (s *scene) handOver(username string, n int) string {
	s.t.Helper()
	new := s.newCase(username, "")
	new.Lines = []view.NewLine{{Row: 1, Values: stacktest.OnePerson(n)}}
	// As part of a batch: handed over alone the same person is refused at once.
	new.Roster = ""
	entry, err := s.Submit(s.t.Context(), new)
	if err != nil {
		s.t.Fatal(err)
	}
	s.signUntil(entry.Case, procedures.StagePensionMatch)
	return entry.Case
}

// decide answers a dispute on all four desks.
func (s *scene) settle(no, decision string) *approval.Error {
	s.t.Helper()
	for _, step := range []struct {
		username string
		form     map[string]string
	}{
		{"enterprise-2-clerk-1", map[string]string{"claim": "劳动关系在本企业"}}, {"enterprise-1-clerk-1", map[string]string{"reply": "退休审批在本企业"}},
		{"bureau-clerk-1", map[string]string{"decision": decision, "decisionReason": "以退休审批单位为准"}}, {"bureau-head-1", nil},
	} {
		command := s.command(no, step.username, approval.ActionApprove)
		for key, value := range step.form {
			command.Form[key], _ = json.Marshal(value)
		}
		if refusal := s.act(no, command).Refusal; refusal != nil {
			return refusal
		}
	}
	return nil
}

// listed puts one person onto the lists of two enterprises, the first of which is already screened.
func (s *scene) listed() (first, second, dispute string) {
	s.t.Helper()
	s.apart()
	first = s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil)))
	s.signUntil(first, procedures.StagePensionMatch)
	second = s.handOver("enterprise-2-clerk-1", 1)
	return first, second, stacktest.Value[string](s.Database, `SELECT coalesce(dispute, '') FROM lines WHERE case_no = $1`, second)
}

func (s *scene) outcome(no string, row int) string {
	return stacktest.Value[string](s.Database, `SELECT outcome || '/' || outcome_reason FROM lines WHERE case_no = $1 AND row = $2`, no, row)
}

// A person on two enterprises' lists leaves the later batch as it is screened, and a case of its own decides;
// decided for the earlier enterprise, nothing changes for the person.
func TestTwoEnterprisesListOnePerson(t *testing.T) {
	s := newScene(t)
	first, second, dispute := s.listed()
	if dispute == "" || s.outcome(second, 1) != "returned/dispute" || s.outcome(first, 2) != "/" {
		t.Fatalf("the lines are %q and %q, the dispute %q", s.outcome(first, 2), s.outcome(second, 1), dispute)
	}
	for _, username := range []string{"enterprise-1-clerk-1", "enterprise-2-clerk-1", "bureau-clerk-1"} {
		if _, err := s.CaseRecord(t.Context(), s.scope(username), dispute); err != nil {
			t.Errorf("%s does not see the dispute: %v", username, err)
		}
	}
	if _, err := s.CaseRecord(t.Context(), s.scope("enterprise-3-clerk-1"), dispute); err == nil {
		t.Error("a third enterprise sees the dispute")
	}
	shown, err := s.DisputeCase(t.Context(), s.fold(dispute))
	if err != nil || len(shown.Sides) != 2 || shown.Sides[0].Handover != first || shown.Sides[1].Handover != second || strings.Contains(shown.IDNumber, "195") {
		t.Errorf("shown: %+v (%v)", shown, err)
	}
	if refusal := s.settle(dispute, procedures.DecidedForEarlier); refusal != nil {
		t.Fatal(refusal)
	}
	if !s.fold(dispute).Ended() || s.outcome(second, 1) != "returned/decided" || s.outcome(first, 2) != "/" {
		t.Errorf("decided, the lines are %q and %q", s.outcome(first, 2), s.outcome(second, 1))
	}
	s.clean()
}

// Decided for the later enterprise, the person leaves the earlier batch and is handed over anew, once.
func TestADisputeIsDecidedForTheLaterEnterprise(t *testing.T) {
	s := newScene(t)
	first, _, dispute := s.listed()
	if refusal := s.settle(dispute, procedures.DecidedForLater); refusal != nil {
		t.Fatal(refusal)
	}
	if s.outcome(first, 2) != "returned/decided" || s.outcome(first, 3) != "/" {
		t.Errorf("the earlier batch has %q and %q", s.outcome(first, 2), s.outcome(first, 3))
	}
	anew := stacktest.Value[string](s.Database, `SELECT c.no FROM cases c JOIN lines l ON l.case_no = c.no WHERE c.type = 'handover' AND c.ended_at IS NULL AND c.office = 'enterprise-2' AND l.outcome = '' AND l.name = '张测试001'`)
	s.signUntil(anew, procedures.StageIntakes)
	if s.outcome(anew, 1) != "/" {
		t.Errorf("handed over anew, the line is %q", s.outcome(anew, 1))
	}
	s.clean()
}

// While a community is about to receive the person the bureau waits; once received, only the enterprise
// behind the person is put right, and nobody is handed over twice.
func TestADisputeAboutSomebodyReceived(t *testing.T) {
	s := newScene(t)
	first, _, dispute := s.listed()
	s.signUntil(first, procedures.StageIntakes)
	intake := s.children(first)[0]
	s.signUntil(intake, procedures.StageReceptions)
	receptions := s.children(intake)
	if refusal := s.settle(dispute, procedures.DecidedForLater); refusal == nil || !strings.Contains(refusal.Message.ZH, receptions[0]) {
		t.Fatalf("decided over the community's head: %v", refusal)
	}
	s.ended(receptions[0])
	s.sign(dispute)
	if enterprise := stacktest.Value[string](s.Database, `SELECT enterprise FROM persons WHERE name = '张测试001'`); enterprise != "enterprise-2" || !s.fold(dispute).Ended() {
		t.Errorf("the person retired from %s", enterprise)
	}
	if again := stacktest.Value[int](s.Database, `SELECT count(*) FROM lines WHERE name = '张测试001' AND outcome = ''`); again != 0 {
		t.Errorf("the person is being handed over again in %d batches", again)
	}
	s.clean()
}

// The same enterprise's second list, and a person a community manages, need no decision.
func TestWhomNobodyHandsOverTwice(t *testing.T) {
	s := newScene(t)
	s.apart()
	first := s.submitRoster(s.roster(stacktest.NewPerson(1, nil)))
	s.signUntil(first, procedures.StagePensionMatch)
	if again := s.handOver(clerk, 1); s.outcome(again, 1) != "returned/duplicate" {
		t.Errorf("listed twice by one enterprise: %q", s.outcome(again, 1))
	}
	s.received(stacktest.NewPerson(3, nil))
	if managed := s.handOver("enterprise-2-clerk-1", 3); s.outcome(managed, 1) != "out_of_scope/managed" {
		t.Errorf("managed already: %q", s.outcome(managed, 1))
	}
	s.clean()
}
