package roster

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"
)

var today = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// sample reads a file of the shared samples, which lie beside the repository.
func sample(t testing.TB, name string) []byte {
	t.Helper()
	folder := filepath.Join("..", "..", "shared")
	if set := os.Getenv("JIELI_SHARED"); set != "" {
		folder = set
	}
	content, err := os.ReadFile(filepath.Join(folder, "samples", name))
	if os.IsNotExist(err) {
		t.Skipf("the shared samples are not here (%s); set JIELI_SHARED to the folder that holds samples/", folder)
	}
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func samplePlaces(t testing.TB) []Place {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(sample(t, "communities-210106.csv"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var places []Place
	for _, record := range records[1:] {
		places = append(places, Place{Code: record[0], Name: record[1], StreetCode: record[2], Street: record[3]})
	}
	return places
}

// checkAll runs Check over a file in memory.
func checkAll(t testing.TB, name string, content []byte, options Options) ([]Row, Result, error) {
	t.Helper()
	if options.Today.IsZero() {
		options.Today = today
	}
	var rows []Row
	result, err := Check(context.Background(), bytes.NewReader(content), int64(len(content)), name, options, func(row Row) error {
		rows = append(rows, row)
		return nil
	})
	return rows, result, err
}

func codes(row Row) []string {
	var found []string
	for _, finding := range row.Findings {
		found = append(found, finding.Code)
	}
	return found
}

func TestSamples(t *testing.T) {
	type expectation struct {
		People int
		Rows   []struct {
			Row   int
			Level Level
			Codes []string
		}
	}
	for file, name := range map[string]string{
		"roster-small-12.xlsx": "roster-small-12", "roster-clean-200.xlsx": "roster-clean-200",
		"roster-messy-1000.xlsx": "roster-messy-1000", "roster-gb18030-120.csv": "roster-gb18030-120",
	} {
		t.Run(name, func(t *testing.T) {
			var expected expectation
			if err := json.Unmarshal(sample(t, name+".expected.json"), &expected); err != nil {
				t.Fatal(err)
			}
			rows, result, err := checkAll(t, file, sample(t, file), Options{Resolve: NewResolver(samplePlaces(t))})
			if err != nil {
				t.Fatal(err)
			}
			if result.Totals.People != expected.People {
				t.Errorf("%d people, want %d", result.Totals.People, expected.People)
			}
			if len(result.Unknown) > 0 {
				t.Errorf("headers not recognised: %v", result.Unknown)
			}
			byNumber := map[int]Row{}
			for _, row := range rows {
				byNumber[row.Number] = row
			}
			if len(rows) != len(expected.Rows) {
				t.Errorf("%d rows reported, want %d", len(rows), len(expected.Rows))
			}
			for _, want := range expected.Rows {
				row, ok := byNumber[want.Row]
				if !ok {
					t.Errorf("row %d is not reported, want %s %v", want.Row, want.Level, want.Codes)
					continue
				}
				if row.Level != want.Level {
					t.Errorf("row %d is %s %v, want %s %v", want.Row, row.Level, codes(row), want.Level, want.Codes)
				}
				for _, code := range want.Codes {
					if !row.Has(code) {
						t.Errorf("row %d has %v, want %s among them", want.Row, codes(row), code)
					}
				}
			}
		})
	}
}
