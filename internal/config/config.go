package config

import (
	"fmt"
	"maps"
	"os"
	"slices"
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
}

// Load reads the environment.
func Load() (Config, error) {
	var config Config
	if err := env.ParseWithOptions(&config, env.Options{Prefix: "JIELI_"}); err != nil {
		return config, fmt.Errorf("environment: %w", err)
	}
	if config.DatabaseURL == "" && config.DatabaseURLFile != "" {
		body, err := os.ReadFile(config.DatabaseURLFile)
		if err != nil {
			return config, fmt.Errorf("JIELI_DATABASE_URL_FILE: %w", err)
		}
		config.DatabaseURL = strings.TrimSpace(string(body))
	}
	return config, nil
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
JIELI_LOG_LEVEL           debug, info, warn or error (default info)

jieli dev uses its own PostgreSQL and Temporal unless JIELI_DATABASE_URL or JIELI_TEMPORAL_ADDRESS is set,
and makes its key file in the data folder on first start. TEMPORAL_CLI names the temporal program.
`
