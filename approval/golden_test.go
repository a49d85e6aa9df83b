package approval_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"jieli/approval"
)

var update = flag.Bool("update", false, "write the golden files anew; only for a format that was never released")

// kindsOfEvents is every kind an entry may hold; the recorded journals must show each.
var kindsOfEvents = []approval.EventKind{approval.EventSubmitted, approval.EventVisitOpened, approval.EventVisitClosed, approval.EventStageSkipped,
	approval.EventTaskClaimed, approval.EventTaskReleased, approval.EventTaskSigned, approval.EventTaskMoved, approval.EventFormChanged,
	approval.EventLinesChanged, approval.EventCopied, approval.EventRead, approval.EventCommented, approval.EventAttached, approval.EventCaseEnded}

// record plays a case that has every kind of event and writes its journal and every fold of it.
func record(t *testing.T, file string) {
	t.Helper()
	s := newScene(t)
	s.act("clerk", approval.ActionClaim)
	s.act("clerk", approval.ActionRelease)
	s.act("clerk", approval.ActionAttach, func(command *approval.Command) {
		command.Attachment = &approval.Attachment{File: "f1", Name: "申请.pdf", Size: 1024, Digest: "d1", Material: "application"}
	})
	s.act("clerk", approval.ActionTransfer, target("enterprise-1", "clerk-2", approval.KindEnterprise, approval.RoleClerk))
	s.approve("clerk-2")
	s.act("acceptor", approval.ActionCC, target("street-3", "", approval.KindStreet))
	s.act("street-3", approval.ActionRead)
	s.act("street-3", approval.ActionComment)
	s.act("acceptor", approval.ActionReturn, toStage(prepare, approval.AfterReturnHere), func(command *approval.Command) {
		command.Defects = []approval.Defect{{Item: "plan", Detail: "缺页", Clause: "S2.1"}}
	})
	s.act("acceptor", approval.ActionRecall)
	s.approve("acceptor")
	s.act("reviewer", approval.ActionCorrect, form("form", `"F2"`), func(command *approval.Command) {
		command.Lines = []approval.LineEdit{{Line: "l1", Field: "street", Value: "210106001"}}
	})
	s.reach(closing)
	s.approve("director")
	s.approve("head-2")
	bodies, _ := s.gate.Chain(s.no)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(bytes.Join(bodies, []byte("\n")), '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	folds := [][]byte{}
	c := &approval.Case{}
	for _, entry := range s.gate.Entries(s.no) {
		if err := approval.Evolve(c, entry); err != nil {
			t.Fatal(err)
		}
		folds = append(folds, raw(c))
	}
	if err := os.WriteFile(foldsOf(file), append(bytes.Join(folds, []byte("\n")), '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}

func foldsOf(file string) string { return strings.TrimSuffix(file, ".journal") + ".folds" }

func lines(t *testing.T, file string) [][]byte {
	t.Helper()
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Split(bytes.TrimSuffix(body, []byte("\n")), []byte("\n"))
}

// TestRecordedJournalsFoldAsEver: an entry once written folds to the same case for ever, and is
// read and written back byte for byte.
func TestRecordedJournalsFoldAsEver(t *testing.T) {
	if *update {
		record(t, "testdata/journals/v1.journal")
	}
	files, err := filepath.Glob("testdata/journals/*.journal")
	if err != nil || len(files) == 0 {
		t.Fatalf("no recorded journals (%v)", err)
	}
	shown := map[approval.EventKind]bool{}
	for _, file := range files {
		folds := lines(t, foldsOf(file))
		c := &approval.Case{}
		for i, body := range lines(t, file) {
			entry, err := approval.DecodeEntry(body)
			if err != nil {
				t.Fatalf("%s, entry %d: %v", file, i+1, err)
			}
			for _, event := range entry.Events {
				shown[event.Kind] = true
			}
			if again, err := entry.Encode(); err != nil || !bytes.Equal(again, body) {
				t.Errorf("%s, entry %d is written back as\n%s\nnot\n%s (%v)", file, i+1, again, body, err)
			}
			if err := approval.Evolve(c, entry); err != nil {
				t.Fatalf("%s: %v", file, err)
			}
			if fold := raw(c); !bytes.Equal(fold, folds[i]) {
				t.Fatalf("%s, entry %d folds to\n%s\nnot\n%s", file, i+1, fold, folds[i])
			}
			// The fold that continue-as-new or the database carries on is the same fold.
			carried := &approval.Case{}
			if err := json.Unmarshal(folds[i], carried); err != nil {
				t.Fatal(err)
			}
			c = carried
		}
	}
	for _, kind := range kindsOfEvents {
		if !shown[kind] {
			t.Errorf("no recorded journal has a %s", kind)
		}
	}
}

func TestNewerEntriesAreNotGuessedAt(t *testing.T) {
	body := lines(t, "testdata/journals/v1.journal")[1]
	newer := bytes.Replace(body, []byte(`"v":1`), []byte(`"v":99`), 1)
	if _, err := approval.DecodeEntry(newer); err == nil {
		t.Error("an entry of version 99 is read")
	}
	if _, err := approval.DecodeEntry([]byte("{")); err == nil {
		t.Error("half an entry is read")
	}
}

// TestEvolveRefusesWhatDoesNotFollow rather than folding a gap, a repetition or nonsense.
func TestEvolveRefusesWhatDoesNotFollow(t *testing.T) {
	entries := newScene(t).reach(acceptance).gate.Entries(caseNo)
	nonsense := func(event approval.Event) []approval.Entry {
		return append(slices.Clone(entries), approval.Entry{Seq: int64(len(entries)) + 1, Case: caseNo, Events: []approval.Event{event}})
	}
	for name, journal := range map[string][]approval.Entry{
		"a gap":           {entries[0], {Seq: 3}},
		"a repetition":    {entries[0], entries[0]},
		"an unknown kind": nonsense(approval.Event{Version: 1, Kind: "surprise", Task: approval.TaskID(caseNo, 2, 1)}),
		"an unknown task": nonsense(approval.Event{Version: 1, Kind: approval.EventTaskSigned, Task: "nowhere"}),
		"a second end":    nonsense(approval.Event{Version: 1, Kind: approval.EventVisitClosed, Visit: 1, Outcome: approval.OutcomeApproved}),
	} {
		if _, err := approval.Fold(journal); err == nil {
			t.Errorf("%s is folded", name)
		}
	}
}

// TestExamineFindsDamage of each kind it is there for.
func TestExamineFindsDamage(t *testing.T) {
	tests := map[int]func(c *approval.Case, entries []approval.Entry) []approval.Entry{
		1: func(c *approval.Case, entries []approval.Entry) []approval.Entry {
			c.Current().Tasks[0].State = approval.TaskSigned
			return entries
		},
		2: func(c *approval.Case, entries []approval.Entry) []approval.Entry {
			c.Visits[0].Outcome = ""
			return entries
		},
		3: func(c *approval.Case, entries []approval.Entry) []approval.Entry {
			c.Visits[0].Tasks[0].State = approval.TaskOpen
			return entries
		},
		4: func(_ *approval.Case, entries []approval.Entry) []approval.Entry {
			last := &entries[len(entries)-1]
			last.Actor.Person = entries[1].Actor.Person
			last.Events[0].Person = entries[1].Actor.Person
			return entries
		},
		5: func(_ *approval.Case, entries []approval.Entry) []approval.Entry {
			entries[1].Actor.Office = "bureau"
			return entries
		},
		6: func(c *approval.Case, entries []approval.Entry) []approval.Entry {
			c.Current().Tasks[0].Basis = 0
			return entries
		},
		7: func(_ *approval.Case, entries []approval.Entry) []approval.Entry {
			entries[2].Key = entries[1].Key
			return entries
		},
		8: func(_ *approval.Case, entries []approval.Entry) []approval.Entry { return entries[:2] },
		10: func(c *approval.Case, entries []approval.Entry) []approval.Entry {
			c.SubmittedAt = c.SubmittedAt.Add(1)
			return entries
		},
		11: func(_ *approval.Case, entries []approval.Entry) []approval.Entry {
			entries[0].Events = append(entries[0].Events, approval.Event{Version: 1, Kind: approval.EventCaseEnded, State: approval.CaseClosed})
			return entries
		},
	}
	for invariant, damage := range tests {
		s := newScene(t).reach(review)
		s.examined()
		c := s.fold()
		entries := damage(c, s.gate.Entries(s.no))
		found := slices.ContainsFunc(approval.Examine(c, entries), func(v approval.Violation) bool { return v.Invariant == invariant })
		if !found {
			t.Errorf("damage to invariant %d is not found", invariant)
		}
	}
}
