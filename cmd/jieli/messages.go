package main

import (
	"fmt"
	"net/url"
	"time"

	"github.com/spf13/cobra"

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
	_, faults := notify.Templates{Folder: s.config.Messages}.Check()
	for _, fault := range faults {
		s.logger.Warn("a template of a message is broken", "fault", fault)
	}
}

func messagesCommand() *cobra.Command {
	command := &cobra.Command{Use: "messages", Short: "Templates of messages to families and retirees: export, check"}
	command.AddCommand(
		&cobra.Command{Use: "export DIR", Short: "Write the templates that come with the program, to start from", Args: cobra.ExactArgs(1), RunE: func(_ *cobra.Command, arguments []string) error {
			written, err := notify.Export(arguments[0])
			if err == nil {
				fmt.Printf("%d files written to %s\n", written, arguments[0])
			}
			return err
		}},
		&cobra.Command{Use: "check [DIR]", Short: "Fill every replaced template in with invented data (DIR, default JIELI_MESSAGES)", Args: cobra.MaximumNArgs(1), RunE: func(_ *cobra.Command, arguments []string) error {
			settings, err := config.Load()
			if err != nil {
				return err
			}
			folder := settings.Messages
			if len(arguments) > 0 {
				folder = arguments[0]
			}
			checked, faults := notify.Templates{Folder: folder}.Check()
			for _, fault := range faults {
				fmt.Println(fault)
			}
			if len(faults) > 0 {
				return fmt.Errorf("%d files checked, %d faults", checked, len(faults))
			}
			fmt.Printf("%d files checked, all in order\n", checked)
			return nil
		}})
	return command
}
