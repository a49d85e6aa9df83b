package approval_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"jieli/approval"
	"jieli/approval/approvaltest"
)

const caseNo = "YJ-210106-20261124-0001"

var (
	offices = map[approval.OfficeKind][]string{
		approval.KindEnterprise: {"enterprise-1", "enterprise-2"}, approval.KindBureau: {"bureau"},
		approval.KindStreet: {"street-1", "street-2", "street-3"}, approval.KindCommunity: {"community-1", "community-2"}}
	kinds   = []approval.OfficeKind{approval.KindEnterprise, approval.KindBureau, approval.KindStreet, approval.KindCommunity}
	roles   = []approval.Role{approval.RoleClerk, approval.RoleReviewer, approval.RoleHead}
	persons = []string{"an", "bai", "cao", "deng", "fu", "gao", "han"}
	actions = []approval.Action{approval.ActionApprove, approval.ActionApprove, approval.ActionApprove, approval.ActionApprove, approval.ActionApprove,
		approval.ActionClaim, approval.ActionClaim, approval.ActionRelease, approval.ActionReturn, approval.ActionReturn, approval.ActionReject,
		approval.ActionNotAccept, approval.ActionTransfer, approval.ActionTransfer, approval.ActionCorrect, approval.ActionWithdraw,
		approval.ActionRecall, approval.ActionRecall, approval.ActionCC, approval.ActionRead, approval.ActionComment, approval.ActionAttach,
		approval.ActionSubmit, approval.Action("nonsense"),
		approval.ActionDelegate, approval.ActionResolve, approval.ActionResolve, approval.ActionAddSigner, approval.ActionAddSigner, approval.ActionRemoveSigner,
		approval.ActionSuspend, approval.ActionResume, approval.ActionExtend, approval.ActionUrge, approval.ActionSupervise, approval.ActionReassign}
	supervisorPost = approval.Post{Office: "supervision", Role: approval.RoleSupervisor}
)

// machine plays one random case: officers with random posts send legal and illegal commands, and
// the gate commits them as the workflow shell would, crashes included.
type machine struct {
	t     *rapid.T
	gate  *approvaltest.Journals
	posts map[string][]approval.Post
	// absences are who stands in for whom, in every post the absent person holds.
	absences map[string][]string
	now      time.Time
	// state is the workflow's fold; it lags the journal after a crash.
	state *approval.Case
	keys  []string
	steps []step
}

// step is one command and what became of it.
type step struct {
	command approval.Command
	// before is the journal's fold when the command was decided for good.
	before  *approval.Case
	known   bool
	entry   *approval.Entry
	refusal *approval.Error
	// holds says which posts the actor held at the moment of the commit.
	holds []approval.Post
	// standsIn are those the actor stood in for, absentHolds the posts those held.
	standsIn    []string
	absentHolds map[string][]approval.Post
}

// StandsInFor reports whether a person stands in for another one now.
func (m *machine) StandsInFor(person, absent string, _ approval.Post) bool {
	return slices.Contains(m.absences[person], absent)
}

// who is what the API knows of a caller.
func (m *machine) who(person string) approval.Command {
	who := approval.Command{Actor: approval.Actor{Person: person}, Posts: m.posts[person], Moment: m.now}
	for _, absent := range m.absences[person] {
		for _, post := range m.posts[absent] {
			who.StandsInFor = append(who.StandsInFor, approval.Substitution{Person: absent, Office: post.Office, Role: post.Role})
		}
	}
	return who
}

func (m *machine) Offices(_ *approval.Case, signer approval.Signer) []string {
	all := offices[signer.OfficeKind]
	if signer.EachOfLines {
		return all[:min(2, len(all))]
	}
	return all[:1]
}

func (m *machine) Holds(person string, post approval.Post) bool {
	return slices.Contains(m.posts[person], post)
}

