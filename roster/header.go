package roster

import (
	"io"
	"strings"
)

// layout is a recognised header: which column of the sheet is which.
type layout struct {
	headerRow int
	header    []string
	columns   []Column
	position  map[Column]int
	// corrected tells that the sheet is a correctable workbook of ours: it has 原行号.
	corrected bool
}

func (l *layout) at(column Column) int {
	if position, ok := l.position[column]; ok {
		return position
	}
	return -1
}

// added reports that a position is one of the two columns our own workbook adds.
func (l *layout) added(position int) bool {
	return position < len(l.columns) && (l.columns[position] == ColumnOrigin || l.columns[position] == ColumnReason)
}

var headerIndex = func() map[string]Column {
	index := map[string]Column{}
	for _, list := range [][]ColumnInfo{columns, addedColumns} {
		for _, column := range list {
			index[headerKey(column.TitleZH)] = column.Key
			index[headerKey(column.TitleEN)] = column.Key
			index[headerKey(string(column.Key))] = column.Key
			for _, synonym := range column.Synonyms {
				index[headerKey(synonym)] = column.Key
			}
		}
	}
	return index
}()

// headerKey reduces a header to what is compared: half-width, lower-case, no blanks, no marks for
// required columns, no colon.
func headerKey(text string) string {
	text = strings.ToLower(removeBlank(halfWidth(text)))
	return strings.Trim(text, "*※★:'\"")
}

// recognise finds the column of a header that stands alone; a remark in brackets may be ignored.
func recognise(text string) Column {
	key := headerKey(text)
	if column, ok := headerIndex[key]; ok {
		return column
	}
	for _, brackets := range [][2]string{{"(", ")"}, {"[", "]"}, {"【", "】"}} {
		if before, rest, found := strings.Cut(key, brackets[0]); found {
			_, after, _ := strings.Cut(rest, brackets[1])
			if column, ok := headerIndex[strings.Trim(before+after, "*※★:")]; ok {
				return column
			}
		}
	}
	return ""
}

// groupWords tell what a group heading is about. A heading that names two matters decides nothing.
var groupWords = []struct {
	words []string
	subs  map[string]Column
}{
	{[]string{"户籍", "户口"}, subHeaders(ColumnHukouCode, "区划代码", "社区代码", "社区编码", "代码", "编码", "行政区划代码", "区划编码")(ColumnHukouAddress, "地址", "详细地址", "住址", "所在地", "社区", "社区名称", "具体地址")},
	{[]string{"居住", "住址", "常住", "现住"}, subHeaders(ColumnResidenceCode, "区划代码", "社区代码", "社区编码", "代码", "编码", "行政区划代码", "区划编码")(ColumnResidenceAddress, "地址", "详细地址", "住址", "所在地", "社区", "社区名称", "具体地址")},
	{[]string{"亲属", "家属", "联系人"}, subHeaders(ColumnKinName, "姓名", "名字")(ColumnKinPhone, "电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码")},
	{[]string{"退休"}, subHeaders(ColumnRetirementDate, "时间", "日期", "年月", "年月日")(ColumnRetirementType, "类别", "类型", "性质", "种类")},
	{[]string{"档案"}, subHeaders(ColumnArchiveNumber, "编号", "号", "号码")(ColumnArchiveVolumes, "卷数", "册数", "数量")},
	{[]string{"社保", "社会保险", "养老"}, subHeaders(ColumnSocialSecurityNumber, "编号", "个人编号", "号", "号码")(ColumnPayingAgency, "机构", "经办机构", "发放机构")},
	{[]string{"党"}, subHeaders(ColumnPartyDuesMonth, "缴纳至", "交纳至", "缴至", "交至", "截止月份", "缴纳月份")(ColumnPoliticalStatus, "是否党员", "面貌")},
}

// subHeaders lists what stands below a group heading, in two calls: one for each of two columns.
func subHeaders(first Column, firstWords ...string) func(Column, ...string) map[string]Column {
	return func(second Column, secondWords ...string) map[string]Column {
		known := map[string]Column{}
		for _, word := range firstWords {
			known[word] = first
		}
		for _, word := range secondWords {
			known[word] = second
		}
		return known
	}
}

// recogniseUnder finds the column of a sub heading below a group heading. paired tells that the
// group decided.
func recogniseUnder(group, sub string) (column Column, paired bool) {
	if group != "" {
		if column := recognise(group + sub); column != "" {
			return column, true
		}
		matched := -1
		for i := range groupWords {
			for _, word := range groupWords[i].words {
				if strings.Contains(group, word) {
					if matched >= 0 && matched != i {
						return recognise(sub), false
					}
					matched = i
				}
			}
		}
		if matched >= 0 {
			if column, ok := groupWords[matched].subs[headerKey(sub)]; ok {
				return column, true
			}
		}
	}
	return recognise(sub), false
}

