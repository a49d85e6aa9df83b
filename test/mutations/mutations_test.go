package mutations

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mutation is one fault: in a file, one text in the place of another; and the test that must fail.
type mutation struct {
	invariant     int
	what          string
	file, of, by  string
	packages, run string
}

// mutations has one fault for each invariant of signoff.md. Those a commit guards are found by the
// tests of the store, on the real database.
var mutations = []mutation{
	{1, "the owner is not called back when the added signer has signed", "approval/sign.go",
		`if len(draft.HoldUps(task.Serves)) == 0 {`, `if len(draft.HoldUps(task.Serves)) < 0 {`, "./approval", "TestInvariant01"},
	{2, "a finished task can be signed once more", "approval/check.go",
		`if !task.Unsigned() || !visit.Open() {`, `if false {`, "./approval", "TestInvariant02"},
	{3, "a task that waits outlives its visit", "approval/evolve.go",
		`if task.Unsigned() || (event.Outcome`, `if task.State == TaskOpen || (event.Outcome`, "./approval", "TestInvariant03"},
	{4, "a substitute does not take the conflicts of the absent officer over", "approval/check.go",
		`append(slices.Clone(task.Inherited), standing.absent.Person)`, `task.Inherited`, "./approval", "TestInvariant04"},
	{5, "the post is not asked for at the moment of writing", "store/commit.go",
		`	if !holds {
		return approval.Refuse(approval.CodeNoRole`, `	if !holds && actor.Person == "" {
		return approval.Refuse(approval.CodeNoRole`, "./store", "TestAnEndedPostDoesNotSign"},
	{6, "the next signer of a sequence does not have to have seen what the one before wrote", "approval/evolve.go",
		`task.State, task.Basis = TaskOpen, entry.Seq`, `task.State = TaskOpen`, "./approval", "TestInvariant06"},
	{7, "a key that was committed is written again", "store/commit.go",
		`if state.known || state.fold.Version > head || proposal == nil {`, `if state.fold.Version > head || proposal == nil {`, "./store", "TestCommitKnowsItsKeys"},
	{8, "the read model is written before the entry is folded in", "store/project.go",
		`UPDATE cases SET state=$2, stage=$3, version=$4,`, `UPDATE cases SET state=$2, stage=$3, version=$4-1,`, "./store", "TestRowsEqualTheFold"},
	{9, "the chain of hashes begins anew with each entry", "store/commit.go",
		`hash := approval.Hash(prev, body)`, `hash := approval.Hash("", body)`, "./store", "TestBoxes"},
	{10, "a suspension's time belongs to nobody", "approval/clock.go",
		`return Holder{Kind: kind}`, `return Holder{}`, "./approval", "TestInvariant10"},
	{11, "an ended case still takes commands", "approval/decide.go",
		`	if c.Ended() {
		return Entry{}, endedError(c)
	}`, ``, "./approval", "TestInvariant11"},
	{12, "a refusal does not say what is missing", "approval/added.go",
		`"尚未轮到本任务，须待前一位签署后办理"`, `""`, "./approval", "TestInvariant12"},
}

// TestEveryFaultIsFound compiles each fault over the real code and runs the one test that must fail.
func TestEveryFaultIsFound(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range mutations {
		t.Run(fmt.Sprintf("invariant %d", fault.invariant), func(t *testing.T) {
			path := filepath.Join(root, fault.file)
			source, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Count(string(source), fault.of) != 1 {
				t.Fatalf("%s does not have the text the fault replaces exactly once: %s", fault.file, fault.what)
			}
			changed := filepath.Join(t.TempDir(), filepath.Base(fault.file))
			if err := os.WriteFile(changed, []byte(strings.Replace(string(source), fault.of, fault.by, 1)), 0o600); err != nil {
				t.Fatal(err)
			}
			overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{path: changed}})
			if err != nil {
				t.Fatal(err)
			}
			overlayFile := filepath.Join(t.TempDir(), "overlay.json")
			if err := os.WriteFile(overlayFile, overlay, 0o600); err != nil {
				t.Fatal(err)
			}
			arguments := []string{"test", "-count=1", "-vet=off", "-overlay=" + overlayFile, "-run", "^" + fault.run, fault.packages}
			if fault.packages == "./approval" {
				arguments = append(arguments, "-rapid.checks=5000", "-rapid.shrinktime=1s", "-rapid.nofailfile")
			}
			command := exec.CommandContext(t.Context(), "go", arguments...)
			command.Dir = root
			output, err := command.CombinedOutput()
			switch {
			case err == nil:
				t.Errorf("%s: %s passes all the same", fault.what, fault.run)
			case !strings.Contains(string(output), "--- FAIL: "+fault.run):
				t.Errorf("%s: it does not fail as a test does:\n%s", fault.what, output)
			}
		})
	}
}