// play runs one random case and calls check after every command.
func play(t *rapid.T, check func(*machine, step)) *machine {
	m := &machine{t: t, posts: map[string][]approval.Post{}, absences: map[string][]string{}, now: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC)}
	m.gate = approvaltest.New(m, func() time.Time { return m.now })
	for _, kind := range kinds {
		for _, office := range offices[kind] {
			for _, role := range roles {
				m.fill(approval.Post{Office: office, Role: role})
			}
		}
	}
	m.fill(supervisorPost)
	initiator := rapid.SampledFrom(persons).Draw(t, "initiator")
	first, err := m.gate.Submit(approval.Submission{No: caseNo, Type: "random", Office: "enterprise-1", Key: "submit",
		Actor: approval.Actor{Person: initiator, Office: "enterprise-1", Role: approval.RoleClerk}, Stages: randomStages(t),
		Facts:   map[string]string{"on": "true", "off": "false"},
		Form:    approval.Form{"note": json.RawMessage(`"初稿"`)},
		LineSet: &approval.LineSet{Version: 1, Digest: "digest-1", Count: 3}, OwnsFirst: rapid.Bool().Draw(t, "ownsFirst")})
	if err != nil {
		t.Fatalf("submit: %v", err)
	}
	m.keys = []string{"submit"}
	m.state = &approval.Case{}
	if err := approval.Evolve(m.state, first); err != nil {
		t.Fatalf("fold the first entry: %v", err)
	}
	for range rapid.SampledFrom([]int{5, 20, 40}).Draw(t, "commands") {
		m.now = m.now.Add(time.Duration(rapid.IntRange(0, 100000).Draw(t, "seconds")) * time.Second)
		if rapid.IntRange(0, 14).Draw(t, "change of posts") == 14 {
			kind := rapid.SampledFrom(kinds).Draw(t, "kind")
			m.fill(approval.Post{Office: rapid.SampledFrom(offices[kind]).Draw(t, "office"), Role: rapid.SampledFrom(roles).Draw(t, "role")})
		}
		if rapid.IntRange(0, 9).Draw(t, "change of absences") == 9 {
			substitute, absent := rapid.SampledFrom(persons).Draw(t, "substitute"), rapid.SampledFrom(persons).Draw(t, "absent")
			m.absences[substitute] = nil
			if substitute != absent && rapid.Bool().Draw(t, "away") {
				m.absences[substitute] = []string{absent}
			}
		}
		done := m.execute(m.command())
		m.steps = append(m.steps, done)
		if check != nil {
			check(m, done)
		}
	}
	return m
}

// fill gives a post to one or two persons and takes it from the others. Most persons come to hold
// several, so that conflicts of duties come about.
func (m *machine) fill(post approval.Post) {
	for _, person := range persons {
		m.posts[person] = slices.DeleteFunc(m.posts[person], func(held approval.Post) bool { return held == post })
	}
	for range rapid.IntRange(1, 2).Draw(m.t, "officers") {
		person := rapid.SampledFrom(persons).Draw(m.t, "officer")
		if !m.Holds(person, post) {
			m.posts[person] = append(m.posts[person], post)
		}
	}
}

