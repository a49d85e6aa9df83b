package rules

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jieli/approval"
)

// published2026 are the holidays and make-up days of 2026 as the State Council published them.
func published2026() Calendar {
	c := Calendar{Scope: NationalScope, Name: "全国", Version: 1, LastYear: 2026, Days: map[string]bool{}}
	for text, working := range map[string]bool{
		"01-01 01-02 01-03": false, "01-04": true,
		"02-15 02-16 02-17 02-18 02-19 02-20 02-21 02-22 02-23": false, "02-14 02-28": true,
		"04-04 04-05 04-06": false, "05-01 05-02 05-03 05-04 05-05": false, "05-09": true,
		"06-19 06-20 06-21": false, "09-25 09-26 09-27": false,
		"10-01 10-02 10-03 10-04 10-05 10-06 10-07": false, "09-20 10-10": true,
	} {
		for date := range strings.FieldsSeq(text) {
			c.Days["2026-"+date] = working
		}
	}
	return c
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04:05", text+":00", Zone)
	if err != nil {
		t.Fatal(err)
	}
	return moment
}

func pauses(t *testing.T, texts ...string) []Pause {
	t.Helper()
	var list []Pause
	for _, text := range texts {
		from, to, _ := strings.Cut(text, " to ")
		pause := Pause{From: at(t, from)}
		if to != "" {
			pause.To = at(t, to)
		}
		list = append(list, pause)
	}
	return list
}

