package store_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// signWith signs every open task of the present stage with what is proposed and what is given; the first
// refusal is answered.
func (s *scene) signWith(no string, given map[string]any) *approval.Error {
	s.t.Helper()
	for _, task := range s.fold(no).Current().Tasks {
		command := approval.Command{Key: stacktest.NextKey(), Action: approval.ActionApprove, TaskID: task.ID, Form: approval.Form{}}
		maps.Copy(command.Form, task.Proposal)
		for key, value := range given {
			command.Form[key], _ = json.Marshal(value)
		}
		var refusal *approval.Error
		var entry approval.Entry
		for n := 1; n <= 2; n++ {
			username := fmt.Sprintf("%s-%s-%d", task.Office, task.Role, n)
			command.Actor, command.Posts, command.Seen = s.actor(username), s.scope(username).Posts, s.fold(no).Version
			s.nameLineSet(no, command.Form)
			if entry, refusal = approval.Decide(s.fold(no), command); refusal == nil {
				break
			}
		}
		if refusal != nil {
			return refusal
		}
		committed, err := s.Commit(s.t.Context(), no, s.fold(no).Version, command.Key, &entry)
		if err != nil {
			s.t.Fatal(err)
		}
		if committed.Refusal != nil {
			return committed.Refusal
		}
	}
	return nil
}

func (s *scene) mustSignWith(no string, given map[string]any) {
	s.t.Helper()
	stage := s.fold(no).Current().Stage
	if refusal := s.signWith(no, given); refusal != nil {
		s.t.Fatalf("%s of %s: %v %v", stage, no, refusal.Message.EN, refusal.Problems)
	}
}

// refusedAt signs and wants a refusal that names a field.
func (s *scene) refusedAt(no, field string, given map[string]any) {
	s.t.Helper()
	refusal := s.signWith(no, given)
	if refusal == nil || len(refusal.Problems) == 0 || refusal.Problems[0].Location != field {
		s.t.Errorf("%s: %v, want a problem of %s", s.fold(no).Current().Stage, refusal, field)
	}
}

// documents are those that each interim form needs.
var documents = map[string][]string{"F2": {"commissioning-letter"}, "F3": {"organisation-annex", "staff-annex", "asset-annex"}, "F4": {"county-approval"}, "F5": {"government-decision"}}

// underForm carries a roster to the wait of its handover under a form and answers the handover and its child cases.
func (s *scene) underForm(form string, people ...stacktest.Person) (string, []string) {
	s.t.Helper()
	no := s.submitRoster(s.roster(people...))
	s.signUntil(no, procedures.StageFormProposal)
	s.mustSignWith(no, map[string]any{"formOfManagement": form, "formReason": "独立工矿区", "formDocuments": documents[form]})
	s.signUntil(no, procedures.StageIntakes)
	return no, s.children(no)
}

type row = map[string]any

// answers are what each stage of an interim form is told beyond what is proposed.
func formAnswers(stage string) map[string]any {
	return map[string]map[string]any{
		procedures.StageCommission:         {"ground": "mining-area", "uniformName": true, "uniformRules": true, "uniformDuties": true},
		procedures.StageBodyStaff:          {"acceptsCommission": true, "staff": []row{{"name": "王敏", "duty": "联络走访"}, {"name": "李强", "duty": "资格认证"}}},
		procedures.StageTraining:           {"assessments": []row{{"name": "王敏", "trainedOn": "2026-11-20", "result": "qualified"}, {"name": "李强", "trainedOn": "2026-11-20", "result": "qualified"}}},
		procedures.StageAnnexes:            {"organisation": []row{{"name": "退休科", "head": "赵刚", "posts": 3}}, "staff": []row{{"name": "王敏", "post": "科员"}, {"name": "李强", "post": "科员"}}, "assets": []row{{"name": "活动室", "quantity": 1, "unit": "间", "place": "厂区"}, {"name": "桌椅", "quantity": 40, "unit": "套", "place": "活动室"}}},
		procedures.StageGroupApproval:      {"documentNumber": "国资〔2026〕8号", "documentIssuer": "市国资委", "documentOn": "2026-10-08", "freeOfCharge": true},
		procedures.StageAssetRegistration:  {"assetRegister": "GZ-2026-118"},
		procedures.StageAssetCount:         {"countSent": []row{{"asset": "活动室", "counted": 1}, {"asset": "桌椅", "counted": 40}}},
		procedures.StageAssetCountCheck:    {"countReceived": []row{{"asset": "活动室", "counted": 1}, {"asset": "桌椅", "counted": 38, "difference": "2 套已报废"}}},
		procedures.StageStaffPlacement:     {"placements": []row{{"name": "王敏", "consents": true}, {"name": "李强", "consents": false, "arrangement": "留企业安置"}}},
		procedures.StageCountyApproval:     {"documentNumber": "县政〔2026〕3号", "documentIssuer": "县人民政府", "documentOn": "2026-10-08", "weakCommunities": true, "scattered": true, "serviceContact": "退管科 024-00000000"},
		procedures.StageGovernmentDecision: {"documentNumber": "区政〔2026〕5号", "documentIssuer": "区人民政府", "documentOn": "2026-10-08", "bodyUnit": "区总工会", "bodyName": "区退休职工活动中心", "bodyResources": "6 人，活动室 2 间"},
	}[stage]
}

