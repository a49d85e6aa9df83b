package devstack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	temporallog "go.temporal.io/sdk/log"
)

func (s *Stack) startTemporal(ctx context.Context, data string, options Options) error {
	program, err := findTemporal()
	if err != nil {
		return err
	}
	database := filepath.Join(data, "temporal.db")
	if err := endLeftoverTemporal(database); err != nil {
		return err
	}
	port, err := choosePort("Temporal", options.TemporalPort, options.Log)
	if err != nil {
		return err
	}
	uiPort, err := choosePort("Temporal's pages", options.TemporalUIPort, options.Log)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(data, "temporal.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	arguments := []string{"server", "start-dev", "--ip", "127.0.0.1", "--port", strconv.Itoa(port), "--namespace", Namespace, "--log-level", "warn",
		// One machine serves every office here; the limits of a shared cluster would only slow the batches.
		"--dynamic-config-value", "frontend.namespaceRPS=20000", "--dynamic-config-value", "frontend.rps=20000",
		"--dynamic-config-value", "history.rps=50000", "--dynamic-config-value", "matching.rps=50000"}
	if options.Ephemeral {
		arguments = append(arguments, "--headless")
	} else {
		arguments = append(arguments, "--ui-port", strconv.Itoa(uiPort), "--db-filename", database)
	}
	process := &child{name: "Temporal", quit: syscall.SIGTERM, log: options.Log, command: func() *exec.Cmd {
		command := exec.Command(program, arguments...)
		command.Dir, command.Stdout, command.Stderr = data, log, log
		return command
	}}
	if err := process.start(); err != nil {
		return fmt.Errorf("start Temporal: %w", err)
	}
	s.children = append(s.children, process)
	s.TemporalAddress, s.TemporalUIAddress = loopback(port), loopback(uiPort)
	quiet := temporallog.NewStructuredLogger(slog.New(slog.DiscardHandler))
	connection, err := client.NewLazyClient(client.Options{HostPort: s.TemporalAddress, Namespace: Namespace, Logger: quiet})
	if err != nil {
		return err
	}
	defer connection.Close()
	return await(ctx, process, log.Name(), func(ctx context.Context) error {
		_, err := connection.WorkflowService().DescribeNamespace(ctx, &workflowservice.DescribeNamespaceRequest{Namespace: Namespace})
		return err
	})
}

// leftoverPatience is how long a Temporal of an earlier program may take to end by itself.
const leftoverPatience = 5 * time.Second

// endLeftoverTemporal ends a server that an earlier program left when it was killed: two servers in
// one database file would starve each other of its lock.
func endLeftoverTemporal(database string) error {
	pid := processWith("start-dev", "--db-filename", database)
	if pid == 0 {
		return nil
	}
	_ = syscall.Kill(pid, syscall.SIGTERM)
	if gone(pid, database, leftoverPatience) {
		return nil
	}
	// Its database bears that, as it bears a power cut.
	_ = syscall.Kill(pid, syscall.SIGKILL)
	if gone(pid, database, stopPatience) {
		return nil
	}
	return fmt.Errorf("a Temporal server (process %d) still works on %s and does not stop", pid, database)
}

// processWith finds a process that was started with all of these arguments.
func processWith(arguments ...string) int {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return 0
	}
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err == nil && startedWith(pid, arguments...) {
			return pid
		}
	}
	return 0
}

func startedWith(pid int, arguments ...string) bool {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return false
	}
	given := strings.Split(string(line), "\x00")
	return !slices.ContainsFunc(arguments, func(argument string) bool { return !slices.Contains(given, argument) })
}

// gone waits until the process does not work with the argument any more; its number may be another's by then.
func gone(pid int, argument string, patience time.Duration) bool {
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if !startedWith(pid, argument) {
			return true
		}
	}
	return false
}

// findTemporal looks where TEMPORAL_CLI says, on the PATH, beside this program and in bin/.
func findTemporal() (string, error) {
	if named := os.Getenv("TEMPORAL_CLI"); named != "" {
		if !executable(named) {
			return "", fmt.Errorf("TEMPORAL_CLI names %s, which is no program", named)
		}
		return named, nil
	}
	candidates := []string{}
	if path, err := exec.LookPath("temporal"); err == nil {
		candidates = append(candidates, path)
	}
	if self, err := os.Executable(); err == nil {
		candidates = append(candidates, filepath.Join(filepath.Dir(self), "temporal"))
	}
	// Tests run in their package's folder, so bin/ is looked for upwards too.
	if folder, err := os.Getwd(); err == nil {
		for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
			candidates = append(candidates, filepath.Join(folder, "bin", "temporal"))
		}
	}
	for _, path := range candidates {
		if executable(path) {
			return filepath.Abs(path)
		}
	}
	return "", errors.New("the Temporal dev server was not found; build it with `make bin/temporal` (or `GOBIN=$PWD/bin go install github.com/temporalio/cli/cmd/temporal@v1.5.1`), or name a server in JIELI_TEMPORAL_ADDRESS")
}
