package rules

import "time"

// MostInstalments bounds an agreement: ten years of months.
const MostInstalments = 120

// Instalment is one part of a sum that is paid back by a day.
type Instalment struct {
	Number int    `json:"number"`
	DueOn  string `json:"dueOn"`
	Amount Fen    `json:"amount"`
}

// Instalments divides a sum into monthly parts from a first day on, even to the fen; the fen that are left go one
// by one to the first. Where a month has no such day, its last one counts.
func Instalments(total Fen, count int, first time.Time) []Instalment {
	parts := make([]Instalment, count)
	each, left := total/Fen(count), total%Fen(count)
	for i := range parts {
		day := time.Date(first.Year(), first.Month()+time.Month(i)+1, 0, 0, 0, 0, 0, time.UTC)
		if first.Day() < day.Day() {
			day = time.Date(day.Year(), day.Month(), first.Day(), 0, 0, 0, 0, time.UTC)
		}
		parts[i] = Instalment{Number: i + 1, DueOn: day.Format(time.DateOnly), Amount: each}
		if Fen(i) < left {
			parts[i].Amount++
		}
	}
	return parts
}

// InstalmentState is how an instalment stands.
type InstalmentState string

// The states of an instalment.
const (
	InstalmentOpen    InstalmentState = "open"
	InstalmentPaid    InstalmentState = "paid"
	InstalmentOverdue InstalmentState = "overdue"
)

// InstalmentStates says how each instalment stands on a day ("2006-01-02"): what has come in pays the earliest
// first, and one is overdue from the day after it was due.
func InstalmentStates(parts []Instalment, received Fen, today string) []InstalmentState {
	states := make([]InstalmentState, len(parts))
	for i, part := range parts {
		received -= part.Amount
		switch {
		case received >= 0:
			states[i] = InstalmentPaid
		case today > part.DueOn:
			states[i] = InstalmentOverdue
		default:
			states[i] = InstalmentOpen
		}
	}
	return states
}
