package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/bank"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// familyCode is the code of a case as the clerk at the counter prints it.
func familyCode(t *testing.T, s *stacktest.System, no string) string {
	t.Helper()
	var printed struct{ Code string }
	s.As(community).Get("/cases/" + no + "/papers/family?version=1").Expect(http.StatusOK).Read(&printed)
	return printed.Code
}

func inquire(s *stacktest.System, code, lastFour string) *stacktest.Answer {
	return s.Anonymous().Send(http.MethodPost, "/family/inquiry", map[string]string{"code": code, "lastFour": lastFour})
}

// page posts the form of the family's page as an old phone does.
func (f *familyScene) page(code, digits, language string) (int, http.Header, string) {
	f.t.Helper()
	answer, err := http.PostForm(f.s.URL+"/q", url.Values{"code": {code}, "digits": {digits}, "lang": {language}})
	if err != nil {
		f.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return answer.StatusCode, answer.Header, string(body)
}

// familyScene is a claim whose every fact could be told apart from what the family may read.
type familyScene struct {
	t        *testing.T
	s        *stacktest.System
	no, code string
	number   string
	secrets  []string
}

const familyAccount = "6222020000001234"

func newFamilyScene(t *testing.T) *familyScene {
	t.Helper()
	s := stacktest.NewSystem(t, stacktest.Options{})
	f := &familyScene{t: t, s: s, number: stacktest.IDNumber("19550302", 22)}
	person := dead(s)
	claimant := map[string]any{"name": "慕容金丝雀", "relation": "外甥女婿", "idNumber": f.number, "bank": "金丝雀银行", "account": familyAccount, "share": 10000}
	var submitted stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant}}}).Expect(http.StatusCreated).Read(&submitted)
	f.no = submitted.No
	f.code = familyCode(t, s, f.no)
	f.secrets = []string{"慕容金丝雀", "外甥女婿", "金丝雀", familyAccount, familyAccount[12:], f.number, f.number[14:], f.no, person,
		stacktest.Value[string](s.Database, `SELECT name FROM persons WHERE id = $1`, person), stacktest.Value[string](s.Database, `SELECT id_masked FROM persons WHERE id = $1`, person),
		"10030000", "100300", "100,300", "9027000", "1003000", "6018000", "内部意见", "稽核", "party", "党", "agency-", "community-001017",
		stacktest.Value[string](s.Database, `SELECT name FROM users WHERE id = $1`, community), stacktest.Value[string](s.Database, `SELECT name FROM users WHERE id = 'agency-head-1'`)}
	return f
}

// told asks over the API and on the page in both languages, and looks for what must not be there.
func (f *familyScene) told(moment string) view.FamilyAnswer {
	f.t.Helper()
	answer := inquire(f.s, f.code, f.number[14:]).Expect(http.StatusOK)
	var told view.FamilyAnswer
	answer.Read(&told)
	bodies := []string{string(answer.Body)}
	for _, language := range []string{"zh", "en"} {
		status, header, body := f.page(f.code, f.number[14:], language)
		if status != http.StatusOK || !strings.Contains(body, told.Standing.In(map[string]string{"zh": "zh-CN", "en": "en"}[language])) {
			f.t.Errorf("%s the page in %s answers %d: %s", moment, language, status, body)
		}
		if header.Get("Cache-Control") != "no-store" || !strings.Contains(header.Get("Content-Security-Policy"), "default-src 'none'") || strings.Contains(body, "<script") || len(body) > 20_000 {
			f.t.Errorf("%s the page comes as %v, %d bytes", moment, header, len(body))
		}
		bodies = append(bodies, body)
	}
	for _, body := range bodies {
		// Phones of offices and the style hold digits of their own.
		body = regexp.MustCompile(`024-\d+|<style>[^<]*</style>`).ReplaceAllString(body, "")
		for _, secret := range f.secrets {
			if strings.Contains(body, secret) {
				f.t.Errorf("%s the family reads %q in %s", moment, secret, body)
			}
		}
	}
	return told
}

