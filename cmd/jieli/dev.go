package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"jieli/internal/bank"
	"jieli/internal/clock"
	"jieli/internal/config"
	"jieli/internal/crypt"
	"jieli/internal/devstack"
	"jieli/internal/notify"
	"jieli/web"
)

func devCommand() *cobra.Command {
	data, http, demo := ".jieli", "", false
	var ahead time.Duration
	command := &cobra.Command{Use: "dev", Short: "Run everything on this machine, with its own PostgreSQL and Temporal", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		return runDev(command.Context(), data, http, demo, ahead)
	}}
	command.Flags().StringVar(&data, "data", data, "folder of all state")
	command.Flags().StringVar(&http, "http", http, "address to serve on (default JIELI_HTTP or 127.0.0.1:8080)")
	command.Flags().BoolVar(&demo, "demo", demo, "fill an empty database with demonstration data")
	command.Flags().DurationVar(&ahead, "ahead", ahead, "run by a clock that is ahead by this much (or behind: -24h), to rehearse what time brings")
	return command
}

func runDev(ctx context.Context, data, http string, demo bool, ahead time.Duration) error {
	settings, err := config.Load()
	if err != nil {
		return err
	}
	if http != "" {
		settings.HTTP = http
	}
	stop, err := startStack(ctx, data, &settings)
	if err != nil {
		return err
	}
	defer stop()
	keys := settings.KeysFile
	if keys == "" {
		keys = filepath.Join(data, "keys.json")
	}
	ring, err := crypt.LoadOrCreate(keys)
	if err != nil {
		return err
	}
	s, err := connect(ctx, settings, ring, clock.Ahead(ahead), true)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.store.Migrate(ctx); err != nil {
		return err
	}
	if demo {
		if err := s.seedDemo(ctx); err != nil {
			return err
		}
	}
	outbox, err := s.outbox()
	if err != nil {
		return err
	}
	if demo {
		// Nobody is written to, whatever the environment says.
		s.store.SendBy(notify.SMS, notify.Mail)
		outbox = s.capture()
	}
	// `jieli doctor --data` finds a running dev by this file.
	body := fmt.Sprintf("JIELI_DATABASE_URL=%s\nJIELI_TEMPORAL_ADDRESS=%s\nJIELI_TEMPORAL_NAMESPACE=%s\nJIELI_KEYS_FILE=%s\n", settings.DatabaseURL, settings.TemporalAddress, settings.TemporalNamespace, keys)
	if err := os.WriteFile(filepath.Join(data, "running"), []byte(body), 0o600); err != nil {
		return err
	}
	working, cancel := context.WithCancel(ctx)
	defer cancel()
	var workers sync.WaitGroup
	var workerErr error
	workers.Go(func() {
		folder := settings.BankFolder
		if folder == "" && demo {
			folder = filepath.Join(data, "bank")
			workers.Go(func() { s.simulateBank(working, bank.Folder{Path: folder}) })
		}
		if workerErr = s.work(working, folder, outbox); workerErr != nil {
			cancel()
		}
	})
	err = s.serve(working, web.Files(), demo, func(address string) { fmt.Println("ready", address) })
	cancel()
	workers.Wait()
	if workerErr != nil {
		return workerErr
	}
	return err
}

// startStack starts the private PostgreSQL and Temporal, for whichever the environment names none.
func startStack(ctx context.Context, data string, settings *config.Config) (stop func(), err error) {
	if err := os.MkdirAll(data, 0o755); err != nil {
		return nil, err
	}
	if settings.DatabaseURL != "" && settings.TemporalAddress != "" {
		return func() {}, nil
	}
	logger := newLogger(settings.LogLevel)
	stack, err := devstack.Start(ctx, devstack.Options{Data: data, PostgresPort: 15432, TemporalPort: 17233, TemporalUIPort: 18233,
		SkipPostgres: settings.DatabaseURL != "", SkipTemporal: settings.TemporalAddress != "",
		Log: func(format string, arguments ...any) { logger.Info(fmt.Sprintf(format, arguments...)) }})
	if err != nil {
		return nil, err
	}
	if settings.DatabaseURL == "" {
		settings.DatabaseURL = stack.DatabaseURL
	}
	if settings.TemporalAddress == "" {
		settings.TemporalAddress, settings.TemporalNamespace = stack.TemporalAddress, devstack.Namespace
		logger.Info("Temporal's own pages", "address", "http://"+stack.TemporalUIAddress)
	}
	return func() {
		if err := stack.Stop(); err != nil {
			logger.Warn("stop the development stack", "error", err)
		}
	}, nil
}
