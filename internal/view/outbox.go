package view

import (
	"strings"
	"time"

	"jieli/approval"
)

// OutboxMessage is a message that is due, with everything to send it.
type OutboxMessage struct {
	ID, Channel, Template string
	// Office and Phone answer questions.
	Office, Phone string
	To            string
	// Places are the region codes whose template comes first.
	Places []string
	// Attempt counts from one; it is named as the outcome is written, so that no older one counts.
	Attempt int
}

// FailedMessage is one that could not be sent, for whoever can see to it.
type FailedMessage struct {
	ID        string        `json:"id"`
	Case      string        `json:"case"`
	TypeTitle approval.Text `json:"typeTitle"`
	Channel   string        `json:"channel" enum:"sms,mail"`
	Template  string        `json:"template"`
	To        string        `json:"to" doc:"masked"`
	Attempts  int           `json:"attempts"`
	Reason    approval.Text `json:"reason"`
	FailedAt  time.Time     `json:"failedAt"`
}

// CapturedMessage is what a demonstration would have sent.
type CapturedMessage struct {
	ID      string    `json:"id"`
	Channel string    `json:"channel" enum:"sms,mail"`
	To      string    `json:"to" doc:"masked"`
	Text    string    `json:"text"`
	At      time.Time `json:"at"`
}

// MaskMail keeps the first letter and the domain of an address.
func MaskMail(address string) string {
	at := strings.LastIndexByte(address, '@')
	if at < 1 {
		return strings.Repeat("*", min(len(address), 4))
	}
	return address[:1] + "***" + address[at:]
}
