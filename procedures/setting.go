package procedures

import (
	"encoding/json"
	"fmt"
	"slices"

	"jieli/approval"
	"jieli/rules"
)

// SettingKind is the type of a jurisdiction setting's value.
type SettingKind string

// The kinds of values.
const (
	SettingChoice   SettingKind = "choice"
	SettingNumber   SettingKind = "number"
	SettingDuration SettingKind = "duration"
)

// Setting declares what may differ by place and date: its type, its bounds, its wording, the value
// that holds where none is set, and the clause that leaves it open.
type Setting struct {
	Name    string
	Title   approval.Text
	Help    approval.Text
	Kind    SettingKind
	Options []approval.Option
	// Least and Most bound a number, and the count of a duration.
	Least, Most int
	Default     json.RawMessage
	Clause      string
}

// The names of settings that code asks for.
const (
	SettingDefaultForm    = "default_form"
	SettingResidenceBasis = "residence_basis"
	SettingAgreementParty = "agreement_party"
	// SettingExtensionsAllowed is how often a deadline may be extended.
	SettingExtensionsAllowed = "extensions_allowed"
	// SettingIdleDays is after how many working days without an act an open case counts as idle.
	SettingIdleDays = "idle_days"
	// SettingReturnedTimes is from how many returns on a case counts as stuck.
	SettingReturnedTimes = "returned_times"
	// SettingHeldReviewMonths is after how many months a held archive is looked at again.
	SettingHeldReviewMonths = "held_review_months"
	// SettingFormReviewMonths is after how many months a registered form of management is looked at again.
	SettingFormReviewMonths = "form_review_months"
	// SettingLetterDaysCity and SettingLetterDaysOutside are how many days a Party letter is valid.
	SettingLetterDaysCity    = "party_letter_days_city"
	SettingLetterDaysOutside = "party_letter_days_outside"
	// SettingArchivesWithHandover says whether the archives of a batch set out with its handover.
	SettingArchivesWithHandover = "archives_with_handover"
	// SettingPartyWithHandover says whether the Party relations of a batch's members set out with its handover.
	SettingPartyWithHandover = "party_with_handover"
	// SettingArchiveLoanDays is for how many days an archive is lent at most.
	SettingArchiveLoanDays = "archive_loan_days"
	// SettingRecomputePace is how many cases a second are reckoned again after a calendar edit.
	SettingRecomputePace = "recompute_pace"
)

// maximumCount bounds a time allowed, in its own unit.
const maximumCount = 400

// DueSetting names the setting that gives a stage another time allowed than it declares.
func DueSetting(caseType, stage string) string { return "due:" + caseType + ":" + stage }

