package store_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

const counterHead = "community-001017-head-1"

// settled hands people over to their end and returns who they are.
func (s *scene) settled(people ...stacktest.Person) []string {
	s.t.Helper()
	s.apart()
	no := s.submitRoster(s.roster(people...))
	s.signUntil(no, procedures.StageIntakes)
	var persons []string
	for _, intake := range s.children(no) {
		s.signUntil(intake, procedures.StageReceptions)
		for _, reception := range s.children(intake) {
			persons = append(persons, s.fold(reception).Subject)
			s.ended(reception)
		}
	}
	return persons
}

// beginDeath starts a case about a person as the API does.
func (s *scene) beginDeath(caseType, person string, facts map[string]string, form map[string]any) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(caseType)
	actor := s.actor(counter)
	given := approval.Form{}
	for key, value := range form {
		given[key], _ = json.Marshal(value)
	}
	all := maps.Clone(facts)
	maps.Copy(all, map[string]string{procedures.FactEnterprise: "enterprise-1", procedures.FactRegion: "210106", procedures.FactCommunity: "community-001017", procedures.FactManaged: "true"})
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "登记", RequestActor: counter, RequestKey: stacktest.NextKey(),
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Subject: person, Form: given, Key: "submit", OwnsFirst: true,
			Stages: approval.ForApplicant(procedure.Stages, approval.KindCommunity), Facts: all}})
	return entry.Case, err
}

func (s *scene) reportDeath(person string) string {
	s.t.Helper()
	no, err := s.beginDeath(procedures.TypeDeath, person, map[string]string{}, map[string]any{"diedOn": "2026-10-20", "source": "community"})
	if err != nil {
		s.t.Fatal(err)
	}
	return no
}

