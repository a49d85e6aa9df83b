package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// carryUntil signs a case until it stands at a stage.
func (c *carrier) carryUntil(no, stage string) caseBody {
	c.t.Helper()
	for {
		var found caseBody
		c.reader.get("/cases/"+no, &found)
		if found.Stage == stage || found.State != "open" {
			return found
		}
		for _, task := range found.Tasks {
			if task.State == "open" {
				c.sign(no, task.ID, task.Office, task.Role)
			}
		}
	}
}

// Lines go back, not the batch: the agency returns one person, the others are received, and the
// enterprise gets that person as a new roster in one call, which can be handed over again.
func TestReturnedPeopleAreOfferedAgain(t *testing.T) {
	desks := openDesks(t)
	clerk := desks.holder("enterprise-3", "clerk", 0)
	id, totals := uploadRoster(t, clerk, "roster-gb18030-120.csv")
	var submitted caseBody
	clerk.must(http.MethodPost, "/cases", map[string]any{"type": "handover", "rosterId": id}, &submitted, http.StatusCreated)
	carrier := &carrier{t: t, desks: desks, reader: clerk}
	atMatch := carrier.carryUntil(submitted.No, "pension-match")
	agency := desks.holder(atMatch.Tasks[0].Office, atMatch.Tasks[0].Role, 0)
	type line struct{ ID, Outcome, Person string }
	lines := all[line](agency, "/cases/"+submitted.No+"/lines")
	agency.must(http.MethodPost, "/cases/"+submitted.No+"/actions", map[string]any{"action": "correct", "taskId": atMatch.Tasks[0].ID, "seen": atMatch.Version, "opinion": "档案姓名与参保姓名不一致",
		"lines": []map[string]string{{"line": lines[0].ID, "field": "match_result", "value": "return"}}}, nil, http.StatusOK)
	if ended := carrier.carry(submitted.No); ended.State != "closed" {
		t.Fatalf("the batch ended as %s", ended.State)
	}
	outcomes := map[string]int{}
	for _, each := range all[line](clerk, "/cases/"+submitted.No+"/lines") {
		outcomes[each.Outcome]++
	}
	if outcomes["returned"] != 1 || outcomes["received"]+outcomes["excluded"] != totals["ok"]+totals["warning"]-1 {
		t.Errorf("one was to be returned and the others received: %v", outcomes)
	}
	var again, same struct{ ID, State string }
	clerk.must(http.MethodPost, "/cases/"+submitted.No+"/returned", map[string]any{}, &again, http.StatusAccepted)
	clerk.must(http.MethodPost, "/cases/"+submitted.No+"/returned", map[string]any{}, &same, http.StatusAccepted)
	if again.ID != same.ID {
		t.Error("asking twice made two rosters")
	}
	var roster struct {
		State  string
		Totals map[string]int
	}
	for roster.State == "" || roster.State == "checking" {
		clerk.get("/rosters/"+again.ID, &roster)
	}
	if roster.State != "checked" || roster.Totals["people"] != 1 || roster.Totals["blocker"] != 0 {
		t.Fatalf("the returned person's roster: %+v", roster)
	}
	var second caseBody
	clerk.must(http.MethodPost, "/cases", map[string]any{"type": "handover", "rosterId": again.ID}, &second, http.StatusCreated)
	carrier.carry(second.No)
	for _, each := range all[line](clerk, "/cases/"+second.No+"/lines") {
		if each.Outcome != "received" {
			t.Errorf("handed over anew, the person ended as %s", each.Outcome)
		}
	}
}

// identityNumber completes 17 digits with the check character of GB 11643.
func identityNumber(first17 string) string {
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, digit := range first17 {
		sum += weights[i] * int(digit-'0')
	}
	return first17 + string("10X98765432"[sum%11])
}

