package api

import (
	"context"
	"encoding/json"
	"time"

	"jieli/approval"
	"jieli/internal/view"
)

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
