package histories

import (
	"net/http"
	"time"

	"go.temporal.io/api/enums/v1"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// states records a case in every state, and one with every kind of added task.
func (r *recorder) states() {
	r.t.Helper()
	accepting := func(n int) string {
		no := r.Submit(clerk, stacktest.OnePerson(n)).No
		r.SignUntil(no, clerk, "acceptance")
		return no
	}
	withdrawn := accepting(21)
	r.onCase(clerk, withdrawn, map[string]any{"action": "withdraw", "opinion": "改为批量移交"})
	notAccepted := accepting(22)
	r.act(bureau, notAccepted, map[string]any{"action": "not-accept", "opinion": "不属本区", "clause": "S2.1"})
	rejected := r.handover(23)
	r.SignUntil(rejected, clerk, "form-decision")
	r.act("bureau-head-1", rejected, map[string]any{"action": "reject", "opinion": "条件不具备", "clause": "S3.3"})

	suspended := accepting(26)
	r.act(bureau, suspended, map[string]any{"action": "suspend", "reason": "reply", "body": "原主管单位", "opinion": "函询原单位"})
	r.act(bureau, suspended, map[string]any{"action": "resume", "opinion": "已复函"})
	r.act(bureau, suspended, map[string]any{"action": "suspend", "reason": "applicant", "opinion": "等待补充说明"})

	joint := accepting(27)
	agency := map[string]string{"office": "agency", "user": "agency-clerk-1"}
	r.act(bureau, joint, map[string]any{"action": "delegate", "opinion": "请协助核对", "target": agency})
	r.resolves("agency-clerk-1", joint, "delegated")
	r.act(bureau, joint, map[string]any{"action": "add-signer", "kind": "before", "opinion": "请会签", "signers": []any{map[string]string{"office": "bureau", "user": "bureau-reviewer-1"}}})
	r.onCase("supervision-supervisor-1", joint, map[string]any{"action": "supervise", "opinion": "请说明进展"})

	// Deadlines of a month ago: their timers have run out as soon as they are set.
	r.Clock.Advance(-30 * 24 * time.Hour)
	escalated := accepting(28)
	stacktest.Until(r.t, "the overdue case has escalated twice", func() bool { return r.Read(clerk, escalated).Version >= 6 })
	expired := r.expiring(29)
	r.ends(withdrawn, notAccepted, rejected)
	stacktest.Until(r.t, "the case that expires has ended", func() bool {
		described, err := r.Temporal.DescribeWorkflowExecution(r.t.Context(), expired, "")
		return err == nil && described.GetWorkflowExecutionInfo().GetStatus() == enums.WORKFLOW_EXECUTION_STATUS_COMPLETED
	})

	for name, no := range map[string]string{"withdrawn": withdrawn, "not-accepted": notAccepted, "rejected": rejected, "suspended": suspended,
		"added-signers-open": joint, "escalated-open": escalated, "expired": expired} {
		r.keep(name, no)
	}
}

// onCase takes an act on the whole case.
func (r *recorder) onCase(username, no string, body map[string]any) {
	r.t.Helper()
	body["seen"] = r.Read(username, no).Version
	r.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", body).Expect(http.StatusOK)
}

// resolves answers the open task of a kind.
func (r *recorder) resolves(username, no, kind string) {
	r.t.Helper()
	fold, err := r.Store.Case(r.t.Context(), no)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, task := range fold.Current().Tasks {
		if string(task.Kind) == kind && task.State == approval.TaskOpen {
			r.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", map[string]any{"action": "resolve", "taskId": task.ID, "seen": fold.Version, "opinion": "已核对"}).Expect(http.StatusOK)
			return
		}
	}
	r.t.Fatalf("%s has no open task of kind %s", no, kind)
}

// expiring submits a case whose first stage ends it when its time is up: no procedure declares one
// yet, but a case under way may.
func (r *recorder) expiring(n int) string {
	r.t.Helper()
	procedure, _ := procedures.Find(procedures.TypeHandover)
	stages := procedure.Stages
	stages[0].Due, stages[0].Expiry = approval.Due{Kind: approval.WorkingDays, Count: 1}, &approval.Expiry{Action: approval.ExpiryEnd, Clause: "S2.1"}
	actor := approval.Actor{Person: clerk, Office: "enterprise-1", Role: approval.RoleClerk}
	first, err := r.Store.Submit(r.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "移交 · {n} 人", RequestActor: clerk, RequestKey: stacktest.NextKey(),
		Lines: []view.NewLine{{Row: 1, Values: stacktest.OnePerson(n)}},
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Stages: stages, Form: approval.Form{}, Key: "submit", OwnsFirst: true,
			Facts: map[string]string{procedures.FactEnterprise: actor.Office, procedures.FactRegion: "210106", procedures.FactBatch: "false", procedures.FactRestructured: "false"}}})
	if err != nil {
		r.t.Fatal(err)
	}
	if err := (shortRuns{temporal: &r.Temporal}).StartCase(r.t.Context(), first); err != nil {
		r.t.Fatal(err)
	}
	return first.Case
}
