package e2e

import (
	"encoding/json"
	"maps"
	"net/http"
	"sync"
	"testing"
)

// caseBody is what this script reads of a case.
type caseBody struct {
	No, Type, State, Stage string
	Version                int64
	Tasks                  []struct {
		ID, Office, Role, State, Stage string
		Form                           struct {
			Proposal map[string]any
		}
	}
}

type caseItem struct{ No, State, Type string }

// carrier confirms what the system proposes at every desk until a case has ended.
type carrier struct {
	t      *testing.T
	desks  *desks
	reader *client
}

// carry signs every open task of a case by the office that holds it, its children included.
func (c *carrier) carry(no string) caseBody {
	c.t.Helper()
	for {
		var found caseBody
		c.reader.get("/cases/"+no, &found)
		if found.State != "open" {
			return found
		}
		signed := false
		for _, task := range found.Tasks {
			if task.State == "open" {
				if task.Stage == "party-check" {
					c.parties(task.Office, task.Role)
				}
				c.sign(no, task.ID, task.Office, task.Role)
				signed = true
			}
		}
		if !signed {
			c.children(no)
		}
	}
}

// sign approves one task with the system's proposal, as the first holder of the role who may.
func (c *carrier) sign(no, task, office, role string) {
	c.t.Helper()
	for n := range 2 {
		desk := c.desks.holder(office, role, n)
		var seen caseBody
		desk.get("/cases/"+no, &seen)
		var form map[string]any
		for _, each := range seen.Tasks {
			if each.ID == task {
				form = filledIn(each.Stage, each.Form.Proposal)
			}
		}
		status, answer := desk.try(http.MethodPost, "/cases/"+no+"/actions", map[string]any{"action": "approve", "taskId": task, "seen": seen.Version, "form": form, "opinion": "同意"})
		var refusal problem
		_ = json.Unmarshal(answer, &refusal)
		switch {
		case status == http.StatusOK:
			return
		case status == http.StatusForbidden && refusal.Code == "conflict_of_duties", refusal.Code == "not_owner":
			continue
		}
		c.t.Fatalf("%s of %s could not sign %s: %d %s", role, office, task, status, answer)
	}
	c.t.Fatalf("nobody of %s may sign %s", office, task)
}

// circumstances is what no record tells of a member, by the stage that asks for it.
var circumstances = map[string]map[string]any{
	"party-preparation": {"rehired": false, "employedElsewhere": false, "awayMonths": 0, "duesPaidTo": "2026-10"},
	"party-reception":   {"branch": "第一党支部"},
	"party-receipt":     {"receiptNumber": "HZ-1"},
}

// filledIn is what the system proposes for a stage, with what only a person knows.
func filledIn(stage string, proposal map[string]any) map[string]any {
	known := circumstances[stage]
	if known == nil {
		return proposal
	}
	form := maps.Clone(known)
	maps.Copy(form, proposal)
	maps.Copy(form, known)
	return form
}

// parties carries every Party transfer that the enterprise's organisation has under way.
func (c *carrier) parties(office, role string) {
	c.t.Helper()
	organiser := c.desks.holder(office, role, 0)
	(&carrier{t: c.t, desks: c.desks, reader: organiser}).all(all[caseItem](organiser, "/cases?type=party&state=open"))
}

// children carries every child of a case that waits.
func (c *carrier) children(no string) {
	c.t.Helper()
	c.all(all[caseItem](c.reader, "/cases/"+no+"/children?state=open"))
}

// all carries cases, a few at a time.
func (c *carrier) all(cases []caseItem) {
	c.t.Helper()
	queue := make(chan string)
	var carriers sync.WaitGroup
	for range 4 {
		carriers.Go(func() {
			// A failed desk ends its goroutine; the others must not wait for it.
			defer func() {
				for range queue {
				}
			}()
			for child := range queue {
				c.carry(child)
			}
		})
	}
	for _, child := range cases {
		queue <- child.No
	}
	close(queue)
	carriers.Wait()
	// With no open child the parent is about to be woken; asking again is the wait.
	if c.t.Failed() {
		c.t.FailNow()
	}
}

func uploadRoster(t *testing.T, clerk *client, name string) (id string, totals map[string]int) {
	t.Helper()
	status, answer := clerk.upload(http.MethodPost, "/rosters", name, sample(t, name))
	if status != http.StatusAccepted {
		t.Fatalf("upload %s: %d %s", name, status, answer)
	}
	var roster struct {
		ID, State string
		Totals    map[string]int
	}
	if err := json.Unmarshal(answer, &roster); err != nil {
		t.Fatal(err)
	}
	for roster.State == "checking" {
		clerk.get("/rosters/"+roster.ID, &roster)
	}
	if roster.State != "checked" {
		t.Fatalf("%s ended as %s", name, roster.State)
	}
	return roster.ID, roster.Totals
}

