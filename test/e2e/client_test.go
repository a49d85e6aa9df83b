package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// client is one signed-in person.
type client struct {
	t       *testing.T
	http    *http.Client
	csrf    string
	account account
}

// account is one line of GET /demo/accounts.
type account struct {
	Username, Name, Office, OfficeKind string
	Roles                              []string
}

// problem is an RFC 9457 body.
type problem struct {
	Status int    `json:"status"`
	Code   string `json:"code"`
	Detail string `json:"detail"`
	Errors []struct{ Location, Message, Code string }
}

var keys atomic.Int64

func nextKey() string { return fmt.Sprintf("e2e-%d-%d", os.Getpid(), keys.Add(1)) }

// desks signs each account in once.
type desks struct {
	t        *testing.T
	accounts []account
	mutex    sync.Mutex
	signedIn map[string]*client
}

func openDesks(t *testing.T) *desks {
	t.Helper()
	var list struct{ Items []account }
	anonymous := &client{t: t, http: &http.Client{}}
	anonymous.get("/demo/accounts", &list)
	if len(list.Items) == 0 {
		t.Fatal("there are no demonstration accounts")
	}
	return &desks{t: t, accounts: list.Items, signedIn: map[string]*client{}}
}

// holder returns the n-th account that holds a role in an office, signed in.
func (d *desks) holder(office, role string, n int) *client {
	d.t.Helper()
	for _, candidate := range d.accounts {
		if candidate.Office == office && slices.Contains(candidate.Roles, role) {
			if n--; n < 0 {
				return d.signIn(candidate)
			}
		}
	}
	d.t.Fatalf("no account number %d is %s of %s", n, role, office)
	return nil
}

func (d *desks) signIn(a account) *client {
	d.mutex.Lock()
	known := d.signedIn[a.Username]
	d.mutex.Unlock()
	if known != nil {
		return known
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		d.t.Fatal(err)
	}
	c := &client{t: d.t, http: &http.Client{Jar: jar}, account: a}
	var session struct{ CSRFToken string }
	c.must(http.MethodPost, "/session", map[string]string{"username": a.Username, "password": "jieli-demo"}, &session, http.StatusOK)
	c.csrf = session.CSRFToken
	d.mutex.Lock()
	d.signedIn[a.Username] = c
	d.mutex.Unlock()
	return c
}

// send makes one request; a write carries its key.
func (c *client) send(method, path, key, contentType string, body []byte) (int, []byte) {
	c.t.Helper()
	request, err := http.NewRequest(method, shared.url+"/api/v1"+path, bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	if method != http.MethodGet {
		request.Header.Set("Idempotency-Key", key)
		request.Header.Set("X-CSRF-Token", c.csrf)
	}
	response, err := c.http.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return response.StatusCode, answer
}

// try writes JSON under a fresh key; an act that outlasts its deadline (202) is asked for again.
func (c *client) try(method, path string, body any) (int, []byte) {
	c.t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	key := nextKey()
	for {
		status, answer := c.send(method, path, key, "application/json", encoded)
		if status != http.StatusAccepted || !strings.HasSuffix(path, "/actions") {
			return status, answer
		}
	}
}

func (c *client) must(method, path string, body, into any, expected int) {
	c.t.Helper()
	status, answer := c.try(method, path, body)
	if status != expected {
		c.t.Fatalf("%s %s answered %d instead of %d: %s", method, path, status, expected, answer)
	}
	if into != nil {
		if err := json.Unmarshal(answer, into); err != nil {
			c.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
}

func (c *client) get(path string, into any) {
	c.t.Helper()
	status, answer := c.send(http.MethodGet, path, "", "", nil)
	if status != http.StatusOK {
		c.t.Fatalf("GET %s answered %d: %s", path, status, answer)
	}
	if err := json.Unmarshal(answer, into); err != nil {
		c.t.Fatalf("GET %s: %v", path, err)
	}
}

// upload sends a file as multipart field "file".
func (c *client) upload(method, path, name string, content []byte) (int, []byte) {
	c.t.Helper()
	var body bytes.Buffer
	writer := multipart.NewWriter(&body)
	part, err := writer.CreateFormFile("file", name)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := part.Write(content); err != nil {
		c.t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		c.t.Fatal(err)
	}
	return c.send(method, path, nextKey(), writer.FormDataContentType(), body.Bytes())
}

// all reads every page of a list.
func all[T any](c *client, path string) []T {
	c.t.Helper()
	var items []T
	separator := "?"
	if len(path) > 0 && bytes.ContainsRune([]byte(path), '?') {
		separator = "&"
	}
	for cursor := ""; ; {
		var page struct {
			Items      []T
			NextCursor string
		}
		c.get(path+separator+"limit=200&cursor="+url.QueryEscape(cursor), &page)
		items = append(items, page.Items...)
		if cursor = page.NextCursor; cursor == "" {
			return items
		}
	}
}

// sample reads a shared sample file.
func sample(t *testing.T, name string) []byte {
	t.Helper()
	folder := filepath.Join("..", "..", "..", "shared")
	if set := os.Getenv("JIELI_SHARED"); set != "" {
		folder = set
	}
	content, err := os.ReadFile(filepath.Join(folder, "samples", name))
	if os.IsNotExist(err) {
		t.Skipf("the shared samples are not here (%s); set JIELI_SHARED to the folder that holds samples/", folder)
	}
	if err != nil {
		t.Fatal(err)
	}
	return content
}
