package worker

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/worker"
	"go.temporal.io/sdk/workflow"

	"jieli/approval"
	"jieli/internal/crypt"
	"jieli/internal/devstack"
	"jieli/workflows/signoff"
)

// Histories are recorded from the real server in the namespace of `jieli dev`, sealed under a key
// file that belongs to nothing else (`make histories`). Beside each run lies the fold of its journal
// as far as the run came. A file stays as long as a case of its age may be open.
const (
	histories   = "../workflows/testdata/histories/*.json"
	historyKeys = "../workflows/testdata/keys.json"
)

func replay(t *testing.T, file string, register func(worker.WorkflowRegistry)) (*approval.Case, error) {
	t.Helper()
	ring, err := crypt.Load(historyKeys)
	if err != nil {
		t.Fatal(err)
	}
	opened, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	read, err := client.HistoryFromJSON(opened, client.HistoryJSONOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return Replay{Ring: ring, Namespace: devstack.Namespace, Register: register}.Run(read)
}

func recorded(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(histories)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no history has been recorded")
	}
	return files
}

// foldBeside is the fold of the journal that was recorded with a history.
func foldBeside(t *testing.T, file string) *approval.Case {
	t.Helper()
	body, err := os.ReadFile(strings.TrimSuffix(file, ".json") + ".fold")
	if err != nil {
		t.Fatal(err)
	}
	fold := &approval.Case{}
	if err := json.Unmarshal(body, fold); err != nil {
		t.Fatal(err)
	}
	return fold
}

// TestHistoriesReplay: a case under way must be carried on by this program, and come to the state
// the journal says: not only to some state without an error.
func TestHistoriesReplay(t *testing.T) {
	for _, file := range recorded(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			state, err := replay(t, file, nil)
			if err != nil {
				t.Fatal(err)
			}
			if fold := foldBeside(t, file); state.Version != fold.Version || !approval.SameFold(state, fold) {
				t.Fatalf("the replayed state (version %d) is not the fold of the journal (version %d)", state.Version, fold.Version)
			}
		})
	}
}

// TestAnotherProgramDoesNotReplay shows that replaying can fail: a program that ends every case at
// once must not get through any history.
func TestAnotherProgramDoesNotReplay(t *testing.T) {
	for _, file := range recorded(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			if _, err := replay(t, file, func(registry worker.WorkflowRegistry) {
				for name := range workflows {
					registry.RegisterWorkflowWithOptions(func(workflow.Context, signoff.Input) error { return nil }, workflow.RegisterOptions{Name: name})
				}
			}); err == nil {
				t.Fatal("a program that does nothing replays the history")
			}
		})
	}
}
