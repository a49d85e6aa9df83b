package api

import (
	"context"
	"strconv"

	"jieli/approval"
	"jieli/internal/view"
)

type noticesInput struct {
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"100"`
}

type noticesOutput struct{ Body view.NoticePage }

func (s *Server) listNotices(ctx context.Context, input *noticesInput) (*noticesOutput, error) {
	page, err := s.Store.Notices(ctx, callerOf(ctx).scope, input.Limit, input.Cursor)
	page.Items = orEmpty(page.Items)
	return &noticesOutput{Body: page}, err
}

type readNoticesInput struct {
	Body struct {
		IDs  []string `json:"ids,omitempty" maxItems:"500" doc:"these"`
		UpTo string   `json:"upTo,omitempty" doc:"or all up to this one"`
	}
}

type readNoticesOutput struct {
	Body struct {
		Unread int `json:"unread"`
	}
}

func (s *Server) readNotices(ctx context.Context, input *readNoticesInput) (*readNoticesOutput, error) {
	if len(input.Body.IDs) == 0 && input.Body.UpTo == "" {
		return nil, approval.Invalid("ids", "请指明已读的消息", "name the notices that were read")
	}
	number := func(text, location string) (int64, error) {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return 0, approval.Invalid(location, "没有这条消息", "there is no such notice")
		}
		return n, nil
	}
	ids, upTo := []int64{}, int64(0)
	for _, text := range input.Body.IDs {
		id, err := number(text, "ids")
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if input.Body.UpTo != "" {
		var err error
		if upTo, err = number(input.Body.UpTo, "upTo"); err != nil {
			return nil, err
		}
	}
	unread, err := s.Store.ReadNotices(ctx, callerOf(ctx).scope, ids, upTo)
	output := &readNoticesOutput{}
	output.Body.Unread = unread
	return output, err
}
