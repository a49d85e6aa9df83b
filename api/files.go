package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"mime/multipart"
	"net/url"
	"path"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"jieli/approval"
)

type fileForm struct {
	File huma.FormFile `form:"file" required:"true"`
}

type uploadFileInput struct {
	CasePath
	RawBody huma.MultipartFormFiles[fileForm]
}

type fileOutput struct {
	Body struct {
		File   string `json:"file"`
		Name   string `json:"name"`
		Size   int64  `json:"size"`
		Digest string `json:"digest"`
	}
}

// maximumAttachment is the largest file of a case, in bytes.
const maximumAttachment = 20 << 20

func (s *Server) uploadFile(ctx context.Context, input *uploadFileInput) (*fileOutput, error) {
	who := callerOf(ctx)
	if _, err := s.Store.CaseRecord(ctx, who.scope, input.No); err != nil {
		return nil, err
	}
	content, name, err := readUpload(input.RawBody.Data().File.File, input.RawBody.Form, maximumAttachment)
	if err != nil {
		return nil, err
	}
	digest := sha256.Sum256(content)
	output := &fileOutput{}
	output.Body.File, output.Body.Name, output.Body.Size, output.Body.Digest = s.Clock.Token(), name, int64(len(content)), hex.EncodeToString(digest[:])
	return output, s.Store.SaveFile(ctx, output.Body.File, input.No, who.actor.Person, name, output.Body.Digest, content)
}

// readUpload reads one uploaded file within a limit, with its bare name.
func readUpload(file io.Reader, form *multipart.Form, limit int64) ([]byte, string, error) {
	if form == nil || len(form.File["file"]) == 0 || file == nil {
		return nil, "", approval.Invalid("file", "请选择文件", "choose a file")
	}
	name := path.Base(form.File["file"][0].Filename)
	if !plainText(name) {
		return nil, "", approval.Invalid("file", "文件名含有无法保存的字符，请改名后上传", "the file's name holds characters that cannot be stored; rename it")
	}
	content, err := io.ReadAll(io.LimitReader(file, limit+1))
	if err != nil {
		return nil, "", approval.Refuse(approval.CodeMalformed, "文件读取失败，请重新上传", "the file could not be read; upload it again")
	}
	if int64(len(content)) > limit {
		return nil, "", approval.Refuse(approval.CodeTooLarge, "文件过大", "the file is too large")
	}
	return content, name, nil
}

type downloadInput struct {
	CasePath
	File string `path:"file" pattern:"^[A-Za-z0-9_-]+$"`
}

type downloadOutput struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	Body               []byte
}

func (s *Server) downloadFile(ctx context.Context, input *downloadInput) (*downloadOutput, error) {
	if _, err := s.Store.CaseRecord(ctx, callerOf(ctx).scope, input.No); err != nil {
		return nil, err
	}
	name, content, err := s.Store.File(ctx, input.No, input.File)
	return &downloadOutput{ContentType: "application/octet-stream", ContentDisposition: attachmentHeader(name), Body: content}, err
}

func attachmentHeader(name string) string {
	return "attachment; filename*=UTF-8''" + url.PathEscape(name)
}

type noticeOutput struct {
	Body struct {
		No         string            `json:"no"`
		Title      string            `json:"title"`
		Office     string            `json:"office"`
		OfficeName string            `json:"officeName"`
		Addressee  string            `json:"addressee"`
		At         time.Time         `json:"at"`
		Opinion    string            `json:"opinion"`
		Defects    []approval.Defect `json:"defects"`
	}
}

// getNotice answers the 一次性告知书 of the last return from acceptance: every defect at once.
func (s *Server) getNotice(ctx context.Context, input *CasePath) (*noticeOutput, error) {
	who := callerOf(ctx)
	record, err := s.Store.CaseRecord(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	chained, err := s.Store.Journal(ctx, who.scope, input.No)
	if err != nil {
		return nil, err
	}
	output := &noticeOutput{}
	for _, each := range chained {
		stage := record.Fold.Stage(each.Entry.Stage)
		if each.Entry.Action != approval.ActionReturn || stage == nil || !stage.Acceptance {
			continue
		}
		output.Body.No, output.Body.Title, output.Body.Office, output.Body.At, output.Body.Opinion = record.Fold.No, record.Title, each.Entry.Actor.Office, each.Entry.At, each.Entry.Opinion
		output.Body.Defects = []approval.Defect{}
		for _, event := range each.Entry.Events {
			output.Body.Defects = append(output.Body.Defects, event.Defects...)
		}
	}
	if output.Body.No == "" {
		return nil, approval.NotFound()
	}
	names, err := s.Store.Names(ctx, []string{output.Body.Office, record.Fold.Office})
	output.Body.OfficeName, output.Body.Addressee = names[output.Body.Office], names[record.Fold.Office]
	return output, err
}
