package view

import (
	"encoding/json"
	"time"
)

// SavedView is a list as somebody likes to see it: a page and its filters.
type SavedView struct {
	ID         string `json:"id"`
	Page       string `json:"page" enum:"inbox,cases,board"`
	Name       string `json:"name"`
	Query      string `json:"query" doc:"the filters as the page's address writes them, without the question mark"`
	Office     string `json:"office,omitempty" doc:"with whom it is shared"`
	OfficeName string `json:"officeName,omitempty"`
	OwnerName  string `json:"ownerName"`
	Mine       bool   `json:"mine"`
	MayDelete  bool   `json:"mayDelete"`
}

// Draft is what somebody is filling in for a task.
type Draft struct {
	Basis   int64                      `json:"basis"`
	Form    map[string]json.RawMessage `json:"form"`
	Opinion string                     `json:"opinion"`
	SavedAt time.Time                  `json:"savedAt"`
}

// Phrase is a wording an officer uses often.
type Phrase struct {
	ID    string `json:"id"`
	Words string `json:"words"`
	Uses  int    `json:"uses"`
}
