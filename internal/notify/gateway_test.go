package notify

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const number = "13800000017"

func anyMessage() Message {
	return Message{ID: "0a1b2c", Channel: SMS, To: number, Text: "您家的申领已受理。"}
}

// The gateway gets what docs/messages.md says, signed, under the message's id; its answers mean taken, later, or never.
func TestTheGatewayIsSpokenToAsDocumented(t *testing.T) {
	status := http.StatusOK
	var seen []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var asked map[string]string
		moment, signature, _ := strings.Cut(strings.TrimPrefix(r.Header.Get(SignatureHeader), "t="), ",v1=")
		if err := json.Unmarshal(body, &asked); err != nil || r.Method != http.MethodPost || asked["to"] != number || asked["text"] == "" || len(asked) != 3 ||
			moment != "1764208800" || signature != Sign("秘密", moment, body) || signature == Sign("other", moment, body) {
			t.Errorf("%s %v %s", r.Method, r.Header, body)
		}
		seen = append(seen, asked["id"]+r.Header.Get("Idempotency-Key"))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, "no such number "+number)
	}))
	defer server.Close()
	gateway := &Gateway{URL: server.URL, Secret: "秘密", Now: func() time.Time { return time.Unix(1764208800, 0) }}
	for code, want := range map[int]string{200: "", 202: "", 409: "", 400: "permanent", 403: "permanent", 404: "permanent", 408: "later", 429: "later", 500: "later", 503: "later"} {
		status = code
		got := ""
		if err := gateway.Send(t.Context(), anyMessage()); err != nil {
			reason, permanent := Why(err)
			got = map[bool]string{true: "permanent", false: "later"}[permanent]
			if strings.Contains(reason, number) {
				t.Errorf("the reason names the number: %s", reason)
			}
		}
		if got != want {
			t.Errorf("%d means %q", code, got)
		}
	}
	for _, id := range seen {
		if id != "0a1b2c0a1b2c" {
			t.Errorf("handed over under %s", id)
		}
	}
}

// Whatever keeps a provider from answering is tried again, and its reason shows nothing of the message.
func TestUnreachableProvidersAreTriedAgain(t *testing.T) {
	now := time.Now
	late := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	defer late.Close()
	short, cancel := context.WithCancel(t.Context())
	cancel()
	for name, send := range map[string]func() error{
		"no gateway": func() error { return (&Gateway{URL: "http://127.0.0.1:1", Now: now}).Send(t.Context(), anyMessage()) },
		"ended":      func() error { return (&Gateway{URL: late.URL, Now: now}).Send(short, anyMessage()) },
		"no mail server": func() error {
			return (&SMTP{Address: "127.0.0.1:1", From: "a@example.cn", TLS: TLSNone, Now: now}).Send(t.Context(), Message{ID: "1", To: "b@example.cn"})
		},
	} {
		reason, permanent := Why(send())
		if permanent || reason == "" || strings.Contains(reason, "127.0.0.1") || strings.Contains(reason, number) {
			t.Errorf("%s: %q, for good %v", name, reason, permanent)
		}
	}
}

// Administrators read why in their language.
func TestReasonsAreWorded(t *testing.T) {
	for reason, zh := range map[string]string{"the gateway answered 503": "短信服务应答 503", "the mail server answered 550": "邮件服务应答 550", reasonLate: "短信或邮件服务没有及时应答"} {
		if text := ReasonText(reason); text.ZH != zh || text.EN != reason {
			t.Errorf("%q is worded %+v", reason, text)
		}
	}
}
