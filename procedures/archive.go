package procedures

import "jieli/approval"

// The stages of an archive transfer.
const (
	StageArchiveSorting      = "archive-sorting"
	StageArchiveCheck        = "archive-check"
	StageArchiveDispatch     = "archive-dispatch"
	StageArchiveReceipt      = "archive-receipt"
	StageArchiveReceiptCheck = "archive-receipt-check"
	StageArchiveStub         = "archive-stub"
	StageArchiveShelving     = "archive-shelving"
)

// archive is the way of personnel archives from the enterprise to the designated holder: the two who
// sort and check are different people, and so are the two who open and count. Nothing travels with
// the retiree or by ordinary post, and a packet is never split; what is unqualified goes back whole.
func archive() Procedure {
	sorting := single(StageArchiveSorting, "1", "整理归档", "sorting", approval.KindEnterprise, approval.RoleClerk, 0)
	sorting.LineFields, sorting.Clauses = []string{"archive_number", "archive_volumes", "archive_pages", "archive_missing"}, []string{"S2.4"}
	sorting.Fields = []approval.Field{
		{Key: "classes", Title: approval.Text{ZH: "材料分类", EN: "classes of papers"}, Kind: approval.FieldChoices, Required: true, Options: archiveClasses()},
	}
	check := single(StageArchiveCheck, "1", "核对移交名册", "manifest checked", approval.KindEnterprise, approval.RoleReviewer, 0)
	dispatch := single(StageArchiveDispatch, "1", "密封转出", "sealing and dispatch", approval.KindEnterprise, approval.RoleHead, 0)
	dispatch.Fields = dispatchFields()

	receipt := single(StageArchiveReceipt, "2", "开封核收", "opening, counting and checking", approval.KindArchive, approval.RoleClerk, 0)
	// The receipt is chased a month after dispatch; a place may set another time.
	receipt.Due = approval.Due{Kind: approval.CalendarDays, Count: 30}
	receipt.LineFields, receipt.Clauses = []string{"archive_finding", "archive_result", "archive_supplement_by"}, []string{"S2.4"}
	receipt.Fields = receiptFields()
	receiptCheck := single(StageArchiveReceiptCheck, "2", "核收复核", "receipt checked", approval.KindArchive, approval.RoleReviewer, 3)
	receiptCheck.FinalApproval = true

	stub := single(StageArchiveStub, "3", "回执归存根", "receipt kept with the stub", approval.KindEnterprise, approval.RoleClerk, 5)
	stub.Fields = []approval.Field{
		{Key: "receiptNumber", Title: approval.Text{ZH: "回执编号", EN: "receipt number"}, Kind: approval.FieldText, Required: true},
		{Key: "receiptOn", Title: approval.Text{ZH: "收到回执日期", EN: "receipt came on"}, Kind: approval.FieldDate, Required: true}}
	shelving := single(StageArchiveShelving, "4", "编号上架", "numbered and shelved", approval.KindArchive, approval.RoleClerk, 5)
	shelving.LineFields = []string{"archive_shelf"}
	shelving.Fields = []approval.Field{{Key: "storeroom", Title: approval.Text{ZH: "库房", EN: "storeroom"}, Kind: approval.FieldText, Required: true}}

	// A packet that goes back is sorted, checked and sealed anew.
	for _, stage := range []*approval.Stage{&receipt, &receiptCheck, &stub, &shelving} {
		stage.WalkAgain = true
	}
	for _, stage := range []*approval.Stage{&sorting, &check, &dispatch, &receipt, &receiptCheck, &shelving} {
		stage.Fields = append(stage.Fields, lineSetField())
	}
	return Procedure{Type: TypeArchive, Title: approval.Text{ZH: "人事档案转递", EN: "transfer of personnel archives"}, Prefix: "DA",
		Stages:   approval.IncompatibleWithin([]approval.Stage{sorting, check, dispatch, receipt, receiptCheck, stub, shelving}),
		Starters: []approval.Signer{{OfficeKind: approval.KindEnterprise, Role: approval.RoleClerk}}, Clauses: []string{"S2.4"}, Papers: archivePapers()}
}

// archiveClasses are the ten classes of papers of a personnel archive.
func archiveClasses() []approval.Option {
	return []approval.Option{
		choice("resume", "履历材料", "résumé"), choice("autobiography", "自传材料", "autobiography"), choice("appraisal", "鉴定、考核材料", "appraisals"),
		choice("education", "学历、职称、技能材料", "education, titles and skills"), choice("examination", "政治历史审查材料", "examination of personal history"),
		choice("party-league", "党团材料", "Party and League papers"), choice("rewards", "奖励材料", "rewards"), choice("discipline", "处分材料", "discipline"),
		choice("wages-retirement", "工资、任免、退休材料", "wages, appointments and retirement"), choice("other", "其他材料", "other")}
}

