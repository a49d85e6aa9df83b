package rules

import "jieli/approval"

// FormOfManagement is one of the five forms of S3.1 and S3.3.
type FormOfManagement string

// The five forms.
const (
	FormBasic         FormOfManagement = "F1"
	FormEntrusted     FormOfManagement = "F2"
	FormWholeTransfer FormOfManagement = "F3"
	FormAgency        FormOfManagement = "F4"
	FormExistingBody  FormOfManagement = "F5"
)

// FormFacts are what the form of management of an enterprise's retirees follows from.
type FormFacts struct {
	// Region is the division code of the place where the retirees live.
	Region     string `json:"region"`
	Enterprise struct {
		Kind                string `json:"kind"`
		DevolvedFromCentre  bool   `json:"devolvedFromCentre"`
		RemoteMiningArea    bool   `json:"remoteMiningArea"`
		ConcentratedHousing bool   `json:"concentratedHousing"`
	} `json:"enterprise"`
	// Community is what the communities of that place have come to.
	Community struct {
		Established bool `json:"established"`
		Developed   bool `json:"developed"`
	} `json:"community"`
	// GovernmentDecision: the local government has decided on an existing body.
	GovernmentDecision bool `json:"governmentDecision"`
}

// FormDetermination is the form that follows, with the documents it needs (keys of the field
// formDocuments of a handover).
type FormDetermination struct {
	Form  FormOfManagement `json:"form"`
	Needs []string         `json:"needs"`
}

// formWords are what the forms are called, by the clause that allows each.
var formWords = map[FormOfManagement]approval.Text{
	FormBasic:         {ZH: "直接纳入街道社区管理（基本形式）", EN: "directly into street and community (basic form)"},
	FormEntrusted:     {ZH: "委托原主管部门或企业管理", EN: "entrusted to the superior body or the enterprise"},
	FormWholeTransfer: {ZH: "连同机构、人员和设施一并移交当地政府", EN: "transferred together with bodies, staff and facilities"},
	FormAgency:        {ZH: "社会保险经办机构直接管理", EN: "directly by the social-insurance agency"},
	FormExistingBody:  {ZH: "依托有关部门、单位已建立的机构管理", EN: "by a body that a department or unit has already"},
}

// needWords are the documents a form may need.
var needWords = map[string]approval.Text{
	"commissioning-letter": {ZH: "委托书", EN: "commissioning letter"},
	"organisation-annex":   {ZH: "机构清单", EN: "organisation annex"},
	"staff-annex":          {ZH: "人员清单", EN: "staff annex"},
	"asset-annex":          {ZH: "资产清单", EN: "asset annex"},
	"county-approval":      {ZH: "县级批准文件", EN: "county approval"},
	"government-decision":  {ZH: "当地政府决定", EN: "decision of the local government"},
}

// FormNeeds lists the documents a form needs before it can be decided; the basic form needs none.
func FormNeeds(form FormOfManagement) []string {
	switch form {
	case FormEntrusted:
		return []string{"commissioning-letter"}
	case FormWholeTransfer:
		return []string{"organisation-annex", "staff-annex", "asset-annex"}
	case FormAgency:
		return []string{"county-approval"}
	case FormExistingBody:
		return []string{"government-decision"}
	case FormBasic:
	}
	return []string{}
}

// FormDocument words a document that a form may need.
func FormDocument(key string) approval.Text { return needWords[key] }

// FormTitle words a form of management.
func FormTitle(form FormOfManagement) approval.Text { return formWords[form] }

// DetermineForm proposes one of four forms. A decision of the local government comes first, since it has
// chosen; then what the place is like; the basic form is the rule. A whole transfer is agreed between
// enterprise and government and follows from no fact, so it is never proposed.
func DetermineForm(facts FormFacts) (FormDetermination, []Step) {
	weak := !facts.Community.Established || !facts.Community.Developed
	county := InCounty(facts.Region)
	steps := []Step{
		found("当地政府已确定由现有机构管理", "the local government has decided on an existing body", facts.GovernmentDecision, "S3.3"),
		found("远离城市的独立工矿区", "an independent mining area far from a city", facts.Enterprise.RemoteMiningArea, "S3.3"),
		found("居住集中的企业生活区", "housing of the enterprise where many live together", facts.Enterprise.ConcentratedHousing, "S3.3"),
		found("社区组织已建立", "the communities are organised", facts.Community.Established, "S3.1"),
		found("社区建设比较规范", "the communities are well developed", facts.Community.Developed, "S3.1"),
		found("位于县或县级市", "in a county or a county-level city", county, "S3.3"),
	}
	form, clause, why := FormBasic, "S3.1", approval.Text{ZH: "应主要采取基本形式", EN: "the basic form is the rule"}
	switch {
	case facts.GovernmentDecision:
		form, clause, why = FormExistingBody, "S3.3", approval.Text{ZH: "经当地政府确定，由现有机构继续管理", EN: "the local government has decided that an existing body goes on"}
	case facts.Enterprise.RemoteMiningArea:
		form, clause, why = FormEntrusted, "S3.3", approval.Text{ZH: "独立工矿区可以委托管理", EN: "in a remote mining area management may be entrusted"}
	case facts.Enterprise.ConcentratedHousing && weak:
		form, clause, why = FormEntrusted, "S3.3", approval.Text{ZH: "居住集中的企业生活区可以委托管理", EN: "where many live in the enterprise's housing management may be entrusted"}
	case facts.Enterprise.ConcentratedHousing:
		why = approval.Text{ZH: "虽居住集中，但社区建设比较规范，应采取基本形式", EN: "many live together, but the communities are well developed, so the basic form is the rule"}
	case weak && county:
		form, clause, why = FormAgency, "S3.3", approval.Text{ZH: "县内社区组织不够健全、居住比较分散，可以由社会保险经办机构直接管理", EN: "in a county with weak communities and scattered homes the agency may manage directly"}
	case weak:
		why = approval.Text{ZH: "社区尚不健全，但不具备采取其他形式的条件，由街道直接接收", EN: "the communities are weak, but no other form is allowed here; the street receives them itself"}
	}
	steps = append(steps, Step{Step: why, Value: string(form), Clause: clause})
	if facts.Enterprise.DevolvedFromCentre || facts.Enterprise.Kind == "devolved" {
		steps = append(steps, Step{Clause: "S3.2", Step: approval.Text{ZH: "中央下放企业：养老保险关系和养老金发放仍由省级社会保险经办机构管理；接收地为常年居住地或户口所在地",
			EN: "devolved from the centre: the pension stays with the provincial agency; received where the person lives or is registered"}})
	}
	if form != FormBasic {
		steps = append(steps, Step{Clause: "S3.3", Step: approval.Text{ZH: "属过渡形式，应随社区建设逐步过渡到基本形式", EN: "an interim form, to move to the basic one as communities develop"}})
	}
	steps = append(steps, Step{Clause: "S3.3", Step: approval.Text{ZH: "一并移交（F3）须由企业与当地政府商定，系统不提出；需附机构、人员、资产三份清单",
		EN: "a whole transfer (F3) is agreed between enterprise and government and never proposed here; it needs the organisation, staff and asset annexes"}})
	return FormDetermination{Form: form, Needs: FormNeeds(form)}, steps
}

