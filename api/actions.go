package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"slices"
	"time"

	"jieli/approval"
	"jieli/internal/view"
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
	_, err = s.Gate.Act(deadline, no, command.Key, command)
	if errors.Is(err, errEnded) {
		err = s.actWithoutWorkflow(deadline, no, command)
	}
	switch {
	case err == nil:
		return 200, nil
	case errors.Is(err, context.DeadlineExceeded), errors.Is(deadline.Err(), context.DeadlineExceeded):
		return 202, nil
	}
	var refusal *approval.Error
	if errors.As(err, &refusal) {
		return 0, refusal
	}
	s.Logger.Error("the gate did not answer", "case", no, "error", err)
	return 0, approval.Refuse(approval.CodeUnavailable, "流程引擎暂不可用，请稍后用同一请求重试", "the workflow engine does not answer; send the same request again shortly")
}

// actWithoutWorkflow answers an act on a case no workflow runs for. An ended case refuses with its
// outcome; one written a moment ago, whose workflow was not started yet, gets it now.
func (s *Server) actWithoutWorkflow(ctx context.Context, no string, command approval.Command) error {
	fold, err := s.Store.Case(ctx, no)
	if err != nil {
		return err
	}
	if _, refusal := approval.Decide(fold, command); refusal != nil {
		return refusal
	}
	first, err := s.Store.FirstEntry(ctx, no)
	if err != nil {
		return err
	}
	if err := s.Gate.StartCase(ctx, first); err != nil {
		return err
	}
	if _, err = s.Gate.Act(ctx, no, command.Key, command); errors.Is(err, errEnded) {
		return approval.Refuse(approval.CodeUnavailable, "办件流程已中断，技术人员正在恢复，请稍后再试", "the case's workflow has broken off and is being restored; try again later")
	}
	return err
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

type bulkInput struct {
	Body struct {
		Items []struct {
			TaskID string `json:"taskId"`
			Seen   int64  `json:"seen"`
		} `json:"items" minItems:"1" maxItems:"500"`
		Action      approval.Action      `json:"action"`
		Opinion     string               `json:"opinion,omitempty" maxLength:"4000"`
		ToStage     string               `json:"toStage,omitempty"`
		AfterReturn approval.AfterReturn `json:"afterReturn,omitempty" enum:"here,walk"`
		Target      *targetInput         `json:"target,omitempty"`
	}
}

type bulkResult struct {
	TaskID  string         `json:"taskId"`
	OK      bool           `json:"ok"`
	Problem *ProblemDetail `json:"problem,omitempty"`
}

// actOnTasks acts on each task by itself and reports a result for every one; an approval confirms
// what the system proposes.
func (s *Server) actOnTasks(ctx context.Context, input *bulkInput) (*itemsOutput[bulkResult], error) {
	who := callerOf(ctx)
	language, _ := ctx.Value(languageKey).(string)
	results := make([]bulkResult, 0, len(input.Body.Items))
	for _, item := range input.Body.Items {
		result := bulkResult{TaskID: item.TaskID}
		err := s.actOnTask(ctx, who, actionBody{Action: input.Body.Action, TaskID: item.TaskID, Seen: item.Seen, Opinion: input.Body.Opinion,
			ToStage: input.Body.ToStage, AfterReturn: input.Body.AfterReturn, Target: input.Body.Target})
		if result.OK = err == nil; err != nil {
			own := approval.AsError(err)
			result.Problem = &ProblemDetail{Location: item.TaskID, Message: own.Message.In(language), Code: own.Code}
		}
		results = append(results, result)
	}
	return items(results, nil)
}

func (s *Server) actOnTask(ctx context.Context, who *caller, body actionBody) error {
	no, err := s.Store.TaskCase(ctx, body.TaskID)
	if err != nil {
		return err
	}
	record, err := s.Store.CaseRecord(ctx, who.scope, no)
	if err != nil {
		return err
	}
	if _, task := record.Fold.Task(body.TaskID); task != nil && body.Action == approval.ActionApprove {
		body.Form = currentProposal(record.Fold, *task)
	}
	status, err := s.act(ctx, who, no, body, false)
	if err == nil && status == 202 {
		return approval.Refuse(approval.CodeUnavailable, "已提交，稍后可见结果", "sent; the result will show shortly")
	}
	return err
}

// Sweep sends again the commands whose answer never came, with the same key, until ctx ends. What
// the journal holds already is found by its key, so nothing happens twice.
func Sweep(ctx context.Context, store Store, gate Gate, logger *slog.Logger, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		pending, err := store.PendingRequests(ctx, 30*time.Second, 100)
		if err != nil {
			continue
		}
		for _, request := range pending {
			posts, err := store.Posts(ctx, request.Actor)
			if err != nil {
				continue
			}
			request.Command.Posts = nil
			for _, post := range posts {
				request.Command.Posts = append(request.Command.Posts, approval.Post{Office: post.Office, Role: post.Role})
			}
			deadline, cancel := context.WithTimeout(ctx, 10*time.Second)
			_, err = gate.Act(deadline, request.Case, request.Command.Key, request.Command)
			cancel()
			answer := &Problem{}
			var refusal *approval.Error
			switch {
			case err == nil:
				if err := store.AnswerRequest(ctx, request.Actor, request.Key, 200, []byte(`{"no":"`+request.Case+`"}`)); err != nil {
					logger.Warn("answer a swept request", "case", request.Case, "error", err)
				}
				continue
			case errors.As(err, &refusal):
				answer = problem(refusal, "zh-CN", "")
			case errors.Is(err, errEnded):
				answer = problem(approval.Refuse(approval.CodeCaseEnded, "办件已结束，不再接受操作", "the case has ended and accepts no more acts"), "zh-CN", "")
			default:
				continue
			}
			if err := store.AnswerRequest(ctx, request.Actor, request.Key, answer.Status, answer.encode()); err != nil {
				logger.Warn("answer a swept request", "case", request.Case, "error", err)
			}
		}
	}
}

type tasksInput struct {
	Box    string `query:"box" default:"todo" enum:"todo,claimable,done,started,cc"`
	Type   string `query:"type"`
	Query  string `query:"q" maxLength:"100"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"300"`
}

func (s *Server) listTasks(ctx context.Context, input *tasksInput) (*pageOutput[view.TaskItem], error) {
	list, next, err := s.Store.Tasks(ctx, callerOf(ctx).scope, view.TaskFilter{Box: input.Box, Type: input.Type, Query: input.Query, Limit: input.Limit, After: input.Cursor})
	output := &pageOutput[view.TaskItem]{}
	output.Body.Items, output.Body.NextCursor = orEmpty(list), next
	return output, err
}

type countsOutput struct{ Body view.TaskCounts }

func (s *Server) countTasks(ctx context.Context, _ *empty) (*countsOutput, error) {
	counts, err := s.Store.TaskCounts(ctx, callerOf(ctx).scope)
	return &countsOutput{Body: counts}, err
}
