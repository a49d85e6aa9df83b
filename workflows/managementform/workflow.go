package managementform

import (
	"go.temporal.io/sdk/workflow"

	"jieli/procedures"
	"jieli/workflows/signoff"
)

// Names are the workflow types on the wire; each has its own declaration and all run alike.
var Names = []string{procedures.TypeEntrustment, procedures.TypeWholeTransfer, procedures.TypeAgencyManagement, procedures.TypeExistingBody}

// Workflow carries one case of such a procedure to its end. Between its stages nothing happens but
// what the declaration says.
func Workflow(ctx workflow.Context, input signoff.Input) error {
	return signoff.Run(ctx, input, nil)
}
