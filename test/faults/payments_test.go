package faults

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"testing"
	"time"

	"jieli/activities"
	"jieli/internal/bank"
	"jieli/internal/clock"
	"jieli/internal/crypt"
	"jieli/internal/stacktest"
	"jieli/store"
)

var borders = flag.Int("borders", 16, "at how many of the borders between two steps a paying worker is killed; 0 is every one")

// payerFolder is the bank's folder of the paying worker that this test binary becomes when it is set.
const payerFolder = "JIELI_FAULTS_BANK"

// pay is a worker that pays a round for each line it reads, as `jieli worker` does one each five seconds.
func pay() error {
	ring, err := crypt.Load(os.Getenv(workerKeys))
	if err != nil {
		return err
	}
	ctx := context.Background()
	opened, err := store.Open(ctx, os.Getenv(workerDatabase), ring, clock.Real())
	if err != nil {
		return err
	}
	payments := &activities.Payments{Store: opened, Bank: bank.Folder{Path: os.Getenv(payerFolder)}, Logger: slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))}
	for rounds := bufio.NewScanner(os.Stdin); rounds.Scan(); {
		if err := payments.Round(ctx); err != nil {
			return err
		}
		fmt.Println("done")
	}
	return nil
}

// payer is such a process.
type payer struct {
	process *exec.Cmd
	orders  io.Writer
	answers *bufio.Scanner
}

func startPayer(t *testing.T, database, keys, folder string) *payer {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &payer{process: exec.Command(self)}
	p.process.Env = append(os.Environ(), payerFolder+"="+folder, workerDatabase+"="+database, workerKeys+"="+keys)
	p.process.Stderr, p.process.SysProcAttr = os.Stderr, &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if p.orders, err = p.process.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	output, err := p.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.answers = bufio.NewScanner(output)
	// Pdeathsig is the thread's that starts the process.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := p.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)
	return p
}

func (p *payer) kill() {
	_ = p.process.Process.Kill()
	_ = p.process.Wait()
}

// round has it pay once, and reports whether it lived to say so.
func (p *payer) round() bool {
	if _, err := io.WriteString(p.orders, "round\n"); err != nil {
		return false
	}
	return p.answers.Scan()
}

// The accounts of the claimants: the bank does not know one, which is corrected.
const (
	widowAccount     = "6222020000001111"
	daughterAccount  = "6227000000005555"
	unknownAccount   = "6227000000000000"
	correctedAccount = "6227000000007777"
)

// entitled is what each account is to be paid in the end, in fen: 30 years and 6 drawn give 2 and 18 months of
// 60,180 yuan a year; the daughter and the son have 60 and 40 of a hundred.
var entitled = map[string]int64{widowAccount: 10030000, daughterAccount: 6018000, correctedAccount: 4012000}

func (m *money) act(username, no string, values map[string]any) stacktest.Case {
	seen := m.s.Read(username, no)
	if len(seen.Tasks) == 0 {
		m.t.Fatalf("%s finds no task of %s at %s", username, no, seen.Stage)
	}
	body := stacktest.Approval(seen, seen.Tasks[0])
	form := maps.Clone(seen.Tasks[0].Form.Proposal)
	if form == nil {
		form = map[string]any{}
	}
	maps.Copy(form, values)
	body["form"] = form
	m.s.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", body).Expect(http.StatusOK).Read(&seen)
	return seen
}

// money is a system with two benefits that the fund has released.
type money struct {
	t     *testing.T
	s     *stacktest.System
	cases []string
}

const counter = "community-001017-clerk-1"

func claimant(row int, name, account string, share int) map[string]any {
	return map[string]any{"name": name, "relation": "子女", "idNumber": stacktest.IDNumber("19780302", 10+row), "bank": "中国工商银行", "account": account, "share": share}
}

