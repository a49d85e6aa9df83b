package stacktest

import (
	"fmt"
	"net/http"
	"slices"
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
		answer := s.As(username).Send(http.MethodPost, "/cases/"+no+"/actions", Approval(seen, seen.Tasks[index]))
		switch {
		case answer.Status == http.StatusOK:
			return
		case n == 1 && (answer.Problem().Code == "conflict_of_duties" || answer.Problem().Code == "not_owner"):
			continue
		}
		s.t.Fatalf("%s could not sign %s of %s: %d %s", username, task.Stage, no, answer.Status, answer.Body)
	}
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
