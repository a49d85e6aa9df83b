package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

type verification struct {
	No, OfficeName, Hash            string
	Intact, GoneOn                  bool
	Version                         int64
	At                              *time.Time
	TypeTitle, PaperTitle, Standing *approval.Text
}

// Whoever holds a paper learns without signing in that it is genuine and whether the case has gone on, and
// nothing of people or officers; a paper nobody may read gets no code.
func TestPapersCanBeVerified(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	bird := newCanary(311, "慕容金丝雀")
	handover := s.Submit(clerk, map[string]string{"name": bird.person["姓名"], "id_number": bird.person["身份证号"], "retirement_date": bird.person["退休日期"],
		"residence_code": bird.person["居住社区代码"], "residence_address": bird.person["居住地址"], "phone": bird.person["联系电话"]})
	first := s.SignUntil(handover.No, clerk, "acceptance")
	code := func(paper string, version string) string {
		var printed struct{ Code string }
		s.As(clerk).Get("/cases/" + handover.No + "/papers/" + paper + "?version=" + version).Expect(http.StatusOK).Read(&printed)
		return printed.Code
	}
	anybody := s.Anonymous()
	verify := func(code string) (v verification) {
		t.Helper()
		answer := anybody.Get("/verification/" + code).Expect(http.StatusOK)
		answer.Read(&v)
		for _, secret := range append(append(bird.secrets, bird.names...), "enterprise-1-clerk-1", bird.person["居住地址"], stacktest.Value[string](s.Database, `SELECT name FROM users WHERE id = $1`, clerk)) {
			if holds(answer.Body, secret) {
				t.Errorf("the answer to anybody holds %s: %s", secret, answer.Body)
			}
		}
		return v
	}
	slip := code("slip", "4")
	if again := code("slip", "4"); again != slip {
		t.Errorf("printed twice from one version, the paper has the codes %s and %s", slip, again)
	}
	v := verify(slip)
	hash := stacktest.Value[string](s.Database, `SELECT hash FROM journal WHERE stream = 'case:' || $1 AND seq = 4`, handover.No)
	if v.No != handover.No || v.PaperTitle.ZH != "接收审批表" || v.TypeTitle.ZH != "退休人员社会化管理移交" || v.OfficeName == "" || v.Version != 4 || v.At == nil || len(v.Hash) < 12 || !strings.HasPrefix(hash, v.Hash) || !v.Intact || v.GoneOn {
		t.Errorf("of a paper just printed is said %+v", v)
	}
	if !strings.Contains(v.Standing.ZH, "本件现处于“受理”环节。") {
		t.Errorf("the case stands so: %s", v.Standing.ZH)
	}
	t.Run("as it is typed", func(t *testing.T) {
		typed := strings.ToLower(slip[:4] + "-" + slip[4:8] + "-" + slip[8:])
		if found := verify(strings.ReplaceAll(typed, "0", "o")); found.No != handover.No {
			t.Errorf("%s is not read as %s", typed, slip)
		}
	})
	t.Run("who gets a code", func(t *testing.T) {
		for path, as := range map[string]string{"/papers/slip?version=4": "enterprise-9-clerk-1", "/papers/notice?version=4": clerk, "/papers/manifest?version=4": clerk, "/papers/slip?version=99": clerk} {
			s.As(as).Get("/cases/" + handover.No + path).Expect(http.StatusNotFound)
		}
		anybody.Get("/cases/" + handover.No + "/papers/slip?version=4").Expect(http.StatusUnauthorized)
	})
	t.Run("what changes nothing", func(t *testing.T) {
		s.As(clerk).Send(http.MethodPost, "/cases/"+handover.No+"/actions", map[string]any{"action": "comment", "seen": first.Version, "opinion": "看过"}).Expect(http.StatusOK)
		if found := verify(slip); found.GoneOn {
			t.Errorf("a comment made the paper old: %s", found.Standing.ZH)
		}
	})
	t.Run("gone on", func(t *testing.T) {
		s.SignUntil(handover.No, clerk, "screening")
		found := verify(slip)
		if !found.GoneOn || !found.Intact || found.Version != 4 || !strings.Contains(found.Standing.ZH, "本件正在办理。") || strings.Contains(found.Standing.EN, "screening") {
			t.Errorf("while a Party stage has the case is said %+v %s", found, found.Standing)
		}
		s.SignUntil(handover.No, clerk, "pension-match")
		if found = verify(slip); !found.GoneOn || !strings.Contains(found.Standing.ZH, "社保信息比对") {
			t.Errorf("the case went on, and is said to be %s", found.Standing.ZH)
		}
		now := s.Read(clerk, handover.No)
		fresh := code("slip", stacktest.Value[string](s.Database, `SELECT version::text FROM cases WHERE no = $1`, now.No))
		if found = verify(fresh); found.GoneOn || found.OfficeName == v.OfficeName {
			t.Errorf("of the paper printed now is said %+v; the bureau has accepted the case", found)
		}
	})
	t.Run("codes nobody gave out", func(t *testing.T) {
		var first stacktest.Problem
		last := slip[:len(slip)-1]
		for i, wrong := range []string{last + string("0123456789ABCDEF"[(strings.IndexByte("0123456789ABCDEF", slip[len(slip)-1])+1)%16]), last, "x", "%2e%2e%2f'", strings.Repeat("中", 300)} {
			problem := anybody.Get("/verification/" + wrong).Expect(http.StatusNotFound).Problem()
			problem.RequestID = ""
			if i == 0 {
				first = problem
			} else if problem.Detail != first.Detail || problem.Code != first.Code || len(problem.Errors) > 0 {
				t.Errorf("%s is answered otherwise: %+v", wrong, problem)
			}
		}
		anybody.Get("/verification/" + slip).Expect(http.StatusTooManyRequests)
		s.Clock.Advance(2 * time.Second)
		verify(slip)
	})
	t.Run("a row made without the key", func(t *testing.T) {
		s.Run(`INSERT INTO papers(code, case_no, paper, seq, hash, issued_at) SELECT '0123456789ABCDEF', case_no, 'closing', seq, hash, issued_at FROM papers WHERE code = $1`, slip)
		anybody.Get("/verification/0123456789ABCDEF").Expect(http.StatusNotFound)
	})
	t.Run("for Party roles alone", func(t *testing.T) {
		procedure, _ := procedures.Find(procedures.TypeHandover)
		for i := range procedure.Stages {
			procedure.Stages[i].Scope = "party"
		}
		entry, err := s.Store.Submit(t.Context(), view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "组织关系", RequestActor: clerk, RequestKey: stacktest.NextKey(),
			Lines: []view.NewLine{{Row: 1, Values: stacktest.OnePerson(312)}},
			Submission: approval.Submission{Type: procedure.Type, Actor: approval.Actor{Person: clerk, Office: "enterprise-1", Role: approval.RoleClerk}, Office: "enterprise-1", Stages: procedure.Stages,
				Form: approval.Form{}, Key: "submit", Facts: map[string]string{procedures.FactEnterprise: "enterprise-1", procedures.FactRegion: "210106"}}})
		if err != nil {
			t.Fatal(err)
		}
		var printed struct{ Code string }
		s.As(clerk).Get("/cases/" + entry.Case + "/papers/slip?version=1").Expect(http.StatusOK).Read(&printed)
		if found := verify(printed.Code); found != (verification{No: entry.Case, OfficeName: v.OfficeName, Intact: true}) {
			t.Errorf("of a paper for Party roles alone is said %+v", found)
		}
	})
	t.Run("a rewritten journal", func(t *testing.T) {
		s.Run(`UPDATE journal SET body = convert_to(replace(convert_from(body, 'UTF8'), '同意', '赞成'), 'UTF8') WHERE stream = 'case:' || $1 AND seq = 3`, handover.No)
		if found := verify(slip); found.Intact || found.Standing != nil {
			t.Errorf("the journal was rewritten, and of the paper is said %+v", found)
		}
	})
}
