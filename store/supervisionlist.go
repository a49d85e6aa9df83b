package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/rules"
)

// Stuck lists what a number of the board counts, and how many there are in all: by deadline where
// tasks are counted, the oldest first where cases are.
func (s *Store) Stuck(ctx context.Context, scope view.Scope, filter view.SupervisionFilter) ([]view.SupervisedCase, string, int, error) {
	b, err := s.look(ctx, scope)
	if err != nil {
		return nil, "", 0, err
	}
	after, afterID, err := afterMoment(filter.After)
	if err != nil {
		return nil, "", 0, err
	}
	q := &selection{board: b}
	sql, err := q.of(filter)
	if err != nil {
		return nil, "", 0, err
	}
	batch := counting()
	var total view.Number
	if !filter.Uncounted {
		if err := b.count(batch, filter, &total); err != nil {
			return nil, "", 0, err
		}
	}
	var picked []pick
	limit := filter.Limit + 1
	batch.Queue(`SELECT case_no, coalesce(task, ''), key, id FROM (`+sql+`) listed WHERE `+q.argument(after, "text")+` = '' OR (key, id) > (nullif(`+q.argument(after, "text")+`, '')::timestamptz, `+q.argument(afterID, "text")+`)
		ORDER BY key, id LIMIT `+q.argument(limit, "int"), q.arguments...).Query(func(rows pgx.Rows) error {
		picked, err = pgx.CollectRows(rows, pgx.RowToStructByPos[pick])
		return err
	})
	if err := s.pool.SendBatch(ctx, batch).Close(); err != nil {
		return nil, "", 0, err
	}
	next := ""
	if len(picked) > filter.Limit {
		picked = picked[:filter.Limit]
		last := picked[len(picked)-1]
		next = momentCursor(last.Key, last.ID)
	}
	list, err := s.supervised(ctx, scope, b, picked)
	return list, next, total.Count, err
}

// pick is one row a filter selects: a case, or one task of it.
type pick struct {
	Case, Task string
	Key        pgtype.Timestamptz
	ID         string
}

// supervised reads the picked rows with the caller's eyes, with every cause for which they are stuck.
func (s *Store) supervised(ctx context.Context, scope view.Scope, b *board, picked []pick) ([]view.SupervisedCase, error) {
	nos, tasks := make([]string, len(picked)), make([]string, len(picked))
	for i, one := range picked {
		nos[i], tasks[i] = one.Case, one.Task
	}
	reasons, err := s.causesOf(ctx, b, nos)
	if err != nil {
		return nil, err
	}
	rows, err := s.as(scope).Query(ctx, `SELECT c.no, c.type, c.title, c.state, c.stage, c.version, coalesce(t.id, ''), coalesce(t.office, ''), coalesce(o.name, ''), coalesce(o.kind, ''),
			coalesce(t.owner, ''), coalesce(u.name, ''), t.opened_at, t.due, coalesce(t.urged, 0), c.returns, c.last_entry_at, c.suspended_at, coalesce(c.fold->'suspension'->>'body', ''), c.waiting, c.ended_at,
			k.no, coalesce(k.id, ''), coalesce(ko.name, ''), coalesce(ku.name, ''), coalesce(ko.kind, ''), k.due
		FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS p(no, task, n) JOIN cases c ON c.no = p.no
		LEFT JOIN LATERAL (SELECT * FROM tasks WHERE case_no = c.no AND (p.task <> '' AND id = p.task OR p.task = '' AND state = 'open' AND kind <> 'supervision') ORDER BY due NULLS LAST, id LIMIT 1) t ON true
		LEFT JOIN offices o ON o.id = t.office LEFT JOIN users u ON u.id = t.owner
		LEFT JOIN LATERAL (SELECT k.no, t.id, t.office, t.owner, t.due FROM cases k JOIN tasks t ON t.case_no = k.no AND `+runsTask+` AND t.due < $3 WHERE c.waiting AND c.ended_at IS NULL AND k.parent = c.no ORDER BY t.due, t.id LIMIT 1) k ON true
		LEFT JOIN offices ko ON ko.id = k.office LEFT JOIN users ku ON ku.id = k.owner ORDER BY p.n`, nos, tasks, b.now)
	if err != nil {
		return nil, err
	}
	list := []view.SupervisedCase{}
	var one view.SupervisedCase
	var facts stuckFacts
	var child view.HoldingChild
	var childNo *string
	var childKind approval.OfficeKind
	_, err = pgx.ForEachRow(rows, []any{&one.No, &one.Type, &one.Title, &one.State, &one.Stage, &one.Version, &one.Task, &one.Office, &one.OfficeName, &one.OfficeKind,
		&one.Owner, &one.OwnerName, &one.Since, &one.Due, &one.Urged, &facts.returns, &facts.lastEntry, &facts.suspended, &facts.body, &facts.waiting, &facts.ended,
		&childNo, &child.Task, &child.OfficeName, &child.OwnerName, &childKind, &facts.childDue}, func() error {
		shown := one
		if childNo != nil {
			held := child
			held.No, held.Neutral = *childNo, neutral(childKind)
			shown.Child = &held
		}
		shown.TypeTitle, shown.StageTitle = Titles(shown.Type, shown.Stage)
		shown.Neutral, shown.Causes = neutral(shown.OfficeKind), orEmpty(reasons[shown.No])
		shown.DueDays = view.DaysLeft(b.calendar, shown.Due, b.now)
		shown.Sentence = b.sentence(&shown, facts)
		list = append(list, shown)
		one, facts = view.SupervisedCase{}, stuckFacts{}
		return nil
	})
	return list, err
}

