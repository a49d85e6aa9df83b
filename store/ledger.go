package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/rules"
)

// The accounts of the ledger. What was decided is charged to the fund and owed to a payee (payable), is on its way
// once it is in a payment batch (transit), and paid once the bank says so. What is to be given back is claimed (recovery).
const (
	accountFund     = "fund"
	accountPayable  = "payable"
	accountTransit  = "transit"
	accountPaid     = "paid"
	accountRecovery = "recovery"
)

// What a transaction of the ledger books.
const (
	bookAccrued     = "accrued"
	bookTruedUp     = "trued_up"
	bookBatched     = "batched"
	bookPaid        = "paid"
	bookRefused     = "refused"
	bookCorrected   = "corrected"
	bookClaimedBack = "claimed_back"
	bookRecovered   = "recovered"
	// What a claimant consents to is kept of the benefit for the claim on pension, until the death proves to be wrong.
	bookSetOff       = "set_off"
	bookSetOffUndone = "set_off_undone"
	// A claim ends unpaid; what had come in for one that was wrong goes back.
	bookWaived   = "waived"
	bookReturned = "returned"
)

// sides are the accounts a booking moves money between: the first is debited, the second credited.
var sides = map[string][2]string{
	bookAccrued: {accountFund, accountPayable}, bookTruedUp: {accountFund, accountPayable}, bookBatched: {accountPayable, accountTransit}, bookPaid: {accountTransit, accountPaid},
	bookRefused: {accountTransit, accountPayable}, bookCorrected: {accountPayable, accountFund},
	bookClaimedBack: {accountRecovery, accountFund}, bookRecovered: {accountPaid, accountRecovery},
	bookSetOff: {accountPayable, accountRecovery}, bookSetOffUndone: {accountRecovery, accountPayable},
	bookWaived: {accountFund, accountRecovery}, bookReturned: {accountFund, accountPaid},
}

// booking is one transaction: its key says what is booked, so that booking it again does nothing.
type booking struct {
	key, what, death, person, caseNo string
	payment, batch, reason           string
}

// sum is money of one kind for one payee; in a set-off, credited as another kind for another (to).
type sum struct {
	kind, payee string
	amount      rules.Fen
	to          *sum
}

// side is of which kind and for whom the debited (0) or the credited (1) side is booked.
func (s sum) side(n int) (kind, payee string) {
	if n == 1 && s.to != nil {
		return s.to.kind, s.to.payee
	}
	return s.kind, s.payee
}

// book writes a transaction and reports whether it is new. The database refuses what does not balance and what
// is more than was decided, as the surrounding transaction ends.
func (s *Store) book(ctx context.Context, tx pgx.Tx, b booking, sums ...sum) (bool, error) {
	tag, err := tx.Exec(ctx, `INSERT INTO ledger_transactions(key, what, death, person, case_no, payment, batch, reason, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9) ON CONFLICT (key) DO NOTHING`,
		b.key, b.what, b.death, b.person, b.caseNo, b.payment, b.batch, b.reason, s.clock.Now().UTC())
	if err != nil || tag.RowsAffected() == 0 {
		return false, err
	}
	batch := &pgx.Batch{}
	for i, one := range sums {
		for side, account := range sides[b.what] {
			kind, payee := one.side(side)
			batch.Queue(`INSERT INTO ledger_entries(transaction, line, account, kind, payee, amount) VALUES ($1,$2,$3,$4,$5,$6)`,
				b.key, 2*i+side+1, account, kind, payee, one.amount*rules.Fen(1-2*side))
		}
	}
	return true, tx.SendBatch(ctx, batch).Close()
}

// ledgerBroken lists transactions that do not balance, and people of whose benefit more is under way or paid than
// was decided.
const ledgerBroken = `SELECT t.key FROM ledger_transactions t WHERE (SELECT coalesce(sum(e.amount), 1) FROM ledger_entries e WHERE e.transaction = t.key) <> 0
	UNION SELECT t.person FROM ledger_broken b JOIN ledger_transactions t ON t.death = b.death`
