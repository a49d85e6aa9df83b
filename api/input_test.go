package api_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"jieli/internal/stacktest"
	"jieli/roster"
)

const (
	clerk    = "enterprise-1-clerk-1"
	reviewer = "enterprise-1-reviewer-1"
	bureau   = "bureau-clerk-1"
	stranger = "bureau-210102-clerk-1"
)

// offending is a value that no answer may repeat.
const offending = "ZZ不得回显ZZ"

// contents are the rows of everything a refused write must leave alone.
func contents(s *stacktest.System) map[string]string {
	rows := map[string]string{}
	for _, table := range []string{"journal", "cases", "tasks", "lines", "line_edits", "persons", "rosters", "roster_rows", "files", "copies", "business_keys", "numbers"} {
		rows[table] = stacktest.Value[string](s.Database, `SELECT count(*) || ':' || coalesce(md5(string_agg(x::text, '' ORDER BY x::text)), '') FROM `+table+` x`)
	}
	return rows
}

// bad is one request that must be refused.
type bad struct {
	name    string
	request *http.Request
	// status and code of the problem document; location when one place is to be named.
	status         int
	code, location string
}

// refused sends every bad request in both languages and checks the problem document.
func refused(t *testing.T, s *stacktest.System, c *stacktest.Client, cases []bad) {
	t.Helper()
	before := contents(s)
	for _, each := range cases {
		t.Run(each.name, func(t *testing.T) {
			wording := map[string]string{}
			for _, language := range []string{"zh-CN", "en"} {
				request := each.request.Clone(t.Context())
				request.Body, _ = each.request.GetBody()
				request.Header.Set("Accept-Language", language)
				if request.Header.Get("Idempotency-Key") != "" {
					request.Header.Set("Idempotency-Key", stacktest.NextKey())
				}
				answer := c.Do(request)
				if answer.Status != each.status {
					t.Fatalf("%s: answered %d instead of %d: %s", language, answer.Status, each.status, answer.Body)
				}
				checkProblem(t, answer, each)
				wording[language] = answer.Problem().Detail
			}
			if wording["zh-CN"] == wording["en"] || !strings.ContainsFunc(wording["zh-CN"], func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }) {
				t.Errorf("the languages are %q and %q", wording["zh-CN"], wording["en"])
			}
		})
	}
	if after := contents(s); !maps.Equal(before, after) {
		for table := range after {
			if before[table] != after[table] {
				t.Errorf("a refused request changed the table %s", table)
			}
		}
	}
}

func checkProblem(t *testing.T, answer *stacktest.Answer, each bad) {
	t.Helper()
	problem := answer.Problem()
	if kind := answer.Header.Get("Content-Type"); !strings.HasPrefix(kind, "application/problem+json") {
		t.Errorf("the content type is %s", kind)
	}
	if problem.Status != each.status || problem.Code != each.code || problem.Title == "" || problem.Detail == "" || problem.RequestID == "" {
		t.Errorf("the problem is %+v, expected code %s", problem, each.code)
	}
	if each.location != "" && !slices.ContainsFunc(problem.Errors, func(e struct{ Location, Message, Code string }) bool {
		return e.Location == each.location && e.Message != "" && e.Code != ""
	}) {
		t.Errorf("the errors %+v do not name %s", problem.Errors, each.location)
	}
	if bytes.Contains(answer.Body, []byte(offending)) {
		t.Errorf("the offending value is echoed: %s", answer.Body)
	}
	// The request's id is random, and could spell anything.
	said := strings.ReplaceAll(string(answer.Body), problem.RequestID, "")
	for _, internal := range []string{"SQLSTATE", "pgx", "goroutine", "json:", ".go:", "huma"} {
		if strings.Contains(said, internal) {
			t.Errorf("internal text leaves: %s", answer.Body)
		}
	}
}

