package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/rules"
)

// Book is book for tests, in a transaction of its own.
func (s *Store) Book(ctx context.Context, key, what, death, person, caseNo, payment, kind, payee string, amount rules.Fen) (bool, error) {
	var fresh bool
	err := s.inTransaction(ctx, func(tx pgx.Tx) (err error) {
		fresh, err = s.book(ctx, tx, booking{key: key, what: what, death: death, person: person, caseNo: caseNo, payment: payment}, sum{kind, payee, amount})
		return err
	})
	return fresh, err
}
