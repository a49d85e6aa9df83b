package store_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/procedures"
)

// walk is a random sequence of cases about a few archives: transfers, loans, recalls, holds and reviews.
type walk struct {
	*scene
	people []string
	open   []string
}

// Whatever officers do in whatever order, every archive has one holder and its chain no gap, a loan is out
// exactly while its borrower has it, and what is held is looked at again.
func TestWhateverIsDoneWithArchivesTheChainHolds(t *testing.T) {
	s := newScene(t)
	w := &walk{scene: s, people: s.retired(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil), stacktest.NewPerson(3, nil))}
	s.ended(s.mustTransfer(w.people[0]))
	s.ended(s.mustTransfer(w.people[1]))
	rapid.Check(t, func(rt *rapid.T) {
		for range rapid.IntRange(1, 8).Draw(rt, "acts") {
			if len(w.open) == 0 || rapid.IntRange(0, 5).Draw(rt, "new") == 0 {
				w.start(rt)
			}
			if len(w.open) > 0 {
				w.step(rt, rapid.IntRange(0, len(w.open)-1).Draw(rt, "case"))
			}
			if broken := stacktest.Value[int64](s.Database, `SELECT count(*) FROM archives a WHERE holder_name = '' OR (state = 'held') <> (review_on IS NOT NULL)
				OR (state = 'on_loan') <> EXISTS (SELECT FROM archive_loans l WHERE l.person = a.person AND l.returned_on IS NULL AND l.borrower = a.holder_office)
				OR a.holder_name <> (SELECT to_name FROM archive_custody c WHERE c.person = a.person ORDER BY seq DESC LIMIT 1)
				OR EXISTS (SELECT FROM (SELECT from_name, lag(to_name, 1, '') OVER (ORDER BY seq) AS held FROM archive_custody c WHERE c.person = a.person) x WHERE from_name <> held)`); broken > 0 {
				rt.Fatalf("%d archives are not where they are said to be", broken)
			}
		}
	})
	s.clean()
}

func (w *walk) start(rt *rapid.T) {
	person := rapid.SampledFrom(w.people).Draw(rt, "person")
	var no string
	var err error
	switch kind := rapid.SampledFrom([]string{procedures.TypeArchive, procedures.TypeArchiveAccess, procedures.TypeArchiveAccess, procedures.TypeArchiveRecall, procedures.TypeArchiveHold, procedures.TypeArchiveReview}).Draw(rt, "type"); kind {
	case procedures.TypeArchive:
		no, err = w.transfer(person)
	case procedures.TypeArchiveAccess:
		no, err = w.begin(kind, rapid.SampledFrom([]string{borrower, bureau}).Draw(rt, "applicant"), person)
	case procedures.TypeArchiveRecall:
		no, err = w.begin(kind, rapid.SampledFrom([]string{screener, archivist}).Draw(rt, "applicant"), person)
	default:
		no, err = w.begin(kind, screener, person)
	}
	if codeOf(err) == approval.CodeInternal {
		rt.Fatal(err)
	}
	if err == nil {
		w.open = append(w.open, no)
	}
}

// step does one act on an open case that somebody may do, with whatever is filled in.
func (w *walk) step(rt *rapid.T, i int) {
	no := w.open[i]
	fold := w.fold(no)
	if fold.Ended() {
		w.open = append(w.open[:i], w.open[i+1:]...)
		return
	}
	task := fold.Current().Tasks[0]
	signer := fmt.Sprintf("%s-%s-%d", task.Office, task.Role, rapid.IntRange(1, 2).Draw(rt, "who"))
	command := w.command(no, signer, approval.ActionApprove)
	for key, value := range w.values(rt, fold) {
		if _, asked := fieldOf(fold, key); asked {
			command.Form[key] = value
		}
	}
	switch rapid.SampledFrom([]string{"approve", "approve", "approve", "approve", "approve", "approve", "approve", "approve", "return", "recall", "withdraw"}).Draw(rt, "act") {
	case "return":
		earlier := fold.EarlierStages()
		if len(earlier) == 0 {
			return
		}
		command.Action, command.Form, command.Opinion, command.Defects = approval.ActionReturn, approval.Form{}, "请补正", []approval.Defect{{Item: "材料", Detail: "缺"}}
		command.ToStage = rapid.SampledFrom(earlier).Draw(rt, "to")
		command.AfterReturn = rapid.SampledFrom([]approval.AfterReturn{approval.AfterReturnHere, approval.AfterReturnWalk}).Draw(rt, "after")
	case "recall":
		if fold.Last == nil {
			return
		}
		command = approval.Command{Key: stacktest.NextKey(), Action: approval.ActionRecall, Seen: fold.Version, Actor: w.actor(fold.Last.Person), Posts: w.scope(fold.Last.Person).Posts, Opinion: "取回"}
	case "withdraw":
		command = approval.Command{Key: stacktest.NextKey(), Action: approval.ActionWithdraw, Seen: fold.Version, Actor: w.actor(fold.Initiator), Posts: w.scope(fold.Initiator).Posts, Opinion: "撤回"}
	}
	entry, refusal := approval.Decide(fold, command)
	if refusal != nil {
		return
	}
	if _, err := w.Commit(w.t.Context(), no, fold.Version, command.Key, &entry); codeOf(err) == approval.CodeInternal {
		rt.Fatal(err)
	}
}

func fieldOf(fold *approval.Case, key string) (approval.Field, bool) {
	for _, field := range fold.Stage(fold.Current().Stage).Fields {
		if field.Key == key {
			return field, true
		}
	}
	return approval.Field{}, false
}

// values fills in what the stages of these cases ask for, mostly so that they may be approved.
func (w *walk) values(rt *rapid.T, fold *approval.Case) approval.Form {
	values := form(application(rapid.SampledFrom([]string{procedures.AccessReading, procedures.AccessLoan, procedures.AccessLoan}).Draw(rt, "use"), "张某", "李某"))
	keeper := rapid.SampledFrom([]string{procedures.KeptByEnterprise, procedures.KeptByOrgan}).Draw(rt, "keeper")
	for _, more := range []map[string]any{report(), letter(), kept, {"visitorsVerified": true, "attendant": "管理员", "papersRead": "工资表", "returnedBy": "张某",
		"condition": rapid.SampledFrom([]string{procedures.ReturnedWhole, procedures.ReturnedDamaged}).Draw(rt, "condition"), "defects": "污损", "makeGoodBy": "2026-12-31",
		"cadreClass": rapid.SampledFrom([]string{procedures.CadreOrdinary, procedures.CadreCounty}).Draw(rt, "class"), "keeper": keeper, "organ": "沈阳市委组织部",
		"becomes": rapid.SampledFrom([]string{procedures.RecalledHeld, procedures.RecalledForAnew}).Draw(rt, "becomes"), "reviewOn": "2027-11-30",
		"outcome": rapid.SampledFrom([]string{procedures.ReviewStays, procedures.ReviewReleased}).Draw(rt, "outcome"), "replyNumber": "函9", "receivedBy": "孙某", "broughtBy": "赵某"}} {
		for key, value := range form(more) {
			values[key] = value
		}
	}
	if fold.Type == procedures.TypeArchiveRecall {
		values["couriers"] = form(map[string]any{"couriers": []map[string]string{{"name": "赵某"}, {"name": "钱某"}}})["couriers"]
	}
	return values
}
