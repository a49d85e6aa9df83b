package api_test

import (
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"jieli/internal/stacktest"
)

// shortly is a deadline that passes at once when nobody works.
const shortly = 300 * time.Millisecond

func approvals(s *stacktest.System, no string) int64 {
	return stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal WHERE stream = 'case:' || $1 AND convert_from(body, 'UTF8')::jsonb->>'action' = 'approve'`, no)
}

// Without a worker a write answers 202; asked again once one runs it has its one effect.
func TestALateWriteIsAskedForAgain(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true, ActDeadline: shortly})
	c := s.As(clerk)
	found := s.Submit(clerk, stacktest.OnePerson(1))
	send := func() *stacktest.Answer {
		return c.Do(c.JSON(http.MethodPost, "/cases/"+found.No+"/actions", "late", stacktest.Approval(found, found.Tasks[0])))
	}
	send().Expect(http.StatusAccepted)
	send().Expect(http.StatusAccepted)
	if now := s.Read(clerk, found.No); now.Version != found.Version {
		t.Fatal("something was written without a worker")
	}
	s.StartWorker()
	stacktest.Until(t, "the write is answered", func() bool { return send().Status == http.StatusOK })
	if answer := send().Expect(http.StatusOK); answer.Header.Get("Idempotent-Replayed") != "true" {
		t.Error("the answer was not kept")
	}
	if count := approvals(s, found.No); count != 1 {
		t.Errorf("the journal holds %d approvals", count)
	}
	if problems := s.Doctor(); len(problems) > 0 {
		t.Error(problems)
	}
}

// Whoever never asks again is not lost: the sweeper sends the write again under its key.
func TestTheSweeperCarriesALateWrite(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true, ActDeadline: shortly, SweepEvery: 50 * time.Millisecond})
	c := s.As(clerk)
	found := s.Submit(clerk, stacktest.OnePerson(1))
	send := func() *stacktest.Answer {
		return c.Do(c.JSON(http.MethodPost, "/cases/"+found.No+"/actions", "swept", stacktest.Approval(found, found.Tasks[0])))
	}
	send().Expect(http.StatusAccepted)
	s.Clock.Advance(31 * time.Second)
	s.StartWorker()
	stacktest.Until(t, "the write takes effect by itself", func() bool { return approvals(s, found.No) == 1 })
	stacktest.Until(t, "the sweeper is done with it", func() bool {
		return stacktest.Value[int64](s.Database, `SELECT count(*) FROM requests WHERE command IS NOT NULL`) == 0
	})
	var shown stacktest.Case
	send().Expect(http.StatusOK).Read(&shown)
	if shown.Stage == found.Stage || approvals(s, found.No) != 1 {
		t.Errorf("asked again, the case stands at %s with %d approvals", shown.Stage, approvals(s, found.No))
	}
}

// A post that ended meanwhile does not sign any more: the write is refused for good.
func TestTheSweeperChecksPostsAgain(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true, ActDeadline: shortly, SweepEvery: 50 * time.Millisecond})
	c := s.As(clerk)
	found := s.Submit(clerk, stacktest.OnePerson(1))
	request := func() *http.Request {
		return c.JSON(http.MethodPost, "/cases/"+found.No+"/actions", "ended", stacktest.Approval(found, found.Tasks[0]))
	}
	c.Do(request()).Expect(http.StatusAccepted)
	s.Run(`UPDATE posts SET valid_to = '2026-11-23' WHERE person = $1`, clerk)
	s.Clock.Advance(31 * time.Second)
	s.StartWorker()
	stacktest.Until(t, "the write is answered", func() bool {
		return stacktest.Value[int64](s.Database, `SELECT count(*) FROM requests WHERE key = 'ended' AND state = 'answered'`) == 1
	})
	if status := stacktest.Value[int32](s.Database, `SELECT status FROM requests WHERE key = 'ended'`); status != http.StatusForbidden {
		t.Errorf("the stored answer is %d", status)
	}
	if approvals(s, found.No) != 0 {
		t.Error("somebody without the post signed")
	}
}

// wire leads to Temporal and can be cut.
type wire struct {
	listener    net.Listener
	mutex       sync.Mutex
	cut         bool
	connections []net.Conn
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{listener: listener}
	go func() {
		for {
			near, err := listener.Accept()
			if err != nil {
				return
			}
			w.mutex.Lock()
			if w.cut {
				_ = near.Close()
				w.mutex.Unlock()
				continue
			}
			far, err := net.Dial("tcp", to)
			if err != nil {
				t.Error(err)
				w.mutex.Unlock()
				return
			}
			w.connections = append(w.connections, near, far)
			w.mutex.Unlock()
			go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
			go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
		}
	}()
	t.Cleanup(func() { w.set(true); _ = listener.Close() })
	return w
}

func (w *wire) set(cut bool) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.cut = cut
	if cut {
		for _, connection := range w.connections {
			_ = connection.Close()
		}
		w.connections = nil
	}
}

// With Temporal away a write is told so, and the same key works once it is back. A new case is kept
// and gets its workflow later.
func TestTemporalAway(t *testing.T) {
	to := newWire(t, stacktest.Start(t).TemporalAddress)
	s := stacktest.NewSystem(t, stacktest.Options{TemporalAddress: to.listener.Addr().String(), TemporalNamespace: stacktest.Namespace(t), ActDeadline: 2 * time.Second})
	c := s.As(clerk)
	found := s.Submit(clerk, stacktest.OnePerson(1))
	send := func() *stacktest.Answer {
		return c.Do(c.JSON(http.MethodPost, "/cases/"+found.No+"/actions", "away", stacktest.Approval(found, found.Tasks[0])))
	}
	to.set(true)
	away := send().Expect(http.StatusServiceUnavailable)
	if away.Problem().Code != "unavailable" || away.Header.Get("Retry-After") == "" {
		t.Errorf("answered %s with %v", away.Body, away.Header)
	}
	written := s.Submit(clerk, stacktest.OnePerson(2))
	to.set(false)
	stacktest.Until(t, "the same key works again", func() bool { return send().Status == http.StatusOK })
	if count := approvals(s, found.No); count != 1 {
		t.Errorf("the journal holds %d approvals", count)
	}
	s.Clock.Advance(time.Minute)
	stacktest.Until(t, "the new case gets its workflow", func() bool {
		return stacktest.Value[bool](s.Database, `SELECT started FROM cases WHERE no = $1`, written.No)
	})
	if problems := s.Doctor(); len(problems) > 0 {
		t.Error(problems)
	}
}
