package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/client"

	"jieli/approval"
	"jieli/papers"
	"jieli/workflows/signoff"
)

func doctorCommand() *cobra.Command {
	data, asJSON := "", false
	command := &cobra.Command{Use: "doctor", Short: "Check every invariant on live data", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		s, err := fromRunning(command.Context(), data)
		if err != nil {
			return err
		}
		defer s.close()
		return runDoctor(command.Context(), s, asJSON)
	}}
	command.Flags().StringVar(&data, "data", "", "data folder of a running `jieli dev`")
	command.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line")
	return command
}

// workflowVersion asks a case's workflow how far it has come.
func (s *system) workflowVersion(ctx context.Context, no string) (int64, bool, error) {
	response, err := s.temporal.QueryWorkflowWithOptions(ctx, &client.QueryWorkflowWithOptionsRequest{WorkflowID: no, QueryType: signoff.StateQuery,
		QueryRejectCondition: enums.QUERY_REJECT_CONDITION_NOT_OPEN})
	var missing *serviceerror.NotFound
	if errors.As(err, &missing) {
		return 0, false, nil
	}
	if err != nil {
		return 0, false, fmt.Errorf("ask the workflow (is a worker running?): %w", err)
	}
	if response.QueryRejected != nil {
		return 0, false, nil
	}
	var state approval.Case
	if err := response.QueryResult.Get(&state); err != nil {
		return 0, false, err
	}
	return state.Version, true, nil
}

// fromRunning connects to a running dev by its data folder, or as the environment says where none is named.
func fromRunning(ctx context.Context, data string) (*system, error) {
	if data != "" {
		if err := adoptRunning(data); err != nil {
			return nil, err
		}
	}
	return fromEnvironment(ctx, true)
}

// adoptRunning takes the addresses of a running dev from its data folder.
func adoptRunning(data string) error {
	body, err := os.ReadFile(filepath.Join(data, "running"))
	if err != nil {
		return fmt.Errorf("no running `jieli dev` was found in %s", data)
	}
	for line := range strings.Lines(string(body)) {
		if name, value, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			if err := os.Setenv(name, value); err != nil {
				return err
			}
		}
	}
	return nil
}

func runDoctor(ctx context.Context, s *system, asJSON bool) error {
	checked, violations, err := s.store.Examine(ctx, s.workflowVersion, func(subject, violation string) {
		if asJSON {
			line, _ := json.Marshal(map[string]string{"case": subject, "violation": violation})
			fmt.Println(string(line))
			return
		}
		fmt.Printf("%s: %s\n", subject, violation)
	})
	if err != nil {
		return err
	}
	// No case is wrong for it, so it is no violation.
	if missing := papers.Missing(ctx); missing != nil && ctx.Err() == nil {
		fmt.Fprintln(os.Stderr, "note:", missing)
	}
	if failed, err := s.store.CountFailedMessages(ctx); err != nil {
		return err
	} else if failed > 0 {
		fmt.Fprintf(os.Stderr, "note: %d messages could not be sent; the system administrator finds them under 设置 › 技术故障\n", failed)
	}
	if asJSON {
		fmt.Printf(`{"checked": %d, "violations": %d}`+"\n", checked, violations)
	} else {
		fmt.Printf("checked %d, violations %d\n", checked, violations)
	}
	if violations > 0 {
		return fmt.Errorf("%d violations", violations)
	}
	return nil
}