// registered carries a form to its registration; the group bears the number of its case.
func (s *scene) registered(form string, people ...stacktest.Person) string {
	s.t.Helper()
	no, children := s.underForm(form, people...)
	group := children[0]
	for !s.fold(group).Ended() {
		s.mustSignWith(group, formAnswers(s.fold(group).Current().Stage))
	}
	s.finish(no)
	s.ended(no)
	return group
}

// Each form goes from its proposal to its registration: one case instead of a street's, the people come under
// the body and no community, and nothing of their pension changes.
func TestEveryInterimFormIsRegistered(t *testing.T) {
	bodies := map[string][2]string{"F2": {"enterprise-1", "沈阳兴工机械集团（虚构）退休人员管理服务中心"}, "F3": {"", "沈阳兴工机械集团（虚构）退休人员管理服务中心"},
		"F4": {"agency", "铁西区社会保险经办机构"}, "F5": {"", "区退休职工活动中心"}}
	for _, form := range slices.Sorted(maps.Keys(bodies)) {
		t.Run(form, func(t *testing.T) {
			s := newScene(t)
			s.apart()
			group := s.registered(form, stacktest.NewPerson(1, nil), stacktest.NewPerson(2, stacktest.Person{"常住地址": "外省某地"}))
			found, err := s.Group(t.Context(), s.scope(bureau), group)
			if err != nil {
				t.Fatal(err)
			}
			want := bodies[form]
			if found.Form != form || found.People != 2 || found.State != "registered" || found.Number != "GL-"+group || found.BodyOffice != want[0] || found.BodyName != want[1] || found.ReviewOn != "2027-11-24" {
				t.Errorf("registered: %+v", found)
			}
			if wait := s.fold(strings.TrimSuffix(group, "-"+form)).Visits; !slices.ContainsFunc(wait, func(v approval.Visit) bool {
				return v.Wait != nil && v.Wait.Child == procedures.FormProcedure(rules.FormOfManagement(form))
			}) {
				t.Error("the handover does not name what it waited for")
			}
			person := stacktest.Value[string](s.Database, `SELECT id FROM persons ORDER BY name LIMIT 1`)
			for _, username := range []string{bureau, clerk} {
				page, err := s.Person(t.Context(), s.scope(username), person)
				if err != nil || page.Form != form || page.BodyName != want[1] || page.Group != group || page.CommunityName != "" || len(page.History) != 1 || page.History[0].Form != form {
					t.Errorf("%s reads %+v (%v)", username, page, err)
				}
			}
			if people, err := s.GroupPeople(t.Context(), s.scope(bureau), group, 50, ""); err != nil || len(people) != 2 {
				t.Errorf("its people are %v (%v)", people, err)
			}
			// Neither another enterprise nor the office of a neighbouring district sees the group.
			for _, username := range []string{"enterprise-2-clerk-1", "bureau-210102-clerk-1"} {
				if _, err := s.Group(t.Context(), s.scope(username), group); codeOf(err) != approval.CodeNotFound {
					t.Errorf("%s sees the group (%v)", username, err)
				}
				if _, err := s.Person(t.Context(), s.scope(username), person); codeOf(err) != approval.CodeNotFound {
					t.Errorf("%s sees its people (%v)", username, err)
				}
			}
			s.clean()
		})
	}
}

