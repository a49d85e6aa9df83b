package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"github.com/danielgtaylor/huma/v2"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/roster"
)

const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

func (s *Server) rosterTemplate(context.Context, *empty) (*downloadOutput, error) {
	var workbook bytes.Buffer
	err := roster.WriteTemplate(&workbook)
	return &downloadOutput{ContentType: workbookType, ContentDisposition: attachmentHeader("退休人员移交名册模板.xlsx"), Body: workbook.Bytes()}, err
}

type columnView struct {
	Key      string        `json:"key"`
	Title    approval.Text `json:"title"`
	Required bool          `json:"required"`
}

func (s *Server) rosterColumns(context.Context, *empty) (*itemsOutput[columnView], error) {
	list := []columnView{}
	for _, column := range roster.Columns() {
		list = append(list, columnView{Key: string(column.Key), Title: approval.Text{ZH: column.TitleZH, EN: column.TitleEN}, Required: column.Required})
	}
	return items(list, nil)
}

type rosterForm struct {
	File         huma.FormFile `form:"file" required:"true"`
	EnterpriseID string        `form:"enterpriseId" required:"false"`
}

type uploadRosterInput struct {
	RawBody huma.MultipartFormFiles[rosterForm]
}

type rosterStateOutput struct {
	Body struct {
		ID    string `json:"id"`
		State string `json:"state"`
	}
}

// uploadRoster keeps the file and checks it in the background; nothing of it is a case yet. The
// same file twice is the same roster.
func (s *Server) uploadRoster(ctx context.Context, input *uploadRosterInput) (*rosterStateOutput, error) {
	who := callerOf(ctx)
	index := slices.IndexFunc(who.posts, func(p view.PostView) bool {
		return p.OfficeKind == approval.KindEnterprise && (input.RawBody.Data().EnterpriseID == "" || input.RawBody.Data().EnterpriseID == p.Office)
	})
	if index < 0 {
		return nil, approval.Refuse(approval.CodeForbidden, "名册由企业经办人上传", "a roster is uploaded by the enterprise's clerk")
	}
	content, name, err := readUpload(input.RawBody.Data().File.File, input.RawBody.Form, roster.MaxFileBytes)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(content)
	fresh := s.Clock.Token()
	id, err := s.Store.CreateRoster(ctx, fresh, who.posts[index].Office, who.actor.Person, name, content, hex.EncodeToString(digest[:]))
	if err != nil {
		return nil, err
	}
	output := &rosterStateOutput{}
	output.Body.ID, output.Body.State = id, "checking"
	if id == fresh {
		s.Rosters.Check(id)
		return output, nil
	}
	known, err := s.Store.Roster(ctx, who.scope, id)
	if err == nil {
		output.Body.State = known.State
	}
	return output, err
}

func (s *Server) listRosters(ctx context.Context, _ *empty) (*itemsOutput[view.RosterView], error) {
	return items(s.Store.Rosters(ctx, callerOf(ctx).scope, 100))
}

type rosterOutput struct{ Body *view.RosterView }

func (s *Server) getRoster(ctx context.Context, input *idInput) (*rosterOutput, error) {
	found, err := s.Store.Roster(ctx, callerOf(ctx).scope, input.ID)
	return &rosterOutput{Body: found}, err
}

type rosterRowsInput struct {
	ID     string `path:"id"`
	Level  string `query:"level" enum:"ok,warning,blocker,skipped"`
	Code   string `query:"code" maxLength:"50"`
	Group  string `query:"group" enum:"correct,not_part"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200"`
	Cursor string `query:"cursor" maxLength:"20"`
}

func (s *Server) listRosterRows(ctx context.Context, input *rosterRowsInput) (*pageOutput[view.RosterRow], error) {
	if _, err := s.Store.Roster(ctx, callerOf(ctx).scope, input.ID); err != nil {
		return nil, err
	}
	rows, next, total, err := s.Store.RosterRows(ctx, callerOf(ctx).scope, input.ID, input.Level, input.Code, input.Group, input.Limit, input.Cursor)
	output := &pageOutput[view.RosterRow]{}
	output.Body.Items, output.Body.NextCursor, output.Body.Total = orEmpty(rows), next, &total
	return output, err
}

