package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"jieli/internal/config"
	"jieli/test/bench"
)

func benchCommand() *cobra.Command {
	command := &cobra.Command{Use: "bench", Short: "Measure against the plainest program that could do the same"}
	command.AddCommand(benchSignoffCommand(), benchRosterCommand(), benchBoardCommand())
	return command
}

func benchSignoffCommand() *cobra.Command {
	options, asJSON := bench.SignoffOptions{Cases: 600, Concurrency: 32, Rounds: 6, Signatures: 10}, false
	command := &cobra.Command{Use: "signoff", Short: "Cases a second against a bare Temporal workflow with as many Updates and inserts", Args: cobra.NoArgs,
		Long: "Starts a PostgreSQL and a Temporal of its own, or uses those of JIELI_DATABASE_URL and JIELI_TEMPORAL_ADDRESS, in a database and a namespace of its own either way.",
		RunE: func(command *cobra.Command, _ []string) error {
			settings, err := config.Load()
			if err != nil {
				return err
			}
			options.Servers = bench.Servers{DatabaseURL: settings.DatabaseURL, TemporalAddress: settings.TemporalAddress}
			options.Log = newLogger(slog.LevelError.String())
			options.Progress = func(round int, bare, ours float64) {
				fmt.Fprintf(os.Stderr, "round %d of %d: bare %.1f s, ours %.1f s\n", round, options.Rounds, bare, ours)
			}
			result, err := bench.Signoff(command.Context(), options)
			if err != nil {
				return err
			}
			return printResult(result, asJSON, func() {
				fmt.Printf("%d cases of %d signatures each way, %d at a time, %d rounds\n", result.Cases, result.Signatures, result.Concurrency, len(result.Rounds))
				fmt.Printf("%-6s %10s %12s %16s %12s %12s\n", "", "cases/s", "signatures/s", "events/signature", "p50 ms", "p95 ms")
				for _, each := range []struct {
					name string
					bench.Figures
				}{{"bare", result.Bare}, {"ours", result.Ours}} {
					fmt.Printf("%-6s %10.2f %12.1f %16.1f %12.1f %12.1f\n", each.name, each.CasesPerSecond, each.CasesPerSecond*float64(result.Signatures), each.EventsPerSignature, each.SignatureP50Millis, each.SignatureP95Millis)
				}
				fmt.Printf("ratio  %10.2f   by round %.2f\n", result.Ratio, result.Rounds)
			})
		}}
	command.Flags().IntVar(&options.Cases, "cases", options.Cases, "cases each way")
	command.Flags().IntVar(&options.Concurrency, "concurrency", options.Concurrency, "cases at a time")
	command.Flags().IntVar(&options.Rounds, "rounds", options.Rounds, "rounds the cases are divided into; the two ways take turns")
	command.Flags().IntVar(&options.Signatures, "signatures", options.Signatures, "stages of a case")
	command.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return command
}

func benchRosterCommand() *cobra.Command {
	options, asJSON := bench.RosterOptions{Rows: 100_000, Rounds: 3}, false
	command := &cobra.Command{Use: "roster", Short: "Checking a large .xlsx against merely streaming it with excelize", Args: cobra.NoArgs, RunE: func(command *cobra.Command, _ []string) error {
		result, err := bench.Roster(command.Context(), options)
		if err != nil {
			return err
		}
		return printResult(result, asJSON, func() {
			fmt.Printf("%d rows, %.1f MB, %d rounds\n", result.Rows, result.FileMegabytes, len(result.Rounds))
			fmt.Printf("stream %.2f s, check %.2f s, ratio %.2f, by round %.2f\n", result.StreamSeconds, result.CheckSeconds, result.Ratio, result.Rounds)
			fmt.Printf("peak while checking: heap %.0f MB, process %.0f MB\n", result.PeakHeapMegabytes, result.PeakProcessMegabytes)
		})
	}}
	command.Flags().IntVar(&options.Rows, "rows", options.Rows, "rows of the file")
	command.Flags().IntVar(&options.Rounds, "rounds", options.Rounds, "how often each is done, by turns")
	command.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return command
}

func benchBoardCommand() *cobra.Command {
	options, asJSON := bench.BoardOptions{Tasks: 1_000_000, Few: 1000, Offices: 2000, Rounds: 3, Workflows: 10_000}, false
	command := &cobra.Command{Use: "board", Short: "Inbox and supervision board with very many open tasks against few", Args: cobra.NoArgs,
		Long: "Fills two databases with synthetic rows, runs live cases on Temporal beside the many and acts on them while measuring. Starts servers of its own, or uses those of JIELI_DATABASE_URL, whose user must be its owner, and JIELI_TEMPORAL_ADDRESS.", RunE: func(command *cobra.Command, _ []string) error {
			settings, err := config.Load()
			if err != nil {
				return err
			}
			options.Servers = bench.Servers{DatabaseURL: settings.DatabaseURL, TemporalAddress: settings.TemporalAddress}
			options.Log = newLogger(slog.LevelError.String())
			options.Progress = func(what string) { fmt.Fprintln(os.Stderr, what) }
			result, err := bench.Board(command.Context(), options)
			if err != nil {
				return err
			}
			return printResult(result, asJSON, func() {
				fmt.Printf("%d workflows run beside the many (counted by Temporal), %d acts on them meanwhile, median %.1f ms\n", result.Workflows, result.Acts, result.ActMillis)
				fmt.Printf("%-44s %12s %12s %8s %6s\n", fmt.Sprintf("%d offices", result.Offices), fmt.Sprintf("%d ms", result.Few), fmt.Sprintf("%d ms", result.Tasks), "ratio", "scans")
				for _, query := range result.Queries {
					fmt.Printf("%-44s %12.2f %12.2f %8.2f %6d\n", query.Name, query.FewMillis, query.ManyMillis, query.Ratio, query.Scans)
				}
			})
		}}
	command.Flags().IntVar(&options.Tasks, "tasks", options.Tasks, "open tasks in the large database")
	command.Flags().IntVar(&options.Few, "few", options.Few, "open tasks in the small one")
	command.Flags().IntVar(&options.Offices, "offices", options.Offices, "offices in both")
	command.Flags().IntVar(&options.Workflows, "workflows", options.Workflows, "live cases that run beside the many open tasks")
	command.Flags().IntVar(&options.Rounds, "rounds", options.Rounds, "how often each query is measured, by turns")
	command.Flags().BoolVar(&asJSON, "json", false, "one JSON object")
	return command
}

func printResult(result any, asJSON bool, asText func()) error {
	if !asJSON {
		asText()
		return nil
	}
	body, err := json.Marshal(result)
	if err == nil {
		fmt.Println(string(body))
	}
	return err
}
