package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

const groupColumns = `SELECT g.id, g.number, g.form, g.enterprise, e.name, g.bureau, g.region, g.body_name, coalesce(g.body_office, ''), g.state, g.registered_on::text, coalesce(g.review_on::text, ''), g.conclusion,
	coalesce(g.closed_on::text, ''), coalesce(g.case_no, ''), (SELECT count(*)::int FROM persons p WHERE p.managed_group = g.id),
	coalesce((SELECT c.no FROM cases c WHERE c.type = 'form-review' AND c.ended_at IS NULL AND c.fold->'facts'->>'group' = g.id LIMIT 1), ''),
	coalesce((SELECT c.no FROM cases c WHERE c.type = 'transition' AND c.ended_at IS NULL AND c.fold->'facts'->>'group' = g.id ORDER BY c.no LIMIT 1), '')
	FROM managed_groups g JOIN offices e ON e.id = g.enterprise `

func scanGroup(row pgx.CollectableRow) (view.ManagedGroup, error) {
	var g view.ManagedGroup
	err := row.Scan(&g.ID, &g.Number, &g.Form, &g.Enterprise, &g.EnterpriseName, &g.Bureau, &g.Region, &g.BodyName, &g.BodyOffice, &g.State, &g.RegisteredOn, &g.ReviewOn, &g.Conclusion,
		&g.ClosedOn, &g.Case, &g.People, &g.Review, &g.Transition)
	g.FormTitle = rules.FormTitle(rules.FormOfManagement(g.Form))
	return g, err
}

// Groups lists the groups under an interim form in the caller's scope, those to be looked at first before the others.
func (s *Store) Groups(ctx context.Context, scope view.Scope, state string, limit int, after string) ([]view.ManagedGroup, error) {
	rows, err := s.as(scope).Query(ctx, groupColumns+`WHERE ($1 = '' OR g.state = $1) AND ($2 = '' OR (coalesce(g.review_on, 'infinity'), g.id) > (SELECT coalesce(x.review_on, 'infinity'), x.id FROM managed_groups x WHERE x.id = $2))
		ORDER BY coalesce(g.review_on, 'infinity'), g.id LIMIT $3`, state, after, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanGroup)
}

// Group reads one group with the cases about it, the latest first.
func (s *Store) Group(ctx context.Context, scope view.Scope, id string) (view.ManagedGroupView, error) {
	var found view.ManagedGroupView
	rows, err := s.as(scope).Query(ctx, groupColumns+`WHERE g.id = $1`, id)
	if err != nil {
		return found, err
	}
	if found.ManagedGroup, err = pgx.CollectOneRow(rows, scanGroup); err != nil {
		return found, orNotFound(err)
	}
	rows, err = s.as(scope).Query(ctx, `SELECT c.no, c.type, c.title, c.state, c.submitted_at, c.ended_at FROM cases c WHERE c.no = $2 OR c.type IN ('form-review','transition') AND c.fold->'facts'->>'group' = $1 ORDER BY c.submitted_at DESC`, id, found.Case)
	if err != nil {
		return found, err
	}
	found.Cases, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (view.GroupCase, error) {
		var one view.GroupCase
		err := row.Scan(&one.No, &one.Type, &one.Title, &one.State, &one.SubmittedAt, &one.EndedAt)
		one.TypeTitle, _ = Titles(one.Type, "")
		return one, err
	})
	return found, err
}

// GroupPeople lists the people of a group: where they live, the street that follows from it or from what
// officers remembered of the estate, and the transition that moves them.
func (s *Store) GroupPeople(ctx context.Context, scope view.Scope, id string, limit int, after string) ([]view.GroupPerson, error) {
	rows, err := s.as(scope).Query(ctx, `SELECT p.id, p.name, p.id_masked, p.residence, left(coalesce(l.residence_code, ''), 9), coalesce(p.region, ''),
			coalesce((SELECT c.no FROM lines x JOIN cases c ON c.no = x.case_no AND c.type = 'transition' AND c.ended_at IS NULL WHERE x.person = p.id AND x.outcome = '' LIMIT 1), '')
		FROM (SELECT p.*, g.region FROM persons p JOIN managed_groups g ON g.id = p.managed_group) p LEFT JOIN LATERAL (SELECT residence_code FROM lines WHERE person = p.id ORDER BY case_no DESC LIMIT 1) l ON true
		WHERE p.managed_group = $1 AND p.id > $2 ORDER BY p.id LIMIT $3`, id, after, limit)
	if err != nil {
		return nil, err
	}
	people, estates := []view.GroupPerson{}, []string{}
	var one view.GroupPerson
	var region string
	_, err = pgx.ForEachRow(rows, []any{&one.ID, &one.Name, &one.IDNumber, &one.Residence, &one.Street, &region, &one.Transition}, func() error {
		people, estates = append(people, one), append(estates, rules.Estate(one.Residence))
		return nil
	})
	if err != nil || len(people) == 0 {
		return people, err
	}
	known := map[string]string{}
	var estate, place, street, name string
	rows, err = s.pool.Query(ctx, `SELECT estate, left(place, 9) FROM known_estates WHERE district = $1 AND estate = ANY($2) AND estate <> ''`, region, estates)
	if err == nil {
		_, err = pgx.ForEachRow(rows, []any{&estate, &place}, func() error { known[estate] = place; return nil })
	}
	if err != nil {
		return nil, err
	}
	streets := map[string][2]string{}
	rows, err = s.pool.Query(ctx, `SELECT region, id, name FROM offices WHERE kind = 'street' AND region LIKE $1 || '%'`, region)
	if err == nil {
		_, err = pgx.ForEachRow(rows, []any{&place, &street, &name}, func() error { streets[place] = [2]string{street, name}; return nil })
	}
	for i := range people {
		found, ok := streets[people[i].Street]
		if !ok {
			found = streets[known[estates[i]]]
		}
		people[i].Street, people[i].StreetName = found[0], found[1]
	}
	return people, err
}

// GroupFacts are the facts of a case about a group, in the caller's scope; refused unless the office that
// begins it registered the group.
func (s *Store) GroupFacts(ctx context.Context, scope view.Scope, id, bureau string) (view.ManagedGroup, map[string]string, error) {
	found, err := s.Group(ctx, scope, id)
	if err == nil && found.Bureau != bureau {
		err = approval.NotFound()
	}
	if err != nil {
		return view.ManagedGroup{}, nil, err
	}
	group := found.ManagedGroup
	facts := map[string]string{procedures.FactGroup: id, procedures.FactEnterprise: group.Enterprise, procedures.FactRegion: group.Region}
	truth := func(value bool) string {
		if value {
			return "true"
		}
		return "false"
	}
	facts[procedures.FactEntrusted] = truth(rules.FormOfManagement(group.Form) == rules.FormEntrusted)
	agency := rules.FormOfManagement(group.Form) == rules.FormAgency
	facts[procedures.FactBodyEnterprise], facts[procedures.FactBodyAgency] = truth(group.BodyOffice == group.Enterprise), truth(agency)
	facts[procedures.FactBodyOther] = truth(group.BodyOffice != group.Enterprise && !agency)
	return group, facts, nil
}
