package devstack_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/internal/devstack"
)

// patience bounds every wait; it is a safety net, not a measure.
const patience = 90 * time.Second

// order is what the program that this test binary becomes is told to do.
type order struct {
	Options devstack.Options
	// Hide is a folder that is empty for this program alone.
	Hide string
}

// report is one line of that program's output.
type report struct {
	Log, Error         string
	Ready              bool
	Database, Temporal string
}

const orderVariable = "JIELI_DEVSTACK_ORDER"

func TestMain(m *testing.M) {
	if text := os.Getenv(orderVariable); text != "" {
		if err := program(text); err != nil {
			say(report{Error: err.Error()})
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

func say(r report) {
	line, _ := json.Marshal(r)
	fmt.Println(string(line))
}

// program starts the stack and stops it when its standard input ends.
func program(text string) error {
	var given order
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return err
	}
	if given.Hide != "" {
		if err := syscall.Mount("none", given.Hide, "tmpfs", 0, ""); err != nil {
			return fmt.Errorf("hide %s: %w", given.Hide, err)
		}
	}
	given.Options.Log = func(format string, arguments ...any) { say(report{Log: fmt.Sprintf(format, arguments...)}) }
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	stack, err := devstack.Start(ctx, given.Options)
	if err != nil {
		return err
	}
	say(report{Ready: true, Database: stack.DatabaseURL, Temporal: stack.TemporalAddress})
	_, _ = io.Copy(io.Discard, os.Stdin)
	return stack.Stop()
}

// running is that program as the test sees it.
type running struct {
	t       *testing.T
	process *exec.Cmd
	input   io.Closer
	output  *bufio.Scanner
	logs    []string
	report
}

// folder makes a folder that other users may pass through.
func folder(t *testing.T) string {
	t.Helper()
	made, err := os.MkdirTemp("", "jieli-devstack-")
	if err == nil {
		err = os.Chmod(made, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(made) })
	return made
}

// launch starts the program; adjust changes the process before.
func launch(t *testing.T, given order, adjust func(*exec.Cmd)) *running {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(map[string]any{"Hide": given.Hide, "Options": map[string]any{"Data": given.Options.Data, "PostgresPort": given.Options.PostgresPort,
		"TemporalPort": given.Options.TemporalPort, "SkipPostgres": given.Options.SkipPostgres, "SkipTemporal": given.Options.SkipTemporal}})
	if err != nil {
		t.Fatal(err)
	}
	r := &running{t: t, process: exec.Command(self)}
	r.process.Env, r.process.Stderr = append(os.Environ(), orderVariable+"="+string(text)), os.Stderr
	r.process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if adjust != nil {
		adjust(r.process)
	}
	if r.input, err = r.process.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	output, err := r.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	r.output = bufio.NewScanner(output)
	if err := r.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { r.stop() })
	for r.output.Scan() {
		var line report
		if json.Unmarshal(r.output.Bytes(), &line) != nil {
			continue
		}
		if line.Log != "" {
			r.logs = append(r.logs, line.Log)
			continue
		}
		r.report = line
		return r
	}
	t.Fatal("the program ended without a word")
	return nil
}

// started launches and expects the stack to run.
func started(t *testing.T, given order, adjust func(*exec.Cmd)) *running {
	t.Helper()
	r := launch(t, given, adjust)
	if !r.Ready {
		t.Fatalf("the stack did not start: %s", r.Error)
	}
	return r
}

// stop ends the program in order and waits for it.
func (r *running) stop() {
	if r.process == nil {
		return
	}
	_ = r.input.Close()
	for r.output.Scan() {
		r.logs = append(r.logs, r.output.Text())
	}
	_ = r.process.Wait()
	r.process = nil
}

// kill ends it as a crash would.
func (r *running) kill() {
	_ = r.process.Process.Kill()
	_ = r.process.Wait()
	r.process = nil
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("this did not come about: %s", what)
		}
	}
}

// processes finds the processes that were started with all of these arguments.
func processes(arguments ...string) []int {
	var found []int
	entries, _ := os.ReadDir("/proc")
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		line, _ := os.ReadFile(filepath.Join("/proc", entry.Name(), "cmdline"))
		given := strings.Split(string(line), "\x00")
		if !slices.ContainsFunc(arguments, func(argument string) bool { return !slices.Contains(given, argument) }) {
			found = append(found, pid)
		}
	}
	return found
}

// temporals and postmasters work in a data folder.
func temporals(data string) []int   { return processes("start-dev", filepath.Join(data, "temporal.db")) }
func postmasters(data string) []int { return processes("-D", filepath.Join(data, "postgres")) }

// connect opens the stack's database.
func (r *running) connect() *pgx.Conn {
	r.t.Helper()
	connection, err := pgx.Connect(r.t.Context(), r.Database)
	if err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(func() { _ = connection.Close(context.Background()) })
	return connection
}

// remember writes something that a later start must find again.
func (r *running) remember(word string) {
	r.t.Helper()
	if _, err := r.connect().Exec(r.t.Context(), `CREATE TABLE IF NOT EXISTS memory(word text); INSERT INTO memory VALUES ('`+word+`')`); err != nil {
		r.t.Fatal(err)
	}
}

func (r *running) remembers(word string) {
	r.t.Helper()
	var known bool
	if err := r.connect().QueryRow(r.t.Context(), `SELECT EXISTS (SELECT FROM memory WHERE word = $1)`, word).Scan(&known); err != nil || !known {
		r.t.Fatalf("what was written before the start is gone (%v)", err)
	}
}

// temporalProgram is a copy of bin/temporal that every user may run.
func temporalProgram(t *testing.T, into string) string {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("..", "..", "bin", "temporal"))
	if err != nil {
		t.Fatalf("%v; `make bin/temporal` builds it", err)
	}
	path := filepath.Join(into, "temporal")
	if err := os.WriteFile(path, body, 0o755); err != nil {
		t.Fatal(err)
	}
	return path
}

// hasLog tells whether one of the program's remarks holds every word.
func (r *running) hasLog(words ...string) bool {
	return slices.ContainsFunc(r.logs, func(line string) bool {
		return !slices.ContainsFunc(words, func(word string) bool { return !bytes.Contains([]byte(line), []byte(word)) })
	})
}

func pings(t *testing.T, address string) bool {
	t.Helper()
	connection, err := pgx.Connect(t.Context(), address)
	if err != nil {
		return false
	}
	defer func() { _ = connection.Close(context.Background()) }()
	return connection.Ping(t.Context()) == nil
}
