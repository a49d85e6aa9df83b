package api

import (
	"context"

	"jieli/approval"
	"jieli/internal/view"
)

type progressInput struct {
	By string `query:"by" default:"enterprise" enum:"enterprise,street"`
}

// supervisionProgress is the progress of handovers in the supervised regions.
func (s *Server) supervisionProgress(ctx context.Context, input *progressInput) (*itemsOutput[view.Progress], error) {
	return items(s.Store.Progress(ctx, callerOf(ctx).scope, input.By))
}

var progressColumns = []approval.Text{{ZH: "应移交", EN: "To hand over"}, {ZH: "已接收", EN: "Received"}, {ZH: "暂缓", EN: "Deferred"}, {ZH: "退回", EN: "Returned"}, {ZH: "不属范围", EN: "Out of scope"},
	{ZH: "去世", EN: "Died"}, {ZH: "异地", EN: "Elsewhere"}, {ZH: "转其他社区", EN: "Moved"}, {ZH: "在办", EN: "Open"}}

// supervisionProgressSheet is the same as a workbook, with its sum.
func (s *Server) supervisionProgressSheet(ctx context.Context, input *progressInput) (*downloadOutput, error) {
	language, _ := ctx.Value(languageKey).(string)
	list, err := s.Store.Progress(ctx, callerOf(ctx).scope, input.By)
	if err != nil {
		return nil, err
	}
	sheet, err := newSheet("移交进度", []float64{40, 12, 12, 12, 12, 12, 12, 12, 12, 12})
	if err != nil {
		return nil, err
	}
	first, name := approval.Text{ZH: "企业", EN: "Enterprise"}, "移交进度表-按企业.xlsx"
	if input.By == "street" {
		first, name = approval.Text{ZH: "街道", EN: "Street"}, "移交进度表-按街道.xlsx"
	}
	sheet.heading(language, append([]approval.Text{first}, progressColumns...)...)
	sum := view.Progress{Name: approval.Text{ZH: "合计", EN: "Total"}.In(language)}
	for _, p := range list {
		sum.Add(p)
	}
	for _, p := range append(list, sum) {
		if p.Name == "" {
			p.Name = approval.Text{ZH: "（尚未分送街道）", EN: "(no street yet)"}.In(language)
		}
		sheet.row(p.Name, p.People, p.Received, p.Deferred, p.Returned, p.OutOfScope, p.Died, p.Elsewhere, p.Moved, p.Open)
	}
	return sheet.download(name)
}
