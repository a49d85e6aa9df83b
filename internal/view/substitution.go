package view

import (
	"time"

	"jieli/approval"
)

// Substitution is one officer standing in for another of the same office, from one day to another.
type Substitution struct {
	ID             string         `json:"id"`
	Person         string         `json:"person" doc:"who is absent"`
	PersonName     string         `json:"personName"`
	Substitute     string         `json:"substitute" doc:"who stands in"`
	SubstituteName string         `json:"substituteName"`
	Office         string         `json:"office"`
	OfficeName     string         `json:"officeName"`
	Role           approval.Role  `json:"role,omitempty" doc:"empty for all the posts of the person in the office"`
	RoleTitle      *approval.Text `json:"roleTitle,omitempty"`
	From           string         `json:"from" doc:"first day"`
	To             string         `json:"to" doc:"last day"`
	Reason         string         `json:"reason,omitempty" doc:"shown to the person and to whoever may revoke it"`
	CreatedByName  string         `json:"createdByName"`
	CreatedAt      time.Time      `json:"createdAt"`
	RevokedByName  string         `json:"revokedByName,omitempty"`
	RevokedAt      *time.Time     `json:"revokedAt,omitempty"`
	State          string         `json:"state" enum:"planned,active,ended,revoked"`
	MayRevoke      bool           `json:"mayRevoke"`
	CreatedBy      string         `json:"-"`
	OfficePath     string         `json:"-"`
}

// NewSubstitution is a substitution to be set; the days are written 2026-11-24.
type NewSubstitution struct {
	ID, Person, Substitute, Office string
	Role                           approval.Role
	From, To, Reason, By           string
}

// StandIn is one post that somebody stands in for on a day.
type StandIn struct {
	Substitution string
	Person, Name string
	Office       string
	Role         approval.Role
}
