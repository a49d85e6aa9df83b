package approval

import (
	"errors"
	"fmt"
)

// Code names one kind of refusal. The API maps it to an HTTP status in one place.
type Code string

// The codes of api.md's problem documents.
const (
	CodeMalformed          Code = "malformed"
	CodeUnauthenticated    Code = "unauthenticated"
	CodeForbidden          Code = "forbidden"
	CodeNotFound           Code = "not_found"
	CodeStale              Code = "stale"
	CodeDuplicate          Code = "duplicate"
	CodeKeyReused          Code = "key_reused"
	CodeWrongState         Code = "wrong_state"
	CodeCaseEnded          Code = "case_ended"
	CodeAlreadyHeld        Code = "already_held"
	CodeNotOwner           Code = "not_owner"
	CodeNoRole             Code = "no_role"
	CodeConflictOfDuties   Code = "conflict_of_duties"
	CodeAlreadyDecided     Code = "already_decided"
	CodeSomeoneActed       Code = "someone_acted"
	CodeNoEarlierStage     Code = "no_earlier_stage"
	CodeStageDoesNotDecide Code = "stage_does_not_decide"
	CodeNotFirstVisit      Code = "not_first_visit"
	CodeTargetLacksRole    Code = "target_lacks_role"
	CodeFieldNotEditable   Code = "field_not_editable"
	CodeInvalidInput       Code = "invalid_input"
	CodeMissingMaterials   Code = "missing_materials"
	CodeSuspended          Code = "suspended"
	CodeWaitingForSigners  Code = "waiting_for_signers"
	CodeNotYetYourTurn     Code = "not_yet_your_turn"
	CodeCoolDown           Code = "cool_down"
	CodeAlreadyExtended    Code = "already_extended"
	CodeDeadlinePassed     Code = "deadline_passed"
	CodeTooLarge           Code = "too_large"
	CodeTooManyRequests    Code = "too_many_requests"
	CodeUnavailable        Code = "unavailable"
	CodeBehind             Code = "behind"
	CodeInternal           Code = "internal"
)

// Problem is one defect of an input: where it is, what would be right. It never carries the
// offending value, which may be personal.
type Problem struct {
	Location string `json:"location"`
	Message  Text   `json:"message"`
	Code     Code   `json:"code"`
}

// Error is the one error type of the product. Message says what happened and who could act or
// what is missing (signoff.md, invariant 12); Cause is for the log and never leaves the process.
type Error struct {
	Code     Code      `json:"code"`
	Message  Text      `json:"message"`
	Problems []Problem `json:"problems,omitempty"`
	// RetryAfter is in seconds; zero means the caller need not wait.
	RetryAfter int   `json:"retryAfter,omitempty"`
	Cause      error `json:"-"`
}

// Error speaks English and names no person.
func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Message.EN, e.Cause)
	}
	return fmt.Sprintf("%s: %s", e.Code, e.Message.EN)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Refuse makes an error of a code and its wording.
func Refuse(code Code, zh, en string) *Error {
	return &Error{Code: code, Message: Text{ZH: zh, EN: en}}
}

// Invalid makes an invalid_input error that names one location.
func Invalid(location, zh, en string) *Error {
	return &Error{Code: CodeInvalidInput, Message: Text{ZH: zh, EN: en},
		Problems: []Problem{{Location: location, Message: Text{ZH: zh, EN: en}, Code: CodeInvalidInput}}}
}

// NotFound is the answer for what does not exist and for what the caller may not know of.
func NotFound() *Error {
	return Refuse(CodeNotFound, "没有找到，或不在您的办理范围内", "not found, or outside your office's scope")
}

// AsError finds the product's error in a chain; anything else becomes an internal one.
func AsError(err error) *Error {
	if err == nil {
		return nil
	}
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	return &Error{Code: CodeInternal, Cause: err,
		Message: Text{ZH: "系统暂时出错，已记录，请稍后再试或联系系统管理员", EN: "something went wrong on our side; it has been recorded, please try again or call the system administrator"}}
}
