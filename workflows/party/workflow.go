package party

import (
	"go.temporal.io/sdk/workflow"

	"jieli/procedures"
	"jieli/workflows/signoff"
)

// Name is the workflow type on the wire.
const Name = procedures.TypeParty

// Workflow carries one transfer to its end. Which stages it goes through follows from the rule that was
// found, and from what people decided where there is none; between them nothing happens.
func Workflow(ctx workflow.Context, input signoff.Input) error {
	return signoff.Run(ctx, input, nil)
}