func randomStages(t *rapid.T) []approval.Stage {
	count := rapid.IntRange(2, 6).Draw(t, "stages")
	stages := make([]approval.Stage, count)
	for i := range stages {
		key := fmt.Sprintf("stage-%d", i)
		stage := approval.Stage{Key: key, Group: fmt.Sprint(i / 2), Title: approval.Text{ZH: "环节", EN: key}, Mode: approval.ModeSingle}
		signer := func() approval.Signer {
			return approval.Signer{OfficeKind: rapid.SampledFrom(kinds).Draw(t, "kind"), Role: rapid.SampledFrom(roles).Draw(t, "role")}
		}
		stage.Signers = []approval.Signer{signer()}
		switch mode := rapid.SampledFrom([]approval.Mode{approval.ModeSingle, approval.ModeSingle, approval.ModeSingle, approval.ModeAny, approval.ModeAll,
			approval.ModeQuorum, approval.ModeSequence, approval.ModeChildren}).Draw(t, "mode"); mode {
		case approval.ModeAny, approval.ModeAll, approval.ModeQuorum, approval.ModeSequence:
			stage.Mode = mode
			stage.Veto = rapid.SampledFrom([]approval.Veto{"", approval.VetoFirst, approval.VetoCollect, approval.VetoMajority}).Draw(t, "veto")
			stage.Quorum = rapid.IntRange(1, 3).Draw(t, "quorum")
			for range rapid.IntRange(0, 2).Draw(t, "further signers") {
				further := signer()
				further.EachOfLines = rapid.Bool().Draw(t, "each")
				further.Mandatory = mode == approval.ModeQuorum && rapid.IntRange(0, 3).Draw(t, "mandatory") == 0
				stage.Signers = append(stage.Signers, further)
			}
		case approval.ModeChildren:
			if i > 0 {
				stage.Mode, stage.Signers, stage.Child = approval.ModeChildren, nil, "child"
			}
		}
		if stage.Mode != approval.ModeChildren {
			stage.Due = approval.Due{Kind: approval.WorkingDays, Count: rapid.IntRange(0, 2).Draw(t, "days")}
			if action := rapid.SampledFrom([]approval.ExpiryAction{"", approval.ExpiryRemind, approval.ExpiryEscalate, approval.ExpiryEscalate, approval.ExpiryApprove, approval.ExpiryEnd}).Draw(t, "expiry"); action != "" {
				stage.Expiry = &approval.Expiry{Action: action, Clause: "S2.1"}
			}
			if rapid.Bool().Draw(t, "may be suspended") {
				stage.SuspendReasons = []approval.SuspendReason{{Key: "waiting", Title: approval.Text{ZH: "等待函复", EN: "waiting for a reply"},
					Party: rapid.SampledFrom([]approval.Party{approval.PartyApplicant, approval.PartyOutside, approval.PartyFreeze}).Draw(t, "party")}}
			}
			stage.PassSamePerson = rapid.Bool().Draw(t, "passes")
		}
		stage.Condition = rapid.SampledFrom([]string{"", "", "", "on", "off"}).Draw(t, "condition")
		stage.Acceptance = rapid.Bool().Draw(t, "acceptance")
		stage.Decides = rapid.IntRange(0, 3).Draw(t, "decides") == 0
		stage.FinalApproval = rapid.IntRange(0, 3).Draw(t, "final") == 0
		if i > 0 && rapid.Bool().Draw(t, "incompatible") {
			stage.Incompatible = []string{fmt.Sprintf("stage-%d", rapid.IntRange(0, i-1).Draw(t, "with"))}
		}
		if stage.Mode != approval.ModeChildren && rapid.Bool().Draw(t, "fields") {
			stage.Fields = []approval.Field{
				{Key: "note", Title: approval.Text{ZH: "说明", EN: "note"}, Kind: approval.FieldText},
				{Key: approval.FieldLineSet, Title: approval.Text{ZH: "明细", EN: "lines"}, Kind: approval.FieldText, Required: true, Computed: true}}
			stage.LineFields = []string{"street"}
		}
		stages[i] = stage
	}
	if rapid.Bool().Draw(t, "groups") {
		stages = approval.IncompatibleWithin(stages)
	}
	return stages
}

