package api

import (
	"io"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"
)

// Only what the proxy itself appended is believed, and only where there is a proxy.
func TestAddressOf(t *testing.T) {
	for _, each := range []struct {
		secure          bool
		forwarded, want string
	}{{true, "10.9.9.9, 192.0.2.7", "192.0.2.7"}, {true, "", "0.0.0.0"}, {false, "192.0.2.7", "0.0.0.0"}} {
		server := &Server{Options{Secure: each.secure}}
		app := fiber.New()
		app.Get("/", func(c *fiber.Ctx) error { return c.SendString(server.addressOf(c)) })
		request := httptest.NewRequest("GET", "/", nil)
		request.Header.Set("X-Forwarded-For", each.forwarded)
		response, err := app.Test(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil || response.Body.Close() != nil || string(body) != each.want {
			t.Errorf("%+v: the address is %s (%v)", each, body, err)
		}
	}
}

// Papers name the address people use: the configured one, else what the browser called us, as a proxy in front tells.
func TestSiteOf(t *testing.T) {
	for _, each := range []struct {
		secure                  bool
		public, forwarded, want string
	}{
		{false, "", "", "http://10.0.0.1:8080"}, {false, "", "elsewhere.example", "http://10.0.0.1:8080"},
		{true, "", "", "https://10.0.0.1:8080"}, {true, "", "jieli.example, inner.example", "https://jieli.example"},
		{true, "https://papers.example/jieli", "jieli.example", "https://papers.example/jieli"},
	} {
		server := &Server{Options{Secure: each.secure, PublicAddress: each.public}}
		app := fiber.New()
		app.Get("/", func(c *fiber.Ctx) error { return c.SendString(server.siteOf(c).String()) })
		request := httptest.NewRequest("GET", "http://10.0.0.1:8080/", nil)
		request.Header.Set("X-Forwarded-Host", each.forwarded)
		response, err := app.Test(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err != nil || response.Body.Close() != nil || string(body) != each.want {
			t.Errorf("%+v: the site is %s (%v)", each, body, err)
		}
	}
}
