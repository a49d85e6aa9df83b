// Package e2e holds the tests that drive the real binary over HTTP as any other program would:
// nothing but api.md and the demonstration accounts.
package e2e
