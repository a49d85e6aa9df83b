package store

import (
	"context"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"jieli/approval"
	"jieli/internal/view"
)

// branch is one way a task comes into a box: through each row of a list (its alias is x) or, without
// a list, by itself. Each is read in the order of an index, so that a page costs what a page holds.
type branch struct{ list, condition string }

// The lists and conditions of boxes. $1 is the person, $2 and $3 offices and roles of their posts, $4
// to $6 persons, offices and roles they stand in for.
const (
	ownPosts    = `unnest($2::text[], $3::text[]) AS x(office, role)`
	standsInFor = `unnest($4::text[], $5::text[], $6::text[]) AS x(person, office, role)`
	mineToSign  = `NOT $1 = ANY(t.conflicted)`
)

// boxes are the inbox's open selections. A task is either held by me or claimable, never both. One
// that waits for an added signer stays in its owner's hands; what those hold whom somebody stands in
// for is theirs to sign, and what was escalated is the head's to take.
var boxes = map[string][]branch{
	"todo": {{"", `t.state IN ('open','waiting') AND t.owner = $1`},
		{standsInFor, `t.state IN ('open','waiting') AND t.owner = x.person AND t.office = x.office AND t.role = x.role AND ` + mineToSign}},
	"claimable": {{ownPosts, `t.state = 'open' AND t.owner IS NULL AND t.office = x.office AND t.role = x.role AND ` + mineToSign},
		{ownPosts, `t.state = 'open' AND t.owner IS NULL AND t.escalated > 0 AND t.kind = '' AND x.role = 'head' AND t.role <> 'head' AND t.office = x.office AND ` + mineToSign}},
}

// from writes the branches of a box as a table, each read from a source and with the given ending.
func from(box, columns, source, rest string) string {
	var parts []string
	for _, each := range boxes[box] {
		selected := `SELECT ` + columns + ` FROM ` + source + ` WHERE ` + each.condition + rest
		if each.list != "" {
			selected = `SELECT y.* FROM ` + each.list + ` CROSS JOIN LATERAL (` + selected + `) y`
		}
		parts = append(parts, `(`+selected+`)`)
	}
	return `(` + strings.Join(parts, ` UNION ALL `) + `)`
}

// whose are the first six arguments of every box.
func whose(scope view.Scope) []any {
	posts := slices.Clone(scope.Posts)
	var persons, offices, roles []string
	for _, one := range scope.StandIns {
		posts = append(posts, approval.Post{Office: one.Office, Role: one.Role})
		persons, offices, roles = append(persons, one.Person), append(offices, one.Office), append(roles, string(one.Role))
	}
	slices.SortFunc(posts, func(a, b approval.Post) int {
		return strings.Compare(a.Office+" "+string(a.Role), b.Office+" "+string(b.Role))
	})
	ownOffices, ownRoles := pairs(slices.Compact(posts))
	return []any{scope.Person, ownOffices, ownRoles, orEmpty(persons), orEmpty(offices), orEmpty(roles)}
}

const taskColumns = `t.id, t.case_no, c.type, c.title, t.stage, t.office, o.name, t.role, coalesce(t.owner,''), coalesce(u.name,''), t.due, t.state, c.version, t.opened_at, t.why, coalesce(i.name,''), t.kind, t.escalated, t.paused`

const taskTables = ` t JOIN cases c ON c.no = t.case_no JOIN offices o ON o.id = t.office LEFT JOIN users u ON u.id = t.owner LEFT JOIN users i ON i.id = c.initiator `

