package devstack

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
)

// claimer makes this test program claim a port for another test and hold it until it is told to end.
const claimer = "JIELI_TEST_CLAIM_PORT"

func init() {
	if port, err := strconv.Atoi(os.Getenv(claimer)); err == nil {
		os.Stdout.WriteString(strconv.FormatBool(claim(port)) + "\n")
		_, _ = os.Stdin.Read(make([]byte, 1))
		os.Exit(0)
	}
}

// TestTwoProgramsOfOneMomentDoNotShareAPort: nobody listens yet, and still the second takes another.
func TestTwoProgramsOfOneMomentDoNotShareAPort(t *testing.T) {
	port, err := listenOnce(0)
	if err != nil {
		t.Fatal(err)
	}
	other := exec.Command(os.Args[0])
	other.Env = append(os.Environ(), claimer+"="+strconv.Itoa(port))
	input, err := other.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	output, err := other.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	said := make([]byte, 5)
	if n, _ := output.Read(said); strings.TrimSpace(string(said[:n])) != "true" {
		t.Fatalf("the other program said %q", said)
	}
	chosen, err := choosePort("a test", port, t.Logf)
	if err != nil || chosen == port {
		t.Errorf("chose %d (%v), which the other program has claimed", chosen, err)
	}
	_ = input.Close()
	if err := other.Wait(); err != nil {
		t.Fatal(err)
	}
	if chosen, err = choosePort("a test", port, t.Logf); err != nil || chosen != port {
		t.Errorf("chose %d (%v) although the port is free again", chosen, err)
	}
}
