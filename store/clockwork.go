package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
	"jieli/rules"
)

// reminderShares are the parts of the allowed time, in percent, at which a holder is reminded.
var reminderShares = []int{70, 100, 150}

// supervisionDue is how long an office has to answer a supervision that names no deadline.
var supervisionDue = approval.Due{Kind: approval.WorkingDays, Count: 3}

// allow gives a task its deadline and reminders: by its stage's due rule from the moment its visit
// opened, or from what it was extended to.
func allow(calendar rules.Calendar, task *approval.Task, due approval.Due, from time.Time, pauses []rules.Pause) {
	before := task.DueRule
	task.Due, task.DueRule = deadline(calendar, due, from, pauses)
	if task.DueRule == nil {
		return
	}
	var extended *approval.DueRule
	if before != nil {
		task.DueRule.Setting, task.DueRule.Version = before.Setting, before.Version
		if before.ExtendedTo != nil {
			extended = before
		}
	}
	for _, pause := range pauses {
		task.DueRule.Pauses = append(task.DueRule.Pauses, approval.Pause{From: pause.From, To: pause.To})
	}
	task.Reminders = nil
	for _, share := range reminderShares {
		if at := calendar.Share(due, from, pauses, share); !at.IsZero() {
			task.Reminders = append(task.Reminders, at)
		}
	}
	if extended != nil {
		task.DueRule.ExtendedTo, task.DueRule.ExtendedAt = extended.ExtendedTo, extended.ExtendedAt
		extend(calendar, task, pauses)
	}
}

// extend puts what a deadline was extended to in the place of the count; a suspension after the
// extension moves it by the working days it took.
func extend(calendar rules.Calendar, task *approval.Task, pauses []rules.Pause) {
	rule := task.DueRule
	to := *rule.ExtendedTo
	lost := 0
	for _, pause := range pauses {
		if pause.To.After(*rule.ExtendedAt) {
			lost += calendar.WorkingDaysBetween(rules.DayOf(pause.From), rules.DayOf(pause.To))
		}
	}
	if lost > 0 {
		last, _, _ := calendar.AddWorkingDays(rules.DayOf(to), lost)
		to = last.AddDate(0, 0, 1).Add(-time.Second)
	}
	task.Due = &to
	if len(task.Reminders) == len(reminderShares) {
		// Half the way from the reminder before, and as long after it as the first allowance was over.
		late := task.Reminders[2].Sub(task.Reminders[1])
		task.Reminders = []time.Time{task.Reminders[0], to, to.Add(late)}
	}
}

// clockwork fills in the moments only the database's calendars know: deadlines that move, when a
// task may be urged again, until when a supervision is to be answered.
func (s *Store) clockwork(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	switch event.Kind {
	case approval.EventDeadlinesMoved:
		return s.moveDeadlines(ctx, tx, fold, entry, event)
	case approval.EventUrged:
		_, task := fold.Task(event.Task)
		calendar, err := s.calendarFor(ctx, tx, task.Office)
		if err != nil {
			return err
		}
		// A working day later at the same time of the day.
		at := entry.At.In(rules.Zone)
		next, _, _ := calendar.AddWorkingDays(rules.DayOf(at), 1)
		until := next.Add(at.Sub(rules.DayOf(at)))
		event.Until = &until
	case approval.EventSupervised:
		supervision := *event.Supervision
		calendar, err := s.calendarFor(ctx, tx, supervision.Office)
		if err != nil {
			return err
		}
		var kind approval.OfficeKind
		if err := tx.QueryRow(ctx, `SELECT kind FROM offices WHERE id = $1`, supervision.Office).Scan(&kind); err != nil {
			return err
		}
		supervision.Kind = approval.SupervisionKindFor(kind)
		if supervision.Due == nil {
			supervision.Due, supervision.DueRule = deadline(calendar, supervisionDue, entry.At, nil)
		}
		event.Supervision = &supervision
	}
	return nil
}

func (s *Store) moveDeadlines(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, event *approval.Event) error {
	visit := fold.Current()
	stage := fold.Stage(visit.Stage)
	var pauses []rules.Pause
	for _, pause := range visit.Pauses {
		pauses = append(pauses, rules.Pause{From: pause.From, To: pause.To})
	}
	if fold.Suspension != nil {
		pauses = append(pauses, rules.Pause{From: fold.Suspension.Since, To: entry.At})
	}
	offices := []string{}
	for _, moved := range event.Deadlines {
		_, task := fold.Task(moved.Task)
		offices = append(offices, task.Office)
	}
	calendars, err := s.calendarsFor(ctx, tx, offices)
	if err != nil {
		return err
	}
	changed := false
	for i := range event.Deadlines {
		moved := &event.Deadlines[i]
		_, held := fold.Task(moved.Task)
		task := *held
		if event.Extended {
			if err := s.mayExtend(ctx, tx, fold, held); err != nil {
				return err
			}
			rule := *held.DueRule
			to, at := *moved.Due, entry.At
			rule.ExtendedTo, rule.ExtendedAt = &to, &at
			task.DueRule = &rule
		}
		due := stage.Due
		if held.DueRule != nil {
			// What the visit was allowed as it opened, whatever has been set since.
			due = held.DueRule.Due
		}
		allow(calendars[task.Office], &task, due, countedFrom(fold, visit.Stage, visit.OpenedAt), pauses)
		moved.Due, moved.DueRule, moved.Reminders = task.Due, task.DueRule, task.Reminders
		changed = changed || !sameMoment(held.Due, task.Due) || held.DueRule == nil || task.DueRule == nil || held.DueRule.CalendarVersion != task.DueRule.CalendarVersion
	}
	if !changed && entry.Action == approval.ActionRecomputeDeadlines {
		return approval.Refuse(approval.CodeWrongState, "时限没有变化", "the deadline stays the same")
	}
	return nil
}

func sameMoment(a, b *time.Time) bool {
	return a == nil && b == nil || a != nil && b != nil && a.Equal(*b)
}

// mayExtend refuses more extensions of a task than the district's setting allows.
func (s *Store) mayExtend(ctx context.Context, tx pgx.Tx, fold *approval.Case, task *approval.Task) error {
	allowed, err := s.number(ctx, tx, procedures.SettingExtensionsAllowed, fold.Facts[procedures.FactRegion])
	if err != nil {
		return err
	}
	if task.Extended >= allowed {
		return approval.Refuse(approval.CodeAlreadyExtended, fmt.Sprintf("延长次数已达 %d 次的上限，不能再延长", allowed), fmt.Sprintf("it was extended %d time(s), which is the most the district allows", allowed))
	}
	return nil
}

// passOn adds what follows when the newest stage passes by itself, which only Commit can tell: it
// knows who holds the post.
func (s *Store) passOn(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) ([]approval.Event, error) {
	last := entry.Events[len(entry.Events)-1]
	if last.Kind != approval.EventVisitOpened {
		return nil, nil
	}
	stage := fold.Stage(last.Stage)
	if stage == nil || !stage.PassSamePerson {
		return nil, nil
	}
	body, err := json.Marshal(fold)
	if err != nil {
		return nil, err
	}
	draft := &approval.Case{}
	if err := json.Unmarshal(body, draft); err != nil {
		return nil, err
	}
	if err := approval.Evolve(draft, *entry); err != nil {
		return nil, err
	}
	var failed error
	events := approval.PassOn(draft, entry.Actor, func(person string, post approval.Post) bool {
		holds, err := s.holds(ctx, tx, neededPost{person: person, office: post.Office, role: post.Role})
		if err != nil {
			failed = err
		}
		return holds
	})
	return events, failed
}
