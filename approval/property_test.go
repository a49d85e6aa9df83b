package approval_test

import (
	"encoding/json"
	"slices"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"jieli/approval"
)

// holds fails when the examination of the case finds the invariant broken.
func (m *machine) holds(invariant int) {
	for _, violation := range approval.Examine(m.gate.Fold(caseNo), m.gate.Entries(caseNo)) {
		if violation.Invariant == invariant {
			m.t.Fatalf("invariant %d: %s", invariant, violation.Text)
		}
	}
}

func TestInvariant01AnOpenCaseIsInSomebodysHands(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play(t, func(m *machine, _ step) {
			c := m.gate.Fold(caseNo)
			if c.Ended() {
				return
			}
			current := c.Current()
			if current == nil {
				t.Fatalf("the case is %s and no visit is open", c.State)
			}
			held := current.Wait != nil && current.Wait.Owner != ""
			for _, task := range current.Tasks {
				held = held || task.State == approval.TaskOpen && task.Office != ""
			}
			if !held {
				t.Fatalf("nobody holds visit %d", current.ID)
			}
		}).holds(1)
	})
}

// onWaiting are the acts a task allows that waits for others.
var onWaiting = []approval.Action{approval.ActionReturn, approval.ActionTransfer, approval.ActionReassign, approval.ActionRemoveSigner,
	approval.ActionClaim, approval.ActionRelease, approval.ActionSupervise}

func TestInvariant02AVisitHasOneOutcome(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := play(t, func(m *machine, s step) {
			if s.entry == nil || s.entry.Task == "" {
				return
			}
			if supervision := s.before.Supervision(s.entry.Task); supervision != nil {
				if supervision.State != approval.TaskOpen {
					t.Fatalf("a supervision was answered twice")
				}
				return
			}
			visit, task := s.before.Task(s.entry.Task)
			waiting := visit != nil && task.State == approval.TaskWaiting && slices.Contains(onWaiting, s.command.Action)
			if visit == nil || !visit.Open() || task.State != approval.TaskOpen && !waiting {
				t.Fatalf("%s was taken on a task that was no longer open", s.command.Action)
			}
		})
		ends := map[int]int{}
		for _, entry := range m.gate.Entries(caseNo) {
			for _, event := range entry.Events {
				if event.Kind == approval.EventVisitClosed {
					ends[event.Visit]++
				}
			}
		}
		for _, visit := range m.gate.Fold(caseNo).Visits {
			if want := map[bool]int{true: 0, false: 1}[visit.Open()]; ends[visit.ID] != want {
				t.Fatalf("visit %d ended %d times", visit.ID, ends[visit.ID])
			}
		}
		m.holds(2)
	})
}

func TestInvariant03NoTaskOutlivesItsVisit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play(t, func(m *machine, _ step) {
			for _, visit := range m.gate.Fold(caseNo).Visits {
				for _, task := range visit.Tasks {
					if !visit.Open() && task.State != approval.TaskSigned && task.State != approval.TaskSuperseded {
						t.Fatalf("task %s is %s after its visit ended %s", task.ID, task.State, visit.Outcome)
					}
				}
			}
		}).holds(3)
	})
}

func TestInvariant04NobodySignsIncompatibleStages(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := play(t, nil)
		c := m.gate.Fold(caseNo)
		for i, one := range c.Signatures {
			for _, other := range c.Signatures[:i] {
				same := one.Person == other.Person || one.For != "" && (one.For == other.Person || one.For == other.For) || one.Person == other.For
				if !same {
					continue
				}
				if slices.Contains(c.Stage(one.Stage).Incompatible, other.Stage) || slices.Contains(c.Stage(other.Stage).Incompatible, one.Stage) {
					t.Fatalf("one person signed %s and then %s", other.Stage, one.Stage)
				}
				if one.Visit == other.Visit {
					t.Fatalf("one person signed twice in visit %d", one.Visit)
				}
			}
		}
		m.holds(4)
	})
}

