package store_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// elsewhere lives in another community of the same street.
var elsewhere = stacktest.Person{"居住社区代码": "210106001018", "居住地址": "昆明湖街道另一社区"}

// aboutGroup begins a review or a transition, as the API does.
func (s *scene) aboutGroup(caseType, group string, people ...string) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(caseType)
	actor := s.actor(bureau)
	_, facts, err := s.GroupFacts(s.t.Context(), s.scope(bureau), group, actor.Office)
	if err != nil {
		return "", err
	}
	if caseType == procedures.TypeTransition {
		facts[procedures.FactStreet], facts[procedures.FactForm] = "street-001", "F1"
	}
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "{n} 人", RequestActor: bureau, RequestKey: stacktest.NextKey(), People: people, Access: []string{facts[procedures.FactEnterprise], "street-001"},
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Stages: procedure.Stages, Form: approval.Form{}, Key: "submit", OwnsFirst: true, Facts: facts}})
	return entry.Case, err
}

func (s *scene) mustAboutGroup(caseType, group string, people ...string) string {
	s.t.Helper()
	no, err := s.aboutGroup(caseType, group, people...)
	if err != nil {
		s.t.Fatal(err)
	}
	return no
}

// ready answers what the street finds: every community that is proposed is ready, but for some.
func (s *scene) ready(no string, but ...string) map[string]any {
	var rows []row
	for _, one := range proposed[row](s, no, "readiness") {
		is := !slices.Contains(but, one["code"].(string))
		one["staff"], one["venue"], one["branch"] = true, is, true
		rows = append(rows, one)
	}
	return map[string]any{"readiness": rows}
}

// toReceptions carries a transition to its wait and answers the receptions.
func (s *scene) toReceptions(no string, notReady ...string) []string {
	s.t.Helper()
	for {
		switch s.fold(no).Current().Stage {
		case procedures.StageTransitionPlan:
			s.mustSignWith(no, map[string]any{"planReason": "社区已具备条件"})
		case procedures.StageReadiness:
			s.mustSignWith(no, s.ready(no, notReady...))
		case procedures.StageNoticeEnterprise, procedures.StageNoticeAgency:
			s.mustSignWith(no, map[string]any{"noticeReceived": true})
		case procedures.StageNoticeOther:
			s.mustSignWith(no, map[string]any{"noticeReceivedBy": "周主任"})
		case procedures.StageTransitionReceptions:
			return s.children(no)
		default:
			s.mustSignWith(no, nil)
		}
	}
}

