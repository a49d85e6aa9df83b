package view

import (
	"time"

	"jieli/approval"
)

// RosterTotals counts the rows of a roster; people = ok + warning + blocker.
type RosterTotals struct {
	People  int `json:"people"`
	OK      int `json:"ok"`
	Warning int `json:"warning"`
	Blocker int `json:"blocker"`
	Skipped int `json:"skipped"`
}

// RosterView is an uploaded roster.
type RosterView struct {
	ID           string         `json:"id"`
	FileName     string         `json:"fileName"`
	Enterprise   string         `json:"enterprise"`
	UploadedAt   time.Time      `json:"uploadedAt"`
	State        string         `json:"state" enum:"checking,checked,failed"`
	Progress     int            `json:"progress" doc:"rows checked"`
	ProgressOf   int            `json:"progressOf" doc:"rows in the file, 0 while unknown"`
	Refusal      *approval.Text `json:"refusal,omitempty" doc:"why a failed file was refused"`
	Totals       RosterTotals   `json:"totals"`
	Codes        map[string]int `json:"codes" doc:"rows per finding code"`
	NotPart      int            `json:"notPart" doc:"rows whose only blockers are 'not part of this handover'"`
	UnknownTitle []string       `json:"unknownHeaders" doc:"columns not recognised, offered for mapping"`
	Case         string         `json:"case,omitempty" doc:"the handover it went into"`
}

// RosterFinding is one finding of a row.
type RosterFinding struct {
	Code    string        `json:"code"`
	Column  string        `json:"column"`
	Title   approval.Text `json:"title"`
	Level   string        `json:"level"`
	Group   string        `json:"group" doc:"correct or not_part, for blockers"`
	Message approval.Text `json:"message"`
}

// RosterRow is one row of a roster, masked.
type RosterRow struct {
	Row      int               `json:"row"`
	Level    string            `json:"level" enum:"ok,warning,blocker,skipped"`
	Findings []RosterFinding   `json:"findings"`
	Values   map[string]string `json:"values"`
}
