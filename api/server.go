package api

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/middleware/recover"
	"github.com/valyala/fasthttp/fasthttpadaptor"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/observe"
	"jieli/internal/view"
	"jieli/roster"
)

// Options is what the API is built from.
type Options struct {
	Store    Store
	Gate     Gate
	Rosters  RosterChecker
	Enforcer Enforcer
	Papers   Papers
	Clock    clock.Source
	Logger   *slog.Logger
	Web      fs.FS
	Demo     bool
	// Secure sets Secure and __Host- on the session cookie; on behind TLS.
	Secure bool
	// PublicAddress is where the product is reached from outside, which papers name; empty to take it from each request.
	PublicAddress string
	// ActDeadline is how long a write waits before it answers 202. Zero means 8 seconds.
	ActDeadline time.Duration
	// Hub tells open pages what has changed; it must be run.
	Hub *Hub
	// Heartbeat is how often a silent stream shows that it lives. Zero means 15 seconds.
	Heartbeat time.Duration
}

// Server is the API.
type Server struct {
	Options
}

const (
	jsonLimit   = 1 << 20
	uploadLimit = roster.MaxFileBytes + 1<<20
	sessionLife = 12 * time.Hour
)

// New builds the Fiber app.
func New(options Options) *fiber.App {
	if options.ActDeadline == 0 {
		options.ActDeadline = 8 * time.Second
	}
	if options.Heartbeat == 0 {
		options.Heartbeat = heartbeat
	}
	server := &Server{Options: options}
	app := fiber.New(fiber.Config{AppName: "Jieli", DisableStartupMessage: true, BodyLimit: int(uploadLimit), ErrorHandler: server.fiberError,
		// Values of a request outlive it: in commands, logs and stored answers.
		Immutable: true, DisablePreParseMultipartForm: true, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute})
	app.Use(server.measure, recover.New(), server.requestID, securityHeaders)
	app.Get("/healthz", func(c *fiber.Ctx) error { return c.SendString("ok") })
	app.Get("/readyz", server.ready)
	app.Get("/metrics", func(c *fiber.Ctx) error {
		fasthttpadaptor.NewFastHTTPHandler(observe.Handler())(c.Context())
		return nil
	})
	app.Use("/api/v1", storable, server.authenticate, server.idempotent)

	server.describe(app)
	app.Use("/api", func(*fiber.Ctx) error { return approval.NotFound() })
	server.servePages(app)
	serveWeb(app, options.Web)
	return app
}

// caller is the signed-in person of a request.
type caller struct {
	session view.Session
	posts   []view.PostView
	scope   view.Scope
	actor   approval.Actor
	token   string
	key     string
}

type contextKey int

const (
	callerKey contextKey = iota
	requestIDKey
	languageKey
	addressKey
	siteKey
)

func callerOf(ctx context.Context) *caller {
	c, _ := ctx.Value(callerKey).(*caller)
	return c
}

func requestIDOf(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey).(string)
	return id
}

func (s *Server) requestID(c *fiber.Ctx) error {
	s.identify(c)
	return c.Next()
}

// identify gives a request its id and language.
func (s *Server) identify(c *fiber.Ctx) {
	id := s.Clock.Token()[:16]
	ctx := context.WithValue(c.UserContext(), requestIDKey, id)
	ctx = context.WithValue(ctx, addressKey, s.addressOf(c))
	ctx = context.WithValue(ctx, siteKey, s.siteOf(c))
	c.SetUserContext(context.WithValue(ctx, languageKey, languageOf(c.Get("Accept-Language"))))
	c.Set("X-Request-Id", id)
}

// addressOf is the caller's address. Behind TLS a proxy stands in front and appends whom it answers.
func (s *Server) addressOf(c *fiber.Ctx) string {
	if hops := strings.Split(c.Get(fiber.HeaderXForwardedFor), ","); s.Secure && hops[len(hops)-1] != "" {
		return strings.TrimSpace(hops[len(hops)-1])
	}
	return c.IP()
}

// siteOf is the address the caller reached the product at. Behind TLS a proxy stands in front and may name it.
func (s *Server) siteOf(c *fiber.Ctx) *url.URL {
	if site, err := url.Parse(s.PublicAddress); err == nil && site.Host != "" {
		return site
	}
	site := &url.URL{Scheme: "http", Host: string(c.Request().Host())}
	if s.Secure {
		site.Scheme = "https"
		if forwarded := strings.Split(c.Get(fiber.HeaderXForwardedHost), ","); forwarded[0] != "" {
			site.Host = strings.TrimSpace(strings.Clone(forwarded[0]))
		}
	}
	return site
}

// measure counts every answer under the declared path of its route.
func (s *Server) measure(c *fiber.Ctx) error {
	began := s.Clock.Now()
	err := c.Next()
	status := c.Response().StatusCode()
	if err != nil {
		status = problem(ownError(err), "en", "").Status
	}
	observe.Request(c.Method(), c.Route().Path, strconv.Itoa(status), s.Clock.Now().Sub(began))
	return err
}

