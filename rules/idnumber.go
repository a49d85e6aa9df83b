package rules

import "time"

// IDProblem says what is wrong with a citizen identity number; empty means nothing is.
type IDProblem string

// What CheckIDNumber can find. A number can have both an impossible date and a wrong check
// character; the date is then reported and ChecksumWrong is set as well.
const (
	IDProblemNone     IDProblem = ""
	IDProblemFormat   IDProblem = "format"   // not 17 digits and a check character
	IDProblemFifteen  IDProblem = "fifteen"  // the 15-digit form issued before 1999
	IDProblemDate     IDProblem = "date"     // positions 7 to 14 are no day of the calendar, or lie ahead
	IDProblemChecksum IDProblem = "checksum" // position 18 does not follow from the first 17
)

// Sex as the 17th digit of the number states it, in the words of the roster.
type Sex string

// The two values GB 11643 can express; empty means not known.
const (
	SexUnknown Sex = ""
	SexMale    Sex = "男"
	SexFemale  Sex = "女"
)

// IDNumberCheck is what a citizen identity number says about itself.
type IDNumberCheck struct {
	Problem       IDProblem
	ChecksumWrong bool
	// Birth is the day of birth, at midnight UTC; zero unless the date is possible.
	Birth time.Time
	// Sex is known whenever the first 17 characters are digits.
	Sex Sex
	// Upgraded is the 18-character form of a 15-digit number; empty for every other number.
	Upgraded string
}

// Valid reports that nothing is wrong with the number.
func (c IDNumberCheck) Valid() bool { return c.Problem == IDProblemNone }

var idWeights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

const idCheckCharacters = "10X98765432"

// CheckIDNumber checks a citizen identity number after GB 11643-1999 (公民身份号码): 18 characters,
// a real day of birth not after today, the check character. The first six digits are the place of
// first issue and are not checked: divisions have been renamed ever since. A zero today leaves out
// the comparison with the present. The text must be normalised already (half-width, upper-case X).
func CheckIDNumber(text string, today time.Time) IDNumberCheck {
	if len(text) == 15 && allDigits(text) {
		check := IDNumberCheck{Problem: IDProblemFifteen, Sex: sexOf(text[14])}
		upgraded := UpgradeIDNumber(text)
		if birth, ok := dayOf(upgraded[6:14]); ok {
			check.Birth, check.Upgraded = birth, upgraded
		}
		return check
	}
	if len(text) != 18 || !allDigits(text[:17]) || !(isDigit(text[17]) || text[17] == 'X') {
		return IDNumberCheck{Problem: IDProblemFormat}
	}
	check := IDNumberCheck{Sex: sexOf(text[16])}
	check.ChecksumWrong = IDCheckCharacter(text[:17]) != text[17]
	birth, ok := dayOf(text[6:14])
	if !ok || (!today.IsZero() && birth.After(today)) {
		check.Problem = IDProblemDate
		return check
	}
	check.Birth = birth
	if check.ChecksumWrong {
		check.Problem = IDProblemChecksum
	}
	return check
}

// IDCheckCharacter computes the 18th character from the first 17 digits (GB 11643-1999; ISO 7064
// MOD 11-2). It returns 0 when they are not 17 digits.
func IDCheckCharacter(first17 string) byte {
	if len(first17) != 17 || !allDigits(first17) {
		return 0
	}
	sum := 0
	for i, weight := range idWeights {
		sum += weight * int(first17[i]-'0')
	}
	return idCheckCharacters[sum%11]
}

// UpgradeIDNumber turns a 15-digit number into its 18-character form: the century is inserted and
// the check character appended (GB 11643-1999). Sequence numbers 996 to 999 were kept for people
// born before 1900. It returns "" when the text is not 15 digits.
func UpgradeIDNumber(fifteen string) string {
	if len(fifteen) != 15 || !allDigits(fifteen) {
		return ""
	}
	century := "19"
	if fifteen[12:] >= "996" {
		century = "18"
	}
	first17 := fifteen[:6] + century + fifteen[6:]
	return first17 + string(IDCheckCharacter(first17))
}

func sexOf(digit byte) Sex {
	if (digit-'0')%2 == 1 {
		return SexMale
	}
	return SexFemale
}

// dayOf reads YYYYMMDD; ok only for a day the calendar has.
func dayOf(text string) (time.Time, bool) {
	year, month, day := digitsToInt(text[:4]), digitsToInt(text[4:6]), digitsToInt(text[6:8])
	if year < 1800 || !realDay(year, month, day) {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC), true
}

func realDay(year, month, day int) bool {
	return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func allDigits(text string) bool {
	for i := 0; i < len(text); i++ {
		if !isDigit(text[i]) {
			return false
		}
	}
	return text != ""
}

// digitsToInt reads text already known to be a few digits.
func digitsToInt(text string) int {
	value := 0
	for i := 0; i < len(text); i++ {
		value = value*10 + int(text[i]-'0')
	}
	return value
}
