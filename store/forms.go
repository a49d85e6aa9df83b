package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// interimForm is the form other than the basic one (S3.3) that the people of a handover come under; empty
// for the basic form, for every other case, and for a handover declared before forms had a way of their own.
func interimForm(fold *approval.Case) rules.FormOfManagement {
	wait := fold.Stage(procedures.StageIntakes)
	if fold.Type != procedures.TypeHandover || wait == nil {
		return ""
	}
	return procedures.LeadsToForm(wait.Awaits(fold.Form))
}

// checkFormDocuments refuses a form whose documents are not all there.
func checkFormDocuments(fold *approval.Case) error {
	form := rules.FormOfManagement(formText(fold.Form, procedures.FieldFormOfManagement))
	given := map[string]bool{}
	for _, document := range formList[string](fold.Form, "formDocuments") {
		given[document] = true
	}
	for _, need := range rules.FormNeeds(form) {
		if !given[need] {
			word := rules.FormDocument(need)
			return approval.Invalid("form.formDocuments", fmt.Sprintf("采用该管理形式须附%s（S3.3）", word.ZH), fmt.Sprintf("this form needs the %s (S3.3)", word.EN))
		}
	}
	return nil
}

// formList reads a list of a form.
func formList[T any](form approval.Form, key string) []T {
	var list []T
	_ = json.Unmarshal(form[key], &list)
	return list
}

// planForm plans the one case that brings the people of a handover under an interim form; the archives set
// out beside it as they do beside intakes.
func (s *Store) planForm(ctx context.Context, fold *approval.Case, form rules.FormOfManagement) ([]childPlan, error) {
	plan := childPlan{child: procedures.FormProcedure(form), key: string(form), office: fold.Facts[procedures.FactEnterprise]}
	rows, err := s.pool.Query(ctx, `SELECT id, row, data_key, sealed, name FROM lines WHERE case_no = $1 AND outcome = '' ORDER BY row`, fold.No)
	if err != nil {
		return nil, err
	}
	plan.people, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (setsOut, error) {
		var one setsOut
		err := row.Scan(&one.line, &one.row, &one.wrapped, &one.sealed, &one.name)
		return one, err
	})
	if err != nil || len(plan.people) == 0 {
		return nil, err
	}
	if err := s.pool.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, plan.office).Scan(&plan.name); err != nil {
		return nil, orNotFound(err)
	}
	beside, err := s.planArchives(ctx, fold)
	return append([]childPlan{plan}, beside...), err
}

// prepareGroup enters the people of a group into the registry, where they have no manager until the form is
// registered, and has the case carry their lines.
func (s *Store) prepareGroup(ctx context.Context, tx pgx.Tx, parent *approval.Case, plan childPlan, new *view.NewCase, beat func()) error {
	for _, line := range plan.people {
		values, err := s.openLine(line.line, line.wrapped, line.sealed)
		if err != nil {
			return err
		}
		person, err := s.upsertPerson(ctx, tx, values, parent.Facts[procedures.FactEnterprise])
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `WITH line AS (UPDATE lines SET intake = $2, person = $3 WHERE id = $1 RETURNING cadre_class) UPDATE persons SET cadre_class = line.cadre_class FROM line WHERE id = $3`,
			line.line, new.Submission.No, person)
		if err != nil {
			return err
		}
		beat()
	}
	new.Title, new.Search = fmt.Sprintf("%s · %d 人", plan.name, len(plan.people)), []string{plan.name}
	return nil
}

// linePerson is the registered person of a line; empty before there is one.
func linePerson(ctx context.Context, q querier, line string) (string, error) {
	var person string
	err := q.QueryRow(ctx, `SELECT coalesce(person, '') FROM lines WHERE id = $1`, line).Scan(&person)
	return person, orNotFound(err)
}

// assessed is one member of a body's staff with what training and assessment came to.
type assessed struct {
	Name      string `json:"name"`
	TrainedOn string `json:"trainedOn"`
	Result    string `json:"result"`
}

