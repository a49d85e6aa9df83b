package api_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"jieli/internal/stacktest"
)

// canary is somebody whose data nobody else's could be taken for.
type canary struct {
	person  stacktest.Person
	secrets []string // nowhere in the clear, not even in the database
	names   []string // nowhere outside the database and the answers to those entitled
}

func newCanary(n int, name string) canary {
	person := stacktest.NewPerson(n, stacktest.Person{"姓名": name, "亲属姓名": name + "之女", "亲属电话": "13987650" + person3(n), "社保编号": "2101066778899" + person3(n), "居住地址": "昆明湖街道建农社区"})
	return canary{person: person, names: []string{name},
		secrets: []string{person["身份证号"], person["联系电话"], person["亲属电话"], person["社保编号"]}}
}

func person3(n int) string {
	return string([]byte{'0' + byte(n/100%10), '0' + byte(n/10%10), '0' + byte(n%10)})
}

// holds finds a text in bytes, also where they were written as hexadecimal or base64.
func holds(body []byte, text string) bool {
	if bytes.Contains(body, []byte(text)) || bytes.Contains(body, []byte(hex.EncodeToString([]byte(text)))) {
		return true
	}
	for shift := range 3 {
		// Base64 of a text depends on where it begins; the middle is enough.
		encoded := base64.StdEncoding.EncodeToString(append(make([]byte, shift), text...))
		if middle := encoded[4 : len(encoded)-4]; len(middle) >= 8 && bytes.Contains(body, []byte(middle)) {
			return true
		}
	}
	return false
}