func (s *scene) reportAlive(person, death string) string {
	s.t.Helper()
	no, err := s.beginDeath(procedures.TypeRescission, person, map[string]string{procedures.FactDeath: death}, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	return no
}

// forms are what the stages of both procedures are signed with.
var deathForms = map[string]map[string]any{
	procedures.StageDeathReport:       {"causeClass": "illness", "place": "沈阳市", "howKnown": "邻居告知"},
	procedures.StageDeathVerification: {"evidence": "civil_affairs"},
	procedures.StageRescissionReport:  {"seenBy": "王社工", "seenOn": "2026-11-20", "seenHow": "home", "wrongBecause": "namesake", "account": "入户见到本人"},
	procedures.StageRescissionCheck:   {"checkedWith": "person", "monthlyAmount": 312345},
}

var deathSigners = map[string]string{
	procedures.StageDeathReport: counter, procedures.StageDeathRegistration: counterHead, procedures.StageDeathVerification: "agency-clerk-1", procedures.StageDeathReview: "agency-reviewer-1", procedures.StageDeathDecision: "agency-head-1",
	procedures.StageRescissionReport: counter, procedures.StageRescissionCheck: "agency-clerk-1", procedures.StageRescissionReview: "agency-reviewer-1", procedures.StageRescissionDecision: "agency-head-1",
}

// deathStep signs the present stage, with what a test changes.
func (s *scene) deathStep(no string, changes map[string]any) *approval.Error {
	s.t.Helper()
	stage := s.fold(no).Current().Stage
	command := s.command(no, deathSigners[stage], approval.ActionApprove)
	for _, form := range []map[string]any{deathForms[stage], changes} {
		for key, value := range form {
			command.Form[key], _ = json.Marshal(value)
		}
	}
	return s.act(no, command).Refusal
}

func (s *scene) stepUntil(no, stage string) {
	s.t.Helper()
	for {
		current := s.fold(no).Current()
		if current == nil || current.Stage == stage {
			return
		}
		if refusal := s.deathStep(no, nil); refusal != nil {
			s.t.Fatalf("%s of %s: %v", current.Stage, no, refusal)
		}
	}
}

// standing is every row that says how a person stands.
func (s *scene) standing(person string) string {
	return stacktest.Value[string](s.Database, `SELECT concat_ws(E'\n', (SELECT to_jsonb(p) FROM persons p WHERE p.id = $1), (SELECT to_jsonb(r) FROM pension_records r JOIN persons p USING (id_index) WHERE p.id = $1),
		(SELECT to_jsonb(a) FROM archives a WHERE person = $1), (SELECT to_jsonb(i) FROM information_records i WHERE person = $1), (SELECT to_jsonb(r) FROM party_relations r WHERE person = $1),
		(SELECT is_silenced($1)), (SELECT json_agg(to_jsonb(c) ORDER BY seq) FROM archive_custody c WHERE person = $1))`, person)
}

// furnished gives a person one of every record that a death closes.
func (s *scene) furnished(person string) {
	s.Run(`INSERT INTO pension_records(id_index, name, status, paying_agency, source, loaded_at) SELECT id_index, name, 'receiving', '区社保', 'test', now() FROM persons WHERE id = $1 ON CONFLICT DO NOTHING`, person)
	s.Run(`UPDATE persons SET party_member = '中共党员' WHERE id = $1`, person)
	s.Run(`INSERT INTO party_responsibilities(person, seq, from_name, to_name, handed_by, received_by, reason, at) VALUES ($1, 1, '', '社区党支部', '', '社区党支部', 'origin', now())`, person)
	s.Run(`INSERT INTO information_records(person, street, at, case_no) SELECT $1, id, now(), 'x' FROM offices WHERE kind = 'street' ORDER BY id LIMIT 1`, person)
	s.Run(`INSERT INTO party_relations(person, member_status, holder_name, since) VALUES ($1, 'full', '社区党支部', now()) ON CONFLICT DO NOTHING`, person)
}

// A report closes nothing and silences at once; verified, it closes every record there is; rescinded, the
// person stands exactly as before, and what was withheld is listed.
func TestAWrongDeathIsTakenBackWhole(t *testing.T) {
	s := newScene(t)
	person := s.settled(stacktest.NewPerson(1, nil))[0]
	s.furnished(person)
	before := s.standing(person)
	death := s.reportDeath(person)
	if after := s.standing(person); after != strings.Replace(before, "\nf", "\nt", 1) {
		t.Errorf("a report changes more than the silence:\n%s\n%s", before, after)
	}
	if due := stacktest.Value[string](s.Database, `SELECT notice_due::text FROM deaths`); due != "2026-11-17" {
		t.Errorf("the agency has to be told by %s", due)
	}
	s.clean()
	s.stepUntil(death, "")
	if state := s.fold(death).State; state != approval.CaseClosed {
		t.Fatalf("the death is %s", state)
	}
	page, err := s.Person(t.Context(), s.scope(counter), person)
	if err != nil || page.Death == nil || page.Death.DiedOn != "2026-10-20" || page.Death.PensionStops != "2026-11-01" || !page.Death.Silenced || len(page.Death.Closed) != 4 {
		t.Errorf("the page says %+v (%v)", page.Death, err)
	}
	party, err := s.LiveDeath(t.Context(), s.scope("party-community-001017-clerk-1"), person)
	if err != nil || party == nil || len(party.Closed) != 5 {
		t.Errorf("the Party organisation reads %+v (%v)", party, err)
	}
	if closed := stacktest.Value[string](s.Database, `SELECT concat_ws(' ', p.died_on, p.managed_until, r.frozen_from, i.closed_on, m.ended_on) FROM persons p JOIN pension_records r USING (id_index)
		JOIN information_records i ON i.person = p.id JOIN party_relations m ON m.person = p.id`); closed != "2026-10-20 2026-11-24 2026-11-01 2026-11-24 2026-10-20" {
		t.Errorf("closed: %s", closed)
	}
	s.clean()
	_, err = s.beginDeath(procedures.TypeDeath, person, map[string]string{}, nil)
	if codeOf(err) != approval.CodeDuplicate || !strings.Contains(err.Error(), death) {
		t.Errorf("a second report: %v", err)
	}
	alive := s.reportAlive(person, death)
	if refusal := s.deathStep(alive, map[string]any{"seenOn": "2026-10-19"}); refusal == nil || refusal.Code != approval.CodeInvalidInput {
		t.Errorf("seen before the death: %v", refusal)
	}
	s.stepUntil(alive, "")
	if after := s.standing(person); after != before {
		t.Errorf("not as before:\n%s\n%s", before, after)
	}
	if paid := stacktest.Value[string](s.Database, `SELECT concat_ws(' ', state, withheld_months, withheld_fen, rescission = $1) FROM deaths`, alive); paid != "rescinded 1 312345 t" {
		t.Errorf("rescinded: %s", paid)
	}
	s.clean()
	// Who was reported wrongly may be reported again.
	s.reportDeath(person)
	s.clean()
}

// A declaration by a court counts from its own date; no date lies in the future or before the birth.
func TestTheDateThatCounts(t *testing.T) {
	s := newScene(t)
	person := s.settled(stacktest.NewPerson(1, nil))[0]
	for _, day := range []string{"2026-11-25", "1901-01-01"} {
		if _, err := s.beginDeath(procedures.TypeDeath, person, map[string]string{}, map[string]any{"diedOn": day}); codeOf(err) != approval.CodeInvalidInput {
			t.Errorf("died on %s: %v", day, err)
		}
	}
	death := s.reportDeath(person)
	s.stepUntil(death, procedures.StageDeathVerification)
	if refusal := s.deathStep(death, map[string]any{"evidence": "court", "judgmentNumber": "（2026）辽0106民特1号", "declaredOn": "2026-11-02"}); refusal != nil {
		t.Fatal(refusal)
	}
	s.stepUntil(death, "")
	if counted := stacktest.Value[string](s.Database, `SELECT concat_ws(' ', died_on, pension_stops, evidence) FROM deaths`); counted != "2026-11-02 2026-12-01 court" {
		t.Errorf("counted: %s", counted)
	}
	s.clean()
}

// Whoever has an open case of the person in hand is told; the reception proposes what has happened.
func TestOpenCasesOfThePersonAreTold(t *testing.T) {
	s := newScene(t)
	s.apart()
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil)))
	s.signUntil(no, procedures.StageIntakes)
	intake := s.children(no)[0]
	s.signUntil(intake, procedures.StageReceptions)
	reception := s.children(intake)[0]
	s.stepUntil(s.reportDeath(s.fold(reception).Subject), "")
	if told := stacktest.Value[int64](s.Database, `SELECT count(*) FROM notices WHERE kind = 'died' AND case_no = $1 AND person = $2`, reception, counter); told != 1 {
		t.Errorf("the community's clerk is told %d times", told)
	}
	notes, err := s.CaseDeaths(t.Context(), s.scope(counter), s.fold(reception))
	if err != nil || len(notes) != 1 || notes[0].DiedOn != "2026-10-20" {
		t.Errorf("the page of the reception says %v (%v)", notes, err)
	}
	s.clean()
}

