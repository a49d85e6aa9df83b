package notify

import (
	"context"
	"errors"
)

// The channels.
const (
	SMS  = "sms"
	Mail = "mail"
)

// Message is one message to one number or address.
type Message struct {
	// ID is the same however often the message is handed over, so that a provider can tell that it has it already.
	ID, Channel, To string
	// Title heads a mail; a text message has none.
	Title, Text string
}

// Provider carries messages of a channel. A message handed over again under an ID the provider knows is sent once.
type Provider interface {
	Send(ctx context.Context, message Message) error
}

// Failure is why a message was not taken. Reason names no number, no address and no text: it is kept and shown to
// administrators.
type Failure struct {
	// Permanent: trying again is of no use.
	Permanent bool
	Reason    string
	Cause     error
}

func (f *Failure) Error() string { return f.Reason }

func (f *Failure) Unwrap() error { return f.Cause }

// failureOf tells any other error apart as little as may be shown.
func failureOf(err error) *Failure {
	var failure *Failure
	if errors.As(err, &failure) {
		return failure
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return &Failure{Reason: reasonLate, Cause: err}
	}
	return &Failure{Reason: reasonUnreachable, Cause: err}
}

// Why says why sending failed, and whether for good.
func Why(err error) (reason string, permanent bool) {
	failure := failureOf(err)
	return failure.Reason, failure.Permanent
}
