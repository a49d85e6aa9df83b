// Package devstack runs a private PostgreSQL and the official Temporal dev server as child
// processes, with everything they write below one folder. `jieli dev` and the tests use it.
package devstack
