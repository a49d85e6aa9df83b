package view

import (
	"time"

	"jieli/approval"
)

// SupervisionFilter selects what one number of the board counts. The same filter lists it.
type SupervisionFilter struct {
	// Measure names what is counted: a tile, a cell of the ageing matrix or a cause.
	Measure string
	Office  string
	Bucket  string
	Type    string
	Stage   string
	Person  string
	Limit   int
	After   string
	// Uncounted leaves the total out, which the first page has told.
	Uncounted bool
}

// Number is one number of the board with the filter that lists exactly its cases.
type Number struct {
	Count  int    `json:"count"`
	Filter string `json:"filter" doc:"query of /supervision/stuck that lists exactly these"`
}

// BoardSummary are the tiles.
type BoardSummary struct {
	Open      Number   `json:"open"`
	DueToday  Number   `json:"dueToday"`
	Overdue   Number   `json:"overdue"`
	Stuck     Number   `json:"stuck"`
	ClosedNow Number   `json:"closedThisWeek"`
	Average   *float64 `json:"averageWorkingDays,omitempty" doc:"from submission to end, of the cases closed this week"`
	// Causes counts the stuck list by cause.
	Causes    []CauseNumber `json:"causes"`
	Region    string        `json:"region"`
	CountedAt time.Time     `json:"countedAt"`
}

// CauseNumber counts the cases stuck for one cause.
type CauseNumber struct {
	Cause string        `json:"cause"`
	Title approval.Text `json:"title"`
	Number
}

// AgeingCell is one cell of the ageing matrix.
type AgeingCell struct {
	Bucket string `json:"bucket" enum:"over_10,over_6_10,over_1_5,today,left_1_3,left_4_7,left_more,none,paused"`
	Number
}

// AgeingRow is one office, or a stage or officer within it. A neutral row (Party offices) has its
// total alone: it stands outside every ranking.
type AgeingRow struct {
	Office     string              `json:"office"`
	OfficeName string              `json:"officeName"`
	OfficeKind approval.OfficeKind `json:"officeKind"`
	Type       string              `json:"type,omitempty"`
	Stage      string              `json:"stage,omitempty"`
	StageTitle *approval.Text      `json:"stageTitle,omitempty"`
	Person     string              `json:"person,omitempty"`
	PersonName string              `json:"personName,omitempty"`
	Neutral    bool                `json:"neutral"`
	Cells      []AgeingCell        `json:"cells"`
	Total      Number              `json:"total"`
}

// Bottleneck is how long a stage takes, in working days, and what lies in it.
type Bottleneck struct {
	Type       string        `json:"type"`
	TypeTitle  approval.Text `json:"typeTitle"`
	Stage      string        `json:"stage"`
	StageTitle approval.Text `json:"stageTitle"`
	Median     *float64      `json:"median,omitempty"`
	P90        *float64      `json:"p90,omitempty"`
	Signed     int           `json:"signed" doc:"signatures of the last 90 days the figures rest on"`
	Neutral    bool          `json:"neutral"`
	Open       Number        `json:"open"`
}

// SupervisedCase is one line of a list of the board.
type SupervisedCase struct {
	No         string              `json:"no"`
	Type       string              `json:"type"`
	TypeTitle  approval.Text       `json:"typeTitle"`
	Title      string              `json:"title"`
	State      approval.CaseState  `json:"state"`
	Stage      string              `json:"stage"`
	StageTitle approval.Text       `json:"stageTitle"`
	Version    int64               `json:"version"`
	Task       string              `json:"taskId,omitempty"`
	Office     string              `json:"office,omitempty"`
	OfficeName string              `json:"officeName,omitempty"`
	OfficeKind approval.OfficeKind `json:"officeKind,omitempty"`
	Owner      string              `json:"owner,omitempty"`
	OwnerName  string              `json:"ownerName,omitempty"`
	Since      *time.Time          `json:"since,omitempty"`
	Due        *time.Time          `json:"due,omitempty"`
	DueDays    *int                `json:"dueDays,omitempty"`
	Urged      int                 `json:"urged"`
	Neutral    bool                `json:"neutral"`
	Causes     []string            `json:"causes" doc:"every cause for which it is on the stuck list"`
	Sentence   approval.Text       `json:"sentence" doc:"why it is stuck, and what unblocks it"`
	Child      *HoldingChild       `json:"child,omitempty" doc:"of a case that waits for its children, the one that is latest; acts are taken on it"`
}

// HoldingChild is the child case that holds its parent up.
type HoldingChild struct {
	No         string `json:"no"`
	Task       string `json:"taskId"`
	OfficeName string `json:"officeName"`
	OwnerName  string `json:"ownerName,omitempty"`
	Neutral    bool   `json:"neutral"`
}