func securityHeaders(c *fiber.Ctx) error {
	c.Set("X-Content-Type-Options", "nosniff")
	c.Set("Referrer-Policy", "same-origin")
	c.Set("X-Frame-Options", "DENY")
	if strings.HasPrefix(c.Path(), "/api/") {
		// Answers hold personal data; stored ones are sent again without their handler.
		c.Set("Cache-Control", "no-store")
	}
	return c.Next()
}

// fiberError answers what no handler has seen, a request that is too large to read for example.
func (s *Server) fiberError(c *fiber.Ctx, err error) error {
	if requestIDOf(c.UserContext()) == "" {
		s.identify(c)
	}
	return s.sendProblem(c, ownError(err))
}

// ownError turns what Fiber itself refuses into the product's error.
func ownError(err error) error {
	var refused *fiber.Error
	if !errors.As(err, &refused) {
		return err
	}
	switch refused.Code {
	case http.StatusRequestEntityTooLarge:
		return approval.Refuse(approval.CodeTooLarge, "内容过大", "the body is too large")
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		return approval.NotFound()
	}
	return approval.Refuse(approval.CodeMalformed, "请求格式有误，无法读取", "the request could not be read")
}

func (s *Server) sendProblem(c *fiber.Ctx, err error) error {
	p := problem(err, languageOf(c.Get("Accept-Language")), requestIDOf(c.UserContext()))
	if p.Status >= 500 {
		s.Logger.Error("request failed", "route", c.Route().Path, "request", p.RequestID, "error", err)
	}
	if p.retryAfter > 0 {
		c.Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	c.Set("Content-Type", "application/problem+json")
	return c.Status(p.Status).Send(p.encode())
}

func (s *Server) ready(c *fiber.Ctx) error {
	if err := s.Store.Ping(c.UserContext()); err != nil {
		return approval.Refuse(approval.CodeUnavailable, "数据库暂不可用", "the database does not answer")
	}
	if err := s.Gate.Ready(c.UserContext()); err != nil {
		return approval.Refuse(approval.CodeUnavailable, "流程引擎暂不可用", "Temporal does not answer")
	}
	return c.SendString("ready")
}

func (s *Server) cookieName() string {
	if s.Secure {
		return "__Host-jieli"
	}
	return "jieli"
}

func open(method, path string) bool {
	reads := method == http.MethodGet || method == http.MethodHead
	return path == "/api/v1/session" && method != http.MethodDelete || path == inquiryPath && method == http.MethodPost || reads && (path == "/api/v1/demo/accounts" || path == "/api/v1/demo/messages" || strings.HasPrefix(path, "/api/v1/verification/"))
}

// unavailable says that the database does not answer; the caller may send the same request again.
func unavailable(cause error) error {
	return &approval.Error{Code: approval.CodeUnavailable, Cause: cause, Message: approval.Text{ZH: "系统繁忙，请稍后用同一请求重试", EN: "the system is busy; send the same request again shortly"}}
}

// authenticate finds the session and, on writes, checks the CSRF token.
func (s *Server) authenticate(c *fiber.Ctx) error {
	if open(c.Method(), c.Path()) {
		return c.Next()
	}
	unauthenticated := approval.Refuse(approval.CodeUnauthenticated, "请先登录", "please sign in")
	token := c.Cookies(s.cookieName())
	if token == "" {
		return unauthenticated
	}
	token = strings.Clone(token)
	session, err := s.Store.Session(c.UserContext(), token)
	if err != nil {
		if approval.AsError(err).Code == approval.CodeNotFound {
			return unauthenticated
		}
		return unavailable(err)
	}
	if c.Method() != http.MethodGet && c.Method() != http.MethodHead && subtle.ConstantTimeCompare([]byte(c.Get("X-CSRF-Token")), []byte(session.CSRF)) != 1 {
		return approval.Refuse(approval.CodeForbidden, "页面已过期，请刷新后再试（缺少 X-CSRF-Token）", "the page is out of date; reload it (X-CSRF-Token is missing or wrong)")
	}
	posts, err := s.Store.Posts(c.UserContext(), session.User.ID)
	if err != nil {
		return unavailable(err)
	}
	who := &caller{session: session, posts: posts, token: token, actor: approval.Actor{Person: session.User.ID, Name: session.User.Name}}
	who.scope = scopeOf(session.User.ID, posts)
	if len(posts) > 0 {
		who.actor.Office, who.actor.Role = posts[0].Office, posts[0].Role
	}
	c.SetUserContext(context.WithValue(c.UserContext(), callerKey, who))
	return c.Next()
}

// scopeOf is what a person sees through posts.
func scopeOf(person string, posts []view.PostView) view.Scope {
	scope := view.Scope{Person: person, Offices: []string{}, Paths: []string{}}
	for _, post := range posts {
		scope.Offices = append(scope.Offices, post.Office)
		scope.Posts = append(scope.Posts, approval.Post{Office: post.Office, Role: post.Role})
		if post.Role == approval.RoleSupervisor {
			scope.Paths = append(scope.Paths, pathsOf(post)...)
		}
		scope.Party = scope.Party || partyPost(post)
	}
	return scope
}

// partyPost reports whether a post opens what exists for Party roles alone.
func partyPost(post view.PostView) bool {
	return post.OfficeKind == approval.KindOrganisation || post.OfficeKind == approval.KindParty
}

// pathsOf are the region paths below which a supervising post sees everything.
func pathsOf(post view.PostView) []string {
	paths := []string{view.RegionPrefix(post.Region)}
	if partyPost(post) {
		paths = append(paths, view.PartyPath(paths[0]))
	}
	return paths
}

var keyPattern = regexp.MustCompile(`^[A-Za-z0-9_-]{1,100}$`)

// idempotent gives every write one effect and one answer per key: a known key gets the stored
// answer, refusals too, and another body under the same key is refused.
func (s *Server) idempotent(c *fiber.Ctx) error {
	multipart := strings.HasPrefix(c.Get("Content-Type"), "multipart/")
	if !multipart && len(c.Body()) > jsonLimit {
		return approval.Refuse(approval.CodeTooLarge, "内容过大（上限 1 MB）", "the body is too large (1 MB at most)")
	}
	if c.Method() == http.MethodGet || c.Method() == http.MethodHead || c.Path() == "/api/v1/session" || c.Path() == inquiryPath || evaluates(c.Path()) {
		return c.Next()
	}
	key := strings.Clone(c.Get("Idempotency-Key"))
	if !keyPattern.MatchString(key) {
		return &approval.Error{Code: approval.CodeMalformed, Message: approval.Text{ZH: "缺少 Idempotency-Key（1–100 个字母、数字、_ 或 -）", EN: "Idempotency-Key is missing or not 1–100 of [A-Za-z0-9_-]"},
			Problems: []approval.Problem{{Location: "header.Idempotency-Key", Code: approval.CodeMalformed, Message: approval.Text{ZH: "必须提供", EN: "required"}}}}
	}
	who := callerOf(c.UserContext())
	who.key = key
	route := c.Method() + " " + strings.Clone(c.Path())
	digest := sha256.New()
	digest.Write([]byte(route))
	digest.Write([]byte{0})
	content, err := bodyForHash(c, multipart)
	if err != nil {
		return err
	}
	digest.Write(content)
	hash := digest.Sum(nil)
	request, fresh, err := s.Store.BeginRequest(c.UserContext(), who.actor.Person, key, route, hash)
	if err != nil {
		return unavailable(err)
	}
	if !fresh {
		if request.Route != route || !request.SameBody {
			return approval.Refuse(approval.CodeKeyReused, "该 Idempotency-Key 已用于另一个请求", "this Idempotency-Key was used for another request")
		}
		if request.Answered {
			return sendStored(c, request)
		}
	}
	if err := c.Next(); err != nil {
		if sent := s.sendProblem(c, err); sent != nil {
			return sent
		}
	}
	status := c.Response().StatusCode()
	if status == http.StatusAccepted && strings.Contains(c.Path(), "/actions") || status == http.StatusTooManyRequests || status >= 500 {
		return s.Store.ForgetRequest(context.WithoutCancel(c.UserContext()), who.actor.Person, key)
	}
	return s.Store.AnswerRequest(context.WithoutCancel(c.UserContext()), who.actor.Person, key, status, append([]byte(nil), c.Response().Body()...))
}

// bodyForHash leaves out a multipart body's boundary, which differs between equal uploads.
func bodyForHash(c *fiber.Ctx, multipart bool) ([]byte, error) {
	if !multipart {
		return c.Body(), nil
	}
	malformed := approval.Refuse(approval.CodeMalformed, "上传内容不完整，请重新上传", "the upload is incomplete; send it again")
	form, err := c.MultipartForm()
	if err != nil {
		return nil, malformed
	}
	digest := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(form.Value)) {
		fmt.Fprintf(digest, "%q=%q\n", name, form.Value[name])
	}
	for _, name := range slices.Sorted(maps.Keys(form.File)) {
		for _, header := range form.File[name] {
			file, err := header.Open()
			if err != nil {
				return nil, malformed
			}
			fmt.Fprintf(digest, "%q=%q %d\n", name, header.Filename, header.Size)
			_, err = io.Copy(digest, file)
			if err = errors.Join(err, file.Close()); err != nil {
				return nil, malformed
			}
		}
	}
	return []byte(hex.EncodeToString(digest.Sum(nil))), nil
}

func sendStored(c *fiber.Ctx, request view.Request) error {
	c.Set("Content-Type", "application/json")
	if request.Status >= 400 {
		c.Set("Content-Type", "application/problem+json")
	}
	c.Set("Idempotent-Replayed", "true")
	return c.Status(request.Status).Send(request.Answer)
}
