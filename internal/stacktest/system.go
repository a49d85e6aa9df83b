package stacktest

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"go.temporal.io/sdk/client"

	"jieli/activities"
	"jieli/api"
	"jieli/internal/temporalgate"
	"jieli/papers"
	"jieli/policies"
	"jieli/store"
	"jieli/worker"
)

// Options changes how a system is put together; the zero value is the product as it runs.
type Options struct {
	// Database is used instead of a fresh one with demonstration data.
	Database *Database
	// ActDeadline is how long a write waits for the gate.
	ActDeadline time.Duration
	// Heartbeat is how often a silent stream shows that it lives.
	Heartbeat time.Duration
	// Gate and Worker wrap what the API and the worker are given.
	Gate   func(api.Gate) api.Gate
	Worker func(*store.Store) worker.Store
	// SweepEvery starts the sweeper at this pace; zero leaves it off.
	SweepEvery time.Duration
	// WithoutWorker starts no worker: StartWorker does.
	WithoutWorker bool
	// TemporalAddress names another Temporal than the one of this process, with its namespace jieli.
	TemporalAddress, TemporalNamespace string
	// Papers is the folder of replaced templates.
	Papers string
}

// System is the whole product in this process: API, worker and background jobs.
type System struct {
	*Database
	URL       string
	Temporal  client.Client
	Namespace string
	Enforcer  *policies.Enforcer
	Logs      *Logs

	t       testing.TB
	options Options
	logger  *slog.Logger
	halt    func()
	unserve func()
	clients sync.Map
}

// Logs keeps what the process writes to its log.
type Logs struct {
	mutex  sync.Mutex
	buffer bytes.Buffer
}

func (l *Logs) Write(line []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.buffer.Write(line)
}

// String is everything logged so far.
func (l *Logs) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.buffer.String()
}

// NewSystem starts API and worker on a database and a namespace of their own.
func NewSystem(t testing.TB, options Options) *System {
	t.Helper()
	s := &System{Database: options.Database, Enforcer: &policies.Enforcer{}, Logs: &Logs{}, t: t, options: options}
	if s.Database == nil {
		s.Database = Demo(t)
	}
	s.logger = slog.New(slog.NewTextHandler(s.Logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	address := options.TemporalAddress
	if s.Namespace = options.TemporalNamespace; address == "" {
		address, s.Namespace = Start(t).TemporalAddress, Namespace(t)
	}
	var err error
	if s.Temporal, err = worker.Dial(t.Context(), address, s.Namespace, s.Ring, s.logger); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Temporal.Close)
	t.Cleanup(s.explain)
	s.ReloadPosts()
	if !options.WithoutWorker {
		s.StartWorker()
	}
	t.Cleanup(s.StopWorker)
	s.serve()
	return s
}

// explain shows what a failed test made the product log as an error.
func (s *System) explain() {
	if !s.t.Failed() {
		return
	}
	for line := range strings.Lines(s.Logs.String()) {
		if strings.Contains(line, "level=ERROR") {
			s.t.Log(strings.TrimSpace(line))
		}
	}
}

// ReloadPosts gives the enforcer the posts of this moment.
func (s *System) ReloadPosts() {
	s.t.Helper()
	posts, err := s.AllPosts(context.Background())
	if err != nil {
		s.t.Fatal(err)
	}
	if err := s.Enforcer.Load(posts); err != nil {
		s.t.Fatal(err)
	}
}

// StartWorker starts the worker that StopWorker ends.
func (s *System) StartWorker() {
	s.t.Helper()
	var given worker.Store = s.Store
	if s.options.Worker != nil {
		given = s.options.Worker(s.Store)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() {
		if err := worker.Run(ctx, s.Temporal, given, s.logger); err != nil {
			s.t.Error(err)
		}
	})
	s.halt = func() { cancel(); running.Wait() }
}

// StopWorker stops the worker in order; without one it does nothing.
func (s *System) StopWorker() {
	if s.halt != nil {
		s.halt()
		s.halt = nil
	}
}

// TemporalGate is the gate the API uses.
func (s *System) TemporalGate() api.Gate {
	var gate api.Gate = temporalgate.Gate{Client: s.Temporal, Namespace: s.Namespace, Start: worker.Starter{Client: s.Temporal}.StartCase}
	if s.options.Gate != nil {
		gate = s.options.Gate(gate)
	}
	return gate
}

func (s *System) serve() {
	jobs := &activities.RosterJobs{Store: s.Store, Clock: s.Clock.Source(), Logger: s.logger}
	gate := s.TemporalGate()
	hub := api.NewHub(s.Store, s.logger)
	app := api.New(api.Options{Store: s.Store, Gate: gate, Hub: hub, Heartbeat: s.options.Heartbeat, Papers: papers.NewPrinter(s.options.Papers), Rosters: jobs, Enforcer: s.Enforcer, Clock: s.Clock.Source(), Logger: s.logger,
		Demo: true, ActDeadline: s.options.ActDeadline})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		s.t.Fatal(err)
	}
	s.URL = "http://" + listener.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { jobs.Run(ctx) })
	running.Go(func() { hub.Run(ctx) })
	if s.options.SweepEvery > 0 {
		running.Go(func() { api.Sweep(ctx, s.Store, gate, s.logger, s.options.SweepEvery) })
	}
	running.Go(func() { _ = app.Listener(listener) })
	s.unserve = sync.OnceFunc(func() {
		cancel()
		_ = app.ShutdownWithTimeout(5 * time.Second)
		running.Wait()
	})
	s.t.Cleanup(s.unserve)
}

// StopServing stops the API in order, as the product does when it is asked to end.
func (s *System) StopServing() { s.unserve() }

// Doctor examines the whole system and returns what it found.
func (s *System) Doctor() []string {
	s.t.Helper()
	var found []string
	_, _, err := s.Examine(context.Background(), WorkflowVersion(s.Temporal), func(subject, violation string) { found = append(found, subject+": "+violation) })
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}