// command draws one command on the journal's state as a client would see it, or an older one.
func (m *machine) command() approval.Command {
	t, seen := m.t, m.gate.Fold(caseNo)
	if current := seen.Current(); current != nil && current.Wait != nil && rapid.Bool().Draw(t, "children") {
		return approval.Command{Key: fmt.Sprintf("children:%d", current.ID), Action: approval.ActionChildrenFinished,
			Visit: current.ID - rapid.IntRange(0, 1).Draw(t, "older"), Actor: approval.Actor{Person: approval.SystemPerson}}
	}
	if timer := seen.Timer(); timer != nil && rapid.IntRange(0, 3).Draw(t, "timer") == 0 {
		// The workflow's timer runs out, or one that a human was quicker than.
		command := approval.Command{Action: approval.ActionExpire, Visit: timer.Visit, Moment: timer.At, Actor: approval.Actor{Person: approval.SystemPerson}}
		if rapid.IntRange(0, 4).Draw(t, "late timer") == 0 {
			command.Visit, command.Moment = max(1, timer.Visit-rapid.IntRange(0, 1).Draw(t, "of the visit before")), timer.At.Add(-time.Hour)
		} else if m.now.Before(timer.At) {
			m.now = timer.At
		}
		command.Key = fmt.Sprintf("timer:%d:%d", command.Visit, command.Moment.Unix())
		m.keys = append(m.keys, command.Key)
		return command
	}
	if seen.Current() != nil && rapid.IntRange(0, 79).Draw(t, "calendar") == 0 {
		command := approval.Command{Action: approval.ActionRecomputeDeadlines, Key: fmt.Sprintf("calendar-%d", len(m.keys)), Actor: approval.Actor{Person: approval.SystemPerson}}
		m.keys = append(m.keys, command.Key)
		return command
	}
	if seen.Current() != nil && rapid.IntRange(0, 79).Draw(t, "another case") == 0 {
		command := approval.Command{Action: approval.ActionReopen, Key: fmt.Sprintf("another-%d", len(m.keys)), Opinion: "另案已作出决定", Actor: approval.Actor{Person: approval.SystemPerson}}
		if earlier := seen.EarlierStages(); len(earlier) > 0 {
			command.ToStage = rapid.SampledFrom(earlier).Draw(t, "reopened")
		}
		if rapid.IntRange(0, 3).Draw(t, "superseded") == 0 {
			command.Action = approval.ActionSupersede
		}
		m.keys = append(m.keys, command.Key)
		return command
	}
	if rapid.IntRange(0, 2).Draw(t, "legal") > 0 {
		if command, found := m.legal(seen); found {
			return command
		}
	}
	command := approval.Command{Action: rapid.SampledFrom(actions).Draw(t, "action"), Key: fmt.Sprintf("key-%d", len(m.keys)),
		Seen: max(0, seen.Version-int64(rapid.SampledFrom([]int{0, 0, 0, 0, 1, 2, 5}).Draw(t, "lag")))}
	if rapid.IntRange(0, 9).Draw(t, "again") == 0 {
		command.Key = rapid.SampledFrom(m.keys).Draw(t, "key")
	}
	m.keys = append(m.keys, command.Key)
	task := m.someTask(seen)
	command.Actor.Person = m.somebody(seen, task)
	who := m.who(command.Actor.Person)
	command.Posts, command.StandsInFor, command.Moment = who.Posts, who.StandsInFor, who.Moment
	if task != nil && rapid.IntRange(0, 19).Draw(t, "without task") > 0 {
		command.TaskID = task.ID
	}
	m.words(seen, &command)
	return command
}

// legal draws one of the acts that are offered to somebody.
func (m *machine) legal(c *approval.Case) (approval.Command, bool) {
	command := m.who(m.somebody(c, m.someTask(c)))
	command.Key, command.Seen = fmt.Sprintf("key-%d", len(m.keys)), c.Version
	offered := approval.Actions(c, command)
	// Ending the case early and only talking about it are rare here, as they are in life.
	ending := []approval.Action{approval.ActionWithdraw, approval.ActionReject, approval.ActionNotAccept}
	talking := []approval.Action{approval.ActionCC, approval.ActionRead, approval.ActionComment, approval.ActionAttach, approval.ActionUrge, approval.ActionSupervise}
	mayEnd, mayTalk := rapid.IntRange(0, 11).Draw(m.t, "may end") == 11, rapid.IntRange(0, 3).Draw(m.t, "may talk") == 3
	offered = slices.DeleteFunc(offered, func(p approval.Permitted) bool {
		return p.Refusal != nil || !mayEnd && slices.Contains(ending, p.Action) || !mayTalk && slices.Contains(talking, p.Action)
	})
	if len(offered) == 0 {
		return command, false
	}
	chosen := rapid.SampledFrom(offered).Draw(m.t, "offered")
	for _, likely := range offered {
		// A case that only gets comments shows nothing: mostly it is approved, returned or recalled.
		decisive := slices.Contains([]approval.Action{approval.ActionApprove, approval.ActionReturn, approval.ActionRecall, approval.ActionResolve, approval.ActionResume}, likely.Action)
		if decisive && rapid.Bool().Draw(m.t, "decisive") {
			chosen = likely
			break
		}
	}
	command.Action, command.TaskID = chosen.Action, chosen.TaskID
	m.keys = append(m.keys, command.Key)
	m.words(c, &command)
	return command, true
}

