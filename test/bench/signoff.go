package bench

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
	temporallog "go.temporal.io/sdk/log"
)

// SignoffOptions says how much is carried. Every path carries Cases cases in Rounds rounds.
type SignoffOptions struct {
	Servers     Servers
	Cases       int
	Concurrency int
	Rounds      int
	// Signatures is how many stages, each signed once, a case has.
	Signatures int
	Log        *slog.Logger
	// Progress is told the seconds of every round.
	Progress func(round int, bare, ours float64)
}

// Figures are what one path came to.
type Figures struct {
	CasesPerSecond     float64 `json:"casesPerSecond"`
	EventsPerSignature float64 `json:"eventsPerSignature"`
	SignatureP50Millis float64 `json:"signatureP50Millis"`
	SignatureP95Millis float64 `json:"signatureP95Millis"`
	seconds            float64
	signatures         []time.Duration
	historyOfOneCase   string
}

// SignoffResult compares the write path with a bare workflow.
type SignoffResult struct {
	Suite       string  `json:"suite"`
	Cases       int     `json:"cases"`
	Signatures  int     `json:"signatures"`
	Concurrency int     `json:"concurrency"`
	Bare        Figures `json:"bare"`
	Ours        Figures `json:"ours"`
	// Ratio is ours over bare, in cases a second over all rounds; Rounds are the ratios one by one.
	Ratio  float64   `json:"ratio"`
	Rounds []float64 `json:"rounds"`
}

// carrier takes one case from its start to its end and says how long each signature took. It
// answers the id of the case's workflow.
type carrier interface {
	carry(ctx context.Context, signed func(time.Duration)) (string, error)
}

// Signoff carries cases through the product's write path and, in alternating rounds on the same
// server, through a workflow that does no more than one insert per Update.
func Signoff(ctx context.Context, options SignoffOptions) (result SignoffResult, err error) {
	result = SignoffResult{Suite: "signoff", Cases: options.Cases, Signatures: options.Signatures, Concurrency: options.Concurrency}
	quiet := client.Options{Logger: temporallog.NewStructuredLogger(options.Log)}
	server, err := startServer(ctx, options.Servers, quiet)
	if err != nil {
		return result, err
	}
	defer func() {
		if stopErr := server.stop(); err == nil {
			err = stopErr
		}
	}()
	bare, err := newBare(ctx, server, options.Signatures, quiet)
	if err != nil {
		return result, err
	}
	defer bare.close()
	ours, err := newOurs(ctx, server, options.Signatures, options.Log)
	if err != nil {
		return result, err
	}
	defer ours.close()
	// A few cases each warm up connections, prepared statements and caches.
	for _, path := range []carrier{bare, ours} {
		if err := new(Figures).round(ctx, path, 2*options.Concurrency, options.Concurrency); err != nil {
			return result, err
		}
	}
	perRound := max(options.Cases/options.Rounds, 1)
	for round := range options.Rounds {
		seconds := [2]float64{result.Bare.seconds, result.Ours.seconds}
		paths := []func() error{
			func() error { return result.Bare.round(ctx, bare, perRound, options.Concurrency) },
			func() error { return result.Ours.round(ctx, ours, perRound, options.Concurrency) },
		}
		// Whoever went first goes second the next time.
		if round%2 == 1 {
			slices.Reverse(paths)
		}
		for _, carryRound := range paths {
			if err := carryRound(); err != nil {
				return result, err
			}
		}
		seconds[0], seconds[1] = result.Bare.seconds-seconds[0], result.Ours.seconds-seconds[1]
		result.Rounds = append(result.Rounds, seconds[0]/seconds[1])
		options.Progress(round+1, seconds[0], seconds[1])
	}
	result.Cases = perRound * options.Rounds
	for _, figures := range []struct {
		*Figures
		temporal client.Client
	}{{&result.Bare, bare.temporal}, {&result.Ours, ours.temporal}} {
		if err := figures.finish(ctx, figures.temporal, result.Cases, options.Signatures); err != nil {
			return result, err
		}
	}
	result.Ratio = result.Ours.CasesPerSecond / result.Bare.CasesPerSecond
	return result, nil
}

// round carries a number of cases, so many at a time, and adds what it took.
func (f *Figures) round(ctx context.Context, path carrier, cases, concurrency int) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var mutex sync.Mutex
	signed := func(took time.Duration) {
		mutex.Lock()
		defer mutex.Unlock()
		f.signatures = append(f.signatures, took)
	}
	numbers := make(chan struct{}, cases)
	for range cases {
		numbers <- struct{}{}
	}
	close(numbers)
	var working sync.WaitGroup
	began := time.Now()
	for range min(concurrency, cases) {
		working.Go(func() {
			for range numbers {
				id, err := path.carry(ctx, signed)
				if err != nil {
					cancel(fmt.Errorf("carry a case: %w", err))
					return
				}
				mutex.Lock()
				f.historyOfOneCase = id
				mutex.Unlock()
			}
		})
	}
	working.Wait()
	f.seconds += time.Since(began).Seconds()
	return context.Cause(ctx)
}

func (f *Figures) finish(ctx context.Context, temporal client.Client, cases, signatures int) error {
	described, err := temporal.DescribeWorkflowExecution(ctx, f.historyOfOneCase, "")
	if err != nil {
		return err
	}
	f.EventsPerSignature = float64(described.GetWorkflowExecutionInfo().GetHistoryLength()) / float64(signatures)
	f.CasesPerSecond = float64(cases) / f.seconds
	slices.Sort(f.signatures)
	at := func(share float64) float64 {
		return float64(f.signatures[int(share*float64(len(f.signatures)-1))].Microseconds()) / 1000
	}
	f.SignatureP50Millis, f.SignatureP95Millis = at(0.5), at(0.95)
	return nil
}
