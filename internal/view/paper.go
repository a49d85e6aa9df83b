package view

import (
	"time"

	"jieli/approval"
)

// PaperTitle is a paper a case can be printed as.
type PaperTitle struct {
	Key   string        `json:"key"`
	Title approval.Text `json:"title"`
}

// PrintedPaper is what was printed: a paper of a case, from one entry of its journal.
type PrintedPaper struct {
	Case, Paper, Hash string
	Version           int64
	// Intact: the chain of hashes holds from its first entry to the last, and the paper's entry is still in it.
	Intact  bool
	Entries []approval.Entry
}

// Verification is what anybody who holds a paper may know. What is said of a paper that exists for
// Party roles alone ends with Intact.
type Verification struct {
	No         string `json:"no"`
	OfficeName string `json:"officeName" doc:"the office that issued the paper"`
	Intact     bool   `json:"intact" doc:"the journal is unchanged since the paper was printed, but for what was added"`

	TypeTitle  *approval.Text `json:"typeTitle,omitempty"`
	PaperTitle *approval.Text `json:"paperTitle,omitempty"`
	Version    int64          `json:"version,omitempty" doc:"the entry of the journal the paper was printed from"`
	At         *time.Time     `json:"at,omitempty" doc:"when that entry was written"`
	Hash       string         `json:"hash,omitempty" doc:"the first digits of its hash"`
	GoneOn     bool           `json:"goneOn,omitempty" doc:"what the case says has changed since"`
	Standing   *approval.Text `json:"standing,omitempty" doc:"where the case stands now, in one sentence"`
}
