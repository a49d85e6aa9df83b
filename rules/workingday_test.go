package rules

import (
	"slices"
	"testing"
	"time"
)

// calendar holds New Year 2026 as published: 1 to 3 January off, Sunday 4 January worked; and the
// National Day week of 2026 with its make-up days.
func calendar() Calendar {
	days := map[string]bool{"2026-01-01": false, "2026-01-02": false, "2026-01-03": false, "2026-01-04": true, "2026-09-20": true, "2026-10-10": true}
	for day := 1; day <= 7; day++ {
		days[time.Date(2026, 10, day, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)] = false
	}
	return Calendar{Days: days, LastYear: 2026}
}

func day(t *testing.T, text string) time.Time {
	t.Helper()
	parsed, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestWorking(t *testing.T) {
	for text, want := range map[string]bool{
		"2026-11-24": true, "2026-11-28": false, "2026-11-29": false, // a Tuesday and a plain weekend
		"2026-01-01": false, "2026-01-02": false, "2026-01-04": true, // holiday, bridge day, make-up Sunday
		"2026-10-05": false, "2026-10-08": true, "2026-10-10": true, "2026-10-11": false,
		"2027-01-01": true, // not published yet: counted as a Friday
	} {
		if got := calendar().Working(day(t, text)); got != want {
			t.Errorf("%s works: %v", text, got)
		}
	}
}

func TestAddWorkingDays(t *testing.T) {
	tests := map[string]struct {
		from        string
		n           int
		due         string
		provisional bool
	}{
		"the day after counts as day 1":         {"2026-11-24", 1, "2026-11-25", false},
		"over a weekend":                        {"2026-11-26", 3, "2026-12-01", false},
		"from a Saturday":                       {"2026-11-28", 1, "2026-11-30", false},
		"no days at all":                        {"2026-11-28", 0, "2026-11-28", false},
		"over New Year with its make-up Sunday": {"2025-12-31", 1, "2026-01-04", false},
		"and two days on":                       {"2025-12-31", 2, "2026-01-05", false},
		"over the National Day week":            {"2026-09-30", 3, "2026-10-10", false},
		"the make-up Sunday before it":          {"2026-09-19", 1, "2026-09-20", false},
		"to the last published day":             {"2026-12-30", 1, "2026-12-31", false},
		"into a year without published days":    {"2026-12-31", 1, "2027-01-01", true},
		"and beyond":                            {"2026-12-25", 10, "2027-01-08", true},
		"over a leap day":                       {"2028-02-28", 1, "2028-02-29", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			due, counted, provisional := calendar().AddWorkingDays(day(t, test.from), test.n)
			if due.Format(time.DateOnly) != test.due || provisional != test.provisional {
				t.Errorf("due %s, provisional %v", due.Format(time.DateOnly), provisional)
			}
			if len(counted) != test.n || !slices.IsSorted(counted) {
				t.Errorf("counted %v", counted)
			}
			if test.n > 0 && counted[len(counted)-1] != test.due {
				t.Errorf("the last day counted is %s", counted[len(counted)-1])
			}
			if between := calendar().WorkingDaysBetween(day(t, test.from), due); between != test.n {
				t.Errorf("%d working days lie between", between)
			}
		})
	}
}

func TestWorkingDaysBetween(t *testing.T) {
	for _, test := range []struct {
		from, to string
		want     int
	}{
		{"2026-11-24", "2026-11-24", 0}, {"2026-11-24", "2026-11-25", 1}, {"2026-11-25", "2026-11-24", -1},
		{"2026-11-27", "2026-11-29", 0}, {"2026-11-30", "2026-11-27", -1}, {"2025-12-31", "2026-01-05", 2}, {"2026-01-05", "2025-12-31", -2},
	} {
		if got := calendar().WorkingDaysBetween(day(t, test.from), day(t, test.to)); got != test.want {
			t.Errorf("%s to %s: %d", test.from, test.to, got)
		}
	}
}

// TestACalendarThatNamesTheYearAfter: the first days of a year may be published as the last ones
// of the one before, which does not make that year known.
func TestACalendarThatNamesTheYearAfter(t *testing.T) {
	c := calendar()
	c.Days["2027-01-02"] = false
	if _, _, provisional := c.AddWorkingDays(day(t, "2026-12-31"), 1); !provisional {
		t.Error("a deadline in a year without published holidays is certain")
	}
}

func TestTheTimeOfDayDoesNotCount(t *testing.T) {
	zone := time.FixedZone("Asia/Shanghai", 8*3600)
	late := time.Date(2026, 11, 26, 23, 59, 59, 0, zone)
	due, counted, _ := calendar().AddWorkingDays(late, 1)
	if due.Format(time.DateOnly) != "2026-11-27" || !slices.Equal(counted, []string{"2026-11-27"}) {
		t.Errorf("due %s, counted %v", due, counted)
	}
}
