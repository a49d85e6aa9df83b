package store

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
)

// SubstitutionsOf answers for whom somebody stands in on a day (today when empty): one line per post
// of the absent officer. Standing in is not passed on: whoever stands in for somebody who stands in
// for a third answers for the second alone.
func (s *Store) SubstitutionsOf(ctx context.Context, person, day string) ([]view.StandIn, error) {
	if day == "" {
		day = s.today()
	}
	rows, err := s.pool.Query(ctx, `SELECT i.id, i.person, u.name, i.office, i.role FROM stand_ins($2::date) i JOIN users u ON u.id = i.person
		WHERE i.substitute = $1 ORDER BY i.id, i.role`, person, day)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[view.StandIn])
}

const substitutionColumns = `s.id, s.person, p.name, s.substitute, q.name, s.office, o.name, s.role, s.valid_from::text, s.valid_to::text, s.reason,
	s.created_by, c.name, s.created_at, coalesce(r.name,''), s.revoked_at, o.path,
	CASE WHEN s.revoked_at IS NOT NULL THEN 'revoked' WHEN s.valid_to < $1::date THEN 'ended' WHEN s.valid_from > $1::date THEN 'planned' ELSE 'active' END
	FROM substitutions s JOIN users p ON p.id = s.person JOIN users q ON q.id = s.substitute JOIN users c ON c.id = s.created_by
	LEFT JOIN users r ON r.id = s.revoked_by JOIN offices o ON o.id = s.office `

func collectSubstitution(row pgx.CollectableRow) (view.Substitution, error) {
	var found view.Substitution
	err := row.Scan(&found.ID, &found.Person, &found.PersonName, &found.Substitute, &found.SubstituteName, &found.Office, &found.OfficeName, &found.Role, &found.From, &found.To, &found.Reason,
		&found.CreatedBy, &found.CreatedByName, &found.CreatedAt, &found.RevokedByName, &found.RevokedAt, &found.OfficePath, &found.State)
	if found.Role != "" {
		title := approval.RoleText(found.Role)
		found.RoleTitle = &title
	}
	return found, err
}

// Substitutions lists those of the caller's offices and districts, the latest first: the present
// ones, or with ended those of the past too.
func (s *Store) Substitutions(ctx context.Context, scope view.Scope, ended bool, limit int, cursor string) ([]view.Substitution, string, error) {
	day, id := "", ""
	if cursor != "" {
		var err error
		if day, id, err = afterDay(cursor); err != nil {
			return nil, "", err
		}
	}
	rows, err := s.as(scope).Query(ctx, `SELECT `+substitutionColumns+`
		WHERE (s.office = ANY($2) OR s.person = $3 OR s.substitute = $3 OR EXISTS (SELECT FROM unnest($4::text[]) AS x(path) WHERE o.path LIKE x.path || '%'))
		AND ($5 OR s.revoked_at IS NULL AND s.valid_to >= $1::date)
		AND ($6 = '' OR (s.valid_to, s.id) < ($6::date, $7)) ORDER BY s.valid_to DESC, s.id DESC LIMIT $8`,
		s.today(), orEmpty(scope.Offices), scope.Person, orEmpty(scope.Paths), ended, day, id, limit+1)
	if err != nil {
		return nil, "", err
	}
	list, err := pgx.CollectRows(rows, collectSubstitution)
	if err != nil || len(list) <= limit {
		return list, "", err
	}
	last := list[limit-1]
	return list[:limit], last.To + "|" + last.ID, nil
}

