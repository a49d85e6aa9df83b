package devstack

import (
	"fmt"
	"net"
	"strconv"
)

// choosePort returns the wished port, or any free one when it is taken, and says so.
func choosePort(what string, wished int, log func(format string, arguments ...any)) (int, error) {
	if wished != 0 {
		if port, err := listenOnce(wished); err == nil {
			return port, nil
		}
	}
	port, err := listenOnce(0)
	if err != nil {
		return 0, fmt.Errorf("no free port for %s: %w", what, err)
	}
	if wished != 0 {
		log("port %d is taken; %s uses %d", wished, what, port)
	}
	return port, nil
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
