package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/notify"
	"jieli/internal/stacktest"
	"jieli/internal/view"
)

// A message that could not be sent is seen, masked, by the administrators and supervisors of its district; an
// administrator has it tried again, which is journaled.
func TestFailedMessagesAreShown(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	s.Run(`INSERT INTO outbox_messages(id, key, channel, template, parameters, case_no, region, own, recipient_sealed, recipient_masked, state, attempts, next_attempt_at, written_at, settled_at, reason)
		VALUES ('m1', 'k1', 'sms', 'decided', '{"office": "建农社区"}', $1, '210106', false, $2, '139******21', 'failed', 20, now(), now(), now(), 'the gateway answered 503')`, no,
		s.Ring.Seal([]byte("13900000021"), "outbox_messages|recipient_sealed|m1"))
	const administrator = "administration-system_administrator-1"
	for _, username := range []string{administrator, "supervision-supervisor-1"} {
		var found struct{ Items []view.FailedMessage }
		answer := s.As(username).Get("/supervision/messages").Expect(http.StatusOK)
		answer.Read(&found)
		if len(found.Items) != 1 || found.Items[0].Case != no || found.Items[0].To != "139******21" || found.Items[0].Attempts != 20 || found.Items[0].Reason.ZH != "短信服务应答 503" || strings.Contains(string(answer.Body), "13900000021") {
			t.Errorf("%s is shown %s", username, answer.Body)
		}
	}
	s.As(clerk).Get("/supervision/messages").Expect(http.StatusForbidden)
	s.As("supervision-supervisor-1").Send(http.MethodPost, "/supervision/messages/m1/retry", map[string]any{}).Expect(http.StatusForbidden)
	s.As(administrator).Send(http.MethodPost, "/supervision/messages/unknown/retry", map[string]any{}).Expect(http.StatusNotFound)
	s.As(administrator).Send(http.MethodPost, "/supervision/messages/m1/retry", map[string]any{}).Expect(http.StatusOK)
	s.As(administrator).Send(http.MethodPost, "/supervision/messages/m1/retry", map[string]any{}).Expect(http.StatusConflict)
	if noted := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM journal WHERE stream LIKE 'access:%' AND convert_from(body, 'UTF8') LIKE '%retry-message%'`); noted != 1 {
		t.Errorf("the journal holds %d retries", noted)
	}
	s.SendBy(notify.SMS)
	if message, err := s.TakeMessage(t.Context()); err != nil || message == nil || message.Attempt != 1 {
		t.Errorf("after the retry %+v waits (%v)", message, err)
	}
	if found := s.Doctor(); len(found) > 0 {
		t.Errorf("doctor found: %v", found)
	}
}

// How a claimant is reached has to be a number or an address, is sealed, and is shown masked.
func TestContactsOfClaimants(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person := dead(s)
	claimant := map[string]any{"name": "李某某", "relation": "配偶", "idNumber": stacktest.IDNumber("19550302", 22), "bank": "工商银行", "account": "6222020000001234", "share": 10000, "phone": "12345", "mail": "李某某"}
	answer := s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant}}}).Expect(http.StatusUnprocessableEntity)
	for _, field := range []string{"form.claimants.0.phone", "form.claimants.0.mail"} {
		if !strings.Contains(string(answer.Body), field) {
			t.Errorf("%s is not named: %s", field, answer.Body)
		}
	}
	claimant["phone"], claimant["mail"] = "139 0000 0021", "heir@example.cn"
	var submitted stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant}}}).Expect(http.StatusCreated).Read(&submitted)
	shown := string(s.As(community).Get("/cases/" + submitted.No).Expect(http.StatusOK).Body)
	if !strings.Contains(shown, "139******21") || !strings.Contains(shown, "h***@example.cn") || strings.Contains(shown, "heir@") || strings.Contains(shown, "0000021") {
		t.Errorf("the counter is shown %s", shown)
	}
	if other := string(s.As("supervision-supervisor-1").Get("/cases/" + submitted.No).Expect(http.StatusOK).Body); strings.Contains(other, "139***") || strings.Contains(other, "h***") {
		t.Errorf("whoever sees no accounts is shown %s", other)
	}
}
