package stacktest

import (
	"fmt"
	"maps"
	"net/http"
	"slices"

	"jieli/procedures"
)

// Submit hands one person of an enterprise over and returns the new case.
func (s *System) Submit(clerk string, person map[string]string) Case {
	s.t.Helper()
	var submitted Case
	s.As(clerk).Send(http.MethodPost, "/cases", map[string]any{"type": "handover", "form": map[string]any{"person": person}}).Expect(http.StatusCreated).Read(&submitted)
	return submitted
}

// OnePerson is the data of the n-th person, as POST /cases takes one.
func OnePerson(n int) map[string]string {
	person := NewPerson(n, nil)
	return map[string]string{"name": person["姓名"], "id_number": person["身份证号"], "retirement_date": person["退休日期"], "residence_code": person["居住社区代码"],
		"residence_address": person["居住地址"], "phone": person["联系电话"]}
}

// Roster uploads a roster, waits for its check and returns its id.
func (s *System) Roster(clerk, name string, content []byte) string {
	s.t.Helper()
	client := s.As(clerk)
	var roster struct{ ID, State string }
	client.Upload(http.MethodPost, "/rosters", name, content).Expect(http.StatusAccepted).Read(&roster)
	Until(s.t, "the roster is checked", func() bool {
		client.Get("/rosters/" + roster.ID).Expect(http.StatusOK).Read(&roster)
		return roster.State != "checking"
	})
	return roster.ID
}

// SubmitRoster hands a roster over and returns the new case.
func (s *System) SubmitRoster(clerk, roster string) Case {
	s.t.Helper()
	var submitted Case
	s.As(clerk).Send(http.MethodPost, "/cases", map[string]any{"type": "handover", "rosterId": roster}).Expect(http.StatusCreated).Read(&submitted)
	return submitted
}

// Read reads a case as somebody sees it.
func (s *System) Read(username, no string) Case {
	s.t.Helper()
	var found Case
	s.As(username).Get("/cases/" + no).Expect(http.StatusOK).Read(&found)
	return found
}

// Approval is the body that confirms what the system proposes for a task.
func Approval(seen Case, task Task) map[string]any {
	return map[string]any{"action": "approve", "taskId": task.ID, "seen": seen.Version, "form": task.Form.Proposal, "opinion": "同意"}
}

// Sign confirms every open task of the case's present stage, each by the first holder of the role
// who may, and returns the case as it is then.
func (s *System) Sign(no, reader string) Case {
	s.t.Helper()
	for _, task := range s.Read(reader, no).Tasks {
		if task.State == "open" {
			if task.Stage == procedures.StagePartyCheck {
				s.CarryParties(fmt.Sprintf("%s-%s-1", task.Office, task.Role))
			}
			s.signTask(no, task)
		}
	}
	return s.Read(reader, no)
}

func (s *System) signTask(no string, task Task) {
	s.t.Helper()
	for n := 1; n <= 2; n++ {
		username := fmt.Sprintf("%s-%s-%d", task.Office, task.Role, n)
		seen := s.Read(username, no)
		index := slices.IndexFunc(seen.Tasks, func(each Task) bool { return each.ID == task.ID })
		body := Approval(seen, seen.Tasks[index])
		if given := circumstances[task.Stage]; given != nil {
			form := maps.Clone(seen.Tasks[index].Form.Proposal)
			maps.Copy(form, given)
			body["form"] = form
		}
		answer := s.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", body)
		switch {
		case answer.Status == http.StatusOK:
			return
		case n == 1 && (answer.Problem().Code == "conflict_of_duties" || answer.Problem().Code == "not_owner"):
			continue
		}
		s.t.Fatalf("%s could not sign %s of %s: %d %s", username, task.Stage, no, answer.Status, answer.Body)
	}
}

// CarryParties confirms what the system proposes in every Party transfer that an organiser sees, until all have ended.
func (s *System) CarryParties(organiser string) {
	s.t.Helper()
	var open struct{ Items []Case }
	s.As(organiser).Get("/cases?type=party&state=open&limit=200").Expect(http.StatusOK).Read(&open)
	for _, each := range open.Items {
		for found := s.Read(organiser, each.No); found.State == "open"; found = s.Read(organiser, each.No) {
			for _, task := range found.Tasks {
				if task.State == "open" {
					s.signTask(each.No, task)
				}
			}
		}
	}
}

// circumstances answer what the rule for a member's relation has to know, and what the branch and the receipt are called.
var circumstances = map[string]map[string]any{
	procedures.StagePartyPreparation: {"rehired": false, "employedElsewhere": false, "awayMonths": 0, "duesPaidTo": "2026-10"},
	procedures.StagePartyReception:   {"branch": "第一党支部"},
	procedures.StagePartyReceipt:     {"receiptNumber": "HZ-1"},
}

// SignUntil confirms stage after stage until the case stands at one.
func (s *System) SignUntil(no, reader, stage string) Case {
	s.t.Helper()
	for found := s.Read(reader, no); ; {
		if found.Stage == stage {
			return found
		}
		if found.State != "open" || len(found.Tasks) == 0 {
			s.t.Fatalf("case %s stands at %q (%s) and never came to %s", no, found.Stage, found.State, stage)
		}
		found = s.Sign(no, reader)
	}
}

// Carry confirms what the system proposes at every desk, child cases included, until the case has ended.
func (s *System) Carry(no, reader string) Case {
	s.t.Helper()
	var found Case
	Until(s.t, "case "+no+" ends", func() bool {
		if found = s.Read(reader, no); found.State != "open" {
			return true
		}
		if slices.ContainsFunc(found.Tasks, func(task Task) bool { return task.State == "open" }) {
			s.Sign(no, reader)
			return false
		}
		var children struct{ Items []Case }
		s.As(reader).Get("/cases/" + no + "/children?state=open&limit=200").Expect(http.StatusOK).Read(&children)
		for _, child := range children.Items {
			s.Carry(child.No, reader)
		}
		return false
	})
	return found
}
