package api

import (
	"context"

	"jieli/approval"
	"jieli/internal/view"
)

// faultScope is whose technical faults a caller sees: those of the regions supervised and, for a
// system administrator, administered.
func faultScope(who *caller, roles ...approval.Role) view.Scope {
	scope := who.scope
	scope.Paths = []string{}
	for _, post := range who.posts {
		for _, role := range roles {
			if post.Role == role {
				scope.Paths = append(scope.Paths, pathsOf(post)...)
			}
		}
	}
	return scope
}

type faultsInput struct {
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"300"`
}

// listFaults shows cases stuck for a technical reason to supervisors and to the system administrators
// who can make them try again.
func (s *Server) listFaults(ctx context.Context, input *faultsInput) (*stuckOutput, error) {
	scope := faultScope(callerOf(ctx), approval.RoleSupervisor, approval.RoleSystemAdministrator)
	return s.stuck(ctx, scope, view.SupervisionFilter{Measure: "fault", Limit: input.Limit, After: input.Cursor})
}

type faultOutput struct {
	Body struct {
		Case string `json:"case"`
	}
}

// retryFault wakes a case that is stuck for a technical reason; who did is journaled first.
func (s *Server) retryFault(ctx context.Context, input *CasePath) (*faultOutput, error) {
	who := callerOf(ctx)
	if err := s.Store.NoteRetry(ctx, faultScope(who, approval.RoleSystemAdministrator), who.actor, input.No, who.key); err != nil {
		return nil, err
	}
	output := &faultOutput{}
	output.Body.Case = input.No
	return output, s.Gate.Wake(ctx, input.No)
}