// A body of every wrong kind on the one write that everything goes through.
func TestBadBodiesAreRefusedAndChangeNothing(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	c := s.As(clerk)
	found := s.Submit(clerk, stacktest.OnePerson(1))
	path := "/cases/" + found.No + "/actions"
	task := found.Tasks[0].ID
	raw := func(body string) *http.Request {
		return c.Request(http.MethodPost, path, "application/json", []byte(body))
	}
	act := func(change map[string]any) *http.Request {
		body := stacktest.Approval(found, found.Tasks[0])
		maps.Copy(body, change)
		return c.JSON(http.MethodPost, path, stacktest.NextKey(), body)
	}
	refused(t, s, c, []bad{
		{"malformed JSON", raw(`{"action": "approve"`), 400, "malformed", ""},
		{"no body", raw(``), 400, "malformed", ""},
		{"not an object", raw(`["approve"]`), 422, "invalid_input", ""},
		{"null", raw(`null`), 422, "invalid_input", ""},
		{"nested beyond reason", raw(strings.Repeat("[", 20_000)), 400, "malformed", ""},
		{"invalid UTF-8", raw("{\"action\":\"comment\",\"seen\":1,\"opinion\":\"\xff\xfe\"}"), 400, "malformed", ""},
		{"huge body", raw(`{"action":"comment","seen":1,"opinion":"` + strings.Repeat("长", 500_000) + `"}`), 413, "too_large", ""},
		{"another content type", c.Request(http.MethodPost, path, "text/plain", []byte(offending)), 400, "malformed", ""},
		{"action of the wrong type", act(map[string]any{"action": 7}), 422, "invalid_input", "action"},
		{"seen of the wrong type", act(map[string]any{"seen": offending}), 422, "invalid_input", "seen"},
		{"seen below nothing", act(map[string]any{"seen": -1}), 422, "invalid_input", "seen"},
		{"seen beyond integers", raw(`{"action":"approve","taskId":"` + task + `","seen":1e300}`), 422, "invalid_input", ""},
		{"seen is missing", raw(`{"action":"approve","taskId":"` + task + `"}`), 422, "invalid_input", "seen"},
		{"unknown field", act(map[string]any{"surprise": offending}), 422, "invalid_input", "surprise"},
		{"unknown action", act(map[string]any{"action": offending}), 422, "invalid_input", ""},
		{"an action of the system", act(map[string]any{"action": "children-finished"}), 422, "invalid_input", "action"},
		{"unknown form field", act(map[string]any{"form": map[string]any{"surprise": offending}}), 422, "invalid_input", "form.surprise"},
		{"form value of the wrong type", act(map[string]any{"form": map[string]any{"materials": offending}}), 422, "invalid_input", "form.materials"},
		{"required form value is missing", act(map[string]any{"form": map[string]any{}}), 422, "invalid_input", "form.materials"},
		{"form of the wrong type", act(map[string]any{"form": []string{offending}}), 422, "invalid_input", "form"},
		{"opinion too long", act(map[string]any{"opinion": strings.Repeat("长", 4001)}), 422, "invalid_input", "opinion"},
		{"NUL in the opinion", act(map[string]any{"opinion": "\x00" + offending}), 422, "invalid_input", "opinion"},
		{"NUL in a form value", act(map[string]any{"form": map[string]any{"materials": []string{"application", "plan", "roster", "undertaking", "licence", "party-minutes"}, "remarks": "a\x00b"}}), 422, "invalid_input", "form.remarks"},
		{"unknown afterReturn", act(map[string]any{"action": "return", "toStage": "prepare", "afterReturn": offending}), 422, "invalid_input", "afterReturn"},
		{"target without such an office", act(map[string]any{"action": "transfer", "target": map[string]any{"office": offending}}), 422, "invalid_input", "target.office"},
		{"NUL in the target", act(map[string]any{"action": "cc", "target": map[string]any{"office": "a\x00"}}), 422, "invalid_input", "target.office"},
		{"a file that was not uploaded", act(map[string]any{"action": "attach", "file": offending}), 422, "invalid_input", "file"},
		{"NUL in the file", act(map[string]any{"action": "attach", "file": "a\x00"}), 422, "invalid_input", "file"},
		{"a task that is not there", act(map[string]any{"taskId": offending}), 404, "not_found", ""},
		{"stale", c.JSON(http.MethodPost, path, "k", map[string]any{"action": "approve", "taskId": task, "seen": 0, "form": found.Tasks[0].Form.Proposal}), 409, "stale", ""},
	})
}

