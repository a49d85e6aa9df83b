package papers

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// blankDate is where a date is written by hand.
const blankDate = "　　年　　月　　日"

// functions are what templates may call beside the methods of Data.
var functions = template.FuncMap{
	"date":    date,
	"outcome": outcome,
	"result":  result,
	"ended":   func(o approval.Outcome) string { return stepOutcomes[o] },
	"inc":     func(n int) int { return n + 1 },
	"grouped": Grouped,
	"join":    strings.Join,
	"list":    func(items ...string) []string { return items },
	"blanks":  func(n int) []struct{} { return make([]struct{}, n) },
	"number":  orNothing,
	"kind":    func(kind approval.OfficeKind) string { return officeKinds[kind] },
	"others":  others,
	"money":   func(fen int64) string { return rules.Fen(fen).String() + " 元" },
	// How money came in.
	"receiptMethod": func(method string) string {
		return map[string]string{"transfer": "银行转账", "counter": "窗口缴款", "court": "法院执行"}[method]
	},
	"most": func(a, b int) int { return max(a, b) },
	"rest": func(all, used int) int { return max(0, all-used) },
	// Of benefits: amounts, shares, and the lines of a calculation.
	"quantity": quantity,
	"percent":  percent,
	"capitals": capitals,
}

var officeKinds = map[approval.OfficeKind]string{approval.KindEnterprise: "企业", approval.KindBureau: "区人社局", approval.KindAgency: "社保经办机构", approval.KindOrganisation: "组织部门",
	approval.KindStreet: "街道办事处", approval.KindCommunity: "社区（村）", approval.KindArchive: "档案保管单位", approval.KindParty: "党组织", approval.KindSupervision: "督查部门"}

// others counts those who went another way than the columns of the totals say.
func others(totals view.LineTotals) int {
	n := totals.People - totals.Open
	for _, named := range []procedures.LineOutcome{procedures.OutcomeReceived, procedures.OutcomeDeferred, procedures.OutcomeReturned, procedures.OutcomeMoved} {
		n -= totals.Outcomes[string(named)]
	}
	return n
}

// stepOutcomes say how a stage ended, where that is not an approval.
var stepOutcomes = map[approval.Outcome]string{approval.OutcomeReturned: "退回", approval.OutcomeRejected: "不予批准", approval.OutcomeWithdrawn: "已撤回",
	approval.OutcomeRecalled: "已取回", approval.OutcomeExpired: "已逾期"}

// date writes a day in full, of a moment or of text as it is stored (2026-11-26, 2026-11, 2026); a missing
// one leaves room for it, and what is no date stays as it is.
func date(value any) string {
	var day time.Time
	switch value := value.(type) {
	case time.Time:
		day = value
	case *time.Time:
		if value != nil {
			day = *value
		}
	case string:
		for layout, written := range map[string]string{time.DateOnly: "2006年1月2日", "2006-01": "2006年1月", "2006": "2006年"} {
			if parsed, err := time.Parse(layout, value); err == nil {
				return parsed.Format(written)
			}
		}
		if value != "" {
			return value
		}
	}
	if day.IsZero() {
		return blankDate
	}
	return day.In(clock.Zone).Format("2006年1月2日")
}

func titleOf(options []approval.Option, value string) string {
	for _, option := range options {
		if option.Value == value {
			return option.Title.ZH
		}
	}
	return value
}

// outcome words how the handover of one person ended.
func outcome(value string) string {
	switch value {
	case "":
		return "办理中"
	case string(procedures.OutcomeCentrallyHeld):
		return "另有规定"
	}
	return titleOf(procedures.LineOutcomes(), value)
}

// result words what became of one archive.
func result(value string) string { return titleOf(procedures.ArchiveResults(), value) }

// orNothing writes a number, and nothing for zero.
func orNothing(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// Grouped is a code in groups of four, as it is read out and typed.
func Grouped(code string) string {
	var groups []string
	for len(code) > 4 {
		groups, code = append(groups, code[:4]), code[4:]
	}
	return strings.Join(append(groups, code), "-")
}
