package activities_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"testing"

	"github.com/xuri/excelize/v2"
	temporallog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"

	"jieli/activities"
	"jieli/approval"
	"jieli/internal/stacktest"
)

func TestMain(m *testing.M) { stacktest.Main(m) }

const clerk = "enterprise-1-clerk-1"

// keep stores an upload as the API does, without anybody checking it yet.
func keep(t *testing.T, s *stacktest.Database, id, name string, file []byte) {
	t.Helper()
	if _, err := s.CreateRoster(t.Context(), id, "enterprise-1", clerk, name, file, id); err != nil {
		t.Fatal(err)
	}
}

// work runs the background checks until the condition holds.
func work(t *testing.T, s *stacktest.Database, what string, holds func() bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	jobs := &activities.RosterJobs{Store: s.Store, Clock: s.Clock.Source(), Logger: slog.New(slog.DiscardHandler)}
	done := make(chan struct{})
	go func() { jobs.Run(ctx); close(done) }()
	stacktest.Until(t, what, holds)
	cancel()
	<-done
}

func state(s *stacktest.Database, id string) string {
	return stacktest.Value[string](s, `SELECT state FROM rosters WHERE id = $1`, id)
}

func levels(s *stacktest.Database, id string) string {
	return stacktest.Value[string](s, `SELECT coalesce(string_agg(row || ' ' || level, ', ' ORDER BY row), '') FROM roster_rows WHERE roster = $1`, id)
}

// A check that a restart cut off, before or in the middle of its rows, is done by the next process,
// and done once more it changes nothing.
func TestACutOffCheckIsTakenUp(t *testing.T) {
	s := stacktest.Demo(t)
	file := stacktest.RosterCSV(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, stacktest.Person{"身份证号": "1"}), stacktest.NewPerson(3, nil))
	keep(t, s, "cut-off", "名册.csv", file)
	for range 2 {
		work(t, s, "the check ends", func() bool { return state(s, "cut-off") == "checked" })
		if got := levels(s, "cut-off"); got != "2 ok, 3 blocker, 4 ok" {
			t.Errorf("the rows are %s", got)
		}
		s.Run(`UPDATE rosters SET state = 'checking' WHERE id = 'cut-off'`)
		s.Run(`DELETE FROM roster_rows WHERE row = 4`)
	}
}

