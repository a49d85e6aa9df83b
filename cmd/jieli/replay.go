package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"jieli/worker"
)

func replayCommand() *cobra.Command {
	data, live := "", false
	command := &cobra.Command{Use: "replay", Short: "Replay every open case of a running system with the code at hand", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		if !live {
			return fmt.Errorf("say --against-live; recorded histories are replayed by go test ./worker")
		}
		s, err := fromRunning(command.Context(), data)
		if err != nil {
			return err
		}
		defer s.close()
		return s.replayLive(command.Context())
	}}
	command.Flags().StringVar(&data, "data", "", "data folder of a running `jieli dev`")
	command.Flags().BoolVar(&live, "against-live", false, "read the histories of the running system; nothing is changed")
	return command
}

// replayLive lists the open cases this program could not carry on; exit 1 when there is one.
func (s *system) replayLive(ctx context.Context) error {
	replay := worker.Replay{Ring: s.ring, Namespace: s.config.TemporalNamespace}
	replayed, diverging := 0, 0
	err := s.store.OpenCases(ctx, func(no string) error {
		replayed++
		if err := replay.Live(ctx, s.temporal, no, s.store.Entries); err != nil {
			diverging++
			fmt.Printf("%s: %v\n", no, err)
		}
		return ctx.Err()
	})
	if err != nil {
		return err
	}
	fmt.Printf("replayed %d, diverging %d\n", replayed, diverging)
	if diverging > 0 {
		return fmt.Errorf("%d open cases would not be carried on by this program", diverging)
	}
	return nil
}