// expectedRows is the outcome the shared samples prescribe.
func expectedRows(t *testing.T, name string) (people int, levels map[int]string, codes map[int][]string) {
	t.Helper()
	var expected struct {
		People int
		Rows   []struct {
			Row   int
			Level string
			Codes []string
		}
	}
	if err := json.Unmarshal(sample(t, name), &expected); err != nil {
		t.Fatal(err)
	}
	levels, codes = map[int]string{}, map[int][]string{}
	for _, row := range expected.Rows {
		levels[row.Row], codes[row.Row] = row.Level, row.Codes
	}
	return expected.People, levels, codes
}

// The thousand: an enterprise's messy roster is checked as prescribed, and what can go on is carried
// through every office to closed, each desk confirming what the system proposes. Nobody is lost.
func TestThousandPeopleAreHandedOver(t *testing.T) {
	desks := openDesks(t)
	clerk := desks.holder("enterprise-1", "clerk", 0)
	id, totals := uploadRoster(t, clerk, "roster-messy-1000.xlsx")
	people, levels, codes := expectedRows(t, "roster-messy-1000.expected.json")
	if totals["people"] != people || totals["ok"]+totals["warning"]+totals["blocker"] != people {
		t.Errorf("the roster counts %v; %d people were expected", totals, people)
	}
	checkRows(t, clerk, id, levels, codes)

	var submitted caseBody
	clerk.must(http.MethodPost, "/cases", map[string]any{"type": "handover", "rosterId": id}, &submitted, http.StatusCreated)
	replayLive(t)
	ended := (&carrier{t: t, desks: desks, reader: clerk}).carry(submitted.No)
	if ended.State != "closed" {
		t.Fatalf("the handover ended as %s", ended.State)
	}
	var lines struct {
		Totals struct {
			People, Open int
			Outcomes     map[string]int
		}
	}
	clerk.get("/cases/"+submitted.No+"/lines", &lines)
	sum := lines.Totals.Open
	for _, count := range lines.Totals.Outcomes {
		sum += count
	}
	if lines.Totals.People != totals["ok"]+totals["warning"] || sum != lines.Totals.People || lines.Totals.Open != 0 {
		t.Errorf("the totals do not reconcile: %+v, %d rows went on", lines.Totals, totals["ok"]+totals["warning"])
	}
	if lines.Totals.Outcomes["received"] == 0 {
		t.Error("nobody was received")
	}
	if lines, clean := doctor(t); !clean {
		t.Errorf("doctor found: %v", lines)
	}
}

func checkRows(t *testing.T, clerk *client, id string, levels map[int]string, codes map[int][]string) {
	t.Helper()
	type row struct {
		Row      int
		Level    string
		Findings []struct{ Code string }
	}
	seen := map[int]bool{}
	for _, found := range all[row](clerk, "/rosters/"+id+"/rows") {
		seen[found.Row] = true
		if found.Level != levels[found.Row] {
			t.Errorf("row %d is %s instead of %s", found.Row, found.Level, levels[found.Row])
		}
		has := map[string]bool{}
		for _, finding := range found.Findings {
			has[finding.Code] = true
		}
		for _, code := range codes[found.Row] {
			if !has[code] {
				t.Errorf("row %d lacks the finding %s", found.Row, code)
			}
		}
	}
	for number := range levels {
		if !seen[number] {
			t.Errorf("row %d is missing", number)
		}
	}
}

// Twelve people: afterwards each person's page shows community, form and date.
func TestEachPersonKnowsTheirCommunity(t *testing.T) {
	desks := openDesks(t)
	clerk := desks.holder("enterprise-2", "clerk", 0)
	id, _ := uploadRoster(t, clerk, "roster-small-12.xlsx")
	var submitted caseBody
	clerk.must(http.MethodPost, "/cases", map[string]any{"type": "handover", "rosterId": id}, &submitted, http.StatusCreated)
	(&carrier{t: t, desks: desks, reader: clerk}).carry(submitted.No)
	type line struct{ Person, Outcome string }
	received := 0
	for _, each := range all[line](clerk, "/cases/"+submitted.No+"/lines") {
		if each.Outcome != "received" {
			continue
		}
		received++
		var person struct{ CommunityName, Form, HandedOverOn, ContactCard string }
		clerk.get("/people/"+each.Person, &person)
		if person.CommunityName == "" || person.Form != "F1" || person.HandedOverOn == "" {
			t.Errorf("a person's page lacks community, form or date: %+v", person)
		}
	}
	if received == 0 {
		t.Error("nobody was received")
	}
}
