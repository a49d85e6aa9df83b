package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/procedures"
	"jieli/rules"
)

// servicesEntrusted are what a body is commissioned with, by the list of S2.2.
const servicesEntrusted = "协助按时足额发放养老金和资格认证，提供社会保险政策咨询查询，跟踪了解生存状况，协助遗属办理待遇申请，开展文化体育健身和健康服务，组织自我管理和互助服务"

// proposal is the proposal of a stage that is being made.
type proposal = stageProposal

// proposeForm adds what is proposed for the stages of the interim forms, their reviews and the transition.
func (s *Store) proposeForm(ctx context.Context, tx pgx.Tx, p *proposal, stage *approval.Stage) error {
	fold := p.fold
	switch stage.Key {
	case procedures.StageCommission:
		return s.proposeCommission(ctx, tx, p)
	case procedures.StageTraining:
		var staff []string
		for _, one := range formList[named](fold.Form, "staff") {
			staff = append(staff, one.Name)
		}
		p.set("assessments", s.assessmentsOf(staff, formList[assessed](fold.Form, "assessments")), "受托机构的工作人员名单；结果由劳动保障部门考核后填写", "the staff of the body; the results are the labour department's")
	case procedures.StageAnnexes:
		return proposeBodyName(ctx, tx, p)
	case procedures.StageGroupApproval:
		var superior string
		if err := tx.QueryRow(ctx, `SELECT coalesce((SELECT superior FROM enterprises WHERE office = $1), '')`, fold.Facts[procedures.FactEnterprise]).Scan(&superior); err != nil {
			return err
		}
		if superior != "" {
			p.fresh("documentIssuer", superior, "登记的企业主管单位", "the superior body on record")
		}
	case procedures.StageAssetRegistration:
		p.fresh("assetRegisteredOn", s.today(), "当日", "today")
	case procedures.StageAssetCount:
		p.set("countSent", countsOf(fold.Form, "countSent"), "资产清单所列；数量由移交方实地清点", "as the annex lists them; the numbers are counted on the spot")
	case procedures.StageAssetCountCheck:
		p.set("countReceived", countsOf(fold.Form, "countReceived"), "资产清单所列和移交方实点；数量由接收方实地清点", "as the annex lists and the other side counted them; the numbers are counted on the spot")
	case procedures.StageStaffPlacement:
		p.set("placements", placementsOf(fold.Form), "人员清单所列", "as the annex lists them")
	case procedures.StageTakeover:
		p.set("differences", differencesOf(fold.Form), "双方清点不一致的资产", "assets of which the two counts differ")
		p.set("withoutConsent", withoutConsent(fold.Form), "未同意随机构移交的职工及其安置办法", "staff without consent, and what is arranged for them")
	case procedures.StageRegistration:
		return s.proposeRegistration(ctx, tx, p)
	case procedures.StageNoticeOther:
		p.fresh("noticeNumber", "TZ-"+fold.No, "按办件编号生成", "made from the case number")
		p.fresh("noticeOn", s.today(), "当日", "today")
	case procedures.StageTransitionPlan:
		p.fresh("plannedBy", s.clock.Now().In(clock.Zone).AddDate(0, 3, 0).Format(time.DateOnly), "通常三个月内完成", "within three months, as a rule")
	case procedures.StageReviewAssessment, procedures.StageReviewProposal:
		return s.proposeReview(ctx, tx, p, stage)
	case procedures.StageReadiness:
		return proposeReadiness(ctx, tx, p)
	case procedures.StageTransitionClosing:
		return proposeClosing(ctx, tx, p)
	}
	return nil
}

func proposeBodyName(ctx context.Context, tx pgx.Tx, p *proposal) error {
	var enterprise string
	if err := tx.QueryRow(ctx, `SELECT name FROM offices WHERE id = $1`, p.fold.Facts[procedures.FactEnterprise]).Scan(&enterprise); err != nil {
		return orNotFound(err)
	}
	p.fresh("bodyName", enterprise+"退休人员管理服务中心", "统一名称：单位名称加“退休人员管理服务中心”", "the uniform name")
	return nil
}

func (s *Store) proposeCommission(ctx context.Context, tx pgx.Tx, p *proposal) error {
	p.fresh("entrusted", "enterprise", "通常委托企业", "the enterprise, as a rule")
	p.fresh("letterNumber", "WT-"+p.fold.No, "按办件编号生成", "made from the case number")
	p.fresh("termFrom", s.today(), "当日", "today")
	p.fresh("termTo", s.clock.Now().In(clock.Zone).AddDate(3, 0, 0).Format(time.DateOnly), "通常委托三年", "three years, as a rule")
	p.fresh("scope", servicesEntrusted, "社会化管理服务的内容（S2.2）", "the services of S2.2")
	return proposeBodyName(ctx, tx, p)
}

// assessmentsOf makes a row for each of the staff, with the result there is already.
func (s *Store) assessmentsOf(staff []string, results []assessed) []map[string]string {
	held := map[string]assessed{}
	for _, one := range results {
		held[one.Name] = one
	}
	rows := []map[string]string{}
	for _, name := range staff {
		row := map[string]string{"name": name, "trainedOn": s.today()}
		if one, known := held[name]; known {
			row["trainedOn"], row["result"] = one.TrainedOn, one.Result
		}
		rows = append(rows, row)
	}
	return rows
}

