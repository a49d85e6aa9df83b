package notify

import (
	"io"
	"mime"
	"net"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// mailbox is a mail server that keeps what it is given, and answers as it is told.
type mailbox struct {
	mutex   sync.Mutex
	letters []string
	to      []string
	refuse  *smtp.SMTPError
}

func (m *mailbox) NewSession(*smtp.Conn) (smtp.Session, error) { return &mailSession{box: m}, nil }

type mailSession struct{ box *mailbox }

func (*mailSession) Reset()                               {}
func (*mailSession) Logout() error                        { return nil }
func (*mailSession) Mail(string, *smtp.MailOptions) error { return nil }
func (s *mailSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.box.mutex.Lock()
	defer s.box.mutex.Unlock()
	if s.box.refuse != nil {
		return s.box.refuse
	}
	s.box.to = append(s.box.to, to)
	return nil
}

func (s *mailSession) Data(r io.Reader) error {
	body, err := io.ReadAll(r)
	s.box.mutex.Lock()
	defer s.box.mutex.Unlock()
	s.box.letters = append(s.box.letters, string(body))
	return err
}

func serveMail(t *testing.T) (*mailbox, string) {
	t.Helper()
	box := &mailbox{}
	server := smtp.NewServer(box)
	server.Domain, server.AllowInsecureAuth = "localhost", true
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
	return box, listener.Addr().String()
}

// A mail reaches a server whole, under the same Message-ID however often it is sent; the server's answer says whether
// trying again is of use.
func TestMailsReachAServer(t *testing.T) {
	box, address := serveMail(t)
	sender := &SMTP{Address: address, From: "jieli@example.gov.cn", TLS: TLSNone, Now: func() time.Time { return time.Unix(1764208800, 0) }}
	letter := Message{ID: "0a1b2c", Channel: Mail, To: "heir@example.cn", Title: "申领已受理", Text: "您家的申领已受理，正在办理。\n\nYour claim was taken in.\n"}
	for range 2 {
		if err := sender.Send(t.Context(), letter); err != nil {
			t.Fatal(err)
		}
	}
	if len(box.letters) != 2 || box.to[0] != "heir@example.cn" {
		t.Fatalf("the server has %v for %v", box.letters, box.to)
	}
	for _, each := range box.letters {
		got, err := mail.ReadMessage(strings.NewReader(each))
		if err != nil {
			t.Fatal(err)
		}
		subject, _ := new(mime.WordDecoder).DecodeHeader(got.Header.Get("Subject"))
		if subject != letter.Title || got.Header.Get("Message-Id") != "<0a1b2c@example.gov.cn>" || got.Header.Get("Auto-Submitted") != "auto-generated" || !strings.Contains(got.Header.Get("From"), sender.From) {
			t.Errorf("headed %v", got.Header)
		}
	}
	for answer, permanent := range map[*smtp.SMTPError]bool{
		{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no heir@example.cn here"}: true, {Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}: false} {
		box.refuse = answer
		reason, forGood := Why(sender.Send(t.Context(), letter))
		if forGood != permanent || strings.Contains(reason, "heir") || !strings.Contains(reason, "the mail server answered") {
			t.Errorf("%d means %q, for good %v", answer.Code, reason, forGood)
		}
	}
	box.refuse = nil
	// Nothing is sent in the clear unless it was said so.
	sender.TLS = ""
	if err := sender.Send(t.Context(), letter); err == nil {
		t.Error("a server without encryption was given a mail")
	}
	if reason, permanent := Why((&SMTP{Address: "nowhere", From: "a@b.cn", Now: time.Now}).Send(t.Context(), letter)); !permanent || !strings.Contains(reason, "JIELI_SMTP_ADDRESS") {
		t.Errorf("%q", reason)
	}
}
