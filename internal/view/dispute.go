package view

import (
	"time"

	"jieli/approval"
)

// DisputeCase is what the page of a dispute shows beside its form: whom it is about, and both lists, the
// earlier first.
type DisputeCase struct {
	Name     string        `json:"name"`
	IDNumber string        `json:"idNumber" doc:"masked"`
	Sides    []DisputeSide `json:"sides"`
}

// DisputeSide is one enterprise's list.
type DisputeSide struct {
	Enterprise    string        `json:"enterprise"`
	Handover      string        `json:"handover"`
	Row           int           `json:"row"`
	SubmittedAt   time.Time     `json:"submittedAt"`
	Residence     string        `json:"residence"`
	Outcome       string        `json:"outcome"`
	OutcomeReason approval.Text `json:"outcomeReason"`
}
