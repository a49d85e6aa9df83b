package store_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/procedures"
)

// At the head the proposal is appended, chained, and the rows that screens read equal the fold.
func TestCommitAppendsAtTheHead(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	command := s.command(no, clerk, approval.ActionApprove)
	committed := s.act(no, command)
	if len(committed.Entries) != 1 || committed.Entries[0].Seq != 2 || committed.Known || committed.Refusal != nil {
		t.Fatalf("committed %+v", committed)
	}
	if s.entries(no) != 2 || s.fold(no).Version != 2 {
		t.Errorf("%d entries, version %d", s.entries(no), s.fold(no).Version)
	}
	if chained := stacktest.Value[bool](s.Database, `SELECT b.prev = a.hash AND c.head_hash = b.hash FROM journal a, journal b, cases c
		WHERE a.stream = 'case:' || $1 AND a.seq = 1 AND b.stream = a.stream AND b.seq = 2 AND c.no = $1`, no); !chained {
		t.Error("the entry is not chained to the one before")
	}
	s.clean()
}

// Behind the head nothing is written; the entries the caller lacks come back.
func TestCommitBehindTheHeadReturnsWhatIsMissing(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	_, late := s.decide(no, s.command(no, clerk, approval.ActionApprove))
	s.sign(no)
	s.sign(no)
	committed, err := s.Commit(t.Context(), no, 1, "late", &late)
	if err != nil {
		t.Fatal(err)
	}
	if len(committed.Entries) != 2 || committed.Entries[0].Seq != 2 || committed.Entries[1].Seq != 3 || committed.Known {
		t.Errorf("committed %+v", committed)
	}
	if s.entries(no) != 3 {
		t.Errorf("the journal has %d entries", s.entries(no))
	}
	if committed, err = s.Commit(t.Context(), no, 1, "refused", nil); err != nil || len(committed.Entries) != 2 {
		t.Errorf("without a proposal: %+v %v", committed, err)
	}
	s.clean()
}

// A known key has had its effect, wherever the caller stands.
func TestCommitKnowsItsKeys(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	command := s.command(no, clerk, approval.ActionApprove)
	head, entry := s.decide(no, command)
	s.act(no, command)
	for _, at := range []int64{head, head + 1} {
		committed, err := s.Commit(t.Context(), no, at, command.Key, &entry)
		if err != nil || !committed.Known || int64(len(committed.Entries)) != head+1-at {
			t.Errorf("at %d: %+v %v", at, committed, err)
		}
	}
	if s.entries(no) != 2 {
		t.Errorf("the journal has %d entries", s.entries(no))
	}
	s.clean()
}

// A journal shorter than its workflow is never appended to.
func TestCommitNeverAppendsToAShortJournal(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	_, entry := s.decide(no, s.command(no, clerk, approval.ActionApprove))
	if _, err := s.Commit(t.Context(), no, 2, "ahead", &entry); codeOf(err) != approval.CodeBehind {
		t.Errorf("answered %v", err)
	}
	if s.entries(no) != 1 {
		t.Errorf("the journal has %d entries", s.entries(no))
	}
	if _, err := s.Commit(t.Context(), "YJ-210106-20200101-0001", 0, "none", nil); codeOf(err) != approval.CodeNotFound {
		t.Errorf("a case that is not there: %v", err)
	}
}

// What only the database can refuse rolls the whole act back.
func TestARefusalWhileWritingRollsBack(t *testing.T) {
	s := newScene(t)
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil)))
	s.signUntil(no, procedures.StagePensionMatch)
	command := s.command(no, "agency-clerk-1", approval.ActionCorrect)
	command.Lines = []approval.LineEdit{{Line: no + ".2", Field: "match_result", Value: "return"}, {Line: "no such line", Field: "match_result", Value: "return"}}
	before := s.entries(no)
	committed := s.act(no, command)
	if committed.Refusal == nil || committed.Refusal.Code != approval.CodeInvalidInput {
		t.Fatalf("committed %+v", committed)
	}
	if s.entries(no) != before || stacktest.Value[int64](s.Database, `SELECT count(*) FROM line_edits`) != 0 ||
		stacktest.Value[string](s.Database, `SELECT match_result FROM lines WHERE id = $1`, no+".2") == "return" {
		t.Error("half of the act was written")
	}
	s.clean()
}

