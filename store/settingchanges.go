package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
)

// settingsStream is the journal of what was proposed and decided about calendars and settings.
const settingsStream = "settings"

// ProposeChange keeps a checked change until a second person decides on it.
func (s *Store) ProposeChange(ctx context.Context, change view.SettingChange, actor approval.Actor) error {
	content, err := json.Marshal(contentOf(change))
	if err != nil {
		return err
	}
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO setting_changes(id, kind, scope, content, source, state, proposed_by, proposed_at) VALUES ($1,$2,$3,$4,$5,'proposed',$6,$7)`,
			change.ID, change.Kind, change.Scope, content, change.Source, actor.Person, s.clock.Now())
		if err != nil {
			return err
		}
		return s.appendStream(ctx, tx, settingsStream, "propose:"+change.ID, map[string]any{"action": "propose", "actor": actor, "change": change.ID, "kind": change.Kind, "scope": change.Scope,
			"content": json.RawMessage(content), "source": change.Source})
	})
}

func contentOf(change view.SettingChange) any {
	if change.Calendar != nil {
		return change.Calendar
	}
	return change.Setting
}

// Decisions on a proposed change.
const (
	DecisionConfirm  = "confirm"
	DecisionRefuse   = "refuse"
	DecisionWithdraw = "withdraw"
)

// DecideChange ends a proposal; a confirmed one takes effect in the same transaction.
func (s *Store) DecideChange(ctx context.Context, id, decision, opinion string, actor approval.Actor) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		change, err := scanChange(tx.QueryRow(ctx, changeQuery+` WHERE x.id = $1 FOR UPDATE OF x`, id))
		if err != nil {
			return orNotFound(err)
		}
		if change.State != "proposed" {
			return approval.Refuse(approval.CodeAlreadyDecided, "该变更已有处理结果，请刷新页面", "this change has been decided already; reload the page")
		}
		if decision == DecisionWithdraw {
			if change.ProposedBy != actor.Person {
				return approval.Refuse(approval.CodeForbidden, "只有提出人可以撤回变更", "only the person who proposed the change may withdraw it")
			}
		} else if refusal, err := s.mayDecide(ctx, tx, change, actor); err != nil || refusal != nil {
			if refusal != nil {
				return refusal
			}
			return err
		}
		state := map[string]string{DecisionConfirm: "confirmed", DecisionRefuse: "refused", DecisionWithdraw: "withdrawn"}[decision]
		if _, err := tx.Exec(ctx, `UPDATE setting_changes SET state = $2, decided_by = $3, decided_at = $4, opinion = $5 WHERE id = $1`, id, state, actor.Person, s.clock.Now(), opinion); err != nil {
			return err
		}
		if decision == DecisionConfirm {
			if err := s.takeEffect(ctx, tx, change, actor); err != nil {
				return err
			}
		}
		return s.appendStream(ctx, tx, settingsStream, decision+":"+id, map[string]any{"action": decision, "actor": actor, "change": id, "opinion": opinion})
	})
}

// mayDecide lets a second system administrator decide, and where there is none the security administrator.
func (s *Store) mayDecide(ctx context.Context, q querier, change view.SettingChange, actor approval.Actor) (*approval.Error, error) {
	if change.ProposedBy == actor.Person {
		return approval.Refuse(approval.CodeConflictOfDuties, "须由另一人确认，不能自己提出、自己确认", "somebody else has to confirm it, not the one who proposed it"), nil
	}
	if actor.Role == approval.RoleSystemAdministrator {
		return nil, nil
	}
	place, _, err := placeOf(ctx, q, change.Scope)
	if err != nil {
		return nil, err
	}
	var another bool
	err = q.QueryRow(ctx, `SELECT EXISTS (SELECT FROM posts p JOIN users u ON u.id = p.person JOIN offices o ON o.id = p.office WHERE p.role = $1 AND p.person <> $2 AND NOT u.disabled
		AND p.valid_from <= $3::date AND (p.valid_to IS NULL OR p.valid_to >= $3::date) AND $4 LIKE region_prefix(o.region) || '%')`,
		approval.RoleSystemAdministrator, change.ProposedBy, s.today(), place).Scan(&another)
	if err == nil && another {
		return approval.Refuse(approval.CodeForbidden, "另有系统管理员在岗，请由其确认", "there is another system administrator, who has to confirm it"), nil
	}
	return nil, err
}

// takeEffect writes what a confirmed change says.
func (s *Store) takeEffect(ctx context.Context, tx pgx.Tx, change view.SettingChange, actor approval.Actor) error {
	if change.Setting != nil {
		_, err := tx.Exec(ctx, `INSERT INTO settings(name, region, valid_from, version, value, source)
			VALUES ($1,$2,$3::date,(SELECT coalesce(max(version), 0) + 1 FROM settings WHERE name = $1 AND region = $2),$4,$5)
			ON CONFLICT (name, region, valid_from) DO UPDATE SET version = EXCLUDED.version, value = EXCLUDED.value, source = EXCLUDED.source`,
			change.Setting.Name, change.Scope, change.Setting.ValidFrom, change.Setting.Value, change.Source)
		return err
	}
	edit := change.Calendar
	version, err := s.nextCalendarVersion(ctx, tx, calendarEdit{scope: change.Scope, hours: edit.Hours, lastYear: edit.LastYear, source: change.Source, person: actor.Person})
	if err != nil {
		return err
	}
	batch := &pgx.Batch{}
	first, last := "", ""
	for _, day := range edit.Days {
		first, last = widen(first, last, day.Day)
		batch.Queue(`INSERT INTO calendar_days(scope, day, working, name, source) VALUES ($1,$2::date,$3,$4,$5)
			ON CONFLICT (scope, day) DO UPDATE SET working = EXCLUDED.working, name = EXCLUDED.name, source = EXCLUDED.source, removed = false`, change.Scope, day.Day, day.Working, day.Name, change.Source)
	}
	for _, day := range edit.Removed {
		first, last = widen(first, last, day)
		batch.Queue(`UPDATE calendar_days SET removed = true, source = $3 WHERE scope = $1 AND day = $2::date`, change.Scope, day, change.Source)
	}
	if edit.Hours != "" || edit.LastYear != 0 {
		// Hours move every deadline in hours; a published year makes certain what was provisional.
		first, last = "2000-01-01", "2999-12-31"
	}
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	return s.recompute(ctx, tx, version, change.Scope, first, last, change.Source)
}

func widen(first, last, day string) (string, string) {
	if first == "" {
		return day, day
	}
	return min(first, day), max(last, day)
}

const changeQuery = `SELECT x.id, x.kind, x.scope, coalesce(r.name, o.name, '全国'), x.content, x.source, x.state, x.proposed_by, p.name, x.proposed_at, coalesce(d.name, ''), x.decided_at, x.opinion
	FROM setting_changes x JOIN users p ON p.id = x.proposed_by LEFT JOIN users d ON d.id = x.decided_by
	LEFT JOIN regions r ON r.code = x.scope LEFT JOIN offices o ON 'office:' || o.id = x.scope`

func scanChange(row pgx.Row) (view.SettingChange, error) {
	var c view.SettingChange
	var content []byte
	if err := row.Scan(&c.ID, &c.Kind, &c.Scope, &c.ScopeName, &content, &c.Source, &c.State, &c.ProposedBy, &c.ProposedByName, &c.ProposedAt, &c.DecidedByName, &c.DecidedAt, &c.Opinion); err != nil {
		return c, err
	}
	if c.Kind == "calendar" {
		c.Calendar, c.Title = &view.CalendarEdit{}, approval.Text{ZH: "工作日历", EN: "working calendar"}
		return c, json.Unmarshal(content, c.Calendar)
	}
	c.Setting = &view.SettingEdit{}
	err := json.Unmarshal(content, c.Setting)
	declared, _ := procedures.FindSetting(c.Setting.Name)
	c.Title = declared.Title
	return c, err
}

// SettingChange reads one proposed change.
func (s *Store) SettingChange(ctx context.Context, id string) (view.SettingChange, error) {
	change, err := scanChange(s.pool.QueryRow(ctx, changeQuery+` WHERE x.id = $1`, id))
	return change, orNotFound(err)
}

// SettingChanges lists proposed changes, newest first; state "" lists all.
func (s *Store) SettingChanges(ctx context.Context, state string, actor approval.Actor, limit int, after string) ([]view.SettingChange, string, error) {
	moment, id, err := afterMoment(after)
	if err != nil {
		return nil, "", err
	}
	rows, err := s.pool.Query(ctx, changeQuery+` WHERE ($1 = '' OR x.state = $1) AND ($2 = '' OR (x.proposed_at, x.id) < ($2::timestamptz, $3)) ORDER BY x.proposed_at DESC, x.id DESC LIMIT $4`, state, moment, id, limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.SettingChange, error) { return scanChange(row) })
	if err != nil {
		return nil, "", err
	}
	for i := range list {
		if list[i].State != "proposed" {
			continue
		}
		refusal, err := s.mayDecide(ctx, s.pool, list[i], actor)
		if err != nil {
			return nil, "", err
		}
		list[i].MayDecide, list[i].MayWithdraw = refusal == nil, list[i].ProposedBy == actor.Person
		if refusal != nil {
			list[i].WhyNot = &refusal.Message
		}
	}
	next := ""
	if len(list) > limit {
		list = list[:limit]
		last := list[limit-1]
		next = last.ProposedAt.UTC().Format(time.RFC3339Nano) + "|" + last.ID
	}
	return list, next, nil
}
