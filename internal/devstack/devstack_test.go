package devstack_test

import (
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"jieli/internal/devstack"
)

func in(data string) order { return order{Options: devstack.Options{Data: data}} }

// Two starts on one folder: the second finds what the first left.
func TestStartsTwiceOnTheSameFolder(t *testing.T) {
	t.Parallel()
	data := filepath.Join(folder(t), "data")
	first := started(t, in(data), nil)
	first.remember("kept")
	first.stop()
	if len(temporals(data))+len(postmasters(data)) > 0 {
		t.Error("a stopped stack leaves processes behind")
	}
	second := started(t, in(data), nil)
	second.remembers("kept")
	if dial(second.Temporal) != nil {
		t.Error("Temporal does not answer at the second start")
	}
}

func dial(address string) error {
	connection, err := net.Dial("tcp", address)
	if err == nil {
		err = connection.Close()
	}
	return err
}

// As an ordinary user everything runs as that user, in a folder of their own.
func TestStartsAsAnOrdinaryUser(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can become somebody else; every other test here runs as an ordinary user already")
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		t.Skip("this machine has no user nobody")
	}
	uid, _ := strconv.ParseUint(nobody.Uid, 10, 32)
	gid, _ := strconv.ParseUint(nobody.Gid, 10, 32)
	place := folder(t)
	data := filepath.Join(place, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(data, int(uid), int(gid)); err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	body, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(place, "program")
	if err := os.WriteFile(binary, body, 0o755); err != nil {
		t.Fatal(err)
	}
	temporal := temporalProgram(t, place)
	r := started(t, in(data), func(command *exec.Cmd) {
		command.Path, command.Args, command.Dir = binary, []string{binary}, data
		command.Env = append(command.Env, "TEMPORAL_CLI="+temporal, "HOME="+data)
		command.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	})
	r.remember("mine")
	for _, pid := range append(temporals(data), postmasters(data)...) {
		info, err := os.Stat("/proc/" + strconv.Itoa(pid))
		if err != nil {
			t.Fatal(err)
		}
		if status, ok := info.Sys().(*syscall.Stat_t); !ok || uint64(status.Uid) != uid {
			t.Errorf("process %d does not run as the user who started the stack", pid)
		}
	}
}

// As root PostgreSQL runs as another user, also in a folder below one that is closed to others.
func TestStartsAsRootBelowAClosedFolder(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("the case is root's")
	}
	place := folder(t)
	if err := os.Chmod(place, 0o700); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(place, "data")
	first := started(t, order{Options: devstack.Options{Data: data, SkipTemporal: true}}, nil)
	first.remember("closed")
	first.stop()
	started(t, order{Options: devstack.Options{Data: data, SkipTemporal: true}}, nil).remembers("closed")
}

// A taken port is replaced by a free one, and the program says so.
func TestTakenPortsAreReplaced(t *testing.T) {
	t.Parallel()
	var ports [2]int
	for i := range ports {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = listener.Close() }()
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		ports[i], _ = strconv.Atoi(port)
	}
	given := in(filepath.Join(folder(t), "data"))
	given.Options.PostgresPort, given.Options.TemporalPort = ports[0], ports[1]
	r := started(t, given, nil)
	r.remember("elsewhere")
	if dial(r.Temporal) != nil || strings.HasSuffix(r.Temporal, ":"+strconv.Itoa(ports[1])) {
		t.Errorf("Temporal is said to be at %s", r.Temporal)
	}
	if !r.hasLog("PostgreSQL", strconv.Itoa(ports[0])) || !r.hasLog("Temporal", strconv.Itoa(ports[1])) {
		t.Errorf("the program does not say which ports were taken: %q", r.logs)
	}
}

// Two programs in one folder would damage each other's data.
func TestASecondProgramIsRefused(t *testing.T) {
	t.Parallel()
	data := filepath.Join(folder(t), "data")
	first := started(t, order{Options: devstack.Options{Data: data, SkipTemporal: true}}, nil)
	second := launch(t, order{Options: devstack.Options{Data: data, SkipTemporal: true}}, nil)
	if second.Ready || !strings.Contains(second.Error, data) || !strings.Contains(second.Error, "--data") {
		t.Errorf("the second program was told %q", second.Error)
	}
	first.remember("undisturbed")
}