// Who is under a form is not handed over again, and is found as managed when a roster is checked.
func TestPeopleOfAGroupAreManaged(t *testing.T) {
	s := newScene(t)
	s.apart()
	person := stacktest.NewPerson(1, nil)
	s.registered("F5", person)
	if managed, err := s.Managed(t.Context(), []string{person["身份证号"]}); err != nil || !managed[person["身份证号"]] {
		t.Errorf("managed: %v (%v)", managed, err)
	}
}

// The archive of a cadre whom a Party committee of county level or above manages stays where it is under
// every form (S2.4).
func TestAnArchiveIsHeldUnderEveryForm(t *testing.T) {
	s := newScene(t)
	s.apart()
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, stacktest.Person{"干部管理类别": "县级以上党委管理干部"}), stacktest.NewPerson(2, nil)))
	s.signUntil(no, procedures.StageScreening)
	correct := s.command(no, screener, approval.ActionCorrect)
	correct.Lines = []approval.LineEdit{{Line: no + ".2", Field: "cadre_class", Value: "county"}}
	s.act(no, correct)
	s.signUntil(no, procedures.StageFormProposal)
	s.mustSignWith(no, map[string]any{"formOfManagement": "F5", "formReason": "区政府已确定", "formDocuments": documents["F5"]})
	s.signUntil(no, procedures.StageIntakes)
	group := s.children(no)[0]
	for !s.fold(group).Ended() {
		s.mustSignWith(group, formAnswers(s.fold(group).Current().Stage))
	}
	if held := stacktest.Value[string](s.Database, `SELECT string_agg(state || ' ' || holder_name || ' ' || review_on, ',') FROM archives`); held != "held 铁西区委组织部 2027-11-24" {
		t.Errorf("held: %s", held)
	}
	s.clean()
}

// What a declaration cannot say is refused by its field: documents, terms, who has not passed, differences
// nobody explains, staff without consent, review dates that are past or too late.
func TestWhatAFormRefuses(t *testing.T) {
	s := newScene(t)
	s.apart()
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil)))
	s.signUntil(no, procedures.StageFormProposal)
	s.refusedAt(no, "form.formDocuments", map[string]any{"formOfManagement": "F3", "formReason": "商定", "formDocuments": []string{"organisation-annex", "staff-annex"}})
	s.mustSignWith(no, map[string]any{"formOfManagement": "F2", "formReason": "独立工矿区", "formDocuments": documents["F2"]})
	s.signUntil(no, procedures.StageAgreement)
	// No street receives, so that the bureau signs the agreement in the streets' place.
	var offices []string
	for _, task := range s.fold(no).Current().Tasks {
		offices = append(offices, task.Office)
	}
	if !slices.Equal(offices, []string{"enterprise-1", "bureau"}) {
		t.Errorf("the agreement is signed by %v", offices)
	}
	s.signUntil(no, procedures.StageIntakes)
	group := s.children(no)[0]
	commission := formAnswers(procedures.StageCommission)
	s.refusedAt(group, "form.uniformRules", map[string]any{"ground": "mining-area", "uniformName": true, "uniformDuties": true})
	commission["termTo"] = "2026-11-01"
	s.refusedAt(group, "form.termTo", commission)
	commission["termTo"] = "2027-06-30"
	s.mustSignWith(group, commission)
	s.sign(group)
	s.refusedAt(group, "form.staff", map[string]any{"acceptsCommission": true, "staff": []row{{"name": "王敏", "duty": "联络"}, {"name": "王敏", "duty": "认证"}}})
	s.mustSignWith(group, formAnswers(procedures.StageBodyStaff))
	s.refusedAt(group, "form.assessments", map[string]any{"assessments": []row{{"name": "王敏", "trainedOn": "2026-11-20", "result": "qualified"}}})
	s.refusedAt(group, "form.assessments", map[string]any{"assessments": []row{{"name": "王敏", "trainedOn": "2026-11-20", "result": "qualified"}, {"name": "李强", "trainedOn": "2026-11-20", "result": "failed"}}})
	s.mustSignWith(group, formAnswers(procedures.StageTraining))
	s.sign(group)
	// Proposed is the end of the term, which comes before a year is over.
	if proposed := string(s.fold(group).Current().Tasks[0].Proposal["reviewOn"]); proposed != `"2027-06-30"` {
		t.Errorf("the review is proposed for %s", proposed)
	}
	for _, review := range []string{"2026-11-24", "2027-07-01", "2028-01-01"} {
		s.refusedAt(group, "form.reviewOn", map[string]any{"reviewOn": review})
	}
	s.mustSignWith(group, nil)

	_, children := s.underForm("F3", stacktest.NewPerson(3, nil), stacktest.NewPerson(4, nil))
	whole := children[0]
	annexes := formAnswers(procedures.StageAnnexes)
	annexes["assets"] = []row{{"name": "活动室", "quantity": 0, "unit": "间", "place": "厂区"}}
	s.refusedAt(whole, "form.assets", annexes)
	for s.fold(whole).Current().Stage != procedures.StageAssetCount {
		s.mustSignWith(whole, formAnswers(s.fold(whole).Current().Stage))
	}
	s.refusedAt(whole, "form.countSent", map[string]any{"countSent": []row{{"asset": "活动室", "counted": 1}}})
	s.mustSignWith(whole, formAnswers(procedures.StageAssetCount))
	s.refusedAt(whole, "form.countReceived", map[string]any{"countReceived": []row{{"asset": "活动室", "counted": 1}, {"asset": "桌椅", "counted": 38}}})
	s.mustSignWith(whole, formAnswers(procedures.StageAssetCountCheck))
	s.refusedAt(whole, "form.placements", map[string]any{"placements": []row{{"name": "王敏", "consents": true}, {"name": "李强", "consents": false}}})
	s.mustSignWith(whole, formAnswers(procedures.StageStaffPlacement))
	takeover := s.fold(whole).Current().Tasks[0].Proposal
	if !strings.Contains(string(takeover["differences"]), "2 套已报废") || !strings.Contains(string(takeover["withoutConsent"]), "李强") || strings.Contains(string(takeover["withoutConsent"]), "王敏") {
		t.Errorf("the takeover sheet says %s and %s", takeover["differences"], takeover["withoutConsent"])
	}
	s.mustSignWith(whole, nil)
	s.mustSignWith(whole, nil)
	s.clean()
}

