package approval_test

import (
	"testing"

	"jieli/approval"
)

// TestRefusals is every refusal of every act, with its code; refused checks the words and that
// nothing changes.
func TestRefusals(t *testing.T) {
	held := func(stage, person string) func(*scene) {
		return func(s *scene) { s.reach(stage).act(person, approval.ActionClaim) }
	}
	at := func(stage string) func(*scene) { return func(s *scene) { s.reach(stage) } }
	old := func(command *approval.Command) { command.Seen = 0 }
	silent := func(command *approval.Command) { command.Opinion, command.Clause = " ", "" }
	noTask := func(command *approval.Command) { command.TaskID = "" }
	foreignTask := func(command *approval.Command) { command.TaskID = "nowhere.1.1" }
	doneTask := func(command *approval.Command) { command.TaskID = approval.TaskID(caseNo, 1, 1) }
	type change = func(*approval.Command)
	tests := map[string]struct {
		given   func(*scene)
		person  string
		action  approval.Action
		changes []change
		want    approval.Code
	}{
		"claim without the role":        {at(acceptance), "reviewer", approval.ActionClaim, nil, approval.CodeNoRole},
		"claim from another office":     {at(prepare), "other", approval.ActionClaim, nil, approval.CodeNoRole},
		"claim what a colleague holds":  {held(acceptance, "acceptor"), "acceptor-2", approval.ActionClaim, nil, approval.CodeAlreadyHeld},
		"claim twice":                   {held(acceptance, "acceptor"), "acceptor", approval.ActionClaim, nil, approval.CodeAlreadyHeld},
		"claim against the duties":      {func(s *scene) { s.approve("both") }, "both", approval.ActionClaim, nil, approval.CodeConflictOfDuties},
		"claim a finished task":         {at(acceptance), "clerk", approval.ActionClaim, []change{doneTask}, approval.CodeWrongState},
		"claim nothing":                 {at(acceptance), "acceptor", approval.ActionClaim, []change{noTask}, approval.CodeInvalidInput},
		"claim what does not exist":     {at(acceptance), "acceptor", approval.ActionClaim, []change{foreignTask}, approval.CodeNotFound},
		"release what nobody holds":     {at(acceptance), "acceptor", approval.ActionRelease, nil, approval.CodeWrongState},
		"release a colleague's task":    {held(acceptance, "acceptor"), "acceptor-2", approval.ActionRelease, nil, approval.CodeNotOwner},
		"approve a colleague's task":    {held(acceptance, "acceptor"), "acceptor-2", approval.ActionApprove, nil, approval.CodeNotOwner},
		"approve what has changed":      {at(acceptance), "acceptor", approval.ActionApprove, []change{old}, approval.CodeStale},
		"approve without papers":        {at(prepare), "clerk", approval.ActionApprove, nil, approval.CodeMissingMaterials},
		"approve an incomplete form":    {at(review), "reviewer", approval.ActionApprove, nil, approval.CodeInvalidInput},
		"approve an unknown field":      {at(acceptance), "acceptor", approval.ActionApprove, []change{form("surprise", `1`)}, approval.CodeInvalidInput},
		"approve a wrong choice":        {at(review), "reviewer", approval.ActionApprove, []change{form("form", `"F9"`, "lineSet", `"1:digest-1"`)}, approval.CodeInvalidInput},
		"approve against the duties":    {func(s *scene) { s.approve("both") }, "both", approval.ActionApprove, nil, approval.CodeConflictOfDuties},
		"return from the first stage":   {at(prepare), "clerk", approval.ActionReturn, []change{toStage(prepare, approval.AfterReturnHere)}, approval.CodeNoEarlierStage},
		"return to a later stage":       {at(acceptance), "acceptor", approval.ActionReturn, []change{toStage(review, approval.AfterReturnHere)}, approval.CodeInvalidInput},
		"return to a skipped stage":     {at(review), "reviewer", approval.ActionReturn, []change{toStage(optional, approval.AfterReturnHere)}, approval.CodeInvalidInput},
		"return without a way back":     {at(acceptance), "acceptor", approval.ActionReturn, []change{toStage(prepare, "")}, approval.CodeInvalidInput},
		"return without a reason":       {at(acceptance), "acceptor", approval.ActionReturn, []change{toStage(prepare, approval.AfterReturnWalk), silent}, approval.CodeInvalidInput},
		"return over finished children": {at(closing), "head-2", approval.ActionReturn, []change{toStage(decision, approval.AfterReturnHere)}, approval.CodeNoEarlierStage},
		"return what has changed":       {at(acceptance), "acceptor", approval.ActionReturn, []change{toStage(prepare, approval.AfterReturnHere), old}, approval.CodeStale},
		"reject where nobody decides":   {at(review), "reviewer", approval.ActionReject, nil, approval.CodeStageDoesNotDecide},
		"reject without a clause":       {at(decision), "head", approval.ActionReject, []change{silent}, approval.CodeInvalidInput},
		"not accept elsewhere":          {at(review), "reviewer", approval.ActionNotAccept, nil, approval.CodeStageDoesNotDecide},
		"not accept the second time": {func(s *scene) {
			s.reach(acceptance).act("acceptor", approval.ActionReturn, toStage(prepare, approval.AfterReturnHere))
			s.approve("clerk")
		}, "acceptor", approval.ActionNotAccept, nil, approval.CodeNotFirstVisit},
		"not accept without a reason":   {at(acceptance), "acceptor", approval.ActionNotAccept, []change{silent}, approval.CodeInvalidInput},
		"withdraw another's case":       {at(review), "reviewer", approval.ActionWithdraw, nil, approval.CodeForbidden},
		"withdraw after the decision":   {at(agreement), "clerk", approval.ActionWithdraw, nil, approval.CodeAlreadyDecided},
		"withdraw past a new decision":  {at(review), "clerk", approval.ActionWithdraw, []change{old}, approval.CodeStale},
		"recall another's decision":     {at(review), "clerk", approval.ActionRecall, nil, approval.CodeForbidden},
		"recall before any decision":    {at(prepare), "clerk", approval.ActionRecall, nil, approval.CodeForbidden},
		"recall what was acted on":      {func(s *scene) { s.reach(agreement).approve("street-1") }, "head", approval.ActionRecall, nil, approval.CodeSomeoneActed},
		"recall once children run":      {at(children), "street-2", approval.ActionRecall, nil, approval.CodeSomeoneActed},
		"recall from a former post":     {func(s *scene) { s.reach(review); s.posts["acceptor"] = nil }, "acceptor", approval.ActionRecall, nil, approval.CodeNoRole},
		"transfer to nobody":            {at(acceptance), "acceptor", approval.ActionTransfer, nil, approval.CodeInvalidInput},
		"transfer to the own office":    {at(acceptance), "acceptor", approval.ActionTransfer, []change{target("bureau", "", approval.KindBureau, approval.RoleClerk)}, approval.CodeInvalidInput},
		"transfer to oneself":           {at(acceptance), "acceptor", approval.ActionTransfer, []change{target("bureau", "acceptor", approval.KindBureau, approval.RoleClerk)}, approval.CodeInvalidInput},
		"transfer to a wrong role":      {at(acceptance), "acceptor", approval.ActionTransfer, []change{target("bureau", "head", approval.KindBureau, approval.RoleHead)}, approval.CodeTargetLacksRole},
		"transfer to a wrong office":    {at(acceptance), "acceptor", approval.ActionTransfer, []change{target("street-1", "", approval.KindStreet, approval.RoleClerk)}, approval.CodeTargetLacksRole},
		"copy to nobody":                {at(acceptance), "acceptor", approval.ActionCC, nil, approval.CodeInvalidInput},
		"comment nothing":               {at(acceptance), "clerk", approval.ActionComment, []change{silent}, approval.CodeInvalidInput},
		"attach nothing":                {at(acceptance), "clerk", approval.ActionAttach, nil, approval.CodeInvalidInput},
		"correct where nothing can be":  {at(acceptance), "acceptor", approval.ActionCorrect, []change{form("note", `"甲"`)}, approval.CodeFieldNotEditable},
		"correct nothing":               {at(review), "reviewer", approval.ActionCorrect, nil, approval.CodeInvalidInput},
		"correct another stage's field": {at(review), "reviewer", approval.ActionCorrect, []change{form("note", `"甲"`)}, approval.CodeInvalidInput},
		"correct another column": {at(review), "reviewer", approval.ActionCorrect, []change{func(command *approval.Command) {
			command.Lines = []approval.LineEdit{{Line: "l1", Field: "id_number", Value: "1"}}
		}}, approval.CodeInvalidInput},
		"correct too much at once": {at(review), "reviewer", approval.ActionCorrect, []change{func(command *approval.Command) {
			command.Lines = make([]approval.LineEdit, approval.MaximumLineEdits+1)
			for i := range command.Lines {
				command.Lines[i] = approval.LineEdit{Line: "l1", Field: "street"}
			}
		}}, approval.CodeInvalidInput},
		"submit once more":            {at(acceptance), "acceptor", approval.ActionSubmit, nil, approval.CodeInvalidInput},
		"children of another visit":   {at(children), approval.SystemPerson, approval.ActionChildrenFinished, nil, approval.CodeWrongState},
		"children where none are due": {at(review), approval.SystemPerson, approval.ActionChildrenFinished, []change{func(command *approval.Command) { command.Visit = 3 }}, approval.CodeWrongState},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			test.given(s)
			s.refused(test.want, test.person, test.action, test.changes...)
		})
	}
}