func dispatchFields() []approval.Field {
	messenger, mail := &approval.When{Field: "way", In: []string{WayMessenger}}, &approval.When{Field: "way", In: []string{WayConfidentialMail}}
	return []approval.Field{
		{Key: "slipNumber", Title: approval.Text{ZH: "转递通知单编号", EN: "number of the transmission slip"}, Kind: approval.FieldText, Required: true},
		{Key: "sealNumber", Title: approval.Text{ZH: "封条编号", EN: "seal number"}, Kind: approval.FieldText, Required: true},
		{Key: "way", Title: approval.Text{ZH: "转递方式", EN: "how they travel"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(WayMessenger, "专人送达", "by messenger"), choice(WayConfidentialMail, "机要通信", "by confidential mail")}},
		{Key: "couriers", Title: approval.Text{ZH: "送档人", EN: "couriers"}, Kind: approval.FieldRecords, RequiredWhen: messenger, Least: 2,
			Fields: []approval.Field{{Key: "name", Title: approval.Text{ZH: "姓名", EN: "name"}, Kind: approval.FieldText, Required: true}}},
		{Key: "mailNumber", Title: approval.Text{ZH: "机要通信号", EN: "number of the confidential mail"}, Kind: approval.FieldText, RequiredWhen: mail},
		{Key: "dispatchedOn", Title: approval.Text{ZH: "转出日期", EN: "dispatched on"}, Kind: approval.FieldDate, Required: true},
	}
}

func receiptFields() []approval.Field {
	return []approval.Field{
		{Key: "receivedOn", Title: approval.Text{ZH: "收到日期", EN: "received on"}, Kind: approval.FieldDate, Required: true},
		{Key: "seal", Title: approval.Text{ZH: "封条情况", EN: "state of the seal"}, Kind: approval.FieldChoice, Required: true, Options: []approval.Option{
			choice(SealIntact, "完好", "intact"), choice(SealBroken, "破损", "broken")}},
		{Key: "volumesCounted", Title: approval.Text{ZH: "清点卷数", EN: "volumes counted"}, Kind: approval.FieldNumber, Required: true},
	}
}

// How archives travel; never with the retiree, never by ordinary post.
const (
	WayMessenger        = "messenger"
	WayConfidentialMail = "confidential-mail"
)

// The state of the seal as the packet is opened.
const (
	SealIntact = "intact"
	SealBroken = "broken"
)

// ArchiveResult is what became of one person's archive in a transfer; every one is terminal for it.
type ArchiveResult string

// The results. A returned archive goes back to the enterprise as a whole, with its reason.
const (
	ArchiveAccepted    ArchiveResult = "accepted"
	ArchiveWithDefects ArchiveResult = "accepted_with_defects"
	ArchiveReturned    ArchiveResult = "returned"
	ArchiveAbsent      ArchiveResult = "absent"
)

// ArchiveResults are the results with their wording.
func ArchiveResults() []approval.Option {
	return []approval.Option{
		choice(string(ArchiveAccepted), "接收", "accepted"),
		choice(string(ArchiveWithDefects), "接收，限期补齐", "accepted, to be supplemented by a date"),
		choice(string(ArchiveReturned), "整卷退回企业", "returned whole to the enterprise"),
		choice(string(ArchiveAbsent), "无档案，另行核查", "no archive; looked into apart")}
}

// ArchiveFinding is a discrepancy and the results it leaves open: each has its own way on.
type ArchiveFinding struct {
	Key   string
	Title approval.Text
	// Results are those that may follow; anything else is refused.
	Results []ArchiveResult
}

// ArchiveFindings lists the discrepancies found as a packet is opened and checked.
func ArchiveFindings() []ArchiveFinding {
	finding := func(key, zh, en string, results ...ArchiveResult) ArchiveFinding {
		return ArchiveFinding{Key: key, Title: approval.Text{ZH: zh, EN: en}, Results: results}
	}
	return []ArchiveFinding{
		finding("identity", "姓名或身份号码与名册不一致", "name or ID number differs from the manifest", ArchiveWithDefects, ArchiveReturned),
		// The earliest record of the archive prevails; the person keeps the archive's date until it is examined.
		finding("birth", "档案出生时间与身份证不一致", "birth in the archive differs from the ID card", ArchiveAccepted, ArchiveWithDefects),
		finding("retirement", "缺退休审批材料", "the retirement approval is missing", ArchiveWithDefects, ArchiveReturned),
		finding("missing", "缺其他材料", "other papers are missing", ArchiveWithDefects, ArchiveReturned),
		finding("foreign-pages", "夹有他人材料", "another person's pages are in it", ArchiveReturned),
		finding("unqualified", "整理不合格", "not sorted as required", ArchiveReturned),
		finding("two-volumes", "一人多档", "two archives for one person", ArchiveWithDefects, ArchiveReturned),
		finding("absent", "无档案", "no archive", ArchiveAbsent),
	}
}
