package api

import (
	"context"
	"strings"

	"jieli/approval"
	"jieli/internal/view"
)

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