// TestAllowed is every act where it is allowed, and the stage it leads to.
func TestAllowed(t *testing.T) {
	tests := map[string]struct {
		stage, person string
		action        approval.Action
		changes       []func(*approval.Command)
		leads         string
		state         approval.CaseState
	}{
		"claim":             {acceptance, "acceptor", approval.ActionClaim, nil, acceptance, approval.CaseOpen},
		"approve":           {acceptance, "acceptor", approval.ActionApprove, nil, review, approval.CaseOpen},
		"return and walk":   {review, "reviewer", approval.ActionReturn, []func(*approval.Command){toStage(prepare, approval.AfterReturnWalk)}, prepare, approval.CaseOpen},
		"reject":            {decision, "head", approval.ActionReject, nil, "", approval.CaseRejected},
		"not accept":        {acceptance, "acceptor", approval.ActionNotAccept, nil, "", approval.CaseNotAccepted},
		"withdraw":          {review, "clerk-2", approval.ActionWithdraw, nil, "", approval.CaseWithdrawn},
		"recall":            {review, "acceptor", approval.ActionRecall, nil, acceptance, approval.CaseOpen},
		"recall a decision": {agreement, "head", approval.ActionRecall, nil, decision, approval.CaseOpen},
		"transfer":          {acceptance, "acceptor", approval.ActionTransfer, []func(*approval.Command){target("bureau", "acceptor-2", approval.KindBureau, approval.RoleClerk)}, acceptance, approval.CaseOpen},
		"copy":              {acceptance, "acceptor", approval.ActionCC, []func(*approval.Command){target("street-3", "", approval.KindStreet)}, acceptance, approval.CaseOpen},
		"comment":           {children, "clerk", approval.ActionComment, nil, children, approval.CaseOpen},
		"correct a line": {review, "reviewer", approval.ActionCorrect, []func(*approval.Command){func(c *approval.Command) {
			c.Lines = []approval.LineEdit{{Line: "l1", Field: "street", Value: "210106001"}}
		}}, review, approval.CaseOpen},
		"finish the children": {children, approval.SystemPerson, approval.ActionChildrenFinished, []func(*approval.Command){func(c *approval.Command) { c.Visit = 6 }}, closing, approval.CaseOpen},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := newScene(t).reach(test.stage)
			entry := s.act(test.person, test.action, test.changes...)
			if s.stage() != test.leads || s.fold().State != test.state {
				t.Errorf("led to %q, %s", s.stage(), s.fold().State)
			}
			if entry.Action != test.action || entry.Actor.Person != test.person || entry.Opinion == "" && test.action != approval.ActionChildrenFinished {
				t.Errorf("the journal says %+v", entry)
			}
			s.examined()
		})
	}
}

