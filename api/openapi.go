package api

import (
	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humafiber"
	"github.com/gofiber/fiber/v2"
)

// describe registers every row of the route table on an app.
func (s *Server) describe(app *fiber.App) huma.API {
	config := huma.DefaultConfig("Jieli 接力", "1")
	config.OpenAPIPath, config.DocsPath = "/openapi", "/docs"
	config.RejectUnknownQueryParameters = true
	config.CreateHooks = nil // no $schema field in bodies
	api := humafiber.New(app, config)
	for _, route := range s.routes() {
		route.register(api)
	}
	return api
}

// OpenAPI is the description of the API as JSON, made without a running system: the front end's
// types come from it.
func OpenAPI() ([]byte, error) {
	return (&Server{}).describe(fiber.New()).OpenAPI().MarshalJSON()
}
