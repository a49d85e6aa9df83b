package roster

// Level grades a finding, and a row by its worst finding.
type Level string

// The levels. LevelInfo occurs on findings only; LevelOK and LevelSkipped on rows only.
const (
	LevelOK      Level = "ok"
	LevelInfo    Level = "info"
	LevelWarning Level = "warning"
	LevelBlocker Level = "blocker"
	LevelSkipped Level = "skipped"
)

// The codes of findings, as the contract fixes them (api.md, Roster findings).
const (
	CodeMissingRequired      = "missing_required"
	CodeIDFormat             = "id_format"
	CodeIDChecksum           = "id_checksum"
	CodeIDTruncated          = "id_truncated"
	CodeIDDate               = "id_date"
	CodeDateFormat           = "date_format"
	CodeTwoPersons           = "two_persons"
	CodeOutOfScope           = "out_of_scope"
	CodeDuplicateInFile      = "duplicate_in_file"
	CodeAlreadyManaged       = "already_managed"
	CodeBirthMismatch        = "birth_mismatch"
	CodeSexMismatch          = "sex_mismatch"
	CodePhoneFormat          = "phone_format"
	CodeResidenceUnresolved  = "residence_unresolved"
	CodePartyDuesMissing     = "party_dues_missing"
	CodeRetirementAgeUnusual = "retirement_age_unusual"
	CodeFormulaText          = "formula_text"
	CodeHiddenRow            = "hidden_row"
	CodeNormalized           = "normalized"
)

// The groups of blockers: those to be corrected, and those that are no part of this handover and
// are removed with one click.
const (
	GroupCorrect = "correct"
	GroupNotPart = "not_part"
)

// Finding is one remark on a row. Its messages say what is wrong and what would be right, and
// never repeat a value of the person.
type Finding struct {
	Code string
	// Column is empty when the remark concerns the whole row or a column nobody recognised.
	Column    Column
	Message   string // Chinese
	MessageEN string
	Level     Level // LevelBlocker, LevelWarning or LevelInfo
	Group     string
}

// grade maps a code to its level and group.
func grade(code string) (Level, string) {
	switch code {
	case CodeMissingRequired, CodeIDFormat, CodeIDChecksum, CodeIDTruncated, CodeIDDate, CodeDateFormat, CodeTwoPersons:
		return LevelBlocker, GroupCorrect
	case CodeOutOfScope, CodeDuplicateInFile, CodeAlreadyManaged:
		return LevelBlocker, GroupNotPart
	case CodeNormalized:
		return LevelInfo, ""
	default:
		return LevelWarning, ""
	}
}

// add appends a finding and raises the row's level; the same code on the same column is said once.
func (r *Row) add(code string, column Column, message, english string) {
	for i := range r.Findings {
		if r.Findings[i].Code == code && r.Findings[i].Column == column {
			return
		}
	}
	level, group := grade(code)
	r.Findings = append(r.Findings, Finding{Code: code, Column: column, Message: message, MessageEN: english, Level: level, Group: group})
	switch {
	case level == LevelBlocker:
		r.Level = LevelBlocker
	case level == LevelWarning && r.Level == LevelOK:
		r.Level = LevelWarning
	}
}

// Has reports whether the row carries a finding of this code.
func (r *Row) Has(code string) bool {
	for i := range r.Findings {
		if r.Findings[i].Code == code {
			return true
		}
	}
	return false
}
