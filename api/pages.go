package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
)

// The pages for the public are made here and need no script: they have to open on an old phone.
//
//go:embed pages
var pageFiles embed.FS

// pageLimit is the largest form a public page takes.
const pageLimit = 4 << 10

var (
	pageStyle, _ = pageFiles.ReadFile("pages/style.css")
	// pagePolicy lets a page do nothing but show itself in this style and send its form here.
	pagePolicy = "default-src 'none'; style-src 'sha256-" + styleHash() + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	pages      = template.Must(template.New("").Funcs(template.FuncMap{"say": func(approval.Text) string { return "" }, "day": func(string) string { return "" }, "moment": func(time.Time) string { return "" }}).ParseFS(pageFiles, "pages/*.html"))
)

func styleHash() string {
	sum := sha256.Sum256(pageStyle)
	return base64.StdEncoding.EncodeToString(sum[:])
}

// page is what every public page is made with.
type page struct {
	Language, Title, Here string
	Style                 template.CSS
}

// inquiryPage is the family's: the form, or the answer to it.
type inquiryPage struct {
	page
	Code, Problem string
	Answer        *view.FamilyAnswer
}

func (s *Server) servePages(app *fiber.App) {
	app.Get("/q", s.showInquiry)
	app.Get("/q/:code", s.showInquiry)
	app.Post("/q", s.answerInquiry)
	if s.Demo {
		app.Get("/demo/messages", s.showMessages)
	}
}

// pageLanguage is what a page was asked for in, Chinese unless it was asked otherwise.
func pageLanguage(asked string) string {
	if asked == "en" {
		return "en"
	}
	return "zh-CN"
}

func newInquiryPage(language, here, code string) inquiryPage {
	title := approval.Text{ZH: "办件查询", EN: "Where is our case?"}
	return inquiryPage{page: page{Language: language, Title: title.In(language), Here: here, Style: template.CSS(pageStyle)}, Code: groupedCode(code)}
}

// groupedCode shows a code as the slip has it.
func groupedCode(code string) string {
	code = view.TypedCode(code)
	var groups []string
	for ; len(code) > 4; code = code[4:] {
		groups = append(groups, code[:4])
	}
	return strings.Join(append(groups, code), "-")
}

func (s *Server) showInquiry(c *fiber.Ctx) error {
	code := c.Params("code")
	if len(code) > 60 {
		code = ""
	}
	here := "/q"
	if code != "" {
		here += "/" + view.TypedCode(code)
	}
	return sendPage(c, http.StatusOK, "inquiry.html", pageLanguage(c.Query("lang")), newInquiryPage(pageLanguage(c.Query("lang")), here, code))
}

func (s *Server) answerInquiry(c *fiber.Ctx) error {
	language := pageLanguage(c.FormValue("lang"))
	shown := newInquiryPage(language, "/q", "")
	if len(c.Body()) > pageLimit || !plainText(c.FormValue("code")+c.FormValue("digits")) {
		shown.Problem = approval.Text{ZH: "填写的内容无法读取，请重新填写。", EN: "what was entered cannot be read; please enter it again"}.In(language)
		return sendPage(c, http.StatusBadRequest, "inquiry.html", language, shown)
	}
	shown = newInquiryPage(language, "/q", c.FormValue("code"))
	answer, err := s.familyAnswer(context.WithValue(c.UserContext(), languageKey, language), c.FormValue("code"), c.FormValue("digits"))
	if err != nil {
		p := problem(err, language, requestIDOf(c.UserContext()))
		if p.Status >= 500 {
			s.Logger.Error("request failed", "route", c.Route().Path, "request", p.RequestID, "error", err)
		}
		if p.retryAfter > 0 {
			c.Set("Retry-After", strconv.Itoa(p.retryAfter))
		}
		shown.Problem = p.Detail
		return sendPage(c, p.Status, "inquiry.html", language, shown)
	}
	shown.Answer, shown.Code = answer, ""
	return sendPage(c, http.StatusOK, "inquiry.html", language, shown)
}

// messagesPage shows what a demonstration would have sent.
type messagesPage struct {
	page
	Messages []view.CapturedMessage
}

func (s *Server) showMessages(c *fiber.Ctx) error {
	captured, err := s.Store.CapturedMessages(c.UserContext(), capturedAtOnce)
	if err != nil {
		return err
	}
	return sendPage(c, http.StatusOK, "messages.html", "zh-CN", messagesPage{page: page{Language: "zh-CN", Title: "演示通知", Style: template.CSS(pageStyle)}, Messages: captured})
}

// sendPage fills a page in and keeps it out of every cache.
func sendPage(c *fiber.Ctx, status int, name, language string, data any) error {
	filled, err := pages.Clone()
	if err != nil {
		return err
	}
	filled.Funcs(template.FuncMap{"say": func(text approval.Text) string { return text.In(language) }, "day": func(day string) string { return dayInWords(day, language) },
		"moment": func(at time.Time) string { return at.In(clock.Zone).Format("2006-01-02 15:04") }})
	var body bytes.Buffer
	if err := filled.ExecuteTemplate(&body, name, data); err != nil {
		return err
	}
	c.Set("Content-Type", "text/html; charset=utf-8")
	c.Set("Content-Security-Policy", pagePolicy)
	c.Set("Cache-Control", "no-store")
	c.Set("Referrer-Policy", "no-referrer")
	return c.Status(status).Send(body.Bytes())
}

func dayInWords(text, language string) string {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil || language == "en" {
		return text
	}
	return fmt.Sprintf("%d年%d月%d日", day.Year(), day.Month(), day.Day())
}