func TestAfterAReturn(t *testing.T) {
	s := newScene(t).reach(review)
	s.act("reviewer", approval.ActionReturn, toStage(prepare, approval.AfterReturnHere), func(command *approval.Command) {
		command.Defects = []approval.Defect{{Item: "plan", Detail: "缺页"}, {Item: "roster", Detail: "未盖章"}}
	})
	if visit := s.fold().Current(); visit.Why != "returned" || len(visit.Defects) != 2 {
		t.Fatalf("the returned visit is %+v", visit)
	}
	s.approve("clerk")
	if s.stage() != review {
		t.Fatalf("here leads to %q", s.stage())
	}
	s.act("reviewer", approval.ActionReturn, toStage(prepare, approval.AfterReturnWalk))
	s.approve("clerk")
	if s.stage() != acceptance {
		t.Fatalf("walk leads to %q", s.stage())
	}
	s.examined()
}

// TestAReturnEndsAWholeJointVisit; what was signed stays in the journal, superseded.
func TestAReturnEndsAWholeJointVisit(t *testing.T) {
	s := newScene(t).reach(agreement)
	s.approve("director")
	s.act("street-1", approval.ActionReturn, toStage(decision, approval.AfterReturnHere))
	c := s.fold()
	joint := c.Visits[len(c.Visits)-2]
	want := map[string]approval.TaskState{"enterprise-1": approval.TaskSuperseded, "street-1": approval.TaskSigned, "street-2": approval.TaskSuperseded}
	for _, task := range joint.Tasks {
		if task.State != want[task.Office] {
			t.Errorf("the task of %s is %s", task.Office, task.State)
		}
	}
	s.approve("head")
	if s.stage() != agreement {
		t.Fatalf("back at %q", s.stage())
	}
	s.examined()
}

