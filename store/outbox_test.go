package store_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/activities"
	"jieli/approval"
	"jieli/internal/bank"
	"jieli/internal/notify"
	"jieli/internal/stacktest"
	"jieli/procedures"
)

const (
	heirPhone     = "13900000021"
	heirMail      = "heir@example.cn"
	reporterPhone = "13700000033"
)

// messages are what the outbox holds of a case, without what a test does not ask about.
func (s *scene) messages(no string) string {
	return stacktest.Value[string](s.Database, `SELECT coalesce(string_agg(template || ' ' || channel || ' ' || recipient_masked || ' ' || state, ', ' ORDER BY written_at, template, key), '') FROM outbox_messages WHERE case_no = $1`, no)
}

// provider takes messages as it is told, and keeps which.
type provider struct {
	mutex sync.Mutex
	taken []notify.Message
	err   error
	// then is called while a message is being sent.
	then func()
}

func (p *provider) Send(_ context.Context, message notify.Message) error {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.taken = append(p.taken, message)
	if p.then != nil {
		p.then()
	}
	return p.err
}

func (s *scene) outbox(carrier notify.Provider) *activities.Outbox {
	return &activities.Outbox{Store: s.Store, Providers: map[string]notify.Provider{notify.SMS: carrier, notify.Mail: carrier}, Page: "jieli.example/q", Clock: s.Clock.Source(), Logger: slog.New(slog.DiscardHandler)}
}

