package view

import (
	"time"

	"jieli/approval"
	"jieli/procedures"
)

// ClaimDisputeItem is a second claim as the first one's page names it.
type ClaimDisputeItem struct {
	No       string `json:"no"`
	State    string `json:"state" enum:"open,decided,ended"`
	Decision string `json:"decision,omitempty" enum:"join,first,second,settle,wrongly-paid"`
}

// ClaimDisputeCase is what the page of a second claim shows beside its own claimants: the first claim.
type ClaimDisputeCase struct {
	Source string     `json:"source" enum:"family,other-scheme,other-province"`
	First  FirstClaim `json:"first"`
	// Decision is what was decided; Successor the claim that follows where the second one stands.
	Decision  string `json:"decision,omitempty" enum:"join,first,second,settle,wrongly-paid"`
	Successor string `json:"successor,omitempty"`
}

// FirstClaim is the side that claimed first. Who claims, and how they share, is shown to whoever may read that case.
type FirstClaim struct {
	No               string         `json:"no"`
	SubmittedAt      time.Time      `json:"submittedAt"`
	OfficeName       string         `json:"officeName"`
	State            string         `json:"state" enum:"claimed,released,paid,ended"`
	StageTitle       *approval.Text `json:"stageTitle,omitempty"`
	Readable         bool           `json:"readable" doc:"the caller may read the first claim"`
	ArrangementTitle *approval.Text `json:"arrangementTitle,omitempty"`
	Claimants        []Claimant     `json:"claimants"`
}

// ClaimEffect is what a decision about a second claim does to the first.
type ClaimEffect struct{ Dispute, Claim, Effect string }

// Command is what the system sends to the first claim.
func (e ClaimEffect) Command(key string) approval.Command {
	command := approval.Command{Key: key, Action: approval.ActionSupersede, Opinion: "重复申领处理 " + e.Dispute + " 决定由后申领一方领取，本件终止。", Actor: approval.Actor{Person: approval.SystemPerson}}
	if e.Effect == "reopen" {
		command.Action, command.ToStage = approval.ActionReopen, procedures.StageBenefitClaim
		command.Opinion = "重复申领处理 " + e.Dispute + " 决定并入本件，请全体申领人重新约定份额。"
	}
	return command
}
