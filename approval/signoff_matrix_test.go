package approval_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/approval"
)

var updateMatrix = flag.Bool("matrix", false, "write docs/signoff.md anew from what the acts do")

const matrixDocument = "../docs/signoff.md"

// table is one mode with so many signers still to sign; the others have agreed already.
type table struct {
	mode    approval.Mode
	pending int
}

func (c table) name() string {
	if c.mode == approval.ModeSingle {
		return "single"
	}
	if c.mode == approval.ModeQuorum {
		return fmt.Sprintf("quorum 2 of 3, %d pending", c.pending)
	}
	return fmt.Sprintf("%s, %d pending", c.mode, c.pending)
}

var tables = []table{{approval.ModeSingle, 1}, {approval.ModeAny, 3}, {approval.ModeAll, 3}, {approval.ModeAll, 2}, {approval.ModeAll, 1},
	{approval.ModeQuorum, 3}, {approval.ModeQuorum, 2}, {approval.ModeSequence, 3}, {approval.ModeSequence, 2}, {approval.ModeSequence, 1}}

var matrixSigners = []string{"reviewer", "street-1", "street-2"}

// seated opens a case at the stage under trial, with the signers before the last `pending` agreed.
func seated(t *testing.T, mode approval.Mode, veto approval.Veto) *scene {
	t.Helper()
	s := newScene(t)
	signer := func(kind approval.OfficeKind, role approval.Role) approval.Signer {
		return approval.Signer{OfficeKind: kind, Role: role}
	}
	stage := func(key string, mode approval.Mode, signers ...approval.Signer) approval.Stage {
		return approval.Stage{Key: key, Group: key, Title: approval.Text{ZH: "环节" + key, EN: "stage " + key}, Mode: mode, Signers: signers}
	}
	tried := stage("tried", mode, signer(approval.KindBureau, approval.RoleReviewer))
	if mode != approval.ModeSingle {
		streets := signer(approval.KindStreet, approval.RoleHead)
		streets.EachOfLines = true
		tried.Signers = append(tried.Signers, streets)
	}
	tried.Decides, tried.Veto, tried.Quorum = true, veto, 2
	tried.Due = approval.Due{Kind: approval.WorkingDays, Count: 5}
	tried.Expiry = &approval.Expiry{Action: approval.ExpiryEscalate}
	tried.SuspendReasons = []approval.SuspendReason{{Key: "reply", Title: approval.Text{ZH: "等待函复", EN: "waiting for a reply"}, Party: approval.PartyOutside}}
	tried.Fields = []approval.Field{{Key: "note", Title: approval.Text{ZH: "说明", EN: "note"}, Kind: approval.FieldText}}
	s.submit("YJ-210106-20261124-0002", []approval.Stage{stage("first", approval.ModeSingle, signer(approval.KindEnterprise, approval.RoleClerk)),
		stage("second", approval.ModeSingle, signer(approval.KindBureau, approval.RoleClerk)), tried,
		stage("next", approval.ModeSingle, signer(approval.KindBureau, approval.RoleHead))})
	s.act("clerk", approval.ActionApprove)
	s.act("acceptor", approval.ActionApprove)
	return s
}

func (c table) open(t *testing.T, veto approval.Veto) *scene {
	s := seated(t, c.mode, veto)
	for _, person := range matrixSigners[:c.signed()] {
		s.act(person, approval.ActionApprove)
	}
	return s
}

func (c table) signed() int {
	if c.mode == approval.ModeSingle {
		return 0
	}
	return 3 - c.pending
}

// acting is the signer whose turn it is.
func (c table) acting() string { return matrixSigners[c.signed()] }

// trial is one row of the matrix: what is done, after what.
type trial struct {
	name string
	do   func(s *scene, c table) (approval.Entry, *approval.Error)
}

func colleague(c table) (office string, kind approval.OfficeKind, role approval.Role) {
	if c.acting() == "reviewer" {
		return "bureau", approval.KindBureau, approval.RoleReviewer
	}
	return c.acting(), approval.KindStreet, approval.RoleHead
}

