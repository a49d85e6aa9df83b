package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// SignatureHeader carries the time and the HMAC of a request to the gateway: t=<seconds>,v1=<hex>.
const SignatureHeader = "X-Jieli-Signature"

// Gateway hands text messages to an SMS gateway over HTTP (docs/messages.md).
type Gateway struct {
	URL, Secret string
	Now         func() time.Time
	// Client is http.DefaultClient where it is nil.
	Client *http.Client
}

type gatewayBody struct {
	ID   string `json:"id"`
	To   string `json:"to"`
	Text string `json:"text"`
}

// Send posts the message. 2xx and 409 (the id is known) mean taken; any other 4xx but 408, 425 and 429 is for good.
func (g *Gateway) Send(ctx context.Context, message Message) error {
	body, err := json.Marshal(gatewayBody{ID: message.ID, To: message.To, Text: message.Text})
	if err != nil {
		return err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, g.URL, bytes.NewReader(body))
	if err != nil {
		return &Failure{Permanent: true, Reason: "JIELI_SMS_URL is no address", Cause: err}
	}
	moment := strconv.FormatInt(g.Now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Idempotency-Key", message.ID)
	request.Header.Set(SignatureHeader, "t="+moment+",v1="+Sign(g.Secret, moment, body))
	client := g.Client
	if client == nil {
		client = http.DefaultClient
	}
	answer, err := client.Do(request)
	if err != nil {
		return failureOf(err)
	}
	defer func() { _ = answer.Body.Close() }()
	// What it says is not read: it may repeat the number.
	_, _ = io.Copy(io.Discard, io.LimitReader(answer.Body, 64<<10))
	status := answer.StatusCode
	if status >= 200 && status < 300 || status == http.StatusConflict {
		return nil
	}
	later := status >= 500 || status == http.StatusRequestTimeout || status == http.StatusTooEarly || status == http.StatusTooManyRequests
	return &Failure{Permanent: status >= 400 && !later, Reason: fmt.Sprintf("the gateway answered %d", status)}
}

// Sign is the HMAC-SHA256 of moment, a dot and the body.
func Sign(secret, moment string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(moment + "."))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}
