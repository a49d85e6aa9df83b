package roster

// Column is the key of a canonical column of the roster.
type Column string

// The canonical columns, in the order of the template.
const (
	ColumnSequence             Column = "sequence"
	ColumnName                 Column = "name"
	ColumnSex                  Column = "sex"
	ColumnIDType               Column = "id_type"
	ColumnIDNumber             Column = "id_number"
	ColumnBirth                Column = "birth"
	ColumnEthnicity            Column = "ethnicity"
	ColumnHukouCode            Column = "hukou_code"
	ColumnHukouAddress         Column = "hukou_address"
	ColumnResidenceCode        Column = "residence_code"
	ColumnResidenceAddress     Column = "residence_address"
	ColumnPhone                Column = "phone"
	ColumnKinName              Column = "kin_name"
	ColumnKinPhone             Column = "kin_phone"
	ColumnRetirementDate       Column = "retirement_date"
	ColumnRetirementType       Column = "retirement_type"
	ColumnPoliticalStatus      Column = "political_status"
	ColumnPartyDuesMonth       Column = "party_dues_month"
	ColumnCadreClass           Column = "cadre_class"
	ColumnArchiveNumber        Column = "archive_number"
	ColumnArchiveVolumes       Column = "archive_volumes"
	ColumnSocialSecurityNumber Column = "social_security_number"
	ColumnPayingAgency         Column = "paying_agency"
	ColumnSpecialCategory      Column = "special_category"
	ColumnLivingAlone          Column = "living_alone"
	ColumnReceptionChoice      Column = "reception_choice"
	ColumnOutOfPool            Column = "out_of_pool"
	ColumnJobGrade             Column = "job_grade"
	ColumnRemarks              Column = "remarks"

	// ColumnOrigin and ColumnReason are the two columns the correctable workbook adds. They are
	// read and recognised, but are not part of the roster.
	ColumnOrigin Column = "origin"
	ColumnReason Column = "reason"
)

// The scopes of ColumnInfo: who may see a column beyond the offices that handle the roster.
const (
	// ScopeParty: Party membership and cadre class are treated as sensitive (PIPL art. 28; domain 3.6).
	ScopeParty = "party"
	// ScopeSpecial: health, disability and family circumstances.
	ScopeSpecial = "special"
)

// ColumnInfo describes a canonical column.
type ColumnInfo struct {
	Key              Column
	TitleZH, TitleEN string
	// Required columns must have a value in every row of a person, and a header in every file.
	Required bool
	// Scope is empty, ScopeParty or ScopeSpecial.
	Scope string
	// Synonyms are further headers enterprises use, without spaces. The group heading of a
	// two-row header may stand in front.
	Synonyms []string
}

