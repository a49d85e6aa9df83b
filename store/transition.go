package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// beginGroupCase checks what a case about a managed group begins with, behind the lock of the group: it is
// registered, and is not looked at twice at once.
func (s *Store) beginGroupCase(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	if submission.Type != procedures.TypeFormReview && submission.Type != procedures.TypeTransition {
		return nil
	}
	var state string
	group := submission.Facts[procedures.FactGroup]
	if err := tx.QueryRow(ctx, `SELECT state FROM managed_groups WHERE id = $1 FOR UPDATE`, group).Scan(&state); err != nil {
		return orNotFound(err)
	}
	if state != "registered" {
		return approval.Refuse(approval.CodeWrongState, "该管理形式登记已注销", "the registration of this group is closed")
	}
	if submission.Type != procedures.TypeFormReview {
		return nil
	}
	var open string
	err := tx.QueryRow(ctx, `SELECT no FROM cases WHERE type = $1 AND ended_at IS NULL AND fold->'facts'->>'group' = $2 LIMIT 1`, submission.Type, group).Scan(&open)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err == nil {
		err = approval.Refuse(approval.CodeDuplicate, "该登记正在复查（"+open+"），不能重复发起", "a review of this group is under way ("+open+")")
	}
	return err
}

// transitionLines makes the lines of a transition: the people of the group that were chosen, everybody of
// it where nobody was. Whom another transition moves already is refused.
func (s *Store) transitionLines(ctx context.Context, tx pgx.Tx, new view.NewCase) ([]preparedLine, error) {
	rows, err := tx.Query(ctx, `SELECT p.id, p.name, p.id_sealed, p.residence, p.cadre_class, coalesce(l.residence_code, ''), coalesce(l.hukou_code, ''),
			EXISTS (SELECT FROM lines x JOIN cases c ON c.no = x.case_no WHERE x.person = p.id AND x.outcome = '' AND c.type = 'transition' AND c.ended_at IS NULL)
		FROM persons p LEFT JOIN LATERAL (SELECT residence_code, hukou_code FROM lines WHERE person = p.id ORDER BY case_no DESC LIMIT 1) l ON true
		WHERE p.managed_group = $1 AND ($2::text[] = '{}' OR p.id = ANY($2)) ORDER BY p.name, p.id FOR UPDATE OF p`, new.Submission.Facts[procedures.FactGroup], orEmpty(new.People))
	if err != nil {
		return nil, err
	}
	var person, name, residence, class, residenceCode, hukouCode string
	var sealed []byte
	var moving bool
	lines := []preparedLine{}
	_, err = pgx.ForEachRow(rows, []any{&person, &name, &sealed, &residence, &class, &residenceCode, &hukouCode, &moving}, func() error {
		if moving {
			return approval.Refuse(approval.CodeDuplicate, name+"已在另一过渡办件中", "another transition moves "+name+" already")
		}
		number, err := s.ring.Open(sealed, "persons|id_sealed|"+person)
		if err != nil {
			return err
		}
		row := len(lines) + 1
		line := s.prepareLine(fmt.Sprintf("%s.%d", new.Submission.No, row), view.NewLine{Row: row, Values: map[string]string{"name": name, "id_number": string(number),
			"residence_address": residence, "residence_code": residenceCode, "hukou_code": hukouCode}})
		line.cadreClass, line.marked = class, class != procedures.CadreOrdinary
		lines = append(lines, line)
		return nil
	})
	if err == nil && (len(lines) == 0 || len(new.People) > len(lines)) {
		err = approval.Invalid("form.people", "所选人员不都在该登记中", "not everybody chosen is in the group")
	}
	return lines, err
}

// placeTransition ties the lines of a new transition to the registry and to the street that receives.
func placeTransition(ctx context.Context, tx pgx.Tx, submission approval.Submission) error {
	if submission.Type != procedures.TypeTransition {
		return nil
	}
	_, err := tx.Exec(ctx, `UPDATE lines l SET person = p.id, screened = true, street = (SELECT region FROM offices WHERE id = $2) FROM persons p WHERE l.case_no = $1 AND p.id_index = l.id_index`,
		submission.No, submission.Facts[procedures.FactStreet])
	return err
}

