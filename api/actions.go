package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"jieli/approval"
)

type targetInput struct {
	Office string `json:"office"`
	User   string `json:"user,omitempty"`
}

type defectInput struct {
	Item   string `json:"item" minLength:"1" maxLength:"500"`
	Detail string `json:"detail,omitempty" maxLength:"2000"`
	Clause string `json:"clause,omitempty" maxLength:"100"`
}

type lineInput struct {
	Line  string `json:"line"`
	Field string `json:"field"`
	Value string `json:"value"`
}

// actionBody is one act on a case, as api.md writes it.
type actionBody struct {
	Action      approval.Action      `json:"action"`
	TaskID      string               `json:"taskId,omitempty"`
	Seen        int64                `json:"seen" minimum:"0" doc:"the version the caller was looking at"`
	Opinion     string               `json:"opinion,omitempty" maxLength:"4000"`
	Clause      string               `json:"clause,omitempty" maxLength:"100"`
	Form        approval.Form        `json:"form,omitempty"`
	ToStage     string               `json:"toStage,omitempty"`
	AfterReturn approval.AfterReturn `json:"afterReturn,omitempty" enum:"here,walk"`
	Defects     []defectInput        `json:"defects,omitempty" maxItems:"200"`
	Target      *targetInput         `json:"target,omitempty"`
	Lines       []lineInput          `json:"lines,omitempty" maxItems:"2000"`
	File        string               `json:"file,omitempty"`
	Material    string               `json:"material,omitempty"`
}

type actInput struct {
	CasePath
	Body actionBody
}

func (s *Server) actOnCase(ctx context.Context, input *actInput) (*caseOutput, error) {
	who := callerOf(ctx)
	status, err := s.act(ctx, who, input.No, input.Body, true)
	if err != nil {
		return nil, err
	}
	shown, err := s.caseView(ctx, who, input.No)
	return &caseOutput{Status: status, Body: shown}, err
}

// act takes one command through the gate. It answers 200 when the command is durable and visible,
// and 202 when the deadline passed first: the same key asks again, and a sweepable command is sent
// again by the sweeper (a bulk act is many commands under one key, asked for again by the client).
func (s *Server) act(ctx context.Context, who *caller, no string, body actionBody, sweepable bool) (int, error) {
	if _, err := s.Store.CaseRecord(ctx, who.scope, no); err != nil {
		return 0, err
	}
	command, err := s.command(ctx, who, no, body)
	if err != nil {
		return 0, err
	}
	if sweepable {
		if err := s.Store.AttachCommand(ctx, who.actor.Person, who.key, no, command); err != nil {
			return 0, err
		}
	}
	deadline, cancel := context.WithTimeout(ctx, s.ActDeadline)
	defer cancel()
	err = carry(deadline, s.Store, s.Gate, no, command)
	switch {
	case err == nil:
		return 200, nil
	case (errors.Is(err, context.DeadlineExceeded) || errors.Is(deadline.Err(), context.DeadlineExceeded)) && s.gateAnswers(ctx):
		return 202, nil
	}
	var refusal *approval.Error
	if errors.As(err, &refusal) {
		return 0, refusal
	}
	s.Logger.Error("the gate did not answer", "case", no, "error", err)
	return 0, approval.Refuse(approval.CodeUnavailable, "流程引擎暂不可用，请稍后用同一请求重试", "the workflow engine does not answer; send the same request again shortly")
}

// gateAnswers tells a gate that is slow from one that is away.
func (s *Server) gateAnswers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return s.Gate.Ready(ctx) == nil
}

// commandKey is both the Update's id and the journal's key: one effect per actor, key and task.
func commandKey(person, key, task string) string {
	digest := sha256.Sum256([]byte(person + "\x00" + key + "\x00" + task))
	return hex.EncodeToString(digest[:20])
}

// command looks up the facts a decision needs that a client must not send itself.
func (s *Server) command(ctx context.Context, who *caller, no string, body actionBody) (approval.Command, error) {
	command := approval.Command{Key: commandKey(who.actor.Person, who.key, body.TaskID), Action: body.Action, TaskID: body.TaskID, Seen: body.Seen, Actor: who.actor, Posts: who.scope.Posts,
		Opinion: body.Opinion, Clause: body.Clause, Form: body.Form, ToStage: body.ToStage, AfterReturn: body.AfterReturn}
	if body.Action == approval.ActionSubmit || body.Action == approval.ActionChildrenFinished {
		return command, approval.Invalid("action", "没有这种操作", "there is no such action")
	}
	for _, defect := range body.Defects {
		command.Defects = append(command.Defects, approval.Defect(defect))
	}
	for _, line := range body.Lines {
		command.Lines = append(command.Lines, approval.LineEdit(line))
	}
	if body.Action == approval.ActionAttach {
		attachment, err := s.Store.FileInfo(ctx, no, body.File)
		if err != nil {
			return command, approval.Invalid("file", "请先上传文件", "upload the file first")
		}
		attachment.Material = body.Material
		command.Attachment = &attachment
	}
	if body.Target != nil {
		target, err := s.target(ctx, body.Target)
		if err != nil {
			return command, err
		}
		command.Target = target
	}
	return command, nil
}

func (s *Server) target(ctx context.Context, input *targetInput) (*approval.Target, error) {
	office, err := s.Store.Office(ctx, input.Office)
	if err != nil {
		return nil, approval.Invalid("target.office", "没有这个单位", "there is no such office")
	}
	officers, err := s.Store.Officers(ctx, input.Office)
	if err != nil {
		return nil, err
	}
	target := &approval.Target{Office: office.ID, OfficeKind: office.Kind, Person: input.User}
	for _, officer := range officers {
		if input.User == "" || input.User == officer.ID {
			target.Roles = append(target.Roles, officer.Roles...)
		}
	}
	if input.User != "" && len(target.Roles) == 0 {
		return nil, approval.Invalid("target.user", "该单位没有这位工作人员", "the office has no such officer")
	}
	slices.Sort(target.Roles)
	target.Roles = slices.Compact(target.Roles)
	return target, nil
}