func (s *scene) round(outbox *activities.Outbox) {
	s.t.Helper()
	if err := outbox.Round(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// A claim tells each claimant by what they have given, once for each thing that happens, and says whom to ask;
// numbers stand nowhere in the clear, and amounts, names and accounts in no message.
func TestAClaimTellsItsClaimants(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	s.died(person, "2026-10-05")
	s.SendBy(notify.SMS, notify.Mail)
	family := heirs("6227000000000000")
	family[0].Phone, family[0].Mail, family[1].Phone = heirPhone, heirMail, "024-12345678"
	no, err := s.claims(person, family...)
	if err != nil {
		t.Fatal(err)
	}
	is := func(moment string, want ...string) {
		t.Helper()
		var each []string
		for _, template := range want {
			each = append(each, template+" mail h***@example.cn waiting", template+" sms 139******21 waiting")
		}
		if got := s.messages(no); got != strings.Join(each, ", ") {
			t.Errorf("%s the outbox holds\n%s, not\n%s", moment, got, strings.Join(each, ", "))
		}
	}
	is("before anything is signed")
	s.must(s.step(no, counter, claimed))
	is("taken in", notify.ClaimReceived)
	s.must(s.does(no, "agency-clerk-1", approval.ActionReturn, func(c *approval.Command) {
		c.Form, c.ToStage, c.AfterReturn, c.Opinion, c.Defects = approval.Form{}, procedures.StageBenefitClaim, approval.AfterReturnHere, "请补正", []approval.Defect{{Item: "李某某的账户", Detail: "内部意见"}}
	}))
	is("returned", notify.ClaimReceived, notify.ClaimMissing)
	s.must(s.step(no, counter, claimed))
	is("taken in again", notify.ClaimReceived, notify.ClaimMissing)
	s.must(s.step(no, "agency-clerk-1", calculated))
	s.must(s.step(no, "agency-reviewer-1", nil))
	s.must(s.step(no, "agency-head-1", nil))
	is("decided", notify.ClaimReceived, notify.ClaimMissing, notify.Decided)
	s.must(s.step(no, "agency-fund_cashier-1", nil))
	simulator := bank.NewSimulator()
	s.bankDay(simulator)
	// The second claimant's account is refused, who has no mobile.
	is("paid to the first", notify.ClaimReceived, notify.ClaimMissing, notify.Decided, notify.Paid)
	for name, rows := range s.Tables() {
		if all := fmt.Sprint(rows); strings.Contains(all, heirPhone) || strings.Contains(all, heirMail) {
			t.Errorf("%s holds a number in the clear", name)
		}
	}
	carrier := &provider{}
	s.round(s.outbox(carrier))
	if len(carrier.taken) != 8 {
		t.Fatalf("%d messages were sent", len(carrier.taken))
	}
	for _, message := range carrier.taken {
		if message.To != map[string]string{notify.SMS: heirPhone, notify.Mail: heirMail}[message.Channel] || !strings.Contains(message.Text, "建农社区") || !strings.Contains(message.Text, "024-") {
			t.Errorf("sent to %s: %s", message.To, message.Text)
		}
		for _, secret := range []string{"李某某", "张", "6222", "60180", "内部意见", no, heirPhone[7:]} {
			if strings.Contains(message.Text+message.Title, secret) {
				t.Errorf("a message says %s: %s", secret, message.Text)
			}
		}
	}
	if left := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM outbox_messages WHERE recipient_sealed IS NOT NULL OR state <> 'sent'`); left > 0 {
		t.Errorf("%d messages keep their number after they were sent", left)
	}
}

// An account the bank refuses tells its claimant alone, once for all that was refused together.
func TestARefusedAccountTellsItsClaimant(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	s.died(person, "2026-10-05")
	family := heirs("6227000000000000")
	family[1].Phone = heirPhone
	no, err := s.claims(person, family...)
	if err != nil {
		t.Fatal(err)
	}
	s.released(no)
	s.SendBy(notify.SMS)
	s.bankDay(bank.NewSimulator())
	if got := s.messages(no); got != notify.Account+" sms 139******21 waiting" {
		t.Errorf("the outbox holds %s", got)
	}
}

// Whoever reported a death hears that it was received and verified. The person's own number falls silent with the
// report: what waits for it is not sent, and nothing more is written to it.
func TestTheOwnNumberFallsSilent(t *testing.T) {
	s := newScene(t)
	s.SendBy(notify.SMS)
	s.apart()
	batch := s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil), stacktest.NewPerson(3, stacktest.Person{"联系电话": ""})))
	s.signUntil(batch, procedures.StageIntakes)
	intake := s.children(batch)[0]
	s.signUntil(intake, procedures.StageReceptions)
	receptions := s.children(intake)
	reported := func(reception string) string {
		t.Helper()
		no, err := s.beginDeath(procedures.TypeDeath, s.fold(reception).Subject, map[string]string{}, map[string]any{"diedOn": "2026-10-20", "source": "family", "reporter": "某某", "relation": "子女", "reporterPhone": reporterPhone})
		if err != nil {
			t.Fatal(err)
		}
		return no
	}
	s.ended(receptions[0])
	if got := s.messages(receptions[0]); got != "received sms 138******01 waiting" {
		t.Errorf("received: %s", got)
	}
	death := reported(receptions[0])
	reported(receptions[1])
	s.ended(receptions[1])
	if got := s.messages(receptions[1]); got != "received sms 138******02 suppressed" {
		t.Errorf("received after a report: %s", got)
	}
	s.ended(receptions[2])
	if got := s.messages(receptions[2]); got != "" {
		t.Errorf("without a number: %s", got)
	}
	s.stepUntil(death, "")
	if got := s.messages(death); got != "report-received sms 137******33 waiting, report-verified sms 137******33 waiting" {
		t.Errorf("the report: %s", got)
	}
	carrier := &provider{}
	s.round(s.outbox(carrier))
	for _, message := range carrier.taken {
		if message.To != reporterPhone {
			t.Errorf("sent to %s after the report: %s", message.To, message.Text)
		}
	}
	if len(carrier.taken) != 2 {
		t.Errorf("sent %v", carrier.taken)
	}
	if got := s.messages(receptions[0]); got != "received sms 138******01 suppressed" {
		t.Errorf("what waited for the person: %s", got)
	}
	if kept := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM outbox_messages WHERE state = 'suppressed' AND (recipient_sealed IS NOT NULL OR reason <> 'silenced')`); kept > 0 {
		t.Error("a suppressed message keeps its number, or does not say why")
	}
}

// oneMessage is a message that waits.
func (s *scene) oneMessage() (id string) {
	s.t.Helper()
	no := s.submit(1)
	s.Run(`INSERT INTO outbox_messages(id, key, channel, template, parameters, case_no, region, own, recipient_sealed, recipient_masked, state, next_attempt_at, written_at)
		VALUES ('m1', 'k1', 'sms', 'decided', '{"office": "建农社区"}', $1, '210106', false, $2, '139', 'waiting', $3, $3)`, no, s.Ring.Seal([]byte(heirPhone), "outbox_messages|recipient_sealed|m1"), s.Clock.Now())
	s.SendBy(notify.SMS)
	return "m1"
}

// A program that dies between sending and noting it sends again under the same id once the attempt is over, and what
// an older attempt has to say does not count.
func TestAMessageIsSentAgainUnderItsOwnID(t *testing.T) {
	s := newScene(t)
	id := s.oneMessage()
	first, err := s.TakeMessage(t.Context())
	if err != nil || first == nil || first.ID != id || first.To != heirPhone || first.Attempt != 1 {
		t.Fatalf("%+v %v", first, err)
	}
	carrier := &provider{}
	s.round(s.outbox(carrier))
	if len(carrier.taken) != 0 {
		t.Fatal("a message was taken twice at once")
	}
	s.Clock.Advance(3 * time.Minute)
	carrier.then = func() {
		// The first attempt wakes up late.
		if err := s.SettleMessage(t.Context(), id, 1, "late", true); err != nil {
			t.Error(err)
		}
	}
	s.round(s.outbox(carrier))
	if len(carrier.taken) != 1 || carrier.taken[0].ID != id {
		t.Fatalf("sent %v", carrier.taken)
	}
	if state := stacktest.Value[string](s.Database, `SELECT state || attempts FROM outbox_messages`); state != "sent2" {
		t.Errorf("the message is %s", state)
	}
	s.Clock.Advance(24 * time.Hour)
	s.round(s.outbox(carrier))
	if len(carrier.taken) != 1 {
		t.Error("a sent message was sent again")
	}
}

// A provider that does not answer is asked again, ever more rarely, for little more than a day; then, or when it says
// that it is of no use, the message has failed, and an administrator of the district may have it tried again.
func TestFailedMessagesAreSeenTo(t *testing.T) {
	s := newScene(t)
	id := s.oneMessage()
	carrier := &provider{err: errors.New("dial " + heirPhone)}
	outbox := s.outbox(carrier)
	began := s.Clock.Now()
	last, longest := began, time.Duration(0)
	for range 2000 {
		before := len(carrier.taken)
		s.round(outbox)
		if len(carrier.taken) > before {
			longest = max(longest, s.Clock.Now().Sub(last))
			last = s.Clock.Now()
		}
		s.Clock.Advance(time.Minute)
	}
	if tried := len(carrier.taken); tried != 20 || last.Sub(began) < 24*time.Hour || last.Sub(began) > 32*time.Hour || longest > 2*time.Hour+2*time.Minute {
		t.Errorf("tried %d times over %s, at most %s apart", tried, last.Sub(began), longest)
	}
	admin := s.scope("administration-system_administrator-1")
	admin.Paths = []string{"210106"}
	failed, err := s.FailedMessages(t.Context(), admin, 50)
	if err != nil || len(failed) != 1 || failed[0].Attempts != 20 || failed[0].To != "139" {
		t.Fatalf("the administrator finds %+v %v", failed, err)
	}
	if body, _ := json.Marshal(failed); strings.Contains(string(body), heirPhone) {
		t.Errorf("the list names the number: %s", body)
	}
	foreign := admin
	foreign.Paths = []string{"210102"}
	if failed, err := s.FailedMessages(t.Context(), foreign, 50); err != nil || len(failed) > 0 {
		t.Errorf("another district finds %v %v", failed, err)
	}
	actor := s.actor("administration-system_administrator-1")
	if err := s.RetryMessage(t.Context(), foreign, actor, id, "k1"); codeOf(err) != approval.CodeNotFound {
		t.Errorf("another district: %v", err)
	}
	if err := s.RetryMessage(t.Context(), admin, actor, id, "k1"); err != nil {
		t.Fatal(err)
	}
	if err := s.RetryMessage(t.Context(), admin, actor, id, "k2"); codeOf(err) != approval.CodeWrongState {
		t.Errorf("a waiting message: %v", err)
	}
	carrier.err = &notify.Failure{Permanent: true, Reason: "the gateway answered 400"}
	s.round(outbox)
	if state := stacktest.Value[string](s.Database, `SELECT state || attempts || reason FROM outbox_messages`); state != "failed1the gateway answered 400" {
		t.Errorf("refused for good, the message is %s", state)
	}
	if count, err := s.CountFailedMessages(t.Context()); err != nil || count != 1 {
		t.Errorf("doctor counts %d %v", count, err)
	}
}

// Nobody is written to at night; without a channel nothing is written at all.
func TestNobodyIsWrittenToAtNight(t *testing.T) {
	s := newScene(t)
	s.oneMessage()
	carrier := &provider{}
	outbox := s.outbox(carrier)
	outbox.From, outbox.To = 8, 20
	s.Clock.Advance(11 * time.Hour)
	s.round(outbox)
	if len(carrier.taken) > 0 {
		t.Error("written to at nine in the evening")
	}
	s.Clock.Advance(11*time.Hour + 5*time.Minute)
	s.round(outbox)
	if len(carrier.taken) != 1 {
		t.Error("not written to in the morning")
	}
	s.SendBy()
	s.apart()
	s.settled(stacktest.NewPerson(2, nil))
	if count := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM outbox_messages`); count != 1 {
		t.Errorf("without a channel %d messages were written", count-1)
	}
}