// enterpriseKinds are the owners of enterprises; the kind alone decides no form.
func enterpriseKinds() []approval.Option {
	return []approval.Option{option("central", "中央企业", "central"), option("devolved", "中央下放企业", "devolved from the centre"), option("provincial", "省属企业", "provincial"),
		option("city", "市属企业", "of the city"), option("district", "区县属企业", "of the district or county"), option("private", "民营企业", "private"), option("other", "其他", "other")}
}

// formOfManagementTrial tells the counter which form the facts lead to.
func formOfManagementTrial() Trial {
	return Trial{Name: "form-of-management", Title: approval.Text{ZH: "管理形式认定", EN: "form of management"}, Version: 1, Sources: []Link{policy},
		Fields: []approval.Field{
			{Key: "region", Title: approval.Text{ZH: "居住地（区划代码）", EN: "where the retirees live (division code)"}, Kind: approval.FieldText, Required: true, Clause: "S3.3"},
			{Key: "enterprise", Title: approval.Text{ZH: "企业", EN: "enterprise"}, Kind: approval.FieldGroup, Fields: []approval.Field{
				{Key: "kind", Title: approval.Text{ZH: "企业类别", EN: "kind of enterprise"}, Kind: approval.FieldChoice, Options: enterpriseKinds()},
				{Key: "devolvedFromCentre", Title: approval.Text{ZH: "由中央下放到地方管理", EN: "devolved from the centre to the locality"}, Kind: approval.FieldBoolean, Clause: "S3.2"},
				{Key: "remoteMiningArea", Title: approval.Text{ZH: "位于远离城市的独立工矿区", EN: "in an independent mining area far from a city"}, Kind: approval.FieldBoolean, Clause: "S3.3"},
				{Key: "concentratedHousing", Title: approval.Text{ZH: "退休人员集中居住在企业生活区", EN: "the retirees live together in the enterprise's housing"}, Kind: approval.FieldBoolean, Clause: "S3.3"}}},
			{Key: "community", Title: approval.Text{ZH: "社区", EN: "community"}, Kind: approval.FieldGroup, Fields: []approval.Field{
				{Key: "established", Title: approval.Text{ZH: "社区组织已建立", EN: "the communities are organised"}, Kind: approval.FieldQuestion, Required: true, Clause: "S3.1"},
				{Key: "developed", Title: approval.Text{ZH: "社区建设比较规范", EN: "the communities are well developed"}, Kind: approval.FieldQuestion, Required: true, Clause: "S3.1"}}},
			{Key: "governmentDecision", Title: approval.Text{ZH: "当地政府已确定由现有机构管理", EN: "the local government has decided on an existing body"}, Kind: approval.FieldBoolean, Clause: "S3.3"},
		}, Evaluate: func(input approval.Form, _ Facts) (Evaluation, *approval.Error) {
			var facts FormFacts
			if refusal := read(input, &facts); refusal != nil {
				return Evaluation{}, refusal
			}
			if _, ok := DistrictOf(facts.Region); !ok {
				return Evaluation{}, notADivision("region")
			}
			determined, steps := DetermineForm(facts)
			summary := approval.Text{ZH: string(determined.Form) + " " + formWords[determined.Form].ZH, EN: string(determined.Form) + " " + formWords[determined.Form].EN}
			for i, need := range determined.Needs {
				if i == 0 {
					summary.ZH, summary.EN = summary.ZH+"；需附：", summary.EN+"; needs: "
				} else {
					summary.ZH, summary.EN = summary.ZH+"、", summary.EN+", "
				}
				summary.ZH, summary.EN = summary.ZH+needWords[need].ZH, summary.EN+needWords[need].EN
			}
			return Evaluation{Result: determined, Summary: summary, Derivation: steps}, nil
		}}
}
