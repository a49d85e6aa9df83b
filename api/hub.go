package api

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"jieli/internal/view"
)

// Listener hears what every process of the product announces as changed.
type Listener interface {
	Changes(ctx context.Context, ready func(), heard func(view.Touched)) error
}

// Hub hands announcements to the open streams of this process.
type Hub struct {
	listener Listener
	logger   *slog.Logger

	mutex   sync.Mutex
	streams map[*stream]bool
	closed  bool
}

// stream is one open page of somebody.
type stream struct {
	scope view.Scope
	// poke is filled when something changed; full already means the stream will look anyway.
	poke chan struct{}
	end  chan struct{}
}

// NewHub makes a hub; Run connects it.
func NewHub(listener Listener, logger *slog.Logger) *Hub {
	return &Hub{listener: listener, logger: logger, streams: map[*stream]bool{}}
}

// reconnectPause is how long a lost listening connection waits before the next attempt.
const reconnectPause = time.Second

// Run listens until the context ends, connecting anew whenever the database was away, and then ends
// every stream.
func (h *Hub) Run(ctx context.Context) {
	defer h.close()
	for {
		// Whatever was announced before the connection stood is found by looking.
		err := h.listener.Changes(ctx, func() { h.each(func(*stream) bool { return true }) }, h.heard)
		if ctx.Err() != nil {
			return
		}
		h.logger.Warn("listen to changes; trying again", "error", err)
		select {
		case <-ctx.Done():
			return
		case <-time.After(reconnectPause):
		}
	}
}

func (h *Hub) heard(touched view.Touched) {
	h.each(func(s *stream) bool {
		return slices.Contains(touched.Persons, s.scope.Person) || slices.ContainsFunc(touched.Offices, s.scope.Holds)
	})
}

// each pokes the streams that something concerns.
func (h *Hub) each(concerned func(*stream) bool) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for s := range h.streams {
		if !concerned(s) {
			continue
		}
		select {
		case s.poke <- struct{}{}:
		default:
		}
	}
}

// join adds a stream; a hub that has ended answers one that has ended too.
func (h *Hub) join(scope view.Scope) *stream {
	s := &stream{scope: scope, poke: make(chan struct{}, 1), end: make(chan struct{})}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.closed {
		close(s.end)
		return s
	}
	h.streams[s] = true
	return s
}

// rescope gives a stream the posts its person holds by now.
func (h *Hub) rescope(s *stream, scope view.Scope) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	s.scope = scope
}

func (h *Hub) leave(s *stream) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	delete(h.streams, s)
}

func (h *Hub) close() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.closed = true
	for s := range h.streams {
		close(s.end)
	}
	clear(h.streams)
}