func added(kind approval.TaskKind) func(*approval.Command) {
	return func(command *approval.Command) {
		command.Kind = kind
		command.Signers = []approval.Target{{Office: "street-3", Person: "street-3", OfficeKind: approval.KindStreet, Roles: []approval.Role{approval.RoleHead}}}
	}
}

func suspension(command *approval.Command) { command.Reason = "reply" }

func trials() []trial {
	simple := func(action approval.Action, changes ...func(*approval.Command)) trial {
		return trial{string(action), func(s *scene, c table) (approval.Entry, *approval.Error) {
			return s.try(s.command(c.acting(), action, changes...))
		}}
	}
	after := func(name string, before func(s *scene, c table), then func(s *scene, c table) approval.Command) trial {
		return trial{name, func(s *scene, c table) (approval.Entry, *approval.Error) {
			before(s, c)
			return s.try(then(s, c))
		}}
	}
	own := func(s *scene, c table) string {
		for _, task := range s.fold().Current().Tasks {
			if office, _, role := colleague(c); task.Office == office && task.Role == role && task.Kind == approval.TaskSigner {
				return task.ID
			}
		}
		return ""
	}
	helper := func(s *scene) string {
		for _, task := range s.fold().Current().Tasks {
			if task.Office == "street-3" {
				return task.ID
			}
		}
		return ""
	}
	add := func(kind approval.TaskKind) func(*scene, table) {
		return func(s *scene, c table) { s.act(c.acting(), approval.ActionAddSigner, added(kind)) }
	}
	by := func(person string, action approval.Action, task func(*scene, table) string, changes ...func(*approval.Command)) func(*scene, table) approval.Command {
		return func(s *scene, c table) approval.Command {
			who := person
			if who == "" {
				who = c.acting()
			}
			command := s.command(who, action, changes...)
			command.TaskID = task(s, c)
			return command
		}
	}
	ofHelper := func(s *scene, _ table) string { return helper(s) }
	none := func(*scene, table) string { return "" }
	later := func(s *scene) time.Time { return s.now.Add(20 * 24 * time.Hour) }
	return []trial{
		simple(approval.ActionClaim),
		after("release, held", func(s *scene, c table) { s.act(c.acting(), approval.ActionClaim) }, by("", approval.ActionRelease, own)),
		simple(approval.ActionApprove),
		simple(approval.ActionReturn, toStage("first", approval.AfterReturnHere)),
		simple(approval.ActionReject),
		simple(approval.ActionNotAccept),
		trial{"transfer to a colleague", func(s *scene, c table) (approval.Entry, *approval.Error) {
			office, kind, role := colleague(c)
			s.posts["colleague"] = []approval.Post{{Office: office, Role: role}}
			return s.try(s.command(c.acting(), approval.ActionTransfer, target(office, "colleague", kind, role)))
		}},
		simple(approval.ActionDelegate, target("street-3", "street-3", approval.KindStreet, approval.RoleHead)),
		after("approve, delegated", func(s *scene, c table) {
			s.act(c.acting(), approval.ActionDelegate, target("street-3", "street-3", approval.KindStreet, approval.RoleHead))
		}, by("", approval.ActionApprove, own)),
		after("resolve by the delegate", func(s *scene, c table) {
			s.act(c.acting(), approval.ActionDelegate, target("street-3", "street-3", approval.KindStreet, approval.RoleHead))
		}, by("street-3", approval.ActionResolve, ofHelper)),
		trial{"add-signer before", func(s *scene, c table) (approval.Entry, *approval.Error) {
			return s.try(s.command(c.acting(), approval.ActionAddSigner, added(approval.TaskBefore)))
		}},
		trial{"add-signer after", func(s *scene, c table) (approval.Entry, *approval.Error) {
			return s.try(s.command(c.acting(), approval.ActionAddSigner, added(approval.TaskAfter)))
		}},
		trial{"add-signer advisory", func(s *scene, c table) (approval.Entry, *approval.Error) {
			return s.try(s.command(c.acting(), approval.ActionAddSigner, added(approval.TaskAdvisory)))
		}},
		after("approve by the owner, signer added before", add(approval.TaskBefore), by("", approval.ActionApprove, own)),
		after("approve by the signer added before", add(approval.TaskBefore), by("street-3", approval.ActionApprove, ofHelper)),
		after("return by the signer added before", add(approval.TaskBefore), by("street-3", approval.ActionReturn, ofHelper, toStage("first", approval.AfterReturnWalk))),
		after("approve by the owner, signer added after", add(approval.TaskAfter), by("", approval.ActionApprove, own)),
		after("approve by the owner, signer advisory", add(approval.TaskAdvisory), by("", approval.ActionApprove, own)),
		after("remove-signer", add(approval.TaskBefore), by("", approval.ActionRemoveSigner, ofHelper)),
		after("remove-signer, signed", func(s *scene, c table) {
			add(approval.TaskBefore)(s, c)
			command := s.command("street-3", approval.ActionApprove)
			command.TaskID = helper(s)
			if _, refusal := s.try(command); refusal != nil {
				s.t.Fatal(refusal)
			}
		}, by("", approval.ActionRemoveSigner, ofHelper)),
		simple(approval.ActionCorrect, func(command *approval.Command) { command.Form = approval.Form{"note": raw("更正")} }),
		simple(approval.ActionSuspend, suspension),
		after("approve, suspended", func(s *scene, c table) { s.act(c.acting(), approval.ActionSuspend, suspension) }, by("", approval.ActionApprove, own)),
		after("resume, suspended", func(s *scene, c table) { s.act(c.acting(), approval.ActionSuspend, suspension) }, by("", approval.ActionResume, own)),
		simple(approval.ActionResume),
		trial{"extend by a supervisor", func(s *scene, c table) (approval.Entry, *approval.Error) {
			command := by("supervisor", approval.ActionExtend, own)(s, c)
			due := later(s)
			command.Due = &due
			return s.try(command)
		}},
		after("urge by the initiator", func(*scene, table) {}, by("clerk", approval.ActionUrge, none)),
		after("urge again within a working day", func(s *scene, _ table) { s.act("clerk", approval.ActionUrge, taskless) }, by("clerk", approval.ActionUrge, none)),
		after("supervise", func(*scene, table) {}, by("supervisor", approval.ActionSupervise, none)),
		trial{"reassign by a supervisor", func(s *scene, c table) (approval.Entry, *approval.Error) {
			office, kind, role := colleague(c)
			s.posts["colleague"] = []approval.Post{{Office: office, Role: role}}
			return s.try(by("supervisor", approval.ActionReassign, own, target(office, "colleague", kind, role))(s, c))
		}},
		trial{"withdraw by the initiating office", func(s *scene, _ table) (approval.Entry, *approval.Error) {
			return s.try(s.command("clerk", approval.ActionWithdraw))
		}},
		trial{"recall by the signer before", func(s *scene, _ table) (approval.Entry, *approval.Error) {
			return s.try(s.command("acceptor", approval.ActionRecall))
		}},
		simple(approval.ActionCC, target("street-3", "", approval.KindStreet)),
		simple(approval.ActionComment),
		trial{"the timer runs out", func(s *scene, _ table) (approval.Entry, *approval.Error) {
			timer := s.fold().Timer()
			s.now = timer.At
			return s.try(approval.Command{Key: "timer", Action: approval.ActionExpire, Visit: timer.Visit, Moment: timer.At, Actor: approval.Actor{Person: approval.SystemPerson}})
		}},
	}
}

