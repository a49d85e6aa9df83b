package view

import (
	"strings"
	"time"

	"jieli/approval"
	"jieli/procedures"
)

// FamilyAnswer is what a family is told of its case without an account. It has no place for a name, an amount, an
// account, an ID number, an officer or what one has written.
type FamilyAnswer struct {
	Matter approval.Text `json:"matter"`
	State  string        `json:"state" enum:"under-way,waiting,decided,paid,ended"`
	// Standing is where the case is, in plain words.
	Standing approval.Text `json:"standing"`
	Steps    []FamilyStep  `json:"steps"`
	// Office has the case in hand; it is missing once the case has ended. Counter took it in, and answers the family.
	Office  *FamilyOffice   `json:"office,omitempty"`
	Counter FamilyOffice    `json:"counter"`
	Until   string          `json:"until,omitempty" doc:"the day by which this step is to be done"`
	Late    bool            `json:"late" doc:"that day has passed"`
	Missing []approval.Text `json:"missing" doc:"what the family is asked for"`
	Updated string          `json:"updated" doc:"the day the case came to where it is"`
}

// FamilyStep is one step of the way.
type FamilyStep struct {
	Title approval.Text `json:"title"`
	State string        `json:"state" enum:"done,now,next"`
}

// FamilyOffice is an office the family may call.
type FamilyOffice struct {
	Name  string `json:"name"`
	Phone string `json:"phone,omitempty"`
}

// FamilyCase is what the answer is made from.
type FamilyCase struct {
	Fold    *approval.Case
	Family  procedures.Family
	Offices map[string]FamilyOffice
	// Refused: the bank did not know an account, which is being corrected. Paid: everything has arrived.
	Refused, Paid bool
}

// InquiryLimit bounds how often a subject (a code, an address, everybody) may fail within a while; who has reached it
// waits as long again.
type InquiryLimit struct {
	Subject string
	Most    int
	While   time.Duration
}

// TypedCode reads a printed code as people type it: in small letters, with dashes and spaces, with letters for the
// digits they look like. However a code is typed, it is one code.
func TypedCode(code string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'O':
			return '0'
		case r == 'I' || r == 'L':
			return '1'
		case r >= '0' && r <= '9' || r >= 'A' && r <= 'Z':
			return r
		}
		return -1
	}, strings.ToUpper(code))
}