func (s *Server) rosterErrors(ctx context.Context, input *idInput) (*downloadOutput, error) {
	if _, err := s.Store.Roster(ctx, callerOf(ctx).scope, input.ID); err != nil {
		return nil, err
	}
	header, rows, err := s.Store.CorrectableRows(ctx, callerOf(ctx).scope, input.ID)
	if err != nil {
		return nil, err
	}
	workbook, err := correctableWorkbook(header, rows)
	return &downloadOutput{ContentType: workbookType, ContentDisposition: attachmentHeader("名册待补正.xlsx"), Body: workbook}, err
}

// correctableWorkbook writes rows under their original heading with the reason of each.
func correctableWorkbook(header []string, rows []view.CorrectableRow) ([]byte, error) {
	var workbook bytes.Buffer
	err := roster.WriteCorrectable(&workbook, header, func(yield func(roster.Row, error) bool) {
		for _, row := range rows {
			shown := roster.Row{Number: row.Row, Cells: row.Cells, Level: roster.LevelBlocker}
			for _, finding := range row.Findings {
				shown.Findings = append(shown.Findings, roster.Finding{Code: finding.Code, Column: roster.Column(finding.Column), Message: finding.Message.ZH, MessageEN: finding.Message.EN, Level: roster.Level(finding.Level), Group: finding.Group})
			}
			if !yield(shown, nil) {
				return
			}
		}
	})
	return workbook.Bytes(), err
}

type correctRosterInput struct {
	ID      string `path:"id"`
	RawBody huma.MultipartFormFiles[fileForm]
}

// correctRoster merges a corrected workbook into the same roster; the same file twice changes nothing.
func (s *Server) correctRoster(ctx context.Context, input *correctRosterInput) (*rosterStateOutput, error) {
	found, err := s.Store.Roster(ctx, callerOf(ctx).scope, input.ID)
	if err != nil {
		return nil, err
	}
	content, name, err := readUpload(input.RawBody.Data().File.File, input.RawBody.Form, roster.MaxFileBytes)
	if err != nil {
		return nil, err
	}
	if found.Case != "" {
		return nil, approval.Refuse(approval.CodeWrongState, "名册已提交，补正后的人员请另行申报", "the roster has been submitted; corrected people go into a new one")
	}
	digest := sha256.Sum256(content)
	restarted, err := s.Store.RestartRoster(ctx, input.ID, hex.EncodeToString(digest[:]), nil, name, content)
	if err != nil {
		return nil, err
	}
	output := &rosterStateOutput{}
	output.Body.ID, output.Body.State = input.ID, found.State
	if restarted {
		output.Body.State = "checking"
		s.Rosters.Check(input.ID)
	}
	return output, nil
}

type mapRosterInput struct {
	ID   string `path:"id"`
	Body struct {
		Mapping map[string]string `json:"mapping" doc:"heading → column key; empty to ignore the column"`
	}
}

func (s *Server) mapRoster(ctx context.Context, input *mapRosterInput) (*rosterStateOutput, error) {
	if _, err := s.Store.Roster(ctx, callerOf(ctx).scope, input.ID); err != nil {
		return nil, err
	}
	for _, column := range input.Body.Mapping {
		if _, known := roster.Describe(roster.Column(column)); column != "" && !known {
			return nil, approval.Invalid("mapping", "没有这个名册栏目", "there is no such roster column")
		}
	}
	restarted, err := s.Store.RestartRoster(ctx, input.ID, "", input.Body.Mapping, "", nil)
	if err != nil {
		return nil, err
	}
	if !restarted {
		return nil, approval.Refuse(approval.CodeWrongState, "名册已提交，不能再改栏目", "the roster has been submitted; its columns can no longer be changed")
	}
	s.Rosters.Check(input.ID)
	output := &rosterStateOutput{}
	output.Body.ID, output.Body.State = input.ID, "checking"
	return output, nil
}

type discardInput struct {
	ID   string `path:"id"`
	Body struct {
		Rows string `json:"rows" enum:"not_part"`
	}
}

func (s *Server) discardRows(ctx context.Context, input *discardInput) (*rosterOutput, error) {
	if _, err := s.Store.Roster(ctx, callerOf(ctx).scope, input.ID); err != nil {
		return nil, err
	}
	if err := s.Store.DiscardRows(ctx, input.ID); err != nil {
		return nil, err
	}
	return s.getRoster(ctx, &idInput{ID: input.ID})
}
