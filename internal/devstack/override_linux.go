package devstack

import (
	"os"
	"strconv"
	"strings"
)

// mayOverride reports whether this process holds CAP_DAC_OVERRIDE to pass on (a container may have dropped it).
func mayOverride() bool {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return false
	}
	for line := range strings.Lines(string(status)) {
		if value, found := strings.CutPrefix(line, "CapPrm:"); found {
			permitted, err := strconv.ParseUint(strings.TrimSpace(value), 16, 64)
			return err == nil && permitted&(1<<capabilityDACOverride) != 0
		}
	}
	return false
}
