package reception_test

import (
	"testing"

	"jieli/approval"
	"jieli/procedures"
	"jieli/workflows/internal/casetest"
	"jieli/workflows/reception"
)

var (
	communityClerk = casetest.Person("community-1", approval.RoleClerk, 1)
	communityHead  = casetest.Person("community-1", approval.RoleHead, 1)
)

func onePerson() approval.Submission {
	procedure, _ := procedures.Find(procedures.TypeReception)
	return approval.Submission{Stages: procedure.Stages, Parent: "YJ-210106-20261123-0001-011", Actor: approval.Actor{Person: approval.SystemPerson}, Office: "enterprise-1"}
}

func with(values map[string]any) func(*approval.Command) {
	return func(command *approval.Command) {
		for key, value := range values {
			command.Form[key] = casetest.Value(value)
		}
	}
}

func TestAReception(t *testing.T) {
	c := casetest.New(t, reception.Name, reception.Workflow)
	c.Run(onePerson(), casetest.Sign(communityClerk), casetest.Sign(communityHead))
	if fold := c.Fold(); fold.State != approval.CaseClosed || string(fold.Form["outcome"]) != `"received"` {
		t.Fatalf("state %s, outcome %s", fold.State, fold.Form["outcome"])
	}
}

// TestAPersonWhoCannotBeReached is deferred only after three logged contacts and with a review date.
func TestAPersonWhoCannotBeReached(t *testing.T) {
	contact := map[string]string{"on": "2026-11-20", "way": "电话", "result": "无人接听"}
	deferred := func(contacts int, more map[string]any) func(*approval.Command) {
		list := []map[string]string{}
		for range contacts {
			list = append(list, contact)
		}
		return func(command *approval.Command) {
			command.Form = approval.Form{}
			with(map[string]any{"outcome": "deferred", "verifiedWith": "nobody", "verifiedOn": "2026-11-24", "deferReason": "not_reached", "contactAttempts": list})(command)
			with(more)(command)
		}
	}
	c := casetest.New(t, reception.Name, reception.Workflow)
	review := map[string]any{"reviewDate": "2027-05-24"}
	c.Run(onePerson(),
		casetest.Refused(approval.CodeInvalidInput, communityClerk, approval.ActionApprove, deferred(2, review)),
		casetest.Refused(approval.CodeInvalidInput, communityClerk, approval.ActionApprove, deferred(3, nil)),
		casetest.Act(communityClerk, approval.ActionApprove, deferred(3, review)), casetest.Sign(communityHead))
	if state := c.Fold().State; state != approval.CaseClosed {
		t.Fatalf("state %s", state)
	}
}

// TestAProxyIsNamed with relation, telephone and authority.
func TestAProxyIsNamed(t *testing.T) {
	c := casetest.New(t, reception.Name, reception.Workflow)
	proxy := map[string]any{"verifiedWith": "proxy", "proxyName": "张某", "proxyRelation": "女儿", "proxyPhone": "13900000000"}
	missing := func(command *approval.Command) {
		command.Form = casetest.Proposal(c.Fold())
		with(proxy)(command)
	}
	c.Run(onePerson(), casetest.Refused(approval.CodeInvalidInput, communityClerk, approval.ActionApprove, missing),
		casetest.Sign(communityClerk, with(proxy), with(map[string]any{"proxyAuthority": "委托书"})), casetest.Sign(communityHead))
}

// TestTheHeadSendsItBack and the clerk corrects.
func TestTheHeadSendsItBack(t *testing.T) {
	c := casetest.New(t, reception.Name, reception.Workflow)
	c.Run(onePerson(), casetest.Sign(communityClerk), casetest.Act(communityHead, approval.ActionReturn, func(command *approval.Command) {
		command.ToStage, command.AfterReturn = procedures.StageVerification, approval.AfterReturnHere
	}), casetest.Sign(communityClerk, with(map[string]any{"outcome": "elsewhere", "reason": "居住在外省"})), casetest.Sign(communityHead))
	if outcome := string(c.Fold().Form["outcome"]); outcome != `"elsewhere"` {
		t.Fatalf("outcome %s", outcome)
	}
}
