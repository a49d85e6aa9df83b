package approval_test

import (
	"testing"

	"jieli/approval"
)

// TestARefusalTakesWhoWasToSignNextAlong: where everybody speaks before the count decides, a signer
// who refuses leaves nobody waiting to sign after them.
func TestARefusalTakesWhoWasToSignNextAlong(t *testing.T) {
	s := seated(t, approval.ModeAll, approval.VetoCollect)
	s.act("reviewer", approval.ActionAddSigner, added(approval.TaskAfter))
	s.act("reviewer", approval.ActionReturn, toStage("first", approval.AfterReturnHere))
	if current := s.fold().Current(); current.Stage != "tried" {
		t.Fatalf("one refusal ended the visit; the case stands at %s", current.Stage)
	}
	s.examined()
	s.act("street-1", approval.ActionApprove)
	s.act("street-2", approval.ActionApprove)
	if stage := s.stage(); stage != "first" {
		t.Errorf("the case stands at %s", stage)
	}
	s.examined()
}

// TestARefusalOfAWaitingOwnerEndsTheWait: whoever was asked before, or for an opinion, is not asked
// any more, and cannot open again what the owner has signed.
func TestARefusalOfAWaitingOwnerEndsTheWait(t *testing.T) {
	for _, ask := range []func(*scene){
		func(s *scene) { s.act("reviewer", approval.ActionAddSigner, added(approval.TaskBefore)) },
		func(s *scene) {
			s.act("reviewer", approval.ActionDelegate, target("street-3", "street-3", approval.KindStreet, approval.RoleHead))
		},
	} {
		s := seated(t, approval.ModeAll, approval.VetoCollect)
		own := s.fold().Current().Tasks[0].ID
		ask(s)
		s.act("reviewer", approval.ActionReturn, toStage("first", approval.AfterReturnHere), func(command *approval.Command) { command.TaskID = own })
		for _, task := range s.fold().Current().Tasks {
			if task.Serves == own && task.State != approval.TaskSuperseded {
				t.Errorf("the %s task is still %s", task.Kind, task.State)
			}
		}
		s.act("street-1", approval.ActionApprove)
		s.act("street-2", approval.ActionApprove)
		if stage := s.stage(); stage != "first" {
			t.Errorf("the case stands at %s", stage)
		}
		s.examined()
	}
}
