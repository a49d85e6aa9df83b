package api_test

import (
	"net/http"
	"strings"
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
		Derivation []struct {
			Step  struct{ EN string }
			Value string
		}
		Rule    string
		Version int
	}
	clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "2026-11-24", "days": 3}).Expect(http.StatusOK).Read(&answer)
	if answer.Result.Due != "2026-11-27" || len(answer.Result.Counted) != 3 || len(answer.Derivation) == 0 || answer.Rule != "working-days" || answer.Version < 1 {
		t.Errorf("the answer: %+v", answer)
	}
	// Another calendar answers otherwise, and is named with its version.
	system.Run(`INSERT INTO calendars(scope, version, source, changed_by, changed_at) VALUES ('210106', 2, '铁西发1号', 'x', now())`)
	system.Run(`INSERT INTO calendar_days(scope, day, working, name) VALUES ('210106', '2026-11-26', false, '停电')`)
	for _, calendar := range []string{"210106", "office:street-001"} {
		clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "2026-11-24", "days": 3, "calendar": calendar}).Expect(http.StatusOK).Read(&answer)
		if answer.Result.Due != "2026-11-30" || answer.Derivation[0].Value != "铁西区" || !strings.Contains(answer.Derivation[0].Step.EN, "edit 2") {
			t.Errorf("by %s: %+v", calendar, answer)
		}
	}
	for _, calendar := range []string{"lunar", "999999"} {
		refused := clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "2026-11-24", "days": 3, "calendar": calendar}).Expect(http.StatusUnprocessableEntity).Problem()
		if len(refused.Errors) != 1 || refused.Errors[0].Location != "calendar" {
			t.Errorf("%s: %+v", calendar, refused)
		}
	}
	refused := clerk.Send(http.MethodPost, "/rules/working-days/evaluate", map[string]any{"from": "soon", "days": 3}).Expect(http.StatusUnprocessableEntity).Problem()
	if len(refused.Errors) != 1 || refused.Errors[0].Location != "from" {
		t.Errorf("the problem: %+v", refused)
	}
	clerk.Send(http.MethodPost, "/rules/unknown/evaluate", map[string]any{}).Expect(http.StatusNotFound)
}
