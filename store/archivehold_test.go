package store_test

import (
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

func report() map[string]any {
	return map[string]any{"ground": "not-transferable", "letterNumber": "组函〔2026〕3号", "particulars": "核对干部名册时发现"}
}

func TestAWrongTransferIsRecalledBySignatureOfBothHolders(t *testing.T) {
	s := newScene(t)
	person := s.shelved(1)
	no := s.mustBegin(procedures.TypeArchiveRecall, screener, person)
	s.mustFill(no, screener, report())
	// Nobody borrows what is being recalled.
	if _, err := s.begin(procedures.TypeArchiveAccess, bureau, person); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, no) {
		t.Errorf("a loan during a recall: %v", err)
	}
	confirm := map[string]any{"cadreClass": "county", "becomes": procedures.RecalledForAnew}
	refused(t, s.fill(no, "organisation-head-1", confirm), "暂不移交")
	confirm["becomes"], confirm["keeper"], confirm["organ"], confirm["reviewOn"] = procedures.RecalledHeld, procedures.KeptByOrgan, "沈阳市委组织部", "2026-11-24"
	refused(t, s.fill(no, "organisation-head-1", confirm), "复查日期")
	confirm["reviewOn"] = "2027-06-30"
	s.mustFill(no, "organisation-head-1", confirm)
	s.mustFill(no, keeper, nil)
	two := []map[string]string{{"name": "赵某"}, {"name": "钱某"}}
	s.mustFill(no, archivist, map[string]any{"couriers": two})
	carrier := "送档人 赵某、钱某"
	if hands := s.hands(person); !strings.HasSuffix(hands, holder+" > "+carrier+" > in_transit") {
		t.Errorf("on the way: %s", hands)
	}
	withdraw := approval.Command{Key: stacktest.NextKey(), Action: approval.ActionWithdraw, Seen: s.fold(no).Version, Actor: s.actor(screener), Posts: s.scope(screener).Posts, Opinion: "撤回"}
	if _, refusal := approval.Decide(s.fold(no), withdraw); refusal == nil {
		t.Error("a recall under way is withdrawn")
	}
	reply := map[string]any{"replyNumber": "沈组函〔2026〕9号", "receivedBy": "孙某", "volumesCounted": 2}
	refused(t, s.fill(no, screener, reply), "整包退回")
	// It goes back whole, is taken in and sealed anew.
	back := s.command(no, screener, approval.ActionReturn)
	back.ToStage, back.AfterReturn, back.Opinion, back.Defects = procedures.StageRecallDispatch, approval.AfterReturnWalk, "卷数不符", []approval.Defect{{Item: "卷数"}}
	s.act(no, back)
	if hands := s.hands(person); !strings.HasSuffix(hands, carrier+" > coming_back") {
		t.Errorf("on the way back: %s", hands)
	}
	s.clean()
	s.mustFill(no, archivist, map[string]any{"couriers": two})
	reply["volumesCounted"] = 1
	s.mustFill(no, screener, reply)
	if hands := s.hands(person); !strings.HasSuffix(hands, holder+" > "+carrier+" > "+holder+" > "+carrier+" > 沈阳市委组织部 > held") {
		t.Errorf("recalled: %s", hands)
	}
	page, err := s.Person(t.Context(), s.scope(screener), person)
	if err != nil || page.Archive.ReviewOn != "2027-06-30" || page.Archive.RecordedBy == "" || page.Archive.Shelf != "" || page.Archive.Hold == nil || page.Archive.Hold.LetterNumber != "组函〔2026〕3号" {
		t.Errorf("held: %+v, %v", page, err)
	}
	if class := stacktest.Value[string](s.Database, `SELECT cadre_class FROM persons WHERE id = $1`, person); class != "county" || s.fold(no).State != approval.CaseClosed {
		t.Errorf("the class is %s, the recall %s", class, s.fold(no).State)
	}
	if _, err := s.transfer(person); codeOf(err) != approval.CodeDuplicate || !strings.Contains(approval.AsError(err).Message.ZH, "按规定暂不移交") {
		t.Errorf("transferred again: %v", err)
	}
	s.clean()
}

