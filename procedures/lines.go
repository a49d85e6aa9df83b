package procedures

import "jieli/approval"

// LineOutcome is how one line of a handover ended; every one is terminal for the batch.
type LineOutcome string

// The outcomes of a line.
const (
	OutcomeReceived      LineOutcome = "received"
	OutcomeReturned      LineOutcome = "returned"
	OutcomeMoved         LineOutcome = "moved"
	OutcomeDeferred      LineOutcome = "deferred"
	OutcomeElsewhere     LineOutcome = "elsewhere"
	OutcomeOutOfScope    LineOutcome = "out_of_scope"
	OutcomeDied          LineOutcome = "died"
	OutcomeCentrallyHeld LineOutcome = "excluded"
)

// LineOutcomes are the outcomes with their wording (glossary.md), in the order of the totals.
func LineOutcomes() []approval.Option {
	return []approval.Option{
		choice(string(OutcomeReceived), "已接收", "received"),
		choice(string(OutcomeDeferred), "暂缓接收", "deferred"),
		choice(string(OutcomeReturned), "退回企业补正", "returned to the enterprise"),
		choice(string(OutcomeMoved), "转其他社区", "moved to another community"),
		choice(string(OutcomeElsewhere), "异地居住由参保地经办机构管理", "lives elsewhere; managed by the paying agency"),
		choice(string(OutcomeOutOfScope), "不属移交范围", "out of scope"),
		choice(string(OutcomeDied), "移交前去世", "died before handover"),
	}
}

// CadreClass is who manages a cadre; it decides whether the line goes on (S2.3, S2.4).
const (
	CadreOrdinary = "ordinary"
	CadreCounty   = "county"
	CadreCentral  = "central"
)

// MatchResult is what comparing a line with the agency's records came to.
const (
	MatchAgrees     = "match"
	MatchUnverified = "unverified"
	MatchReturn     = "return"
	MatchDied       = "died"
)

// LineField is a field of a line that a stage may correct, with the values it takes.
type LineField struct {
	Key   string
	Title approval.Text
	// Kind is choice, text, number or date.
	Kind    approval.FieldKind
	Options []approval.Option
	// Optional fields may be emptied again.
	Optional bool
	Scope    string
	Clause   string
}

// LineFields lists every correctable field of a line, of handovers and of archive transfers. Streets
// and communities take region codes.
func LineFields() []LineField {
	fields := []LineField{
		{Key: "cadre_class", Title: approval.Text{ZH: "干部类别", EN: "cadre class"}, Scope: "party", Clause: "S2.3", Options: []approval.Option{
			choice(CadreOrdinary, "一般人员", "ordinary"),
			choice(CadreCounty, "县级以上党委管理干部（档案暂不移交）", "managed by a Party committee at county level or above; the archive is held"),
			choice(CadreCentral, "中央管理的领导干部（另有规定，退出本批）", "centrally managed; leaves the batch")}},
		{Key: "managing_organ", Title: approval.Text{ZH: "干部管理权限单位", EN: "managing organ"}, Scope: "party", Clause: "S2.4", Kind: approval.FieldText},
		{Key: "match_result", Title: approval.Text{ZH: "比对结果", EN: "match result"}, Options: []approval.Option{
			choice(MatchAgrees, "一致", "agrees"),
			choice(MatchUnverified, "一致（未经数据核验）", "match, not verified by data"),
			choice(MatchReturn, "不一致，退回企业补正", "differs; returned to the enterprise"),
			choice(MatchDied, "移交前已去世，退出本批", "died before handover; leaves the batch")}},
		{Key: "street", Title: approval.Text{ZH: "接收街道", EN: "street"}, Clause: "S3.1"},
		{Key: "community", Title: approval.Text{ZH: "接收社区（村）", EN: "community"}, Clause: "S3.1"},
	}
	for i := range fields {
		if fields[i].Kind == "" {
			fields[i].Kind = approval.FieldChoice
		}
	}
	return append(fields, archiveLineFields()...)
}

func archiveLineFields() []LineField {
	findings := []approval.Option{}
	for _, finding := range ArchiveFindings() {
		findings = append(findings, approval.Option{Value: finding.Key, Title: finding.Title})
	}
	return []LineField{
		{Key: "archive_number", Title: approval.Text{ZH: "档案编号", EN: "archive number"}, Kind: approval.FieldText},
		{Key: "archive_volumes", Title: approval.Text{ZH: "卷数", EN: "volumes"}, Kind: approval.FieldNumber},
		{Key: "archive_pages", Title: approval.Text{ZH: "页数", EN: "pages"}, Kind: approval.FieldNumber},
		{Key: "archive_missing", Title: approval.Text{ZH: "缺件说明", EN: "statement of missing papers"}, Kind: approval.FieldText},
		{Key: "archive_finding", Title: approval.Text{ZH: "核查问题", EN: "finding"}, Kind: approval.FieldChoice, Options: findings, Optional: true},
		{Key: "archive_result", Title: approval.Text{ZH: "核收结果", EN: "result"}, Kind: approval.FieldChoice, Options: ArchiveResults()},
		{Key: "archive_supplement_by", Title: approval.Text{ZH: "补齐期限", EN: "supplemented by"}, Kind: approval.FieldDate},
		{Key: "archive_shelf", Title: approval.Text{ZH: "上架号", EN: "shelf number"}, Kind: approval.FieldText},
	}
}
