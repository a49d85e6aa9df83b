package api_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"jieli/internal/bank"
	"jieli/internal/stacktest"
	"jieli/papers"
	"jieli/procedures"
	"jieli/rules"
)

// printed is what is looked at of a paper.
type printed struct {
	key, no, as string
	file, text  string
	links       []string
}

// run is a program of poppler or zbar, which scripts/install.sh installs.
func run(t *testing.T, name string, arguments ...string) string {
	t.Helper()
	var complaints bytes.Buffer
	command := exec.Command(name, arguments...)
	command.Stderr = &complaints
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%s: %v %s", name, err, complaints.String())
	}
	return string(output)
}

// print reads a paper as somebody and what stands on it. JIELI_PRINTED keeps the files, to be looked at (make papers).
func printPaper(t *testing.T, s *stacktest.System, as, no, key string) printed {
	t.Helper()
	folder := t.TempDir()
	if kept := os.Getenv("JIELI_PRINTED"); kept != "" {
		folder = kept
	}
	answer := s.As(as).Get("/cases/" + no + "/papers/" + key + ".pdf").Expect(http.StatusOK)
	p := printed{key: key, no: no, as: as, file: filepath.Join(folder, key+"-"+no+".pdf")}
	if answer.Header.Get("Content-Type") != "application/pdf" || answer.Header.Get("Cache-Control") != "private, no-store" || !strings.HasPrefix(answer.Header.Get("Content-Disposition"), "inline; filename*=UTF-8''%") {
		t.Errorf("%s of %s comes as %v", key, no, answer.Header)
	}
	if err := os.WriteFile(p.file, answer.Body, 0o644); err != nil {
		t.Fatal(err)
	}
	p.text = run(t, "pdftotext", "-enc", "UTF-8", "-layout", p.file, "-")
	// The code is at the head of every paper.
	picture := filepath.Join(t.TempDir(), "head")
	run(t, "pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-singlefile", "-gray", "-png", "-x", "0", "-y", "0", "-W", "1800", "-H", "420", p.file, picture)
	p.links = strings.Fields(run(t, "zbarimg", "--nodbus", "--quiet", "-Sdisable", "-Sqrcode.enable", "--raw", picture+".png"))
	return p
}

// offered are the papers of a case as somebody sees it.
func offered(s *stacktest.System, as, no string) (keys []string) {
	var found struct{ Papers []struct{ Key string } }
	s.As(as).Get("/cases/" + no).Expect(http.StatusOK).Read(&found)
	for _, paper := range found.Papers {
		keys = append(keys, paper.Key)
	}
	return keys
}

// children are the child cases of a type.
func children(s *stacktest.System, as, no, kind string) (nos []string) {
	var found struct{ Items []stacktest.Case }
	s.As(as).Get("/cases/" + no + "/children?limit=200").Expect(http.StatusOK).Read(&found)
	for _, child := range found.Items {
		if child.Type == kind {
			nos = append(nos, child.No)
		}
	}
	return nos
}

