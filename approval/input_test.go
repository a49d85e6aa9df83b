package approval_test

import (
	"encoding/json"
	"testing"

	"jieli/approval"
)

func form(pairs ...string) func(*approval.Command) {
	return func(command *approval.Command) {
		command.Form = approval.Form{}
		for i := 0; i < len(pairs); i += 2 {
			command.Form[pairs[i]] = json.RawMessage(pairs[i+1])
		}
	}
}

// TestAnApprovalNamesTheLinesItHasSeen, in the one way that can be compared.
func TestAnApprovalNamesTheLinesItHasSeen(t *testing.T) {
	s := newScene(t).reach(review)
	s.refused(approval.CodeInvalidInput, "reviewer", approval.ActionApprove, form("form", `"F1"`))
	s.refused(approval.CodeStale, "reviewer", approval.ActionApprove, form("form", `"F1"`, "lineSet", `"0:old"`))
	s.refused(approval.CodeStale, "reviewer", approval.ActionApprove, form("form", `"F1"`, "lineSet", `5`))
	s.act("reviewer", approval.ActionApprove, form("form", `"F1"`, "lineSet", `"1:digest-1"`))
}

// TestWhatTheDatabaseCannotStoreIsRefused: such a command would be tried again for ever, and
// everything on the case would wait behind it.
func TestWhatTheDatabaseCannotStoreIsRefused(t *testing.T) {
	s := newScene(t)
	zero := "甲\x00乙"
	s.refused(approval.CodeInvalidInput, "clerk", approval.ActionApprove, form("materials", `["application"]`, "note", `"\u0000"`))
	s.refused(approval.CodeInvalidInput, "clerk", approval.ActionComment, func(command *approval.Command) { command.Opinion = zero })
	s.refused(approval.CodeInvalidInput, "clerk", approval.ActionAttach, func(command *approval.Command) {
		command.Attachment = &approval.Attachment{File: "f", Name: zero}
	})
	s.reach(acceptance)
	s.refused(approval.CodeInvalidInput, "acceptor", approval.ActionReturn, toStage(prepare, approval.AfterReturnHere), func(command *approval.Command) {
		command.Defects = []approval.Defect{{Item: "roster", Detail: zero}}
	})
	s.reach(review)
	s.refused(approval.CodeInvalidInput, "reviewer", approval.ActionCorrect, func(command *approval.Command) {
		command.Lines = []approval.LineEdit{{Line: "l1", Field: "street", Value: zero}}
	})
}

// TestFormValuesAreStoredInOneNotation: PostgreSQL refuses half a surrogate pair, and rewrites the
// order of keys, which must not count as a change.
func TestFormValuesAreStoredInOneNotation(t *testing.T) {
	s := newScene(t)
	s.act("clerk", approval.ActionCorrect, form("note", `"半\ud800个"`))
	if got := string(s.fold().Form["note"]); got != `"半`+"\ufffd"+`个"` {
		t.Fatalf("stored %s", got)
	}
	before := s.fold().Version
	s.act("clerk", approval.ActionCorrect, form("note", `"半\uFFFD个"`))
	if s.fold().Current().Tasks[0].Basis > before {
		t.Fatal("the same text in another notation counts as a change")
	}
}

func TestDatesExist(t *testing.T) {
	fields := []approval.Field{{Key: "on", Title: approval.Text{ZH: "日期", EN: "date"}, Kind: approval.FieldDate}}
	for value, good := range map[string]bool{"2026-02-28": true, "2028-02-29": true, "2026-02-29": false, "2026-04-31": false, "2026-13-01": false,
		"2026-1-1": false, "": true, "0000-01-01": false} {
		if problems := approval.ValidateForm(fields, nil, approval.Form{"on": raw(value)}); (len(problems) == 0) != good {
			t.Errorf("%q: %v", value, problems)
		}
	}
}

// TestAConfirmationMustBeGiven: a required yes-or-no is a box that has to be ticked.
func TestAConfirmationMustBeGiven(t *testing.T) {
	fields := []approval.Field{{Key: "checked", Title: approval.Text{ZH: "已核对", EN: "checked"}, Kind: approval.FieldBoolean, Required: true}}
	for value, good := range map[string]bool{"true": true, "false": false, "null": false, `"true"`: false} {
		if problems := approval.ValidateForm(fields, nil, approval.Form{"checked": json.RawMessage(value)}); (len(problems) == 0) != good {
			t.Errorf("%s: %v", value, problems)
		}
	}
}

// TestAnActOnTheCaseNamesNoTask: the post of whoever comments is not the task's.
func TestAnActOnTheCaseNamesNoTask(t *testing.T) {
	s := newScene(t).reach(acceptance)
	for _, action := range []approval.Action{approval.ActionComment, approval.ActionAttach} {
		entry := s.act("clerk", action, func(command *approval.Command) {
			command.TaskID, command.Attachment = s.fold().Current().Tasks[0].ID, &approval.Attachment{File: "f", Name: "n"}
		})
		if entry.Task != "" {
			t.Errorf("%s names task %s", action, entry.Task)
		}
	}
}

// TestAPaperOfTheListIsOnTheList: such a paper makes what others have seen stale.
func TestAPaperOfTheListIsOnTheList(t *testing.T) {
	paper := func(material string) func(*approval.Command) {
		return func(command *approval.Command) {
			command.Attachment = &approval.Attachment{File: "f", Name: "n", Material: material}
		}
	}
	s := newScene(t)
	s.refused(approval.CodeInvalidInput, "clerk", approval.ActionAttach, paper("nonsense"))
	s.act("clerk", approval.ActionAttach, paper("application"))
	if task := s.fold().Current().Tasks[0]; task.Basis != s.fold().Version {
		t.Fatalf("the task's basis is %d after a new paper", task.Basis)
	}
	s.reach(acceptance)
	s.act("other", approval.ActionAttach, paper(""))
	if task := s.fold().Current().Tasks[0]; task.Basis == s.fold().Version {
		t.Fatal("a file that stands for no paper made the task stale")
	}
}
