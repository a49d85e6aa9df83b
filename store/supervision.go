package store

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/rules"
)

// Measures of the board. Those of causes put a case on the stuck list.
const (
	measureOpen     = "open"
	measureToday    = "due_today"
	measureOverdue  = "overdue"
	measureStuck    = "stuck"
	measureClosed   = "closed_week"
	measureAgeing   = "ageing"
	measureWarned   = "overdue_70"
	measureDue      = "overdue_100"
	measureLate     = "overdue_150"
	measureNobody   = "no_officer"
	measureShuttled = "shuttled"
	measureReturned = "returned"
	measureReceipt  = "receipt_missing"
	measureIdle     = "idle"
	measureChildren = "children"
	measureFault    = "fault"
)

// causes are the reasons for which a case is stuck, the gravest first. That 70 or 100 % of the time
// has passed is shown, but stuck is what is half as late again.
var causes = []string{measureFault, measureNobody, measureLate, measureShuttled, measureReturned, measureReceipt, measureIdle, measureChildren}

// warnings are the causes that are listed without making a case stuck.
var warnings = []string{measureDue, measureWarned}

// buckets are the columns of the ageing matrix: working days over the deadline or left until it,
// then what has no deadline and what is suspended.
var buckets = []string{"over_10", "over_6_10", "over_1_5", "today", "left_1_3", "left_4_7", "left_more", "none", "paused"}

// board is one look at the board: the moment, and what the calendar makes of it.
type board struct {
	lows, highs []string
	now         time.Time
	// bounds are the moments between the buckets of the matrix.
	bounds [6]time.Time
	// idle is the moment since when nothing must have happened on an idle case.
	idle     time.Time
	week     time.Time
	quarter  time.Time
	returned int
	calendar rules.Calendar
}

// bound finds the bounds of the buckets, working day by working day.
func bound(calendar rules.Calendar, now time.Time) (bounds [6]time.Time) {
	today := rules.DayOf(now)
	ahead := func(days int) time.Time {
		day := today.AddDate(0, 0, 1)
		for calendar.WorkingDaysBetween(today, day) <= days {
			day = day.AddDate(0, 0, 1)
		}
		return day
	}
	return [6]time.Time{back(calendar, today, 10), back(calendar, today, 5), now, today.AddDate(0, 0, 1), ahead(3), ahead(7)}
}

