package stacktest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"jieli/internal/devstack"
)

// Stack is the servers of this test process.
type Stack struct {
	DatabaseURL     string
	TemporalAddress string

	given  bool // the database's server was named by the environment
	stack  *devstack.Stack
	folder string
	run    string
}

// startPatience is a safety net: a first start takes seconds.
const startPatience = 2 * time.Minute

// Patience bounds how long a test waits for a condition before it says what did not happen.
const Patience = time.Minute

var (
	once    sync.Once
	shared  *Stack
	failure error
)

// Main runs the tests of a package and stops the servers they started.
func Main(m *testing.M) {
	code := m.Run()
	if shared != nil {
		if err := shared.stop(); err != nil {
			fmt.Fprintln(os.Stderr, "stop the servers:", err)
			code = max(code, 1)
		}
	}
	os.Exit(code)
}

// Start returns the servers of this process, starting them at the first call.
func Start(t testing.TB) *Stack {
	t.Helper()
	once.Do(func() { shared, failure = start() })
	if failure != nil {
		t.Fatal(failure)
	}
	return shared
}

func start() (*Stack, error) {
	s := &Stack{DatabaseURL: os.Getenv("JIELI_TEST_DATABASE_URL"), TemporalAddress: os.Getenv("JIELI_TEST_TEMPORAL_ADDRESS"),
		run: fmt.Sprintf("%d_%d", os.Getpid(), time.Now().UnixNano())}
	s.given = s.DatabaseURL != ""
	if s.given && s.TemporalAddress != "" {
		return s, nil
	}
	folder, err := os.MkdirTemp("", "jieli-stacktest-")
	if err != nil {
		return nil, err
	}
	s.folder = folder
	// As root, PostgreSQL runs as another user, who has to get through.
	if err := os.Chmod(folder, 0o755); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), startPatience)
	defer cancel()
	s.stack, err = devstack.Start(ctx, devstack.Options{Data: folder, Ephemeral: true, SkipPostgres: s.DatabaseURL != "", SkipTemporal: s.TemporalAddress != ""})
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	if s.DatabaseURL == "" {
		s.DatabaseURL = s.stack.DatabaseURL
	}
	if s.TemporalAddress == "" {
		s.TemporalAddress = s.stack.TemporalAddress
	}
	return s, nil
}

func (s *Stack) stop() error {
	var failures []error
	for _, made := range []*template{&empty, &demo} {
		// A server of one's own goes with its folder; a given one is left as it was.
		if made.name != "" && s.given {
			failures = append(failures, s.administer(`DROP DATABASE IF EXISTS `+made.name+` WITH (FORCE)`))
		}
	}
	if s.stack != nil {
		failures = append(failures, s.stack.Stop(), os.RemoveAll(s.folder))
	}
	return errors.Join(failures...)
}

// Until asks again and again until the condition holds, and fails with what was waited for.
func Until(t testing.TB, what string, holds func() bool) {
	t.Helper()
	deadline := time.Now().Add(Patience)
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatalf("this did not come about within %s: %s", Patience, what)
		}
		time.Sleep(10 * time.Millisecond)
	}
}
