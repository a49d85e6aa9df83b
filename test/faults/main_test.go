package faults

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/crypt"
	"jieli/internal/stacktest"
	"jieli/store"
	"jieli/worker"
)

// deadly is the opinion whose commit is the last thing a marked process does.
const deadly = "签署后进程被杀"

// Settings of the worker that this test binary becomes when they are set.
const (
	workerDatabase  = "JIELI_FAULTS_DATABASE_URL"
	workerTemporal  = "JIELI_FAULTS_TEMPORAL"
	workerNamespace = "JIELI_FAULTS_NAMESPACE"
	workerKeys      = "JIELI_FAULTS_KEYS"
	workerDies      = "JIELI_FAULTS_DIES"
)

func TestMain(m *testing.M) {
	become := work
	if os.Getenv(payerFolder) != "" {
		become = pay
	}
	if os.Getenv(workerDatabase) != "" {
		if err := become(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	stacktest.Main(m)
}

// afterCommit tells when the commit with the deadly opinion has become visible in PostgreSQL, before
// the worker can answer anybody.
type afterCommit struct {
	*store.Store
	happened func()
}

func (s afterCommit) Commit(ctx context.Context, no string, head int64, key string, proposal *approval.Entry) (approval.Committed, error) {
	committed, err := s.Store.Commit(ctx, no, head, key, proposal)
	written := func(entry approval.Entry) bool { return entry.Key == key && entry.Opinion == deadly }
	if err == nil && !committed.Known && slices.ContainsFunc(committed.Entries, written) {
		s.happened()
	}
	return committed, err
}

// work is a worker process of its own, as `jieli worker` is.
func work() error {
	ring, err := crypt.Load(os.Getenv(workerKeys))
	if err != nil {
		return err
	}
	ctx := context.Background()
	logger := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelError}))
	opened, err := store.Open(ctx, os.Getenv(workerDatabase), ring, clock.Real())
	if err != nil {
		return err
	}
	temporal, err := worker.Dial(ctx, os.Getenv(workerTemporal), os.Getenv(workerNamespace), ring, logger)
	if err != nil {
		return err
	}
	var given worker.Store = opened
	if os.Getenv(workerDies) != "" {
		given = afterCommit{Store: opened, happened: func() {
			_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
			select {} // not one instruction more of the worker
		}}
	}
	return worker.Run(ctx, temporal, given, logger)
}

// startWorker starts a worker process on a system's servers.
func startWorker(t *testing.T, s *stacktest.System, dies bool) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	process := exec.Command(self)
	process.Env = append(os.Environ(), workerDatabase+"="+s.Database.URL, workerTemporal+"="+stacktest.Start(t).TemporalAddress,
		workerNamespace+"="+s.Namespace, workerKeys+"="+s.KeysFile)
	if dies {
		process.Env = append(process.Env, workerDies+"=1")
	}
	process.Stderr, process.SysProcAttr = os.Stderr, &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = process.Process.Kill(); _ = process.Wait() })
	return process
}

// processOf finds the one running process whose command line holds every given word. The words name
// a folder of this test, so that nothing else is ever found.
func processOf(t *testing.T, words ...string) int {
	t.Helper()
	found := 0
	entries, err := os.ReadDir("/proc")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		line, err := os.ReadFile(filepath.Join("/proc", entry.Name(), "cmdline"))
		if err != nil || slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(string(line), word) }) {
			continue
		}
		found = pid
	}
	return found
}

// signatures counts the journal entries of a case that approve a task.
func signatures(t *testing.T, c *stacktest.Client, no string) map[string]int {
	t.Helper()
	var journal struct {
		Items []struct {
			Events []struct{ Kind, Task string }
		}
	}
	c.Get("/cases/" + no + "/journal").Expect(200).Read(&journal)
	counts := map[string]int{}
	for _, entry := range journal.Items {
		for _, event := range entry.Events {
			if event.Kind == "task_signed" {
				counts[event.Task]++
			}
		}
	}
	return counts
}

// ready waits for the ready line of a `jieli dev`.
func ready(output *bufio.Scanner) (string, error) {
	for output.Scan() {
		if address, ok := strings.CutPrefix(output.Text(), "ready "); ok {
			return address, nil
		}
	}
	return "", fmt.Errorf("jieli dev ended before it was ready: %w", output.Err())
}
