package store_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/activities"
	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/roster"
)

// lines lists a case's lines as somebody sees them.
func (s *scene) lines(username, no string, filter view.LineFilter) []view.Line {
	s.t.Helper()
	filter.Limit = 50
	lines, _, total, err := s.Lines(s.t.Context(), s.scope(username), s.fold(no), filter)
	if err != nil {
		s.t.Fatal(err)
	}
	if filter.After == "" && total != len(lines) {
		s.t.Errorf("%d lines are listed and %d counted", len(lines), total)
	}
	return lines
}

// traces finds every table that still holds a text, in the clear or as bytes.
func (s *scene) traces(texts ...string) []string {
	s.t.Helper()
	var found []string
	for name, rows := range s.Tables() {
		all := strings.Join(rows, "\n")
		for _, text := range texts {
			if strings.Contains(all, text) || strings.Contains(all, hex.EncodeToString([]byte(text))) {
				found = append(found, name+" holds "+text)
			}
		}
	}
	return found
}

// Of a centrally managed person nothing may be kept but the row, the clause and who confirmed
// (S2.3). There is no such line in the demonstration; this test makes its own.
func TestACentralLineLeavesNoTrace(t *testing.T) {
	s := newScene(t)
	central := stacktest.NewPerson(2, stacktest.Person{"姓名": "欧阳甄别", "干部管理类别": "中央管理干部"})
	number, phone := central["身份证号"], central["联系电话"]
	// The same person once more, which the check blocks as a duplicate and leaves in the roster.
	id := s.roster(stacktest.NewPerson(1, nil), central, stacktest.NewPerson(3, nil), central)
	no := s.submitRoster(id)
	s.signUntil(no, procedures.StageScreening)
	// An edit on the way, so that there is one to forget.
	correct := s.command(no, screener, approval.ActionCorrect)
	correct.Lines = []approval.LineEdit{{Line: no + ".3", Field: "cadre_class", Value: "county"}}
	s.act(no, correct)
	correct = s.command(no, screener, approval.ActionCorrect)
	correct.Lines = []approval.LineEdit{{Line: no + ".3", Field: "cadre_class", Value: "central"}}
	s.act(no, correct)
	index := s.Ring.Index("person", number)
	s.signUntil(no, procedures.StagePensionMatch)

	if err := (&activities.Rosters{Store: s.Store}).Redact(t.Context(), no); err != nil {
		t.Fatal(err)
	}
	if found := s.traces("欧阳甄别", number, phone, hex.EncodeToString(index), number[6:14]+number[14:17]); len(found) > 0 {
		t.Errorf("traces are left: %v", found)
	}
	if kept := stacktest.Value[string](s.Database, `SELECT row || ' ' || clause || ' ' || confirmed_by FROM exclusions WHERE case_no = $1 AND row = 3`, no); kept != "3 S2.3 organisation-head-1" {
		t.Errorf("what stays is %q", kept)
	}
	if sealed := stacktest.Value[int64](s.Database, `SELECT (SELECT count(*) FROM lines WHERE case_no = $1 AND row = 3 AND (data_key IS NOT NULL OR sealed IS NOT NULL))
		+ (SELECT count(*) FROM roster_rows WHERE roster = $2 AND row IN (3, 5) AND (data_key IS NOT NULL OR sealed IS NOT NULL)) + (SELECT count(*) FROM line_edits WHERE line = $1 || '.3')`, no, id); sealed != 0 {
		t.Error("something of the line can still be opened")
	}
	name, file, err := s.RosterFile(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"欧阳甄别", number, phone} {
		if bytes.Contains(file, []byte(text)) {
			t.Errorf("the stored upload %s still holds the person", name)
		}
	}
	if !bytes.Contains(file, []byte(stacktest.NewPerson(3, nil)["身份证号"])) {
		t.Error("the stored upload lost somebody else")
	}
	var workbook bytes.Buffer
	header, rows, err := s.CorrectableRows(t.Context(), s.scope(clerk), id)
	if err != nil {
		t.Fatal(err)
	}
	if err := roster.WriteCorrectable(&workbook, header, func(yield func(roster.Row, error) bool) {
		for _, row := range rows {
			if !yield(roster.Row{Number: row.Row, Cells: row.Cells, Level: roster.LevelBlocker}, nil) {
				return
			}
		}
	}); err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(rows, func(row view.CorrectableRow) bool { return len(row.Cells) > 0 && (row.Row == 3 || row.Row == 5) }) {
		t.Error("the error workbook lists the row")
	}
	for _, username := range []string{clerk, bureau, screener, "agency-clerk-1"} {
		shown := s.lines(username, no, view.LineFilter{})
		if len(shown) != 3 || shown[1].Row != 3 || shown[1].Name+shown[1].IDNumber+shown[1].Residence+shown[1].CadreClass != "" || shown[1].Outcome != "excluded" {
			t.Errorf("%s sees %+v", username, shown)
		}
	}
	s.clean()
	// The batch goes on without the person.
	s.signUntil(no, procedures.StageAgreement)
	if outcome := stacktest.Value[string](s.Database, `SELECT outcome || street FROM lines WHERE case_no = $1 AND row = 3`, no); outcome != "excluded" {
		t.Errorf("the excluded line went on: %q", outcome)
	}
}