// back is the earliest day from which at most so many working days have passed until today.
func back(calendar rules.Calendar, today time.Time, days int) time.Time {
	day := today
	for calendar.WorkingDaysBetween(day.AddDate(0, 0, -1), today) <= days {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// regionRanges turn path prefixes into ranges that an index answers; a path within another is dropped.
func regionRanges(paths []string) (lows, highs []string) {
	lows, highs = []string{}, []string{}
	for _, path := range paths {
		within := slices.ContainsFunc(paths, func(other string) bool { return other != path && strings.HasPrefix(path, other) })
		if !within && !slices.Contains(lows, path) {
			// Paths are digits and letters: ":" follows "9", and "~" follows both.
			lows, highs = append(lows, path), append(highs, path+"~")
		}
	}
	return lows, highs
}

// selection is a piece of SQL and its arguments. Every number of the board is the count of one, and
// every list its rows: case_no, task (null for whole cases), key and id (its order).
type selection struct {
	board     *board
	arguments []any
}

func (q *selection) argument(value any, kind string) string {
	q.arguments = append(q.arguments, value)
	return fmt.Sprintf("$%d::%s", len(q.arguments), kind)
}

// within keeps rows of the supervised districts.
func (q *selection) within(column string) string {
	if len(q.board.lows) == 1 {
		return column + " ~>=~ " + q.argument(q.board.lows[0], "text") + " AND " + column + " ~<~ " + q.argument(q.board.highs[0], "text")
	}
	return "EXISTS (SELECT FROM unnest(" + q.argument(q.board.lows, "text[]") + ", " + q.argument(q.board.highs, "text[]") + ") AS r(low, high) WHERE " + column + " ~>=~ r.low AND " + column + " ~<~ r.high)"
}

const (
	ofTasks   = `SELECT t.case_no, t.id AS task, coalesce(t.due, 'infinity') AS key, t.id FROM tasks t WHERE `
	ofCases   = `SELECT c.no AS case_no, NULL::text AS task, c.submitted_at AS key, c.no AS id FROM cases c WHERE `
	openTask  = `t.state = 'open' AND t.kind <> 'supervision'`
	runsTask  = openTask + ` AND NOT t.paused`
	heldToday = `p.valid_from <= %[1]s AND (p.valid_to IS NULL OR p.valid_to >= %[1]s)`
)

// of is the selection of a filter; refused when there is no such measure.
func (q *selection) of(filter view.SupervisionFilter) (string, error) {
	now := func() string { return q.argument(q.board.now, "timestamptz") }
	switch filter.Measure {
	case measureOpen:
		return ofCases + `c.ended_at IS NULL AND ` + q.within("c.region_path"), nil
	case measureClosed:
		return ofCases + `c.ended_at >= ` + q.argument(q.board.week, "timestamptz") + ` AND c.state = 'closed' AND ` + q.within("c.region_path"), nil
	case measureToday:
		return ofTasks + runsTask + ` AND t.due >= ` + now() + ` AND t.due < ` + q.argument(q.board.bounds[3], "timestamptz") + ` AND ` + q.within("t.region_path"), nil
	case measureOverdue:
		return ofTasks + runsTask + ` AND t.due < ` + now() + ` AND ` + q.within("t.region_path"), nil
	case measureAgeing:
		return ofTasks + openTask + ` AND ` + q.within("t.region_path") + q.narrowed(filter), nil
	case measureWarned:
		return ofTasks + runsTask + ` AND t.warn_at <= ` + now() + ` AND t.due >= ` + now() + ` AND ` + q.within("t.region_path"), nil
	case measureDue:
		return ofTasks + runsTask + ` AND t.due < ` + now() + ` AND (t.late_at IS NULL OR t.late_at > ` + now() + `) AND ` + q.within("t.region_path"), nil
	case measureLate:
		return ofTasks + runsTask + ` AND t.late_at <= ` + now() + ` AND ` + q.within("t.region_path"), nil
	case measureNobody:
		return q.nobody(), nil
	case measureShuttled:
		return ofCases + `c.ended_at IS NULL AND c.returns > 1 AND c.shuttles > 1 AND ` + q.within("c.region_path"), nil
	case measureReturned:
		return ofCases + `c.ended_at IS NULL AND c.returns > 1 AND c.returns >= ` + q.argument(q.board.returned, "int") + ` AND ` + q.within("c.region_path"), nil
	case measureReceipt:
		return ofTasks + `t.state = 'open' AND t.kind = 'supervision' AND t.due < ` + now() + ` AND ` + q.within("t.region_path") +
			` UNION ALL ` + ofCases + `c.ended_at IS NULL AND c.suspended_at IS NOT NULL AND c.suspended_party = 'outside' AND c.suspended_at < ` + q.argument(q.board.idle, "timestamptz") + ` AND ` + q.within("c.region_path"), nil
	case measureIdle:
		return ofCases + `c.ended_at IS NULL AND c.suspended_at IS NULL AND NOT c.waiting AND c.last_entry_at < ` + q.argument(q.board.idle, "timestamptz") + ` AND ` + q.within("c.region_path"), nil
	case measureChildren:
		return ofCases + `c.ended_at IS NULL AND c.waiting AND EXISTS (SELECT FROM cases k JOIN tasks t ON t.case_no = k.no AND ` + runsTask + ` AND t.due < ` + now() + ` WHERE k.parent = c.no) AND ` + q.within("c.region_path"), nil
	case measureFault:
		return ofCases + `c.fault IS NOT NULL AND c.ended_at IS NULL AND ` + q.within("c.region_path"), nil
	case measureStuck:
		var all []string
		for _, cause := range causes {
			one, err := q.of(view.SupervisionFilter{Measure: cause})
			if err != nil {
				return "", err
			}
			all = append(all, `SELECT case_no FROM (`+one+`) x`)
		}
		// In the order of their numbers, which is that of their days.
		return `SELECT case_no, NULL::text AS task, '2000-01-01'::timestamptz AS key, case_no AS id FROM (` + strings.Join(all, " UNION ") + `) s`, nil
	}
	return "", approval.Invalid("measure", "没有这一统计口径", "there is no such measure")
}

// nobody finds the tasks nobody could take: of the pairs of office and role that have unclaimed tasks
// (found by skipping through the index) those without an officer, and what those hold who have left.
// The pairs are found once, whatever the rows are joined with.
func (q *selection) nobody() string {
	today := q.argument(rules.DayOf(q.board.now).Format(time.DateOnly), "date")
	held := fmt.Sprintf(heldToday, today)
	return `SELECT t.case_no, t.id AS task, coalesce(t.due, 'infinity') AS key, t.id FROM (
			WITH RECURSIVE pairs AS (
				(SELECT office, role FROM tasks WHERE state = 'open' AND owner IS NULL ORDER BY office, role LIMIT 1)
				UNION ALL SELECT n.office, n.role FROM pairs p CROSS JOIN LATERAL (SELECT office, role FROM tasks
					WHERE state = 'open' AND owner IS NULL AND (office, role) > (p.office, p.role) ORDER BY office, role LIMIT 1) n)
			, empty AS MATERIALIZED (SELECT office, role FROM pairs WHERE NOT EXISTS (SELECT FROM posts p JOIN users u ON u.id = p.person AND NOT u.disabled
				WHERE p.office = pairs.office AND p.role = pairs.role AND ` + held + `))
			SELECT office, role FROM empty) empty
		JOIN tasks t ON t.office = empty.office AND t.role = empty.role AND t.owner IS NULL AND ` + openTask + ` WHERE ` + q.within("t.region_path") + `
		UNION ALL SELECT t.case_no, t.id, coalesce(t.due, 'infinity'), t.id FROM (SELECT DISTINCT p.person FROM posts p JOIN users u ON u.id = p.person WHERE u.disabled OR p.valid_to < ` + today + `) gone
		JOIN tasks t ON t.owner = gone.person AND t.state IN ('open','waiting') AND ` + openTask + ` WHERE ` + q.within("t.region_path") + `
			AND NOT EXISTS (SELECT FROM posts p JOIN users u ON u.id = p.person AND NOT u.disabled WHERE p.person = t.owner AND p.office = t.office AND ` + held + `)`
}

// narrowed is a part of the ageing matrix.
func (q *selection) narrowed(filter view.SupervisionFilter) string {
	condition := ""
	for column, value := range map[string]string{"t.office": filter.Office, "t.case_type": filter.Type, "t.stage": filter.Stage} {
		if value != "" {
			condition += ` AND ` + column + ` = ` + q.argument(value, "text")
		}
	}
	if filter.Person != "" {
		condition += ` AND coalesce(t.owner, '-') = ` + q.argument(filter.Person, "text")
	}
	if filter.Bucket != "" {
		condition += ` AND ` + q.bucket() + ` = ` + q.argument(filter.Bucket, "text")
	}
	return condition
}

// bucket is the column of the matrix a task falls into.
func (q *selection) bucket() string {
	return `CASE WHEN t.paused THEN 'paused' WHEN t.due IS NULL THEN 'none' ELSE (` + q.argument(buckets, "text[]") + `)[width_bucket(t.due, ` + q.argument(q.board.bounds[:], "timestamptz[]") + `) + 1] END`
}

// queryOf writes a filter as the query of a list.
func queryOf(filter view.SupervisionFilter) string {
	query := url.Values{"measure": {filter.Measure}}
	for name, value := range map[string]string{"office": filter.Office, "bucket": filter.Bucket, "type": filter.Type, "stage": filter.Stage, "person": filter.Person} {
		if value != "" {
			query.Set(name, value)
		}
	}
	return query.Encode()
}

// neutral offices are shown outside every ranking.
func neutral(kind approval.OfficeKind) bool {
	return kind == approval.KindOrganisation || kind == approval.KindParty
}
