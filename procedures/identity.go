package procedures

import "jieli/approval"

// The stages of a correction of somebody's ID number.
const (
	StageIdentityApplication = "identity-application"
	StageIdentityCheck       = "identity-check"
	StageIdentityReview      = "identity-review"
	StageIdentityDecision    = "identity-decision"
)

// identity corrects a person's ID number: whoever finds the mistake applies, and three people of the
// agency that pays the pension, none of whom applied, check it against the police's data. The number itself is
// never in the case: forms and journal name it masked.
func identity() Procedure {
	application := ofApplicant(StageIdentityApplication, "1", "申请更正", "application", approval.RoleClerk, 0)
	application.Fields = []approval.Field{
		{Key: "oldNumber", Title: approval.Text{ZH: "原登记号码", EN: "number on record"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "newNumber", Title: approval.Text{ZH: "更正后号码", EN: "corrected number"}, Kind: approval.FieldText, Computed: true, Kept: true},
		{Key: "cause", Title: approval.Text{ZH: "更正原因", EN: "cause"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("entry", "登记录入有误", "entered wrongly"), choice("changed", "公安机关更正号码（重号、错号）", "changed by the police (used twice, or wrong)"),
			choice("upgraded", "15 位升 18 位", "15 digits became 18")}},
		{Key: "evidence", Title: approval.Text{ZH: "所附证明", EN: "evidence"}, Kind: approval.FieldChoices, Required: true, Options: []approval.Option{
			choice("card", "居民身份证", "identity card"), choice("household", "户口簿", "household book"), choice("police", "公安机关证明", "certificate of the police")}},
	}
	check := single(StageIdentityCheck, "2", "经办核对", "checked by the agency", approval.KindAgency, approval.RoleClerk, 5)
	check.Fields = []approval.Field{{Key: "checkedWith", Title: approval.Text{ZH: "核对方式", EN: "checked against"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
		choice("data", "与公安人口数据核对一致", "the police's data agree"), choice("paper", "凭公安机关证明核对一致", "a certificate of the police agrees")}}}
	review := single(StageIdentityReview, "2", "复核", "reviewed", approval.KindAgency, approval.RoleReviewer, 3)
	decision := single(StageIdentityDecision, "2", "审批", "approved", approval.KindAgency, approval.RoleHead, 3)
	decision.Decides, decision.FinalApproval = true, true
	return Procedure{Type: TypeIdentity, Title: approval.Text{ZH: "身份号码更正", EN: "correction of an ID number"}, Prefix: "HM",
		Stages: approval.IncompatibleWithin([]approval.Stage{application, check, review, decision}),
		Starters: []approval.Signer{{OfficeKind: approval.KindEnterprise, Role: approval.RoleClerk}, {OfficeKind: approval.KindCommunity, Role: approval.RoleClerk},
			{OfficeKind: approval.KindAgency, Role: approval.RoleClerk}}, Clauses: []string{"S2.2(1)"}}
}