func (s *scene) group(id string) view.ManagedGroupView {
	s.t.Helper()
	found, err := s.Group(s.t.Context(), s.scope(bureau), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return found
}

// A group moves to the basic form in batches: who cannot be received yet stays, what is pending goes along,
// the history keeps the old form, and with the last one the registration is closed.
func TestAGroupMovesToTheBasicForm(t *testing.T) {
	s := newScene(t)
	s.apart()
	group := s.registered("F2", stacktest.NewPerson(1, stacktest.Person{"政治面貌": "中共党员", "党费交至": "2026-10"}), stacktest.NewPerson(2, elsewhere), stacktest.NewPerson(3, nil))
	people, _ := s.GroupPeople(t.Context(), s.scope(bureau), group, 50, "")
	byName := map[string]string{}
	for _, one := range people {
		byName[one.Name] = one.ID
		if one.Street != "street-001" {
			t.Errorf("%s lives in street %q", one.Name, one.Street)
		}
	}
	first, second, third := byName["张测试001"], byName["张测试002"], byName["张测试003"]
	transfer, relation := s.mustTransfer(first), s.mustRelate(organiser, first)
	s.Run(`UPDATE cases SET subject = $2 WHERE no = $1`, transfer, first)

	no := s.mustAboutGroup(procedures.TypeTransition, group, first, second)
	if _, err := s.aboutGroup(procedures.TypeTransition, group, second, third); codeOf(err) != approval.CodeDuplicate {
		t.Errorf("moved twice at once: %v", err)
	}
	if _, err := s.aboutGroup(procedures.TypeTransition, group, "P0"); codeOf(err) != approval.CodeInvalidInput {
		t.Errorf("moved somebody else: %v", err)
	}
	s.mustSignWith(no, map[string]any{"planReason": "社区已具备条件"})
	if communities := s.lines("street-001-clerk-1", no, view.LineFilter{}); communities[0].Community != "210106001017" || communities[1].Community != "210106001018" {
		t.Errorf("allocated: %+v", communities)
	}
	s.mustSignWith(no, nil)
	s.refusedAt(no, "form.readiness", s.ready(no, "210106001017", "210106001018"))
	s.refusedAt(no, "form.readiness", map[string]any{"readiness": []row{{"code": "210106001017", "staff": true, "venue": true, "branch": true}}})
	receptions := s.toReceptions(no, "210106001018")
	if len(receptions) != 1 || s.fold(receptions[0]).Subject != first {
		t.Fatalf("the receptions are %v", receptions)
	}
	s.clean()
	s.ended(receptions[0])
	page, err := s.Person(t.Context(), s.scope("community-001017-clerk-1"), first)
	if err != nil || page.Form != "F1" || page.Group != "" || page.CommunityName != "建农社区" {
		t.Fatalf("received: %+v (%v)", page, err)
	}
	if len(page.History) != 2 || page.History[0].Form != "F2" || page.History[1].Form != "F1" {
		t.Errorf("the history is %+v", page.History)
	}
	// The community and its street go on with what is pending; a Party case is for the Party organisations alone.
	for office, want := range map[string]string{"community-001017": transfer, "street-001": transfer, "party-community-001017": relation, "party-street-001": relation} {
		if got := stacktest.Value[string](s.Database, `SELECT string_agg(case_no, ',') FROM case_access WHERE office = $1 AND case_no = ANY($2)`, office, []string{transfer, relation}); got != want {
			t.Errorf("%s goes on with %q", office, got)
		}
	}
	if s.fold(transfer).Ended() || s.fold(relation).Ended() {
		t.Error("what was pending has ended")
	}
	s.finish(no)
	closing := s.fold(no).Current().Tasks[0].Proposal
	if string(closing["groupLeft"]) != "2" || !strings.Contains(string(closing["staying"]), "条件尚不齐备") {
		t.Errorf("the closing says %s and %s", closing["groupLeft"], closing["staying"])
	}
	s.ended(no)
	if found := s.group(group); found.State != "registered" || found.People != 2 || len(found.Cases) != 2 {
		t.Errorf("after the first batch: %+v", found)
	}

	last := s.mustAboutGroup(procedures.TypeTransition, group)
	for _, reception := range s.toReceptions(last) {
		s.ended(reception)
	}
	s.clean()
	s.finish(last)
	s.ended(last)
	if found := s.group(group); found.State != "closed" || found.People != 0 || found.ClosedOn != "2026-11-24" || found.ReviewOn != "" {
		t.Errorf("after the last batch: %+v", found)
	}
	if progress, err := s.Progress(t.Context(), s.scope("supervision-supervisor-1"), "enterprise"); err != nil || len(progress) != 1 || progress[0].People != 3 {
		t.Errorf("whom a transition moves is counted again: %+v (%v)", progress, err)
	}
	if _, err := s.aboutGroup(procedures.TypeFormReview, group); codeOf(err) != approval.CodeWrongState {
		t.Errorf("a closed group is looked at again: %v", err)
	}
	s.clean()
}

// Each body is told where it is: the enterprise and the agency here, another on paper.
func TestTheBodyIsTold(t *testing.T) {
	for form, want := range map[string]string{"F2": procedures.StageNoticeEnterprise, "F4": procedures.StageNoticeAgency, "F5": procedures.StageNoticeOther} {
		t.Run(form, func(t *testing.T) {
			s := newScene(t)
			s.apart()
			no := s.mustAboutGroup(procedures.TypeTransition, s.registered(form, stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil)))
			s.toReceptions(no)
			var told []string
			for _, visit := range s.fold(no).Visits {
				if strings.HasPrefix(visit.Stage, "notice-") {
					told = append(told, visit.Stage)
				}
			}
			if !slices.Equal(told, []string{want}) {
				t.Errorf("told by %v", told)
			}
		})
	}
}

// A person received by way of a handover of their own leaves the group too, and closes it when it was the last.
func TestWhoIsReceivedOtherwiseLeavesTheGroup(t *testing.T) {
	s := newScene(t)
	s.apart()
	group := s.registered("F5", stacktest.NewPerson(1, nil))
	no := s.submitRoster(s.roster(stacktest.NewPerson(2, nil)))
	s.signUntil(no, procedures.StageIntakes)
	intake := s.children(no)[0]
	s.signUntil(intake, procedures.StageReceptions)
	reception := s.children(intake)[0]
	// Registered in the group while this roster was under way: nobody else is in it.
	s.Run(`UPDATE persons SET managed_group = $1, form = 'F5' WHERE id = $2`, group, s.fold(reception).Subject)
	s.Run(`UPDATE persons SET managed_group = NULL, form = '' WHERE id <> $1`, s.fold(reception).Subject)
	s.ended(reception)
	if found := s.group(group); found.State != "closed" || found.People != 0 {
		t.Errorf("the group is %+v", found)
	}
}