func TestDeadline(t *testing.T) {
	days, calendarDays, hours := approval.WorkingDays, approval.CalendarDays, approval.WorkingHours
	for name, test := range map[string]struct {
		kind        approval.DurationKind
		count       int
		from        string
		pauses      []string
		at          string // to the minute; the seconds are 59 for days, 0 for hours
		counted     string
		provisional bool
	}{
		"the day after counts as day 1":                         {days, 1, "2026-11-24 16:59", nil, "2026-11-25 23:59", "2026-11-25", false},
		"Spring Festival with both make-up Saturdays":           {days, 3, "2026-02-12 10:00", nil, "2026-02-24 23:59", "2026-02-13 2026-02-14 2026-02-24", false},
		"to the Saturday worked after Spring Festival":          {days, 5, "2026-02-23 10:00", nil, "2026-02-28 23:59", "2026-02-24 2026-02-25 2026-02-26 2026-02-27 2026-02-28", false},
		"National Day with the Saturday worked after it":        {days, 4, "2026-09-30 10:00", nil, "2026-10-12 23:59", "2026-10-08 2026-10-09 2026-10-10 2026-10-12", false},
		"Mid-Autumn and the Sunday worked before it":            {days, 2, "2026-09-18 10:00", nil, "2026-09-21 23:59", "2026-09-20 2026-09-21", false},
		"calendar days take in the holiday":                     {calendarDays, 3, "2026-09-30 10:00", nil, "2026-10-03 23:59", "2026-10-01 2026-10-02 2026-10-03", false},
		"calendar days do not roll off a Sunday":                {calendarDays, 2, "2026-11-27 10:00", nil, "2026-11-29 23:59", "2026-11-28 2026-11-29", false},
		"calendar days need no published holidays":              {calendarDays, 2, "2026-12-31 10:00", nil, "2027-01-02 23:59", "2027-01-01 2027-01-02", false},
		"working days beyond the published year":                {days, 1, "2026-12-31 10:00", nil, "2027-01-01 23:59", "2027-01-01", true},
		"hours within a morning":                                {hours, 2, "2026-11-24 09:30", nil, "2026-11-24 11:30", "2026-11-24", false},
		"hours over lunch":                                      {hours, 2, "2026-11-24 11:00", nil, "2026-11-24 14:00", "2026-11-24", false},
		"hours that end with the morning":                       {hours, 3, "2026-11-24 09:00", nil, "2026-11-24 12:00", "2026-11-24", false},
		"hours that begin at night":                             {hours, 1, "2026-11-24 20:00", nil, "2026-11-25 10:00", "2026-11-25", false},
		"hours from Friday afternoon to Monday":                 {hours, 2, "2026-11-27 16:30", nil, "2026-11-30 10:30", "2026-11-27 2026-11-30", false},
		"hours over National Day":                               {hours, 8, "2026-09-30 13:00", nil, "2026-10-08 14:00", "2026-09-30 2026-10-08", false},
		"hours beyond the published year":                       {hours, 8, "2026-12-31 09:00", nil, "2027-01-01 10:00", "2026-12-31 2027-01-01", true},
		"a pause over whole days":                               {days, 3, "2026-11-23 10:00", []string{"2026-11-24 08:00 to 2026-11-26 09:00"}, "2026-11-30 23:59", "2026-11-26 2026-11-27 2026-11-30", false},
		"a pause within a day changes nothing":                  {days, 3, "2026-11-23 10:00", []string{"2026-11-24 10:00 to 2026-11-24 16:00"}, "2026-11-26 23:59", "2026-11-24 2026-11-25 2026-11-26", false},
		"a day paused for exactly its office hours":             {days, 1, "2026-11-23 10:00", []string{"2026-11-24 09:00 to 2026-11-24 17:00"}, "2026-11-25 23:59", "2026-11-25", false},
		"two pauses that only together cover a day":             {days, 1, "2026-11-23 10:00", []string{"2026-11-24 11:00 to 2026-11-24 18:00", "2026-11-24 08:00 to 2026-11-24 11:00"}, "2026-11-25 23:59", "2026-11-25", false},
		"pauses that leave only the lunch break cover a day":    {days, 1, "2026-11-23 10:00", []string{"2026-11-24 09:00 to 2026-11-24 12:00", "2026-11-24 13:00 to 2026-11-24 17:00"}, "2026-11-25 23:59", "2026-11-25", false},
		"a pause over Spring Festival costs no working day":     {days, 2, "2026-02-14 10:00", []string{"2026-02-15 00:00 to 2026-02-24 09:00"}, "2026-02-25 23:59", "2026-02-24 2026-02-25", false},
		"but it costs calendar days":                            {calendarDays, 2, "2026-02-14 10:00", []string{"2026-02-15 00:00 to 2026-02-24 09:00"}, "2026-02-25 23:59", "2026-02-24 2026-02-25", false},
		"a pause costs the hours it covers":                     {hours, 4, "2026-11-24 09:00", []string{"2026-11-24 10:00 to 2026-11-24 15:00"}, "2026-11-25 10:00", "2026-11-24 2026-11-25", false},
		"a pause that ended before the start":                   {hours, 1, "2026-11-24 09:00", []string{"2026-11-20 10:00 to 2026-11-24 09:00"}, "2026-11-24 10:00", "2026-11-24", false},
		"a pause that begins at the deadline":                   {hours, 1, "2026-11-24 09:00", []string{"2026-11-24 10:00"}, "2026-11-24 10:00", "2026-11-24", false},
		"a pause without end after the last day that counts":    {days, 1, "2026-11-24 09:00", []string{"2026-11-25 10:00"}, "2026-11-25 23:59", "2026-11-25", false},
		"while a pause goes on no deadline is known":            {days, 5, "2026-11-24 09:00", []string{"2026-11-25 10:00"}, "", "", false},
		"nor one in hours":                                      {hours, 5, "2026-11-24 09:00", []string{"2026-11-24 10:00"}, "", "", false},
		"no time allowed, no deadline":                          {days, 0, "2026-11-24 09:00", nil, "", "", false},
		"a duration of no kind":                                 {"", 3, "2026-11-24 09:00", nil, "", "", false},
		"the day is the day in China, whatever the clock shows": {days, 1, "2026-11-25 07:30", nil, "2026-11-26 23:59", "2026-11-26", false},
	} {
		t.Run(name, func(t *testing.T) {
			got := published2026().Deadline(approval.Due{Kind: test.kind, Count: test.count}, at(t, test.from).UTC(), pauses(t, test.pauses...))
			moment := ""
			if !got.At.IsZero() {
				moment = got.At.In(Zone).Format("2006-01-02 15:04")
			}
			if moment != test.at || strings.Join(got.Counted, " ") != test.counted || got.Provisional != test.provisional {
				t.Errorf("at %q, counted %v, provisional %v", moment, got.Counted, got.Provisional)
			}
		})
	}
}

