package store_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

const (
	archivist = "archive-clerk-1"
	custodian = "沈阳兴工机械集团（虚构）"
	holder    = "铁西区流动人员人事档案服务中心"
)

// retired enters people into the registry by receiving them, and returns their ids. Their archives
// set out apart.
func (s *scene) retired(people ...stacktest.Person) []string {
	s.t.Helper()
	s.apart()
	no := s.received(people...)
	var ids []string
	for row := range people {
		ids = append(ids, stacktest.Value[string](s.Database, `SELECT person FROM lines WHERE case_no = $1 AND row = $2`, no, row+2))
	}
	return ids
}

// transfer submits the archives of people, as the API does.
func (s *scene) transfer(people ...string) (string, error) {
	s.t.Helper()
	procedure, _ := procedures.Find(procedures.TypeArchive)
	actor := s.actor(clerk)
	new := view.NewCase{Prefix: procedure.Prefix, Region: "210106", Title: "档案 {n} 人", RequestActor: clerk, RequestKey: stacktest.NextKey(),
		Submission: approval.Submission{Type: procedure.Type, Actor: actor, Office: actor.Office, Stages: procedure.Stages, Form: approval.Form{}, Key: "submit", OwnsFirst: true,
			Facts: map[string]string{procedures.FactEnterprise: actor.Office, procedures.FactRegion: "210106"}}}
	for i, person := range people {
		new.Archives = append(new.Archives, view.NewArchive{Row: i + 1, Person: person})
	}
	entry, err := s.Submit(s.t.Context(), new)
	return entry.Case, err
}

func (s *scene) mustTransfer(people ...string) string {
	s.t.Helper()
	no, err := s.transfer(people...)
	if err != nil {
		s.t.Fatal(err)
	}
	return no
}

// hands are the change of hands of a person's archive, as their page lists them.
func (s *scene) hands(person string) string {
	s.t.Helper()
	page, err := s.Person(s.t.Context(), s.scope(clerk), person)
	if err != nil || page.Archive == nil {
		s.t.Fatalf("%s has no archive on their page: %v", person, err)
	}
	var steps []string
	for _, change := range page.Archive.Custody {
		steps = append(steps, change.To)
		if change.ReceivedBy == "" || change.HandedBy == "" && change.From != "" {
			s.t.Errorf("%s → %s is signed by %q and %q", change.From, change.To, change.HandedBy, change.ReceivedBy)
		}
	}
	return strings.Join(append(steps, page.Archive.State), " > ")
}

// edit corrects a field of the case's row, as the given person.
func (s *scene) edit(username, no string, row int, values map[string]string) approval.Committed {
	s.t.Helper()
	command := s.command(no, username, approval.ActionCorrect)
	for field, value := range values {
		command.Lines = append(command.Lines, approval.LineEdit{Line: fmt.Sprintf("%s.%d", no, row), Field: field, Value: value})
	}
	return s.act(no, command)
}

func (s *scene) couriers(no string) string {
	s.t.Helper()
	var couriers []struct{ Name string }
	_ = json.Unmarshal(s.fold(no).Form["couriers"], &couriers)
	if len(couriers) != 2 {
		s.t.Fatalf("the couriers are %s", s.fold(no).Form["couriers"])
	}
	return "送档人 " + couriers[0].Name + "、" + couriers[1].Name
}

