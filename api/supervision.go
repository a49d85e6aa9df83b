package api

import (
	"context"
	"strconv"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
)

type summaryOutput struct{ Body view.BoardSummary }

// supervisionSummary counts the tiles of the board.
func (s *Server) supervisionSummary(ctx context.Context, _ *empty) (*summaryOutput, error) {
	summary, err := s.Store.Summary(ctx, callerOf(ctx).scope)
	return &summaryOutput{Body: summary}, err
}

type ageingInput struct {
	Office string `query:"office" maxLength:"100" doc:"open one office: its stages"`
	Type   string `query:"type" maxLength:"50"`
	Stage  string `query:"stage" maxLength:"100" doc:"open one stage of an office: its officers"`
}

func (s *Server) supervisionAgeing(ctx context.Context, input *ageingInput) (*itemsOutput[view.AgeingRow], error) {
	list, err := s.Store.Ageing(ctx, callerOf(ctx).scope, view.SupervisionFilter{Office: input.Office, Type: input.Type, Stage: input.Stage})
	return items(list, err)
}

func (s *Server) supervisionBottlenecks(ctx context.Context, _ *empty) (*itemsOutput[view.Bottleneck], error) {
	list, err := s.Store.Bottlenecks(ctx, callerOf(ctx).scope)
	return items(list, err)
}

// BoardFilter is the filter of a list, as the numbers of the board write it.
type BoardFilter struct {
	Measure string `query:"measure" default:"stuck" enum:"open,due_today,overdue,stuck,closed_week,ageing,overdue_70,overdue_100,overdue_150,no_officer,shuttled,returned,receipt_missing,idle,children,fault"`
	Office  string `query:"office" maxLength:"100"`
	Bucket  string `query:"bucket" enum:"over_10,over_6_10,over_1_5,today,left_1_3,left_4_7,left_more,none,paused"`
	Type    string `query:"type" maxLength:"50"`
	Stage   string `query:"stage" maxLength:"100"`
	Person  string `query:"person" maxLength:"100"`
}

func (f BoardFilter) filter(limit int, after string) view.SupervisionFilter {
	return view.SupervisionFilter{Measure: f.Measure, Office: f.Office, Bucket: f.Bucket, Type: f.Type, Stage: f.Stage, Person: f.Person, Limit: limit, After: after}
}

type stuckInput struct {
	BoardFilter
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"300"`
}

type stuckOutput struct {
	Body struct {
		Items      []view.SupervisedCase `json:"items"`
		NextCursor string                `json:"nextCursor,omitempty"`
		Total      int                   `json:"total"`
	}
}

// supervisionStuck lists what a number of the board counts; without a filter the stuck list.
func (s *Server) supervisionStuck(ctx context.Context, input *stuckInput) (*stuckOutput, error) {
	return s.stuck(ctx, callerOf(ctx).scope, input.filter(input.Limit, input.Cursor))
}

func (s *Server) stuck(ctx context.Context, scope view.Scope, filter view.SupervisionFilter) (*stuckOutput, error) {
	list, next, total, err := s.Store.Stuck(ctx, scope, filter)
	output := &stuckOutput{}
	output.Body.Items, output.Body.NextCursor, output.Body.Total = orEmpty(list), next, total
	return output, err
}

type reviewsInput struct {
	Limit int `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

type reviewsOutput struct {
	Body struct {
		Items []view.DueReview `json:"items"`
		Total int              `json:"total"`
	}
}

// supervisionReviews lists groups, held archives and people deferred whose review date is near or past.
func (s *Server) supervisionReviews(ctx context.Context, input *reviewsInput) (*reviewsOutput, error) {
	list, total, err := s.Store.Reviews(ctx, callerOf(ctx).scope, input.Limit)
	output := &reviewsOutput{}
	output.Body.Items, output.Body.Total = orEmpty(list), total
	return output, err
}

type stuckSheetInput struct{ BoardFilter }

// mostExported is how many rows one workbook holds at most; more are to be narrowed down.
const mostExported = 100_000

// exportPage is how many rows are read at a time for a workbook.
const exportPage = 1000

// supervisionSheet is the same list as a workbook.
func (s *Server) supervisionSheet(ctx context.Context, input *stuckSheetInput) (*downloadOutput, error) {
	scope := callerOf(ctx).scope
	language, _ := ctx.Value(languageKey).(string)
	filter := input.filter(exportPage, "")
	list, next, total, err := s.Store.Stuck(ctx, scope, filter)
	if err != nil {
		return nil, err
	}
	if total > mostExported {
		return nil, approval.Refuse(approval.CodeTooLarge, "超过 "+strconv.Itoa(mostExported)+" 行，请缩小范围后再导出", "more than "+strconv.Itoa(mostExported)+" rows; narrow it down first")
	}
	sheet, err := newSheet("督办清单", []float64{26, 18, 30, 18, 26, 12, 18, 18, 12, 60})
	if err != nil {
		return nil, err
	}
	sheet.heading(language, boardColumns...)
	for {
		for _, one := range list {
			sheet.row(boardRow(one, language)...)
		}
		if next == "" {
			return sheet.download("督办清单.xlsx")
		}
		// The number was counted with the first page.
		filter.After, filter.Uncounted = next, true
		if list, next, _, err = s.Store.Stuck(ctx, scope, filter); err != nil {
			return nil, err
		}
	}
}

var boardColumns = []approval.Text{{ZH: "编号", EN: "Number"}, {ZH: "事项", EN: "Procedure"}, {ZH: "名称", EN: "Title"}, {ZH: "环节", EN: "Stage"}, {ZH: "承办单位", EN: "Office"},
	{ZH: "承办人", EN: "Officer"}, {ZH: "收到时间", EN: "Received"}, {ZH: "办理时限", EN: "Due"}, {ZH: "剩余工作日", EN: "Working days left"}, {ZH: "情况", EN: "Why"}}

func boardRow(one view.SupervisedCase, language string) []any {
	row := []any{one.No, one.TypeTitle.In(language), one.Title, one.StageTitle.In(language), one.OfficeName, one.OwnerName, "", "", "", one.Sentence.In(language)}
	if one.Since != nil {
		row[6] = one.Since.In(clock.Zone).Format("2006-01-02 15:04")
	}
	if one.Due != nil && !one.Neutral {
		row[7] = one.Due.In(clock.Zone).Format("2006-01-02 15:04")
		if one.DueDays != nil {
			row[8] = *one.DueDays
		}
	}
	return row
}
