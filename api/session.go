package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/alexedwards/argon2id"

	"jieli/approval"
	"jieli/internal/view"
	"jieli/policies"
)

type signInInput struct {
	Body struct {
		Username string `json:"username" minLength:"1" maxLength:"100"`
		Password string `json:"password" minLength:"1" maxLength:"200"`
	}
}

type signInOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      struct {
		User      view.User `json:"user"`
		CSRFToken string    `json:"csrfToken"`
	}
}

// Failed sign-ins and unknown codes of papers beyond freeFailures in a row wait, one second doubling up to lockLimit.
const (
	freeFailures = 5
	lockLimit    = 15 * time.Minute
)

// absentHash costs an unknown user name as much as a known one.
var absentHash, _ = argon2id.CreateHash("absent", argon2id.DefaultParams)

func (s *Server) signIn(ctx context.Context, input *signInInput) (*signInOutput, error) {
	refused := approval.Refuse(approval.CodeUnauthenticated, "用户名或密码不正确", "the user name or the password is wrong")
	subject := "user:" + input.Body.Username
	if err := s.slowDown(ctx, subject, approval.Text{ZH: "登录失败次数过多，请稍后再试或联系系统管理员重置密码", EN: "too many failed sign-ins; wait, or ask the system administrator"}); err != nil {
		return nil, err
	}
	credential, err := s.Store.Credential(ctx, input.Body.Username)
	hash := credential.PasswordHash
	if err != nil {
		if approval.AsError(err).Code != approval.CodeNotFound {
			return nil, err
		}
		hash = absentHash
	}
	match, compareErr := argon2id.ComparePasswordAndHash(input.Body.Password, hash)
	good := err == nil && compareErr == nil && match && !credential.Disabled
	if err := s.Store.RecordSignIn(ctx, subject, good); err != nil {
		return nil, err
	}
	if !good {
		return nil, refused
	}
	token, csrf := s.Clock.Token(), s.Clock.Token()
	if err := s.Store.CreateSession(ctx, token, credential.User.ID, csrf, sessionLife); err != nil {
		return nil, err
	}
	output := &signInOutput{SetCookie: http.Cookie{Name: s.cookieName(), Value: token, Path: "/", HttpOnly: true, Secure: s.Secure, SameSite: http.SameSiteLaxMode, MaxAge: int(sessionLife.Seconds())}}
	output.Body.User, output.Body.CSRFToken = credential.User, csrf
	return output, nil
}

// slowDown refuses a subject (user name or address) that has just failed too often.
func (s *Server) slowDown(ctx context.Context, subject string, words approval.Text) error {
	failures, last, err := s.Store.SignInFailures(ctx, subject)
	if err != nil || failures < freeFailures {
		return err
	}
	wait := min(time.Second<<min(failures-freeFailures, 12), lockLimit)
	if s.Clock.Now().Before(last.Add(wait)) {
		return approval.Refuse(approval.CodeTooManyRequests, words.ZH, words.EN)
	}
	return nil
}

type empty struct{}

type signOutOutput struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

func (s *Server) signOut(ctx context.Context, _ *empty) (*signOutOutput, error) {
	return &signOutOutput{SetCookie: http.Cookie{Name: s.cookieName(), Path: "/", HttpOnly: true, Secure: s.Secure, MaxAge: -1}}, s.Store.DeleteSession(ctx, callerOf(ctx).token)
}

type meOutput struct{ Body view.Me }

func (s *Server) me(ctx context.Context, _ *empty) (*meOutput, error) {
	who := callerOf(ctx)
	permissions := []string{}
	for _, post := range who.posts {
		permissions = append(permissions, policies.Permissions(post.Role)...)
	}
	slices.Sort(permissions)
	return &meOutput{Body: view.Me{User: who.session.User, Posts: orEmpty(who.posts), Permissions: slices.Compact(permissions), Demo: s.Demo, CSRFToken: who.session.CSRF}}, nil
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

type itemsOutput[T any] struct {
	Body struct {
		Items []T `json:"items"`
	}
}

func items[T any](list []T, err error) (*itemsOutput[T], error) {
	output := &itemsOutput[T]{}
	output.Body.Items = orEmpty(list)
	return output, err
}

func (s *Server) demoAccounts(ctx context.Context, _ *empty) (*itemsOutput[view.Account], error) {
	if !s.Demo {
		return nil, approval.NotFound()
	}
	return items(s.Store.DemoAccounts(ctx))
}

type officesInput struct {
	Kind   string `query:"kind"`
	Region string `query:"region"`
	Query  string `query:"q"`
}

func (s *Server) listOffices(ctx context.Context, input *officesInput) (*itemsOutput[view.Office], error) {
	return items(s.Store.Offices(ctx, input.Kind, input.Region, input.Query, 200))
}

type idInput struct {
	ID string `path:"id"`
}

type officersInput struct {
	ID   string        `path:"id"`
	Role approval.Role `query:"role"`
}

func (s *Server) listOfficers(ctx context.Context, input *officersInput) (*itemsOutput[view.Officer], error) {
	officers, err := s.Store.Officers(ctx, input.ID)
	if input.Role != "" {
		officers = slices.DeleteFunc(officers, func(o view.Officer) bool { return !slices.Contains(o.Roles, input.Role) })
	}
	return items(officers, err)
}

type regionsInput struct {
	Parent string `query:"parent"`
	Query  string `query:"q"`
}

func (s *Server) listRegions(ctx context.Context, input *regionsInput) (*itemsOutput[view.Region], error) {
	return items(s.Store.Regions(ctx, input.Parent, input.Query, 1000))
}

// leastPassword is the shortest password an account may have, in characters.
const leastPassword = 10

type passwordInput struct {
	Body struct {
		Old string `json:"old" minLength:"1" maxLength:"200"`
		New string `json:"new" minLength:"1" maxLength:"200"`
	}
}

// changePassword asks for the old password, so that an open desk is not enough, and ends every
// session of the account.
func (s *Server) changePassword(ctx context.Context, input *passwordInput) (*signOutOutput, error) {
	who := callerOf(ctx)
	credential, err := s.Store.Credential(ctx, who.session.User.Username)
	if err != nil {
		return nil, err
	}
	if match, err := argon2id.ComparePasswordAndHash(input.Body.Old, credential.PasswordHash); err != nil || !match {
		return nil, approval.Invalid("old", "原密码不正确", "the old password is wrong")
	}
	if len([]rune(input.Body.New)) < leastPassword {
		return nil, approval.Invalid("new", "新密码至少 10 个字符", "the new password needs 10 characters at least")
	}
	if input.Body.New == input.Body.Old {
		return nil, approval.Invalid("new", "新密码不能与原密码相同", "the new password must differ from the old one")
	}
	hash, err := argon2id.CreateHash(input.Body.New, argon2id.DefaultParams)
	if err != nil {
		return nil, err
	}
	if err := s.Store.SetPassword(ctx, who.session.User.Username, hash); err != nil {
		return nil, err
	}
	return &signOutOutput{SetCookie: http.Cookie{Name: s.cookieName(), Path: "/", HttpOnly: true, Secure: s.Secure, MaxAge: -1}}, nil
}