// One person's handover (常态化移交), begun by the enterprise or at the community's counter, goes the
// same way with the batch's own stages skipped, each skip journaled with its condition.
func TestOnePersonIsHandedOver(t *testing.T) {
	desks := openDesks(t)
	communities := []account{}
	for _, each := range desks.accounts {
		if each.OfficeKind == "community" {
			communities = append(communities, each)
		}
	}
	counter := desks.holder(communities[0].Office, "clerk", 0)
	enterprise := desks.holder("enterprise-1", "clerk", 0)
	code := "210106" + strings.TrimPrefix(communities[0].Office, "community-")
	for i, start := range []struct {
		desk *client
		form map[string]any
	}{
		{enterprise, map[string]any{}},
		{counter, map[string]any{"enterprise": "enterprise-1"}},
	} {
		start.form["person"] = map[string]string{"name": fmt.Sprintf("常态移交%d", i), "id_number": identityNumber(fmt.Sprintf("21010619600101%03d", 200+i)), "retirement_date": "2026-10",
			"residence_code": code, "phone": "13800000000"}
		var submitted caseBody
		start.desk.must(http.MethodPost, "/cases", map[string]any{"type": "handover", "form": start.form}, &submitted, http.StatusCreated)
		ended := (&carrier{t: t, desks: desks, reader: enterprise}).carry(submitted.No)
		if ended.State != "closed" {
			t.Fatalf("the handover ended as %s", ended.State)
		}
		type line struct{ Person, Outcome string }
		lines := all[line](enterprise, "/cases/"+submitted.No+"/lines")
		if len(lines) != 1 || lines[0].Outcome != "received" {
			t.Fatalf("the person was not received: %+v", lines)
		}
		var person struct{ CommunityName, Form string }
		enterprise.get("/people/"+lines[0].Person, &person)
		if person.CommunityName == "" || person.Form != "F1" {
			t.Errorf("the person's page lacks community or form: %+v", person)
		}
		checkSkips(t, enterprise, submitted.No)
	}
}

func checkSkips(t *testing.T, reader *client, no string) {
	t.Helper()
	var journal struct {
		Items []struct {
			Events []struct{ Kind, Stage, Condition string }
		}
	}
	reader.get("/cases/"+no+"/journal", &journal)
	skipped := map[string]string{}
	for _, entry := range journal.Items {
		for _, event := range entry.Events {
			if event.Kind == "stage_skipped" {
				skipped[event.Stage] = event.Condition
			}
		}
	}
	for _, stage := range []string{"form-proposal", "form-decision", "agreement"} {
		if skipped[stage] == "" {
			t.Errorf("the skip of %s is not journaled with its condition: %v", stage, skipped)
		}
	}
}

// A return names every defect at once, goes to an earlier stage, and comes straight back.
func TestAcceptanceReturnsWithEveryDefect(t *testing.T) {
	desks := openDesks(t)
	clerk := desks.holder("enterprise-1", "clerk", 0)
	var submitted caseBody
	clerk.must(http.MethodPost, "/cases", map[string]any{"type": "handover", "form": map[string]any{
		"person": map[string]string{"name": "退回补正", "id_number": identityNumber("21010619610203301"), "retirement_date": "2026-09"}}}, &submitted, http.StatusCreated)
	carrier := &carrier{t: t, desks: desks, reader: clerk}
	atAcceptance := carrier.carryUntil(submitted.No, "acceptance")
	bureau := desks.holder(atAcceptance.Tasks[0].Office, "clerk", 0)
	bureau.must(http.MethodPost, "/cases/"+submitted.No+"/actions", map[string]any{"action": "return", "taskId": atAcceptance.Tasks[0].ID, "seen": atAcceptance.Version, "opinion": "材料需补正",
		"toStage": "prepare", "afterReturn": "here", "defects": []map[string]string{{"item": "承诺书", "detail": "未盖章"}, {"item": "营业执照", "detail": "复印件不清晰", "clause": "S2.1"}}}, nil, http.StatusOK)
	var notice struct{ Defects []json.RawMessage }
	clerk.get("/cases/"+submitted.No+"/notice", &notice)
	if len(notice.Defects) != 2 {
		t.Errorf("the one-time notice lists %d defects", len(notice.Defects))
	}
	var returned caseBody
	clerk.get("/cases/"+submitted.No, &returned)
	if returned.Stage != "prepare" {
		t.Fatalf("returned to %s", returned.Stage)
	}
	carrier.sign(submitted.No, returned.Tasks[0].ID, returned.Tasks[0].Office, returned.Tasks[0].Role)
	clerk.get("/cases/"+submitted.No, &returned)
	if returned.Stage != "acceptance" {
		t.Errorf("after the correction it is at %s instead of acceptance", returned.Stage)
	}
	clerk.must(http.MethodPost, "/cases/"+submitted.No+"/actions", map[string]any{"action": "withdraw", "seen": returned.Version, "opinion": "企业撤回"}, &returned, http.StatusOK)
	if returned.State != "withdrawn" {
		t.Errorf("the case is %s after the withdrawal", returned.State)
	}
}
