package devstack

import (
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is who runs PostgreSQL, which refuses to run as root.
type account struct {
	// credential is nil when this program is not root: then it runs as the same user.
	credential *syscall.Credential
	// folder holds the cluster.
	folder string
	// override lets the account pass parent folders that are closed to other users.
	override bool
}

// capabilityDACOverride is CAP_DAC_OVERRIDE of capabilities(7).
const capabilityDACOverride = 1

func (a account) attributes() *syscall.SysProcAttr {
	attributes := &syscall.SysProcAttr{Credential: a.credential}
	if a.override {
		attributes.AmbientCaps = []uintptr{capabilityDACOverride}
	}
	return attributes
}

// home is the working folder of the account's programs: before a program runs, the capability to
// pass closed folders is not yet in force.
func (a account) home(folder string) string {
	if a.override {
		return "/"
	}
	return folder
}

func (a account) makeFolder(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	if a.credential == nil {
		return nil
	}
	return os.Chown(path, int(a.credential.Uid), int(a.credential.Gid))
}

func (a account) writeFile(path string, body []byte) error {
	if err := os.WriteFile(path, body, 0o600); err != nil {
		return err
	}
	if a.credential == nil {
		return nil
	}
	return os.Chown(path, int(a.credential.Uid), int(a.credential.Gid))
}

// postgresUser chooses the account: oneself, or as root the user postgres (or nobody).
func postgresUser(data string, log func(format string, arguments ...any)) (account, error) {
	if os.Geteuid() != 0 {
		return account{folder: data}, nil
	}
	found, err := user.Lookup("postgres")
	if err != nil {
		if found, err = user.Lookup("nobody"); err != nil {
			return account{}, fmt.Errorf("PostgreSQL does not run as root, and this machine has neither the user postgres nor nobody: start `jieli dev` as an ordinary user")
		}
	}
	uid, err := strconv.ParseUint(found.Uid, 10, 32)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.ParseUint(found.Gid, 10, 32)
	if err != nil {
		return account{}, err
	}
	chosen := account{credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, folder: data}
	if open(data) {
		return chosen, nil
	}
	chosen.override = true
	if mayOverride() {
		return chosen, nil
	}
	outside := filepath.Join("/var/tmp", "jieli-"+folderName(data))
	log("the folder %s is closed to the user %s; PostgreSQL keeps its data in %s", data, found.Username, outside)
	return account{credential: chosen.credential, folder: outside}, os.MkdirAll(outside, 0o711)
}

// open reports whether other users may pass through every folder on the way.
func open(path string) bool {
	for ; ; path = filepath.Dir(path) {
		info, err := os.Stat(path)
		if err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
		if path == filepath.Dir(path) {
			return true
		}
	}
}

// folderName makes one name of a path, so that two data folders stay apart.
func folderName(path string) string {
	name := []byte(path)
	for i, c := range name {
		if c == '/' {
			name[i] = '-'
		}
	}
	return string(name[1:])
}
