package store

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
)

// benefitEvents are the counted moments of the cases in the caller's scope: reports and verifications of deaths,
// claims, and, from the visits of each case, its last decision and the end of its payment.
const benefitEvents = `SELECT c.no, c.title, c.office, o.name, to_char(e.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM'), e.measure, e.at, c.submitted_at FROM cases c JOIN offices o ON o.id = c.office CROSS JOIN LATERAL (
		SELECT 'reported' AS measure, c.submitted_at AS at WHERE c.type = 'death'
		UNION ALL SELECT 'verified', c.ended_at WHERE c.type = 'death' AND c.state = 'closed'
		UNION ALL SELECT 'claims', c.submitted_at WHERE c.type = 'benefit'
		UNION ALL SELECT CASE v->>'stage' WHEN 'benefit-decision' THEN 'decided' ELSE 'paid' END, max((v->>'closedAt')::timestamptz) FROM jsonb_array_elements(c.fold->'visits') v
			WHERE c.type = 'benefit' AND v->>'outcome' = 'approved' AND v->>'stage' IN ('benefit-decision','benefit-payment') GROUP BY 1) e
	WHERE c.type IN ('death','benefit') AND ($5 = '' OR c.office = $5) AND e.at >= $3 AND e.at < $4 AND ` + caseScope

// BenefitEvents lists everything that is counted of the caller's cases in some months: the numbers are counts of it,
// and the lists behind them its parts.
func (s *Store) BenefitEvents(ctx context.Context, scope view.Scope, filter view.StatisticsFilter) ([]view.BenefitEvent, error) {
	from, to, err := monthsBetween(filter.From, filter.To)
	if err != nil {
		return nil, err
	}
	rows, err := s.as(scope).Query(ctx, benefitEvents, scope.Offices, scope.Paths, from, to, filter.Office)
	if err != nil {
		return nil, err
	}
	list, submitted := []view.BenefitEvent{}, []time.Time{}
	var one view.BenefitEvent
	var claimed time.Time
	if _, err := pgx.ForEachRow(rows, []any{&one.No, &one.Title, &one.Office, &one.OfficeName, &one.Month, &one.Measure, &one.At, &claimed}, func() error {
		list, submitted = append(list, one), append(submitted, claimed)
		return nil
	}); err != nil {
		return nil, err
	}
	offices := map[string]bool{}
	for _, event := range list {
		offices[event.Office] = true
	}
	calendars, err := s.calendarsFor(ctx, s.pool, slices.Collect(maps.Keys(offices)))
	if err != nil {
		return nil, err
	}
	for i := range list {
		if list[i].Measure == "paid" {
			days, _ := calendars[list[i].Office].WorkingTime(submitted[i], list[i].At, nil)
			list[i].Days = &days
		}
	}
	if filter.Amounts {
		sums, err := s.paidSums(ctx, scope, filter, from, to)
		if err != nil {
			return nil, err
		}
		list = append(list, sums...)
	}
	slices.SortFunc(list, func(a, b view.BenefitEvent) int {
		return cmp.Or(cmp.Compare(b.Month, a.Month), cmp.Compare(a.OfficeName, b.OfficeName), cmp.Compare(a.Office, b.Office), a.At.Compare(b.At), cmp.Compare(a.No, b.No))
	})
	return list, nil
}

// paidSums are what the ledger says the bank has paid for each benefit in each month. Which benefits the caller may
// see is asked with the caller's eyes; the ledger itself no reader of the API comes near.
func (s *Store) paidSums(ctx context.Context, scope view.Scope, filter view.StatisticsFilter, from, to time.Time) ([]view.BenefitEvent, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT c.no FROM cases c WHERE c.type = 'benefit' AND ($3 = '' OR c.office = $3) AND `+caseScope, scope.Offices, scope.Paths, filter.Office)
	if err != nil {
		return nil, err
	}
	nos, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, err
	}
	rows, err = s.pool.Query(ctx, `SELECT c.no, c.title, c.office, o.name, to_char(t.at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, max(t.at), coalesce(-sum(e.amount) FILTER (WHERE e.kind = 'funeral'), 0)::bigint, coalesce(-sum(e.amount) FILTER (WHERE e.kind = 'survivor'), 0)::bigint
		FROM ledger_transactions t JOIN ledger_entries e ON e.transaction = t.key JOIN cases c ON c.no = t.case_no JOIN offices o ON o.id = c.office
		WHERE t.what = 'paid' AND e.account = 'paid' AND t.case_no = ANY($1) AND t.at >= $2 AND t.at < $3 GROUP BY c.no, c.title, c.office, o.name, month`, nos, from, to)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.BenefitEvent, error) {
		one := view.BenefitEvent{Measure: "sum", Funeral: new(int64), Survivor: new(int64)}
		err := row.Scan(&one.No, &one.Title, &one.Office, &one.OfficeName, &one.Month, &one.At, one.Funeral, one.Survivor)
		return one, err
	})
}

// monthsBetween are the first moment of a month and the first after another.
func monthsBetween(from, to string) (first, after time.Time, err error) {
	if first, err = time.ParseInLocation("2006-01", from, clock.Zone); err != nil {
		return first, after, approval.Invalid("from", "月份应写成 2026-11 的样子", "a month is written like 2026-11")
	}
	last, err := time.ParseInLocation("2006-01", to, clock.Zone)
	if err != nil {
		return first, after, approval.Invalid("to", "月份应写成 2026-11 的样子", "a month is written like 2026-11")
	}
	return first, last.AddDate(0, 1, 0), nil
}
