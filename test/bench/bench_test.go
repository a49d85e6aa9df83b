package bench

import (
	"log/slog"
	"testing"

	"jieli/internal/stacktest"
)

func TestMain(m *testing.M) { stacktest.Main(m) }

// A signature is one workflow task: scheduled, started, completed, the Update accepted, Commit's
// marker, the Update completed. Five events more begin and end a case.
func TestASignatureIsOneWorkflowTask(t *testing.T) {
	servers := stacktest.Start(t)
	const signatures = 4
	result, err := Signoff(t.Context(), SignoffOptions{Servers: Servers{DatabaseURL: servers.DatabaseURL, TemporalAddress: servers.TemporalAddress},
		Cases: 2, Concurrency: 1, Rounds: 2, Signatures: signatures, Log: slog.New(slog.DiscardHandler), Progress: func(int, float64, float64) {}})
	if err != nil {
		t.Fatal(err)
	}
	if events := result.Ours.EventsPerSignature * signatures; events > 6*signatures+5 {
		t.Errorf("%v events for %d signatures", events, signatures)
	}
	if result.Cases != 2 || len(result.Rounds) != 2 || result.Ratio <= 0 {
		t.Errorf("measured %+v", result)
	}
}

// Both ways read every row of the same file.
func TestBothWaysReadTheWholeRoster(t *testing.T) {
	result, err := Roster(t.Context(), RosterOptions{Rows: 300, Rounds: 2})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Rounds) != 2 || result.FileMegabytes <= 0 || result.PeakHeapMegabytes <= 0 {
		t.Errorf("measured %+v", result)
	}
}

// The live cases of the board's measurement are workflows of the product: Temporal counts them, and
// they take signatures while the lists are read.
func TestTheBoardIsMeasuredBesideLiveWorkflows(t *testing.T) {
	servers := stacktest.Start(t)
	result, err := Board(t.Context(), BoardOptions{Tasks: 600, Few: 300, Offices: 40, Rounds: 1, Workflows: 6, Log: slog.New(slog.DiscardHandler), Progress: func(string) {},
		Servers: Servers{DatabaseURL: servers.DatabaseURL, TemporalAddress: servers.TemporalAddress}})
	if err != nil {
		t.Fatal(err)
	}
	if result.Workflows != 6 || result.Acts == 0 || len(result.Queries) != len(boardQueries()) {
		t.Errorf("measured %+v", result)
	}
}