// reopenUnready takes back who was to stay, as the communities are looked at anew.
func reopenUnready(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	_, err := tx.Exec(ctx, `UPDATE lines SET outcome = '', outcome_reason = '' WHERE case_no = $1 AND outcome_reason IN ('not_ready','no_community')`, fold.No)
	return err
}

// settleTransition does what the approval of a stage of a transition decides.
func (s *Store) settleTransition(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	switch entry.Stage {
	case procedures.StageReadiness:
		_, err := unready(ctx, tx, fold)
		return err
	case procedures.StageStreetConsent:
		// People of a community that is not ready stay with the body; the others go on.
		stay, err := unready(ctx, tx, fold)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE lines SET outcome = 'deferred', outcome_reason = CASE WHEN community = '' THEN 'no_community' ELSE 'not_ready' END
			WHERE case_no = $1 AND outcome = '' AND (community = '' OR community = ANY($2))`, fold.No, stay)
		return err
	case procedures.StageTransitionClosing:
		return s.closeIfEmpty(ctx, tx, fold.No, fold.Facts[procedures.FactGroup])
	}
	return nil
}

// unready are the communities of a transition that cannot receive yet; refused when one was not looked at,
// or when nobody could go.
func unready(ctx context.Context, q querier, fold *approval.Case) ([]string, error) {
	found := map[string]readyCommunity{}
	for _, one := range formList[readyCommunity](fold.Form, "readiness") {
		found[one.Code] = one
	}
	rows, err := q.Query(ctx, `SELECT DISTINCT o.region, o.name FROM lines l JOIN offices o ON o.kind = 'community' AND o.region = l.community WHERE l.case_no = $1 AND l.outcome = '' ORDER BY 1`, fold.No)
	if err != nil {
		return nil, err
	}
	stay, going := []string{}, 0
	var code, name string
	var refusal *approval.Error
	_, err = pgx.ForEachRow(rows, []any{&code, &name}, func() error {
		switch one, known := found[code]; {
		case !known:
			refusal = approval.Invalid("form.readiness", "请核查"+name+"的条件", "look whether "+name+" is ready")
		case one.ready():
			going++
		default:
			stay = append(stay, code)
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case refusal != nil:
		return nil, refusal
	case going == 0:
		return nil, approval.Invalid("form.readiness", "没有条件齐备的社区（村），本批不能过渡；请待条件齐备，或请人社局撤回", "no community is ready, so nobody can go: wait until one is, or ask the bureau to withdraw the case")
	}
	return stay, nil
}

// settleFormReview does what the stages of a review decide: the review date moves with its decision, and with
// nothing else.
func (s *Store) settleFormReview(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry) error {
	var form rules.FormOfManagement
	var state string
	var staff []byte
	group := fold.Facts[procedures.FactGroup]
	if err := tx.QueryRow(ctx, `SELECT form, state, staff FROM managed_groups WHERE id = $1 FOR UPDATE`, group).Scan(&form, &state, &staff); err != nil {
		return orNotFound(err)
	}
	results := formList[assessed](fold.Form, "assessments")
	passed := []assessed{}
	for _, one := range results {
		if one.Result == procedures.AssessmentQualified {
			passed = append(passed, one)
		}
	}
	switch entry.Stage {
	case procedures.StageReviewAssessment:
		var list []named
		if err := json.Unmarshal(staff, &list); err != nil {
			return err
		}
		return checkEverybodyAssessed(list, results)
	case procedures.StageReviewProposal:
		goesOn := formText(fold.Form, "conclusion") == procedures.ReviewContinue
		if goesOn && form == rules.FormEntrusted && (formText(fold.Form, "bodyAssessment") != procedures.AssessmentQualified || len(passed) == 0) {
			return approval.Invalid("form.conclusion", "机构考核不合格，或没有考核合格的工作人员，不能继续委托；请转入过渡", "the body has not passed, or nobody of its staff has: it cannot go on; choose the transition")
		}
		return s.checkReviewDate(form, formText(fold.Form, "reviewOn"))
	}
	if err := s.checkReviewDate(form, formText(fold.Form, "reviewOn")); err != nil {
		return err
	}
	if state != "registered" {
		// The group emptied while it was looked at: its registration is closed, and there is nothing to date.
		return nil
	}
	if form == rules.FormEntrusted {
		// Nobody who has not passed stays on the list.
		staff, _ = json.Marshal(passed)
	}
	_, err := tx.Exec(ctx, `UPDATE managed_groups SET review_on = $2::date, conclusion = $3, staff = $4 WHERE id = $1`, group, formText(fold.Form, "reviewOn"), formText(fold.Form, "conclusion"), staff)
	return err
}

// checkEverybodyAssessed refuses an assessment that leaves out somebody of the staff on record.
func checkEverybodyAssessed(staff []named, results []assessed) error {
	var list []named
	known := map[string]bool{}
	for _, one := range results {
		list, known[one.Name] = append(list, named{Name: one.Name}), true
	}
	for _, one := range staff {
		if !known[one.Name] {
			return approval.Invalid("form.assessments", one.Name+"没有考核结果，请补充；已离开的登记为不合格", "there is no result for "+one.Name+"; who has left is entered as not passed")
		}
	}
	return checkNames("assessments", list)
}

// leaveGroup has what is pending about a person go along as a community receives them out of a group: the
// community and its street see those cases from now on, the Party organisations the Party ones. A transition
// closes the emptied registration at its end; who leaves otherwise may close it now.
func (s *Store) leaveGroup(ctx context.Context, tx pgx.Tx, fold *approval.Case, group string) error {
	if group == "" {
		return nil
	}
	_, err := tx.Exec(ctx, `INSERT INTO case_access(office, case_no) SELECT o.id, c.no FROM cases c JOIN offices o ON CASE WHEN c.type = 'party' THEN o.kind = 'party' AND o.serves IN ($2, $3) ELSE o.id IN ($2, $3) END
		WHERE c.subject = $1 AND c.ended_at IS NULL AND c.no <> $4 ON CONFLICT DO NOTHING`, fold.Subject, fold.Facts[procedures.FactCommunity], fold.Facts[procedures.FactStreet], fold.No)
	if err != nil {
		return err
	}
	var transition bool
	if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM cases WHERE no = $1 AND type = 'transition')`, fold.Parent).Scan(&transition); err != nil || transition {
		return err
	}
	return s.closeIfEmpty(ctx, tx, fold.No, group)
}

