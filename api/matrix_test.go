package api_test

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"jieli/api"
	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/policies"
)

var update = flag.Bool("update", false, "write the golden files anew; read the difference before committing it")

const goldenRoutes = "testdata/route_matrix.txt"

var roles = []approval.Role{approval.RoleClerk, approval.RoleReviewer, approval.RoleHead, approval.RoleFundCashier, approval.RoleInternalAuditor, approval.RoleSupervisor,
	approval.RoleSystemAdministrator, approval.RoleSecurityAdministrator, approval.RoleAuditAdministrator}

// places are where somebody stands to the case of enterprise-1: in its own office, in another one,
// in the bureau of its district.
var places = []struct{ name, office string }{{"own", "enterprise-1"}, {"other", "enterprise-9"}, {"parent", "bureau"}}

// Every route names a permission that the policy knows, and every permission opens some route.
func TestEveryRouteNamesItsPermission(t *testing.T) {
	known := map[string]bool{}
	for _, role := range roles {
		for _, permission := range policies.Permissions(role) {
			known[permission] = true
		}
	}
	used := map[string]bool{}
	for _, route := range api.RouteTable() {
		used[route.Permission] = true
		if route.Permission != "open" && route.Permission != "signed-in" && !known[route.Permission] {
			t.Errorf("%s %s asks for %q, which the policy gives to nobody", route.Method, route.Path, route.Permission)
		}
		if route.Permission == "open" && !slices.Contains([]string{"POST /session", "GET /demo/accounts", "GET /verification/{code}", "POST /family/inquiry", "GET /demo/messages"}, route.Method+" "+route.Path) {
			t.Errorf("%s %s is open to everybody", route.Method, route.Path)
		}
	}
	for permission := range known {
		if !used[permission] {
			t.Errorf("the policy gives %s, which no route asks for", permission)
		}
	}
}

// matrixScene is a running system with one case, file, roster and person of enterprise-1.
type matrixScene struct {
	*stacktest.System
	t                *testing.T
	handover         stacktest.Case
	file, roster     string
	code             string
	view, phrase     string
	persons, uploads int
}

