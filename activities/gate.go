package activities

import (
	"context"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/temporal"

	"jieli/approval"
	"jieli/internal/observe"
)

// Committer is the database's half of the gate.
type Committer interface {
	Commit(ctx context.Context, no string, head int64, key string, proposal *approval.Entry) (approval.Committed, error)
	SetFault(ctx context.Context, no, fault string) error
}

// Gate writes what a workflow has decided. Commit runs as a local activity: accept, its marker and
// the Update's completion are one workflow task per signature.
type Gate struct{ Store Committer }

// CommitInput is one proposal on its way to the journal; Proposal is nil when Decide refused.
type CommitInput struct {
	Case     string          `json:"case"`
	Head     int64           `json:"head"`
	Key      string          `json:"key"`
	Proposal *approval.Entry `json:"proposal,omitempty"`
}

// Commit appends the proposal when the journal stands at head, and answers the entries after head.
func (g *Gate) Commit(ctx context.Context, input CommitInput) (approval.Committed, error) {
	began := time.Now()
	committed, err := g.Store.Commit(ctx, input.Case, input.Head, input.Key, input.Proposal)
	observe.Commit(resultOf(committed, err), time.Since(began))
	if err == nil {
		return committed, nil
	}
	if own := approval.AsError(err); own.Code == approval.CodeBehind || own.Code == approval.CodeNotFound {
		return committed, temporal.NewNonRetryableApplicationError(own.Message.EN, string(own.Code), nil, own)
	}
	activity.GetLogger(ctx).Warn("commit failed, will be tried again", "case", input.Case, "error", err)
	return committed, err
}

// resultOf names what became of a transaction, for the metrics.
func resultOf(committed approval.Committed, err error) string {
	switch {
	case err != nil:
		return "failed"
	case committed.Known:
		return "known"
	case committed.Refusal != nil:
		return "refused"
	case len(committed.Entries) == 0:
		return "nothing"
	}
	return "written"
}

// FaultInput parks or unparks a case as a technical fault.
type FaultInput struct {
	Case  string `json:"case"`
	Fault string `json:"fault"`
}

// Park marks the case so that supervisors see it; an empty fault clears the mark.
func (g *Gate) Park(ctx context.Context, input FaultInput) error {
	if input.Fault != "" {
		observe.Parked()
	}
	return g.Store.SetFault(ctx, input.Case, input.Fault)
}
