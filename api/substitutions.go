package api

import (
	"context"
	"slices"
	"strings"

	"jieli/approval"
	"jieli/internal/view"
)

// substitutionScope is whose substitutions a caller sees: those of the offices of their posts and, as
// a system administrator, those of the district.
func substitutionScope(who *caller) view.Scope {
	scope := who.scope
	scope.Paths = slices.Clone(scope.Paths)
	for _, post := range who.posts {
		if post.Role == approval.RoleSystemAdministrator {
			scope.Paths = append(scope.Paths, post.Region)
		}
	}
	return scope
}

// mayArrange reports whether the caller arranges substitutes for others in an office: as its head, or
// as a system administrator of the district.
func mayArrange(who *caller, office, path string) bool {
	return slices.ContainsFunc(who.posts, func(post view.PostView) bool {
		return post.Role == approval.RoleHead && post.Office == office || post.Role == approval.RoleSystemAdministrator && strings.HasPrefix(path, post.Region)
	})
}

// shownTo says what the caller may do with a substitution. Why somebody is away concerns only those
// who arrange it.
func shownTo(who *caller, found view.Substitution) view.Substitution {
	arranges := found.Person == who.actor.Person || found.CreatedBy == who.actor.Person || mayArrange(who, found.Office, found.OfficePath)
	found.MayRevoke = arranges && (found.State == "active" || found.State == "planned")
	if !arranges {
		found.Reason = ""
	}
	return found
}

type substitutionsInput struct {
	Ended  bool   `query:"ended" doc:"those of the past too"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"200"`
}

func (s *Server) listSubstitutions(ctx context.Context, input *substitutionsInput) (*pageOutput[view.Substitution], error) {
	who := callerOf(ctx)
	list, next, err := s.Store.Substitutions(ctx, substitutionScope(who), input.Ended, input.Limit, input.Cursor)
	output := &pageOutput[view.Substitution]{}
	output.Body.Items, output.Body.NextCursor = []view.Substitution{}, next
	for _, each := range list {
		output.Body.Items = append(output.Body.Items, shownTo(who, each))
	}
	return output, err
}

type setSubstitutionInput struct {
	Body struct {
		Person     string        `json:"person,omitempty" maxLength:"100" doc:"who is absent; the caller when missing"`
		Substitute string        `json:"substitute" minLength:"1" maxLength:"100"`
		Office     string        `json:"office,omitempty" maxLength:"100" doc:"may be missing when the caller has posts in one office only"`
		Role       approval.Role `json:"role,omitempty" maxLength:"100" doc:"missing for all the posts in the office"`
		From       string        `json:"from" format:"date" doc:"first day"`
		To         string        `json:"to" format:"date" doc:"last day"`
		Reason     string        `json:"reason,omitempty" maxLength:"500"`
	}
}

type substitutionOutput struct{ Body view.Substitution }

func (s *Server) setSubstitution(ctx context.Context, input *setSubstitutionInput) (*substitutionOutput, error) {
	who := callerOf(ctx)
	body := input.Body
	if body.Person == "" {
		body.Person = who.actor.Person
	}
	if body.Office == "" {
		if body.Office = onlyOffice(who.posts); body.Office == "" {
			return nil, approval.Invalid("office", "您在多个单位任职，请指明单位", "you hold posts in several offices; name the office")
		}
	}
	office, err := s.Store.Office(ctx, body.Office)
	if err != nil {
		if approval.AsError(err).Code != approval.CodeNotFound {
			return nil, err
		}
		return nil, approval.Invalid("office", "没有这个单位", "there is no such office")
	}
	if body.Person != who.actor.Person && !mayArrange(who, office.ID, office.Region) {
		return nil, approval.Refuse(approval.CodeForbidden, "只能为本人设置代理；为他人设置须由本单位审批人或系统管理员办理",
			"you set a substitute for yourself; for somebody else the head of the office or a system administrator does")
	}
	id := commandKey(who.actor.Person, who.key, "substitution")
	err = s.Store.AddSubstitution(ctx, view.NewSubstitution{ID: id, Person: body.Person, Substitute: body.Substitute, Office: body.Office, Role: body.Role,
		From: body.From, To: body.To, Reason: strings.TrimSpace(body.Reason), By: who.actor.Person})
	if err != nil {
		return nil, err
	}
	return s.substitution(ctx, who, id)
}

// onlyOffice is the office of all of somebody's posts, or none.
func onlyOffice(posts []view.PostView) string {
	office := ""
	for _, post := range posts {
		if office != "" && office != post.Office {
			return ""
		}
		office = post.Office
	}
	return office
}

func (s *Server) substitution(ctx context.Context, who *caller, id string) (*substitutionOutput, error) {
	found, err := s.Store.Substitution(ctx, substitutionScope(who), id)
	if err != nil {
		return nil, err
	}
	return &substitutionOutput{Body: shownTo(who, found)}, nil
}

func (s *Server) revokeSubstitution(ctx context.Context, input *idInput) (*substitutionOutput, error) {
	who := callerOf(ctx)
	found, err := s.substitution(ctx, who, input.ID)
	if err != nil {
		return nil, err
	}
	if open := found.Body.State == "active" || found.Body.State == "planned"; open && !found.Body.MayRevoke {
		return nil, approval.Refuse(approval.CodeForbidden, "代理由本人、本单位审批人或系统管理员撤销", "the absent officer, the head of the office or a system administrator revokes it")
	}
	if err := s.Store.RevokeSubstitution(ctx, input.ID, who.actor.Person); err != nil {
		return nil, err
	}
	return s.substitution(ctx, who, input.ID)
}
