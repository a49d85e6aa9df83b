package api

import (
	"context"
	"net/url"
	"slices"
	"sync"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/papers"
	"jieli/procedures"
)

type paperInput struct {
	CasePath
	Paper   string `path:"paper" maxLength:"40"`
	Version int64  `query:"version" required:"true" minimum:"1" doc:"the version of the case that is printed"`
}

type paperOutput struct {
	Body struct {
		Code string `json:"code" doc:"goes onto the paper; /verification/{code} answers to whoever holds it, of an inquiry slip /family/inquiry"`
	}
}

// issuePaper gives the code that goes onto a paper. A paper printed twice from one version is the same paper.
func (s *Server) issuePaper(ctx context.Context, input *paperInput) (*paperOutput, error) {
	who := callerOf(ctx)
	_, paper, err := s.paperOf(ctx, who, input.No, input.Paper)
	if err != nil {
		return nil, err
	}
	output := &paperOutput{}
	if paper.Inquiry {
		output.Body.Code, err = s.Store.FamilyCode(ctx, who.scope, input.No)
		return output, err
	}
	output.Body.Code, err = s.Store.IssuePaper(ctx, who.scope, input.No, paper.Key, input.Version)
	return output, err
}

// paperOf finds a paper that a case within the caller's scope has now.
func (s *Server) paperOf(ctx context.Context, who *caller, no, key string) (*approval.Case, procedures.Paper, error) {
	record, err := s.Store.CaseRecord(ctx, who.scope, no)
	if err != nil {
		return nil, procedures.Paper{}, err
	}
	procedure, _ := procedures.Find(record.Fold.Type)
	paper, ok := procedure.Paper(key)
	if !ok || !paper.Exists(record.Fold) || paper.Scope == procedures.ScopeMoney && !sightOf(who, record.Fold).Amounts {
		return nil, paper, approval.NotFound()
	}
	return record.Fold, paper, nil
}

type printInput struct {
	CasePath
	Paper string `path:"paper" maxLength:"40"`
}

type printOutput struct {
	ContentType        string `header:"Content-Type"`
	ContentDisposition string `header:"Content-Disposition"`
	CacheControl       string `header:"Cache-Control"`
	Body               []byte
}

// printPaper makes a paper as PDF, from the case as its page shows it to the caller. Papers are Chinese in either
// language: they are what offices seal.
func (s *Server) printPaper(ctx context.Context, input *printInput) (*printOutput, error) {
	who := callerOf(ctx)
	fold, paper, err := s.paperOf(ctx, who, input.No, input.Paper)
	if err != nil {
		return nil, err
	}
	data, err := s.paperData(ctx, who, fold, paper)
	if err != nil {
		return nil, err
	}
	places, err := s.Store.Places(ctx, fold.Facts[procedures.FactRegion])
	if err != nil {
		return nil, err
	}
	pdf, err := s.Papers.Print(ctx, places, data)
	return &printOutput{ContentType: "application/pdf", ContentDisposition: "inline; filename*=UTF-8''" + url.PathEscape(data.Title+"-"+input.No+".pdf"),
		CacheControl: "private, no-store", Body: pdf}, err
}

