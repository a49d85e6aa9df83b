package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/stacktest"
)

// A community's clerk applies; the number is in no answer but the one that reveals it, with a reason, to who
// takes part.
func TestANumberIsAppliedForOnceAndShownMasked(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	s.Carry(s.Submit(clerk, stacktest.OnePerson(1)).No, clerk)
	person := stacktest.Value[string](s.Database, `SELECT id FROM persons`)
	number := stacktest.IDNumber("19530816", 77)
	for field, body := range map[string]map[string]any{
		"form.newNumber": {"type": "identity", "subject": person, "form": map[string]any{"newNumber": "21010619530816077X1"}},
		"form.name":      {"type": "identity", "subject": person, "form": map[string]any{"newNumber": number, "name": "别名"}},
		"subject":        {"type": "identity", "form": map[string]any{"newNumber": number}},
	} {
		answer := s.As(community).Send(http.MethodPost, "/cases", body)
		if problems := answer.Problem().Errors; answer.Status != http.StatusUnprocessableEntity || len(problems) == 0 || problems[0].Location != field {
			t.Errorf("%s: %d %s", field, answer.Status, answer.Body)
		}
	}
	var submitted stacktest.Case
	answer := s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "identity", "subject": person, "form": map[string]any{"newNumber": number}}).Expect(http.StatusCreated)
	answer.Read(&submitted)
	for _, path := range []string{"", "/journal"} {
		if body := s.As(community).Get("/cases/" + submitted.No + path).Body; strings.Contains(string(body), number) {
			t.Errorf("%s shows the number", path)
		}
	}
	reveal := func(username string) *stacktest.Answer {
		return s.As(username).Send(http.MethodPost, "/people/"+person+"/reveal", map[string]any{"field": "new_id_number", "reason": "与公安数据核对"})
	}
	if answer := reveal(community).Expect(http.StatusOK); !strings.Contains(string(answer.Body), number) {
		t.Errorf("revealed: %s", answer.Body)
	}
	reveal("enterprise-2-clerk-1").Expect(http.StatusNotFound)
}
