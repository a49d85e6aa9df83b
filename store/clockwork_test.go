package store_test

import (
	"slices"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// on moves the clock to a moment in China.
func (s *scene) on(moment string) {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", moment, clock.Zone)
	if err != nil {
		s.t.Fatal(err)
	}
	s.Clock.Advance(at.Sub(s.Clock.Now()))
}

// does has a person act on the first task that is in their hands or could be.
func (s *scene) does(no, username string, action approval.Action, changes ...func(*approval.Command)) *approval.Error {
	s.t.Helper()
	command := s.command(no, username, action)
	posts := s.scope(username).Posts
	for _, task := range s.fold(no).Current().Tasks {
		if (task.State == approval.TaskOpen || task.State == approval.TaskWaiting) && slices.Contains(posts, approval.Post{Office: task.Office, Role: task.Role}) {
			command.TaskID = task.ID
		}
	}
	standIns, err := s.SubstitutionsOf(s.t.Context(), username, "")
	if err != nil {
		s.t.Fatal(err)
	}
	command.StandsInFor = view.Scope{StandIns: standIns}.Substitutions()
	command.Opinion, command.Moment = "情况说明", s.Clock.Now()
	for _, change := range changes {
		change(&command)
	}
	fold := s.fold(no)
	entry, refusal := approval.Decide(fold, command)
	if refusal != nil {
		return refusal
	}
	committed, err := s.Commit(s.t.Context(), no, fold.Version, command.Key, &entry)
	if err != nil {
		s.t.Fatal(err)
	}
	return committed.Refusal
}

// must fails on a refusal.
func (s *scene) must(refusal *approval.Error) {
	s.t.Helper()
	if refusal != nil {
		s.t.Fatalf("refused: %v %+v", refusal, refusal.Problems)
	}
}

func (s *scene) refused(code approval.Code, refusal *approval.Error) {
	s.t.Helper()
	if refusal == nil || refusal.Code != code {
		s.t.Fatalf("answered %v, want %s", refusal, code)
	}
}

// due is the day of the first task's deadline.
func (s *scene) due(no string) string {
	s.t.Helper()
	return s.fold(no).Current().Tasks[0].Due.In(clock.Zone).Format(time.DateOnly)
}

// The National Day of 2026: holidays from 1 to 7 October, worked on Saturday the 10th.
func TestASuspensionOverAHolidayMovesTheDeadline(t *testing.T) {
	s := newScene(t)
	s.on("2026-09-28 09:30")
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	if due := s.due(no); due != "2026-10-10" {
		t.Fatalf("due %s", due)
	}
	s.on("2026-09-29 10:00")
	s.must(s.does(no, bureau, approval.ActionSuspend, func(command *approval.Command) {
		until := time.Date(2026, 10, 9, 0, 0, 0, 0, clock.Zone)
		command.Reason, command.Until = "applicant", &until
	}))
	s.refused(approval.CodeSuspended, s.does(no, bureau, approval.ActionApprove))
	if holder := s.fold(no).Holder(); holder.Kind != approval.HolderApplicant || holder.Office != "enterprise-1" {
		t.Errorf("the time belongs to %+v", holder)
	}
	if paused := stacktest.Value[bool](s.Database, `SELECT paused AND next_reminder IS NULL FROM tasks WHERE case_no = $1 AND state = 'open'`, no); !paused {
		t.Error("reminders go on while the clock stands still")
	}
	timer := s.fold(no).Timer()
	if timer == nil || timer.Kind != approval.TimerResume {
		t.Fatalf("timer %+v", timer)
	}
	s.on("2026-10-09 00:00")
	s.must(s.does(no, bureau, approval.ActionExpire, func(command *approval.Command) {
		*command = approval.Command{Key: "timer", Action: approval.ActionExpire, Visit: timer.Visit, Moment: timer.At, Actor: approval.Actor{Person: approval.SystemPerson}}
	}))
	// 30 September and 8 October were lost: 29 September, 9, 10, 12 and 13 October count.
	rule := s.fold(no).Current().Tasks[0].DueRule
	if due := s.due(no); due != "2026-10-13" || !slices.Equal(rule.Counted, []string{"2026-09-29", "2026-10-09", "2026-10-10", "2026-10-12", "2026-10-13"}) {
		t.Fatalf("due %s, counted %v", due, rule.Counted)
	}
	s.clean()
}

func TestAnExtensionIsGrantedOnce(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	first := *s.fold(no).Current().Tasks[0].Due
	extend := func(username string, days int) *approval.Error {
		return s.does(no, username, approval.ActionExtend, func(command *approval.Command) {
			due := first.AddDate(0, 0, days)
			command.TaskID, command.Due = s.fold(no).Current().Tasks[0].ID, &due
		})
	}
	s.refused(approval.CodeForbidden, extend(bureau, 7))
	s.refused(approval.CodeInvalidInput, extend("bureau-head-1", -1))
	s.must(extend("bureau-head-1", 7))
	if due := *s.fold(no).Current().Tasks[0].Due; !due.Equal(first.AddDate(0, 0, 7)) {
		t.Errorf("due %s", due)
	}
	s.refused(approval.CodeAlreadyExtended, extend("bureau-head-2", 14))
	s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ('extensions_allowed', '210106', '2026-01-01', 1, '2', '区政府文件')`)
	s.must(extend("bureau-head-2", 14))
	s.Clock.Advance(60 * 24 * time.Hour)
	s.refused(approval.CodeDeadlinePassed, extend("bureau-head-1", 90))
	s.clean()
}

func TestUrgingHasACoolDown(t *testing.T) {
	s := newScene(t)
	s.on("2026-11-27 15:00") // a Friday
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	urge := func(username string) *approval.Error {
		return s.does(no, username, approval.ActionUrge, func(command *approval.Command) { command.TaskID = "" })
	}
	s.refused(approval.CodeForbidden, urge(reviewer))
	s.must(urge(clerk))
	s.on("2026-11-29 15:00")
	s.refused(approval.CodeCoolDown, urge("supervision-supervisor-1"))
	s.on("2026-11-30 14:59")
	s.refused(approval.CodeCoolDown, urge(clerk))
	s.on("2026-11-30 15:01")
	s.must(urge("supervision-supervisor-1"))
	if urged := stacktest.Value[int](s.Database, `SELECT urged FROM tasks WHERE case_no = $1 AND state = 'open'`, no); urged != 2 {
		t.Errorf("urged %d times", urged)
	}
	told := stacktest.Value[[]string](s.Database, `SELECT array_agg(DISTINCT person ORDER BY person) FROM notices WHERE case_no = $1 AND kind = 'urged'`, no)
	if !slices.Contains(told, bureau) || !slices.Contains(told, "bureau-head-1") {
		t.Errorf("told %v", told)
	}
	s.clean()
}

func TestASupervisionIsAnsweredByTheHead(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	s.signUntil(no, procedures.StageScreening)
	s.refused(approval.CodeForbidden, s.does(no, bureau, approval.ActionSupervise, func(command *approval.Command) { command.TaskID = "" }))
	s.must(s.does(no, "supervision-supervisor-1", approval.ActionSupervise, func(command *approval.Command) { command.TaskID = "" }))
	supervision := s.fold(no).Supervisions[0]
	if supervision.Kind != approval.SupervisionRequest || supervision.Due == nil {
		t.Errorf("an organisation department gets a letter: %+v", supervision)
	}
	items, _, err := s.Tasks(t.Context(), s.scope("organisation-head-1"), filterOf("claimable"))
	if err != nil || !slices.ContainsFunc(items, func(item view.TaskItem) bool { return item.ID == supervision.ID && item.Kind == "supervision" }) {
		t.Fatalf("the head's inbox holds %v (%v)", items, err)
	}
	answer := func(username string) *approval.Error {
		return s.does(no, username, approval.ActionResolve, func(command *approval.Command) { command.TaskID = supervision.ID })
	}
	s.refused(approval.CodeNoRole, answer(screener))
	s.clean()
	s.must(answer("organisation-head-1"))
	s.refused(approval.CodeWrongState, answer("organisation-head-1"))
	if signed := stacktest.Value[string](s.Database, `SELECT signed_by FROM tasks WHERE id = $1`, supervision.ID); signed != "organisation-head-1" {
		t.Errorf("answered by %s", signed)
	}
	s.clean()
}

func TestASubstituteSignsAndTheJournalNamesBoth(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	s.must(s.does(no, bureau, approval.ActionClaim))
	substitute := "bureau-reviewer-1"
	s.refused(approval.CodeNoRole, s.does(no, substitute, approval.ActionClaim))
	if err := s.AddSubstitution(t.Context(), view.NewSubstitution{ID: "absence", Person: bureau, Substitute: substitute, Office: "bureau", From: "2026-11-24", To: "2026-12-24", By: bureau}); err != nil {
		t.Fatal(err)
	}
	scope := s.scope(substitute)
	var err error
	if scope.StandIns, err = s.SubstitutionsOf(t.Context(), substitute, ""); err != nil {
		t.Fatal(err)
	}
	items, _, err := s.Tasks(t.Context(), scope, filterOf("todo"))
	if err != nil || !slices.Contains(caseNumbers(items), no) {
		t.Fatalf("the substitute's inbox holds %v (%v)", items, err)
	}
	s.must(s.does(no, substitute, approval.ActionApprove, func(command *approval.Command) { command.Form["materialsVerified"] = []byte("true") }))
	journal, err := s.Journal(t.Context(), s.scope(bureau), no)
	if err != nil {
		t.Fatal(err)
	}
	last := journal[len(journal)-1].Entry.Actor
	if last.Person != substitute || last.For != bureau || last.ForName == "" {
		t.Errorf("the journal names %+v", last)
	}
	s.clean()
	// Who stood in at the time is what counts, whatever is revoked later.
	if err := s.RevokeSubstitution(t.Context(), "absence", bureau); err != nil {
		t.Fatal(err)
	}
	s.clean()
}

func TestAnEscalatedTaskIsTheHeadsToTake(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	timer := s.fold(no).Timer()
	s.Clock.Advance(timer.At.Sub(s.Clock.Now()))
	s.must(s.does(no, bureau, approval.ActionExpire, func(command *approval.Command) {
		*command = approval.Command{Key: "timer", Action: approval.ActionExpire, Visit: timer.Visit, Moment: timer.At, Actor: approval.Actor{Person: approval.SystemPerson}}
	}))
	items, _, err := s.Tasks(t.Context(), s.scope("bureau-head-1"), filterOf("claimable"))
	if err != nil || !slices.Contains(caseNumbers(items), no) {
		t.Fatalf("the head's inbox holds %v (%v)", items, err)
	}
	s.must(s.does(no, "bureau-head-1", approval.ActionApprove, func(command *approval.Command) {
		command.TaskID, command.Form["materialsVerified"] = s.fold(no).Current().Tasks[0].ID, []byte("true")
	}))
	s.clean()
}

func TestRemindersAreSentOnceEach(t *testing.T) {
	s := newScene(t)
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	remind := func(want int) {
		t.Helper()
		if sent, err := s.Remind(t.Context(), 10); err != nil || sent != want {
			t.Fatalf("%d reminders (%v), want %d", sent, err, want)
		}
	}
	remind(0)
	for i, moment := range s.fold(no).Current().Tasks[0].Reminders {
		s.Clock.Advance(moment.Add(time.Second).Sub(s.Clock.Now()))
		remind(1)
		remind(0)
		kind := []string{"reminder_70", "reminder_100", "reminder_150"}[i]
		if told := stacktest.Value[int](s.Database, `SELECT count(*)::int FROM notices WHERE case_no = $1 AND kind = $2 AND person = $3`, no, kind, bureau); told != 1 {
			t.Errorf("%s was sent %d times", kind, told)
		}
	}
}

// TestALongOverdueCaseIsToldToTheCity as well as to the district: whoever supervises above supervises it.
func TestALongOverdueCaseIsToldToTheCity(t *testing.T) {
	s := newScene(t)
	s.Run(`INSERT INTO offices(id, kind, name, region, path) VALUES ('city', 'supervision', '沈阳市政府督查室', '210100', '210100')`)
	s.Run(`INSERT INTO users(id, username, name, password_hash) VALUES ('city-supervisor', 'city-supervisor', '某某', '')`)
	s.Run(`INSERT INTO posts(person, office, role) VALUES ('city-supervisor', 'city', 'supervisor')`)
	no := s.submit(1)
	s.signUntil(no, procedures.StageAcceptance)
	for range 2 {
		timer := s.fold(no).Timer()
		s.Clock.Advance(timer.At.Sub(s.Clock.Now()))
		s.must(s.does(no, bureau, approval.ActionExpire, func(command *approval.Command) {
			*command = approval.Command{Key: stacktest.NextKey(), Action: approval.ActionExpire, Visit: timer.Visit, Moment: timer.At, Actor: approval.Actor{Person: approval.SystemPerson}}
		}))
	}
	told := stacktest.Value[[]string](s.Database, `SELECT array_agg(person ORDER BY person) FROM notices WHERE case_no = $1 AND kind = 'escalated'`, no)
	for _, person := range []string{"city-supervisor", "supervision-supervisor-1", "bureau-head-1"} {
		if !slices.Contains(told, person) {
			t.Errorf("%s was not told; told were %v", person, told)
		}
	}
}
