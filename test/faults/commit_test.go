package faults

import (
	"context"
	"net/http"
	"os"
	"sync"
	"syscall"
	"testing"
	"time"

	"jieli/internal/devstack"
	"jieli/internal/stacktest"
	"jieli/store"
	"jieli/worker"
)

// The way of one handover's first signatures.
const (
	clerk    = "enterprise-1-clerk-1"
	reviewer = "enterprise-1-reviewer-1"
	head     = "enterprise-1-head-1"
)

// sign sends one approval under a key of its own and returns the request's answer.
func sign(c *stacktest.Client, no, key string, body map[string]any) *stacktest.Answer {
	return c.Do(c.JSON(http.MethodPost, "/cases/"+no+"/actions", key, body))
}

// again asks under the same key until the answer is final, as api.md tells a client to.
func again(t *testing.T, c *stacktest.Client, no, key string, body map[string]any) *stacktest.Answer {
	t.Helper()
	var answer *stacktest.Answer
	stacktest.Until(t, "the same key gets its answer", func() bool {
		answer = sign(c, no, key, body)
		return answer.Status != http.StatusAccepted && answer.Status != http.StatusServiceUnavailable
	})
	return answer
}

// openTask is the one open task of a case as somebody sees it.
func openTask(t *testing.T, s *stacktest.System, username, no, stage string) (stacktest.Case, map[string]any) {
	t.Helper()
	seen := s.Read(username, no)
	if seen.Stage != stage || len(seen.Tasks) != 1 {
		t.Fatalf("case %s stands at %s with %d tasks instead of at %s", no, seen.Stage, len(seen.Tasks), stage)
	}
	return seen, stacktest.Approval(seen, seen.Tasks[0])
}

// nobodyIsLost checks what must hold after the crash: both acts are there, once each, and doctor
// finds nothing.
func nobodyIsLost(t *testing.T, s *stacktest.System, no string, tasks ...string) {
	t.Helper()
	counts := signatures(t, s.As(clerk), no)
	for _, task := range tasks {
		if counts[task] != 1 {
			t.Errorf("task %s is signed %d times in the journal", task, counts[task])
		}
	}
	if found := s.Doctor(); len(found) > 0 {
		t.Errorf("doctor found: %v", found)
	}
}

// The worker is killed right after the signature became visible and before anybody was told. Then
// another person acts on what they see, a new worker starts, and the first asks again.
func TestWorkerKilledBetweenCommitAndReply(t *testing.T) {
	t.Parallel()
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true, ActDeadline: 3 * time.Second})
	s.Clock.Real()
	dying := startWorker(t, s, true)
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	first, body := openTask(t, s, clerk, no, "prepare")
	body["opinion"] = deadly
	key := stacktest.NextKey()
	if answer := sign(s.As(clerk), no, key, body); answer.Status != http.StatusAccepted {
		t.Fatalf("without a worker the signature was answered %d: %s", answer.Status, answer.Body)
	}
	if err := dying.Wait(); err == nil {
		t.Fatal("the worker was to be killed")
	}
	// Visible to the next reader, though nobody was told.
	second, other := openTask(t, s, reviewer, no, "enterprise-review")
	otherKey := stacktest.NextKey()
	startWorker(t, s, false)
	if answer := again(t, s.As(reviewer), no, otherKey, other); answer.Status != http.StatusOK {
		t.Fatalf("the next person was answered %d: %s", answer.Status, answer.Body)
	}
	if answer := again(t, s.As(clerk), no, key, body); answer.Status != http.StatusOK {
		t.Fatalf("the first person, asking again, was answered %d: %s", answer.Status, answer.Body)
	}
	if answer := sign(s.As(clerk), no, key, body); answer.Status != http.StatusOK || answer.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("the third time the same key was answered %d", answer.Status)
	}
	nobodyIsLost(t, s, no, first.Tasks[0].ID, second.Tasks[0].ID)
}

