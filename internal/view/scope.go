package view

import (
	"slices"
	"time"

	"jieli/approval"
)

// Scope is what a caller may see: the offices of the posts held today, and, for supervising
// posts, everything below a region path. Party opens the Party columns.
type Scope struct {
	Person  string
	Offices []string
	Paths   []string
	Party   bool
	Posts   []approval.Post
	// StandIns are the posts of absent officers the person stands in for; filled where acts and
	// inboxes need them.
	StandIns []StandIn
}

// Holds reports whether one of the caller's posts is in the office.
func (s Scope) Holds(office string) bool { return slices.Contains(s.Offices, office) }

// Substitutions are the stand-ins as the sign-off machine takes them.
func (s Scope) Substitutions() []approval.Substitution {
	var list []approval.Substitution
	for _, one := range s.StandIns {
		list = append(list, approval.Substitution{Person: one.Person, Name: one.Name, Office: one.Office, Role: one.Role})
	}
	return list
}

// CaseRecord is a case as the store keeps it: the fold and what stands beside it.
type CaseRecord struct {
	Fold   *approval.Case
	Title  string
	Roster string
	Fault  string
}

// CaseFilter selects cases; empty fields do not filter.
type CaseFilter struct {
	Type, State, Stage, Office, Holder, Due, Query, Parent, Subject, Cell string
	Mine                                                                  bool
	Limit                                                                 int
	After                                                                 string
}

// TaskFilter selects one box of the inbox.
type TaskFilter struct {
	Box, Type, Query string
	Limit            int
	After            string
}

// Page is one page of a list.
type Page[T any] struct {
	Items      []T    `json:"items"`
	NextCursor string `json:"nextCursor,omitempty"`
	Total      *int   `json:"total,omitempty"`
}

// TaskCounts are the numbers in the navigation.
type TaskCounts struct {
	Todo      int `json:"todo"`
	Claimable int `json:"claimable"`
	Done      int `json:"done"`
	Started   int `json:"started"`
	CC        int `json:"cc"`
	Overdue   int `json:"overdue"`
}

// Office is one office of the directory.
type Office struct {
	ID     string              `json:"id"`
	Name   string              `json:"name"`
	Kind   approval.OfficeKind `json:"kind"`
	Region string              `json:"region"`
}

// District is the division code of the district the office is of; of an office above it, its own.
func (o Office) District() string { return o.Region[:min(6, len(o.Region))] }

// Officer is a person with the roles held in one office.
type Officer struct {
	ID    string          `json:"id"`
	Name  string          `json:"name"`
	Roles []approval.Role `json:"roles"`
}

// Region is one administrative division.
type Region struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Parent string `json:"parent"`
	Level  string `json:"level"`
}

// Account is one demonstration account.
type Account struct {
	Username   string              `json:"username"`
	Name       string              `json:"name"`
	Office     string              `json:"office" doc:"id, as in tasks"`
	OfficeName string              `json:"officeName"`
	OfficeKind approval.OfficeKind `json:"officeKind"`
	Roles      []approval.Role     `json:"roles"`
}

// Session is a signed-in caller.
type Session struct {
	User    User
	CSRF    string
	Expires time.Time
}

// Credential is what sign-in checks.
type Credential struct {
	User         User
	PasswordHash string
	Disabled     bool
}

// Request is the stored row of a write: its answer once there is one.
type Request struct {
	Answered bool
	Status   int
	Answer   []byte
	Route    string
	// SameBody is set when the write has the body it had the first time.
	SameBody bool
}

// PendingRequest is a write whose answer never came; the sweeper sends its command again.
type PendingRequest struct {
	Actor   string
	Key     string
	Case    string
	Command approval.Command
}

// LineFilter selects lines of a case; empty fields do not filter, Outcome "open" means none yet.
type LineFilter struct {
	Street, Community, Outcome, Query string
	Limit                             int
	After                             string
}

// Community is one community with its street.
type Community struct{ Code, Name, StreetCode, Street string }
