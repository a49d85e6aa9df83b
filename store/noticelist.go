package store

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"jieli/approval"
	"jieli/internal/view"
)

// What a reader may no longer see of a case is left out by its row security; the notice stays.
const noticeColumns = `n.id, n.kind, n.case_no, coalesce(c.title,''), coalesce(c.type,''), n.task, n.stage, coalesce(u.name,''), n.detail, n.created_at, n.read_at
	FROM notices n LEFT JOIN cases c ON c.no = n.case_no LEFT JOIN users u ON u.id = n.actor `

func collectNotice(row pgx.CollectableRow) (view.Notice, error) {
	var notice view.Notice
	var id int64
	var caseType, stage, detail string
	err := row.Scan(&id, &notice.Kind, &notice.Case, &notice.CaseTitle, &caseType, &notice.Task, &stage, &notice.ActorName, &detail, &notice.CreatedAt, &notice.ReadAt)
	notice.ID = strconv.FormatInt(id, 10)
	_, notice.StageTitle = Titles(caseType, stage)
	notice.Text = noticeText(notice.Kind, notice.ActorName, detail, notice.StageTitle)
	return notice, err
}

// Notices lists somebody's notices, the unread first, then the newest.
func (s *Store) Notices(ctx context.Context, scope view.Scope, limit int, cursor string) (view.NoticePage, error) {
	page := view.NoticePage{}
	read, id := false, int64(0)
	if cursor != "" {
		first, rest, _ := strings.Cut(cursor, "|")
		number, err := strconv.ParseInt(rest, 10, 64)
		if err != nil || first != "unread" && first != "read" {
			return page, badCursor()
		}
		read, id = first == "read", number
	}
	rows, err := s.as(scope).Query(ctx, `SELECT `+noticeColumns+`WHERE n.person = $1
		AND ($2::bigint = 0 OR (n.read_at IS NOT NULL) > $3 OR (n.read_at IS NOT NULL) = $3 AND n.id < $2) ORDER BY (n.read_at IS NOT NULL), n.id DESC LIMIT $4`,
		scope.Person, id, read, limit+1)
	if err != nil {
		return page, err
	}
	if page.Items, err = pgx.CollectRows(rows, collectNotice); err != nil {
		return page, err
	}
	if len(page.Items) > limit {
		page.Items = page.Items[:limit]
		last := page.Items[limit-1]
		page.NextCursor = "unread|" + last.ID
		if last.ReadAt != nil {
			page.NextCursor = "read|" + last.ID
		}
	}
	page.Unread, err = s.unread(ctx, scope)
	return page, err
}

// unread counts what the caller may see, no more.
func (s *Store) unread(ctx context.Context, scope view.Scope) (int, error) {
	var unread int
	err := s.as(scope).QueryRow(ctx, `SELECT count(*) FROM notices WHERE person = $1 AND read_at IS NULL`, scope.Person).Scan(&unread)
	return unread, err
}

// ReadNotices marks notices as read: those named, or, without any, all up to one.
func (s *Store) ReadNotices(ctx context.Context, scope view.Scope, ids []int64, upTo int64) (int, error) {
	_, err := s.pool.Exec(ctx, `UPDATE notices SET read_at = $4 WHERE person = $1 AND read_at IS NULL AND (id = ANY(coalesce($2, '{}'::bigint[])) OR id <= $3)`, scope.Person, ids, upTo, s.clock.Now())
	if err != nil {
		return 0, err
	}
	s.announcer.touch(nil, []string{scope.Person})
	return s.unread(ctx, scope)
}

// Deliver reads the notices that were not visible in an earlier delivery's snapshot; without one it
// begins at this moment. The snapshot it answers was taken before the notices were read, so that none
// falls between two deliveries; at worst one is delivered twice.
func (s *Store) Deliver(ctx context.Context, scope view.Scope, since string) (view.Delivery, error) {
	delivery := view.Delivery{}
	if err := s.pool.QueryRow(ctx, `SELECT pg_current_snapshot()::text`).Scan(&delivery.Snapshot); err != nil {
		return delivery, err
	}
	var err error
	if delivery.Unread, err = s.unread(ctx, scope); err != nil || since == "" {
		return delivery, err
	}
	rows, err := s.as(scope).Query(ctx, `SELECT `+noticeColumns+`WHERE n.person = $1 AND n.xact >= pg_snapshot_xmin($2::text::pg_snapshot)
		AND NOT pg_visible_in_snapshot(n.xact, $2::text::pg_snapshot) ORDER BY n.id`, scope.Person, since)
	if err != nil {
		return delivery, badSnapshot(err)
	}
	delivery.Notices, err = pgx.CollectRows(rows, collectNotice)
	return delivery, badSnapshot(err)
}

// badSnapshot tells a snapshot nobody ever took from a database that does not answer.
func badSnapshot(err error) error {
	var refused *pgconn.PgError
	if errors.As(err, &refused) && strings.HasPrefix(refused.Code, "22") {
		return approval.Invalid("header.Last-Event-ID", "续接位置无效，请重新连接", "there is no such place to go on from; connect anew")
	}
	return err
}

// noticeLife is how long a notice is kept once it has been read.
const noticeLife = 90 * 24 * time.Hour

// ForgetNotices removes notices read long ago, some at a time.
func (s *Store) ForgetNotices(ctx context.Context) error {
	_, err := s.pool.Exec(ctx, `DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE read_at < $1 ORDER BY read_at LIMIT 1000)`, s.clock.Now().Add(-noticeLife))
	return err
}