func TestAWrongArchiveGoesBackToTheEnterprise(t *testing.T) {
	s := newScene(t)
	person := s.shelved(1)
	no := s.mustBegin(procedures.TypeArchiveRecall, archivist, person)
	s.mustFill(no, archivist, map[string]any{"ground": "wrong-archive", "letterNumber": "兴工函2号", "particulars": "卷内为他人材料"})
	s.mustFill(no, "organisation-head-1", map[string]any{"cadreClass": "ordinary", "becomes": procedures.RecalledForAnew})
	s.mustFill(no, keeper, nil)
	s.mustFill(no, "archive-clerk-2", map[string]any{"way": procedures.WayConfidentialMail, "mailNumber": "机要-7"})
	refused(t, s.fill(no, clerk, map[string]any{"seal": procedures.SealBroken}), "整包退回")
	s.mustFill(no, clerk, nil)
	if hands := s.hands(person); !strings.HasSuffix(hands, "机要通信 机要-7 > "+custodian+" > with_enterprise") {
		t.Errorf("the hands: %s", hands)
	}
	s.clean()
	s.ended(s.mustTransfer(person))
	s.clean()
}

// The database's second lock knows the same procedures as theirs as the declarations do.
func TestTheLockKnowsWhatExistsForPartyRolesAlone(t *testing.T) {
	s := newScene(t)
	for _, procedure := range procedures.All() {
		if locked := stacktest.Value[bool](s.Database, `SELECT is_party_type($1)`, procedure.Type); locked != (procedure.Scope == procedures.ScopeParty) {
			t.Errorf("%s is locked: %v", procedure.Type, locked)
		}
	}
}

func letter() map[string]any {
	return map[string]any{"letterNumber": "沈密函〔2026〕1号", "letterIssuer": "沈阳市保密委员会", "letterOn": "2026-11-20", "reason": procedures.HoldSecretPost, "reviewOn": "2027-11-30"}
}

// A letter may come while the archive is under way: it is left out, and nobody can tell why.
func TestAnArchiveHeldOnALetterGivesNothingAway(t *testing.T) {
	s := newScene(t)
	people := s.retired(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil), stacktest.NewPerson(3, stacktest.Person{"干部管理类别": "县级以上党委管理干部"}))
	transfer := s.mustTransfer(people[:2]...)
	s.signUntil(transfer, procedures.StageArchiveCheck)
	no := s.mustBegin(procedures.TypeArchiveHold, screener, people[0])
	s.mustFill(no, screener, letter())
	s.mustFill(no, "organisation-head-1", nil)
	page := func(username string, i int) *view.ArchiveView {
		t.Helper()
		found, err := s.Person(t.Context(), s.scope(username), people[i])
		if err != nil {
			t.Fatal(err)
		}
		for _, one := range found.Cases {
			if username == clerk && one.Type == procedures.TypeArchiveHold {
				t.Error("the enterprise sees the case of the letter")
			}
		}
		return found.Archive
	}
	secret, cadre := page(clerk, 0), page(clerk, 2)
	if secret.State != "held" || secret.StateTitle != cadre.StateTitle || secret.Hold != nil || secret.Case != "" || secret.ReviewOn == "" || secret.RecordedBy == "" {
		t.Errorf("what the enterprise reads: %+v beside %+v", secret, cadre)
	}
	if held := secret.Custody[len(secret.Custody)-1]; held.Case != "" || held.HandedBy != custodian || held.ReceivedBy != custodian || held.Reason != cadre.Custody[0].Reason {
		t.Errorf("its chain of hands says %+v", held)
	}
	if hold := page(screener, 0).Hold; hold == nil || hold.Reason == nil || hold.LetterIssuer != "沈阳市保密委员会" || hold.Case != no {
		t.Errorf("what the organisation department reads: %+v", hold)
	}
	// The rest of the packet travels.
	s.ended(transfer)
	if hands := s.hands(people[0]) + s.hands(people[1]); !strings.Contains(hands, custodian+" > held") || !strings.HasSuffix(hands, "shelved") {
		t.Errorf("the hands: %s", hands)
	}
	if _, err := s.transfer(people[0]); !strings.Contains(approval.AsError(err).Message.ZH, "按规定暂不移交") {
		t.Errorf("transferred: %v", err)
	}
	if _, err := s.begin(procedures.TypeArchiveHold, screener, people[1]); codeOf(err) != approval.CodeWrongState || !strings.Contains(approval.AsError(err).Message.ZH, "追回") {
		t.Errorf("what is shelved is held on a letter: %v", err)
	}
	s.clean()
}