// The same for one person handed over alone, whose business key is an index of the number.
func TestACentralPersonAloneLeavesNoTrace(t *testing.T) {
	s := newScene(t)
	new := s.one(5)
	new.Lines[0].Values["cadre_class"], new.Lines[0].Values["name"] = "中央管理干部", "欧阳甄别"
	number := new.Lines[0].Values["id_number"]
	entry, err := s.Submit(t.Context(), new)
	if err != nil {
		t.Fatal(err)
	}
	s.signUntil(entry.Case, procedures.StagePensionMatch)
	if found := s.traces("欧阳甄别", number, hex.EncodeToString(s.Ring.Index("person", number))); len(found) > 0 {
		t.Errorf("traces are left: %v", found)
	}
}

// Before screening a marked line is a row number to everybody without a Party role, and cannot be
// found by name or place.
func TestMarkedLinesAreHiddenUntilScreened(t *testing.T) {
	s := newScene(t)
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, stacktest.Person{"姓名": "司马县管", "干部管理类别": "县级以上党委管理干部"})))
	for _, stage := range []string{procedures.StagePrepare, procedures.StageScreening} {
		s.signUntil(no, stage)
		for _, username := range []string{clerk, "supervision-supervisor-1"} {
			shown := s.lines(username, no, view.LineFilter{})
			if len(shown) != 2 || !shown[1].Hidden || shown[1].OutcomeReason.ZH != "第 3 行 · 待组织部门甄别" || shown[1].Name+shown[1].IDNumber+shown[1].Residence+shown[1].Street+shown[1].CadreClass != "" {
				t.Errorf("at %s %s sees %+v", stage, username, shown)
			}
			if found := s.lines(username, no, view.LineFilter{Query: "司马县管"}); len(found) != 0 {
				t.Errorf("at %s %s finds the hidden line by name", stage, username)
			}
			if shown[0].CadreClass != "" {
				t.Errorf("%s sees a cadre class", username)
			}
		}
	}
	if shown := s.lines(screener, no, view.LineFilter{Query: "司马县管"}); len(shown) != 1 || shown[0].CadreClass != "county" {
		t.Errorf("the organisation department sees %+v", shown)
	}
	s.signUntil(no, procedures.StagePensionMatch)
	shown := s.lines("agency-clerk-1", no, view.LineFilter{Query: "司马县管"})
	if len(shown) != 1 || shown[0].Hidden || shown[0].CadreClass != "" {
		t.Errorf("after screening the agency sees %+v", shown)
	}
}

