package api

import (
	"context"

	"jieli/approval"
)

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
