package api

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jieli/approval"
	"jieli/internal/temporalgate"
	"jieli/internal/view"
)

// carry takes one command through the gate. An act whose key the journal holds has taken effect,
// whatever the gate says now: the answer was lost, not the act.
func carry(ctx context.Context, store Store, gate Gate, no string, command approval.Command) error {
	_, err := gate.Act(ctx, no, command.Key, command)
	if errors.Is(err, temporalgate.ErrEnded) {
		err = carryWithoutWorkflow(ctx, store, gate, no, command)
	}
	if refusal := refusalIn(err); refusal != nil {
		known, readErr := store.Committed(ctx, no, command.Key)
		if readErr != nil {
			return readErr
		}
		if known {
			return nil
		}
	}
	return err
}

// refusalIn finds a refusal that will stand: not one that asks to try again.
func refusalIn(err error) *approval.Error {
	var refusal *approval.Error
	if !errors.As(err, &refusal) {
		return nil
	}
	switch refusal.Code {
	case approval.CodeUnavailable, approval.CodeTooManyRequests, approval.CodeBehind, approval.CodeInternal:
		return nil
	}
	return refusal
}

// carryWithoutWorkflow answers an act on a case no workflow runs for. An ended case refuses with its
// outcome; one written a moment ago, whose workflow was not started yet, gets it now.
func carryWithoutWorkflow(ctx context.Context, store Store, gate Gate, no string, command approval.Command) error {
	fold, err := store.Case(ctx, no)
	if err != nil {
		return err
	}
	if _, refusal := approval.Decide(fold, command); refusal != nil {
		return refusal
	}
	first, err := store.FirstEntry(ctx, no)
	if err != nil {
		return err
	}
	if err := gate.StartCase(ctx, first); err != nil {
		return err
	}
	if _, err = gate.Act(ctx, no, command.Key, command); errors.Is(err, temporalgate.ErrEnded) {
		return approval.Refuse(approval.CodeUnavailable, "办件流程已中断，技术人员正在恢复，请稍后再试", "the case's workflow has broken off and is being restored; try again later")
	}
	return err
}

// sweepAge is how long a write may be without an answer before it is sent again.
const sweepAge = 30 * time.Second

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
		pending, err := store.PendingRequests(ctx, sweepAge, 100)
		if err != nil {
			logger.Warn("look for writes without an answer", "error", err)
			continue
		}
		for _, request := range pending {
			if err := sweep(ctx, store, gate, request); err != nil && ctx.Err() == nil {
				logger.Warn("send a write again", "case", request.Case, "error", err)
			}
		}
	}
}

// sweep sends one command again, with the posts its actor holds now. After an effect the request
// waits for its asker, who gets the case as it is then; a refusal is final and stored.
func sweep(ctx context.Context, store Store, gate Gate, request view.PendingRequest) error {
	posts, err := store.Posts(ctx, request.Actor)
	if err != nil {
		return err
	}
	request.Command.Posts = nil
	for _, post := range posts {
		request.Command.Posts = append(request.Command.Posts, approval.Post{Office: post.Office, Role: post.Role})
	}
	deadline, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	err = carry(deadline, store, gate, request.Case, request.Command)
	if err == nil {
		return store.SettleRequest(ctx, request.Actor, request.Key)
	}
	if refusal := refusalIn(err); refusal != nil {
		answer := problem(refusal, "zh-CN", "")
		return store.AnswerRequest(ctx, request.Actor, request.Key, answer.Status, answer.encode())
	}
	return err
}