// The post is looked at again at the moment of writing.
func TestAnEndedPostDoesNotSign(t *testing.T) {
	for name, ending := range map[string]string{"the post has ended": `UPDATE posts SET valid_to = '2026-11-23' WHERE person = $1`,
		"the post has not begun": `UPDATE posts SET valid_from = '2026-11-25' WHERE person = $1`, "the account is disabled": `UPDATE users SET disabled = true WHERE id = $1`} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			no := s.submit(1)
			command := s.command(no, clerk, approval.ActionApprove)
			head, entry := s.decide(no, command)
			s.Run(ending, clerk)
			committed, err := s.Commit(t.Context(), no, head, command.Key, &entry)
			if err != nil || committed.Refusal == nil || committed.Refusal.Code != approval.CodeNoRole {
				t.Errorf("committed %+v %v", committed, err)
			}
			if s.entries(no) != 1 {
				t.Error("somebody without the post signed")
			}
		})
	}
}

// A task goes to nobody who lost the role meanwhile.
func TestATransferToAnEndedPostIsRefused(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	command := s.command(no, clerk, approval.ActionTransfer)
	command.Opinion, command.Target = "请代办", &approval.Target{Office: "enterprise-1", OfficeKind: approval.KindEnterprise, Person: "enterprise-1-clerk-2", Roles: []approval.Role{approval.RoleClerk}}
	head, entry := s.decide(no, command)
	s.Run(`UPDATE posts SET valid_to = '2026-11-23' WHERE person = 'enterprise-1-clerk-2'`)
	committed, err := s.Commit(t.Context(), no, head, command.Key, &entry)
	if err != nil || committed.Refusal == nil || committed.Refusal.Code != approval.CodeTargetLacksRole || s.entries(no) != 1 {
		t.Errorf("committed %+v %v", committed, err)
	}
}

// Of many commits at one head exactly one wins; the others learn of it.
func TestOfConcurrentCommitsOneWins(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	var commands []approval.Command
	for range 8 {
		commands = append(commands, s.command(no, clerk, approval.ActionApprove))
	}
	_, proposal := s.decide(no, commands[0])
	body, err := proposal.Encode()
	if err != nil {
		t.Fatal(err)
	}
	results := make([]approval.Committed, len(commands))
	var writers sync.WaitGroup
	for i, command := range commands {
		entry, err := approval.DecodeEntry(body)
		if err != nil {
			t.Fatal(err)
		}
		entry.Key = command.Key
		writers.Go(func() {
			var err error
			if results[i], err = s.Commit(t.Context(), no, 1, command.Key, &entry); err != nil {
				t.Error(err)
			}
		})
	}
	writers.Wait()
	winners := 0
	for i, result := range results {
		if len(result.Entries) != 1 || result.Entries[0].Seq != 2 {
			t.Errorf("commit %d was answered %+v", i, result)
			continue
		}
		if result.Entries[0].Key == commands[i].Key {
			winners++
		}
	}
	if winners != 1 || s.entries(no) != 2 {
		t.Errorf("%d won; the journal has %d entries", winners, s.entries(no))
	}
	s.clean()
}

// Numbers count per prefix, district and day, without a gap.
func TestCaseNumbers(t *testing.T) {
	s := newScene(t)
	if first, second := s.submit(1), s.submit(2); first != "YJ-210106-20261124-0001" || second != "YJ-210106-20261124-0002" {
		t.Errorf("the numbers are %s and %s", first, second)
	}
	if _, err := s.Submit(t.Context(), s.one(1)); codeOf(err) != approval.CodeDuplicate {
		t.Fatalf("the same person twice: %v", err)
	}
	if third := s.submit(3); third != "YJ-210106-20261124-0003" {
		t.Errorf("a refused submission leaves a gap before %s", third)
	}
	s.Clock.Advance(24 * time.Hour)
	if no := s.submit(4); no != "YJ-210106-20261125-0001" {
		t.Errorf("the first of the next day is %s", no)
	}
}

// The same person cannot be handed over twice at once, and can after a withdrawal.
func TestOnePersonIsHandedOverOnceAtATime(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	if _, err := s.Submit(t.Context(), s.one(1)); codeOf(err) != approval.CodeDuplicate {
		t.Fatalf("the same person twice: %v", err)
	}
	if count := stacktest.Value[int64](s.Database, `SELECT count(*) FROM cases`); count != 1 {
		t.Errorf("the refused submission left %d cases", count)
	}
	withdraw := s.command(no, clerk, approval.ActionWithdraw)
	withdraw.TaskID, withdraw.Opinion = "", "材料有误"
	s.act(no, withdraw)
	s.submit(1)
	s.clean()
}

