package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/procedures"
)

type verificationInput struct {
	// Whatever does not look like a code is answered as an unknown one is.
	Code string `path:"code"`
}

type verificationOutput struct{ Body view.Verification }

// verify says to anybody who holds a paper what the journal says of it: nothing of people, nothing of officers.
func (s *Server) verify(ctx context.Context, input *verificationInput) (*verificationOutput, error) {
	address, _ := ctx.Value(addressKey).(string)
	subject := "address:" + address
	if err := s.slowDown(ctx, subject, approval.Text{ZH: "核验失败次数过多，请稍后再试", EN: "too many unknown codes; wait a little"}); err != nil {
		return nil, err
	}
	paper, err := s.Store.PrintedPaper(ctx, input.Code)
	unknown := err != nil && approval.AsError(err).Code == approval.CodeNotFound
	if err != nil && !unknown {
		return nil, err
	}
	if err := s.Store.RecordSignIn(ctx, subject, !unknown); err != nil {
		return nil, err
	}
	if unknown {
		return nil, approval.Refuse(approval.CodeNotFound, "没有查到这份文书，请核对核验码", "no paper has this code; check it")
	}
	output := &verificationOutput{}
	output.Body, err = s.verification(ctx, paper)
	return output, err
}

// shownHash is how many digits of a hash are shown, enough to be compared by eye.
const shownHash = 16

func (s *Server) verification(ctx context.Context, paper *view.PrintedPaper) (view.Verification, error) {
	v := view.Verification{No: paper.Case, Intact: paper.Intact}
	now, err := s.Store.Case(ctx, paper.Case)
	if err != nil {
		return v, err
	}
	procedure, _ := procedures.Find(now.Type)
	declared, _ := procedure.Paper(paper.Paper)
	then := now
	if paper.Intact {
		var thenErr, nowErr error
		then, thenErr = approval.Fold(paper.Entries[:paper.Version])
		now, nowErr = approval.Fold(paper.Entries)
		if err := errors.Join(thenErr, nowErr); err != nil {
			return v, err
		}
	}
	issuer := issuerOf(then, declared)
	names, err := s.Store.Names(ctx, []string{issuer})
	if err != nil {
		return v, err
	}
	v.OfficeName = names[issuer]
	// The stages are those frozen in the case, so that a changed declaration opens no old paper.
	if procedure.Scope == procedures.ScopeParty || !slices.ContainsFunc(now.Stages, func(stage approval.Stage) bool { return stage.Scope != procedures.ScopeParty }) {
		return v, nil
	}
	v.TypeTitle, v.PaperTitle, v.Version, v.Hash = &procedure.Title, &declared.Title, paper.Version, paper.Hash[:shownHash]
	// Of a journal that does not hold together nothing is repeated.
	if !paper.Intact {
		return v, nil
	}
	v.At = &paper.Entries[paper.Version-1].At
	v.GoneOn = substance(then) != substance(now)
	standing := standingOf(now)
	v.Standing = &standing
	return v, nil
}

// issuerOf is the office that issued a paper printed from the case as it was then. A child case is in its
// office's hands from the beginning.
func issuerOf(then *approval.Case, paper procedures.Paper) string {
	if enterprise := then.Facts[procedures.FactEnterprise]; paper.Issuer == approval.KindEnterprise && enterprise != "" {
		return enterprise
	}
	if paper.When.Supervised && len(then.Supervisions) > 0 {
		return then.Supervisions[len(then.Supervisions)-1].ByOffice
	}
	for _, visit := range slices.Backward(then.Visits) {
		if stage := then.Stage(visit.Stage); stage.Mode != approval.ModeSingle || stage.OfficeKind() != paper.Issuer || paper.By != "" && paper.By != stage.Key {
			continue
		}
		for _, task := range visit.Tasks {
			if task.Kind == approval.TaskSigner && (task.SignedBy != "" || then.Parent != "") {
				return task.Office
			}
		}
	}
	return then.Office
}

// substance is what papers say of a case: who signed what and how it stands. Comments, reminders, copies and
// who has taken a task on change nothing of it.
func substance(fold *approval.Case) string {
	type signature struct {
		task, by string
		answer   approval.Outcome
	}
	signed := []string{}
	for _, visit := range fold.Visits {
		signed = append(signed, fmt.Sprint(visit.ID, visit.Outcome))
		for _, task := range visit.Tasks {
			signed = append(signed, fmt.Sprint(signature{task.ID, task.SignedBy, task.Answer}))
		}
	}
	body, _ := json.Marshal([]any{fold.State, fold.Form, fold.LineSet, signed})
	return string(body)
}

// standingOf says where a case stands, in words for everybody: no names, and no stage that is Party data.
func standingOf(fold *approval.Case) approval.Text {
	current := fold.Current()
	if current == nil {
		on := fold.EndedAt.In(clock.Zone)
		how := endings[fold.State]
		return approval.Text{ZH: fmt.Sprintf("本件已于 %d 年 %d 月 %d 日%s。", on.Year(), on.Month(), on.Day(), how.ZH), EN: fmt.Sprintf("The case was %s on %s.", how.EN, on.Format(time.DateOnly))}
	}
	at := approval.Text{ZH: "本件正在办理", EN: "The case is under way"}
	if stage := fold.Stage(current.Stage); stage.Scope != procedures.ScopeParty {
		at = approval.Text{ZH: fmt.Sprintf("本件现处于“%s”环节", stage.Title.ZH), EN: fmt.Sprintf("The case is at the stage \"%s\"", stage.Title.EN)}
	}
	if fold.Suspension != nil {
		at.ZH, at.EN = at.ZH+"，已中止办理", at.EN+" and suspended"
	}
	return approval.Text{ZH: at.ZH + "。", EN: at.EN + "."}
}
