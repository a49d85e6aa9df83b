package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/procedures"
)

// moveOn passes a person who has moved while being handed over to the community they live in now. In the same
// street its community gets a reception of its own; another street gets a sheet for this one person. The
// waits above have not ended, since the reception that ends with this was part of them.
func (s *Store) moveOn(ctx context.Context, tx pgx.Tx, reception *approval.Case, community string) error {
	intake, err := foldOf(ctx, tx, reception.Parent)
	if err != nil {
		return err
	}
	var plan childPlan
	var street, streetOffice, streetName string
	var times int
	err = tx.QueryRow(ctx, `SELECT l.id, l.row, l.data_key, l.sealed, l.name, l.id_masked, lpad(l.row::text, greatest(4, length(l.row::text)), '0'), c.id, c.name, st.region, st.id, st.name,
			(SELECT count(*) FROM cases x WHERE x.type = 'reception' AND x.fold->'facts'->>'line' = l.id AND x.parent = $3)
		FROM lines l JOIN offices c ON c.kind = 'community' AND c.region = $2 JOIN offices st ON st.kind = 'street' AND st.region = left($2, 9) WHERE l.reception = $1`, reception.No, community, intake.No).
		Scan(&plan.line, &plan.row, &plan.wrapped, &plan.sealed, &plan.lineName, &plan.idMasked, &plan.key, &plan.office, &plan.name, &street, &streetOffice, &streetName, &times)
	if err != nil {
		return orNotFound(err)
	}
	if intake.Type == procedures.TypeTransition && streetOffice != intake.Facts[procedures.FactStreet] {
		// A transition is of one street: the person stays with the body until one of the other street's.
		_, err = tx.Exec(ctx, `UPDATE lines SET outcome = $2, outcome_reason = $3 WHERE id = $1`, plan.line, procedures.OutcomeMoved, community)
		return err
	}
	parent := intake
	if streetOffice == intake.Facts[procedures.FactStreet] {
		plan.child, plan.key, plan.count = procedures.TypeReception, fmt.Sprintf("%s-%d", plan.key, times+1), 1
		_, err = tx.Exec(ctx, `UPDATE lines SET community = $2, reception = NULL WHERE id = $1`, plan.line, community)
	} else {
		if parent, err = foldOf(ctx, tx, intake.Parent); err != nil {
			return err
		}
		var sheets int
		if err := tx.QueryRow(ctx, `SELECT count(*) FROM cases WHERE parent = $1 AND type = 'intake' AND no LIKE $1 || '-' || $2 || '%'`, parent.No, streetKey(street, parent)).Scan(&sheets); err != nil {
			return err
		}
		plan.child, plan.office, plan.name, plan.count, plan.key = procedures.TypeIntake, streetOffice, streetName, 1, streetKey(street, parent)
		if sheets > 0 {
			plan.key = fmt.Sprintf("%s-%d", plan.key, sheets+1)
		}
		_, err = tx.Exec(ctx, `UPDATE lines SET street = $2, community = $3, intake = NULL, reception = NULL WHERE id = $1`, plan.line, street, community)
	}
	if err != nil {
		return err
	}
	if err := s.writeChild(ctx, tx, parent, plan, func() {}); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE cases SET children_total = children_total + 1 WHERE no = $1`, parent.No)
	return err
}

// streetKey is what the sheet of a street is called below its handover: the last digits of its code, or all
// of it in another district.
func streetKey(street string, handover *approval.Case) string {
	if region := handover.Facts[procedures.FactRegion]; len(region) == 6 && len(street) == 9 && street[:6] == region {
		return street[6:]
	}
	return street
}
