package api

import (
	"context"
	"strings"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/rules"
)

type ruleView struct {
	Name    string         `json:"name"`
	Title   approval.Text  `json:"title"`
	Version int            `json:"version"`
	Schema  map[string]any `json:"schema" doc:"JSON Schema of the input"`
}

func (s *Server) listRules(context.Context, *empty) (*itemsOutput[ruleView], error) {
	list := []ruleView{}
	for _, trial := range rules.Trials() {
		list = append(list, ruleView{Name: trial.Name, Title: trial.Title, Version: trial.Version, Schema: approval.Schema(trial.Fields)})
	}
	return items(list, nil)
}

type evaluateInput struct {
	Name string `path:"name" maxLength:"100"`
	Body approval.Form
}

type evaluateOutput struct {
	Body struct {
		rules.Evaluation
		Rule    string `json:"rule"`
		Version int    `json:"version"`
	}
}

// evaluateRule answers "until when", "where to" and "how much" with the way to the answer. It
// changes nothing, so it takes no Idempotency-Key.
func (s *Server) evaluateRule(ctx context.Context, input *evaluateInput) (*evaluateOutput, error) {
	trial, ok := rules.FindTrial(input.Name)
	if !ok {
		return nil, approval.NotFound()
	}
	calendar, err := s.Store.Calendar(ctx)
	if err != nil {
		return nil, err
	}
	evaluation, refusal := trial.Try(input.Body, rules.Facts{Calendar: calendar, Today: s.Clock.Now().In(clock.Zone)})
	if refusal != nil {
		return nil, refusal
	}
	output := &evaluateOutput{}
	output.Body.Evaluation, output.Body.Rule, output.Body.Version = evaluation, trial.Name, trial.Version
	return output, nil
}

// evaluates reports whether a path tries a rule.
func evaluates(path string) bool {
	return strings.HasPrefix(path, "/api/v1/rules/") && strings.HasSuffix(path, "/evaluate")
}