// histories are the bytes Temporal keeps of every workflow: id, memo, attributes, events.
func histories(t *testing.T, s *stacktest.System) map[string][]byte {
	t.Helper()
	bare := stacktest.Bare(t, s.Namespace)
	stored := map[string][]byte{}
	stacktest.Until(t, "every workflow is listed", func() bool {
		listed, err := bare.ListWorkflow(context.Background(), &workflowservice.ListWorkflowExecutionsRequest{Namespace: s.Namespace, PageSize: 1000})
		if err != nil {
			t.Fatal(err)
		}
		for _, execution := range listed.Executions {
			body, err := proto.Marshal(execution)
			if err != nil {
				t.Fatal(err)
			}
			stored[execution.Execution.WorkflowId] = body
		}
		return int64(len(stored)) == stacktest.Value[int64](s.Database, `SELECT count(*) FROM cases`)
	})
	for id := range stored {
		events := bare.GetWorkflowHistory(context.Background(), id, "", false, enums.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		for events.HasNext() {
			event, err := events.Next()
			if err != nil {
				t.Fatal(err)
			}
			raw, err := proto.Marshal(event)
			if err != nil {
				t.Fatal(err)
			}
			text, err := protojson.Marshal(event)
			if err != nil {
				t.Fatal(err)
			}
			stored[id] = append(append(stored[id], raw...), text...)
		}
	}
	return stored
}

// Distinctive people go through a roster, a batch, a case of their own, a reveal and errors. What
// must not be seen is then looked for in everything the system keeps and says.
func TestCanaries(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	batch, alone, wrong := newCanary(301, "慕容金丝雀"), newCanary(302, "令狐夜莺"), newCanary(303, "端木杜鹃")
	all := []canary{batch, alone, wrong}
	c := s.As(clerk)

	// A row that cannot go on, with every kind of mistake that a message could repeat.
	bad := wrong.person
	bad["联系电话"], bad["身份证号"] = "139-8765-WRONG", wrong.person["身份证号"][:17]+"Q"
	old := stacktest.NewPerson(304, stacktest.Person{"姓名": "端木杜鹃", "身份证号": "210106580315123"})
	roster := s.Roster(clerk, "名册.csv", stacktest.RosterCSV(batch.person, bad, old, batch.person))
	wrong.secrets = append(wrong.secrets, bad["身份证号"], bad["联系电话"], old["身份证号"])
	all[2] = wrong
	handover := s.SubmitRoster(clerk, roster)
	if ended := s.Carry(handover.No, clerk); ended.State != "closed" {
		t.Fatalf("the handover ended as %s", ended.State)
	}
	one := s.Submit(clerk, map[string]string{"name": alone.person["姓名"], "id_number": alone.person["身份证号"], "retirement_date": alone.person["退休日期"], "phone": alone.person["联系电话"],
		"residence_code": alone.person["居住社区代码"], "residence_address": alone.person["居住地址"], "kin_phone": alone.person["亲属电话"], "social_security_number": alone.person["社保编号"]})
	if ended := s.Carry(one.No, clerk); ended.State != "closed" {
		t.Fatalf("the individual handover ended as %s", ended.State)
	}
	var people struct{ Items []struct{ ID, Name string } }
	s.As(community).Get("/people").Expect(http.StatusOK).Read(&people)
	if len(people.Items) != 2 {
		t.Fatalf("the community has %d people", len(people.Items))
	}
	for _, person := range people.Items {
		for _, field := range []string{"id_number", "phone"} {
			var revealed struct{ Value string }
			s.As(community).Send(http.MethodPost, "/people/"+person.ID+"/reveal", map[string]string{"field": field, "reason": "电话核实"}).Expect(http.StatusOK).Read(&revealed)
			if !strings.Contains(batch.person["身份证号"]+batch.person["联系电话"]+alone.person["身份证号"]+alone.person["联系电话"], revealed.Value) {
				t.Fatalf("revealed %q", revealed.Value)
			}
		}
	}

	t.Run("problems", func(t *testing.T) {
		person := map[string]string{"name": wrong.names[0], "id_number": bad["身份证号"], "retirement_date": bad["联系电话"]}
		for _, answer := range []*stacktest.Answer{
			c.Send(http.MethodPost, "/cases", map[string]any{"type": "handover", "form": map[string]any{"person": person}}),
			c.Send(http.MethodPost, "/cases", map[string]any{"type": "handover", "form": map[string]any{"person": person, "contact": []string{wrong.names[0] + bad["联系电话"]}}}),
			c.Send(http.MethodPost, "/cases/"+one.No+"/actions", map[string]any{"action": "comment", "seen": 1, "opinion": wrong.names[0] + bad["身份证号"]}),
			c.Send(http.MethodPost, "/cases/"+one.No+"/actions", map[string]any{"action": "comment", "seen": bad["身份证号"], "clause": wrong.names[0]}),
			s.As(community).Send(http.MethodPost, "/people/"+people.Items[0].ID+"/reveal", map[string]string{"field": bad["身份证号"], "reason": "x"}),
			c.Get("/people?limit=" + bad["身份证号"]), c.Get("/people/" + bad["身份证号"]), c.Get("/cases/" + bad["身份证号"]),
		} {
			if answer.Status < 400 {
				t.Errorf("a wrong request was answered %d: %s", answer.Status, answer.Body)
			}
			for _, text := range append(wrong.secrets, wrong.names...) {
				if holds(answer.Body, text) {
					t.Errorf("a problem repeats %s: %s", text, answer.Body)
				}
			}
		}
	})
	t.Run("Temporal", func(t *testing.T) {
		for id, body := range histories(t, s) {
			for _, each := range all {
				for _, text := range append(each.secrets, each.names...) {
					if holds(body, text) {
						t.Errorf("Temporal holds %s with %s", text, id)
					}
				}
			}
		}
	})
	t.Run("logs", func(t *testing.T) {
		logs := []byte(s.Logs.String())
		if len(logs) == 0 {
			t.Fatal("nothing was logged: this test would find nothing")
		}
		for _, each := range all {
			for _, text := range append(each.secrets, each.names...) {
				if holds(logs, text) {
					t.Errorf("the log holds %s", text)
				}
			}
		}
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		found := 0
		for table, rows := range s.Tables() {
			body := []byte(strings.Join(rows, "\n"))
			for _, each := range all {
				for _, text := range each.secrets {
					if holds(body, text) {
						t.Errorf("the table %s holds %s in the clear", table, text)
					}
				}
				if holds(body, each.names[0]) {
					found++
				}
			}
		}
		if found == 0 {
			t.Error("not even the names were found, which are stored: this test would find nothing")
		}
	})
	t.Run("answers", func(t *testing.T) {
		for _, username := range []string{clerk, bureau, screener, "agency-clerk-1", street, community, supervisor} {
			seen := pages(s, username, handover.No)
			for path, body := range pages(s, username, one.No) {
				seen[path] = body
			}
			seen["rows"] = s.As(username).Get("/rosters/" + roster + "/rows").Body
			for path, body := range seen {
				for _, each := range all {
					for _, text := range each.secrets {
						if holds(body, text) {
							t.Errorf("%s reads %s unmasked at %s", username, text, path)
						}
					}
				}
				if !json.Valid(body) {
					t.Errorf("%s at %s reads no JSON", username, path)
				}
			}
		}
	})
}