func (m *machine) someTask(c *approval.Case) *approval.Task {
	var open, all []*approval.Task
	for i := range c.Visits {
		for j := range c.Visits[i].Tasks {
			task := &c.Visits[i].Tasks[j]
			all = append(all, task)
			if task.State == approval.TaskOpen {
				open = append(open, task)
			}
		}
	}
	if len(open) > 0 && rapid.IntRange(0, 9).Draw(m.t, "any task") > 0 {
		all = open
	}
	if len(all) == 0 {
		return nil
	}
	return rapid.SampledFrom(all).Draw(m.t, "task")
}

// somebody is mostly an officer who could act, sometimes the last signer, sometimes a stranger.
func (m *machine) somebody(c *approval.Case, task *approval.Task) string {
	choice := rapid.IntRange(0, 9).Draw(m.t, "who")
	if choice == 0 && c.Last != nil {
		return c.Last.Person
	}
	if choice < 8 && task != nil {
		if task.Owner != "" && choice < 6 {
			return task.Owner
		}
		var able []string
		for _, person := range persons {
			if m.Holds(person, approval.Post{Office: task.Office, Role: task.Role}) {
				able = append(able, person)
			}
		}
		if len(able) > 0 {
			return rapid.SampledFrom(able).Draw(m.t, "officer")
		}
	}
	return rapid.SampledFrom(persons).Draw(m.t, "person")
}

// words fills in what the action must carry, and sometimes leaves it out.
func (m *machine) words(c *approval.Case, command *approval.Command) {
	t := m.t
	if rapid.IntRange(0, 19).Draw(t, "silent") == 0 {
		return
	}
	command.Opinion, command.Clause = "情况属实", "S2.1"
	form := func() {
		command.Form = approval.Form{}
		_, task := c.Task(command.TaskID)
		if task == nil || c.LineSet == nil {
			return
		}
		visit, _ := c.Task(command.TaskID)
		if len(c.Stage(visit.Stage).Fields) > 0 {
			command.Form[approval.FieldLineSet], _ = json.Marshal(c.LineSet.Name())
			if rapid.IntRange(0, 2).Draw(t, "note") == 0 {
				command.Form["note"], _ = json.Marshal(rapid.SampledFrom([]string{"", "甲", "乙"}).Draw(t, "text"))
			}
		}
	}
	switch command.Action {
	case approval.ActionApprove:
		form()
	case approval.ActionReturn:
		command.AfterReturn = rapid.SampledFrom([]approval.AfterReturn{approval.AfterReturnHere, approval.AfterReturnWalk, "elsewhere"}).Draw(t, "after")
		if earlier := c.EarlierStages(); len(earlier) > 0 {
			command.ToStage = rapid.SampledFrom(earlier).Draw(t, "to")
		} else {
			command.ToStage = "stage-0"
		}
	case approval.ActionSuspend:
		command.Reason = "waiting"
		if rapid.Bool().Draw(t, "until") {
			until := m.now.Add(time.Duration(rapid.IntRange(-1, 100).Draw(t, "hours")) * time.Hour)
			command.Until = &until
		}
	case approval.ActionExtend:
		due := m.now.Add(time.Duration(rapid.IntRange(-24, 200).Draw(t, "hours")) * time.Hour)
		command.Due = &due
	case approval.ActionDelegate:
		command.Target = m.target(c, command)
	case approval.ActionAddSigner:
		command.Kind = rapid.SampledFrom([]approval.TaskKind{approval.TaskBefore, approval.TaskBefore, approval.TaskAfter, approval.TaskAdvisory, approval.TaskDelegated}).Draw(t, "kind of signer")
		for range rapid.IntRange(1, 2).Draw(t, "added") {
			command.Signers = append(command.Signers, *m.target(c, command))
		}
	case approval.ActionTransfer, approval.ActionCC, approval.ActionReassign:
		command.Target = m.target(c, command)
	case approval.ActionCorrect:
		form()
		delete(command.Form, approval.FieldLineSet)
		if rapid.Bool().Draw(t, "lines") {
			command.Lines = []approval.LineEdit{{Line: "l1", Field: "street", Value: "210106001"}}
		}
	case approval.ActionAttach:
		command.Attachment = &approval.Attachment{File: "f1", Name: "扫描件.pdf", Size: 10, Digest: "d"}
	}
}