func TestAnArchiveHasOneHolderAllTheWay(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	no := s.mustTransfer(person)
	if hands := s.hands(person); hands != custodian+" > with_enterprise" {
		t.Errorf("at first: %s", hands)
	}
	s.signUntil(no, procedures.StageArchiveReceipt)
	couriers := s.couriers(no)
	if hands := s.hands(person); hands != custodian+" > "+couriers+" > in_transit" {
		t.Errorf("on the way: %s", hands)
	}
	s.signUntil(no, procedures.StageArchiveStub)
	if hands := s.hands(person); hands != custodian+" > "+couriers+" > "+holder+" > with_holder" {
		t.Errorf("received: %s", hands)
	}
	for !s.fold(no).Ended() {
		s.sign(no)
	}
	if hands := s.hands(person); hands != custodian+" > "+couriers+" > "+holder+" > shelved" {
		t.Errorf("shelved: %s", hands)
	}
	if s.fold(no).State != approval.CaseClosed {
		t.Errorf("the transfer is %s", s.fold(no).State)
	}
	if _, err := s.transfer(person); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, holder) {
		t.Errorf("a second transfer: %v", err)
	}
	s.clean()
	// Doctor sees a chain that was tampered with.
	s.Run(`UPDATE archives SET holder_name = '别人' WHERE person = $1`, person)
	if found := s.examine(nil); len(found) != 1 || !strings.Contains(found[0], "chain of hands") {
		t.Errorf("doctor found %v", found)
	}
}

func TestABrokenSealSendsTheWholePacketBack(t *testing.T) {
	s := newScene(t)
	people := s.retired(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil))
	no := s.mustTransfer(people...)
	s.signUntil(no, procedures.StageArchiveReceipt)
	couriers := s.couriers(no)
	broken := s.command(no, archivist, approval.ActionApprove)
	broken.Form["seal"], _ = json.Marshal(procedures.SealBroken)
	if refusal := s.act(no, broken).Refusal; refusal == nil || refusal.Problems[0].Location != "form.seal" {
		t.Fatalf("received with a broken seal: %v", refusal)
	}
	back := s.command(no, archivist, approval.ActionReturn)
	back.ToStage, back.AfterReturn, back.Opinion, back.Defects = procedures.StageArchiveSorting, approval.AfterReturnWalk, "封条破损，请重新整理密封。", []approval.Defect{{Item: "封条", Detail: "破损"}}
	s.act(no, back)
	for _, person := range people {
		if hands := s.hands(person); hands != custodian+" > "+couriers+" > coming_back" {
			t.Errorf("on the way back: %s", hands)
		}
	}
	s.clean()
	s.signUntil(no, procedures.StageArchiveCheck)
	if hands := s.hands(people[1]); hands != custodian+" > "+couriers+" > "+custodian+" > with_enterprise" {
		t.Errorf("back at the enterprise: %s", hands)
	}
	for !s.fold(no).Ended() {
		s.sign(no)
	}
	if hands := s.hands(people[0]); !strings.HasSuffix(hands, holder+" > shelved") {
		t.Errorf("the second time: %s", hands)
	}
	s.clean()
}

