package view

import (
	"jieli/approval"
)

// Line is one person of a batch, masked, with the columns the caller may see.
type Line struct {
	ID            string        `json:"id"`
	Row           int           `json:"row"`
	Hidden        bool          `json:"hidden" doc:"true while the organisation department screens the line; then only the row number is shown"`
	Name          string        `json:"name"`
	IDNumber      string        `json:"idNumber" doc:"masked"`
	Person        string        `json:"person,omitempty"`
	Residence     string        `json:"residence"`
	Street        string        `json:"street"`
	StreetName    string        `json:"streetName"`
	Community     string        `json:"community"`
	CommunityName string        `json:"communityName"`
	MatchResult   string        `json:"matchResult"`
	MatchReason   approval.Text `json:"matchReason"`
	CadreClass    string        `json:"cadreClass,omitempty" doc:"Party scope only"`
	ManagingOrgan string        `json:"managingOrgan,omitempty" doc:"the organ that manages the cadre (干部管理权限单位); Party scope only"`
	Outcome       string        `json:"outcome"`
	OutcomeReason approval.Text `json:"outcomeReason"`
	Intake        string        `json:"intake,omitempty"`
	Reception     string        `json:"reception,omitempty"`
	// Archive is the person's archive in a transfer of archives.
	Archive *ArchiveLine `json:"archive,omitempty"`
	// Transfer is the case in which the archive travels, to those who take part in it.
	Transfer string `json:"transfer,omitempty"`
	// Dispute is the case that decides who hands the person over.
	Dispute string `json:"dispute,omitempty"`
	// Relation is the case in which a Party member's relation is transferred; Party scope only.
	Relation string `json:"relation,omitempty"`
	// Cells is the matrix row: state per column (submission, screening, match, allocation, reception, archive, party).
	Cells map[string]string `json:"cells"`
}

// EstateGroup is the people of one estate whose address resolves to no place yet. A correction of
// the named field for all its lines settles them, and is remembered for the next batch.
type EstateGroup struct {
	Estate  string   `json:"estate" doc:"the part of the address that neighbours share; empty for no address"`
	People  int      `json:"people"`
	Example string   `json:"example" doc:"one whole address"`
	Field   string   `json:"field" doc:"the line field that is missing: street or community"`
	Lines   []string `json:"lines"`
}

// LineTotals is the reconciliation of a batch: people = the sum of outcomes + open.
type LineTotals struct {
	People   int            `json:"people"`
	Open     int            `json:"open"`
	Outcomes map[string]int `json:"outcomes"`
	Streets  map[string]int `json:"streets"`
}
