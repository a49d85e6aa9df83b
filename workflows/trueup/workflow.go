package trueup

import (
	"go.temporal.io/sdk/workflow"

	"jieli/procedures"
	"jieli/workflows/signoff"
)

// Name is the workflow type on the wire.
const Name = procedures.TypeTrueUp

// Workflow carries one true-up to its end. Between its stages nothing happens but what the
// declaration says.
func Workflow(ctx workflow.Context, input signoff.Input) error {
	return signoff.Run(ctx, input, nil)
}
