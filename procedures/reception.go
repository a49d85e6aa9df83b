package procedures

import "jieli/approval"

// The stages of a reception: one person received by one community.
const (
	StageVerification = "verification"
	StageConfirmation = "confirmation"
)

func reception() Procedure {
	verification := single(StageVerification, "7", "社区核实", "verification with the person", approval.KindCommunity, approval.RoleClerk, 20)
	verification.Clauses, verification.Fields = []string{"S2.1", "S2.2"}, verificationFields()
	confirmation := single(StageConfirmation, "7", "社区确认接收", "confirmed by the community", approval.KindCommunity, approval.RoleHead, 3)
	return Procedure{Type: TypeReception, Title: approval.Text{ZH: "社区核实接收", EN: "reception by a community"},
		Stages: approval.IncompatibleWithin([]approval.Stage{verification, confirmation}), Clauses: []string{"S2.1"},
		Papers: receptionPapers()}
}

func verificationFields() []approval.Field {
	proxy := &approval.When{Field: "verifiedWith", In: []string{"proxy"}}
	deferred := &approval.When{Field: "outcome", In: []string{string(OutcomeDeferred)}}
	text := func(key, zh, en string, when *approval.When) approval.Field {
		return approval.Field{Key: key, Title: approval.Text{ZH: zh, EN: en}, Kind: approval.FieldText, RequiredWhen: when}
	}
	return []approval.Field{
		{Key: "outcome", Title: approval.Text{ZH: "核实结果", EN: "result"}, Kind: approval.FieldChoice, Required: true, Options: LineOutcomes(), Clause: "S2.1"},
		{Key: "verifiedWith", Title: approval.Text{ZH: "核实对象", EN: "verified with"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice("person", "本人", "the person"), choice("proxy", "代办人", "a proxy"), choice("nobody", "未联系上", "nobody reached")}},
		{Key: "verifiedOn", Title: approval.Text{ZH: "核实日期", EN: "date"}, Kind: approval.FieldDate, Required: true},
		text("proxyName", "代办人姓名", "proxy's name", proxy),
		text("proxyRelation", "与本人关系", "relation", proxy),
		text("proxyPhone", "代办人电话", "proxy's phone", proxy),
		text("proxyAuthority", "代办依据", "authority", proxy),
		{Key: "deferReason", Title: approval.Text{ZH: "暂缓原因", EN: "reason for deferring"}, Kind: approval.FieldChoice, RequiredWhen: deferred, Options: deferReasons()},
		{Key: "reviewDate", Title: approval.Text{ZH: "复查日期", EN: "review date"}, Kind: approval.FieldDate, RequiredWhen: deferred},
		{Key: "contactAttempts", Title: approval.Text{ZH: "联系记录", EN: "contact attempts"}, Kind: approval.FieldRecords, Least: 3,
			RequiredWhen: &approval.When{Field: "deferReason", In: []string{"not_reached"}},
			Fields: []approval.Field{
				{Key: "on", Title: approval.Text{ZH: "日期", EN: "date"}, Kind: approval.FieldDate, Required: true},
				{Key: "way", Title: approval.Text{ZH: "方式", EN: "way"}, Kind: approval.FieldText, Required: true},
				{Key: "result", Title: approval.Text{ZH: "情况", EN: "result"}, Kind: approval.FieldText, Required: true}}},
		text("newCommunity", "转往的社区（村）代码", "code of the other community", &approval.When{Field: "outcome", In: []string{string(OutcomeMoved)}}),
		text("reason", "情况说明", "explanation", &approval.When{Field: "outcome",
			In: []string{string(OutcomeReturned), string(OutcomeElsewhere), string(OutcomeOutOfScope), string(OutcomeDied)}}),
	}
}

func deferReasons() []approval.Option {
	return []approval.Option{
		choice("objects", "本人有不同意见", "the person objects"),
		choice("not_reached", "三次联系未果", "not reached after three contacts"),
		choice("hospital", "住院或入住养老机构", "in hospital or a nursing home"),
		choice("prison", "服刑", "in prison"),
	}
}

// DeferReason words the reason for which a line was deferred.
func DeferReason(value string) approval.Text {
	for _, option := range deferReasons() {
		if option.Value == value {
			return option.Title
		}
	}
	return approval.Text{}
}
