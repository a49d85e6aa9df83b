package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// look prepares one look at the board of the districts somebody supervises.
func (s *Store) look(ctx context.Context, scope view.Scope) (*board, error) {
	lows, highs := regionRanges(scope.Paths)
	region := rules.NationalScope
	if len(lows) > 0 {
		region = view.RegionCode(lows[0])
	}
	calendars, err := s.calendars(ctx, s.pool, []string{region})
	if err != nil {
		return nil, err
	}
	calendar, now := calendars[region], s.clock.Now()
	days, err := s.number(ctx, s.pool, procedures.SettingIdleDays, region)
	if err != nil {
		return nil, err
	}
	returned, err := s.number(ctx, s.pool, procedures.SettingReturnedTimes, region)
	if err != nil {
		return nil, err
	}
	today := rules.DayOf(now)
	week := today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	return &board{lows: lows, highs: highs, now: now, bounds: bound(calendar, now), idle: back(calendar, today, days), week: week, quarter: now.AddDate(0, 0, -90), returned: returned, calendar: calendar}, nil
}

// counting begins a batch of board queries: they are to be answered from indexes, where a planner
// that thinks of this one query alone would read a whole table when most of it is asked for. What
// that says of their cost would set off the compiler too, which takes longer than they do.
func counting() *pgx.Batch {
	batch := &pgx.Batch{}
	batch.Queue(`SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)`)
	return batch
}

// count queues the number of a filter. Numbers are counted by the program with the districts in the
// query itself, lists are read with the caller's eyes.
func (b *board) count(batch *pgx.Batch, filter view.SupervisionFilter, number *view.Number) error {
	q := &selection{board: b}
	sql, err := q.of(filter)
	if err != nil {
		return err
	}
	number.Filter = queryOf(filter)
	batch.Queue(`SELECT count(*) FROM (`+sql+`) counted`, q.arguments...).QueryRow(func(row pgx.Row) error { return row.Scan(&number.Count) })
	return nil
}

// countRows runs one query that answers several numbers.
func (s *Store) countRows(ctx context.Context, sql string, arguments, into []any, each func() error) error {
	batch := counting()
	batch.Queue(sql, arguments...).Query(func(rows pgx.Rows) error {
		_, err := pgx.ForEachRow(rows, into, each)
		return err
	})
	return s.pool.SendBatch(ctx, batch).Close()
}

// Summary counts the tiles and the causes.
func (s *Store) Summary(ctx context.Context, scope view.Scope) (view.BoardSummary, error) {
	var summary view.BoardSummary
	b, err := s.look(ctx, scope)
	if err != nil {
		return summary, err
	}
	batch := counting()
	summary.CountedAt, summary.Causes = b.now, make([]view.CauseNumber, 0, len(causes)+len(warnings))
	for _, cause := range append(append([]string{}, causes...), warnings...) {
		summary.Causes = append(summary.Causes, view.CauseNumber{Cause: cause, Title: causeTitles[cause]})
	}
	numbers := map[string]*view.Number{measureOpen: &summary.Open, measureToday: &summary.DueToday, measureOverdue: &summary.Overdue, measureStuck: &summary.Stuck, measureClosed: &summary.ClosedNow}
	for i := range summary.Causes {
		numbers[summary.Causes[i].Cause] = &summary.Causes[i].Number
	}
	for measure, number := range numbers {
		if err := b.count(batch, view.SupervisionFilter{Measure: measure}, number); err != nil {
			return summary, err
		}
	}
	q := &selection{board: b}
	batch.Queue(`SELECT avg(`+q.workingDays("c.submitted_at", "c.ended_at", b.week.AddDate(-2, 0, 0))+`)::float8 FROM cases c WHERE c.ended_at >= `+q.argument(b.week, "timestamptz")+
		` AND c.state = 'closed' AND `+q.within("c.region_path"), q.arguments...).QueryRow(func(row pgx.Row) error { return row.Scan(&summary.Average) })
	if len(b.lows) > 0 {
		codes := make([]string, len(b.lows))
		for i, low := range b.lows {
			codes[i] = view.RegionCode(low)
		}
		batch.Queue(`SELECT coalesce(string_agg(name, '、' ORDER BY code), '') FROM regions WHERE code = ANY($1)`, codes).QueryRow(func(row pgx.Row) error { return row.Scan(&summary.Region) })
	}
	return summary, s.pool.SendBatch(ctx, batch).Close()
}

// workingDays is the number of working days between two columns, counted by their places in the
// list of all working days since a day.
func (q *selection) workingDays(from, to string, since time.Time) string {
	var days []time.Time
	for day := rules.DayOf(since); !day.After(q.board.now); day = day.AddDate(0, 0, 1) {
		if q.board.calendar.Working(day) {
			days = append(days, day)
		}
	}
	list := q.argument(days, "timestamptz[]")
	return `(width_bucket(` + to + `, ` + list + `) - width_bucket(` + from + `, ` + list + `))`
}