// The agency's records: agrees, differs (naming the field), or not there.
func TestPensionMatchProposals(t *testing.T) {
	s := newScene(t)
	people := make([]stacktest.Person, 4)
	for i := range people {
		people[i] = stacktest.NewPerson(i+1, nil)
	}
	records := "id_number,name,status,paying_agency\n" + people[0]["身份证号"] + "," + people[0]["姓名"] + ",receiving,铁西区\n" +
		people[1]["身份证号"] + ",别名,receiving,铁西区\n" + people[2]["身份证号"] + "," + people[2]["姓名"] + ",stopped,铁西区\n"
	if count, err := s.LoadPensionRecords(t.Context(), strings.NewReader(records), "测试"); err != nil || count != 3 {
		t.Fatalf("%d records, %v", count, err)
	}
	no := s.submitRoster(s.roster(people...))
	s.signUntil(no, procedures.StagePensionMatch)
	expected := []struct{ result, reason string }{{"match", "与社保记录一致"}, {"return", "姓名与社保记录不一致"}, {"return", "领取待遇状态与名册不一致"}, {"unverified", "社保系统无记录，未经数据核验"}}
	for i, line := range s.lines("agency-clerk-1", no, view.LineFilter{}) {
		if line.MatchResult != expected[i].result || line.MatchReason.ZH != expected[i].reason {
			t.Errorf("row %d: %s because %s", line.Row, line.MatchResult, line.MatchReason.ZH)
		}
	}
	// Lines go back, not the batch.
	s.signUntil(no, procedures.StageFormProposal)
	if returned := stacktest.Value[int64](s.Database, `SELECT count(*) FROM lines WHERE case_no = $1 AND outcome = 'returned'`, no); returned != 2 {
		t.Errorf("%d lines went back", returned)
	}
	s.clean()
}

// received carries a person through the intake of a street to a community.
func (s *scene) received(people ...stacktest.Person) string {
	s.t.Helper()
	no := s.submitRoster(s.roster(people...))
	s.signUntil(no, procedures.StageIntakes)
	for _, child := range s.children(no) {
		if s.fold(child).Type != procedures.TypeIntake {
			continue
		}
		s.signUntil(child, procedures.StageReceptions)
		for _, reception := range s.children(child) {
			for !s.fold(reception).Ended() {
				s.sign(reception)
			}
		}
	}
	return no
}

func (s *scene) children(parent string) []string {
	s.t.Helper()
	entries, err := s.CreateChildren(s.t.Context(), parent, func(int, int) {})
	if err != nil {
		s.t.Fatal(err)
	}
	numbers := make([]string, len(entries))
	for i, entry := range entries {
		numbers[i] = entry.Case
	}
	return numbers
}

// People are found by whole name or the last four characters of the ID number, within the scope.
func TestPeopleSearch(t *testing.T) {
	s := newScene(t)
	person := stacktest.NewPerson(7, stacktest.Person{"姓名": "诸葛寻人", "特殊人员类别": "失能", "政治面貌": "中共党员", "党费交至": "2026-10"})
	s.received(person)
	find := func(username, query string) []view.PersonItem {
		t.Helper()
		people, err := s.People(t.Context(), s.scope(username), query, 50, "")
		if err != nil {
			t.Fatal(err)
		}
		return people
	}
	number := person["身份证号"]
	community := "community-001017-clerk-1"
	for _, username := range []string{community, clerk, "supervision-supervisor-1"} {
		for _, query := range []string{"诸葛寻人", number[14:], strings.ToLower(number[14:])} {
			if found := find(username, query); len(found) != 1 || strings.Contains(found[0].IDNumber, number[6:14]) {
				t.Errorf("%s finds %+v for %q", username, found, query)
			}
		}
		for _, query := range []string{"诸葛", number[:14], number, "%", "_", "'"} {
			if found := find(username, query); len(found) != 0 {
				t.Errorf("%s finds somebody for %q", username, query)
			}
		}
	}
	for _, username := range []string{"enterprise-2-clerk-1", "community-001018-clerk-1", "bureau-210102-clerk-1"} {
		if found := find(username, ""); len(found) != 0 {
			t.Errorf("%s sees somebody else's people", username)
		}
	}
	id := find(community, "")[0].ID
	special := func(username string) *view.PersonView {
		t.Helper()
		shown, err := s.Person(t.Context(), s.scope(username), id)
		if err != nil {
			t.Fatal(err)
		}
		return shown
	}
	if shown := special(community); len(shown.Special) != 1 || shown.PartyMember != "" {
		t.Errorf("the receiving community sees %v %q", shown.Special, shown.PartyMember)
	}
	for _, username := range []string{"supervision-supervisor-1", clerk} {
		if shown := special(username); len(shown.Special) != 0 || shown.PartyMember != "" {
			t.Errorf("%s sees %v %q", username, shown.Special, shown.PartyMember)
		}
	}
	if _, err := s.Person(t.Context(), s.scope("enterprise-2-clerk-1"), id); codeOf(err) != approval.CodeNotFound {
		t.Errorf("a foreign person: %v", err)
	}
}

