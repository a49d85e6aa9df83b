package store_test

import (
	"encoding/json"
	"testing"

	"jieli/approval"
	"jieli/internal/stacktest"
	"jieli/internal/view"
	"jieli/procedures"
)

// apart has archives and Party relations set out on their own, as a place may choose.
func (s *scene) apart() {
	s.t.Helper()
	for _, setting := range []string{procedures.SettingArchivesWithHandover, procedures.SettingPartyWithHandover} {
		s.Run(`INSERT INTO settings(name, region, valid_from, version, value, source) VALUES ($1, '210106', '2003-06-06', 1, '"no"', '试验') ON CONFLICT DO NOTHING`, setting)
	}
}

// ended signs a case to its end.
func (s *scene) ended(no string) {
	s.t.Helper()
	for !s.fold(no).Ended() {
		s.sign(no)
	}
}

// The archives of a batch set out as its people are allocated to streets: those of ordinary retirees,
// that are still with the enterprise. Each has its result, and the handover closes over all of them.
func TestArchivesSetOutWithTheHandover(t *testing.T) {
	s := newScene(t)
	shelved := stacktest.NewPerson(1, nil)
	s.retired(shelved)
	s.ended(s.mustTransfer(stacktest.Value[string](s.Database, `SELECT id FROM persons`)))
	s.Run(`DELETE FROM settings WHERE name = $1`, procedures.SettingArchivesWithHandover)

	// Handed over anew, as after a move back: the archive is on its shelf already.
	s.Run(`UPDATE persons SET community = NULL, handed_over_on = NULL`)
	no := s.submitRoster(s.roster(shelved, stacktest.NewPerson(2, stacktest.Person{"干部管理类别": "县级以上党委管理干部"}), stacktest.NewPerson(3, nil), stacktest.NewPerson(4, nil)))
	s.signUntil(no, procedures.StageScreening)
	correct := s.command(no, screener, approval.ActionCorrect)
	correct.Lines = []approval.LineEdit{{Line: no + ".3", Field: "cadre_class", Value: "county"}}
	s.act(no, correct)
	s.signUntil(no, procedures.StageIntakes)
	children := s.children(no)
	if again := s.children(no); len(children) != 2 || len(again) != 2 {
		t.Fatalf("the children are %v, and %v when asked for again", children, again)
	}
	transfer := s.fold(children[1])
	if transfer.Type != procedures.TypeArchive || transfer.LineSet.Count != 2 || transfer.Current().Tasks[0].Office != "enterprise-1" {
		t.Fatalf("the transfer is %+v", transfer)
	}
	cell := func(username string, row int) string {
		t.Helper()
		return s.lines(username, no, view.LineFilter{})[row-2].Cells["archive"]
	}
	if states := cell(clerk, 2) + cell(clerk, 3) + cell(clerk, 4); states != "nonenoneopen" {
		t.Errorf("under way the archives stand at %s", states)
	}
	// Who takes no part in the transfer has no column for it.
	if state := cell("agency-clerk-1", 4); state != "" {
		t.Errorf("the agency sees an archive that is %s", state)
	}

	s.ended(children[1])
	if open, err := s.ChildrenOpen(t.Context(), no); err != nil || open != 1 {
		t.Errorf("%d children are open after the archives are shelved (%v)", open, err)
	}
	if state := cell(clerk, 4); state != "done" {
		t.Errorf("shelved, the archive is %s", state)
	}
	s.signUntil(children[0], procedures.StageReceptions)
	for _, reception := range s.children(children[0]) {
		s.ended(reception)
	}
	s.finish(children[0])
	s.ended(children[0])
	s.finish(no)
	s.signUntil(no, procedures.StageClosing)
	var results []struct {
		Outcome string
		Count   int
	}
	_ = json.Unmarshal(s.fold(no).Current().Tasks[0].Proposal["archives"], &results)
	if len(results) != 1 || results[0].Outcome != string(procedures.ArchiveAccepted) || results[0].Count != 2 {
		t.Errorf("the closing sums the archives up as %+v", results)
	}
	s.ended(no)
	s.clean()
}

// finish ends the wait of a case whose children have ended.
func (s *scene) finish(no string) {
	s.t.Helper()
	current := s.fold(no).Current()
	s.act(no, approval.Command{Key: stacktest.NextKey(), Action: approval.ActionChildrenFinished, Visit: current.ID, Actor: approval.Actor{Person: approval.SystemPerson}})
}

// A handover that began at a community's counter sends the archive from the enterprise all the same.
func TestTheEnterpriseSendsTheArchives(t *testing.T) {
	s := newScene(t)
	new := s.one(1)
	new.Submission.Office = "community-001017"
	entry, err := s.Submit(t.Context(), new)
	if err != nil {
		t.Fatal(err)
	}
	s.signUntil(entry.Case, procedures.StageIntakes)
	transfer := s.fold(s.children(entry.Case)[1])
	if transfer.Office != "enterprise-1" || transfer.Subject == "" {
		t.Errorf("the transfer of %q is %s's", transfer.Subject, transfer.Office)
	}
	if stacktest.Value[bool](s.Database, `SELECT EXISTS (SELECT FROM case_access WHERE case_no = $1 AND office = 'community-001017')`, transfer.No) {
		t.Error("the community takes part in the transfer")
	}
}

// Where a place has archives set out apart, a handover has none beside its intakes.
func TestArchivesSetOutApart(t *testing.T) {
	s := newScene(t)
	s.apart()
	no := s.submit(1)
	s.signUntil(no, procedures.StageIntakes)
	if children := s.children(no); len(children) != 1 {
		t.Errorf("the children are %v", children)
	}
}
