package faults

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"jieli/internal/stacktest"
)

var (
	kills = flag.Int("kills", 2, "how often `jieli dev` is killed in the middle of a batch")
	batch = flag.Int("batch", 24, "how many handovers are signed at once")
	desks = flag.Int("desks", 8, "how many clients sign at once")
)

// dev is one `jieli dev --demo`, killed and started again on the same data folder.
type dev struct {
	t       *testing.T
	binary  string
	data    string
	process *exec.Cmd
	url     string
}

func newDev(t *testing.T) *dev {
	t.Helper()
	folder, err := os.MkdirTemp("", "jieli-faults-dev-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	d := &dev{t: t, binary: filepath.Join(folder, "jieli"), data: filepath.Join(folder, "data")}
	build := exec.Command("go", "build", "-o", d.binary, "./cmd/jieli")
	build.Dir, build.Stderr = stacktest.Root(), os.Stderr
	if err := build.Run(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if d.process != nil {
			_ = d.process.Process.Signal(syscall.SIGINT)
			_ = d.process.Wait()
		}
		_ = os.RemoveAll(folder)
	})
	return d
}

func (d *dev) start() {
	d.t.Helper()
	d.process = exec.Command(d.binary, "dev", "--demo", "--data", d.data, "--http", "127.0.0.1:0")
	// The Temporal program lies in the project's bin/, which is looked for from the working folder up.
	d.process.Dir, d.process.Env = stacktest.Root(), append(os.Environ(), "JIELI_LOG_LEVEL=error", "JIELI_DATABASE_URL=", "JIELI_TEMPORAL_ADDRESS=")
	d.process.Stderr, d.process.SysProcAttr = os.Stderr, &syscall.SysProcAttr{Pdeathsig: syscall.SIGINT}
	output, err := d.process.StdoutPipe()
	if err != nil {
		d.t.Fatal(err)
	}
	if err := d.process.Start(); err != nil {
		d.t.Fatal(err)
	}
	if d.url, err = ready(bufio.NewScanner(output)); err != nil {
		d.t.Fatal(err)
	}
}

// kill ends it as a power cut would: no signal handler, no farewell.
func (d *dev) kill() {
	_ = d.process.Process.Kill()
	_ = d.process.Wait()
	d.process = nil
}

// signing is one signature on its way: a case, who signs, and under which key.
type signing struct {
	no, key, task string
	body          map[string]any
	answered      bool
}

// round carries every handover one stage on with many clients at once. With killAfter answers the
// whole of dev is killed, and what has no answer is asked for again under its key after the restart.
func (d *dev) round(username string, signings []*signing, killAfter int64) {
	d.t.Helper()
	var answers atomic.Int64
	killed := make(chan struct{})
	var once sync.Once
	send := func(c *stacktest.Client, each *signing) {
		answer, err := c.Try(c.JSON(http.MethodPost, "/cases/"+each.no+"/actions", each.key, each.body))
		if err == nil && answer.Status == http.StatusOK {
			each.answered = true
			if answers.Add(1) >= killAfter {
				once.Do(func() { close(killed) })
			}
			return
		}
		if err == nil && answer.Status != http.StatusAccepted && answer.Status != http.StatusServiceUnavailable {
			d.t.Errorf("%s of %s was answered %d: %s", each.task, each.no, answer.Status, answer.Body)
		}
	}
	queue := make(chan *signing)
	var clients sync.WaitGroup
	for range *desks {
		c := stacktest.NewClient(d.t, d.url)
		c.SignIn(username, stacktest.Password)
		clients.Go(func() {
			for each := range queue {
				send(c, each)
			}
		})
	}
	go func() {
		for _, each := range signings {
			queue <- each
		}
		close(queue)
	}()
	<-killed
	d.kill()
	clients.Wait()
	d.start()
	c := stacktest.NewClient(d.t, d.url)
	c.SignIn(username, stacktest.Password)
	for _, each := range signings {
		stacktest.Until(d.t, "the same key gets its answer after the restart", func() bool {
			if !each.answered {
				send(c, each)
			}
			return each.answered || d.t.Failed()
		})
	}
}

// doctor runs `jieli doctor` on the running dev.
func (d *dev) doctor() {
	d.t.Helper()
	output, err := exec.Command(d.binary, "doctor", "--data", d.data, "--json").CombinedOutput()
	lines := strings.Split(strings.TrimSpace(string(output)), "\n")
	var summary struct{ Checked, Violations int }
	if json.Unmarshal([]byte(lines[len(lines)-1]), &summary) != nil || err != nil || summary.Violations != 0 || summary.Checked == 0 {
		d.t.Errorf("doctor: %v\n%s", err, output)
	}
}

// `jieli dev` is killed in the middle of a batch, again and again: every answered signature is there
// once, and what was not answered is answered under the same key.
func TestDevKilledInTheMiddleOfABatch(t *testing.T) {
	t.Parallel()
	d := newDev(t)
	d.start()
	submitter := stacktest.NewClient(t, d.url)
	submitter.SignIn(clerk, stacktest.Password)
	numbers := make([]string, *batch)
	for i := range numbers {
		var submitted stacktest.Case
		submitter.Send(http.MethodPost, "/cases", map[string]any{"type": "handover", "form": map[string]any{"person": stacktest.OnePerson(i)}}).
			Expect(http.StatusCreated).Read(&submitted)
		numbers[i] = submitted.No
	}
	way := []string{clerk, reviewer, head, "bureau-clerk-1", "organisation-clerk-1", "organisation-head-1", "agency-clerk-1", "agency-reviewer-1"}
	if *kills > len(way) {
		t.Fatalf("a handover has %d signatures before it branches; -kills is at most that", len(way))
	}
	signed := map[string][]string{}
	for kill, username := range way[:*kills] {
		c := stacktest.NewClient(t, d.url)
		c.SignIn(username, stacktest.Password)
		signings := make([]*signing, len(numbers))
		for i, no := range numbers {
			var seen stacktest.Case
			c.Get("/cases/" + no).Expect(http.StatusOK).Read(&seen)
			if len(seen.Tasks) != 1 {
				t.Fatalf("case %s has %d open tasks before kill %d", no, len(seen.Tasks), kill)
			}
			signings[i] = &signing{no: no, task: seen.Tasks[0].ID, key: fmt.Sprintf("kill-%d-%d", kill, i), body: stacktest.Approval(seen, seen.Tasks[0])}
			signed[no] = append(signed[no], seen.Tasks[0].ID)
		}
		d.round(username, signings, int64(len(signings)/3))
	}
	// The organisation department's entries say to nobody else which task was signed.
	last := clerk
	if *kills > 4 {
		last = "organisation-clerk-1"
	}
	reader := stacktest.NewClient(t, d.url)
	reader.SignIn(last, stacktest.Password)
	for no, tasks := range signed {
		counts := signatures(t, reader, no)
		for _, task := range tasks {
			if counts[task] != 1 {
				t.Errorf("task %s is signed %d times", task, counts[task])
			}
		}
		if len(counts) != len(tasks) {
			t.Errorf("case %s has %d signatures; %d were given", no, len(counts), len(tasks))
		}
	}
	d.doctor()
}
