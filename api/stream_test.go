package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"jieli/internal/stacktest"
)

// event is one server-sent event; a heartbeat has the name "beat".
type event struct{ name, data, id string }

// listening is one open page.
type listening struct {
	t      *testing.T
	events chan event
	last   string
	close  context.CancelFunc
}

// listen opens a stream, going on behind an event when one is given.
func listen(t *testing.T, c *stacktest.Client, last string) *listening {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	request := c.Request(http.MethodGet, "/notices/stream", "", nil).WithContext(ctx)
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	response, err := c.HTTP.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK || !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
		t.Fatalf("the stream answers %d %s", response.StatusCode, response.Header)
	}
	l := &listening{t: t, events: make(chan event, 1000), close: cancel, last: last}
	go func() {
		defer close(l.events)
		defer func() { _ = response.Body.Close() }()
		var e event
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			switch name, value, _ := strings.Cut(lines.Text(), ": "); {
			case lines.Text() == ": here":
				l.events <- event{name: "beat"}
			case name == "event":
				e.name = value
			case name == "data":
				e.data = value
			case name == "id":
				e.id = value
			case lines.Text() == "" && e.name != "":
				l.events <- e
				e = event{}
			}
		}
	}()
	t.Cleanup(cancel)
	return l
}

// until reads on to an event of a name, and answers it and the notices that came before.
func (l *listening) until(name string) (event, []string) {
	l.t.Helper()
	notices := []string{}
	deadline := time.After(stacktest.Patience)
	for {
		select {
		case <-deadline:
			l.t.Fatalf("no %s came", name)
		case e, open := <-l.events:
			if !open {
				l.t.Fatalf("the stream ended before %s", name)
			}
			if e.id != "" {
				l.last = e.id
			}
			if e.name == "notice" {
				var notice struct{ Kind string }
				if err := json.Unmarshal([]byte(e.data), &notice); err != nil {
					l.t.Fatal(err)
				}
				notices = append(notices, notice.Kind)
			}
			if e.name == name {
				return e, notices
			}
		}
	}
}

// ended waits for the end of the stream.
func (l *listening) ended() {
	l.t.Helper()
	deadline := time.After(stacktest.Patience)
	for {
		select {
		case <-deadline:
			l.t.Fatal("the stream goes on")
		case _, open := <-l.events:
			if !open {
				return
			}
		}
	}
}

func transfer(s *stacktest.System, found stacktest.Case) {
	s.As(clerk).Send(http.MethodPost, "/cases/"+found.No+"/actions", map[string]any{"action": "transfer", "taskId": found.Tasks[0].ID, "seen": found.Version, "opinion": "请办理",
		"target": map[string]string{"office": "enterprise-1", "user": "enterprise-1-clerk-2"}}).Expect(http.StatusOK)
}

// A notice comes at once, also when another process wrote it; what came while the page was away comes
// when it is back, once.
func TestNoticesComeLiveAndNoneIsLost(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	other := stacktest.NewSystem(t, stacktest.Options{Database: s.Database, WithoutWorker: true})
	receiver := other.As("enterprise-1-clerk-2")
	page := listen(t, receiver, "")
	if first, notices := page.until("unread"); first.data != `{"unread":0}` || len(notices) != 0 {
		t.Fatalf("a new page is told %v %v", first, notices)
	}
	transfer(s, s.Submit(clerk, stacktest.OnePerson(1)))
	_, notices := page.until("notice")
	if len(notices) != 1 || notices[0] != "assigned" {
		t.Fatalf("live came %v", notices)
	}
	// A count that was under way when the notice came may still say none.
	for unread := (event{}); unread.data != `{"unread":1}`; {
		unread, _ = page.until("unread")
	}

	page.close()
	slow := s.Begin()
	slow.Run(`INSERT INTO notices(person, kind, created_at) VALUES ('enterprise-1-clerk-2', 'substituting', now())`)
	transfer(s, s.Submit(clerk, stacktest.OnePerson(2)))
	back := listen(t, receiver, page.last)
	if _, notices := back.until("unread"); len(notices) != 1 || notices[0] != "assigned" {
		t.Errorf("after a break came %v", notices)
	}
	back.close()
	// A transaction that began before the break and ended after it.
	slow.Commit()
	again := listen(t, receiver, back.last)
	if _, notices := again.until("unread"); len(notices) != 1 || notices[0] != "substituting" {
		t.Errorf("after the second break came %v", notices)
	}
	again.close()
	for _, place := range []string{again.last, "9:3:", "anything"} {
		if _, notices := listen(t, receiver, place).until("unread"); len(notices) != 0 {
			t.Errorf("behind %q came %v", place, notices)
		}
	}

	// Another page of the same person learns what was read on this one.
	elsewhere := listen(t, s.As("enterprise-1-clerk-2"), "")
	elsewhere.until("unread")
	var list struct {
		Items  []struct{ ID, Case string }
		Unread int
	}
	receiver.Get("/notices").Expect(http.StatusOK).Read(&list)
	if list.Unread != 3 || len(list.Items) != 3 {
		t.Fatalf("the list is %+v", list)
	}
	receiver.Send(http.MethodPost, "/notices/read", map[string]string{"upTo": list.Items[0].ID}).Expect(http.StatusOK)
	elsewhere.until("changed")
	if unread, _ := elsewhere.until("unread"); unread.data != `{"unread":0}` {
		t.Errorf("elsewhere it says %s", unread.data)
	}
	for _, body := range []map[string]any{{}, {"upTo": "x"}, {"ids": []string{"-1"}}} {
		receiver.Send(http.MethodPost, "/notices/read", body).Expect(http.StatusUnprocessableEntity)
	}
}

// Whoever shares the office sees that its list has changed; nobody else is disturbed.
func TestChangesReachTheOffice(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	// As the process begins to hear announcements it has every stream look once.
	stacktest.Until(t, "announcements are heard", func() bool {
		return stacktest.Value[bool](s.Database, `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %' AND state = 'idle')`)
	})
	colleague, stranger := listen(t, s.As(reviewer), ""), listen(t, s.As("enterprise-2-clerk-1"), "")
	colleague.until("unread")
	stranger.until("unread")
	s.Submit(clerk, stacktest.OnePerson(1))
	colleague.until("changed")
	select {
	case e := <-stranger.events:
		t.Errorf("another office is told %v", e)
	default:
	}
}

// A stream ends with the session it was opened under, and with the server; a silent one shows that it lives.
func TestStreamsEnd(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true, Heartbeat: 20 * time.Millisecond})
	c := s.Anonymous()
	if answer := c.Get("/notices/stream"); answer.Status != http.StatusUnauthorized {
		t.Errorf("nobody gets %d", answer.Status)
	}
	c.SignIn(clerk, stacktest.Password)
	signedOut, staying := listen(t, c, ""), listen(t, s.As(clerk), "")
	signedOut.until("beat")
	c.Do(c.Request(http.MethodDelete, "/session", "", nil))
	signedOut.until("signed-out")
	signedOut.ended()
	staying.until("beat")
	s.StopServing()
	staying.ended()
}
