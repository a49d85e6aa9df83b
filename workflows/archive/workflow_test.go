package archive_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/archive"
	"jieli/workflows/internal/casetest"
)

var (
	clerk     = casetest.Person("enterprise-1", approval.RoleClerk, 1)
	reviewer  = casetest.Person("enterprise-1", approval.RoleReviewer, 1)
	head      = casetest.Person("enterprise-1", approval.RoleHead, 1)
	archivist = casetest.Person("archive", approval.RoleClerk, 1)
	counter   = casetest.Person("archive", approval.RoleReviewer, 1)
)

func onePerson() approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeArchive)
	return approval.Submission{Stages: procedure.Stages, Office: "enterprise-1", LineSet: &approval.LineSet{Version: 1, Digest: "abc", Count: 1}}
}

// carried names the two who bring the packet.
func carried(command *approval.Command) {
	command.Form["way"], command.Form["couriers"] = casetest.Value(procedures.WayMessenger), casetest.Value([]map[string]any{{"name": "王某"}, {"name": "李某"}})
}

func whole(command *approval.Command) {
	command.ToStage, command.AfterReturn, command.Opinion = procedures.StageArchiveSorting, approval.AfterReturnWalk, "封条破损"
	command.Defects = []approval.Defect{{Item: "封条", Detail: "破损"}}
}

// TestAPacketIsReturnedOnceAndShelved, with a new run after every command.
func TestAPacketIsReturnedOnceAndShelved(t *testing.T) {
	c := casetest.New(t, archive.Name, archive.Workflow)
	c.UpdatesPerRun = 1
	c.Run(onePerson(),
		casetest.Sign(clerk), casetest.Sign(reviewer), casetest.Sign(head, carried), casetest.At(procedures.StageArchiveReceipt),
		casetest.Act(archivist, approval.ActionReturn, whole), casetest.At(procedures.StageArchiveSorting),
		casetest.Sign(clerk), casetest.Sign(reviewer), casetest.Sign(head, carried),
		casetest.Sign(archivist), casetest.Sign(counter), casetest.Sign(clerk), casetest.At(procedures.StageArchiveShelving), casetest.Sign(archivist))
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Fatalf("the case is %s", state)
	}
}

// TestTwoCouriersOrAMailNumber: a packet never leaves without a name that answers for it.
func TestTwoCouriersOrAMailNumber(t *testing.T) {
	with := func(values map[string]any) func(*approval.Command) {
		return func(command *approval.Command) {
			for key, value := range values {
				command.Form[key] = casetest.Value(value)
			}
		}
	}
	c := casetest.New(t, archive.Name, archive.Workflow)
	filled := func(values map[string]any) func(*approval.Command) {
		return func(command *approval.Command) {
			command.Form = casetest.Proposal(c.Fold())
			with(values)(command)
		}
	}
	one := []map[string]any{{"name": "王某"}}
	c.Run(onePerson(), casetest.Sign(clerk), casetest.Sign(reviewer),
		casetest.Refused(approval.CodeInvalidInput, head, approval.ActionApprove, filled(map[string]any{"way": procedures.WayMessenger, "couriers": one})),
		casetest.Refused(approval.CodeInvalidInput, head, approval.ActionApprove, filled(map[string]any{"way": procedures.WayConfidentialMail, "mailNumber": ""})),
		casetest.Refused(approval.CodeInvalidInput, head, approval.ActionApprove, filled(map[string]any{"way": "ordinary-post"})),
		casetest.Sign(head, with(map[string]any{"way": procedures.WayConfidentialMail, "mailNumber": "机要-0001"})),
		casetest.Sign(archivist), casetest.Sign(counter), casetest.Sign(clerk), casetest.Sign(archivist))
}
