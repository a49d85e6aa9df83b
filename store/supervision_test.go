package store_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

const supervisor = "supervision-supervisor-1"

// filterFrom reads the filter that a number of the board carries.
func filterFrom(t *testing.T, query string) view.SupervisionFilter {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil || values.Get("measure") == "" {
		t.Fatalf("the filter %q cannot be read (%v)", query, err)
	}
	return view.SupervisionFilter{Measure: values.Get("measure"), Office: values.Get("office"), Bucket: values.Get("bucket"), Type: values.Get("type"), Stage: values.Get("stage"), Person: values.Get("person")}
}

// lists reads every page of a filter, two rows at a time.
func (s *scene) lists(number view.Number) []string {
	s.t.Helper()
	filter := filterFrom(s.t, number.Filter)
	filter.Limit = 2
	var rows []string
	for {
		list, next, total, err := s.Stuck(s.t.Context(), s.scope(supervisor), filter)
		if err != nil {
			s.t.Fatalf("%s: %v", number.Filter, err)
		}
		if total != number.Count {
			s.t.Errorf("%s: the number says %d, its list %d", number.Filter, number.Count, total)
		}
		for _, one := range list {
			rows = append(rows, one.No+"/"+one.Task)
		}
		if filter.After = next; next == "" {
			break
		}
	}
	if len(rows) != number.Count {
		s.t.Errorf("%s: the number says %d, %d rows are listed", number.Filter, number.Count, len(rows))
	}
	if len(slices.Compact(slices.Sorted(slices.Values(rows)))) != len(rows) {
		s.t.Errorf("%s lists a row twice: %v", number.Filter, rows)
	}
	return rows
}

// numbers are all numbers of the board, by filter.
func (s *scene) numbers() map[string]view.Number {
	s.t.Helper()
	found := map[string]view.Number{}
	add := func(numbers ...view.Number) {
		for _, number := range numbers {
			found[number.Filter] = number
		}
	}
	ctx, scope := s.t.Context(), s.scope(supervisor)
	summary, err := s.Summary(ctx, scope)
	if err != nil {
		s.t.Fatal(err)
	}
	add(summary.Open, summary.DueToday, summary.Overdue, summary.Stuck, summary.ClosedNow)
	for _, cause := range summary.Causes {
		add(cause.Number)
	}
	bottlenecks, err := s.Bottlenecks(ctx, scope)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, one := range bottlenecks {
		add(one.Open)
	}
	offices, err := s.Ageing(ctx, scope, view.SupervisionFilter{})
	if err != nil {
		s.t.Fatal(err)
	}
	rows := slices.Clone(offices)
	for _, office := range offices {
		stages, err := s.Ageing(ctx, scope, view.SupervisionFilter{Office: office.Office})
		if err != nil {
			s.t.Fatal(err)
		}
		sum := 0
		for _, stage := range stages {
			sum += stage.Total.Count
			persons, err := s.Ageing(ctx, scope, view.SupervisionFilter{Office: office.Office, Type: stage.Type, Stage: stage.Stage})
			if err != nil {
				s.t.Fatal(err)
			}
			rows = append(rows, persons...)
		}
		if sum != office.Total.Count {
			s.t.Errorf("%s has %d open tasks, its stages %d", office.Office, office.Total.Count, sum)
		}
		rows = append(rows, stages...)
	}
	for _, row := range rows {
		sum := 0
		for _, cell := range row.Cells {
			add(cell.Number)
			sum += cell.Count
		}
		add(row.Total)
		if !row.Neutral && sum != row.Total.Count {
			s.t.Errorf("the cells of %s add up to %d of %d", row.Total.Filter, sum, row.Total.Count)
		}
	}
	return found
}

// TestEveryNumberOpensExactlyItsCases, whatever state the cases are in.
func TestEveryNumberOpensExactlyItsCases(t *testing.T) {
	s := newScene(t)
	s.on("2026-11-02 09:00")
	for n := range 6 {
		no := s.submit(n + 1)
		if n > 0 {
			s.signUntil(no, procedures.StageAcceptance)
		}
		if n > 3 {
			s.must(s.does(no, bureau, approval.ActionClaim))
		}
		if n == 5 {
			s.must(s.does(no, bureau, approval.ActionSuspend, func(command *approval.Command) { command.Reason, command.Body = "reply", "原主管单位" }))
		}
	}
	for _, moment := range []string{"2026-11-02 10:00", "2026-11-06 10:00", "2026-11-09 08:00", "2026-11-10 12:00", "2026-11-13 10:00", "2026-11-27 10:00"} {
		s.on(moment)
		for _, number := range s.numbers() {
			s.lists(number)
		}
	}
	s.clean()
}

// stuckFor is the cases listed for a cause.
func (s *scene) stuckFor(cause string) []string {
	s.t.Helper()
	list, _, _, err := s.Stuck(s.t.Context(), s.scope(supervisor), view.SupervisionFilter{Measure: cause, Limit: 50})
	if err != nil {
		s.t.Fatal(err)
	}
	var nos []string
	for _, one := range list {
		if !slices.Contains(one.Causes, cause) {
			s.t.Errorf("%s is listed for %s and shown for %v", one.No, cause, one.Causes)
		}
		if one.Sentence.ZH == "" || one.Sentence.EN == "" || !strings.HasSuffix(one.Sentence.ZH, "。") {
			s.t.Errorf("%s says nothing of itself: %+v", one.No, one.Sentence)
		}
		nos = append(nos, one.No)
	}
	return nos
}