// named is a record that stands for somebody or something by name.
type named struct {
	Name        string `json:"name"`
	Arrangement string `json:"arrangement,omitempty"`
}

// settleForm does what the approval of a stage of an interim form decides, and refuses what a declaration
// cannot express.
func (s *Store) settleForm(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, form rules.FormOfManagement) error {
	switch entry.Stage {
	case procedures.StageCommission:
		if from, to := formText(fold.Form, "termFrom"), formText(fold.Form, "termTo"); to <= from || to <= s.today() {
			return approval.Invalid("form.termTo", "委托期限应在今天以后截止，并晚于起始日期", "the term ends after today and after it begins")
		}
	case procedures.StageBodyStaff:
		return checkNames("staff", formList[named](fold.Form, "staff"))
	case procedures.StageTraining:
		return checkAssessed(formList[named](fold.Form, "staff"), formList[assessed](fold.Form, "assessments"))
	case procedures.StageAnnexes:
		return checkAnnexes(fold.Form)
	case procedures.StageAssetCount:
		return checkCount(fold.Form, "countSent")
	case procedures.StageAssetCountCheck:
		return checkCount(fold.Form, "countReceived")
	case procedures.StageStaffPlacement:
		return checkPlacements(fold.Form)
	case procedures.StageRegistration:
		return s.registerGroup(ctx, tx, fold, entry, form)
	}
	return nil
}

// checkNames refuses a list that names the same one twice.
func checkNames(field string, list []named) error {
	seen := map[string]bool{}
	for i, one := range list {
		name := strings.TrimSpace(one.Name)
		if seen[name] {
			return approval.Invalid("form."+field, fmt.Sprintf("第 %d 条“%s”重复，请合并，或加以区分", i+1, name), fmt.Sprintf("entry %d repeats %s: merge them or tell them apart", i+1, name))
		}
		seen[name] = true
	}
	return nil
}

// checkAssessed refuses a list on which anybody stays who was not assessed, or did not pass.
func checkAssessed(staff []named, results []assessed) error {
	passed := map[string]bool{}
	for _, one := range results {
		passed[one.Name] = one.Result == procedures.AssessmentQualified
	}
	for _, one := range staff {
		switch qualified, known := passed[one.Name]; {
		case !known:
			return approval.Invalid("form.assessments", one.Name+"没有培训考核结果，请补充", "there is no result for "+one.Name)
		case !qualified:
			return approval.Invalid("form.assessments", one.Name+"考核不合格，不能留在工作人员名单中；请补训后重新考核，或退回受托机构调整名单", one.Name+" has not passed and cannot stay: assess anew after training, or return the list to the body")
		}
		delete(passed, one.Name)
	}
	for name := range passed {
		return approval.Invalid("form.assessments", name+"不在工作人员名单中", name+" is not on the list of staff")
	}
	return nil
}

