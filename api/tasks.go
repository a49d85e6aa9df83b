package api

import (
	"context"

	"jieli/internal/view"
)

type tasksInput struct {
	Box    string `query:"box" default:"todo" enum:"todo,claimable,done,started,cc"`
	Type   string `query:"type"`
	Query  string `query:"q" maxLength:"100"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"300"`
}

func (s *Server) listTasks(ctx context.Context, input *tasksInput) (*pageOutput[view.TaskItem], error) {
	who := callerOf(ctx)
	if err := s.standIns(ctx, who); err != nil {
		return nil, err
	}
	list, next, err := s.Store.Tasks(ctx, who.scope, view.TaskFilter{Box: input.Box, Type: input.Type, Query: input.Query, Limit: input.Limit, After: input.Cursor})
	output := &pageOutput[view.TaskItem]{}
	output.Body.Items, output.Body.NextCursor = orEmpty(list), next
	return output, err
}

type countsOutput struct{ Body view.TaskCounts }

func (s *Server) countTasks(ctx context.Context, _ *empty) (*countsOutput, error) {
	who := callerOf(ctx)
	if err := s.standIns(ctx, who); err != nil {
		return nil, err
	}
	counts, err := s.Store.TaskCounts(ctx, who.scope)
	return &countsOutput{Body: counts}, err
}

type heldTasksInput struct {
	ID     string `path:"id" maxLength:"100"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"300"`
}

// listHeldTasks answers heads and supervisors; to others an officer's tasks are their own affair.
func (s *Server) listHeldTasks(ctx context.Context, input *heldTasksInput) (*pageOutput[view.TaskItem], error) {
	list, next, err := s.Store.HeldTasks(ctx, callerOf(ctx).scope, input.ID, input.Limit, input.Cursor)
	output := &pageOutput[view.TaskItem]{}
	output.Body.Items, output.Body.NextCursor = orEmpty(list), next
	return output, err
}
