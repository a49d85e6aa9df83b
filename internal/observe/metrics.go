package observe

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

var (
	requests = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "jieli_http_request_seconds", Help: "How long requests took, by route and status.",
		Buckets: prometheus.ExponentialBuckets(0.002, 2, 13)}, []string{"method", "route", "status"})
	commits = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "jieli_commit_seconds", Help: "How long the gate's transactions took, by result.",
		Buckets: prometheus.ExponentialBuckets(0.001, 2, 12)}, []string{"result"})
	inquiries = promauto.NewCounterVec(prometheus.CounterOpts{Name: "jieli_family_inquiries_total", Help: "Inquiries of families, by result."}, []string{"result"})
	parked    = promauto.NewCounter(prometheus.CounterOpts{Name: "jieli_cases_parked_total", Help: "Cases marked as a technical fault."})
)

// Request records one answered request. route is the declared path, never the one asked for.
func Request(method, route, status string, took time.Duration) {
	requests.WithLabelValues(method, route, status).Observe(took.Seconds())
}

// Commit records one transaction of the gate: written, known, behind the head, refused or failed.
func Commit(result string, took time.Duration) {
	commits.WithLabelValues(result).Observe(took.Seconds())
}

// Inquiry records an inquiry of a family: answered, unknown or limited. It names neither case nor code.
func Inquiry(result string) { inquiries.WithLabelValues(result).Inc() }

// Parked records a case marked as a technical fault.
func Parked() { parked.Inc() }

// Handler answers the metrics in Prometheus' text format.
func Handler() http.Handler { return promhttp.Handler() }

// Serve answers /metrics and /healthz on an address until the context ends: for processes without an API.
func Serve(ctx context.Context, address string) error {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	routes := http.NewServeMux()
	routes.Handle("GET /metrics", Handler())
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok")) })
	server := &http.Server{Handler: routes, ReadHeaderTimeout: 10 * time.Second}
	stopped := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stopped()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