func TestAnotherOfficesHours(t *testing.T) {
	c := published2026()
	c.Hours = []Period{{8*60 + 30, 11*60 + 30}}
	if got := c.Deadline(approval.Due{Kind: approval.WorkingHours, Count: 4}, at(t, "2026-11-24 08:00"), nil); !got.At.Equal(at(t, "2026-11-25 09:30")) {
		t.Errorf("at %s", got.At)
	}
}

func TestShare(t *testing.T) {
	c := published2026()
	for _, test := range []struct {
		kind    approval.DurationKind
		count   int
		percent int
		want    string
	}{
		{approval.WorkingDays, 10, 70, "2026-12-03 23:59"}, {approval.WorkingDays, 10, 100, "2026-12-08 23:59"}, {approval.WorkingDays, 10, 150, "2026-12-15 23:59"},
		{approval.WorkingDays, 3, 70, "2026-11-27 23:59"}, {approval.CalendarDays, 10, 70, "2026-12-01 23:59"},
		{approval.WorkingHours, 10, 70, "2026-11-24 17:00"}, {approval.WorkingHours, 10, 100, "2026-11-25 12:00"}, {approval.WorkingHours, 10, 150, "2026-11-26 10:00"},
		{approval.WorkingDays, 3, 0, ""}, {approval.WorkingDays, 0, 70, ""},
	} {
		got, text := c.Share(approval.Due{Kind: test.kind, Count: test.count}, at(t, "2026-11-24 09:00"), nil, test.percent), ""
		if !got.IsZero() {
			text = got.In(Zone).Format("2006-01-02 15:04")
		}
		if text != test.want {
			t.Errorf("%d %% of %d %s: %s", test.percent, test.count, test.kind, text)
		}
	}
}

func TestWorkingTime(t *testing.T) {
	for _, test := range []struct {
		from, to string
		pauses   []string
		days     int
		hours    float64
	}{
		{"2026-11-24 09:00", "2026-11-24 11:30", nil, 0, 2.5}, {"2026-11-24 11:00", "2026-11-25 10:00", nil, 1, 6},
		{"2026-09-30 16:00", "2026-10-08 10:00", nil, 1, 2}, {"2026-02-13 17:00", "2026-02-14 17:00", nil, 1, 7},
		{"2026-11-27 18:00", "2026-11-29 18:00", nil, 0, 0}, {"2026-11-24 10:00", "2026-11-24 09:00", nil, 0, 0}, {"2026-11-25 10:00", "2026-11-24 09:00", nil, 0, 0},
		{"2026-11-23 17:00", "2026-11-26 12:00", []string{"2026-11-24 12:00 to 2026-11-25 17:00"}, 2, 6}, {"2026-11-23 09:00", "2026-11-26 12:00", []string{"2026-11-24 08:00"}, 0, 7},
	} {
		days, hours := published2026().WorkingTime(at(t, test.from), at(t, test.to), pauses(t, test.pauses...))
		if days != test.days || hours != test.hours {
			t.Errorf("%s to %s: %d days, %v hours", test.from, test.to, days, hours)
		}
	}
}

func TestHours(t *testing.T) {
	for _, text := range []string{"09:00-12:00,13:00-17:00", "00:00-24:00", "08:30-11:30"} {
		if hours, ok := ParseHours(text); !ok || FormatHours(hours) != text {
			t.Errorf("%s: %v %v", text, hours, ok)
		}
	}
	if hours, ok := ParseHours("09:00-12:00, 13:00-17:00"); !ok || !slices.Equal(hours, DefaultHours()) {
		t.Errorf("the default: %v %v", hours, ok)
	}
	for _, text := range []string{"", "9:00-12:00", "09:00", "12:00-09:00", "09:00-12:00,11:00-13:00", "09:00-25:00", "09:60-12:00", "13:00-17:00,09:00-12:00", "+9:00-12:00", "09:00-12:00,"} {
		if hours, ok := ParseHours(text); ok {
			t.Errorf("%q was read as %v", text, hours)
		}
	}
}

func TestCalendarScope(t *testing.T) {
	for name, want := range map[string]string{"": "000000", "national": "000000", "210106": "210106", "210106001": "210106001", "office:bureau": "office:bureau", "lunar": "", "21": "", "office:": "", "21010x": ""} {
		if scope, ok := CalendarScope(name); scope != want && ok || ok != (want != "") {
			t.Errorf("%q: %q %v", name, scope, ok)
		}
	}
}