// target draws whom a task passes to, or who is asked.
func (m *machine) target(c *approval.Case, command *approval.Command) *approval.Target {
	t := m.t
	if _, task := c.Task(command.TaskID); task != nil && rapid.Bool().Draw(t, "a colleague") {
		for _, person := range persons {
			if person != command.Actor.Person && m.Holds(person, approval.Post{Office: task.Office, Role: task.Role}) {
				target := &approval.Target{Office: task.Office, Person: person, Roles: []approval.Role{task.Role}}
				for of, ids := range offices {
					if slices.Contains(ids, target.Office) {
						target.OfficeKind = of
					}
				}
				return target
			}
		}
	}
	kind := rapid.SampledFrom(kinds).Draw(t, "kind")
	target := &approval.Target{Office: rapid.SampledFrom(offices[kind]).Draw(t, "office")}
	if _, task := c.Task(command.TaskID); task != nil && rapid.Bool().Draw(t, "same office") {
		target.Office = task.Office
	}
	for of, ids := range offices {
		if slices.Contains(ids, target.Office) {
			target.OfficeKind = of
		}
	}
	if rapid.IntRange(0, 3).Draw(t, "to a person") > 0 {
		target.Person = rapid.SampledFrom(persons).Draw(t, "target")
	}
	for _, person := range persons {
		for _, post := range m.posts[person] {
			if post.Office == target.Office && (target.Person == "" || target.Person == person) {
				target.Roles = append(target.Roles, post.Role)
			}
		}
	}
	return target
}

// execute does what the shell does: decide, commit, fold what the commit returned, and decide
// again when somebody else's commit got there first. A crash loses the answer of a commit.
func (m *machine) execute(command approval.Command) step {
	crash := rapid.IntRange(0, 9).Draw(m.t, "crash") == 0
	for {
		done := step{command: command, before: m.gate.Fold(caseNo), holds: slices.Clone(m.posts[command.Actor.Person]),
			standsIn: slices.Clone(m.absences[command.Actor.Person]), absentHolds: map[string][]approval.Post{}}
		for _, absent := range done.standsIn {
			done.absentHolds[absent] = slices.Clone(m.posts[absent])
		}
		entry, refusal := approval.Decide(m.state, command)
		proposal := &entry
		if refusal != nil {
			proposal = nil
		}
		committed, err := m.gate.Commit(caseNo, m.state.Version, command.Key, proposal)
		if err != nil {
			m.t.Fatalf("commit: %v", err)
		}
		mine := committed.Known
		done.known = committed.Known
		for i := range committed.Entries {
			if committed.Entries[i].Key == command.Key {
				mine = true
				if !committed.Known {
					done.entry = &committed.Entries[i]
				}
			}
		}
		if crash && mine {
			// The worker died after the commit: the workflow never heard of it.
			return done
		}
		for _, e := range committed.Entries {
			if err := approval.Evolve(m.state, e); err != nil {
				m.t.Fatalf("fold: %v", err)
			}
		}
		if rapid.IntRange(0, 9).Draw(m.t, "continue as new") == 0 {
			m.continueAsNew()
		}
		switch {
		case mine:
			return done
		case committed.Refusal != nil:
			done.refusal = committed.Refusal
			return done
		case len(committed.Entries) == 0:
			done.refusal = refusal
			return done
		}
	}
}

// continueAsNew carries the workflow's state over as the shell does: as JSON.
func (m *machine) continueAsNew() {
	body, err := json.Marshal(m.state)
	if err != nil {
		m.t.Fatal(err)
	}
	carried := &approval.Case{}
	if err := json.Unmarshal(body, carried); err != nil {
		m.t.Fatal(err)
	}
	m.state = carried
}
