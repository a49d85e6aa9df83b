package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/rules"
)

// Book is book for tests, in a transaction of its own. A set-off is against the claim on pension named "claim".
func (s *Store) Book(ctx context.Context, key, what, death, person, caseNo, payment, kind, payee string, amount rules.Fen) (bool, error) {
	var fresh bool
	one, claim := sum{kind: kind, payee: payee, amount: amount}, sum{kind: kindPension, payee: "claim", amount: amount}
	switch what {
	case bookSetOff:
		one.to = &claim
	case bookSetOffUndone:
		one, claim = claim, one
		one.to = &claim
	}
	err := s.inTransaction(ctx, func(tx pgx.Tx) (err error) {
		fresh, err = s.book(ctx, tx, booking{key: key, what: what, death: death, person: person, caseNo: caseNo, payment: payment}, one)
		return err
	})
	return fresh, err
}