func TestATransferOfHeldArchivesAloneIsWithdrawn(t *testing.T) {
	s := newScene(t)
	person := s.retired(stacktest.NewPerson(1, nil))[0]
	transfer := s.mustTransfer(person)
	no := s.mustBegin(procedures.TypeArchiveHold, screener, person)
	s.mustFill(no, screener, letter())
	s.mustFill(no, "organisation-head-1", nil)
	refused(t, s.fill(transfer, clerk, nil), "请撤回申请")
	withdraw := approval.Command{Key: stacktest.NextKey(), Action: approval.ActionWithdraw, Seen: s.fold(transfer).Version, Actor: s.actor(clerk), Posts: s.scope(clerk).Posts, Opinion: "撤回"}
	s.act(transfer, withdraw)
	if hands := s.hands(person); !strings.HasSuffix(hands, custodian+" > held") {
		t.Errorf("the hands: %s", hands)
	}
	s.clean()
}

func TestAReviewKeepsOrReleasesAHeldArchive(t *testing.T) {
	s := newScene(t)
	people := s.retired(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, stacktest.Person{"干部管理类别": "县级以上党委管理干部"}))
	hold := s.mustBegin(procedures.TypeArchiveHold, screener, people[0])
	s.mustFill(hold, screener, letter())
	s.mustFill(hold, "organisation-head-1", nil)
	review := func(person string, values map[string]any) string {
		t.Helper()
		no := s.mustBegin(procedures.TypeArchiveReview, screener, person)
		s.mustFill(no, screener, values)
		s.mustFill(no, "organisation-head-1", nil)
		return no
	}
	review(people[0], map[string]any{"outcome": procedures.ReviewStays, "letterNumber": "函2", "reviewOn": "2028-01-31"})
	if on := stacktest.Value[string](s.Database, `SELECT review_on::text FROM archives WHERE person = $1`, people[0]); on != "2028-01-31" {
		t.Errorf("it is reviewed again on %s", on)
	}
	if reason := stacktest.Value[string](s.Database, `SELECT reason || letter_number FROM archive_holds WHERE person = $1`, people[0]); reason != procedures.HoldSecretPost+"函2" {
		t.Errorf("it is held for %s", reason)
	}
	no := review(people[0], map[string]any{"outcome": procedures.ReviewReleased, "letterNumber": "函3"})
	if s.fold(no).State != approval.CaseClosed {
		t.Errorf("the enterprise has it already, and the review is %s", s.fold(no).State)
	}
	// What an organ keeps is taken back by the enterprise first.
	no = review(people[1], map[string]any{"outcome": procedures.ReviewReleased, "letterNumber": "函4"})
	if !strings.HasSuffix(s.hands(people[1]), "held") || s.fold(no).Current().Stage != procedures.StageReviewReceipt {
		t.Fatalf("before it is received: %s", s.hands(people[1]))
	}
	s.mustFill(no, clerk, map[string]any{"broughtBy": "组织部赵某", "volumesCounted": 2})
	for _, person := range people {
		if hands := s.hands(person); !strings.HasSuffix(hands, custodian+" > with_enterprise") {
			t.Errorf("released: %s", hands)
		}
	}
	s.clean()
	s.ended(s.mustTransfer(people...))
	s.clean()
	s.Run(`UPDATE archives SET review_on = '2030-01-01' WHERE person = $1`, people[0])
	if found := s.examine(nil); len(found) != 1 || !strings.Contains(found[0], "review date") {
		t.Errorf("doctor found %v", found)
	}
}