// proposeRegistration numbers the group, says what becomes of the pensions, and when the form is looked at again.
func (s *Store) proposeRegistration(ctx context.Context, tx pgx.Tx, p *proposal) error {
	p.set("registrationNumber", "GL-"+p.fold.No, "按办件编号生成", "made from the case number")
	var devolved bool
	err := tx.QueryRow(ctx, `SELECT coalesce((SELECT devolved_from_centre OR kind = 'devolved' FROM enterprises WHERE office = $1), false)`, p.fold.Facts[procedures.FactEnterprise]).Scan(&devolved)
	if err != nil {
		return err
	}
	if devolved {
		p.set("pensionRelation", "不变：养老保险关系和基本养老金的社会化发放仍由省级社会保险经办机构负责管理", "中央下放企业，无论采取何种管理形式（S3.2）", "devolved from the centre, whatever the form (S3.2)")
	} else {
		p.set("pensionRelation", "不变：仍由原待遇发放机构负责", "管理形式不影响养老保险关系", "the form does not touch the pension")
	}
	review, err := s.nextReview(ctx, tx, p.fold, procedures.LeadsToForm(p.fold.Type))
	if err != nil {
		return err
	}
	if term := formText(p.fold.Form, "termTo"); term != "" && term < review {
		review = term
	}
	p.fresh("reviewOn", review, "按管理形式复查间隔（设置）", "by the setting")
	return nil
}

// nextReview is the day on which a form is looked at again, as the place has set it; each year where the
// body is assessed each year.
func (s *Store) nextReview(ctx context.Context, tx pgx.Tx, fold *approval.Case, form rules.FormOfManagement) (string, error) {
	months, err := s.number(ctx, tx, procedures.SettingFormReviewMonths, fold.Facts[procedures.FactRegion])
	if form == rules.FormEntrusted {
		months = min(months, 12)
	}
	return s.clock.Now().In(clock.Zone).AddDate(0, months, 0).Format(time.DateOnly), err
}

// proposeReview lists the staff as they were assessed last, and the day after which to look again.
func (s *Store) proposeReview(ctx context.Context, tx pgx.Tx, p *proposal, stage *approval.Stage) error {
	var form rules.FormOfManagement
	var staff []byte
	if err := tx.QueryRow(ctx, `SELECT form, staff FROM managed_groups WHERE id = $1`, p.fold.Facts[procedures.FactGroup]).Scan(&form, &staff); err != nil {
		return orNotFound(err)
	}
	if stage.Key == procedures.StageReviewAssessment {
		var list []assessed
		if err := json.Unmarshal(staff, &list); err != nil {
			return err
		}
		var names []string
		for _, one := range list {
			names = append(names, one.Name)
		}
		p.fresh("assessments", s.assessmentsOf(names, nil), "上次登记的工作人员；新增的请补充", "the staff on record; add who is new")
		return nil
	}
	review, err := s.nextReview(ctx, tx, p.fold, form)
	p.fresh("reviewOn", review, "按管理形式复查间隔（设置）", "by the setting")
	return err
}

// readyCommunity is what a street found of one of its communities.
type readyCommunity struct {
	Code      string `json:"code"`
	Community string `json:"community"`
	People    int    `json:"people"`
	Staff     *bool  `json:"staff,omitempty"`
	Venue     *bool  `json:"venue,omitempty"`
	Branch    *bool  `json:"branch,omitempty"`
}

// ready communities have staff, a venue and a Party organisation.
func (c readyCommunity) ready() bool {
	return c.Staff != nil && *c.Staff && c.Venue != nil && *c.Venue && c.Branch != nil && *c.Branch
}

// proposeReadiness lists the communities that people of the case were allocated to.
func proposeReadiness(ctx context.Context, tx pgx.Tx, p *proposal) error {
	held := map[string]readyCommunity{}
	for _, one := range formList[readyCommunity](p.fold.Form, "readiness") {
		held[one.Code] = one
	}
	rows, err := tx.Query(ctx, `SELECT o.region, o.name, count(*) FROM lines l JOIN offices o ON o.kind = 'community' AND o.region = l.community WHERE l.case_no = $1 AND l.outcome = '' GROUP BY 1, 2 ORDER BY 1`, p.fold.No)
	if err != nil {
		return err
	}
	list := []readyCommunity{}
	var one readyCommunity
	_, err = pgx.ForEachRow(rows, []any{&one.Code, &one.Community, &one.People}, func() error {
		before := held[one.Code]
		list = append(list, readyCommunity{Code: one.Code, Community: one.Community, People: one.People, Staff: before.Staff, Venue: before.Venue, Branch: before.Branch})
		return nil
	})
	p.set("readiness", list, "本批人员分派到的社区（村）；三项条件齐备方可接收", "the communities of this batch; each needs all three")
	return err
}

// proposeClosing names who stays with the body, and how many the group still has.
func proposeClosing(ctx context.Context, tx pgx.Tx, p *proposal) error {
	rows, err := tx.Query(ctx, `SELECT row, outcome, outcome_reason FROM lines WHERE case_no = $1 AND outcome <> 'received' ORDER BY row`, p.fold.No)
	if err != nil {
		return err
	}
	staying := []map[string]any{}
	var row, left int
	var outcome, reason string
	_, err = pgx.ForEachRow(rows, []any{&row, &outcome, &reason}, func() error {
		why := reasonWords[reason].ZH
		for _, option := range procedures.LineOutcomes() {
			if why == "" && option.Value == outcome {
				why = option.Title.ZH
			}
		}
		staying = append(staying, map[string]any{"row": row, "reason": why})
		return nil
	})
	if err != nil {
		return err
	}
	p.set("staying", staying, "未由社区接收的人员", "who was not received by a community")
	err = tx.QueryRow(ctx, `SELECT count(*) FROM persons WHERE managed_group = $1`, p.fold.Facts[procedures.FactGroup]).Scan(&left)
	p.set("groupLeft", left, "按人员库统计", "counted in the registry")
	return err
}
