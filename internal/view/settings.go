package view

import (
	"encoding/json"
	"strings"
	"time"

	"jieli/approval"
)

// RegionPrefix is what the codes of everything in a division begin with: provinces and cities are
// padded to six digits.
func RegionPrefix(code string) string {
	for len(code) <= 6 && len(code) >= 2 && strings.HasSuffix(code, "00") {
		code = code[:len(code)-2]
	}
	return code
}

// PartyPath is the region path of what exists for Party roles alone: it has a root of its own, so that
// nothing that is found by region (the supervision board, its numbers, notices) reaches into it.
func PartyPath(path string) string { return "party/" + path }

// RegionCode is the code of the division whose codes begin with a prefix: RegionPrefix turned round.
func RegionCode(prefix string) string {
	if len(prefix) < 6 {
		prefix += strings.Repeat("0", 6-len(prefix))
	}
	return prefix
}

// SettingView is one jurisdiction setting as it stands in a place.
type SettingView struct {
	Name    string            `json:"name"`
	Title   approval.Text     `json:"title"`
	Help    approval.Text     `json:"help"`
	Kind    string            `json:"kind" enum:"choice,number,duration"`
	Options []approval.Option `json:"options,omitempty"`
	Least   int               `json:"least"`
	Most    int               `json:"most"`
	Default json.RawMessage   `json:"default" doc:"what holds where nothing is set"`
	Clause  string            `json:"clause,omitempty"`
	InForce *SettingValue     `json:"inForce,omitempty" doc:"absent where the default holds"`
	Values  []SettingValue    `json:"values" doc:"every dated value of the place and of those above it"`
}

// SettingValue is one dated value of a setting with its source document.
type SettingValue struct {
	Region     string          `json:"region"`
	RegionName string          `json:"regionName"`
	ValidFrom  string          `json:"validFrom"`
	Version    int             `json:"version"`
	Value      json.RawMessage `json:"value" doc:"null gives way to the place above"`
	Source     string          `json:"source"`
	Own        bool            `json:"own" doc:"set in the place itself, not above it"`
}

// CalendarView is a calendar of one scope for one year, laid over those it builds on.
type CalendarView struct {
	Scope    string          `json:"scope"`
	Name     string          `json:"name"`
	Year     int             `json:"year"`
	Version  int             `json:"version"`
	Hours    string          `json:"hours" doc:"working hours that hold, such as 09:00-12:00,13:00-17:00"`
	OwnHours bool            `json:"ownHours"`
	LastYear int             `json:"lastYear" doc:"the last year whose holidays are published"`
	Layers   []CalendarLayer `json:"layers" doc:"the calendars it is laid together from, nearest first"`
	Days     []CalendarDay   `json:"days" doc:"the days that differ from Monday to Friday"`
}

// CalendarLayer is one calendar by itself.
type CalendarLayer struct {
	Scope     string    `json:"scope"`
	Name      string    `json:"name"`
	Version   int       `json:"version"`
	Source    string    `json:"source"`
	ChangedBy string    `json:"changedBy"`
	ChangedAt time.Time `json:"changedAt"`
}

// CalendarDay is one special day and the calendar that says so.
type CalendarDay struct {
	Day     string `json:"day"`
	Working bool   `json:"working"`
	Name    string `json:"name"`
	Source  string `json:"source"`
	Scope   string `json:"scope"`
	Own     bool   `json:"own"`
}

// CalendarEdit is what a change to a calendar would do; empty parts leave what is there.
type CalendarEdit struct {
	Days     []SpecialDay `json:"days,omitempty" maxItems:"400"`
	Removed  []string     `json:"removed,omitempty" maxItems:"400" doc:"days that are special no more"`
	Hours    string       `json:"hours,omitempty" maxLength:"100" doc:"working hours, such as 09:00-12:00,13:00-17:00"`
	LastYear int          `json:"lastYear,omitempty" doc:"the last year whose holidays are now published"`
}

// SpecialDay is a holiday or a make-up working day.
type SpecialDay struct {
	Day     string `json:"day"`
	Working bool   `json:"working"`
	Name    string `json:"name" minLength:"1" maxLength:"50"`
}

// SettingEdit is a new dated value of a setting.
type SettingEdit struct {
	Name      string          `json:"name"`
	ValidFrom string          `json:"validFrom"`
	Value     json.RawMessage `json:"value" doc:"null gives way to the place above"`
}

// SettingChange is a proposed change with what became of it.
type SettingChange struct {
	ID             string        `json:"id"`
	Kind           string        `json:"kind" enum:"calendar,setting"`
	Scope          string        `json:"scope"`
	ScopeName      string        `json:"scopeName"`
	Calendar       *CalendarEdit `json:"calendar,omitempty"`
	Setting        *SettingEdit  `json:"setting,omitempty"`
	Title          approval.Text `json:"title" doc:"which setting, or the calendar"`
	Source         string        `json:"source"`
	State          string        `json:"state" enum:"proposed,confirmed,refused,withdrawn"`
	ProposedBy     string        `json:"proposedBy"`
	ProposedByName string        `json:"proposedByName"`
	ProposedAt     time.Time     `json:"proposedAt"`
	DecidedByName  string        `json:"decidedByName,omitempty"`
	DecidedAt      *time.Time    `json:"decidedAt,omitempty"`
	Opinion        string        `json:"opinion,omitempty"`
	// MayDecide and WhyNot are the caller's.
	MayDecide   bool           `json:"mayDecide"`
	MayWithdraw bool           `json:"mayWithdraw"`
	WhyNot      *approval.Text `json:"whyNot,omitempty"`
}

// Recomputation is the job after a calendar edit: how many deadlines have been reckoned again.
type Recomputation struct {
	Version    int        `json:"version"`
	Scope      string     `json:"scope"`
	ScopeName  string     `json:"scopeName"`
	FirstDay   string     `json:"firstDay"`
	LastDay    string     `json:"lastDay"`
	Source     string     `json:"source"`
	State      string     `json:"state" enum:"selecting,running,done"`
	Total      int        `json:"total"`
	Done       int        `json:"done"`
	Failed     int        `json:"failed" doc:"cases that are tried again"`
	CreatedAt  time.Time  `json:"createdAt"`
	FinishedAt *time.Time `json:"finishedAt,omitempty"`
}

// RecomputeWork is one case whose deadlines are to be reckoned again; Version is the calendar edit's.
type RecomputeWork struct {
	Version int
	Case    string
}