func steps(told view.FamilyAnswer) string {
	words := []string{}
	for _, step := range told.Steps {
		words = append(words, step.State)
	}
	return strings.Join(words, " ")
}

// From the counter to the letter the family reads in plain words where its claim is, in whose hands, until when and
// what is missing, and nothing else whatever officers write.
func TestTheFamilyReadsWhereItsCaseIs(t *testing.T) {
	f := newFamilyScene(t)
	s := f.s
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('benefit_audit', '210106', '2003-06-06', 1, '"yes"', '试验')`)
	is := func(moment string, state procedures.FamilyState, standing, way string) view.FamilyAnswer {
		t.Helper()
		told := f.told(moment)
		if told.State != string(state) || !strings.Contains(told.Standing.ZH, standing) || steps(told) != way {
			t.Errorf("%s the family is told %s, %s, %s", moment, told.State, told.Standing.ZH, steps(told))
		}
		if told.Counter.Name == "" || told.Counter.Phone == "" || told.Updated == "" || told.Matter.ZH != "遗属待遇申领" {
			t.Errorf("%s the family does not learn whom to ask: %+v", moment, told)
		}
		return told
	}
	claim := map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true}
	is("at the counter", procedures.FamilyUnderWay, "正在登记", "now next next next next")
	signed(t, s, f.no, community, claim).Expect(http.StatusOK)
	told := is("at the agency", procedures.FamilyUnderWay, "正在审核", "done now next next next")
	if told.Office == nil || !strings.Contains(told.Office.Name, "社") || told.Office.Name == told.Counter.Name || told.Until == "" || told.Late || len(told.Missing) > 0 {
		t.Errorf("while the agency has it: %+v", told)
	}
	s.Clock.Advance(30 * 24 * time.Hour)
	s.SignEverybodyOut()
	if told = f.told("late"); !told.Late {
		t.Errorf("a month later: %+v", told)
	}
	s.Clock.Advance(-30 * 24 * time.Hour)
	s.SignEverybodyOut()
	seen := s.Read("agency-clerk-1", f.no)
	s.As("agency-clerk-1").Send(http.MethodPost, "/cases/"+f.no+"/actions", map[string]any{"action": "return", "seen": seen.Version, "taskId": seen.Tasks[0].ID, "toStage": procedures.StageBenefitClaim, "afterReturn": "here", "opinion": "内部意见：疑冒领",
		"defects": []map[string]any{{"item": "收款银行账户（存折或银行卡）", "detail": "内部意见：慕容金丝雀账户有疑"}, {"item": "慕容金丝雀的亲属关系", "detail": "内部意见"}}}).Expect(http.StatusOK)
	told = is("returned", procedures.FamilyWaiting, "补充材料", "now next next next next")
	if len(told.Missing) != 2 || told.Missing[0].ZH != "收款银行账户（存折或银行卡）" || told.Missing[1] != procedures.FamilyNotice {
		t.Errorf("the family is asked for %v", told.Missing)
	}
	signed(t, s, f.no, community, claim).Expect(http.StatusOK)
	signed(t, s, f.no, "agency-clerk-1", map[string]any{"contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "no"}).Expect(http.StatusOK)
	signed(t, s, f.no, "agency-reviewer-1", nil).Expect(http.StatusOK)
	is("at the head", procedures.FamilyUnderWay, "正在审批", "done done now next next")
	signed(t, s, f.no, "agency-head-1", nil).Expect(http.StatusOK)
	is("while it is audited", procedures.FamilyDecided, "安排付款", "done done done now next")
	signed(t, s, f.no, "agency-internal_auditor-1", map[string]any{"auditFinding": "内部意见"}).Expect(http.StatusOK)
	is("before the release", procedures.FamilyDecided, "安排付款", "done done done now next")
	signed(t, s, f.no, "agency-fund_cashier-1", nil).Expect(http.StatusOK)
	is("at the bank", procedures.FamilyDecided, "交银行", "done done done now next")
	batch, err := s.MakeBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	read := func(line int, amount int64, outcome string) {
		t.Helper()
		if _, err := s.ReadResults(t.Context(), "bank", bank.Results([]bank.Result{{Batch: batch, Line: line, Amount: amount, Outcome: outcome, Reason: "内部意见"}})); err != nil {
			t.Fatal(err)
		}
	}
	read(1, 1003000, bank.Paid)
	is("half of it arrived", procedures.FamilyDecided, "交银行", "done done done now next")
	read(2, 9027000, bank.Refused)
	if told = is("an account is refused", procedures.FamilyWaiting, "收款账户需要核对", "done done done now next"); len(told.Missing) != 1 || told.Until != "" {
		t.Errorf("of the account the family is told %+v", told)
	}
	s.Run(`UPDATE payments SET state = 'paid' WHERE case_no = $1`, f.no)
	is("all arrived", procedures.FamilyPaid, "款项已经支付", "done done done now next")
	signed(t, s, f.no, "agency-fund_cashier-2", map[string]any{"reconciled": true}).Expect(http.StatusOK)
	is("the letter", procedures.FamilyPaid, "决定书已备好", "done done done done now")
	signed(t, s, f.no, community, map[string]any{"deliveredBy": "hand"}).Expect(http.StatusOK)
	if told = is("the end", procedures.FamilyEnded, "已经办结", "done done done done done"); told.Office != nil || told.Until != "" {
		t.Errorf("after the end: %+v", told)
	}
	s.Clock.Advance(366 * 24 * time.Hour)
	inquire(s, f.code, f.number[14:]).Expect(http.StatusNotFound)
}

// Who has the wrong code or the wrong digits learns nothing from the answer; after five tries a code waits a quarter of an
// hour, known or not, in every process; an address and everybody together have their limits too.
func TestInquiriesAreLimited(t *testing.T) {
	f := newFamilyScene(t)
	s := f.s
	same := func(first, second *stacktest.Answer) {
		t.Helper()
		one, two := first.Expect(http.StatusNotFound).Problem(), second.Expect(http.StatusNotFound).Problem()
		one.RequestID, two.RequestID = "", ""
		if fmt.Sprint(one) != fmt.Sprint(two) {
			t.Errorf("the answers differ: %v %v", one, two)
		}
	}
	const unknown = "0123-4567-89AB"
	person := stacktest.Value[string](s.Database, `SELECT right(id_masked, 4) FROM persons`)
	same(inquire(s, f.code, "0000"), inquire(s, unknown, f.number[14:]))
	same(inquire(s, f.code, person), inquire(s, unknown, ""))
	same(inquire(s, f.code, f.number), inquire(s, unknown, strings.Repeat("中", 6)))
	same(inquire(s, strings.ToLower(f.code[:4]+"-"+f.code[4:8]+" "+f.code[8:]), "%"), inquire(s, "0123 4567 89ab", "____"))
	if status, _, body := f.page(f.code, "0000", "zh"); status != http.StatusNotFound || !strings.Contains(body, "没有查到") || !strings.Contains(body, f.code[:4]+"-"+f.code[4:8]+"-"+f.code[8:]) {
		t.Errorf("the page answers %d %s", status, body)
	}
	inquire(s, unknown, "1").Expect(http.StatusNotFound)
	// The right digits do not help any more, on either way in.
	for _, code := range []string{f.code, unknown} {
		locked := inquire(s, code, f.number[14:]).Expect(http.StatusTooManyRequests)
		if seconds, err := strconv.Atoi(locked.Header.Get("Retry-After")); err != nil || seconds < 800 || seconds > 900 {
			t.Errorf("a locked code answers Retry-After %q", locked.Header.Get("Retry-After"))
		}
	}
	if status, header, body := f.page(f.code, f.number[14:], "zh"); status != http.StatusTooManyRequests || header.Get("Retry-After") == "" || !strings.Contains(body, "15 分钟") {
		t.Errorf("the page of a locked code answers %d %s", status, body)
	}
	s.Clock.Advance(14 * time.Minute)
	inquire(s, f.code, f.number[14:]).Expect(http.StatusTooManyRequests)
	s.Clock.Advance(2 * time.Minute)
	inquire(s, f.code, f.number[14:]).Expect(http.StatusOK)
	t.Run("a right answer frees the code", func(t *testing.T) {
		for range 3 {
			for range 4 {
				inquire(s, f.code, "0000").Expect(http.StatusNotFound)
			}
			inquire(s, f.code, f.number[14:]).Expect(http.StatusOK)
		}
	})
	t.Run("from one address", func(t *testing.T) {
		s.Clock.Advance(16 * time.Minute)
		var working sync.WaitGroup
		var mutex sync.Mutex
		statuses := map[int]int{}
		for i := range 40 {
			working.Go(func() {
				status := inquire(s, fmt.Sprintf("%012d", i), "0000").Status
				mutex.Lock()
				statuses[status]++
				mutex.Unlock()
			})
		}
		working.Wait()
		if statuses[http.StatusNotFound] != 20 || statuses[http.StatusTooManyRequests] != 20 {
			t.Errorf("forty codes at once from one address: %v", statuses)
		}
		s.Clock.Advance(16 * time.Minute)
		inquire(s, f.code, f.number[14:]).Expect(http.StatusOK)
	})
	t.Run("everybody together", func(t *testing.T) {
		everybody := []view.InquiryLimit{{Subject: "everybody", Most: 600, While: time.Minute}}
		s.Clock.Advance(2 * time.Minute)
		for range 600 {
			if wait, err := s.CountInquiry(t.Context(), everybody); wait > 0 || err != nil {
				t.Fatal(wait, err)
			}
		}
		inquire(s, f.code, f.number[14:]).Expect(http.StatusTooManyRequests)
		s.Clock.Advance(2 * time.Minute)
		inquire(s, f.code, f.number[14:]).Expect(http.StatusOK)
	})
	for name, rows := range s.Tables() {
		if all := fmt.Sprint(rows); strings.Contains(all, f.code) || name == "inquiry_limits" && strings.Contains(all, "127.0.0.1") {
			t.Errorf("%s holds a code or an address in the clear", name)
		}
	}
	if strings.Contains(s.Logs.String(), f.code) || strings.Contains(s.Logs.String(), f.number[14:]+" ") {
		t.Error("the log holds what was asked")
	}
}

// The report of a death answers to the person's number, a case of people who ask otherwise to nobody.
func TestWhoseCasesAnswerAFamily(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	handover := s.Submit(clerk, stacktest.OnePerson(1))
	s.Carry(handover.No, clerk)
	person := stacktest.Value[string](s.Database, `SELECT id FROM persons`)
	digits := stacktest.OnePerson(1)["id_number"][14:]
	var report stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": person, "form": map[string]any{"diedOn": "2026-10-05", "source": "family", "reporter": "慕容金丝雀", "relation": "子女"}}).Expect(http.StatusCreated).Read(&report)
	code := familyCode(t, s, report.No)
	if again := familyCode(t, s, report.No); again != code || len(code) != 12 {
		t.Errorf("printed again the slip has %s, not %s", again, code)
	}
	var told view.FamilyAnswer
	inquire(s, code, digits).Expect(http.StatusOK).Read(&told)
	if told.Matter != (approval.Text{ZH: "去世情况登记", EN: "report of a death"}) || told.State != "under-way" {
		t.Errorf("of the report is told %+v", told)
	}
	carryDeath(s, report.No)
	inquire(s, code, digits).Expect(http.StatusOK).Read(&told)
	if told.State != "ended" || !strings.Contains(told.Standing.ZH, "遗属待遇") {
		t.Errorf("of the verified report is told %+v", told)
	}
	s.As(clerk).Get("/cases/" + handover.No + "/papers/family.pdf").Expect(http.StatusNotFound)
	s.As("enterprise-9-clerk-1").Get("/cases/" + report.No + "/papers/family.pdf").Expect(http.StatusNotFound)
	s.Run(`INSERT INTO family_codes(case_no, code_index, code_sealed, issued_at) VALUES ($1, $2, '', now())`, handover.No, s.Ring.Index("family-code", "0123456789AB"))
	inquire(s, "0123456789AB", digits).Expect(http.StatusNotFound)
}