// A centrally devolved enterprise keeps the provincial agency whatever the form (S3.2).
func TestThePensionStaysWithTheProvince(t *testing.T) {
	s := newScene(t)
	s.apart()
	s.Run(`UPDATE enterprises SET devolved_from_centre = true WHERE office = 'enterprise-1'`)
	_, children := s.underForm("F4", stacktest.NewPerson(1, nil))
	for s.fold(children[0]).Current().Stage != procedures.StageRegistration {
		s.mustSignWith(children[0], formAnswers(s.fold(children[0]).Current().Stage))
	}
	task := s.fold(children[0]).Current().Tasks[0]
	if !strings.Contains(string(task.Proposal["pensionRelation"]), "省级") || !strings.Contains(task.Reasons["pensionRelation"].ZH, "S3.2") {
		t.Errorf("the pension: %s (%v)", task.Proposal["pensionRelation"], task.Reasons["pensionRelation"])
	}
	before := stacktest.Value[string](s.Database, `SELECT string_agg(paying_agency, ',') FROM persons`)
	s.mustSignWith(children[0], map[string]any{"pensionRelation": "转到区经办机构"})
	if after := stacktest.Value[string](s.Database, `SELECT string_agg(paying_agency, ',') FROM persons`); after != before {
		t.Errorf("the paying agency was %q and is %q", before, after)
	}
	if kept := s.form(children[0], "pensionRelation"); !strings.Contains(kept, "省级") {
		t.Errorf("the case keeps %q", kept)
	}
}

// Archives set out beside the form as they do beside intakes.
func TestArchivesSetOutBesideAForm(t *testing.T) {
	s := newScene(t)
	_, children := s.underForm("F5", stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil))
	if len(children) != 2 || s.fold(children[0]).Type != procedures.TypeArchive || s.fold(children[1]).Type != procedures.TypeExistingBody {
		t.Fatalf("the children are %v", children)
	}
	if again := s.children(strings.TrimSuffix(children[1], "-F5")); len(again) != 2 {
		t.Errorf("asked for again: %v", again)
	}
	if lines := s.lines(bureau, children[1], view.LineFilter{}); len(lines) != 2 || lines[0].Intake != children[1] {
		t.Errorf("its lines are %+v", lines)
	}
}

