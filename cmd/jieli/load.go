package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/alexedwards/argon2id"
	"github.com/spf13/cobra"

	"jieli/approval"
	"jieli/store"
)

// leastPassword is the shortest password that can be set, in characters.
const leastPassword = 10

func loadCommand() *cobra.Command {
	command := &cobra.Command{Use: "load", Short: "Load data of other systems"}
	command.AddCommand(&cobra.Command{Use: "pension-records FILE", Short: "Fill the agency's records from a CSV: id_number,name,status,paying_agency", Args: cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, arguments []string) error {
			return withStore(command.Context(), func(s *system) error { return loadPensionRecords(command.Context(), s, arguments[0]) })
		}})
	command.AddCommand(&cobra.Command{Use: "deaths FILE", Short: "Open death reports from a matched list, a CSV: id_number,died_on,source", Args: cobra.ExactArgs(1),
		RunE: func(command *cobra.Command, arguments []string) error {
			return withStore(command.Context(), func(s *system) error { return loadDeaths(command.Context(), s, arguments[0]) })
		}})
	command.AddCommand(&cobra.Command{Use: "directory FOLDER", Short: "Regions, offices, enterprises, officers and settings from CSV files in a folder", Args: cobra.ExactArgs(1),
		Long: `Reads whichever of these a folder holds, each with a heading line, and writes all or nothing:
  regions.csv      code,name,parent,level,valid_from,valid_to
  offices.csv      id,kind,name,region (and serves, for Party organisations: whose they are)
  enterprises.csv  office,credit_code,kind,state,devolved_from_centre,superior
  officers.csv     username,name,office,role,valid_from,valid_to
  settings.csv     name,region,valid_from,value,source
New accounts have no password until one is set with ` + "`jieli password USERNAME`" + `.`,
		RunE: func(command *cobra.Command, arguments []string) error {
			return withStore(command.Context(), func(s *system) error { return loadDirectory(command.Context(), s, arguments[0]) })
		}})
	return command
}

func passwordCommand() *cobra.Command {
	return &cobra.Command{Use: "password USERNAME", Short: "Set the password of an account, read from standard input", Args: cobra.ExactArgs(1), RunE: func(command *cobra.Command, arguments []string) error {
		line, err := bufio.NewReader(command.InOrStdin()).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		password := strings.TrimRight(line, "\r\n")
		if len([]rune(password)) < leastPassword {
			return fmt.Errorf("the password is too short: %d characters at least", leastPassword)
		}
		hash, err := argon2id.CreateHash(password, argon2id.DefaultParams)
		if err != nil {
			return err
		}
		return withStore(command.Context(), func(s *system) error { return s.store.SetPassword(command.Context(), arguments[0], hash) })
	}}
}

func withStore(ctx context.Context, work func(*system) error) error {
	s, err := fromEnvironment(ctx, false)
	if err != nil {
		return err
	}
	defer s.close()
	return work(s)
}

func loadPensionRecords(ctx context.Context, s *system, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	count, err := s.store.LoadPensionRecords(ctx, file, filepath.Base(path))
	if err == nil {
		fmt.Println("loaded", count)
	}
	return err
}

// loadDeaths opens the reports; the worker starts their workflows.
func loadDeaths(ctx context.Context, s *system, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }()
	counts, err := s.store.LoadDeaths(ctx, file, filepath.Base(path))
	fmt.Printf("opened %d, known %d, not registered %d, not readable %d\n", counts.Opened, counts.Known, counts.Unregistered, len(counts.Invalid))
	for _, row := range counts.Invalid {
		fmt.Fprintf(os.Stderr, "row %d: needs an ID number, a date like 2026-11-24 not before the birth nor after today, and a source\n", row)
	}
	return err
}

func loadDirectory(ctx context.Context, s *system, folder string) error {
	var directory store.Directory
	found := 0
	for name, place := range map[string]**store.DirectoryFile{"regions.csv": &directory.Regions, "offices.csv": &directory.Offices, "enterprises.csv": &directory.Enterprises,
		"officers.csv": &directory.Officers, "settings.csv": &directory.Settings} {
		file, err := os.Open(filepath.Join(folder, name))
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		defer func() { _ = file.Close() }()
		*place = &store.DirectoryFile{Name: name, Body: file}
		found++
	}
	if found == 0 {
		return fmt.Errorf("%s holds none of regions.csv, offices.csv, enterprises.csv, officers.csv, settings.csv", folder)
	}
	loaded, err := s.store.LoadDirectory(ctx, directory)
	var refused *approval.Error
	if errors.As(err, &refused) {
		for _, problem := range refused.Problems {
			fmt.Fprintf(os.Stderr, "%s: %s（%s）\n", problem.Location, problem.Message.ZH, problem.Message.EN)
		}
	}
	if err != nil {
		return err
	}
	fmt.Println("loaded", loaded.Lines, "lines")
	for _, username := range loaded.NewAccounts {
		fmt.Println("new account without a password:", username)
	}
	return nil
}
