package e2e

import (
	"bufio"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// stack is one running `jieli dev --demo`.
type stack struct {
	url    string
	data   string
	binary string
	stop   func()
}

// shared is the stack every test of the package uses; JIELI_URL names one that runs already.
var shared stack

func TestMain(m *testing.M) {
	code := 1
	started, err := startStack()
	if err != nil {
		fmt.Fprintln(os.Stderr, "start the stack:", err)
	} else {
		shared = started
		code = m.Run()
		shared.stop()
	}
	os.Exit(code)
}

func startStack() (stack, error) {
	folder, err := os.MkdirTemp("", "jieli-e2e-")
	if err != nil {
		return stack{}, err
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		return stack{}, err
	}
	binary := filepath.Join(folder, "jieli")
	root, err := filepath.Abs("../..")
	if err != nil {
		return stack{}, err
	}
	build := exec.Command("go", "build", "-o", binary, "./cmd/jieli")
	build.Dir, build.Stderr = root, os.Stderr
	if err := build.Run(); err != nil {
		return stack{}, fmt.Errorf("build jieli: %w", err)
	}
	data := filepath.Join(folder, "data")
	url, process, err := startDev(binary, data)
	if err != nil {
		return stack{}, err
	}
	return stack{url: url, data: data, binary: binary, stop: func() {
		_ = process.Process.Signal(syscall.SIGINT)
		_ = process.Wait()
		_ = os.RemoveAll(folder)
	}}, nil
}

// startDev starts `jieli dev --demo` and waits for its ready line.
func startDev(binary, data string) (url string, process *exec.Cmd, err error) {
	process = exec.Command(binary, "dev", "--demo", "--data", data, "--http", "127.0.0.1:0")
	// The Temporal program lies in the project's bin/, which is looked for from the working folder up.
	process.Stderr = os.Stderr
	if os.Getenv("JIELI_E2E_QUIET") == "" {
		process.Env = append(os.Environ(), "JIELI_LOG_LEVEL=warn")
	}
	process.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
	output, err := process.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := process.Start(); err != nil {
		return "", nil, err
	}
	lines := bufio.NewScanner(output)
	for lines.Scan() {
		if address, found := strings.CutPrefix(lines.Text(), "ready "); found {
			go func() {
				for lines.Scan() {
				}
			}()
			return address, process, nil
		}
	}
	return "", nil, fmt.Errorf("jieli dev ended before it was ready: %w", process.Wait())
}

// doctor runs `jieli doctor --json` on the stack and returns its lines and whether it found nothing.
func doctor(t *testing.T) (lines []string, clean bool) {
	t.Helper()
	command := exec.Command(shared.binary, "doctor", "--json", "--data", shared.data)
	output, err := command.Output()
	lines = strings.Split(strings.TrimSpace(string(output)), "\n")
	return lines, err == nil
}

// replayLive replays every open case of the running stack with the program under test.
func replayLive(t *testing.T) {
	t.Helper()
	output, err := exec.Command(shared.binary, "replay", "--against-live", "--data", shared.data).CombinedOutput()
	if err != nil || strings.Contains(string(output), "replayed 0,") {
		t.Errorf("replay: %v\n%s", err, output)
	}
}

// Health, readiness and metrics answer without a session.
func TestProbes(t *testing.T) {
	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/openapi.json"} {
		response, err := http.Get(shared.url + path)
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s answered %s", path, response.Status)
		}
	}
}
