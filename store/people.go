package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"encoding/hex"
	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
)

// tailToken is the search token of an ID number's last four characters.
func (s *Store) tailToken(number string) string {
	if len(number) < 4 {
		return ""
	}
	return "tail:" + hex.EncodeToString(s.ring.Index("tail", strings.ToUpper(number[len(number)-4:])))
}

// upsertPerson enters a person by ID number; what the registry knows already is kept up to date.
func (s *Store) upsertPerson(ctx context.Context, tx pgx.Tx, values map[string]string, enterprise string) (string, error) {
	number := values["id_number"]
	index := s.ring.Index("person", number)
	// Whose number was corrected stays the person they were, by the old number as well.
	var id string
	var current []byte
	err := tx.QueryRow(ctx, `SELECT id, id_index FROM persons WHERE id = person_of($1)`, index).Scan(&id, &current)
	if errors.Is(err, pgx.ErrNoRows) {
		id, current, err = "P"+hex.EncodeToString(index)[:20], index, nil
	}
	if err != nil {
		return "", err
	}
	_, err = tx.Exec(ctx, `INSERT INTO persons(id, name, id_index, tail_index, id_sealed, id_masked, phone_sealed, phone_masked, sex, birth, residence, hukou, retired_on, paying_agency, party_member, special, enterprise)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)
		ON CONFLICT (id_index) DO UPDATE SET name=EXCLUDED.name, residence=EXCLUDED.residence, hukou=EXCLUDED.hukou, phone_sealed=EXCLUDED.phone_sealed, phone_masked=EXCLUDED.phone_masked, enterprise=EXCLUDED.enterprise`,
		id, values["name"], current, s.ring.Index("tail", strings.ToUpper(number[max(0, len(number)-4):])),
		s.ring.Seal([]byte(number), "persons|id_sealed|"+id), view.MaskID(number), s.ring.Seal([]byte(values["phone"]), "persons|phone_sealed|"+id), view.MaskPhone(values["phone"]),
		values["sex"], values["birth"], values["residence_address"], values["hukou_address"], values["retirement_date"], values["paying_agency"],
		values["political_status"], values["special_category"], enterprise)
	return id, err
}

