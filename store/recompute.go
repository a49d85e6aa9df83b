package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// recompute begins the job that reckons again what a calendar edit touches.
func (s *Store) recompute(ctx context.Context, tx pgx.Tx, version int, scope, first, last, source string) error {
	_, err := tx.Exec(ctx, `INSERT INTO recomputations(version, scope, first_day, last_day, source, state, created_at) VALUES ($1,$2,$3::date,$4::date,$5,'selecting',$6)`, version, scope, first, last, source, s.clock.Now())
	return err
}

// recomputeLease is how long a case that was taken stays with whoever took it.
const recomputeLease = time.Minute

// TakeRecomputations takes the cases to be reckoned again now, at most what the setting allows for a
// second. A case whose taker dies can be taken again after a minute.
func (s *Store) TakeRecomputations(ctx context.Context) ([]view.RecomputeWork, error) {
	var work []view.RecomputeWork
	err := s.inTransaction(ctx, func(tx pgx.Tx) error {
		work = nil
		var version int
		var scope, state string
		err := tx.QueryRow(ctx, `SELECT version, scope, state FROM recomputations WHERE state <> 'done' ORDER BY version LIMIT 1 FOR UPDATE SKIP LOCKED`).Scan(&version, &scope, &state)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		place, _, err := placeOf(ctx, tx, scope)
		if err != nil {
			return err
		}
		if state == "selecting" {
			if err := s.selectTouched(ctx, tx, version, scope, place); err != nil {
				return err
			}
		}
		pace, err := s.number(ctx, tx, procedures.SettingRecomputePace, place)
		if err != nil {
			return err
		}
		now := s.clock.Now()
		rows, err := tx.Query(ctx, `UPDATE recomputation_cases SET next_at = $3, attempts = attempts + 1 WHERE (version, case_no) IN
			(SELECT version, case_no FROM recomputation_cases WHERE version = $1 AND next_at <= $2 ORDER BY next_at LIMIT $4) RETURNING version, case_no`, version, now, now.Add(recomputeLease), pace)
		if err != nil {
			return err
		}
		if work, err = pgx.CollectRows(rows, pgx.RowToStructByPos[view.RecomputeWork]); err != nil || len(work) > 0 {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE recomputations SET state = 'done', finished_at = $2, failed = 0 WHERE version = $1 AND NOT EXISTS (SELECT FROM recomputation_cases WHERE version = $1 AND next_at IS NOT NULL)`, version, now)
		return err
	})
	return work, err
}

// selectTouched notes the open cases whose deadlines an edit can move: an office of the scope works
// on them, they began before the last day changed, and end on the first or later.
func (s *Store) selectTouched(ctx context.Context, tx pgx.Tx, version int, scope, place string) error {
	offices := `SELECT id FROM offices WHERE path LIKE $2 || '%'`
	reach := view.RegionPrefix(place)
	if scope != place {
		offices, reach = `SELECT id FROM offices WHERE id = $2`, scope[len(rules.OfficeScope("")):]
	}
	_, err := tx.Exec(ctx, `INSERT INTO recomputation_cases(version, case_no, next_at)
		SELECT DISTINCT r.version, t.case_no, $3::timestamptz FROM recomputations r, (`+offices+`) o JOIN tasks t ON t.office = o.id AND t.state IN ('open', 'waiting')
		WHERE r.version = $1 AND t.due >= (r.first_day::timestamp AT TIME ZONE 'Asia/Shanghai') AND t.opened_at < ((r.last_day + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')
		ON CONFLICT DO NOTHING`, version, reach, s.clock.Now())
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE recomputations SET state = 'running', total = (SELECT count(*) FROM recomputation_cases WHERE version = $1) WHERE version = $1`, version)
	return err
}

// FinishRecomputation notes what became of a case: done, or to be tried again later with the reason.
func (s *Store) FinishRecomputation(ctx context.Context, work view.RecomputeWork, failure string) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		var before string
		err := tx.QueryRow(ctx, `SELECT failure FROM recomputation_cases WHERE version = $1 AND case_no = $2 AND next_at IS NOT NULL FOR UPDATE`, work.Version, work.Case).Scan(&before)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil // somebody else was first
		}
		if err != nil {
			return err
		}
		wasFailing, isFailing := before != "", failure != ""
		var next any
		if isFailing {
			next = s.clock.Now().Add(recomputeLease)
		}
		if _, err := tx.Exec(ctx, `UPDATE recomputation_cases SET next_at = $3, failure = $4 WHERE version = $1 AND case_no = $2`, work.Version, work.Case, next, failure); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE recomputations SET done = done + $2, failed = failed + $3 WHERE version = $1`, work.Version, one(!isFailing), one(isFailing)-one(wasFailing))
		return err
	})
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Recomputations lists the jobs, newest first.
func (s *Store) Recomputations(ctx context.Context, limit int) ([]view.Recomputation, error) {
	rows, err := s.pool.Query(ctx, `SELECT x.version, x.scope, coalesce(r.name, o.name, '全国'), x.first_day::text, x.last_day::text, x.source, x.state, x.total, x.done, x.failed, x.created_at, x.finished_at
		FROM recomputations x LEFT JOIN regions r ON r.code = x.scope LEFT JOIN offices o ON 'office:' || o.id = x.scope ORDER BY x.version DESC LIMIT $1`, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.Recomputation])
}
