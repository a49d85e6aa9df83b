package rules

import (
	"fmt"
	"strconv"
	"strings"
)

// Period is a stretch of a day, in minutes after midnight.
type Period struct{ From, To int }

// DefaultHours are the working hours where nothing else is set: 09:00–12:00 and 13:00–17:00.
func DefaultHours() []Period { return []Period{{9 * 60, 12 * 60}, {13 * 60, 17 * 60}} }

// ParseHours reads working hours as settings write them: "09:00-12:00,13:00-17:00", in order and
// without overlap. It reports false for anything else.
func ParseHours(text string) ([]Period, bool) {
	hours := []Period{}
	last := -1
	for part := range strings.SplitSeq(text, ",") {
		from, to, found := strings.Cut(strings.TrimSpace(part), "-")
		begin, knowsBegin := minute(from)
		end, knowsEnd := minute(to)
		if !found || !knowsBegin || !knowsEnd || begin <= last || end <= begin {
			return nil, false
		}
		hours = append(hours, Period{begin, end})
		last = end
	}
	return hours, true
}

// FormatHours writes what ParseHours reads.
func FormatHours(hours []Period) string {
	parts := make([]string, len(hours))
	for i, p := range hours {
		parts[i] = fmt.Sprintf("%02d:%02d-%02d:%02d", p.From/60, p.From%60, p.To/60, p.To%60)
	}
	return strings.Join(parts, ",")
}

// minute reads "09:30" as minutes after midnight; "24:00" is the end of the day.
func minute(text string) (int, bool) {
	hour, minute, found := strings.Cut(text, ":")
	h, hourErr := strconv.ParseUint(hour, 10, 8)
	m, minuteErr := strconv.ParseUint(minute, 10, 8)
	if !found || len(hour) != 2 || len(minute) != 2 || hourErr != nil || minuteErr != nil || m > 59 || h*60+m > 24*60 {
		return 0, false
	}
	return int(h*60 + m), true
}

// The scopes of calendars and of settings: the whole country, a place, one office.
const (
	NationalScope = "000000"
	officeScope   = "office:"
)

// OfficeScope names the calendar of one office.
func OfficeScope(office string) string { return officeScope + office }

// CalendarScope reads the name of a calendar as people and programs give it: "national" (or
// nothing), a division code of 6, 9 or 12 digits, or "office:<id>".
func CalendarScope(name string) (scope string, ok bool) {
	if name == "" || name == "national" {
		return NationalScope, true
	}
	if office, found := strings.CutPrefix(name, officeScope); found {
		return name, office != "" && len(office) <= 100
	}
	if len(name) != 6 && len(name) != 9 && len(name) != 12 {
		return "", false
	}
	return name, strings.Trim(name, "0123456789") == ""
}
