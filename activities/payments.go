package activities

import (
	"context"
	"log/slog"
	"time"

	"jieli/internal/bank"
	"jieli/internal/view"
)

// PaymentStore is what paying needs of the database.
type PaymentStore interface {
	MakeBatch(ctx context.Context) (string, error)
	HandBatches(ctx context.Context, hand func(ctx context.Context, batch string, file []byte) error) error
	ReadResults(ctx context.Context, source string, file []byte) (view.ResultsRead, error)
}

// Payments carries released payments to the bank and its answers back. Every step may end at any point and be
// taken again, by this process or by another at the same time: a batch is written whole, handed over by its number
// and read by the digest of its result file.
type Payments struct {
	Store  PaymentStore
	Bank   bank.Provider
	Logger *slog.Logger
}

// Round makes the batches that can be made, hands over what was not handed over, and reads what the bank says.
func (p *Payments) Round(ctx context.Context) error {
	for {
		no, err := p.Store.MakeBatch(ctx)
		if err != nil {
			return err
		}
		if no == "" {
			break
		}
		p.Logger.Info("payment batch made", "batch", no)
	}
	if err := p.Store.HandBatches(ctx, p.Bank.Hand); err != nil {
		return err
	}
	files, err := p.Bank.Collect(ctx)
	if err != nil {
		return err
	}
	for _, file := range files {
		read, err := p.Store.ReadResults(ctx, "bank", file)
		if err != nil {
			// A file that cannot be read stays where it is, for people to look at; the others are read.
			p.Logger.Error("read a result file of the bank", "digest", bank.Digest(file), "error", err)
			continue
		}
		if read.Discrepancies > 0 && !read.Known {
			p.Logger.Error("a result file of the bank does not fit", "digest", read.Digest, "lines", read.Discrepancies)
		}
		if err := p.Bank.Taken(ctx, read.Digest); err != nil {
			return err
		}
	}
	return nil
}

// Run pays until the context ends, a round each time the pace allows.
func (p *Payments) Run(ctx context.Context, pace time.Duration) {
	ticker := time.NewTicker(pace)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := p.Round(ctx); err != nil && ctx.Err() == nil {
			p.Logger.Warn("a round of payments; it is tried again", "error", err)
		}
	}
}
