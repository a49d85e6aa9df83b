package papers

import (
	"encoding/json"
	"strconv"
	"strings"

	"jieli/internal/view"
	"jieli/rules"
)

// Claimants are those of the family who claim.
func (d *Data) Claimants() []view.Claimant {
	if d.Case.Benefit == nil {
		return nil
	}
	return d.Case.Benefit.Claimants
}

// ClaimantNames are their names in a line; empty while nobody is entered.
func (d *Data) ClaimantNames() string {
	names := []string{}
	for _, one := range d.Claimants() {
		names = append(names, one.Name)
	}
	return strings.Join(names, "、")
}

// nationalFrom is the first day of death the national measures apply to.
const nationalFrom = "2021-09-01"

// ByLocalRules reports whether the death is older than the national measures, so that the rules of its place count.
func (d *Data) ByLocalRules() bool {
	return d.Case.Benefit != nil && d.Case.Benefit.DiedOn < nationalFrom
}

// Fen is an amount of the form.
func (d *Data) Fen(key string) rules.Fen {
	var fen rules.Fen
	_ = json.Unmarshal(d.Case.Form[key], &fen)
	return fen
}

// Part is what one claimant is paid, in fen.
type Part struct {
	view.Claimant
	Funeral, Survivor, Total rules.Fen
}

// Parts are the sums of each claimant as the benefit was released, without what was paid up later; those who get nothing are named with nothing.
func (d *Data) Parts() []Part {
	parts := []Part{}
	for _, one := range d.Claimants() {
		part := Part{Claimant: one}
		for _, payment := range d.Case.Benefit.Payments {
			if payment.Claimant != one.ID || payment.Amount == nil || payment.TrueUp != "" {
				continue
			}
			amount := rules.Fen(*payment.Amount)
			if payment.Kind == "funeral" {
				part.Funeral += amount
			} else {
				part.Survivor += amount
			}
			part.Total += amount
		}
		parts = append(parts, part)
	}
	return parts
}

// quantity words the value of a line of a calculation, by its unit.
func quantity(value, unit string) string {
	switch rules.Unit(unit) {
	case rules.UnitFen:
		if fen, err := strconv.ParseInt(value, 10, 64); err == nil {
			return rules.Fen(fen).String() + " 元"
		}
	case rules.UnitYears:
		return value + " 年"
	case rules.UnitMonths:
		return value + " 个月"
	}
	switch rules.BenefitStatus(value) {
	case rules.StatusRetired:
		return "退休人员"
	case rules.StatusWorking:
		return "在职人员"
	}
	if value == "" {
		return ""
	}
	return date(value)
}

// percent words a share in hundredths of a percent.
func percent(share int64) string {
	return strconv.FormatFloat(float64(share)/100, 'f', -1, 64) + "%"
}

const (
	capitalDigits = "零壹贰叁肆伍陆柒捌玖"
	capitalPlaces = "元拾佰仟万拾佰仟亿拾佰仟"
)

// capitals writes an amount as it stands on papers that money is paid by: 人民币壹拾万零叁佰元整.
func capitals(amount rules.Fen) string {
	digit, place := []rune(capitalDigits), []rune(capitalPlaces)
	yuan := strconv.FormatInt(int64(amount)/100, 10)
	if amount < 0 || len(yuan) > len(place) {
		return amount.String() + " 元"
	}
	var words strings.Builder
	words.WriteString("人民币")
	zero, section := false, false
	for i, d := range yuan {
		at := len(yuan) - 1 - i
		if d == '0' {
			zero = true
		} else {
			if zero && words.String() != "人民币" {
				words.WriteRune('零')
			}
			words.WriteRune(digit[d-'0'])
			if at%4 != 0 {
				words.WriteRune(place[at])
			}
			zero, section = false, true
		}
		// A section ends at 元, 万 and 亿, which is named where anything stands in it.
		if at%4 == 0 {
			if section || at == 0 && len(yuan) > 1 {
				words.WriteRune(place[at])
			}
			section = false
		}
	}
	if yuan == "0" {
		words.WriteString("零元")
	}
	tenth, hundredth := int64(amount)/10%10, int64(amount)%10
	switch {
	case tenth == 0 && hundredth == 0:
		return words.String() + "整"
	case tenth == 0:
		return words.String() + "零" + string(digit[hundredth]) + "分"
	}
	words.WriteString(string(digit[tenth]) + "角")
	if hundredth > 0 {
		words.WriteString(string(digit[hundredth]) + "分")
	}
	return words.String()
}