func (s *Server) paperData(ctx context.Context, who *caller, fold *approval.Case, paper procedures.Paper) (*papers.Data, error) {
	page, err := s.caseView(ctx, who, fold.No)
	if err != nil {
		return nil, err
	}
	issuer := issuerOf(fold, paper)
	names, err := s.Store.Names(ctx, []string{issuer, fold.Facts[procedures.FactEnterprise]})
	if err != nil {
		return nil, err
	}
	data := &papers.Data{Case: page, Paper: paper.Key, Title: paper.Title.ZH, Issuer: names[issuer], Enterprise: names[fold.Facts[procedures.FactEnterprise]], Printed: s.Clock.Now(),
		Source: &paperSource{s: s, ctx: ctx, who: who, fold: fold}}
	if paper.Key == "partyLetter" && data.Letter() == nil {
		// A void letter is not printed again.
		return nil, approval.NotFound()
	}
	if paper.Key == "benefitDecision" && part(who, fold.Office) {
		// The letter tells each claimant where their part goes, whichever office hands it over.
		if page.Benefit, err = s.Store.BenefitCase(ctx, fold, view.MoneySight{Amounts: true, Accounts: true}); err != nil {
			return nil, err
		}
	}
	if data.Decision, err = s.decisionOf(ctx, who, fold, paper); err != nil {
		return nil, err
	}
	site, _ := ctx.Value(siteKey).(*url.URL)
	if paper.Inquiry {
		if data.Phone, err = s.Store.OfficePhone(ctx, fold.Office); err != nil {
			return nil, err
		}
		data.Code, err = s.Store.FamilyCode(ctx, who.scope, fold.No)
		data.Verify, data.Link = site.Host+site.Path+"/q", site.JoinPath("q", data.Code).String()
		return data, err
	}
	if data.Code, err = s.Store.IssuePaper(ctx, who.scope, fold.No, paper.Key, page.Version); err != nil {
		return nil, err
	}
	data.Verify, data.Link = site.Host+site.Path+"/verify/", site.JoinPath("verify", data.Code).String()
	if paper.Opens != "" {
		data.Link = site.JoinPath("print", "cases", fold.No, paper.Opens).String()
	}
	return data, nil
}

// part reports whether the caller has a post in an office.
func part(who *caller, office string) bool {
	return slices.ContainsFunc(who.posts, func(post view.PostView) bool { return post.Office == office })
}

// decisionOf finds the decision against the applicant that a paper tells of (不予受理, 不予批准, or a return from
// acceptance), the last one for papers that tell of none. What an office that is Party data has said stays with those who may read it.
func (s *Server) decisionOf(ctx context.Context, who *caller, fold *approval.Case, paper procedures.Paper) (*papers.Decision, error) {
	told := []approval.Action{approval.ActionReject, approval.ActionNotAccept, approval.ActionReturn}
	if paper.When.Returned {
		told = told[2:]
	}
	chained, err := s.Store.Journal(ctx, who.scope, fold.No)
	if err != nil {
		return nil, err
	}
	for _, each := range slices.Backward(chained) {
		entry, stage := each.Entry, fold.Stage(each.Entry.Stage)
		if stage == nil || !slices.Contains(told, entry.Action) || entry.Action == approval.ActionReturn && !stage.Acceptance || stage.Scope == procedures.ScopeParty && !who.scope.Party {
			continue
		}
		names, err := s.Store.Names(ctx, []string{entry.Actor.Office})
		decision := &papers.Decision{At: entry.At, Office: names[entry.Actor.Office], Opinion: entry.Opinion, Clause: entry.Clause}
		for _, event := range entry.Events {
			decision.Defects = append(decision.Defects, event.Defects...)
		}
		return decision, err
	}
	return nil, nil
}

// maximumPeople is how many people one paper lists; more are handed over by street, and each street has its sheet.
const maximumPeople = 5000

// paperSource reads what a template asks for, once, within the caller's scope.
type paperSource struct {
	s      *Server
	ctx    context.Context
	who    *caller
	fold   *approval.Case
	once   sync.Once
	people []view.Line
	err    error
}

func (p *paperSource) People() ([]view.Line, error) {
	p.once.Do(func() {
		var total int
		p.people, _, total, p.err = p.s.Store.Lines(p.ctx, p.who.scope, p.fold, view.LineFilter{Limit: maximumPeople})
		if p.err == nil && total > maximumPeople {
			p.err = approval.Refuse(approval.CodeTooLarge, "人数过多，一份文书最多列 5000 人；请按街道打印各街道接收分册的文书", "one paper lists at most 5,000 people: print those of each street's intake")
		}
	})
	return p.people, p.err
}

func (p *paperSource) Totals() (view.LineTotals, error) {
	return p.s.Store.LineTotals(p.ctx, p.who.scope, p.fold)
}

func (p *paperSource) Person() (*view.PersonView, error) {
	return p.s.Store.Person(p.ctx, p.who.scope, p.fold.Subject)
}
