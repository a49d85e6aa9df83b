package devstack

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"syscall"
	"time"
)

// child is one supervised process.
type child struct {
	name    string
	command func() *exec.Cmd
	// quit asks the process to end in order; it is also sent when this program dies.
	quit syscall.Signal
	log  func(format string, arguments ...any)

	mutex    sync.Mutex
	process  *os.Process
	stopping bool
	ended    chan struct{}
	early    chan error
}

// restartPause keeps a process that cannot start from spinning.
const restartPause = 500 * time.Millisecond

// stopPatience is how long a child may take to end in order before it is killed.
const stopPatience = 30 * time.Second

// start runs the process and watches it until stop. It returns once the first start was made.
func (c *child) start() error {
	c.ended, c.early = make(chan struct{}), make(chan error, 1)
	first := make(chan error, 1)
	go c.watch(first)
	return <-first
}

func (c *child) watch(first chan<- error) {
	// The parent-death signal follows the thread that started the child, so it must not end before.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	defer close(c.ended)
	for started := false; ; started = true {
		command := c.command()
		if command.SysProcAttr == nil {
			command.SysProcAttr = &syscall.SysProcAttr{}
		}
		command.SysProcAttr.Pdeathsig, command.SysProcAttr.Setpgid = c.quit, true
		c.mutex.Lock()
		if c.stopping {
			c.mutex.Unlock()
			return
		}
		err := command.Start()
		if err == nil {
			c.process = command.Process
		}
		c.mutex.Unlock()
		if !started {
			first <- err
			if err != nil {
				return
			}
		}
		if err == nil {
			err = command.Wait()
		}
		c.mutex.Lock()
		c.process = nil
		stopping := c.stopping
		c.mutex.Unlock()
		if stopping {
			return
		}
		select {
		case c.early <- fmt.Errorf("%s ended: %v", c.name, err):
		default:
		}
		c.log("%s ended unexpectedly (%v); starting it again", c.name, err)
		time.Sleep(restartPause)
	}
}

// stop ends the process in order, or by force when it does not listen.
func (c *child) stop() error {
	c.mutex.Lock()
	c.stopping = true
	process := c.process
	c.mutex.Unlock()
	if process != nil {
		if err := process.Signal(c.quit); err != nil && !errors.Is(err, os.ErrProcessDone) {
			return fmt.Errorf("stop %s: %w", c.name, err)
		}
	}
	select {
	case <-c.ended:
		return nil
	case <-time.After(stopPatience):
	}
	if process != nil {
		_ = process.Kill()
	}
	<-c.ended
	return fmt.Errorf("%s did not stop within %s and was killed", c.name, stopPatience)
}
