package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/stacktest"
)

// claimDispute is what is looked at of a second claim's page.
type claimDispute struct {
	No, Type string
	Benefit  struct {
		Claimants []struct{ Name, Account string }
	}
	ClaimDispute struct {
		Source, Decision string
		First            struct {
			No, State string
			Readable  bool
			Claimants []struct{ Name, IDNumber string }
		}
	}
}

// A second claim opens a dispute that shows the agency both sides, masked; what was claimed elsewhere the agency
// enters, and nobody else; the first claim's page names the dispute, which stands in the agency's inbox.
func TestASecondClaimShowsBothSides(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person := dead(s)
	claimant := func(name, born string, n int, account string) map[string]any {
		return map[string]any{"name": name, "relation": "子女", "idNumber": stacktest.IDNumber(born, n), "bank": "工商银行", "account": account, "share": 10000}
	}
	claim := func(as string, form map[string]any) *stacktest.Answer {
		return s.As(as).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": form})
	}
	for field, form := range map[string]map[string]any{"form.source": {"source": "elsewhere"}, "form.statement": {"statement": "x"}} {
		if problems := claim(community, form).Expect(http.StatusUnprocessableEntity).Problem().Errors; len(problems) == 0 || problems[0].Location != field {
			t.Errorf("%s: %v", field, problems)
		}
	}
	claim(community, map[string]any{"source": "other-scheme"}).Expect(http.StatusUnprocessableEntity)
	claim("agency-clerk-1", map[string]any{"source": "other-scheme"}).Expect(http.StatusUnprocessableEntity)
	var first stacktest.Case
	claim(community, map[string]any{"claimants": []any{claimant("张小某", "19800302", 31, "6222020000001111")}}).Expect(http.StatusCreated).Read(&first)
	signed(t, s, first.No, community, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true}).Expect(http.StatusOK)
	var second claimDispute
	claim(community, map[string]any{"claimants": []any{claimant("张大某", "19780302", 33, "6228480000009999")}}).Expect(http.StatusCreated).Read(&second)
	if second.Type != "claim-dispute" || second.ClaimDispute.First.No != first.No || second.ClaimDispute.First.State != "claimed" {
		t.Fatalf("the second claim is %+v", second)
	}
	if again := claim("agency-clerk-1", map[string]any{"source": "other-province"}); again.Status != http.StatusConflict || !strings.Contains(string(again.Body), second.No) {
		t.Errorf("a third claim: %d %s", again.Status, again.Body)
	}
	signed(t, s, second.No, community, map[string]any{"statement": "未被告知申领"}).Expect(http.StatusOK)
	var shown claimDispute
	page := s.As("agency-clerk-2").Get("/cases/" + second.No).Expect(http.StatusOK)
	page.Read(&shown)
	sides := shown.ClaimDispute.First
	if !sides.Readable || len(sides.Claimants) != 1 || sides.Claimants[0].Name != "张小某" || !strings.Contains(sides.Claimants[0].IDNumber, "*") || len(shown.Benefit.Claimants) != 1 || shown.Benefit.Claimants[0].Account != "****9999" {
		t.Errorf("the agency sees %s", page.Body)
	}
	for _, whole := range []string{stacktest.IDNumber("19780302", 33), stacktest.IDNumber("19800302", 31), "6228480000009999", "1111"} {
		if strings.Contains(string(page.Body), whole) {
			t.Errorf("the page shows %s", whole)
		}
	}
	if body := s.As(community).Get("/cases/" + second.No).Expect(http.StatusOK).Body; strings.Contains(string(body), "****9999") {
		t.Error("the counter reads the account after it is entered")
	}
	if body := s.As("agency-clerk-2").Get("/tasks?box=claimable").Expect(http.StatusOK).Body; !strings.Contains(string(body), second.No) {
		t.Error("the dispute is not in the agency's inbox")
	}
	if body := s.As("agency-clerk-1").Get("/cases/" + first.No).Expect(http.StatusOK).Body; !strings.Contains(string(body), second.No) {
		t.Error("the first claim does not name the dispute")
	}

	// Both join, by way of the workflow and the worker.
	signed(t, s, second.No, "agency-clerk-2", map[string]any{"heard": "电话听取", "decision": "join", "decisionReason": "均为第一顺序"}).Expect(http.StatusOK)
	signed(t, s, second.No, "agency-reviewer-1", nil).Expect(http.StatusOK)
	signed(t, s, second.No, "agency-head-1", nil).Expect(http.StatusOK)
	stacktest.Until(t, "the first claim has gone back", func() bool { return s.Read(community, first.No).Stage == "benefit-claim" })
	stacktest.Until(t, "that is noted", func() bool {
		return stacktest.Value[string](s.Database, `SELECT effect FROM claim_disputes WHERE case_no = $1`, second.No) == ""
	})
	if found := s.Doctor(); len(found) > 0 {
		t.Errorf("doctor found: %v", found)
	}
}
