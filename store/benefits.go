package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// checkDeath finds the verified death a benefit may be claimed for. A second claim is told which one stands.
func checkDeath(ctx context.Context, tx pgx.Tx, person string) (string, error) {
	var death, open string
	err := tx.QueryRow(ctx, `SELECT d.case_no, coalesce((SELECT b.case_no FROM benefit_claims b WHERE b.person = d.person AND b.death = d.case_no AND b.state <> 'ended'), '')
		FROM deaths d WHERE d.person = $1 AND d.state = 'verified' FOR UPDATE OF d`, person).Scan(&death, &open)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return "", approval.Invalid("subject", "该人员没有核实的死亡报告，请先办理死亡报告", "no verified death of the person is on record: the death is reported first")
	case err != nil:
		return "", err
	case open != "":
		return "", approval.Refuse(approval.CodeDuplicate, "该逝者的遗属待遇已有申领（"+open+"），请并入该件办理；家属之间有争议的，在该件中选择“家属之间有争议”", "the benefit for this death is claimed already ("+open+"): join that case; where the family disagrees, it says so there")
	}
	return death, nil
}

// beginBenefit enters the claim and who claims.
func (s *Store) beginBenefit(ctx context.Context, tx pgx.Tx, submission approval.Submission, claimants []view.NewClaimant) error {
	if _, err := tx.Exec(ctx, `INSERT INTO benefit_claims(case_no, person, death, state) VALUES ($1,$2,$3,'claimed')`, submission.No, submission.Subject, submission.Facts[procedures.FactDeath]); err != nil {
		return err
	}
	return s.writeClaimants(ctx, tx, submission.No, claimants)
}

// checkClaim tells everything that is missing of a claim at once.
func checkClaim(ctx context.Context, tx pgx.Tx, fold *approval.Case) error {
	list, err := claimantsOf(ctx, tx, fold.No)
	if err != nil {
		return err
	}
	var problems []approval.Problem
	wrong := func(field, zh, en string) { problems = append(problems, approval.Invalid(field, zh, en).Problems...) }
	if formText(fold.Form, "cause") == procedures.CauseWork {
		wrong("form.cause", "因工死亡的，由工伤保险支付丧葬补助金和供养亲属抚恤金（《工伤保险条例》第三十九条），同一死亡不得同时领取，请向工伤保险经办机构申领", "for a death at work the work-injury insurance pays (Regulation on Work-Injury Insurance, article 39), and nobody is paid both: the claim goes to that agency")
	}
	if formText(fold.Form, "otherScheme") == "yes" {
		wrong("form.otherScheme", "已由其他制度支付的，同一死亡不得重复领取（人社部发〔2021〕18号）", "another scheme has paid: nobody is paid twice for one death (人社部发〔2021〕18号)")
	}
	var shares int64
	paid, arrangement := 0, formText(fold.Form, "arrangement")
	for i, one := range list {
		shares += one.share
		if one.share > 0 {
			paid++
			if one.digest == "" {
				wrong(fmt.Sprintf("claimants.%d.account", i), "请填写"+one.name+"的收款账户", "give the account of "+one.name)
			}
		}
	}
	switch {
	case len(list) == 0:
		wrong("claimants", "请填写申领人", "name the claimants")
	case shares != rules.WholeShare:
		wrong("claimants", "各申领人的份额合计应为 100%", "the shares add up to 100 %")
	case arrangement == procedures.ArrangementSole && len(list) != 1:
		wrong("form.arrangement", "有多位申领人，请补充全体申领人签名的协议，或选择其他发放方式", "there are several claimants: choose how they share, with their signed agreement")
	case arrangement == procedures.ArrangementOneAccount && paid != 1:
		wrong("claimants", "发放到一个账户的，只能有一位申领人的份额为 100%", "to one account: one claimant has all, the others nothing")
	}
	if len(problems) > 0 {
		return &approval.Error{Code: approval.CodeInvalidInput, Problems: problems, Message: approval.Text{ZH: "申领材料不齐或不符，请一次补正", EN: "the claim is not complete; this is everything that is missing"}}
	}
	return nil
}

