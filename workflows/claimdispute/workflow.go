package claimdispute

import (
	"go.temporal.io/sdk/workflow"

	"jieli/procedures"
	"jieli/workflows/signoff"
)

// Name is the workflow type on the wire.
const Name = procedures.TypeClaimDispute

// Workflow carries one dispute to its decision and the letter. Between its stages nothing happens but what the
// declaration says; what is decided reaches the first claim by way of the worker.
func Workflow(ctx workflow.Context, input signoff.Input) error {
	return signoff.Run(ctx, input, nil)
}
