package approval_test

import (
	"encoding/json"
	"testing"

	"jieli/approval"
)

// routed is a case of three stages: the first asks a question, the second shows what a rule found in it,
// and the third is gone through only where that leads.
func routed(proposed string) *approval.Case {
	signer := []approval.Signer{{OfficeKind: approval.KindBureau, Role: approval.RoleClerk}}
	stages := []approval.Stage{
		{Key: "asked", Mode: approval.ModeSingle, Signers: signer, Fields: []approval.Field{{Key: "shown", Kind: approval.FieldText, Computed: true},
			{Key: "found", Kind: approval.FieldText, Computed: true, Kept: true}}},
		{Key: "far", Mode: approval.ModeSingle, Signers: signer, When: &approval.When{Field: "found", In: []string{"away", "abroad"}}},
	}
	entry := approval.Submit(approval.Submission{No: "X-1", Type: "test", Stages: stages, Actor: approval.Actor{Person: "li"}, Office: "b", Key: "submit"})
	opened := &entry.Events[len(entry.Events)-1]
	opened.Tasks = []approval.Task{{ID: "t", Office: "b", Role: approval.RoleClerk, State: approval.TaskOpen, Basis: 1, Proposal: approval.Form{"found": json.RawMessage(`"` + proposed + `"`), "shown": json.RawMessage(`"seen"`)}}}
	c, err := approval.Fold([]approval.Entry{entry})
	if err != nil {
		panic(err)
	}
	return c
}

// What a rule found enters the form as it was proposed, whatever is sent back, and decides the way at
// once; what is only shown does not enter it.
func TestWhatARuleFoundIsKeptAndLeadsTheWay(t *testing.T) {
	for proposed, leads := range map[string]bool{"away": true, "abroad": true, "here": false} {
		c := routed(proposed)
		entry, refusal := approval.Decide(c, approval.Command{Key: "k", Action: approval.ActionApprove, TaskID: "t", Seen: 1, Actor: approval.Actor{Person: "li"},
			Posts: []approval.Post{{Office: "b", Role: approval.RoleClerk}}, Form: approval.Form{"found": json.RawMessage(`"elsewhere"`), "shown": json.RawMessage(`"other"`)}})
		if refusal != nil {
			t.Fatal(refusal)
		}
		opened, skipped := false, ""
		for _, event := range entry.Events {
			opened = opened || event.Kind == approval.EventVisitOpened && event.Stage == "far"
			if event.Kind == approval.EventStageSkipped {
				skipped = event.Condition
			}
		}
		if opened != leads || !leads && skipped != "found" {
			t.Errorf("found %s: the stage opens: %v, skipped by %q", proposed, opened, skipped)
		}
		if err := approval.Evolve(c, entry); err != nil {
			t.Fatal(err)
		}
		if string(c.Form["found"]) != `"`+proposed+`"` || c.Form["shown"] != nil || c.Ended() == leads {
			t.Errorf("the form holds %s, ended: %v", c.Form, c.Ended())
		}
	}
}
