package rules

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// PartialDate is a date known to the day, or to the month only (Day is 0). Old files often state
// no more than the month, and inventing the 1st would later look like knowledge.
type PartialDate struct {
	Year, Month, Day int
	// MonthUncertain marks 1958.1, which a spreadsheet also makes of 1958.10.
	MonthUncertain bool
	// Rewritten says that the text was not already in the form String gives.
	Rewritten bool
}

// String gives YYYY-MM-DD, or YYYY-MM when the day is not known.
func (d PartialDate) String() string {
	if d.Day == 0 {
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Matches reports whether the full day could be the one meant: compared by year and month only
// when no more is known.
func (d PartialDate) Matches(day time.Time) bool {
	year, month, dayOfMonth := day.Date()
	if d.Year != year {
		return false
	}
	if d.Month != int(month) && !(d.MonthUncertain && int(month) == 10) {
		return false
	}
	return d.Day == 0 || d.Day == dayOfMonth
}

// YearsSince gives the full years from birth to d. Known to the month, d counts as the month's
// last day, which is the reading in favour of the writer.
func (d PartialDate) YearsSince(birth time.Time) int {
	year, month, day := birth.Date()
	last := d.Day
	if last == 0 {
		last = daysIn(d.Year, d.Month)
	}
	years := d.Year - year
	if d.Month < int(month) || (d.Month == int(month) && last < day) {
		years--
	}
	return years
}

// Excel counts days from 1899-12-30 (it believes in a 29 February 1900; nothing before March 1900
// occurs here). The serials accepted span 1910-01-01 to 2100-01-01: outside lie years (1958) and
// YYYYMM (195803), which mean themselves.
const (
	lowestSerial  = 3654
	highestSerial = 73051
)

var serialOrigin = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// ParsePartialDate reads a date as enterprises write it: 2005-03-01, 2005/3/1, 20050301, 2005年3月,
// 1958.3, 58年3月, a spreadsheet serial such as 43648, each with or without a time of day. A
// two-digit year is put into the latest century in which the date does not lie after latest (zero:
// the 20th century). A year alone, or a day the calendar lacks, is not accepted. The text must be
// half-width already.
func ParsePartialDate(text string, latest time.Time) (PartialDate, bool) {
	text = strings.TrimSpace(text)
	if len(text) == 10 && text[4] == '-' && text[7] == '-' && allDigits(text[:4]) && allDigits(text[5:7]) && allDigits(text[8:]) {
		date := PartialDate{Year: digitsToInt(text[:4]), Month: digitsToInt(text[5:7]), Day: digitsToInt(text[8:])}
		return date, date.Day > 0 && plausible(date)
	}
	if number, ok := plainNumber(text); ok {
		return fromNumber(number)
	}
	numbers, ok := splitDate(withoutTime(text))
	if !ok {
		return PartialDate{}, false
	}
	date := PartialDate{Rewritten: true}
	date.Year, date.Month = digitsToInt(numbers[0]), digitsToInt(numbers[1])
	if len(numbers) == 3 {
		if date.Day = digitsToInt(numbers[2]); date.Day == 0 {
			return PartialDate{}, false
		}
	} else {
		date.MonthUncertain = numbers[1] == "1" && strings.Contains(text, ".")
	}
	switch len(numbers[0]) {
	case 4:
	case 2:
		// 12/3/05 may count from either end; only 58/3 and 05年3月1日 cannot.
		if len(numbers) == 3 && strings.Contains(text, "/") {
			return PartialDate{}, false
		}
		date.Year = century(date, latest)
	default:
		return PartialDate{}, false
	}
	date.Rewritten = date.String() != text
	return date, plausible(date)
}

func plausible(date PartialDate) bool {
	if date.Year < 1850 || date.Year > 2150 {
		return false
	}
	if date.Day == 0 {
		return date.Month >= 1 && date.Month <= 12
	}
	return realDay(date.Year, date.Month, date.Day)
}

func century(date PartialDate, latest time.Time) int {
	if latest.IsZero() {
		return 1900 + date.Year
	}
	year, month, _ := latest.Date()
	full := year/100*100 + date.Year
	if full > year || (full == year && date.Month > int(month)) {
		full -= 100
	}
	return full
}

// plainNumber accepts digits with at most a fraction of zeros or a serial's time of day.
func plainNumber(text string) (string, bool) {
	whole, fraction, found := strings.Cut(text, ".")
	if !allDigits(whole) || (found && (len(whole) > 5 || digitsToInt(whole) < lowestSerial || !allDigits(fraction))) {
		return "", false
	}
	return whole, true
}

func fromNumber(digits string) (PartialDate, bool) {
	date := PartialDate{Rewritten: true}
	switch len(digits) {
	case 4, 5:
		serial, err := strconv.Atoi(digits)
		if err != nil || serial < lowestSerial || serial > highestSerial {
			return PartialDate{}, false
		}
		day := serialOrigin.AddDate(0, 0, serial)
		date.Year, date.Month, date.Day = day.Year(), int(day.Month()), day.Day()
	case 6:
		date.Year, date.Month = digitsToInt(digits[:4]), digitsToInt(digits[4:])
	case 8:
		date.Year, date.Month, date.Day = digitsToInt(digits[:4]), digitsToInt(digits[4:6]), digitsToInt(digits[6:])
		if date.Day == 0 {
			return PartialDate{}, false
		}
	default:
		return PartialDate{}, false
	}
	return date, plausible(date)
}

// withoutTime drops a time of day: everything from the first T, or from the last space before a colon.
func withoutTime(text string) string {
	if colon := strings.IndexByte(text, ':'); colon >= 0 {
		text = text[:colon]
		if cut := strings.LastIndexAny(text, " T"); cut >= 0 {
			return strings.TrimSpace(text[:cut])
		}
	}
	return text
}

// splitDate cuts year, month and perhaps day at the separators in use.
func splitDate(text string) ([]string, bool) {
	var numbers [3]string
	count, begin := 0, -1
	flush := func(end int) bool {
		if begin < 0 {
			return true
		}
		if count == 3 || end-begin > 4 {
			return false
		}
		numbers[count] = text[begin:end]
		count, begin = count+1, -1
		return true
	}
	for i, r := range text {
		switch r {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			if begin < 0 {
				begin = i
			}
		case '-', '/', '.', '年', '月', '日', '号', ' ', '、', '\\', '—', '–':
			if !flush(i) {
				return nil, false
			}
		default:
			return nil, false
		}
	}
	if !flush(len(text)) || count < 2 || len(numbers[1]) > 2 || len(numbers[2]) > 2 {
		return nil, false
	}
	return numbers[:count], true
}
