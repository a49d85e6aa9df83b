package view

import (
	"time"

	"jieli/approval"
)

// ManagedGroup is a registered group of people under an interim form of management (S3.3).
type ManagedGroup struct {
	ID             string        `json:"id"`
	Number         string        `json:"number" doc:"of the registration"`
	Form           string        `json:"form" enum:"F2,F3,F4,F5"`
	FormTitle      approval.Text `json:"formTitle"`
	Enterprise     string        `json:"enterprise"`
	EnterpriseName string        `json:"enterpriseName"`
	Bureau         string        `json:"bureau" doc:"the office that registered it"`
	Region         string        `json:"region"`
	BodyName       string        `json:"bodyName" doc:"who manages"`
	BodyOffice     string        `json:"bodyOffice,omitempty"`
	State          string        `json:"state" enum:"registered,closed"`
	RegisteredOn   string        `json:"registeredOn"`
	ReviewOn       string        `json:"reviewOn,omitempty"`
	Conclusion     string        `json:"conclusion" enum:",continue,transition" doc:"of the last review"`
	ClosedOn       string        `json:"closedOn,omitempty"`
	Case           string        `json:"case,omitempty" doc:"the case that registered it"`
	People         int           `json:"people"`
	Review         string        `json:"review,omitempty" doc:"the review under way"`
	Transition     string        `json:"transition,omitempty" doc:"a transition under way"`
}

// ManagedGroupView is a group with the cases about it.
type ManagedGroupView struct {
	ManagedGroup
	Cases []GroupCase `json:"cases"`
}

// GroupCase is a case about a group: its registration, a review, a transition.
type GroupCase struct {
	No          string             `json:"no"`
	Type        string             `json:"type"`
	TypeTitle   approval.Text      `json:"typeTitle"`
	Title       string             `json:"title"`
	State       approval.CaseState `json:"state"`
	SubmittedAt time.Time          `json:"submittedAt"`
	EndedAt     *time.Time         `json:"endedAt,omitempty"`
}

// GroupPerson is one of the people of a group.
type GroupPerson struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	IDNumber   string `json:"idNumber" doc:"masked"`
	Residence  string `json:"residence"`
	Street     string `json:"street,omitempty" doc:"the street of the residence, where the address resolves"`
	StreetName string `json:"streetName,omitempty"`
	Transition string `json:"transition,omitempty" doc:"the transition that moves the person"`
}

// DueReview is something whose review date is near or past.
type DueReview struct {
	Kind     string        `json:"kind" enum:"group,archive,deferred"`
	Title    string        `json:"title"`
	Detail   approval.Text `json:"detail" doc:"what is to be looked at again"`
	ReviewOn string        `json:"reviewOn"`
	Past     bool          `json:"past"`
	Group    string        `json:"group,omitempty"`
	Person   string        `json:"person,omitempty"`
	Case     string        `json:"case,omitempty"`
}
