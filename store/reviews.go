package store

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// reviewsAhead is how many days before its review date something is on the board.
const reviewsAhead = 30

// dueReviews are the three things that are looked at again by a day: groups under an interim form, archives
// that are held, and people whom a community deferred and nobody has taken since. $1 is the last day, $2 today.
const dueReviews = `SELECT 'group' AS kind, g.body_name AS title, g.form AS detail, g.review_on, g.id AS grp, '' AS person, coalesce((SELECT c.no FROM cases c WHERE c.type = 'form-review' AND c.ended_at IS NULL AND c.fold->'facts'->>'group' = g.id LIMIT 1), '') AS no
		FROM managed_groups g WHERE g.state = 'registered' AND g.review_on <= $1::date
	UNION ALL SELECT 'archive', p.name, a.state, a.review_on, '', p.id, '' FROM archives a JOIN persons p ON p.id = a.person WHERE a.state = 'held' AND a.review_on <= $1::date
	UNION ALL SELECT 'deferred', l.name, coalesce(r.fold->'form'->>'deferReason', ''), l.review_on, '', coalesce(l.person, ''), r.no FROM lines l JOIN cases r ON r.no = l.reception JOIN cases c ON c.no = l.case_no LEFT JOIN persons p ON p.id = l.person
		WHERE l.outcome = 'deferred' AND l.review_on <= $1::date AND p.community IS NULL AND (c.type = 'transition' OR p.managed_group IS NULL)
			AND NOT EXISTS (SELECT FROM lines x JOIN cases y ON y.no = x.case_no WHERE x.person = l.person AND x.id <> l.id AND (x.outcome = '' AND y.ended_at IS NULL OR y.submitted_at > c.submitted_at))`

// Reviews lists what is to be looked at again soon or since, in the districts somebody supervises, the
// earliest first, and says how many there are.
func (s *Store) Reviews(ctx context.Context, scope view.Scope, limit int) ([]view.DueReview, int, error) {
	now := s.clock.Now().In(clock.Zone)
	today, until := now.Format(time.DateOnly), now.AddDate(0, 0, reviewsAhead).Format(time.DateOnly)
	var total int
	if err := s.as(scope).QueryRow(ctx, `SELECT count(*) FROM (`+dueReviews+`) due`, until).Scan(&total); err != nil {
		return nil, 0, err
	}
	rows, err := s.as(scope).Query(ctx, `SELECT kind, title, detail, review_on::text, review_on < $2::date, grp, person, no FROM (`+dueReviews+`) due ORDER BY review_on, kind, grp, person, no LIMIT $3`, until, today, limit)
	if err != nil {
		return nil, 0, err
	}
	items, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.DueReview, error) {
		var due view.DueReview
		var detail string
		err := row.Scan(&due.Kind, &due.Title, &detail, &due.ReviewOn, &due.Past, &due.Group, &due.Person, &due.Case)
		switch due.Kind {
		case "group":
			due.Detail = rules.FormTitle(rules.FormOfManagement(detail))
		case "archive":
			// What the person's page says to whoever may open it, and no more.
			due.Detail = archiveStates[detail]
		default:
			due.Detail = procedures.DeferReason(detail)
			if due.Detail == (approval.Text{}) {
				due.Detail = approval.Text{ZH: "暂缓接收", EN: "deferred"}
			}
		}
		return due, err
	})
	return items, total, err
}
