package api

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"regexp"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"

	"jieli/approval"
	"jieli/internal/view"
)

const (
	// heartbeat is how often a silent stream says that it lives, and looks whether its session does.
	heartbeat = 15 * time.Second
	// streamPace is the least time between two deliveries: a bulk act is one change, not five hundred.
	streamPace = 300 * time.Millisecond
	// writePatience is how long a page may take to accept what is sent.
	writePatience = 30 * time.Second
)

type streamInput struct {
	LastEventID string `header:"Last-Event-ID" maxLength:"2000" doc:"the id of the last event received; what came since is sent first"`
}

// snapshotPattern is how PostgreSQL writes a snapshot, which is what the ids of our events are.
var snapshotPattern = regexp.MustCompile(`^\d+:\d+:(\d+(,\d+)*)?$`)

// streamNotices is a stream of server-sent events: "notice" for each new notice, "unread" with their
// number, "changed" when a list of the caller may look different now.
func (s *Server) streamNotices(ctx context.Context, input *streamInput) (*huma.StreamResponse, error) {
	who := callerOf(ctx)
	since := input.LastEventID
	if !snapshotPattern.MatchString(since) {
		since = ""
	}
	first, err := s.Store.Deliver(ctx, who.scope, since)
	if err != nil && approval.AsError(err).Code == approval.CodeInvalidInput {
		first, err = s.Store.Deliver(ctx, who.scope, "")
	}
	if err != nil {
		return nil, err
	}
	joined := s.Hub.join(who.scope)
	return &huma.StreamResponse{Body: func(hctx huma.Context) {
		hctx.SetHeader("Content-Type", "text/event-stream; charset=utf-8")
		hctx.SetHeader("X-Accel-Buffering", "no")
		request := humafiber.Unwrap(hctx).Context()
		connection := request.Conn()
		// The stream outlives its request: it ends with the hub, the session or the connection.
		background := context.Background() //nolint:contextcheck // the request's context ends with it
		request.SetBodyStreamWriter(func(writer *bufio.Writer) {
			defer s.Hub.leave(joined)
			out := &eventWriter{writer: writer, connection: connection, sent: map[string]bool{}}
			s.pump(background, who.token, joined, out, first, since != "")
		})
	}}, nil
}

// pump sends until the page is closed, the person signs out, or the server ends. A person who signed
// out is told, so that the page does not knock again.
func (s *Server) pump(ctx context.Context, token string, joined *stream, out *eventWriter, delivery view.Delivery, changed bool) {
	if out.deliver(delivery, changed) != nil {
		return
	}
	beat := time.NewTicker(s.Heartbeat)
	defer beat.Stop()
	for {
		poked := false
		select {
		case <-joined.end:
			return
		case <-joined.poke:
			poked = true
		case <-beat.C:
		}
		alive, err := s.refresh(ctx, token, joined)
		if err == nil && !alive {
			_ = out.event("signed-out", "{}")
			_ = out.flush()
			return
		}
		// A database that is away costs nothing: the next look begins where this one should have.
		if err == nil {
			var next view.Delivery
			if next, err = s.Store.Deliver(ctx, joined.scope, delivery.Snapshot); err == nil {
				delivery = next
				if out.deliver(delivery, poked) != nil {
					return
				}
			}
		}
		if err != nil && out.beat() != nil {
			return
		}
		if poked && !pause(joined, streamPace) {
			return
		}
	}
}

func pause(joined *stream, pace time.Duration) bool {
	timer := time.NewTimer(pace)
	defer timer.Stop()
	select {
	case <-joined.end:
		return false
	case <-timer.C:
		return true
	}
}

// refresh looks whether the session still stands and with which posts.
func (s *Server) refresh(ctx context.Context, token string, joined *stream) (alive bool, err error) {
	session, err := s.Store.Session(ctx, token)
	if err != nil {
		if approval.AsError(err).Code == approval.CodeNotFound {
			return false, nil
		}
		return false, err
	}
	posts, err := s.Store.Posts(ctx, session.User.ID)
	if err != nil {
		return false, err
	}
	s.Hub.rescope(joined, scopeOf(session.User.ID, posts))
	return true, nil
}

// eventWriter writes server-sent events.
type eventWriter struct {
	writer     *bufio.Writer
	connection net.Conn
	unread     int
	begun      bool
	// sent are the notices of the last delivery, which the next may hold again.
	sent map[string]bool
}

// deliver sends what a delivery holds. Its id stands at the last event, so that a connection that
// breaks in between begins again where the last whole delivery ended.
func (w *eventWriter) deliver(delivery view.Delivery, changed bool) error {
	sent := map[string]bool{}
	for _, notice := range delivery.Notices {
		sent[notice.ID] = true
		if w.sent[notice.ID] {
			continue
		}
		body, err := json.Marshal(notice)
		if err != nil {
			return err
		}
		if err := w.event("notice", string(body)); err != nil {
			return err
		}
	}
	w.sent = sent
	if changed {
		if err := w.event("changed", "{}"); err != nil {
			return err
		}
	}
	if !w.begun || w.unread != delivery.Unread || len(delivery.Notices) > 0 || changed {
		w.begun, w.unread = true, delivery.Unread
		if _, err := fmt.Fprintf(w.writer, "id: %s\n", delivery.Snapshot); err != nil {
			return err
		}
		if err := w.event("unread", fmt.Sprintf(`{"unread":%d}`, delivery.Unread)); err != nil {
			return err
		}
		return w.flush()
	}
	return w.beat()
}

// event writes one event; data holds no line break.
func (w *eventWriter) event(name, data string) error {
	_, err := fmt.Fprintf(w.writer, "event: %s\ndata: %s\n\n", name, data)
	return err
}

// beat says that the stream lives.
func (w *eventWriter) beat() error {
	if _, err := w.writer.WriteString(": here\n\n"); err != nil {
		return err
	}
	return w.flush()
}

// flush sends what was written; the server's limit for a whole answer does not hold for a stream.
func (w *eventWriter) flush() error {
	if err := w.connection.SetWriteDeadline(time.Now().Add(writePatience)); err != nil {
		return err
	}
	return w.writer.Flush()
}
