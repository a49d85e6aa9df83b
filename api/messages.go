package api

import (
	"context"

	"jieli/approval"
	"jieli/internal/view"
)

// capturedAtOnce is how many captured messages are listed.
const capturedAtOnce = 200

type messagesInput struct {
	Limit int `query:"limit" default:"50" minimum:"1" maximum:"200"`
}

// listMessages shows what could not be sent to supervisors and to the system administrators who can have it tried
// again: to a masked number, and without its words.
func (s *Server) listMessages(ctx context.Context, input *messagesInput) (*itemsOutput[view.FailedMessage], error) {
	return items(s.Store.FailedMessages(ctx, faultScope(callerOf(ctx), approval.RoleSupervisor, approval.RoleSystemAdministrator), input.Limit))
}

type messageOutput struct {
	Body struct {
		ID string `json:"id"`
	}
}

// retryMessage has a message tried again; who asked is journaled.
func (s *Server) retryMessage(ctx context.Context, input *idInput) (*messageOutput, error) {
	who := callerOf(ctx)
	output := &messageOutput{}
	output.Body.ID = input.ID
	return output, s.Store.RetryMessage(ctx, faultScope(who, approval.RoleSystemAdministrator), who.actor, input.ID, who.key)
}

func (s *Server) demoMessages(ctx context.Context, _ *empty) (*itemsOutput[view.CapturedMessage], error) {
	if !s.Demo {
		return nil, approval.NotFound()
	}
	return items(s.Store.CapturedMessages(ctx, capturedAtOnce))
}
