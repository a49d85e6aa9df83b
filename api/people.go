package api

import (
	"context"

	"jieli/internal/view"
	"jieli/rules"
)

type peopleInput struct {
	Query  string `query:"q" maxLength:"100" doc:"a whole name, or the last four characters of the ID number"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"200"`
}

type pageOutput[T any] struct{ Body view.Page[T] }

// pageOf is a page of what was read with one item more than fits, which says that there is a next page.
func pageOf[T any](items []T, limit int, id func(T) string) *pageOutput[T] {
	output := &pageOutput[T]{}
	if len(items) > limit {
		items = items[:limit]
		output.Body.NextCursor = id(items[limit-1])
	}
	output.Body.Items = orEmpty(items)
	return output
}

func (s *Server) listPeople(ctx context.Context, input *peopleInput) (*pageOutput[view.PersonItem], error) {
	people, err := s.Store.People(ctx, callerOf(ctx).scope, input.Query, input.Limit+1, input.Cursor)
	if err != nil {
		return nil, err
	}
	return pageOf(people, input.Limit, func(p view.PersonItem) string { return p.ID }), nil
}

type personOutput struct{ Body *view.PersonView }

func (s *Server) getPerson(ctx context.Context, input *idInput) (*personOutput, error) {
	person, err := s.Store.Person(ctx, callerOf(ctx).scope, input.ID)
	if err != nil {
		return nil, err
	}
	person.FormTitle = rules.FormTitle(rules.FormOfManagement(person.Form))
	return &personOutput{Body: person}, nil
}

type revealInput struct {
	ID   string `path:"id"`
	Body struct {
		Field  string `json:"field" enum:"id_number,phone,new_id_number"`
		Reason string `json:"reason" minLength:"2" maxLength:"500"`
	}
}

type revealOutput struct {
	CacheControl string `header:"Cache-Control"`
	Body         struct {
		Field string `json:"field"`
		Value string `json:"value"`
	}
}

func (s *Server) revealPerson(ctx context.Context, input *revealInput) (*revealOutput, error) {
	who := callerOf(ctx)
	value, err := s.Store.Reveal(ctx, who.scope, who.actor, input.ID, input.Body.Field, input.Body.Reason, who.actor.Person+":"+who.key)
	if err != nil {
		return nil, err
	}
	output := &revealOutput{CacheControl: "no-store"}
	output.Body.Field, output.Body.Value = input.Body.Field, value
	return output, nil
}
