package rules

import "jieli/approval"

// CadreClass is who manages a retired cadre, as the managing organ confirms it.
type CadreClass string

// The classes; any other is not known.
const (
	CadreOrdinary CadreClass = "ordinary"
	CadreCounty   CadreClass = "county"
	CadreCentral  CadreClass = "central"
)

// ArchiveState is what becomes of a personnel archive.
type ArchiveState string

// The states; an undecided one waits for the named office.
const (
	ArchiveTransfer  ArchiveState = "transfer"
	ArchiveHeld      ArchiveState = "held"
	ArchiveExcluded  ArchiveState = "excluded"
	ArchiveUndecided ArchiveState = "manual"
)

// ArchiveHolderBasis says whose district designates the holder of an archive.
type ArchiveHolderBasis string

// The two bases found in practice.
const (
	HolderByEnterprise ArchiveHolderBasis = "enterprise"
	HolderByResidence  ArchiveHolderBasis = "residence"
)

// ArchiveFacts are what the destination of a personnel archive follows from.
type ArchiveFacts struct {
	Cadre            CadreClass `json:"cadre"`
	FormerSecretPost bool       `json:"formerSecretPost"`
	// EnterpriseRegion is where the enterprise is registered; both are division codes.
	EnterpriseRegion string `json:"enterpriseRegion"`
	Residence        string `json:"residence"`
}

// ArchiveDestination says what becomes of the archive. District is the one whose designated holder takes
// it; DecidedBy is the kind of office whose people decide where no rule does.
type ArchiveDestination struct {
	State     ArchiveState        `json:"state"`
	Holder    string              `json:"holder,omitempty"`
	District  string              `json:"district,omitempty"`
	DecidedBy approval.OfficeKind `json:"decidedBy,omitempty"`
}

// secretPosts is where former secret posts are left out of the transfer.
var secretPosts = approval.Text{ZH: "沪国资委综合〔2020〕53号等地方规定", EN: "local rules, such as Shanghai SASAC no. 53 of 2020"}

// RouteArchive looks at the class first: centrally managed leaders are outside the system (S2.3), those of
// county level and above keep their archive where it is (S2.4), as do former secret posts. All other
// archives go to the holder designated for the district. holders names these by district.
func RouteArchive(facts ArchiveFacts, basis ArchiveHolderBasis, holders map[string]string) (ArchiveDestination, []Step) {
	steps := []Step{{Step: approval.Text{ZH: "干部管理类别", EN: "cadre class"}, Value: string(facts.Cadre), Clause: "S2.4"}}
	switch facts.Cadre {
	case CadreCentral:
		return ArchiveDestination{State: ArchiveExcluded}, append(steps, Step{Value: string(ArchiveExcluded), Clause: "S2.3",
			Step: approval.Text{ZH: "由中央管理的领导干部另行规定，不纳入本系统", EN: "centrally managed leaders have provisions of their own and are outside this system"}})
	case CadreCounty:
		return ArchiveDestination{State: ArchiveHeld}, append(steps, Step{Value: string(ArchiveHeld), Clause: "S2.4",
			Step: approval.Text{ZH: "由县（市）以上党委管理，人事档案暂不移交，街道和社区先建立基本情况信息库", EN: "managed by a Party committee of county level or above: the archive stays for now; street and community keep a base of information"}})
	case CadreOrdinary:
	default:
		return ArchiveDestination{State: ArchiveUndecided, DecidedBy: approval.KindOrganisation}, append(steps, Step{Value: string(ArchiveUndecided), Clause: "S2.4",
			Step: approval.Text{ZH: "干部管理类别未经确认，由干部管理权限单位确认", EN: "the class is not confirmed; the managing organ confirms it"}})
	}
	steps = append(steps, Step{Step: approval.Text{ZH: "曾在涉密岗位工作", EN: "former secret post"}, Value: answer(facts.FormerSecretPost), Source: secretPosts})
	if facts.FormerSecretPost {
		return ArchiveDestination{State: ArchiveHeld}, append(steps, Step{Value: string(ArchiveHeld), Source: secretPosts,
			Step: approval.Text{ZH: "涉密人员档案暂不移交，由原单位保管", EN: "the archive of a former secret post stays with the original unit for now"}})
	}
	place, words := facts.EnterpriseRegion, approval.Text{ZH: "按设置，由企业登记地的档案保管单位接收", EN: "by the setting, the archive holder of the place where the enterprise is registered takes it"}
	if basis == HolderByResidence {
		place, words = facts.Residence, approval.Text{ZH: "按设置，由常住地的档案保管单位接收", EN: "by the setting, the archive holder of the residence takes it"}
	}
	district, ok := DistrictOf(place)
	steps = append(steps, Step{setting: SettingArchiveHolderBasis, Step: words, Value: district, Clause: "S2.2(5)"})
	if !ok {
		return ArchiveDestination{State: ArchiveUndecided, DecidedBy: approval.KindBureau}, append(steps, Step{Value: string(ArchiveUndecided), Clause: "S2.2(5)",
			Step: approval.Text{ZH: "不能确定所在区，由人社部门指定档案保管单位", EN: "the district is not known; the bureau designates a holder"}})
	}
	holder := holders[district]
	if holder == "" {
		return ArchiveDestination{State: ArchiveTransfer, Holder: district, District: district}, append(steps, Step{Value: district, Clause: "S2.2(5)",
			Step: approval.Text{ZH: "移交该区指定的档案保管单位；本系统尚未登记是哪一家", EN: "to the holder that district designates; this system does not know yet which"}})
	}
	return ArchiveDestination{State: ArchiveTransfer, Holder: holder, District: district}, append(steps, Step{Value: holder, Clause: "S2.2(5)",
		Step: approval.Text{ZH: "移交该区指定的档案保管单位集中管理", EN: "to the holder designated for that district"}})
}

