package bench

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"
)

const bareQueue = "bare"

// row is what one Update of the bare workflow writes.
type row struct {
	Case string
	Seq  int
	Text string
}

// bare is the plainest workflow of the same shape: every Update is one insert.
type bare struct {
	temporal client.Client
	pool     *pgxpool.Pool
	worker   worker.Worker
	updates  int
	last     atomic.Int64
}

func newBare(ctx context.Context, server *server, updates int, options client.Options) (*bare, error) {
	b := &bare{updates: updates}
	config, err := pgxpool.ParseConfig(server.databaseURL)
	if err != nil {
		return nil, err
	}
	config.MaxConns = max(config.MaxConns, 16) // as store.Open
	if b.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, err
	}
	if _, err := b.pool.Exec(ctx, `CREATE TABLE bare (case_no text NOT NULL, seq int NOT NULL, text text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (case_no, seq))`); err != nil {
		b.pool.Close()
		return nil, err
	}
	options.HostPort, options.Namespace = server.temporalAddress, server.namespace
	if b.temporal, err = client.DialContext(ctx, options); err != nil {
		b.pool.Close()
		return nil, err
	}
	// As many pollers as the product's worker has.
	b.worker = worker.New(b.temporal, bareQueue, worker.Options{MaxConcurrentWorkflowTaskPollers: 8, MaxConcurrentActivityTaskPollers: 4})
	b.worker.RegisterWorkflow(bareWorkflow)
	b.worker.RegisterActivity(b)
	if err := b.worker.Start(); err != nil {
		b.temporal.Close()
		b.pool.Close()
		return nil, err
	}
	return b, nil
}

func (b *bare) close() {
	b.worker.Stop()
	b.temporal.Close()
	b.pool.Close()
}

// Insert writes one row; one that a lost workflow task wrote before is there already.
func (b *bare) Insert(ctx context.Context, row row) error {
	_, err := b.pool.Exec(ctx, `INSERT INTO bare(case_no, seq, text, at) VALUES ($1,$2,$3,now()) ON CONFLICT DO NOTHING`, row.Case, row.Seq, row.Text)
	return err
}

// bareWorkflow takes a number of Updates and ends.
func bareWorkflow(ctx workflow.Context, updates int) error {
	done := 0
	var b *bare
	err := workflow.SetUpdateHandler(ctx, "act", func(ctx workflow.Context, row row) (int, error) {
		ctx = workflow.WithLocalActivityOptions(ctx, workflow.LocalActivityOptions{StartToCloseTimeout: 5 * time.Second})
		if err := workflow.ExecuteLocalActivity(ctx, b.Insert, row).Get(ctx, nil); err != nil {
			return 0, err
		}
		done++
		return done, nil
	})
	if err != nil {
		return err
	}
	return workflow.Await(ctx, func() bool { return done == updates && workflow.AllHandlersFinished(ctx) })
}

func (b *bare) carry(ctx context.Context, signed func(time.Duration)) (string, error) {
	id := fmt.Sprintf("BARE-%06d", b.last.Add(1))
	if _, err := b.temporal.ExecuteWorkflow(ctx, client.StartWorkflowOptions{ID: id, TaskQueue: bareQueue}, bareWorkflow, b.updates); err != nil {
		return id, err
	}
	for i := range b.updates {
		began := time.Now()
		handle, err := b.temporal.UpdateWorkflow(ctx, client.UpdateWorkflowOptions{WorkflowID: id, UpdateName: "act", UpdateID: fmt.Sprintf("%s-%d", id, i),
			Args: []any{row{Case: id, Seq: i, Text: opinion}}, WaitForStage: client.WorkflowUpdateStageCompleted})
		if err != nil {
			return id, err
		}
		if err := handle.Get(ctx, nil); err != nil {
			return id, err
		}
		signed(time.Since(began))
	}
	return id, nil
}
