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

// Contacts opens how a claimant of a benefit is reached.
func (s *Store) Contacts(ctx context.Context, name string) (contacts []string, err error) {
	var id string
	var phone, mail []byte
	if err := s.pool.QueryRow(ctx, `SELECT b.id, b.phone_sealed, b.mail_sealed FROM benefit_claimants b JOIN benefit_claims c USING (case_no) WHERE b.name = $1`, name).Scan(&id, &phone, &mail); err != nil {
		return nil, err
	}
	for _, each := range []struct {
		sealed []byte
		place  string
	}{{phone, claimantPhonePlace}, {mail, claimantMailPlace}} {
		opened, err := s.ring.Open(each.sealed, each.place+id)
		if err != nil {
			return nil, err
		}
		contacts = append(contacts, string(opened))
	}
	return contacts, nil
}