// The same, and the next act ends the case: whoever asks again still learns that their signature
// counts, though no workflow answers any more.
func TestWorkerKilledAndTheCaseEnds(t *testing.T) {
	t.Parallel()
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true, ActDeadline: 3 * time.Second})
	s.Clock.Real()
	dying := startWorker(t, s, true)
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	first, body := openTask(t, s, clerk, no, "prepare")
	body["opinion"] = deadly
	key := stacktest.NextKey()
	sign(s.As(clerk), no, key, body)
	if err := dying.Wait(); err == nil {
		t.Fatal("the worker was to be killed")
	}
	startWorker(t, s, false)
	colleague := s.As("enterprise-1-clerk-2")
	withdraw := map[string]any{"action": "withdraw", "seen": s.Read(clerk, no).Version, "opinion": "材料有误，撤回"}
	if answer := again(t, colleague, no, stacktest.NextKey(), withdraw); answer.Status != http.StatusOK {
		t.Fatalf("the withdrawal was answered %d: %s", answer.Status, answer.Body)
	}
	if ended := s.Read(clerk, no); ended.State != "withdrawn" {
		t.Fatalf("the case is %s", ended.State)
	}
	if answer := again(t, s.As(clerk), no, key, body); answer.Status != http.StatusOK {
		t.Errorf("the first person, asking again, was answered %d: %s", answer.Status, answer.Body)
	}
	// A new signature is not accepted: the case has ended.
	if answer := again(t, s.As(clerk), no, stacktest.NextKey(), body); answer.Status != http.StatusConflict || answer.Problem().Code != "case_ended" {
		t.Errorf("a signature on an ended case was answered %d: %s", answer.Status, answer.Body)
	}
	nobodyIsLost(t, s, no, first.Tasks[0].ID)
}

// Temporal is killed at the same point and forgets the signature's Update: when the next person's
// act arrives the workflow does not know that the stage has moved on.
func TestTemporalKilledBetweenCommitAndReply(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "jieli-faults-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	database := stacktest.Demo(t)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	temporal, err := devstack.Start(ctx, devstack.Options{Data: folder, SkipPostgres: true, Log: t.Logf})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = temporal.Stop() })

	killed := make(chan struct{})
	var once sync.Once
	s := stacktest.NewSystem(t, stacktest.Options{Database: database, TemporalAddress: temporal.TemporalAddress, TemporalNamespace: devstack.Namespace, ActDeadline: 3 * time.Second,
		Worker: func(real *store.Store) worker.Store {
			return afterCommit{Store: real, happened: func() {
				once.Do(func() {
					_ = syscall.Kill(processOf(t, "start-dev", folder), syscall.SIGKILL)
					close(killed)
				})
			}}
		}})
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	first, body := openTask(t, s, clerk, no, "prepare")
	body["opinion"] = deadly
	key := stacktest.NextKey()
	// 200 too: a Temporal that is back within the deadline finds the commit by its key.
	if answer := sign(s.As(clerk), no, key, body); answer.Status != http.StatusOK && answer.Status != http.StatusAccepted && answer.Status != http.StatusServiceUnavailable {
		t.Fatalf("without Temporal the signature was answered %d: %s", answer.Status, answer.Body)
	}
	<-killed
	second, other := openTask(t, s, reviewer, no, "enterprise-review")
	otherKey := stacktest.NextKey()
	if answer := again(t, s.As(reviewer), no, otherKey, other); answer.Status != http.StatusOK {
		t.Fatalf("the next person was answered %d: %s", answer.Status, answer.Body)
	}
	third, last := openTask(t, s, head, no, "enterprise-head")
	if answer := again(t, s.As(head), no, stacktest.NextKey(), last); answer.Status != http.StatusOK {
		t.Fatalf("the third person was answered %d: %s", answer.Status, answer.Body)
	}
	if answer := again(t, s.As(clerk), no, key, body); answer.Status != http.StatusOK {
		t.Fatalf("the first person, asking again, was answered %d: %s", answer.Status, answer.Body)
	}
	nobodyIsLost(t, s, no, first.Tasks[0].ID, second.Tasks[0].ID, third.Tasks[0].ID)
}
