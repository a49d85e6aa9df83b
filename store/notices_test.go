package store_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/view"
)

// told lists a person's notices as "kind: Chinese words", the newest first.
func (s *scene) told(username string) []string {
	s.t.Helper()
	page, err := s.Notices(s.t.Context(), s.scope(username), 100, "")
	if err != nil {
		s.t.Fatal(err)
	}
	words := []string{}
	for _, notice := range page.Items {
		words = append(words, notice.Kind+": "+notice.Text.ZH)
		for _, text := range []string{notice.Text.ZH, notice.Text.EN} {
			if text == "" || strings.ContainsAny(text, "{}") {
				s.t.Errorf("notice %s says %q", notice.Kind, text)
			}
		}
		if notice.Case != "" && (notice.CaseTitle == "" || notice.StageTitle.ZH == "") {
			s.t.Errorf("notice %s tells neither case nor stage: %+v", notice.Kind, notice)
		}
	}
	return words
}

func (s *scene) expectTold(username string, kinds ...string) {
	s.t.Helper()
	words := s.told(username)
	got := []string{}
	for _, each := range words {
		kind, _, _ := strings.Cut(each, ":")
		got = append(got, kind)
	}
	if !slices.Equal(got, kinds) {
		s.t.Errorf("%s was told %v, expected %v", username, words, kinds)
	}
}

func (s *scene) target(office, username string) *approval.Target {
	s.t.Helper()
	target := &approval.Target{Office: office, Person: username, OfficeKind: approval.KindEnterprise}
	for _, post := range s.scope(username).Posts {
		target.Roles = append(target.Roles, post.Role)
	}
	return target
}

func TestNoticesTellWhomItConcerns(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	s.expectTold(clerk)

	transfer := s.command(no, clerk, approval.ActionTransfer)
	transfer.Target = s.target("enterprise-1", colleague)
	s.act(no, transfer)
	s.expectTold(colleague, "assigned")

	copies := s.command(no, colleague, approval.ActionCC)
	copies.Target = s.target("bureau", bureau)
	s.act(no, copies)
	s.expectTold(bureau, "copied")

	approve := s.command(no, colleague, approval.ActionApprove)
	s.act(no, approve)
	claim := s.command(no, reviewer, approval.ActionClaim)
	s.act(no, claim)
	recall := s.command(no, colleague, approval.ActionRecall)
	recall.TaskID = ""
	s.act(no, recall)
	s.expectTold(reviewer, "recalled")

	s.act(no, s.command(no, colleague, approval.ActionApprove))
	back := s.command(no, reviewer, approval.ActionReturn)
	back.ToStage, back.AfterReturn, back.Opinion = s.fold(no).Stages[0].Key, approval.AfterReturnHere, "请补正"
	s.act(no, back)
	s.expectTold(colleague, "returned", "assigned")
	s.expectTold(clerk, "returned")

	withdraw := s.command(no, colleague, approval.ActionWithdraw)
	withdraw.TaskID = ""
	s.act(no, withdraw)
	s.expectTold(clerk, "ended", "returned")
	if words := s.told(clerk)[0]; !strings.Contains(words, "已撤回") {
		t.Errorf("the end is told as %q", words)
	}
	s.clean()
}

// A substitute is told what the absent officer is told.
func TestASubstituteIsToldToo(t *testing.T) {
	s := newScene(t)
	set := substitution()
	set.Person, set.Substitute, set.By = colleague, "enterprise-1-head-1", colleague
	if err := s.AddSubstitution(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	no := s.submit(1)
	transfer := s.command(no, clerk, approval.ActionTransfer)
	transfer.Target = s.target("enterprise-1", colleague)
	s.act(no, transfer)
	s.expectTold(colleague, "assigned")
	s.expectTold("enterprise-1-head-1", "assigned", "substituting")
	if err := s.RevokeSubstitution(t.Context(), set.ID, colleague); err != nil {
		t.Fatal(err)
	}
	s.expectTold("enterprise-1-head-1", "not_substituted", "assigned", "substituting")
}

func (s *scene) notify(n int) {
	s.t.Helper()
	for range n {
		s.Run(`INSERT INTO notices(person, kind, actor, detail, created_at) VALUES ($1, 'substituting', $2, '2026-11-24', now())`, clerk, colleague)
	}
}

func TestNoticesArePagedUnreadFirst(t *testing.T) {
	s := newScene(t)
	s.notify(5)
	read := func(limit int, cursor string) view.NoticePage {
		t.Helper()
		page, err := s.Notices(t.Context(), s.scope(clerk), limit, cursor)
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	newest := read(1, "").Items[0].ID
	if unread, err := s.ReadNotices(t.Context(), s.scope(clerk), []int64{5}, 0); err != nil || unread != 4 || newest != "5" {
		t.Fatalf("%d unread, newest %s, %v", unread, newest, err)
	}
	if unread, err := s.ReadNotices(t.Context(), s.scope(colleague), nil, 5); err != nil || unread != 0 {
		t.Fatalf("somebody else: %d %v", unread, err)
	}
	seen, cursor := []string{}, ""
	for {
		page := read(2, cursor)
		if page.Unread != 4 {
			t.Errorf("%d unread", page.Unread)
		}
		for _, notice := range page.Items {
			seen = append(seen, notice.ID)
		}
		if cursor = page.NextCursor; cursor == "" {
			break
		}
	}
	if !slices.Equal(seen, []string{"4", "3", "2", "1", "5"}) {
		t.Errorf("listed as %v", seen)
	}
	for _, broken := range []string{"x", "unread|x", "late|3"} {
		if _, err := s.Notices(t.Context(), s.scope(clerk), 2, broken); codeOf(err) != approval.CodeInvalidInput {
			t.Errorf("cursor %q: %v", broken, err)
		}
	}
	if _, err := s.ReadNotices(t.Context(), s.scope(clerk), nil, 3); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(91 * 24 * time.Hour)
	if err := s.ForgetNotices(t.Context()); err != nil {
		t.Fatal(err)
	}
	if page := read(10, ""); len(page.Items) != 1 || page.Items[0].ID != "4" {
		t.Errorf("after three months %v remain", page.Items)
	}
}

// A delivery holds what the snapshot before it did not, in whatever order transactions commit.
func TestNothingFallsBetweenTwoDeliveries(t *testing.T) {
	s := newScene(t)
	s.notify(1)
	deliver := func(since string, ids ...string) string {
		t.Helper()
		delivery, err := s.Deliver(t.Context(), s.scope(clerk), since)
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		for _, notice := range delivery.Notices {
			got = append(got, notice.ID)
		}
		if !slices.Equal(got, ids) {
			t.Errorf("delivered %v, expected %v", got, ids)
		}
		return delivery.Snapshot
	}
	first := deliver("")
	slow := s.Begin()
	slow.Run(`INSERT INTO notices(person, kind, actor, detail, created_at) VALUES ($1, 'substituting', $2, '', now())`, clerk, colleague)
	s.notify(1)
	second := deliver(first, "3")
	slow.Commit()
	third := deliver(second, "2")
	deliver(third)
	deliver(first, "2", "3")
	if _, err := s.Deliver(t.Context(), s.scope(clerk), "9:3:"); codeOf(err) != approval.CodeInvalidInput {
		t.Errorf("a snapshot nobody took: %v", err)
	}
}
