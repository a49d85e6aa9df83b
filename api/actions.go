package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
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
	Kind        approval.TaskKind    `json:"kind,omitempty" enum:"before,after,advisory" doc:"of an added signer"`
	Signers     []targetInput        `json:"signers,omitempty" maxItems:"20"`
	Reason      string               `json:"reason,omitempty" maxLength:"100" doc:"of a suspension, from the stage's list"`
	Body        string               `json:"body,omitempty" maxLength:"400" doc:"whose reply a suspension waits for, where the reason names one"`
	Until       string               `json:"until,omitempty" format:"date" doc:"the day on which a suspension ends by itself"`
	Due         string               `json:"due,omitempty" format:"date" doc:"the last day of an extended deadline, or of a supervision's answer"`
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
	record, err := s.Store.CaseRecord(ctx, who.scope, no)
	if err != nil {
		return 0, err
	}
	command, err := s.command(ctx, who, no, body)
	if err != nil {
		return 0, err
	}
	targets := command.Signers
	if command.Target != nil {
		targets = append(slices.Clone(targets), *command.Target)
	}
	for i := range targets {
		if err := partyOnly(record.Fold.Type, &targets[i]); err != nil {
			return 0, err
		}
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
func (s *Server) command(ctx context.Context, who *caller, no string, body actionBody) (command approval.Command, err error) {
	if err := s.standIns(ctx, who); err != nil {
		return command, err
	}
	command = approval.Command{Key: commandKey(who.actor.Person, who.key, body.TaskID), Action: body.Action, TaskID: body.TaskID, Seen: body.Seen, Actor: who.actor, Posts: who.scope.Posts,
		Opinion: body.Opinion, Clause: body.Clause, Form: body.Form, ToStage: body.ToStage, AfterReturn: body.AfterReturn,
		Kind: body.Kind, Reason: body.Reason, Body: body.Body, StandsInFor: who.scope.Substitutions(), Moment: s.Clock.Now()}
	if body.Action.System() {
		return command, approval.Invalid("action", "没有这种操作", "there is no such action")
	}
	for _, defect := range body.Defects {
		command.Defects = append(command.Defects, approval.Defect(defect))
	}
	for _, line := range body.Lines {
		command.Lines = append(command.Lines, approval.LineEdit(line))
	}
	if command.Until, err = dayStart("until", body.Until); err != nil {
		return command, err
	}
	if command.Due, err = dayEnd("due", body.Due); err != nil {
		return command, err
	}
	for i := range body.Signers {
		target, err := s.helper(ctx, no, &body.Signers[i])
		if err != nil {
			return command, err
		}
		command.Signers = append(command.Signers, *target)
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
		look := s.target
		if body.Action == approval.ActionDelegate {
			look = func(ctx context.Context, input *targetInput) (*approval.Target, error) {
				return s.helper(ctx, no, input)
			}
		}
		if command.Target, err = look(ctx, body.Target); err != nil {
			return command, err
		}
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

// helper is a delegate or added signer: of the case's own district, since they will read the case.
func (s *Server) helper(ctx context.Context, no string, input *targetInput) (*approval.Target, error) {
	target, err := s.target(ctx, input)
	if err != nil {
		return nil, err
	}
	within, err := s.Store.OfficeWithinCase(ctx, target.Office, no)
	if err != nil {
		return nil, err
	}
	if !within {
		return nil, approval.Invalid("target.office", "请选择本辖区或本办件参与单位", "choose an office of the case's own district, or one that takes part in it")
	}
	return target, nil
}

// dayStart and dayEnd read a date as the first and the last moment of that day in China.
func dayStart(location, date string) (*time.Time, error) {
	if date == "" {
		return nil, nil
	}
	day, err := time.ParseInLocation(time.DateOnly, date, clock.Zone)
	if err != nil {
		return nil, approval.Invalid(location, "请按 2026-01-31 的格式填写日期", "write the date like 2026-01-31")
	}
	return &day, nil
}

func dayEnd(location, date string) (*time.Time, error) {
	day, err := dayStart(location, date)
	if day == nil || err != nil {
		return nil, err
	}
	end := day.AddDate(0, 0, 1).Add(-time.Second)
	return &end, nil
}

// standIns fills in for whom the caller stands in today.
func (s *Server) standIns(ctx context.Context, who *caller) (err error) {
	if who.scope.StandIns == nil {
		who.scope.StandIns, err = s.Store.SubstitutionsOf(ctx, who.actor.Person, "")
	}
	return err
}
