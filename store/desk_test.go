package store_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
)

func draftOf(opinion string) view.Draft {
	return view.Draft{Basis: 1, Form: map[string]json.RawMessage{"phone": json.RawMessage(`"13800001234"`)}, Opinion: opinion}
}

// What is being filled in is kept sealed, for its author alone, until the task is done.
func TestDraftsAreSealedAndGoWithTheTask(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	task := s.fold(no).Current().Tasks[0].ID
	read := func(username string) *view.Draft {
		t.Helper()
		draft, err := s.Draft(t.Context(), s.scope(username), task)
		if err != nil {
			t.Fatal(err)
		}
		return draft
	}
	if read(clerk) != nil {
		t.Fatal("a draft nobody saved")
	}
	for _, opinion := range []string{"先写一半", "写完了"} {
		if _, err := s.SaveDraft(t.Context(), s.scope(clerk), task, draftOf(opinion)); err != nil {
			t.Fatal(err)
		}
	}
	draft := read(clerk)
	if draft == nil || draft.Opinion != "写完了" || string(draft.Form["phone"]) != `"13800001234"` || draft.Basis != 1 || draft.SavedAt.IsZero() {
		t.Errorf("kept is %+v", draft)
	}
	if read(colleague) != nil {
		t.Error("a colleague reads the draft")
	}
	if sealed := stacktest.Value[[]byte](s.Database, `SELECT sealed FROM drafts`); bytes.Contains(sealed, []byte("1380000")) || bytes.Contains(sealed, []byte("写完了")) {
		t.Error("the draft is kept in the clear")
	}
	if _, err := s.SaveDraft(t.Context(), s.scope("enterprise-2-clerk-1"), task, draftOf("")); codeOf(err) != approval.CodeNotFound {
		t.Errorf("another office saves: %v", err)
	}
	if err := s.DeleteDraft(t.Context(), clerk, task); err != nil || read(clerk) != nil {
		t.Errorf("the draft stays: %v", err)
	}
	for _, username := range []string{clerk, colleague} {
		if _, err := s.SaveDraft(t.Context(), s.scope(username), task, draftOf("")); err != nil {
			t.Fatal(err)
		}
	}
	s.act(no, s.command(no, clerk, approval.ActionApprove))
	if left := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM drafts`); left != 0 {
		t.Errorf("%d drafts outlive the task", left)
	}
	if _, err := s.SaveDraft(t.Context(), s.scope(clerk), task, draftOf("")); codeOf(err) != approval.CodeWrongState {
		t.Errorf("saved for a finished task: %v", err)
	}
}

func TestViewsAreOwnOrShared(t *testing.T) {
	s := newScene(t)
	save := func(username, id, name, office string, isNew bool) error {
		return s.SaveView(t.Context(), username, view.SavedView{ID: id, Page: "inbox", Name: name, Query: "box=todo&due=soon", Office: office}, isNew)
	}
	list := func(username string) string {
		t.Helper()
		found, err := s.Views(t.Context(), s.scope(username), "inbox")
		if err != nil {
			t.Fatal(err)
		}
		words := []string{}
		for _, each := range found {
			words = append(words, fmt.Sprint(each.Name, " ", each.Mine, " ", each.MayDelete))
		}
		return strings.Join(words, ", ")
	}
	for _, err := range []error{save(clerk, "v1", "急件", "", true), save(clerk, "v2", "本周", "enterprise-1", true)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for username, want := range map[string]string{clerk: "急件 true true, 本周 true true", reviewer: "本周 false false", "enterprise-1-head-1": "本周 false true", bureau: ""} {
		if got := list(username); username != clerk && got != want || username == clerk && len(got) != len(want) {
			t.Errorf("%s sees %q, expected %q", username, got, want)
		}
	}
	if err := save(clerk, "v3", "急件", "", true); codeOf(err) != approval.CodeDuplicate {
		t.Errorf("a name twice: %v", err)
	}
	if err := save(clerk, "v1", "很急", "", false); err != nil {
		t.Error(err)
	}
	if err := save(reviewer, "v2", "别人的", "", false); codeOf(err) != approval.CodeNotFound {
		t.Errorf("a colleague's view is changed: %v", err)
	}
	remove := func(username, id string) approval.Code {
		return codeOf(s.DeleteView(t.Context(), s.scope(username), id))
	}
	got := []approval.Code{remove(reviewer, "v2"), remove(bureau, "v2"), remove("enterprise-1-head-1", "v1"), remove("enterprise-1-head-1", "v2"), remove(clerk, "v1")}
	if want := []approval.Code{approval.CodeForbidden, approval.CodeNotFound, approval.CodeNotFound, "", ""}; !slices.Equal(got, want) {
		t.Errorf("deleting answers %q, expected %q", got, want)
	}
	for n := range 51 {
		err := save(clerk, fmt.Sprint("many", n), fmt.Sprint("视图", n), "", true)
		if n < 50 && err != nil || n == 50 && codeOf(err) != approval.CodeInvalidInput {
			t.Errorf("view %d: %v", n+1, err)
		}
	}
}

func TestPhrasesComeByUse(t *testing.T) {
	s := newScene(t)
	for n, words := range []string{"同意。", "已核实。", "请补正。"} {
		if _, err := s.SavePhrase(t.Context(), clerk, fmt.Sprint("p", n), words, true); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		if _, err := s.UsePhrase(t.Context(), clerk, "p2"); err != nil {
			t.Fatal(err)
		}
	}
	used, err := s.UsePhrase(t.Context(), clerk, "p1")
	if err != nil || used.Uses != 1 || used.Words != "已核实。" {
		t.Errorf("used %+v %v", used, err)
	}
	if changed, err := s.SavePhrase(t.Context(), clerk, "p0", "同意，请办。", false); err != nil || changed.Words != "同意，请办。" {
		t.Errorf("changed %+v %v", changed, err)
	}
	phrases, err := s.Phrases(t.Context(), s.scope(clerk))
	if err != nil || len(phrases) != 3 || phrases[0].ID != "p2" || phrases[1].ID != "p1" || phrases[2].Words != "同意，请办。" {
		t.Errorf("listed %v %v", phrases, err)
	}
	if others, err := s.Phrases(t.Context(), s.scope(reviewer)); err != nil || len(others) != 0 {
		t.Errorf("a colleague has %v %v", others, err)
	}
	_, changeErr := s.SavePhrase(t.Context(), reviewer, "p0", "x", false)
	_, useErr := s.UsePhrase(t.Context(), reviewer, "p0")
	for name, err := range map[string]error{"change": changeErr, "use": useErr, "delete": s.DeletePhrase(t.Context(), reviewer, "p0")} {
		if codeOf(err) != approval.CodeNotFound {
			t.Errorf("%s of a colleague's phrase: %v", name, err)
		}
	}
	if err := s.DeletePhrase(t.Context(), clerk, "p0"); err != nil {
		t.Error(err)
	}
}
