package store_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"

	"jieli/activities"
	"jieli/internal/bank"
	"jieli/internal/stacktest"
	"jieli/internal/view"
)

var errKilled = errors.New("killed")

// dying stands for a worker that is killed at the n-th border between two steps: what was done before is done,
// nobody is told, and nothing follows.
type dying struct {
	activities.PaymentStore
	bank.Provider
	left int
}

func (d *dying) border() error {
	d.left--
	if d.left == 0 {
		return errKilled
	}
	return nil
}

func (d *dying) MakeBatch(ctx context.Context) (string, error) {
	no, err := d.PaymentStore.MakeBatch(ctx)
	return no, errors.Join(err, d.border())
}

func (d *dying) Hand(ctx context.Context, batch string, file []byte) error {
	// Before the bank has it, and after it has it and before that is noted.
	if err := d.border(); err != nil {
		return err
	}
	return errors.Join(d.Provider.Hand(ctx, batch, file), d.border())
}

func (d *dying) Collect(ctx context.Context) ([][]byte, error) {
	files, err := d.Provider.Collect(ctx)
	return files, errors.Join(err, d.border())
}

func (d *dying) ReadResults(ctx context.Context, source string, file []byte) (view.ResultsRead, error) {
	return d.PaymentStore.ReadResults(ctx, source, file)
}

func (d *dying) Taken(ctx context.Context, digest string) error {
	// After the file was read and before the bank knows.
	return errors.Join(d.border(), d.Provider.Taken(ctx, digest))
}

// Whatever border between two steps a worker dies at, and though two others pay at the same time, everybody gets
// what was decided, once.
func TestNothingIsPaidTwiceWhereverAWorkerDies(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	for death := 1; death <= 9; death++ {
		verified := s.died(person, "2026-10-05")
		no, err := s.claims(person, heirs("6227000000005555")...)
		if err != nil {
			t.Fatal(err)
		}
		s.released(no)
		simulator := bank.NewSimulator()
		victim := &dying{PaymentStore: s.Store, Provider: simulator, left: death}
		killed := (&activities.Payments{Store: victim, Bank: victim, Logger: slog.New(slog.DiscardHandler)}).Round(t.Context())
		if !errors.Is(killed, errKilled) && victim.left <= 0 {
			t.Fatalf("at border %d the worker lives on: %v", death, killed)
		}
		for round := 0; round == 0 || !simulator.Idle(); round++ {
			var both sync.WaitGroup
			for range 2 {
				both.Go(func() {
					if err := (&activities.Payments{Store: s.Store, Bank: simulator, Logger: slog.New(slog.DiscardHandler)}).Round(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
			both.Wait()
		}
		if paid := simulator.Paid(); paid["6222020000001111"] != 6018000 || paid["6227000000005555"] != 4012000 {
			t.Errorf("killed at border %d: the bank has paid %v", death, paid)
		}
		if s.balance(verified, "paid") != -10030000 {
			t.Errorf("killed at border %d: the ledger has %s paid", death, s.balance(verified, "paid"))
		}
	}
	s.clean()
}
