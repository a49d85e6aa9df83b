package notify

import "context"

// Keeper keeps a message under its id, once.
type Keeper interface {
	KeepMessage(ctx context.Context, id, channel, to, text string) error
}

// Capture sends nothing: it keeps messages to be looked at. The demonstration uses it for every channel.
type Capture struct{ Keeper Keeper }

// Send keeps the message, its title before its text.
func (c Capture) Send(ctx context.Context, message Message) error {
	text := message.Text
	if message.Title != "" {
		text = message.Title + "\n\n" + text
	}
	return c.Keeper.KeepMessage(ctx, message.ID, message.Channel, message.To, text)
}
