package approval_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"jieli/approval"
	"jieli/approval/approvaltest"
)

// scene is a small procedure with its offices and officers; a test walks it by named acts.
type scene struct {
	t     *testing.T
	gate  *approvaltest.Journals
	posts map[string][]approval.Post
	// standIns are the absences in which a person stands in.
	standIns map[string][]approval.Substitution
	now      time.Time
	acts     int
	no       string
}

// The stages of the scene, in order.
const (
	prepare    = "prepare"
	acceptance = "acceptance"
	optional   = "optional"
	review     = "review"
	decision   = "decision"
	agreement  = "agreement"
	children   = "children"
	closing    = "closing"
)

func sceneStages() []approval.Stage {
	stage := func(key string, mode approval.Mode, signers ...approval.Signer) approval.Stage {
		return approval.Stage{Key: key, Group: key, Title: approval.Text{ZH: "环节" + key, EN: "stage " + key}, Mode: mode, Signers: signers}
	}
	signer := func(kind approval.OfficeKind, role approval.Role) approval.Signer {
		return approval.Signer{OfficeKind: kind, Role: role}
	}
	one := stage(prepare, approval.ModeSingle, signer(approval.KindEnterprise, approval.RoleClerk))
	one.Materials = []approval.Material{{Key: "application", Title: approval.Text{ZH: "申请", EN: "application"}, Required: true},
		{Key: "approval", Title: approval.Text{ZH: "批复", EN: "approval"}, Required: true, Condition: "restructured"}}
	one.Fields = []approval.Field{
		{Key: approval.FieldMaterials, Title: approval.Text{ZH: "材料", EN: "papers"}, Kind: approval.FieldChoices, Options: []approval.Option{
			{Value: "application", Title: approval.Text{ZH: "申请", EN: "application"}}, {Value: "approval", Title: approval.Text{ZH: "批复", EN: "approval"}}}},
		{Key: "note", Title: approval.Text{ZH: "说明", EN: "note"}, Kind: approval.FieldText}}
	two := stage(acceptance, approval.ModeSingle, signer(approval.KindBureau, approval.RoleClerk))
	two.Acceptance, two.Incompatible = true, []string{prepare}
	extra := stage(optional, approval.ModeSingle, signer(approval.KindBureau, approval.RoleClerk))
	extra.Condition = "restructured"
	three := stage(review, approval.ModeSingle, signer(approval.KindBureau, approval.RoleReviewer))
	three.LineFields = []string{"street"}
	three.Fields = []approval.Field{
		{Key: "form", Title: approval.Text{ZH: "管理形式", EN: "form"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{{Value: "F1", Title: approval.Text{ZH: "直接", EN: "direct"}}, {Value: "F2", Title: approval.Text{ZH: "委托", EN: "entrusted"}}}},
		{Key: approval.FieldLineSet, Title: approval.Text{ZH: "明细", EN: "lines"}, Kind: approval.FieldText, Required: true, Computed: true}}
	four := stage(decision, approval.ModeSingle, signer(approval.KindBureau, approval.RoleHead))
	four.Decides, four.FinalApproval, four.Incompatible = true, true, []string{review}
	streets := signer(approval.KindStreet, approval.RoleHead)
	streets.EachOfLines = true
	five := stage(agreement, approval.ModeAll, signer(approval.KindEnterprise, approval.RoleHead), streets)
	six := stage(children, approval.ModeChildren)
	six.Child = "child"
	seven := stage(closing, approval.ModeAll, signer(approval.KindEnterprise, approval.RoleHead), signer(approval.KindBureau, approval.RoleHead))
	return []approval.Stage{one, two, extra, three, four, five, six, seven}
}

// newScene submits a case; the officers are named after their post, and "both" holds two.
func newScene(t *testing.T) *scene {
	t.Helper()
	s := &scene{t: t, now: time.Date(2026, 11, 24, 1, 0, 0, 0, time.UTC), posts: map[string][]approval.Post{
		"clerk":      {{Office: "enterprise-1", Role: approval.RoleClerk}},
		"clerk-2":    {{Office: "enterprise-1", Role: approval.RoleClerk}},
		"director":   {{Office: "enterprise-1", Role: approval.RoleHead}},
		"acceptor":   {{Office: "bureau", Role: approval.RoleClerk}},
		"acceptor-2": {{Office: "bureau", Role: approval.RoleClerk}},
		"reviewer":   {{Office: "bureau", Role: approval.RoleReviewer}},
		"reviewer-2": {{Office: "bureau", Role: approval.RoleReviewer}},
		"head":       {{Office: "bureau", Role: approval.RoleHead}},
		"head-2":     {{Office: "bureau", Role: approval.RoleHead}},
		"street-1":   {{Office: "street-1", Role: approval.RoleHead}},
		"street-2":   {{Office: "street-2", Role: approval.RoleHead}},
		"street-3":   {{Office: "street-3", Role: approval.RoleHead}},
		"other":      {{Office: "enterprise-2", Role: approval.RoleClerk}},
		"supervisor": {{Office: "supervision", Role: approval.RoleSupervisor}},
		"both":       {{Office: "enterprise-1", Role: approval.RoleClerk}, {Office: "bureau", Role: approval.RoleClerk}, {Office: "bureau", Role: approval.RoleReviewer}, {Office: "bureau", Role: approval.RoleHead}},
		"twice":      {{Office: "enterprise-1", Role: approval.RoleHead}, {Office: "street-1", Role: approval.RoleHead}},
	}}
	s.gate = approvaltest.New(s, func() time.Time { s.now = s.now.Add(time.Hour); return s.now })
	s.submit(caseNo, sceneStages())
	return s
}

// submit starts a case; the scene's acts are on the newest one.
func (s *scene) submit(no string, stages []approval.Stage) {
	s.t.Helper()
	s.no = no
	if _, err := s.gate.Submit(approval.Submission{No: no, Type: "scene", Key: "submit", Office: "enterprise-1", Stages: stages,
		Actor: approval.Actor{Person: "clerk", Office: "enterprise-1", Role: approval.RoleClerk}, Facts: map[string]string{"restructured": "false"},
		Form: approval.Form{"note": raw("初稿")}, LineSet: &approval.LineSet{Version: 1, Digest: "digest-1", Count: 3}}); err != nil {
		s.t.Fatal(err)
	}
}

func raw(value any) json.RawMessage {
	body, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return body
}

func (s *scene) Offices(_ *approval.Case, signer approval.Signer) []string {
	if signer.EachOfLines {
		return []string{"street-1", "street-2"}
	}
	return offices[signer.OfficeKind][:1]
}

func (s *scene) Holds(person string, post approval.Post) bool {
	return slices.Contains(s.posts[person], post)
}

func (s *scene) StandsInFor(person, absent string, post approval.Post) bool {
	return slices.ContainsFunc(s.standIns[person], func(one approval.Substitution) bool {
		return one.Person == absent && one.Office == post.Office && (one.Role == "" || one.Role == post.Role)
	})
}

func (s *scene) fold() *approval.Case { return s.gate.Fold(s.no) }

// command is what a person sends who has just looked: the first task in their hands, or that they
// could take, and the words the act needs.
func (s *scene) command(person string, action approval.Action, changes ...func(*approval.Command)) approval.Command {
	s.acts++
	c := s.fold()
	command := approval.Command{Key: string(action) + "-" + string(rune('a'+s.acts%26)) + string(rune('a'+s.acts/26)), Action: action, Seen: c.Version, Actor: approval.Actor{Person: person}, Posts: s.posts[person], StandsInFor: s.standIns[person], Moment: s.now}
	switch action {
	case approval.ActionWithdraw, approval.ActionRecall, approval.ActionCC, approval.ActionRead, approval.ActionComment, approval.ActionAttach, approval.ActionChildrenFinished:
	default:
		if current := c.Current(); current != nil {
			for _, task := range current.Tasks {
				mine := slices.Contains(command.Posts, approval.Post{Office: task.Office, Role: task.Role})
				if command.TaskID == "" || mine && task.State == approval.TaskOpen {
					command.TaskID = task.ID
				}
			}
		}
	}
	command.Opinion, command.Clause = "情况属实", "S2.1"
	for _, change := range changes {
		change(&command)
	}
	return command
}

// try decides and commits one command, as the shell would on an idle case.
func (s *scene) try(command approval.Command) (approval.Entry, *approval.Error) {
	s.t.Helper()
	c := s.fold()
	entry, refusal := approval.Decide(c, command)
	if refusal != nil {
		return approval.Entry{}, refusal
	}
	committed, err := s.gate.Commit(s.no, c.Version, command.Key, &entry)
	if err != nil {
		s.t.Fatalf("commit %s: %v", command.Action, err)
	}
	if committed.Refusal != nil {
		return approval.Entry{}, committed.Refusal
	}
	return committed.Entries[len(committed.Entries)-1], nil
}

// act is try for what must succeed.
func (s *scene) act(person string, action approval.Action, changes ...func(*approval.Command)) approval.Entry {
	s.t.Helper()
	entry, refusal := s.try(s.command(person, action, changes...))
	if refusal != nil {
		s.t.Fatalf("%s by %s: %v %+v", action, person, refusal, refusal.Problems)
	}
	return entry
}

// approve signs the current stage with what it asks for.
func (s *scene) approve(person string) approval.Entry {
	s.t.Helper()
	return s.act(person, approval.ActionApprove, s.confirm)
}

// confirm fills in the form of the current stage.
func (s *scene) confirm(command *approval.Command) {
	c := s.fold()
	command.Form = approval.Form{}
	switch c.Current().Stage {
	case prepare:
		command.Form[approval.FieldMaterials] = raw([]string{"application"})
	case review:
		command.Form["form"], command.Form[approval.FieldLineSet] = raw("F1"), raw(c.LineSet.Name())
	}
}

// signers is who usually signs each stage.
var signers = map[string][]string{prepare: {"clerk"}, acceptance: {"acceptor"}, review: {"reviewer"}, decision: {"head"}, agreement: {"director", "street-1", "street-2"}, closing: {"director", "head"}}

// reach walks the case until a stage is open.
func (s *scene) reach(stage string) *scene {
	s.t.Helper()
	for range 20 {
		current := s.fold().Current()
		if current == nil {
			break
		}
		if current.Stage == stage {
			return s
		}
		if current.Wait != nil {
			s.finishChildren()
			continue
		}
		for _, person := range signers[current.Stage] {
			s.approve(person)
		}
	}
	s.t.Fatalf("stage %s was not reached", stage)
	return s
}

func (s *scene) finishChildren() {
	s.t.Helper()
	s.act(approval.SystemPerson, approval.ActionChildrenFinished, func(command *approval.Command) { command.Visit = s.fold().Current().ID })
}

// stage is where the case is; empty when it has ended.
func (s *scene) stage() string {
	if current := s.fold().Current(); current != nil {
		return current.Stage
	}
	return ""
}

func toStage(stage string, after approval.AfterReturn) func(*approval.Command) {
	return func(command *approval.Command) { command.ToStage, command.AfterReturn = stage, after }
}

func target(office, person string, kind approval.OfficeKind, roles ...approval.Role) func(*approval.Command) {
	return func(command *approval.Command) {
		command.Target = &approval.Target{Office: office, Person: person, OfficeKind: kind, Roles: roles}
	}
}

// examined fails on any broken invariant.
func (s *scene) examined() {
	s.t.Helper()
	for _, violation := range approval.Examine(s.fold(), s.gate.Entries(s.no)) {
		s.t.Errorf("invariant %d: %s", violation.Invariant, violation.Text)
	}
}
