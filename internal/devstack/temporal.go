package devstack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"

	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	temporallog "go.temporal.io/sdk/log"
)

func (s *Stack) startTemporal(ctx context.Context, data string, options Options) error {
	program, err := findTemporal()
	if err != nil {
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
		arguments = append(arguments, "--ui-port", strconv.Itoa(uiPort), "--db-filename", filepath.Join(data, "temporal.db"))
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
