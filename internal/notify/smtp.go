package notify

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/wneessen/go-mail"
)

// How a mail server is spoken to. Without encryption nothing is signed in with.
const (
	TLSStart = "starttls"
	TLSWhole = "tls"
	TLSNone  = "none"
)

// SMTP hands mails to a mail server. The message id is the mail's own Message-ID, by which servers and readers
// know one they have.
type SMTP struct {
	Address, From      string
	Username, Password string
	// TLS is starttls unless it says otherwise.
	TLS string
	Now func() time.Time
}

// Send makes a connection for each mail: there are few.
func (s *SMTP) Send(ctx context.Context, message Message) error {
	host, port, err := net.SplitHostPort(s.Address)
	number, portErr := strconv.Atoi(port)
	if err = errors.Join(err, portErr); err != nil {
		return &Failure{Permanent: true, Reason: "JIELI_SMTP_ADDRESS is not host:port", Cause: err}
	}
	letter := mail.NewMsg(mail.WithCharset(mail.CharsetUTF8))
	if err := letter.From(s.From); err != nil {
		return &Failure{Permanent: true, Reason: "JIELI_SMTP_FROM is no address", Cause: err}
	}
	if err := letter.To(message.To); err != nil {
		return &Failure{Permanent: true, Reason: "the recipient is no address", Cause: err}
	}
	letter.Subject(message.Title)
	letter.SetMessageIDWithValue(message.ID + "@" + s.From[strings.LastIndexByte(s.From, '@')+1:])
	letter.SetDateWithValue(s.Now())
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(mail.TypeTextPlain, message.Text)
	options := []mail.Option{mail.WithPort(number), mail.WithTimeout(20 * time.Second)}
	switch s.TLS {
	case TLSNone:
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	case TLSWhole:
		options = append(options, mail.WithSSL())
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if s.Username != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(s.Username), mail.WithPassword(s.Password))
	}
	client, err := mail.NewClient(host, options...)
	if err != nil {
		return &Failure{Permanent: true, Reason: "the mail settings do not fit together", Cause: err}
	}
	if err := client.DialAndSendWithContext(ctx, letter); err != nil {
		var refused *mail.SendError
		if errors.As(err, &refused) && refused.ErrorCode() > 0 {
			return &Failure{Permanent: !refused.IsTemp(), Reason: fmt.Sprintf("the mail server answered %d", refused.ErrorCode()), Cause: err}
		}
		return failureOf(err)
	}
	return nil
}