func TestInvariant05NobodySignsWithoutThePost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play(t, func(_ *machine, s step) {
			if s.entry == nil || s.entry.Task == "" {
				return
			}
			actor := s.entry.Actor
			post := approval.Post{Office: actor.Office, Role: actor.Role}
			if actor.For == "" && !slices.Contains(s.holds, post) && s.command.Action != approval.ActionUrge && s.command.Action != approval.ActionRemoveSigner {
				t.Fatalf("%s was taken by somebody who did not hold the post", s.command.Action)
			}
			if actor.For != "" && (!slices.Contains(s.absentHolds[actor.For], post) || !slices.Contains(s.standsIn, actor.For)) {
				t.Fatalf("%s was taken for somebody who did not hold the post, or was not absent", s.command.Action)
			}
			visit, task := s.before.Task(s.entry.Task)
			if task == nil || slices.Contains([]approval.Action{approval.ActionUrge, approval.ActionExtend, approval.ActionReassign, approval.ActionRemoveSigner, approval.ActionSupervise}, s.command.Action) {
				return
			}
			widened := visit.Escalated > 0 && actor.Role == approval.RoleHead
			if actor.Office != task.Office || actor.Role != task.Role && !widened {
				t.Fatalf("%s was taken in another post than the task's", s.command.Action)
			}
			if s.command.Action != approval.ActionClaim && task.Owner != "" && task.Owner != actor.Person && task.Owner != actor.For && !widened {
				t.Fatalf("%s was taken on a task somebody else held", s.command.Action)
			}
		}).holds(5)
	})
}

// basis is the seq of the last change to a task, its form, its materials or its lines, reckoned
// from the journal alone.
func basis(entries []approval.Entry, version int64, taskID string) int64 {
	var last int64
	for _, entry := range entries {
		if entry.Seq > version {
			break
		}
		for _, event := range entry.Events {
			switch event.Kind {
			case approval.EventVisitOpened:
				if slices.ContainsFunc(event.Tasks, func(task approval.Task) bool { return task.ID == taskID }) {
					last = entry.Seq
				}
			case approval.EventTaskAdded:
				if slices.ContainsFunc(event.Tasks, func(task approval.Task) bool { return task.ID == taskID }) {
					last = entry.Seq
				}
			case approval.EventTaskMoved, approval.EventTaskOpened:
				if event.Task == taskID {
					last = entry.Seq
				}
			case approval.EventFormChanged, approval.EventLinesChanged:
				last = entry.Seq
			}
		}
	}
	return last
}

func TestInvariant06StaleActsAreRefused(t *testing.T) {
	onTask := []approval.Action{approval.ActionApprove, approval.ActionReturn, approval.ActionReject, approval.ActionNotAccept, approval.ActionTransfer, approval.ActionCorrect,
		approval.ActionDelegate, approval.ActionAddSigner, approval.ActionRemoveSigner, approval.ActionSuspend, approval.ActionResume, approval.ActionReassign, approval.ActionExtend}
	rapid.Check(t, func(t *rapid.T) {
		play(t, func(m *machine, s step) {
			if s.known {
				return
			}
			after := m.gate.Fold(caseNo)
			if s.refusal != nil && after.Version != s.before.Version {
				t.Fatalf("a refused %s changed the case", s.command.Action)
			}
			if !slices.Contains(onTask, s.command.Action) {
				if s.entry != nil && s.before.Last != nil && s.command.Seen < s.before.Last.Seq &&
					(s.command.Action == approval.ActionWithdraw || s.command.Action == approval.ActionRecall) {
					t.Fatalf("%s was taken although there is a newer decision", s.command.Action)
				}
				return
			}
			since := basis(m.gate.Entries(caseNo), s.before.Version, s.command.TaskID)
			if s.entry != nil && s.command.Seen < since {
				t.Fatalf("%s saw version %d, the task changed at %d", s.command.Action, s.command.Seen, since)
			}
			_, task := s.before.Task(s.command.TaskID)
			if s.refusal != nil && s.refusal.Code == approval.CodeStale && s.command.Seen >= since && s.command.Form[approval.FieldLineSet] == nil {
				t.Fatalf("%s saw version %d and was refused as stale; the task (%+v) changed at %d", s.command.Action, s.command.Seen, task, since)
			}
		}).holds(6)
	})
}

