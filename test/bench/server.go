package bench

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"time"

	"github.com/jackc/pgx/v5"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"

	"jieli/internal/devstack"
)

// Servers names running servers; whichever is empty is started in a folder of its own.
type Servers struct{ DatabaseURL, TemporalAddress string }

// server is a database and a namespace that belong to one run alone.
type server struct {
	databaseURL, temporalAddress, namespace string

	undo []func() error
}

// startPatience is a safety net: a first start takes seconds.
const startPatience = 2 * time.Minute

func startServer(ctx context.Context, given Servers, quiet client.Options) (s *server, err error) {
	ctx, cancel := context.WithTimeout(ctx, startPatience)
	defer cancel()
	var name [6]byte
	_, _ = rand.Read(name[:])
	s = &server{databaseURL: given.DatabaseURL, temporalAddress: given.TemporalAddress, namespace: "jieli-bench-" + hex.EncodeToString(name[:])}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.stop())
		}
	}()
	if s.databaseURL == "" || s.temporalAddress == "" {
		if err := s.startStack(ctx); err != nil {
			return s, err
		}
	}
	if err := s.makeDatabase(ctx, "jieli_bench_"+hex.EncodeToString(name[:])); err != nil {
		return s, err
	}
	return s, s.makeNamespace(ctx, quiet)
}

// startStack starts what the caller did not name, as durable as `jieli dev` runs it.
func (s *server) startStack(ctx context.Context) error {
	folder, err := os.MkdirTemp("", "jieli-bench-")
	if err != nil {
		return err
	}
	s.undo = append(s.undo, func() error { return os.RemoveAll(folder) })
	// As root, PostgreSQL runs as another user, who has to get through.
	if err := os.Chmod(folder, 0o755); err != nil { //nolint:gosec // nothing in it is secret
		return err
	}
	stack, err := devstack.Start(ctx, devstack.Options{Data: folder, SkipPostgres: s.databaseURL != "", SkipTemporal: s.temporalAddress != ""})
	if err != nil {
		return err
	}
	s.undo = append(s.undo, stack.Stop)
	if s.databaseURL == "" {
		s.databaseURL = stack.DatabaseURL
	}
	if s.temporalAddress == "" {
		s.temporalAddress = stack.TemporalAddress
	}
	return nil
}

// makeDatabase leaves whatever else the database server holds alone.
func (s *server) makeDatabase(ctx context.Context, name string) error {
	address, err := url.Parse(s.databaseURL)
	if err != nil {
		return errors.New("JIELI_DATABASE_URL is not an address")
	}
	administer := func(ctx context.Context, statement string) error {
		connection, err := pgx.Connect(ctx, address.String())
		if err != nil {
			return err
		}
		defer func() { _ = connection.Close(ctx) }()
		_, err = connection.Exec(ctx, statement)
		return err
	}
	if err := administer(ctx, `CREATE DATABASE `+name); err != nil {
		return fmt.Errorf("make a database for the measurement: %w", err)
	}
	s.undo = append(s.undo, func() error {
		ctx, cancel := context.WithTimeout(context.Background(), startPatience)
		defer cancel()
		return administer(ctx, `DROP DATABASE `+name+` WITH (FORCE)`)
	})
	own := *address
	own.Path = "/" + name
	s.databaseURL = own.String()
	return nil
}

// makeNamespace waits until each of the server's services has learnt of the namespace.
func (s *server) makeNamespace(ctx context.Context, quiet client.Options) error {
	quiet.HostPort, quiet.Namespace = s.temporalAddress, s.namespace
	temporal, err := client.DialContext(ctx, quiet)
	if err != nil {
		return fmt.Errorf("connect to Temporal at %s: %w", s.temporalAddress, err)
	}
	defer temporal.Close()
	if _, err := temporal.WorkflowService().RegisterNamespace(ctx, &workflowservice.RegisterNamespaceRequest{Namespace: s.namespace,
		WorkflowExecutionRetentionPeriod: durationpb.New(24 * time.Hour)}); err != nil {
		return fmt.Errorf("make a namespace for the measurement: %w", err)
	}
	for {
		_, err := temporal.DescribeWorkflowExecution(ctx, "none", "")
		var missing *serviceerror.NotFound
		var noNamespace *serviceerror.NamespaceNotFound
		if errors.As(err, &missing) && !errors.As(err, &noNamespace) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the namespace could not be used: %w", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stop undoes in reverse order what was started.
func (s *server) stop() error {
	var failures []error
	for i := len(s.undo) - 1; i >= 0; i-- {
		failures = append(failures, s.undo[i]())
	}
	s.undo = nil
	return errors.Join(failures...)
}
