package main

import (
	"net/url"
	"time"

	"jieli/activities"
	"jieli/internal/config"
	"jieli/internal/notify"
)

// messagePace is how often messages that wait are looked for.
const messagePace = 5 * time.Second

// channelsOf are the channels that are set up; both processes go by the same settings, for the one writes what
// the other sends.
func channelsOf(settings config.Config) []string {
	var channels []string
	if settings.SMSURL != "" {
		channels = append(channels, notify.SMS)
	}
	if settings.SMTPAddress != "" {
		channels = append(channels, notify.Mail)
	}
	return channels
}

// outbox sends by what is set up.
func (s *system) outbox() (*activities.Outbox, error) {
	hours, err := s.config.Hours()
	if err != nil {
		return nil, err
	}
	providers := map[string]notify.Provider{}
	for _, channel := range channelsOf(s.config) {
		if channel == notify.SMS {
			providers[channel] = &notify.Gateway{URL: s.config.SMSURL, Secret: s.config.SMSSecret, Now: s.clock.Now}
			continue
		}
		providers[channel] = &notify.SMTP{Address: s.config.SMTPAddress, From: s.config.SMTPFrom, Username: s.config.SMTPUsername, Password: s.config.SMTPPassword, TLS: s.config.SMTPTLS, Now: s.clock.Now}
	}
	return &activities.Outbox{Store: s.store, Providers: providers, Templates: notify.Templates{Folder: s.config.Messages}, Page: familyPage(s.config.PublicAddress), From: hours[0], To: hours[1], Clock: s.clock, Logger: s.logger}, nil
}

// capture is the outbox of the demonstration: it keeps what it would have sent, at any hour.
func (s *system) capture() *activities.Outbox {
	kept := notify.Capture{Keeper: s.store}
	return &activities.Outbox{Store: s.store, Providers: map[string]notify.Provider{notify.SMS: kept, notify.Mail: kept}, Templates: notify.Templates{Folder: s.config.Messages},
		Page: familyPage(s.config.PublicAddress), Clock: s.clock, Logger: s.logger}
}

// familyPage is where families look their case up, as a message has room for it.
func familyPage(public string) string {
	site, err := url.Parse(public)
	if err != nil || site.Host == "" {
		return ""
	}
	return site.Host + site.JoinPath("q").Path
}

// checkMessages says in the log what is wrong with replaced templates.
func (s *system) checkMessages() {
	for _, fault := range (notify.Templates{Folder: s.config.Messages}).Check() {
		s.logger.Warn("a template of a message is broken", "fault", fault)
	}
}