// kill -9 of the program: its servers end by themselves, and the next start works, whether it comes
// at once or later.
func TestKilledProgram(t *testing.T) {
	t.Parallel()
	data := filepath.Join(folder(t), "data")
	first := started(t, in(data), nil)
	first.remember("first")
	first.kill()
	second := started(t, in(data), nil)
	second.remembers("first")
	if count := len(temporals(data)); count != 1 {
		t.Errorf("%d Temporal servers work on one database file", count)
	}
	second.remember("second")
	second.kill()
	until(t, "the servers end with the program", func() bool { return len(temporals(data))+len(postmasters(data)) == 0 })
	started(t, in(data), nil).remembers("second")
}

// A Temporal server that outlives its program for whatever reason is ended by the next start: two of
// them on one database file starve each other.
func TestTemporalLeftBehindIsEnded(t *testing.T) {
	t.Parallel()
	data := filepath.Join(folder(t), "data")
	given := order{Options: devstack.Options{Data: data, SkipPostgres: true}}
	first := started(t, given, nil)
	left := temporals(data)
	if len(left) != 1 {
		t.Fatalf("%d Temporal servers run", len(left))
	}
	// A stopped process hears no signal but the last.
	if err := syscall.Kill(left[0], syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, pid := range temporals(data) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	first.kill()
	started(t, given, nil)
	if now := temporals(data); len(now) != 1 || now[0] == left[0] {
		t.Errorf("the servers %v work on one database file; %d was left behind", now, left[0])
	}
}

// kill -9 of PostgreSQL alone: the supervisor starts it again, on the same port and with its data.
func TestKilledPostgres(t *testing.T) {
	t.Parallel()
	data := filepath.Join(folder(t), "data")
	r := started(t, order{Options: devstack.Options{Data: data, SkipTemporal: true}}, nil)
	r.remember("before")
	before := postmasters(data)
	if len(before) != 1 {
		t.Fatalf("%d PostgreSQL servers run", len(before))
	}
	if err := syscall.Kill(before[0], syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	address := strings.Split(strings.Split(r.Database, "@")[1], "/")[0]
	until(t, "PostgreSQL is started again", func() bool {
		now := postmasters(data)
		return len(now) == 1 && now[0] != before[0] && dial(address) == nil
	})
	until(t, "PostgreSQL has recovered", func() bool {
		return pings(t, r.Database)
	})
	r.remembers("before")
}

// What is missing is named with the command that installs it.
func TestMissingProgramsAreNamed(t *testing.T) {
	t.Parallel()
	empty := folder(t)
	r := launch(t, order{Options: devstack.Options{Data: filepath.Join(empty, "data"), SkipPostgres: true}}, func(command *exec.Cmd) {
		command.Dir, command.Env = empty, append(command.Env, "PATH=", "TEMPORAL_CLI=")
	})
	if r.Ready || !strings.Contains(r.Error, "make bin/temporal") || !strings.Contains(r.Error, "JIELI_TEMPORAL_ADDRESS") {
		t.Errorf("without Temporal the program says %q", r.Error)
	}
	r = launch(t, order{Options: devstack.Options{Data: filepath.Join(empty, "data"), SkipPostgres: true}}, func(command *exec.Cmd) {
		command.Dir, command.Env = empty, append(command.Env, "TEMPORAL_CLI="+filepath.Join(empty, "none"))
	})
	if r.Ready || !strings.Contains(r.Error, "TEMPORAL_CLI") {
		t.Errorf("with a wrong TEMPORAL_CLI the program says %q", r.Error)
	}
	if os.Geteuid() != 0 {
		t.Skip("only root can hide the machine's PostgreSQL")
	}
	hidden := "/usr/lib/postgresql"
	if _, err := os.Stat(hidden); err != nil {
		hidden = ""
	}
	r = launch(t, order{Hide: hidden, Options: devstack.Options{Data: filepath.Join(empty, "data"), SkipTemporal: true}}, func(command *exec.Cmd) {
		command.Dir, command.Env = empty, append(command.Env, "PATH=")
		command.SysProcAttr.Unshareflags = syscall.CLONE_NEWNS
	})
	if strings.HasPrefix(r.Error, "hide ") {
		t.Skip(r.Error)
	}
	if r.Ready || !strings.Contains(r.Error, "apt-get install postgresql") || !strings.Contains(r.Error, "JIELI_DATABASE_URL") {
		t.Errorf("without PostgreSQL the program says %q", r.Error)
	}
}
