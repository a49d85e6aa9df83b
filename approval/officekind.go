package approval

// OfficeKindText is the wording of a kind of office in refusals (glossary.md).
func OfficeKindText(kind OfficeKind) Text {
	if text, ok := officeKindTexts[kind]; ok {
		return text
	}
	return Text{ZH: string(kind), EN: string(kind)}
}

var officeKindTexts = map[OfficeKind]Text{
	KindEnterprise:   {ZH: "企业", EN: "an enterprise"},
	KindBureau:       {ZH: "区人社局", EN: "the bureau"},
	KindAgency:       {ZH: "社保经办机构", EN: "the agency"},
	KindOrganisation: {ZH: "组织部门", EN: "the organisation department"},
	KindStreet:       {ZH: "街道办事处", EN: "a street office"},
	KindCommunity:    {ZH: "社区（村）", EN: "a community"},
	KindArchive:      {ZH: "档案保管单位", EN: "the archive holder"},
	KindParty:        {ZH: "党组织", EN: "a Party organisation"},
	KindFinance:      {ZH: "基金财务", EN: "finance"},
	KindHealth:       {ZH: "卫生健康部门", EN: "health"},
	KindSupervision:  {ZH: "督查及信息中心", EN: "supervision"},
}