// interim are a case of each interim form (S3.3), a review and a transition, with who may print them.
func interim(t *testing.T, s *stacktest.System) (cases [][2]string) {
	t.Helper()
	for n, form := range []rules.FormOfManagement{rules.FormEntrusted, rules.FormWholeTransfer, rules.FormAgency, rules.FormExistingBody} {
		no := s.SubmitRoster(clerk, s.Roster(clerk, string(form)+".csv", stacktest.RosterCSV(stacktest.NewPerson(21+n, nil)))).No
		s.SignUntil(no, clerk, procedures.StageFormProposal)
		seen := s.Read(bureau, no)
		body := stacktest.Approval(seen, seen.Tasks[0])
		decided := maps.Clone(seen.Tasks[0].Form.Proposal)
		maps.Copy(decided, map[string]any{"formOfManagement": form, "formReason": "条件具备", "formDocuments": rules.FormNeeds(form)})
		body["form"] = decided
		s.As(bureau).Send(http.MethodPost, "/cases/"+no+"/actions", body).Expect(http.StatusOK)
		s.SignUntil(no, clerk, procedures.StageIntakes)
		child := no + "-" + string(form)
		stacktest.Until(t, child+" is there", func() bool { return s.As(bureau).Get("/cases/"+child).Status == http.StatusOK })
		if form == rules.FormEntrusted {
			signed(t, s, child, bureau, map[string]any{"ground": "mining-area", "entrusted": "enterprise", "bodyName": "退休人员管理服务站", "letterNumber": "铁西人社委〔2026〕3号", "termFrom": "2026-12-01", "termTo": "2028-11-30",
				"scope": "日常管理与服务", "uniformName": true, "uniformRules": true, "uniformDuties": true}).Expect(http.StatusOK)
		}
		cases = append(cases, [2]string{child, bureau})
	}
	var groups struct{ Items []group }
	s.As(bureau).Get("/groups?state=registered").Expect(http.StatusOK).Read(&groups)
	for kind, form := range map[string]map[string]any{"form-review": {"group": groups.Items[0].ID}, "transition": {"group": groups.Items[0].ID, "street": "street-001"}} {
		var begun stacktest.Case
		s.As(bureau).Send(http.MethodPost, "/cases", map[string]any{"type": kind, "form": form}).Expect(http.StatusCreated).Read(&begun)
		cases = append(cases, [2]string{begun.No, bureau})
	}
	return cases
}

// lettersOfBenefits are claims for one death, not accepted, refused and paid, with who may print them.
func lettersOfBenefits(t *testing.T, s *stacktest.System, person string) [][2]string {
	t.Helper()
	var report stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": person, "form": map[string]any{"diedOn": "2026-10-05", "source": "family", "reporter": "李某某", "relation": "配偶"}}).Expect(http.StatusCreated).Read(&report)
	carryDeath(s, report.No)
	claimants := []any{map[string]any{"name": "李某某", "relation": "配偶", "idNumber": stacktest.IDNumber("19550302", 22), "bank": "工商银行", "account": "6222020000001111", "share": 6000},
		map[string]any{"name": "张小某", "relation": "子女", "idNumber": stacktest.IDNumber("19800302", 31), "bank": "建设银行", "account": "6227000000005555", "share": 4000}}
	claim := func() string {
		var submitted stacktest.Case
		s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": claimants}}).Expect(http.StatusCreated).Read(&submitted)
		signed(t, s, submitted.No, community, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "shares", "agreement": "2026-11-20，一式三份", "undertaking": true}).Expect(http.StatusOK)
		return submitted.No
	}
	against := func(no, as, action, opinion string) {
		seen := s.Read(as, no)
		s.As(as).Send(http.MethodPost, "/cases/"+no+"/actions", map[string]any{"action": action, "seen": seen.Version, "taskId": seen.Tasks[0].ID, "opinion": opinion, "clause": "人社部发〔2021〕18号第四条"}).Expect(http.StatusOK)
	}
	reckoned := map[string]any{"contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "no"}
	elsewhere := claim()
	against(elsewhere, "agency-clerk-1", "not-accept", "参保关系不在本地。")
	refused := claim()
	signed(t, s, refused, "agency-clerk-1", reckoned).Expect(http.StatusOK)
	signed(t, s, refused, "agency-reviewer-1", nil).Expect(http.StatusOK)
	against(refused, "agency-head-1", "reject", "申领人与逝者的关系尚未查明。")
	paid := claim()
	signed(t, s, paid, "agency-clerk-1", reckoned).Expect(http.StatusOK)
	signed(t, s, paid, "agency-reviewer-1", nil).Expect(http.StatusOK)
	signed(t, s, paid, "agency-head-1", nil).Expect(http.StatusOK)
	signed(t, s, paid, "agency-fund_cashier-1", nil).Expect(http.StatusOK)
	batch, err := s.MakeBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	results := []bank.Result{}
	for i, amount := range []int64{601800, 5416200, 401200, 3610800} {
		results = append(results, bank.Result{Batch: batch, Line: i + 1, Amount: amount, Outcome: bank.Paid})
	}
	if _, err := s.ReadResults(t.Context(), "bank", bank.Results(results)); err != nil {
		t.Fatal(err)
	}
	signed(t, s, paid, "agency-fund_cashier-2", map[string]any{"reconciled": true}).Expect(http.StatusOK)
	var second stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{map[string]any{"name": "张大某", "relation": "子女", "idNumber": stacktest.IDNumber("19780302", 33), "share": 10000}}}}).Expect(http.StatusCreated).Read(&second)
	signed(t, s, second.No, community, map[string]any{"statement": "未被告知申领"}).Expect(http.StatusOK)
	signed(t, s, second.No, "agency-clerk-2", map[string]any{"heard": "电话听取", "decision": "settle", "decisionReason": "已支付，协议有效。"}).Expect(http.StatusOK)
	signed(t, s, second.No, "agency-reviewer-2", nil).Expect(http.StatusOK)
	signed(t, s, second.No, "agency-head-1", nil).Expect(http.StatusOK)
	return [][2]string{{elsewhere, community}, {refused, community}, {paid, community}, {second.No, community}}
}

