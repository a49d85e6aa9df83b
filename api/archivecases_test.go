package api_test

import (
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"jieli/internal/stacktest"
)

const (
	classesHead = "organisation-head-1"
	storekeeper = "archive-clerk-1"
	storesHead  = "archive-head-1"
)

// begun submits a case about a person and returns it.
func begun(s *stacktest.System, username, caseType, person string) *partyCase {
	var made stacktest.Case
	s.As(username).Send(http.MethodPost, "/cases", map[string]any{"type": caseType, "subject": person}).Expect(http.StatusCreated).Read(&made)
	return &partyCase{s: s, no: made.No}
}

func (p *partyCase) approve(username string, form map[string]any) {
	p.act(username, map[string]any{"action": "approve", "opinion": "同意。", "form": form}).Expect(http.StatusOK)
}

// received hands people over with archives that set out apart, and returns their ids.
func received(s *stacktest.System, people ...stacktest.Person) []string {
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('party_with_handover', '210106', '2003-06-06', 1, '"no"', '试验'), ('archives_with_handover', '210106', '2003-06-06', 1, '"no"', '试验')`)
	no := s.SubmitRoster(clerk, s.Roster(clerk, "名册.csv", stacktest.RosterCSV(people...))).No
	s.Carry(no, clerk)
	return stacktest.Value[[]string](s.Database, `SELECT array_agg(person ORDER BY row) FROM lines WHERE case_no = $1`, no)
}

// A letter about a former secret post is nobody's to read without a Party role: neither that there is one, nor
// what it says; the archive is held in the words that stand for any held one.
func TestWhyAnArchiveIsHeldIsNotToldOutsideTheParty(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person := received(s, stacktest.NewPerson(1, nil))[0]
	without := []string{clerk, bureau, supervisor, storekeeper, administer}
	before := map[string]map[string]string{}
	for _, username := range without {
		before[username] = everything(s, username, person)
	}
	hold := begun(s, screener, "archive-hold", person)
	hold.approve(screener, map[string]any{"letterNumber": "沈密函〔2026〕1号", "letterIssuer": "沈阳市保密委员会", "letterOn": "2026-11-20", "reason": "secret-post", "reviewOn": "2027-11-30"})
	for _, username := range without {
		after := everything(s, username, person)
		for _, path := range slices.Sorted(maps.Keys(after)) {
			if before[username][path] != after[path] {
				t.Errorf("%s reads %s otherwise:\n%s\n%s", username, path, before[username][path], after[path])
			}
		}
	}
	hold.approve(classesHead, nil)
	for _, username := range without {
		for path, read := range everything(s, username, person) {
			for _, word := range []string{"涉密", "沈密函", "保密", hold.no, "secret"} {
				if strings.Contains(read, word) {
					t.Errorf("%s reads %q at %s:\n%s", username, word, path, read)
				}
			}
		}
		if answer := s.As(username).Get("/cases/" + hold.no); answer.Status != http.StatusNotFound && username != administer {
			t.Errorf("%s gets the case: %d", username, answer.Status)
		}
	}
	if read := string(s.As(clerk).Get("/people/" + person).Expect(http.StatusOK).Body); !strings.Contains(read, "按规定暂不移交") {
		t.Errorf("the enterprise reads of the archive:\n%s", read)
	}
	if read := string(s.As(screener).Get("/people/" + person).Expect(http.StatusOK).Body); !strings.Contains(read, "沈密函〔2026〕1号") {
		t.Errorf("the organisation department reads of the archive:\n%s", read)
	}
	refused := s.As(clerk).Send(http.MethodPost, "/cases", map[string]any{"type": "archive", "subject": person}).Expect(http.StatusConflict).Problem()
	if !strings.HasSuffix(refused.Detail, "按规定暂不移交，由现保管单位继续保管") {
		t.Errorf("a transfer is refused with %q", refused.Detail)
	}
}

// Whose archive is recalled and what class they are found to be of are said to different people.
func TestARecallTellsTheHolderNothingOfTheClass(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person := received(s, stacktest.NewPerson(1, nil))[0]
	s.Carry(begun(s, clerk, "archive", person).no, clerk)
	recall := begun(s, storekeeper, "archive-recall", person)
	recall.approve(storekeeper, map[string]any{"ground": "not-transferable", "letterNumber": "组函3号", "particulars": "核对时发现"})
	recall.approve(classesHead, map[string]any{"cadreClass": "county", "holdReason": "市管干部", "becomes": "held", "keeper": "organ", "organ": "沈阳市委组织部", "reviewOn": "2027-06-30"})
	recall.approve(storesHead, nil)
	for _, path := range []string{"", "/journal"} {
		read := string(s.As(storesHead).Get("/cases/" + recall.no + path).Expect(http.StatusOK).Body)
		if strings.Contains(read, "cadreClass") || strings.Contains(read, "市管干部") || !strings.Contains(read, "organ") {
			t.Errorf("the holder reads at %q:\n%s", path, read)
		}
		if read := string(s.As(screener).Get("/cases/" + recall.no + path).Expect(http.StatusOK).Body); !strings.Contains(read, "市管干部") {
			t.Errorf("the organisation department reads at %q:\n%s", path, read)
		}
	}
	refused := s.As(storekeeper).Send(http.MethodPost, "/cases", map[string]any{"type": "archive-access", "subject": person}).Expect(http.StatusForbidden).Problem()
	if !strings.Contains(refused.Detail, "区人社局经办") {
		t.Errorf("who may not begin is told %q", refused.Detail)
	}
}
