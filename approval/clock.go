package approval

import "time"

// HolderKind says to whom a stretch of a case's time belongs.
type HolderKind string

// The holders of time. The last three are the parties of a suspension, too.
const (
	HolderOffice    HolderKind = "office"
	HolderApplicant HolderKind = "applicant"
	HolderOutside   HolderKind = "outside"
	HolderFreeze    HolderKind = "freeze"
)

// Holder is who had a case in hand; Office is set for offices and applicants.
type Holder struct {
	Kind   HolderKind `json:"kind"`
	Office string     `json:"office,omitempty"`
}

// Segment is a stretch of time with one holder.
type Segment struct {
	From   time.Time `json:"from"`
	To     time.Time `json:"to"`
	Holder Holder    `json:"holder"`
	// Visit is the visit the stretch lies in.
	Visit int `json:"visit"`
}

// Clock attributes every second from submission to the end of the case (or until, while it is open)
// to exactly one holder: where several offices sign at once, the first that has not signed yet.
func Clock(entries []Entry, until time.Time) ([]Segment, error) {
	var segments []Segment
	fold := &Case{}
	for _, entry := range entries {
		if err := Evolve(fold, entry); err != nil {
			return nil, err
		}
		if len(segments) > 0 {
			segments[len(segments)-1].To = entry.At
		}
		if fold.Ended() {
			return segments, nil
		}
		holder, visit := fold.Holder(), 0
		if current := fold.Current(); current != nil {
			visit = current.ID
		}
		if last := len(segments) - 1; last >= 0 && segments[last].Holder == holder && segments[last].Visit == visit {
			continue
		}
		segments = append(segments, Segment{From: entry.At, To: until, Holder: holder, Visit: visit})
	}
	if len(segments) > 0 {
		segments[len(segments)-1].To = until
	}
	return segments, nil
}

// Holder is who has an open case in hand now.
func (c *Case) Holder() Holder {
	current := c.Current()
	if current == nil {
		return Holder{}
	}
	if c.Suspension != nil {
		kind := HolderKind(c.Suspension.Party)
		if kind == HolderApplicant {
			return Holder{Kind: kind, Office: c.Office}
		}
		return Holder{Kind: kind}
	}
	if current.Wait != nil {
		return Holder{Kind: HolderOffice, Office: current.Wait.Owner}
	}
	for _, state := range []TaskState{TaskOpen, TaskWaiting} {
		for i := range current.Tasks {
			task := &current.Tasks[i]
			if task.State != state || task.Kind == TaskAdvisory {
				continue
			}
			if task.Office == c.Office && c.Parent == "" && current.Why == "returned" {
				return Holder{Kind: HolderApplicant, Office: task.Office}
			}
			return Holder{Kind: HolderOffice, Office: task.Office}
		}
	}
	return Holder{Kind: HolderOffice, Office: c.Office}
}
