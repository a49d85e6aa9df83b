package activities

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"

	"jieli/approval"
	"jieli/internal/clock"
	"jieli/internal/view"
	"jieli/roster"
)

// RosterStore is what checking an upload reads and writes.
type RosterStore interface {
	RosterFile(ctx context.Context, id string) (name string, file []byte, err error)
	RosterCorrection(ctx context.Context, id string) (name string, file []byte, err error)
	RosterMapping(ctx context.Context, id string) (map[string]string, error)
	RosterHolders(ctx context.Context, id string, numbers []string) (map[string]int, error)
	RosterLastRow(ctx context.Context, id string) (int, error)
	SaveRosterRows(ctx context.Context, id string, rows []view.CheckedRow) error
	RosterProgress(ctx context.Context, id string, done, of int) error
	FinishRoster(ctx context.Context, id string, refusal *approval.Text, header, unknown []string) error
	CheckingRosters(ctx context.Context) ([]string, error)
	Managed(ctx context.Context, numbers []string) (map[string]bool, error)
	Communities(ctx context.Context) ([]view.Community, error)
}

// RosterJobs checks uploads in the background, one at a time, so that imports never slow a
// signature. What a restart cut off is found again by its state.
type RosterJobs struct {
	Store  RosterStore
	Clock  clock.Source
	Logger *slog.Logger

	once  sync.Once
	queue chan string
}

// rowsPerWrite is how many checked rows travel to the database at once.
const rowsPerWrite = 500

func (j *RosterJobs) setup() { j.once.Do(func() { j.queue = make(chan string, 10_000) }) }

// Check queues a roster.
func (j *RosterJobs) Check(id string) {
	j.setup()
	j.queue <- id
}

// Run checks queued rosters until the context ends, first those an earlier run left.
func (j *RosterJobs) Run(ctx context.Context) {
	j.setup()
	left, err := j.Store.CheckingRosters(ctx)
	if err != nil {
		j.Logger.Warn("look for cut-off roster checks", "error", err)
	}
	for _, id := range left {
		j.run(ctx, id)
	}
	for {
		select {
		case <-ctx.Done():
			return
		case id := <-j.queue:
			j.run(ctx, id)
		}
	}
}

func (j *RosterJobs) run(ctx context.Context, id string) {
	if err := j.check(ctx, id); err != nil && ctx.Err() == nil {
		j.Logger.Error("check a roster", "roster", id, "error", err)
		text := approval.AsError(err).Message
		if err := j.Store.FinishRoster(ctx, id, &text, nil, nil); err != nil {
			j.Logger.Error("record a failed roster check", "roster", id, "error", err)
		}
	}
}

func (j *RosterJobs) check(ctx context.Context, id string) error {
	name, file, err := j.Store.RosterCorrection(ctx, id)
	if err != nil {
		return err
	}
	merging := file != nil
	if !merging {
		if name, file, err = j.Store.RosterFile(ctx, id); err != nil {
			return err
		}
	}
	options, err := j.options(ctx, id, merging)
	if err != nil {
		return err
	}
	base := 0
	if merging {
		if base, err = j.Store.RosterLastRow(ctx, id); err != nil {
			return err
		}
	}
	pending := make([]view.CheckedRow, 0, rowsPerWrite)
	flush := func() error {
		if len(pending) == 0 {
			return nil
		}
		err := j.Store.SaveRosterRows(ctx, id, pending)
		pending = pending[:0]
		return err
	}
	result, err := roster.Check(ctx, bytes.NewReader(file), int64(len(file)), name, options, func(row roster.Row) error {
		checked := checkedRow(row)
		if merging {
			// A corrected row takes the place of the one it came from; what is new goes after the last.
			if checked.Row = row.Origin; checked.Row == 0 {
				if row.Level == roster.LevelSkipped {
					return nil
				}
				checked.Row = base + row.Number
			}
		}
		pending = append(pending, checked)
		if len(pending) == rowsPerWrite {
			return flush()
		}
		return nil
	})
	var refusal *roster.Refusal
	if errors.As(err, &refusal) {
		text := &approval.Text{ZH: refusal.Message, EN: refusal.MessageEN}
		return j.Store.FinishRoster(ctx, id, text, nil, refusal.Unknown)
	}
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	header := result.Header
	if merging {
		header = nil // the first upload's heading stays that of the correctable workbook
	}
	return j.Store.FinishRoster(ctx, id, nil, header, result.Unknown)
}

func (j *RosterJobs) options(ctx context.Context, id string, merging bool) (roster.Options, error) {
	communities, err := j.Store.Communities(ctx)
	if err != nil {
		return roster.Options{}, err
	}
	places := make([]roster.Place, len(communities))
	for i, c := range communities {
		places[i] = roster.Place{Code: c.Code, Name: c.Name, StreetCode: c.StreetCode, Street: c.Street}
	}
	chosen, err := j.Store.RosterMapping(ctx, id)
	if err != nil {
		return roster.Options{}, err
	}
	mapping := map[string]roster.Column{}
	for heading, column := range chosen {
		mapping[heading] = roster.Column(column)
	}
	options := roster.Options{Today: j.Clock.Now().In(clock.Zone), Resolve: roster.NewResolver(places), Managed: j.Store.Managed, Mapping: mapping,
		Progress: func(done, total int) { _ = j.Store.RosterProgress(ctx, id, done, total) }}
	if merging {
		options.Earlier = func(numbers []string) (map[string]int, error) { return j.Store.RosterHolders(ctx, id, numbers) }
	}
	return options, nil
}

func checkedRow(row roster.Row) view.CheckedRow {
	checked := view.CheckedRow{Row: row.Number, Level: string(row.Level), Findings: []view.RosterFinding{},
		Content: view.RowContent{Values: map[string]string{}, Cells: row.Cells}}
	for column, value := range row.Values {
		checked.Content.Values[string(column)] = value
	}
	// What the resolver found replaces what was typed, so that allocation has codes to go by.
	checked.Content.Values["residence_code"], checked.Content.Values["hukou_code"] = row.Residence.Code, row.Hukou.Code
	for _, finding := range row.Findings {
		shown := view.RosterFinding{Code: finding.Code, Column: string(finding.Column), Level: string(finding.Level), Group: finding.Group,
			Message: approval.Text{ZH: finding.Message, EN: finding.MessageEN}}
		if info, ok := roster.Describe(finding.Column); ok {
			shown.Title = approval.Text{ZH: info.TitleZH, EN: info.TitleEN}
		}
		checked.Findings = append(checked.Findings, shown)
	}
	return checked
}