// A reveal is written down before anything is shown, in the stream of the office and the day, chained.
func TestRevealsAreJournaled(t *testing.T) {
	s := newScene(t)
	person := stacktest.NewPerson(8, nil)
	s.received(person)
	community := "community-001017-clerk-1"
	id := stacktest.Value[string](s.Database, `SELECT id FROM persons`)
	reveal := func(username, field, key string) (string, error) {
		return s.Reveal(t.Context(), s.scope(username), s.actor(username), id, field, "核对身份", key)
	}
	if value, err := reveal(community, "id_number", "one"); err != nil || value != person["身份证号"] {
		t.Fatalf("revealed %q, %v", value, err)
	}
	if value, err := reveal(community, "phone", "two"); err != nil || value != person["联系电话"] {
		t.Fatalf("revealed %q, %v", value, err)
	}
	if _, err := reveal("enterprise-2-clerk-1", "id_number", "three"); codeOf(err) != approval.CodeNotFound {
		t.Errorf("a foreign person: %v", err)
	}
	if _, err := reveal(community, "special", "four"); codeOf(err) != approval.CodeInvalidInput {
		t.Errorf("another field: %v", err)
	}
	stream := "access:community-001017:2026-11-24"
	if count := stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal WHERE stream = $1 AND convert_from(body,'UTF8') LIKE '%核对身份%'`, stream); count != 2 {
		t.Errorf("%d reveals are journaled", count)
	}
	if other := stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal WHERE stream LIKE 'access:%' AND stream <> $1`, stream); other != 0 {
		t.Errorf("%d entries in other streams", other)
	}
	s.clean()
	s.Run(`UPDATE journal SET body = 'x' WHERE stream = $1 AND seq = 1`, stream)
	if found := s.examine(nil); len(found) != 1 || !strings.HasPrefix(found[0], stream) {
		t.Errorf("a rewritten reveal: doctor found %v", found)
	}
}

// Row numbers beyond four digits keep their persons apart.
func TestReceptionsOfLongRosters(t *testing.T) {
	s := newScene(t)
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil)))
	// The rows of a roster of 30,000, without writing one.
	s.Run(`UPDATE lines SET row = CASE row WHEN 2 THEN 1234 ELSE 12345 END WHERE case_no = $1`, no)
	s.signUntil(no, procedures.StageIntakes)
	intakes := s.children(no)
	s.signUntil(intakes[0], procedures.StageReceptions)
	if receptions := s.children(intakes[0]); len(receptions) != 2 {
		t.Errorf("two people have the receptions %v", receptions)
	}
	s.clean()
}

// Nobody is received without being reached, and nobody moves to a community there is not: refused as
// the clerk signs, with the field.
func TestAVerificationHoldsTogether(t *testing.T) {
	s := newScene(t)
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil)))
	s.signUntil(no, procedures.StageIntakes)
	intake := s.children(no)[0]
	s.signUntil(intake, procedures.StageReceptions)
	reception := s.children(intake)[0]
	clerk := s.fold(reception).Current().Tasks[0].Office + "-clerk-1"
	for field, values := range map[string]map[string]string{
		"form.verifiedWith": {"verifiedWith": "nobody"},
		"form.newCommunity": {"outcome": "moved", "newCommunity": "999999999999"},
	} {
		command := s.command(reception, clerk, approval.ActionApprove)
		for key, value := range values {
			command.Form[key], _ = json.Marshal(value)
		}
		if refusal := s.act(reception, command).Refusal; refusal == nil || len(refusal.Problems) == 0 || refusal.Problems[0].Location != field {
			t.Errorf("%v: %v", values, refusal)
		}
	}
}

// The day something happened is the day of the office, also after four in the afternoon of Greenwich.
func TestHistoryNamesTheOfficesDay(t *testing.T) {
	s := newScene(t)
	s.Clock.Advance(stacktest.Base.Truncate(24 * time.Hour).Add(41 * time.Hour).Sub(s.Clock.Now()))
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	page, err := s.Person(t.Context(), s.scope(clerk), person)
	if err != nil {
		t.Fatal(err)
	}
	if want := s.Clock.Now().In(clock.Zone).Format(time.DateOnly); len(page.History) != 1 || page.History[0].On != want || page.HandedOverOn != want {
		t.Errorf("received on %+v and %s, not on %s", page.History, page.HandedOverOn, want)
	}
}
