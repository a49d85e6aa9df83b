package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/stacktest"
	"jieli/procedures"
)

// A community reports one of its own; the agency takes a hotline's report by number and name, which are in no
// answer. The second report is refused, naming the first, and only a verified death is rescinded.
func TestADeathIsReportedOnce(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	s.Carry(s.Submit(clerk, stacktest.OnePerson(1)).No, clerk)
	person := stacktest.Value[string](s.Database, `SELECT id FROM persons`)
	name, number := stacktest.OnePerson(1)["name"], stacktest.OnePerson(1)["id_number"]
	for location, body := range map[string]map[string]any{
		"form.idNumber": {"type": "death", "form": map[string]any{"idNumber": number, "name": "另一人"}},
		"form.unknown":  {"type": "death", "subject": person, "form": map[string]any{"unknown": "x"}},
		"form.diedOn":   {"type": "death", "subject": person, "form": map[string]any{"diedOn": "2099-01-01"}},
		"rosterId":      {"type": "death", "rosterId": "r"},
		"subject":       {"type": "rescission"},
	} {
		answer := s.As(community).Send(http.MethodPost, "/cases", body)
		if problems := answer.Problem().Errors; answer.Status != http.StatusUnprocessableEntity || len(problems) == 0 || problems[0].Location != location {
			t.Errorf("%s: %d %s", location, answer.Status, answer.Body)
		}
	}
	s.As("enterprise-1-clerk-1").Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": person}).Expect(http.StatusForbidden)
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "rescission", "subject": person}).Expect(http.StatusConflict)
	var report stacktest.Case
	s.As("agency-clerk-1").Send(http.MethodPost, "/cases", map[string]any{"type": "death", "form": map[string]any{"idNumber": number, "name": name, "source": "hotline", "diedOn": "2026-11-01"}}).Expect(http.StatusCreated).Read(&report)
	again := s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": person}).Expect(http.StatusConflict)
	if !strings.Contains(string(again.Body), report.No) {
		t.Errorf("the second report: %s", again.Body)
	}
	page := string(s.As("agency-clerk-1").Get("/cases/" + report.No).Expect(http.StatusOK).Body)
	if strings.Contains(page, number) || !strings.Contains(page, `"silenced":true`) || !strings.Contains(page, `"noticeDue":"2026-11-27"`) {
		t.Errorf("the report's page: %s", page)
	}
	if body := string(s.As(community).Get("/people/" + person).Expect(http.StatusOK).Body); !strings.Contains(body, `"state":"reported"`) || !strings.Contains(body, `"silenced":true`) {
		t.Errorf("the person's page: %s", body)
	}
}

// carryDeath signs a death report or its rescission to its end, each stage with what it asks for.
func carryDeath(s *stacktest.System, no string) {
	forms := map[string]map[string]any{
		procedures.StageDeathReport: {"causeClass": "illness", "howKnown": "邻居告知"}, procedures.StageDeathVerification: {"evidence": "civil_affairs"},
		procedures.StageRescissionReport: {"seenBy": "王社工", "seenOn": "2026-11-20", "seenHow": "home", "wrongBecause": "namesake", "account": "入户见到本人"},
		procedures.StageRescissionCheck:  {"checkedWith": "person", "monthlyAmount": 312345}}
	signers := map[string]string{procedures.StageDeathReport: community, procedures.StageDeathRegistration: "community-001017-head-1", procedures.StageDeathVerification: "agency-clerk-1",
		procedures.StageDeathReview: "agency-reviewer-1", procedures.StageDeathDecision: "agency-head-1", procedures.StageRescissionReport: community, procedures.StageRescissionCheck: "agency-clerk-1",
		procedures.StageRescissionReview: "agency-reviewer-1", procedures.StageRescissionDecision: "agency-head-1"}
	for found := s.Read(community, no); found.State == "open"; found = s.Read(community, no) {
		(&partyCase{s, no}).act(signers[found.Stage], map[string]any{"action": "approve", "form": forms[found.Stage]}).Expect(http.StatusOK)
	}
}
