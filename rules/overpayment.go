package rules

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"jieli/approval"
)

// monthFormat is how a month is written.
const monthFormat = "2006-01"

// clausePension leaves it with the agency that the pension is paid on time, and to whom.
const clausePension = "S2.2(1)"

var paymentRecords = approval.Text{ZH: "养老金支付记录", EN: "the payment records of the pension"}

// PaidMonth is what the payment records say of one month ("2006-01").
type PaidMonth struct {
	Month string `json:"month"`
	Paid  Fen    `json:"paid"`
}

// OverpaidMonth is one month with what of it was due.
type OverpaidMonth struct {
	Month    string `json:"month"`
	Paid     Fen    `json:"paid"`
	Due      Fen    `json:"due"`
	Overpaid Fen    `json:"overpaid"`
}

// Overpayment is what was paid beyond what was due, month by month.
type Overpayment struct {
	Months []OverpaidMonth
	Total  Fen
}

// CheckPaidMonths says what is wrong with a list of paid months; nil when nothing is. No month is told twice or
// lies after today's.
func CheckPaidMonths(paid []PaidMonth, today time.Time) *approval.Text {
	wrong := func(i int, zh, en string) *approval.Text {
		return &approval.Text{ZH: fmt.Sprintf("第 %d 条：%s", i+1, zh), EN: fmt.Sprintf("entry %d: %s", i+1, en)}
	}
	told := map[string]bool{}
	for i, one := range paid {
		month, err := time.Parse(monthFormat, one.Month)
		switch {
		case err != nil || month.Year() < 1:
			return wrong(i, "月份应写成 2026-11 的样子", "a month is written like 2026-11")
		case told[one.Month]:
			return wrong(i, "同一月份重复填写", "the month is told twice")
		case one.Month > today.In(Zone).Format(monthFormat):
			return wrong(i, "月份不能晚于本月", "the month cannot be after this one")
		case one.Paid <= 0:
			return wrong(i, "请填写已发金额", "give the sum that was paid")
		}
		told[one.Month] = true
	}
	return nil
}

// CalculateOverpayment compares what was paid with what was due: up to the month of the death all of it, from
// the day on which the pension stops nothing.
func CalculateOverpayment(stops time.Time, paid []PaidMonth) Overpayment {
	result := Overpayment{Months: []OverpaidMonth{}}
	for _, one := range paid {
		month := OverpaidMonth{Month: one.Month, Paid: one.Paid, Due: one.Paid}
		if one.Month >= stops.Format(monthFormat) {
			month.Due, month.Overpaid = 0, one.Paid
		}
		result.Months = append(result.Months, month)
		result.Total += month.Overpaid
	}
	slices.SortFunc(result.Months, func(a, b OverpaidMonth) int { return cmp.Compare(a.Month, b.Month) })
	return result
}

// DeriveOverpayment tells line by line how the sum came about.
func DeriveOverpayment(died, stops time.Time, result Overpayment) []Step {
	steps := []Step{
		{Step: approval.Text{ZH: "核实的去世日期", EN: "verified date of death"}, Value: died.Format(time.DateOnly), Clause: clausePension, Source: approval.Text{ZH: "核实的死亡登记", EN: "the verified report of the death"}},
		{Step: approval.Text{ZH: "去世当月照发，自次月起停发", EN: "the month of the death is paid; the pension stops from the month after"}, Value: stops.Format(time.DateOnly), Clause: clausePension},
	}
	months := 0
	for _, one := range result.Months {
		if one.Overpaid == 0 {
			steps = append(steps, Step{Step: approval.Text{ZH: one.Month + "：停发以前的月份，应发，不追回", EN: one.Month + ": before the pension stopped; it was due and is not claimed back"}, Value: Fen(0).value(), Unit: UnitFen, Clause: clausePension, Source: paymentRecords})
			continue
		}
		months++
		steps = append(steps, Step{Step: approval.Text{ZH: fmt.Sprintf("%s：已发 %s 元 − 应发 0.00 元", one.Month, one.Paid), EN: fmt.Sprintf("%s: ¥%s paid − ¥0.00 due", one.Month, one.Paid)}, Value: one.Overpaid.value(), Unit: UnitFen, Clause: clausePension, Source: paymentRecords})
	}
	return append(steps, moneyStep(fmt.Sprintf("多发合计（%d 个月）", months), fmt.Sprintf("overpaid in all (%d months)", months), result.Total, ""))
}