// Settings lists every known setting, in the order screens list them.
func Settings() []Setting {
	list := []Setting{
		{Name: SettingDefaultForm, Title: approval.Text{ZH: "默认管理形式", EN: "form of management proposed"}, Kind: SettingChoice, Clause: "S3.1", Default: quoted("F1"),
			Help: approval.Text{ZH: "拟定管理形式时系统先提出的一种；经办人可以另选。", EN: "what the system proposes; the officer may choose another"}, Options: formOfManagementFields()[0].Options},
		{Name: SettingResidenceBasis, Title: approval.Text{ZH: "接收地依据", EN: "place of reception by"}, Kind: SettingChoice, Clause: "S3.2", Default: quoted("residence"), Options: []approval.Option{
			choice("residence", "常住地", "residence"), choice("hukou", "户籍地", "hukou"), choice("choice", "由本人选择", "the person's choice")},
			Help: approval.Text{ZH: "分派街道和社区（村）时按哪一个地址。", EN: "which address decides the street and the community"}},
		{Name: SettingAgreementParty, Title: approval.Text{ZH: "移交协议签订方", EN: "party to the handover agreement"}, Kind: SettingChoice, Clause: "S2.1", Default: quoted("streets"), Options: []approval.Option{
			choice("streets", "各接收街道", "the receiving streets"), choice("district", "区（由区人社局代表）", "the district, for which its bureau signs")},
			Help: approval.Text{ZH: "与企业签订移交协议的一方。", EN: "who signs the agreement with the enterprise"}},
		{Name: SettingExtensionsAllowed, Title: approval.Text{ZH: "允许延长次数", EN: "extensions allowed"}, Kind: SettingNumber, Most: 10, Default: json.RawMessage("1"),
			Help: approval.Text{ZH: "同一任务的办理时限最多可以延长几次。", EN: "how often the deadline of one task may be extended"}},
		{Name: SettingIdleDays, Title: approval.Text{ZH: "停滞认定天数", EN: "idle after"}, Kind: SettingNumber, Least: 1, Most: 200, Default: json.RawMessage("10"),
			Help: approval.Text{ZH: "在办事项连续多少个工作日没有任何办理动作，列为停滞。", EN: "working days without any act after which an open case counts as idle"}},
		{Name: SettingReturnedTimes, Title: approval.Text{ZH: "多次退回认定次数", EN: "returned often from"}, Kind: SettingNumber, Least: 2, Most: 20, Default: json.RawMessage("2"),
			Help: approval.Text{ZH: "同一办件退回达到多少次而仍未通过，列入滞办清单。", EN: "number of returns, while the stages that made them have not passed, from which a case is on the stuck list"}},
		{Name: SettingHeldReviewMonths, Title: approval.Text{ZH: "暂不移交档案复查间隔（月）", EN: "held archives reviewed after (months)"}, Kind: SettingNumber, Clause: "S2.4", Least: 1, Most: 60, Default: json.RawMessage("12"),
			Help: approval.Text{ZH: "县级以上党委管理干部的档案暂不移交，多少个月后复查一次。", EN: "archives of cadres managed at county level and above are held for now; after so many months they are looked at again"}},
		{Name: SettingArchiveLoanDays, Title: approval.Text{ZH: "档案借阅最长期限（日）", EN: "archives lent for at most (days)"}, Kind: SettingNumber, Clause: "S2.2(5)", Least: 1, Most: 90, Default: json.RawMessage("15"),
			Help: approval.Text{ZH: "借出档案的归还日期不得晚于借出之日起的天数。", EN: "a lent archive is due back no later than so many days after it was handed out"}},
		{Name: SettingFormReviewMonths, Title: approval.Text{ZH: "管理形式复查间隔（月）", EN: "forms of management reviewed after (months)"}, Kind: SettingNumber, Clause: "S3.3", Least: 1, Most: 60, Default: json.RawMessage("12"),
			Help: approval.Text{ZH: "登记或复查其他管理形式时系统先提出的复查日期；委托管理每年考核，最长 12 个月。", EN: "the review date proposed as an interim form is registered or reviewed; entrusted management is assessed each year, after 12 months at most"}},
		{Name: rules.SettingHalfYearLimitsEmployment, Title: approval.Text{ZH: "“半年以上”是否同样限定受聘于其他单位", EN: "whether half a year also limits being employed elsewhere"}, Kind: SettingChoice, Clause: "S4.4", Default: quoted("yes"), Options: []approval.Option{
			choice("yes", "同样限定：受聘满半年才转出组织关系", "it does: the relation moves after half a year of employment"), choice("no", "只限定外出务工经商：一经受聘即转出", "it limits only being away: employment moves the relation at once")},
			Help: approval.Text{ZH: "党员受聘于其他单位或外出务工经商的，组织关系何时转入所去单位或地区。", EN: "when the Party relation of a member employed elsewhere or away for work goes there"}},
		{Name: rules.SettingArchiveHolderBasis, Title: approval.Text{ZH: "档案保管单位依据", EN: "archive holder by"}, Kind: SettingChoice, Clause: "S2.2(5)", Default: quoted(string(rules.HolderByEnterprise)), Options: []approval.Option{
			choice(string(rules.HolderByEnterprise), "企业登记地", "the place where the enterprise is registered"), choice(string(rules.HolderByResidence), "常住地", "residence")},
			Help: approval.Text{ZH: "人事档案移交给哪个区指定的档案保管单位。", EN: "whose district designates the holder that takes the personnel archive"}},
		{Name: SettingLetterDaysCity, Title: approval.Text{ZH: "组织关系介绍信有效期（市内，天）", EN: "Party letter valid for (days, within the city)"}, Kind: SettingNumber, Least: 1, Most: MaximumLetterDays, Default: json.RawMessage("10"),
			Help: approval.Text{ZH: "在本市范围内转接时介绍信上写明的有效天数，最长 90 天。", EN: "days written on the letter when the relation stays within the city; 90 at most"}},
		{Name: SettingLetterDaysOutside, Title: approval.Text{ZH: "组织关系介绍信有效期（市外，天）", EN: "Party letter valid for (days, outside the city)"}, Kind: SettingNumber, Least: 1, Most: MaximumLetterDays, Default: json.RawMessage("30"),
			Help: approval.Text{ZH: "转往本市以外或不在本系统办理的党组织时介绍信上写明的有效天数，最长 90 天。", EN: "days written on the letter when the relation leaves the city or this system; 90 at most"}},
		{Name: SettingArchivesWithHandover, Title: approval.Text{ZH: "人事档案随移交办件一并转递", EN: "archives set out with the handover"}, Kind: SettingChoice, Clause: "S2.2(5)", Default: quoted("yes"), Options: []approval.Option{
			choice("yes", "一并转递：分送街道时同时发起", "with it: started as the people are allocated to streets"), choice("no", "另行转递：由企业单独发起", "apart: started by the enterprise on its own")},
			Help: approval.Text{ZH: "一并转递的，档案全部有结果后移交办件方可汇总办结。", EN: "if with it, the handover closes only after every archive has its result"}},
		{Name: SettingPartyWithHandover, Title: approval.Text{ZH: "党员组织关系随移交办件一并转接", EN: "Party relations set out with the handover"}, Kind: SettingChoice, Clause: "S4.1", Default: quoted("yes"), Options: []approval.Option{
			choice("yes", "一并转接：分送街道时由系统发起", "with it: begun as the people are allocated to streets"), choice("no", "另行转接：由党组织逐人发起", "apart: begun by the Party organisation, person by person")},
			Help: approval.Text{ZH: "一并转接的，全部办结后企业党组织方可核对。", EN: "if with it, the enterprise's Party organisation checks only when all of them have ended"}},
		{Name: SettingRecomputePace, Title: approval.Text{ZH: "时限重算速度（件/秒）", EN: "pace of recomputation (cases a second)"}, Kind: SettingNumber, Least: 1, Most: 200, Default: json.RawMessage("20"),
			Help: approval.Text{ZH: "修订工作日历后逐件重算时限的速度，过快会影响日常办理。", EN: "how fast deadlines are reckoned again after a calendar edit; too fast slows daily work"}},
	}
	list = append(append(append(list, benefitSettings()...), benefitProcedureSettings()...), trueUpSettings()...)
	for _, procedure := range All() {
		if procedure.Scope == ScopeParty {
			// Party offices are not hurried: there is no time to set.
			continue
		}
		for _, stage := range procedure.Stages {
			if stage.Mode == approval.ModeChildren || stage.DueField != "" {
				continue
			}
			clause := ""
			if len(stage.Clauses) > 0 {
				clause = stage.Clauses[0]
			}
			declared, _ := json.Marshal(stage.Due)
			list = append(list, Setting{Name: DueSetting(procedure.Type, stage.Key), Kind: SettingDuration, Most: maximumCount, Default: declared, Clause: clause,
				Title: approval.Text{ZH: "办理时限：" + procedure.Title.ZH + " · " + stage.Title.ZH, EN: "time allowed: " + procedure.Title.EN + ", " + stage.Title.EN},
				Help:  approval.Text{ZH: "对生效之日以后开始的办理轮次有效；0 表示不设时限。", EN: "for visits that open from the first day on; 0 sets no time"}})
		}
	}
	return list
}

