package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jieli/internal/stacktest"
)

// Only failed sign-ins are throttled, per user, and a good one clears the count.
func TestThrottlingCountsFailedSignInsOnly(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.Anonymous()
	try := func(username, password string) *stacktest.Answer {
		return c.Send(http.MethodPost, "/session", map[string]string{"username": username, "password": password})
	}
	for range 20 {
		try(clerk, stacktest.Password).Expect(http.StatusOK)
	}
	for range 5 {
		try(clerk, "wrong").Expect(http.StatusUnauthorized)
	}
	locked := try(clerk, stacktest.Password).Expect(http.StatusTooManyRequests)
	if locked.Problem().Code != "too_many_requests" || locked.Header.Get("Retry-After") == "" {
		t.Errorf("a throttled sign-in: %s %v", locked.Body, locked.Header)
	}
	try(reviewer, stacktest.Password).Expect(http.StatusOK)
	s.Clock.Advance(2 * time.Second)
	try(clerk, stacktest.Password).Expect(http.StatusOK)
	for range 4 {
		try(clerk, "wrong").Expect(http.StatusUnauthorized)
	}
	try(clerk, stacktest.Password).Expect(http.StatusOK)
}

// Nobody learns from an answer whether a user exists.
func TestAnUnknownUserIsAnsweredLikeAWrongPassword(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.Anonymous()
	s.Run(`UPDATE users SET disabled = true WHERE id = $1`, reviewer)
	var answers []stacktest.Problem
	for _, each := range [][2]string{{"nobody-at-all", "x"}, {clerk, "wrong"}, {reviewer, stacktest.Password}} {
		problem := c.Send(http.MethodPost, "/session", map[string]string{"username": each[0], "password": each[1]}).Expect(http.StatusUnauthorized).Problem()
		problem.RequestID = ""
		answers = append(answers, problem)
	}
	for _, answer := range answers[1:] {
		if answer.Code != answers[0].Code || answer.Detail != answers[0].Detail {
			t.Errorf("the answers differ: %+v", answers)
		}
	}
}

// A session ends with the sign-out, with its time, and with its user.
func TestSessionsEnd(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	session := func(username string) (c, thief *stacktest.Client) {
		c = s.Anonymous()
		c.SignIn(username, stacktest.Password)
		// The same cookie somewhere else.
		thief = s.Anonymous()
		thief.CSRF = c.CSRF
		request := c.Request(http.MethodGet, "/me", "", nil)
		thief.HTTP.Jar.SetCookies(request.URL, c.HTTP.Jar.Cookies(request.URL))
		c.Get("/me").Expect(http.StatusOK)
		thief.Get("/me").Expect(http.StatusOK)
		return c, thief
	}
	c, thief := session(clerk)
	if answer := c.Do(c.Request(http.MethodDelete, "/session", "", nil)); answer.Status >= 300 {
		t.Fatalf("sign-out: %d %s", answer.Status, answer.Body)
	}
	c.Get("/me").Expect(http.StatusUnauthorized)
	thief.Get("/me").Expect(http.StatusUnauthorized)

	c, _ = session(reviewer)
	s.Run(`UPDATE users SET disabled = true WHERE id = $1`, reviewer)
	c.Get("/me").Expect(http.StatusUnauthorized)

	c, _ = session(clerk)
	s.Clock.Advance(13 * time.Hour)
	c.Get("/me").Expect(http.StatusUnauthorized)
}

// The cookie is out of reach of scripts and other sites.
func TestTheCookieIsGuarded(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	answer := s.Anonymous().Send(http.MethodPost, "/session", map[string]string{"username": clerk, "password": stacktest.Password}).Expect(http.StatusOK)
	response := http.Response{Header: answer.Header}
	cookies := response.Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode {
		t.Fatalf("the cookies are %v", cookies)
	}
	if stored := stacktest.Value[int64](s.Database, `SELECT count(*) FROM sessions WHERE position($1::bytea in token_hash) > 0`, []byte(cookies[0].Value)); stored != 0 {
		t.Error("the session's token lies in the database")
	}
}

// Whoever is not signed in is refused in the same way as everybody else.
func TestBadSignInsAreRefused(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.Anonymous()
	raw := func(body string) *http.Request {
		return c.Request(http.MethodPost, "/session", "application/json", []byte(body))
	}
	refused(t, s, c, []bad{
		{"malformed", raw(`{`), 400, "malformed", ""},
		{"no body", raw(``), 400, "malformed", ""},
		{"wrong types", raw(`{"username": 1, "password": []}`), 422, "invalid_input", "username"},
		{"unknown field", raw(`{"username": "a", "password": "b", "surprise": "` + offending + `"}`), 422, "invalid_input", "surprise"},
		{"no password", raw(`{"username": "` + offending + `"}`), 422, "invalid_input", "password"},
		{"NUL in the name", raw(`{"username": "a\u0000", "password": "b"}`), 422, "invalid_input", "username"},
		{"not UTF-8", raw("{\"username\": \"\xff\", \"password\": \"b\"}"), 400, "malformed", ""},
		{"name beyond reason", raw(`{"username": "` + strings.Repeat("a", 101) + `", "password": "b"}`), 422, "invalid_input", "username"},
		{"huge body", raw(`{"username": "` + strings.Repeat("a", 2<<20) + `"}`), 413, "too_large", ""},
	})
}