// People searches the registry: by name (whole), or by the last four characters of the ID number.
// The caller sees people of its communities, its enterprise, or its district.
func (s *Store) People(ctx context.Context, scope view.Scope, query string, limit int, after string) ([]view.PersonItem, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT p.id, p.name, p.id_masked, coalesce(e.name,''), coalesce(o.name,''), p.form, coalesce(mg.body_name,''), coalesce(p.handed_over_on::text,''), coalesce(c.no,''), coalesce(a.state,''), coalesce(r.holder_name,''), coalesce(r.holder_office,''), coalesce(pc.no,'')
		FROM persons p LEFT JOIN offices e ON e.id = p.enterprise LEFT JOIN offices o ON o.id = p.community
		LEFT JOIN managed_groups mg ON mg.id = p.managed_group LEFT JOIN archives a ON a.person = p.id LEFT JOIN party_relations r ON r.person = p.id
		LEFT JOIN LATERAL (SELECT no FROM cases WHERE subject = p.id AND ended_at IS NULL ORDER BY submitted_at DESC LIMIT 1) c ON true
		LEFT JOIN LATERAL (SELECT no FROM cases WHERE subject = p.id AND type = 'party' AND ended_at IS NULL LIMIT 1) pc ON true
		WHERE `+personScope+` AND ($5 = '' OR p.name = $5 OR p.tail_index = $6) AND p.id > $7 ORDER BY p.id LIMIT $8`,
		scope.Offices, scope.Paths, scope.Person, "", query, s.ring.Index("tail", strings.ToUpper(query)), after, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.PersonItem, error) {
		var p view.PersonItem
		err := row.Scan(&p.ID, &p.Name, &p.IDNumber, &p.Enterprise, &p.CommunityName, &p.Form, &p.BodyName, &p.HandedOverOn, &p.OpenCase, &p.Archive, &p.PartyHolder, &p.PartyOffice, &p.PartyCase)
		return p, err
	})
}

// personScope limits people to the caller's enterprise, community and region, to the subjects of cases one
// of the caller's offices takes part in, to the members of whom it is the Party organisation, and to the retirees whose class it confirms. $1 offices, $2 region paths.
const personScope = `($3::text IS NOT NULL AND $4::text = '' AND (p.enterprise = ANY($1) OR p.community = ANY($1)
	OR EXISTS (SELECT FROM offices o2 WHERE o2.id = p.community AND EXISTS (SELECT FROM unnest($2::text[]) AS x(path) WHERE o2.path LIKE x.path || '%'))
	OR EXISTS (SELECT FROM managed_groups g WHERE g.id = p.managed_group AND (g.bureau = ANY($1) OR g.body_office = ANY($1) OR EXISTS (SELECT FROM unnest($2::text[]) AS x(path) WHERE g.region_path LIKE x.path || '%')))
	OR EXISTS (SELECT FROM cases c2 JOIN case_access a ON a.case_no = c2.no WHERE c2.subject = p.id AND a.office = ANY($1))
	OR EXISTS (SELECT FROM archive_items i JOIN case_access a ON a.case_no = i.case_no WHERE i.person = p.id AND a.office = ANY($1))
	OR EXISTS (SELECT FROM offices o4 JOIN offices e4 ON e4.id = p.enterprise AND e4.region LIKE o4.region || '%' WHERE o4.id = ANY($1) AND o4.kind = 'organisation')
	OR is_party_member(p.party_member) AND EXISTS (SELECT FROM offices o3 WHERE o3.id = ANY($1) AND o3.serves IN (p.enterprise, p.community))))`

// Person reads one person's page.
func (s *Store) Person(ctx context.Context, scope view.Scope, id string) (*view.PersonView, error) {
	p := &view.PersonView{History: []view.PersonHistory{}, Cases: []view.CaseItem{}, RevealableFields: []string{"id_number", "phone"}}
	var party, special string
	var community *string
	err := s.as(scope).QueryRow(ctx, `SELECT p.id, p.name, p.id_masked, coalesce(e.name,''), coalesce(o.name,''), p.form, coalesce(mg.body_name,''), coalesce(p.managed_group,''), coalesce(p.handed_over_on::text,''),
		p.sex, p.birth, p.phone_masked, p.residence, p.hukou, p.retired_on, p.paying_agency, p.contact_card, p.party_member, p.special, p.community
		FROM persons p LEFT JOIN offices e ON e.id = p.enterprise LEFT JOIN offices o ON o.id = p.community LEFT JOIN managed_groups mg ON mg.id = p.managed_group WHERE `+personScope+` AND p.id = $5`,
		scope.Offices, scope.Paths, scope.Person, "", id).Scan(&p.ID, &p.Name, &p.IDNumber, &p.Enterprise, &p.CommunityName, &p.Form, &p.BodyName, &p.Group, &p.HandedOverOn,
		&p.Sex, &p.Birth, &p.Phone, &p.Residence, &p.Hukou, &p.RetiredOn, &p.PayingAgency, &p.ContactCard, &party, &special, &community)
	if err != nil {
		return nil, orNotFound(err)
	}
	if scope.Party {
		p.PartyMember = party
	}
	if community != nil && scope.Holds(*community) && special != "" {
		p.Special = []string{special}
	}
	rows, err := s.as(scope).Query(ctx, `SELECT h.at, h.what, coalesce(o.name, h.manager), h.form, h.case_no FROM person_history h LEFT JOIN offices o ON o.id = h.manager WHERE h.person = $1 ORDER BY h.at`, id)
	if err != nil {
		return nil, err
	}
	var at time.Time
	var what string
	var entry view.PersonHistory
	_, err = pgx.ForEachRow(rows, []any{&at, &what, &entry.Manager, &entry.Form, &entry.Case}, func() error {
		entry.On = at.In(clock.Zone).Format(time.DateOnly)
		entry.What = historyWords[what]
		p.History = append(p.History, entry)
		return nil
	})
	if err != nil {
		return nil, err
	}
	if p.Archive, err = s.personArchive(ctx, scope, id); err != nil {
		return nil, err
	}
	if p.Party, err = s.personParty(ctx, scope, id); err != nil {
		return nil, err
	}
	if p.Death, err = s.LiveDeath(ctx, scope, id); err != nil {
		return nil, err
	}
	if err := s.pool.QueryRow(ctx, `SELECT count(*) FILTER (WHERE b.case_no IS NULL) > 0, count(b.case_no) > 0 FROM deaths d LEFT JOIN benefit_claims b ON b.person = d.person AND b.death = d.case_no AND b.state <> 'ended' WHERE d.person = $1 AND d.state = 'verified'`, id).
		Scan(&p.BenefitDue, &p.BenefitClaimed); err != nil {
		return nil, err
	}
	p.Cases, _, err = s.Cases(ctx, scope, view.CaseFilter{Subject: id, Limit: 50})
	return p, err
}

// PersonOf reads a person's name and the enterprise they retired from (an office id), in the caller's scope.
func (s *Store) PersonOf(ctx context.Context, scope view.Scope, id string) (name, enterprise string, err error) {
	err = s.as(scope).QueryRow(ctx, `SELECT p.name, coalesce(p.enterprise, '') FROM persons p WHERE `+personScope+` AND p.id = $5`, scope.Offices, scope.Paths, scope.Person, "", id).Scan(&name, &enterprise)
	return name, enterprise, orNotFound(err)
}

var historyWords = map[string]approval.Text{"received": {ZH: "社区接收", EN: "received by the community"}, "identity": {ZH: "身份号码更正", EN: "ID number corrected"},
	"managed": {ZH: "纳入管理形式登记", EN: "came under a form of management"},
	"death":   {ZH: "核实去世，社会化管理服务终止", EN: "death verified, management closed"}, "rescission": {ZH: "误报更正，恢复管理服务", EN: "wrong report corrected, management restored"}}

// Reveal opens one masked field and journals who looked and why, in the office's access stream.
func (s *Store) Reveal(ctx context.Context, scope view.Scope, actor approval.Actor, person, field, reason, key string) (string, error) {
	plain, err := s.opened(ctx, scope, person, field)
	if err != nil {
		return "", err
	}
	// Nothing is shown that was not written down first.
	err = s.inTransaction(ctx, func(tx pgx.Tx) error {
		return s.appendStream(ctx, tx, "access:"+actor.Office+":"+s.today(), key, map[string]any{
			"action": "reveal", "actor": actor, "person": person, "field": field, "reason": reason})
	})
	if err != nil {
		return "", err
	}
	return plain, nil
}

// opened decrypts one masked field of a person in the caller's scope.
func (s *Store) opened(ctx context.Context, scope view.Scope, person, field string) (string, error) {
	if field == "new_id_number" {
		return s.newNumber(ctx, scope, person)
	}
	column, ok := map[string]string{"id_number": "id_sealed", "phone": "phone_sealed"}[field]
	if !ok {
		return "", approval.Invalid("field", "只能查看身份号码或电话", "only ID numbers and the phone can be revealed")
	}
	var sealed []byte
	err := s.as(scope).QueryRow(ctx, `SELECT `+column+` FROM persons p WHERE `+personScope+` AND p.id = $5`, scope.Offices, scope.Paths, scope.Person, "", person).Scan(&sealed)
	if err != nil {
		return "", orNotFound(err)
	}
	plain, err := s.ring.Open(sealed, "persons|"+column+"|"+person)
	return string(plain), err
}

// PersonLine takes a registered person's data for an individual handover.
func (s *Store) PersonLine(ctx context.Context, scope view.Scope, person string) (map[string]string, error) {
	values := map[string]string{}
	var name, residence, retired string
	var sealed []byte
	err := s.as(scope).QueryRow(ctx, `SELECT p.name, p.residence, p.retired_on, p.id_sealed FROM persons p WHERE `+personScope+` AND p.id = $5`, scope.Offices, scope.Paths, scope.Person, "", person).Scan(&name, &residence, &retired, &sealed)
	if err != nil {
		return nil, orNotFound(err)
	}
	number, err := s.ring.Open(sealed, "persons|id_sealed|"+person)
	if err != nil {
		return nil, err
	}
	values["name"], values["id_number"], values["retirement_date"], values["residence_address"] = name, string(number), retired, residence
	return values, nil
}