// Query parameters, cursors and ids of every wrong kind never end in a server error.
func TestBadQueriesAreRefused(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	c := s.As(clerk)
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	uploaded := s.Roster(clerk, "a.csv", stacktest.RosterCSV(stacktest.NewPerson(2, nil)))
	get := func(path string) *http.Request { return c.Request(http.MethodGet, path, "", nil) }
	cases := []bad{
		{"unknown parameter", get("/tasks?surprise=" + url.QueryEscape(offending)), 422, "invalid_input", ""},
		{"unknown box", get("/tasks?box=" + url.QueryEscape(offending)), 422, "invalid_input", "query.box"},
		{"huge limit", get("/tasks?limit=201"), 422, "invalid_input", "query.limit"},
		{"limit beyond integers", get("/tasks?limit=99999999999999999999"), 422, "invalid_input", "query.limit"},
		{"no limit at all", get("/tasks?limit=0"), 422, "invalid_input", "query.limit"},
		{"limit of the wrong type", get("/tasks?limit=" + url.QueryEscape(offending)), 422, "invalid_input", "query.limit"},
		{"unknown due", get("/cases?due=" + url.QueryEscape(offending)), 422, "invalid_input", "query.due"},
		{"mine of the wrong type", get("/cases?mine=" + url.QueryEscape(offending)), 422, "invalid_input", "query.mine"},
		{"a search beyond reason", get("/people?q=" + strings.Repeat("a", 101)), 422, "invalid_input", "query.q"},
		{"a moment of no kind", get("/cases/" + no + "/journal?asOf=" + url.QueryEscape(offending)), 422, "invalid_input", "query.asOf"},
		{"a case number of no kind", get("/cases/" + url.PathEscape(offending)), 422, "invalid_input", "path.no"},
		{"a case number without a case", get("/cases/YJ-210106-20200101-0001"), 404, "not_found", ""},
		{"a person that is not there", get("/people/" + url.PathEscape(offending)), 404, "not_found", ""},
		{"a roster that is not there", get("/rosters/" + url.PathEscape(offending)), 404, "not_found", ""},
		{"a path that is not there", get("/surprise"), 404, "not_found", ""},
		{"a method that is not there", c.Request(http.MethodPut, "/tasks", "application/json", []byte("{}")), 404, "not_found", ""},
	}
	lists := []string{"/tasks?box=todo", "/tasks?box=claimable", "/tasks?box=done", "/tasks?box=started", "/tasks?box=cc", "/cases?type=", "/cases/" + no + "/children?state=",
		"/cases/" + no + "/lines?street=", "/rosters/" + uploaded + "/rows?code=", "/people?q="}
	cursors := []string{offending, "|", "x|y", "2026-13-45|x", "0|", "-1", "99999999999999", "1e3", "infinity", "'; --"}
	for _, list := range lists {
		for _, cursor := range cursors {
			if strings.HasPrefix(list, "/people") {
				continue // any text has a place in the order of people's ids
			}
			cases = append(cases, bad{list + " cursor " + cursor, get(list + "&cursor=" + url.QueryEscape(cursor)), 422, "invalid_input", "query.cursor"})
		}
	}
	for _, text := range []string{"%00", "a%00b", "%ff%fe", "%c3"} {
		for _, path := range append(slices.Clone(lists), "/offices?q=", "/offices?kind=", "/regions?q=", "/regions?parent=", "/cases?q=", "/cases?office=", "/cases?holder=", "/cases?stage=", "/tasks?q=", "/tasks?type=", "/offices/bureau/officers?role=") {
			if strings.Contains(path, "box=") {
				path += "&type="
			}
			cases = append(cases, bad{path + text, get(path + text), 400, "malformed", ""})
		}
		for _, path := range []string{"/cases/{}", "/people/{}", "/rosters/{}", "/rosters/{}/rows", "/offices/{}/officers", "/procedures/{}", "/cases/" + no + "/files/{}"} {
			path = strings.Replace(path, "{}", text, 1)
			cases = append(cases, bad{"path " + path, get(path), 400, "malformed", ""})
		}
	}
	refused(t, s, c, cases)
}

