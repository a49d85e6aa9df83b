// Package histories records what worker/replay_test.go replays (`make histories`).
package histories
