package view

import (
	"math"
	"slices"
	"time"
)

// BenefitStatistics counts deaths and benefits by the office that took them in and by month, with all of them together.
type BenefitStatistics struct {
	From  string         `json:"from" doc:"first month counted, 2026-01"`
	To    string         `json:"to" doc:"last month counted"`
	Rows  []BenefitCount `json:"rows"`
	Total BenefitCount   `json:"total"`
}

// BenefitCount is one office in one month; office and month are empty in the sum of all.
type BenefitCount struct {
	Office     string `json:"office,omitempty"`
	OfficeName string `json:"officeName,omitempty"`
	Month      string `json:"month,omitempty" doc:"2026-11"`
	Reported   int    `json:"reported" doc:"deaths reported"`
	Verified   int    `json:"verified" doc:"deaths verified"`
	Claims     int    `json:"claims"`
	Decided    int    `json:"decided"`
	Paid       int    `json:"paid" doc:"benefits whose payment was reconciled"`
	// MedianDays and MeanDays are working days from claim to payment of those paid; missing where none was.
	MedianDays *float64 `json:"medianDays,omitempty"`
	MeanDays   *float64 `json:"meanDays,omitempty"`
	// Sums the bank has paid in the month, in fen; missing for whoever may not see amounts.
	Funeral  *int64 `json:"funeral,omitempty" doc:"fen"`
	Survivor *int64 `json:"survivor,omitempty" doc:"fen"`
	Sum      *int64 `json:"sum,omitempty" doc:"fen"`
}

// BenefitEvent is one thing that is counted.
type BenefitEvent struct {
	No         string    `json:"no"`
	Title      string    `json:"title"`
	Office     string    `json:"office"`
	OfficeName string    `json:"officeName"`
	Month      string    `json:"month"`
	Measure    string    `json:"measure" enum:"reported,verified,claims,decided,paid,sum"`
	At         time.Time `json:"at"`
	Days       *int      `json:"days,omitempty" doc:"working days from claim to payment"`
	// Funeral and Survivor are what the bank has paid, for whoever may see amounts.
	Funeral  *int64 `json:"funeral,omitempty" doc:"fen"`
	Survivor *int64 `json:"survivor,omitempty" doc:"fen"`
}

// StatisticsFilter bounds what is counted: whole months, both included.
type StatisticsFilter struct {
	From, To, Office string
	Amounts          bool
}

// CountBenefits adds events up by month and office, in their order, and all together.
func CountBenefits(events []BenefitEvent, amounts bool) BenefitStatistics {
	counted := BenefitStatistics{Rows: []BenefitCount{}}
	total := newTally(BenefitCount{}, amounts)
	var rows []*tally
	for _, event := range events {
		i := slices.IndexFunc(rows, func(row *tally) bool { return row.Office == event.Office && row.Month == event.Month })
		if i < 0 {
			i = len(rows)
			rows = append(rows, newTally(BenefitCount{Office: event.Office, OfficeName: event.OfficeName, Month: event.Month}, amounts))
		}
		rows[i].add(event)
		total.add(event)
	}
	for _, row := range rows {
		counted.Rows = append(counted.Rows, row.done())
	}
	counted.Total = total.done()
	return counted
}

// tally is a count with the days it is to sum up.
type tally struct {
	BenefitCount
	days []int
}

func newTally(count BenefitCount, amounts bool) *tally {
	if amounts {
		count.Funeral, count.Survivor, count.Sum = new(int64), new(int64), new(int64)
	}
	return &tally{BenefitCount: count}
}

func (t *tally) add(event BenefitEvent) {
	switch event.Measure {
	case "reported":
		t.Reported++
	case "verified":
		t.Verified++
	case "claims":
		t.Claims++
	case "decided":
		t.Decided++
	case "paid":
		t.Paid++
		t.days = append(t.days, *event.Days)
	case "sum":
		*t.Funeral += *event.Funeral
		*t.Survivor += *event.Survivor
		*t.Sum += *event.Funeral + *event.Survivor
	}
}

func (t *tally) done() BenefitCount {
	if len(t.days) == 0 {
		return t.BenefitCount
	}
	slices.Sort(t.days)
	sum, middle := 0, len(t.days)/2
	for _, days := range t.days {
		sum += days
	}
	median, mean := float64(t.days[middle]), math.Round(float64(sum)/float64(len(t.days))*10)/10
	if len(t.days)%2 == 0 {
		median = float64(t.days[middle-1]+t.days[middle]) / 2
	}
	t.MedianDays, t.MeanDays = &median, &mean
	return t.BenefitCount
}