// Tasks lists one box: open boxes by deadline, done ones newest first; 'started' are the caller's
// own cases and 'cc' the copies to read, both shown by their open task.
func (s *Store) Tasks(ctx context.Context, scope view.Scope, filter view.TaskFilter) ([]view.TaskItem, string, error) {
	arguments := whose(scope)
	after, afterID, err := afterMoment(filter.After)
	if err != nil {
		return nil, "", err
	}
	// $7 type, $8 text looked for, $9 and $10 where the page begins, $11 its length.
	arguments = append(arguments, filter.Type, strings.TrimSpace(filter.Query), after, afterID, filter.Limit+1)
	const named = ` AND ($7 = '' OR c.type = $7) AND ($8 = '' OR c.no LIKE upper($8) || '%' OR c.search @> ARRAY[$8] OR c.title LIKE '%' || $8 || '%')`
	const typed = ` AND $1::text IS NOT NULL AND $2::text[] IS NOT NULL AND $3::text[] IS NOT NULL AND $4::text[] IS NOT NULL AND $5::text[] IS NOT NULL AND $6::text[] IS NOT NULL`
	var sql string
	byCase := false
	switch filter.Box {
	case "todo", "claimable":
		const order = `coalesce(t.due, 'infinity')`
		page := named + ` AND ($9 = '' OR (` + order + `, t.id) > ($9::timestamptz, $10)) ORDER BY ` + order + `, t.id LIMIT $11`
		sql = `SELECT ` + taskColumns + `, ` + order + ` FROM ` + from(filter.Box, "t.*", "tasks t JOIN cases c ON c.no = t.case_no", page) + taskTables + `WHERE true` + typed + ` ORDER BY ` + order + `, t.id LIMIT $11`
	case "done":
		sql = `SELECT ` + taskColumns + `, t.closed_at FROM tasks` + taskTables + `WHERE t.signed_by = $1` + named + typed + `
			AND ($9 = '' OR (t.closed_at, t.id) < ($9::timestamptz, $10)) ORDER BY t.closed_at DESC, t.id DESC LIMIT $11`
	case "started", "cc":
		byCase = true
		which := `c.initiator = $1`
		if filter.Box == "cc" {
			which = `EXISTS (SELECT FROM copies k WHERE k.case_no = c.no AND NOT $1 = ANY(k.read_by) AND (k.person = $1 OR (k.person = '' AND k.office = ANY($2::text[]))))`
		}
		sql = `SELECT coalesce(t.id, c.no), c.no, c.type, c.title, c.stage, coalesce(t.office, c.office), o.name, coalesce(t.role,''), coalesce(t.owner,''), coalesce(u.name,''), t.due,
			coalesce(t.state, 'signed'), c.version, c.submitted_at, coalesce(t.why,''), coalesce(i.name,''), coalesce(t.kind,''), coalesce(t.escalated,0), coalesce(t.paused,false), c.submitted_at
			FROM cases c LEFT JOIN LATERAL (SELECT * FROM tasks WHERE case_no = c.no AND state = 'open' ORDER BY id LIMIT 1) t ON true
			JOIN offices o ON o.id = coalesce(t.office, c.office) LEFT JOIN users u ON u.id = t.owner LEFT JOIN users i ON i.id = c.initiator WHERE ` + which + named + typed + `
			AND ($9 = '' OR (c.submitted_at, c.no) < ($9::timestamptz, $10)) ORDER BY c.submitted_at DESC, c.no DESC LIMIT $11`
	default:
		return nil, "", approval.Invalid("box", "请选择 todo、claimable、done、started 或 cc", "box is todo, claimable, done, started or cc")
	}
	rows, err := s.as(scope).Query(ctx, sql, arguments...)
	if err != nil {
		return nil, "", err
	}
	items, last, err := collectTasks(rows, func(item *view.TaskItem) { item.TypeTitle, item.StageTitle = Titles(item.Type, item.Stage) })
	if err == nil {
		err = s.countDaysLeft(ctx, items)
	}
	if err != nil || len(items) <= filter.Limit {
		return items, "", err
	}
	id := items[filter.Limit-1].ID
	if byCase {
		id = items[filter.Limit-1].Case
	}
	return items[:filter.Limit], momentCursor(last[filter.Limit-1], id), nil
}

// countDaysLeft says of each open task how many working days its own office has left.
func (s *Store) countDaysLeft(ctx context.Context, items []view.TaskItem) error {
	offices := []string{}
	for _, item := range items {
		if item.State == approval.TaskOpen && item.Due != nil {
			offices = append(offices, item.Office)
		}
	}
	if len(offices) == 0 {
		return nil
	}
	calendars, err := s.calendarsFor(ctx, s.pool, offices)
	for i := range items {
		if items[i].State == approval.TaskOpen {
			items[i].DueDays = view.DaysLeft(calendars[items[i].Office], items[i].Due, s.clock.Now())
		}
	}
	return err
}

func collectTasks(rows pgx.Rows, finish func(*view.TaskItem)) ([]view.TaskItem, []pgtype.Timestamptz, error) {
	items, moments := []view.TaskItem{}, []pgtype.Timestamptz{}
	defer rows.Close()
	for rows.Next() {
		var item view.TaskItem
		var moment pgtype.Timestamptz
		if err := rows.Scan(&item.ID, &item.Case, &item.Type, &item.Title, &item.Stage, &item.Office, &item.OfficeName, &item.Role, &item.Owner, &item.OwnerName,
			&item.Due, &item.State, &item.Version, &item.OpenedAt, &item.Why, &item.InitiatorName, &item.Kind, &item.Escalated, &item.Suspended, &moment); err != nil {
			return nil, nil, err
		}
		finish(&item)
		items = append(items, item)
		moments = append(moments, moment)
	}
	return items, moments, rows.Err()
}

// TaskCounts counts every box in one round trip.
func (s *Store) TaskCounts(ctx context.Context, scope view.Scope) (view.TaskCounts, error) {
	var counts view.TaskCounts
	err := s.as(scope).QueryRow(ctx, `WITH todo AS (SELECT count(*) AS n, count(*) FILTER (WHERE b.due < $7) AS overdue FROM `+from("todo", "t.due", "tasks t", "")+` b),
			claimable AS (SELECT count(*) AS n, count(*) FILTER (WHERE b.due < $7) AS overdue FROM `+from("claimable", "t.due", "tasks t", "")+` b)
		SELECT todo.n, claimable.n, (SELECT count(*) FROM tasks t WHERE t.signed_by = $1), (SELECT count(*) FROM cases c WHERE c.initiator = $1),
		(SELECT count(*) FROM copies k WHERE NOT $1 = ANY(k.read_by) AND (k.person = $1 OR (k.person = '' AND k.office = ANY($2::text[])))),
		todo.overdue + claimable.overdue FROM todo, claimable`,
		append(whose(scope), s.clock.Now())...).Scan(&counts.Todo, &counts.Claimable, &counts.Done, &counts.Started, &counts.CC, &counts.Overdue)
	return counts, err
}

// TaskCase names the case of a task.
func (s *Store) TaskCase(ctx context.Context, task string) (string, error) {
	var no string
	err := s.pool.QueryRow(ctx, `SELECT case_no FROM tasks WHERE id = $1`, task).Scan(&no)
	return no, orNotFound(err)
}

func pairs(posts []approval.Post) (offices, roles []string) {
	offices, roles = []string{}, []string{}
	for _, post := range posts {
		offices, roles = append(offices, post.Office), append(roles, string(post.Role))
	}
	return offices, roles
}