// Substitution finds one within the caller's scope.
func (s *Store) Substitution(ctx context.Context, scope view.Scope, id string) (view.Substitution, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT `+substitutionColumns+`WHERE s.id = $2
		AND (s.office = ANY($3) OR s.person = $4 OR s.substitute = $4 OR EXISTS (SELECT FROM unnest($5::text[]) AS x(path) WHERE o.path LIKE x.path || '%'))`,
		s.today(), id, orEmpty(scope.Offices), scope.Person, orEmpty(scope.Paths))
	if err != nil {
		return view.Substitution{}, err
	}
	found, err := pgx.CollectExactlyOneRow(rows, collectSubstitution)
	return found, orNotFound(err)
}

// longestSubstitution is how many days one substitution may cover; a longer absence is a matter for
// the posts themselves.
const longestSubstitution = 366

// AddSubstitution sets a substitution. What it depends on is checked as it is written: the posts of
// both, the days, and that nobody else stands in for the same post meanwhile.
func (s *Store) AddSubstitution(ctx context.Context, new view.NewSubstitution) error {
	if err := s.checkDays(new); err != nil {
		return err
	}
	if new.Person == new.Substitute {
		return approval.Invalid("substitute", "代理人不能是本人，请选择本单位其他工作人员", "nobody stands in for themselves; choose a colleague of the office")
	}
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		// One at a time per absent officer, so that two that overlap cannot both be written.
		var known bool
		if err := tx.QueryRow(ctx, `SELECT true FROM users WHERE id = $1 AND NOT disabled FOR UPDATE`, new.Person).Scan(&known); err != nil {
			if orNotFound(err) == err {
				return err
			}
			return approval.Invalid("person", "没有这位工作人员", "there is no such officer")
		}
		// The answer of this very request may have been lost.
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM substitutions WHERE id = $1)`, new.ID).Scan(&known); err != nil || known {
			return err
		}
		if err := checkPosts(ctx, tx, new); err != nil {
			return err
		}
		if err := checkOverlap(ctx, tx, new); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO substitutions(id, person, substitute, office, role, valid_from, valid_to, reason, created_by, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10)`,
			new.ID, new.Person, new.Substitute, new.Office, new.Role, new.From, new.To, new.Reason, new.By, s.clock.Now())
		if err != nil {
			return err
		}
		days := new.From + " – " + new.To
		if err := s.tell(ctx, tx, "substituting", new.Substitute, new.Person, days); err != nil || new.By == new.Person {
			return err
		}
		return s.tell(ctx, tx, "substituted", new.Person, new.Substitute, days)
	})
}

// tell writes one notice that is about no case.
func (s *Store) tell(ctx context.Context, tx pgx.Tx, kind, person, actor, detail string) error {
	_, err := tx.Exec(ctx, `INSERT INTO notices(person, kind, actor, detail, created_at) VALUES ($1,$2,$3,$4,$5)`, person, kind, actor, detail, s.clock.Now())
	noteOf(tx, person)
	return err
}

func (s *Store) checkDays(new view.NewSubstitution) error {
	from, fromErr := time.Parse(time.DateOnly, new.From)
	to, toErr := time.Parse(time.DateOnly, new.To)
	switch {
	case fromErr != nil:
		return approval.Invalid("from", "开始日期应写成 2026-11-24 的样子", "a first day is written like 2026-11-24")
	case toErr != nil:
		return approval.Invalid("to", "结束日期应写成 2026-11-24 的样子", "a last day is written like 2026-11-24")
	case new.From < s.today():
		return approval.Invalid("from", "代理不能从过去的日期开始，请从今天或以后起算", "a substitution does not begin in the past; today is the earliest day")
	case to.Before(from):
		return approval.Invalid("to", "结束日期不能早于开始日期", "the last day is not before the first")
	case to.Sub(from) >= longestSubstitution*24*time.Hour:
		return approval.Invalid("to", "一次代理最长一年；更久的请由系统管理员调整岗位", "one substitution covers a year at most; for longer the system administrator changes the posts")
	}
	return nil
}

// heldPosts counts the posts of a person in an office over the days of a substitution.
const heldPosts = `SELECT count(*) FILTER (WHERE $3 = '' OR p.role = $3),
	count(*) FILTER (WHERE p.role IN ('system_administrator', 'security_administrator', 'audit_administrator') AND ($3 = '' OR p.role = $3))
	FROM posts p JOIN users u ON u.id = p.person WHERE p.person = $1 AND p.office = $2 AND NOT u.disabled
	AND p.valid_from <= $4::date AND (p.valid_to IS NULL OR p.valid_to >= $4::date)`

func checkPosts(ctx context.Context, tx pgx.Tx, new view.NewSubstitution) error {
	var held, administrators int
	if err := tx.QueryRow(ctx, heldPosts, new.Person, new.Office, new.Role, new.From).Scan(&held, &administrators); err != nil {
		return err
	}
	if held == 0 && new.Role != "" {
		return approval.Invalid("role", "代理开始时该工作人员在本单位没有"+approval.RoleText(new.Role).ZH+"岗位", "the officer does not hold the "+approval.RoleText(new.Role).EN+" post of the office on the first day")
	}
	if held == 0 {
		return approval.Invalid("person", "代理开始时该工作人员在该单位没有岗位", "the officer holds no post of the office on the first day")
	}
	if held == administrators {
		return approval.Invalid("role", "系统管理员、安全保密管理员、安全审计员须各由专人担任，不能代理", "system, security and audit administrators are three people; nobody stands in for them")
	}
	if err := tx.QueryRow(ctx, heldPosts, new.Substitute, new.Office, "", new.From).Scan(&held, &administrators); err != nil {
		return err
	}
	if held == 0 {
		return approval.Invalid("substitute", "代理人须是同一单位的工作人员，且代理开始时在岗", "the substitute must hold a post of the same office on the first day")
	}
	return nil
}

// checkOverlap refuses a second substitute for the same post on the same day, and a substitute who is
// away themselves.
func checkOverlap(ctx context.Context, tx pgx.Tx, new view.NewSubstitution) error {
	rows, err := tx.Query(ctx, `SELECT s.person, u.name, s.valid_from, s.valid_to FROM substitutions s JOIN users u ON u.id = s.substitute
		WHERE s.person IN ($1, $2) AND s.office = $3 AND s.revoked_at IS NULL AND s.valid_from <= $5::date AND s.valid_to >= $4::date
		AND (s.person = $2 OR $6 = '' OR s.role = '' OR s.role = $6) ORDER BY s.valid_from`, new.Person, new.Substitute, new.Office, new.From, new.To, new.Role)
	if err != nil {
		return err
	}
	var person, name string
	var from, to time.Time
	var refusal *approval.Error
	_, err = pgx.ForEachRow(rows, []any{&person, &name, &from, &to}, func() error {
		days := from.Format(time.DateOnly)
		zh, en := days+" 至 "+to.Format(time.DateOnly), days+" to "+to.Format(time.DateOnly)
		location, words := "from", approval.Text{ZH: "这段时间已由" + name + "代理（" + zh + "），请先撤销或改选日期", EN: name + " stands in already (" + en + "); revoke that first or choose other days"}
		if person == new.Substitute {
			location, words = "substitute", approval.Text{ZH: "所选代理人这段时间（" + zh + "）也不在岗，由" + name + "代理，请另选代理人", EN: "the chosen substitute is away too (" + en + ", " + name + " stands in); choose another"}
		}
		if refusal == nil {
			refusal = &approval.Error{Code: approval.CodeDuplicate, Message: words, Problems: []approval.Problem{{Location: location, Message: words, Code: approval.CodeDuplicate}}}
		}
		return nil
	})
	if err == nil && refusal != nil {
		return refusal
	}
	return err
}

// RevokeSubstitution ends a substitution at once. What was signed under it stands.
func (s *Store) RevokeSubstitution(ctx context.Context, id, by string) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		var person, substitute, days string
		err := tx.QueryRow(ctx, `UPDATE substitutions SET revoked_by = $2, revoked_at = $3 WHERE id = $1 AND revoked_at IS NULL AND valid_to >= $4::date
			RETURNING person, substitute, valid_from || ' – ' || valid_to`, id, by, s.clock.Now(), s.today()).Scan(&person, &substitute, &days)
		if errors.Is(err, pgx.ErrNoRows) {
			return approval.Refuse(approval.CodeWrongState, "该代理已撤销或已到期，无需再撤销", "this substitution has been revoked or has ended already")
		}
		if err != nil {
			return err
		}
		return s.tell(ctx, tx, "not_substituted", substitute, person, days)
	})
}
