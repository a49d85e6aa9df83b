package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"jieli/internal/config"
	"jieli/papers"
)

func papersCommand() *cobra.Command {
	command := &cobra.Command{Use: "papers", Short: "Templates of printed papers: export, check, try"}
	command.AddCommand(
		&cobra.Command{Use: "export DIR", Short: "Write the templates that come with the program, to start from", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, arguments []string) error {
			written, err := papers.Export(arguments[0])
			if err == nil {
				fmt.Printf("%d files written to %s\n", len(written), arguments[0])
			}
			return err
		}},
		&cobra.Command{Use: "check [DIR]", Short: "Fill every replaced template in with invented data (DIR, default JIELI_PAPERS)", Args: cobra.MaximumNArgs(1), RunE: func(_ *cobra.Command, arguments []string) error {
			folder, err := replaced(arguments, 0)
			if err != nil {
				return err
			}
			checked, faults := papers.Templates{Folder: folder}.Check()
			for _, fault := range faults {
				fmt.Println(fault)
			}
			if len(faults) > 0 {
				return fmt.Errorf("%d files checked, %d faults", checked, len(faults))
			}
			fmt.Printf("%d files checked, all in order\n", checked)
			return nil
		}},
		&cobra.Command{Use: "try REGION OUT [DIR]", Short: "Print every paper as a region has it, with invented data, into the folder OUT", Args: cobra.RangeArgs(2, 3), RunE: func(command *cobra.Command, arguments []string) error {
			folder, err := replaced(arguments, 2)
			if err != nil {
				return err
			}
			if err := os.MkdirAll(arguments[1], 0o755); err != nil {
				return err
			}
			printer := papers.NewPrinter(folder)
			for _, key := range papers.Keys() {
				pdf, err := printer.Print(command.Context(), []string{arguments[0]}, papers.Sample(key))
				if err != nil {
					return fmt.Errorf("%s: %w", key, err)
				}
				if err := os.WriteFile(filepath.Join(arguments[1], key+".pdf"), pdf, 0o644); err != nil {
					return err
				}
			}
			return nil
		}})
	return command
}

// replaced is the folder of replaced templates: the one named, else the configured one.
func replaced(arguments []string, at int) (string, error) {
	if len(arguments) > at {
		return arguments[at], nil
	}
	settings, err := config.Load()
	return settings.Papers, err
}
