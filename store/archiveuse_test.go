package store_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

const (
	keeper   = "archive-head-1"
	borrower = "community-001017-clerk-1"
)

// begin starts a case about a person's archive, as the API does.
func (s *scene) begin(caseType, username, person string) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(caseType)
	actor := s.actor(username)
	name, facts, err := s.ArchiveFacts(s.t.Context(), caseType, actor.Office, person)
	if err != nil {
		return "", err
	}
	kind := approval.OfficeKind(stacktest.Value[string](s.Database, `SELECT kind FROM offices WHERE id = $1`, actor.Office))
	entry, err := s.Submit(s.t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: name, RequestActor: username, RequestKey: stacktest.NextKey(),
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Stages: approval.ForApplicant(procedure.Stages, kind), Form: approval.Form{}, Key: "submit", OwnsFirst: true, Facts: facts, Subject: person}})
	return entry.Case, err
}

func (s *scene) mustBegin(caseType, username, person string) string {
	s.t.Helper()
	no, err := s.begin(caseType, username, person)
	if err != nil {
		s.t.Fatal(err)
	}
	return no
}

// fill approves the present stage with values beside what is proposed, and returns the refusal.
func (s *scene) fill(no, username string, values map[string]any) *approval.Error {
	s.t.Helper()
	command := s.command(no, username, approval.ActionApprove)
	maps.Copy(command.Form, form(values))
	fold := s.fold(no)
	entry, refusal := approval.Decide(fold, command)
	if refusal != nil {
		return refusal
	}
	committed, err := s.Commit(s.t.Context(), no, fold.Version, command.Key, &entry)
	if err != nil {
		s.t.Fatal(err)
	}
	return committed.Refusal
}

func (s *scene) mustFill(no, username string, values map[string]any) {
	s.t.Helper()
	if refusal := s.fill(no, username, values); refusal != nil {
		s.t.Fatalf("%s signs %s: %v", username, s.fold(no).Current().Stage, refusal)
	}
}

func form(values map[string]any) approval.Form {
	filled := approval.Form{}
	for key, value := range values {
		filled[key], _ = json.Marshal(value)
	}
	return filled
}

// shelved has one retiree's archive with the archive office.
func (s *scene) shelved(n int) string {
	s.t.Helper()
	person := s.retired(stacktest.NewPerson(n, nil))[0]
	s.ended(s.mustTransfer(person))
	return person
}

func application(use string, names ...string) map[string]any {
	visitors := []map[string]string{}
	for _, name := range names {
		visitors = append(visitors, map[string]string{"name": name, "post": "社保专干"})
	}
	values := map[string]any{"use": use, "purpose": "核实工龄", "basis": "干部档案工作条例", "letterNumber": "介字1号", "visitors": visitors, "unrelated": true, "pages": "工资、任免材料"}
	if use == procedures.AccessLoan {
		values["returnOn"] = "2026-12-04"
	}
	return values
}

var kept = map[string]any{"keeping": "社区档案柜，王某负责"}

// lent carries a loan until the archive is with the borrower.
func (s *scene) lent(person string) string {
	s.t.Helper()
	no := s.mustBegin(procedures.TypeArchiveAccess, borrower, person)
	s.mustFill(no, borrower, application(procedures.AccessLoan, "张某", "李某"))
	s.mustFill(no, "community-001017-head-1", nil)
	s.mustFill(no, archivist, map[string]any{"visitorsVerified": true})
	s.mustFill(no, keeper, nil)
	s.mustFill(no, archivist, nil)
	s.mustFill(no, "community-001017-clerk-2", kept)
	return no
}

func refused(t *testing.T, refusal *approval.Error, says string) {
	t.Helper()
	said := ""
	if refusal != nil {
		said = refusal.Message.ZH
		for _, problem := range refusal.Problems {
			said += problem.Message.ZH
		}
	}
	if !strings.Contains(said, says) {
		t.Errorf("%q was to be said, and it says %v", says, refusal)
	}
}

