package api

import (
	"context"
	"net/url"
	"strings"

	"jieli/approval"
	"jieli/internal/view"
)

type viewsInput struct {
	Page string `query:"page" enum:"inbox,cases,board"`
}

func (s *Server) listViews(ctx context.Context, input *viewsInput) (*itemsOutput[view.SavedView], error) {
	return items(s.Store.Views(ctx, callerOf(ctx).scope, input.Page))
}

// ViewBody is what a view is made of; exported, since huma reads embedded fields of exported types only.
type ViewBody struct {
	Name   string `json:"name" minLength:"1" maxLength:"50"`
	Query  string `json:"query" maxLength:"2000" doc:"the filters as the page's address writes them"`
	Office string `json:"office,omitempty" maxLength:"100" doc:"share with this office of the caller"`
}

type newViewInput struct {
	Body struct {
		ViewBody
		Page string `json:"page" enum:"inbox,cases,board"`
	}
}

type changeViewInput struct {
	ID   string `path:"id"`
	Body ViewBody
}

type viewOutput struct{ Body view.SavedView }

func (s *Server) addView(ctx context.Context, input *newViewInput) (*viewOutput, error) {
	who := callerOf(ctx)
	saved := view.SavedView{ID: commandKey(who.actor.Person, who.key, "view"), Page: input.Body.Page}
	return s.saveView(ctx, who, saved, input.Body.ViewBody, true)
}

func (s *Server) changeView(ctx context.Context, input *changeViewInput) (*viewOutput, error) {
	return s.saveView(ctx, callerOf(ctx), view.SavedView{ID: input.ID}, input.Body, false)
}

func (s *Server) saveView(ctx context.Context, who *caller, saved view.SavedView, body ViewBody, isNew bool) (*viewOutput, error) {
	saved.Name, saved.Query, saved.Office = strings.TrimSpace(body.Name), strings.TrimPrefix(body.Query, "?"), body.Office
	if saved.Name == "" {
		return nil, approval.Invalid("name", "请填写视图名称", "give the view a name")
	}
	if _, err := url.ParseQuery(saved.Query); err != nil {
		return nil, approval.Invalid("query", "筛选条件无法识别", "the filters cannot be read")
	}
	if saved.Office != "" && !who.scope.Holds(saved.Office) {
		return nil, approval.Invalid("office", "只能与本单位共享", "a view is shared with an office of your own")
	}
	if err := s.Store.SaveView(ctx, who.actor.Person, saved, isNew); err != nil {
		return nil, err
	}
	kept, err := s.Store.Views(ctx, who.scope, "")
	if err != nil {
		return nil, err
	}
	for _, each := range kept {
		if each.ID == saved.ID {
			return &viewOutput{Body: each}, nil
		}
	}
	return nil, approval.NotFound()
}

func (s *Server) deleteView(ctx context.Context, input *idInput) (*empty, error) {
	return nil, s.Store.DeleteView(ctx, callerOf(ctx).scope, input.ID)
}
