package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"jieli/internal/bank"
	"jieli/internal/stacktest"
)

type benefitCount struct {
	Office, Month                             string
	Reported, Verified, Claims, Decided, Paid int
	MedianDays, MeanDays                      *float64
	Funeral, Survivor, Sum                    *int64
}

// Every number of the statistics is that of a fresh count and of the list behind it; amounts are the agency's alone;
// the workbook says the same.
func TestStatisticsAgreeWithAFreshCount(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	person := dead(s)
	claimant := map[string]any{"name": "李某某", "relation": "配偶", "idNumber": stacktest.IDNumber("19550302", 22), "bank": "工商银行", "account": "6222020000001234", "share": 10000}
	var submitted stacktest.Case
	s.As(community).Send(http.MethodPost, "/cases", map[string]any{"type": "benefit", "subject": person, "form": map[string]any{"claimants": []any{claimant}}}).Expect(http.StatusCreated).Read(&submitted)
	no := submitted.No
	signed(t, s, no, community, map[string]any{"cause": "illness", "otherScheme": "no", "arrangement": "sole", "undertaking": true}).Expect(http.StatusOK)

	// While it is calculated the clerk sees what the rule finds, or what is missing; nobody else does, and nothing is kept.
	preview := func(as string, form map[string]any) *stacktest.Answer {
		return s.As(as).Send(http.MethodPost, "/cases/"+no+"/benefit-preview", map[string]any{"form": form})
	}
	var found struct {
		Total      int64
		Derivation []map[string]any
		Problems   []struct{ Location string }
	}
	preview("agency-clerk-1", map[string]any{"province": "210000", "status": "retired"}).Expect(http.StatusOK).Read(&found)
	if len(found.Problems) == 0 || found.Total != 0 {
		t.Errorf("half filled in: %+v", found)
	}
	whole := map[string]any{"province": "210000", "status": "retired", "contributionYears": 30, "pensionYears": 6, "baseAnnual": 6018000, "override": "no"}
	preview("agency-clerk-1", whole).Expect(http.StatusOK).Read(&found)
	if found.Total != 10_030_000 || len(found.Derivation) < 10 || len(found.Problems) != 0 {
		t.Errorf("filled in: %+v", found)
	}
	preview("agency-clerk-1", map[string]any{"contributionYears": "many"}).Expect(http.StatusOK)
	preview(community, whole).Expect(http.StatusNotFound)
	if strings.Contains(string(s.As("agency-clerk-1").Get("/cases/"+no).Expect(http.StatusOK).Body), "10030000") {
		t.Error("a preview is kept")
	}

	signed(t, s, no, "agency-clerk-1", whole).Expect(http.StatusOK)
	preview("agency-clerk-1", whole).Expect(http.StatusConflict)
	signed(t, s, no, "agency-reviewer-1", nil).Expect(http.StatusOK)
	signed(t, s, no, "agency-head-1", nil).Expect(http.StatusOK)
	signed(t, s, no, "agency-fund_cashier-1", nil).Expect(http.StatusOK)
	batch, err := s.MakeBatch(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.ReadResults(t.Context(), "bank", bank.Results([]bank.Result{{Batch: batch, Line: 1, Amount: 1003000, Outcome: bank.Paid}, {Batch: batch, Line: 2, Amount: 9027000, Outcome: bank.Paid}})); err != nil {
		t.Fatal(err)
	}
	signed(t, s, no, "agency-fund_cashier-2", map[string]any{"reconciled": true}).Expect(http.StatusOK)

	var statistics struct {
		Rows  []benefitCount
		Total benefitCount
	}
	s.As("agency-reviewer-1").Get("/benefits/statistics").Expect(http.StatusOK).Read(&statistics)
	total := statistics.Total
	fresh := func(query string) int { return int(stacktest.Value[int64](s.Database, query)) }
	for measure, pair := range map[string][2]int{
		"reported": {total.Reported, fresh(`SELECT count(*) FROM deaths`)}, "verified": {total.Verified, fresh(`SELECT count(*) FROM deaths WHERE state = 'verified'`)},
		"claims": {total.Claims, fresh(`SELECT count(*) FROM benefit_claims`)}, "decided": {total.Decided, fresh(`SELECT count(*) FROM benefit_claims WHERE state IN ('released','paid')`)},
		"paid": {total.Paid, fresh(`SELECT count(*) FROM benefit_claims WHERE state = 'paid'`)},
		"sum":  {int(*total.Sum), fresh(`SELECT sum(amount)::bigint FROM payments WHERE state = 'paid'`)},
	} {
		if pair[0] != pair[1] || pair[0] == 0 {
			t.Errorf("%s: %d, a fresh count gives %d", measure, pair[0], pair[1])
		}
		listed, sum := 0, int64(0)
		for _, row := range statistics.Rows {
			var list struct {
				Items []struct {
					No                string
					Funeral, Survivor int64
				}
			}
			s.As("agency-reviewer-1").Get(fmt.Sprintf("/benefits/statistics/cases?measure=%s&from=%s&to=%s&office=%s", measure, row.Month, row.Month, row.Office)).Expect(http.StatusOK).Read(&list)
			for _, item := range list.Items {
				listed, sum = listed+1, sum+item.Funeral+item.Survivor
			}
		}
		if measure == "sum" {
			listed = int(sum)
		}
		if listed != pair[0] {
			t.Errorf("%s: %d are listed of %d", measure, listed, pair[0])
		}
	}
	if total.MedianDays == nil || *total.MedianDays != 0 || *total.Funeral != 1003000 || *total.Survivor != 9027000 {
		t.Errorf("the sum of all: %+v", total)
	}
	if answer := s.As("supervision-supervisor-1").Get("/benefits/statistics").Expect(http.StatusOK); strings.Contains(string(answer.Body), "1003000") || !strings.Contains(string(answer.Body), `"paid":1`) {
		t.Errorf("supervision sees %s", answer.Body)
	}
	s.As(community).Get("/benefits/statistics").Expect(http.StatusForbidden)
	for _, query := range []string{"?from=2026-13", "?from=2026-12&to=2026-01", "?from=2020-01&to=2026-01"} {
		s.As("agency-reviewer-1").Get("/benefits/statistics" + query).Expect(http.StatusUnprocessableEntity)
	}
	book, err := excelize.OpenReader(bytes.NewReader(s.As("agency-reviewer-1").Get("/benefits/statistics.xlsx").Expect(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := book.GetRows("遗属待遇统计")
	if last := rows[len(rows)-1]; err != nil || last[0] != "合计" || last[6] != "1" || last[11] != "100300" {
		t.Errorf("the workbook ends with %v (%v)", last, err)
	}
}