func TestAnArchiveIsLentAndComesBack(t *testing.T) {
	s := newScene(t)
	person := s.shelved(1)
	no := s.mustBegin(procedures.TypeArchiveAccess, borrower, person)
	if office := s.fold(no).Current().Tasks[0].Office; office != "community-001017" {
		t.Fatalf("the application is with %s", office)
	}
	name := stacktest.Value[string](s.Database, `SELECT name FROM persons WHERE id = $1`, person)
	refused(t, s.fill(no, borrower, application(procedures.AccessLoan, "张某", name)), "本人不得查（借）阅本人档案")
	refused(t, s.fill(no, borrower, application(procedures.AccessLoan, "张某")), "须有两人")
	late := application(procedures.AccessLoan, "张某", "李某")
	late["returnOn"] = "2026-12-10"
	refused(t, s.fill(no, borrower, late), "不晚于 2026-12-09")
	kin := application(procedures.AccessLoan, "张某", "李某")
	kin["unrelated"] = false
	refused(t, s.fill(no, borrower, kin), "来人不是档案本人")
	s.mustFill(no, borrower, application(procedures.AccessLoan, "张某", "李某"))
	s.mustFill(no, "community-001017-head-1", nil)
	s.mustFill(no, archivist, map[string]any{"visitorsVerified": true})
	s.mustFill(no, keeper, nil)
	refused(t, s.fill(no, archivist, map[string]any{"volumesLent": 3}), "整卷借出")
	s.mustFill(no, archivist, nil)
	refused(t, s.fill(no, borrower, map[string]any{"volumesCounted": 2, "keeping": "柜"}), "不一致")
	s.mustFill(no, "community-001017-clerk-2", kept)

	page := func() *view.ArchiveView {
		t.Helper()
		found, err := s.Person(t.Context(), s.scope(clerk), person)
		if err != nil {
			t.Fatal(err)
		}
		return found.Archive
	}
	if archive := page(); archive.State != "on_loan" || archive.Loan == nil || archive.Loan.DueOn != "2026-12-04" || archive.Loan.ReturnedOn != "" || archive.Holder != archive.Loan.Borrower {
		t.Errorf("lent: %+v", archive)
	}
	if due := s.fold(no).Current().Tasks[0].Due; due == nil || due.UTC().Format("2006-01-02T15:04:05") != "2026-12-04T15:59:59" {
		t.Errorf("it is due back at %v", due)
	}
	s.clean()
	// While it is out nobody else has it, and the case that has is named.
	for _, caseType := range []string{procedures.TypeArchiveRecall, procedures.TypeArchiveAccess} {
		starter := map[string]string{procedures.TypeArchiveRecall: screener, procedures.TypeArchiveAccess: bureau}[caseType]
		if _, err := s.begin(caseType, starter, person); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, no) {
			t.Errorf("%s: %v", caseType, err)
		}
	}
	if _, err := s.transfer(person); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, no) {
		t.Errorf("a transfer: %v", err)
	}
	back := s.command(no, archivist, approval.ActionReturn)
	back.ToStage, back.AfterReturn, back.Opinion, back.Defects = procedures.StageAccessLending, approval.AfterReturnHere, "登记有误", []approval.Defect{{Item: "登记"}}
	refused(t, s.act(no, back).Refusal, "档案已借出")
	recall := approval.Command{Key: stacktest.NextKey(), Action: approval.ActionRecall, Seen: s.fold(no).Version, Actor: s.actor("community-001017-clerk-2"), Posts: s.scope("community-001017-clerk-2").Posts, Opinion: "取回"}
	refused(t, s.act(no, recall).Refusal, "档案已借出")

	extend := s.command(no, keeper, approval.ActionExtend)
	until := time.Date(2026, 12, 10, 15, 59, 59, 0, time.UTC)
	extend.Due, extend.Opinion = &until, "核实尚需时日"
	if committed := s.act(no, extend); committed.Refusal != nil || page().Loan.DueOn != "2026-12-10" {
		t.Errorf("extended: %v, due back on %s", committed.Refusal, page().Loan.DueOn)
	}
	refused(t, s.fill(no, archivist, map[string]any{"returnedBy": "张某", "volumesCounted": 0}), "全部归还")
	damaged := map[string]any{"returnedBy": "张某、李某", "volumesCounted": 1, "condition": procedures.ReturnedMissing, "defects": "缺第 12 页", "makeGoodBy": "2026-11-01"}
	refused(t, s.fill(no, archivist, damaged), "补正期限")
	damaged["makeGoodBy"] = "2026-12-31"
	s.mustFill(no, archivist, damaged)
	if archive := page(); archive.State != "shelved" || archive.Shelf == "" || archive.Holder != holder || archive.Loan.Defects != "缺第 12 页" || archive.Loan.MakeGoodBy != "2026-12-31" {
		t.Errorf("returned: %+v %+v", archive, archive.Loan)
	}
	if !strings.HasSuffix(s.hands(person), holder+" > "+page().Loan.Borrower+" > "+holder+" > shelved") {
		t.Errorf("the hands: %s", s.hands(person))
	}
	if s.fold(no).State != approval.CaseClosed {
		t.Errorf("the loan is %s", s.fold(no).State)
	}
	s.clean()
	s.Run(`UPDATE archives SET state = 'on_loan' WHERE person = $1`, person)
	if found := s.examine(nil); len(found) != 1 || !strings.Contains(found[0], "loan") {
		t.Errorf("doctor found %v", found)
	}
}

func TestAnArchiveIsReadOnTheSpot(t *testing.T) {
	s := newScene(t)
	person := s.shelved(1)
	first := s.mustBegin(procedures.TypeArchiveAccess, bureau, person)
	if _, err := s.begin(procedures.TypeArchiveAccess, bureau, person); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, first) {
		t.Errorf("the same office asks twice: %v", err)
	}
	s.mustFill(first, bureau, application(procedures.AccessCopying, "张某"))
	s.mustFill(first, "bureau-head-1", nil)
	s.mustFill(first, archivist, map[string]any{"visitorsVerified": true})
	s.mustFill(first, keeper, nil)
	if stage := s.fold(first).Current().Stage; stage != procedures.StageAccessReading {
		t.Fatalf("it stands at %s", stage)
	}
	// Meanwhile another office borrows it: what is not there is not read.
	second := s.lent(person)
	read := map[string]any{"attendant": "管理员", "papersRead": "工资表", "papersCopied": "工资表 2 页"}
	refused(t, s.fill(first, archivist, read), "现由")
	s.mustFill(second, archivist, map[string]any{"returnedBy": "张某", "volumesCounted": 1})
	refused(t, s.fill(first, archivist, map[string]any{"attendant": "管理员", "papersRead": "工资表"}), "复制、摘抄的材料")
	s.mustFill(first, archivist, read)
	if s.fold(first).State != approval.CaseClosed || !strings.HasSuffix(s.hands(person), "shelved") {
		t.Errorf("read: %s, %s", s.fold(first).State, s.hands(person))
	}
	s.clean()
}