// causesOf finds for which causes cases are stuck, the gravest first.
func (s *Store) causesOf(ctx context.Context, b *board, nos []string) (map[string][]string, error) {
	q := &selection{board: b}
	listed := q.argument(nos, "text[]")
	every := append(slices.Clone(causes), warnings...)
	var parts []string
	for i, cause := range every {
		sql, err := q.of(view.SupervisionFilter{Measure: cause})
		if err != nil {
			return nil, err
		}
		parts = append(parts, fmt.Sprintf(`SELECT %d, case_no FROM (%s) x WHERE case_no = ANY(%s)`, i, sql, listed))
	}
	found := map[string][]string{}
	var cause int
	var no string
	err := s.countRows(ctx, strings.Join(parts, " UNION ")+` ORDER BY 1`, q.arguments, []any{&cause, &no}, func() error {
		found[no] = append(found[no], every[cause])
		return nil
	})
	return found, err
}

// stuckFacts are what a sentence needs besides the row itself.
type stuckFacts struct {
	returns              int
	lastEntry, suspended *time.Time
	// body is whose reply is waited for.
	body     string
	waiting  bool
	ended    *time.Time
	childDue *time.Time
}

// sentence says in one breath whom a case waits for and why it is stuck, and what unblocks it.
func (b *board) sentence(one *view.SupervisedCase, facts stuckFacts) approval.Text {
	zh, en := "本件", "The case"
	switch {
	case facts.ended != nil:
		on := facts.ended.In(clock.Zone)
		return approval.Text{ZH: fmt.Sprintf("已于 %d 月 %d 日办结。", on.Month(), on.Day()), EN: "It was closed on " + on.Format(time.DateOnly) + "."}
	case facts.waiting:
		zh, en = "等待下级办件全部办结", "It waits for its child cases to end"
	case one.Neutral:
		zh, en = "待"+one.OfficeName+"反馈", "It waits for "+one.OfficeName
	case one.OfficeName != "":
		zh, en = "由"+one.OfficeName+one.OwnerName+"办理“"+one.StageTitle.ZH+"”", "It is with "+strings.TrimSpace(one.OfficeName+" "+one.OwnerName)+" for “"+one.StageTitle.EN+"”"
	}
	add := func(wordsZH, wordsEN string) { zh, en = zh+"，"+wordsZH, en+", "+wordsEN }
	if one.Since != nil && one.OfficeName != "" {
		since := one.Since.In(clock.Zone)
		add(fmt.Sprintf("%d 月 %d 日收到", since.Month(), since.Day()), "received on "+since.Format(time.DateOnly))
	}
	var remedyZH, remedyEN string
	for i := len(one.Causes) - 1; i >= 0; i-- {
		switch one.Causes[i] {
		case measureWarned:
			add("办理时限已过七成", "70 % of its time has passed")
		case measureDue, measureLate:
			if one.DueDays != nil && *one.DueDays < 0 {
				add(fmt.Sprintf("已超期 %d 个工作日", -*one.DueDays), fmt.Sprintf("%d working day(s) overdue", -*one.DueDays))
			} else {
				add("已超期", "overdue")
			}
			remedyZH, remedyEN = "可催办、督办或改派", "urge, supervise or reassign it"
		case measureChildren:
			if one.Child != nil {
				holder, days := strings.TrimSpace(one.Child.OfficeName+" "+one.Child.OwnerName), view.DaysLeft(b.calendar, facts.childDue, b.now)
				if days != nil && *days < 0 && !one.Child.Neutral {
					add(fmt.Sprintf("其中%s承办的 %s 已超期 %d 个工作日", one.Child.OfficeName+one.Child.OwnerName, one.Child.No, -*days),
						fmt.Sprintf("of which %s with %s is %d working day(s) overdue", one.Child.No, holder, -*days))
				} else {
					add(fmt.Sprintf("其中%s承办的 %s 尚未办结", one.Child.OfficeName+one.Child.OwnerName, one.Child.No), fmt.Sprintf("of which %s with %s is not done", one.Child.No, holder))
				}
			}
			remedyZH, remedyEN = "可催办、督办或改派该下级办件", "urge, supervise or reassign that one"
		case measureIdle:
			if facts.lastEntry != nil {
				add(fmt.Sprintf("已 %d 个工作日没有办理动作", b.calendar.WorkingDaysBetween(rules.DayOf(*facts.lastEntry), rules.DayOf(b.now))),
					fmt.Sprintf("nothing has happened for %d working days", b.calendar.WorkingDaysBetween(rules.DayOf(*facts.lastEntry), rules.DayOf(b.now))))
			}
			remedyZH, remedyEN = "可催办或督办", "urge or supervise it"
		case measureReceipt:
			if facts.suspended != nil && facts.body != "" {
				add("待"+facts.body+"函复，至今未复", "the reply of "+facts.body+" has not come")
				remedyZH, remedyEN = "请去函催复，或由承办人恢复办理", "ask for the reply again, or have it resumed"
			} else if facts.suspended != nil {
				add("中止等待函复至今未复", "suspended for a reply that has not come")
				remedyZH, remedyEN = "请去函催复，或由承办人恢复办理", "ask for the reply again, or have it resumed"
			} else {
				add("督办事项逾期未回复", "a supervision was not answered in time")
				remedyZH, remedyEN = "请与承办单位负责人联系", "speak to the head of the office"
			}
		case measureReturned:
			add(fmt.Sprintf("已退回 %d 次", facts.returns), fmt.Sprintf("returned %d times", facts.returns))
			remedyZH, remedyEN = "请协调一次性告知所缺事项", "have everything that is missing named at once"
		case measureShuttled:
			add("在两个单位之间反复退转", "returned back and forth between two offices")
			remedyZH, remedyEN = "请召集双方明确分歧", "bring the two offices together"
		case measureNobody:
			add("该单位没有可办理的在岗人员", "nobody there holds the post")
			remedyZH, remedyEN = "请系统管理员配备人员，或改派", "have the post filled, or reassign it"
		case measureFault:
			add("系统处理出现故障", "a technical fault holds it up")
			remedyZH, remedyEN = "请系统管理员重试", "a system administrator can retry it"
		}
	}
	if remedyZH != "" {
		return approval.Text{ZH: zh + "；" + remedyZH + "。", EN: en + "; " + remedyEN + "."}
	}
	return approval.Text{ZH: zh + "。", EN: en + "."}
}