// A matched list opens a report of each registered, living person, once.
func TestAMatchedListOpensReports(t *testing.T) {
	s := newScene(t)
	people := []stacktest.Person{stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil)}
	s.settled(people...)
	list := "id_number,died_on,source\n" + people[0]["身份证号"] + ",2026-11-01,民政数据\n" + people[1]["身份证号"] + ",2026-13-01,民政数据\n" + stacktest.IDNumber("19490101", 9) + ",2026-11-01,民政数据\n"
	for i, want := range []view.LoadedDeaths{{Opened: 1, Unregistered: 1}, {Known: 1, Unregistered: 1}} {
		counts, err := s.LoadDeaths(t.Context(), strings.NewReader(list), "名单.csv")
		if err != nil || counts.Opened != want.Opened || counts.Known != want.Known || counts.Unregistered != want.Unregistered || len(counts.Invalid) != 1 || counts.Invalid[0] != 3 {
			t.Errorf("load %d: %+v (%v)", i+1, counts, err)
		}
	}
	no := stacktest.Value[string](s.Database, `SELECT case_no FROM deaths`)
	if task := s.fold(no).Current().Tasks[0]; task.Office != "agency" || string(task.Proposal["diedOn"]) != `"2026-11-01"` {
		t.Errorf("the report of the list is with %s: %v", task.Office, task.Proposal)
	}
	s.clean()
}

