package api_test

import (
	"net/http"
	"testing"

	"jieli/internal/stacktest"
)

// A rule answers with its derivation, its name and its version; what does not fit names its place.
func TestARuleCanBeTried(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	clerk := system.As("street-001-clerk-1")
	var listed struct{ Items []struct{ Name string } }
	clerk.Get("/rules").Expect(http.StatusOK).Read(&listed)
	if len(listed.Items) == 0 || listed.Items[0].Name != "working-days" {
		t.Fatalf("the rules listed: %+v", listed)
	}
	var answer struct {
		Result struct {
			Due     string
			Counted []string
		}
		Derivation []struct{ Value string }
		Rule       string
		Version    int
	}
	clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "2026-11-24", "days": 3}).Expect(http.StatusOK).Read(&answer)
	if answer.Result.Due != "2026-11-27" || len(answer.Result.Counted) != 3 || len(answer.Derivation) == 0 || answer.Rule != "working-days" || answer.Version < 1 {
		t.Errorf("the answer: %+v", answer)
	}
	refused := clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "soon", "days": 3}).Expect(http.StatusUnprocessableEntity).Problem()
	if len(refused.Errors) != 1 || refused.Errors[0].Location != "from" {
		t.Errorf("the problem: %+v", refused)
	}
	clerk.Send(http.MethodPost, "/rules/unknown/evaluate", map[string]any{}).Expect(http.StatusNotFound)
}