func TestInvariant07AKeyHasOneEffect(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		effects := map[string]int{"submit": 1}
		play(t, func(m *machine, s step) {
			if s.entry != nil {
				effects[s.command.Key]++
			}
			if effects[s.command.Key] > 1 {
				t.Fatalf("a key had %d effects", effects[s.command.Key])
			}
			if effects[s.command.Key] == 1 && s.refusal != nil {
				t.Fatalf("a key that was committed is refused as %s later", s.refusal.Code)
			}
			if s.known && m.gate.Fold(caseNo).Version != s.before.Version {
				t.Fatal("a known key changed the case")
			}
		}).holds(7)
	})
}

func TestInvariant08TheJournalFoldsToTheCase(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := play(t, func(m *machine, _ step) {
			entries := m.gate.Entries(caseNo)
			if m.state.Version > int64(len(entries)) {
				t.Fatal("the workflow is ahead of the journal")
			}
			prefix, err := approval.Fold(entries[:m.state.Version])
			if err != nil || !approval.SameFold(prefix, m.state) {
				t.Fatalf("the workflow's state is not the fold of what it has seen (%v)", err)
			}
			if lag := int64(len(entries)) - m.state.Version; lag > 1 {
				t.Fatalf("the workflow lags by %d entries", lag)
			}
		})
		// Folding must not change what it folds, or a second fold would differ.
		entries := m.gate.Entries(caseNo)
		before, _ := json.Marshal(entries)
		if _, err := approval.Fold(entries); err != nil {
			t.Fatal(err)
		}
		if after, _ := json.Marshal(entries); string(after) != string(before) {
			t.Fatal("folding changed the entries")
		}
		m.holds(8)
	})
}

func TestInvariant09TheChainHasNoGap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := play(t, nil)
		previous := ""
		bodies, hashes := m.gate.Chain(caseNo)
		for i, body := range bodies {
			if previous = approval.Hash(previous, body); previous != hashes[i] {
				t.Fatalf("entry %d does not chain", i+1)
			}
		}
	})
}

func TestInvariant10TheClockAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := play(t, nil)
		c := m.gate.Fold(caseNo)
		end := m.now
		if c.Ended() {
			end = c.EndedAt
		}
		var sum int64
		for _, visit := range c.Visits {
			closed := visit.ClosedAt
			if visit.Open() {
				closed = end
			}
			sum += int64(closed.Sub(visit.OpenedAt))
		}
		age := int64(end.Sub(c.SubmittedAt))
		if sum != age {
			t.Fatalf("the visits add up to %d, the case is %d old", sum, age)
		}
		segments, err := approval.Clock(m.gate.Entries(caseNo), end)
		if err != nil {
			t.Fatal(err)
		}
		var held int64
		for i, segment := range segments {
			if segment.Holder.Kind == "" || i > 0 && !segment.From.Equal(segments[i-1].To) {
				t.Fatalf("segment %d of the clock has no holder or leaves a gap", i)
			}
			held += int64(segment.To.Sub(segment.From))
		}
		if held != age {
			t.Fatalf("the clock's segments add up to %d, the case is %d old", held, age)
		}
		m.holds(10)
	})
}

func TestInvariant11AnEndedCaseAcceptsNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := play(t, func(_ *machine, s step) {
			if !s.before.Ended() || s.known {
				return
			}
			if s.entry != nil || s.refusal == nil || s.refusal.Code != approval.CodeCaseEnded {
				t.Fatalf("%s on an ended case: %v", s.command.Action, s.refusal)
			}
		})
		if c := m.gate.Fold(caseNo); c.Ended() {
			for _, permitted := range approval.Actions(c, m.who(persons[0])) {
				if permitted.Refusal == nil {
					t.Fatalf("%s is offered on an ended case", permitted.Action)
				}
			}
		}
		m.holds(11)
	})
}

