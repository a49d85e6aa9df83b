package rules

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

var today = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

func TestCheckIDNumber(t *testing.T) {
	for _, c := range []struct {
		name, text string
		problem    IDProblem
		checksum   bool
		birth      string
		sex        Sex
	}{
		{"the example of the standard", "11010519491231002X", IDProblemNone, false, "1949-12-31", SexFemale},
		{"man", "440524188001010014", IDProblemNone, false, "1880-01-01", SexMale},
		{"wrong check character", "110105194912310021", IDProblemChecksum, true, "1949-12-31", SexFemale},
		{"month 13", "210103196413324398", IDProblemDate, false, "", SexMale},
		{"29 February of a common year", "110105194902290023", IDProblemDate, true, "", SexFemale},
		{"29 February of a leap year", "11010519480229002" + string(IDCheckCharacter("11010519480229002")), IDProblemNone, false, "1948-02-29", SexFemale},
		{"born tomorrow", "11010520261125002" + string(IDCheckCharacter("11010520261125002")), IDProblemDate, false, "", SexFemale},
		{"17 characters", "11010519491231002", IDProblemFormat, false, "", SexUnknown},
		{"lower-case x is not normalised", "11010519491231002x", IDProblemFormat, false, "", SexUnknown},
		{"letter inside", "1101051949123A002X", IDProblemFormat, false, "", SexUnknown},
		{"fifteen", "130503670401001", IDProblemFifteen, false, "1967-04-01", SexMale},
		{"empty", "", IDProblemFormat, false, "", SexUnknown},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := CheckIDNumber(c.text, today)
			if got.Problem != c.problem || got.ChecksumWrong != c.checksum || got.Sex != c.sex {
				t.Fatalf("got %+v, want %q %v %q", got, c.problem, c.checksum, c.sex)
			}
			birth := ""
			if !got.Birth.IsZero() {
				birth = got.Birth.Format(time.DateOnly)
			}
			if birth != c.birth {
				t.Fatalf("birth %q, want %q", birth, c.birth)
			}
		})
	}
}

func TestUpgradeIDNumber(t *testing.T) {
	if got := UpgradeIDNumber("130503670401001"); got != "130503196704010016" {
		t.Fatalf("got %s", got)
	}
	if got := UpgradeIDNumber("110105991231998"); got[6:8] != "18" {
		t.Fatalf("a sequence number of 996 to 999 means born before 1900, got %s", got)
	}
	if got := UpgradeIDNumber("13050367040100X"); got != "" {
		t.Fatalf("got %q for a text that is no number", got)
	}
}

// Any single changed digit is noticed: that is what the check character is for.
func TestChecksumCatchesOneChangedDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Date(1930, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 20000).Draw(t, "day"))
		first17 := rapid.StringMatching(`[1-6][0-9]{5}`).Draw(t, "place") + day.Format("20060102") + rapid.StringMatching(`[0-9]{3}`).Draw(t, "sequence")
		number := first17 + string(IDCheckCharacter(first17))
		if check := CheckIDNumber(number, today); !check.Valid() || !check.Birth.Equal(day) {
			t.Fatalf("%s: %+v", number, check)
		}
		at := rapid.IntRange(0, 16).Draw(t, "at")
		digit := byte('0' + rapid.IntRange(0, 9).Draw(t, "digit"))
		changed := number[:at] + string(digit) + number[at+1:]
		if changed != number && CheckIDNumber(changed, today).Valid() {
			t.Fatalf("%s passes as well as %s", changed, number)
		}
	})
}