// A review moves the review date, and is the only thing that does; nobody who has not passed stays.
func TestAReviewMovesTheReviewDate(t *testing.T) {
	s := newScene(t)
	s.apart()
	group := s.registered("F2", stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil))
	no := s.mustAboutGroup(procedures.TypeFormReview, group)
	if _, err := s.aboutGroup(procedures.TypeFormReview, group); codeOf(err) != approval.CodeDuplicate {
		t.Errorf("looked at twice at once: %v", err)
	}
	assessment := func(second string) map[string]any {
		return map[string]any{"bodyAssessment": "qualified", "bodyFindings": "制度落实到位", "assessments": []row{{"name": "王敏", "trainedOn": "2026-11-01", "result": "qualified"}, {"name": "李强", "trainedOn": "2026-11-01", "result": second}}}
	}
	s.refusedAt(no, "form.assessments", map[string]any{"bodyAssessment": "qualified", "bodyFindings": "到位", "assessments": []row{{"name": "王敏", "trainedOn": "2026-11-01", "result": "qualified"}}})
	s.mustSignWith(no, assessment("failed"))
	s.refusedAt(no, "form.reviewOn", map[string]any{"conclusion": "continue", "circumstances": "社区尚未建立", "reviewOn": "2028-05-01"})
	s.mustSignWith(no, map[string]any{"conclusion": "continue", "circumstances": "社区尚未建立", "reviewOn": "2027-10-01"})
	if found := s.group(group); found.ReviewOn != "2027-11-24" || found.Review != no {
		t.Errorf("under review: %+v", found)
	}
	s.ended(no)
	if found := s.group(group); found.ReviewOn != "2027-10-01" || found.Conclusion != "continue" || found.Review != "" {
		t.Errorf("reviewed: %+v", found)
	}

	// The one who had not passed is off the list; a body that fails cannot go on.
	no = s.mustAboutGroup(procedures.TypeFormReview, group)
	if staff := proposed[row](s, no, "assessments"); len(staff) != 1 || staff[0]["name"] != "王敏" {
		t.Errorf("the staff on record: %v", staff)
	}
	failed := assessment("qualified")
	failed["bodyAssessment"] = "failed"
	s.mustSignWith(no, failed)
	s.refusedAt(no, "form.conclusion", map[string]any{"conclusion": "continue", "circumstances": "不合格"})
	s.mustSignWith(no, map[string]any{"conclusion": "transition", "circumstances": "不合格"})
	s.ended(no)
	if found := s.group(group); found.Conclusion != "transition" {
		t.Errorf("to be moved: %+v", found)
	}
	s.clean()
}

// Whatever batches a group moves in and however each reception ends, every person has one manager and
// one form, and a registration is closed exactly when nobody is in it.
func TestAnyWayOutOfAGroup(t *testing.T) {
	s := newScene(t)
	s.apart()
	seed := rand.Uint64()
	chance := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	for n, form := range []string{"F2", "F3", "F4", "F5", "F2", "F5"} {
		var people []stacktest.Person
		for i := range 2 + chance.IntN(2) {
			changes := stacktest.Person{}
			if chance.IntN(2) == 0 {
				changes = elsewhere
			}
			people = append(people, stacktest.NewPerson(10*n+i+1, changes))
		}
		group := s.registered(form, people...)
		for range 1 + chance.IntN(2) {
			left, _ := s.GroupPeople(t.Context(), s.scope(bureau), group, 50, "")
			if len(left) == 0 {
				break
			}
			no := s.mustAboutGroup(procedures.TypeTransition, group, idsOf(left[:1+chance.IntN(len(left))])...)
			for _, reception := range s.toReceptions(no) {
				outcomes := []map[string]any{nil, nil, nil, {"outcome": "deferred", "deferReason": "hospital", "reviewDate": "2027-01-05"}, {"outcome": "died", "reason": "家属告知"}}
				s.mustSignWith(reception, outcomes[chance.IntN(len(outcomes))])
				s.mustSignWith(reception, nil)
			}
			s.finish(no)
			s.ended(no)
			if found := s.group(group); (found.State == "closed") != (found.People == 0) {
				t.Fatalf("%d people are in a group that is %s", found.People, found.State)
			}
		}
		if wrong := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM persons WHERE (community IS NOT NULL) = (managed_group IS NOT NULL) OR (community IS NOT NULL) <> (form = 'F1')`); wrong > 0 {
			t.Fatalf("%d people have no manager, two, or another form than their manager's", wrong)
		}
	}
	s.clean()
}

func idsOf(people []view.GroupPerson) []string {
	var ids []string
	for _, one := range people {
		ids = append(ids, one.ID)
	}
	return ids
}

// Who turns out to have moved goes to another community of the street, or stays with the body where the new home
// is in another street.
func TestAMoveDuringATransition(t *testing.T) {
	s := newScene(t)
	s.apart()
	group := s.registered("F5", stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil))
	no := s.mustAboutGroup(procedures.TypeTransition, group)
	receptions := s.toReceptions(no)
	other := stacktest.Value[string](s.Database, `SELECT region FROM offices WHERE kind = 'community' AND region LIKE '210106%' AND region NOT LIKE '210106001%' ORDER BY region LIMIT 1`)
	for i, community := range []string{"210106001018", other} {
		s.mustSignWith(receptions[i], map[string]any{"outcome": "moved", "newCommunity": community})
		s.mustSignWith(receptions[i], nil)
	}
	lines := s.lines(bureau, no, view.LineFilter{})
	if lines[0].Reception == receptions[0] || lines[0].Outcome != "" || lines[1].Outcome != "moved" {
		t.Fatalf("after the moves: %+v", lines)
	}
	s.ended(lines[0].Reception)
	s.finish(no)
	s.ended(no)
	if found := s.group(group); found.People != 1 || found.State != "registered" {
		t.Errorf("the group is %+v", found)
	}
	s.clean()
}
