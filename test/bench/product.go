package bench

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"

	"go.temporal.io/sdk/client"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/crypt"
	"jieli/internal/temporalgate"
	"jieli/internal/view"
	"jieli/store"
	"jieli/worker"
)

// product is Jieli without HTTP: Submit, the gate, the worker with its real workflows, and the store.
type product struct {
	temporal client.Client
	store    *store.Store
	gate     temporalgate.Gate
	halt     func() error
}

func newProduct(ctx context.Context, server *server, ring *crypt.Keyring, log *slog.Logger) (p *product, err error) {
	p = &product{halt: func() error { return nil }}
	if p.store, err = store.Open(ctx, server.databaseURL, ring, clock.Real()); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			p.close()
		}
	}()
	if err := p.store.Migrate(ctx); err != nil {
		return nil, err
	}
	if p.temporal, err = worker.Dial(ctx, server.temporalAddress, server.namespace, ring, log); err != nil {
		return nil, err
	}
	p.gate = temporalgate.Gate{Client: p.temporal, Start: worker.Starter{Client: p.temporal}.StartCase}
	working, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	var failure error
	running.Go(func() { failure = worker.Run(working, p.temporal, p.store, log) })
	p.halt = func() error { cancel(); running.Wait(); return failure }
	return p, nil
}

// submit writes a case and starts its workflow, as the API does.
func (p *product) submit(ctx context.Context, new view.NewCase) (approval.Entry, error) {
	first, err := p.store.Submit(ctx, new)
	if err != nil {
		return first, err
	}
	if err := p.gate.StartCase(ctx, first); err != nil {
		return first, err
	}
	return first, p.store.MarkStarted(ctx, first.Case)
}

func (p *product) close() {
	_ = p.halt()
	if p.temporal != nil {
		p.temporal.Close()
	}
	p.store.Close()
}

// temporaryKeys are keys of this run alone.
func temporaryKeys() (*crypt.Keyring, error) {
	folder, err := os.MkdirTemp("", "jieli-bench-keys-")
	if err != nil {
		return nil, err
	}
	ring, err := crypt.LoadOrCreate(filepath.Join(folder, "keys.json"))
	return ring, errors.Join(err, os.RemoveAll(folder))
}