// headline is a row kept while the header is looked for.
type headline struct {
	number int
	cells  []string
}

// candidate is one reading of one to three rows as a header.
type candidate struct {
	layout        *layout
	score, paired int
	unknown       []string
}

func (c *candidate) better(other *candidate) bool {
	if other == nil || c.score != other.score {
		return other == nil || c.score > other.score
	}
	return c.paired > other.paired
}

// enough reports that this is a roster's header and not a chance resemblance.
func (c *candidate) enough() bool {
	if c == nil || c.score < 3 {
		return false
	}
	return c.layout.at(ColumnName) >= 0 || c.layout.at(ColumnIDNumber) >= 0
}

// findHeader reads the beginning of a sheet and returns its best header; nil if it has none.
func findHeader(reader recordReader, mapping map[string]Column) (*candidate, error) {
	chosen := map[string]Column{}
	for header, column := range mapping {
		chosen[headerKey(header)] = column
	}
	var rows []headline
	var best *candidate
	for len(rows) < headerSearchRows {
		record, err := reader.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		if record.number > MaxRows {
			break
		}
		rows = append(rows, headline{record.number, append([]string(nil), record.cells...)})
		for depth := 1; depth <= 3 && depth <= len(rows); depth++ {
			block := rows[len(rows)-depth:]
			if block[depth-1].number-block[0].number != depth-1 {
				break
			}
			if reading := readHeader(block, chosen); reading.better(best) {
				best = reading
			}
		}
	}
	if !best.enough() {
		return nil, nil
	}
	return best, nil
}

// readHeader reads rows as one header whose last row is the lowest.
func readHeader(block []headline, chosen map[string]Column) *candidate {
	last := len(block) - 1
	width := 0
	for _, line := range block {
		width = max(width, len(line.cells))
	}
	reading := &candidate{layout: &layout{headerRow: block[last].number, position: map[Column]int{}}}
	layout := reading.layout
	layout.header, layout.columns = make([]string, width), make([]Column, width)
	groups := groupHeadings(block[:last], width)
	paired := 0
	for position := range width {
		sub := headerCell(block[last], position)
		group := groups[position]
		if sub == "" {
			// A heading merged downwards has its text in the upper row.
			for above := last - 1; above >= 0 && sub == ""; above-- {
				sub = headerCell(block[above], position)
			}
			group = ""
		}
		if sub == "" {
			continue
		}
		column, byGroup := recogniseUnder(group, sub)
		text := sub
		if byGroup && recognise(sub) != column {
			if text = group + sub; recognise(text) != column {
				text = columnByKey[column].TitleZH
			}
		}
		if choice, ok := chosen[headerKey(text)]; ok {
			column, byGroup = choice, false
			if choice == "" {
				layout.header[position] = text
				continue
			}
		}
		layout.header[position] = text
		if _, taken := layout.position[column]; column == "" || taken {
			reading.unknown = append(reading.unknown, text)
			continue
		}
		layout.columns[position] = column
		layout.position[column] = position
		if byGroup {
			paired++
		}
	}
	reading.score, reading.paired = len(layout.position), paired
	_, layout.corrected = layout.position[ColumnOrigin]
	if !layout.corrected {
		dropReason(reading)
	}
	return reading
}

// dropReason treats a column 原因 as the enterprise's own where 原行号 does not stand beside it.
func dropReason(reading *candidate) {
	if position, ok := reading.layout.position[ColumnReason]; ok {
		delete(reading.layout.position, ColumnReason)
		reading.layout.columns[position] = ""
		reading.unknown = append(reading.unknown, reading.layout.header[position])
		reading.score--
	}
}

func headerCell(line headline, position int) string {
	if position >= len(line.cells) {
		return ""
	}
	return removeBlank(line.cells[position])
}

// groupHeadings joins the rows above the lowest: each heading reaches to the right up to the next,
// as merged cells show it. A row of one cell is a title, and one with a colon a form line.
func groupHeadings(above []headline, width int) []string {
	groups := make([]string, width)
	for _, line := range above {
		filled, colon := 0, false
		for position := range width {
			text := headerCell(line, position)
			if text != "" {
				filled++
			}
			colon = colon || strings.ContainsAny(text, "：:")
		}
		if filled < 2 || colon {
			continue
		}
		current := ""
		for position := range width {
			if text := headerCell(line, position); text != "" {
				current = text
			}
			groups[position] += current
		}
	}
	return groups
}

// missingRequired lists the required columns the header lacks.
func (l *layout) missingRequired() []Column {
	var missing []Column
	for _, column := range columns {
		if column.Required && l.at(column.Key) < 0 {
			missing = append(missing, column.Key)
		}
	}
	return missing
}
