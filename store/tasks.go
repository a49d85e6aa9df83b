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

// boxes are the inbox's selections. $1 person, $2 offices and $3 roles of the caller's posts (pairs),
// $4 now. A task is either held by me or claimable, never both. A task that waits for an added signer
// stays in its owner's hands.
var boxes = map[string]string{
	"todo": `t.state IN ('open','waiting') AND t.owner = $1`,
	"claimable": `t.state = 'open' AND t.owner IS NULL AND NOT $1 = ANY(t.conflicted)
		AND (t.office, t.role) IN (SELECT * FROM unnest($2::text[], $3::text[]))`,
	"done": `t.signed_by = $1`,
}

// box is a selection for one caller: what was escalated to them as heads is theirs to take, and so
// is what those hold whom they stand in for.
func box(name string, scope view.Scope) (sql string, offices, roles []string) {
	offices, roles = pairs(scope.Posts)
	sql = boxes[name]
	for _, one := range scope.StandIns {
		offices, roles = append(offices, one.Office), append(roles, string(one.Role))
	}
	switch {
	case name == "claimable" && slices.Contains(roles, string(approval.RoleHead)):
		sql = `(` + sql + ` OR t.state = 'open' AND t.owner IS NULL AND t.escalated > 0 AND t.kind = '' AND NOT $1 = ANY(t.conflicted)
			AND (t.office, 'head') IN (SELECT * FROM unnest($2::text[], $3::text[])))`
	case name == "todo" && len(scope.StandIns) > 0:
		// Text of ids made by the program itself, none of it from a request.
		absent := []string{}
		for _, one := range scope.StandIns {
			absent = append(absent, quoted(one.Person, one.Office, string(one.Role)))
		}
		sql = `(` + sql + ` OR t.state IN ('open','waiting') AND NOT $1 = ANY(t.conflicted) AND (t.owner, t.office, t.role) IN (VALUES ` + strings.Join(absent, ",") + `))`
	}
	return `(` + sql + `)`, offices, roles
}

// quoted is a row of text literals.
func quoted(texts ...string) string {
	literals := make([]string, len(texts))
	for i, text := range texts {
		literals[i] = `'` + strings.ReplaceAll(text, `'`, `''`) + `'`
	}
	return `(` + strings.Join(literals, ",") + `)`
}

const taskColumns = `t.id, t.case_no, c.type, c.title, t.stage, t.office, o.name, t.role, coalesce(t.owner,''), coalesce(u.name,''), t.due, t.state, c.version, t.opened_at, t.why, coalesce(i.name,''), t.kind, t.escalated, t.paused`

const taskTables = ` FROM tasks t JOIN cases c ON c.no = t.case_no JOIN offices o ON o.id = t.office LEFT JOIN users u ON u.id = t.owner LEFT JOIN users i ON i.id = c.initiator `

// Tasks lists one box: open boxes by deadline, done ones newest first; 'started' are the caller's
// own cases and 'cc' the copies to read, both shown by their open task.
func (s *Store) Tasks(ctx context.Context, scope view.Scope, filter view.TaskFilter) ([]view.TaskItem, string, error) {
	selection, offices, roles := box(filter.Box, scope)
	order, cursor := `coalesce(t.due, 'infinity')`, `($6 = '' OR (coalesce(t.due, 'infinity'), t.id) > ($6::timestamptz, $7))`
	direction := ""
	var sql string
	switch filter.Box {
	case "todo", "claimable", "done":
		if filter.Box == "done" {
			order, direction = `t.closed_at`, " DESC"
			cursor = `($6 = '' OR (t.closed_at, t.id) < ($6::timestamptz, $7))`
		}
		sql = `SELECT ` + taskColumns + `, ` + order + taskTables + `WHERE ` + selection
	case "started", "cc":
		order, direction = `c.submitted_at`, " DESC"
		cursor = `($6 = '' OR (c.submitted_at, c.no) < ($6::timestamptz, $7))`
		which := `c.initiator = $1`
		if filter.Box == "cc" {
			which = `EXISTS (SELECT FROM copies k WHERE k.case_no = c.no AND NOT $1 = ANY(k.read_by) AND (k.person = $1 OR (k.person = '' AND k.office = ANY($2::text[]))))`
		}
		sql = `SELECT coalesce(t.id, c.no), c.no, c.type, c.title, c.stage, coalesce(t.office, c.office), o.name, coalesce(t.role,''), coalesce(t.owner,''), coalesce(u.name,''), t.due,
			coalesce(t.state, 'signed'), c.version, c.submitted_at, coalesce(t.why,''), coalesce(i.name,''), coalesce(t.kind,''), coalesce(t.escalated,0), coalesce(t.paused,false), ` + order + `
			FROM cases c LEFT JOIN LATERAL (SELECT * FROM tasks WHERE case_no = c.no AND state = 'open' ORDER BY id LIMIT 1) t ON true
			JOIN offices o ON o.id = coalesce(t.office, c.office) LEFT JOIN users u ON u.id = t.owner LEFT JOIN users i ON i.id = c.initiator WHERE ` + which
	default:
		return nil, "", approval.Invalid("box", "请选择 todo、claimable、done、started 或 cc", "box is todo, claimable, done, started or cc")
	}
	idColumn := "t.id"
	if filter.Box == "started" || filter.Box == "cc" {
		idColumn = "c.no"
	}
	query := strings.TrimSpace(filter.Query)
	sql += ` AND $4::timestamptz IS NOT NULL AND ($5 = '' OR c.type = $5) AND ` + cursor + ` AND ($8 = '' OR c.no LIKE upper($8) || '%' OR c.search @> ARRAY[$8] OR c.title LIKE '%' || $8 || '%')
		AND ($2::text[] IS NOT NULL AND $3::text[] IS NOT NULL) ORDER BY ` + order + direction + `, ` + idColumn + direction + ` LIMIT $9`
	after, afterID, err := afterMoment(filter.After)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.as(scope).Query(ctx, sql, scope.Person, offices, roles, s.clock.Now(), filter.Type, after, afterID, query, filter.Limit+1)
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
	if idColumn == "c.no" {
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
	todo, offices, roles := box("todo", scope)
	claimable, _, _ := box("claimable", scope)
	err := s.as(scope).QueryRow(ctx, `SELECT (SELECT count(*) FROM tasks t WHERE `+todo+`), (SELECT count(*) FROM tasks t WHERE `+claimable+`),
		(SELECT count(*) FROM tasks t WHERE `+boxes["done"]+`), (SELECT count(*) FROM cases c WHERE c.initiator = $1),
		(SELECT count(*) FROM copies k WHERE NOT $1 = ANY(k.read_by) AND (k.person = $1 OR (k.person = '' AND k.office = ANY($2::text[])))),
		(SELECT count(*) FROM tasks t WHERE `+todo+` AND t.due < $4) + (SELECT count(*) FROM tasks t WHERE `+claimable+` AND t.due < $4)`,
		scope.Person, offices, roles, s.clock.Now()).Scan(&counts.Todo, &counts.Claimable, &counts.Done, &counts.Started, &counts.CC, &counts.Overdue)
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
