package view

import (
	"time"

	"jieli/approval"
)

// PartyView is who is responsible for a member, and every change of it.
type PartyView struct {
	Holder            string        `json:"holder" doc:"the Party organisation responsible now"`
	HolderOffice      string        `json:"holderOffice,omitempty" doc:"its office; none for an organisation outside this system"`
	Branch            string        `json:"branch,omitempty"`
	MemberStatus      string        `json:"memberStatus" enum:"full,probationary"`
	MemberStatusTitle approval.Text `json:"memberStatusTitle"`
	Since             time.Time     `json:"since"`
	Case              string        `json:"case,omitempty"`
	Responsibilities  []CustodyView `json:"responsibilities"`
}

// PartyCase is what the page of a transfer shows beside its form.
type PartyCase struct {
	Holder  string        `json:"holder" doc:"the Party organisation responsible now"`
	Branch  string        `json:"branch,omitempty"`
	Since   time.Time     `json:"since"`
	Sender  string        `json:"sender"`
	Letters []PartyLetter `json:"letters"`
}

// PartyLetter is one letter of a transfer; at most one of them is not void.
type PartyLetter struct {
	Number        string        `json:"number"`
	Way           string        `json:"way" enum:"paper,online"`
	Addressee     string        `json:"addressee"`
	IssuedByName  string        `json:"issuedByName"`
	IssuedOn      string        `json:"issuedOn" format:"date"`
	ValidDays     int           `json:"validDays"`
	ExpiresOn     string        `json:"expiresOn" format:"date"`
	State         string        `json:"state" enum:"valid,received,void"`
	StateTitle    approval.Text `json:"stateTitle"`
	Reason        string        `json:"reason,omitempty" doc:"why it is void"`
	ReceiptNumber string        `json:"receiptNumber,omitempty"`
	ReceiptOn     string        `json:"receiptOn,omitempty" format:"date"`
}
