package api_test

import (
	"bytes"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/stacktest"
)

const (
	organiser  = "party-enterprise-1-clerk-1"
	secretary  = "party-enterprise-1-head-1"
	townParty  = "party-street-001-clerk-1"
	administer = "administration-system_administrator-1"
)

// changing is what differs from one reading to the next without anything having happened.
var changing = regexp.MustCompile(`"(countedAt|csrfToken|requestId|seconds)":("[^"]*"|[0-9]+)`)

// everything is what somebody can read that could show that there are Party data: lists, counts, notices,
// people, the board, its workbook, faults, searches.
func everything(s *stacktest.System, username, person string) map[string]string {
	s.SignEverybodyOut()
	c := s.As(username)
	read := map[string]string{}
	for _, path := range []string{"/cases", "/cases?type=party", "/cases?mine=true", "/cases?q=DZ-", "/cases?q=" + "%E7%BB%84%E7%BB%87%E5%85%B3%E7%B3%BB", "/people", "/people?q=%E5%BC%A0%E6%B5%8B%E8%AF%95001", "/people/" + person,
		"/tasks?box=todo", "/tasks?box=claimable", "/tasks?box=done", "/tasks?box=started", "/tasks?box=cc", "/tasks?q=DZ-", "/tasks/counts", "/notices", "/me",
		"/supervision/summary", "/supervision/ageing", "/supervision/bottlenecks", "/supervision/stuck?measure=open", "/supervision/stuck?measure=idle", "/supervision/stuck?measure=ageing", "/supervision/stuck?measure=closed_week",
		"/supervision/stuck?measure=returned", "/supervision/stuck?measure=no_officer", "/supervision/progress", "/supervision/faults", "/settings/recomputations"} {
		answer := c.Get(path)
		read[path] = changing.ReplaceAllString(string(answer.Body), "")
	}
	if answer := c.Get("/supervision/stuck.xlsx?measure=open"); answer.Status == http.StatusOK {
		book, err := excelize.OpenReader(bytes.NewReader(answer.Body))
		if err == nil {
			rows, _ := book.GetRows(book.GetSheetName(0))
			for _, row := range rows {
				read["stuck.xlsx"] += strings.Join(row, "|") + "\n"
			}
		}
	}
	return read
}

func (p *partyCase) act(username string, body map[string]any) *stacktest.Answer {
	seen := p.s.Read(username, p.no)
	body["seen"] = seen.Version
	if len(seen.Tasks) > 0 {
		body["taskId"] = seen.Tasks[0].ID
	}
	if body["action"] == "approve" {
		form := map[string]any{}
		maps.Copy(form, seen.Tasks[0].Form.Proposal)
		if given, ok := body["form"].(map[string]any); ok {
			maps.Copy(form, given)
		}
		body["form"] = form
	}
	return p.s.As(username).Send(http.MethodPost, "/cases/"+p.no+"/actions", body)
}

type partyCase struct {
	s  *stacktest.System
	no string
}

