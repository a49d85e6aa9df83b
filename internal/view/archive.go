package view

import (
	"time"

	"jieli/approval"
)

// ArchiveLine is one person's archive in a transfer.
type ArchiveLine struct {
	Number       string        `json:"number"`
	Volumes      int           `json:"volumes"`
	Pages        int           `json:"pages"`
	Missing      string        `json:"missing"`
	Finding      string        `json:"finding"`
	FindingTitle approval.Text `json:"findingTitle"`
	Result       string        `json:"result" enum:",accepted,accepted_with_defects,returned,absent"`
	SupplementBy string        `json:"supplementBy"`
	Shelf        string        `json:"shelf"`
	Holder       string        `json:"holder" doc:"who holds it now"`
	State        string        `json:"state" enum:"with_enterprise,in_transit,coming_back,with_holder,shelved,held"`
	StateTitle   approval.Text `json:"stateTitle"`
}

// ArchiveView is a person's archive: who holds it, since when, and every change of hands.
type ArchiveView struct {
	Number     string        `json:"number"`
	Volumes    int           `json:"volumes"`
	State      string        `json:"state" enum:"with_enterprise,in_transit,coming_back,with_holder,shelved,held,on_loan"`
	StateTitle approval.Text `json:"stateTitle"`
	Holder     string        `json:"holder"`
	Shelf      string        `json:"shelf"`
	ReviewOn   string        `json:"reviewOn,omitempty"`
	Since      time.Time     `json:"since"`
	Case       string        `json:"case,omitempty"`
	Custody    []CustodyView `json:"custody"`
	// RecordedOn is when the street entered a held archive's person into its information base (S2.4).
	RecordedOn string    `json:"recordedOn,omitempty"`
	RecordedBy string    `json:"recordedBy,omitempty" doc:"the street"`
	Loan       *LoanView `json:"loan,omitempty" doc:"the loan that is out, else the last one"`
	Hold       *HoldView `json:"hold,omitempty" doc:"why it is held; Party scope only"`
}

// LoanView is one loan of an archive: who has it until when, and how it came back.
type LoanView struct {
	Case       string         `json:"case"`
	Borrower   string         `json:"borrower"`
	LentOn     string         `json:"lentOn"`
	DueOn      string         `json:"dueOn"`
	ReturnedOn string         `json:"returnedOn,omitempty"`
	Condition  *approval.Text `json:"condition,omitempty"`
	Defects    string         `json:"defects,omitempty"`
	MakeGoodBy string         `json:"makeGoodBy,omitempty" doc:"by when the borrower makes it good"`
}

// HoldView is the letter an archive is held on.
type HoldView struct {
	LetterNumber string         `json:"letterNumber"`
	LetterIssuer string         `json:"letterIssuer,omitempty"`
	Reason       *approval.Text `json:"reason,omitempty"`
	Particulars  string         `json:"particulars,omitempty"`
	Case         string         `json:"case"`
}

// CustodyView is one change of hands; both sides sign it.
type CustodyView struct {
	At         time.Time     `json:"at"`
	From       string        `json:"from"`
	To         string        `json:"to"`
	HandedBy   string        `json:"handedBy"`
	ReceivedBy string        `json:"receivedBy"`
	Reason     approval.Text `json:"reason"`
	Case       string        `json:"case,omitempty"`
}