// proposeBenefit fills in what is known: the verified death, the claimants, and what the rule finds.
func (s *Store) proposeBenefit(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage *approval.Stage) (approval.Form, map[string]approval.Text, error) {
	proposal, reasons := approval.Form{}, map[string]approval.Text{}
	set := func(key string, value any, zh, en string) {
		proposal[key], _ = json.Marshal(value)
		reasons[key] = approval.Text{ZH: zh, EN: en}
	}
	list, err := claimantsOf(ctx, tx, fold.No)
	if err != nil {
		return nil, nil, err
	}
	for _, field := range stage.Fields {
		if held, ok := fold.Form[field.Key]; ok && !field.Computed {
			proposal[field.Key], reasons[field.Key] = held, approval.Text{ZH: "此前填写的内容", EN: "as filled in before"}
			continue
		}
		switch field.Key {
		case "diedOn":
			var on time.Time
			if err := tx.QueryRow(ctx, `SELECT died_on FROM deaths WHERE case_no = $1`, fold.Facts[procedures.FactDeath]).Scan(&on); err != nil {
				return nil, nil, orNotFound(err)
			}
			set(field.Key, on.Format(time.DateOnly), "核实的死亡报告 "+fold.Facts[procedures.FactDeath], "the verified report "+fold.Facts[procedures.FactDeath])
		case "claimants":
			records := make([]map[string]any, len(list))
			for i, one := range list {
				records[i] = map[string]any{"name": one.name, "relation": one.relation, "share": float64(one.share) / 100}
			}
			set(field.Key, records, "受理时登记", "as the claim was taken in")
		case "payees":
			if fold.Type == procedures.TypePayee {
				var digest string
				if err := tx.QueryRow(ctx, `SELECT account_digest FROM payee_corrections WHERE case_no = $1`, fold.No).Scan(&digest); err != nil {
					return nil, nil, orNotFound(err)
				}
				list = []claimed{{id: fold.Facts[procedures.FactPayment], digest: digest}}
			}
			set(field.Key, payeesVersion(list), "账户信息加密保存，此处只记版本", "accounts are sealed; this is their version")
		case "province":
			set(field.Key, fold.Facts[procedures.FactRegion][:2]+"0000", "经办机构所在省", "the agency's province")
		case "status":
			set(field.Key, string(rules.StatusRetired), "在册退休人员", "in the registry of retirees")
		case "override":
			set(field.Key, "no", "通常情况", "as a rule")
		case "arrangement":
			if len(list) == 1 {
				set(field.Key, procedures.ArrangementSole, "只登记了一位申领人", "one claimant is entered")
			}
		case approval.FieldMaterials:
			needed := []string{}
			for _, material := range stage.Materials {
				needed = append(needed, material.Key)
			}
			set(field.Key, needed, "本事项要求的材料", "what this procedure asks for")
		case "setOff":
			var kept int64
			if err := tx.QueryRow(ctx, `SELECT coalesce(sum(o.applied), 0)::bigint FROM recovery_set_offs o JOIN benefit_claimants c ON c.id = o.claimant WHERE c.case_no = $1`, fold.No).Scan(&kept); err != nil {
				return nil, nil, err
			}
			set(field.Key, kept, "放款时按申领人签名的同意书抵扣", "kept as the benefit was released, by the claimants' signed consent")
		case "source":
			set(field.Key, fold.Facts[procedures.FactSource], "登记时选择", "as it was entered")
		case "letterNumber":
			set(field.Key, "JD-"+fold.No, "按办件编号生成", "made from the case number")
		case "deliveredOn":
			set(field.Key, s.today(), "当日", "today")
		case "claimant", "refusal":
			var name, refusal string
			if err := tx.QueryRow(ctx, `SELECT b.name, c.refusal FROM payee_corrections c JOIN benefit_claimants b ON b.id = c.claimant WHERE c.case_no = $1`, fold.No).Scan(&name, &refusal); err != nil {
				return nil, nil, orNotFound(err)
			}
			set("claimant", name, "退回的付款", "the payment refused")
			set("refusal", refusal, "银行回盘", "the bank's result")
		}
	}
	if stage.Key == procedures.StageBenefitReview {
		return proposal, reasons, s.calculate(ctx, tx, fold, set)
	}
	return proposal, reasons, nil
}

// reckoned is what the rule finds of a claim.
type reckoned struct {
	rules.Benefit
	funeral, survivor rules.Fen
	derivation        []map[string]any
}

