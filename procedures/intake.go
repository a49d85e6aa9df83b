package procedures

import "jieli/approval"

// The stages of an intake: the sheet of one street.
const (
	StageAssignment        = "assignment"
	StageAssignmentConfirm = "assignment-confirm"
	StageReceptions        = "receptions"
	StageClosingSheet      = "closing-sheet"
)

func intake() Procedure {
	assignment := single(StageAssignment, "7", "分派社区（村）", "allocation to communities", approval.KindStreet, approval.RoleClerk, 5)
	assignment.LineFields, assignment.Clauses = []string{"community"}, []string{"S2.1", "S3.1"}
	assignment.Fields = []approval.Field{lineSetField()}
	confirm := single(StageAssignmentConfirm, "7", "街道审定分派", "allocation confirmed", approval.KindStreet, approval.RoleHead, 3)
	confirm.Fields = []approval.Field{lineSetField()}
	receptions := approval.Stage{Key: StageReceptions, Group: "7", Title: approval.Text{ZH: "社区核实接收", EN: "reception by the communities"},
		Mode: approval.ModeChildren, Child: TypeReception, Clauses: []string{"S2.1"}}
	sheet := single(StageClosingSheet, "7", "签署交接确认单", "signing of the closing sheet", approval.KindEnterprise, approval.RoleHead, 5)
	sheet.Mode, sheet.Condition = approval.ModeAll, FactBatch
	sheet.Signers = append(sheet.Signers, approval.Signer{OfficeKind: approval.KindStreet, Role: approval.RoleHead})
	sheet.Fields = []approval.Field{lineSetField(), totalsField(), remainingField()}
	return Procedure{Type: TypeIntake, Title: approval.Text{ZH: "街道接收分册", EN: "intake by a street"},
		Stages: approval.IncompatibleWithin([]approval.Stage{assignment, confirm, receptions, sheet}), Clauses: []string{"S2.1"},
		Papers: intakePapers()}
}
