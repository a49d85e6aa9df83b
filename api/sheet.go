package api

import (
	"bytes"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"jieli/approval"
	"jieli/internal/clock"
)

// sheet streams one worksheet, so that a long list does not have to fit into memory twice.
type sheet struct {
	file   *excelize.File
	writer *excelize.StreamWriter
	bold   int
	rows   int
	err    error
}

func newSheet(name string, widths []float64) (*sheet, error) {
	file := excelize.NewFile()
	if err := file.SetSheetName("Sheet1", name); err != nil {
		return nil, err
	}
	writer, err := file.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := writer.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	if err := writer.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	bold, err := file.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	return &sheet{file: file, writer: writer, bold: bold}, err
}

func (s *sheet) heading(language string, titles ...approval.Text) {
	cells := make([]any, len(titles))
	for i, title := range titles {
		cells[i] = excelize.Cell{StyleID: s.bold, Value: title.In(language)}
	}
	s.row(cells...)
}

// row adds a line. Texts that a spreadsheet would take for a formula are quoted.
func (s *sheet) row(values ...any) {
	if s.err != nil {
		return
	}
	for i, value := range values {
		if text, ok := value.(string); ok && strings.ContainsAny(firstOf(text), "=+-@") {
			values[i] = "'" + text
		}
	}
	s.rows++
	var place string
	if place, s.err = excelize.CoordinatesToCellName(1, s.rows); s.err == nil {
		s.err = s.writer.SetRow(place, values)
	}
}

func firstOf(text string) string {
	if text == "" {
		return ""
	}
	return text[:1]
}

func (s *sheet) download(name string) (*downloadOutput, error) {
	defer func() { _ = s.file.Close() }()
	if s.err != nil {
		return nil, s.err
	}
	if err := s.writer.Flush(); err != nil {
		return nil, err
	}
	var content bytes.Buffer
	if err := s.file.Write(&content); err != nil {
		return nil, err
	}
	return &downloadOutput{ContentType: workbookType, ContentDisposition: attachmentHeader(name), Body: content.Bytes()}, nil
}

func dateOf(moment *time.Time) string {
	if moment == nil {
		return ""
	}
	return moment.In(clock.Zone).Format(time.DateOnly)
}
