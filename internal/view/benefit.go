package view

import (
	"slices"
	"time"

	"jieli/approval"
	"jieli/procedures"
)

// BenefitCase is what stands beside a claim of benefits: who claims, and what became of each payment. Accounts are
// always masked; accounts and amounts are missing for whoever may not see them.
type BenefitCase struct {
	DiedOn    string           `json:"diedOn"`
	Claimants []Claimant       `json:"claimants"`
	Payments  []BenefitPayment `json:"payments"`
	// SetOffs are what claimants have consented to be kept for pension that was overpaid, for those who see amounts.
	SetOffs []BenefitSetOff `json:"setOffs"`
	// Editable says that the claimants (in a correction: the account) may be changed now, by the caller.
	Editable bool `json:"editable"`
	// Disputes are the second claims of the same benefit.
	Disputes []ClaimDisputeItem `json:"disputes"`
	// Benefit is the claim itself, on the page of a case that follows from it.
	Benefit string `json:"benefit,omitempty"`
}

// MoneySight is what a caller may see of a benefit.
type MoneySight struct{ Amounts, Accounts, Editable bool }

// Claimant is one of the family.
type Claimant struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Relation string `json:"relation"`
	IDNumber string `json:"idNumber" doc:"masked"`
	Bank     string `json:"bank,omitempty"`
	Account  string `json:"account,omitempty" doc:"masked"`
	Phone    string `json:"phone,omitempty" doc:"masked"`
	Mail     string `json:"mail,omitempty" doc:"masked"`
	Share    int64  `json:"share" doc:"hundredths of a percent"`
}

// BenefitPayment is one sum for one claimant.
type BenefitPayment struct {
	Claimant string `json:"claimant"`
	Kind     string `json:"kind" enum:"funeral,survivor"`
	Amount   *int64 `json:"amount,omitempty" doc:"fen"`
	State    string `json:"state" enum:"released,batched,paid,refused,cancelled"`
	Batch    string `json:"batch,omitempty"`
	Reason   string `json:"reason,omitempty" doc:"why the bank refused"`
	// Correction is the case in which the account is corrected.
	Correction string `json:"correction,omitempty"`
	// TrueUp is the case that pays a difference, where the payment is not the benefit's own.
	TrueUp string `json:"trueUp,omitempty"`
}

// ProvisionalBenefit is a benefit that was released by the figure of a year too early.
type ProvisionalBenefit struct {
	No          string `json:"no"`
	Title       string `json:"title"`
	BaseYear    int    `json:"baseYear"`
	BaseAnnual  int64  `json:"baseAnnual" doc:"the yearly figure that stood in, in fen"`
	State       string `json:"state" enum:"released,paid"`
	TrueUp      string `json:"trueUp,omitempty" doc:"the case that reckons it again"`
	TrueUpState string `json:"trueUpState,omitempty" enum:"open,released,paid,closed"`
}

// BenefitSetOff is what is kept of a claimant's benefit.
type BenefitSetOff struct {
	Claimant string `json:"claimant"`
	Recovery string `json:"recovery" doc:"the case that recovers the pension"`
	Amount   int64  `json:"amount" doc:"at most, in fen"`
	Applied  int64  `json:"applied" doc:"kept as the benefit was released, in fen"`
}

// BenefitPreview is what the rule finds from what is being filled in; nothing of it is kept. What is still missing or
// wrong is told instead of sums.
type BenefitPreview struct {
	Funeral       int64              `json:"funeral" doc:"fen"`
	Survivor      int64              `json:"survivor" doc:"fen"`
	Total         int64              `json:"total" doc:"fen"`
	Provisional   bool               `json:"provisional"`
	MeetingReason string             `json:"meetingReason" doc:"why a meeting will decide; empty where none will"`
	Derivation    []map[string]any   `json:"derivation"`
	Problems      []approval.Problem `json:"problems" doc:"what is missing or wrong; then there are no sums"`
}

// PaymentBatch is one file for the bank.
type PaymentBatch struct {
	No       string     `json:"no"`
	MadeAt   time.Time  `json:"madeAt"`
	HandedAt *time.Time `json:"handedAt,omitempty"`
	Digest   string     `json:"digest" doc:"SHA-256 of the file"`
	Lines    int        `json:"lines"`
	Total    int64      `json:"total" doc:"fen"`
	Paid     int        `json:"paid"`
	Refused  int        `json:"refused"`
	Waiting  int        `json:"waiting"`
}

// PaymentLine is one line of a batch.
type PaymentLine struct {
	Line    int        `json:"line"`
	Case    string     `json:"case"`
	Name    string     `json:"name"`
	Account string     `json:"account" doc:"masked"`
	Amount  int64      `json:"amount" doc:"fen"`
	Outcome string     `json:"outcome" enum:",paid,refused"`
	Reason  string     `json:"reason,omitempty"`
	ReadAt  *time.Time `json:"readAt,omitempty"`
}

// Reconciliation compares the ledger with what the bank has said.
type Reconciliation struct {
	Accounts      []LedgerBalance   `json:"accounts"`
	States        []PaymentTotal    `json:"states"`
	Agrees        bool              `json:"agrees" doc:"the ledger and the payments say the same"`
	Discrepancies []BankDiscrepancy `json:"discrepancies"`
}

// LedgerBalance is the balance of one account: debits positive.
type LedgerBalance struct {
	Account string `json:"account"`
	Balance int64  `json:"balance" doc:"fen"`
}

// PaymentTotal counts payments of a state.
type PaymentTotal struct {
	State string `json:"state"`
	Count int    `json:"count"`
	Total int64  `json:"total" doc:"fen"`
}

// BankDiscrepancy is a line of a result file that did not fit and changed nothing.
type BankDiscrepancy struct {
	At      time.Time `json:"at"`
	Batch   string    `json:"batch"`
	Line    int       `json:"line"`
	Amount  int64     `json:"amount" doc:"fen"`
	Outcome string    `json:"outcome"`
	Problem string    `json:"problem" enum:"unknown,amount,contradicts"`
}

// ResultsRead says what reading a result file has done.
type ResultsRead struct {
	Digest  string `json:"digest"`
	Lines   int    `json:"lines"`
	Changed int    `json:"changed" doc:"lines that had no result before"`
	Known   bool   `json:"known" doc:"the same file was read before: nothing was done"`
	// Discrepancies are lines that did not fit.
	Discrepancies int `json:"discrepancies"`
}

// MaskAccount keeps the last four digits of a bank account.
func MaskAccount(account string) string {
	if len(account) <= 4 {
		return "****"
	}
	return "****" + account[len(account)-4:]
}

// MayEditClaimants reports whether a caller has the task at which claimants, or an account, are entered.
func MayEditClaimants(scope Scope, fold *approval.Case) bool {
	current := fold.Current()
	if current == nil || fold.Ended() || !slices.Contains([]string{procedures.StageBenefitClaim, procedures.StagePayeeCorrection, procedures.StageClaimStatement}, current.Stage) {
		return false
	}
	for _, task := range current.Tasks {
		for _, post := range scope.Posts {
			if task.State == approval.TaskOpen && task.Office == post.Office && task.Role == post.Role && (task.Owner == "" || task.Owner == scope.Person) {
				return true
			}
		}
	}
	return false
}
