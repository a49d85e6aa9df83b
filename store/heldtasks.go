package store

import (
	"context"

	"jieli/approval"
	"jieli/internal/view"
)

// HeldTasks lists the open tasks that somebody holds in the offices the caller heads or supervises:
// what is to be given to others when an officer leaves.
func (s *Store) HeldTasks(ctx context.Context, scope view.Scope, officer string, limit int, cursor string) ([]view.TaskItem, string, error) {
	headed := []string{}
	for _, post := range scope.Posts {
		if post.Role == approval.RoleHead {
			headed = append(headed, post.Office)
		}
	}
	after, afterID, err := afterMoment(cursor)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.as(scope).Query(ctx, `SELECT `+taskColumns+`, coalesce(t.due, 'infinity') FROM tasks`+taskTables+`WHERE t.owner = $1 AND t.state IN ('open', 'waiting')
		AND (t.office = ANY($2) OR EXISTS (SELECT FROM unnest($3::text[]) AS x(path) WHERE o.path LIKE x.path || '%'))
		AND ($4 = '' OR (coalesce(t.due, 'infinity'), t.id) > ($4::timestamptz, $5)) ORDER BY coalesce(t.due, 'infinity'), t.id LIMIT $6`,
		officer, headed, orEmpty(scope.Paths), after, afterID, limit+1)
	if err != nil {
		return nil, "", err
	}
	items, moments, err := collectTasks(rows, func(item *view.TaskItem) { item.TypeTitle, item.StageTitle = Titles(item.Type, item.Stage) })
	if err != nil || len(items) <= limit {
		return items, "", err
	}
	return items[:limit], momentCursor(moments[limit-1], items[limit-1].ID), nil
}
