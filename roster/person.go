package roster

import (
	"strconv"
	"strings"
	"time"

	"jieli/rules"
)

// person is what the checks of one row share.
type person struct {
	row    *Row
	record *record
	layout *layout
	// id is the reading of the identity number; idValid that it is a valid one of GB 11643.
	id      rules.IDNumberCheck
	idValid bool
	// key identifies the person across rows; empty when the number does not.
	key string
}

// checkPerson fills in the values and findings of a person's row as far as the row alone decides.
func (c *checker) checkPerson(record *record, row *Row) *person {
	p := &person{row: row, record: record, layout: c.layout}
	row.Level = LevelOK
	row.Findings = []Finding{}
	row.Values = make(map[Column]string, len(c.layout.position))
	if record.hidden {
		p.say(CodeHiddenRow, "")
	}
	c.readValues(p)
	p.checkRequired()
	p.checkName()
	c.checkIDNumber(p)
	birth, _ := c.checkDate(p, ColumnBirth)
	retirement, retired := c.checkDate(p, ColumnRetirementDate)
	if p.idValid {
		p.compareWithID(birth, retirement, retired)
	}
	p.checkPhone(ColumnPhone)
	p.checkPhone(ColumnKinPhone)
	c.checkPartyDues(p)
	c.checkResidence(p)
	p.checkScope()
	p.checkFormulas()
	return p
}

func (p *person) say(code string, column Column) {
	text := wording(code, column)
	p.row.add(code, column, text.zh, text.en)
}

// set stores a value and remarks once per column that it was rewritten.
func (p *person) set(column Column, raw, value string) {
	if value == "" {
		return
	}
	p.row.Values[column] = value
	if value != raw && column != ColumnSequence {
		p.say(CodeNormalized, column)
	}
}

// readValues normalises every recognised column except dates and phones, whose checks do it.
func (c *checker) readValues(p *person) {
	for position, column := range c.layout.columns {
		raw := p.record.cell(position)
		if raw == "" || column == "" {
			continue
		}
		if p.record.kind(position)&kindMask == kindError {
			// #N/A and its kin are no value; what is required is then missing.
			continue
		}
		switch column {
		case ColumnOrigin:
			if origin, err := strconv.Atoi(normaliseCode(raw)); err == nil && origin > 0 {
				p.row.Origin = origin
			}
		case ColumnReason, ColumnBirth, ColumnRetirementDate, ColumnPartyDuesMonth:
		case ColumnIDNumber:
			p.set(column, raw, normaliseIDNumber(raw))
		case ColumnName, ColumnKinName:
			p.set(column, raw, normaliseName(raw))
		case ColumnSex:
			p.set(column, raw, normaliseSex(raw))
		case ColumnPoliticalStatus:
			p.set(column, raw, normalisePoliticalStatus(raw))
		case ColumnHukouCode, ColumnResidenceCode, ColumnArchiveNumber, ColumnSocialSecurityNumber, ColumnArchiveVolumes:
			p.set(column, raw, normaliseCode(raw))
		default:
			p.set(column, raw, normaliseText(raw))
		}
	}
}

func (p *person) raw(column Column) string {
	position := p.layout.at(column)
	if p.record.kind(position)&kindMask == kindError {
		return ""
	}
	return p.record.cell(position)
}

func (p *person) checkRequired() {
	if p.row.Values[ColumnName] == "" {
		p.say(CodeMissingRequired, ColumnName)
	}
	if p.row.Values[ColumnIDNumber] == "" {
		p.say(CodeMissingRequired, ColumnIDNumber)
	}
	if normaliseText(p.raw(ColumnRetirementDate)) == "" {
		p.say(CodeMissingRequired, ColumnRetirementDate)
	}
}

func (p *person) checkName() {
	if isTwoNames(trimBlank(p.raw(ColumnName))) {
		p.say(CodeTwoPersons, ColumnName)
	}
}

