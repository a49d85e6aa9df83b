package store_test

import (
	"fmt"
	"net/http"
	"testing"

	"jieli/internal/stacktest"
)

// An address nothing resolves is shown with its neighbours, settled in one correction, and proposed
// by itself in the next batch.
func TestAddressesAreLearned(t *testing.T) {
	system := stacktest.NewSystem(t, stacktest.Options{})
	batch := func(from int) stacktest.Case {
		people := []stacktest.Person{}
		for n := from; n < from+3; n++ {
			people = append(people, stacktest.NewPerson(n, stacktest.Person{"居住社区代码": "", "居住地址": fmt.Sprintf("铁西区老厂宿舍3栋%d单元%d室", n%3+1, n)}))
		}
		roster := system.Roster("enterprise-1-clerk-1", fmt.Sprintf("r%d.csv", from), stacktest.RosterCSV(people...))
		submitted := system.SubmitRoster("enterprise-1-clerk-1", roster)
		return system.SignUntil(submitted.No, "enterprise-1-clerk-1", "form-proposal")
	}
	type group struct {
		Estate, Field string
		People        int
		Lines         []string
	}
	groups := func(no string) []group {
		var list struct{ Items []group }
		system.As("bureau-clerk-1").Get("/cases/" + no + "/estates").Expect(http.StatusOK).Read(&list)
		return list.Items
	}
	first := batch(1)
	found := groups(first.No)
	if len(found) != 1 || found[0].Estate != "老厂宿舍3栋" || found[0].People != 3 || found[0].Field != "street" {
		t.Fatalf("the neighbours are not one group: %+v", found)
	}
	edits := []map[string]string{}
	for _, line := range found[0].Lines {
		edits = append(edits, map[string]string{"line": line, "field": "street", "value": "210106001"})
	}
	clerk := system.As("bureau-clerk-1")
	clerk.Send(http.MethodPost, "/cases/"+first.No+"/actions", map[string]any{"action": "correct", "taskId": first.Tasks[0].ID, "seen": first.Version, "lines": edits}).Expect(http.StatusOK)
	if left := groups(first.No); len(left) != 0 {
		t.Errorf("still unresolved: %+v", left)
	}
	second := batch(11)
	if left := groups(second.No); len(left) != 0 {
		t.Errorf("the second batch did not profit: %+v", left)
	}
}
