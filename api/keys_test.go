package api_test

import (
	"bytes"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"

	"jieli/internal/stacktest"
)

// What a write needs besides its body: a session, the CSRF token, a key of its own.
func TestWritesNeedSessionTokenAndKey(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.As(clerk)
	found := s.Submit(clerk, stacktest.OnePerson(1))
	without := func(header, value string) *http.Request {
		request := c.JSON(http.MethodPost, "/cases/"+found.No+"/actions", "k", stacktest.Approval(found, found.Tasks[0]))
		if request.Header.Del(header); value != "" {
			request.Header.Set(header, value)
		}
		return request
	}
	before := contents(s)
	for _, each := range []bad{
		{"no key", without("Idempotency-Key", ""), 400, "malformed", "header.Idempotency-Key"},
		{"key of a wrong character", without("Idempotency-Key", "a b"), 400, "malformed", "header.Idempotency-Key"},
		{"key too long", without("Idempotency-Key", strings.Repeat("k", 101)), 400, "malformed", "header.Idempotency-Key"},
		{"no token", without("X-CSRF-Token", ""), 403, "forbidden", ""},
		{"another's token", without("X-CSRF-Token", s.As(reviewer).CSRF), 403, "forbidden", ""},
	} {
		t.Run(each.name, func(t *testing.T) {
			answer := c.Do(each.request)
			if answer.Status != each.status {
				t.Fatalf("answered %d: %s", answer.Status, answer.Body)
			}
			checkProblem(t, answer, each)
		})
	}
	nobody := s.Anonymous()
	for _, request := range []*http.Request{nobody.Request(http.MethodGet, "/cases", "", nil), nobody.JSON(http.MethodPost, "/cases", "k", map[string]any{}), nobody.Request(http.MethodDelete, "/session", "", nil),
		nobody.JSON(http.MethodPost, "/demo/accounts", "k", map[string]any{}), nobody.Request(http.MethodGet, "/surprise", "", nil)} {
		answer := nobody.Do(request)
		if answer.Status != http.StatusUnauthorized {
			t.Fatalf("%s %s without a session: %d %s", request.Method, request.URL.Path, answer.Status, answer.Body)
		}
		checkProblem(t, answer, bad{status: 401, code: "unauthenticated"})
	}
	if !maps.Equal(before, contents(s)) {
		t.Error("a refused request changed something")
	}
}

