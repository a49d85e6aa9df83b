package view

// RowContent is what is kept of a roster row: normalised values by column, and the cells as they
// were, for the correctable workbook.
type RowContent struct {
	Values map[string]string `json:"values"`
	Cells  []string          `json:"cells"`
}

// CheckedRow is one checked row on its way to the store.
type CheckedRow struct {
	Row      int
	Level    string
	Findings []RosterFinding
	Content  RowContent
}

// CorrectableRow is a row for the correctable workbook, unmasked: it goes back to its uploader.
type CorrectableRow struct {
	Row      int
	Cells    []string
	Findings []RosterFinding
}
