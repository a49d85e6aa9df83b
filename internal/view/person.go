package view

import (
	"time"

	"jieli/approval"
)

// PersonItem is one person of the registry in a list, masked.
type PersonItem struct {
	ID             string     `json:"id"`
	Name           string     `json:"name"`
	IDNumber       string     `json:"idNumber"`
	Enterprise     string     `json:"enterprise"`
	CommunityName  string     `json:"communityName"`
	Form           string     `json:"form"`
	BodyName       string     `json:"bodyName,omitempty" doc:"who manages under a form other than the basic one"`
	HandedOverOn   string     `json:"handedOverOn"`
	OpenCase       string     `json:"openCase,omitempty"`
	Archive        string     `json:"archive,omitempty" enum:",with_enterprise,in_transit,coming_back,with_holder,shelved,held" doc:"where the archive is; empty before it is known"`
	PartyHolder    string     `json:"partyHolder,omitempty" doc:"the Party organisation responsible for a member; Party scope only"`
	PartyOffice    string     `json:"partyOffice,omitempty" doc:"its office; Party scope only"`
	PartyCase      string     `json:"partyCase,omitempty" doc:"the transfer of the relation under way, in lists; Party scope only"`
	OpenCaseHolder string     `json:"openCaseHolder,omitempty"`
	OpenCaseDue    *time.Time `json:"openCaseDue,omitempty"`
}

// PersonView is a person's page.
type PersonView struct {
	PersonItem
	Sex          string        `json:"sex"`
	Birth        string        `json:"birth"`
	Phone        string        `json:"phone" doc:"masked"`
	Residence    string        `json:"residence"`
	Hukou        string        `json:"hukou"`
	RetiredOn    string        `json:"retiredOn"`
	PayingAgency string        `json:"payingAgency"`
	ContactCard  string        `json:"contactCard"`
	FormTitle    approval.Text `json:"formTitle"`
	Group        string        `json:"group,omitempty" doc:"the registered group the person is in"`
	Special      []string      `json:"special,omitempty" doc:"special categories, receiving community only"`
	PartyMember  string        `json:"partyMember,omitempty" doc:"Party scope only"`
	Archive      *ArchiveView  `json:"archive,omitempty"`
	Party        *PartyView    `json:"party,omitempty" doc:"who is responsible for the member; Party scope only"`
	// Death is reported, or verified.
	Death            *Death          `json:"death,omitempty"`
	History          []PersonHistory `json:"history"`
	Cases            []CaseItem      `json:"cases"`
	BenefitDue       bool            `json:"benefitDue" doc:"the death is verified and nobody has claimed the benefit yet"`
	BenefitClaimed   bool            `json:"benefitClaimed" doc:"the benefit is claimed or paid: another claim becomes a dispute"`
	RevealableFields []string        `json:"revealableFields"`
}

// PersonHistory is one change of a person's registry record.
type PersonHistory struct {
	On      string        `json:"on"`
	What    approval.Text `json:"what"`
	Manager string        `json:"manager"`
	Form    string        `json:"form"`
	Case    string        `json:"case,omitempty"`
}