// What is no roster fails with its reason, and does not hold up the next.
func TestAFailedCheckDoesNotHoldUpTheNext(t *testing.T) {
	s := stacktest.Demo(t)
	keep(t, s, "a-wrong", "程序.xlsx", []byte("MZ"))
	keep(t, s, "b-right", "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(1, nil)))
	work(t, s, "both checks end", func() bool { return state(s, "a-wrong") == "failed" && state(s, "b-right") == "checked" })
	if reason := stacktest.Value[string](s, `SELECT refusal->>'zh' FROM rosters WHERE id = 'a-wrong'`); reason == "" {
		t.Error("the refusal has no wording")
	}
}

// Redacting empties the rows of excluded persons in a workbook, keeps the others, and again changes nothing more.
func TestRedactEmptiesExcludedRows(t *testing.T) {
	s := stacktest.Demo(t)
	workbook := excelize.NewFile()
	gone, kept := stacktest.NewPerson(1, stacktest.Person{"姓名": "欧阳甄别"}), stacktest.NewPerson(2, nil)
	for i, row := range [][]any{{"姓名", "身份证号", "退休日期"}, {gone["姓名"], gone["身份证号"], gone["退休日期"]}, {kept["姓名"], kept["身份证号"], kept["退休日期"]}} {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := workbook.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var file bytes.Buffer
	if err := workbook.Write(&file); err != nil {
		t.Fatal(err)
	}
	keep(t, s, "upload", "名册.xlsx", file.Bytes())
	s.Run(`INSERT INTO cases(no, type, title, state, stage, version, head_hash, fold, office, region_path, roster, initiator, submitted_at)
		VALUES ('YJ-1', 'handover', '', 'open', '', 0, '', '{}', 'enterprise-1', '210106', 'upload', $1, now())`, clerk)
	redact := func() *excelize.File {
		t.Helper()
		if err := (&activities.Rosters{Store: s.Store}).Redact(t.Context(), "YJ-1"); err != nil {
			t.Fatal(err)
		}
		_, body, err := s.RosterFile(t.Context(), "upload")
		if err != nil {
			t.Fatal(err)
		}
		opened, err := excelize.OpenReader(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		return opened
	}
	value := func(f *excelize.File, cell string) string {
		text, _ := f.GetCellValue(f.GetSheetName(0), cell)
		return text
	}
	if before := redact(); value(before, "B2") != gone["身份证号"] {
		t.Error("a case without an exclusion had its upload changed")
	}
	s.Run(`INSERT INTO exclusions(case_no, row, clause, confirmed_by, at) VALUES ('YJ-1', 2, 'S2.3', 'x', now())`)
	for range 2 {
		after := redact()
		if value(after, "B2")+value(after, "C2") != "" || value(after, "A2") == gone["姓名"] {
			t.Errorf("the excluded row reads %q %q", value(after, "A2"), value(after, "B2"))
		}
		if value(after, "A3") != kept["姓名"] || value(after, "B3") != kept["身份证号"] {
			t.Error("another row was changed")
		}
	}
}

// unsteady starts cases and fails at one of them once.
type unsteady struct {
	started map[string]int
	failAt  int
}

func (u *unsteady) StartCase(_ context.Context, first approval.Entry) error {
	if u.failAt--; u.failAt == 0 {
		return errors.New("the connection broke")
	}
	u.started[first.Case]++
	return nil
}

// Starting child cases may break off anywhere and be run again: every child is made and started, once.
func TestChildrenAreStartedOnce(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	roster := system.Roster(clerk, "名册.csv", stacktest.RosterCSV(stacktest.NewPerson(1, nil), stacktest.NewPerson(2, stacktest.Person{"居住社区代码": "210106003006", "居住地址": "工人村街道劳模社区"}),
		stacktest.NewPerson(3, stacktest.Person{"居住社区代码": "210106001018"})))
	no := system.SubmitRoster(clerk, roster).No
	system.SignUntil(no, clerk, "agreement")
	// From here on the test does the worker's work.
	system.StopWorker()
	streets := stacktest.Value[int64](system.Database, `SELECT count(DISTINCT street) FROM lines WHERE case_no = $1`, no)
	fold, err := system.Case(t.Context(), no)
	if err != nil {
		t.Fatal(err)
	}
	if streets != 2 || fold.Current() == nil {
		t.Fatalf("%d streets", streets)
	}
	starter := &unsteady{started: map[string]int{}, failAt: 2}
	children := &activities.Children{Store: system.Store, Starter: starter}
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(temporallog.NewStructuredLogger(slog.New(slog.DiscardHandler)))
	run := func() error {
		environment := suite.NewTestActivityEnvironment()
		environment.RegisterActivity(children)
		_, err := environment.ExecuteActivity(children.Start, no)
		return err
	}
	if run() == nil {
		t.Error("the broken connection went unnoticed")
	}
	for range 2 {
		if err := run(); err != nil {
			t.Fatal(err)
		}
	}
	if made := stacktest.Value[int64](system.Database, `SELECT count(*) FROM cases WHERE parent = $1`, no); made != streets || int64(len(starter.started)) != streets {
		t.Errorf("%d children for %d streets, %v started", made, streets, starter.started)
	}
	for child, times := range starter.started {
		if times != 1 {
			t.Errorf("%s was started %d times", child, times)
		}
	}
	if open, err := children.Open(t.Context(), no); err != nil || int64(open) != streets {
		t.Errorf("%d children are open, %v", open, err)
	}
}
