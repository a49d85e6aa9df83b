package api

import (
	"context"
	"encoding/json"
	"fmt"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/procedures"
	"jieli/rules"
)

type groupsInput struct {
	State  string `query:"state" enum:"registered,closed"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"200"`
}

// listGroups lists the groups under an interim form of management, by review date.
func (s *Server) listGroups(ctx context.Context, input *groupsInput) (*pageOutput[view.ManagedGroup], error) {
	groups, err := s.Store.Groups(ctx, callerOf(ctx).scope, input.State, input.Limit+1, input.Cursor)
	if err != nil {
		return nil, err
	}
	return pageOf(groups, input.Limit, func(g view.ManagedGroup) string { return g.ID }), nil
}

type groupOutput struct{ Body view.ManagedGroupView }

func (s *Server) getGroup(ctx context.Context, input *idInput) (*groupOutput, error) {
	group, err := s.Store.Group(ctx, callerOf(ctx).scope, input.ID)
	group.Cases = orEmpty(group.Cases)
	return &groupOutput{Body: group}, err
}

type groupPeopleInput struct {
	ID     string `path:"id" maxLength:"100"`
	Limit  int    `query:"limit" default:"200" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"200"`
}

func (s *Server) listGroupPeople(ctx context.Context, input *groupPeopleInput) (*pageOutput[view.GroupPerson], error) {
	scope := callerOf(ctx).scope
	if _, err := s.Store.Group(ctx, scope, input.ID); err != nil {
		return nil, err
	}
	people, err := s.Store.GroupPeople(ctx, scope, input.ID, input.Limit+1, input.Cursor)
	if err != nil {
		return nil, err
	}
	return pageOf(people, input.Limit, func(p view.GroupPerson) string { return p.ID }), nil
}

// fillReview makes the facts of a review of a group (form.group), which the bureau that registered it begins.
func (s *Server) fillReview(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	wish, err := groupWish(input, false)
	if err != nil {
		return err
	}
	group, facts, err := s.Store.GroupFacts(ctx, who.scope, wish.Group, post.Office)
	if err != nil {
		return err
	}
	submission.Facts, submission.OwnsFirst = facts, true
	new.Region, new.Title, new.Search, new.Access = group.Region, group.BodyName, []string{group.BodyName, group.EnterpriseName}, partiesOf(group)
	return nil
}

// fillTransition makes the facts of a transition: of a group (form.group), the people chosen (form.people, all
// of it without) who live in one street (form.street, an office id).
func (s *Server) fillTransition(ctx context.Context, who *caller, post view.PostView, input *submitInput, submission *approval.Submission, new *view.NewCase) error {
	wish, err := groupWish(input, true)
	if err != nil {
		return err
	}
	group, facts, err := s.Store.GroupFacts(ctx, who.scope, wish.Group, post.Office)
	if err != nil {
		return err
	}
	street, err := s.Store.Office(ctx, wish.Street)
	if err != nil || street.Kind != approval.KindStreet || street.District() != group.Region {
		return approval.Invalid("form.street", "请选择本区的接收街道", "choose a street of the district")
	}
	facts[procedures.FactStreet], facts[procedures.FactForm] = street.ID, string(rules.FormBasic)
	submission.Facts, submission.OwnsFirst = facts, true
	new.Region, new.Title, new.People = group.Region, group.BodyName+" → "+street.Name+" · {n} 人", wish.People
	new.Search, new.Access = []string{group.BodyName, group.EnterpriseName}, append(partiesOf(group), street.ID)
	return nil
}

// partiesOf are the offices that see what happens to a group besides those that sign.
func partiesOf(group view.ManagedGroup) []string {
	parties := []string{group.Enterprise, group.Bureau}
	if group.BodyOffice != "" {
		parties = append(parties, group.BodyOffice)
	}
	return parties
}

// groupInput is what a submission about a group says.
type groupInput struct {
	Group, Street string
	People        []string
}

// maximumMoved is how many people one transition moves.
const maximumMoved = 2000

func groupWish(input *submitInput, moves bool) (groupInput, error) {
	var wish groupInput
	if input.Body.RosterID != "" || input.Body.Subject != "" {
		return wish, approval.Invalid("form.group", "本事项按管理形式登记办理，请选择登记", "this is about a registered group: choose one")
	}
	into := map[string]any{"group": &wish.Group}
	if moves {
		into["street"], into["people"] = &wish.Street, &wish.People
	}
	for key, raw := range input.Body.Form {
		target, known := into[key]
		if !known {
			return wish, approval.Invalid("form."+key, "没有这个填写项", "there is no such field")
		}
		if json.Unmarshal(raw, target) != nil {
			return wish, approval.Invalid("form."+key, "应为编号，或人员编号的列表", "should be an id, or a list of person ids")
		}
	}
	if wish.Group == "" {
		return wish, approval.Invalid("form.group", "请选择管理形式登记", "choose the registered group")
	}
	if len(wish.People) > maximumMoved {
		return wish, approval.Invalid("form.people", fmt.Sprintf("一次最多过渡 %d 人，请分批办理", maximumMoved), fmt.Sprintf("at most %d people in one transition", maximumMoved))
	}
	return wish, nil
}