func TestEveryFindingHasItsOwnWayOn(t *testing.T) {
	s := newScene(t)
	people := s.retired(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil), stacktest.NewPerson(3, nil), stacktest.NewPerson(4, nil))
	no := s.mustTransfer(people...)
	// A row without an archive needs a statement before it is signed.
	s.edit(clerk, no, 4, map[string]string{"archive_volumes": "0"})
	if refusal := s.act(no, s.command(no, clerk, approval.ActionApprove)).Refusal; refusal == nil || !strings.Contains(refusal.Message.ZH, "第 4 行") {
		t.Fatalf("a row without archive and statement is signed: %v", refusal)
	}
	s.edit(clerk, no, 4, map[string]string{"archive_missing": "1998年企业失火，档案灭失"})
	s.signUntil(no, procedures.StageArchiveReceipt)
	for _, test := range []struct {
		values map[string]string
		says   string
	}{
		{map[string]string{"archive_result": "returned"}, "请选择核查问题"},
		{map[string]string{"archive_finding": "foreign-pages", "archive_result": "accepted"}, "不能按所选结果办理"},
		{map[string]string{"archive_finding": "retirement", "archive_result": "accepted_with_defects"}, "补齐期限"},
		{map[string]string{"archive_supplement_by": "2020-01-01"}, "补齐期限"},
	} {
		s.edit(archivist, no, 1, test.values)
		if refusal := s.act(no, s.command(no, archivist, approval.ActionApprove)).Refusal; refusal == nil || !strings.Contains(refusal.Message.ZH, test.says) {
			t.Errorf("%v: %v", test.values, refusal)
		}
	}
	s.edit(archivist, no, 1, map[string]string{"archive_supplement_by": "2030-06-30"})
	s.edit(archivist, no, 2, map[string]string{"archive_finding": "foreign-pages", "archive_result": "returned"})
	counted := s.command(no, archivist, approval.ActionApprove)
	counted.Form["volumesCounted"] = json.RawMessage("2")
	if refusal := s.act(no, counted).Refusal; refusal == nil || refusal.Problems[0].Location != "form.volumesCounted" {
		t.Errorf("a volume is missing without a finding: %v", refusal)
	}
	s.signUntil(no, procedures.StageArchiveStub)
	if hands := s.hands(people[1]); !strings.HasSuffix(hands, holder+" > with_holder") {
		t.Errorf("until the enterprise signs, the receiver holds what goes back: %s", hands)
	}
	s.signUntil(no, procedures.StageArchiveShelving)
	if hands := s.hands(people[1]); !strings.HasSuffix(hands, custodian+" > with_enterprise") {
		t.Errorf("returned: %s", hands)
	}
	if hands := s.hands(people[3]); hands != custodian+" > with_enterprise" {
		t.Errorf("no archive: %s", hands)
	}
	for !s.fold(no).Ended() {
		s.sign(no)
	}
	totals, err := s.LineTotals(t.Context(), s.scope(clerk), s.fold(no))
	if err != nil || totals.People != 4 || totals.Open != 0 || totals.Outcomes["accepted"] != 1 || totals.Outcomes["accepted_with_defects"] != 1 || totals.Outcomes["returned"] != 1 || totals.Outcomes["absent"] != 1 {
		t.Errorf("totals %+v, %v", totals, err)
	}
	s.clean()
	// What went back may set out again.
	s.mustTransfer(people[1])
	s.clean()
}

func TestWhatMayNotTravel(t *testing.T) {
	s := newScene(t)
	people := s.retired(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, stacktest.Person{"姓名": "司马县管", "干部管理类别": "县级以上党委管理干部"}))
	if _, err := s.transfer(people[1]); codeOf(err) != approval.CodeDuplicate || !strings.HasSuffix(approval.AsError(err).Message.ZH, "按规定暂不移交，由现保管单位继续保管") {
		t.Errorf("a cadre's archive set out, or it says why not: %v", err)
	}
	page, err := s.Person(t.Context(), s.scope(clerk), people[1])
	if err != nil || page.Archive == nil || page.Archive.State != "held" || page.Archive.Holder != "铁西区委组织部" || page.Archive.ReviewOn != "2027-11-24" || page.Archive.RecordedBy == "" || page.Archive.RecordedOn != "2026-11-24" {
		t.Errorf("the cadre's archive: %+v, %v", page.Archive, err)
	}
	no := s.mustTransfer(people[0])
	if _, err := s.transfer(people[0]); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, "正在转递") {
		t.Errorf("an archive set out twice: %v", err)
	}
	s.signUntil(no, procedures.StageArchiveReceipt)
	withdraw := approval.Command{Key: stacktest.NextKey(), Action: approval.ActionWithdraw, Seen: s.fold(no).Version, Actor: s.actor(clerk), Posts: s.scope(clerk).Posts, Opinion: "名册有误"}
	if committed := s.act(no, withdraw); committed.Refusal != nil {
		t.Fatal(committed.Refusal)
	}
	if hands := s.hands(people[0]); !strings.HasSuffix(hands, custodian+" > with_enterprise") {
		t.Errorf("withdrawn: %s", hands)
	}
	s.clean()
	s.mustTransfer(people[0])
}

