// Package clock hands time, identifiers and random bytes to the parts that need them, so that
// tests choose them.
package clock

import (
	"crypto/rand"
	"encoding/base64"
	"time"

	"jieli/rules"
)

// Source is where time and randomness come from.
type Source struct {
	Now    func() time.Time
	Random func([]byte)
}

// Real is the machine's clock and random source.
func Real() Source {
	return Source{Now: time.Now, Random: func(b []byte) { _, _ = rand.Read(b) }}
}

// Ahead is the machine's clock, ahead of itself by some time, or behind it: for rehearsals.
func Ahead(by time.Duration) Source {
	source := Real()
	source.Now = func() time.Time { return time.Now().Add(by) }
	return source
}

// Token returns 24 random bytes in URL-safe base64: an identifier nobody can guess.
func (s Source) Token() string {
	b := make([]byte, 24)
	s.Random(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// Zone is China's civil time, as the rules have it; every date of the product is a day in it.
var Zone = rules.Zone
