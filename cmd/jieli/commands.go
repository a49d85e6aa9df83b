package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/spf13/cobra"

	"jieli/api"
	"jieli/internal/observe"
	"jieli/web"
)

func apiCommand() *cobra.Command {
	return &cobra.Command{Use: "api", Short: "Serve the API and the web", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		s, err := fromEnvironment(command.Context(), true)
		if err != nil {
			return err
		}
		defer s.close()
		return s.serve(command.Context(), web.Files(), false, func(address string) { fmt.Println("ready", address) })
	}}
}

func workerCommand() *cobra.Command {
	return &cobra.Command{Use: "worker", Short: "Run the workflows and activities", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		s, err := fromEnvironment(command.Context(), true)
		if err != nil {
			return err
		}
		defer s.close()
		if s.config.Metrics != "" {
			go func() {
				if err := observe.Serve(command.Context(), s.config.Metrics); err != nil {
					s.logger.Error("serve the metrics", "error", err)
				}
			}()
		}
		outbox, err := s.outbox()
		if err != nil {
			return err
		}
		s.checkMessages()
		return s.work(command.Context(), s.config.BankFolder, outbox)
	}}
}

func openAPICommand() *cobra.Command {
	return &cobra.Command{Use: "openapi", Short: "Print the description of the API", Args: cobra.NoArgs, RunE: func(*cobra.Command, []string) error {
		body, err := api.OpenAPI()
		if err != nil {
			return err
		}
		var indented bytes.Buffer
		if err := json.Indent(&indented, body, "", "  "); err != nil {
			return err
		}
		_, err = fmt.Println(indented.String())
		return err
	}}
}

func migrateCommand() *cobra.Command {
	return &cobra.Command{Use: "migrate", Short: "Bring the database schema up to date", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		s, err := fromEnvironment(command.Context(), false)
		if err != nil {
			return err
		}
		defer s.close()
		return s.store.Migrate(command.Context())
	}}
}

func seedCommand() *cobra.Command {
	demo := false
	command := &cobra.Command{Use: "seed", Short: "Fill an empty database with demonstration data", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		if !demo {
			return fmt.Errorf("only demonstration data can be seeded: add --demo")
		}
		s, err := fromEnvironment(command.Context(), false)
		if err != nil {
			return err
		}
		defer s.close()
		return s.seedDemo(command.Context())
	}}
	command.Flags().BoolVar(&demo, "demo", false, "the district 210106 with fictitious enterprises and officers")
	return command
}

func healthcheckCommand() *cobra.Command {
	url := "http://127.0.0.1:8080/readyz"
	command := &cobra.Command{Use: "healthcheck", Short: "Ask a running API whether it is ready", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		request, err := http.NewRequestWithContext(command.Context(), http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		response, err := (&http.Client{Timeout: 5 * time.Second}).Do(request)
		if err != nil {
			return err
		}
		defer func() { _ = response.Body.Close() }()
		if response.StatusCode != http.StatusOK {
			return fmt.Errorf("not ready: %s", response.Status)
		}
		return nil
	}}
	command.Flags().StringVar(&url, "url", url, "readiness address")
	return command
}
