package api

import (
	"context"
	"fmt"
	"math"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/observe"
	"jieli/internal/view"
	"jieli/procedures"
)

// How often a family's inquiry may fail: with one code, from one address, and everybody's together, so that neither
// one machine nor many can try their way through.
const (
	inquiriesPerCode    = 5
	inquiriesPerAddress = 20
	inquiriesAltogether = 600
	inquiryLock         = 15 * time.Minute
	inquiryMinute       = time.Minute
)

type inquiryInput struct {
	Body struct {
		// Whatever does not look like a code is answered as an unknown one is.
		Code     string `json:"code" maxLength:"60" doc:"as the slip has it; spaces and dashes do not matter"`
		LastFour string `json:"lastFour" maxLength:"20" doc:"of a claimant's ID number; in a report of a death of the person's"`
	}
}

type inquiryOutput struct{ Body view.FamilyAnswer }

// inquire tells a family where its case is: whoever holds the slip and knows four characters of a number.
func (s *Server) inquire(ctx context.Context, input *inquiryInput) (*inquiryOutput, error) {
	answer, err := s.familyAnswer(ctx, input.Body.Code, input.Body.LastFour)
	if err != nil {
		return nil, err
	}
	return &inquiryOutput{Body: *answer}, nil
}

func (s *Server) familyAnswer(ctx context.Context, code, lastFour string) (*view.FamilyAnswer, error) {
	address, _ := ctx.Value(addressKey).(string)
	limits := []view.InquiryLimit{{Subject: "code:" + view.TypedCode(code), Most: inquiriesPerCode, While: inquiryLock}, {Subject: "address:" + address, Most: inquiriesPerAddress, While: inquiryLock},
		{Subject: "everybody", Most: inquiriesAltogether, While: inquiryMinute}}
	wait, err := s.Store.CountInquiry(ctx, limits)
	if err != nil {
		return nil, err
	}
	if wait > 0 {
		observe.Inquiry("limited")
		minutes := int(math.Ceil(wait.Minutes()))
		return nil, &approval.Error{Code: approval.CodeTooManyRequests, RetryAfter: int(math.Ceil(wait.Seconds())),
			Message: approval.Text{ZH: fmt.Sprintf("查询次数过多，请 %d 分钟后再试。急需了解的，请打电话给受理单位。", minutes), EN: fmt.Sprintf("too many tries; try again in %d minutes, or call the office", minutes)}}
	}
	found, err := s.Store.FamilyCase(ctx, code, lastFour)
	if err != nil {
		if approval.AsError(err).Code != approval.CodeNotFound {
			return nil, err
		}
		observe.Inquiry("unknown")
		return nil, approval.Refuse(approval.CodeNotFound, "没有查到。请核对查询码和身份证号后四位；仍查不到的，请与受理单位联系。", "nothing was found: check the code and the last four characters of the ID number, or ask the office")
	}
	if err := s.Store.FreeInquiry(ctx, limits); err != nil {
		return nil, err
	}
	observe.Inquiry("answered")
	return s.toldToFamily(found), nil
}

// toldToFamily says where a case is, out of declared texts, offices and days alone.
func (s *Server) toldToFamily(found *view.FamilyCase) *view.FamilyAnswer {
	fold, family := found.Fold, found.Family
	answer := &view.FamilyAnswer{Matter: family.Matter, State: string(procedures.FamilyEnded), Standing: family.Ended[fold.State], Counter: found.Offices[fold.Office], Missing: []approval.Text{}, Steps: []view.FamilyStep{}}
	moment := fold.EndedAt
	now, last := len(family.Steps), len(family.Steps)
	switch current := fold.Current(); {
	case current != nil:
		step, stage, _ := family.Stage(current.Stage)
		now, moment = step, current.OpenedAt
		answer.State, answer.Standing = string(stage.State), stage.Words
		s.underWay(answer, found, stage)
	case fold.State != approval.CaseClosed:
		last = stepsDone(found)
	}
	for i, step := range family.Steps[:last] {
		state := "done"
		if i == now {
			state = "now"
		} else if i > now {
			state = "next"
		}
		answer.Steps = append(answer.Steps, view.FamilyStep{Title: step.Title, State: state})
	}
	answer.Updated = moment.In(clock.Zone).Format(time.DateOnly)
	return answer
}

// stepsDone counts the steps of a case that ended before its last one. The step that decided against it is done.
func stepsDone(found *view.FamilyCase) int {
	reached := 0
	for _, visit := range found.Fold.Visits {
		step, _, _ := found.Family.Stage(visit.Stage)
		reached = max(reached, step)
	}
	if found.Fold.State == approval.CaseRejected || found.Fold.State == approval.CaseNotAccepted {
		reached++
	}
	return reached
}

// underWay adds who has an open case in hand and until when, and what the family is asked for.
func (s *Server) underWay(answer *view.FamilyAnswer, found *view.FamilyCase, stage procedures.FamilyStage) {
	fold, current := found.Fold, found.Fold.Current()
	var due time.Time
	for _, task := range current.Tasks {
		if task.Kind != approval.TaskSigner {
			continue
		}
		if office, ok := found.Offices[task.Office]; ok && answer.Office == nil {
			answer.Office = &office
		}
		if task.Due != nil && task.Due.After(due) {
			due = *task.Due
		}
	}
	switch {
	case found.Refused:
		answer.State, answer.Standing, due = string(procedures.FamilyWaiting), procedures.FamilyAccount, time.Time{}
		answer.Missing = []approval.Text{{ZH: "申领人的存折或银行卡", EN: "the claimant's passbook or bank card"}}
	case found.Paid && stage.State == procedures.FamilyDecided:
		answer.State, answer.Standing = string(procedures.FamilyPaid), approval.Text{ZH: "款项已经支付，请向开户银行查询。", EN: "It is paid; the bank says when it arrived."}
	case stage.Asks && current.Why == "returned":
		answer.State, answer.Standing = string(procedures.FamilyWaiting), procedures.FamilyMissing
		answer.Missing = procedures.FamilyDefects(fold.Stages, current.Defects)
	case fold.Suspension != nil && fold.Suspension.Party == approval.PartyApplicant:
		answer.State, answer.Standing, due = string(procedures.FamilyWaiting), procedures.FamilyMissing, time.Time{}
		answer.Missing = []approval.Text{procedures.FamilyNotice}
	case fold.Suspension != nil:
		answer.Standing, due = procedures.FamilyPaused, time.Time{}
	}
	if !due.IsZero() {
		answer.Until, answer.Late = due.In(clock.Zone).Format(time.DateOnly), due.Before(s.Clock.Now())
	}
}

// inquiryPath answers without a session, and changes nothing that a key would have to guard.
const inquiryPath = "/api/v1/family/inquiry"