// Whatever is reported, verified, dropped and rescinded in whatever order, doctor finds nothing, and who has no
// live verified death stands as at the beginning.
func TestRandomDeaths(t *testing.T) {
	s := newScene(t)
	person := s.settled(stacktest.NewPerson(1, nil))[0]
	s.furnished(person)
	before := s.standing(person)
	rapid.Check(t, func(r *rapid.T) {
		open := stacktest.Value[string](s.Database, `SELECT coalesce(max(no), '') FROM cases WHERE type IN ('death','rescission') AND ended_at IS NULL`)
		verified := stacktest.Value[string](s.Database, `SELECT coalesce(max(case_no), '') FROM deaths WHERE state = 'verified'`)
		switch {
		case open == "" && verified == "":
			s.reportDeath(person)
		case open == "":
			s.reportAlive(person, verified)
		case rapid.IntRange(0, 9).Draw(r, "drop") == 9:
			command := s.command(open, counter, approval.ActionWithdraw)
			command.TaskID, command.Opinion = "", "系误报"
			s.act(open, command)
		default:
			if refusal := s.deathStep(open, nil); refusal != nil {
				r.Fatal(refusal)
			}
		}
		if stacktest.Value[int64](s.Database, `SELECT count(*) FROM deaths WHERE state IN ('reported','verified')`) == 0 {
			if after := s.standing(person); after != before {
				r.Fatalf("not as before:\n%s\n%s", before, after)
			}
		}
		if found := s.examine(nil); len(found) > 0 {
			r.Fatalf("doctor found: %v", found)
		}
	})
}

// Doctor finds what was closed without a verified death, what was opened again under one, and a state its case
// does not have.
func TestDoctorFindsWhatADeathDoesNotExplain(t *testing.T) {
	s := newScene(t)
	person := s.settled(stacktest.NewPerson(1, nil))[0]
	s.furnished(person)
	death := s.reportDeath(person)
	for _, verified := range []bool{false, true} {
		damages := map[string]string{`UPDATE persons SET managed_until = '2026-01-01'`: `UPDATE persons SET managed_until = NULL`,
			`UPDATE pension_records SET frozen_from = '2026-01-01'`: `UPDATE pension_records SET frozen_from = NULL`, `UPDATE deaths SET state = 'dropped'`: `UPDATE deaths SET state = 'reported'`}
		if verified {
			s.stepUntil(death, "")
			damages = map[string]string{`UPDATE persons SET died_on = NULL`: `UPDATE persons SET died_on = '2026-10-20'`, `UPDATE party_relations SET ended_on = NULL`: `UPDATE party_relations SET ended_on = '2026-10-20'`,
				`UPDATE deaths SET state = 'rescinded'`: `UPDATE deaths SET state = 'verified'`, `UPDATE death_closings SET restored_at = now() WHERE target = 'information'`: `UPDATE death_closings SET restored_at = NULL`}
		}
		for damage, mend := range damages {
			s.Run(damage)
			if found := s.examine(nil); len(found) == 0 {
				t.Errorf("verified %v: %s is not found", verified, damage)
			}
			s.Run(mend)
			s.clean()
		}
	}
}