// released carries two families' claims to the release; the last signature is given to last.
func released(t *testing.T, options stacktest.Options, last func(m *money, no string)) *money {
	m := &money{t: t, s: stacktest.NewSystem(t, options)}
	m.s.Clock.Real()
	died := time.Now().In(clock.Zone).AddDate(0, 0, -30).Format(time.DateOnly)
	families := [][]map[string]any{
		{claimant(1, "赵某", widowAccount, 10000)},
		{claimant(2, "钱某甲", daughterAccount, 6000), claimant(3, "钱某乙", unknownAccount, 4000)}}
	for i, family := range families {
		handover := m.s.Submit(clerk, stacktest.OnePerson(i+1)).No
		m.s.Carry(handover, clerk)
		person := stacktest.Value[string](m.s.Database, `SELECT person FROM lines WHERE case_no = $1`, handover)
		var report, claim stacktest.Case
		m.s.As(counter).Send(http.MethodPost, "/cases", map[string]any{"type": "death", "subject": person, "form": map[string]any{"diedOn": died, "source": "community"}}).Expect(http.StatusCreated).Read(&report)
		m.act(counter, report.No, map[string]any{"causeClass": "illness", "howKnown": "邻居告知"})
		m.act("community-001017-head-1", report.No, nil)
		m.act("agency-clerk-1", report.No, map[string]any{"evidence": "civil_affairs"})
		m.act("agency-reviewer-1", report.No, nil)
		m.act("agency-head-1", report.No, nil)
		m.s.As(counter).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": family}}).Expect(http.StatusCreated).Read(&claim)
		arrangement := map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true}
		if len(family) > 1 {
			arrangement["arrangement"], arrangement["agreement"] = "shares", "一式三份"
		}
		m.act(counter, claim.No, arrangement)
		m.act("agency-clerk-1", claim.No, map[string]any{"contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "no"})
		m.act("agency-reviewer-1", claim.No, nil)
		m.act("agency-head-1", claim.No, nil)
		last(m, claim.No)
		m.cases = append(m.cases, claim.No)
	}
	return m
}

func release(m *money, no string) { m.act("agency-fund_cashier-1", no, nil) }

// settled reports whether every payment has its result, and the bank nothing more to say.
func settled(d *stacktest.Database, simulator *bank.Simulator) bool {
	return simulator.Idle() && stacktest.Value[int](d, `SELECT count(*) FROM payments WHERE state IN ('released','batched')`) == 0
}

// manyRounds is more than any bank day takes; after as many something is lost.
const manyRounds = 100

// bankDay has the bank and paying workers take turns until everything is settled or every worker is dead.
func bankDay(t *testing.T, d *stacktest.Database, simulator *bank.Simulator, folder string, payers ...*payer) {
	t.Helper()
	for rounds, alive := 0, len(payers); alive > 0; rounds++ {
		if rounds == manyRounds {
			t.Fatal("the bank day does not come to its end: something was lost")
		}
		if err := simulator.Serve(t.Context(), bank.Folder{Path: folder}); err != nil {
			t.Fatal(err)
		}
		var answers sync.WaitGroup
		lived := make([]bool, len(payers))
		for i, each := range payers {
			answers.Go(func() { lived[i] = each.round() })
		}
		answers.Wait()
		alive = 0
		for _, one := range lived {
			if one {
				alive++
			}
		}
		if settled(d, simulator) {
			return
		}
	}
}

// finish corrects the account the bank does not know, has the rest paid, and ends every claim.
func (m *money) finish(day func()) {
	m.t.Helper()
	var corrections struct{ Items []stacktest.Case }
	m.s.As("agency-clerk-1").Get("/cases?type=payee&state=open").Expect(http.StatusOK).Read(&corrections)
	if len(corrections.Items) != 1 {
		m.t.Fatalf("%d corrections are open for one refused account", len(corrections.Items))
	}
	no := corrections.Items[0].No
	m.s.As("agency-clerk-1").Send(http.MethodPut, "/cases/"+no+"/claimants", map[string]any{"claimants": []any{claimant(3, "钱某乙", correctedAccount, 4000)}}).Expect(http.StatusOK)
	m.act("agency-clerk-1", no, map[string]any{"confirmedWith": "seen"})
	m.act("agency-reviewer-1", no, nil)
	day()
	for _, no := range m.cases {
		m.act("agency-fund_cashier-2", no, map[string]any{"reconciled": true})
		if ended := m.act(counter, no, map[string]any{"deliveredBy": "hand"}); ended.State != "closed" {
			m.t.Errorf("%s is %s", no, ended.State)
		}
	}
}

// everybodyIsPaidOnce compares what has arrived with what was due, and the ledger with both.
func (m *money) everybodyIsPaidOnce(simulator *bank.Simulator) {
	m.t.Helper()
	if paid := simulator.Paid(); !maps.Equal(paid, entitled) {
		m.t.Errorf("the bank has paid %v instead of %v", paid, entitled)
	}
	var due int64
	for _, amount := range entitled {
		due += amount
	}
	if booked := -stacktest.Value[int64](m.s.Database, `SELECT coalesce(sum(amount), 0)::bigint FROM ledger_entries WHERE account = 'paid'`); booked != due {
		m.t.Errorf("the ledger has %d fen paid instead of %d", booked, due)
	}
	if found := m.s.Doctor(); len(found) > 0 {
		m.t.Errorf("doctor found: %v", found)
	}
}

// dies lets a paying worker go until it is killed at a border, two others go on, and shows that nothing was paid
// twice and all is paid. It reports whether the border came; without one it says how many there are.
func dies(t *testing.T, kept *money, at int64, answered bool) (came bool, said int64) {
	t.Helper()
	d := kept.s.Copy(t)
	d.Clock.Real()
	folder, simulator, way := t.TempDir(), bank.NewSimulator(), &line{at: at, answered: answered}
	victim := startPayer(t, way.open(t, d.URL), d.KeysFile, folder)
	way.kill = func() { _ = victim.process.Process.Kill() }
	bankDay(t, d, simulator, folder, victim)
	if at > 0 && !way.killed.Load() {
		return false, way.said.Load()
	}
	for account, paid := range simulator.Paid() {
		if paid > entitled[account] {
			t.Errorf("as the worker dies account %s has %d of %d", account, paid, entitled[account])
		}
	}
	day := func() {
		first, second := startPayer(t, d.URL, d.KeysFile, folder), startPayer(t, d.URL, d.KeysFile, folder)
		bankDay(t, d, simulator, folder, first, second)
	}
	day()
	m := &money{t: t, s: stacktest.NewSystem(t, stacktest.Options{Database: d}), cases: kept.cases}
	m.finish(day)
	m.everybodyIsPaidOnce(simulator)
	return true, way.said.Load()
}

// A paying worker is killed (SIGKILL) at every message to the database, before it is heard and after it is
// answered. Between two messages lie the steps with the bank, so that those are covered too.
func TestNothingIsPaidTwiceWhereverTheWorkerIsKilled(t *testing.T) {
	t.Parallel()
	kept := released(t, stacktest.Options{}, release)
	kept.s.StopServing()
	kept.s.StopWorker()
	kept.s.Keep()
	_, all := dies(t, kept, 0, false)
	if all < 20 {
		t.Fatalf("a bank day has %d messages: that cannot be all", all)
	}
	stride := int64(1)
	if *borders > 0 {
		// Odd, so that both kinds of border come.
		stride = 2*all/int64(*borders) | 1
	}
	t.Logf("a bank day has %d messages; killed at every %d of %d borders", all, stride, 2*all)
	t.Run("borders", func(t *testing.T) {
		for border := int64(0); border < 2*all; border += stride {
			at, answered := border/2+1, border%2 == 1
			t.Run(fmt.Sprintf("message-%d-answered-%v", at, answered), func(t *testing.T) {
				t.Parallel()
				dies(t, kept, at, answered)
			})
		}
	})
}

// The worker is killed as the fund's release has become visible and before anybody was told: asked again, it is
// released once, and paid once.
func TestWorkerKilledAsTheFundReleases(t *testing.T) {
	t.Parallel()
	options := stacktest.Options{ActDeadline: 3 * time.Second}
	m := released(t, options, func(m *money, no string) {
		seen := m.s.Read("agency-fund_cashier-1", no)
		body := stacktest.Approval(seen, seen.Tasks[0])
		body["opinion"] = deadly
		m.s.StopWorker()
		dying := startWorker(t, m.s, true)
		key := stacktest.NextKey()
		if answer := sign(m.s.As("agency-fund_cashier-1"), no, key, body); answer.Status != http.StatusAccepted {
			t.Fatalf("without a worker the release was answered %d: %s", answer.Status, answer.Body)
		}
		if err := dying.Wait(); err == nil {
			t.Fatal("the worker was to be killed")
		}
		m.s.StartWorker()
		if answer := again(t, m.s.As("agency-fund_cashier-1"), no, key, body); answer.Status != http.StatusOK {
			t.Fatalf("the fund, asking again, was answered %d: %s", answer.Status, answer.Body)
		}
	})
	folder, simulator := filepath.Join(t.TempDir(), "bank"), bank.NewSimulator()
	day := func() {
		bankDay(t, m.s.Database, simulator, folder, startPayer(t, m.s.Database.URL, m.s.KeysFile, folder))
	}
	day()
	m.finish(day)
	m.everybodyIsPaidOnce(simulator)
}
