package devstack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// Namespace is the Temporal namespace the stack creates.
const Namespace = "jieli"

// Options says where state lies and which ports are wished. A taken port is replaced by a free one.
type Options struct {
	// Data is the folder of all state; it is created when missing.
	Data string
	// PostgresPort, TemporalPort and TemporalUIPort are wishes; 0 takes any free port.
	PostgresPort, TemporalPort, TemporalUIPort int
	// SkipPostgres and SkipTemporal leave out what the caller brings itself.
	SkipPostgres, SkipTemporal bool
	// Ephemeral is for tests: nothing outlives the stack, so speed goes before durability.
	Ephemeral bool
	// Log is told what a person should know, such as a port that was taken.
	Log func(format string, arguments ...any)
}

// Stack is what runs.
type Stack struct {
	DatabaseURL       string
	TemporalAddress   string
	TemporalUIAddress string

	lock     *os.File
	children []*child
}

// Start starts what the options ask for and waits until each answers. A child that dies is started
// again; when this process dies, its children stop by themselves.
func Start(ctx context.Context, options Options) (*Stack, error) {
	if options.Log == nil {
		options.Log = func(string, ...any) {}
	}
	data, err := filepath.Abs(options.Data)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(data, 0o755); err != nil {
		return nil, fmt.Errorf("create the data folder: %w", err)
	}
	stack := &Stack{}
	if stack.lock, err = lockFolder(data); err != nil {
		return nil, err
	}
	if !options.SkipPostgres {
		err = stack.startPostgres(ctx, data, options)
	}
	if err == nil && !options.SkipTemporal {
		err = stack.startTemporal(ctx, data, options)
	}
	if err != nil {
		return nil, errors.Join(err, stack.Stop())
	}
	return stack, nil
}

// Stop ends the children in reverse order and waits for them.
func (s *Stack) Stop() error {
	var failures []error
	for i := len(s.children) - 1; i >= 0; i-- {
		failures = append(failures, s.children[i].stop())
	}
	s.children = nil
	if s.lock != nil {
		failures = append(failures, s.lock.Close())
		s.lock = nil
	}
	return errors.Join(failures...)
}

// lockFolder keeps two programs out of one data folder. The lock ends with the process, however it ends.
func lockFolder(data string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(data, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("another `jieli dev` works in %s; stop it, or choose another folder with --data", data)
	}
	return file, nil
}
