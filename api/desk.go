package api

import (
	"context"
	"encoding/json"
	"net/url"
	"strings"
	"time"

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

// draftLimit is how large a draft may be, in bytes of JSON.
const draftLimit = 256 << 10

type draftInput struct {
	TaskID string `path:"taskId" maxLength:"100"`
}

type draftOutput struct {
	Body struct {
		Draft *view.Draft `json:"draft,omitempty" doc:"missing when nothing was saved"`
	}
}

func (s *Server) getDraft(ctx context.Context, input *draftInput) (*draftOutput, error) {
	draft, err := s.Store.Draft(ctx, callerOf(ctx).scope, input.TaskID)
	output := &draftOutput{}
	output.Body.Draft = draft
	return output, err
}

type saveDraftInput struct {
	TaskID string `path:"taskId" maxLength:"100"`
	Body   struct {
		Basis   int64                      `json:"basis" minimum:"0" doc:"the task's basis as the caller saw it"`
		Form    map[string]json.RawMessage `json:"form"`
		Opinion string                     `json:"opinion,omitempty" maxLength:"4000"`
	}
}

type savedDraftOutput struct {
	Body struct {
		SavedAt time.Time `json:"savedAt"`
	}
}

// saveDraft answers only when it was saved: a stored answer holds nothing of the form.
func (s *Server) saveDraft(ctx context.Context, input *saveDraftInput) (*savedDraftOutput, error) {
	size := 0
	for key, value := range input.Body.Form {
		size += len(key) + len(value)
	}
	if size > draftLimit {
		return nil, approval.Refuse(approval.CodeTooLarge, "填写的内容过多，无法暂存", "what is filled in is too large to be kept")
	}
	at, err := s.Store.SaveDraft(ctx, callerOf(ctx).scope, input.TaskID, view.Draft{Basis: input.Body.Basis, Form: input.Body.Form, Opinion: input.Body.Opinion})
	output := &savedDraftOutput{}
	output.Body.SavedAt = at
	return output, err
}

func (s *Server) deleteDraft(ctx context.Context, input *draftInput) (*empty, error) {
	return nil, s.Store.DeleteDraft(ctx, callerOf(ctx).actor.Person, input.TaskID)
}

func (s *Server) listPhrases(ctx context.Context, _ *empty) (*itemsOutput[view.Phrase], error) {
	return items(s.Store.Phrases(ctx, callerOf(ctx).scope))
}

type phraseBody struct {
	Words string `json:"words" minLength:"1" maxLength:"500"`
}

type newPhraseInput struct{ Body phraseBody }

type changePhraseInput struct {
	ID   string `path:"id"`
	Body phraseBody
}

type phraseOutput struct{ Body view.Phrase }

func (s *Server) addPhrase(ctx context.Context, input *newPhraseInput) (*phraseOutput, error) {
	who := callerOf(ctx)
	return s.savePhrase(ctx, commandKey(who.actor.Person, who.key, "phrase"), input.Body.Words, true)
}

func (s *Server) changePhrase(ctx context.Context, input *changePhraseInput) (*phraseOutput, error) {
	return s.savePhrase(ctx, input.ID, input.Body.Words, false)
}

func (s *Server) savePhrase(ctx context.Context, id, words string, isNew bool) (*phraseOutput, error) {
	if words = strings.TrimSpace(words); words == "" {
		return nil, approval.Invalid("words", "请填写常用意见", "write the phrase")
	}
	phrase, err := s.Store.SavePhrase(ctx, callerOf(ctx).actor.Person, id, words, isNew)
	return &phraseOutput{Body: phrase}, err
}

func (s *Server) usePhrase(ctx context.Context, input *idInput) (*phraseOutput, error) {
	phrase, err := s.Store.UsePhrase(ctx, callerOf(ctx).actor.Person, input.ID)
	return &phraseOutput{Body: phrase}, err
}

func (s *Server) deletePhrase(ctx context.Context, input *idInput) (*empty, error) {
	return nil, s.Store.DeletePhrase(ctx, callerOf(ctx).actor.Person, input.ID)
}
