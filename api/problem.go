package api

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"jieli/approval"
)

// Problem is the RFC 9457 body of every error. Internal text and offending values never leave.
type Problem struct {
	Type       string          `json:"type"`
	Title      string          `json:"title"`
	Status     int             `json:"status"`
	Detail     string          `json:"detail"`
	Code       approval.Code   `json:"code"`
	Errors     []ProblemDetail `json:"errors,omitempty"`
	RequestID  string          `json:"requestId,omitempty"`
	retryAfter int
}

// ProblemDetail is one defect of the input.
type ProblemDetail struct {
	Location string        `json:"location"`
	Message  string        `json:"message"`
	Code     approval.Code `json:"code"`
}

func (p *Problem) Error() string  { return string(p.Code) }
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of problem documents.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// statuses is the one place where codes become HTTP.
var statuses = map[approval.Code]int{
	approval.CodeMalformed: 400, approval.CodeUnauthenticated: 401, approval.CodeForbidden: 403, approval.CodeNoRole: 403, approval.CodeConflictOfDuties: 403,
	approval.CodeNotFound: 404, approval.CodeStale: 409, approval.CodeDuplicate: 409, approval.CodeKeyReused: 409, approval.CodeWrongState: 409,
	approval.CodeCaseEnded: 409, approval.CodeAlreadyHeld: 409, approval.CodeNotOwner: 409, approval.CodeAlreadyDecided: 409, approval.CodeSomeoneActed: 409,
	approval.CodeSuspended: 409, approval.CodeWaitingForSigners: 409, approval.CodeNotYetYourTurn: 409, approval.CodeCoolDown: 409, approval.CodeAlreadyExtended: 409, approval.CodeDeadlinePassed: 409,
	approval.CodeNoEarlierStage: 409, approval.CodeStageDoesNotDecide: 409, approval.CodeNotFirstVisit: 409, approval.CodeTooLarge: 413,
	approval.CodeInvalidInput: 422, approval.CodeMissingMaterials: 422, approval.CodeTargetLacksRole: 422, approval.CodeFieldNotEditable: 422,
	approval.CodeTooManyRequests: 429, approval.CodeUnavailable: 503, approval.CodeBehind: 503, approval.CodeInternal: 500,
}

// problem words an error in a language.
func problem(err error, language, requestID string) *Problem {
	own := approval.AsError(err)
	status := statuses[own.Code]
	if status == 0 {
		status = http.StatusInternalServerError
	}
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: own.Message.In(language), Code: own.Code, RequestID: requestID, retryAfter: own.RetryAfter}
	if p.retryAfter == 0 && (status == 429 || status == 503) {
		p.retryAfter = 2
	}
	for _, each := range own.Problems {
		p.Errors = append(p.Errors, ProblemDetail{Location: each.Location, Message: each.Message.In(language), Code: each.Code})
	}
	return p
}

func (p *Problem) encode() []byte {
	body, _ := json.Marshal(p)
	return body
}

func init() {
	// Lists are [], never null.
	huma.DefaultArrayNullable = false
	// Huma's default error echoes the offending value; ours names the place and what would be right.
	huma.NewErrorWithContext = func(ctx huma.Context, status int, message string, causes ...error) huma.StatusError {
		language, requestID := "zh-CN", ""
		if ctx != nil {
			language, requestID = languageOf(ctx.Header("Accept-Language")), requestIDOf(ctx.Context())
		}
		own := &approval.Error{Code: codeOfStatus(status), Message: approval.Text{ZH: "输入的内容不符合要求，请按提示更正", EN: "the input does not fit; see the errors"}}
		if status == http.StatusBadRequest {
			own.Message = approval.Text{ZH: "请求格式有误，无法读取", EN: "the request could not be read"}
		}
		if status >= 500 {
			own = approval.AsError(errors.New(message))
		}
		for _, cause := range causes {
			var detailer huma.ErrorDetailer
			if errors.As(cause, &detailer) {
				detail := detailer.ErrorDetail()
				location := placeOf(detail)
				own.Problems = append(own.Problems, approval.Problem{Location: location, Code: approval.CodeInvalidInput, Message: wording(detail.Message)})
			}
		}
		return problem(own, language, requestID)
	}
}

// placeOf names the place of a defect; a missing property is named itself, not the object it lacks in.
func placeOf(detail *huma.ErrorDetail) string {
	place := detail.Location
	if rest, ok := strings.CutPrefix(detail.Message, "expected required property "); ok {
		if name, _, ok := strings.Cut(rest, " to be present"); ok {
			place += "." + name
		}
	}
	return strings.TrimPrefix(place, "body.")
}

func codeOfStatus(status int) approval.Code {
	switch status {
	case 400, 405, 406, 415:
		return approval.CodeMalformed
	case 404:
		return approval.CodeNotFound
	case 413:
		return approval.CodeTooLarge
	case 422:
		return approval.CodeInvalidInput
	}
	return approval.CodeInternal
}

// wording says huma's messages in plain words; what it does not know is said in general terms.
func wording(message string) approval.Text {
	for _, each := range []struct{ prefix, zh string }{
		{"unexpected property", "没有这个填写项"}, {"unknown query", "没有这个查询条件"}, {"expected string to match", "格式不符合要求"}, {"expected string", "应为文字"}, {"expected integer", "应为整数"},
		{"expected number", "应为数字"}, {"expected boolean", "应为是或否"}, {"expected array", "应为列表"}, {"expected object", "应为一组填写项"},
		{"expected required", "缺少必填项"}, {"required", "缺少必填项"}, {"expected value to be one of", "请从所列选项中选择"}, {"expected length", "长度不符合要求"}} {
		if strings.HasPrefix(message, each.prefix) {
			return approval.Text{ZH: each.zh, EN: message}
		}
	}
	return approval.Text{ZH: "不符合要求", EN: "does not fit"}
}

func languageOf(header string) string {
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(header)), "en") {
		return "en"
	}
	return "zh-CN"
}