// closeIfEmpty closes the registration of a group that nobody is in any more.
func (s *Store) closeIfEmpty(ctx context.Context, tx pgx.Tx, no, group string) error {
	_, err := tx.Exec(ctx, `UPDATE managed_groups SET state = 'closed', review_on = NULL, closed_on = $3::date, closed_by_case = $2
		WHERE id = $1 AND state = 'registered' AND NOT EXISTS (SELECT FROM persons WHERE managed_group = $1)`, group, no, s.today())
	return err
}

// groupsBroken finds people and groups that do not agree: a registration that nobody is in and no transition
// is about to close, people of a closed one, and people whose history does not end with who manages them.
const groupsBroken = `SELECT g.id FROM managed_groups g WHERE g.state = 'registered' AND NOT EXISTS (SELECT FROM persons p WHERE p.managed_group = g.id)
		AND NOT EXISTS (SELECT FROM cases c WHERE c.type = 'transition' AND c.ended_at IS NULL AND c.fold->'facts'->>'group' = g.id)
	UNION SELECT p.id FROM persons p JOIN managed_groups g ON g.id = p.managed_group WHERE g.state = 'closed' OR g.form <> p.form
	UNION SELECT p.id FROM persons p WHERE (p.managed_group IS NOT NULL OR p.community IS NOT NULL) AND coalesce((SELECT h.form FROM person_history h WHERE h.person = p.id ORDER BY h.at DESC, h.case_no DESC LIMIT 1), p.form) <> p.form
	ORDER BY 1`
