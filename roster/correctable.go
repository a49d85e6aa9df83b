package roster

import (
	"io"
	"iter"
	"strings"

	"github.com/xuri/excelize/v2"
)

// WriteCorrectable writes rows as a workbook to be corrected and uploaded again: the original
// columns under their headers (Result.Header), then 原因 with every blocker and warning, then
// 原行号, by which the corrected row is matched. Everything is written as text, and text a
// spreadsheet might evaluate gets an apostrophe in front, which Check takes off again.
func WriteCorrectable(w io.Writer, header []string, rows iter.Seq2[Row, error]) error {
	file := excelize.NewFile()
	defer file.Close()
	if err := file.SetSheetName("Sheet1", templateSheet); err != nil {
		return err
	}
	text, err := file.NewStyle(&excelize.Style{NumFmt: 49})
	if err != nil {
		return err
	}
	head, err := headStyle(file, "E7EEF7")
	if err != nil {
		return err
	}
	stream, err := file.NewStreamWriter(templateSheet)
	if err != nil {
		return err
	}
	if err := writeCorrectableHead(stream, header, text, head); err != nil {
		return err
	}
	number := 1
	for row, err := range rows {
		if err != nil {
			return err
		}
		number++
		if err := writeCorrectableRow(stream, number, len(header), row, text); err != nil {
			return err
		}
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	if err := file.SetDocProps(&excelize.DocProperties{Title: templateSheet, Creator: "接力", LastModifiedBy: "接力"}); err != nil {
		return err
	}
	return file.Write(w)
}

func writeCorrectableHead(stream *excelize.StreamWriter, header []string, text, head int) error {
	if err := stream.SetColStyle(1, len(header)+2, text); err != nil {
		return err
	}
	for i, title := range header {
		if err := stream.SetColWidth(i+1, i+1, columnWidth(recognise(title))); err != nil {
			return err
		}
	}
	if err := stream.SetColWidth(len(header)+1, len(header)+1, 60); err != nil {
		return err
	}
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	titles := make([]any, 0, len(header)+2)
	for _, title := range append(append([]string(nil), header...), columnByKey[ColumnReason].TitleZH, columnByKey[ColumnOrigin].TitleZH) {
		titles = append(titles, excelize.Cell{StyleID: head, Value: quoted(title)})
	}
	return stream.SetRow("A1", titles)
}

func writeCorrectableRow(stream *excelize.StreamWriter, number, width int, row Row, text int) error {
	values := make([]any, width+2)
	for i := range width {
		if i < len(row.Cells) && row.Cells[i] != "" {
			values[i] = excelize.Cell{StyleID: text, Value: quoted(row.Cells[i])}
		}
	}
	origin := row.Number
	if row.Origin > 0 {
		origin = row.Origin
	}
	values[width] = excelize.Cell{StyleID: text, Value: reasons(row.Findings)}
	values[width+1] = origin
	reference, err := excelize.CoordinatesToCellName(1, number)
	if err != nil {
		return err
	}
	return stream.SetRow(reference, values)
}

// reasons joins what is to be done about the row; what changes nothing is left out.
func reasons(findings []Finding) string {
	var joined strings.Builder
	for _, level := range [2]Level{LevelBlocker, LevelWarning} {
		for _, finding := range findings {
			if finding.Level != level {
				continue
			}
			if joined.Len() > 0 {
				joined.WriteString("\n")
			}
			if level == LevelWarning {
				joined.WriteString("（提示）")
			}
			joined.WriteString(finding.Message)
		}
	}
	return joined.String()
}

// quoted protects text a spreadsheet, or a CSV made from it, might evaluate.
func quoted(text string) string {
	if looksLikeFormula(text) {
		return "'" + text
	}
	return text
}
