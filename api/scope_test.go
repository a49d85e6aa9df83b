package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"testing"

	"jieli/internal/stacktest"
)

const (
	screener   = "organisation-clerk-1"
	supervisor = "supervision-supervisor-1"
	street     = "street-001-clerk-1"
	community  = "community-001017-clerk-1"
)

// pages are all that somebody can read around a case, as one text per address.
func pages(s *stacktest.System, username, no string) map[string][]byte {
	c := s.As(username)
	found := map[string][]byte{}
	read := func(path string) []byte {
		if answer := c.Get(path); answer.Status == http.StatusOK {
			found[path] = answer.Body
			return answer.Body
		}
		return nil
	}
	for _, path := range []string{"", "/journal", "/children", "/lines", "/estates", "/notice"} {
		read("/cases/" + no + path)
	}
	for _, path := range []string{"/cases", "/people", "/rosters", "/tasks?box=todo", "/tasks?box=claimable", "/tasks?box=done", "/tasks?box=cc", "/me"} {
		read(path)
	}
	var people, children struct{ Items []struct{ ID, No string } }
	if body := found["/people"]; body != nil {
		c.Get("/people").Read(&people)
	}
	for _, person := range people.Items {
		read("/people/" + person.ID)
	}
	if found["/cases/"+no+"/children"] != nil {
		c.Get("/cases/" + no + "/children").Read(&children)
	}
	for _, child := range children.Items {
		for _, path := range []string{"", "/journal", "/children", "/lines"} {
			read("/cases/" + child.No + path)
		}
	}
	return found
}

// Party columns, their findings and their counts exist for Party roles and the uploading enterprise;
// special circumstances for the receiving community. Nobody else reads them anywhere.
func TestColumnsHaveAScope(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	roster := s.Roster(clerk, "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(1, stacktest.Person{"政治面貌": "中共党员", "特殊人员类别": "失能"}),
		stacktest.NewPerson(2, stacktest.Person{"干部管理类别": "县级以上党委管理干部", "党费交至": "2026-10", "政治面貌": "中共预备党员"})))
	read := func(username, path string) []byte { return s.As(username).Get(path).Body }
	for _, text := range []string{"party_dues_missing", "中共党员", "失能", "县级以上党委管理干部"} {
		if !bytes.Contains(read(clerk, "/rosters/"+roster+"/rows"), []byte(text)) {
			t.Errorf("the uploading enterprise does not see %s in its own upload", text)
		}
	}
	if !bytes.Contains(read(clerk, "/rosters/"+roster), []byte("party_dues_missing")) {
		t.Error("the uploading enterprise does not see the count of its findings")
	}
	no := s.SubmitRoster(clerk, roster).No
	s.SignUntil(no, clerk, "screening")
	found := s.Read(screener, no)
	s.As(screener).Send(http.MethodPost, "/cases/"+no+"/actions", map[string]any{"action": "correct", "taskId": found.Tasks[0].ID, "seen": found.Version, "opinion": "甄别意见不外传",
		"lines": []map[string]string{{"line": no + ".3", "field": "cadre_class", "value": "ordinary"}}}).Expect(http.StatusOK)
	found = s.Read(screener, no)
	s.As(screener).Send(http.MethodPost, "/cases/"+no+"/actions", map[string]any{"action": "correct", "taskId": found.Tasks[0].ID, "seen": found.Version,
		"lines": []map[string]string{{"line": no + ".3", "field": "cadre_class", "value": "county"}}}).Expect(http.StatusOK)
	if !bytes.Contains(read(screener, "/cases/"+no+"/lines"), []byte(`"cadreClass":"county"`)) || !bytes.Contains(read(screener, "/cases/"+no+"/journal"), []byte("甄别意见不外传")) {
		t.Error("the organisation department does not see what it decides on")
	}
	forbidden := func(username string, texts ...string) {
		t.Helper()
		for path, body := range pages(s, username, no) {
			for _, text := range texts {
				ownUpload := username == clerk && path == "/rosters"
				if bytes.Contains(body, []byte(text)) && !ownUpload {
					t.Errorf("%s reads %s at %s", username, text, path)
				}
			}
		}
	}
	party := []string{"中共党员", "中共预备党员", "party_dues_missing", `"cadreClass":"`, "甄别意见不外传", `"field":"cadre_class"`}
	for _, username := range []string{clerk, bureau, supervisor} {
		forbidden(username, append([]string{"失能"}, party...)...)
	}
	if ended := s.Carry(no, clerk); ended.State != "closed" {
		t.Fatalf("the handover ended as %s", ended.State)
	}
	for _, username := range []string{clerk, bureau, "agency-clerk-1", street, supervisor} {
		forbidden(username, append([]string{"失能"}, party...)...)
	}
	forbidden(community, party...)
	forbidden(screener, "失能")
	people := pages(s, community, no)
	if !slices.ContainsFunc(slices.Collect(values(people)), func(body []byte) bool { return bytes.Contains(body, []byte("失能")) }) {
		t.Error("the receiving community does not see the special circumstances")
	}
	for _, query := range []string{"失能", "中共党员", "county"} {
		for _, path := range []string{"/people?q=", "/cases?q=", "/tasks?q=", "/cases/" + no + "/lines?q="} {
			if body := read(supervisor, path+url.QueryEscape(query)); bytes.Contains(body, []byte(`"no":`)) || bytes.Contains(body, []byte(`"id":`)) {
				t.Errorf("%s finds something for %s: %s", path, query, body)
			}
		}
	}
}

func values(m map[string][]byte) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for _, value := range m {
			if !yield(value) {
				return
			}
		}
	}
}

// A right held in one office does not reach into another that the same person sees through another post.
func TestRightsDoNotAddUpOverPosts(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	// A clerk of one enterprise who only reviews in another, and supervises the district.
	s.Run(`INSERT INTO posts(person, office, role) VALUES ($1, 'enterprise-2', 'reviewer'), ($1, 'supervision', 'supervisor')`, clerk)
	s.ReloadPosts()
	other := s.Roster("enterprise-2-clerk-1", "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(1, nil)))
	s.Run(`INSERT INTO persons(id, name, id_index, tail_index, id_sealed, id_masked, enterprise, community) VALUES ('P1', '张三', 'x', 'y', $1, '***', 'enterprise-3', 'community-001017')`,
		s.Ring.Seal([]byte(stacktest.IDNumber("19500101", 1)), "persons|id_sealed|P1"))
	c := s.As(clerk)
	c.Get("/rosters/" + other).Expect(http.StatusOK)
	c.Get("/people/P1").Expect(http.StatusOK)
	for name, answer := range map[string]*stacktest.Answer{
		"maps another enterprise's columns":       c.Send(http.MethodPut, "/rosters/"+other+"/mapping", map[string]any{"mapping": map[string]string{}}),
		"discards another enterprise's rows":      c.Send(http.MethodPost, "/rosters/"+other+"/discard", map[string]string{"rows": "not_part"}),
		"replaces another enterprise's file":      c.Upload(http.MethodPut, "/rosters/"+other+"/file", "a.csv", []byte("姓名")),
		"downloads another enterprise's workbook": c.Get("/rosters/" + other + "/errors.xlsx"),
		"reveals what a supervisor may not":       c.Send(http.MethodPost, "/people/P1/reveal", map[string]string{"field": "id_number", "reason": "核对身份"}),
	} {
		if answer.Status != http.StatusForbidden && answer.Status != http.StatusNotFound {
			t.Errorf("a clerk of one enterprise %s: %d %s", name, answer.Status, fmt.Sprintf("%.200s", answer.Body))
		}
	}
}