func taskless(command *approval.Command) { command.TaskID = "" }

// outcome says in a few words what an act did to a visit.
func outcome(before *approval.Case, after *approval.Case, refusal *approval.Error) string {
	if refusal != nil {
		return "refused: " + string(refusal.Code)
	}
	was := before.Current()
	now := &after.Visits[was.ID-1]
	if after.Ended() {
		return "**case " + string(after.State) + "**"
	}
	if !now.Open() {
		return "**visit " + string(now.Outcome) + "** → " + after.Current().Stage
	}
	var words []string
	count := map[approval.TaskState]int{}
	for _, task := range now.Tasks {
		count[task.State]++
	}
	for _, state := range []approval.TaskState{approval.TaskOpen, approval.TaskWaiting, approval.TaskSigned, approval.TaskSuperseded} {
		if count[state] > 0 {
			words = append(words, fmt.Sprintf("%d %s", count[state], state))
		}
	}
	if after.State == approval.CaseSuspended {
		words = append(words, "clock stopped")
	}
	if now.Escalated > was.Escalated {
		words = append(words, "head may sign")
	}
	if len(after.Supervisions) > len(before.Supervisions) {
		words = append(words, "supervision opened")
	}
	return strings.Join(words, ", ")
}

// refusals is the second table: what one and two refusals do under each veto rule.
func refusals(t *testing.T) string {
	var b strings.Builder
	b.WriteString("| mode | veto rule | first refuses | first agrees, second refuses | first and second refuse | first refuses, others agree |\n|---|---|---|---|---|---|\n")
	for _, mode := range []approval.Mode{approval.ModeAny, approval.ModeAll, approval.ModeQuorum, approval.ModeSequence} {
		for _, veto := range []approval.Veto{approval.VetoFirst, approval.VetoCollect, approval.VetoMajority} {
			fmt.Fprintf(&b, "| %s | %s |", mode, veto)
			for _, voices := range [][]bool{{false}, {true, false}, {false, false}, {false, true, true}} {
				s := seated(t, mode, veto)
				cell := ""
				for i, agrees := range voices {
					before := s.fold()
					if before.Current().Stage != "tried" {
						break
					}
					action, change := approval.ActionReturn, toStage("first", approval.AfterReturnHere)
					if agrees {
						action, change = approval.ActionApprove, func(*approval.Command) {}
					}
					_, refusal := s.try(s.command(matrixSigners[i], action, change))
					cell = outcome(before, s.fold(), refusal)
				}
				s.examined()
				fmt.Fprintf(&b, " %s |", cell)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

// TestTheMatrixOfActs plays every act in every mode with every number of signers pending, and
// compares what came of it with what docs/signoff.md publishes.
func TestTheMatrixOfActs(t *testing.T) {
	var b strings.Builder
	b.WriteString("| act |")
	for _, c := range tables {
		fmt.Fprintf(&b, " %s |", c.name())
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(tables)) + "\n")
	for _, trial := range trials() {
		fmt.Fprintf(&b, "| %s |", trial.name)
		for _, c := range tables {
			s := c.open(t, approval.VetoFirst)
			before := s.fold()
			_, refusal := trial.do(s, c)
			if refusal != nil {
				wellWorded(t, approval.Action(trial.name), refusal)
			}
			s.examined()
			fmt.Fprintf(&b, " %s |", outcome(before, s.fold(), refusal))
		}
		b.WriteString("\n")
	}
	generated := map[string]string{"matrix": b.String(), "vetoes": refusals(t)}
	published, err := os.ReadFile(matrixDocument)
	if err != nil {
		t.Fatal(err)
	}
	text := string(published)
	for _, name := range slices.Sorted(maps.Keys(generated)) {
		begin, end := "<!-- "+name+": made by TestTheMatrixOfActs -->\n", "<!-- end of "+name+" -->"
		head, rest, found := strings.Cut(text, begin)
		old, tail, closed := strings.Cut(rest, end)
		if !found || !closed {
			t.Fatalf("%s has no place for %s", matrixDocument, name)
		}
		if old != generated[name] && !*updateMatrix {
			t.Errorf("%s publishes another %s than the acts show; run go test ./approval -run Matrix -matrix", matrixDocument, name)
		}
		text = head + begin + generated[name] + end + tail
	}
	if *updateMatrix {
		if err := os.WriteFile(matrixDocument, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