func newMatrixScene(t *testing.T) *matrixScene {
	t.Helper()
	// A short paper, so that it is made quickly: here only who may have it counts.
	papers := t.TempDir()
	if err := errors.Join(os.Mkdir(papers+"/000000", 0o755), os.WriteFile(papers+"/000000/slip.html", []byte("."), 0o644)); err != nil {
		t.Fatal(err)
	}
	s := &matrixScene{System: stacktest.NewSystem(t, stacktest.Options{Papers: papers}), t: t, persons: 100}
	for _, place := range places {
		for _, role := range roles {
			name := username(role, place.name)
			s.Run(`INSERT INTO users(id, username, name, password_hash) SELECT $1, $1, '测试', password_hash FROM users WHERE id = $2`, name, clerk)
			s.Run(`INSERT INTO posts(person, office, role) VALUES ($1, $2, $3)`, name, place.office, role)
		}
	}
	s.ReloadPosts()
	s.handover = s.Submit(clerk, stacktest.OnePerson(1))
	s.roster = s.Roster(clerk, "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(2, nil), stacktest.NewPerson(3, stacktest.Person{"身份证号": "1"})))
	var uploaded struct{ File string }
	c := s.As(clerk)
	c.Upload(http.MethodPost, "/cases/"+s.handover.No+"/files", "附件.txt", []byte("x")).Expect(http.StatusOK).Read(&uploaded)
	s.file = uploaded.File
	var printed struct{ Code string }
	c.Get("/cases/" + s.handover.No + "/papers/slip?version=1").Expect(http.StatusOK).Read(&printed)
	s.code = printed.Code
	var kept struct{ ID string }
	c.Send(http.MethodPost, "/views", map[string]string{"name": "急件", "page": "inbox", "query": "due=soon", "office": "enterprise-1"}).Expect(http.StatusOK).Read(&kept)
	s.view = kept.ID
	c.Send(http.MethodPost, "/phrases", map[string]string{"words": "同意。"}).Expect(http.StatusOK).Read(&kept)
	s.phrase = kept.ID
	c.Send(http.MethodPost, "/cases/"+s.handover.No+"/actions", map[string]any{"action": "attach", "seen": s.handover.Version, "file": s.file}).Expect(http.StatusOK)
	s.Run(`INSERT INTO persons(id, name, id_index, tail_index, id_sealed, id_masked, enterprise) VALUES ('P1', '张三', 'x', 'y', $1, '***', 'enterprise-1')`,
		s.Ring.Seal([]byte(stacktest.IDNumber("19500101", 1)), "persons|id_sealed|P1"))
	return s
}

func username(role approval.Role, place string) string { return "matrix-" + string(role) + "-" + place }

// officeOf is the office of a matrix account.
func (s *matrixScene) officeOf(name string) string {
	for _, place := range places {
		if strings.HasSuffix(name, "-"+place.name) {
			return place.office
		}
	}
	s.t.Fatalf("%s stands nowhere", name)
	return ""
}

// ask makes a request that is right in itself, so that only the right to make it is in question.
func (s *matrixScene) ask(c *stacktest.Client, method, path string) *http.Request {
	s.t.Helper()
	address := strings.NewReplacer("{no}", s.handover.No, "{type}", "handover", "/officers/{id}", "/officers/"+clerk, "{taskId}", s.handover.Tasks[0].ID, "/views/{id}", "/views/"+s.view, "/phrases/{id}", "/phrases/"+s.phrase,
		"{file}", s.file, "{paper}.pdf", "slip.pdf", "{paper}", "slip?version=1", "{code}", s.code, "/offices/{id}", "/offices/enterprise-1", "/rosters/{id}", "/rosters/"+s.roster, "/people/{id}", "/people/P1", "/rules/{name}", "/rules/working-days",
		"/calendars/{scope}", "/calendars/210106", "/settings/changes/{id}", "/settings/changes/unknown").Replace(path)
	json := func(body any) *http.Request { return c.JSON(method, address, stacktest.NextKey(), body) }
	switch key := method + " " + path; key {
	case "POST /session":
		return json(map[string]string{"username": c.Username, "password": stacktest.Password})
	case "POST /family/inquiry":
		// Each of them is the first to ask.
		s.Run(`DELETE FROM inquiry_limits`)
		return json(map[string]string{"code": "0123-4567-89AB", "lastFour": "0000"})
	case "POST /me/password":
		return json(map[string]string{"old": "not the password", "new": "another password"})
	case "POST /cases":
		s.persons++
		return json(map[string]any{"type": "handover", "form": map[string]any{"person": stacktest.OnePerson(s.persons)}})
	case "POST /cases/{no}/actions":
		return json(map[string]any{"action": "comment", "seen": 100, "opinion": "看过"})
	case "POST /tasks/actions":
		return json(map[string]any{"action": "claim", "items": []map[string]any{{"taskId": s.handover.Tasks[0].ID, "seen": 100}}})
	case "POST /cases/{no}/files", "POST /rosters", "PUT /rosters/{id}/file":
		s.uploads++
		return form(s.t, c, method, address, nil, map[string][2]string{"file": {"名册.csv", fmt.Sprintf("姓名\n%d", s.uploads)}})
	case "POST /cases/{no}/benefit-preview":
		return json(map[string]any{"form": map[string]any{}})
	case "PUT /cases/{no}/claimants":
		return json(map[string]any{"claimants": []any{}})
	case "POST /cases/{no}/receipts":
		return json(map[string]any{"number": stacktest.NextKey(), "amount": 1, "receivedOn": "2026-11-24", "method": "transfer"})
	case "POST /payments/results":
		return form(s.t, c, method, address, nil, map[string][2]string{"file": {"回盘.csv", "batch,line,amount_fen,outcome,reason\n"}})
	case "POST /cases/{no}/returned":
		return json(nil)
	case "PUT /rosters/{id}/mapping":
		return json(map[string]any{"mapping": map[string]string{}})
	case "POST /rosters/{id}/discard":
		return json(map[string]string{"rows": "not_part"})
	case "POST /people/{id}/reveal":
		return json(map[string]string{"field": "id_number", "reason": "核对身份"})
	case "POST /views":
		return json(map[string]string{"name": stacktest.NextKey(), "page": "inbox", "query": "box=todo"})
	case "PUT /views/{id}":
		return json(map[string]string{"name": stacktest.NextKey(), "query": "box=todo"})
	case "POST /phrases", "PUT /phrases/{id}":
		return json(map[string]string{"words": "同意。"})
	case "POST /phrases/{id}/use":
		return json(nil)
	case "PUT /drafts/{taskId}":
		return json(map[string]any{"basis": 1, "form": map[string]string{}})
	case "POST /notices/read":
		return json(map[string]any{"upTo": "1"})
	case "GET /notices/stream":
		// A stream has no end: whoever may open it is told that the place to go on from is none.
		request := c.Request(method, address, "", nil)
		request.Header.Set("Last-Event-ID", strings.Repeat("9", 3000))
		return request
	case "POST /substitutions":
		return json(map[string]string{"substitute": s.officeOf(c.Username) + "-clerk-1", "from": "2026-12-01", "to": "2026-12-05"})
	case "POST /substitutions/{id}/revoke":
		id := stacktest.NextKey()
		s.Run(`INSERT INTO substitutions(id, person, substitute, office, valid_from, valid_to, created_by, created_at) VALUES ($1, $2, 'enterprise-1-reviewer-1', 'enterprise-1', '2026-12-01', '2026-12-05', $2, now())`, id, clerk)
		return c.JSON(method, "/substitutions/"+id+"/revoke", stacktest.NextKey(), nil)
	case "POST /rules/{name}/evaluate":
		return json(map[string]any{"from": "2026-11-24", "days": 3})
	case "POST /supervision/faults/{no}/retry", "POST /supervision/messages/{id}/retry":
		return json(map[string]any{})
	case "POST /settings/changes":
		return json(map[string]any{"scope": "210106", "source": "铁西发1号", "calendar": map[string]any{"days": []map[string]any{{"day": "2026-12-01", "working": false, "name": "停电"}}}})
	case "POST /settings/changes/{id}/decision":
		return json(map[string]any{"decision": "confirm"})
	default:
		if method != http.MethodGet && method != http.MethodDelete {
			s.t.Fatalf("say in this test how to ask for %s", key)
		}
		return c.Request(method, address, "", nil)
	}
}

// Every role at every route, from its own office, another and the one above: the answers are those
// of the golden file, and whatever a foreign case is asked for, it does not exist.
func TestRouteMatrix(t *testing.T) {
	s := newMatrixScene(t)
	clients := map[string]*stacktest.Client{}
	for _, place := range places {
		for _, role := range roles {
			clients[username(role, place.name)] = s.As(username(role, place.name))
		}
	}
	var matrix strings.Builder
	fmt.Fprintf(&matrix, "%-36s %-7s", "", "")
	for _, role := range roles {
		fmt.Fprintf(&matrix, " %-23s", role)
	}
	table := api.RouteTable()
	// Signing out comes last, since nobody can ask for anything afterwards.
	slices.SortStableFunc(table, func(a, b api.RouteRow) int {
		last := func(r api.RouteRow) int {
			if r.Method+" "+r.Path == "DELETE /session" {
				return 1
			}
			return 0
		}
		return last(a) - last(b)
	})
	for _, route := range table {
		for _, place := range places {
			fmt.Fprintf(&matrix, "\n%-36s %-7s", route.Method+" "+route.Path, place.name)
			for _, role := range roles {
				c := clients[username(role, place.name)]
				if route.Method+" "+route.Path == "POST /session" {
					// Somebody who is not signed in yet, or the others' tokens would be out of date.
					c = s.Anonymous()
					c.Username = username(role, place.name)
				}
				answer := c.Do(s.ask(c, route.Method, route.Path))
				permitted := route.Permission == "open" || route.Permission == "signed-in" || slices.Contains(policies.Permissions(role), route.Permission)
				if !permitted && answer.Status != http.StatusForbidden {
					t.Errorf("%s, who may not, at %s %s: %d", role, route.Method, route.Path, answer.Status)
				}
				if answer.Status >= 500 {
					t.Errorf("%s of the %s office at %s %s: %d %s", role, place.name, route.Method, route.Path, answer.Status, answer.Body)
				}
				if place.name == "other" && strings.Contains(route.Path, "{no}") && answer.Status != 403 && answer.Status != 404 {
					t.Errorf("%s of another office at %s %s: %d", role, route.Method, route.Path, answer.Status)
				}
				result := fmt.Sprint(answer.Status)
				if answer.Status >= 400 {
					result += " " + answer.Problem().Code
				}
				fmt.Fprintf(&matrix, " %-23s", result)
			}
		}
	}
	lines := strings.Split(matrix.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	checkGolden(t, goldenRoutes, strings.Join(lines, "\n")+"\n")
}

func checkGolden(t *testing.T, path, text string) {
	t.Helper()
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; -update writes it", err)
	}
	expected, got := strings.Split(string(golden), "\n"), strings.Split(text, "\n")
	for i := range max(len(expected), len(got)) {
		var before, now string
		if i < len(expected) {
			before = expected[i]
		}
		if i < len(got) {
			now = got[i]
		}
		if before != now {
			t.Errorf("line %d of %s\nwas %s\nis  %s", i+1, path, before, now)
		}
	}
}