// Whatever officers do in whatever order, every archive has one holder and its chain no gap.
func TestCustodyIsNeverBroken(t *testing.T) {
	s := newScene(t)
	people := make([]stacktest.Person, 60)
	for i := range people {
		people[i] = stacktest.NewPerson(i+1, nil)
	}
	waiting := s.retired(people...)
	open, carried := "", ""
	rapid.Check(t, func(rt *rapid.T) {
		if open == "" || s.fold(open).Ended() {
			if carried != "" && stacktest.Value[string](s.Database, `SELECT state FROM archives WHERE person = $1`, carried) == "with_enterprise" {
				waiting = append(waiting, carried)
			}
			if len(waiting) == 0 {
				rt.Skip("every archive is shelved")
			}
			carried, waiting = waiting[0], waiting[1:]
			open = s.mustTransfer(carried)
		}
		for range rapid.IntRange(1, 4).Draw(rt, "acts") {
			fold := s.fold(open)
			if fold.Ended() {
				break
			}
			s.anything(rt, open, fold)
			s.hands(carried)
			if gaps := stacktest.Value[int64](s.Database, `SELECT count(*) FROM (SELECT from_name, lag(to_name, 1, '') OVER (ORDER BY seq) AS held FROM archive_custody WHERE person = $1) c WHERE from_name <> held`, carried); gaps > 0 {
				rt.Fatalf("%d gaps in the chain", gaps)
			}
		}
	})
	s.clean()
}

// anything does one act on a transfer that its present signer or the one before may do.
func (s *scene) anything(rt *rapid.T, no string, fold *approval.Case) {
	current := fold.Current()
	task := current.Tasks[0]
	signer := fmt.Sprintf("%s-%s-%d", task.Office, task.Role, rapid.IntRange(1, 2).Draw(rt, "who"))
	command := s.command(no, signer, approval.ActionApprove)
	switch rapid.SampledFrom([]string{"approve", "approve", "approve", "edit", "return", "recall", "withdraw"}).Draw(rt, "act") {
	case "edit":
		finding := rapid.SampledFrom(procedures.ArchiveFindings()).Draw(rt, "finding")
		command.Action, command.Form = approval.ActionCorrect, approval.Form{}
		command.Lines = []approval.LineEdit{{Line: no + ".1", Field: "archive_finding", Value: finding.Key}, {Line: no + ".1", Field: "archive_result", Value: string(finding.Results[len(finding.Results)-1])}}
	case "return":
		earlier := fold.EarlierStages()
		if len(earlier) == 0 {
			return
		}
		command.Action, command.Form, command.Opinion = approval.ActionReturn, approval.Form{}, "请补正"
		command.ToStage = rapid.SampledFrom(earlier).Draw(rt, "to")
		command.AfterReturn = rapid.SampledFrom([]approval.AfterReturn{approval.AfterReturnHere, approval.AfterReturnWalk}).Draw(rt, "after")
		command.Defects = []approval.Defect{{Item: "材料", Detail: "缺"}}
	case "recall":
		if fold.Last == nil {
			return
		}
		command = approval.Command{Key: stacktest.NextKey(), Action: approval.ActionRecall, Seen: fold.Version, Actor: s.actor(fold.Last.Person), Posts: s.scope(fold.Last.Person).Posts, Opinion: "取回"}
	case "withdraw":
		command = approval.Command{Key: stacktest.NextKey(), Action: approval.ActionWithdraw, Seen: fold.Version, Actor: s.actor(clerk), Posts: s.scope(clerk).Posts, Opinion: "撤回"}
	}
	entry, refusal := approval.Decide(fold, command)
	if refusal != nil {
		return
	}
	if _, err := s.Commit(s.t.Context(), no, fold.Version, command.Key, &entry); err != nil && codeOf(err) == approval.CodeInternal {
		rt.Fatal(err)
	}
}