func (c *checker) checkIDNumber(p *person) {
	raw := p.raw(ColumnIDNumber)
	text := p.row.Values[ColumnIDNumber]
	if text == "" {
		return
	}
	if isTwoNumbers(raw) {
		p.say(CodeTwoPersons, ColumnIDNumber)
		return
	}
	numeric := p.record.kind(p.layout.at(ColumnIDNumber))&kindMask == kindNumber
	if isOtherPaper(p.row.Values[ColumnIDType]) {
		switch {
		case isScientific(text) || (numeric && len(text) > 15):
			p.say(CodeIDTruncated, ColumnIDNumber)
		case !otherPaperNumber(text):
			text := wording(codeOtherPaper, ColumnIDNumber)
			p.row.add(CodeIDFormat, ColumnIDNumber, text.zh, text.en)
		default:
			p.key = text
		}
		return
	}
	p.id = rules.CheckIDNumber(text, c.options.Today)
	switch {
	case numeric || isScientific(text) || (p.id.ChecksumWrong && strings.HasSuffix(text, "000")):
		p.say(CodeIDTruncated, ColumnIDNumber)
		if p.id.Problem == rules.IDProblemFifteen {
			p.sayFifteen()
		}
		return
	case p.id.Problem == rules.IDProblemFifteen:
		p.sayFifteen()
		p.key = p.id.Upgraded
	case p.id.Problem == rules.IDProblemFormat:
		p.say(CodeIDFormat, ColumnIDNumber)
	default:
		if p.id.Problem == rules.IDProblemDate {
			p.say(CodeIDDate, ColumnIDNumber)
		}
		if p.id.ChecksumWrong {
			p.say(CodeIDChecksum, ColumnIDNumber)
		}
		p.idValid = p.id.Valid()
		p.key = text
	}
}

// sayFifteen names the 18-digit form without writing a number out.
func (p *person) sayFifteen() {
	text := wording(codeFifteen, ColumnIDNumber)
	p.row.add(CodeIDFormat, ColumnIDNumber, text.zh, text.en)
}

// checkDate reads a date column into its normalised value.
func (c *checker) checkDate(p *person, column Column) (rules.PartialDate, bool) {
	raw := p.raw(column)
	text := normaliseText(raw)
	if text == "" {
		return rules.PartialDate{}, false
	}
	latest := c.options.Today
	if column == ColumnBirth && !latest.IsZero() {
		// Nobody retires in youth, so 25 in a date of birth means 1925.
		latest = latest.AddDate(-30, 0, 0)
	}
	date, ok := rules.ParsePartialDate(halfWidth(c.sinceOrigin(text, p.record.kind(p.layout.at(column)))), latest)
	if !ok {
		p.row.Values[column] = text
		p.say(CodeDateFormat, column)
		return date, false
	}
	p.set(column, raw, date.String())
	if date.Day == 0 || date.Rewritten {
		p.say(CodeNormalized, column)
	}
	return date, true
}

// sinceOrigin moves a serial counted from 1904 to the usual origin.
func (c *checker) sinceOrigin(text string, kind cellKind) string {
	const between = 1462
	if !c.source.date1904 || kind&kindMask != kindNumber {
		return text
	}
	whole, _, _ := strings.Cut(text, ".")
	if serial, err := strconv.Atoi(whole); err == nil && (len(whole) == 4 && serial > 2150 || len(whole) == 5) {
		return strconv.Itoa(serial + between)
	}
	return text
}

// compareWithID holds against the number what the row says besides it. The ages are those at
// which a retirement is worth a look, not the statutory ones, which vary (contract, Roster findings).
func (p *person) compareWithID(birth, retirement rules.PartialDate, retired bool) {
	if birth.Year != 0 && !birth.Matches(p.id.Birth) {
		p.say(CodeBirthMismatch, ColumnBirth)
	}
	if sex := p.row.Values[ColumnSex]; (sex == string(rules.SexMale) || sex == string(rules.SexFemale)) && sex != string(p.id.Sex) {
		p.say(CodeSexMismatch, ColumnSex)
	}
	if !retired {
		return
	}
	const lowestMan, lowestWoman, highest = 50, 45, 70
	lowest := lowestMan
	if p.id.Sex == rules.SexFemale {
		lowest = lowestWoman
	}
	years := retirement.YearsSince(p.id.Birth)
	if years < lowest || years > highest || (years == highest && !birthdayOf(retirement, p.id.Birth)) {
		p.say(CodeRetirementAgeUnusual, ColumnRetirementDate)
	}
}