// reckon applies the rule to what was entered, by the settings of the scheme's province as they hold today.
func (s *Store) reckon(ctx context.Context, q querier, form approval.Form, region string) (reckoned, error) {
	trial, _ := rules.FindTrial("benefit")
	input := approval.Form{"deathDate": form["diedOn"]}
	for _, field := range trial.Fields {
		if held, ok := form[field.Key]; ok && string(held) != "null" {
			input[field.Key] = held
		}
	}
	place := schemePlace(region, formText(form, "province"))
	facts := rules.Facts{Today: s.clock.Now().In(clock.Zone), Settings: map[string]rules.SettingValue{}}
	for _, need := range trial.SettingsOf(input) {
		value, err := s.settingValue(ctx, q, need, place)
		if err != nil {
			return reckoned{}, err
		}
		facts.Settings[need.Name] = value
	}
	evaluation, refusal := trial.Try(input, facts)
	if refusal != nil {
		for i := range refusal.Problems {
			refusal.Problems[i].Location = "form." + refusal.Problems[i].Location
		}
		return reckoned{}, refusal
	}
	result, _ := evaluation.Result.(rules.Benefit)
	found := reckoned{Benefit: result, derivation: make([]map[string]any, 0, len(evaluation.Derivation)+1)}
	// What exceeds the contributions is taken off the survivor payment first.
	found.survivor = result.SurvivorPayment + result.TransitionalSupplement - result.LimitReduction
	found.funeral = result.FuneralGrant + min(found.survivor, 0)
	found.survivor = max(found.survivor, 0)
	for _, step := range evaluation.Derivation {
		found.derivation = append(found.derivation, map[string]any{"step": step.Step.ZH, "stepEN": step.Step.EN, "value": step.Value, "unit": step.Unit, "clause": step.Clause, "source": step.Source.ZH, "sourceEN": step.Source.EN})
	}
	return found, nil
}

// schemePlace is whose settings count for a scheme's province: the agency's own district where it lies in it.
func schemePlace(region, province string) string {
	padded, _, known := rules.ProvinceOf(province)
	switch {
	case !known:
		return province
	case rules.InProvince(region, padded):
		return region
	}
	return padded
}

// calculate proposes what the rule finds from what the clerk has entered, and says whether a meeting and an audit
// follow.
func (s *Store) calculate(ctx context.Context, q querier, fold *approval.Case, set func(key string, value any, zh, en string)) error {
	found, err := s.reckon(ctx, q, fold.Form, fold.Facts[procedures.FactRegion])
	if err != nil {
		return err
	}
	funeral, survivor, records, provisional := found.funeral, found.survivor, found.derivation, found.Provisional
	if formText(fold.Form, "override") == "yes" {
		// What was set by hand does not hang on a figure.
		funeral, survivor, provisional = formFen(fold.Form, "overrideFuneral"), formFen(fold.Form, "overrideSurvivor"), false
		reason := formText(fold.Form, "overrideReason")
		records = append(records, map[string]any{"step": "人工核定：丧葬补助金 " + funeral.String() + " 元，抚恤金 " + survivor.String() + " 元", "stepEN": "set by hand: funeral grant ¥" + funeral.String() + ", survivor payment ¥" + survivor.String(),
			"value": fmt.Sprint(int64(funeral + survivor)), "unit": rules.UnitFen, "clause": "", "source": reason, "sourceEN": reason})
	}
	set("funeralGrant", funeral, "按规则核定", "by the rule")
	set("survivorPayment", survivor, "按规则核定", "by the rule")
	set("total", funeral+survivor, "两项之和", "the sum of both")
	set("derivation", records, "逐项依据", "line by line")
	if found.BaseYear > 0 {
		// Deaths before the national measures go by no yearly figure.
		set("baseYear", strconv.Itoa(found.BaseYear), "按规则核定", "by the rule")
		set("baseFigure", found.BaseAnnual, "按规则核定", "by the rule")
	}
	set("provisional", yesOrNo(provisional), "去世上一年的数据公布后补差", "trued up once the figure of the year before death is published")
	return s.exceptional(ctx, q, fold, funeral+survivor, set)
}

