// Package faults kills parts of the running system where designs of this kind lose signatures, and
// shows that none is lost and none doubled.
package faults
