package store

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"jieli/internal/clock"
	"jieli/rules"
)

// demoEstate is where the people of the demonstration's group live, in one street.
const (
	demoEstate    = "沈阳市铁西区化工新村"
	demoCommunity = "210106001017"
)

// SeedDemoGroup adds a registered group to the demonstration, unless there are people already: retirees
// of the chemical works whom its own service centre manages, and whose form is to be looked at again soon.
func (s *Store) SeedDemoGroup(ctx context.Context) error {
	return s.inTransaction(ctx, func(tx pgx.Tx) error {
		var filled bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM persons)`).Scan(&filled); err != nil || filled {
			return err
		}
		const group, enterprise = "GL-210106-DEMO-F2", "enterprise-2"
		now := s.clock.Now().In(clock.Zone)
		registered, review := now.AddDate(0, -11, -10).Format(time.DateOnly), now.AddDate(0, 0, 20).Format(time.DateOnly)
		batch := &pgx.Batch{}
		batch.Queue(`INSERT INTO managed_groups(id, number, form, enterprise, bureau, region, region_path, body_name, body_office, registered_on, review_on, staff)
			SELECT $1, $1, 'F2', e.id, b.id, '210106', b.path, '铁西化工厂退休人员管理服务中心（虚构）', e.id, $3::date, $4::date, $5 FROM offices e, offices b WHERE e.id = $2 AND b.id = 'bureau'`,
			group, enterprise, registered, review, fmt.Sprintf(`[{"name":"%s","trainedOn":"%s","result":"qualified"},{"name":"%s","trainedOn":"%s","result":"qualified"}]`, demoName(17), registered, demoName(160), registered))
		if err := tx.SendBatch(ctx, batch).Close(); err != nil {
			return err
		}
		for n := range 8 {
			born := fmt.Sprintf("194%d%02d12", n%10, n%12+1)
			number := fmt.Sprintf("210106%s%03d", born, 500+2*n)
			number += string(rules.IDCheckCharacter(number))
			person, err := s.upsertPerson(ctx, tx, map[string]string{"name": demoName(40 + 29*n), "id_number": number, "phone": fmt.Sprintf("139%08d", 24_000_000+n), "sex": "女", "birth": born[:4] + "-" + born[4:6] + "-" + born[6:],
				"residence_address": fmt.Sprintf("%s%d栋", demoEstate, n+1), "hukou_address": demoEstate, "retirement_date": fmt.Sprintf("200%d-03-01", n%10), "political_status": "群众"}, enterprise)
			if err != nil {
				return err
			}
			batch := &pgx.Batch{}
			// Officers remembered in which community the building stands.
			batch.Queue(`INSERT INTO known_estates(district, estate, place, learned_by, learned_at) VALUES ('210106',$1,$2,'bureau-clerk-1',$3) ON CONFLICT DO NOTHING`, rules.Estate(fmt.Sprintf("%s%d栋", demoEstate, n+1)), demoCommunity, now.UTC())
			batch.Queue(`UPDATE persons SET form = 'F2', managed_group = $2, handed_over_on = $3::date, contact_card = 'LX-' || $2 || '-' || $4::int WHERE id = $1`, person, group, registered, n+1)
			batch.Queue(`INSERT INTO person_history(person, at, what, manager, form, case_no) SELECT $1, $2, 'managed', body_name, 'F2', '' FROM managed_groups WHERE id = $3`, person, now.AddDate(0, -11, -10).UTC(), group)
			if err := tx.SendBatch(ctx, batch).Close(); err != nil {
				return err
			}
		}
		return nil
	})
}
