package api

import (
	"context"
	"errors"
	"sync"
	"time"

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
		Clause      string               `json:"clause,omitempty" maxLength:"100"`
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

const (
	// bulkWidth is how many tasks of one bulk act are under way at once: enough to hide the waiting,
	// few enough that the signatures of others go on beside it.
	bulkWidth = 8
	// bulkPatience is how long a bulk act goes on; what was not begun by then is reported as such.
	bulkPatience = 90 * time.Second
)

// actOnTasks acts on each task by itself and reports a result for every one, in the order they were
// sent, whatever fails in between; an approval confirms what the system proposes.
func (s *Server) actOnTasks(ctx context.Context, input *bulkInput) (*itemsOutput[bulkResult], error) {
	who := callerOf(ctx)
	language, _ := ctx.Value(languageKey).(string)
	// Looked up once: the items share the caller.
	if err := s.standIns(ctx, who); err != nil {
		return nil, err
	}
	patience, cancel := context.WithTimeout(ctx, bulkPatience)
	defer cancel()
	results := make([]bulkResult, len(input.Body.Items))
	// A task named twice is one act: at once they would race for the one key they share.
	first := map[string]int{}
	for i, item := range input.Body.Items {
		if _, named := first[item.TaskID]; !named {
			first[item.TaskID] = i
		}
	}
	next := make(chan int)
	var hands sync.WaitGroup
	for range min(bulkWidth, len(results)) {
		hands.Go(func() {
			for i := range next {
				item := input.Body.Items[i]
				err := s.actOnTask(patience, who, actionBody{Action: input.Body.Action, TaskID: item.TaskID, Seen: item.Seen, Opinion: input.Body.Opinion,
					Clause: input.Body.Clause, ToStage: input.Body.ToStage, AfterReturn: input.Body.AfterReturn, Target: input.Body.Target})
				results[i] = bulkResult{TaskID: item.TaskID, OK: err == nil, Problem: bulkProblem(item.TaskID, language, err)}
			}
		})
	}
	for i, item := range input.Body.Items {
		if first[item.TaskID] == i {
			next <- i
		}
	}
	close(next)
	hands.Wait()
	for i, item := range input.Body.Items {
		results[i] = results[first[item.TaskID]]
	}
	return items(results, nil)
}

func bulkProblem(task, language string, err error) *ProblemDetail {
	if err == nil {
		return nil
	}
	own := approval.AsError(err)
	return &ProblemDetail{Location: task, Message: own.Message.In(language), Code: own.Code}
}

func (s *Server) actOnTask(ctx context.Context, who *caller, body actionBody) error {
	if ctx.Err() != nil {
		return approval.Refuse(approval.CodeUnavailable, "系统繁忙，本项尚未办理，请稍后再办", "the system is busy; this one was not begun, try it again later")
	}
	no, err := s.Store.TaskCase(ctx, body.TaskID)
	if err != nil {
		return s.outage(body.TaskID, err)
	}
	record, err := s.Store.CaseRecord(ctx, who.scope, no)
	if err != nil {
		return s.outage(body.TaskID, err)
	}
	if _, task := record.Fold.Task(body.TaskID); task != nil && body.Action == approval.ActionApprove {
		body.Form = currentProposal(record.Fold, *task)
	}
	status, err := s.act(ctx, who, no, body, false)
	if err == nil && status == 202 {
		return approval.Refuse(approval.CodeUnavailable, "已提交，稍后可见结果", "sent; the result will show shortly")
	}
	return s.outage(body.TaskID, err)
}

// outage tells a refusal, which is an answer, from a database or workflow engine that was away for a
// moment: nobody needs to call anybody, the item can be sent again.
func (s *Server) outage(task string, err error) error {
	var refusal *approval.Error
	if err == nil || errors.As(err, &refusal) && refusal.Code != approval.CodeInternal {
		return err
	}
	s.Logger.Error("act on one of several tasks", "task", task, "error", err)
	return unavailable(err)
}
