package api

import (
	"context"
	"fmt"
	"slices"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
)

// StatisticsRange is what statistics are asked about.
type StatisticsRange struct {
	From   string `query:"from" pattern:"^[0-9]{4}-[0-9]{2}$" doc:"first month, 2026-01; a year back by default"`
	To     string `query:"to" pattern:"^[0-9]{4}-[0-9]{2}$" doc:"last month; this one by default"`
	Office string `query:"office" maxLength:"100"`
}

// mostMonths bounds what one answer counts.
const mostMonths = 36

// filter completes a range. Amounts are for the agency alone: of the bureau's meetings only some are seen, and a
// part of a sum would mislead.
func (r StatisticsRange) filter(who *caller, now time.Time) (view.StatisticsFilter, error) {
	filter := view.StatisticsFilter{From: r.From, To: r.To, Office: r.Office}
	may := false
	for _, post := range who.posts {
		filter.Amounts = filter.Amounts || post.OfficeKind == approval.KindAgency
		may = may || slices.Contains([]approval.OfficeKind{approval.KindAgency, approval.KindBureau, approval.KindSupervision}, post.OfficeKind)
	}
	if !may {
		return filter, approval.Refuse(approval.CodeForbidden, "统计由社保经办机构、人社局和督查部门查看", "statistics are for the agency, the bureau and supervision")
	}
	if filter.To == "" {
		filter.To = now.In(clock.Zone).Format("2006-01")
	}
	to, err := time.Parse("2006-01", filter.To)
	if err != nil {
		return filter, approval.Invalid("to", "没有这个月份", "there is no such month")
	}
	if filter.From == "" {
		filter.From = to.AddDate(0, -11, 0).Format("2006-01")
	}
	from, err := time.Parse("2006-01", filter.From)
	switch {
	case err != nil:
		return filter, approval.Invalid("from", "没有这个月份", "there is no such month")
	case to.Before(from):
		return filter, approval.Invalid("from", "起始月份不能晚于截止月份", "the first month cannot be after the last")
	case !to.Before(from.AddDate(0, mostMonths, 0)):
		return filter, approval.Invalid("from", fmt.Sprintf("一次最多统计 %d 个月", mostMonths), fmt.Sprintf("at most %d months at a time", mostMonths))
	}
	return filter, nil
}

type statisticsInput struct{ StatisticsRange }

type statisticsOutput struct{ Body view.BenefitStatistics }

func (s *Server) benefitStatistics(ctx context.Context, input *statisticsInput) (*statisticsOutput, error) {
	statistics, err := s.countBenefits(ctx, input.StatisticsRange)
	return &statisticsOutput{Body: statistics}, err
}

func (s *Server) countBenefits(ctx context.Context, asked StatisticsRange) (view.BenefitStatistics, error) {
	who := callerOf(ctx)
	filter, err := asked.filter(who, s.Clock.Now())
	if err != nil {
		return view.BenefitStatistics{}, err
	}
	events, err := s.Store.BenefitEvents(ctx, who.scope, filter)
	if err != nil {
		return view.BenefitStatistics{}, err
	}
	statistics := view.CountBenefits(events, filter.Amounts)
	statistics.From, statistics.To = filter.From, filter.To
	return statistics, nil
}

type statisticsCasesInput struct {
	StatisticsRange
	Measure string `query:"measure" default:"claims" enum:"reported,verified,claims,decided,paid,sum"`
}

// benefitStatisticsCases lists the cases behind a number.
func (s *Server) benefitStatisticsCases(ctx context.Context, input *statisticsCasesInput) (*itemsOutput[view.BenefitEvent], error) {
	who := callerOf(ctx)
	filter, err := input.filter(who, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	events, err := s.Store.BenefitEvents(ctx, who.scope, filter)
	return items(slices.DeleteFunc(events, func(event view.BenefitEvent) bool { return event.Measure != input.Measure }), err)
}

var statisticsColumns = []approval.Text{{ZH: "月份", EN: "Month"}, {ZH: "受理单位", EN: "Office"}, {ZH: "去世报告", EN: "Deaths reported"}, {ZH: "已核实", EN: "Verified"}, {ZH: "申领", EN: "Claims"}, {ZH: "已审批", EN: "Decided"}, {ZH: "已支付", EN: "Paid"},
	{ZH: "申领到支付工作日（中位数）", EN: "Working days claim to payment (median)"}, {ZH: "申领到支付工作日（平均）", EN: "Working days claim to payment (mean)"}}

var statisticsSums = []approval.Text{{ZH: "丧葬补助金（元）", EN: "Funeral grant (yuan)"}, {ZH: "抚恤金（元）", EN: "Survivor payment (yuan)"}, {ZH: "合计（元）", EN: "Total (yuan)"}}

// benefitStatisticsSheet is the same as a workbook, with its sum.
func (s *Server) benefitStatisticsSheet(ctx context.Context, input *statisticsInput) (*downloadOutput, error) {
	language, _ := ctx.Value(languageKey).(string)
	statistics, err := s.countBenefits(ctx, input.StatisticsRange)
	if err != nil {
		return nil, err
	}
	sheet, err := newSheet("遗属待遇统计", []float64{12, 36, 12, 12, 12, 12, 12, 24, 24, 18, 18, 18})
	if err != nil {
		return nil, err
	}
	columns := slices.Clone(statisticsColumns)
	if statistics.Total.Sum != nil {
		columns = append(columns, statisticsSums...)
	}
	sheet.heading(language, columns...)
	statistics.Total.Month = approval.Text{ZH: "合计", EN: "Total"}.In(language)
	for _, row := range append(statistics.Rows, statistics.Total) {
		cells := []any{row.Month, row.OfficeName, row.Reported, row.Verified, row.Claims, row.Decided, row.Paid, orBlank(row.MedianDays), orBlank(row.MeanDays)}
		if row.Sum != nil {
			cells = append(cells, float64(*row.Funeral)/100, float64(*row.Survivor)/100, float64(*row.Sum)/100)
		}
		sheet.row(cells...)
	}
	return sheet.download("遗属待遇统计.xlsx")
}

func orBlank(days *float64) any {
	if days == nil {
		return ""
	}
	return *days
}
