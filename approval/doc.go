// Package approval is the sign-off state machine: what a case is, which commands change it, and
// which events record the change. Decide refuses or proposes, Evolve folds what was committed.
// It is pure: the standard library only, no clock, no input or output, no randomness.
package approval
