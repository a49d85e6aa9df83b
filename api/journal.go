package api

import (
	"context"
	"maps"
	"slices"
	"time"

	"jieli/approval"
	"jieli/internal/view"
)

// until keeps the entries written by a moment.
func until(chained []view.ChainedEntry, moment string) ([]view.ChainedEntry, error) {
	at, err := time.Parse(time.RFC3339, moment)
	if err != nil {
		return nil, approval.Invalid("query.asOf", "时间应写成 2026-11-24T09:00:00+08:00 的样子", "a moment is written like 2026-11-24T09:00:00+08:00")
	}
	return slices.DeleteFunc(chained, func(c view.ChainedEntry) bool { return c.Entry.At.After(at) }), nil
}

// journalView words a journal. Entries of a Party stage keep who and when, and lose what changed,
// for everybody without a Party role.
func (s *Server) journalView(ctx context.Context, who *caller, fold *approval.Case, chained []view.ChainedEntry) ([]view.JournalEntry, error) {
	ids := []string{}
	for _, each := range chained {
		ids = append(ids, each.Entry.Actor.Person, each.Entry.Actor.Office, signedFor(each.Entry))
	}
	names, err := s.Store.Names(ctx, ids)
	if err != nil {
		return nil, err
	}
	list := []view.JournalEntry{}
	for _, each := range chained {
		entry := each.Entry
		shown := view.JournalEntry{Seq: entry.Seq, At: entry.At, Actor: entry.Actor.Person, ActorName: names[entry.Actor.Person], ForName: names[signedFor(entry)], Office: entry.Actor.Office, OfficeName: names[entry.Actor.Office],
			Action: string(entry.Action), Stage: entry.Stage, Visit: entry.Visit, Opinion: entry.Opinion, Clause: entry.Clause, Changes: []view.JournalChange{}, Events: []approval.Event{}, Hash: each.Hash, Prev: each.Prev}
		stage := fold.Stage(entry.Stage)
		hidden := false
		if stage != nil {
			shown.StageTitle = stage.Title
			hidden = stage.Scope == "party" && !who.scope.Party
		}
		if hidden {
			shown.Opinion = ""
		} else {
			shown.Changes = changesOf(fold, entry, hiddenFields(fold, who))
			shown.Events = briefEvents(entry.Events)
		}
		list = append(list, shown)
	}
	return list, nil
}

// signedFor is the absent officer in whose place an entry was signed, if any.
func signedFor(entry approval.Entry) string {
	for _, event := range entry.Events {
		if event.For != "" {
			return event.For
		}
	}
	return ""
}

func changesOf(fold *approval.Case, entry approval.Entry, hidden map[string]bool) []view.JournalChange {
	titles := map[string]approval.Text{}
	for _, stage := range fold.Stages {
		for _, field := range stage.Fields {
			titles[field.Key] = field.Title
		}
	}
	changes := []view.JournalChange{}
	for _, event := range entry.Events {
		for _, key := range slices.Sorted(maps.Keys(event.Changes)) {
			if hidden[key] {
				continue
			}
			change := event.Changes[key]
			changes = append(changes, view.JournalChange{Field: key, Title: titles[key], Old: change.Old, New: change.New})
		}
	}
	return changes
}

// briefEvents leaves out the frozen declaration and the proposals, which the case page shows.
func briefEvents(events []approval.Event) []approval.Event {
	brief := make([]approval.Event, len(events))
	for i, event := range events {
		event.Submitted, event.Changes = nil, nil
		event.Tasks = slices.Clone(event.Tasks)
		for j := range event.Tasks {
			event.Tasks[j].Proposal, event.Tasks[j].Reasons = nil, nil
		}
		brief[i] = event
	}
	return brief
}
