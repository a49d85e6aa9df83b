package view

import (
	"slices"
	"time"

	"jieli/approval"
	"jieli/procedures"
)

// RecoveryCase is how a recovery stands: what is claimed by which months, what came in, and what is open. It exists
// for those alone who may see its amounts, all of which are in fen.
type RecoveryCase struct {
	State  string `json:"state" enum:"calculating,decided,ended"`
	Ending string `json:"ending,omitempty" enum:",repaid,void,court,written_off"`
	// Rescinded says that the death was found to be wrong: nothing is owed any more.
	Rescinded   bool                 `json:"rescinded"`
	Claimed     int64                `json:"claimed" doc:"fen"`
	Recovered   int64                `json:"recovered" doc:"received and set off, in fen"`
	Received    int64                `json:"received" doc:"fen"`
	SetOff      int64                `json:"setOff" doc:"kept of the benefit, in fen"`
	Open        int64                `json:"open" doc:"fen"`
	Months      []RecoveryMonth      `json:"months"`
	Instalments []RecoveryInstalment `json:"instalments"`
	Receipts    []RecoveryReceipt    `json:"receipts"`
	SetOffs     []RecoverySetOff     `json:"setOffs"`
	// MayRecord says that the caller may write down a receipt now.
	MayRecord bool `json:"mayRecord"`
}

// RecoveryMonth is one month of pension.
type RecoveryMonth struct {
	Month string `json:"month"`
	Paid  int64  `json:"paid" doc:"fen"`
	Due   int64  `json:"due" doc:"fen"`
}

// RecoveryInstalment is one part that was agreed, and how it stands today.
type RecoveryInstalment struct {
	Number int    `json:"number"`
	DueOn  string `json:"dueOn"`
	Amount int64  `json:"amount" doc:"fen"`
	State  string `json:"state" enum:"open,paid,overdue"`
}

// RecoveryReceipt is money that came in.
type RecoveryReceipt struct {
	Number     string    `json:"number"`
	Amount     int64     `json:"amount" doc:"fen"`
	ReceivedOn string    `json:"receivedOn"`
	Method     string    `json:"method" enum:"transfer,counter,court"`
	RecordedBy string    `json:"recordedBy"`
	RecordedAt time.Time `json:"recordedAt"`
}

// RecoverySetOff is what a claimant has consented to be kept of their benefit, and what was.
type RecoverySetOff struct {
	Claimant string `json:"claimant"`
	Benefit  string `json:"benefit" doc:"the case of the benefit"`
	Amount   int64  `json:"amount" doc:"at most, in fen"`
	Applied  int64  `json:"applied" doc:"fen"`
	Agreed   bool   `json:"agreed" doc:"the head has approved it"`
}

// NewReceipt is money that came in, as it is written down.
type NewReceipt struct {
	Number     string `json:"number" minLength:"1" maxLength:"60" doc:"of the receipt; one is written down once"`
	Amount     int64  `json:"amount" minimum:"1" doc:"fen, at most what is still open"`
	ReceivedOn string `json:"receivedOn" format:"date"`
	Method     string `json:"method" enum:"transfer,counter,court"`
}

// MayRecord reports whether a caller is the fund's, had no part in the claim, and receipts are written down now.
func MayRecord(scope Scope, fold *approval.Case) bool {
	if !AtRepayment(fold) || fold.Conflict(fold.Stage(procedures.StageRecoveryRepayment), scope.Person, nil) != "" {
		return false
	}
	task := fold.Current().Tasks[0]
	return slices.Contains(scope.Posts, approval.Post{Office: task.Office, Role: task.Role})
}

// AtRepayment reports whether receipts of a recovery are written down now.
func AtRepayment(fold *approval.Case) bool {
	current := fold.Current()
	return fold.Type == procedures.TypeRecovery && !fold.Ended() && fold.Suspension == nil && current != nil && current.Stage == procedures.StageRecoveryRepayment && len(current.Tasks) > 0
}
