package config

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"
)

// Config is every setting of the program.
type Config struct {
	DatabaseURL       string `env:"DATABASE_URL"`
	DatabaseURLFile   string `env:"DATABASE_URL_FILE"`
	TemporalAddress   string `env:"TEMPORAL_ADDRESS"`
	TemporalNamespace string `env:"TEMPORAL_NAMESPACE" envDefault:"jieli"`
	HTTP              string `env:"HTTP" envDefault:"127.0.0.1:8080"`
	KeysFile          string `env:"KEYS_FILE"`
	Secure            bool   `env:"SECURE"`
	LogLevel          string `env:"LOG_LEVEL" envDefault:"info"`
	Metrics           string `env:"METRICS"`
	PublicAddress     string `env:"PUBLIC_ADDRESS"`
	Papers            string `env:"PAPERS"`
	BankFolder        string `env:"BANK_FOLDER"`
	SMSURL            string `env:"SMS_URL"`
	SMSSecret         string `env:"SMS_SECRET"`
	SMSSecretFile     string `env:"SMS_SECRET_FILE"`
	SMTPAddress       string `env:"SMTP_ADDRESS"`
	SMTPFrom          string `env:"SMTP_FROM"`
	SMTPUsername      string `env:"SMTP_USERNAME"`
	SMTPPassword      string `env:"SMTP_PASSWORD"`
	SMTPPasswordFile  string `env:"SMTP_PASSWORD_FILE"`
	SMTPTLS           string `env:"SMTP_TLS" envDefault:"starttls"`
	Messages          string `env:"MESSAGES"`
	MessageHours      string `env:"MESSAGE_HOURS" envDefault:"8-20"`
}

// Load reads the environment.
func Load() (Config, error) {
	var config Config
	if err := env.ParseWithOptions(&config, env.Options{Prefix: "JIELI_"}); err != nil {
		return config, fmt.Errorf("environment: %w", err)
	}
	for _, secret := range []struct {
		value *string
		file  string
		name  string
	}{{&config.DatabaseURL, config.DatabaseURLFile, "JIELI_DATABASE_URL_FILE"}, {&config.SMSSecret, config.SMSSecretFile, "JIELI_SMS_SECRET_FILE"}, {&config.SMTPPassword, config.SMTPPasswordFile, "JIELI_SMTP_PASSWORD_FILE"}} {
		if *secret.value != "" || secret.file == "" {
			continue
		}
		body, err := os.ReadFile(secret.file)
		if err != nil {
			return config, fmt.Errorf("%s: %w", secret.name, err)
		}
		*secret.value = strings.TrimSpace(string(body))
	}
	return config, config.checkMessages()
}

// checkMessages finds what of the message settings does not fit together, before anything is written to anybody.
func (c Config) checkMessages() error {
	if _, err := c.Hours(); err != nil {
		return err
	}
	if site, err := url.Parse(c.SMSURL); c.SMSURL != "" && (err != nil || site.Host == "" || site.Scheme != "https" && site.Scheme != "http") {
		return errors.New("JIELI_SMS_URL is not an address such as https://gateway.example/messages")
	}
	if c.SMSURL != "" && c.SMSSecret == "" {
		return errors.New("JIELI_SMS_URL needs JIELI_SMS_SECRET or JIELI_SMS_SECRET_FILE")
	}
	if c.SMTPAddress != "" && !strings.Contains(c.SMTPFrom, "@") {
		return errors.New("JIELI_SMTP_ADDRESS needs JIELI_SMTP_FROM, the address mails come from")
	}
	if !slices.Contains([]string{"", "starttls", "tls", "none"}, c.SMTPTLS) {
		return errors.New("JIELI_SMTP_TLS is starttls, tls or none")
	}
	if c.SMTPTLS == "none" && c.SMTPUsername != "" {
		return errors.New("JIELI_SMTP_USERNAME needs encryption: JIELI_SMTP_TLS is none")
	}
	return nil
}

// Hours are those between which people are written to.
func (c Config) Hours() (hours [2]int, err error) {
	from, to, ok := strings.Cut(c.MessageHours, "-")
	if c.MessageHours == "" {
		return [2]int{8, 20}, nil
	}
	for i, text := range []string{from, to} {
		hour, wrong := strconv.Atoi(text)
		if wrong != nil || hour < 0 || hour > 24 {
			ok = false
		}
		hours[i] = hour
	}
	if !ok || hours[0] >= hours[1] {
		return hours, fmt.Errorf("JIELI_MESSAGE_HOURS is two hours of the day such as 8-20, not %q", c.MessageHours)
	}
	return hours, nil
}

// Require names every listed setting that is missing, all at once.
func (c Config) Require() error {
	needed := map[string]string{"JIELI_DATABASE_URL": c.DatabaseURL, "JIELI_TEMPORAL_ADDRESS": c.TemporalAddress, "JIELI_KEYS_FILE": c.KeysFile}
	maps.DeleteFunc(needed, func(_, value string) bool { return value != "" })
	missing := slices.Sorted(maps.Keys(needed))
	if len(missing) > 0 {
		return fmt.Errorf("please set %s (see `jieli help environment`)", strings.Join(missing, ", "))
	}
	return nil
}

// Help describes every variable, for `jieli help environment`.
const Help = `JIELI_DATABASE_URL        PostgreSQL, e.g. postgres://user:password@host:5432/jieli
JIELI_DATABASE_URL_FILE   a file that holds the same, for secrets mounted as files
JIELI_TEMPORAL_ADDRESS    Temporal frontend, host:port
JIELI_TEMPORAL_NAMESPACE  Temporal namespace (default jieli)
JIELI_HTTP                address to serve on (default 127.0.0.1:8080)
JIELI_KEYS_FILE           key file: JSON {"current": "k1", "keys": {"k1": "<64 hex digits>"}, "index": "<64 hex digits>"}
                          the index key never changes; new keys are added and made current, old ones stay
JIELI_SECURE              true behind TLS: Secure, __Host- session cookie
JIELI_METRICS             worker: address for /metrics and /healthz, e.g. 127.0.0.1:9090 (default none)
JIELI_PUBLIC_ADDRESS      where the product is reached from outside, e.g. https://jieli.example.gov.cn; printed on papers
                          (default: what the browser called it)
JIELI_PAPERS              folder of the templates of papers that are replaced, e.g. /etc/jieli/papers (default none)
JIELI_BANK_FOLDER         worker: folder shared with the bank's front-end machine (docs/bank-files.md); without it payments
                          wait, unless it is jieli dev --demo, which has a simulated bank
JIELI_SMS_URL             api and worker: where text messages are handed over (docs/messages.md); without it none are written
JIELI_SMS_SECRET          the secret they are signed with; JIELI_SMS_SECRET_FILE names a file that holds it
JIELI_SMTP_ADDRESS        api and worker: mail server, host:port; without it no mails are written
JIELI_SMTP_FROM           the address mails come from
JIELI_SMTP_USERNAME       with JIELI_SMTP_PASSWORD (or JIELI_SMTP_PASSWORD_FILE), where the server asks for them
JIELI_SMTP_TLS            starttls, tls or none (default starttls)
JIELI_MESSAGE_HOURS       worker: the hours between which people are written to (default 8-20)
JIELI_MESSAGES            worker: folder of the templates of messages that are replaced (default none)
JIELI_LOG_LEVEL           debug, info, warn or error (default info)

jieli dev uses its own PostgreSQL and Temporal unless JIELI_DATABASE_URL or JIELI_TEMPORAL_ADDRESS is set,
and makes its key file in the data folder on first start. TEMPORAL_CLI names the temporal program.
`
