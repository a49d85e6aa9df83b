package papers

import (
	"encoding/json"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
)

// Sample is invented data for a paper, with something in every field: what replaced templates are tried with.
func Sample(key string) *Data {
	now := time.Date(2026, 11, 26, 9, 30, 0, 0, clock.Zone)
	due := now.AddDate(0, 0, 7)
	var procedure procedures.Procedure
	for _, each := range procedures.All() {
		if _, ok := each.Paper(key); ok {
			procedure = each
			break
		}
	}
	paper, _ := procedure.Paper(key)
	letter := view.PartyLetter{Number: "示例-2026-0001", Way: "paper", Addressee: "示例街道党工委", IssuedByName: "示例经办", IssuedOn: "2026-11-26", ValidDays: 30, ExpiresOn: "2026-12-26", State: "valid"}
	supervision := view.SupervisionView{ID: "1", Kind: approval.SupervisionOrder, OfficeName: "示例街道办事处", ByName: "示例督查", ByOffice: "示例督查室", Opinion: "请于期限内办结并答复。",
		StageTitle: approval.Text{ZH: "示例环节"}, At: now, Due: &due, Reply: "已办理。", RepliedName: "示例承办", RepliedAt: &due}
	sample := &view.CaseView{No: "SL-210106-20261126-0001", Type: procedure.Type, TypeTitle: procedure.Title, Title: "示例企业 · 3 人", State: approval.CaseOpen, Version: 1, OfficeName: "示例企业有限责任公司",
		InitiatorName: "示例经办", SubmittedAt: now, Subject: "示例", Form: map[string]json.RawMessage{}, Supervisions: []view.SupervisionView{supervision},
		Death: &view.Death{Case: "SL-210106-20261126-0001", State: "verified", DiedOn: "2026-11-26", ReportedAt: now, NoticeDue: "2026-12-24", PensionStops: "2026-12-01"},
		Recovery: &view.RecoveryCase{State: "decided", Claimed: 632345, Recovered: 312345, Received: 312345, Open: 320000, Months: []view.RecoveryMonth{{Month: "2026-09", Paid: 312345}, {Month: "2026-10", Paid: 320000}},
			Receipts: []view.RecoveryReceipt{{Number: "示例-0001", Amount: 312345, ReceivedOn: "2026-11-26", Method: "transfer"}}},
		Party: &view.PartyCase{Holder: "示例社区党委", Branch: "示例第一党支部", Since: now, Sender: "示例企业党委", Letters: []view.PartyLetter{letter}}}
	sums := []int64{601_800, 5_416_200}
	sample.Benefit = &view.BenefitCase{DiedOn: "2026-11-26", Claimants: []view.Claimant{{ID: "1", Name: "示例甲", Relation: "配偶", IDNumber: "210106********12", Bank: "示例银行", Account: "****0000", Share: 6000},
		{ID: "2", Name: "阿卜杜热西提·阿卜杜喀迪尔", Relation: "子女", IDNumber: "210106********34", Share: 4000}},
		Payments: []view.BenefitPayment{{Claimant: "1", Kind: "funeral", Amount: &sums[0], State: "released"}, {Claimant: "1", Kind: "survivor", Amount: &sums[1], State: "released"}}}
	sample.ClaimDispute = &view.ClaimDisputeCase{Source: "family", First: view.FirstClaim{No: "SL-210106-20261124-0001", SubmittedAt: now, OfficeName: "示例社区", State: "claimed"}}
	for _, each := range procedure.Papers {
		sample.Papers = append(sample.Papers, view.PaperTitle{Key: each.Key, Title: each.Title})
	}
	for i, stage := range procedure.Stages {
		step := view.PlanStep{Stage: stage.Key, Title: stage.Title, OfficeKind: stage.OfficeKind(), Mode: stage.Mode, State: "done", Visit: i + 1, Outcome: approval.OutcomeApproved, OpenedAt: &now, ClosedAt: &now}
		for _, signer := range stage.Signers {
			step.Signers = append(step.Signers, view.PlanSigner{OfficeName: "示例" + officeKinds[signer.OfficeKind], PersonName: "示例经办", Opinion: "同意。", At: &now})
		}
		sample.Plan = append(sample.Plan, step)
		sample.FormFields = append(sample.FormFields, stage.Fields...)
		for _, field := range stage.Fields {
			sample.Form[field.Key], _ = json.Marshal(sampleValue(field))
		}
	}
	return &Data{Case: sample, Paper: key, Title: paper.Title.ZH, Issuer: "示例单位", Enterprise: "示例企业有限责任公司", Printed: now, Code: "0123456789ABCDEF", Verify: "jieli.example/verify/", Link: "https://jieli.example/verify/0123456789ABCDEF",
		Decision: &Decision{At: now, Office: "示例人力资源和社会保障局", Opinion: "示例理由。", Clause: "S2.1", Defects: []approval.Defect{{Item: "移交方案", Detail: "未提交，请补齐", Clause: "S2.1"}}}, Source: sampleSource{}}
}

func sampleValue(field approval.Field) any {
	switch field.Kind {
	case approval.FieldBoolean, approval.FieldQuestion:
		return true
	case approval.FieldDate:
		return "2026-11-26"
	case approval.FieldNumber, approval.FieldMoney, approval.FieldYears:
		return 12
	case approval.FieldChoice:
		return field.Options[0].Value
	case approval.FieldChoices:
		values := []string{}
		for _, option := range field.Options {
			values = append(values, option.Value)
		}
		return values
	case approval.FieldRecords:
		row := map[string]any{}
		for _, column := range field.Fields {
			row[column.Key] = sampleValue(column)
		}
		return []any{row, row}
	}
	return "示例"
}

type sampleSource struct{}

func (sampleSource) People() ([]view.Line, error) {
	lines := []view.Line{}
	for i, name := range []string{"示例甲", "阿卜杜热西提·阿卜杜喀迪尔", "䶮𠮷"} {
		lines = append(lines, view.Line{ID: name, Row: i + 1, Name: name, IDNumber: "210106********12", Residence: "示例路 1 号", StreetName: "示例街道", CommunityName: "示例社区", Outcome: []string{"received", "deferred", ""}[i],
			Reception: "SL-210106-20261126-0001-001-0001", Archive: &view.ArchiveLine{Number: "示例-0001", Volumes: 2, Pages: 120, Missing: "缺退休审批表，原件遗失", Result: string(procedures.ArchiveReturned),
				FindingTitle: approval.Text{ZH: "整理不合格"}, SupplementBy: "2026-12-31", Shelf: "A-01-02"}})
	}
	return lines, nil
}

func (sampleSource) Totals() (view.LineTotals, error) {
	return view.LineTotals{People: 3, Open: 1, Outcomes: map[string]int{"received": 1, "deferred": 1}}, nil
}

func (sampleSource) Person() (*view.PersonView, error) {
	return &view.PersonView{PersonItem: view.PersonItem{Name: "示例甲", IDNumber: "210106********12", Enterprise: "示例企业有限责任公司", CommunityName: "示例社区", HandedOverOn: "2026-11-26"}, Sex: "男", Birth: "1960-01-01",
		Phone: "138******00", Residence: "示例路 1 号", Hukou: "示例路 2 号", RetiredOn: "2020-01", PayingAgency: "示例社保中心", ContactCard: "LX-SL-0001"}, nil
}