// archiveDestinationTrial tells the counter where a personnel archive goes.
func archiveDestinationTrial() Trial {
	return Trial{Name: "archive-destination", Title: approval.Text{ZH: "人事档案去向", EN: "archive destination"}, Version: 1, Sources: []Link{policy},
		Settings:      []SettingNeed{{Name: SettingArchiveHolderBasis, Place: "enterpriseRegion"}},
		HoldersWanted: []string{"enterpriseRegion", "residence"},
		Fields: []approval.Field{
			{Key: "cadre", Title: approval.Text{ZH: "干部管理类别", EN: "cadre class"}, Kind: approval.FieldChoice, Required: true, Clause: "S2.4", Options: []approval.Option{
				option(string(CadreOrdinary), "一般退休人员", "ordinary"), option(string(CadreCounty), "县（市）以上党委管理的领导干部", "leader managed by a Party committee of county level or above"),
				option(string(CadreCentral), "中央管理的领导干部", "centrally managed leader")}},
			{Key: "formerSecretPost", Title: approval.Text{ZH: "曾在涉密岗位工作", EN: "former secret post"}, Kind: approval.FieldBoolean},
			{Key: "enterpriseRegion", Title: approval.Text{ZH: "企业登记地（区划代码）", EN: "where the enterprise is registered (division code)"}, Kind: approval.FieldText, Required: true, Clause: "S2.2(5)"},
			{Key: "residence", Title: approval.Text{ZH: "常住地（区划代码）", EN: "residence (division code)"}, Kind: approval.FieldText, Required: true, Clause: "S2.2(5)"},
		}, Evaluate: func(input approval.Form, given Facts) (Evaluation, *approval.Error) {
			var facts ArchiveFacts
			if refusal := read(input, &facts); refusal != nil {
				return Evaluation{}, refusal
			}
			if _, ok := DistrictOf(facts.EnterpriseRegion); !ok {
				return Evaluation{}, notADivision("enterpriseRegion")
			}
			if _, ok := DistrictOf(facts.Residence); !ok {
				return Evaluation{}, notADivision("residence")
			}
			destination, steps := RouteArchive(facts, ArchiveHolderBasis(given.Settings[SettingArchiveHolderBasis].Value), given.ArchiveHolders)
			summary := archiveWords[destination.State]
			switch {
			case destination.State == ArchiveTransfer && destination.Holder == destination.District:
				summary = approval.Text{ZH: "移交 " + destination.District + " 指定的档案保管单位（尚未登记）", EN: "transfer to the archive holder that " + destination.District + " designates (not registered yet)"}
			case destination.State == ArchiveTransfer:
				summary.ZH, summary.EN = summary.ZH+destination.Holder, summary.EN+destination.Holder
			}
			return Evaluation{Result: destination, Summary: summary, Derivation: steps}, nil
		}}
}

var archiveWords = map[ArchiveState]approval.Text{
	ArchiveTransfer:  {ZH: "移交档案保管单位：", EN: "transfer to the archive holder: "},
	ArchiveHeld:      {ZH: "暂不移交，留在现保管单位", EN: "held where it is for now"},
	ArchiveExcluded:  {ZH: "不纳入本系统", EN: "outside this system"},
	ArchiveUndecided: {ZH: "待有关部门确认", EN: "waits for a decision"},
}
