// Package faults kills parts of the running system where designs of this kind lose signatures or pay twice, and
// shows that nothing is lost and nothing doubled.
package faults