// TestClaimingIsNotActing: a recall is possible after a claim, not after a change.
func TestClaimingIsNotActing(t *testing.T) {
	s := newScene(t).reach(review)
	s.act("reviewer", approval.ActionClaim)
	s.act("acceptor", approval.ActionRecall)
	if task := s.fold().Current().Tasks[0]; s.stage() != acceptance || task.Owner != "acceptor" {
		t.Fatalf("recalled to %q, held by %q", s.stage(), task.Owner)
	}
	s.approve("acceptor")
	s.act("reviewer", approval.ActionCorrect, form("form", `"F2"`))
	s.refused(approval.CodeSomeoneActed, "acceptor", approval.ActionRecall)
}

// TestARecalledDecisionIsNoDecision: the case can be withdrawn again.
func TestARecalledDecisionIsNoDecision(t *testing.T) {
	s := newScene(t).reach(agreement)
	s.act("head", approval.ActionRecall)
	s.act("clerk", approval.ActionWithdraw)
	for _, action := range []approval.Action{approval.ActionApprove, approval.ActionWithdraw, approval.ActionComment, approval.ActionChildrenFinished} {
		s.refused(approval.CodeCaseEnded, "head", action)
	}
	s.examined()
}

func TestActionsSayWhyNot(t *testing.T) {
	s := newScene(t).reach(decision)
	allowed := map[approval.Action]bool{}
	for _, permitted := range approval.Actions(s.fold(), approval.Command{Actor: approval.Actor{Person: "head"}, Posts: s.posts["head"]}) {
		allowed[permitted.Action] = permitted.Refusal == nil
		if permitted.Refusal != nil {
			wellWorded(t, permitted.Action, permitted.Refusal)
		}
	}
	want := map[approval.Action]bool{approval.ActionApprove: true, approval.ActionReturn: true, approval.ActionReject: true, approval.ActionNotAccept: false,
		approval.ActionClaim: true, approval.ActionRelease: false, approval.ActionTransfer: true, approval.ActionCorrect: false, approval.ActionWithdraw: false,
		approval.ActionRecall: false, approval.ActionCC: true, approval.ActionRead: false, approval.ActionComment: true, approval.ActionAttach: true}
	for action, may := range want {
		if allowed[action] != may {
			t.Errorf("%s allowed: %v", action, allowed[action])
		}
	}
}