// Every paper of every procedure is made from a real case, bears its number, and a camera finds on it the address
// at which it verifies; a box's opens the manifest.
func TestEveryPaperIsPrinted(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	if err := s.Database.SeedDemoGroup(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('party_with_handover', '210106', '2003-06-06', 1, '"no"', '试验')`)
	person := stacktest.Person{"姓名": "阿卜杜热西提·阿卜杜喀迪尔", "政治面貌": "中共党员", "党费交至": "2026-10"}
	batch := s.SubmitRoster(clerk, s.Roster(clerk, "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(1, person), stacktest.NewPerson(2, stacktest.Person{"姓名": "䶮<b>𠮷"}), stacktest.NewPerson(3, nil)))).No
	s.SignUntil(batch, clerk, procedures.StageScreening)
	s.As(supervisor).Send(http.MethodPost, "/cases/"+batch+"/actions", map[string]any{"action": "supervise", "seen": s.Read(supervisor, batch).Version, "opinion": "请抓紧办理。"}).Expect(http.StatusOK)
	s.Carry(batch, clerk)
	intake := children(s, clerk, batch, "intake")[0]
	reception := children(s, clerk, intake, "reception")[0]
	archive := children(s, clerk, batch, "archive")[0]

	returned := s.Submit(clerk, stacktest.OnePerson(11)).No
	refused := s.Submit(clerk, stacktest.OnePerson(12)).No
	for no, body := range map[string]map[string]any{
		returned: {"action": "return", "toStage": "prepare", "afterReturn": "here", "opinion": "请补正。", "defects": []map[string]any{{"item": "移交方案", "detail": "未提交", "clause": "S2.1"}}},
		refused:  {"action": "not-accept", "opinion": "不属于本区受理范围。", "clause": "S2.1"}} {
		seen := s.SignUntil(no, clerk, procedures.StageAcceptance)
		body["seen"], body["taskId"] = seen.Version, seen.Tasks[0].ID
		s.As(bureau).Send(http.MethodPost, "/cases/"+no+"/actions", body).Expect(http.StatusOK)
	}
	rejected := s.SubmitRoster(clerk, s.Roster(clerk, "名册二.csv", stacktest.RosterCSV(stacktest.NewPerson(13, nil)))).No
	seen := s.SignUntil(rejected, clerk, procedures.StageFormDecision)
	s.As("bureau-head-1").Send(http.MethodPost, "/cases/"+rejected+"/actions", map[string]any{"action": "reject", "seen": seen.Version, "taskId": seen.Tasks[0].ID, "opinion": "不符合移交条件。", "clause": "S3.1"}).Expect(http.StatusOK)

	var party stacktest.Case
	member := stacktest.Value[string](s.Database, `SELECT id FROM persons WHERE name = $1`, person["姓名"])
	s.As(organiser).Send(http.MethodPost, "/cases", map[string]any{"type": "party", "subject": member}).Expect(http.StatusCreated).Read(&party)
	p := &partyCase{s, party.No}
	p.act(organiser, map[string]any{"action": "approve", "form": map[string]any{"rehired": false, "employedElsewhere": false, "awayMonths": 0}}).Expect(http.StatusOK)
	s.SignUntil(party.No, organiser, procedures.StagePartyReception)
	p.act("party-community-001017-clerk-1", map[string]any{"action": "approve", "form": map[string]any{"branch": "第一党支部", "partyGroup": "第二党小组"}}).Expect(http.StatusOK)
	s.SignUntil(party.No, organiser, procedures.StagePartyReceipt)

	var access stacktest.Case
	s.As(bureau).Send(http.MethodPost, "/cases", map[string]any{"type": "archive-access", "subject": member}).Expect(http.StatusCreated).Read(&access)

	dead := stacktest.Value[string](s.Database, `SELECT subject FROM cases WHERE no = $1`, reception)
	var death, alive, benefit stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": dead, "form": map[string]any{"source": "community", "diedOn": "2026-10-20"}}).Expect(http.StatusCreated).Read(&death)
	carryDeath(s, death.No)
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": dead}).Expect(http.StatusCreated).Read(&benefit)
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "rescission", "subject": dead}).Expect(http.StatusCreated).Read(&alive)
	carryDeath(s, alive.No)

	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": dead, "form": map[string]any{"source": "community", "diedOn": "2026-08-20"}}).Expect(http.StatusCreated).Read(&death)
	carryDeath(s, death.No)
	recovered := stacktest.Value[string](s.Database, `SELECT coalesce(max(case_no), '') FROM recoveries`)
	if recovered == "" {
		var begun stacktest.Case
		s.As(recorder).Send(http.MethodPost, "/cases", map[string]any{"type": "recovery", "subject": dead}).Expect(http.StatusCreated).Read(&begun)
		recovered = begun.No
	}
	demanded(t, s, recovered)
	signed(t, s, recovered, recorder, map[string]any{"answer": "instalments", "instalmentCount": 2, "firstInstalment": "2026-12-15"}).Expect(http.StatusOK)
	signed(t, s, recovered, "agency-head-2", nil).Expect(http.StatusOK)
	s.As(cashier).Send(http.MethodPost, "/cases/"+recovered+"/receipts", map[string]any{"number": "S-1", "amount": 316173, "receivedOn": "2026-11-24", "method": "transfer"}).Expect(http.StatusOK)
	benefits := lettersOfBenefits(t, s, stacktest.Value[string](s.Database, `SELECT id FROM persons WHERE name = '䶮<b>𠮷'`))

	left := map[string]bool{}
	for _, procedure := range procedures.All() {
		for _, paper := range procedure.Papers {
			left[procedure.Type+" "+paper.Key] = paper.Key != "supervision" || procedure.Type == procedures.TypeHandover
		}
	}
	anybody := s.Anonymous()
	var working sync.WaitGroup
	var mutex sync.Mutex
	all := map[string]printed{}
	for _, each := range append(append(interim(t, s), benefits...), [][2]string{{batch, clerk}, {intake, clerk}, {reception, community}, {archive, clerk}, {returned, clerk}, {refused, clerk}, {rejected, clerk}, {party.No, organiser}, {access.No, bureau}, {death.No, community}, {alive.No, community}, {benefit.No, community}, {recovered, cashier}}...) {
		no, as := each[0], each[1]
		kind := s.Read(as, no).Type
		for _, key := range offered(s, as, no) {
			if !left[kind+" "+key] {
				continue
			}
			left[kind+" "+key] = false
			working.Go(func() {
				p := printPaper(t, s, as, no, key)
				mutex.Lock()
				defer mutex.Unlock()
				all[kind+" "+key] = p
			})
		}
	}
	working.Wait()
	for name, missing := range left {
		if missing {
			t.Errorf("%s was never printed", name)
		}
	}
	for name, p := range all {
		if !strings.Contains(p.text, p.no) {
			t.Errorf("%s does not bear the number %s:\n%s", name, p.no, p.text)
		}
		if len(p.links) == 0 || slices.ContainsFunc(p.links, func(link string) bool { return link != p.links[0] }) {
			t.Errorf("a camera reads on %s: %q", name, p.links)
			continue
		}
		if p.key == "box" {
			if p.links[0] != s.URL+"/print/cases/"+archive+"/manifest" {
				t.Errorf("the box opens %s", p.links[0])
			}
			continue
		}
		if p.key == procedures.PaperFamily {
			// The family's own code, at the page that asks for four characters more.
			if !regexp.MustCompile(`^` + regexp.QuoteMeta(s.URL) + `/q/[0-9A-Z]{12}$`).MatchString(p.links[0]) {
				t.Errorf("the family's slip opens %s", p.links[0])
			}
			continue
		}
		code, ok := strings.CutPrefix(p.links[0], s.URL+"/verify/")
		var v verification
		anybody.Get("/verification/" + code).Expect(http.StatusOK).Read(&v)
		if !ok || v.No != p.no || !v.Intact || v.OfficeName == "" {
			t.Errorf("%s verifies at %s as %+v", name, p.links[0], v)
		}
	}
	for name, says := range map[string][]string{
		"handover slip":                {"接收审批表", "同意", "第1页"},
		"handover notice":              {"移交方案", "未提交"},
		"handover acceptance":          {"现予受理"},
		"handover nonAcceptance":       {"不属于本区受理范围", "六十日", "六个月"},
		"handover rejection":           {"不符合移交条件", "行政复议", "行政诉讼"},
		"handover form":                {"直接纳入街道社区管理"},
		"handover agreement":           {"甲方", "乙方"},
		"handover roster":              {"䶮<b>𠮷", "阿卜杜热西提"},
		"handover service":             {"送达回证", "受理通知书"},
		"handover supervision":         {"请抓紧办理"},
		"reception introduction":       {"请予接洽"},
		"reception contact":            {"LX-"},
		"archive manifest":             {"合", "䶮<b>𠮷"},
		"archive transmission":         {"存根", "回执"},
		"party partyLetter":            {"存根", "回执", "骑缝"},
		"party branch":                 {"编入你支部"},
		"entrustment commission":       {"现委托你单位", "铁西人社委〔2026〕3号"},
		"whole-transfer takeover":      {"接收交接单", "移交方"},
		"archive-access archiveAccess": {"档案所属人", "阿卜杜热西提"},
		"benefit family":               {"办件查询单", "任一位申领人", "024-"},
		"death family":                 {"所登记人员"},
		"recovery demand":              {"责令退还通知书", "2026年9月", "3,123.44 元", "6,323.45 元", "30 个工作日内", "六十日", "六个月"},
		"recovery instalments":         {"分期还款协议", "2026年12月15日", "3,161.73 元", "2027年1月15日", "3,161.72 元"},
		"recovery repaymentReceipt":    {"S-1", "银行转账", "3,161.73 元", "未结清"},
		"benefit undertaking":          {"不再要求提交死亡证明", "李某某", "第八十八条"},
		"benefit benefitClaim":         {"按约定的份额", "60%", "一式三份"},
		"benefit benefitCalculation":   {"丧葬补助金 = 60,180.00 元 × 2 个月 ÷ 12", "100,300.00 元", "人民币壹拾万零叁佰元整", "18 个月"},
		"benefit benefitDecision":      {"李某某、张小某", "60,180.00", "40,120.00", "****1111", "六十日", "六个月"},
		"benefit benefitRefusal":       {"不予支付的理由", "关系尚未查明", "六十日", "六个月"},
		"claim-dispute claimDecision":  {"张大某", "同一死亡不重复支付", "协议有效", "六十日", "六个月"},
		"benefit benefitNonAcceptance": {"不予受理的理由", "参保关系不在本地", "六十日", "六个月"},
	} {
		for _, words := range says {
			if text := strings.Join(strings.Fields(all[name].text), " "); !strings.Contains(text, words) {
				t.Errorf("%s does not say %s:\n%s", name, words, all[name].text)
			}
		}
	}
	number := regexp.MustCompile(`\d{17}[\dX]`)
	for name, p := range all {
		if whole := number.FindString(strings.ReplaceAll(p.text, p.no, "")); whole != "" {
			t.Errorf("%s shows a whole ID number %s", name, whole)
		}
	}
	t.Run("who may not see amounts prints none", func(t *testing.T) {
		paid := benefits[2][0]
		for _, key := range []string{"benefitCalculation", "benefitDecision"} {
			s.As(supervisor).Get("/cases/" + paid + "/papers/" + key + ".pdf").Expect(http.StatusNotFound)
			if slices.Contains(offered(s, supervisor, paid), key) || !slices.Contains(offered(s, community, paid), key) {
				t.Errorf("%s is offered to the wrong people", key)
			}
		}
		s.As(supervisor).Get("/cases/" + paid + "/papers/undertaking.pdf").Expect(http.StatusOK)
	})
	t.Run("who may not see the case gets no paper", func(t *testing.T) {
		for path, as := range map[string]string{batch + "/papers/slip.pdf": "enterprise-9-clerk-1", party.No + "/papers/partyLetter.pdf": clerk, batch + "/papers/manifest.pdf": clerk, batch + "/papers/..%2Fslip.pdf": clerk, "YJ-1/papers/slip.pdf": clerk} {
			s.As(as).Get("/cases/" + path).Expect(http.StatusNotFound)
		}
		anybody.Get("/cases/" + batch + "/papers/slip.pdf").Expect(http.StatusUnauthorized)
	})
}

// A region's own template goes before those above it and the program's; a broken one is named by file and line,
// and the others are printed.
func TestReplacedTemplates(t *testing.T) {
	folder := t.TempDir()
	write := func(name, body string) {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(folder, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name), []byte(body), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	s := stacktest.NewSystem(t, stacktest.Options{Papers: folder})
	no := s.Submit(clerk, stacktest.OnePerson(1)).No
	own := func(words string) string { return `{{template "top" .}}<p>` + words + `</p>{{template "end"}}` }
	write("000000/plan.html", own("全国样式"))
	write("210000/slip.html", own("全省样式"))
	write("210106/slip.html", own("本区样式"))
	write("210106/roster.html", "{{template \"top\" .}}\n\n{{.Nothing}}{{template \"end\"}}")
	write("210106/closing.html", "{{template \"top\" .}}\n{{if}}")
	for key, words := range map[string]string{"slip": "本区样式", "plan": "全国样式", "outstanding": "遗留人员清单"} {
		if p := printPaper(t, s, clerk, no, key); !strings.Contains(p.text, words) {
			t.Errorf("%s is printed as\n%s", key, p.text)
		}
	}
	for key, place := range map[string]string{"roster": "210106/roster.html 第 3 行", "closing": "210106/closing.html 第 2 行"} {
		problem := s.As(clerk).Get("/cases/" + no + "/papers/" + key + ".pdf").Expect(http.StatusServiceUnavailable).Problem()
		if problem.Code != "unavailable" || !strings.Contains(problem.Detail, place) {
			t.Errorf("the broken %s is answered by %+v", key, problem)
		}
	}
	write("210106/slips.html", "")
	write("shenyang/slip.html", "")
	checked, faults := papers.Templates{Folder: folder}.Check()
	said := []string{}
	for _, fault := range faults {
		said = append(said, fault.Error())
	}
	report, _ := json.Marshal(said)
	if checked != 6 || len(faults) != 4 || !strings.Contains(string(report), "210106/roster.html line 3") || !strings.Contains(string(report), "210106/closing.html line 2") {
		t.Errorf("checked %d: %s", checked, report)
	}
}
