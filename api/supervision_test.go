package api_test

import (
	"bytes"
	"net/http"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/stacktest"
)

// TestTheListAsAWorkbook holds a row for each case the number counts, below its heading.
func TestTheListAsAWorkbook(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	for n := range 3 {
		s.Submit(clerk, stacktest.OnePerson(n+1))
	}
	var list struct {
		Total int
		Items []struct{ No string }
	}
	s.As(supervisor).Get("/supervision/stuck?measure=open&limit=2").Expect(http.StatusOK).Read(&list)
	if list.Total != 3 || len(list.Items) != 2 {
		t.Fatalf("the list holds %d of %d", len(list.Items), list.Total)
	}
	book, err := excelize.OpenReader(bytes.NewReader(s.As(supervisor).Get("/supervision/stuck.xlsx?measure=open").Expect(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows(book.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4 || rows[0][0] != "编号" || rows[1][0] != list.Items[0].No {
		t.Errorf("the workbook holds %v", rows)
	}
}