// To whoever has no Party role nothing has happened: what they read while a member's relation goes its way is
// to the letter what they read before. Those with the role see it, and the board of a supervisor counts it.
func TestPartyDataExistForPartyRolesAlone(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('party_with_handover', '210106', '2003-06-06', 1, '"no"', '试验')`)
	roster := s.Roster(clerk, "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(1, stacktest.Person{"政治面貌": "中共党员", "党费交至": "2026-10"}), stacktest.NewPerson(2, nil)))
	s.Carry(s.SubmitRoster(clerk, roster).No, clerk)
	person := stacktest.Value[string](s.Database, `SELECT id FROM persons WHERE name = '张测试001'`)
	other := stacktest.Value[string](s.Database, `SELECT id FROM persons WHERE name = '张测试002'`)
	// A supervisor of the same district who holds the post in the organisation department.
	s.Run(`UPDATE posts SET office = 'organisation' WHERE person = 'supervision-supervisor-2'`)
	s.ReloadPosts()
	const partySupervisor = "supervision-supervisor-2"

	without := []string{clerk, "enterprise-1-head-1", bureau, supervisor, community, street, administer}
	before := map[string]map[string]string{}
	for _, username := range append(slices.Clone(without), partySupervisor) {
		before[username] = everything(s, username, person)
	}

	for _, test := range []struct {
		username, subject string
		status            int
		says              string
	}{
		{clerk, person, http.StatusForbidden, "您的岗位不能申报本事项"},
		{organiser, other, http.StatusUnprocessableEntity, "不是中共党员"},
		{"party-enterprise-2-clerk-1", person, http.StatusUnprocessableEntity, "不是本企业的退休党员"},
		{organiser, "", http.StatusUnprocessableEntity, "请选择党员"},
	} {
		answer := s.As(test.username).Send(http.MethodPost, "/cases", map[string]any{"type": "party", "subject": test.subject})
		if answer.Status != test.status || !bytes.Contains(answer.Body, []byte(test.says)) {
			t.Errorf("%s for %q: %d %s", test.username, test.subject, answer.Status, answer.Body)
		}
	}
	var submitted stacktest.Case
	s.As(organiser).Send(http.MethodPost, "/cases", map[string]any{"type": "party", "subject": person}).Expect(http.StatusCreated).Read(&submitted)
	if answer := s.As("party-enterprise-1-clerk-2").Send(http.MethodPost, "/cases", map[string]any{"type": "party", "subject": person}); answer.Status != http.StatusConflict || answer.Problem().Code != "duplicate" {
		t.Errorf("begun twice: %d %s", answer.Status, answer.Body)
	}
	p := &partyCase{s, submitted.No}
	var list struct {
		Items []struct{ ID, PartyCase string }
	}
	s.As(organiser).Get("/people").Expect(http.StatusOK).Read(&list)
	if len(list.Items) == 0 {
		t.Error("the organiser sees no members")
	}
	for _, each := range list.Items {
		if (each.PartyCase == p.no) != (each.ID == person) {
			t.Errorf("the list says that %s is under way for %s", each.PartyCase, each.ID)
		}
	}
	// What only happens where no rule applies is not foreseen; what hangs on the destination is.
	var foreseen struct {
		Plan []struct{ Stage, State string }
	}
	s.As(organiser).Get("/cases/" + p.no).Expect(http.StatusOK).Read(&foreseen)
	states := map[string]string{}
	for _, step := range foreseen.Plan {
		states[step.Stage] = step.State
	}
	if states["party-decision"] != "" || states["party-letter"] != "planned" || states["party-receipt"] != "planned" || states["party-preparation"] != "current" {
		t.Errorf("the way foreseen: %v", states)
	}
	p.act(organiser, map[string]any{"action": "approve", "form": map[string]any{"rehired": false, "employedElsewhere": false, "awayMonths": 0}}).Expect(http.StatusOK)
	p.act(secretary, map[string]any{"action": "approve"}).Expect(http.StatusOK)
	p.act(organiser, map[string]any{"action": "approve"}).Expect(http.StatusOK)
	// Nobody without the role is drawn in.
	for _, body := range []map[string]any{{"action": "cc", "target": map[string]any{"office": "enterprise-1"}}, {"action": "add_signer", "kind": "advisory", "opinion": "请阅", "signers": []map[string]any{{"office": "bureau"}}},
		{"action": "delegate", "opinion": "请阅", "target": map[string]any{"office": "street-001", "user": street}}} {
		if answer := p.act(townParty, body); answer.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s of a Party matter to an office without the role: %d %s", body["action"], answer.Status, answer.Body)
		}
	}
	p.act(townParty, map[string]any{"action": "return", "toStage": "party-letter", "afterReturn": "walk", "opinion": "介绍信遗失", "defects": []map[string]any{{"item": "介绍信"}}}).Expect(http.StatusOK)
	p.act(organiser, map[string]any{"action": "approve"}).Expect(http.StatusOK)

	for _, username := range without {
		for path, now := range everything(s, username, person) {
			if was := before[username][path]; now != was {
				t.Errorf("%s notices at %s:\n was %s\n is  %s", username, path, was, now)
			}
		}
		for _, path := range []string{"", "/journal", "/lines", "/children", "/notice"} {
			there, nowhere := s.As(username).Get("/cases/"+p.no+path), s.As(username).Get("/cases/DZ-210106-20261124-9999"+path)
			if there.Status != nowhere.Status || there.Status != http.StatusNotFound && there.Status != http.StatusForbidden {
				t.Errorf("%s reads %s of a case there is: %d, of one there is not: %d", username, path, there.Status, nowhere.Status)
			}
		}
		if body := everything(s, username, person)["/people/"+person]; strings.Contains(body, `"party`) {
			t.Errorf("%s reads of the Party on the person's page: %s", username, body)
		}
	}

	seen := everything(s, organiser, person)
	for _, path := range []string{"/cases", "/cases?q=DZ-", "/people", "/tasks?box=started", "/people/" + person} {
		if !strings.Contains(seen[path], person) && !strings.Contains(seen[path], p.no) {
			t.Errorf("the organiser does not see it at %s: %s", path, seen[path])
		}
	}
	if strings.Contains(seen["/people"], other) {
		t.Error("the enterprise's Party committee sees retirees who are no members")
	}
	if page := seen["/people/"+person]; !strings.Contains(page, `"holder":"中共沈阳兴工机械集团委员会（虚构）"`) {
		t.Errorf("the person's page does not say who is responsible: %s", page)
	}
	board := everything(s, partySupervisor, person)
	for _, path := range []string{"/cases", "/supervision/summary", "/supervision/ageing", "/supervision/stuck?measure=open", "stuck.xlsx"} {
		if board[path] == before[partySupervisor][path] {
			t.Errorf("a supervisor of the organisation department sees nothing new at %s", path)
		}
	}
	if !strings.Contains(board["/supervision/ageing"], `"neutral":true`) || strings.Contains(board["/supervision/ageing"], `"neutral":false`) {
		t.Errorf("Party offices are ranked: %s", board["/supervision/ageing"])
	}

	// Whoever leaves the Party post keeps nothing of the relation, not even what they had signed; the check of the
	// handover they had signed too.
	s.Run(`UPDATE posts SET office = 'enterprise-1', role = 'clerk' WHERE person = $1`, organiser)
	s.ReloadPosts()
	for path, body := range everything(s, organiser, person) {
		if strings.Contains(body, "DZ-") || path == "/tasks/counts" && !strings.Contains(body, `"done":1`) {
			t.Errorf("who has left the post reads at %s: %s", path, body)
		}
	}
}