// A task is held by me or could be claimed by me, never both, and nobody is offered what they may
// not sign.
func TestBoxes(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	box := func(username, name string) []string {
		t.Helper()
		items, _, err := s.Tasks(t.Context(), s.scope(username), filterOf(name))
		if err != nil {
			t.Fatal(err)
		}
		counts, err := s.TaskCounts(t.Context(), s.scope(username))
		if err != nil {
			t.Fatal(err)
		}
		if counted := map[string]int{"todo": counts.Todo, "claimable": counts.Claimable, "done": counts.Done, "started": counts.Started, "cc": counts.CC}[name]; counted != len(items) {
			t.Errorf("%s of %s holds %d and counts %d", name, username, len(items), counted)
		}
		return caseNumbers(items)
	}
	has := func(username string, boxes ...string) {
		t.Helper()
		for _, name := range []string{"todo", "claimable", "done", "started", "cc"} {
			if held := slices.Contains(box(username, name), no); held != slices.Contains(boxes, name) {
				t.Errorf("%s has the case in %s: %v", username, name, held)
			}
		}
	}
	has(clerk, "todo", "started") // the submitter holds the first task at once
	has("enterprise-1-clerk-2")
	s.act(no, s.command(no, clerk, approval.ActionApprove))
	has(clerk, "done", "started")
	has(reviewer, "claimable")
	has("enterprise-1-reviewer-2", "claimable")
	has("enterprise-2-reviewer-1")
	claim := s.command(no, reviewer, approval.ActionClaim)
	s.act(no, claim)
	has(reviewer, "todo")
	has("enterprise-1-reviewer-2")
	// A second post does not open what the first has signed.
	s.act(no, s.command(no, reviewer, approval.ActionApprove))
	s.Run(`INSERT INTO posts(person, office, role) VALUES ($1, 'enterprise-1', 'head')`, clerk)
	has("enterprise-1-head-1", "claimable")
	has(clerk, "done", "started")
	s.clean()
}

// A foreign case does not exist, wherever it is asked for.
func TestForeignCasesDoNotExist(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	foreign := s.scope("bureau-210102-clerk-1")
	if _, err := s.CaseRecord(t.Context(), foreign, no); codeOf(err) != approval.CodeNotFound {
		t.Errorf("the case: %v", err)
	}
	if journal, err := s.Journal(t.Context(), foreign, no); err != nil || len(journal) != 0 {
		t.Errorf("the journal: %d entries, %v", len(journal), err)
	}
	for _, username := range []string{"bureau-210102-clerk-1", "enterprise-2-clerk-1", bureau} {
		if cases, _, err := s.Cases(t.Context(), s.scope(username), caseFilter("")); err != nil || len(cases) != 0 {
			t.Errorf("%s lists %d cases, %v", username, len(cases), err)
		}
	}
	for _, username := range []string{clerk, "supervision-supervisor-1"} {
		if cases, _, err := s.Cases(t.Context(), s.scope(username), caseFilter("")); err != nil || len(cases) != 1 {
			t.Errorf("%s lists %d cases, %v", username, len(cases), err)
		}
	}
}

// The rows of a case say what its fold says, after every kind of act.
func TestRowsEqualTheFold(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	s.act(no, s.command(no, bureau, approval.ActionClaim))
	s.act(no, s.command(no, bureau, approval.ActionRelease))
	back := s.command(no, bureau, approval.ActionReturn)
	back.Opinion, back.ToStage, back.AfterReturn, back.Defects = "请补正", procedures.StagePrepare, approval.AfterReturnHere, []approval.Defect{{Item: "名册", Detail: "缺少盖章"}}
	s.act(no, back)
	comment := s.command(no, clerk, approval.ActionComment)
	comment.Opinion = "正在补正"
	s.act(no, comment)
	s.signUntil(no, procedures.StageScreening)
	recall := s.command(no, s.fold(no).Last.Person, approval.ActionRecall)
	recall.TaskID, recall.Opinion = "", "看错了"
	s.act(no, recall)
	s.clean()
	var stored approval.Case
	if err := json.Unmarshal([]byte(stacktest.Value[string](s.Database, `SELECT fold::text FROM cases WHERE no = $1`, no)), &stored); err != nil {
		t.Fatal(err)
	}
	tasks := int64(0)
	for _, visit := range stored.Visits {
		tasks += int64(len(visit.Tasks))
	}
	if rows := stacktest.Value[int64](s.Database, `SELECT count(*) FROM tasks WHERE case_no = $1`, no); rows != tasks {
		t.Errorf("%d rows of %d tasks", rows, tasks)
	}
	if open := stacktest.Value[string](s.Database, `SELECT string_agg(id, ',') FROM tasks WHERE case_no = $1 AND state = 'open'`, no); strings.Contains(open, ",") || open == "" {
		t.Errorf("open tasks: %q", open)
	}
}
