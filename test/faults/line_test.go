package faults

import (
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// line is a process's way to PostgreSQL. It counts what the process says, and at one of its messages, before the
// database hears it or after the database has answered it and before the process hears that, it does away with the process.
type line struct {
	at       int64
	answered bool
	kill     func()

	said   atomic.Int64
	killed atomic.Bool
}

// open makes the line to a database and returns the address the process is to be given.
func (l *line) open(t *testing.T, database string) string {
	t.Helper()
	config, err := pgx.ParseConfig(database)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			process, err := listener.Accept()
			if err != nil {
				return
			}
			network, address := pgconn.NetworkAddress(config.Host, config.Port)
			server, err := net.Dial(network, address)
			if err != nil {
				_ = process.Close()
				continue
			}
			go l.carry(process, server)
		}
	}()
	address, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	address.Host = listener.Addr().String()
	query := address.Query()
	query.Set("sslmode", "disable")
	query.Del("host")
	query.Del("port")
	address.RawQuery = query.Encode()
	return address.String()
}

func (l *line) carry(process, server net.Conn) {
	var both sync.WaitGroup
	both.Go(func() {
		defer func() { _ = server.Close() }()
		l.forward(process, server, func() bool { return l.said.Add(1) == l.at && !l.answered })
	})
	both.Go(func() {
		defer func() { _ = process.Close() }()
		l.forward(server, process, func() bool { return l.answered && l.at > 0 && l.said.Load() >= l.at })
	})
	both.Wait()
}

// forward passes on what comes until the moment has come; what has come then is not passed on any more.
func (l *line) forward(from, to net.Conn, moment func() bool) {
	buffer := make([]byte, 64<<10)
	for {
		n, err := from.Read(buffer)
		if err != nil {
			return
		}
		if moment() {
			l.killed.Store(true)
			l.kill()
			return
		}
		if _, err := to.Write(buffer[:n]); err != nil {
			return
		}
	}
}
