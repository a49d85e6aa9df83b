package devstack

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
)

// choosePort returns the wished port, or any free one when it is taken, and says so. Two programs
// that start in the same moment get different ones: each claims a port before it lets it go.
func choosePort(what string, wished int, log func(format string, arguments ...any)) (int, error) {
	if wished != 0 {
		if port, err := listenOnce(wished); err == nil && claim(port) {
			return port, nil
		}
	}
	// A port that a program of this moment has claimed is not asked for again: the system hands them
	// out in turn.
	for range 100 {
		port, err := listenOnce(0)
		if err != nil {
			return 0, fmt.Errorf("no free port for %s: %w", what, err)
		}
		if !claim(port) {
			continue
		}
		if wished != 0 {
			log("port %d is taken; %s uses %d", wished, what, port)
		}
		return port, nil
	}
	return 0, fmt.Errorf("no free port for %s", what)
}

// claims are the locks this process holds until it ends, by port.
var claims = struct {
	sync.Mutex
	files map[int]*os.File
}{files: map[int]*os.File{}}

// claim takes a port for this process; false when another one, or this, has it. Where the lock's
// file cannot be opened (it is another user's) the port counts as free: the race is as rare as before.
func claim(port int) bool {
	claims.Lock()
	defer claims.Unlock()
	if claims.files[port] != nil {
		// Ours from an earlier stack of this process, which has ended if the port could be listened on.
		return true
	}
	file, err := os.OpenFile(filepath.Join(os.TempDir(), fmt.Sprintf("jieli-port-%d.lock", port)), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return true
	}
	if syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) != nil {
		_ = file.Close()
		return false
	}
	claims.files[port] = file
	return true
}

func listenOnce(port int) (int, error) {
	listener, err := net.Listen("tcp", loopback(port))
	if err != nil {
		return 0, err
	}
	address, ok := listener.Addr().(*net.TCPAddr)
	if !ok {
		return 0, fmt.Errorf("unexpected address %s", listener.Addr())
	}
	return address.Port, listener.Close()
}

func loopback(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }
