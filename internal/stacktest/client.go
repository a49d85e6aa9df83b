package stacktest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"sync/atomic"
	"testing"
)

// Client is one person at the API; Anonymous gives one without a session.
type Client struct {
	HTTP     *http.Client
	CSRF     string
	Username string
	Language string

	t    testing.TB
	base string
}

// Answer is one response.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte

	t    testing.TB
	what string
}

// Problem is an RFC 9457 body.
type Problem struct {
	Type, Title, Detail, Code, RequestID string
	Status                               int
	Errors                               []struct{ Location, Message, Code string }
}

// Case is what tests read of a case.
type Case struct {
	No, Type, State, Stage, Title, Subject string
	Version                                int64
	Tasks                                  []Task
	Actions                                []struct {
		Action, TaskID string
		Allowed        bool
	}
}

// Task is an open task of a case.
type Task struct {
	ID, Office, Role, State, Stage, Owner string
	Basis                                 int64
	Form                                  struct{ Proposal map[string]any }
}

var keyNumbers atomic.Int64

// NextKey is an Idempotency-Key nobody has used.
func NextKey() string { return fmt.Sprintf("test-%d", keyNumbers.Add(1)) }

// Anonymous is nobody yet.
func (s *System) Anonymous() *Client { return NewClient(s.t, s.URL) }

// NewClient is nobody yet at an address.
func NewClient(t testing.TB, base string) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{HTTP: &http.Client{Jar: jar}, t: t, base: base}
}

// As signs a demonstration account in, once per system.
func (s *System) As(username string) *Client {
	s.t.Helper()
	if known, ok := s.clients.Load(username); ok {
		client, _ := known.(*Client)
		return client
	}
	client := s.Anonymous()
	client.SignIn(username, Password)
	s.clients.Store(username, client)
	return client
}

// SignEverybodyOut makes each account sign in anew, as after a night.
func (s *System) SignEverybodyOut() { s.clients.Clear() }

// SignIn makes a session.
func (c *Client) SignIn(username, password string) {
	c.t.Helper()
	var session struct{ CSRFToken string }
	c.Send(http.MethodPost, "/session", map[string]string{"username": username, "password": password}).Expect(http.StatusOK).Read(&session)
	c.CSRF, c.Username = session.CSRFToken, username
}

// Request prepares a request with everything a write needs; tests take away what they want missing.
func (c *Client) Request(method, path, contentType string, body []byte) *http.Request {
	c.t.Helper()
	request, err := http.NewRequest(method, c.base+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	if c.Language != "" {
		request.Header.Set("Accept-Language", c.Language)
	}
	if method != http.MethodGet {
		request.Header.Set("Idempotency-Key", NextKey())
		request.Header.Set("X-CSRF-Token", c.CSRF)
	}
	return request
}

// Do sends a prepared request.
func (c *Client) Do(request *http.Request) *Answer {
	c.t.Helper()
	answer, err := c.Try(request)
	if err != nil {
		c.t.Fatal(err)
	}
	return answer
}

// Try sends a prepared request to a server that may be gone.
func (c *Client) Try(request *http.Request) (*Answer, error) {
	response, err := c.HTTP.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	return &Answer{Status: response.StatusCode, Header: response.Header, Body: body, t: c.t, what: request.Method + " " + request.URL.Path}, nil
}

// Send writes JSON under a fresh key.
func (c *Client) Send(method, path string, body any) *Answer {
	c.t.Helper()
	return c.Do(c.JSON(method, path, NextKey(), body))
}

// JSON prepares a write under a key.
func (c *Client) JSON(method, path, key string, body any) *http.Request {
	c.t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	request := c.Request(method, path, "application/json", encoded)
	request.Header.Set("Idempotency-Key", key)
	return request
}

// Get reads.
func (c *Client) Get(path string) *Answer {
	c.t.Helper()
	return c.Do(c.Request(http.MethodGet, path, "", nil))
}

// Upload sends a file as multipart field "file".
func (c *Client) Upload(method, path, name string, content []byte) *Answer {
	c.t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	part, err := writer.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = writer.Close()
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return c.Do(c.Request(method, path, writer.FormDataContentType(), body.Bytes()))
}

// Expect fails unless the answer has the status.
func (a *Answer) Expect(status int) *Answer {
	a.t.Helper()
	if a.Status != status {
		a.t.Fatalf("%s answered %d instead of %d: %s", a.what, a.Status, status, a.Body)
	}
	return a
}

// Read decodes the body.
func (a *Answer) Read(into any) {
	a.t.Helper()
	if err := json.Unmarshal(a.Body, into); err != nil {
		a.t.Fatalf("%s: %v in %s", a.what, err, a.Body)
	}
}

// Problem decodes a refusal.
func (a *Answer) Problem() Problem {
	a.t.Helper()
	var problem Problem
	a.Read(&problem)
	return problem
}
