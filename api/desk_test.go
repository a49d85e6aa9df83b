package api_test

import (
	"net/http"
	"strings"
	"testing"

	"jieli/internal/stacktest"
)

// Views, drafts and phrases from the first save to the last delete, and what is refused on the way.
func TestTheDesk(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	found := s.Submit(clerk, stacktest.OnePerson(1))
	c := s.As(clerk)
	remove := func(path string) *stacktest.Answer { return c.Do(c.Request(http.MethodDelete, path, "", nil)) }

	var kept struct{ ID, Name, OfficeName string }
	c.Send(http.MethodPost, "/views", map[string]string{"name": " 急件 ", "page": "inbox", "query": "?box=todo&due=soon", "office": "enterprise-1"}).Expect(http.StatusOK).Read(&kept)
	if kept.Name != "急件" || kept.OfficeName == "" {
		t.Errorf("kept is %+v", kept)
	}
	for name, body := range map[string]map[string]string{"no name": {"name": " ", "page": "inbox", "query": ""}, "another office": {"name": "x", "page": "inbox", "query": "", "office": "bureau"},
		"no such page": {"name": "x", "page": "moon", "query": ""}, "no filters": {"name": "x", "page": "inbox", "query": "%zz"}} {
		if answer := c.Send(http.MethodPost, "/views", body); answer.Status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", name, answer.Status)
		}
	}
	c.Send(http.MethodPut, "/views/"+kept.ID, map[string]string{"name": "很急", "query": "box=todo"}).Expect(http.StatusOK)
	var list struct {
		Items []struct{ Name, Query string }
	}
	s.As(reviewer).Get("/views?page=inbox").Expect(http.StatusOK).Read(&list)
	if len(list.Items) != 0 {
		t.Errorf("no longer shared, but seen: %v", list.Items)
	}
	remove("/views/" + kept.ID).Expect(http.StatusNoContent)

	path := "/drafts/" + found.Tasks[0].ID
	c.Send(http.MethodPut, path, map[string]any{"basis": 1, "form": map[string]any{"note": "一半"}, "opinion": "先写"}).Expect(http.StatusOK)
	var draft struct {
		Draft *struct {
			Form    map[string]string
			Opinion string
		}
	}
	c.Get(path).Expect(http.StatusOK).Read(&draft)
	if draft.Draft == nil || draft.Draft.Form["note"] != "一半" || draft.Draft.Opinion != "先写" {
		t.Errorf("the draft is %+v", draft.Draft)
	}
	if answer := c.Send(http.MethodPut, path, map[string]any{"basis": 1, "form": map[string]any{"note": strings.Repeat("长", 100_000)}}); answer.Status != http.StatusRequestEntityTooLarge {
		t.Errorf("a draft of 300 kB: %d", answer.Status)
	}
	c.Send(http.MethodPost, "/cases/"+found.No+"/actions", stacktest.Approval(found, found.Tasks[0])).Expect(http.StatusOK)
	draft.Draft = nil
	c.Get(path).Expect(http.StatusOK).Read(&draft)
	if draft.Draft != nil {
		t.Error("the draft outlives its task")
	}
	remove(path).Expect(http.StatusNoContent)

	c.Send(http.MethodPost, "/phrases", map[string]string{"words": " 已核实。 "}).Expect(http.StatusOK).Read(&kept)
	c.Send(http.MethodPost, "/phrases", map[string]string{"words": "  "}).Expect(http.StatusUnprocessableEntity)
	c.Send(http.MethodPost, "/phrases/"+kept.ID+"/use", nil).Expect(http.StatusOK)
	c.Send(http.MethodPut, "/phrases/"+kept.ID, map[string]string{"words": "已核实，同意。"}).Expect(http.StatusOK)
	var phrases struct {
		Items []struct {
			Words string
			Uses  int
		}
	}
	c.Get("/phrases").Expect(http.StatusOK).Read(&phrases)
	if len(phrases.Items) != 1 || phrases.Items[0].Uses != 1 || phrases.Items[0].Words != "已核实，同意。" {
		t.Errorf("the phrases are %v", phrases.Items)
	}
	remove("/phrases/" + kept.ID).Expect(http.StatusNoContent)
	remove("/phrases/" + kept.ID).Expect(http.StatusNotFound)
}
