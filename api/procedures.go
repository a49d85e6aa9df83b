package api

import (
	"context"

	"jieli/approval"
	"jieli/procedures"
)

// stageView is one declared stage as api.md shows it.
type stageView struct {
	Key        string              `json:"key"`
	Group      string              `json:"group"`
	Title      approval.Text       `json:"title"`
	OfficeKind approval.OfficeKind `json:"officeKind,omitempty"`
	Role       approval.Role       `json:"role,omitempty"`
	Signers    []approval.Signer   `json:"signers"`
	Mode       approval.Mode       `json:"mode"`
	Due        approval.Due        `json:"due"`
	DueField   string              `json:"dueField,omitempty" doc:"the date of the form that is the deadline instead"`
	Clauses    []string            `json:"clauses"`
	Materials  []approval.Material `json:"materials"`
	Schema     map[string]any      `json:"schema"`
	Condition  string              `json:"condition,omitempty" doc:"the fact, or the field of the form, on which it hangs whether the stage is gone through"`
	Child      string              `json:"child,omitempty"`
	ChildBy    *approval.ChildBy   `json:"childBy,omitempty" doc:"the type of child cases that is waited for instead, by a field of the form"`
}

type procedureView struct {
	Type     string        `json:"type"`
	Title    approval.Text `json:"title"`
	Clauses  []string      `json:"clauses"`
	MayStart bool          `json:"mayStart" doc:"one of the caller's posts may submit it"`
	Stages   []stageView   `json:"stages"`
}

func (s *Server) procedureView(ctx context.Context, p procedures.Procedure) procedureView {
	v := procedureView{Type: p.Type, Title: p.Title, Clauses: orEmpty(p.Clauses), Stages: []stageView{}}
	for _, post := range callerOf(ctx).posts {
		v.MayStart = v.MayStart || p.MayStart(post.OfficeKind, post.Role)
	}
	for _, stage := range p.Stages {
		condition := stage.Condition
		if condition == "" && stage.When != nil {
			condition = stage.When.Field
		}
		v.Stages = append(v.Stages, stageView{Key: stage.Key, Group: stage.Group, Title: stage.Title, OfficeKind: stage.OfficeKind(), Role: stage.Role(),
			Signers: orEmpty(stage.Signers), Mode: stage.Mode, Due: stage.Due, DueField: stage.DueField, Clauses: orEmpty(stage.Clauses), Materials: orEmpty(stage.Materials),
			Schema: approval.Schema(stage.Fields), Condition: condition, Child: stage.Child, ChildBy: stage.ChildBy})
	}
	return v
}

func (s *Server) listProcedures(ctx context.Context, _ *empty) (*itemsOutput[procedureView], error) {
	list := []procedureView{}
	for _, procedure := range procedures.All() {
		list = append(list, s.procedureView(ctx, procedure))
	}
	return items(list, nil)
}

type typeInput struct {
	Type string `path:"type"`
}

type procedureOutput struct{ Body procedureView }

func (s *Server) getProcedure(ctx context.Context, input *typeInput) (*procedureOutput, error) {
	procedure, ok := procedures.Find(input.Type)
	if !ok {
		return nil, approval.NotFound()
	}
	return &procedureOutput{Body: s.procedureView(ctx, procedure)}, nil
}
