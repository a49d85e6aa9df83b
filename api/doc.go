// Package api is the HTTP contract of api.md: a Fiber app whose typed operations stand in one
// route table with their permissions. It reads through its own interfaces and changes cases only
// through the gate.
package api
