package store

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// Views lists the saved views of a page: the caller's own first, then those shared with the caller's offices.
func (s *Store) Views(ctx context.Context, scope view.Scope, page string) ([]view.SavedView, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT v.id, v.page, v.name, v.query, coalesce(v.office,''), coalesce(o.name,''), u.name, v.person = $1
		FROM views v JOIN users u ON u.id = v.person LEFT JOIN offices o ON o.id = v.office
		WHERE (v.person = $1 OR v.office = ANY($2)) AND ($3 = '' OR v.page = $3) ORDER BY v.person <> $1, v.name, v.id`, scope.Person, orEmpty(scope.Offices), page)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.SavedView, error) {
		var v view.SavedView
		err := row.Scan(&v.ID, &v.Page, &v.Name, &v.Query, &v.Office, &v.OfficeName, &v.OwnerName, &v.Mine)
		v.MayDelete = v.Mine || slices.Contains(scope.Posts, approval.Post{Office: v.Office, Role: approval.RoleHead})
		return v, err
	})
}

// mostViews is how many views somebody may keep for one page: more are no shortcut any more.
const mostViews = 50

// SaveView writes a new view, or changes one of the caller's own. Office is empty or one of the
// caller's.
func (s *Store) SaveView(ctx context.Context, person string, saved view.SavedView, isNew bool) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		// One at a time per person, so that the count and the names hold.
		if _, err := tx.Exec(ctx, `SELECT FROM users WHERE id = $1 FOR UPDATE`, person); err != nil {
			return err
		}
		if !isNew {
			if err := tx.QueryRow(ctx, `SELECT page FROM views WHERE id = $1 AND person = $2`, saved.ID, person).Scan(&saved.Page); err != nil {
				return orNotFound(err)
			}
		}
		var others int
		var taken bool
		err := tx.QueryRow(ctx, `SELECT count(*), coalesce(bool_or(name = $4), false) FROM views WHERE person = $1 AND page = $2 AND id <> $3`, person, saved.Page, saved.ID, saved.Name).Scan(&others, &taken)
		switch {
		case err != nil:
			return err
		case taken:
			words := approval.Text{ZH: "您已有同名视图，请换个名称", EN: "you have a view of this name already; choose another name"}
			return &approval.Error{Code: approval.CodeDuplicate, Message: words, Problems: []approval.Problem{{Location: "name", Message: words, Code: approval.CodeDuplicate}}}
		case others >= mostViews:
			return approval.Invalid("name", "每个页面最多保存 50 个视图，请先删除不用的", "a page has 50 saved views at most; delete one first")
		}
		_, err = tx.Exec(ctx, `INSERT INTO views(id, person, office, page, name, query, changed_at) VALUES ($1,$2,nullif($3,''),$4,$5,$6,$7)
			ON CONFLICT (id) DO UPDATE SET office = EXCLUDED.office, name = EXCLUDED.name, query = EXCLUDED.query, changed_at = EXCLUDED.changed_at`,
			saved.ID, person, saved.Office, saved.Page, saved.Name, saved.Query, s.clock.Now())
		return err
	})
}

// DeleteView removes a view of one's own, or, as the head of the office it is shared with, a colleague's.
func (s *Store) DeleteView(ctx context.Context, scope view.Scope, id string) error {
	heads := []string{}
	for _, post := range scope.Posts {
		if post.Role == approval.RoleHead {
			heads = append(heads, post.Office)
		}
	}
	var page string
	err := s.pool.QueryRow(ctx, `DELETE FROM views WHERE id = $1 AND (person = $2 OR office = ANY($3)) RETURNING page`, id, scope.Person, heads).Scan(&page)
	if !errors.Is(err, pgx.ErrNoRows) {
		return err
	}
	shared := false
	if err := s.as(scope).QueryRow(ctx, `SELECT EXISTS (SELECT FROM views WHERE id = $1)`, id).Scan(&shared); err != nil {
		return err
	}
	if shared {
		return approval.Refuse(approval.CodeForbidden, "共享视图由建立者或本单位审批人删除", "who made a shared view, or the head of the office, deletes it")
	}
	return approval.NotFound()
}