// Ageing counts open tasks by deadline: per office, or within one office per stage, or within one
// stage of it per officer.
func (s *Store) Ageing(ctx context.Context, scope view.Scope, filter view.SupervisionFilter) ([]view.AgeingRow, error) {
	b, err := s.look(ctx, scope)
	if err != nil {
		return nil, err
	}
	filter.Measure, filter.Bucket = measureAgeing, ""
	group := `t.office, '' AS type, '' AS stage, '' AS person`
	switch {
	case filter.Office != "" && filter.Stage != "":
		group = `t.office, t.case_type, t.stage, coalesce(t.owner, '-')`
	case filter.Office != "":
		group = `t.office, t.case_type, t.stage, ''`
	}
	q := &selection{board: b}
	bucket := q.bucket()
	sql := `SELECT g.office, o.name, o.kind, g.type, g.stage, g.person, coalesce(u.name, ''), g.bucket, g.n FROM (
		SELECT office, type, stage, person, bucket, count(*)::int AS n FROM (SELECT ` + group + `, ` + bucket + ` FROM tasks t WHERE ` + openTask + ` AND ` + q.within("t.region_path") + q.narrowed(filter) + `) AS each(office, type, stage, person, bucket)
		GROUP BY 1, 2, 3, 4, 5) g JOIN offices o ON o.id = g.office LEFT JOIN users u ON u.id = g.person ORDER BY o.kind, o.path, g.office, g.type, g.stage, g.person`
	list := []view.AgeingRow{}
	var row view.AgeingRow
	var in string
	var n int
	err = s.countRows(ctx, sql, q.arguments, []any{&row.Office, &row.OfficeName, &row.OfficeKind, &row.Type, &row.Stage, &row.Person, &row.PersonName, &in, &n}, func() error {
		last := len(list) - 1
		if last < 0 || list[last].Office != row.Office || list[last].Type != row.Type || list[last].Stage != row.Stage || list[last].Person != row.Person {
			list = append(list, newAgeingRow(row))
			last++
		}
		for i := range list[last].Cells {
			if cell := &list[last].Cells[i]; cell.Bucket == in {
				cell.Count = n
			}
		}
		list[last].Total.Count += n
		return nil
	})
	return list, err
}

func newAgeingRow(row view.AgeingRow) view.AgeingRow {
	row.Neutral = neutral(row.OfficeKind)
	if row.Stage != "" {
		_, title := Titles(row.Type, row.Stage)
		row.StageTitle = &title
	}
	filter := view.SupervisionFilter{Measure: measureAgeing, Office: row.Office, Type: row.Type, Stage: row.Stage, Person: row.Person}
	row.Total = view.Number{Filter: queryOf(filter)}
	row.Cells = make([]view.AgeingCell, 0, len(buckets))
	if row.Neutral {
		return row
	}
	for _, bucket := range buckets {
		filter.Bucket = bucket
		row.Cells = append(row.Cells, view.AgeingCell{Bucket: bucket, Number: view.Number{Filter: queryOf(filter)}})
	}
	return row
}

// Bottlenecks tells for each stage how many working days its signatures of the last 90 days took
// (median and 90th percentile) and how many of its tasks are open.
func (s *Store) Bottlenecks(ctx context.Context, scope view.Scope) ([]view.Bottleneck, error) {
	b, err := s.look(ctx, scope)
	if err != nil {
		return nil, err
	}
	q := &selection{board: b}
	days := q.workingDays("t.opened_at", "t.closed_at", b.quarter.AddDate(-2, 0, 0))
	sql := `SELECT coalesce(d.type, o.type), coalesce(d.stage, o.stage), d.median, d.p90, coalesce(d.n, 0), coalesce(o.n, 0) FROM (
			SELECT t.case_type AS type, t.stage, percentile_cont(0.5) WITHIN GROUP (ORDER BY ` + days + `) AS median, percentile_cont(0.9) WITHIN GROUP (ORDER BY ` + days + `) AS p90, count(*)::int AS n
			FROM tasks t WHERE t.state = 'signed' AND t.kind = '' AND t.pauses = 0 AND t.closed_at >= ` + q.argument(b.quarter, "timestamptz") + ` AND ` + q.within("t.region_path") + ` GROUP BY 1, 2) d
		FULL JOIN (SELECT t.case_type AS type, t.stage, count(*)::int AS n FROM tasks t WHERE ` + openTask + ` AND ` + q.within("t.region_path") + ` GROUP BY 1, 2) o ON o.type = d.type AND o.stage = d.stage`
	found := map[string]view.Bottleneck{}
	var each view.Bottleneck
	err = s.countRows(ctx, sql, q.arguments, []any{&each.Type, &each.Stage, &each.Median, &each.P90, &each.Signed, &each.Open.Count}, func() error {
		each.TypeTitle, each.StageTitle = Titles(each.Type, each.Stage)
		each.Open.Filter = queryOf(view.SupervisionFilter{Measure: measureAgeing, Type: each.Type, Stage: each.Stage})
		found[each.Type+"/"+each.Stage] = each
		return nil
	})
	// In the order of the procedures.
	list := []view.Bottleneck{}
	for _, procedure := range procedures.All() {
		for _, stage := range procedure.Stages {
			if one, known := found[procedure.Type+"/"+stage.Key]; known {
				one.Neutral = neutral(stage.OfficeKind())
				list = append(list, one)
			}
		}
	}
	return list, err
}

var causeTitles = map[string]approval.Text{
	measureFault:    {ZH: "技术故障", EN: "Technical fault"},
	measureNobody:   {ZH: "无在岗人员", EN: "No competent officer"},
	measureLate:     {ZH: "严重超期（150%）", EN: "Long overdue (150 %)"},
	measureShuttled: {ZH: "两单位间多次退转", EN: "Returned back and forth"},
	measureReturned: {ZH: "多次退回", EN: "Returned often"},
	measureReceipt:  {ZH: "未见回执或函复", EN: "No receipt or reply"},
	measureIdle:     {ZH: "长期无动作", EN: "Idle"},
	measureChildren: {ZH: "下级办件拖延", EN: "Child cases hold it up"},
	measureDue:      {ZH: "已超期", EN: "Overdue"},
	measureWarned:   {ZH: "临近时限（70%）", EN: "70 % of the time used"},
}