var columns = []ColumnInfo{
	{Key: ColumnSequence, TitleZH: "序号", TitleEN: "No.", Synonyms: []string{"编号", "顺序号", "行号", "No", "No."}},
	{Key: ColumnName, TitleZH: "姓名", TitleEN: "Name", Required: true,
		Synonyms: []string{"职工姓名", "人员姓名", "退休人员姓名", "退休职工姓名", "名字", "本人姓名"}},
	{Key: ColumnSex, TitleZH: "性别", TitleEN: "Sex", Synonyms: []string{"男/女", "性别(男/女)"}},
	{Key: ColumnIDType, TitleZH: "证件类型", TitleEN: "ID type", Synonyms: []string{"证件种类", "证件类别", "身份证件类型", "证件名称"}},
	{Key: ColumnIDNumber, TitleZH: "身份证号", TitleEN: "ID number", Required: true,
		Synonyms: []string{"身份证号码", "公民身份号码", "公民身份证号码", "公民身份证号", "居民身份证号", "居民身份证号码", "证件号码", "证件号", "身份证", "身份证件号码", "身份号码", "有效证件号码"}},
	{Key: ColumnBirth, TitleZH: "出生日期", TitleEN: "Date of birth", Synonyms: []string{"出生年月日", "出生年月", "出生时间", "生日", "出生"}},
	{Key: ColumnEthnicity, TitleZH: "民族", TitleEN: "Ethnicity", Synonyms: []string{"族别"}},
	{Key: ColumnHukouCode, TitleZH: "户籍社区代码", TitleEN: "Hukou community code",
		Synonyms: []string{"户口所在社区编码", "户籍社区编码", "户籍所在社区代码", "户籍所在社区编码", "户籍地社区代码", "户籍区划代码", "户籍地区划代码", "户籍代码", "户口社区代码", "户籍地代码", "户籍行政区划代码"}},
	{Key: ColumnHukouAddress, TitleZH: "户籍地址", TitleEN: "Hukou address",
		Synonyms: []string{"户口所在地", "户籍所在地", "户籍地", "户口地址", "户籍所在地地址", "户籍住址", "户籍详细地址", "户籍地详细地址", "户口所在地址", "户籍所在社区", "户籍"}},
	{Key: ColumnResidenceCode, TitleZH: "居住社区代码", TitleEN: "Residence community code",
		Synonyms: []string{"现住社区编码", "现住社区代码", "居住社区编码", "居住地社区代码", "常住社区代码", "常住地社区代码", "现居住社区代码", "现居住地社区代码", "现居住地区划代码", "居住地区划代码", "常住地区划代码", "居住地代码", "常住地代码", "现居住地代码"}},
	{Key: ColumnResidenceAddress, TitleZH: "居住地址", TitleEN: "Residence address",
		Synonyms: []string{"现住址", "现居住地", "现居住地址", "居住地", "常住地", "常住地址", "家庭住址", "家庭地址", "现住地址", "住址", "居住地详细地址", "现居住地详细地址", "常住地详细地址", "实际居住地", "实际居住地址", "家庭详细住址", "居住社区", "现居住社区"}},
	{Key: ColumnPhone, TitleZH: "联系电话", TitleEN: "Phone",
		Synonyms: []string{"本人电话", "电话", "手机", "手机号", "手机号码", "本人联系电话", "本人手机", "联系方式", "电话号码", "联系电话(本人)", "本人联系方式", "移动电话"}},
	{Key: ColumnKinName, TitleZH: "亲属姓名", TitleEN: "Name of next of kin",
		Synonyms: []string{"家属姓名", "联系人", "联系人姓名", "紧急联系人", "紧急联系人姓名", "家庭联系人", "亲属联系人", "直系亲属姓名"}},
	{Key: ColumnKinPhone, TitleZH: "亲属电话", TitleEN: "Phone of next of kin",
		Synonyms: []string{"家属电话", "联系人电话", "紧急联系人电话", "亲属联系电话", "家属联系电话", "亲属联系方式", "家属联系方式", "联系人联系电话", "直系亲属电话", "紧急联系电话", "联系人手机"}},
	{Key: ColumnRetirementDate, TitleZH: "退休日期", TitleEN: "Retirement date", Required: true,
		Synonyms: []string{"退休时间", "退休年月", "退休年月日", "办理退休时间", "批准退休时间", "退休(退职)时间", "离退休时间", "退休批准时间", "退休审批时间"}},
	{Key: ColumnRetirementType, TitleZH: "退休类别", TitleEN: "Kind of retirement",
		Synonyms: []string{"退休性质", "退休类型", "退休种类", "离退休类别", "离退休性质", "退休方式", "人员类别"}},
	{Key: ColumnPoliticalStatus, TitleZH: "政治面貌", TitleEN: "Political status", Scope: ScopeParty,
		Synonyms: []string{"是否党员", "党员", "是否中共党员", "政治身份", "党派"}},
	{Key: ColumnPartyDuesMonth, TitleZH: "党费交至", TitleEN: "Party dues paid to", Scope: ScopeParty,
		Synonyms: []string{"党费缴纳至", "党费缴至", "党费交纳至", "党费缴纳截止月份", "党费交纳截止时间", "党费缴纳月份", "党费截止月份", "党费缴纳情况", "党费"}},
	{Key: ColumnCadreClass, TitleZH: "干部管理类别", TitleEN: "Cadre class", Scope: ScopeParty,
		Synonyms: []string{"干部级别", "干部类别", "干部身份", "干部管理权限", "人员身份"}},
	{Key: ColumnArchiveNumber, TitleZH: "档案编号", TitleEN: "Archive number", Synonyms: []string{"档案号", "人事档案编号", "人事档案号", "档案号码"}},
	{Key: ColumnArchiveVolumes, TitleZH: "档案卷数", TitleEN: "Archive volumes", Synonyms: []string{"卷数", "档案卷(册)数", "档案册数", "档案数量"}},
	{Key: ColumnSocialSecurityNumber, TitleZH: "社保编号", TitleEN: "Social-security number",
		Synonyms: []string{"个人社保号", "社保号", "个人编号", "社会保障号", "社会保障号码", "社保个人编号", "社会保险号", "个人社保编号", "养老保险编号"}},
	{Key: ColumnPayingAgency, TitleZH: "养老金发放机构", TitleEN: "Paying agency",
		Synonyms: []string{"发放机构", "待遇发放机构", "养老金发放单位", "社保经办机构", "养老保险经办机构", "养老金发放地"}},
	{Key: ColumnSpecialCategory, TitleZH: "特殊人员类别", TitleEN: "Special circumstances", Scope: ScopeSpecial,
		Synonyms: []string{"特殊情况", "特殊人员", "特殊类别", "特殊群体", "特殊人群类别", "身体及家庭情况"}},
	{Key: ColumnLivingAlone, TitleZH: "独居", TitleEN: "Lives alone", Scope: ScopeSpecial, Synonyms: []string{"是否独居", "独居情况", "是否独居老人"}},
	{Key: ColumnReceptionChoice, TitleZH: "接收地本人确认", TitleEN: "Reception place confirmed by the person",
		Synonyms: []string{"本人确认接收地", "接收地确认", "接收地是否本人确认", "本人确认"}},
	{Key: ColumnOutOfPool, TitleZH: "统筹外费用", TitleEN: "Out-of-pool fees",
		Synonyms: []string{"有无统筹外费用", "是否有统筹外费用", "统筹外待遇", "统筹外项目"}},
	{Key: ColumnJobGrade, TitleZH: "职务职级", TitleEN: "Post and grade", Synonyms: []string{"职务", "职级", "职务(职级)", "退休前职务", "原职务", "职称", "工种"}},
	{Key: ColumnRemarks, TitleZH: "备注", TitleEN: "Remarks", Synonyms: []string{"备考", "说明", "其他", "备注说明", "其他说明"}},
}

var addedColumns = []ColumnInfo{
	{Key: ColumnReason, TitleZH: "原因", TitleEN: "Reason"},
	{Key: ColumnOrigin, TitleZH: "原行号", TitleEN: "Original row"},
}

var columnByKey = func() map[Column]ColumnInfo {
	known := make(map[Column]ColumnInfo, len(columns)+len(addedColumns))
	for _, column := range columns {
		known[column.Key] = column
	}
	for _, column := range addedColumns {
		known[column.Key] = column
	}
	return known
}()

// Columns returns the canonical columns in the order of the template.
func Columns() []ColumnInfo {
	copied := make([]ColumnInfo, len(columns))
	copy(copied, columns)
	for i := range copied {
		copied[i].Synonyms = append([]string(nil), copied[i].Synonyms...)
	}
	return copied
}

// Describe returns the description of one canonical column.
func Describe(key Column) (ColumnInfo, bool) {
	info, ok := columnByKey[key]
	info.Synonyms = append([]string(nil), info.Synonyms...)
	return info, ok
}
