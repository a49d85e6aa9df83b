// Package signoff is the durable shell round the approval machine: one queue of commands, one main
// routine that decides, commits and folds, and the waits for child cases between stages.
package signoff