// form is a multipart body; a name without a file is a plain value.
func form(t *testing.T, c *stacktest.Client, method, path string, values map[string]string, files map[string][2]string) *http.Request {
	t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	for name, value := range values {
		if err := writer.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	for field, file := range files {
		part, err := writer.CreateFormFile(field, file[0])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write([]byte(file[1]))
	}
	_ = writer.Close()
	return c.Request(method, path, writer.FormDataContentType(), body.Bytes())
}

func TestBadUploadsAreRefused(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	c := s.As(clerk)
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	uploaded := s.Roster(clerk, "a.csv", stacktest.RosterCSV(stacktest.NewPerson(2, nil)))
	file := map[string][2]string{"file": {"名册.csv", "a,b"}}
	cases := []bad{
		{"roster of another enterprise", form(t, c, http.MethodPost, "/rosters", map[string]string{"enterpriseId": "enterprise-2"}, file), 403, "forbidden", ""},
		{"roster is no multipart", c.Request(http.MethodPost, "/rosters", "application/json", []byte(`{"file":"x"}`)), 422, "invalid_input", ""},
		{"multipart without a boundary", c.Request(http.MethodPost, "/rosters", "multipart/form-data", []byte("x")), 400, "malformed", ""},
		{"multipart cut off", c.Request(http.MethodPost, "/rosters", "multipart/form-data; boundary=b", []byte("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx")), 400, "malformed", ""},
		{"mapping to no column", c.JSON(http.MethodPut, "/rosters/"+uploaded+"/mapping", "k", map[string]any{"mapping": map[string]string{"x": offending}}), 422, "invalid_input", "mapping"},
		{"NUL in a mapping", c.JSON(http.MethodPut, "/rosters/"+uploaded+"/mapping", "k", map[string]any{"mapping": map[string]string{"x\x00": "name"}}), 422, "invalid_input", "mapping"},
		{"discard of another kind", c.JSON(http.MethodPost, "/rosters/"+uploaded+"/discard", "k", map[string]any{"rows": offending}), 422, "invalid_input", "rows"},
	}
	for _, path := range []string{"/rosters", "/cases/" + no + "/files"} {
		cases = append(cases, bad{"NUL in the file's name at " + path, form(t, c, http.MethodPost, path, nil, map[string][2]string{"file": {"a\x00.csv", "a,b"}}), 400, "malformed", ""},
			bad{"the file's name is not UTF-8 at " + path, form(t, c, http.MethodPost, path, nil, map[string][2]string{"file": {"\xff\xfe.csv", "a,b"}}), 422, "invalid_input", "file"})
		cases = append(cases, bad{"no file at " + path, form(t, c, http.MethodPost, path, map[string]string{"x": "y"}, nil), 422, "invalid_input", "file"},
			bad{"a value in the file's place at " + path, form(t, c, http.MethodPost, path, map[string]string{"file": offending}, nil), 422, "invalid_input", "file"})
	}
	refused(t, s, c, cases)
}

// Files beyond the limits are refused as too large: by the handler, and before anything is read of
// what no handler would take.
func TestHugeFilesAreRefused(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.As(clerk)
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	file := func(size int) map[string][2]string {
		return map[string][2]string{"file": {"大.bin", strings.Repeat("x", size)}}
	}
	refused(t, s, c, []bad{
		{"an attachment", form(t, c, http.MethodPost, "/cases/"+no+"/files", nil, file(21<<20)), 413, "too_large", ""},
	})
	for language, first := range map[string]string{"zh-CN": "内", "en": "t"} {
		address, _ := url.Parse(s.URL)
		connection, err := net.Dial("tcp", address.Host)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = connection.Close() }()
		fmt.Fprintf(connection, "POST /api/v1/rosters HTTP/1.1\r\nHost: x\r\nAccept-Language: %s\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: %d\r\n\r\n", language, roster.MaxFileBytes+2<<20)
		response, err := http.ReadResponse(bufio.NewReader(connection), nil)
		if err != nil {
			t.Fatal(err)
		}
		var problem stacktest.Problem
		if err := json.NewDecoder(response.Body).Decode(&problem); err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != 413 || problem.Code != "too_large" || problem.RequestID == "" || !strings.HasPrefix(problem.Detail, first) ||
			response.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %+v %s", language, response.StatusCode, problem, response.Header)
		}
	}
}