// FindSetting returns the declaration of a setting.
func FindSetting(name string) (Setting, bool) {
	for _, setting := range Settings() {
		if setting.Name == name {
			return setting, true
		}
	}
	return Setting{}, false
}

// Check says what is wrong with a value; nil when it fits.
func (s Setting) Check(value json.RawMessage) *approval.Text {
	wrong := func(zh, en string) *approval.Text { return &approval.Text{ZH: zh, EN: en} }
	switch s.Kind {
	case SettingChoice:
		var chosen string
		if json.Unmarshal(value, &chosen) != nil || !slices.ContainsFunc(s.Options, func(o approval.Option) bool { return o.Value == chosen }) {
			return wrong("请从所列选项中选择", "choose one of the listed options")
		}
	case SettingNumber:
		var number int
		if json.Unmarshal(value, &number) != nil || number < s.Least || number > s.Most {
			return wrong(fmt.Sprintf("应为 %d 到 %d 的整数", s.Least, s.Most), fmt.Sprintf("should be a whole number from %d to %d", s.Least, s.Most))
		}
	case SettingDuration:
		var due approval.Due
		if json.Unmarshal(value, &due) != nil || due.Count < s.Least || due.Count > s.Most || !slices.Contains([]approval.DurationKind{approval.WorkingDays, approval.CalendarDays, approval.WorkingHours}, due.Kind) {
			return wrong(fmt.Sprintf("请选择工作日、日或工时，数量为 %d 到 %d 的整数", s.Least, s.Most), fmt.Sprintf("choose working_days, calendar_days or working_hours and a whole number from %d to %d", s.Least, s.Most))
		}
	}
	return nil
}

func quoted(text string) json.RawMessage {
	raw, _ := json.Marshal(text)
	return raw
}