// The demonstration has a group that is to be looked at again soon, whose people are known to live in a street.
func TestTheDemonstrationHasAGroup(t *testing.T) {
	s := newScene(t)
	for range 2 {
		if err := s.SeedDemoGroup(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	groups, err := s.Groups(t.Context(), s.scope(bureau), "registered", 50, "")
	if err != nil || len(groups) != 1 || groups[0].People != 8 {
		t.Fatalf("the groups are %+v (%v)", groups, err)
	}
	people, err := s.GroupPeople(t.Context(), s.scope(bureau), groups[0].ID, 50, "")
	if err != nil || len(people) != 8 || people[0].Street != "street-001" {
		t.Errorf("its people are %+v (%v)", people, err)
	}
	no := s.mustAboutGroup(procedures.TypeTransition, groups[0].ID, people[0].ID)
	s.mustSignWith(no, map[string]any{"planReason": "社区已具备条件"})
	if lines := s.lines("street-001-clerk-1", no, view.LineFilter{}); lines[0].Community != "210106001017" {
		t.Errorf("allocated: %+v", lines)
	}
	s.clean()
}

// The board lists what is near or past: a group, an archive held, somebody deferred until they are received.
// To whoever supervises another district none of it is there.
func TestReviewDatesReachTheBoard(t *testing.T) {
	s := newScene(t)
	s.apart()
	if err := s.SeedDemoGroup(t.Context()); err != nil {
		t.Fatal(err)
	}
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, stacktest.Person{"干部管理类别": "县级以上党委管理干部"}), stacktest.NewPerson(2, nil)))
	s.signUntil(no, procedures.StageScreening)
	correct := s.command(no, screener, approval.ActionCorrect)
	correct.Lines = []approval.LineEdit{{Line: no + ".2", Field: "cadre_class", Value: "county"}}
	s.act(no, correct)
	s.signUntil(no, procedures.StageIntakes)
	intake := s.children(no)[0]
	s.signUntil(intake, procedures.StageReceptions)
	receptions := s.children(intake)
	s.ended(receptions[0])
	s.mustSignWith(receptions[1], map[string]any{"outcome": "deferred", "deferReason": "hospital", "reviewDate": "2026-12-10"})
	s.mustSignWith(receptions[1], nil)
	kinds := func() string {
		t.Helper()
		list, total, err := s.Reviews(t.Context(), s.scope("supervision-supervisor-1"), 50)
		if err != nil || total != len(list) {
			t.Fatalf("%d listed, %d counted (%v)", len(list), total, err)
		}
		var found []string
		for _, due := range list {
			found = append(found, fmt.Sprintf("%s %s %v", due.Kind, due.ReviewOn, due.Past))
			if strings.Contains(due.Detail.ZH+due.Title, "县级") {
				t.Errorf("the board tells the cadre class: %+v", due)
			}
		}
		return strings.Join(found, ", ")
	}
	if found := kinds(); found != "deferred 2026-12-10 false, group 2026-12-14 false" {
		t.Errorf("on the board: %s", found)
	}
	s.Clock.Advance(365 * 24 * time.Hour)
	if found := kinds(); found != "deferred 2026-12-10 true, group 2026-12-14 true, archive 2027-11-24 false" {
		t.Errorf("a year later: %s", found)
	}
	if list, total, err := s.Reviews(t.Context(), view.Scope{Person: "x", Offices: []string{"supervision"}, Paths: []string{"210102"}, Party: true}, 50); err != nil || total+len(list) > 0 {
		t.Errorf("another district sees %v (%v)", list, err)
	}
}

// A handover that was declared before forms had a way of their own goes on to its streets.
func TestAnOldHandoverGoesOnToItsStreets(t *testing.T) {
	s := newScene(t)
	s.apart()
	new := s.newCase(clerk, s.roster(stacktest.NewPerson(1, nil)))
	for i := range new.Submission.Stages {
		new.Submission.Stages[i].ChildBy = nil
	}
	entry, err := s.Submit(t.Context(), new)
	if err != nil {
		t.Fatal(err)
	}
	s.signUntil(entry.Case, procedures.StageFormProposal)
	s.mustSignWith(entry.Case, map[string]any{"formOfManagement": "F2", "formReason": "独立工矿区", "formDocuments": documents["F2"]})
	s.signUntil(entry.Case, procedures.StageIntakes)
	children := s.children(entry.Case)
	if len(children) != 1 || s.fold(children[0]).Type != procedures.TypeIntake {
		t.Fatalf("the children are %v", children)
	}
	s.signUntil(children[0], procedures.StageReceptions)
	s.ended(s.children(children[0])[0])
	if form := stacktest.Value[string](s.Database, `SELECT form FROM persons`); form != "F1" {
		t.Errorf("whom a community manages is under %s", form)
	}
	s.clean()
}
