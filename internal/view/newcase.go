package view

import "jieli/approval"

// NewCase is everything a submission writes at once.
type NewCase struct {
	Submission   approval.Submission
	Prefix       string // of the case number, when the submission has none yet
	Region       string // district code of the case number
	Path         string // region path; empty = that of the submitting office
	Title        string
	Roster       string
	Search       []string
	Access       []string // offices that may see the case besides those that get a task
	BusinessKeys map[string]string
	// RequestActor and RequestKey name the request that submits, so that its row learns the case.
	RequestActor, RequestKey string
	// Lines are written with the case: the people of a handover. With Roster set and no Lines they
	// are taken from the roster's rows of level ok and warning.
	Lines []NewLine
	// Archives are written with an archive transfer: whose they are.
	Archives []NewArchive
	// Identity is the ID number a correction asks for; it is sealed as the case is written.
	Identity string
	// People are those of a group whom a transition moves; none = all of it.
	People []string
	// Claimants are who claims a benefit; their ID numbers and accounts are sealed as the case is written.
	Claimants []NewClaimant
	// Source is where a claim was made; a second one becomes a dispute.
	Source string
	// Correction is what the correction of an account begins with.
	Correction *NewCorrection
}

// NewCorrection names the claimant whose account a bank has refused, and why.
type NewCorrection struct{ Claimant, Refusal string }

// NewClaimant is one of the family who claims. Share is in hundredths of a percent.
type NewClaimant struct {
	Name     string `json:"name" maxLength:"100"`
	Relation string `json:"relation" maxLength:"100" doc:"to the person who died"`
	IDNumber string `json:"idNumber" maxLength:"18"`
	Bank     string `json:"bank,omitempty" maxLength:"200"`
	Account  string `json:"account,omitempty" maxLength:"40" doc:"asked for where there is a share"`
	Phone    string `json:"phone,omitempty" maxLength:"40" doc:"a mobile is told how the claim goes on, without details"`
	Mail     string `json:"mail,omitempty" maxLength:"200" doc:"as the phone"`
	Share    int64  `json:"share" minimum:"0" maximum:"10000" doc:"hundredths of a percent; all shares add up to 10000"`
}

// NewArchive is one person's archive in a new transfer, with what the roster said of it.
type NewArchive struct {
	Row     int
	Person  string
	Number  string // empty = made from the case number
	Volumes int    // 0 = one
}

// NewLine is one person handed over, with the roster's values by column.
type NewLine struct {
	Row    int
	Values map[string]string
}

// ChainedEntry is a journal entry with its place in the chain.
type ChainedEntry struct {
	Entry      approval.Entry
	Hash, Prev string
}