// registerGroup enters a group with its number and review date, and brings the people of the case under the
// form: from now on the body manages them (S3.3). Their pension is not touched (S3.2).
func (s *Store) registerGroup(ctx context.Context, tx pgx.Tx, fold *approval.Case, entry *approval.Entry, form rules.FormOfManagement) error {
	review := formText(fold.Form, "reviewOn")
	if err := s.checkReviewDate(form, review); err != nil {
		return err
	}
	if term := formText(fold.Form, "termTo"); term != "" && review > term {
		return approval.Invalid("form.reviewOn", "复查日期不能晚于委托期限截止日 "+term, "the review comes before the commission ends on "+term)
	}
	body, office, err := s.bodyOf(ctx, tx, fold, form)
	if err != nil {
		return err
	}
	bureau := entry.Actor.Office
	path, err := regionPath(ctx, tx, bureau)
	if err != nil {
		return err
	}
	staff, _ := json.Marshal(orEmpty(formList[assessed](fold.Form, "assessments")))
	batch := &pgx.Batch{}
	batch.Queue(`INSERT INTO managed_groups(id, number, form, enterprise, bureau, region, region_path, body_name, body_office, registered_on, review_on, staff, case_no)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,nullif($9,''),$10::date,$11::date,$12,$1)`, fold.No, formText(fold.Form, "registrationNumber"), form, fold.Facts[procedures.FactEnterprise], bureau,
		fold.Facts[procedures.FactRegion], path, body, office, s.today(), review, staff)
	left := []string{}
	batch.Queue(`SELECT DISTINCT p.managed_group FROM persons p JOIN lines l ON l.person = p.id WHERE l.intake = $1 AND l.outcome = '' AND p.managed_group IS NOT NULL`, fold.No).Query(func(rows pgx.Rows) (err error) {
		left, err = pgx.CollectRows(rows, pgx.RowTo[string])
		return err
	})
	batch.Queue(`UPDATE persons p SET community = NULL, form = $2, managed_group = $1, handed_over_on = $3::date, contact_card = 'LX-' || $1 || '-' || l.row FROM lines l WHERE l.intake = $1 AND l.outcome = '' AND l.person = p.id`, fold.No, string(form), s.today())
	batch.Queue(`INSERT INTO person_history(person, at, what, manager, form, case_no) SELECT person, $2, 'managed', $3, $4, $1 FROM lines WHERE intake = $1 AND outcome = ''`, fold.No, entry.At, body, string(form))
	var cadres []held
	batch.Queue(`SELECT person, cadre_class, managing_organ FROM lines WHERE intake = $1 AND outcome = '' AND cadre_class <> 'ordinary' ORDER BY row`, fold.No).Query(func(rows pgx.Rows) (err error) {
		one := held{recordedBy: bureau}
		_, err = pgx.ForEachRow(rows, []any{&one.person, &one.class, &one.organ}, func() error { cadres = append(cadres, one); return nil })
		return err
	})
	batch.Queue(`UPDATE lines SET outcome = 'received' WHERE intake = $1 AND outcome = ''`, fold.No)
	if err := tx.SendBatch(ctx, batch).Close(); err != nil {
		return err
	}
	for _, group := range left {
		if err := s.closeIfEmpty(ctx, tx, fold.No, group); err != nil {
			return err
		}
	}
	for _, one := range cadres {
		if err := s.holdArchiveOf(ctx, tx, fold, entry, one); err != nil {
			return err
		}
	}
	return nil
}

// bodyOf is who manages under a form, and its office where it is one of ours.
func (s *Store) bodyOf(ctx context.Context, tx pgx.Tx, fold *approval.Case, form rules.FormOfManagement) (name, office string, err error) {
	name = formText(fold.Form, "bodyName")
	switch form {
	case rules.FormEntrusted:
		if formText(fold.Form, "entrusted") == "enterprise" {
			office = fold.Facts[procedures.FactEnterprise]
		}
	case rules.FormAgency:
		offices, err := officesFor(ctx, tx, fold, approval.Signer{OfficeKind: approval.KindAgency})
		if err != nil {
			return "", "", err
		}
		office = offices[0]
		return name, office, tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, office).Scan(&name)
	}
	return name, office, nil
}

// checkReviewDate refuses a day on which nobody would look again in time.
func (s *Store) checkReviewDate(form rules.FormOfManagement, review string) error {
	if review <= s.today() {
		return approval.Invalid("form.reviewOn", "复查日期应在今天以后", "the review date lies after today")
	}
	if latest := s.clock.Now().In(clock.Zone).AddDate(1, 0, 0).Format(time.DateOnly); form == rules.FormEntrusted && review > latest {
		return approval.Invalid("form.reviewOn", "委托管理机构每年考核，复查日期最迟为 "+latest+"（S3.3）", "an entrusted body is assessed each year, by "+latest+" (S3.3)")
	}
	return nil
}
