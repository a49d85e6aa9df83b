package rules

import (
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParsePartialDate(t *testing.T) {
	for _, c := range []struct {
		text, want string
		rewritten  bool
	}{
		{"2005-03-01", "2005-03-01", false},
		{"2005-03", "2005-03", false},
		{"2005-3-1", "2005-03-01", true},
		{"2005/3/1", "2005-03-01", true},
		{"2005.3.1", "2005-03-01", true},
		{"2005年3月1日", "2005-03-01", true},
		{"2005年03月01号", "2005-03-01", true},
		{"2005 年 3 月", "2005-03", true},
		{"2005年3月", "2005-03", true},
		{"1958.3", "1958-03", true},
		{"1958.03", "1958-03", true},
		{"58年3月", "1958-03", true},
		{"58.3", "1958-03", true},
		{"05年3月", "2005-03", true},
		{"26年11月", "2026-11", true},
		{"26年12月", "1926-12", true},
		{"20050301", "2005-03-01", true},
		{"200503", "2005-03", true},
		{"43648", "2019-07-02", true},
		{"43648.5", "2019-07-02", true},
		{"9855", "1926-12-24", true},
		{"35936", "1998-05-21", true},
		{"2005-03-01 00:00:00", "2005-03-01", true},
		{"2005-03-01T08:00:00", "2005-03-01", true},
		{"2005/3/1 0:00", "2005-03-01", true},
	} {
		got, ok := ParsePartialDate(c.text, today)
		if !ok || got.String() != c.want || got.Rewritten != c.rewritten {
			t.Errorf("%q: %v %v rewritten %v, want %s %v", c.text, got, ok, got.Rewritten, c.want, c.rewritten)
		}
	}
	for _, text := range []string{"", "不详", "2005", "2005-02-30", "2005-13-01", "2005-00-01", "2005-01-00", "2005年3月32日",
		"3/1/05", "12/3/05", "1958.3.1.2", "99999", "2150", "123456789", "20051301", "20050100", "2005-", "abc", "200512345-1"} {
		if got, ok := ParsePartialDate(text, today); ok {
			t.Errorf("%q was read as %v", text, got)
		}
	}
}

func TestPartialDateMatches(t *testing.T) {
	march := time.Date(1958, 3, 17, 0, 0, 0, 0, time.UTC)
	october := time.Date(1958, 10, 17, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		text string
		day  time.Time
		want bool
	}{
		{"1958.3", march, true},
		{"1958.4", march, false},
		{"1958-03-17", march, true},
		{"1958-03-18", march, false},
		{"1959-03", march, false},
		// A spreadsheet shows 1958.10 as 1958.1.
		{"1958.1", october, true},
		{"1958-01", october, false},
	} {
		date, ok := ParsePartialDate(c.text, today)
		if !ok || date.Matches(c.day) != c.want {
			t.Errorf("%q against %v: want %v", c.text, c.day, c.want)
		}
	}
}

func TestPartialDateYearsSince(t *testing.T) {
	birth := time.Date(1958, 3, 17, 0, 0, 0, 0, time.UTC)
	for text, want := range map[string]int{"2008-03-16": 49, "2008-03-17": 50, "2008-03": 50, "2008-02": 49, "2008-04-01": 50} {
		date, _ := ParsePartialDate(text, today)
		if got := date.YearsSince(birth); got != want {
			t.Errorf("%s: %d years, want %d", text, got, want)
		}
	}
}

// Every way of writing the same day is read as the same day.
func TestPartialDateWritings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		serial := rapid.IntRange(lowestSerial, 46000).Draw(t, "serial")
		day := serialOrigin.AddDate(0, 0, serial)
		for _, text := range []string{day.Format("2006-01-02"), day.Format("2006/1/2"), day.Format("2006年1月2日"), day.Format("2006.1.2"), day.Format("20060102"), strconv.Itoa(serial)} {
			date, ok := ParsePartialDate(text, today)
			if !ok || date.String() != day.Format(time.DateOnly) || !date.Matches(day) {
				t.Fatalf("%s read as %v %v", text, date, ok)
			}
		}
	})
}

func FuzzParsePartialDate(f *testing.F) {
	f.Add("2005年3月")
	f.Fuzz(func(t *testing.T, text string) {
		if date, ok := ParsePartialDate(text, today); ok {
			again, ok := ParsePartialDate(date.String(), today)
			if !ok || again.String() != date.String() {
				t.Fatalf("%q gives %v, which is not read back", text, date)
			}
		}
	})
}