// exceptional says why a meeting decides, if it does, and whether the audit looks at the case.
func (s *Store) exceptional(ctx context.Context, q querier, fold *approval.Case, total rules.Fen, set func(key string, value any, zh, en string)) error {
	region := fold.Facts[procedures.FactRegion]
	threshold, err := s.number(ctx, q, procedures.SettingBenefitThreshold, region)
	if err != nil {
		return err
	}
	months, err := s.number(ctx, q, procedures.SettingBenefitLate, region)
	if err != nil {
		return err
	}
	audit, _, err := s.setting(ctx, q, procedures.SettingBenefitAudit, region)
	if err != nil {
		return err
	}
	died, _ := time.Parse(time.DateOnly, formText(fold.Form, "diedOn"))
	var why []string
	because := func(holds bool, reason string) {
		if holds {
			why = append(why, reason)
		}
	}
	because(formText(fold.Form, "override") == "yes", "人工核定金额")
	because(formText(fold.Form, "arrangement") == procedures.ArrangementDisputed, "家属之间有争议")
	because(formText(fold.Form, "arrangement") == procedures.ArrangementCourt, "按法院文书发放")
	because(formText(fold.Form, "cause") == procedures.CauseUndetermined, "去世原因尚未认定")
	because(threshold > 0 && total > rules.Fen(threshold)*100, "超过规定金额")
	because(months > 0 && fold.SubmittedAt.After(died.AddDate(0, months, 0)), "去世后超过规定时间申领")
	set("meeting", yesOrNo(len(why) > 0), "按规定的情形", "by the cases laid down")
	set("meetingReason", strings.Join(why, "、"), "按规定的情形", "by the cases laid down")
	set("audit", audit, "按本地设置", "by the local setting")
	return nil
}

func yesOrNo(holds bool) string {
	if holds {
		return "yes"
	}
	return "no"
}

func formFen(form approval.Form, key string) rules.Fen {
	var fen rules.Fen
	_ = json.Unmarshal(form[key], &fen)
	return fen
}

// openBenefit lets nothing go back once money is released: what is wrong then is corrected by cases of its own.
func openBenefit(ctx context.Context, tx pgx.Tx, fold *approval.Case, stage string) error {
	if stage == procedures.StageBenefitPayment || stage == procedures.StageBenefitLetter {
		return nil
	}
	var released bool
	err := tx.QueryRow(ctx, `SELECT state IN ('released','paid') OR EXISTS (SELECT FROM payments p WHERE p.case_no = b.case_no) FROM benefit_claims b WHERE case_no = $1`, fold.No).Scan(&released)
	if err == nil && released {
		return approval.Refuse(approval.CodeWrongState, "款项已放款，不能退回或取回；账户有误由更正办件处理，多付的另行追回", "the money is released and nothing goes back: a wrong account is corrected by a case of its own, and what was paid too much is recovered")
	}
	return err
}

// closeBenefit frees the death for another claim when one ends without payment. A correction of an account cannot
// be dropped: the money is still owed.
func (s *Store) closeBenefit(ctx context.Context, tx pgx.Tx, fold *approval.Case, state approval.CaseState) error {
	switch {
	case state == approval.CaseClosed && fold.Type == procedures.TypeTrueUp:
		_, err := tx.Exec(ctx, `UPDATE true_ups SET state = 'closed' WHERE case_no = $1 AND state = 'open'`, fold.No)
		return err
	case state == approval.CaseClosed:
		return nil
	case fold.Type == procedures.TypeBenefit:
		if _, err := tx.Exec(ctx, `UPDATE benefit_claims SET state = 'ended' WHERE case_no = $1 AND state = 'claimed'`, fold.No); err != nil {
			return err
		}
		return s.succeedClaim(ctx, tx, fold.No)
	case fold.Type == procedures.TypeClaimDispute:
		_, err := tx.Exec(ctx, `UPDATE claim_disputes SET state = 'ended' WHERE case_no = $1 AND state = 'open'`, fold.No)
		return err
	case fold.Type == procedures.TypeTrueUp:
		return closeTrueUp(ctx, tx, fold)
	case fold.Type == procedures.TypePayee:
		var owed bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM payments WHERE correction = $1 AND state = 'refused')`, fold.No).Scan(&owed); err != nil || !owed {
			return err
		}
		return approval.Refuse(approval.CodeWrongState, "退回的款项仍应支付，请更正账户，不能撤回", "the payment is still owed: the account is corrected, not the case withdrawn")
	}
	return nil
}
