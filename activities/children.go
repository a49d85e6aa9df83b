package activities

import (
	"context"
	"errors"

	"go.temporal.io/sdk/activity"

	"jieli/approval"
)

// ChildStore creates and counts the child cases of a wait.
type ChildStore interface {
	CreateChildren(ctx context.Context, parent string, progress func(done, of int)) ([]approval.Entry, error)
	ChildrenOpen(ctx context.Context, parent string) (int, error)
	MarkStarted(ctx context.Context, nos ...string) error
}

// Starter starts the workflow of a case from its first entry; a case that runs already is no error.
type Starter interface {
	StartCase(ctx context.Context, first approval.Entry) error
}

// Children starts and counts child cases, on the bulk queue so that batches never slow a signature.
type Children struct {
	Store   ChildStore
	Starter Starter
}

// Start writes and starts every child of the parent's open wait, heartbeating as it goes. It may
// run again at any point: numbers are deterministic and "already started" is success.
func (c *Children) Start(ctx context.Context, parent string) error {
	entries, err := c.Store.CreateChildren(ctx, parent, func(done, of int) { activity.RecordHeartbeat(ctx, done, of) })
	if err != nil {
		return err
	}
	for i, entry := range entries {
		if err := c.Starter.StartCase(ctx, entry); err != nil {
			return errors.Join(errors.New("start child case "+entry.Case), err)
		}
		if err := c.Store.MarkStarted(ctx, entry.Case); err != nil {
			return err
		}
		activity.RecordHeartbeat(ctx, i, len(entries))
	}
	return nil
}

// Open counts the children that have not ended.
func (c *Children) Open(ctx context.Context, parent string) (int, error) {
	return c.Store.ChildrenOpen(ctx, parent)
}
