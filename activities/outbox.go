package activities

import (
	"context"
	"log/slog"
	"time"

	"jieli/internal/clock"
	"jieli/internal/notify"
	"jieli/internal/view"
)

// OutboxStore is what sending needs of the database.
type OutboxStore interface {
	TakeMessage(ctx context.Context) (*view.OutboxMessage, error)
	SettleMessage(ctx context.Context, id string, attempt int, reason string, permanent bool) error
}

// Outbox sends the messages that wait. A message is handed to its provider at least once, always under its own id,
// by which a provider knows one it has: whatever is killed between sending and noting, nobody reads it twice.
type Outbox struct {
	Store     OutboxStore
	Providers map[string]notify.Provider
	Templates notify.Templates
	// Page is where families look their case up, in every message; empty to leave it out.
	Page string
	// From and To are the hours of the day between which people are written to; equal for all day.
	From, To int
	Clock    clock.Source
	Logger   *slog.Logger
}

const (
	// messagesAtOnce is how many a round sends at most.
	messagesAtOnce = 200
	// sendPatience bounds one attempt; it is shorter than the store's lease.
	sendPatience = 45 * time.Second
)

// Round sends what is due.
func (o *Outbox) Round(ctx context.Context) error {
	if hour := o.Clock.Now().In(clock.Zone).Hour(); o.From != o.To && (hour < o.From || hour >= o.To) {
		return nil
	}
	for range messagesAtOnce {
		message, err := o.Store.TakeMessage(ctx)
		if err != nil || message == nil {
			return err
		}
		reason, permanent := "", false
		if err := o.send(ctx, message); err != nil {
			if ctx.Err() != nil {
				// The program ends: the attempt is made again.
				return ctx.Err()
			}
			reason, permanent = notify.Why(err)
			o.Logger.Warn("a message was not sent", "message", message.ID, "attempt", message.Attempt, "reason", reason, "permanent", permanent)
		}
		if err := o.Store.SettleMessage(ctx, message.ID, message.Attempt, reason, permanent); err != nil {
			return err
		}
	}
	return nil
}

func (o *Outbox) send(ctx context.Context, message *view.OutboxMessage) error {
	words, err := o.Templates.Fill(message.Template, message.Places, notify.Data{Office: message.Office, Phone: message.Phone, Page: o.Page})
	if err != nil {
		o.Logger.Error("a template of a message is broken", "template", message.Template, "error", err)
		return &notify.Failure{Reason: "the template is broken", Cause: err}
	}
	provider := o.Providers[message.Channel]
	if provider == nil {
		return &notify.Failure{Reason: "this worker does not send by this channel"}
	}
	ctx, cancel := context.WithTimeout(ctx, sendPatience)
	defer cancel()
	made := notify.Message{ID: message.ID, Channel: message.Channel, To: message.To, Text: words.ZH}
	if message.Channel == notify.Mail {
		// A mail has room for both languages.
		made.Title, made.Text = words.Title, words.ZH+"\n\n"+words.EN+"\n"
	}
	return provider.Send(ctx, made)
}

// Run sends until the context ends, a round each time the pace allows.
func (o *Outbox) Run(ctx context.Context, pace time.Duration) {
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := o.Round(ctx); err != nil && ctx.Err() == nil {
			o.Logger.Warn("a round of messages; it is tried again", "error", err)
		}
	}
}