// birthdayOf reports that the date falls on the birthday, or, known to the month, in its month:
// the day after, a person is over that age.
func birthdayOf(date rules.PartialDate, birth time.Time) bool {
	return date.Month == int(birth.Month()) && (date.Day == 0 || date.Day == birth.Day())
}

func (p *person) checkPhone(column Column) {
	raw := p.raw(column)
	text := normaliseText(raw)
	if text == "" {
		return
	}
	text = strings.TrimFunc(halfWidth(text), isBlankRune)
	number, kind := rules.CheckPhone(strings.Map(asciiPhoneSign, text))
	if kind == rules.PhoneInvalid {
		p.row.Values[column] = text
		p.say(CodePhoneFormat, column)
		return
	}
	p.set(column, raw, number)
}

// asciiPhoneSign writes the signs between the digits of a telephone number one way.
func asciiPhoneSign(r rune) rune {
	switch r {
	case '—', '–', '―', '─', '‐', '‑':
		return '-'
	case '（':
		return '('
	case '）':
		return ')'
	}
	if isBlankRune(r) {
		return ' '
	}
	return r
}

func (c *checker) checkPartyDues(p *person) {
	raw := p.raw(ColumnPartyDuesMonth)
	text := normaliseText(raw)
	if text != "" {
		if date, ok := rules.ParsePartialDate(halfWidth(c.sinceOrigin(text, p.record.kind(p.layout.at(ColumnPartyDuesMonth)))), c.options.Today); ok {
			date.Day = 0
			p.set(ColumnPartyDuesMonth, raw, date.String())
			return
		}
		p.row.Values[ColumnPartyDuesMonth] = text
	}
	if isPartyMember(p.row.Values[ColumnPoliticalStatus]) {
		code := CodePartyDuesMissing
		if text != "" {
			code = codeDuesUnreadable
		}
		text := wording(code, ColumnPartyDuesMonth)
		p.row.add(CodePartyDuesMissing, ColumnPartyDuesMonth, text.zh, text.en)
	}
}

func (c *checker) checkResidence(p *person) {
	if c.options.Resolve == nil {
		return
	}
	values := p.row.Values
	if place, ok := c.options.Resolve(values[ColumnHukouCode], values[ColumnHukouAddress]); ok {
		p.row.Hukou = place
	}
	if place, ok := c.options.Resolve(values[ColumnResidenceCode], values[ColumnResidenceAddress]); ok {
		p.row.Residence = place
		return
	}
	column := ColumnResidenceAddress
	if c.layout.at(column) < 0 && c.layout.at(ColumnResidenceCode) >= 0 {
		column = ColumnResidenceCode
	}
	code := CodeResidenceUnresolved
	if p.row.Hukou.Code != "" {
		code = codeHukouProposed
	}
	text := wording(code, column)
	p.row.add(CodeResidenceUnresolved, column, text.zh, text.en)
}

func (p *person) checkScope() {
	for _, column := range [3]Column{ColumnRetirementType, ColumnSpecialCategory, ColumnRemarks} {
		if isOutOfScope(p.row.Values[column]) {
			p.say(CodeOutOfScope, column)
			return
		}
	}
}

func (p *person) checkFormulas() {
	for position, cell := range p.record.cells {
		formula := p.record.kinds[position]&kindFormula != 0
		if !formula && p.record.kinds[position]&kindMask == kindText && cell != "" {
			text := unquoted(cell)
			formula = looksLikeFormula(text) && !isPhone(text)
		}
		if formula && !p.layout.added(position) {
			column := Column("")
			if position < len(p.layout.columns) {
				column = p.layout.columns[position]
			}
			p.say(CodeFormulaText, column)
		}
	}
}

func isPhone(text string) bool {
	_, kind := rules.CheckPhone(strings.Map(asciiPhoneSign, trimBlank(halfWidth(text))))
	return kind != rules.PhoneInvalid
}
