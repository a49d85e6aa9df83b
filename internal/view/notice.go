package view

import (
	"time"

	"jieli/approval"
)

// Notice tells one officer what happened that concerns them.
type Notice struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind" doc:"what it is about; the text says it in words"`
	Text       approval.Text `json:"text"`
	Case       string        `json:"case,omitempty"`
	CaseTitle  string        `json:"caseTitle,omitempty"`
	Task       string        `json:"task,omitempty"`
	StageTitle approval.Text `json:"stageTitle"`
	ActorName  string        `json:"actorName,omitempty"`
	CreatedAt  time.Time     `json:"createdAt"`
	ReadAt     *time.Time    `json:"readAt,omitempty"`
}

// NoticePage is one page of notices with the number of unread ones.
type NoticePage struct {
	Page[Notice]
	Unread int `json:"unread"`
}

// Delivery is what a stream of notices sends next: Snapshot names the moment of reading, and the next
// delivery begins there.
type Delivery struct {
	Snapshot string
	Notices  []Notice
	Unread   int
}

// Touched are the offices and persons whose lists have changed.
type Touched struct {
	Offices []string `json:"offices,omitempty"`
	Persons []string `json:"persons,omitempty"`
}
