package worker

import (
	"path/filepath"
	"testing"

	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"jieli/internal/crypt"
	"jieli/internal/devstack"
	"jieli/workflows/signoff"
)

// Histories are recorded from the real server in the namespace of `jieli dev`, sealed under a key
// file that belongs to nothing else. A file stays as long as a case of its age may be open.
const (
	histories   = "../workflows/testdata/histories/*.json"
	historyKeys = "../workflows/testdata/keys.json"
)

func replayer(t *testing.T) worker.WorkflowReplayer {
	t.Helper()
	ring, err := crypt.Load(historyKeys)
	if err != nil {
		t.Fatal(err)
	}
	made, err := worker.NewWorkflowReplayerWithOptions(worker.WorkflowReplayerOptions{
		DataConverter:    crypt.DataConverter(ring, devstack.Namespace),
		FailureConverter: crypt.FailureConverter(ring, devstack.Namespace)})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func recorded(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(histories)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestHistoriesReplay: a case under way must be carried on by this program.
func TestHistoriesReplay(t *testing.T) {
	for _, file := range recorded(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			replay := replayer(t)
			RegisterWorkflows(replay)
			if err := replay.ReplayWorkflowHistoryFromJSONFile(nil, file); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestAnotherProgramDoesNotReplay shows that replaying can fail: a program that ends every case at
// once must not get through any history.
func TestAnotherProgramDoesNotReplay(t *testing.T) {
	for _, file := range recorded(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			replay := replayer(t)
			for name := range workflows {
				replay.RegisterWorkflowWithOptions(func(workflow.Context, signoff.Input) error { return nil }, workflow.RegisterOptions{Name: name})
			}
			if err := replay.ReplayWorkflowHistoryFromJSONFile(nil, file); err == nil {
				t.Fatal("a program that does nothing replays the history")
			}
		})
	}
}
