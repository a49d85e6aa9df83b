package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/gofiber/fiber/v2"
	"go.temporal.io/sdk/client"

	"jieli/activities"
	"jieli/api"
	"jieli/internal/clock"
	"jieli/internal/config"
	"jieli/internal/crypt"
	"jieli/internal/temporalgate"
	"jieli/papers"
	"jieli/policies"
	"jieli/store"
	"jieli/worker"
)

//go:embed demo/communities-210106.csv
var demoCommunities []byte

// demoPassword is that of every demonstration account.
const demoPassword = "jieli-demo"

// system is a connected program: what every command is wired from.
type system struct {
	config   config.Config
	clock    clock.Source
	ring     *crypt.Keyring
	store    *store.Store
	temporal client.Client
	logger   *slog.Logger
}

func newLogger(level string) *slog.Logger {
	var parsed slog.Level
	if parsed.UnmarshalText([]byte(level)) != nil {
		parsed = slog.LevelInfo
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: parsed}))
}

func connect(ctx context.Context, settings config.Config, ring *crypt.Keyring, source clock.Source, withTemporal bool) (*system, error) {
	s := &system{config: settings, clock: source, ring: ring, logger: newLogger(settings.LogLevel)}
	var err error
	if s.store, err = store.Open(ctx, settings.DatabaseURL, ring, source); err != nil {
		return nil, err
	}
	s.store.SendBy(channelsOf(settings)...)
	if withTemporal {
		if s.temporal, err = worker.Dial(ctx, settings.TemporalAddress, settings.TemporalNamespace, ring, s.logger); err != nil {
			s.store.Close()
			return nil, err
		}
	}
	return s, nil
}

func (s *system) close() {
	if s.temporal != nil {
		s.temporal.Close()
	}
	s.store.Close()
}

// fromEnvironment connects as api, worker and the tools do in production.
func fromEnvironment(ctx context.Context, withTemporal bool) (*system, error) {
	settings, err := config.Load()
	if err != nil {
		return nil, err
	}
	if err := settings.Require(); err != nil {
		return nil, err
	}
	ring, err := crypt.Load(settings.KeysFile)
	if err != nil {
		return nil, err
	}
	return connect(ctx, settings, ring, clock.Real(), withTemporal)
}

func (s *system) seedDemo(ctx context.Context) error {
	hash, err := argon2id.CreateHash(demoPassword, argon2id.DefaultParams)
	if err != nil {
		return err
	}
	if err := s.store.SeedDemo(ctx, bytes.NewReader(demoCommunities), hash); err != nil {
		return err
	}
	return s.store.SeedDemoGroup(ctx)
}

// serve runs the API until the context ends. announce is told the address once requests are served.
func (s *system) serve(ctx context.Context, web fs.FS, demo bool, announce func(address string)) error {
	enforcer := &policies.Enforcer{}
	if err := s.reloadPosts(ctx, enforcer); err != nil {
		return err
	}
	jobs := &activities.RosterJobs{Store: s.store, Clock: s.clock, Logger: s.logger}
	gate := temporalgate.Gate{Client: s.temporal, Namespace: s.config.TemporalNamespace, Start: worker.Starter{Client: s.temporal}.StartCase}
	hub := api.NewHub(s.store, s.logger)
	app := api.New(api.Options{Store: s.store, Gate: gate, Hub: hub, Papers: papers.NewPrinter(s.config.Papers), PublicAddress: s.config.PublicAddress, Rosters: jobs, Enforcer: enforcer, Clock: s.clock, Logger: s.logger, Web: web, Demo: demo, Secure: s.config.Secure})
	listener, err := listen(s.config.HTTP, s.logger)
	if err != nil {
		return err
	}
	var background sync.WaitGroup
	background.Go(func() { jobs.Run(ctx) })
	background.Go(func() { hub.Run(ctx) })
	background.Go(func() { api.Sweep(ctx, s.store, gate, s.logger, 10*time.Second) })
	background.Go(func() { s.keepPosts(ctx, enforcer) })
	background.Go(func() { s.checkPapers(ctx) })
	background.Go(func() { stopWith(ctx, app, s.logger) })
	announce("http://" + listener.Addr().String())
	err = app.Listener(listener)
	background.Wait()
	return err
}

// checkPapers says in the log what keeps papers from being printed; everything else runs without.
func (s *system) checkPapers(ctx context.Context) {
	if err := papers.Missing(ctx); err != nil && ctx.Err() == nil {
		s.logger.Warn(err.Error())
	}
	_, faults := papers.Templates{Folder: s.config.Papers}.Check()
	for _, fault := range faults {
		s.logger.Warn("a template of a paper is broken", "fault", fault)
	}
}

// stopWith lets running requests finish before the server ends.
func stopWith(ctx context.Context, app *fiber.App, logger *slog.Logger) {
	<-ctx.Done()
	if err := app.ShutdownWithTimeout(10 * time.Second); err != nil {
		logger.Warn("stop serving", "error", err)
	}
}

// listen takes the wished address, or any free port of the host when it is taken, and says so.
func listen(address string, logger *slog.Logger) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err == nil {
		return listener, nil
	}
	host, port, splitErr := net.SplitHostPort(address)
	if splitErr != nil {
		return nil, fmt.Errorf("the address %q is not host:port", address)
	}
	logger.Warn("the port is taken; another one is used", "port", port)
	return net.Listen("tcp", net.JoinHostPort(host, "0"))
}

func (s *system) reloadPosts(ctx context.Context, enforcer *policies.Enforcer) error {
	posts, err := s.store.AllPosts(ctx)
	if err != nil {
		return err
	}
	return enforcer.Load(posts)
}

// keepPosts reloads the posts every few seconds, so that a changed post counts soon everywhere.
func (s *system) keepPosts(ctx context.Context, enforcer *policies.Enforcer) {
	ticker := time.NewTicker(15 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			if err := s.reloadPosts(ctx, enforcer); err != nil && !errors.Is(err, context.Canceled) {
				s.logger.Warn("reload posts", "error", err)
			}
		}
	}
}
