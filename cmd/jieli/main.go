// Command jieli is the one binary: dev, api, worker, migrate, seed, doctor. Wiring only.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"jieli/internal/config"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := root().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "jieli:", err)
		stop()
		os.Exit(1)
	}
}

func root() *cobra.Command {
	command := &cobra.Command{Use: "jieli", Short: "接力 carries approval procedures from office to office", SilenceUsage: true, SilenceErrors: true}
	command.AddCommand(devCommand(), apiCommand(), workerCommand(), migrateCommand(), seedCommand(), loadCommand(), passwordCommand(), doctorCommand(), replayCommand(), openAPICommand(), healthcheckCommand(), papersCommand(), messagesCommand(), benchCommand(),
		&cobra.Command{Use: "environment", Short: "Settings: the JIELI_ environment variables", Long: config.Help})
	return command
}