// wellWorded fails unless a refusal says what is wrong in both languages.
func wellWorded(t interface{ Fatalf(string, ...any) }, action approval.Action, refusal *approval.Error) {
	texts := []approval.Text{refusal.Message}
	for _, problem := range refusal.Problems {
		texts = append(texts, problem.Message)
		if problem.Location == "" || problem.Code == "" {
			t.Fatalf("%s: a problem without place or code", action)
		}
	}
	if refusal.Code == "" {
		t.Fatalf("%s: a refusal without a code", action)
	}
	for _, text := range texts {
		if !hasHan(text.ZH) || text.EN == "" || hasHan(text.EN) {
			t.Fatalf("%s refused as %s with %q / %q", action, refusal.Code, text.ZH, text.EN)
		}
	}
}

func hasHan(text string) bool {
	return slices.ContainsFunc([]rune(text), func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

func TestInvariant12ARefusalSaysWhatIsMissing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := play(t, func(_ *machine, s step) {
			if s.refusal != nil {
				wellWorded(t, s.command.Action, s.refusal)
			}
		})
		for _, person := range persons {
			for _, permitted := range approval.Actions(m.gate.Fold(caseNo), m.who(person)) {
				if permitted.Refusal != nil {
					wellWorded(t, permitted.Action, permitted.Refusal)
				}
			}
		}
	})
}

// TestACaseGoesOnAlongItsPath follows the case beside the machine: an approved stage leads to a
// later one, or straight back to where the case was returned from, and a recall undoes exactly one step.
func TestACaseGoesOnAlongItsPath(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		// resume is what each visit, once approved, leads straight back to.
		resume := map[int]string{1: ""}
		play(t, func(m *machine, s step) {
			if s.entry == nil {
				return
			}
			after := m.gate.Fold(caseNo)
			opened := after.Current()
			if opened == nil || opened.Opened != s.entry.Seq {
				return
			}
			left := s.before.Current()
			index := func(stage string) int {
				return slices.IndexFunc(after.Stages, func(declared approval.Stage) bool { return declared.Key == stage })
			}
			if left.Outcome = after.Visits[left.ID-1].Outcome; left.Outcome == approval.OutcomeReturned {
				if index(opened.Stage) >= index(left.Stage) {
					t.Fatalf("returned from %s to %s", left.Stage, opened.Stage)
				}
				if after.Resume != "" {
					resume[opened.ID] = left.Stage
				}
				return
			}
			switch s.command.Action {
			case approval.ActionRecall:
				from := s.before.Last.Visit
				resume[opened.ID] = resume[from]
				if opened.Stage != s.before.Visits[from-1].Stage {
					t.Fatalf("recalled to %s", opened.Stage)
				}
			default:
				// A stage that passed by itself lies between.
				from := after.Visits[opened.ID-2]
				if from.Passed {
					left = &from
				}
				if want := resume[left.ID]; want != "" && opened.Stage != want {
					t.Fatalf("%s was to lead straight back to %s and led to %s", left.Stage, want, opened.Stage)
				}
				if index(opened.Stage) <= index(left.Stage) {
					t.Fatalf("%s was approved and led back to %s", left.Stage, opened.Stage)
				}
			}
		})
	})
}

// TestRecallGivesTheTaskBackToItsSigner holds in joint stages too: each office keeps its own task.
func TestRecallGivesTheTaskBackToItsSigner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play(t, func(m *machine, s step) {
			if s.entry == nil || s.command.Action != approval.ActionRecall {
				return
			}
			for _, task := range m.gate.Fold(caseNo).Current().Tasks {
				if task.Owner != "" && task.Office != s.before.Last.Office {
					t.Fatalf("the task of %s went to the officer of %s", task.Office, s.before.Last.Office)
				}
			}
		})
	})
}

// TestOnlyChildrenEndTheirWait: withdrawing over the heads of running child cases would orphan them.
func TestOnlyChildrenEndTheirWait(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play(t, func(_ *machine, s step) {
			if s.entry == nil || s.before.Current() == nil || s.before.Current().Wait == nil {
				return
			}
			for _, event := range s.entry.Events {
				if event.Kind == approval.EventVisitClosed && s.command.Action != approval.ActionChildrenFinished {
					t.Fatalf("%s ended the wait", s.command.Action)
				}
			}
		})
	})
}
