// Command sql runs the statements of standard input against the database that JIELI_DATABASE_URL
// names: browser tests break something on purpose with it, and mend it again.
package main

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/jackc/pgx/v5"
)

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	statements, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	connection, err := pgx.Connect(ctx, os.Getenv("JIELI_DATABASE_URL"))
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close(ctx) }()
	_, err = connection.Exec(ctx, string(statements))
	return err
}