// TestACaseIsStuckForEachCauseAndNoLonger: for each cause a case is made stuck, listed with its
// reason, and off the list once somebody has done what unblocks it.
func TestACaseIsStuckForEachCauseAndNoLonger(t *testing.T) {
	s := newScene(t)
	s.on("2026-11-02 09:00")
	accepting := func(n int) string {
		no := s.submit(n)
		s.signUntil(no, procedures.StageAcceptance)
		return no
	}
	returned := func(no string) {
		t.Helper()
		s.must(s.does(no, bureau, approval.ActionReturn, func(command *approval.Command) {
			command.ToStage, command.AfterReturn = procedures.StagePrepare, approval.AfterReturnHere
		}))
	}
	for n, trial := range []struct {
		cause          string
		make, unblocks func(no string)
	}{
		{"overdue_70", func(string) { s.on("2026-11-07 10:00") }, func(no string) { s.sign(no) }},
		{"overdue_100", func(string) { s.on("2026-11-10 10:00") }, func(no string) { s.sign(no) }},
		{"overdue_150", func(string) { s.on("2026-11-16 10:00") }, func(no string) { s.sign(no) }},
		{"no_officer", func(string) {
			s.Run(`UPDATE posts SET valid_to = '2026-11-01' WHERE office = 'bureau' AND role = 'clerk'`)
		},
			func(string) { s.Run(`UPDATE posts SET valid_to = NULL WHERE office = 'bureau' AND role = 'clerk'`) }},
		{"returned", func(no string) { returned(no); s.sign(no); returned(no) }, func(no string) {
			s.sign(no)
			s.sign(no)
		}},
		{"shuttled", func(no string) { returned(no); s.sign(no); returned(no) }, func(no string) {
			s.sign(no)
			s.sign(no)
		}},
		{"shuttled", func(no string) { returned(no); s.sign(no); returned(no) }, func(no string) { s.must(s.does(no, clerk, approval.ActionWithdraw)) }},
		{"receipt_missing", func(no string) {
			s.must(s.does(no, supervisor, approval.ActionSupervise, func(command *approval.Command) { command.TaskID = "" }))
			s.on("2026-11-09 10:00")
		}, func(no string) {
			s.must(s.does(no, "bureau-head-1", approval.ActionResolve, func(command *approval.Command) { command.TaskID = s.fold(no).Supervisions[0].ID }))
		}},
		{"receipt_missing", func(no string) {
			s.must(s.does(no, bureau, approval.ActionSuspend, func(command *approval.Command) { command.Reason, command.Body = "reply", "原主管单位" }))
			s.on("2026-11-20 10:00")
		}, func(no string) { s.must(s.does(no, bureau, approval.ActionResume)) }},
		{"idle", func(string) { s.on("2026-11-18 10:00") }, func(no string) {
			s.must(s.does(no, bureau, approval.ActionComment, func(command *approval.Command) { command.TaskID = "" }))
		}},
		{"fault", func(no string) { s.Run(`UPDATE cases SET fault = 'technical' WHERE no = $1`, no) }, func(no string) { s.Run(`UPDATE cases SET fault = NULL WHERE no = $1`, no) }},
	} {
		t.Run(fmt.Sprint(n, " ", trial.cause), func(t *testing.T) {
			s.on("2026-11-02 09:00")
			no := accepting(n + 20)
			if slices.Contains(s.stuckFor(trial.cause), no) {
				t.Fatal("it is stuck from the beginning")
			}
			trial.make(no)
			if !slices.Contains(s.stuckFor(trial.cause), no) {
				t.Fatal("it is not listed")
			}
			trial.unblocks(no)
			if slices.Contains(s.stuckFor(trial.cause), no) {
				t.Fatal("it is still listed")
			}
		})
	}
	s.clean()
}

// TestChildrenHoldUpTheirParent until the late one is done.
func TestChildrenHoldUpTheirParent(t *testing.T) {
	s := newScene(t)
	s.on("2026-11-02 09:00")
	no := s.submitRoster(s.roster(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, nil)))
	s.signUntil(no, procedures.StageIntakes)
	if _, err := s.CreateChildren(t.Context(), no, func(int, int) {}); err != nil {
		t.Fatal(err)
	}
	if slices.Contains(s.stuckFor("children"), no) {
		t.Fatal("it is stuck from the beginning")
	}
	s.Clock.Advance(60 * 24 * time.Hour)
	if !slices.Contains(s.stuckFor("children"), no) {
		t.Fatal("it is not listed")
	}
	list, _, _, err := s.Stuck(t.Context(), s.scope(supervisor), view.SupervisionFilter{Measure: "children", Limit: 50})
	if err != nil || len(list) != 1 || list[0].Child == nil || !strings.Contains(list[0].Sentence.ZH, list[0].Child.No) {
		t.Fatalf("the row does not name the child that is late: %+v (%v)", list, err)
	}
	child := list[0].Child
	if view, task := s.fold(child.No).Task(child.Task); view == nil || task == nil {
		t.Fatalf("%s has no task %s", child.No, child.Task)
	}
	s.sign(child.No)
	if slices.Contains(s.stuckFor("children"), no) {
		t.Fatal("it is still listed")
	}
}

// TestAnotherDistrictsBoardIsEmpty: the board shows the districts somebody supervises, and no others.
func TestAnotherDistrictsBoardIsEmpty(t *testing.T) {
	s := newScene(t)
	s.submit(1)
	scope := s.scope(supervisor)
	scope.Paths = []string{"210103"}
	summary, err := s.Summary(t.Context(), scope)
	if err != nil || summary.Open.Count != 0 {
		t.Errorf("%d open cases (%v)", summary.Open.Count, err)
	}
	rows, err := s.Ageing(t.Context(), scope, view.SupervisionFilter{})
	if err != nil || len(rows) != 0 {
		t.Errorf("%v (%v)", rows, err)
	}
}
