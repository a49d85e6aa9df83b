package papers

import (
	"encoding/json"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"time"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

// Data is what a template prints. Everything in it is what the caller may see on the case's page: masked, and
// without what exists for others alone.
type Data struct {
	Case   *view.CaseView
	Paper  string // the key
	Title  string
	Issuer string // the office that issues it
	// Enterprise is the one whose people the case is about; empty where there is none.
	Enterprise string
	// Phone is that of the office that took the case in, where the directory has one; on the family's slip alone.
	Phone string
	// Decision is the last one that ended the case or sent it back to the applicant.
	Decision *Decision
	Printed  time.Time
	// Code is typed at the address Verify, QR shows Link as an image.
	Code, Verify, Link string
	QR                 template.URL
	Source             Source
}

// Decision is what an office decided, with its reason.
type Decision struct {
	At                      time.Time
	Office, Opinion, Clause string
	Defects                 []approval.Defect
}

// Source reads what only some papers print.
type Source interface {
	People() ([]view.Line, error)
	Totals() (view.LineTotals, error)
	Person() (*view.PersonView, error)
}

// People are the lines of the case.
func (d *Data) People() ([]view.Line, error) { return d.Source.People() }

// Totals reconciles them.
func (d *Data) Totals() (view.LineTotals, error) { return d.Source.Totals() }

// Person is the one the case is about.
func (d *Data) Person() (*view.PersonView, error) { return d.Source.Person() }

// Line is the one of a case about one person; empty where it has gone on to another case.
func (d *Data) Line() (view.Line, error) {
	lines, err := d.Source.People()
	if err != nil || len(lines) == 0 {
		return view.Line{}, err
	}
	return lines[0], nil
}

// Received are those of a handover who were received.
func (d *Data) Received() ([]view.Line, error) {
	return d.only(func(line view.Line) bool { return line.Outcome == string(procedures.OutcomeReceived) })
}

// Outstanding are those of a handover who were not received.
func (d *Data) Outstanding() ([]view.Line, error) {
	return d.only(func(line view.Line) bool { return line.Outcome != string(procedures.OutcomeReceived) })
}

// Missing are the archives that lack papers.
func (d *Data) Missing() ([]view.Line, error) {
	return d.only(func(line view.Line) bool { return line.Archive != nil && line.Archive.Missing != "" })
}

// SentBack are the archives that go back: those returned one by one, or all where the packet was returned.
func (d *Data) SentBack() ([]view.Line, error) {
	whole := d.PacketReturned() != nil
	return d.only(func(line view.Line) bool {
		return line.Archive != nil && (whole || line.Archive.Result == string(procedures.ArchiveReturned))
	})
}

// PacketReturned is the visit in which a packet of archives was sent back unopened or whole; nil while it stands received.
func (d *Data) PacketReturned() *view.PlanStep {
	for _, step := range slices.Backward(d.Case.Plan) {
		switch {
		case step.Visit == 0:
		case step.Outcome == approval.OutcomeReturned && (step.Stage == procedures.StageArchiveReceipt || step.Stage == procedures.StageArchiveReceiptCheck):
			return &step
		case step.Stage == procedures.StageArchiveReceipt && step.Outcome != "":
			return nil
		}
	}
	return nil
}

// Group is the lines of one community.
type Group struct {
	Name  string
	Lines []view.Line
}

// ByCommunity groups the lines by their communities, in the order of the roster.
func (d *Data) ByCommunity() ([]Group, error) {
	lines, err := d.Source.People()
	groups := []Group{}
	for _, line := range lines {
		i := slices.IndexFunc(groups, func(group Group) bool { return group.Name == line.CommunityName })
		if i < 0 {
			i = len(groups)
			groups = append(groups, Group{Name: line.CommunityName})
		}
		groups[i].Lines = append(groups[i].Lines, line)
	}
	return groups, err
}

// Streets counts the lines of each street that is known.
func (d *Data) Streets() ([]Group, error) {
	lines, err := d.Source.People()
	groups := []Group{}
	for _, line := range lines {
		if line.StreetName == "" {
			continue
		}
		i := slices.IndexFunc(groups, func(group Group) bool { return group.Name == line.StreetName })
		if i < 0 {
			i = len(groups)
			groups = append(groups, Group{Name: line.StreetName})
		}
		groups[i].Lines = append(groups[i].Lines, line)
	}
	return groups, err
}

func (d *Data) only(which func(view.Line) bool) ([]view.Line, error) {
	lines, err := d.Source.People()
	return slices.DeleteFunc(slices.Clone(lines), func(line view.Line) bool { return !which(line) }), err
}

// Volumes and Pages add up the archives of the lines.
func (d *Data) Volumes() (int, error) {
	return d.sum(func(archive *view.ArchiveLine) int { return archive.Volumes })
}

// Pages adds up the pages of the archives.
func (d *Data) Pages() (int, error) {
	return d.sum(func(archive *view.ArchiveLine) int { return archive.Pages })
}

func (d *Data) sum(of func(*view.ArchiveLine) int) (int, error) {
	lines, err := d.Source.People()
	total := 0
	for _, line := range lines {
		if line.Archive != nil {
			total += of(line.Archive)
		}
	}
	return total, err
}

// Steps are the stages gone through and to come, without those that are skipped.
func (d *Data) Steps() []view.PlanStep {
	return slices.DeleteFunc(slices.Clone(d.Case.Plan), func(step view.PlanStep) bool { return step.State == "skipped" })
}

// Step is the last visit of a stage, or the stage as it is foreseen; nil where there is none.
func (d *Data) Step(stage string) *view.PlanStep {
	var found *view.PlanStep
	for i := range d.Case.Plan {
		if d.Case.Plan[i].Stage == stage {
			found = &d.Case.Plan[i]
		}
	}
	return found
}

// Signer is who signed a stage, or is to; empty while nobody is known.
func (d *Data) Signer(stage string) view.PlanSigner {
	if step := d.Step(stage); step != nil && len(step.Signers) > 0 {
		return step.Signers[0]
	}
	return view.PlanSigner{}
}

// SignedOn is when a stage was signed; the zero time while it is not.
func (d *Data) SignedOn(stage string) time.Time {
	if step := d.Step(stage); step != nil && step.ClosedAt != nil {
		return *step.ClosedAt
	}
	return time.Time{}
}

// Parties are the offices that sign the last joint stage together; the applicant alone before they are known.
func (d *Data) Parties() []string {
	for _, step := range slices.Backward(d.Case.Plan) {
		if step.Mode == approval.ModeAll {
			if names := officesOf([]view.PlanStep{step}); len(names) > 0 {
				return names
			}
		}
	}
	return []string{d.Case.OfficeName}
}

// PartiesOf are the offices that sign one stage together.
func (d *Data) PartiesOf(stage string) []string {
	if step := d.Step(stage); step != nil {
		return officesOf([]view.PlanStep{*step})
	}
	return nil
}

// Deciding are the applicant and the offices of a kind that sign alone.
func (d *Data) Deciding(kind approval.OfficeKind) []string {
	steps := slices.DeleteFunc(d.Steps(), func(step view.PlanStep) bool {
		return step.OfficeKind != kind || step.Mode != approval.ModeSingle
	})
	names := append([]string{d.Case.OfficeName}, officesOf(steps)...)
	if len(names) == 2 && names[0] == names[1] {
		names = names[:1]
	}
	return names
}

func officesOf(steps []view.PlanStep) []string {
	names := []string{}
	for _, step := range steps {
		for _, signer := range step.Signers {
			if signer.OfficeName != "" && !slices.Contains(names, signer.OfficeName) {
				names = append(names, signer.OfficeName)
			}
		}
	}
	return names
}

// Receiver is the office that opens a packet of archives; empty before it is known.
func (d *Data) Receiver() string { return d.Signer(procedures.StageArchiveReceipt).OfficeName }

// Served are the papers of the case that are handed to the applicant against a signature.
func (d *Data) Served() []view.PaperTitle {
	return slices.DeleteFunc(slices.Clone(d.Case.Papers), func(paper view.PaperTitle) bool {
		return !slices.Contains([]string{"notice", "acceptance", "nonAcceptance", "rejection", "form"}, paper.Key)
	})
}

// Letter is the Party letter that holds: the last one that is not void; nil without one.
func (d *Data) Letter() *view.PartyLetter {
	if d.Case.Party == nil {
		return nil
	}
	for i := range d.Case.Party.Letters {
		if d.Case.Party.Letters[i].State != "void" {
			return &d.Case.Party.Letters[i]
		}
	}
	return nil
}

// Value words what was filled into a field of the form: a choice by its title, a date as 年月日; empty
// while nothing was.
func (d *Data) Value(key string) string {
	raw, ok := d.Case.Form[key]
	if !ok {
		return ""
	}
	for i := range slices.Backward(d.Case.FormFields) {
		if d.Case.FormFields[i].Key == key {
			return inWords(d.Case.FormFields[i], raw)
		}
	}
	return inWords(approval.Field{}, raw)
}

// Is reports whether a field of the form has this value.
func (d *Data) Is(key, value string) bool {
	var text string
	return json.Unmarshal(d.Case.Form[key], &text) == nil && text == value
}

// Records are the rows of a field that holds several, each by column.
func (d *Data) Records(key string) []map[string]string {
	var rows []map[string]json.RawMessage
	_ = json.Unmarshal(d.Case.Form[key], &rows)
	columns := map[string]approval.Field{}
	for _, field := range d.Case.FormFields {
		if field.Key == key {
			for _, column := range field.Fields {
				columns[column.Key] = column
			}
		}
	}
	list := []map[string]string{}
	for _, row := range rows {
		words := map[string]string{}
		for column, raw := range row {
			words[column] = inWords(columns[column], raw)
		}
		list = append(list, words)
	}
	return list
}

// inWords says a value of a form in Chinese.
func inWords(field approval.Field, raw json.RawMessage) string {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return ""
	}
	title := func(text string) string {
		for _, option := range field.Options {
			if option.Value == text {
				return option.Title.ZH
			}
		}
		return text
	}
	switch value := value.(type) {
	case string:
		if field.Kind == approval.FieldDate {
			return date(value)
		}
		return title(value)
	case bool:
		if value {
			return "是"
		}
		return "否"
	case float64:
		if field.Kind == approval.FieldMoney {
			return rules.Fen(value).String() + " 元"
		}
		return strconv.FormatFloat(value, 'f', -1, 64)
	case []any:
		words := []string{}
		for _, each := range value {
			if text, ok := each.(string); ok {
				words = append(words, title(text))
			}
		}
		return strings.Join(words, "、")
	}
	return ""
}
