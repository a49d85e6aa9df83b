package api

import (
	"context"
	"encoding/json"
	"fmt"
	"net/mail"
	"slices"
	"strings"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// maximumClaimants bounds who claims for one death.
const maximumClaimants = 20

// fillBenefit makes the facts of a claim for the family of a dead person (subject). The claimants (form.claimants)
// are taken out of the form: their numbers and accounts are kept sealed, beside the case.
func (s *Server) fillBenefit(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	if input.Body.RosterID != "" {
		return approval.Invalid("rosterId", "遗属待遇逐人申领，不按名册申报", "benefits are claimed one by one, not by roster")
	}
	for key := range input.Body.Form {
		if key != "claimants" && key != "source" {
			return approval.Invalid("form."+key, "没有这个填写项", "there is no such field")
		}
	}
	if err := sourceOf(input.Body.Form, post, &new.Source); err != nil {
		return err
	}
	if input.Body.Subject == "" {
		return approval.Invalid("subject", "请选择逝者", "choose the person who died")
	}
	if raw, ok := input.Body.Form["claimants"]; ok && json.Unmarshal(raw, &new.Claimants) != nil {
		return approval.Invalid("form.claimants", "应为申领人列表", "should be a list of claimants")
	}
	if err := s.checkClaimants("form.claimants", new.Claimants); err != nil {
		return err
	}
	name, enterprise, err := s.Store.PersonOf(ctx, who.scope, input.Body.Subject)
	if err != nil {
		return err
	}
	office, err := s.Store.Office(ctx, post.Office)
	if err != nil {
		return err
	}
	district := office.District()
	submission.Facts = map[string]string{procedures.FactEnterprise: enterprise, procedures.FactRegion: district}
	submission.OwnsFirst, submission.Subject = true, input.Body.Subject
	new.Region, new.Title, new.Search = district, name+" · 遗属待遇申领", []string{name}
	return nil
}

// sourceOf reads where a claim was made. That one was made in another scheme or province the agency learns, and
// enters beside the claim that was made here.
func sourceOf(form approval.Form, post view.PostView, source *string) error {
	*source = procedures.SourceFamily
	raw, given := form["source"]
	if !given {
		return nil
	}
	if json.Unmarshal(raw, source) != nil || !slices.Contains([]string{procedures.SourceFamily, procedures.SourceOtherScheme, procedures.SourceOtherProvince}, *source) {
		return approval.Invalid("form.source", "应为 family（家属在本地申领）、other-scheme（其他制度）或 other-province（其他省份）", "should be family, other-scheme or other-province")
	}
	if *source != procedures.SourceFamily && post.OfficeKind != approval.KindAgency {
		return approval.Invalid("form.source", "其他制度、其他省份的申领由社保经办机构登记", "the agency enters what was claimed in another scheme or province")
	}
	return nil
}

// checkClaimants finds everything that cannot be right, each with its place, and writes numbers as they are kept.
func (s *Server) checkClaimants(at string, claimants []view.NewClaimant) error {
	var problems []approval.Problem
	wrong := func(i int, field, zh, en string) {
		problems = append(problems, approval.Invalid(fmt.Sprintf("%s.%d.%s", at, i, field), zh, en).Problems...)
	}
	if len(claimants) > maximumClaimants {
		return approval.Invalid(at, fmt.Sprintf("最多 %d 位申领人", maximumClaimants), fmt.Sprintf("at most %d claimants", maximumClaimants))
	}
	numbers := map[string]bool{}
	for i := range claimants {
		one := &claimants[i]
		one.Name, one.Relation, one.Bank = strings.TrimSpace(one.Name), strings.TrimSpace(one.Relation), strings.TrimSpace(one.Bank)
		one.Phone, one.Mail = strings.TrimSpace(one.Phone), strings.TrimSpace(one.Mail)
		one.IDNumber = strings.ToUpper(strings.TrimSpace(one.IDNumber))
		one.Account = strings.NewReplacer(" ", "", "-", "").Replace(one.Account)
		if one.Name == "" {
			wrong(i, "name", "请填写申领人姓名", "give the claimant's name")
		}
		if one.Relation == "" {
			wrong(i, "relation", "请填写与逝者的关系", "give the relation to the person who died")
		}
		if !rules.CheckIDNumber(one.IDNumber, s.Clock.Now()).Valid() {
			wrong(i, "idNumber", "请填写18位有效身份号码", "give a valid 18-character ID number")
		}
		if numbers[one.IDNumber] {
			wrong(i, "idNumber", "同一申领人重复登记", "the same claimant is entered twice")
		}
		numbers[one.IDNumber] = true
		if problem := accountProblem(*one); problem != (approval.Text{}) {
			wrong(i, "account", problem.ZH, problem.EN)
		}
		if one.Share < 0 || one.Share > rules.WholeShare {
			wrong(i, "share", "份额应为 0 到 100%", "a share is from 0 to 100 %")
		}
		if phone, kind := rules.CheckPhone(one.Phone); kind != rules.PhoneInvalid {
			one.Phone = phone
		} else if one.Phone != "" {
			wrong(i, "phone", "请填写11位手机号码，或带区号的固定电话；没有可以不填", "give a mobile of 11 digits or a landline with its area code, or nothing")
		}
		if _, err := mail.ParseAddress(one.Mail); one.Mail != "" && (err != nil || strings.ContainsAny(one.Mail, "<> ")) {
			wrong(i, "mail", "电子邮箱应写成 name@example.cn 的样子；没有可以不填", "a mail address is written like name@example.cn; or leave it out")
		}
		for field, value := range map[string]string{"name": one.Name, "relation": one.Relation, "bank": one.Bank} {
			if !plainText(value) {
				wrong(i, field, "含有无法保存的字符", "holds characters that cannot be stored")
			}
		}
	}
	if len(problems) > 0 {
		return &approval.Error{Code: approval.CodeInvalidInput, Problems: problems, Message: problems[0].Message}
	}
	return nil
}

// The digits of a bank account.
const leastAccount, mostAccount = 8, 32

func accountProblem(one view.NewClaimant) approval.Text {
	if one.Account == "" {
		return approval.Text{}
	}
	digits := !slices.ContainsFunc([]rune(one.Account), func(r rune) bool { return r < '0' || r > '9' })
	if !digits || len(one.Account) < leastAccount || len(one.Account) > mostAccount || one.Bank == "" {
		return approval.Text{ZH: fmt.Sprintf("请填写开户银行和 %d 到 %d 位数字的账号", leastAccount, mostAccount), EN: fmt.Sprintf("give the bank and an account of %d to %d digits", leastAccount, mostAccount)}
	}
	return approval.Text{}
}

type claimantsInput struct {
	CasePath
	Body struct {
		Claimants []view.NewClaimant `json:"claimants" maxItems:"20" doc:"all claimants; in a correction of an account one, of whom bank and account count"`
	}
}

// setClaimants changes who claims while the claim is taken in, or the account while it is corrected.
func (s *Server) setClaimants(ctx context.Context, input *claimantsInput) (*caseOutput, error) {
	who := callerOf(ctx)
	record, err := s.Store.CaseRecord(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	claimants := input.Body.Claimants
	if record.Fold.Type == procedures.TypePayee && len(claimants) == 1 {
		claimants[0].Account = strings.NewReplacer(" ", "", "-", "").Replace(claimants[0].Account)
		if problem := accountProblem(claimants[0]); problem != (approval.Text{}) {
			return nil, approval.Invalid("claimants.0.account", problem.ZH, problem.EN)
		}
	} else if err := s.checkClaimants("claimants", claimants); err != nil {
		return nil, err
	}
	if err := s.Store.SetClaimants(ctx, who.scope, input.No, claimants); err != nil {
		return nil, err
	}
	shown, err := s.caseView(ctx, who, input.No)
	return &caseOutput{Status: 200, Body: shown}, err
}

type previewInput struct {
	CasePath
	Body struct {
		Form approval.Form `json:"form" doc:"the calculation as it is filled in so far"`
	}
}

type previewOutput struct{ Body view.BenefitPreview }

// previewBenefit shows whoever calculates a benefit what the rule finds while they fill it in. It changes nothing.
func (s *Server) previewBenefit(ctx context.Context, input *previewInput) (*previewOutput, error) {
	who := callerOf(ctx)
	record, err := s.Store.CaseRecord(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	fold := record.Fold
	if fold.Type != procedures.TypeBenefit || !sightOf(who, fold).Amounts {
		return nil, approval.NotFound()
	}
	if current := fold.Current(); current == nil || current.Stage != procedures.StageBenefitCalculation {
		return nil, approval.Refuse(approval.CodeWrongState, "试算只在初审核定环节进行", "sums are previewed while they are calculated")
	}
	// Unlike a signature a preview takes what is there; only what no stage asks for is left out.
	form, stage := approval.Form{}, fold.Stage(procedures.StageBenefitCalculation)
	for _, field := range stage.Fields {
		if value, given := input.Body.Form[field.Key]; given && !field.Computed {
			form[field.Key] = value
		}
	}
	preview, err := s.Store.PreviewBenefit(ctx, fold, form)
	return &previewOutput{Body: preview}, err
}

// sightOf says what a caller may see of a benefit's money (domain.md, 3.6: the least each duty needs). The agency
// that calculates and pays and the bureau whose meeting decides see amounts; accounts, masked, are for the agency
// alone. The office that took the claim sees the amounts once the head has decided, because it explains them to
// the family, and the accounts (masked) only while it enters them. Everybody else sees neither.
func sightOf(who *caller, fold *approval.Case) view.MoneySight {
	sight := view.MoneySight{}
	part := map[string]bool{}
	for _, visit := range fold.Visits {
		for _, task := range visit.Tasks {
			part[task.Office] = true
		}
	}
	for _, post := range who.posts {
		switch {
		case post.OfficeKind == approval.KindAgency && (part[post.Office] || post.Office == fold.Office):
			sight.Amounts, sight.Accounts = true, true
		case post.OfficeKind == approval.KindBureau && part[post.Office]:
			sight.Amounts = true
		case post.Office == fold.Office:
			sight.Amounts = sight.Amounts || decided(fold)
		}
	}
	sight.Editable = view.MayEditClaimants(who.scope, fold)
	sight.Accounts = sight.Accounts || sight.Editable
	return sight
}

// decided reports whether the head has approved and nothing was taken back since.
func decided(fold *approval.Case) bool {
	return slices.ContainsFunc(fold.Visits, func(v approval.Visit) bool {
		return v.Stage == procedures.StageBenefitDecision && v.Outcome == approval.OutcomeApproved
	})
}
