package api

import (
	"io/fs"
	"mime"
	"path"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// serveWeb answers the built front end; a path that is no file is a route of the application.
func serveWeb(app *fiber.App, files fs.FS) {
	if files == nil {
		return
	}
	app.Get("/*", func(c *fiber.Ctx) error {
		name := strings.TrimPrefix(path.Clean("/"+c.Params("*")), "/")
		body, err := fs.ReadFile(files, name)
		if err != nil || name == "" {
			name = "index.html"
			if body, err = fs.ReadFile(files, name); err != nil {
				return c.Status(fiber.StatusNotFound).SendString("the web pages were not built into this program; run `make build`")
			}
		}
		kind := mime.TypeByExtension(path.Ext(name))
		if kind == "" {
			kind = "application/octet-stream"
		}
		c.Set("Content-Type", kind)
		if strings.HasPrefix(name, "assets/") {
			c.Set("Cache-Control", "public, max-age=31536000, immutable")
		} else {
			c.Set("Cache-Control", "no-cache")
		}
		return c.Send(body)
	})
}