// What is no spreadsheet is refused by the check, in plain words, and holds no rows.
func TestRenamedFilesAreRefused(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	for name, content := range map[string]string{"程序.xlsx": "MZ\x90\x00" + strings.Repeat("\x00", 500), "空.xlsx": "", "图片.xlsx": "\x89PNG\r\n\x1a\n", "文本.xlsx": "姓名,身份证号\n",
		"压缩包.xlsx": "PK\x05\x06" + strings.Repeat("\x00", 18), "旧格式.xls": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)} {
		t.Run(name, func(t *testing.T) {
			id := s.Roster(clerk, name, []byte(content))
			var roster struct {
				State   string
				Refusal struct{ ZH, EN string }
				Totals  struct{ People int }
			}
			s.As(clerk).Get("/rosters/" + id).Expect(http.StatusOK).Read(&roster)
			if roster.State != "failed" || roster.Refusal.ZH == "" || roster.Refusal.EN == "" || roster.Totals.People != 0 {
				t.Errorf("%s: %+v", name, roster)
			}
		})
	}
}

// Submissions of every wrong kind leave no case behind.
func TestBadSubmissionsAreRefused(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.As(clerk)
	submit := func(body map[string]any) *http.Request { return c.JSON(http.MethodPost, "/cases", "k", body) }
	person := func(change map[string]string) map[string]any {
		data := stacktest.OnePerson(1)
		maps.Copy(data, change)
		return map[string]any{"person": data}
	}
	cases := []bad{
		{"no type", submit(map[string]any{}), 422, "invalid_input", "type"},
		{"unknown type", submit(map[string]any{"type": offending}), 422, "invalid_input", "type"},
		{"a child's type", submit(map[string]any{"type": "intake"}), 422, "invalid_input", "type"},
		{"another office", submit(map[string]any{"type": "handover", "office": "enterprise-2", "form": person(nil)}), 403, "forbidden", ""},
		{"an unknown roster", submit(map[string]any{"type": "handover", "rosterId": offending}), 404, "not_found", ""},
		{"NUL in the roster", submit(map[string]any{"type": "handover", "rosterId": "a\x00"}), 422, "invalid_input", "rosterId"},
		{"an unknown person", submit(map[string]any{"type": "handover", "subject": offending}), 404, "not_found", ""},
		{"no person", submit(map[string]any{"type": "handover"}), 422, "invalid_input", "form.person.name"},
		{"a person of the wrong type", submit(map[string]any{"type": "handover", "form": map[string]any{"person": offending}}), 422, "invalid_input", "form.person"},
		{"an invalid ID number", submit(map[string]any{"type": "handover", "form": person(map[string]string{"id_number": offending})}), 422, "invalid_input", "form.person.id_number"},
		{"a wrong date", submit(map[string]any{"type": "handover", "form": person(map[string]string{"retirement_date": offending})}), 422, "invalid_input", "form.person.retirement_date"},
		{"NUL in a name", submit(map[string]any{"type": "handover", "form": person(map[string]string{"name": "张\x00三"})}), 422, "invalid_input", "form.person.name"},
		{"an unknown column", submit(map[string]any{"type": "handover", "form": person(map[string]string{"surprise": offending})}), 422, "invalid_input", "form.person.surprise"},
		{"a wrong form value", submit(map[string]any{"type": "handover", "form": map[string]any{"person": stacktest.OnePerson(1), "materials": offending}}), 422, "invalid_input", "form.materials"},
		{"an unknown form field", submit(map[string]any{"type": "handover", "form": map[string]any{"person": stacktest.OnePerson(1), "surprise": 1}}), 422, "invalid_input", "form.surprise"},
		{"NUL in a form value", submit(map[string]any{"type": "handover", "form": map[string]any{"person": stacktest.OnePerson(1), "contact": "a\x00"}}), 422, "invalid_input", "form.contact"},
	}
	refused(t, s, c, cases)
	counter := s.As("community-001017-clerk-1")
	refused(t, s, counter, []bad{
		{"no enterprise", counter.JSON(http.MethodPost, "/cases", "k", map[string]any{"type": "handover", "form": person(nil)}), 422, "invalid_input", "form.enterprise"},
		{"NUL in the enterprise", counter.JSON(http.MethodPost, "/cases", "k", map[string]any{"type": "handover", "form": map[string]any{"enterprise": "a\x00", "person": stacktest.OnePerson(1)}}), 422, "invalid_input", "form.enterprise"},
		{"an office that is no enterprise", counter.JSON(http.MethodPost, "/cases", "k", map[string]any{"type": "handover", "form": map[string]any{"enterprise": "bureau", "person": stacktest.OnePerson(1)}}), 422, "invalid_input", "form.enterprise"},
	})
}