// A known key gets the stored answer, refusals too, and with another body it is refused.
func TestAKeyHasOneEffectAndOneAnswer(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{})
	c := s.As(clerk)
	found := s.Submit(clerk, stacktest.OnePerson(1))
	path := "/cases/" + found.No + "/actions"
	entries := func() int64 { return stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal`) }
	send := func(c *stacktest.Client, key string, body map[string]any) *stacktest.Answer {
		return c.Do(c.JSON(http.MethodPost, path, key, body))
	}
	replayed := func(first, again *stacktest.Answer) {
		t.Helper()
		if again.Status != first.Status || !bytes.Equal(again.Body, first.Body) || again.Header.Get("Idempotent-Replayed") != "true" ||
			again.Header.Get("Content-Type") != first.Header.Get("Content-Type") {
			t.Errorf("the first answer was %d %s, the second %d %s", first.Status, first.Header, again.Status, again.Header)
		}
	}

	// The reviewer is too early: refused for good under this key.
	early := map[string]any{"action": "approve", "taskId": found.Tasks[0].ID, "seen": found.Version}
	refusal := send(s.As(reviewer), "same", early)
	if refusal.Status < 400 {
		t.Fatalf("the reviewer signed the clerk's task: %s", refusal.Body)
	}
	body := stacktest.Approval(found, found.Tasks[0])
	first := send(c, "same", body).Expect(http.StatusOK)
	written := entries()
	replayed(first, send(c, "same", body))
	replayed(refusal, send(s.As(reviewer), "same", early))
	for name, answer := range map[string]*stacktest.Answer{
		"another body":  send(c, "same", map[string]any{"action": "comment", "seen": 1, "opinion": "另一个请求"}),
		"another route": c.Do(c.JSON(http.MethodPost, "/tasks/actions", "same", map[string]any{"action": "claim", "items": []map[string]any{{"taskId": found.Tasks[0].ID, "seen": 1}}})),
	} {
		if answer.Status != http.StatusConflict || answer.Problem().Code != "key_reused" {
			t.Errorf("%s under the same key: %d %s", name, answer.Status, answer.Body)
		}
	}
	if entries() != written {
		t.Error("a repetition wrote to the journal")
	}
}

// The same upload is the same request, though its boundary differs.
func TestARepeatedUploadIsTheSameRequest(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.As(clerk)
	upload := func(content string) *stacktest.Answer {
		request := form(t, c, http.MethodPost, "/rosters", map[string]string{"enterpriseId": "enterprise-1"}, map[string][2]string{"file": {"名册.csv", content}})
		request.Header.Set("Idempotency-Key", "upload")
		return c.Do(request)
	}
	first := upload("姓名").Expect(http.StatusAccepted)
	again := upload("姓名").Expect(http.StatusAccepted)
	if !bytes.Equal(first.Body, again.Body) || again.Header.Get("Idempotent-Replayed") != "true" {
		t.Errorf("first %s, then %s", first.Body, again.Body)
	}
	if other := upload("姓名,身份证号"); other.Status != http.StatusConflict || other.Problem().Code != "key_reused" {
		t.Errorf("another file under the same key: %d %s", other.Status, other.Body)
	}
}

// Several browsers' tabs, or an impatient client: one submission, one case, one answer.
func TestASubmissionSentSeveralTimesAtOnceIsOneCase(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.As(clerk)
	body := map[string]any{"type": "handover", "form": map[string]any{"person": stacktest.OnePerson(1)}}
	numbers := make([]string, 8)
	var senders sync.WaitGroup
	for i := range numbers {
		request := c.JSON(http.MethodPost, "/cases", "once", body)
		senders.Go(func() {
			answer, err := c.Try(request)
			if err != nil || answer.Status != http.StatusCreated {
				t.Errorf("answered %v %v", answer, err)
				return
			}
			var submitted stacktest.Case
			answer.Read(&submitted)
			numbers[i] = submitted.No
		})
	}
	senders.Wait()
	for _, no := range numbers {
		if no != numbers[0] {
			t.Errorf("the answers name %v", numbers)
			break
		}
	}
	if count := stacktest.Value[int64](s.Database, `SELECT count(*) FROM cases`); count != 1 {
		t.Errorf("there are %d cases", count)
	}
}

// The process died after writing and before it kept the answer: asking again finds what was done.
func TestAWriteWhoseAnswerWasLostIsFound(t *testing.T) {
	s := stacktest.NewSystem(t, stacktest.Options{WithoutWorker: true})
	c := s.As(clerk)
	lose := func(key string) {
		s.Run(`UPDATE requests SET state = 'pending', status = NULL, answer = NULL, answered_at = NULL WHERE actor = $1 AND key = $2`, clerk, key)
	}
	submit := c.JSON(http.MethodPost, "/cases", "submit-lost", map[string]any{"type": "handover", "form": map[string]any{"person": stacktest.OnePerson(1)}})
	again := submit.Clone(t.Context())
	again.Body, _ = submit.GetBody()
	var first, second stacktest.Case
	c.Do(submit).Expect(http.StatusCreated).Read(&first)
	lose("submit-lost")
	c.Do(again).Expect(http.StatusCreated).Read(&second)
	if first.No != second.No {
		t.Errorf("the submission made %s and, asked again, %s", first.No, second.No)
	}

	s.Run(`INSERT INTO persons(id, name, id_index, tail_index, id_sealed, id_masked, enterprise) VALUES ('P1', '张三', 'x', 'y', $1, '***', 'enterprise-1')`,
		s.Ring.Seal([]byte(stacktest.IDNumber("19500101", 1)), "persons|id_sealed|P1"))
	reveal := func() *stacktest.Answer {
		return c.Do(c.JSON(http.MethodPost, "/people/P1/reveal", "reveal-lost", map[string]any{"field": "id_number", "reason": "核对身份"}))
	}
	reveal().Expect(http.StatusOK)
	lose("reveal-lost")
	reveal().Expect(http.StatusOK)
	if count := stacktest.Value[int64](s.Database, `SELECT count(*) FROM journal WHERE stream LIKE 'access:%'`); count != 1 {
		t.Errorf("the one reveal is journaled %d times", count)
	}
	if replayed := reveal().Expect(http.StatusOK); replayed.Header.Get("Cache-Control") != "no-store" {
		t.Error("the stored answer of a reveal may be kept by the browser")
	}
}
