package view

import (
	"time"

	"jieli/approval"
)

// Death is what is known of a person's death: on the person's page while it is reported or verified, and on
// the pages of its case and of its rescission.
type Death struct {
	Case  string `json:"case"`
	State string `json:"state" enum:"reported,verified,rescinded,dropped"`
	// DiedOn is the day of death, or of the court's declaration.
	DiedOn     string    `json:"diedOn,omitempty"`
	ReportedAt time.Time `json:"reportedAt"`
	// NoticeDue is the last of the 20 working days in which the agency has to be told.
	NoticeDue    string       `json:"noticeDue,omitempty"`
	NoticeLate   bool         `json:"noticeLate" doc:"the report came after the last day"`
	PensionStops string       `json:"pensionStops,omitempty" doc:"first day of the first month that is not paid"`
	Silenced     bool         `json:"silenced" doc:"no greeting and no reminder goes to the person's own number"`
	Closed       []DeathClose `json:"closed"`
	Rescission   string       `json:"rescission,omitempty" doc:"the case that corrects it, if one is open or done"`
	// WithheldMonths and WithheldFen are what a rescission pays out.
	WithheldMonths int   `json:"withheldMonths,omitempty"`
	WithheldFen    int64 `json:"withheldFen,omitempty"`
	// Recovery is the case that recovers pension paid after the death, for whoever may see it.
	Recovery string `json:"recovery,omitempty"`
}

// DeathClose is one record that the death has closed.
type DeathClose struct {
	Title      approval.Text `json:"title"`
	ClosedAt   time.Time     `json:"closedAt"`
	RestoredAt *time.Time    `json:"restoredAt,omitempty"`
}

// DeathNote says on the page of another case that one of its people has died.
type DeathNote struct {
	Person string `json:"person"`
	Name   string `json:"name"`
	DiedOn string `json:"diedOn"`
}

// LoadedDeaths counts what became of the rows of a matched list.
type LoadedDeaths struct {
	Opened, Unregistered int
	// Known are those whose death was reported or verified already.
	Known int
	// Invalid are the numbers of the rows that could not be read, the heading being row 1.
	Invalid []int
}
